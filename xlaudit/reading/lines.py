"""A large sheet kept by columns: a cell is made when someone asks for its row.

Nearly all rows of a large sheet are looked at column by column and together. An object for each of their cells, and a
dictionary for each row of those, would be most of the memory and a third of the time that reading them takes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import compress, repeat
from operator import not_
from typing import Any, NamedTuple, TypeVar

from xlaudit.model import Stored, StoredCell
from xlaudit.reading.bulk import made

Places = slice | list[int | None]
_Entry = TypeVar("_Entry")


class Fields(NamedTuple):
    """The cells of one column in some rows, field by field. Where there is none, ``kinds`` has None."""

    kinds: list[Stored | None]
    numbers: list[Decimal | None]
    texts: list[str]
    formulas: list[str | None]
    styles: list[int]

    def cells(self, column: int, rows: Sequence[int]) -> list[StoredCell | None]:
        """The cells themselves; ``rows`` are those of the fields."""
        found = made(StoredCell, rows, repeat(column), *self)
        if all(self.kinds):
            return [*found]
        return [None if kind is None else cell for cell, kind in zip(found, self.kinds, strict=True)]

    def picked(self, places: Places) -> Fields:
        """Those at some places."""
        return Fields(*(picked(own, places, nothing) for own, nothing in zip(self.lists(), _NOTHING, strict=True)))

    def copied(self) -> Fields:
        """The same in lists of their own."""
        return self.picked(slice(None))

    def clear(self, place: int) -> None:
        """Takes a cell away."""
        for own, nothing in zip(self.lists(), _NOTHING, strict=True):
            own[place] = nothing

    def cell(self, row: int, column: int, place: int) -> StoredCell | None:
        """The one at a place among them, which is this row's."""
        kinds, numbers, texts, formulas, styles = self
        kind = kinds[place]
        if kind is None:
            return None
        return StoredCell(row, column, kind, numbers[place], texts[place], formulas[place], styles[place])

    def lists(self) -> tuple[list[Any], ...]:
        """The fields, all alike."""
        return self

    def reach(self, count: int) -> None:
        """Adds rows without a cell until there are so many."""
        missing = count - len(self.kinds)
        if missing:
            for fields, nothing in zip(self.lists(), _NOTHING, strict=True):
                fields += repeat(nothing, missing)


_NOTHING: tuple[Any, ...] = (None, None, "", None, 0)


def picked(whole: list[_Entry], places: Places, nothing: _Entry) -> list[_Entry]:
    """What stands at some places of a list, ``nothing`` for those that are none."""
    if isinstance(places, slice):
        return whole[places]
    return [nothing if place is None else whole[place] for place in places]


def no_fields(count: int = 0) -> Fields:
    """A column without any cell in so many rows."""
    found = Fields([], [], [], [], [])
    found.reach(count)
    return found


def fields_of(cells: Iterable[StoredCell | None]) -> Fields:
    """The fields of some cells of one column."""
    lines = [_NOTHING if cell is None else cell[2:] for cell in cells]
    return Fields(*map(list, zip(*lines, strict=True))) if lines else no_fields()


class Lines(Mapping[int, Mapping[int, StoredCell]]):
    """The rows of a sheet as :class:`Sheet` has them: numbers in order, each with its cells from left to right.

    ``numbers`` are the rows that have cells, ``columns`` the columns from left to right, each with one entry per row.
    ``waiting``: a formula may be among them that has no value yet (``Stored.EMPTY``).
    """

    def __init__(self, numbers: list[int], columns: dict[int, Fields], waiting: bool) -> None:
        self.numbers = numbers
        self.columns = columns
        self.waiting = waiting
        self.with_amount: set[int] | None = None
        """Which rows hold an amount, as soon as someone looked for it."""
        self._made: dict[int, dict[int, StoredCell]] = {}

    def __getitem__(self, row: int) -> dict[int, StoredCell]:
        line = self._made.get(row)
        if line is None:
            place = bisect_left(self.numbers, row)
            if place == len(self.numbers) or self.numbers[place] != row:
                raise KeyError(row)
            own = ((column, fields.cell(row, column, place)) for column, fields in self.columns.items())
            line = self._made[row] = {column: cell for column, cell in own if cell is not None}
        return line

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


def with_cells(
    rows: Mapping[int, Mapping[int, StoredCell]], cells: Iterable[StoredCell]
) -> Mapping[int, Mapping[int, StoredCell]]:
    """The rows of a sheet with other cells in place of some that they have."""
    if isinstance(rows, Lines):
        columns = dict(rows.columns)
        for cell in cells:
            fields = columns[cell.column]
            if fields is rows.columns[cell.column]:
                fields = columns[cell.column] = fields.copied()
            place = bisect_left(rows.numbers, cell.row)
            for own, field in zip(fields.lists(), cell[2:], strict=True):
                own[place] = field
        return Lines(rows.numbers, columns, rows.waiting)
    changed: dict[int, dict[int, StoredCell]] = {}
    for cell in cells:
        line = changed.get(cell.row)
        if line is None:
            line = changed[cell.row] = dict(rows[cell.row])
        line[cell.column] = cell
    return {**rows, **changed}


def formulas_in(rows: Mapping[int, Mapping[int, StoredCell]]) -> list[StoredCell]:
    """The cells of a sheet that have a formula, row by row."""
    if not isinstance(rows, Lines):
        return [cell for line in rows.values() for cell in line.values() if cell[5] is not None]
    columns = {column: fields for column, fields in rows.columns.items() if any(fields.formulas)}
    computed = [fields.cells(column, rows.numbers) for column, fields in columns.items()]
    return [cell for line in zip(*computed, strict=True) for cell in line if cell is not None and cell[5] is not None]


def formulas_of_nothing(rows: Mapping[int, Mapping[int, StoredCell]]) -> list[StoredCell]:
    """Those of the :func:`formulas_in` a sheet that have no number, or zero."""
    if not isinstance(rows, Lines):
        return [cell for cell in formulas_in(rows) if not cell.number]
    found = []
    for column, fields in rows.columns.items():
        formulas = fields.formulas
        for place in compress(range(len(rows)), map(not_, fields.numbers)) if any(formulas) else ():
            if formulas[place] is not None:
                found.append((rows.numbers[place], column, place))
    cells = (rows.columns[column].cell(row, column, place) for row, column, place in sorted(found))
    return [cell for cell in cells if cell is not None]


def number_of_cells(rows: Mapping[int, Mapping[int, StoredCell]]) -> int:
    """How many cells there are in the rows of a sheet."""
    if isinstance(rows, Lines):
        return sum(len(fields.kinds) - fields.kinds.count(None) for fields in rows.columns.values())
    return sum(map(len, rows.values()))


class Gathered:
    """Rows on their way into :class:`Lines`, from top to bottom."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._columns: dict[int, Fields] = {}
        self.waiting = False
        """Whether a formula is among them whose value is not stored."""

    def add(self, row: int, line: Mapping[int, StoredCell]) -> None:
        """One row."""
        for column, cell in line.items():
            self.waiting = self.waiting or cell.kind is Stored.EMPTY
            for fields, field in zip(self._reached(column).lists(), cell[2:], strict=True):
                fields.append(field)
        self.numbers.append(row)

    def extend(self, rows: Iterable[int], columns: Mapping[int, Iterable[Iterable[Any]]]) -> None:
        """Some rows at once; what stands in a column is given field by field, one entry for each of the rows.

        Whether a value is ``waiting`` among them is for the caller to say.
        """
        for column, content in columns.items():
            for fields, more in zip(self._reached(column).lists(), content, strict=True):
                fields.extend(more)
        self.numbers.extend(rows)

    def lines(self) -> Lines:
        """All of them, without rows that have no cell."""
        columns = {column: self._reached(column) for column in sorted(self._columns)}
        blank = list(range(len(self.numbers)))
        for fields in columns.values():
            kinds = fields.kinds
            blank = list(compress(blank, map(not_, map(kinds.__getitem__, blank))))
        if blank:
            places: Places = [*sorted(set(range(len(self.numbers))).difference(blank))]
            self.numbers = picked(self.numbers, places, 0)
            columns = {column: fields.picked(places) for column, fields in columns.items()}
        self._columns = columns
        return Lines(self.numbers, columns, self.waiting)

    def _reached(self, column: int) -> Fields:
        fields = self._columns.get(column)
        if fields is None:
            fields = self._columns[column] = no_fields()
        fields.reach(len(self.numbers))
        return fields
