"""KO103: a name that stands twice below one parent."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KO103"


def table(*rows: tuple[str, str], head: str = "Kode | Uraian", pagu: str = "100000000") -> str:
    lines = [f"| {head} | Pagu (Rp) | Realisasi (Rp) |"]
    lines += [f"| {code} | {name} | {pagu} | 90000000 |" for code, name in rows]
    return "\n".join(lines)


FIRST = (("1.06.02", "Program Sosial"), ("1.06.02.2.01", "Pembinaan"), ("1.06.02.2.02", "Pengembangan"))


def test_different_names() -> None:
    must_stay_quiet(CODE, table(*FIRST))


def test_the_same_name_below_another_parent_or_on_another_level() -> None:
    must_stay_quiet(CODE, table(*FIRST, ("1.06.03", "Program Bencana"), ("1.06.03.2.01", "Pembinaan")))
    must_stay_quiet(CODE, table(("1.06.02", "Pembinaan"), ("1.06.02.2.01", "Pembinaan")))


def test_the_same_code_is_judged_elsewhere() -> None:
    must_stay_quiet(CODE, table(*FIRST, ("1.06.02.2.02", "Pengembangan")))


def test_rows_without_a_name_or_without_a_budget() -> None:
    must_stay_quiet(CODE, table(*FIRST, ("1.06.02.2.03", "")))
    drawn = table(*FIRST, ("1.06.02.2.03", "Pengembangan"))
    must_stay_quiet(CODE, drawn.replace("2.03 | Pengembangan | 100000000 |", "2.03 | Pengembangan | |"))


def test_accounts() -> None:
    more = ((f"1.06.02.2.02.5.{n}", "Belanja Pegawai") for n in (1, 2))
    must_stay_quiet(CODE, table(*FIRST, *more))


def test_numbers_of_a_list() -> None:
    must_pass_over(CODE, table(("1", "Pembinaan"), ("2", "Pembinaan"), head="No | Uraian"))


def test_tables_of_indicators() -> None:
    lines = [
        "| Kode | Program | Indikator | Pagu (Rp) | Realisasi (Rp) |",
        "| 1.06.02 | Program Sosial | Persentase A | 100000000 | 90000000 |",
        "| 1.06.03 | Program Sosial | Persentase B | 100000000 | 90000000 |",
    ]
    must_pass_over(CODE, "\n".join(lines))


@pytest.mark.parametrize("name", ["Pengembangan", "PENGEMBANGAN", "Pengembangan "])
def test_a_name_twice(name: str) -> None:
    (flag,) = must_find(CODE, table(*FIRST, ("1.06.02.2.03", f"{name} *")))
    assert flag.severity is None
    assert flag.message.id == f"“{name.strip()}” (1.06.02.2.03) sudah tercantum di baris 4 dengan kode 1.06.02.2.02."
    assert [cell.a1 for _, cell in flag.because] == ["A4"]


def test_a_program_twice() -> None:
    must_find(CODE, table(*FIRST, ("1.06.03", "Program Sosial *")))


def test_names_repeated_on_purpose() -> None:
    more = [(f"1.06.02.2.{n:02}", "Pengembangan") for n in range(3, 6)]
    must_pass_over(CODE, table(*FIRST, *more))
    many = [(f"1.06.02.2.{n:02}", f"Kegiatan {n}") for n in range(3, 30)]
    must_find(CODE, table(*FIRST, *many, ("1.06.02.2.30", "Kegiatan 3 *"), ("1.06.02.2.31", "Kegiatan 4 *")))
