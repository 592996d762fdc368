"""NU104: one column of percentages uses one scale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "NU104"


def one(*persen: str) -> str:
    rows = (("300000000", "200000000"), ("700000000", "600000000"), ("900000000", "100000000"))
    lines = "".join(
        f"\n| {n} | Program {n} | {a} | {b} | {p} |" for n, ((a, b), p) in enumerate(zip(rows, persen, strict=True))
    )
    return "| No | Program | Pagu (Rp) | Realisasi (Rp) | % |" + lines


@pytest.mark.parametrize(
    "persen",
    [
        ("66.67", "85.71", "11.11"),
        ("0.6667", "0.8571", "0.1111"),
        ("0.6667 as 0.00%", "0.8571 as 0.00%", "0.1111 as 0.00%"),
        ("0.6667 as 0.00%", "85.71", "11.11"),
        ("66,67 %", "85.71", "11.11"),
        ("66,67", "85,71", "11,11"),
        ("0", "85.71", "11.11"),
        ("-", "85.71", "11.11"),
    ],
)
def test_one_scale_or_no_doubt_about_it(persen: tuple[str, str, str]) -> None:
    must_stay_quiet(CODE, one(*persen))


@pytest.mark.parametrize(
    ("persen", "right"),
    [
        (("0.6667 *", "85.71", "11.11"), "66.67"),
        (("66.67 *", "0.8571", "0.1111"), "0.6667"),
        (("66.67", "85.71", "0.1111 *"), "11.11"),
    ],
)
def test_the_few_in_another_scale(persen: tuple[str, str, str], right: str) -> None:
    (flag,) = must_find(CODE, one(*persen))
    assert flag.slip is not None and flag.slip.right == Decimal(right)


def test_small_percentages_that_agree_as_they_are() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program   | Pagu (Rp)  | Realisasi (Rp) | %     |
        | 1  | Program A | 1000000000 | 5200000        | 0.52  |
        | 2  | Program B | 500000000  | 450000000      | 90    |
        | 3  | Program C | 500000000  | 400000000      | 80    |
        """,
    )


def test_targets_are_no_percentages() -> None:
    must_pass_over(CODE, "| Indikator | Target | Realisasi |\n| Indeks Gini | 0.35 | 0.33 |\n| Persentase | 80 | 84 |")


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("0.6667 *", "85.71", "11.11"))
    assert flag.message.id == (
        "0,6667 dibaca sebagai 66,67 % karena hanya dengan begitu angkanya cocok; "
        "2 angka lain di kolom ini ditulis dalam skala lain."
    )
