"""XT102: a program's budget is the same wherever it is printed."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "XT102"
SPENT = """
    # Sheet: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Uraian                         | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial    | 2.150.000.000 | 2.003.417.500  |
    | 2  | Program Penanganan Bencana     | {}            | 790.112.000    |
    | 3  | Program Pemberdayaan Sosial    | 500.000.000   | 431.000.000    |
"""


def agreed(
    bencana: str = "847.300.000",
    spent: str = "847.300.000",
    title: str = "Perjanjian Kinerja Tahun 2024",
    unit: str = "Rp",
    others: tuple[str, str] = ("2.150.000.000", "500.000.000"),
    name: str = "Program Penanganan Bencana",
) -> str:
    return f"""
    # Sheet: PK
    {title}
    | No | Program                        | Anggaran ({unit}) |
    | 1  | Program Rehabilitasi Sosial    | {others[0]}       |
    | 2  | {name}                         | {bencana}         |
    | 3  | Program Pemberdayaan Sosial    | {others[1]}       |
    """ + SPENT.format(spent)


def test_the_same_budget() -> None:
    must_stay_quiet(CODE, agreed())


@pytest.mark.parametrize(
    "name", ["PROGRAM PENANGANAN BENCANA", "Program  Penanganan Bencna", "Program Penanganan Bencana"]
)
def test_the_same_name_in_another_spelling(name: str) -> None:
    must_stay_quiet(CODE, agreed(name=name))


def test_another_name_is_another_program() -> None:
    must_stay_quiet(CODE, agreed("1.000.000", name="Program Taman Makam Pahlawan"))


@pytest.mark.parametrize("bencana", ["847,3", "847", "847,30"])
def test_in_millions_the_printed_digits_agree(bencana: str) -> None:
    must_stay_quiet(CODE, agreed(bencana, unit="Rp juta", others=("2.150,0", "500,0")))


def test_beyond_the_digits_of_millions() -> None:
    must_find(CODE, agreed("849,3", "847.300.000 *", unit="Rp juta", others=("2.150,0", "500,0")))


def test_a_budget_that_moved_after_the_agreement() -> None:
    (flag,) = must_find(CODE, agreed(spent="897.300.000 *"))
    assert (flag.stated, flag.computed, flag.difference) == ("897300000", "847300000", 50_000_000)
    assert flag.severity is None
    assert flag.message.id == (
        "Pagu tertulis 897.300.000, tetapi 847.300.000 pada Perjanjian Kinerja (PK!C4); selisih 50.000.000."
    )
    assert [(table.sheet, cell.a1) for table, cell in flag.because] == [("PK", "C4")]


@pytest.mark.parametrize(
    "title",
    [
        "Perjanjian Kinerja Sebelum Perubahan Tahun 2024",
        "Perjanjian Kinerja (APBD Murni) Tahun 2024",
    ],
)
def test_the_agreement_before_revision_takes_no_part(title: str) -> None:
    must_pass_over(CODE, agreed(spent="897.300.000", title=title))


def test_the_revised_agreement_replaces_the_first() -> None:
    revised = """
    # Sheet: PK Perubahan
    Perjanjian Kinerja Perubahan Tahun 2024
    | No | Program                        | Anggaran (Rp) |
    | 1  | Program Rehabilitasi Sosial    | 2.150.000.000 |
    | 2  | Program Penanganan Bencana     | 897.300.000   |
    | 3  | Program Pemberdayaan Sosial    | 500.000.000   |
    """
    must_stay_quiet(CODE, agreed(spent="897.300.000") + revised)
    must_find(CODE, agreed(spent="847.300.000 *") + revised)


def test_another_years_agreement_takes_no_part() -> None:
    must_pass_over(CODE, agreed(spent="897.300.000", title="Perjanjian Kinerja Tahun 2025"))


def test_the_column_before_revision_takes_no_part() -> None:
    drawing = (
        SPENT.format("897.300.000")
        + """
    # Sheet: PK
    Perjanjian Kinerja Perubahan Tahun 2024
    | No | Program                     | Anggaran sebelum perubahan | Anggaran setelah perubahan |
    | 1  | Program Rehabilitasi Sosial | 2.000.000.000              | 2.150.000.000              |
    | 2  | Program Penanganan Bencana  | 847.300.000                | {}                         |
    | 3  | Program Pemberdayaan Sosial | 400.000.000                | 500.000.000                |
    """
    )
    must_stay_quiet(CODE, drawing.format("897.300.000"))
    must_find(CODE, drawing.format("847.300.000").replace("| 897.300.000 ", "| 897.300.000 * "))


def test_tables_that_share_hardly_a_figure_may_be_about_other_budgets() -> None:
    flags = must_find(
        CODE,
        agreed("800.000.000", "847.300.000 *", others=("2.150.000.000", "400.000.000")).replace(
            "| 500.000.000   | 431", "| 500.000.000 * | 431"
        ),
    )
    assert [flag.severity for flag in flags] == [Severity.WARNING, Severity.WARNING]


def test_quarters_are_parts_of_the_year() -> None:
    must_stay_quiet(
        CODE,
        agreed()
        + """
    # Sheet: Triwulan
    Evaluasi Tahun 2024
    | Uraian                      | Pagu (Rp)     | Realisasi Triwulan I (Rp) | Realisasi Triwulan II (Rp) |
    | Program Rehabilitasi Sosial | 2.150.000.000 | 100.000.000               | 300.000.000                |
    | Program Penanganan Bencana  | 847.300.000   | 90.000.000                | 300.000.000                |
    """,
    )


def test_a_program_named_twice_is_not_told_apart() -> None:
    must_stay_quiet(
        CODE,
        agreed()
        + """
    # Sheet: Sasaran
    Anggaran per Sasaran Tahun 2024
    | Sasaran | Program                     | Pagu (Rp)     |
    | Satu    | Program Penanganan Bencana  | 400.000.000   |
    | Dua     | Program Penanganan Bencana  | 447.300.000   |
    | Tiga    | Program Rehabilitasi Sosial | 2.150.000.000 |
    """,
    )


def test_numbers_are_compared_by_a_formula() -> None:
    (flag,) = must_find(
        CODE,
        """
        # Sheet: PK 2024
        Perjanjian Kinerja Tahun 2024
        | No | Program           | Anggaran (Rp juta) |
        | 1  | Program Bencana   | 847                |
        # Sheet: Realisasi
        Realisasi Anggaran Tahun 2024
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Bencana   | 897300000 * | 790112000      |
        """,
    )
    assert flag.live == "ABS(ROUND(C3*1-'PK 2024'!C3*1000000,2))>0.005"


def test_programs_that_are_named_without_the_word() -> None:
    """Under the heading Program/Kegiatan the rows with rows below them are the programs of the agreement."""
    drawing = """
        # Sheet: PK 2024
        Perjanjian Kinerja Tahun 2024

        | No | Program                        | Anggaran (Rp) |
        | 1  | Program Pengelolaan Koperasi   | 900000000     |
        | 2  | Program Ketahanan Pangan       | 700000000     |
        | 3  | Program Irigasi Desa           | 300000000     |
        # Sheet: Realisasi
        Realisasi Anggaran Tahun 2024

        | No | Program/Kegiatan           | Anggaran (Rp) | Realisasi (Rp) |
        | A  | Pengelolaan Koperasi       | {}            | 800000000      |
        | 1  | Fasilitasi Koperasi        | 500000000     | 450000000      |
        | 2  | Pelayanan Koperasi         | 400000000     | 350000000      |
        | B  | Ketahanan Pangan           | 700000000     | 600000000      |
        | 1  | Lumbung Pangan             | 700000000     | 600000000      |
        | C  | Irigasi Desa               | 300000000     | 300000000      |
        | 1  | Saluran Tersier            | 300000000     | 300000000      |
    """
    must_stay_quiet(CODE, drawing.format("900000000"))
    must_find(CODE, drawing.format("990000000 *"))


def test_the_day_of_signing_is_not_the_year_of_the_next_table() -> None:
    """An agreement for 2025 is signed in 2024; its budget table stands below the signature."""
    must_pass_over(
        CODE,
        """
        # Sheet: PK
        Perjanjian Kinerja Tahun 2025

        | No | Sasaran        | Indikator     | Target |
        | 1  | Meningkatnya A | Persentase A  | 90     |
        | 2  | Meningkatnya B | Persentase B  | 80     |

        Muara Indah, 31 Desember 2024
        Kepala Dinas

        (.........................)

        | No | Program                        | Anggaran (Rp) |
        | 1  | Program Pengelolaan Koperasi   | 950000000     |
        | 2  | Program Ketahanan Pangan       | 700000000     |
        # Sheet: Realisasi
        Realisasi Anggaran Tahun 2024

        | No | Program                        | Anggaran (Rp) | Realisasi (Rp) |
        | 1  | Program Pengelolaan Koperasi   | 900000000     | 800000000      |
        | 2  | Program Ketahanan Pangan       | 650000000     | 600000000      |
        """,
    )


def test_names_that_are_not_quite_the_same_are_said_to_be_so() -> None:
    (flag,) = must_find(CODE, agreed(spent="897.300.000 *", name="Program Pengelolaan Bencanna").replace(
        "Program Penanganan Bencana ", "Program Pengelolaan Bencana Daerah "
    ).replace("Program Pengelolaan Bencanna", "Program Pengelolaan Bencanna Daerah"))  # fmt: skip
    assert flag.message.id.endswith("Namanya tidak persis sama (kemiripan 97 %).")


def test_names_that_differ_in_capitals_only_are_not() -> None:
    (flag,) = must_find(CODE, agreed(spent="897.300.000 *", name="PROGRAM PENANGANAN BENCANA"))
    assert "kemiripan" not in flag.message.id


def test_only_the_agreement_is_called_so() -> None:
    (flag,) = must_find(CODE, agreed(spent="897.300.000 *"))
    assert "in the Perjanjian Kinerja (PK!C4)" in flag.message.en
    again = SPENT.format("847.300.000").replace("# Sheet: Realisasi", "# Sheet: Lampiran")
    (flag,) = must_find(CODE, again + SPENT.format("897.300.000 *"))
    assert "Lampiran!C4" in flag.message.en and "Perjanjian" not in flag.message.en
