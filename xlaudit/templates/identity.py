"""The sheet *Identitas*: whose report it is, and the settings that all formulas follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlsxwriter

from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.forms import IDENTITY_SHEET, OWN_SCALE, SETTINGS, Setting
from xlaudit.templates import looks
from xlaudit.templates.content import Value
from xlaudit.templates.looks import Looks

FIRST_ROW = 4
"""The row of the first setting."""
SCALE_ROW = FIRST_ROW + len(SETTINGS) + 3
"""The row of the first class of the scale."""
CLASSES = 5
_OPTIONS_COLUMN = 9
"""The first hidden column (from 0), with the bounds and labels of the known scales."""
_LAST_SCALE_ROW = SCALE_ROW + CLASSES - 1
_REQUIRED = ("Pemda", "Perangkat_Daerah", "Tahun")


def scale_names() -> list[str]:
    """What *Skala predikat* offers."""
    return [scale.title for scale in KNOWN] + [OWN_SCALE]


def defaults() -> dict[str, Value]:
    """The settings of the published templates."""
    settings: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS if setting.default}
    settings["Skala_Predikat"] = scale_names()[0]
    return settings


def row_of(setting: str) -> int:
    """The row of a setting; ``ValueError`` where there is none of that name."""
    return FIRST_ROW + [one.name for one in SETTINGS].index(setting)


def write_identity(workbook: xlsxwriter.Workbook, sheet: Any, look: Looks, settings: Mapping[str, Value]) -> None:
    """Fills the sheet and defines the name of every setting and of the scale."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 36)
    sheet.set_column(3, 3, 52)
    sheet.set_column(4, 6, 18)
    sheet.write_string(0, 1, "IDENTITAS", look.title())
    sheet.write_string(1, 1, "Isi kolom berwarna putih. Semua lembar lain mengikuti isian ini.", look.subtitle())
    for row, setting in enumerate(SETTINGS, FIRST_ROW):
        _write_setting(workbook, sheet, look, row, setting, settings.get(setting.name, ""))
    _write_scale(workbook, sheet, look, str(settings.get("Skala_Predikat", "")))
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, _LAST_SCALE_ROW, 3)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _write_setting(
    workbook: xlsxwriter.Workbook, sheet: Any, look: Looks, row: int, setting: Setting, value: Value
) -> None:
    at = row - 1
    sheet.set_row(at, 24)
    sheet.write_string(at, 1, setting.label, look.of(bold=True, border=1, border_color=looks.LINE))
    fmt = look.of(border=1, border_color=looks.LINE, bg_color=looks.TYPED, locked=0, align="left", text_wrap=True)
    text = str(value)
    if text.isdigit():
        sheet.write_number(at, 2, int(text), fmt)
    elif text:
        sheet.write_string(at, 2, text, fmt)
    else:
        sheet.write_blank(at, 2, None, fmt)
    sheet.write_string(at, 3, setting.help, look.of(italic=True, font_color="#595959", text_wrap=True))
    workbook.define_name(setting.name, f"={IDENTITY_SHEET}!$C${row}")
    if setting.name in _REQUIRED:
        empty = {"type": "formula", "criteria": f'=$C${row}=""', "format": look.change(bg_color=looks.MISSING)}
        sheet.conditional_format(at, 2, at, 2, empty)
    rule = _rule(setting)
    sheet.data_validation(at, 2, at, 2, rule)


def _rule(setting: Setting) -> dict[str, Any]:
    common = {"input_title": setting.label[:32], "input_message": setting.help}
    if setting.name == "Tahun":
        return {
            **common, "validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2099,
            "error_title": "Tahun belum benar", "error_message": "Tulis tahun dengan empat angka, misalnya 2025.",
        }  # fmt: skip
    choices = scale_names() if setting.name == "Skala_Predikat" else list(setting.choices)
    if not choices:
        return {**common, "validate": "any"}
    return {
        **common, "validate": "list", "source": choices, "error_title": "Pilih dari daftar",
        "error_message": "Isi dengan salah satu pilihan dalam daftar.",
    }  # fmt: skip


def _write_scale(workbook: xlsxwriter.Workbook, sheet: Any, look: Looks, chosen: str) -> None:
    """The scale in use, its lowest class on top as LOOKUP wants it, and beside it room for one's own."""
    head = SCALE_ROW - 2
    sheet.write_string(head - 1, 1, "Skala predikat yang dipakai", look.of(bold=True, font_color=looks.INK))
    sheet.write_string(
        head - 1, 4, "Skala sendiri: isi batas bawah dan predikat, dari yang terendah",
        look.of(bold=True, font_color=looks.INK),
    )  # fmt: skip
    for place, text in (
        (1, "Predikat"),
        (2, "Batas bawah capaian"),
        (3, "Rentang"),
        (4, "Batas bawah"),
        (5, "Predikat"),
    ):
        sheet.write_string(head, place, text, look.header())
    classes = next((_classes(scale) for scale in KNOWN if scale.title == chosen), [])
    for step in range(CLASSES):
        _write_class(sheet, look, step, classes[step] if classes else None)
    for at, scale in enumerate(KNOWN):
        for step, (bound, label) in enumerate(_classes(scale)):
            sheet.write_number(SCALE_ROW - 1 + step, _OPTIONS_COLUMN + 2 * at, bound)
            sheet.write_string(SCALE_ROW - 1 + step, _OPTIONS_COLUMN + 2 * at + 1, label)
    sheet.set_column(_OPTIONS_COLUMN, _OPTIONS_COLUMN + 2 * len(KNOWN) - 1, 9, None, {"hidden": True})
    rows = f"${SCALE_ROW}:$%s${_LAST_SCALE_ROW}"
    workbook.define_name("Skala_Batas", f"={IDENTITY_SHEET}!$C{rows % 'C'}")
    workbook.define_name("Skala_Label", f"={IDENTITY_SHEET}!$B{rows % 'B'}")


def _classes(scale: Scale) -> list[tuple[int, str]]:
    """Lower bounds and labels from the lowest up, blank ones before those of a scale with fewer classes."""
    steps = [(int(step.lower), step.label) for step in reversed(scale.steps)]
    return [(0, "")] * (CLASSES - len(steps)) + steps


def _write_class(sheet: Any, look: Looks, step: int, known: tuple[int, str] | None) -> None:
    """One class of the scale in use. ``known`` is what the formulas will give, None where only they can tell."""
    row = SCALE_ROW + step
    cell = look.of(border=1, border_color=looks.LINE, bg_color=looks.COMPUTED, align="center")
    own = look.of(border=1, border_color=looks.LINE, bg_color=looks.TYPED, align="center", locked=0)
    bound, label = ("", "") if known is None else known
    above = row - 1
    own_label = f'IF($F{row}="",$B{above},$F{row})' if step else f'IF($F{row}="","",$F{row})'
    own_bound = f'IF($E{row}="",$C{above},$E{row})' if step else "0"
    sheet.write_formula(row - 1, 1, f"={_pick(row, 1, own_label)}", cell, label)
    sheet.write_formula(row - 1, 2, f"={_pick(row, 0, own_bound)}", cell, bound)
    upper = f'IF(N($C{row + 1})>N($C{row}),"kurang dari "&$C{row + 1},"")' if step < CLASSES - 1 else '""'
    interval = f'IF($B{row}="","",IF(N($C{row})>0,"≥ "&$C{row},{upper}))'
    sheet.write_formula(row - 1, 3, f"={interval}", cell, "")
    sheet.write_blank(row - 1, 4, None, own)
    sheet.write_blank(row - 1, 5, None, own)


def _pick(row: int, which: int, own: str) -> str:
    """The bound (0) or label (1) of the scale that is chosen."""
    formula = own
    for at, scale in reversed(list(enumerate(KNOWN))):
        column = chr(ord("A") + _OPTIONS_COLUMN + 2 * at + which)
        formula = f'IF(Skala_Predikat="{scale.title}",${column}{row},{formula})'
    return formula
