"""What makes a drawing a filled template: its properties, and its defined names read off the drawn headings.

A form is known by its title in A1, a column by its number in the row of column numbers, so that a drawing may leave
out a column or a sheet and rename what it likes. The first blank row below is the closing line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlaudit.cells import Area
from xlaudit.model import Sheet
from xlaudit.schemas.forms import PROPERTY, SETTINGS, TEMPLATES, VERSION, VERSION_PROPERTY, Form

_NUMBER = re.compile(r"\((\d+)\)(=.*)?")
Names = dict[str, tuple[str, Area] | None]


def properties(kind: str) -> dict[str, str]:
    """The document properties of a template."""
    assert kind in TEMPLATES, f"no such template: {kind}"
    return {PROPERTY: kind, VERSION_PROPERTY: VERSION}


def names(kind: str, sheets: Sequence[Sheet]) -> Names:
    """The defined names; None for what is not drawn, as a spreadsheet leaves the name of a deleted column."""
    found: Names = {}
    for form in TEMPLATES[kind]:
        sheet = next((sheet for sheet in sheets if _text(sheet, 1, 1) == form.title), None)
        found |= {form.anchor(column.key): None for column in form.columns} if sheet is None else _of(form, sheet)
    labels = {setting.label: setting.name for setting in SETTINGS}
    for sheet in sheets:
        for row in sheet.rows:
            if (name := labels.get(_text(sheet, row, 1))) is not None:
                found[name] = (sheet.name, Area(row, 2, row, 2))
    return found


def _of(form: Form, sheet: Sheet) -> Names:
    numbers = next(row for row in sorted(sheet.rows) if sum(_number(sheet, row, c) > 0 for c in sheet.rows[row]) > 1)
    end = next(row for row in range(numbers, numbers + len(sheet.rows) + 2) if row not in sheet.rows)
    places = {_number(sheet, numbers, column): column for column in sheet.rows[numbers]}
    found: Names = {}
    for number, column in enumerate(form.columns, 1):
        at = places.get(number)
        found[form.anchor(column.key)] = None if at is None else (sheet.name, Area(numbers, at, end, at))
    return found


def _number(sheet: Sheet, row: int, column: int) -> int:
    match = _NUMBER.fullmatch(_text(sheet, row, column))
    return int(match[1]) if match else 0


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.at(row, column)
    return "" if cell is None else cell.text
