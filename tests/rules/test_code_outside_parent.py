"""KO101: a row whose code does not begin with its parent's."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KO101"


def table(*codes: str) -> str:
    lines = ["| Kode | Uraian | Pagu (Rp) | Realisasi (Rp) |"]
    lines += [f"| {code} | Pekerjaan {chr(65 + n)} | 100000000 | 90000000 |" for n, code in enumerate(codes)]
    return "\n".join(lines)


def test_codes_that_go_on() -> None:
    must_stay_quiet(CODE, table("1.06.01", "1.06.01.2.01", "1.06.01.2.01.0001", "1.06.02", "1.06.02.2.01"))


def test_one_level_only() -> None:
    must_pass_over(CODE, table("1.06.01", "1.06.02", "1.06.03"))


def test_no_codes() -> None:
    must_pass_over(CODE, "| No | Program | Pagu (Rp) |\n| 1 | A | 100000000 |\n| 2 | B | 100000000 |")


def test_an_excerpt_of_a_longer_table() -> None:
    must_pass_over(CODE, table("1.06.01", "1.06.01.2.01", "1.06.04.2.01", "1.06.05.2.01"))


@pytest.mark.parametrize("last", ["1.06.03.2.01 *", "1.60.02.2.02 *", "2.06.02.2.02 *"])
def test_a_code_of_another_parent(last: str) -> None:
    (flag,) = must_find(CODE, table("1.06.01", "1.06.01.2.01", "1.06.02", "1.06.02.2.01", last))
    assert flag.severity is None
    assert flag.message.id == (
        f"Kode {last[:-2]} tidak diawali kode induk di atasnya, 1.06.02 (Pekerjaan C)."
    )
    assert [cell.a1 for _, cell in flag.because] == ["A4"] and flag.stated == last[:-2]


def test_two_in_a_long_table_and_two_in_a_short_one() -> None:
    many = [code for n in range(1, 12) for code in (f"1.06.{n:02}", f"1.06.{n:02}.2.01")]
    must_find(CODE, table(*many, "1.06.77.2.01 *", "1.06.78.2.01 *"))
    must_pass_over(CODE, table(*many[:6], "1.06.77.2.01", "1.06.78.2.01"))
