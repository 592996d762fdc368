"""What a mapping says, checked for itself; whether it fits a workbook, reading finds out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Literal

from xlaudit.cells import Area
from xlaudit.schemas.columns import SCALES
from xlaudit.tables import Level, Measure

FORMAT = "xlaudit-map/1"
IGNORE = "ignore"
"""The role of a column that is to be left aside."""
AUTO = "auto"
BLANK = "blank"
WAYS = (
    "columns", "steps", "code", "numbering", "wording", "outline", "indent", "dashes", "bold", "capitals", "fill",
    "looks", "sums", "flat",
)  # fmt: skip
"""The ways to tell the levels of rows, besides ``auto``."""
SPECIAL = {
    level.value: level for level in (Level.TOTAL, Level.MEAN, Level.RATIO, Level.DETAIL, Level.NOTE)
}
"""What a row outside the hierarchy can be."""
UNITS = {"rp": Decimal(1), **SCALES}
MEASURES = {measure.value: measure for measure in (Measure.AMOUNT, Measure.PERCENT, Measure.QUANTITY)}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What one column is. Where ``period`` or ``unit`` is None the heading tells it, where it can.

    ``heading`` is what stood above the column when the mapping was written, None where that is not to be checked.
    """

    column: int
    role: str
    heading: str | None = None
    period: str | None = None
    unit: Decimal | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class MappedTable:
    """Which part of which sheet is one table, and what its columns and rows are.

    ``sheet`` is a name, a pattern with ``*`` and ``?``, or a position counted from 1. ``last`` is a row, ``blank``
    (the row above the first blank one) or ``auto`` (where reading sees the table end). ``kind`` is empty where the
    columns tell it. ``rows`` give rows first to last a depth (0 is the topmost level) or make them special.
    """

    sheet: str | int
    columns: tuple[MappedColumn, ...]
    first: int
    last: int | Literal["auto", "blank"] = "auto"
    header: tuple[int, int] | None = None
    kind: str = ""
    levels: str = AUTO
    rows: tuple[tuple[int, int, int | Level], ...] = ()
    skip: tuple[Area, ...] = ()

    @property
    def left(self) -> int:
        return min(column.column for column in self.columns)

    @property
    def right(self) -> int:
        return max(column.column for column in self.columns)

    @property
    def ignored(self) -> frozenset[int]:
        """The columns that are to be left aside."""
        return frozenset(column.column for column in self.columns if column.role == IGNORE)

    def told_rows(self) -> dict[int, int | Level]:
        """By row number what the mapping says of a row."""
        return {row: what for first, last, what in self.rows for row in range(first, last + 1)}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file. ``skip`` are areas to leave aside, each with the sheets it is meant for."""

    path: str
    tables: tuple[MappedTable, ...] = ()
    skip: tuple[tuple[str | int, Area], ...] = ()
    ignore_sheets: tuple[str | int, ...] = ()

    def ignores(self, name: str, position: int) -> bool:
        """Whether a sheet is not to be read at all."""
        return any(matches(wanted, name, position) for wanted in self.ignore_sheets)

    def on(self, name: str, position: int) -> list[MappedTable]:
        """The tables that the mapping says to stand on a sheet, from top to bottom."""
        found = [table for table in self.tables if matches(table.sheet, name, position)]
        return sorted(found, key=lambda table: (table.first, table.left))

    def skipped(self, name: str, position: int) -> list[Area]:
        """The areas of a sheet that are to be left aside."""
        return [area for wanted, area in self.skip if matches(wanted, name, position)]


def matches(wanted: str | int, name: str, position: int) -> bool:
    """Whether a sheet is the one that is meant. Case does not matter, as Excel does not tell such sheets apart."""
    if isinstance(wanted, int):
        return wanted == position
    return wanted.casefold() == name.casefold() or fnmatchcase(name.casefold(), wanted.casefold())
