"""Looks for header blocks over a whole sheet, where tables may stand one below the other and side by side."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.model import Stored
from xlaudit.reading.headerrows import may_start
from xlaudit.reading.headers import Header, headers_at
from xlaudit.reading.numberedheaders import with_numbered
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES, meaning
from xlaudit.schemas.words import header_like

Span = tuple[int, int]
"""First and last column."""

_ROWS_AROUND = 16
"""So many rows below a header's first are looked at to tell which of its columns are used."""


def find_headers(view: SheetView) -> list[Header]:
    """All header blocks of a sheet, from top to bottom, those side by side from left to right."""
    headers: list[Header] = []
    for row in view.row_numbers:
        taken = [header for header in headers[-_ROWS_AROUND:] if header.bottom >= row]
        if not taken and _is_unbroken(view, row):
            if may_start(view, row):
                headers += headers_at(view, row, _last_above(headers, row, None))
            continue
        spans = _spans_to_search(view, row, [(header.left, header.right) for header in taken])
        for left, right in spans:
            part = view.part(row - 1, row + _ROWS_AROUND, left, right)
            headers += headers_at(part, row, _last_above(headers, row, (left, right)))
    return with_numbered(view, headers)


def _last_above(headers: Sequence[Header], row: int, span: Span | None) -> int:
    """The last row of the headers above a row, over the same columns."""
    left, right = span or (0, 1 << 20)
    above = (h.bottom for h in headers[-_ROWS_AROUND:] if h.left <= right and left <= h.right and h.bottom < row)
    return max(above, default=0)


def _is_unbroken(view: SheetView, row: int) -> bool:
    """Whether no empty column stands between the cells of a row."""
    line = view.sheet.rows[row]
    return bool(line) and len(line) == max(line) - min(line) + 1


def _spans_to_search(view: SheetView, row: int, taken: Sequence[Span]) -> list[Span]:
    """The runs of columns around a row in which a header may begin, those that belong together joined.

    Runs that make a table each are searched each; one that only goes on with headings belongs to the run beside it,
    as across a narrow empty column; what is neither (a note, another table's figures) stays out.
    """
    own = [columns for columns in runs(view.filled_columns(row)) if not _overlaps(columns, taken)]
    whole = [column for columns in own for column in columns]
    if not may_start(view, row, whole) and not any(may_start(view, row, columns) for columns in own):
        return []
    spans = [span for span in _columns_around(view, row) if not _overlaps(span, taken)]
    if len(spans) == 1:
        return [span for span in spans if may_start(view, row, range(span[0], span[1] + 1))]
    alone = [index for index, span in enumerate(spans) if _is_header(view, row, span)]
    if not alone:
        known = [index for index, span in enumerate(spans) if _goes_on(view, row, span)]
        if not known:
            return []
        joined = (spans[known[0]][0], spans[known[-1]][1])
        return [joined] if may_start(view, row, range(joined[0], joined[1] + 1)) else []
    found = [list(spans[index]) for index in alone]
    for index, span in enumerate(spans):
        if index in alone or not _goes_on(view, row, span):
            continue
        beside = max((i for i, home in enumerate(alone) if home < index), default=0)
        if not _labels(view, row, span) & _labels(view, row, spans[alone[beside]]):
            found[beside] = [min(found[beside][0], span[0]), max(found[beside][1], span[1])]
    return [(left, right) for left, right in found]


def _overlaps(columns: Sequence[int], taken: Sequence[Span]) -> bool:
    return any(columns[0] <= right and left <= columns[-1] for left, right in taken)


def runs(columns: Sequence[int]) -> list[list[int]]:
    """Neighbouring columns together."""
    found: list[list[int]] = []
    for column in columns:
        if found and column == found[-1][-1] + 1:
            found[-1].append(column)
        else:
            found.append([column])
    return found


def _columns_around(view: SheetView, row: int) -> list[Span]:
    """The runs of columns used in a row or in those right below it; merged cells use all of theirs."""
    used: set[int] = set()
    for near in range(row, row + _ROWS_AROUND):
        filled = view.filled_columns(near)
        if not filled:
            break
        for column in filled:
            area = view.anchor.get((near, column))
            used.update((column,) if area is None else range(area.left, area.right + 1))
    return [(run[0], run[-1]) for run in runs(sorted(used))]


def _is_header(view: SheetView, row: int, span: Span) -> bool:
    """Whether these columns make a table's header without the others."""
    if not may_start(view, row, range(span[0], span[1] + 1)):
        return False
    return bool(headers_at(view.part(row - 1, row + _ROWS_AROUND, *span), row, 0))


def _goes_on(view: SheetView, row: int, span: Span) -> bool:
    """Whether these columns hold headings, and one with a meaning among them."""
    cells = [cell for c in range(span[0], span[1] + 1) if (cell := view.stored(row, c)) is not None]
    return all(cell.kind is Stored.TEXT and header_like(cell.text) for cell in cells) and any(
        meaning((cell.text,)) is not None for cell in cells
    )


def _labels(view: SheetView, row: int, span: Span) -> set[str]:
    """What these columns would name rows by: two runs that name them by the same are two tables."""
    meanings = (meaning((view.text(row, column),)) for column in range(span[0], span[1] + 1))
    return {what.role for what in meanings if what is not None and what.role in {*LABEL_ROLES, "no"}}
