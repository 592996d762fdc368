"""RA112: the amount spent in a year is the sum of its four quarters."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "RA112"
DRAWING = """
    Evaluasi Triwulan Tahun 2024
 | Program | Target 2024 (Rp) | TW I (Rp) | TW II (Rp) | TW III (Rp) | TW IV (Rp) | Realisasi 2024 (Rp) |
 | Program A | 600.000.000 | 30.000.000 | 56.000.000 | 127.000.000 | 310.000.000 | {} |
 | Program B | 110.000.000 | 11.000.000 | - | 6.000.000 | 79.000.000 | 96.000.000 |
 | Program C | 110.000.000 | 11.000.000 | 5.000.000 | 6.000.000 | 79.000.000 | 101.000.000 |
"""


def test_quarters_that_add_up() -> None:
    must_stay_quiet(CODE, DRAWING.format("523.000.000"))


def test_cumulative_quarters_do_not_add_up() -> None:
    must_pass_over(
        CODE,
        """
        Evaluasi Triwulan Tahun 2024
 | Program | TW I (Rp) | TW II (Rp) | TW III (Rp) | TW IV (Rp) | Realisasi 2024 (Rp) |
 | Program A | 30.000.000 | 86.000.000 | 213.000.000 | 523.000.000 | 523.000.000 |
 | Program B | 11.000.000 | 16.000.000 | 22.000.000 | 101.000.000 | 101.000.000 |
        """,
    )


def test_a_year_that_is_off() -> None:
    (flag,) = must_find(CODE, DRAWING.format("532.000.000 *"))
    assert (flag.computed, flag.difference) == ("523000000", 9_000_000)
    assert flag.message.id == (
        "Realisasi setahun tertulis 532.000.000, padahal jumlah keempat triwulan = 523.000.000; selisih 9.000.000."
    )
