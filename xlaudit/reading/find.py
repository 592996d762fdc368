"""Finds the tables of a workbook, sheet by sheet."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from xlaudit.cells import Area
from xlaudit.mapping.model import Mapping
from xlaudit.model import Workbook
from xlaudit.reading.anchored import anchored, trimmed
from xlaudit.reading.headers import Header
from xlaudit.reading.headersearch import find_headers
from xlaudit.reading.lists import find_lists, list_end
from xlaudit.reading.mapped import beside, told_headers
from xlaudit.reading.onetable import read_table
from xlaudit.reading.surroundings import Order, Surroundings
from xlaudit.reading.view import SheetView
from xlaudit.scale import Scale
from xlaudit.schemas.forms import OWN_SHEETS
from xlaudit.schemas.words import fold
from xlaudit.tables import Table

_BLANK_BELOW_TITLE = 2


def find_tables(
    workbook: Workbook, template: bool = False, scales: Sequence[Scale] = (), mapping: Mapping | None = None
) -> list[Table]:
    """All tables of the workbook, sheet by sheet from top to bottom, with ids ``t1``, ``t2``, ...

    In a filled ``template`` its names tell where the tables are, and its own sheets hold none. Tables without any
    heading are looked for in what the others and the ``scales`` leave. What a ``mapping`` says of a table comes
    before what its headings say; ``UserError`` where it does not fit.
    """
    tables: list[Table] = []
    areas = anchored(workbook) if template else {}
    for sheet in workbook.sheets:
        if template and sheet.name in OWN_SHEETS:
            continue
        area = areas.get(sheet.name)
        view = SheetView(workbook, trimmed(sheet, area), area)
        own = _with_headings(view, [] if mapping is None else told_headers(view, mapping))
        if area is None:
            taken = [table.area for table in own] + [s.area for s in scales if s.sheet == sheet.name and s.area]
            own += _without_headings(view, own, taken)
        own.sort(key=lambda table: (table.area.top, table.area.left))
        tables += (replace(table, id=f"t{number}") for number, table in enumerate(own, start=len(tables) + 1))
    return tables


def _with_headings(view: SheetView, told: Sequence[Header]) -> list[Table]:
    headers = sorted([*beside(view, find_headers(view), told), *told], key=lambda header: (header.top, header.left))
    last_row = view.row_numbers[-1] if view.row_numbers else 0
    found: list[Table] = []
    continued: set[int] = set()
    order, around = Order(headers), Surroundings((header.top, (header.left, header.right)) for header in headers)
    for position, header in enumerate(headers):
        if position in continued:
            continue
        limit, repeats = _reach(view, headers, position, order, last_row)
        table = read_table(view, header, limit, [headers[i] for i in sorted(repeats)], around.above(header))
        continued |= repeats  # without a table, too: they have the same heads over rows that were read already
        if table is not None:
            found.append(table)
            around.add(table)
    return found


def _without_headings(view: SheetView, known: Sequence[Table], taken: Sequence[Area]) -> list[Table]:
    lists = sorted(find_lists(view, taken), key=lambda header: (header.top, header.left))
    starts = [(header.top, (header.left, header.right)) for header in lists]
    around = Surroundings([*starts, *((t.area.top, (t.area.left, t.area.right)) for t in known)])
    waiting = deque(known)
    found: list[Table] = []
    for header in lists:
        while waiting and waiting[0].area.top <= header.top:
            around.add(waiting.popleft())
        table = read_table(view, header, list_end(view, header), [], around.above(header))
        if table is not None:
            found.append(table)
    return found


def _reach(
    view: SheetView, headers: Sequence[Header], position: int, order: Order, last_row: int
) -> tuple[int, set[int]]:
    """The last row that can belong to a header's table, and the later headers that only repeat it.

    A later header over the same columns ends the table, unless it says the same without a title of its own.
    """
    own = headers[position]
    repeats: set[int] = set()
    for index in order.below(position, own):
        other = headers[index]
        if other.top <= own.bottom:
            continue
        if _says_the_same(own, other) and not _titled(view, other):
            repeats.add(index)
            continue
        return _above_title(view, own, other), repeats
    return last_row, repeats


def _above_title(view: SheetView, upper: Header, header: Header) -> int:
    """The last row above a header and the lone lines of text above it, after few blank rows: those are its title."""
    left, right = min(upper.left, header.left), max(upper.right, header.right)
    above = row = header.top - 1
    while row > 0 and above - row <= _BLANK_BELOW_TITLE:
        columns = view.filled_between(row, left, right)
        if len(columns) == 1 and view.number(row, columns[0]) is None:
            above = row - 1
        elif columns:
            break
        row -= 1
    return above


def _says_the_same(one: Header, two: Header) -> bool:
    paths = [{c: path for c, path in header.paths.items() if path} for header in (one, two)]
    if paths[0] == paths[1] and paths[0]:  # meanings take longer to find than all the rest
        return True
    roles = [{c: (m.role, m.period) for c, m in header.meanings().items()} for header in (one, two)]
    return roles[0] == roles[1]


def _titled(view: SheetView, header: Header) -> bool:
    """Whether a line of its own stands right above a header: a title, or anything but table rows.

    A lone text right below other rows, not in the first column, is the last row's name and no title.
    """
    for row in range(header.top - 1, max(header.top - 4, 0), -1):
        columns = view.filled_between(row, header.left, header.right)
        if columns:
            goes_on = columns[0] > header.left and bool(view.filled_columns(row - 1))
            return len(columns) == 1 and not goes_on and "lanjutan" not in fold(view.text(row, columns[0]))
    return False
