"""Headers whose words say nothing, but whose row of column numbers declares arithmetic: there is something to check."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.arithmetic import parse
from xlaudit.model import Stored
from xlaudit.reading.headerrows import holds_amount, is_ordinal_row
from xlaudit.reading.headers import Header, headers_between
from xlaudit.reading.numbering import declares
from xlaudit.reading.view import SheetView
from xlaudit.schemas.words import YEAR

_MOST_ROWS = 5


def numbered_headers(view: SheetView, known: Sequence[Header]) -> list[Header]:
    """The headers above rows that number their columns and declare arithmetic, where none is known yet."""
    found: list[Header] = []
    for row in view.row_numbers:
        columns = view.filled_columns(row)
        if len(columns) < 2 or not any(_declares(view.text(row, column)) for column in columns):
            continue
        if any(h.top <= row <= h.bottom and h.left <= columns[-1] and columns[0] <= h.right for h in known):
            continue
        if is_ordinal_row(view, row, columns):
            top = _top(view, row)
            found += headers_between(view, top, row) if top < row else []
    return found


def _declares(text: str) -> bool:
    return declares(text) and parse(text) is not None


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
