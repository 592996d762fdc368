"""From tokens to stored cells: the meaning of a cell's type, value, style and formula."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area, Cell, column_number, parse_area
from xlaudit.limits import DEFAULT, Limits
from xlaudit.model import Stored, StoredCell
from xlaudit.reading.celltokens import Token, attributes
from xlaudit.reading.formulas import Part, moved, split
from xlaudit.reading.literals import number, serial
from xlaudit.reading.refusals import bad_cell, too_large
from xlaudit.reading.streamed import NotPlain, decoded, without_entities
from xlaudit.texts import Text

_SHORT = 6
Rows = dict[int, dict[int, StoredCell]]
Master = tuple[int, int, list[Part]]


class Shared:
    """What the sheets of one workbook share: strings, styles, the date system, and what may still be kept."""

    def __init__(self, strings: list[str], styles: int, date1904: bool, limits: Limits = DEFAULT) -> None:
        self.strings = strings
        self.limits = limits
        self.styles = {str(index): index for index in range(styles)}
        self.date1904 = date1904
        self.cells_left = limits.cells
        self.merged_left = limits.merged_cells
        self.formula_left = limits.formula_text


class CellRows:
    """Builds the rows of one sheet from its tokens, in whatever order they come."""

    def __init__(self, sheet: str, shared: Shared) -> None:
        self.sheet = sheet
        self.rows: Rows = {}
        self.hidden: set[int] = set()
        self.outline: dict[int, int] = {}
        self._shared = shared
        self._row = ""
        self._line: dict[int, StoredCell] = {}
        self._last = 0
        self._last_row = 0
        self._rows_disordered = False
        self._disordered: set[int] = set()
        self._kept = 0
        self._columns: dict[str, int] = {}
        self._fractions: dict[str, Decimal] = {}
        """Short numbers such as percentages, of which a sheet has few different ones."""
        self._masters: dict[str, Master] = {}
        self._orphans: list[tuple[str, int, int]] = []
        self._arrays: list[tuple[Area, str]] = []

    def take(self, tokens: Iterable[Token]) -> None:
        """The next tokens. Raises ``NotPlain`` at junk, ``UnreadableWorkbook`` at what no cell can be.

        One long loop: it runs once per cell of the workbook, and calls cost more here than what they do.
        """
        new, strings, styles = tuple.__new__, self._shared.strings, self._shared.styles
        columns, integer, known = self._columns, Decimal, len(strings)
        text_kind, number_kind, empty_kind = Stored.TEXT, Stored.NUMBER, Stored.EMPTY
        current, line, last = self._row, self._line, self._last
        row = int(current or 0)
        fractions = self._fractions
        before = len(line)
        for letters, digits, style, kind, tag, formula, has, value, start, more, end, junk in tokens:
            if letters:
                if digits != current:
                    raise NotPlain
                column = columns.get(letters) or self._column(letters)
                if column <= last:
                    self._check_new(line, row, column)
                last = column
                if tag or (formula and ("&" in formula or "_x" in formula or formula[0] == "=")):
                    written = self._formula(tag, formula, row, column)
                else:
                    written = formula or None
                amount: Decimal | None = None
                if kind == "s" and value.isdecimal() and len(value) < 10 and int(value) < known:
                    text = strings[int(value)]
                    what = text_kind if text else empty_kind
                elif value and (not kind or kind == "n"):
                    if value.isdecimal() and len(value) < 16:
                        amount = integer(value)
                    elif len(value) > _SHORT:
                        amount = number(value)
                    elif (amount := fractions.get(value)) is None:
                        amount = number(value)
                        if amount is not None:
                            fractions[value] = amount
                    if amount is not None:
                        what, text = number_kind, value
                    else:
                        what, text = text_kind, decoded(without_entities(value))
                else:
                    what, amount, text = self._stored(kind, has, value, letters + digits)
                if what is not empty_kind or written is not None:
                    fields = (row, column, what, amount, text, written, styles.get(style, 0))
                    line[column] = new(StoredCell, fields)
            elif start:
                if current:
                    raise NotPlain
                current = start
                row = self._open(start, more)
                line = self.rows.setdefault(row, {})
                before, last = len(line), max(line, default=0)
                if more.endswith("/"):
                    current = ""
            elif end:
                if not current:
                    raise NotPlain
                current = ""
                self._count(len(line) - before)
                before = len(line)
            elif junk:
                raise NotPlain
        self._count(len(line) - before)
        self._row, self._line, self._last = current, line, last

    def finish(self) -> None:
        """Once all tokens are taken: what could only be settled then, and rows and columns in order."""
        if self._row:
            raise NotPlain
        self._adopt_orphans()
        self._spread_arrays()
        for row in self._disordered:
            self.rows[row] = dict(sorted(self.rows[row].items()))
        rows = sorted(self.rows) if self._rows_disordered else self.rows
        self.rows = {row: self.rows[row] for row in rows if self.rows[row]}

    def _check_new(self, line: dict[int, StoredCell], row: int, column: int) -> None:
        """A cell that stands not behind those before it: unusual, and forbidden if it is there already."""
        if column in line:
            raise bad_cell(self.sheet, address(row, column), Text("is written twice"))
        self._disordered.add(row)

    def _open(self, digits: str, more: str) -> int:
        row = int(digits)
        if row > MAX_ROWS:
            raise too_large(
                Text("more than {max_rows} rows on a sheet").fill(max_rows=MAX_ROWS)
            )
        if row <= self._last_row:
            self._rows_disordered = True
        self._last_row = row
        if more and more != "/":
            facts = attributes(more)
            if facts is None or "r" in facts:
                raise NotPlain
            if facts.get("hidden") in {"1", "true"} or facts.get("ht") in {"0", "0.0"}:
                self.hidden.add(row)
            level = facts.get("outlineLevel", "0")
            if level in {"1", "2", "3", "4", "5", "6", "7"}:
                self.outline[row] = int(level)
        return row

    def _column(self, letters: str) -> int:
        try:
            column = column_number(letters)
        except ValueError as error:
            raise too_large(
                Text("more than {max_columns} columns").fill(max_columns=MAX_COLUMNS)
            ) from error
        self._columns[letters] = column
        return column

    def _count(self, cells: int) -> None:
        self._kept += cells
        if self._kept > self._shared.cells_left:
            most = self._shared.limits.cells
            what = Text("more than {most} cells with content").fill(most=most)
            raise too_large(what, "cells")

    def _stored(self, kind: str, has: str, value: str, address: str) -> tuple[Stored, Decimal | None, str]:
        """The kind, number and text of any cell that is no plain number (ECMA-376 Part 1, 18.18.11)."""
        if not has or (not value and kind != "str"):
            return Stored.EMPTY, None, ""
        if kind == "s":
            reason = Text("its text is not in the file")
            raise bad_cell(self.sheet, address, reason)
        value = without_entities(value)
        if kind == "b":
            return Stored.BOOLEAN, None, "TRUE" if value.strip() in {"1", "true"} else "FALSE"
        if kind == "e":
            return Stored.ERROR, None, value.strip()
        if kind == "d" and (day := serial(value, self._shared.date1904)) is not None:
            return Stored.NUMBER, day, value
        return Stored.TEXT, None, decoded(value)

    def _formula(self, tag: str, formula: str, row: int, column: int) -> str | None:
        """The formula of one cell, written out; None where it has none of its own."""
        text = decoded(without_entities(formula)).removeprefix("=")
        if not tag:
            return text or None
        facts = attributes(tag)
        if facts is None:
            raise NotPlain
        kind = facts.get("t", "normal")
        if kind == "shared":
            return self._shared_formula(facts.get("si", ""), text, row, column)
        if kind == "dataTable":
            text = f"TABLE({facts.get('r1', '')},{facts.get('r2', '')})"
        if kind in {"array", "dataTable"} and text:
            self._remember_array(facts.get("ref", ""), text)
        return text or None

    def _shared_formula(self, index: str, text: str, row: int, column: int) -> str | None:
        if text:
            # an index may be used again further down: the last master before a cell counts
            self._masters[index] = (row, column, split(text))
            return text
        master = self._masters.get(index)
        if master is None:
            self._orphans.append((index, row, column))
            return None
        return self._moved(master, row, column)

    def _moved(self, master: Master, row: int, column: int) -> str:
        text = moved(master[2], row - master[0], column - master[1])
        self._shared.formula_left -= len(text)
        if self._shared.formula_left < 0:
            raise too_large(Text("shared formulas are too long"), "formula_text")
        return text

    def _remember_array(self, reference: str, text: str) -> None:
        try:
            self._arrays.append((parse_area(reference), text))
        except ValueError:
            return

    def _adopt_orphans(self) -> None:
        """Cells that stand before the master of their shared formula; without any, the value stays alone."""
        for index, row, column in self._orphans:
            master = self._masters.get(index)
            cell = self.rows.get(row, {}).get(column)
            if master is not None and cell is not None:
                self.rows[row][column] = cell._replace(formula=self._moved(master, row, column))

    def _spread_arrays(self) -> None:
        """Gives every cell of an array formula's range the formula, as the sheet shows it."""
        room = self._shared.limits.cells
        for area, text in self._arrays:
            room -= area.size
            if room < 0:
                return
            for row in range(area.top, area.bottom + 1):
                line = self.rows.get(row, {})
                for column in range(area.left, area.right + 1):
                    cell = line.get(column)
                    if cell is not None and cell.formula is None:
                        line[column] = cell._replace(formula=text)


def address(row: int, column: int) -> str:
    """The A1 address, or the bare numbers where no sheet reaches that far."""
    try:
        return Cell(row, column).a1
    except ValueError:
        return f"R{row}C{column}"
