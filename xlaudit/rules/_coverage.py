"""Which rows of a table the sums written as formulas count, beside those that they should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xlaudit.formulas import may_be_sums, whole_sum
from xlaudit.relations import amount_columns
from xlaudit.tables import NUMBER, Column, Figure, Level, Row, Table

_LARGEST = 100_000
ROOM = 2_000_000
"""Cells that the sums of one table may name altogether; what comes after is not looked at."""
_DEEPEST = 12
"""More levels than this no budget has."""
_SURE = ("code", "columns", "numbering", "wording", "map", "outline", "indent", "flat")
"""Ways of telling the levels that do not rest on the sums themselves."""
_LOOKS = ("bold", "capitals", "fill", "looks", "steps")
"""Ways that need the sums to bear them out."""


class Sum(NamedTuple):
    """A parent or total of which the formula is one sum of cells of its own column.

    ``times`` says for each row of the table, by its index, how often it is counted.
    """

    table: Table
    column: Column
    row: Row
    figure: Figure
    times: dict[int, int]
    below: tuple[Row, ...]
    """The rows that should be counted, each by itself or by all the rows below it."""

    def missing(self) -> list[Row]:
        """The rows that are not counted, neither themselves nor by the rows below them. Blank ones are left out."""
        return [row for top in self.below for row in self._missing(top)]

    def _missing(self, row: Row) -> Iterator[Row]:
        if row.index in self.times or not row.figures[self.column.name].nil_or_filled:
            return
        children = [self.table.rows[index] for index in self.table.children.get(row.index, ())]
        if any(self._counted(child) for child in children):
            for child in children:
                yield from self._missing(child)
        else:
            yield row

    def _counted(self, row: Row) -> bool:
        return row.index in self.times or any(
            self._counted(self.table.rows[index]) for index in self.table.children.get(row.index, ())
        )

    def twice(self) -> list[Row]:
        """The rows with an amount that are counted more than once: by themselves, or by a row above as well."""
        found: list[Row] = []
        for index, times in sorted(self.times.items()):
            row = self.table.rows[index]
            if self.amount(row) and (times > 1 or self._above_counted(row)):
                found.append(row)
        return found

    def _above_counted(self, row: Row) -> bool:
        while row.parent is not None:
            if row.parent in self.times:
                return True
            row = self.table.rows[row.parent]
        return False

    def foreign(self) -> list[Row]:
        """The rows with an amount that are counted though they do not stand below this one."""
        own = {index for top in self.below for index in self._all(top)}
        return [
            row
            for index in sorted(self.times)
            if index not in own and self.amount(row := self.table.rows[index])
        ]

    def _all(self, row: Row) -> Iterator[int]:
        yield row.index
        for index in self.table.children.get(row.index, ()):
            yield from self._all(self.table.rows[index])

    def amount(self, row: Row) -> bool:
        """Whether a row has an amount to be counted."""
        return bool(row.figures[self.column.name].amount)


def is_certain(table: Table) -> bool:
    """Whether the levels of a table's rows were told by something better than its sums, and most sums agree."""
    fit, misfit = table.levels_fit
    told = (table.levels_from in _SURE and misfit <= fit) or (table.levels_from in _LOOKS and misfit < fit)
    return told and max(filter(None, table.depths), default=0) <= _DEEPEST


def sums(table: Table) -> Iterator[Sum]:
    """The parents and the totals of a table whose formula is one sum, column by column.

    A total of a table with several is left out: what it should count depends on the others.
    """
    columns = [column for column in amount_columns(table) if may_be_sums(table.holding(column.name).all_formulas)]
    if not columns:
        return
    totals = table.indexes_of(Level.TOTAL)
    targets = [(index, table.children[index]) for index in sorted(table.children)]
    if len(totals) == 1:
        targets.append((totals[0], tuple(table.top)))
    room = ROOM
    for column in columns:
        holding = table.holding(column.name)
        for place, below in targets:
            if holding.written[place] is None or holding.kinds[place] is not NUMBER:
                continue
            row, figure = table.rows[place], holding.at(place)
            times = counted(table, figure) if room > 0 else None
            if times is not None:
                room -= len(times) + len(below)
                yield Sum(table, column, row, figure, times, tuple(table.rows[index] for index in below))


def counted(table: Table, figure: Figure) -> dict[int, int] | None:
    """How often each row is counted; None where the formula is no sum of its own column, or counts itself."""
    areas = whole_sum(figure.formula or "")
    if areas is None or any((area.left, area.right) != (figure.column, figure.column) for area in areas):
        return None
    times: dict[int, int] = {}
    for area in areas:
        if area.size > _LARGEST or area.top <= figure.row <= area.bottom:
            return None
        for number in range(area.top, area.bottom + 1):
            row = table.by_number.get(number)
            if row is not None:
                times[row.index] = times.get(row.index, 0) + 1
    return times
