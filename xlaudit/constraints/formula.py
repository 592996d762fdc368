"""Relations between columns that many rows promise alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from xlaudit.relations import HUNDRED, ONE, Holds, Relation, holds, term
from xlaudit.tables import BLANK, Column, Figure, Level, Row, State, Table

_Of = TypeVar("_Of")

ENOUGH = 200
"""So many rows of a column tell which sign it prints."""
_NOTHING = (BLANK, State.NOT_APPLICABLE, State.TEXT)
Formula = tuple[str, frozenset[tuple[str, Decimal]], str | None]
"""Target, terms with their factors, and divisor, by the names of the columns."""


class ColumnFormula(NamedTuple):
    """One relation between columns that many rows promise: target = factor · (terms with their factors) / divisor."""

    rule: str
    table: Table
    rows: Sequence[Row]
    target: Column
    terms: tuple[tuple[Column, Decimal], ...]
    divisor: Column | None = None
    factor: Decimal = ONE
    point: bool = False
    """Whether the terms and the divisor count exactly as printed."""

    def relation(self, row: Row) -> Relation:
        """The relation of one row."""
        return Relation(
            self.rule,
            term(self.table, self.target, row),
            tuple(term(self.table, column, row, factor, self.point) for column, factor in self.terms),
            None if self.divisor is None else term(self.table, self.divisor, row, point=self.point),
            self.factor,
        )

    @property
    def says(self) -> Formula:
        """What the formula says, so that two of them can be compared."""
        terms = {column.name: factor * self.factor for column, factor in self.terms}
        return self.target.name, frozenset(terms.items()), None if self.divisor is None else self.divisor.name

    def by_number(self) -> Callable[[int], Row | None]:
        """Tells the formula's rows by their numbers on the sheet; None where a row is none of them."""
        every = len(self.rows) == self.table.size
        return self.table.row_at if every else {row.number: row for row in self.rows}.get

    def figures(self, column: Column) -> list[Figure]:
        """The figures of a column in the formula's rows."""
        return self._of_rows(self.table.holding(column.name).figures)

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
    return sum(1 for row in formula.rows[:ENOUGH] if holds(formula.relation(row)) is Holds.YES)


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
