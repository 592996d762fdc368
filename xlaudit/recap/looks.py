"""How the sheets of a recap look: formats made once per workbook, by their properties."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter

from xlaudit.recap.grids import Column, Value

INK = "#1F3864"
HEAD = "#D9E2F3"
SOFT = "#F2F2F2"
LINE = "#BFBFBF"
QUIET = "#595959"
LINK = "#0B4F8A"
ERROR, ERROR_INK = "#FDE3E1", "#9C0006"
WARNING, WARNING_INK = "#FFF2CC", "#7A4B00"
BAR, BAR_2 = "#2F5597", "#F4B183"

TALLY = '#,##0;-#,##0;"–"'
"""A dash for none, so that the eye finds the others."""
WHOLE, CENTS, FINE = "#,##0", "#,##0.00", "#,##0.0000"
_BASE = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_ALIGN = {
    "number": "center", "count": "right", "tally": "right", "amount": "right", "points": "right", "mixed": "right",
    "text": "left", "short": "left", "link": "left",
}  # fmt: skip


class Looks:
    """The formats of one workbook. Equal properties give the same format."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._cells: dict[tuple[str, str, bool, bool], Any] = {}

    def of(self, **properties: Any) -> Any:
        """A cell format."""
        return self.change(**{**_BASE, **properties})

    def change(self, **properties: Any) -> Any:
        """What a conditional format changes of a cell, and nothing else."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def title(self) -> Any:
        return self.of(bold=True, font_size=16, font_color=INK)

    def about(self) -> Any:
        return self.of(font_color=QUIET)

    def head(self) -> Any:
        return self.of(
            bold=True, font_color=INK, bg_color=HEAD, border=1, border_color=LINE, align="center", valign="vcenter",
            text_wrap=True,
        )  # fmt: skip

    def cell(self, column: Column, value: Value, *, total: bool = False) -> Any:
        """The format of a value in a column."""
        number = number_format(column, value)
        known = (column.kind, number, isinstance(value, str), total)
        if known not in self._cells:
            self._cells[known] = self._cell(column, number, isinstance(value, str), total)
        return self._cells[known]

    def _cell(self, column: Column, number: str, word: bool, total: bool) -> Any:
        look: dict[str, Any] = {"border": 1, "border_color": LINE, "align": _ALIGN[column.kind]}
        if number:
            look["num_format"] = number
        if column.kind in ("text", "link", "short"):
            look["text_wrap"] = True
        if column.kind == "link" and not total:
            look |= {"font_color": LINK, "underline": 1}
        if word:
            look["align"] = "left"
        if total:
            look |= {"bold": True, "bg_color": SOFT, "top": 2, "top_color": INK}
        return self.of(**look)


def number_format(column: Column, value: Value) -> str:
    """The number format: separators are those of the reader's own settings, decimals as many as are needed."""
    if column.kind == "points":
        return CENTS
    if column.kind in ("number", "count"):
        return WHOLE
    if column.kind == "tally":
        return TALLY
    if isinstance(value, Fraction):
        return CENTS
    if isinstance(value, Decimal):
        places = -int(value.normalize().as_tuple().exponent)
        return WHOLE if places <= 0 else CENTS if places <= 2 else FINE
    return WHOLE if column.kind == "amount" else ""
