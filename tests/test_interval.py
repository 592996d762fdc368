"""Interval arithmetic against brute force: exact fractions on a grid fine enough to miss nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    Inexact,
    localcontext,
)
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.amounts import Interval, quotient, ratio_meets, sum_of, sum_verdict, tolerance

D = Decimal


def some_intervals(seed: int, count: int) -> Iterator[tuple[Interval, ...]]:
    """Triples of intervals with whole ends from -4 to 4, open and closed, points among them."""
    chance = random.Random(seed)
    for _ in range(count):
        drawn = []
        for _ in range(3):
            low, high = sorted(chance.choices(range(-4, 5), k=2))
            if chance.random() < 0.4:
                high = low
            open_ends = (False, False) if low == high else (chance.random() < 0.5, chance.random() < 0.5)
            drawn.append(Interval(D(low), D(high), *open_ends))
        yield tuple(drawn)


def inside(interval: Interval, value: Fraction) -> bool:
    low, high = Fraction(interval.low), Fraction(interval.high)
    above = low < value if interval.low_open else low <= value
    below = value < high if interval.high_open else value <= high
    return above and below


def grid(interval: Interval, parts: int) -> Iterator[Fraction]:
    for step in range(int(interval.low) * parts, int(interval.high) * parts + 1):
        value = Fraction(step, parts)
        if inside(interval, value):
            yield value


def times(interval: Interval, factor: Fraction) -> tuple[Fraction, bool, Fraction, bool]:
    """(low, open, high, open) of an interval times a number, worked out apart from the tested code."""
    low, high = Fraction(interval.low) * factor, Fraction(interval.high) * factor
    if factor == 0:
        return Fraction(0), False, Fraction(0), False
    if factor < 0:
        return high, interval.high_open, low, interval.low_open
    return low, interval.low_open, high, interval.high_open


def overlap(one: tuple[Fraction, bool, Fraction, bool], two: tuple[Fraction, bool, Fraction, bool]) -> bool:
    low, low_open = max((one[0], one[1]), (two[0], two[1]))
    high = min(one[2], two[2])
    high_open = (one[2] == high and one[3]) or (two[2] == high and two[3])
    return low < high or (low == high and not low_open and not high_open)


ONE = Fraction(1)


def test_meets_and_gap_agree_with_enumeration() -> None:
    for a, b, _ in some_intervals(1, 500):
        common = any(inside(b, value) for value in grid(a, 2))
        assert a.meets(b) == b.meets(a) == common, (a, b)
        if common:
            assert a.gap(b) == 0
        else:
            distances = [x - y for x in grid(a, 8) for y in grid(b, 8)]
            nearest = min(distances, key=abs)
            assert abs(Fraction(a.gap(b)) - nearest) <= Fraction(1, 4), (a, b)
            assert a.gap(b) == 0 or (a.gap(b) > 0) == (nearest > 0)


def test_sums_and_differences_meet_exactly_when_some_values_do() -> None:
    for a, b, c in some_intervals(2, 400):
        target = times(c, ONE)
        for sign, result in ((1, a + b), (-1, a - b)):
            shifted = (
                (value, *(times(b, Fraction(sign)))) for value in grid(a, 4)
            )  # a fixed on the grid, b free
            possible = any(overlap((v + lo, o, v + hi, p), target) for v, lo, o, hi, p in shifted)
            assert result.meets(c) == possible, (a, b, c, sign)
        assert sum_of([a, b, c]) == a + b + c
        assert a - b == a + -b


def test_an_end_reached_in_one_way_is_closed_though_another_way_leaves_it_open() -> None:
    symmetric = Interval(D(-2), D(2), True, False)
    assert symmetric * Interval(D(-1), D(1)) == Interval(D(-2), D(2))
    assert symmetric * symmetric == Interval(D(-4), D(4), True, False)


def test_products_hold_exactly_the_products() -> None:
    for a, b, _ in some_intervals(3, 80):
        product = a * b
        spans = [times(b, x) for x in grid(a, 48)]
        for half in range(-33, 34):
            value = Fraction(half, 2)
            possible = any(overlap(span, (value, False, value, False)) for span in spans)
            assert product.holds(D(half) / 2) == possible, (a, b, value)


@pytest.mark.parametrize("factor", [D(1), D(-1), D(2)])
def test_ratio_meets_exactly_when_some_values_do(factor: Decimal) -> None:
    for stated, numerator, divisor in some_intervals(4, 250):
        answer = ratio_meets(stated, numerator, divisor, factor)
        if inside(divisor, Fraction(0)):
            assert answer is None
            continue
        scaled = times(numerator, Fraction(factor))
        possible = any(overlap(times(stated, d), scaled) for d in grid(divisor, 96))
        assert answer is possible, (stated, numerator, divisor)


def test_scaled_and_hull() -> None:
    for a, b, _ in some_intervals(5, 400):
        for factor in (D(3), D(-2), D(0)):
            low, low_open, high, high_open = times(a, Fraction(factor))
            assert a.scaled(factor) == Interval(D(int(low)), D(int(high)), low_open, high_open)
        hull = a.hull(b)
        for half in range(-9, 10):
            value = D(half) / 2
            assert not (a.holds(value) or b.holds(value)) or hull.holds(value)
        assert {hull.low, hull.high} <= {a.low, a.high, b.low, b.high}
        for end, is_open in ((hull.low, hull.low_open), (hull.high, hull.high_open)):
            assert is_open is not (a.holds(end) or b.holds(end))


@pytest.mark.parametrize("places", [0, 1, -1])
def test_a_printed_figure_stands_for_exactly_what_prints_so(places: int) -> None:
    unit = D(1).scaleb(-places)
    fine = unit / 20
    for printed in range(-3, 4):
        value = printed * unit
        for step in range(-100, 101):
            true = step * fine
            nearest = {true.quantize(unit, mode) for mode in (ROUND_HALF_UP, ROUND_HALF_DOWN)}
            cut = true.quantize(unit, ROUND_DOWN)
            assert Interval.rounded(value, places).holds(true) == (value in nearest)
            assert Interval.truncated(value, places).holds(true) == (value == cut)
            if value in nearest or value == cut:
                assert Interval.either(value, places).holds(true)
        ends = (Interval.rounded(value, places), Interval.truncated(value, places))
        assert Interval.either(value, places) == ends[0].hull(ends[1])


true_amounts = st.lists(st.decimals(min_value=-9999, max_value=9999, places=4), min_size=1, max_size=30)
modes = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])


@given(true_amounts, st.integers(-1, 2), modes)
def test_a_rounded_table_is_never_contradicted(amounts: list[Decimal], places: int, mode: str) -> None:
    unit = D(1).scaleb(-places)
    printed = [amount.quantize(unit, mode) for amount in amounts]
    total = sum(amounts, D(0)).quantize(unit, mode)
    assert Interval.rounded(total, places).meets(sum_of(Interval.rounded(p, places) for p in printed))
    assert sum_verdict(total - sum(printed), len(printed), unit) != "contradict"


@given(true_amounts, st.integers(-1, 2))
def test_a_truncated_table_is_never_contradicted(amounts: list[Decimal], places: int) -> None:
    unit = D(1).scaleb(-places)
    printed = [amount.quantize(unit, ROUND_DOWN) for amount in amounts]
    total = sum(amounts, D(0)).quantize(unit, ROUND_DOWN)
    for kind in (Interval.truncated, Interval.either):
        assert kind(total, places).meets(sum_of(kind(p, places) for p in printed))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12), st.integers(0, 4))
def test_a_printed_percentage_is_never_contradicted(numerator: int, divisor: int, places: int) -> None:
    amounts = Interval.point(D(numerator)), Interval.point(D(divisor))
    with localcontext() as context:
        context.prec = 60
        unit = D(1).scaleb(-places)
        true = D(100 * numerator) / D(divisor)
        rounded, cut = true.quantize(unit, ROUND_HALF_UP), true.quantize(unit, ROUND_DOWN)
    assert ratio_meets(Interval.rounded(rounded, places), *amounts, D(100))
    assert ratio_meets(Interval.truncated(cut, places), *amounts, D(100))
    assert not ratio_meets(Interval.rounded(rounded + 2 * unit, places), *amounts, D(100))
    assert not ratio_meets(Interval.truncated(cut - 2 * unit, places), *amounts, D(100))
    assert quotient(D(100 * numerator), D(divisor), places) == rounded


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12), st.integers(-80, 80), st.integers(-2, 3))
def test_the_bound_on_sums_is_that_of_the_intervals(children: list[int], off: int, places: int) -> None:
    unit = D(1).scaleb(-places)
    total = Interval.rounded((sum(children) + off) * unit, places)
    parts = sum_of(Interval.rounded(child * unit, places) for child in children)
    verdict = sum_verdict(off * unit, len(children), unit)
    assert (verdict == "contradict") is not total.meets(parts)
    hard, soft = tolerance(len(children), unit)
    assert (abs(off * unit) > hard) == (verdict == "contradict")
    if verdict != "contradict":
        assert (abs(off * unit) > soft) == (verdict == "doubtful")


@pytest.mark.parametrize(
    ("difference", "n", "verdict"),
    [
        ("0.01", 1, "agree"),
        ("0.02", 2, "contradict"),
        ("0.02", 3, "doubtful"),
        ("-0.05", 40, "agree"),
        ("0.06", 40, "doubtful"),
        ("0.20", 40, "doubtful"),
        ("-0.21", 40, "contradict"),
        ("0.03", 11, "agree"),  # exactly 3u·√(12/12): on the soft bound is still inside
    ],
)
def test_sum_verdict(difference: str, n: int, verdict: str) -> None:
    assert sum_verdict(D(difference), n, D("0.01")) == verdict


def test_whole_rupiah_leave_no_room_in_points_but_half_a_unit_each_in_rounded_ones() -> None:
    parts = sum_of([Interval.point(D(500)), Interval.point(D(501))])
    assert Interval.point(D(1001)).meets(parts)
    assert not Interval.point(D(1002)).meets(parts)
    assert Interval.point(D(1002)).gap(parts) == 1
    assert Interval.point(D("1001.5")).meets(Interval.rounded(D(1001), 0))


def test_truncated_ends_that_only_touch_do_not_meet() -> None:
    low, high = Interval.truncated(D("91.9"), 1), Interval.point(D("92.0"))
    assert not low.meets(high)
    assert low.gap(high) == 0
    assert low.hull(high) == Interval(D("91.9"), D("92.0"))


def test_in_juta_and_in_rupiah_agree() -> None:
    printed = Interval.rounded(D("1234.57"), 2).scaled(D(10**6))
    assert printed.meets(Interval.point(D(1234567890)))
    assert printed == Interval.rounded(D(1234570000), -4)


def test_an_empty_or_endless_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Interval(D(2), D(1))
    with pytest.raises(ValueError, match="empty"):
        Interval(D(1), D(1), True, False)
    for wrong in ("NaN", "Infinity"):
        with pytest.raises(ValueError, match="finite"):
            Interval.point(D(wrong))


def test_nothing_is_rounded_whatever_the_thread_says() -> None:
    with localcontext() as context:
        context.prec = 3
        total = Interval.point(D("12345678901234567890.01")) + Interval.point(D("0.09"))
        assert str(total.low) == "12345678901234567890.10"
        assert (Interval.point(D(10**30 + 1)) * Interval.point(D(10**30 - 1))).low == D(10**60 - 1)
        assert -Interval.point(D("1234567.89")) == Interval.point(D("-1234567.89"))
        assert (
            ratio_meets(Interval.point(D("33.33")), Interval.point(D(1)), Interval.point(D(3)), D(100))
            is False
        )
    far_apart = sum_of([Interval.point(D("1E+308")), Interval.point(D("1E-307"))])
    assert len(far_apart.low.as_tuple().digits) == 616
    with pytest.raises(Inexact):
        Interval.point(D("1E+1500")) + Interval.point(D("1E-1500"))


def test_a_divisor_that_may_be_zero_is_not_judged() -> None:
    stated, numerator = Interval.point(D(100)), Interval.point(D(5))
    assert ratio_meets(stated, numerator, Interval.point(D(0))) is None
    assert ratio_meets(stated, numerator, Interval.rounded(D(0), 0)) is None
    assert ratio_meets(stated, numerator, Interval(D(0), D(1), True, False)) is True
    with pytest.raises(ZeroDivisionError):
        quotient(D(5), D(0), 2)


@pytest.mark.parametrize(
    ("numerator", "divisor", "places", "shown"),
    [("1", "8", 2, "0.13"), ("-1", "8", 2, "-0.13"), ("2", "3", 0, "1"), ("1", "-3", 1, "-0.3"),
     ("0", "-3", 2, "0.00"), ("1234567", "1", -3, "1235000"), ("-1", "1000", 2, "0.00")],
)  # fmt: skip
def test_quotient(numerator: str, divisor: str, places: int, shown: str) -> None:
    assert format(quotient(D(numerator), D(divisor), places), "f") == shown
