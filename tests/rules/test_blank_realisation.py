"""ST106: realisasi is filled in."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST106"


def one(realisasi: str, pagu: str = "400.000.000") -> str:
    return f"""
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Penunjang | 300.000.000 | 200.000.000    |
        | 2  | Program Sosial    | {pagu}      | {realisasi}    |
        | 3  | Program Bencana   | 500.000.000 | 450.000.000    |
    """


@pytest.mark.parametrize("realisasi", ["0", "-", "NA", "nihil", "belum ada", "350.000.000"])
def test_nought_and_words_are_entries(realisasi: str) -> None:
    must_stay_quiet(CODE, one(realisasi))


@pytest.mark.parametrize("pagu", ["0", "-", ""])
def test_without_a_pagu_nothing_is_awaited(pagu: str) -> None:
    must_stay_quiet(CODE, one("", pagu))


def test_merged_cells_are_filled_by_the_one_above() -> None:
    must_stay_quiet(CODE, one("^"))


def test_a_column_that_is_mostly_blank_is_not_due_yet() -> None:
    must_pass_over(
        CODE,
        """
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Penunjang | 300.000.000 | 200.000.000    |
        | 2  | Program Sosial    | 400.000.000 |                |
        """,
    )


def test_figures_at_the_kegiatan_only() -> None:
    """Where the programs' own realisasi is left out throughout, half of the column is blank by design."""
    must_pass_over(
        CODE,
        """
        | Uraian              | Pagu (Rp)   | Realisasi (Rp) |
        | Program Penunjang   | 300.000.000 |                |
        | Kegiatan Umum       | 300.000.000 | 200.000.000    |
        | Program Sosial      | 400.000.000 |                |
        | Kegiatan Pembinaan  | 400.000.000 | 350.000.000    |
        """,
    )


def test_a_blank_beside_a_pagu() -> None:
    (flag,) = must_find(CODE, one("*"))
    assert flag.message.id == "Realisasi kosong padahal pagunya 400.000.000. Kosong berarti belum diisi, bukan nol."
    assert flag.live == 'TRIM(D3)=""'


def test_a_blank_in_the_total_too() -> None:
    must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Penunjang | 300.000.000 | 200.000.000    |
        | 2  | Program Sosial    | 400.000.000 | 350.000.000    |
        |    | Jumlah            | 700.000.000 | *              |
        """,
    )


def test_a_space_is_blank() -> None:
    must_find(CODE, one("'  *"))


def test_each_year_has_a_pagu_of_its_own() -> None:
    """A blank of this year stands beside this year's pagu; last year's column has none beside it."""
    drawing = """
        | Program           | Pagu 2024 (Rp) | Realisasi 2024 (Rp) |
        | Program Penunjang | 300.000.000    | 200.000.000         |
        | Program Sosial    | 400.000.000    | {}                  |
        | Program Bencana   | 500.000.000    | 450.000.000         |
    """
    must_find(CODE, drawing.format("*"))
    must_stay_quiet(CODE, drawing.format("0"))
    must_pass_over(CODE, drawing.format("").replace("Realisasi 2024", "Realisasi 2023"))
