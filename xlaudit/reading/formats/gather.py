"""Cells gathered into sheets, within bounds, whatever format they come from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area
from xlaudit.limits import Limits
from xlaudit.model import CellStyle, Sheet, Stored, StoredCell
from xlaudit.reading.literals import number
from xlaudit.reading.refusals import too_large
from xlaudit.reading.view import LARGEST_MERGE
from xlaudit.texts import Text

MAX_SHEETS = 10_000
MAX_SPANS = 200_000
"""Runs of rows or columns that one sheet may say something about (hidden, grouped)."""

MAX_TEXT = 1_000_000
"""Characters of one cell; spreadsheets take 32,767."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The codes of errors in BIFF and BIFF12 ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


UNREADABLE = "UNREADABLE()"
"""The formula of a cell that has one which cannot be written out: its value is computed, nobody typed it."""


class Value:
    """What one cell holds, its address and format aside."""

    __slots__ = ("kind", "number", "text")

    def __init__(self, kind: Stored, text: str = "", amount: Decimal | None = None) -> None:
        self.kind = kind
        self.number = amount
        self.text = text


NOTHING = Value(Stored.EMPTY)


def of_text(text: str) -> Value:
    return Value(Stored.TEXT, text[:MAX_TEXT]) if text else NOTHING


def of_boolean(value: bool) -> Value:
    return Value(Stored.BOOLEAN, "TRUE" if value else "FALSE")


def of_error(text: str) -> Value:
    return Value(Stored.ERROR, text)


def of_number(literal: str) -> Value:
    """A decimal literal as a number, at 15 significant digits; as a text where it is none."""
    amount = number(literal)
    return of_text(literal) if amount is None else Value(Stored.NUMBER, literal, amount)


def of_double(value: float) -> Value:
    """A binary fraction as the decimal that a spreadsheet vouches for: its first 15 digits."""
    return of_number(f"{value:.17g}")


def of_amount(amount: Decimal) -> Value:
    """An exact amount, as computed from whole numbers."""
    return of_number(f"{amount:f}")


class Styles:
    """The formats of a workbook as they turn up, each once."""

    def __init__(self) -> None:
        self._index: dict[CellStyle, int] = {CellStyle(): 0}

    def index(self, style: CellStyle) -> int:
        return self._index.setdefault(style, len(self._index))

    def all(self) -> tuple[CellStyle, ...]:
        return tuple(self._index)


class Budget:
    """What all sheets of a workbook together may still hold."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells_left = limits.cells
        self.merged_left = limits.merged_cells
        self.formula_left = limits.formula_text


class Gathered:
    """One sheet in the making. Rows and columns count from 1; what lies outside of any sheet is passed over."""

    def __init__(self, budget: Budget) -> None:
        self.rows: dict[int, dict[int, StoredCell]] = {}
        self.hidden_columns: set[int] = set()
        self._budget = budget
        self._merges: list[Area] = []
        self._hidden_rows: list[range] = []
        self._levels: list[tuple[range, int]] = []

    def put(self, row: int, column: int, value: Value, formula: str | None, style: int) -> None:
        """One cell; an empty one without a formula is not kept, a later one replaces an earlier one."""
        if value.kind is Stored.EMPTY and not formula:
            return
        if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
            return
        line = self.rows.setdefault(row, {})
        if column not in line:
            self._budget.cells_left -= 1
            if self._budget.cells_left < 0:
                most = self._budget.limits.cells
                raise too_large(Text("more than {most} cells with content").fill(most=most), "cells")
        self._budget.formula_left -= len(formula or "")
        if self._budget.formula_left < 0:
            raise too_large(Text("its formulas are too long"), "formula_text")
        line[column] = StoredCell(row, column, value.kind, value.number, value.text, formula or None, style)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        area = Area(top, left, min(bottom, MAX_ROWS), min(right, MAX_COLUMNS))
        if area.size <= 1 or top < 1 or left < 1 or area.bottom < top or area.right < left:
            return
        self._merges.append(area)
        most = self._budget.limits.merges
        if len(self._merges) > most:
            raise too_large(Text("more than {most} merges").fill(most=most), "merges")
        self._budget.merged_left -= area.size if area.size <= LARGEST_MERGE else 0
        if self._budget.merged_left < 0:
            most = self._budget.limits.merged_cells
            what = Text("more than {most} cells within merges").fill(most=most)
            raise too_large(what, "merged_cells")

    def hide_rows(self, first: int, last: int) -> None:
        self._hidden_rows.append(range(first, last + 1))
        self._bounded(self._hidden_rows)

    def hide_columns(self, first: int, last: int) -> None:
        if len(self.hidden_columns) < MAX_COLUMNS:
            self.hidden_columns.update(range(max(first, 1), min(last, MAX_COLUMNS) + 1))

    def level(self, first: int, last: int, level: int) -> None:
        if level:
            self._levels.append((range(first, last + 1), min(level, 7)))
            self._bounded(self._levels)

    def sheet(self, name: str, index: int, part: str, visible: bool) -> Sheet:
        """The sheet, rows and columns in order; of empty rows below the last cell nothing is told."""
        rows = {row: dict(sorted(self.rows[row].items())) for row in sorted(self.rows)}
        last = max(rows, default=0)
        return Sheet(
            name=name,
            index=index,
            part=part,
            rows=rows,
            merges=tuple(dict.fromkeys(self._merges)),
            hidden_rows=frozenset(self._told(self._hidden_rows, last)),
            hidden_columns=frozenset(self.hidden_columns),
            outline={row: level for span, level in self._levels for row in self._told([span], last)},
            visible=visible,
        )

    @staticmethod
    def _told(spans: Iterable[range], last: int) -> Iterable[int]:
        return (row for span in spans for row in range(max(span.start, 1), min(span.stop, last + 1)))

    @staticmethod
    def _bounded(spans: list[range] | list[tuple[range, int]]) -> None:
        if len(spans) > MAX_ROWS + MAX_SPANS:
            raise too_large(Text("too much is told about rows"))
