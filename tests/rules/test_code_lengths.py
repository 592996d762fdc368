"""KO104: codes of one level that differ in length."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KO104"


def table(*codes: str, head: str = "Kode") -> str:
    lines = [f"| {head} | Uraian | Pagu (Rp) | Realisasi (Rp) |"]
    lines += [f"| {code} | Pekerjaan {n} | 100000000 | 90000000 |" for n, code in enumerate(codes)]
    return "\n".join(lines)


def subs(*last: str) -> str:
    return table("1.06.02", "1.06.02.2.01", *(f"1.06.02.2.01.{part}" for part in last))


@pytest.mark.parametrize("last", [("0001", "0002", "0003", "0004"), ("01", "02", "03", "10"), ("1", "2", "3", "4")])
def test_codes_of_the_same_length(last: tuple[str, ...]) -> None:
    must_stay_quiet(CODE, subs(*last))


def test_numbering_grows() -> None:
    must_pass_over(CODE, table("1.1", "1.2", "1.10", "1.3", "1.4"))
    must_pass_over(CODE, table("1", "2", "10", head="No"))


def test_numbers_without_zeros_may_grow() -> None:
    must_stay_quiet(CODE, table(*(f"1.1.{n}" for n in range(1, 12))))
    must_stay_quiet(CODE, table(*(f"1.01.{n:02}" for n in range(96, 103))))
    must_stay_quiet(CODE, table(*(f"1.{n}.1" for n in (10, 11, 12, 13, 9))))


def test_zeros_that_the_others_lack() -> None:
    must_find(CODE, table("1.1.1", "1.1.2", "1.1.03 *", "1.1.4", "1.1.5"))


def test_the_first_part_may_be_longer() -> None:
    must_stay_quiet(CODE, table("1.06.01", "1.06.02", "1.06.03", "10.06.04"))


def test_old_and_new_codes_in_equal_parts() -> None:
    must_pass_over(CODE, table(*(f"1.06.02.2.01.{part}" for part in ("0001", "02", "0003"))))


@pytest.mark.parametrize("odd", ["02", "002", "00002"])
def test_one_code_of_another_length(odd: str) -> None:
    (flag,) = must_find(CODE, subs("0001", f"{odd} *", "0003", "0004"))
    assert flag.severity is None
    assert flag.message.id == (
        f"Kode 1.06.02.2.01.{odd} tidak sepanjang kode setingkat lainnya, misalnya 1.06.02.2.01.0001."
    )


def test_several_codes_are_one_note() -> None:
    (flag,) = must_find(CODE, subs("0001", "02 *", "03", *(f"{n:04}" for n in range(4, 10))))
    assert flag.message.id.endswith("Begitu pula 1 kode lain di tabel ini.")
    assert [cell.a1 for _, cell in flag.because] == ["A6"]


def test_a_zero_lost_in_the_middle() -> None:
    must_find(CODE, table("1.06.01", "1.6.02 *", "1.06.03", "1.06.04"))
