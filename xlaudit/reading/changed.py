"""A workbook with other values in some cells, and with what its formulas make of them.

All formulas are computed twice, with the old values and with the new. Those that come out differently take the new
result; all others keep what the file stores, so that nothing changes but by the change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.limits import DEFAULT
from xlaudit.model import Stored, StoredCell, Workbook
from xlaudit.reading.evaluate import evaluated

Spot = tuple[str, Cell]
"""Name of the sheet, and the cell on it."""


class Moved(NamedTuple):
    """A cell whose value became another one; None where there was or is nothing."""

    spot: Spot
    before: StoredCell | None
    after: StoredCell | None


class Changed(NamedTuple):
    """The workbook with the new values, what its formulas made of them, and how many formulas cannot be computed."""

    workbook: Workbook
    typed: tuple[Moved, ...]
    recomputed: tuple[Moved, ...]
    uncertain: int


def changed(workbook: Workbook, values: Mapping[Spot, Decimal | str], steps: int = DEFAULT.steps) -> Changed:
    """The workbook after typing ``values`` into its cells; an empty text clears a cell.

    A number is stored as it is: 0.925 where the cell shows 92,5 %. A formula in such a cell is gone afterwards.
    Sheets must exist. ``steps`` bounds the computing as in ``evaluated``.
    """
    spoken = _with(workbook, values)
    old, new = evaluated(_unvalued(workbook), steps), evaluated(_unvalued(spoken), steps)
    results: dict[Spot, StoredCell] = {}
    uncertain = 0
    for spot, cell in _formulas(new):
        was = _at(old, spot)
        if cell.kind is Stored.EMPTY:
            uncertain += 1
        elif was is None or _value(was) != _value(cell):
            results[spot] = cell
    typed = tuple(Moved(spot, _at(workbook, spot), _at(spoken, spot)) for spot in values)
    recomputed = tuple(Moved(spot, _at(workbook, spot), cell) for spot, cell in results.items())
    return Changed(_put(spoken, results), typed, recomputed, uncertain)


def _with(workbook: Workbook, values: Mapping[Spot, Decimal | str]) -> Workbook:
    cells: dict[Spot, StoredCell | None] = {}
    for spot, value in values.items():
        was = _at(workbook, spot)
        style = 0 if was is None else was.style
        cells[spot] = _typed(spot[1], value, style)
    return _put(workbook, cells)


def _typed(cell: Cell, value: Decimal | str, style: int) -> StoredCell | None:
    if isinstance(value, Decimal):
        return StoredCell(cell.row, cell.column, Stored.NUMBER, value, format(value, "f"), None, style)
    return StoredCell(cell.row, cell.column, Stored.TEXT, None, value, None, style) if value else None


def _unvalued(workbook: Workbook) -> Workbook:
    """The workbook as one saved by a program that computes nothing."""
    empty = {spot: cell._replace(kind=Stored.EMPTY, number=None, text="") for spot, cell in _formulas(workbook)}
    return _put(workbook, empty)


def _put(workbook: Workbook, cells: Mapping[Spot, StoredCell | None]) -> Workbook:
    by_sheet: dict[str, dict[int, dict[int, StoredCell | None]]] = {}
    for (name, (row, column)), cell in cells.items():
        by_sheet.setdefault(name, {}).setdefault(row, {})[column] = cell
    sheets = []
    for sheet in workbook.sheets:
        rows = dict(sheet.rows)
        for row, line in by_sheet.get(sheet.name, {}).items():
            both = {**rows.get(row, {}), **line}
            rows[row] = {column: cell for column, cell in sorted(both.items()) if cell is not None}
        sheets.append(replace(sheet, rows=dict(sorted(rows.items()))))
    return replace(workbook, sheets=tuple(sheets))


def _formulas(workbook: Workbook) -> Iterator[tuple[Spot, StoredCell]]:
    for sheet in workbook.sheets:
        for line in sheet.rows.values():
            for cell in line.values():
                if cell.formula is not None:
                    yield (sheet.name, Cell(cell.row, cell.column)), cell


def _at(workbook: Workbook, spot: Spot) -> StoredCell | None:
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == spot[0])
    return sheet.at(*spot[1])


def _value(cell: StoredCell) -> tuple[Stored, Decimal | None, str]:
    return cell.kind, cell.number, "" if cell.kind is Stored.NUMBER else cell.text
