"""Which cell an audit blames, on drawn tables: through formulas, between tables, and where it says nothing."""

from __future__ import annotations

from draw import draw

from xlaudit.audit import audit_book
from xlaudit.findings import Diagnosis
from xlaudit.reading.book import book_of

PLAN = """
    # Lembar: PK
    | No | Program             | Anggaran (Rp) |
    | 1  | Program Kepegawaian | 5000000       |
    | 2  | Program Sosial      | {social}      |
    # Lembar: Realisasi
    | Kode      | Uraian              | Pagu (Rp)              | Realisasi (Rp)         |
    | 1         | Program Kepegawaian | 5000000                | 4500000                |
    | 2         | Program Sosial      | =C4+C7 -> {top}        | =D4+D7 -> 2500000      |
    | 2.01      | Kegiatan Anak       | =SUM(C5:C6) -> {child} | =SUM(D5:D6) -> 1500000 |
    | 2.01.0001 | Sub Panti           | {leaf}                 | 700000                 |
    | 2.01.0002 | Sub Asuh            | 975300                 | 800000                 |
    | 2.02      | Kegiatan Lansia     | =C8 -> 1100000         | =D8 -> 1000000         |
    | 2.02.0001 | Sub Lansia          | 1100000                | 1000000                |
"""


def diagnoses(leaf: int, social: int) -> tuple[Diagnosis, ...]:
    drawn = PLAN.format(leaf=leaf, child=leaf + 975_300, top=leaf + 2_075_300, social=social)
    return audit_book("gambar.xlsx", book_of(draw(drawn).workbook)).diagnoses


def repairs(told: Diagnosis) -> list[tuple[str, str, str]]:
    return [(repair.place.sheet, repair.place.cell, repair.suggested) for repair in told.repairs]


def test_all_agrees() -> None:
    assert not diagnoses(1_430_000, 3_505_300)


def test_a_slip_below_two_formulas_is_told_by_another_table() -> None:
    [told] = diagnoses(1_340_000, 3_505_300)
    assert (told.cause, told.certainty) == ("digit_transposed", "likely")
    assert repairs(told) == [("Realisasi", "C5", "1430000")]


def test_the_other_table_may_be_the_one_that_slipped() -> None:
    [told] = diagnoses(1_430_000, 3_055_300)
    assert (told.cause, repairs(told)) == ("digit_transposed", [("PK", "C3", "3505300")])


def test_tables_may_differ_without_a_slip() -> None:
    assert not diagnoses(1_430_000, 3_900_000)


def told_of(drawn: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Cause, certainty and repairs of each diagnosis."""
    found = audit_book("gambar.xlsx", book_of(draw(drawn).workbook)).diagnoses
    return [(one.cause, one.certainty, [(r.place.cell, r.suggested) for r in one.repairs]) for one in found]


BUDGET = """
    | Kode      | Uraian              | Pagu (Rp)   | Realisasi (Rp) | %      |
    | 1         | Program Sosial      | 483.300.000 | 405.680.000    | 83,94  |
    | 1.01      | Kegiatan Panti      | 263.700.000 | 214.350.000    | 81,29  |
    | 1.01.0001 | Sub Panti Anak      | {anak}      | 131.250.000    | 78,22  |
    | 1.01.0002 | Sub Panti Lansia    | 95.900.000  | {lansia}       | 86,65  |
    | 1.02      | Kegiatan Bantuan    | 219.600.000 | 191.330.000    | 87,13  |
    | 1.02.0001 | Sub Bantuan Tunai   | 219.600.000 | 191.330.000    | 87,13  |
"""


def test_nothing_is_blamed_where_all_agrees() -> None:
    assert not told_of(BUDGET.format(anak="167.800.000", lansia="83.100.000"))


def test_two_slips_in_one_kegiatan() -> None:
    told = told_of(BUDGET.format(anak="176.800.000", lansia="8.310.000"))
    assert sorted(told) == [
        ("digit_transposed", "certain", [("C4", "167800000")]),
        ("factor_of_ten", "certain", [("D5", "83100000")]),
    ]


def test_figures_of_two_rows_that_were_exchanged() -> None:
    """The sum holds; only the percentages tell, and one exchange explains both."""
    drawn = BUDGET.format(anak="167.800.000", lansia="131.250.000")
    drawn = drawn.replace("| 131.250.000    | 78", "| 83.100.000     | 78")
    assert told_of(drawn) == [("swapped", "certain", [("D4", "131250000"), ("D5", "83100000")])]


GOALS = """
    | No | Sasaran  | Indikator  | Target   | Realisasi | Capaian (%) |
    | 1  | Layanan  | Cakupan    | 80       | 72        | 90,00       |
    | 2  | Layanan  | Kepuasan   | {target} | {reached} | 96,00       |
    | 3  | Layanan  | Kepatuhan  | 60       | 57        | 95,00       |
    |    | Rata-rata capaian     | | |       | 93,67       |
"""


def test_target_and_realisasi_exchanged() -> None:
    """The mean vouches for the capaian."""
    assert not told_of(GOALS.format(target="75", reached="72"))
    told = told_of(GOALS.format(target="72", reached="75"))
    assert [(cause, sorted(repairs)) for cause, _, repairs in told] == [("swapped", [("D3", "75"), ("E3", "72")])]


PORTIONS = """
    Alokasi Anggaran per Sasaran Tahun 2024
    | Sasaran | Anggaran (Rp) | % Anggaran dari Total |
    | Satu    | 412.700.000   | 41,27                 |
    | Dua     | {two}         | 29,83                 |
    | Tiga    | 188.200.000   | 18,82                 |
    | Empat   | 100.800.000   | 10,08                 |
"""


def test_an_amount_of_which_all_portions_tell() -> None:
    assert not told_of(PORTIONS.format(two="298.300.000"))
    [(cause, certainty, repairs)] = told_of(PORTIONS.format(two="29.830.000"))
    assert (cause, repairs) == ("factor_of_ten", [("B4", "298300000")])
    assert certainty == "certain"


def test_what_cannot_be_told_is_not_told_as_sure() -> None:
    """One sum, no percentage: each part could be the wrong one."""
    drawn = """
    | Uraian | Pagu (Rp)   |
    | Satu   | 412.700.000 |
    | Dua    | 298.300.000 |
    | Tiga   | 188.200.000 |
    | Jumlah | 899.300.000 |
    """
    [(_, certainty, repairs)] = told_of(drawn)
    assert certainty == "unclear" and len(repairs) > 1
