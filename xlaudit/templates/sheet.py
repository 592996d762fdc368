"""Writes one form onto its sheet: headings, prepared rows with formulas, warnings, protection, print set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from xlaudit.schemas.forms import Entry, Form, FormColumn
from xlaudit.templates import looks
from xlaudit.templates.checks import message, row_checks
from xlaudit.templates.closing import closing_cells
from xlaudit.templates.content import Value
from xlaudit.templates.formulas import computed, helper, rolled_up
from xlaudit.templates.layout import (
    CHECK,
    COUNT,
    HEADER_ROW,
    LEVEL,
    SUBTITLE_ROW,
    TITLE_ROW,
    Layout,
)
from xlaudit.templates.looks import Looks
from xlaudit.templates.validation import rule_for

A4, F4 = 9, 14
"""Paper sizes as the file format numbers them; F4 goes by the name Folio there."""
_WIDE = 15
"""So many columns and more need the longer paper."""
_LETTERS = 0.95
"""Letters of running text per unit of a column's width, a little fewer than fit."""
_LINE = 13
"""Points per line of text."""
_PROTECTION = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip

SUBTITLE = (
    'TRIM(UPPER(Perangkat_Daerah&" "&Pemda)&IF(Periode="Tahunan",""," "&UPPER(Periode))'
    '&IF(Tahun="",""," TAHUN "&Tahun))'
)


class Headings:
    """What the settings make of headings: the value that a formula will have, for readers that compute nothing."""

    def __init__(self, settings: Mapping[str, Value]) -> None:
        self._settings = {key: str(value) for key, value in settings.items()}

    def subtitle(self) -> str:
        get = self._settings.get
        period = get("Periode", "")
        words = [f"{get('Perangkat_Daerah', '')} {get('Pemda', '')}", "" if period == "Tahunan" else period]
        year = get("Tahun", "")
        return " ".join(" ".join([*words, f"Tahun {year}" if year else ""]).upper().split())

    def header(self, text: str, in_rupiah: bool) -> tuple[str, str]:
        """The formula, without ``=``, and the value of one heading; the formula is empty for a plain text."""
        unit = self._settings.get("Satuan_Rupiah", "Rp")
        if in_rupiah and text == "Rp":
            return "Satuan_Rupiah", unit
        formula, value = _with_year(text, self._settings.get("Tahun", ""))
        if in_rupiah:
            return f'{formula}&" ("&Satuan_Rupiah&")"', f"{value} ({unit})"
        return (formula, value) if "{" in text else ("", text)


def _with_year(text: str, year: str) -> tuple[str, str]:
    ini, lalu = (year, str(int(year) - 1)) if year.isdigit() else ("Ini", "Lalu")
    formula = f'"{text}"'
    formula = formula.replace("{ini}", '"&IF(Tahun="","Ini",Tahun)&"').replace(
        "{lalu}", '"&IF(Tahun="","Lalu",Tahun-1)&"'
    )
    return formula.removesuffix('&""'), text.format(ini=ini, lalu=lalu)


def write_form(
    workbook: xlsxwriter.Workbook,
    sheet: Any,
    look: Looks,
    layout: Layout,
    headings: Headings,
    rows: Sequence[Mapping[str, Value]],
    listed: Mapping[str, str],
) -> None:
    """Fills ``sheet`` with the form. ``listed`` gives the range behind each anchor that choices are taken from."""
    form = layout.form
    sheet.hide_gridlines(2)
    sheet.write_string(TITLE_ROW - 1, 0, form.title, look.title())
    sheet.write_formula(SUBTITLE_ROW - 1, 0, f"={SUBTITLE}", look.subtitle(), headings.subtitle())
    _write_headers(sheet, look, layout, headings)
    parents = _parents(rows)
    for row in layout.data_rows:
        place = row - layout.first
        if place < len(rows):
            _fit(sheet, layout, row, rows[place])
        _write_row(sheet, look, layout, row, rows[place] if place < len(rows) else {}, parents)
    _write_end(sheet, look, layout)
    for key, row, formula, text in closing_cells(layout):
        fmt = look.closing(form.column(key))
        if formula:
            sheet.write_formula(row - 1, layout.number(key) - 1, f"={formula}", fmt, text)
        else:
            sheet.write(row - 1, layout.number(key) - 1, text, fmt)
    _validate(sheet, layout, listed)
    _colour(sheet, look, layout)
    _anchor(workbook, layout)
    _set_up(sheet, layout)


def _parents(rows: Sequence[Mapping[str, Value]]) -> frozenset[str]:
    """The codes that have rows below them."""
    codes = {str(row.get("kode", "")) for row in rows}
    above = {code[:at] for code in codes for at, sign in enumerate(code) if sign == "."}
    return frozenset(codes & above)


def _write_headers(sheet: Any, look: Looks, layout: Layout, headings: Headings) -> None:
    columns = layout.form.columns
    top, bottom = HEADER_ROW - 1, HEADER_ROW + layout.header_rows - 2
    numbers = {column.key: f"({place})" for place, column in enumerate(columns, 1)}
    for place, column in enumerate(columns):
        group = column.header[0]
        alone = len(column.header) == 1
        last = alone or place + 1 == len(columns) or columns[place + 1].header[0] != group
        if alone:
            _heading(sheet, look, (top, place, bottom, place), headings.header(group, column.in_rupiah))
        else:
            _heading(sheet, look, (bottom, place, bottom, place), headings.header(column.header[1], column.in_rupiah))
        if not alone and last:
            left = next(at for at, other in enumerate(columns) if other.header[0] == group)
            _heading(sheet, look, (top, left, top, place), headings.header(group, False))
        declared = f"={column.declared.format(**numbers)}" if column.declared else ""
        sheet.write_string(layout.number_row - 1, place, numbers[column.key] + declared, look.number())
        sheet.set_column(place, place, column.width)
    check = layout.number(CHECK) - 1
    _heading(sheet, look, (top, check, bottom, check), ("", "Periksa"))
    sheet.set_column(check, check, 44)
    sheet.set_column(check + 1, check + len(layout.helpers) - 1, 9, None, {"hidden": True})
    for row in range(top, bottom + 1):
        sheet.set_row(row, 30)
    sheet.set_row(layout.number_row - 1, 24 if any(column.declared for column in columns) else 13)


def _heading(sheet: Any, look: Looks, area: tuple[int, int, int, int], text: tuple[str, str]) -> None:
    top, left, bottom, right = area
    formula, value = text
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", look.header())
    if formula:
        sheet.write_formula(top, left, f"={formula}", look.header(), value)
    else:
        sheet.write_string(top, left, value, look.header())


def _write_row(
    sheet: Any, look: Looks, layout: Layout, row: int, content: Mapping[str, Value], parents: frozenset[str]
) -> None:
    for place, column in enumerate(layout.form.columns):
        fmt = look.data(column)
        typed = content.get(column.key)
        sums = column.entry is Entry.AMOUNT and content.get("kode") in parents
        if column.entry is Entry.COMPUTED:
            sheet.write_formula(row - 1, place, f"={computed(layout, column.key, row)}", fmt, "")
        elif typed is not None and not sums:
            _write_typed(sheet, row - 1, place, typed, fmt)
        elif column.entry is Entry.AMOUNT:
            sheet.write_formula(row - 1, place, f"={rolled_up(layout, column.key, row)}", fmt, "")
        else:
            sheet.write_blank(row - 1, place, None, fmt)
    check, count = layout.number(CHECK) - 1, layout.number(COUNT) - 1
    sheet.write_formula(row - 1, check, f"={message(layout, row)}", look.helper(), "")
    found = layout.cell(CHECK, row)
    so_far = f'COUNTIF({layout.fixed(CHECK, layout.number_row)}:{found},"?*")'
    sheet.write_formula(row - 1, count, f'=IF({found}="","",{so_far})', look.helper(), "")
    for key in layout.helpers[2:]:
        sheet.write_formula(row - 1, layout.number(key) - 1, f"={helper(layout, key, row)}", look.helper(), "")


def _fit(sheet: Any, layout: Layout, row: int, content: Mapping[str, Value]) -> None:
    """Makes a row as high as its texts need; not every program does so when it opens a file."""
    lines = max(
        (-(-len(str(content.get(column.key, ""))) // int(column.width * _LETTERS)) for column in layout.form.columns),
        default=1,
    )
    if lines > 1:
        sheet.set_row(row - 1, _LINE * lines + 2)


def _write_typed(sheet: Any, row: int, place: int, value: Value, fmt: Any) -> None:
    """The file format's numbers are binary; sixteen digits are written, amounts have fewer."""
    if isinstance(value, Decimal):
        sheet.write_number(row, place, float(value), fmt)
    else:
        sheet.write_string(row, place, value, fmt)


def _write_end(sheet: Any, look: Looks, layout: Layout) -> None:
    for place in range(layout.width):
        sheet.write_blank(layout.end - 1, place, None, look.line())
    sheet.set_row(layout.end - 1, 4)


def _range(layout: Layout, column: FormColumn) -> tuple[int, int, int, int]:
    place = layout.number(column.key) - 1
    return layout.first - 1, place, layout.end - 2, place


def _validate(sheet: Any, layout: Layout, listed: Mapping[str, str]) -> None:
    for column in layout.form.columns:
        rule = rule_for(layout, column, listed.get(column.listed, ""))
        if rule is not None:
            sheet.data_validation(*_range(layout, column), rule)


def _colour(sheet: Any, look: Looks, layout: Layout) -> None:
    """Warnings while typing: the cell that a check is about; and parents in bold."""
    missing = look.change(bg_color=looks.MISSING)
    wrong = look.change(bg_color=looks.WRONG, font_color=looks.WRONG_INK)
    for check in row_checks(layout, layout.first):
        fmt = missing if " belum " in check.message else wrong
        area = _range(layout, layout.form.column(check.key))
        sheet.conditional_format(*area, {"type": "formula", "criteria": f"={check.condition}", "format": fmt})
    for column in layout.form.columns:
        cell = layout.cell(column.key, layout.first)
        if column.places == 0:
            broken = f"=AND(ISNUMBER({cell}),{cell}<>ROUND({cell},0))"
            top, left, _, right = _range(layout, column)
            cents = {"type": "formula", "criteria": broken, "format": look.change(num_format=looks.CENTS)}
            sheet.conditional_format(top, left, layout.last - 1, right, cents)
        elif column.entry is Entry.FIGURE:
            large = f"=AND(ISNUMBER({cell}),{cell}>=1000,{cell}=ROUND({cell},0))"
            _format_where(sheet, layout, column, large, look.change(num_format=looks.AMOUNT))
    if layout.form.folded:
        _embolden(sheet, look, layout)


def _format_where(sheet: Any, layout: Layout, column: FormColumn, condition: str, fmt: Any) -> None:
    sheet.conditional_format(*_range(layout, column), {"type": "formula", "criteria": condition, "format": fmt})


def _embolden(sheet: Any, look: Looks, layout: Layout) -> None:
    """Rows with rows below them are bold, the topmost also tinted."""
    below = layout.cell(layout.helpers[2], layout.first)
    level, levels = layout.cell(LEVEL, layout.first), layout.span(LEVEL)
    area = (layout.first - 1, 0, layout.end - 2, layout.width - 1)
    top = f"=AND(N({below})>0,{level}=MIN({levels}))"
    sheet.conditional_format(
        *area, {"type": "formula", "criteria": top, "format": look.change(bold=True, bg_color=looks.HEAD)}
    )
    sheet.conditional_format(*area, {"type": "formula", "criteria": f"=N({below})>0", "format": look.change(bold=True)})


def _anchor(workbook: xlsxwriter.Workbook, layout: Layout) -> None:
    form = layout.form
    keys = (*(column.key for column in form.columns), *layout.helpers)
    for key in keys:
        workbook.define_name(form.anchor(key), f"={layout.elsewhere(layout.span(key))}")
    first, last = form.columns[0].key, form.columns[-1].key
    table = f"{layout.fixed(first, HEADER_ROW)}:{layout.fixed(last, layout.last)}"
    workbook.define_name(form.anchor("tabel"), f"={layout.elsewhere(table)}")


def _set_up(sheet: Any, layout: Layout) -> None:
    form: Form = layout.form
    amounts = [column for column in form.columns if column.entry is Entry.AMOUNT]
    if amounts:
        area = ":".join(
            (layout.fixed(amounts[0].key, layout.first), layout.fixed(amounts[-1].key, layout.end))
        ).replace("$", "")
        sheet.ignore_errors({"formula_unlocked": area, "formula_differs": area})
    frozen = 2 if form.columns[0].key == "kode" else 1
    sheet.freeze_panes(layout.number_row, frozen)
    sheet.set_landscape()
    sheet.set_paper(F4 if layout.width >= _WIDE else A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.print_area(0, 0, layout.last - 1, layout.width - 1)
    sheet.repeat_rows(HEADER_ROW - 1, layout.number_row - 1)
    sheet.set_footer("&L&8&A&R&8Halaman &P dari &N")
    sheet.protect("", _PROTECTION)
