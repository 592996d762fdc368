"""Key figures of a workbook: budget and capaian as printed, exact sums where nothing is printed, else a reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import generate  # noqa: F401  (puts the benchmarks' folder on the path)
import pytest
from documents import document, write
from draw import draw
from figures import Fig

from xlaudit.audit import audit_book, audit_workbook
from xlaudit.keyfigures import KeyFigures
from xlaudit.reading.book import book_of

HEAD = "Realisasi Anggaran Tahun 2024"


def drawn(text: str) -> KeyFigures:
    return audit_book("gambar.xlsx", book_of(draw(dedent(text)).workbook)).key_figures


def test_the_total_is_quoted_as_printed_with_its_places() -> None:
    budget = drawn(f"""
        {HEAD}
        | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     | Sisa (Rp)   |
        | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  | 95,50 | 96.750.000  |
        | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    | 98,00 | 16.946.000  |
        |    | Jumlah                      | 2.997.300.001 | 2.883.604.000  | 96,21 | 113.696.000 |
    """).budget
    assert budget is not None and not budget.pagu.summed
    assert (budget.pagu.value, budget.pagu.sheet, [c.a1 for c in budget.pagu.cells]) == (
        2_997_300_001, "Lembar", ["C5"],
    )  # fmt: skip
    assert (budget.realisasi.value, budget.realisasi.cells[0].a1) == (2_883_604_000, "D5")
    assert budget.persen is not None and (budget.persen.value, budget.persen.cells[0].a1) == (Decimal("96.21"), "E5")
    assert budget.sisa is not None and (budget.sisa.value, budget.sisa.cells[0].a1) == (113_696_000, "F5")


def test_without_a_total_the_topmost_rows_are_added_up() -> None:
    budget = drawn(f"""
        {HEAD}
        | Kode           | Uraian                      | Pagu (Rp)     | Realisasi (Rp) |
        | 1.06.04        | PROGRAM REHABILITASI SOSIAL | 2.150.000.000 | 2.053.250.000  |
        | 1.06.04.2.01   | Rehabilitasi dasar          | 2.150.000.000 | 2.053.250.000  |
        | 1.06.05        | PROGRAM PENANGANAN BENCANA  | 847.300.000   | 830.354.000    |
        | 1.06.05.2.01   | Perlindungan korban         | 847.300.000   | 830.354.000    |
    """).budget
    assert budget is not None and budget.pagu.summed and budget.realisasi.summed
    assert budget.pagu.value == 2_997_300_000 and budget.realisasi.value == 2_883_604_000
    assert [cell.a1 for cell in budget.pagu.cells] == ["C3", "C5"]
    assert budget.persen is None and budget.sisa is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (  # a program and something else: nobody knows whether they stand on one level
            """
            | 1 | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000 |
            | 2 | Pelayanan dasar             | 1.150.000.000 | 1.053.250.000 |
            """,
            "Lembar!A2:D4",
        ),
        (  # one name twice
            """
            | 1 | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000 |
            | 2 | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000 |
            """,
            "Lembar!A2:D4",
        ),
        (  # rows left out
            """
            | 1 | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000 |
            | 4 | Program Penanganan Bencana  | 847.300.000   | 830.354.000   |
            """,
            "Lembar!A2:D4",
        ),
        (  # a figure that cannot be read
            """
            | 1 | Program Rehabilitasi Sosial | belum | 2.053.250.000 |
            | 2 | Program Penanganan Bencana  | 847.300.000   | 830.354.000   |
            """,
            "Lembar!A2:D4",
        ),
    ],
)
def test_what_is_not_beyond_doubt_is_not_told(rows: str, why: str) -> None:
    head = f"{HEAD}\n| No | Uraian | Pagu (Rp) | Realisasi (Rp) |\n"
    found = drawn(head + dedent(rows).strip())
    assert found.budget is None and found.no_budget is not None
    assert why in found.no_budget.en and why in found.no_budget.id


BUDGET = """
| No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
| 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  |
| 2  | Program Penanganan Bencana  | {second} | 830.354.000    |
|    | Jumlah                      | {total} | 2.883.604.000  |
"""


def _two(second: str, total: str, title: str = HEAD) -> str:
    one = BUDGET.format(second="847.300.000", total="2.997.300.000")
    return f"# Lembar: Satu\n{HEAD}{one}# Lembar: Dua\n{title}{BUDGET.format(second=second, total=total)}"


def test_tables_that_agree_give_the_first() -> None:
    budget = drawn(_two("847.300.000", "2.997.300.000")).budget
    assert budget is not None and budget.pagu.sheet == "Satu"


def test_tables_that_contradict_give_none_and_say_where() -> None:
    found = drawn(_two("947.300.000", "3.097.300.000"))
    assert found.budget is None and found.no_budget is not None
    said = found.no_budget.en
    assert "2,997,300,000" in said and "3,097,300,000" in said and "Satu!C5" in said and "Dua!C5" in said


def test_another_year_is_no_contradiction() -> None:
    text = _two("947.300.000", "3.097.300.000", "Realisasi Anggaran Tahun 2023")
    more = "# Lembar: Tiga\nRealisasi Anggaran Tahun 2024" + BUDGET.format(second="847.300.000", total="2.997.300.000")
    budget = drawn(text + more).budget
    assert budget is not None and budget.pagu.value == 2_997_300_000


def test_an_excerpt_is_part_of_the_whole() -> None:
    excerpt = """
| No | Program                    | Pagu (Rp)   | Realisasi (Rp) |
| 1  | Program Penanganan Bencana | 847.300.000 | 830.354.000    |
|    | Jumlah                     | 847.300.000 | 830.354.000    |
"""
    whole = BUDGET.format(second="847.300.000", total="2.997.300.000")
    found = drawn(f"# Lembar: Kutipan\n{HEAD}{excerpt}# Lembar: Semua\n{HEAD}{whole}")
    assert found.budget is not None and found.budget.pagu.value == 2_997_300_000, found.no_budget


def test_thousands_count_in_rupiah() -> None:
    budget = drawn("""
        Realisasi Anggaran Tahun 2024
        | No | Program                     | Pagu (Rp ribu) | Realisasi (Rp ribu) |
        | 1  | Program Rehabilitasi Sosial | 2.150.000      | 2.053.250           |
        | 2  | Program Penanganan Bencana  | 847.300        | 830.354             |
        |    | Jumlah                      | 2.997.300      | 2.883.604           |
    """).budget
    assert budget is not None and budget.pagu.value == 2_997_300_000


def test_a_table_of_targets_only_says_that_there_is_no_budget() -> None:
    found = drawn("""
        Perjanjian Kinerja Tahun 2024
        | No | Indikator                 | Target |
        | 1  | Persentase PPKS terlayani | 87     |
        | 2  | Indeks kepuasan           | 80     |
    """)
    assert found.budget is None and found.no_budget is not None and not found.achieved and found.no_achieved is not None
    assert found.mean is None


KINERJA = """
    # Lembar: Kinerja
    Pengukuran Kinerja Tahun 2024
    | Sasaran | Indikator                  | Target | Realisasi | Capaian (%) | Kategori      |
    | Layanan | Persentase PPKS terlayani  | 87     | 89,29     | 102,63      | Sangat Tinggi |
    | Layanan | Persentase desa tangguh    | 40     | 34        | 85,00       | Tinggi        |
    | Tata    | Indeks kepuasan masyarakat | 85     | -         | -           | -             |
    |         | Rata-rata capaian          |        |           | 93,82       | Sangat Tinggi |
"""


def test_capaian_and_predikat_of_every_indicator_with_a_result() -> None:
    found = drawn(KINERJA)
    assert [(a.indicator, a.capaian, a.cell.a1, a.predikat) for a in found.achieved] == [
        ("Persentase PPKS terlayani", Decimal("102.63"), "E3", "Sangat Tinggi"),
        ("Persentase desa tangguh", Decimal("85.00"), "E4", "Tinggi"),
    ]
    assert found.achieved[0].predikat_cell is not None and found.achieved[0].predikat_cell.a1 == "F3"
    assert found.mean == Fraction(18763, 200) and found.capaian_sum == Decimal("187.63")


def test_an_indicator_of_several_tables_counts_once_and_programs_do_not() -> None:
    again = """
    # Lembar: Simpulan
    Capaian Kinerja Tahun 2024
    | Sasaran | Indikator                  | Target | Realisasi | Capaian (%) |
    | Layanan | Persentase PPKS terlayani  | 87     | 89,29     | 102,63      |
    # Lembar: Program
    Kinerja Program Tahun 2024
    | Program             | Indikator           | Target | Realisasi | Capaian (%) |
    | Rehabilitasi Sosial | Persentase layanan  | 50     | 40        | 80,00       |
    """
    assert drawn(KINERJA + again).achieved == drawn(KINERJA).achieved


@pytest.mark.parametrize("seed", range(40))
def test_totals_of_generated_workbooks(seed: int, tmp_path: Path) -> None:
    """The sum of the programs as the generator knows it, whether the workbook prints it or not."""
    made = document(seed, ("realisasi",))
    path = tmp_path / "buku.xlsx"
    write(made, path)
    [plan] = made.plans
    lines = plan.lines[:-1] if made.style.total else plan.lines
    tops = [
        [cell for cell in line.cells if isinstance(cell, Fig) and cell.measure == "amount"]
        for line in lines
        if line.depth == 0
    ]
    found = audit_workbook(path).key_figures
    if found.budget is None:
        assert found.no_budget is not None and not made.style.total
        return
    expected = tuple(sum(figures[at].value for figures in tops) for at in (0, 1))
    got = (Fraction(found.budget.pagu.value), Fraction(found.budget.realisasi.value))
    assert got == expected
