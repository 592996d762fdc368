"""Looks for header blocks over a whole sheet, where tables may stand one below the other and side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import filterfalse

from xlaudit.model import StoredCell
from xlaudit.reading.datarows import broken_rows
from xlaudit.reading.headerrows import may_start, total_like
from xlaudit.reading.headers import Header, header_at
from xlaudit.reading.numberedheaders import with_numbered
from xlaudit.reading.spans import Span
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES, meaning
from xlaudit.schemas.words import YEAR, header_like
from xlaudit.tables import Measure

_ROWS_AROUND = 16
"""So many rows below a header's first are looked at to tell which of its columns are used."""


def find_headers(view: SheetView) -> list[Header]:
    """All header blocks of a sheet, from top to bottom, those side by side from left to right."""
    headers: list[Header] = []
    taken: list[Header] = []
    bottoms: dict[int, int] = {}
    """By column the last row of the headers so far."""
    data = view.with_amount - broken_rows(view.sheet.rows)
    """Rows that are passed over, save those beside a header."""
    for row in filterfalse(data.__contains__, view.row_numbers):
        taken = [header for header in taken if header.bottom >= row]
        if not taken and _is_unbroken(view.sheet.rows[row]):
            beyond = max((header.bottom for header in headers[-_ROWS_AROUND:]), default=0)
            found = [header_at(view, row, beyond)] if may_start(view, row) else []
        else:
            found = [
                header_at(view.part(row - 1, row + _ROWS_AROUND, *span), row, _last_above(bottoms, span))
                for span in _spans_to_search(view, row, [(header.left, header.right) for header in taken])
            ]
        for header in found:
            if header is not None:
                headers.append(header)
                taken.append(header)
                bottoms |= dict.fromkeys(range(header.left, header.right + 1), header.bottom)
                data.difference_update(range(row + 1, header.bottom + 1))
    return with_numbered(view, headers)


def _last_above(bottoms: Mapping[int, int], span: Span) -> int:
    """The last row of the headers above some columns."""
    return max((bottoms.get(column, 0) for column in range(span[0], span[1] + 1)), default=0)


def _is_unbroken(line: Mapping[int, StoredCell]) -> bool:
    """Whether no empty column stands between the cells of a row."""
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
        whole_span = (spans[known[0]][0], spans[known[-1]][1])
        return [whole_span] if may_start(view, row, range(whole_span[0], whole_span[1] + 1)) else []
    found = [spans[index] for index in alone]
    homes = set(alone)
    for index, span in enumerate(spans):
        beside = max(bisect_left(alone, index) - 1, 0)
        if index in homes or not (_goes_on(view, row, span) or _speaks_of_rows(view, row, span)):
            continue
        home = spans[alone[beside]]
        if not _is_another(view, row, span) and not _labels(view, row, span) & _labels(view, row, home):
            found[beside] = (min(found[beside][0], span[0]), max(found[beside][1], span[1]))
    joined: list[Span] = []
    for left, right in found:
        if joined and _are_one(view, row, joined[-1], (left, right)):
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


def _are_one(view: SheetView, row: int, left: Span, right: Span) -> bool:
    """Whether two runs that could be tables by themselves are one, with a narrow empty column in it.

    One column parts them, they name their rows by different things, and their rows end together; no row is the total
    of one and an item of the other.
    """
    if right[0] - left[1] != 2 or _labels(view, row, left) & _labels(view, row, right):
        return False
    last = _last_row(view, row, left)
    if last != _last_row(view, row, right):
        return False
    totals = ({_is_total(view, under, left), _is_total(view, under, right)} for under in range(row + 1, last + 1))
    return not any(told == {True, False} for told in totals)


def _is_total(view: SheetView, row: int, span: Span) -> bool | None:
    """Whether the first name in these columns is that of a total; None where there is none."""
    texts = (view.text(row, column) for column in range(span[0], span[1] + 1))
    name = next((text for text in texts if text and not text[:1].isdigit()), "")
    return total_like(name) if name else None


def _is_another(view: SheetView, row: int, span: Span) -> bool:
    """Whether a run is a table that we do not know: it measures something, and numbers or names rows of its own."""
    meanings = [meaning((text,)) for column in range(span[0], span[1] + 1) if (text := view.text(row, column))]
    figures = any(what is not None and what.measure is not Measure.TEXT for what in meanings)
    return figures and len(meanings) > 1 and (meanings[0] is None or meanings[0].role == "no")


def _last_row(view: SheetView, row: int, span: Span) -> int:
    """The last row before a blank one in these columns; merged cells reach down to their end."""
    last = row
    while True:
        columns = range(span[0], span[1] + 1)
        areas = [area for column in columns if (area := view.anchor.get((last, column))) is not None]
        last = max([last, *(area.bottom for area in areas)])
        if not any(view.stored(last + 1, column) is not None for column in columns):
            return last
        last += 1


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
    """Whether these columns make a table's header without the others: they name rows and measure something."""
    if not may_start(view, row, range(span[0], span[1] + 1)):
        return False
    header = header_at(view.part(row - 1, row + _ROWS_AROUND, *span), row, 0)
    return header is not None and any(what.role in LABEL_ROLES for what in header.meanings().values())


def _goes_on(view: SheetView, row: int, span: Span) -> bool:
    """Whether these columns hold headings: no figure but a year, and one text of header words with a meaning.

    Under a group heading (*Tahun 2023*) the meaning may stand in the row below.
    """
    columns = range(span[0], span[1] + 1)
    texts = [text for column in columns if (text := view.text(row, column))]
    headings = [text for text in texts if header_like(text) or YEAR.fullmatch(text)]
    if not texts or any(text[:1].isdigit() for text in texts if text not in headings):
        return False
    if any(meaning((text,)) is not None for text in headings):
        return True
    below = [text for column in columns if header_like(text := view.text(row + 1, column))]
    return bool(headings) and any(meaning((text,)) is not None for text in below)


def _speaks_of_rows(view: SheetView, row: int, span: Span) -> bool:
    """Whether a lone column stands under a long heading with a meaning."""
    texts = [text for column in range(span[0], span[1] + 1) if (text := view.text(row, column))]
    return len(texts) == 1 and meaning((texts[0],)) is not None and not texts[0][:1].isdigit()


def _labels(view: SheetView, row: int, span: Span) -> set[str]:
    """What these columns would name rows by: two runs that name them by the same are two tables."""
    meanings = (meaning((view.text(row, column),)) for column in range(span[0], span[1] + 1))
    return {what.role for what in meanings if what is not None and what.role in {*LABEL_ROLES, "no"}}
