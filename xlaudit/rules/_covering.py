"""Which cells the SUMs of a table count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from xlaudit.cells import Cell
from xlaudit.formulas import summed
from xlaudit.tables import Figure, Table


def covering(table: Table, cells: Iterable[Cell]) -> dict[Cell, Figure]:
    """Those of the cells that a SUM of this table covers, with the cell of the last such SUM.

    Every cell is taken once, by the last SUM over it, and passed over from then on: thousands of SUMs over
    thousands of rows cost no more than both together.
    """
    columns: dict[int, list[int]] = {}
    for cell in sorted(cells):
        columns.setdefault(cell.column, []).append(cell.row)
    left = {column: _Left(rows) for column, rows in columns.items()}
    found: dict[Cell, Figure] = {}
    for row in reversed(table.rows) if left else ():
        for figure in reversed([*row.figures.values()]):
            if figure.formula is None:
                continue
            for area in summed(figure.formula):
                for column in (c for c in left if area.left <= c <= area.right):
                    found |= {Cell(number, column): figure for number in left[column].take(area.top, area.bottom)}
    return found


class _Left:
    """Row numbers of which each is taken once."""

    def __init__(self, rows: list[int]) -> None:
        self._rows = rows
        self._next = list(range(len(rows) + 1))
        """For every place in the list the first one from there on that is still left, as far as is known."""

    def take(self, first: int, last: int) -> Iterator[int]:
        """What is left of the rows from ``first`` to ``last``."""
        at = self._from(bisect_left(self._rows, first))
        while at < len(self._rows) and self._rows[at] <= last:
            yield self._rows[at]
            self._next[at] = at + 1
            at = self._from(at)

    def _from(self, at: int) -> int:
        passed: list[int] = []
        while self._next[at] != at:
            passed.append(at)
            at = self._next[at]
        for place in passed:
            self._next[place] = at
        return at
