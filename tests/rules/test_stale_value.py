"""FO105: a stored value that its formula does not give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from draw import book, draw, must_find, must_pass_over, must_stay_quiet

from xlaudit.audit import run_rule
from xlaudit.findings import Severity
from xlaudit.reading.book import book_of
from xlaudit.reading.workings import workings_of
from xlaudit.rules.base import all_rules

CODE = "FO105"


def budget(total: str, share: str = "93.18") -> str:
    return f"""
        | No | Program           | Pagu (Rp) | Realisasi (Rp) | %       |
        | 1  | Program Penunjang | 500000000 | 465900000      | {share} |
        | 2  | Program Sosial    | 400000000 | 400000000      | 100     |
        |    | Jumlah            | {total}   | 865900000      | 96.21   |
    """


@pytest.mark.parametrize(
    "total",
    [
        "=SUM(C2:C3) -> 900000000",
        "=C2+C3 -> 900000000",
        "=ROUND(SUM(C2:C3),0) -> 900000000",
        "=ROUND(C2/3,0)*3+C3 -> 900000000",  # one off, by rounding
        "=C2+C3+0.1 -> 900000000.10000002",
    ],
)
def test_values_that_are_right(total: str) -> None:
    must_stay_quiet(CODE, budget(total))


@pytest.mark.parametrize("share", ["=D2/C2*100 -> 93.18", "=D2/C2*100 -> 93.1800000000001", "=D2/C2 -> 0.9318 as 0.0%"])
def test_noise_of_binary_fractions(share: str) -> None:
    must_stay_quiet(CODE, budget("900000000", share))


@pytest.mark.parametrize("stored", ["93.184", "93.176"])
def test_a_difference_that_does_not_show(stored: str) -> None:
    must_stay_quiet(CODE, budget("900000000", f"=D2/C2*100 -> {stored} as 0.00"))


@pytest.mark.parametrize("stored", ["93.19", "93.17"])
def test_rounding_may_be_off_by_one(stored: str) -> None:
    must_stay_quiet(CODE, budget("900000000", f"=ROUND(D2/C2*100,2) -> {stored} as 0.00"))


@pytest.mark.parametrize(
    "total",
    ["900000000", "=SUM([1]DPA!C2:C3) -> 800000000", "=NAMAKU(C2:C3) -> 800000000", "=C4+C2 -> 800000000"],
)
def test_what_is_no_formula_or_not_sure(total: str) -> None:
    must_pass_over(CODE, budget(total))


@pytest.mark.parametrize(
    ("total", "difference"),
    [
        ("=SUM(C2:C3) -> 800000000 *", -100_000_000),
        ("=SUM(C2:C3) -> 900000001 *", 1),
        ("=C2+C3 -> 899999999 *", -1),
        ("=ROUND(SUM(C2:C3),0) -> 900000002 *", 2),
    ],
)
def test_a_stale_total(total: str, difference: int) -> None:
    (flag,) = must_find(CODE, budget(total))
    assert flag.difference == difference
    assert flag.severity is None and {r.code: r for r in all_rules()}[CODE].severity is Severity.ERROR


def test_the_message_has_all_figures() -> None:
    (flag,) = must_find(CODE, budget("=SUM(C2:C3) -> 800000000 *"))
    assert flag.message.id == (
        "Nilai yang tersimpan 800.000.000, padahal rumusnya, =SUM(C2:C3), sekarang menghasilkan 900.000.000; "
        "selisih 100.000.000."
    )
    assert flag.live == "ABS(C4-(SUM(C2:C3)))>50000000"
    assert (flag.stated, flag.computed) == ("800000000", "900000000")


def test_a_stale_percentage() -> None:
    (flag,) = must_find(CODE, budget("900000000", "=D2/C2*100 -> 93.19 * as 0.00".replace(" *", "") + " *"))
    assert flag.computed == "93.18"
    (flag,) = must_find(CODE, budget("900000000", "=D2/C2 -> 0.95 as 0.00% *"))
    assert flag.message.id.startswith("Nilai yang tersimpan 95,00 %") and flag.computed == "93.18"


def test_many_decimals() -> None:
    (flag,) = must_find(CODE, budget("900000000", "=D2/C2*100 -> 95.123456 *"))
    assert (flag.stated, flag.computed, str(flag.difference)) == ("95.1235", "93.18", "1.9435")
    assert "…" not in flag.message.id


def test_only_the_root_is_told_not_what_follows_from_it() -> None:
    drawn = """
        | No | Program           | Pagu (Rp)                  | Realisasi (Rp) | %                              |
        | 1  | Program Penunjang | 500000000                  | 465900000      | 93.18                          |
        | 2  | Program Sosial    | 400000000                  | 400000000      | 100                            |
        |    | Jumlah            | =SUM(C2:C3) -> 800000000 * | 865900000      | =D4/C4*100 -> 108.24 as 0.00   |
    """
    must_find(CODE, drawn)


def test_a_workbook_that_reckons_as_displayed_is_not_judged() -> None:
    workbook = draw(budget("=SUM(C2:C3) -> 800000000")).workbook
    tables = book_of(workbook).tables
    assert workings_of(workbook, tables).stale
    assert not workings_of(replace(workbook, as_displayed=True), tables).stale


def test_the_formula_is_cut_in_the_message_only() -> None:
    long = "+".join(["C2", "C3", *["C9"] * 30])
    (flag,) = must_find(CODE, budget(f"={long} -> 800000000 *"))
    assert "…" in flag.message.id and flag.live is not None and long in flag.live
    rule = {r.code: r for r in all_rules()}[CODE]
    endless = "+".join(["C2", "C3", *["C9"] * 300])
    _, flags, _, _ = run_rule(rule, book(budget(f"={endless} -> 800000000")))
    assert flags[0].live is None
