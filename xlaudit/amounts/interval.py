"""Intervals with exact open and closed ends: what a printed figure may stand for.

A printed figure is not a number but every number that prints that way (RULES T1). Two statements
contradict each other only when no choice within their intervals reconciles them, so all checks ask
whether intervals meet, as XBRL Calculations 1.1 does. Nothing here is rounded: every operation runs in
a decimal context that raises ``decimal.Inexact`` rather than lose a digit, and ratios are compared by
multiplying crosswise, so no division is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import (
    ROUND_CEILING,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Underflow,
)
from functools import lru_cache
from typing import Literal, NamedTuple

# A spreadsheet holds 1E-307 to 1E+308; crosswise products of three such figures still fit here, and
# digits that are not there cost nothing.
EXACT = Context(
    prec=2000,
    traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped],
)
_add = EXACT.add
_subtract = EXACT.subtract
_multiply = EXACT.multiply
_negate = EXACT.copy_negate

ZERO = Decimal(0)

SumVerdict = Literal["agree", "doubtful", "contradict"]


@lru_cache(maxsize=256)
def unit_of(places: int) -> Decimal:
    """The size of the last digit: 2 -> 0.01, 0 -> 1, -4 -> 10000 (juta printed with two decimals)."""
    return Decimal((0, (1,), -places))


@lru_cache(maxsize=256)
def _half_unit(places: int) -> Decimal:
    return Decimal((0, (5,), -places - 1))


class _Ends(NamedTuple):
    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False


_made = tuple.__new__


class Interval(_Ends):
    """All values from ``low`` to ``high``; an open end is itself left out. Never empty.

    Units are those of the figures put in (rupiah, percentage points). ``ValueError`` where ``low``
    exceeds ``high``, where both are the same but an end is open, or where an end is not finite.
    Millions are made in an audit: a tuple is made five times as fast as a frozen dataclass.
    """

    __slots__ = ()

    def __new__(cls, low: Decimal, high: Decimal, low_open: bool = False, high_open: bool = False) -> Interval:
        if not (low.is_finite() and high.is_finite()):
            raise ValueError("the ends of an interval must be finite")
        made: Interval = _made(cls, (low, high, low_open, high_open))
        if low > high or ((low_open or high_open) and low == high):
            raise ValueError(f"empty interval: {made}")
        return made

    def __str__(self) -> str:
        return f"{'(' if self.low_open else '['}{self.low}; {self.high}{')' if self.high_open else ']'}"

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """Exactly this value, such as an amount in whole rupiah."""
        return cls(value, value)

    @classmethod
    def rounded(cls, value: Decimal, places: int) -> Interval:
        """What rounds to ``value`` at ``places`` decimals (negative: tens, thousands, ...).

        Both ends are closed, because ties go either way in practice (half up, half to even).
        """
        half = _half_unit(places)
        return cls(_subtract(value, half), _add(value, half))

    @classmethod
    def truncated(cls, value: Decimal, places: int) -> Interval:
        """What becomes ``value`` when further digits are cut off, that is towards zero."""
        unit = unit_of(places)
        if value > 0:
            return cls(value, _add(value, unit), False, True)
        if value < 0:
            return cls(_subtract(value, unit), value, True, False)
        return cls(_negate(unit), unit, True, True)

    @classmethod
    def either(cls, value: Decimal, places: int) -> Interval:
        """What gives ``value`` by rounding or by cutting off: the hull of both."""
        unit, half = unit_of(places), _half_unit(places)
        if value > 0:
            return cls(_subtract(value, half), _add(value, unit), False, True)
        if value < 0:
            return cls(_subtract(value, unit), _add(value, half), True, False)
        return cls(_negate(unit), unit, True, True)

    @property
    def is_point(self) -> bool:
        """Whether one single value is possible."""
        return self.low == self.high

    @property
    def width(self) -> Decimal:
        """High minus low; 0 for a point."""
        return _subtract(self.high, self.low)

    @property
    def middle(self) -> Decimal:
        """The value halfway between the ends."""
        return _multiply(_add(self.low, self.high), Decimal("0.5"))

    def __neg__(self) -> Interval:
        return Interval(_negate(self.high), _negate(self.low), self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        if self.low is self.high and other.low is other.high:
            total = _add(self.low, other.low)
            return Interval(total, total)
        return Interval(
            _add(self.low, other.low),
            _add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        if self.low is self.high and other.low is other.high:
            rest = _subtract(self.low, other.low)
            return Interval(rest, rest)
        return Interval(
            _subtract(self.low, other.high),
            _subtract(self.high, other.low),
            self.low_open or other.high_open,
            self.high_open or other.low_open,
        )

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        """All products of a value from each, independent of one another."""
        if self.is_point and other.is_point:
            return Interval.point(_multiply(self.low, other.low))
        # An end is reached if both its factors are, or if one of them is a reached zero.
        corners = [
            (_multiply(a, b), (a_open or b_open) and (a_open or a != 0) and (b_open or b != 0))
            for a, a_open in ((self.low, self.low_open), (self.high, self.high_open))
            for b, b_open in ((other.low, other.low_open), (other.high, other.high_open))
        ]
        low = min(value for value, _ in corners)
        high = max(value for value, _ in corners)
        return Interval(
            low,
            high,
            all(is_open for value, is_open in corners if value == low),
            all(is_open for value, is_open in corners if value == high),
        )

    def scaled(self, factor: Decimal) -> Interval:
        """Every value times ``factor``; a negative factor turns the ends round, 0 gives the point 0."""
        if factor > 0:
            return Interval(
                _multiply(self.low, factor), _multiply(self.high, factor), self.low_open, self.high_open
            )
        if factor < 0:
            return Interval(
                _multiply(self.high, factor), _multiply(self.low, factor), self.high_open, self.low_open
            )
        return Interval.point(ZERO)

    def meets(self, other: Interval) -> bool:
        """Whether at least one value lies in both."""
        if self.low > other.high or other.low > self.high:
            return False
        if self.low == other.high and (self.low_open or other.high_open):
            return False
        return not (other.low == self.high and (other.low_open or self.high_open))

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies in the interval."""
        if value < self.low or value > self.high:
            return False
        if self.low_open and value == self.low:
            return False
        return not (self.high_open and value == self.high)

    def gap(self, other: Interval) -> Decimal:
        """How far this lies above the other (positive) or below it (negative); 0 when they meet.

        Also 0 where they only touch at an open end: ``meets`` decides, ``gap`` measures.
        """
        if self.low > other.high:
            return _subtract(self.low, other.high)
        if other.low > self.high:
            return _subtract(self.high, other.low)
        return ZERO

    def within(self, other: Interval) -> Interval:
        """What lies in both. ``ValueError`` where nothing does."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both, whatever lies between them included."""
        low, low_open = min((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = max((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)


def sum_of(intervals: Iterable[Interval]) -> Interval:
    """The sum of independent figures; the point 0 for none."""
    low = high = ZERO
    low_open = high_open = False
    for interval in intervals:
        low = _add(low, interval.low)
        high = _add(high, interval.high)
        low_open = low_open or interval.low_open
        high_open = high_open or interval.high_open
    return Interval(low, high, low_open, high_open)


def ratio_meets(
    stated: Interval, numerator: Interval, divisor: Interval, factor: Decimal = Decimal(1)
) -> bool | None:
    """Whether ``stated`` meets factor · numerator / divisor; None where the divisor may be 0 (RULES T3).

    Exact for every combination of signs and open ends: with a divisor other than 0, s = f·n/d holds for
    some choice within the intervals exactly when s·d = f·n does, and the three are independent.
    """
    if divisor.low == divisor.high and numerator.low == numerator.high and divisor.low > 0:
        reached, size = _multiply(factor, numerator.low), divisor.low
        low, high = _multiply(stated.low, size), _multiply(stated.high, size)
        if low < reached < high:
            return True
        return (reached == low and not stated.low_open) or (reached == high and not stated.high_open)
    if divisor.holds(ZERO):
        return None
    return (stated * divisor).meets(numerator.scaled(factor))


def quotient(numerator: Decimal, divisor: Decimal, places: int) -> Decimal:
    """numerator / divisor for display, rounded to ``places`` decimals, ties away from zero.

    ``ZeroDivisionError`` for a divisor of 0.
    """
    if divisor == 0:
        raise ZeroDivisionError("the divisor is 0")
    shifted = EXACT.multiply(numerator.copy_abs(), unit_of(-places))
    size = divisor.copy_abs()
    whole, rest = EXACT.divmod(shifted, size)
    if EXACT.add(rest, rest) >= size:
        whole = EXACT.add(whole, Decimal(1))
    signed = whole if whole == 0 or (numerator < 0) == (divisor < 0) else EXACT.copy_negate(whole)
    return EXACT.multiply(signed, unit_of(places))


def sum_verdict(difference: Decimal, n: int, unit: Decimal) -> SumVerdict:
    """RULES T2 for a rounded total over ``n`` rounded children, all with last digits of size ``unit``.

    ``contradict``: |difference| > (n+1)·u/2, no rounding explains it. ``doubtful``: beyond
    max(1u, 3u·√((n+1)/12)), three standard deviations of honest rounding. Squares are compared, so
    the root is never taken.
    """
    size = difference.copy_abs()
    if _add(size, size) > _multiply(Decimal(n + 1), unit):
        return "contradict"
    if size <= unit:
        return "agree"
    if _multiply(Decimal(4), _multiply(size, size)) > _multiply(Decimal(3 * (n + 1)), _multiply(unit, unit)):
        return "doubtful"
    return "agree"


def tolerance(n: int, unit: Decimal) -> tuple[Decimal, Decimal]:
    """The hard bound (n+1)·u/2, exact, and the soft bound max(1u, 3u·√((n+1)/12)) of RULES T2.

    The soft bound is irrational: it is rounded up at 28 digits and meant for messages; ``sum_verdict``
    decides without it.
    """
    hard = _multiply(_multiply(Decimal(n + 1), unit), Decimal("0.5"))
    context = Context(prec=28, rounding=ROUND_CEILING)
    root = context.sqrt(Decimal(3 * (n + 1)))
    soft = context.multiply(context.multiply(root, Decimal("0.5")), unit)
    return hard, max(unit, soft)
