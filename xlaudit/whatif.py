"""What an audit would say if some cells held other values: ``xlaudit whatif``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from pathlib import Path
from typing import NamedTuple

from xlaudit.amounts.number_text import State, read_number_text
from xlaudit.audit import audit_book
from xlaudit.cells import Cell, parse_cell
from xlaudit.changes import Shift, WhatIf, separated
from xlaudit.collector import paused
from xlaudit.errors import BadUsage
from xlaudit.findings import Place, plain
from xlaudit.mapping.model import Mapping
from xlaudit.model import Stored, StoredCell, Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.book import DIGITS, book_of, open_book
from xlaudit.reading.changed import Moved, Spot, changed
from xlaudit.settings import DEFAULT, Settings
from xlaudit.tables import Table
from xlaudit.texts import Text

_FORM = Text("“{text}” cannot be tried: write CELL=VALUE, such as D8=175000000 or \"'Realisasi 2024'!D8=-\".")
_NO_SHEET = Text("There is no sheet “{name}”; there are: {names}.")
_WHICH = Text("Cell {cell} is on more than one sheet with tables ({names}); name the sheet: '{first}'!{cell}=VALUE.")
_TWICE = Text("Cell {cell} is named twice.")
_COVERED = Text("Cell {cell} is covered by a merge; what the merge holds stands in {first}.")
_DOUBTFUL = Text("“{text}” can be read as {one} or {other}; write it without thousands signs, such as {plain}.")

_CHANGE = pattern(r"\s*(?:(?:'((?:[^']|'')+)'|([^'!=][^!=]*))!)?(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})\s*=(.*)", re.DOTALL)


class Wanted(NamedTuple):
    """One change as the user wrote it; ``sheet`` is None where none was named, ``value`` empty to clear the cell."""

    sheet: str | None
    cell: Cell
    value: Decimal | str
    percent: bool = False
    """Whether the value was written with a percent sign."""


def parse_change(text: str) -> Wanted:
    """``D8=175000000`` or ``'Sheet one'!D8=Baik``. Raises ``BadUsage``.

    Figures may be written as people do (``Rp 175.000.000,-``, ``92,5``) where they can be read in one way only.
    """
    match = _CHANGE.fullmatch(text)
    if match is None:
        raise BadUsage("bad_change", _FORM.fill(text=text))
    try:
        cell = parse_cell(match[3])
    except ValueError as error:
        raise BadUsage("bad_change", _FORM.fill(text=text)) from error
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    typed = match[4].strip()
    reading = read_number_text(typed)
    if reading.state is State.AMBIGUOUS:
        one, other = (plain(candidate.value) for candidate in reading.readings[:2])
        example = max(one, other, key=len) if "." not in one + other else min(one, other, key=lambda n: "." in n)
        raise BadUsage("bad_change", _DOUBTFUL.fill(text=typed, one=one, other=other, plain=example))
    if reading.value is not None and not reading.prefix and not reading.suffix:
        return Wanted(sheet, cell, reading.value, reading.percent)
    return Wanted(sheet, cell, typed)


def what_if(
    path: Path, changes: Sequence[Wanted], settings: Settings = DEFAULT, mapping: Mapping | None = None
) -> WhatIf:
    """Audits a workbook as it is and as it would be. Formulas that hang on the changes are computed again.

    Raises ``UserError``: what an audit of the file would raise, ``BadUsage`` where a change names no cell of it.
    """
    with paused(), localcontext() as context:
        context.prec = DIGITS
        workbook = open_book(path, settings.limits).workbook
        read = book_of(workbook, mapping)
        before = audit_book(str(path), read, settings, mapping)
        values = _placed(changes, workbook, read.tables)
        new = changed(workbook, values, settings.limits.steps)
        after = audit_book(str(path), book_of(new.workbook, mapping), settings, mapping)
    typed, recomputed = (tuple(_shift(one, workbook) for one in many) for many in (new.typed, new.recomputed))
    return separated(before, after, typed, recomputed, new.uncertain)


def _shift(moved: Moved, workbook: Workbook) -> Shift:
    (sheet, cell), before, after = moved
    return Shift(Place(sheet, cell.a1), _shown(before, workbook), _shown(after, workbook))


def _shown(cell: StoredCell | None, workbook: Workbook) -> str | None:
    if cell is None or cell.kind is Stored.EMPTY:
        return None
    if cell.number is None:
        return cell.text
    return f"{plain(cell.number * 100)}%" if workbook.styles[cell.style].percent else plain(cell.number)


def _placed(changes: Sequence[Wanted], workbook: Workbook, tables: Sequence[Table]) -> dict[Spot, Decimal | str]:
    """Each change at its sheet and cell. Raises ``BadUsage``."""
    values: dict[Spot, Decimal | str] = {}
    for change in changes:
        name = _sheet(change, workbook, tables)
        sheet = next(sheet for sheet in workbook.sheets if sheet.name == name)
        over = next((area for area in sheet.merges if area.holds(*change.cell) and area.first != change.cell), None)
        if over is not None:
            raise BadUsage("bad_change", _COVERED.fill(cell=change.cell.a1, first=over.first.a1))
        if (name, change.cell) in values:
            raise BadUsage("bad_change", _TWICE.fill(cell=change.cell.a1))
        values[name, change.cell] = _stored(change, workbook, sheet.at(*change.cell))
    return values


def _sheet(change: Wanted, workbook: Workbook, tables: Iterable[Table]) -> str:
    names = [sheet.name for sheet in workbook.sheets]
    if change.sheet is not None:
        found = next((name for name in names if name.casefold() == change.sheet.strip().casefold()), None)
        if found is None:
            raise BadUsage("bad_change", _NO_SHEET.fill(name=change.sheet, names=", ".join(names)))
        return found
    holding = list(dict.fromkeys(table.sheet for table in tables if table.area.holds(*change.cell)))
    with_tables = holding or list(dict.fromkeys(table.sheet for table in tables)) or names
    if len(with_tables) > 1:
        listed = ", ".join(with_tables)
        raise BadUsage("bad_change", _WHICH.fill(cell=change.cell.a1, names=listed, first=with_tables[0]))
    return with_tables[0]


def _stored(change: Wanted, workbook: Workbook, was: StoredCell | None) -> Decimal | str:
    """What a spreadsheet stores when this is typed: in a cell that shows percentages, 92,5 is stored as 0,925."""
    if isinstance(change.value, str):
        return change.value
    shows_percent = was is not None and workbook.styles[was.style].percent
    return change.value / 100 if shows_percent or (change.percent and was is None) else change.value
