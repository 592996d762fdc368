"""Assembles a template: which sheets it has, in which order, with what in them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xlaudit.errors import BadUsage
from xlaudit.schemas.forms import (
    AGREEMENT,
    CHECK_SHEET,
    GUIDE_SHEET,
    IDENTITY_SHEET,
    MEASUREMENT,
    PROPERTY,
    TEMPLATES,
    VERSION,
    VERSION_PROPERTY,
    Form,
)
from xlaudit.templates.content import Content
from xlaudit.templates.guide import write_guide
from xlaudit.templates.identity import defaults, write_identity
from xlaudit.templates.layout import Layout
from xlaudit.templates.looks import Looks
from xlaudit.templates.selfcheck import write_check
from xlaudit.templates.sheet import Headings, write_form
from xlaudit.texts import Text

SPARE = 10
"""So many empty rows are left below rows that are filled in beforehand."""
_PUBLISHED = datetime(2026, 1, 1)
"""The date in the file's properties: the same call writes the same bytes."""

_UNKNOWN = Text("There is no template “{kind}”. Choose one of: {known}.")


class _Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas are written as they are.

    The library looks for every function that came after Excel 2010 in every formula, which takes half of the time
    that a template takes; the templates have none, as a test says. Should the method be called otherwise one day,
    writing is slower and the file the same.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def check_kind(kind: str) -> None:
    """``BadUsage`` where there is no template of this name."""
    if kind not in TEMPLATES:
        raise BadUsage("unknown_template", _UNKNOWN.fill(kind=kind, known=", ".join(TEMPLATES)))


def write_template(kind: str, target: Path, content: Content | None = None) -> None:
    """Writes the template of a kind of ``schemas.forms.TEMPLATES`` to ``target``, filled as ``content`` says.

    Raises ``BadUsage`` for an unknown kind, ``OSError`` where the file cannot be written.
    """
    check_kind(kind)
    content = content or Content()
    settings = {**defaults(), **content.settings}
    layouts = [_layout(form, content, TEMPLATES[kind]) for form in TEMPLATES[kind]]
    workbook = xlsxwriter.Workbook(str(target), {"strings_to_numbers": False, "strings_to_formulas": False})
    workbook.set_properties({"title": f"Templat {kind}", "author": "", "created": _PUBLISHED})
    workbook.set_custom_property(PROPERTY, kind, "text")
    workbook.set_custom_property(VERSION_PROPERTY, VERSION, "text")
    look = Looks(workbook)
    write_guide(workbook.add_worksheet(GUIDE_SHEET, _Sheet), look, TEMPLATES[kind])
    write_identity(workbook, workbook.add_worksheet(IDENTITY_SHEET, _Sheet), look, settings)
    listed = {anchor: _offered(layouts, anchor) for anchor in ("RA_kode", "PN_indikator")}
    for layout in layouts:
        sheet = workbook.add_worksheet(layout.form.sheet, _Sheet)
        rows = content.rows.get(layout.form.key, ())
        write_form(workbook, sheet, look, layout, Headings(settings), rows, listed)
    write_check(workbook.add_worksheet(CHECK_SHEET, _Sheet), look, layouts)
    workbook.close()


def _layout(form: Form, content: Content, forms: tuple[Form, ...]) -> Layout:
    filled = len(content.rows.get(form.key, ()))
    agreed = form is MEASUREMENT and AGREEMENT in forms
    return Layout(form, max(form.ready, filled + SPARE if filled else 0), agreed)


def _offered(layouts: list[Layout], anchor: str) -> str:
    """The cells behind an anchor without the row of numbers above and the closing line below."""
    for layout in layouts:
        for column in layout.form.columns:
            if layout.form.anchor(column.key) == anchor:
                cells = f"{layout.fixed(column.key, layout.first)}:{layout.fixed(column.key, layout.end)}"
                return layout.elsewhere(cells)
    return ""
