"""Shows how a workbook was read: its tables, and what became of every other cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlaudit.cells import Area
from xlaudit.checks import TableChecks
from xlaudit.limits import DEFAULT, Limits
from xlaudit.mapping.model import Mapping
from xlaudit.model import Sheet, Stored, Workbook
from xlaudit.reading.anchored import anchored
from xlaudit.reading.book import Opened, ReadBook, book_of, open_book
from xlaudit.reading.nearmiss import near_misses
from xlaudit.reading.numberstyle import numbers_of
from xlaudit.reading.outside import UNTOLD, parts_of
from xlaudit.reading.remarks import levels_told
from xlaudit.reading.shown import seen
from xlaudit.reading.view import SheetView
from xlaudit.schemas.forms import OWN_SHEETS
from xlaudit.survey import NearMiss, Part, Role, SeenCell, SeenSheet, Survey

_MOST_CELLS = 40_000
"""So many cells of a workbook are taken over as shown; pages beyond that are no longer looked at by anyone."""
_MOST_ROWS = 1_000
MOST_COLUMNS = 120


def survey(
    path: Path, shown: bool = False, mapping: Mapping | None = None, limits: Limits = DEFAULT
) -> Survey:
    """How a workbook was read. ``shown`` takes over the sheets as the office sees them.

    Raises ``UnreadableWorkbook``, ``UserError`` where the mapping does not fit. A workbook without any table
    is surveyed like others.
    """
    opened = open_book(path, limits)
    return survey_of(path, opened, book_of(opened.workbook, mapping), shown, mapping)


def survey_of(
    path: Path, opened: Opened, book: ReadBook, shown: bool, mapping: Mapping | None = None
) -> Survey:
    """The same, out of a workbook that was opened and read."""
    workbook = opened.workbook
    helpers = anchored(workbook) if book.template is not None else {}
    parts: list[Part] = []
    missed: list[NearMiss] = []
    for sheet in workbook.sheets:
        if fate_of(sheet, book, mapping) in ("template", "ignored"):
            continue
        view = SheetView(workbook, sheet)
        tables = [table for table in book.tables if table.sheet == sheet.name]
        scales = [scale for scale in book.scales if scale.sheet == sheet.name]
        skipped = [] if mapping is None else mapping.skipped(sheet.name, sheet.index + 1)
        own = parts_of(view, tables, scales, helpers.get(sheet.name), skipped)
        parts += own
        strange = [p.area for p in own if p.why is UNTOLD or (not book.tables and p.role in (Role.TEXT, Role.FIGURES))]
        missed += near_misses(view, strange, [table.area for table in tables])
    template = None if book.template is None else (book.template.kind, book.template.version)
    return Survey(
        path=str(path),
        template=template,
        tables=book.tables,
        scales=book.scales,
        sheets=tuple(_seen_sheets(opened, book, shown, mapping)),
        parts=tuple(parts),
        missed=tuple(missed),
        numbers={table.id: numbers_of(table) for table in book.tables},
        remarks=book.remarks,
        mapped=mapping is not None,
        levels={table.id: levels_told(table) for table in book.tables},
        rounding={table.id: None if (mode := TableChecks(table).mode) is None else mode.value for table in book.tables},
    )


def _seen_sheets(opened: Opened, book: ReadBook, shown: bool, mapping: Mapping | None) -> Iterator[SeenSheet]:
    left = _MOST_CELLS if shown else 0
    for stored, sheet in zip(opened.stored.sheets, opened.workbook.sheets, strict=True):
        cells: dict[int, dict[int, SeenCell]] = {}
        cut: int | None = None
        for number, row in enumerate(sorted(stored.rows)):
            if shown and (left <= 0 or number >= _MOST_ROWS):
                cut = row
            if left <= 0 or cut is not None:
                break
            cells[row] = seen_row(opened.stored, stored, sheet, row)
            left -= len(cells[row])
        yield SeenSheet(
            name=stored.name,
            position=stored.index + 1,
            visible=stored.visible,
            fate=fate_of(stored, book, mapping),
            cells=cells,
            merges=tuple(small_merges(stored.merges)) if shown else (),
            hidden_rows=tuple(sorted(stored.hidden_rows & stored.rows.keys())),
            hidden_columns=tuple(sorted(stored.hidden_columns)),
            last=last_used(stored),
            cut=cut,
        )


def seen_row(workbook: Workbook, stored: Sheet, read: Sheet, row: int) -> dict[int, SeenCell]:
    """The cells of a row as shown; a formula without a stored value shows what was computed."""
    cells: dict[int, SeenCell] = {}
    for column, cell in stored.rows[row].items():
        if column > MOST_COLUMNS:
            continue
        value = read.at(row, column) if cell.kind is Stored.EMPTY else cell
        style = workbook.styles[cell.style] if 0 <= cell.style < len(workbook.styles) else workbook.styles[0]
        text = "" if value is None else seen(value, style, workbook.date1904)
        number = value is not None and value.kind is Stored.NUMBER
        cells[column] = SeenCell(text, number, style.bold, style.fill, style.indent)
    return cells


def small_merges(merges: tuple[Area, ...]) -> Iterator[Area]:
    """The merges within what is shown, cut at its edge."""
    for area in merges:
        if area.left <= MOST_COLUMNS:
            yield area._replace(right=min(area.right, MOST_COLUMNS))


def last_used(sheet: Sheet) -> tuple[int, int]:
    """The last filled row and column."""
    filled = {row: max(line) for row, line in sheet.rows.items() if line}
    return max(filled, default=0), max(filled.values(), default=0)


def fate_of(sheet: Sheet, book: ReadBook, mapping: Mapping | None) -> str:
    """What became of a sheet, as ``SeenSheet.fate``."""
    name = sheet.name
    if mapping is not None and mapping.ignores(name, sheet.index + 1):
        return "ignored"
    if any(table.sheet == name for table in book.tables):
        return "tables"
    if book.template is not None and name in OWN_SHEETS:
        return "template"
    if any(scale.sheet == name for scale in book.scales):
        return "scale"
    return "unread" if name in book.unread else "nothing"
