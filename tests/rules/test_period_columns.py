"""RA111: columns of periods hold what their headings say."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "RA111"


def quarters(*lines: str, parts: str = "TW {}", year: str = " Realisasi 2024 (Rp) |", mark: str = "") -> str:
    names = [f"Realisasi {parts.format(n)}" for n in ("I", "II", "III", "IV")]
    names[1] += mark
    body = "".join(f"\n| Program {n} | 9.000.000 | {line} |" for n, line in enumerate(lines))
    return f"| Program | Pagu (Rp) | {' | '.join(names)} |{year}{body}"


RUNS = (
    "1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | 4.000.000",
    "1.000.000 | 1.000.000 | 3.000.000 | 5.000.000 | 5.000.000",
    "0 | 2.000.000 | 3.000.000 | 6.000.000 | 6.000.000",
)
SUMS = (
    "1.000.000 | 2.000.000 | 3.000.000 | 1.000.000 | 7.000.000",
    "1.000.000 | 1.000.000 | 1.000.000 | 2.000.000 | 5.000.000",
    "0 | 2.000.000 | 3.000.000 | 1.000.000 | 6.000.000",
)


def test_they_add_up() -> None:
    must_stay_quiet(CODE, quarters(*SUMS))


def test_the_headings_say_so() -> None:
    must_pass_over(CODE, quarters(*RUNS, parts="s.d. TW {}"))


def test_two_rows_show_nothing() -> None:
    must_pass_over(CODE, quarters(*RUNS[:2]))


def test_rows_with_one_payment_show_nothing() -> None:
    must_pass_over(CODE, quarters(*("0 | 0 | 0 | 4.000.000 | 4.000.000",) * 3))


def test_one_row_that_is_not_cumulative() -> None:
    must_stay_quiet(CODE, quarters(*RUNS, SUMS[0]))
    must_stay_quiet(CODE, quarters(*RUNS, "1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | 4.000.001"))
    must_stay_quiet(CODE, quarters(*RUNS, "2.000.000 | 1.000.000 | 3.000.000 | 4.000.000 | 4.000.000"))


def test_cumulative_without_a_word_of_it() -> None:
    (flag,) = must_find(CODE, quarters(*RUNS, mark=" *"))
    assert flag.message.id.startswith("Kolom “Realisasi TW II” dan kolom sejenisnya tampaknya kumulatif")


def test_without_the_year_the_budget_tells() -> None:
    lines = ("1.000.000 | 3.000.000 | 5.000.000 | 9.000.000",) * 3
    must_find(CODE, quarters(*lines, year="", mark=" *"))
    must_stay_quiet(CODE, quarters(*("1.000.000 | 2.000.000 | 2.000.000 | 4.000.000",) * 3, year=""))
    must_stay_quiet(CODE, quarters(*("1.000.000 | 3.000.000 | 5.000.000 | 9.000.001",) * 3, year=""))


def budgets(*lines: str) -> str:
    header = "| Program | Pagu TW I (Rp) | Pagu TW II (Rp) | Pagu TW III (Rp) | Pagu TW IV (Rp) | Keterangan |"
    return header + "".join(f"\n| Program {n} | {line} |" for n, line in enumerate(lines))


SAME = ("9.000.000 | 9.000.000 | 9.000.000 | 9.000.000 | ",) * 3


def test_the_same_budget_all_year() -> None:
    must_stay_quiet(CODE, budgets(*SAME))


def test_a_change_that_is_explained() -> None:
    must_stay_quiet(CODE, budgets(*SAME, "9.000.000 | 9.000.000 | 8.000.000 | 8.000.000 | Perubahan DPA"))


def test_a_plan_of_cash_changes_in_every_row() -> None:
    must_pass_over(CODE, budgets(*("1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | ",) * 4))
    must_pass_over(CODE, budgets(*SAME[:2], "9.000.000 | 8.000.000 | 9.000.000 | 9.000.000 | "))
    must_pass_over(CODE, budgets(*SAME, *("1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | ",) * 4))


def test_a_change_without_a_word() -> None:
    (flag,) = must_find(CODE, budgets(*SAME, "9.000.000 | 9.000.000 | 8.000.000 * | 8.000.000 | -"))
    assert flag.message.id == "Pagu berubah dari 9.000.000 menjadi 8.000.000 tanpa keterangan."
    assert flag.difference == -1_000_000
