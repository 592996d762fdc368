"""Where the tables of a published template stand: its defined names say so, however they were moved."""

from __future__ import annotations

from dataclasses import replace

from xlaudit.cells import Area
from xlaudit.findings import OWN_SHEETS
from xlaudit.model import Sheet, Workbook
from xlaudit.schemas.forms import CHECK_SHEET, FORMS, PROPERTY

SELF_CHECKS = ("periksa", "urut")
"""The columns in which a template tells its filler what does not add up yet."""


def anchored(workbook: Workbook) -> dict[str, Area]:
    """By sheet, the area of the template's table on it, from its first heading to its last row."""
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


def without_findings(workbook: Workbook) -> Workbook:
    """An annotated copy without the sheets that xlaudit put in."""
    places = (workbook.names.get(name) for name in OWN_SHEETS)
    own = {place[0] for place in places if place is not None}
    if not own:
        return workbook
    return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.name not in own))


def without_self_check(workbook: Workbook) -> Workbook:
    """A template without the cells of its self-check: an audit does not need them, and they are long to compute."""
    if PROPERTY not in workbook.properties:
        return workbook
    names = {name.casefold(): place for name, place in workbook.names.items()}
    places = [names.get(form.anchor(key).casefold()) for form in FORMS for key in SELF_CHECKS]
    columns = {(place[0], column) for place in places if place for column in range(place[1].left, place[1].right + 1)}
    sheets = tuple(
        replace(sheet, rows={})
        if sheet.name == CHECK_SHEET
        else replace(
            sheet,
            rows={
                number: {column: cell for column, cell in line.items() if (sheet.name, column) not in columns}
                for number, line in sheet.rows.items()
            },
        )
        for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets)
