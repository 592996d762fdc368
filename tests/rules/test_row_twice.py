"""ST117: rows typed twice."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST117"
FIRST = "Meningkatnya layanan | Persentase PPKS terlayani | % | 80 | 84 | 105"
OTHER = "Meningkatnya layanan | Persentase PSKS aktif | % | 75 | 75 | 100"


def table(*rows: str) -> str:
    lines = ["| Sasaran | Indikator | Satuan | Target | Realisasi | Capaian (%) |", *(f"| {row} |" for row in rows)]
    return "\n".join(lines)


def test_rows_that_differ() -> None:
    must_stay_quiet(CODE, table(FIRST, OTHER))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("84", "83"),
        ("terlayani", "terlindungi"),
        ("Meningkatnya layanan", "Meningkatnya mutu"),
        ("| % |", "| orang |"),
        ("105", ""),
    ],
)
def test_rows_that_differ_in_one_cell(old: str, new: str) -> None:
    must_stay_quiet(CODE, table(FIRST, OTHER, FIRST.replace(old, new)))


def test_rows_that_say_too_little() -> None:
    bare = "Meningkatnya layanan | Nilai SAKIP | nilai | 80 | | "
    must_stay_quiet(CODE, table(FIRST, bare, bare))
    must_stay_quiet(CODE, table(FIRST, bare.replace("| | ", "| 0 | -"), bare.replace("| | ", "| 0 | -")))


def test_a_row_twice() -> None:
    (flag,) = must_find(CODE, table(FIRST, OTHER, FIRST.replace("terlayani", "terlayani *")))
    assert flag.severity is None
    assert flag.message.id == "Baris ini sama dengan baris 2: nama dan semua angkanya tertulis dua kali."
    assert [cell.a1 for _, cell in flag.because] == ["B2"]


def test_spelling_in_other_letters() -> None:
    must_find(CODE, table(FIRST, OTHER, FIRST.replace("Persentase PPKS terlayani", "PERSENTASE PPKS  terlayani *")))


def test_rows_repeated_on_purpose() -> None:
    must_pass_over(CODE, table(FIRST, OTHER, FIRST, OTHER))
    more = [f"Meningkatnya layanan | Persentase {n} | % | 80 | {n} | {n * 100 / 80:g}" for n in range(60, 77)]
    twice = [row.replace("terlayani", "terlayani *").replace("aktif", "aktif *") for row in (FIRST, OTHER)]
    must_find(CODE, table(FIRST, OTHER, *more, *twice))


def test_the_same_below_another_parent_and_the_same_code() -> None:
    drawn = """
        | Kode         | Uraian       | Pagu (Rp) | Realisasi (Rp) |
        | 1.06.01      | PROGRAM SATU | 100000000 | 90000000       |
        | 1.06.01.2.01 | Pembinaan    | 100000000 | 90000000       |
        | 1.06.02      | PROGRAM DUA  | 100000000 | 90000000       |
        | 1.06.02.2.01 | Pembinaan    | 100000000 | 90000000       |
        | 1.06.02.2.02 | Pembinaan    | {pagu} | 90000000       |
    """
    must_stay_quiet(CODE, drawn.format(pagu="200000000"))
    must_find(CODE, drawn.format(pagu="100000000").replace("2.02 | Pembinaan    |", "2.02 | Pembinaan *  |"))
    must_stay_quiet(CODE, drawn.format(pagu="100000000").replace("1.06.02.2.02", "1.06.02.2.01"))


def test_a_total_is_no_row() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program | Pagu (Rp) | Realisasi (Rp) |
        | 1  | A       | 100000000 | 90000000       |
        |    | Jumlah  | 100000000 | 90000000       |
        |    | Jumlah  | 100000000 | 90000000       |
        """,
    )
