"""Columns compared figure by figure, by the same exact tests as relations, but without making any for what holds.

Large tables hold tens of thousands of relations of which nearly all hold. Making an object of each would cost
more than reading the workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import compress, repeat
from operator import add, mul, ne, sub
from typing import NamedTuple

from xlaudit.constraints import ColumnFormula
from xlaudit.relations import ONE, ZERO, Holds, Mode, Relation, fits_both_ways, holds
from xlaudit.tables import NUMBER, Column, Measure, Table

_TOO_LARGE = Decimal(10_000_000)
"""A percentage with so many digits before its point is left to the careful way."""

Fit = tuple[bool, bool]
"""Whether a percentage fits as rounded, and whether it fits as cut off."""
_EITHER, ROUNDED_ONLY, CUT_OFF_ONLY, _NEITHER = (True, True), (True, False), (False, True), (False, False)


class Fits:
    """How the percentages of a formula's rows fit, row by row."""

    def __init__(self, each: list[Fit]) -> None:
        self.each = each

    @cached_property
    def times(self) -> Counter[Fit]:
        """How many of them fit in which way."""
        return Counter(self.each)


class Checked(NamedTuple):
    """How many relations of one kind hold at sight, and those that have to be looked at."""

    held: int
    open: tuple[Relation, ...]


def sums_off(table: Table, column: Column, parents: Sequence[int]) -> list[int]:
    """The parents, by their places, to which the figures right below do not add up or of which one is missing."""
    amounts = table.holding(column.name).amounts
    amount = amounts.__getitem__
    children = table.children
    return [parent for parent in parents if sum(map(amount, children[parent]), ZERO) != amounts[parent]]


def linear(formulas: Iterable[ColumnFormula]) -> Checked:
    """Columns that are the sum of others with their factors."""
    held = 0
    left: list[Relation] = []
    for formula in formulas:
        off = _off(formula) if formula.target.measure is Measure.AMOUNT else range(len(formula.rows))
        held += len(formula.rows) - len(off)
        left += (formula.relation(formula.rows[place]) for place in off)
    return Checked(held, tuple(left))


def _off(formula: ColumnFormula) -> Sequence[int]:
    """The places of the formula's rows whose terms are not all there or do not add up to their target."""
    sums: Iterable[Decimal] | None = None
    for column, factor in formula.terms:
        amounts: Iterable[Decimal] = formula.amounts(column)
        if sums is not None and factor in (ONE, -ONE):
            sums = map(add if factor == ONE else sub, sums, amounts)
            continue
        amounts = amounts if factor == ONE else map(mul, amounts, repeat(factor))
        sums = amounts if sums is None else map(add, sums, amounts)
    assert sums is not None
    stated = formula.amounts(formula.target)
    return list(compress(range(len(stated)), map(ne, sums, stated)))


def both_ways(formula: ColumnFormula) -> Fits:
    """For every row whether its percentage fits as rounded and as truncated; neither where it cannot be judged."""
    part, base = formula.terms[0][0], formula.divisor
    assert base is not None
    found: list[Fit | None] = [None] * len(formula.rows)
    if len(formula.terms) == 1 and (formula.point or (_whole(part) and _whole(base))):
        found = _alike_fits(formula, part, base) or _simple_fits(formula, part, base)
    return Fits([_careful_fit(formula, place) if fit is None else fit for place, fit in enumerate(found)])


def _careful_fit(formula: ColumnFormula, place: int) -> Fit:
    relation = formula.relation(formula.rows[place])
    return fits_both_ways(relation) if relation.target.figure.filled else _NEITHER


def _alike_fits(formula: ColumnFormula, part: Column, base: Column) -> list[Fit | None] | None:
    """The same as :func:`_simple_fits` says, from columns that hold nothing but numbers printed alike; else None."""
    target, parts, divisors = holdings = [formula.table.holding(one.name) for one in (formula.target, part, base)]
    if any(holding.states != {NUMBER} or holding.finer for holding in holdings) or len(target.units) > 1:
        return None
    if not formula.point and max(*parts.units, *divisors.units) > 1:
        return None
    stated, bases = formula.amounts(formula.target), formula.amounts(base)
    reached = map(mul, formula.amounts(part), repeat(formula.factor))
    offs = map(sub, reached, map(mul, stated, bases))
    steps = map(mul, bases, repeat(max(target.units)))
    found: list[Fit | None] = [
        (_EITHER if off + off <= step else CUT_OFF_ONLY if off < step else _NEITHER) if off >= ZERO
        else ROUNDED_ONLY if -(off + off) <= step else _NEITHER
        for off, step in zip(offs, steps, strict=True)
    ]  # fmt: skip
    if target.smallest > 0 and divisors.smallest > 0 and max(stated, default=ZERO) < _TOO_LARGE:
        return found
    small = (divisor > 0 and 0 < value < _TOO_LARGE for value, divisor in zip(stated, bases, strict=True))
    return [fit if is_small else None for fit, is_small in zip(found, small, strict=True)]


def _simple_fits(formula: ColumnFormula, part: Column, base: Column) -> list[Fit | None]:
    """Whether percentages fit as rounded, and as truncated; None where the figures are not that simple.

    Where the formula says ``point`` the figures count as printed; amounts do so anyway when they are in whole rupiah.
    """
    factor, point = formula.factor, formula.point
    found: list[Fit | None] = []
    for target, one, two in zip(*map(formula.figures, (formula.target, part, base)), strict=True):
        fit = None
        if target.state is one.state is two.state is NUMBER and not (target.finer or one.finer or two.finer):
            stated, divisor = target.value, two.value
            assert stated is not None and divisor is not None and one.value is not None
            small = divisor > 0 and 0 < stated < _TOO_LARGE
            if small and (point or (one.unit <= 1 and two.unit <= 1)):
                off = factor * one.value - stated * divisor
                step = target.unit * divisor
                fit = abs(off + off) <= step, 0 <= off < step
        found.append(fit)
    return found


def _whole(column: Column) -> bool:
    return column.measure is Measure.AMOUNT


def places_of(fits: Fits, wanted: Collection[Fit]) -> list[int]:
    """The places of the rows whose percentages fit in one of these ways."""
    return [place for place, fit in enumerate(fits.each) if fit in wanted] if wanted else []


def ratios(formulas: Iterable[ColumnFormula], fits: Iterable[Fits], mode: Mode) -> Checked:
    """Columns that are a percentage of others, of which :func:`both_ways` told how they fit."""
    held = 0
    left: list[Relation] = []
    good = {
        (rounds, cuts)
        for rounds in (True, False)
        for cuts in (True, False)
        if (rounds and mode is not Mode.TRUNCATED) or (cuts and mode is not Mode.ROUNDED)
    }
    for formula, column in zip(formulas, fits, strict=True):
        doubtful = places_of(column, column.times.keys() - good)
        relations = [formula.relation(formula.rows[place]) for place in doubtful]
        wrong = [relation for relation in relations if holds(relation, mode) is not Holds.YES]
        held += len(column.each) - len(wrong)
        left += wrong
    return Checked(held, tuple(left))
