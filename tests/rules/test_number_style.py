"""NU101: one column writes its figures in one style."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "NU101"


def one(second: str, persen: str = "93,25") -> str:
    return f"""
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) | %        |
        | 1  | Program Penunjang | 2.150.000.000 | 2.003.417.500  | 93,18    |
        | 2  | Program Sosial    | {second}      | 790.112.000    | {persen} |
        | 3  | Program Bencana   | 100.000.000   | 90.000.000     | 90,00    |
    """


@pytest.mark.parametrize(
    "second", ["847.300.000", "847300000", "'847300000", "Rp 847.300.000,-", "847.300.000,00", "-", ""]
)
def test_one_style_and_figures_without_any(second: str) -> None:
    must_stay_quiet(CODE, one(second))


@pytest.mark.parametrize("second", ["847,300,000 *", "847,300,000.00 *", "847,300,000,00 *"])
def test_another_style_than_the_column(second: str) -> None:
    must_find(CODE, one(second))


def test_a_decimal_point_among_decimal_commas() -> None:
    must_find(CODE, one("847.300.000", "93.2500 % *"))


def test_numbers_have_no_style() -> None:
    must_pass_over(CODE, "| No | Program | Pagu (Rp) | % |\n| 1 | Program A | 847300000 | 93.25 |")


def test_a_column_in_which_no_style_prevails_is_let_pass() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program           | Pagu (Rp)     |
        | 1  | Program Penunjang | 2.150.000.000 |
        | 2  | Program Sosial    | 847,300,000   |
        """,
    )


def test_english_throughout_is_one_style() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program           | Pagu (Rp)     | % |
        | 1  | Program Penunjang | 2,150,000,000 | 93.18 % |
        | 2  | Program Sosial    | 847,300,000   | 93.25 % |
        """,
    )


def test_a_column_with_points_beside_columns_with_commas_gets_one_note() -> None:
    (flag,) = must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)     | %         |
        | 1  | Program Penunjang | 2.150.000.000 | 93.18 % * |
        | 2  | Program Sosial    | 847.300.000   | 93.25 %   |
        """,
    )
    assert flag.message.id == (
        "2 angka di kolom ini memakai titik sebagai desimal (misalnya “93.18 %”), sedangkan kolom lain memakai koma."
    )


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("847,300,000 *"))
    assert flag.message.id == (
        "“847,300,000” ditulis dengan gaya 1,234.56; 2 angka lain di kolom ini memakai gaya 1.234,56."
    )
