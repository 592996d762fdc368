"""Where the tables of a published template stand: its defined names say so, however they were moved.

Only a workbook that carries the template's document property is read this way; all others are searched as ever.
"""

from __future__ import annotations

from dataclasses import replace

from xlaudit.cells import Area
from xlaudit.model import Sheet, Workbook
from xlaudit.schemas.forms import CHECK_SHEET, FORMS, GUIDE_SHEET, IDENTITY_SHEET, PROPERTY

_NO_TABLES = frozenset({GUIDE_SHEET, IDENTITY_SHEET, CHECK_SHEET})
"""Sheets of the template that show an example, settings and counts, not the agency's figures."""


def is_template(workbook: Workbook) -> bool:
    """Whether a workbook says that it was made from the published template."""
    return PROPERTY in workbook.properties


def without_tables(workbook: Workbook) -> frozenset[str]:
    """The sheets on which no tables are to be looked for."""
    return _NO_TABLES if is_template(workbook) else frozenset()


def anchored(workbook: Workbook) -> dict[str, Area]:
    """By sheet, the area of the template's table on it, from its first heading to its last row."""
    if not is_template(workbook):
        return {}
    names = {name.casefold(): place for name, place in workbook.names.items()}
    places = [names.get(form.anchor("tabel").casefold()) for form in FORMS]
    return {place[0]: place[1] for place in places if place is not None}


def trimmed(sheet: Sheet, area: Area | None) -> Sheet:
    """The sheet without what stands beside its table: the helper columns, which are no part of the report."""
    if area is None:
        return sheet
    rows = {
        number: {column: cell for column, cell in line.items() if area.left <= column <= area.right}
        if area.top <= number <= area.bottom
        else line
        for number, line in sheet.rows.items()
    }
    return replace(sheet, rows=rows)
