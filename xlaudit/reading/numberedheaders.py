"""Headers whose words say nothing, but whose row of column numbers declares arithmetic: there is something to check."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.arithmetic import parse
from xlaudit.model import Stored, StoredCell
from xlaudit.reading.datarows import holds_amount
from xlaudit.reading.headerrows import is_ordinal_row
from xlaudit.reading.headers import Header, header_between
from xlaudit.reading.lines import Lines
from xlaudit.reading.numbering import declares
from xlaudit.reading.view import SheetView
from xlaudit.schemas.words import YEAR

_MOST_ROWS = 5
_SHORT = 6


def with_numbered(view: SheetView, known: Sequence[Header]) -> list[Header]:
    """The headers of a sheet with those above rows that number their columns and declare arithmetic.

    One that was known, but broke off above such a row at headings it does not know, is replaced.
    """
    headers = list(known)
    for row in _rows_that_may_number(view):
        if not any(map(_declares, view.sheet.rows[row].values())):
            continue
        columns = view.filled_columns(row)
        beside = [h for h in headers if h.left <= columns[-1] and columns[0] <= h.right]
        if any(h.top <= row <= h.bottom for h in beside) or not is_ordinal_row(view, row, columns):
            continue
        top = _top(view, row)
        broken = [h for h in beside if h.top < row and h.bottom >= top - 1]
        top = min([top, *(h.top for h in broken)])
        found = header_between(view, top, row) if top < row else None
        if found is not None:
            headers = [*(h for h in headers if h not in broken), found]
    return sorted(headers, key=lambda header: (header.top, header.left))


def _rows_that_may_number(view: SheetView) -> list[int]:
    """The rows that may hold nothing but numbers of columns: a first look, for rows of data end it at their name."""
    rows = view.sheet.rows
    if not isinstance(rows, Lines):
        return [row for row in view.row_numbers if not any(_says_more(cell.text) for cell in rows[row].values())]
    left: Sequence[int] = range(len(rows))
    for fields in rows.columns.values():
        texts = fields.texts
        left = [at for at in left if not _says_more(texts[at])]
    return [rows.numbers[at] for at in left]


def _says_more(text: str) -> bool:
    return len(text) >= _SHORT and "=" not in text and text[0] not in "( "


def _declares(cell: StoredCell) -> bool:
    text = " ".join(cell.text.split())
    return cell.kind is Stored.TEXT and declares(text) and parse(text) is not None


def _top(view: SheetView, row: int) -> int:
    """The first of the rows of headings right above; a lone text is a title."""
    top = row
    while row - top < _MOST_ROWS and _is_heading(view, top - 1):
        top -= 1
    return top


def _is_heading(view: SheetView, row: int) -> bool:
    columns = view.filled_columns(row)
    cells = [cell for column in columns if (cell := view.stored(row, column)) is not None]
    if len(columns) < 2 or holds_amount(cells):
        return False
    return all(cell.kind is Stored.TEXT or YEAR.fullmatch(cell.text) for cell in cells)
