"""Why figures were not read as a table: the rows that came nearest to being its header, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.cells import Area, Cell
from xlaudit.model import Stored
from xlaudit.reading.headersearch import find_headers
from xlaudit.reading.outside import is_figure
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES, MEASURES, meaning
from xlaudit.schemas.words import YEAR, header_like
from xlaudit.survey import Heard, NearMiss
from xlaudit.texts import Text

_ABOVE = 6
"""A header may stand so many rows above the figures."""
_ROWS = 400
_MOST = 3
_MOST_AREAS = 20
_LONGEST = 80

_NO_LABEL = Text("no heading names the rows (such as Uraian, Program/Kegiatan, Sasaran, Indikator)")
_NO_FIGURES = Text("no heading names figures (such as Pagu, Realisasi, Target, Capaian, %)")
_NOTHING_BELOW = Text("its headings are known, but no figure could be read below them")
_NO_WORD = Text("none of its texts is known as a column heading")
_TOO_MIXED = Text("too few known words among other texts for a row of column headings")


def near_misses(view: SheetView, areas: Sequence[Area], tables: Sequence[Area]) -> list[NearMiss]:
    """The rows in and above some areas of a sheet that were most like a header; of each area the nearest first.

    Where no word is known, the first row of texts. ``tables`` are the areas that were read as tables. Only the first
    areas of many are looked at.
    """
    if not areas:
        return []
    misses: dict[NearMiss, None] = {}
    for area in areas[:_MOST_AREAS]:
        near = view.part(area.top - _ABOVE, min(area.bottom, area.top + _ROWS), area.left - 1, area.right + 1)
        headers = {row for header in find_headers(near) for row in range(header.top, header.bottom + 1)}
        misses |= dict.fromkeys(_misses(near, area, tables, headers))
    return list(misses)


def _misses(view: SheetView, area: Area, tables: Sequence[Area], headers: set[int]) -> list[NearMiss]:
    found: list[tuple[int, NearMiss]] = []
    unknown: NearMiss | None = None
    for row in view.row_numbers:
        if any(table.top <= row <= table.bottom for table in tables):
            continue
        heard = _heard(view, row, area)
        roles = {one.role for one in heard if one.role}
        if len(heard) < 2:
            continue
        if not roles:
            unknown = unknown or NearMiss(view.sheet.name, row, tuple(heard), _NO_WORD)
            continue
        lacks = _NOTHING_BELOW if row in headers else _lacks(roles)
        found.append((len(roles), NearMiss(view.sheet.name, row, tuple(heard), lacks)))
    if not found and unknown is not None:
        return [unknown]
    found.sort(key=lambda pair: (-pair[0], pair[1].row))
    return [miss for _, miss in found[:_MOST]]


def _heard(view: SheetView, row: int, area: Area) -> list[Heard]:
    heard: list[Heard] = []
    for column in view.filled_columns(row):
        cell = view.stored(row, column)
        if cell is None or not area.left - 1 <= column <= area.right + 1:
            continue
        text = view.text(row, column)
        if is_figure(view, row, column) and not YEAR.fullmatch(text):
            return []  # a row with figures is no header
        if cell.kind is not Stored.TEXT:
            continue
        if len(text) <= _LONGEST and any(c.isalpha() or c == "%" for c in text):
            what = meaning((text,)) if header_like(text) or YEAR.fullmatch(text) else None
            heard.append(Heard(Cell(row, column).a1, text, "" if what is None else what.role))
    return heard


def _lacks(roles: set[str]) -> Text:
    if not roles & set(LABEL_ROLES):
        return _NO_LABEL
    return _NO_FIGURES if not roles & set(MEASURES) else _TOO_MIXED
