"""The workbook as it was read: sheets and cells, immutable, every value with its address.

Tables, rows and figures, which reading makes of them, stand in ``xlaudit.tables``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from xlaudit.cells import Area


class Stored(Enum):
    """What kind of value a cell holds. Cells without value and formula are not kept at all."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    EMPTY = "empty"
    """A formula without a value: the file did not store it, and it has not been computed."""


class StoredCell(NamedTuple):
    """One cell as the file holds it.

    ``number`` is exact, at the 15 significant digits that a spreadsheet itself vouches for.
    ``text`` is the stored text (rich text flattened), the literal of a number, or an error such as ``#DIV/0!``.
    ``formula`` stands without ``=``; a shared formula is written out for its own cell.
    ``style`` is the index into ``Workbook.styles``.
    """

    row: int
    column: int
    kind: Stored
    number: Decimal | None
    text: str
    formula: str | None
    style: int


class CellStyle(NamedTuple):
    """The parts of a cell's format that say something about its meaning.

    ``places`` are the decimals shown, None where the format shows as many as there are (General, @).
    """

    format_code: str = "General"
    places: int | None = None
    percent: bool = False
    date: bool = False
    bold: bool = False
    indent: int = 0
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. ``rows[row][column]`` gives the stored cell."""

    name: str
    index: int
    part: str
    rows: Mapping[int, Mapping[int, StoredCell]]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    outline: dict[int, int] = field(default_factory=dict)
    visible: bool = True
    very_hidden: bool = False
    """Hidden so that Excel's own menu does not offer to show it."""

    def at(self, row: int, column: int) -> StoredCell | None:
        """The stored cell at an address, or None where nothing is stored."""
        line = self.rows.get(row)
        return None if line is None else line.get(column)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as read. ``properties`` are the custom document properties, as text.

    ``recalculates``: the file asks for all formulas to be computed when it is opened, so that a stored 0 may
    only stand in for a value (ECMA-376 Part 1, 18.2.2, ``fullCalcOnLoad``).

    ``names`` are the defined names of the whole workbook, as spelled, each with its sheet and area; None where a
    name no longer stands for one plain area (``#REF!``) or never did (a formula, a constant, several areas).
    """

    path: str
    sheets: tuple[Sheet, ...]
    styles: tuple[CellStyle, ...]
    date1904: bool = False
    properties: dict[str, str] = field(default_factory=dict)
    recalculates: bool = False
    names: dict[str, tuple[str, Area] | None] = field(default_factory=dict)
    annotatable: bool = True
    """Whether the file is an .xlsx or .xlsm, into which findings can be written."""
    as_displayed: bool = False
    """Whether the file reckons with figures as they are displayed (18.2.2, ``fullPrecision`` off)."""
