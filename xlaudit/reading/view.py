"""A sheet as the eye sees it: merged cells count once, every cell has its text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import compress, repeat
from operator import is_not

from xlaudit.cells import Area, Cell
from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook
from xlaudit.properties import cached_property
from xlaudit.reading.datarows import rows_with_amount
from xlaudit.reading.lines import Fields, Lines, Places, fields_of, no_fields, picked

LARGEST_MERGE = 20_000
"""A merge over more cells than this is a background, not a heading; it is not spread over its cells."""
_DIRTY = "  ", "| ", " |"
_SOME = 500


class SheetView:
    """Reads a sheet through its merges. Columns that were asked for are kept as lists.

    ``table`` is the area that is known to be one table, however many blank rows are in it.
    """

    def __init__(self, workbook: Workbook, sheet: Sheet, table: Area | None = None) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.table = table
        self.styles = workbook.styles
        self.date1904 = workbook.date1904
        self.anchor: dict[tuple[int, int], Area] = {}
        for area in sheet.merges:
            if area.size <= LARGEST_MERGE:
                for cell in area.cells():
                    self.anchor[cell] = area
        self._merged_rows = {row for row, _ in self.anchor}
        self.row_numbers = sheet.rows.numbers if isinstance(sheet.rows, Lines) else sorted(sheet.rows)
        self._last_asked: tuple[Sequence[int], int, tuple[Places, list[int]]] = ((), 0, (slice(0), []))
        self._columns: dict[int, Fields] = {}
        self._columns_of_text: dict[int, list[str]] = {}

    def part(self, top: int, bottom: int, left: int, right: int) -> SheetView:
        """What stands within these rows and columns, at the same addresses; merges that reach out are left out."""
        rows = {
            row: _between(line, left, right)
            for row in range(max(top, 1), bottom + 1)
            if (line := self.sheet.rows.get(row)) is not None
        }
        places = ((row, column) for row in rows for column in range(left, right + 1))
        merges = {area for place in places if (area := self.anchor.get(place)) is not None}
        inside = tuple(area for area in merges if left <= area.left and area.right <= right)
        kept = {row: line for row, line in rows.items() if line}
        return SheetView(self.workbook, replace(self.sheet, rows=kept, merges=inside), self.table)

    def stored(self, row: int, column: int) -> StoredCell | None:
        """The stored cell at this very address; a cell covered by a merge shows nothing."""
        line = self.sheet.rows.get(row)
        cell = None if line is None else line.get(column)
        if cell is None or (cell.kind is Stored.TEXT and not cell.text.strip()):
            return None
        if row in self._merged_rows:
            area = self.anchor.get((row, column))
            if area is not None and (row, column) != area.first:
                return None
        return cell

    def down(self, column: int, rows: Sequence[int]) -> list[StoredCell | None]:
        """What :meth:`stored` gives in some rows of a column, without a call for each."""
        return self.fields(column, rows).cells(column, rows)

    def fields(self, column: int, rows: Sequence[int]) -> Fields:
        """The same field by field, without making cells."""
        places, merged = self._places(rows)
        found = self._whole_column(column).picked(places)
        for place in merged:
            if self.stored(rows[place], column) is None:
                found.clear(place)
        return found

    @cached_property
    def with_amount(self) -> set[int]:
        """The rows that hold an amount, merges left aside."""
        return rows_with_amount(self.sheet.rows)

    def merged_into(self, row: int, column: int) -> Cell | None:
        """The top-left cell of the merge that covers this address, None where none does."""
        area = self.anchor.get((row, column))
        return None if area is None else area.first

    def height(self, row: int, column: int) -> int:
        """How many rows the merge at an address covers, 1 where there is none."""
        area = self.anchor.get((row, column))
        return 1 if area is None else area.bottom - area.top + 1

    def tall_rows(self, column: int) -> list[int]:
        """The rows in which a cell of the column belongs to a merge over several rows."""
        return [row for (row, at), area in self.anchor.items() if at == column and area.bottom > area.top]

    def far_apart(self, row: int, below: int, most: int) -> bool:
        """Whether more than ``most`` blank rows between two rows part them: within a known table none do."""
        area = self.table
        return below - row > most + 1 and not (area is not None and area.top <= row and below <= area.bottom)

    def text(self, row: int, column: int) -> str:
        """The text at an address, that of the whole merge where one covers it, without line breaks."""
        area = self.anchor.get((row, column))
        cell = self.sheet.at(*area.first) if area is not None else self.sheet.at(row, column)
        return "" if cell is None else " ".join(cell.text.split())

    def texts(self, column: int, rows: Sequence[int]) -> list[str]:
        """What :meth:`text` gives in some rows of a column, without a call for each."""
        places, merged = self._places(rows)
        found = picked(self._whole_text(column), places, "")
        for place in merged:
            found[place] = self.text(rows[place], column)
        return found

    def own_texts(self, column: int, rows: Sequence[int]) -> list[str]:
        """The texts of :meth:`down`, nothing where it has no cell, without line breaks."""
        places, merged = self._places(rows)
        found = picked(self._whole_text(column), places, "")
        for place in merged:
            cell = self.stored(rows[place], column)
            found[place] = "" if cell is None else " ".join(cell.text.split())
        return found

    def _whole_text(self, column: int) -> list[str]:
        """The texts of a column in each of the ``row_numbers``, whatever merges cover."""
        whole = self._columns_of_text.get(column)
        if whole is None:
            whole = self._columns_of_text[column] = _in_one_line(self._raw_column(column).texts)
        return whole

    def _raw_column(self, column: int) -> Fields:
        """What is stored in a column in each of the ``row_numbers``."""
        rows = self.sheet.rows
        if isinstance(rows, Lines):
            return rows.columns.get(column) or no_fields(len(rows))
        return fields_of([line.get(column) for line in map(rows.__getitem__, self.row_numbers)])

    def _whole_column(self, column: int) -> Fields:
        """The same, without blank texts, whatever merges cover."""
        whole = self._columns.get(column)
        if whole is None:
            whole = self._raw_column(column)
            kinds, texts = whole.kinds, whole.texts
            text, others = Stored.TEXT, compress(range(len(kinds)), map(is_not, kinds, repeat(Stored.NUMBER)))
            blank = [at for at in others if (not texts[at] or texts[at].isspace()) and kinds[at] is text]
            whole = whole.copied() if blank else whole
            for place in blank:
                whole.clear(place)
            self._columns[column] = whole
        return whole

    def _places(self, rows: Sequence[int]) -> tuple[Places, list[int]]:
        """Where some rows are among the ``row_numbers``, mostly a stretch of them without a gap, and which places of
        their own those have that merges have to do with: hardly ever any.

        Column after column is asked for the same rows, so what is known of the last ones is kept.
        """
        asked, length, found = self._last_asked
        if asked is rows and length == len(rows):
            return found
        numbers, merged = self.row_numbers, self._merged_rows
        start = bisect_left(numbers, rows[0]) if rows else 0
        stretch = slice(start, start + len(rows))
        places = stretch if numbers[stretch] == list(rows) else list(map(self._place_of, rows))
        touched = [] if merged.isdisjoint(rows) else [place for place, row in enumerate(rows) if row in merged]
        self._last_asked = rows, len(rows), (places, touched)
        return places, touched

    @cached_property
    def _place_of(self) -> Callable[[int], int | None]:
        return {row: place for place, row in enumerate(self.row_numbers)}.get

    def number(self, row: int, column: int) -> Decimal | None:
        """The stored number at this very address."""
        cell = self.stored(row, column)
        return None if cell is None else cell.number

    def style(self, cell: StoredCell) -> CellStyle:
        """The format of a stored cell."""
        return self.style_at(cell.style)

    def style_at(self, index: int) -> CellStyle:
        """The format with an index (``StoredCell.style``); the plain one where it leads nowhere."""
        return self.styles[index] if 0 <= index < len(self.styles) else CellStyle()

    def filled_columns(self, row: int) -> list[int]:
        """The columns of a row in which something visible stands, from left to right."""
        line = self.sheet.rows.get(row)
        return self._visible(row, line, sorted(line)) if line else []

    def filled_between(self, row: int, left: int, right: int) -> list[int]:
        """Those of the columns from ``left`` to ``right`` in which something visible stands."""
        line = self.sheet.rows.get(row)
        return self._visible(row, line, sorted(_between(line, left, right))) if line else []

    def _visible(self, row: int, line: Mapping[int, StoredCell], columns: list[int]) -> list[int]:
        if row in self._merged_rows:
            return [column for column in columns if self.stored(row, column) is not None]
        return [column for column in columns if line[column].kind is not Stored.TEXT or line[column].text.strip()]


def _between(line: Mapping[int, StoredCell], left: int, right: int) -> dict[int, StoredCell]:
    """The cells of a row within some columns. Many parts of one wide row are looked at: each asks for its own only."""
    if right - left < len(line):
        return {column: cell for column in range(left, right + 1) if (cell := line.get(column)) is not None}
    return {column: cell for column, cell in line.items() if left <= column <= right}


def _in_one_line(texts: list[str]) -> list[str]:
    """The texts without line breaks and needless spaces. Nearly all are so; that is told of many at once."""
    found: list[str] = []
    for start in range(0, len(texts), _SOME):
        some = texts[start : start + _SOME]
        together = "|".join(("", *some, ""))
        if not together.isascii() or not together.isprintable() or any(map(together.__contains__, _DIRTY)):
            some = [" ".join(text.split()) for text in some]
        found += some
    return found
