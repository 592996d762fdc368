"""EF104: serapan in a table on efisiensi is that of the table it comes from."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "EF104"
SPENT = """
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  | 95,50 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.123    | {}    |
"""


def efficiency(
    serapan: str, printed: str = "98,00", name: str = "Program Penanganan Bencana", title: str = "Efisiensi Tahun 2024"
) -> str:
    return (
        SPENT.format(printed)
        + f"""
    # Lembar: Efisiensi
    {title}
    | Program                     | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Program Rehabilitasi Sosial | 105,00              | 95,50                   | 9,50          |
    | {name}                      | 100,00              | {serapan}               | 2,00          |
    """
    )


@pytest.mark.parametrize("serapan", ["98,00", "98", "98,0", "0.98 as 0.0%", "98,0000", "97.9999 as 0.00"])
def test_the_serapan_of_the_source(serapan: str) -> None:
    must_stay_quiet(CODE, efficiency(serapan))


@pytest.mark.parametrize("serapan", ["97,97 *", "98,02 *", "89 *", "0.96 as 0% *", "100,00 *"])
def test_another_serapan(serapan: str) -> None:
    must_find(CODE, efficiency(serapan))


def test_rounded_from_the_percentage_that_the_source_prints() -> None:
    """97,846 is printed as 97,85 and rounded again to 97,9: offices do so, and the figure can be traced."""
    drawing = efficiency("97,9", printed="97,85").replace("830.354.123", "829.049.000")
    must_stay_quiet(CODE, drawing)
    must_find(CODE, drawing.replace("| 97,9 ", "| 98,0 * "))


@pytest.mark.parametrize("name", ["Program Taman Makam Pahlawan", "-", ""])
def test_what_the_source_does_not_name_is_passed_over(name: str) -> None:
    must_stay_quiet(CODE, efficiency("60,00", name=name))


def test_another_year_is_another_serapan() -> None:
    must_pass_over(CODE, efficiency("60,00", title="Efisiensi Tahun 2023"))


@pytest.mark.parametrize("name", ["PROGRAM PENANGANAN BENCANA", "2. Program Penanganan  Bencana"])
def test_names_that_are_spelled_otherwise(name: str) -> None:
    (flag,) = must_find(CODE, efficiency("89,00 *", name=name))
    assert "kemiripan" not in flag.message.id


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, efficiency("89,00 *", name="Program Penangannan Bencana Sosial").replace(
        "Penanganan Bencana  ", "Penanganan Bencana Sosial  "
    ))  # fmt: skip
    assert flag.message.id == (
        "Serapan tertulis 89,00 %, padahal realisasi ÷ pagu di tabel asalnya = 98,00 %. Realisasinya ada di "
        "Realisasi!D4. Namanya tidak persis sama (kemiripan 97 %)."
    )
    assert (flag.severity, flag.stated, flag.computed) == (None, "89", "98")
    assert [(table.sheet, cell.a1) for table, cell in flag.because] == [("Realisasi", "D4"), ("Realisasi", "C4")]


def test_a_finding_is_live_over_the_sheets() -> None:
    (flag,) = must_find(CODE, efficiency("89.00 as 0.00 *").replace("830.354.123", "830354123 as 0").replace(
        "847.300.000", "847300000 as 0"
    ))  # fmt: skip
    assert flag.live is not None and "'Realisasi'!D4" in flag.live and "'Realisasi'!C4" in flag.live


def test_the_diagnosis_knows_it_too() -> None:
    from draw import book

    from xlaudit.several import Several

    rules = [relation.rule for relation in Several(book(efficiency("98,00")).tables).relations()]
    assert rules.count(CODE) == 2


def test_amounts_of_its_own_are_another_rules_business() -> None:
    must_pass_over(
        CODE,
        SPENT.format("98,00")
        + """
    # Lembar: Efisiensi
    Efisiensi Tahun 2024
    | Program                    | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) | Efisiensi (%) |
    | Program Penanganan Bencana | 100,00      | 700.000.000 | 700.000.000    | 100,00      | 0,00          |
    """,
    )


BY_INDICATOR = """
    # Lembar: Kinerja
    Pencapaian Kinerja dan Anggaran Tahun 2024
    | Sasaran | Indikator   | Target | Realisasi | Capaian (%) | Alokasi (Rp)  | Realisasi Anggaran (Rp) | Serapan (%) |
    | Tata    | Nilai SAKIP | 80     | 80        | 100,00      | 5.446.607.390 | 4.821.534.919           | 88,52       |
    | Tata    | Indeks ASN  | 70     | 70        | 100,00      | {}            | {}                      | {}          |
    # Lembar: Efisiensi
    Efisiensi Tahun 2024
    | Sasaran | Indikator   | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Tata    | Nilai SAKIP | 100,00              | {}                      | 11,48         |
    | Tata    | Indeks ASN  | 100,00              | {}                      | 11,48         |
"""


def test_by_indicator() -> None:
    own = ("1.000.000.000", "900.000.000", "90,00")
    must_stay_quiet(CODE, BY_INDICATOR.format(*own, "88,52", "90,00"))
    must_find(CODE, BY_INDICATOR.format(*own, "88,52", "91,00 *"))


def test_one_budget_for_two_indicators() -> None:
    must_stay_quiet(CODE, BY_INDICATOR.format("^", "^", "^", "88,52", "^"))
    must_find(CODE, BY_INDICATOR.format("^", "^", "^", "88,25 *", "^"))
    must_stay_quiet(CODE, BY_INDICATOR.format("", "", "", "88,52", ""))


def test_the_budget_of_two_indicators_is_not_that_of_one() -> None:
    """There the budget stands for both indicators, here each has a serapan of its own."""
    must_pass_over(CODE, BY_INDICATOR.format("^", "^", "^", "88,00", "90,00"))
    must_pass_over(CODE, BY_INDICATOR.format("", "", "", "88,00", "90,00"))


def test_a_name_twice_is_not_told_apart() -> None:
    must_pass_over(CODE, BY_INDICATOR.replace("Indeks ASN ", "Nilai SAKIP").format("1.000", "900", "90", "88", "90"))


def test_an_indicator_is_no_program_of_the_same_name() -> None:
    must_pass_over(
        CODE,
        """
        # Lembar: Realisasi
        Realisasi Anggaran Tahun 2024
        | No | Program              | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Rehabilitasi Sosial  | 847.300.000 | 830.354.123    |
        | 2  | Pemberdayaan Sosial  | 947.300.000 | 830.354.123    |
        # Lembar: Efisiensi
        Efisiensi Tahun 2024
        | Indikator           | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
        | Rehabilitasi Sosial | 100,00              | 60,00                   | 40,00         |
        """,
    )


def test_one_of_two_sources_is_enough() -> None:
    second = """
    # Lembar: Realisasi November
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 1.935.000.000  |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 762.570.000    |
    """
    must_stay_quiet(CODE, efficiency("98,00") + second)
    must_find(CODE, efficiency("97,00 *") + second)


@pytest.mark.parametrize(
    "heading", ["Pagu Sebelum Perubahan (Rp) | Realisasi (Rp)", "Pagu (Rp) | Realisasi Triwulan I (Rp)"]
)
def test_the_budget_before_its_revision_and_parts_of_a_year_are_no_source(heading: str) -> None:
    must_pass_over(CODE, efficiency("60,00").replace("Pagu (Rp)     | Realisasi (Rp)", heading))


def test_the_agreement_before_revision_is_no_source() -> None:
    must_pass_over(
        CODE,
        efficiency("60,00").replace("Realisasi Anggaran Tahun 2024", "Realisasi Anggaran Sebelum Perubahan Tahun 2024"),
    )
