"""Rows of sub-headings in words that we do not know: sources of funds, units, regions under *Pagu* and *Realisasi*."""

from __future__ import annotations

from xlaudit.amounts import State, read_number_text
from xlaudit.model import Stored
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import meaning
from xlaudit.schemas.contents import KATEGORI_WORDS
from xlaudit.schemas.words import fold
from xlaudit.tables import Measure

_LONGEST = 40
_ROWS_BELOW = 3
"""Within so many rows below sub-headings figures begin; a row of column numbers may stand between."""


def parts_groups(view: SheetView, row: int) -> bool:
    """Whether a row does nothing but part the headings above it, each of which reaches over several columns.

    The heading may be merged, written in each of its columns, or in the first only. Cells outside of such groups
    repeat the heading above them.
    """
    groups: dict[tuple[int, str], list[str]] = {}
    columns = view.filled_columns(row)
    for column in columns:
        text, above = view.text(row, column), view.text(row - 1, column)
        if text == above:
            continue
        group = _group_of(view, row - 1, column)
        if group is None or not _may_head(view, row, column):
            return False
        groups.setdefault(group, []).append(fold(text))
    if not groups or any(len(texts) < 2 or len(set(texts)) < len(texts) for texts in groups.values()):
        return False
    measured = any(_measures(heading) for _, heading in groups)
    inside = [column for column in columns if view.text(row, column) != view.text(row - 1, column)]
    below = range(row + 1, row + 1 + _ROWS_BELOW)
    return measured and any(view.number(under, column) is not None for under in below for column in inside)


def _group_of(view: SheetView, row: int, column: int) -> tuple[int, str] | None:
    """The first column and the text of the heading that reaches over a column; None where none does."""
    left = column
    while left > 1 and not view.text(row, left) and view.merged_into(row, left) is None:
        left -= 1
    text = view.text(row, left)
    if not text:
        return None
    while left > 1 and view.text(row, left - 1) == text:
        left -= 1
    return left, text


def _may_head(view: SheetView, row: int, column: int) -> bool:
    """Whether a cell holds a short text that is no figure, no nil and no kategori."""
    cell = view.stored(row, column)
    if cell is None or cell.kind is not Stored.TEXT:
        return False
    text = cell.text.strip()
    if len(text) > _LONGEST or text[:1].isdigit() or fold(text) in KATEGORI_WORDS:
        return False
    return read_number_text(text).state is State.TEXT


def _measures(heading: str) -> bool:
    told = meaning((heading,))
    return told is not None and told.measure is not Measure.TEXT
