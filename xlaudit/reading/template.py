"""Recognises a filled copy of a published template, and tells what its filler changed in sheets and columns.

The template is known by its document properties, or by its defined names where a program dropped those. The names
tell where its columns stand now: spreadsheets move them along with whatever is inserted, deleted or renamed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from xlaudit.cells import Area, Cell
from xlaudit.filled import Change, Field, Template, What
from xlaudit.model import Stored, Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.template_formulas import formula_changes
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import meaning
from xlaudit.schemas.forms import PROPERTY, SETTINGS, TEMPLATES, VERSION, VERSION_PROPERTY, Form, FormColumn
from xlaudit.schemas.words import fold

_NUMBER = pattern(r"\(?\s*(\d{1,2})\s*\)?")
_UNIT = pattern(r"\s*\(?\s*(dalam\s+)?((ribu|juta)(an)?\s+)?\b(rp\b\.?|rupiah)(\s*(ribu|juta)(an)?)?\s*\)?$")
_YEAR = pattern(r"\b20\d\d\b|\bini\b|\blalu\b|\bn-1\b|\bn\b")
_ENOUGH = 3
"""So many of four of a form's names tell that it is there."""

Names = dict[str, tuple[str, Area] | None]
"""The defined names of the workbook, in small letters: programs may write them in other ones."""


def find_template(workbook: Workbook) -> Template | None:
    """What the workbook is a filled copy of; None where it is none.

    Changes are told for the published version only: another one has other columns.
    """
    names = {name.casefold(): place for name, place in workbook.names.items()}
    named = workbook.properties.get(PROPERTY, "").strip()
    version = workbook.properties.get(VERSION_PROPERTY, "").strip()
    kind, version = (named, version) if named in TEMPLATES else (_kind_by_names(names), VERSION)
    if not kind:
        return None
    identity = dict(_identity(workbook, names))
    if version != VERSION:
        return Template(kind, version, identity=identity)
    changes: list[Change] = []
    sound: Counter[What] = Counter()
    for form in TEMPLATES[kind]:
        for found in _form(workbook, names, form):
            if isinstance(found, Change):
                changes.append(found)
            else:
                sound.update(found)
    return Template(kind, version, tuple(changes), identity, dict(sound))


def _kind_by_names(names: Names) -> str:
    """The smallest template with all the forms whose names are there."""
    if not names:  # as in nearly all workbooks that are none of ours
        return ""
    forms = {
        form.key
        for template in TEMPLATES.values()
        for form in template
        if sum(1 for column in form.columns if form.anchor(column.key).casefold() in names) * 4
        >= len(form.columns) * _ENOUGH
    }
    fitting = [kind for kind, template in TEMPLATES.items() if forms <= {form.key for form in template}]
    return min(fitting, key=lambda kind: len(TEMPLATES[kind])) if forms and fitting else ""


def _identity(workbook: Workbook, names: Names) -> Iterator[tuple[str, Field]]:
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for setting in SETTINGS:
        place = names.get(setting.name.casefold())
        if place is not None:
            cell = place[1].first
            stored = sheets[place[0]].at(*cell)
            yield setting.name, Field(place[0], cell, "" if stored is None else " ".join(stored.text.split()))


class _Stand(NamedTuple):
    """Where a form stands now: its sheet, its columns by key, the row of column numbers and the closing line."""

    view: SheetView
    columns: dict[str, int]
    numbers: int
    end: int


def _form(workbook: Workbook, names: Names, form: Form) -> Iterator[Change | dict[What, int]]:
    """The changes of one form, and between them what was looked at and found as published."""
    anchors = {column.key: names.get(form.anchor(column.key).casefold()) for column in form.columns}
    there = [place for place in anchors.values() if place is not None]
    if not there:
        if _is_deleted(workbook, names, form):
            yield Change(What.SHEET_DELETED, form.sheet)
        return
    sheet = Counter(place[0] for place in there).most_common(1)[0][0]
    if fold(sheet) != fold(form.sheet):
        yield Change(What.SHEET_RENAMED, form.sheet, sheet, stated=sheet, expected=form.sheet)
    else:
        yield {What.SHEET_RENAMED: 1, What.SHEET_DELETED: 1}
    stand = _stand(workbook, form, sheet, anchors)
    if stand is None:
        return
    yield from _columns(names, form, stand)
    changes, sound = formula_changes(stand.view, form, stand.columns, range(stand.numbers + 1, stand.end + 1))
    yield from changes
    yield sound


def _is_deleted(workbook: Workbook, names: Names, form: Form) -> bool:
    """Whether names are left that lead nowhere, and no sheet of that name: a name may also get lost by itself."""
    known = {fold(sheet.name) for sheet in workbook.sheets}
    return fold(form.sheet) not in known and any(form.anchor(c.key).casefold() in names for c in form.columns)


def _stand(workbook: Workbook, form: Form, sheet: str, anchors: Names) -> _Stand | None:
    """Where the form stands; None where its names do not fit what stands in the cells.

    A program that deletes columns without moving the names along leaves them at the wrong cells. A name is
    trusted where either the number or the heading above is that of its column.
    """
    view = SheetView(workbook, next(s for s in workbook.sheets if s.name == sheet))
    areas = {key: place[1] for key, place in anchors.items() if place is not None and place[0] == sheet}
    numbers, end = Counter((area.top, area.bottom) for area in areas.values()).most_common(1)[0][0]
    columns: dict[str, int] = {}
    for number, column in enumerate(form.columns, 1):
        area = areas.get(column.key)
        if area is None or (area.top, area.bottom) != (numbers, end) or area.left != area.right:
            continue
        numbered = _number(view, numbers, area.left) == number
        if numbered or _as_published(column, _heading(view, form, numbers, area.left)):
            columns[column.key] = area.left
    rising = list(columns.values()) == sorted(set(columns.values()))
    return _Stand(view, columns, numbers, end) if rising and len(columns) * 2 >= len(form.columns) else None


def _number(view: SheetView, row: int, column: int) -> int | None:
    match = _NUMBER.match(view.text(row, column))
    return None if match is None else int(match[1])


def _heading(view: SheetView, form: Form, numbers: int, column: int) -> tuple[str, ...]:
    """The texts above a column, outermost first."""
    path: list[str] = []
    for row in range(max(numbers - max(len(c.header) for c in form.columns), 1), numbers):
        text = view.text(row, column)
        if text and path[-1:] != [text]:
            path.append(text)
    return tuple(path)


def _columns(names: Names, form: Form, stand: _Stand) -> Iterator[Change | dict[What, int]]:
    headings = {key: _heading(stand.view, form, stand.numbers, column) for key, column in stand.columns.items()}
    for place, column in enumerate(form.columns):
        if column.key in headings:
            yield _compared(form, column, headings[column.key], stand)
        elif _is_lost(names, form, column) and not _stands_elsewhere(form, column, stand):
            sheet, beside = stand.view.sheet.name, _head_cell(stand, _beside(form, place, stand))
            yield Change(What.COLUMN_DELETED, form.sheet, sheet, beside, columns=(column.spoken,))
    yield {What.COLUMN_DELETED: len(headings)}


def _is_lost(names: Names, form: Form, column: FormColumn) -> bool:
    """Whether the name of a column is there and leads nowhere: so a spreadsheet leaves it when the column goes."""
    name = form.anchor(column.key).casefold()
    return name in names and names[name] is None


def _stands_elsewhere(form: Form, column: FormColumn, stand: _Stand) -> bool:
    """Whether a column without an anchor stands on the sheet all the same, as after a new column was put in."""
    known = set(stand.columns.values())
    reach = range(max(min(known) - 2, 1), max(known) + len(form.columns))
    return any(
        _as_published(column, _heading(stand.view, form, stand.numbers, other)) for other in reach if other not in known
    )


def _beside(form: Form, place: int, stand: _Stand) -> int:
    """The column that stands where a deleted one was: its left neighbour in the template, else the right one."""
    left = [c.key for c in form.columns[:place] if c.key in stand.columns]
    right = [c.key for c in form.columns[place:] if c.key in stand.columns]
    return stand.columns[left[-1] if left else right[0]]


def _head_cell(stand: _Stand, column: int) -> Cell:
    """The cell with the innermost heading of a column."""
    row = stand.numbers - 1
    return stand.view.merged_into(row, column) or Cell(row, column)


def _compared(form: Form, column: FormColumn, heading: tuple[str, ...], stand: _Stand) -> Change | dict[What, int]:
    """A heading held against the template's. Headings that are formulas, or blank, are not judged."""
    cell = _head_cell(stand, stand.columns[column.key])
    stored = stand.view.sheet.at(*cell)
    typed = stored is not None and stored.formula is None and stored.kind is not Stored.EMPTY
    if not typed or not heading or _as_published(column, heading):
        return {What.HEADING: 1}
    published = tuple(part.replace("{ini}", "2025").replace("{lalu}", "2024") for part in column.header)
    now, then = meaning(heading), meaning(published)
    return Change(
        What.HEADING,
        form.sheet,
        stand.view.sheet.name,
        cell,
        columns=(column.spoken,),
        stated=" · ".join(heading),
        expected=" · ".join(part.replace("{ini}", "Ini").replace("{lalu}", "Lalu") for part in column.header),
        role_kept=now is not None and then is not None and now.role == then.role,
    )


def _as_published(column: FormColumn, heading: tuple[str, ...]) -> bool:
    """Whether a heading says what the template says, whatever its year, unit, case and punctuation."""
    return [_plain(text) for text in heading] == [_plain(text) for text in column.header]


def _plain(text: str) -> str:
    folded = _YEAR.sub("0", fold(text.replace("{ini}", "ini").replace("{lalu}", "lalu")))
    words = re.findall(r"[a-z0-9%]+", _UNIT.sub("", folded))
    return " ".join(words)

