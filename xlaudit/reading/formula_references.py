"""Functions about the places of cells, not their values: OFFSET, INDEX, ROW, COLUMNS."""

from __future__ import annotations

from collections.abc import Callable

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area
from xlaudit.reading.formula_scope import Arguments, Cells, Function, Range, amount, only_range, value_at, whole
from xlaudit.reading.formula_text import Constant, Span
from xlaudit.reading.formula_values import REFERENCE, VALUE, Failed, Unknown, Value


def span_range(cells: Cells, node: Span) -> Range:
    """The smallest range that holds both sides of ``:``."""
    sheet, one = only_range(cells, node.first)
    other_sheet, two = only_range(cells, node.last)
    if sheet != other_sheet:
        raise Unknown
    return Range(
        sheet,
        Area(min(one.top, two.top), min(one.left, two.left), max(one.bottom, two.bottom), max(one.right, two.right)),
    )


def index_range(cells: Cells, arguments: Arguments) -> Range:
    """The cell that INDEX names, a whole row or column where it is asked for number 0."""
    if not 2 <= len(arguments) <= 3:
        raise Unknown
    sheet, area = only_range(cells, arguments[0])
    row, column = whole(cells, arguments, 1), whole(cells, arguments, 2)
    if len(arguments) == 2 and area.top == area.bottom:
        row, column = 1, row
    elif len(arguments) == 2 and area.left != area.right:
        raise Unknown
    if row < 0 or column < 0:
        raise Failed(VALUE)
    if row > area.bottom - area.top + 1 or column > area.right - area.left + 1:
        raise Failed(REFERENCE)
    top, bottom = (area.top + row - 1,) * 2 if row else (area.top, area.bottom)
    left, right = (area.left + column - 1,) * 2 if column else (area.left, area.right)
    return Range(sheet, Area(top, left, bottom, right))


def offset_range(cells: Cells, arguments: Arguments) -> Range:
    """The cells so many rows and columns away, as many as the first argument has or as are asked for."""
    if not 3 <= len(arguments) <= 5:
        raise Unknown
    sheet, area = only_range(cells, arguments[0])
    top, left = area.top + _steps(cells, arguments, 1), area.left + _steps(cells, arguments, 2)
    height = _steps(cells, arguments, 3, area.bottom - area.top + 1)
    width = _steps(cells, arguments, 4, area.right - area.left + 1)
    if height < 0 or width < 0:
        raise Unknown  # spreadsheets disagree
    bottom, right = top + height - 1, left + width - 1
    if not (1 <= top <= bottom <= MAX_ROWS and 1 <= left <= right <= MAX_COLUMNS):
        raise Failed(REFERENCE)
    return Range(sheet, Area(top, left, bottom, right))


def _steps(cells: Cells, arguments: Arguments, place: int, default: int = 0) -> int:
    """A number of rows or columns; the default also where nothing stands between the commas."""
    if place < len(arguments) and arguments[place] == Constant(None):
        return default
    number = amount(cells, arguments, place, default)
    if number.denominator != 1:
        raise Unknown
    return number.numerator


RANGES: dict[str, Callable[[Cells, Arguments], Range]] = {"INDEX": index_range, "OFFSET": offset_range}
"""The functions that return cells rather than their value."""


def _row(cells: Cells, arguments: Arguments) -> Value:
    """The row of a range, or of the formula itself; a range of several rows has several."""
    if not arguments:
        return cells.home().row
    area = only_range(cells, arguments[0]).area
    if area.top != area.bottom:
        raise Unknown
    return area.top


def _column(cells: Cells, arguments: Arguments) -> Value:
    if not arguments:
        return cells.home().column
    area = only_range(cells, arguments[0]).area
    if area.left != area.right:
        raise Unknown
    return area.left


def _rows(cells: Cells, arguments: Arguments) -> Value:
    area = only_range(cells, arguments[0]).area
    return area.bottom - area.top + 1


def _columns(cells: Cells, arguments: Arguments) -> Value:
    area = only_range(cells, arguments[0]).area
    return area.right - area.left + 1


REFERENCES: dict[str, tuple[Function, int, int]] = {
    "INDEX": (lambda cells, given: value_at(cells, index_range(cells, given)), 2, 3),
    "OFFSET": (lambda cells, given: value_at(cells, offset_range(cells, given)), 3, 5),
    "ROW": (_row, 0, 1),
    "COLUMN": (_column, 0, 1),
    "ROWS": (_rows, 1, 1),
    "COLUMNS": (_columns, 1, 1),
}
"""Every function with the least and the most arguments that it takes."""
