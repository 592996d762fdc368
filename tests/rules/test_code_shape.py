"""KO102: codes with urusan and bidang written as one."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KO102"


def table(*codes: str, head: str = "Kode") -> str:
    lines = [f"| {head} | Uraian | Pagu (Rp) | Realisasi (Rp) |"]
    lines += [f"| {code} | Pekerjaan {chr(65 + n)} | 100000000 | 90000000 |" for n, code in enumerate(codes)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "codes",
    [
        ("1.06.01", "1.06.01.2.01", "1.06.01.2.01.0001"),
        ("5.1.01", "5.1.01.01"),
        ("1.1", "1.2", "10.1", "100.1"),
        ("906.01", "906.01.2"),
        ("106.1", "106.2"),
        ("106.012", "106.013"),
        ("1066.01", "1066.02"),
    ],
)
def test_other_codes(codes: tuple[str, ...]) -> None:
    must_stay_quiet(CODE, table(*codes))


def test_no_codes() -> None:
    must_pass_over(CODE, table("1", "2", "3", head="No"))


def test_a_joined_code() -> None:
    (flag,) = must_find(CODE, table("1.06.01", "106.02 *", "1.06.03"))
    assert flag.severity is None
    assert flag.message.id == "Kode 106.02 mungkin maksudnya 1.06.02." and flag.computed == "1.06.02"


def test_all_codes_joined_is_one_note() -> None:
    (flag,) = must_find(CODE, table("106.01 *", "106.01.2.01", "106.01.2.01.0001"))
    assert flag.message.id.endswith("1.06.01. Begitu pula 2 kode lain di tabel ini.")
    assert [cell.a1 for _, cell in flag.because] == ["A3", "A4"]
