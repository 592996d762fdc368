"""ST115: numbers skipped or repeated."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST115"


def table(*numbers: str, head: str = "Program") -> str:
    lines = [f"| No | {head} | Pagu (Rp) | Realisasi (Rp) |"]
    lines += [f"| {number} | Pekerjaan {n} | {n + 2}00000000 | 90000000 |" for n, number in enumerate(numbers)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3", "4"),
        ("1.", "2.", "3."),
        ("1)", "2)", "3)"),
        ("3", "4", "5"),
        ("1", "2", "1", "2", "3"),
        ("1", "2", "", "3"),
        ("8", "9", "10", "11"),
    ],
)
def test_numbers_in_order(numbers: tuple[str, ...]) -> None:
    must_stay_quiet(CODE, table(*numbers))


@pytest.mark.parametrize("numbers", [("1", "2"), ("A", "B", "C"), ("I", "II", "IV"), ("", "", ""), ("10", "20", "30")])
def test_what_is_no_numbering(numbers: tuple[str, ...]) -> None:
    must_pass_over(CODE, table(*numbers))


def test_tables_without_numbers() -> None:
    must_pass_over(CODE, "| Program | Pagu (Rp) |\n| A | 100000000 |\n| B | 100000000 |\n| C | 100000000 |")


def test_a_row_of_words_counts() -> None:
    lines = ["| No | Indikator | Target | Realisasi | Capaian (%) |"]
    lines += [f"| {n} | Persentase {n} | 80 | 80 | 100 |" for n in range(1, 8)]
    lines[4] = "| 4 | Predikat Arsip | B (60-70) | B (60-70) | |"
    must_stay_quiet(CODE, "\n".join(lines))


def test_a_number_skipped() -> None:
    (flag,) = must_find(CODE, table("1", "2", "3", "5 *", "6"))
    assert flag.severity is None and flag.message.id == "Nomor 5 mengikuti nomor 3." and flag.because == ()


def test_a_number_backwards() -> None:
    (flag,) = must_find(CODE, table("1", "2", "3", "4", "3 *"))
    assert flag.message.id == "Nomor 3 mengikuti nomor 4."


def test_a_number_repeated() -> None:
    (flag,) = must_find(CODE, table("1", "2", "3", "3 *", "4"))
    assert flag.message.id == "Nomor 3 sudah dipakai di baris 4."


def test_a_row_that_goes_on_may_repeat_its_number() -> None:
    drawn = table("1", "2", "3", "3", "4").replace("Pekerjaan 3", "Pekerjaan 2")
    must_stay_quiet(CODE, drawn)


@pytest.mark.parametrize("head", ["Sasaran | Indikator", "Tujuan | Indikator", "Indikator"])
def test_a_number_for_several_indicators(head: str) -> None:
    lines = [f"| No | {head} | Target | Realisasi | Capaian (%) |"]
    more = "Sama | " if "|" in head else ""
    lines += [f"| {no} | {more}Persentase {n} | 80 | 80 | 100 |" for n, no in enumerate(("1", "1", "2", "2", "3"))]
    must_stay_quiet(CODE, "\n".join(lines))


def test_two_faults_are_one_note_and_too_many_are_none() -> None:
    (flag,) = must_find(CODE, table("1", "2", "3", "5 *", "6", "7", "8", "9", "11", "12"))
    assert flag.message.id == "Nomor 5 mengikuti nomor 3. Begitu pula 1 nomor lain di tabel ini."
    assert [cell.a1 for _, cell in flag.because] == ["A10"]
    must_pass_over(CODE, table("1", "2", "4", "5"))
