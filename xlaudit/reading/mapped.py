"""What a mapping says of a workbook, brought to the cells: headers whose columns are told, areas left aside.

A mapping that does not fit is refused; what it says is never half taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xlaudit.cells import MAX_ROWS, Area, letters
from xlaudit.errors import UserError
from xlaudit.mapping.model import BLANK, IGNORE, MappedColumn, MappedTable, Mapping
from xlaudit.model import Sheet, Workbook
from xlaudit.reading.headers import Header, header_over
from xlaudit.reading.levels import Levels, assign_as
from xlaudit.reading.rawcolumns import RawRows
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import MEASURES, Meaning, meaning
from xlaudit.schemas.kinds import KINDS, Kind
from xlaudit.schemas.words import YEAR, fold
from xlaudit.tables import Aside, Measure, Table
from xlaudit.texts import NOTHING, Text

UNUSED = Text("the mapping does not use this column")
SKIPPED = Text("left aside as the mapping says")
_NO_SUCH_ROW = Text(
    "The mapping: row {row} in [table.rows] is no data row of the table on sheet {sheet} (rows {rows}). Correct it."
)
_NO_LEVELS = Text(
    "The mapping: the levels of the table on sheet {sheet} from row {row} on cannot be told by “{way}”. Choose "
    "another way for levels, or write them one by one in [table.rows].",
)
_NO_SHEET = Text(
    "The mapping {path} does not fit this workbook: there is no sheet {wanted}. Its sheets: {sheets}. Correct sheet "
    "in the mapping, for instance with * for the part of the name that changes.",
)
_MISSING_SHEET = Text("The sheet {wanted} that the mapping names is not in this workbook.")
_EMPTY = Text(
    "The mapping's table on sheet {sheet} from row {row} on was not read: no figure stands in its columns of "
    "figures.",
)
_OUTSIDE = Text(
    "The mapping {path}: sheet {sheet} is used up to {last} only, so {what} is outside. Correct the mapping, or use "
    "last = \"auto\" where the number of rows changes.",
)
_COLUMN = Text("column {letter}")
_ROW = Text("row {row}")
_OTHER_HEADING = Text(
    "The mapping {path}: on sheet {sheet} column {letter} should be headed “{wanted}” but is now headed "
    "“{found}”{where}. The table was not read, lest it be misread; correct rows or columns in the mapping.",
)
_STANDS_AT = Text(" (that heading now stands at {cells})")
_OVERLAP = Text(
    "The mapping {path}: two tables on sheet {sheet} take the same cells ({area}). Correct their rows or columns."
)


def reduced(workbook: Workbook, mapping: Mapping) -> Workbook:
    """The workbook without the sheets and areas that the mapping leaves aside."""
    sheets = (sheet for sheet in workbook.sheets if not mapping.ignores(sheet.name, sheet.index + 1))
    return replace(
        workbook, sheets=tuple(_without(sheet, mapping.skipped(sheet.name, sheet.index + 1)) for sheet in sheets)
    )


def _without(sheet: Sheet, areas: Sequence[Area]) -> Sheet:
    """The sheet without the cells of these areas."""
    if not areas:
        return sheet
    rows = dict(sheet.rows)
    for area in areas:
        for row in [number for number in rows if area.top <= number <= area.bottom]:
            rows[row] = {c: cell for c, cell in rows[row].items() if not area.left <= c <= area.right}
    return replace(sheet, rows={number: line for number, line in rows.items() if line})


def without(view: SheetView, header: Header, areas: Sequence[Area]) -> SheetView:
    """The sheet as a told table sees it: what it skips is blank, and a skipped row ends no table."""
    if not areas:
        return view
    below = min(max(area.bottom for area in areas) + 1, MAX_ROWS)
    table = Area(header.top, header.left, below, header.right)
    return SheetView(view.workbook, _without(view.sheet, areas), view.table or table)


def told_headers(view: SheetView, mapping: Mapping) -> list[Header]:
    """The headers of the tables that the mapping says to stand on a sheet, from top to bottom.

    Raises ``UserError`` where it does not fit: ``map_outside``, ``map_mismatch``, ``map_overlap``.
    """
    tables = mapping.on(view.sheet.name, view.sheet.index + 1)
    headers = [_told_header(view, mapping, table) for table in tables]
    for position, one in enumerate(headers):
        for two in headers[position + 1 :]:
            if _surely(view, one).meets(_surely(view, two)):
                facts = {"path": mapping.path, "sheet": view.sheet.name, "area": _surely(view, two).a1}
                raise UserError("map_overlap", _OVERLAP.fill(**facts))
    return headers


def _surely(view: SheetView, header: Header) -> Area:
    """The cells that are the table's whatever reading thinks: to the last row where the mapping tells it."""
    last = last_row(view, header, header.bottom + 1)
    return Area(header.top, header.left, max(last, header.bottom + 1), header.right)


def beside(view: SheetView, headers: Iterable[Header], told: Sequence[Header]) -> list[Header]:
    """The recognised headers that stand nowhere in the told ones' tables."""
    areas = [_surely(view, header) for header in told]
    return [h for h in headers if not any(Area(h.top, h.left, h.bottom, h.right).meets(area) for area in areas)]


def _told_header(view: SheetView, mapping: Mapping, table: MappedTable) -> Header:
    _check_inside(view, mapping, table)
    top, bottom = table.header or (table.first, table.first - 1)
    columns = [column.column for column in table.columns]
    header = header_over(view, top, bottom, columns)
    _check_headings(view, mapping, table, header)
    header.told = {c.column: _meaning(c, header.paths[c.column]) for c in table.columns if c.role != IGNORE}
    header.mapped = table
    return header


def _check_inside(view: SheetView, mapping: Mapping, table: MappedTable) -> None:
    rows = [number for number, line in view.sheet.rows.items() if line]
    last_row = max(rows, default=1)
    last_column = max((max(view.sheet.rows[row]) for row in rows), default=1)
    named = [table.first, *(table.header or ()), *([table.last] if isinstance(table.last, int) else [])]
    what = None
    if table.right > last_column:
        what = _COLUMN.fill(letter=letters(table.right))
    elif max(named) > last_row:
        what = _ROW.fill(row=max(named))
    if what is not None:
        last = f"{letters(last_column)}{last_row}"
        raise UserError(
            "map_outside", _OUTSIDE.fill(path=mapping.path, sheet=view.sheet.name, last=last, what=what)
        )


def _check_headings(view: SheetView, mapping: Mapping, table: MappedTable, header: Header) -> None:
    for column in table.columns:
        if column.heading is None:
            continue
        found = header.heading(column.column)
        if _plain(found) != _plain(column.heading):
            facts = {
                "path": mapping.path,
                "sheet": view.sheet.name,
                "letter": letters(column.column),
                "wanted": column.heading,
                "found": found,
                "where": _where(view, column.heading),
            }
            raise UserError("map_mismatch", _OTHER_HEADING.fill(**facts))


def _plain(heading: str) -> str:
    """A heading as it is compared: without signs, and whatever the year."""
    return " ".join(re.findall(r"[a-z0-9%]+", YEAR.sub("20xx", fold(heading))))


def _where(view: SheetView, heading: str) -> Text:
    """Where the lowest text of a heading stands now."""
    wanted = _plain(heading.rpartition(" · ")[2])
    cells = list(_places(view, wanted)) if wanted else []
    return _STANDS_AT.fill(cells=", ".join(cells[:3])) if cells else NOTHING


def _places(view: SheetView, wanted: str) -> Iterator[str]:
    for row in view.row_numbers[:200]:
        for column in view.filled_columns(row):
            if _plain(view.text(row, column)) == wanted:
                yield f"{letters(column)}{row}"


def _meaning(column: MappedColumn, path: tuple[str, ...]) -> Meaning:
    """What the mapping says of a column; period and unit by its heading where it says nothing of them."""
    heading = meaning(path) if path else None
    period = column.period if column.period is not None else "" if heading is None else heading.period
    measure = column.measure or MEASURES.get(column.role, Measure.TEXT)
    told = Meaning(column.role, period, measure)
    unit = column.unit if column.unit is not None else told.unit if heading is None else heading.unit
    return replace(told, unit=unit)


def own_skips(header: Header) -> list[Area]:
    """The areas that a told table leaves aside, rows between its header and its first row among them."""
    table = header.mapped
    if table is None:
        return []
    between = range(header.bottom + 1, table.first)
    return [*table.skip, *([Area(between[0], header.left, between[-1], header.right)] if between else [])]


def last_row(view: SheetView, header: Header, limit: int) -> int:
    """The last row that a table can have: as the mapping says, else ``limit``."""
    table = header.mapped
    if table is None:
        return limit
    if isinstance(table.last, int):
        return table.last
    if table.last == BLANK:
        row = table.first
        while any(header.left <= column <= header.right for column in view.filled_columns(row + 1)):
            row += 1
        return row
    return limit


def told_kind(header: Header) -> Kind | None:
    """The kind of table that a mapping says; None where the columns tell it."""
    return None if header.mapped is None or not header.mapped.kind else KINDS[header.mapped.kind]


def told_levels(view: SheetView, table: MappedTable, raw: RawRows, rows: Sequence[int]) -> Levels:
    """The levels as the mapping says. Raises ``UserError`` (``map_levels``, ``map_rows``) where they cannot be told."""
    told = table.told_rows()
    strange = sorted(told.keys() - set(rows))
    if strange:
        facts = {"sheet": view.sheet.name, "row": strange[0], "rows": f"{rows[0]}–{rows[-1]}"}
        raise UserError("map_rows", _NO_SUCH_ROW.fill(**facts))
    levels = assign_as(raw, table.levels, {i: told[row] for i, row in enumerate(rows) if row in told})
    if levels is None:
        raise UserError("map_levels", _NO_LEVELS.fill(sheet=view.sheet.name, row=table.first, way=table.levels))
    return levels


def skipped_parts(view: SheetView, header: Header, areas: Iterable[Area]) -> Iterator[Aside]:
    """What a told table leaves aside within its columns, where anything stands there."""
    for area in areas:
        own = Area(area.top, max(area.left, header.left), area.bottom, min(area.right, header.right))
        rows = [row for row in view.row_numbers if own.top <= row <= own.bottom]
        if any(view.stored(row, c) is not None for row in rows for c in range(own.left, own.right + 1)):
            yield Aside(own, SKIPPED)


def remarks_on_mapping(workbook: Workbook, mapping: Mapping, tables: Sequence[Table]) -> list[Text]:
    """What of the mapping came to nothing. Raises ``UserError`` (``map_no_sheet``) where all of it did."""
    remarks: list[Text] = []
    missing: list[str] = []
    for table in mapping.tables:
        sheets = [s for s in workbook.sheets if table in mapping.on(s.name, s.index + 1)]
        if not sheets:
            missing.append(f"“{table.sheet}”" if isinstance(table.sheet, str) else str(table.sheet))
        for sheet in sheets:
            top = table.header[0] if table.header is not None else table.first
            if not any(t.mapped and t.sheet == sheet.name and t.area.top == top for t in tables):
                remarks.append(_EMPTY.fill(sheet=sheet.name, row=table.first))
    if missing and len(missing) == len(mapping.tables):
        names = ", ".join(sheet.name for sheet in workbook.sheets)
        wanted = ", ".join(dict.fromkeys(missing))
        raise UserError("map_no_sheet", _NO_SHEET.fill(path=mapping.path, wanted=wanted, sheets=names))
    return [*(_MISSING_SHEET.fill(wanted=name) for name in dict.fromkeys(missing)), *remarks]
