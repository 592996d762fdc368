"""NU102: a figure whose separators cannot be right."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "NU102"


def one(figure: str) -> str:
    return f"""
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) |
        | 1  | Program Penunjang | 2.150.000.000 | 2.003.417.500  |
        | 2  | Program Sosial    | {figure}      | 1.234.567      |
    """


@pytest.mark.parametrize(
    "figure",
    [
        "1.234.567",
        "1.234.567,00",
        "1,234,567.00",
        "1,234,567",
        "Rp. 2.300.170.000,-",
        "Rp 1.234.567,-",
        "(1.234.567,00)",
        "19,639,237,601,00",
        "Rp. 7,164,456,150,-",
        "1 234 567",
        "1.234",
        "1234567",
        "1234567.5",
        "-",
        "NA",
        "",
        "nihil",
    ],
)
def test_every_usual_style(figure: str) -> None:
    must_stay_quiet(CODE, one(figure))


@pytest.mark.parametrize("figure", ["8.7106.000 *", "8.662.479.43,00 *", "1.23.456.789 *", "12.3456.789 *"])
def test_groups_that_are_not_threes(figure: str) -> None:
    must_find(CODE, one(figure))


def test_in_every_column_of_figures() -> None:
    must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) | Sisa (Rp)    |
        | 1  | Program Penunjang | 2.150.000.000 | 2.003.417.500  | 146.5825.000 * |
        """,
    )


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("8.7106.000 *"))
    assert flag.stated == "8.7106.000" and flag.computed is None
    assert flag.message.id == "“8.7106.000” bukan angka yang lazim: titik dan komanya tidak memisahkan digit tiga-tiga."
    assert flag.advice is not None and "87.106.000" in flag.advice.id
    assert flag.live == "NOT(ISNUMBER(C3))"
