"""Columns compared figure by figure, by the same exact tests as relations, but without making any for what holds.

Large tables hold tens of thousands of relations of which nearly all hold. Making an object of each would cost
more than reading the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from itertools import compress, repeat
from operator import add, eq, mul, not_
from typing import NamedTuple

from xlaudit.constraints import ColumnFormula
from xlaudit.relations import ONE, ZERO, Holds, Mode, Relation, fits_both_ways, holds
from xlaudit.tables import NUMBER, Column, Figure, Measure, Row, Table

_MOST_DIGITS = 6
"""A percentage with more digits before its point is left to the careful way."""


class Checked(NamedTuple):
    """How many relations of one kind hold at sight, and those that have to be looked at."""

    held: int
    open: tuple[Relation, ...]


def sums_hold(table: Table, column: Column, parents: Sequence[Row]) -> list[bool]:
    """For each parent whether the figures right below it are all there and add up to it."""
    amounts = table.holding(column.name).amounts
    amount = amounts.__getitem__
    children = table.children
    return [sum(map(amount, children[parent.index]), ZERO) == amounts[parent.index] for parent in parents]


def linear(formulas: Iterable[ColumnFormula]) -> Checked:
    """Columns that are the sum of others with their factors."""
    held = 0
    left: list[Relation] = []
    for formula in formulas:
        fits = _fit(formula) if formula.target.measure is Measure.AMOUNT else [False] * len(formula.rows)
        held += fits.count(True)
        left += map(formula.relation, compress(formula.rows, map(not_, fits)))
    return Checked(held, tuple(left))


def _fit(formula: ColumnFormula) -> list[bool]:
    """For every row whether its terms are all there and add up to its target."""
    terms = [
        formula.amounts(column) if factor == ONE else map(mul, formula.amounts(column), repeat(factor))
        for column, factor in formula.terms
    ]
    sums = reduce(lambda one, two: map(add, one, two), terms)
    return list(map(eq, sums, formula.amounts(formula.target)))


def both_ways(formula: ColumnFormula) -> list[tuple[bool, bool]]:
    """For every row whether its percentage fits as rounded and as truncated; neither where it cannot be judged."""
    part, base = formula.terms[0][0], formula.divisor
    assert base is not None
    targets = formula.figures(formula.target)
    if len(formula.terms) == 1 and (formula.point or (_whole(part) and _whole(base))):
        found = _simple_fits(targets, formula.figures(part), formula.figures(base), formula.factor, formula.point)
    else:
        found = [None] * len(targets)
    return [
        fit if fit is not None else fits_both_ways(formula.relation(row)) if target.filled else (False, False)
        for fit, target, row in zip(found, targets, formula.rows, strict=True)
    ]


def _simple_fits(
    targets: Iterable[Figure], parts: Iterable[Figure], bases: Iterable[Figure], factor: Decimal, point: bool
) -> list[tuple[bool, bool] | None]:
    """Whether percentages fit as rounded, and as truncated; None where the figures are not that simple.

    ``point``: the figures count as printed; amounts do so anyway when they are in whole rupiah.
    """
    found: list[tuple[bool, bool] | None] = []
    for target, part, base in zip(targets, parts, bases, strict=True):
        fit = None
        if target.state is part.state is base.state is NUMBER and not (target.finer or part.finer or base.finer):
            stated, divisor = target.value, base.value
            assert stated is not None and divisor is not None and part.value is not None
            small = divisor > 0 and stated > 0 and stated.adjusted() <= _MOST_DIGITS
            if small and (point or (part.unit <= 1 and base.unit <= 1)):
                off = factor * part.value - stated * divisor
                step = target.unit * divisor
                fit = abs(off + off) <= step, 0 <= off < step
        found.append(fit)
    return found


def _whole(column: Column) -> bool:
    return column.measure is Measure.AMOUNT


def ratios(formulas: Iterable[ColumnFormula], fits: list[list[tuple[bool, bool]]], mode: Mode) -> Checked:
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
        doubtful = [row for row, fit in zip(formula.rows, column, strict=True) if fit not in good]
        relations = list(map(formula.relation, doubtful))
        wrong = [relation for relation in relations if holds(relation, mode) is not Holds.YES]
        held += len(column) - len(wrong)
        left += wrong
    return Checked(held, tuple(left))
