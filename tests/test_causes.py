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
