"""RA104: sisa is pagu minus realisasi."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

CODE = "RA104"


def one(sisa: str, header: str = "Sisa Anggaran (Rp)", realisasi: str = "200.000.000") -> str:
    return f"""
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) | {header}    |
        | 1  | Program Penunjang | 300.000.000 | {realisasi}    | {sisa}      |
        | 2  | Program Sosial    | 700.000.000 | 650.000.000    | 50.000.000  |
        | 3  | Program Bencana   | 400.000.000 | 330.000.000    | 70.000.000  |
    """


@pytest.mark.parametrize("header", ["Sisa Anggaran (Rp)", "Sisa (Rp)", "Sisa Pagu", "Saldo (Rp)", "Selisih (Rp)"])
def test_under_any_heading(header: str) -> None:
    must_stay_quiet(CODE, one("100.000.000", header))
    must_find(CODE, one("100.000.001 *", header))


@pytest.mark.parametrize("sisa", ["100000000", "Rp 100.000.000,-", "Rp. 100,000,000.00", "100.000.000,00"])
def test_in_any_style(sisa: str) -> None:
    must_stay_quiet(CODE, one(sisa))


def test_a_column_with_the_other_sign_throughout_keeps_it() -> None:
    drawing = """
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) | Selisih (Rp)  |
        | 1  | Program Penunjang | 300.000.000 | 200.000.000    | {}            |
        | 2  | Program Sosial    | 700.000.000 | 650.000.000    | (50.000.000)  |
        | 3  | Program Bencana   | 400.000.000 | 330.000.000    | -70.000.000   |
    """
    must_stay_quiet(CODE, drawing.format("(100.000.000)"))
    must_find(CODE, drawing.format("100.000.000 *"))


def test_one_lost_sign_is_a_difference() -> None:
    must_find(CODE, one("(100.000.000) *"))


def test_nothing_left_may_be_a_dash() -> None:
    must_stay_quiet(CODE, one("-", realisasi="300.000.000"))
    must_stay_quiet(CODE, one("0", realisasi="300.000.000"))
    must_stay_quiet(CODE, one("300.000.000", realisasi="-"))
    must_find(CODE, one("- *"))


def test_blanks_are_not_compared() -> None:
    must_pass_over(
        CODE,
        """
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) | Sisa (Rp)   |
        | 1  | Program Penunjang | 300.000.000 | 200.000.000    |             |
        | 2  | Program Sosial    | 700.000.000 |                | 700.000.000 |
        """,
    )


def test_millions_may_be_off_by_their_roundings() -> None:
    drawing = """
        | No | Program           | Pagu (Rp juta) | Realisasi (Rp juta) | Sisa (Rp juta) |
        | 1  | Program Penunjang | 300            | 200                 | {}             |
        | 2  | Program Sosial    | 700            | 650                 | 50             |
    """
    must_stay_quiet(CODE, drawing.format("101"))
    must_stay_quiet(CODE, drawing.format("99"))
    must_find(CODE, drawing.format("102 *"))


def test_the_total_row_too() -> None:
    must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) | Sisa (Rp)     |
        | 1  | Program Penunjang | 300.000.000   | 200.000.000    | 100.000.000   |
        | 2  | Program Sosial    | 700.000.000   | 650.000.000    | 50.000.000    |
        |    | Jumlah            | 1.000.000.000 | 850.000.000    | 160.000.000 * |
        """,
    )


def test_a_pagu_that_cannot_be_read_leaves_sisa_unjudged() -> None:
    must_not_judge(
        CODE,
        """
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) | Sisa (Rp)    |
        | 1  | Program Penunjang | 8.7106.000  | 80.106.000     | 7.000.000 *  |
        | 2  | Program Sosial    | 700.000.000 | 650.000.000    | 50.000.000   |
        """,
    )


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("100.000.500 *"))
    assert (flag.stated, flag.computed, flag.difference) == ("100000500", "100000000", 500)
    assert flag.message.id == "Sisa tertulis 100.000.500, padahal pagu dikurangi realisasi = 100.000.000; selisih 500."
