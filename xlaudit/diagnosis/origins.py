"""Where a wrong figure may have been taken from: the plan before its revision, the wrong mean, the column beside."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlaudit.crosswalk import before_revision, revised_roles
from xlaudit.matching import key
from xlaudit.relations import Term
from xlaudit.tables import Figure, Level, Measure, Row, Table

_TELLING = 4
"""Figures of fewer digits are alike by chance: a target may well stay what it was."""


class Origins:
    """The figures of some tables by where they stand, looked up when they are first asked for."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._outdated: dict[str, set[Decimal]] | None = None

    def of(self, term: Term) -> str | None:
        """The cause that tells where a figure comes from, None where nothing does."""
        figure = term.figure
        if not figure.filled or figure.formula is not None or not figure.amount:
            return None
        if term.column.role == "efisiensi" and figure.amount in _beside(term, ("persen",)):
            return "serapan_copied"
        if term.column.measure is Measure.PERCENT:
            return "mean_of_ratios" if term.column.role == "persen" and _is_mean_of_rows(term) else None
        telling = len(figure.amount.normalize().as_tuple().digits) >= _TELLING
        return "before_revision" if telling and self._is_outdated(term) else None

    def _is_outdated(self, term: Term) -> bool:
        """Whether the same program or indicator has the figure where the plan before its revision is printed."""
        if self._outdated is None:
            self._outdated = _before_revision(self._tables)
        amount = term.figure.amount
        return any(amount in self._outdated.get(name, ()) for name in _names(term.row))


def _before_revision(tables: Sequence[Table]) -> dict[str, set[Decimal]]:
    """What was planned before a revision, by the name of its program or indicator."""
    found: dict[str, set[Decimal]] = {}
    revised = revised_roles(tables)
    for table in tables:
        outdated = before_revision(table, revised)
        columns = [c for c in table.columns.values() if outdated or c.period == "sebelum"]
        for row in table.rows if columns else ():
            figures = (row.figures.get(column.name) for column in columns)
            amounts = {figure.amount for figure in figures if figure is not None and figure.filled}
            for name in _names(row):
                found.setdefault(name, set()).update(amounts)
    return found


def _names(row: Row) -> set[str]:
    """By what a row is known, as names are compared."""
    return {name for text in (row.label, row.texts.get("indikator", "")) if (name := key(text))}


def _beside(term: Term, roles: tuple[str, ...]) -> set[Decimal]:
    """The figures of some columns in the row of a cell."""
    columns = (column for role in roles for column in term.table.by_role(role))
    figures = (term.row.figures.get(column.name) for column in columns)
    return {figure.amount for figure in figures if figure is not None and figure.filled}


def _is_mean_of_rows(term: Term) -> bool:
    """Whether a percentage is the mean of those of the rows below it, instead of the ratio of the sums."""
    rows = [term.table.rows[index] for index in term.table.children.get(term.row.index, ())]
    if not rows and term.row.level is Level.TOTAL:
        rows = [row for row in term.table.rows[: term.row.index] if row.parent is None and row.depth == 0]
    figures = [row.figures.get(term.column.name) for row in rows]
    filled = [figure for figure in figures if figure is not None and figure.filled]
    return len(filled) > 1 and _agrees(term.figure, sum((f.amount for f in filled), Decimal(0)), len(filled))


def _agrees(figure: Figure, total: Decimal, count: int) -> bool:
    """Whether a figure is a mean, rounded or cut off."""
    return abs(figure.amount * count - total) < figure.unit * count
