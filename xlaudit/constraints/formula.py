"""Relations between columns that many rows promise alike."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from decimal import Decimal
from itertools import compress, repeat
from operator import add, mul, ne, sub
from typing import NamedTuple, TypeVar

from xlaudit.properties import cached_property
from xlaudit.relations import HUNDRED, ONE, ZERO, Holds, Relation, holds, shown, term
from xlaudit.tables import BLANK, NUMBER, Column, Figure, Level, Measure, Row, State, Table

_Of = TypeVar("_Of")

ENOUGH = 200
"""So many rows of a column tell which sign it prints."""
Fit = tuple[bool, bool]
"""Whether a percentage fits as rounded, and whether it fits as cut off."""
EITHER, ROUNDED_ONLY, CUT_OFF_ONLY, NEITHER = (True, True), (True, False), (False, True), (False, False)
_TOO_LARGE = Decimal(10_000_000)
"""A percentage with so many digits before its point is left to the careful way."""
_NOTHING = (BLANK, State.NOT_APPLICABLE, State.TEXT)
Formula = tuple[str, frozenset[tuple[str, Decimal]], str | None]
"""Target, terms with their factors, and divisor, by the names of the columns."""


class _Fields(NamedTuple):
    rule: str
    table: Table
    rows: Sequence[Row]
    target: Column
    terms: tuple[tuple[Column, Decimal], ...]
    divisor: Column | None = None
    factor: Decimal = ONE
    point: bool = False
    """Whether the terms and the divisor count exactly as printed."""


class ColumnFormula(_Fields):
    """One relation between columns that many rows promise: target = factor · (terms with their factors) / divisor."""

    @cached_property
    def fits_at_sight(self) -> list[Fit | None]:
        """For every row whether its percentage fits as rounded and as truncated; None where it is not that simple.

        Like ``off_at_sight`` found out once: first it tells whether the formula is meant, then which figures follow it.
        """
        return _ratio_at_sight(self)

    @cached_property
    def off_at_sight(self) -> Sequence[int]:
        """The places of the rows whose terms are not all there or do not add up to their target."""
        return _off_at_sight(self)

    def relation(self, row: Row) -> Relation:
        """The relation of one row."""
        rule, table, _, target, terms, divisor, factor, point = self
        return Relation(
            rule,
            term(table, target, row),
            tuple([term(table, column, row, counts, point) for column, counts in terms]),
            None if divisor is None else term(table, divisor, row, point=point),
            factor,
        )

    @property
    def says(self) -> Formula:
        """What the formula says, so that two of them can be compared."""
        terms = {column.name: factor * self.factor for column, factor in self.terms}
        return self.target.name, frozenset(terms.items()), None if self.divisor is None else self.divisor.name

    def indexes(self) -> Container[int]:
        """The places of the formula's rows in their table."""
        size = self.table.size
        return range(size) if len(self.rows) == size else {row.index for row in self.rows}

    def figures(self, column: Column) -> list[Figure]:
        """The figures of a column in the formula's rows."""
        holding = self.table.holding(column.name)
        if len(self.rows) == len(holding):
            return holding.figures
        return [holding.at(row.index) for row in self.rows]

    def amounts(self, column: Column) -> list[Decimal]:
        """What these figures count in a sum (``Holding.amounts``)."""
        return self._of_rows(self.table.holding(column.name).amounts)

    def _of_rows(self, every: list[_Of]) -> list[_Of]:
        return every if len(self.rows) == len(every) else [every[row.index] for row in self.rows]

    def relations(self) -> list[Relation]:
        """The relations of all rows."""
        return [self.relation(row) for row in self.rows]


def ratio_of(
    rule: str,
    table: Table,
    rows: Sequence[Row],
    column: Column,
    numerator: Column,
    divisor: Column,
    point: bool = False,
) -> ColumnFormula:
    """numerator / divisor · 100 in those of the rows that say something in all three columns."""
    without: set[int] = set()
    for one in (column, numerator, divisor):
        holding = table.holding(one.name)
        if not holding.states.isdisjoint(_NOTHING):
            without |= {index for index, state in enumerate(holding.kinds) if state in _NOTHING}
    whole = [row for row in rows if row.index not in without] if without else rows
    return ColumnFormula(rule, table, whole, column, ((numerator, ONE),), divisor, HUNDRED, point)


def filled_rows(table: Table, *columns: Column) -> Sequence[Row]:
    """The rows in which all of the columns are filled in."""
    without = set(table.indexes_of(Level.MEAN, Level.NOTE, Level.RATIO))
    for column in columns:
        holding = table.holding(column.name)
        if BLANK in holding.states:
            without |= {index for index, state in enumerate(holding.kinds) if state is BLANK}
    return [row for row in table.rows if row.index not in without] if without else table.rows


def rows_that_fit(formula: ColumnFormula) -> int:
    """How many of a formula's first rows follow it."""
    if len(formula.rows) > ENOUGH:
        formula = formula._replace(rows=formula.rows[:ENOUGH])
    if formula.divisor is None:
        left: Sequence[int] = formula.off_at_sight if formula.factor == ONE else range(len(formula.rows))
        held = len(formula.rows) - len(left)
    else:
        fits = formula.fits_at_sight
        held = fits.count(EITHER) + fits.count(ROUNDED_ONLY)
        if formula.target.measure is Measure.PERCENT:  # nothing else is ever cut off
            held += fits.count(CUT_OFF_ONLY)
        left = [place for place, fit in enumerate(fits) if fit is None] if None in fits else []
    return held + sum(1 for place in left if holds(formula.relation(formula.rows[place])) is Holds.YES)


def _off_at_sight(formula: ColumnFormula) -> Sequence[int]:
    if formula.target.measure is not Measure.AMOUNT:
        return range(len(formula.rows))
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


def _ratio_at_sight(formula: ColumnFormula) -> list[Fit | None]:
    part, base = formula.terms[0][0], formula.divisor
    assert base is not None
    if len(formula.terms) == 1 and (formula.point or (_whole(part) and _whole(base))):
        return _alike_fits(formula, part, base) or _simple_fits(formula, part, base)
    return [None] * len(formula.rows)


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
    halves = map(mul, bases, repeat(max(target.units) / 2))
    found: list[Fit | None] = [
        (EITHER if off <= half else CUT_OFF_ONLY if off < half + half else NEITHER) if off >= ZERO
        else ROUNDED_ONLY if -off <= half else NEITHER
        for off, half in zip(offs, halves, strict=True)
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
        if target.state is one.state is two.state is NUMBER and not (one.finer or two.finer):
            stated, divisor = shown(target) if target.finer else target.value, two.value
            assert stated is not None and divisor is not None and one.value is not None
            small = divisor > 0 and 0 < stated < _TOO_LARGE
            if small and (point or (one.unit <= 1 and two.unit <= 1)):
                off = factor * one.value - stated * divisor
                step = target.unit * divisor
                near = abs(off + off) <= step
                fit = near, near if target.finer else 0 <= off < step  # what is stored in full is shown rounded
        found.append(fit)
    return found


def _whole(column: Column) -> bool:
    return column.measure is Measure.AMOUNT


def is_part_of_year(column: Column) -> bool:
    """Whether a column tells of a quarter, a semester or a month."""
    return column.period.startswith(("tw", "smt", "bln"))


def of_year(table: Table, role: str) -> Column | None:
    """The one column of a role that speaks of the whole year; None where there are several or none."""
    found = [column for column in table.by_role(role) if not is_part_of_year(column)]
    return found[0] if len(found) == 1 else None


def of_its_time(formula: ColumnFormula, whole: Column | None) -> ColumnFormula | None:
    """The formula of a percentage whose time may be another than that of the column it divides by.

    One of the year beside results of its quarters is meant only where most rows say so. One of a quarter may be a
    share of the year's plan, which ``whole`` is: the one that most rows follow is meant.
    """
    rows = min(len(formula.rows), ENOUGH)
    parts = [is_part_of_year(column) for column, _ in formula.terms]
    if not any(parts) or rows_that_fit(formula) * 2 >= rows:
        return formula
    if not is_part_of_year(formula.target):
        return None
    other = None if whole is None else formula._replace(divisor=whole)
    return other if other is not None and rows_that_fit(other) * 2 >= rows else formula
