"""How cells of the template look: formats made once per workbook, by name."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from xlaudit.schemas.forms import Entry, FormColumn

INK = "#1F3864"
HEAD = "#D9E2F3"
COMPUTED = "#F2F2F2"
TYPED = "#FFFFFF"
CLOSING = "#E7E6E6"
LINE = "#A6A6A6"
MISSING = "#FFF2CC"
WRONG = "#F8CBAD"
WRONG_INK = "#9C0006"
RIGHT_INK = "#375623"
RIGHT = "#E2EFDA"

FONT = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
AMOUNT = "#,##0"
CENTS = "#,##0.00"


class Looks:
    """The formats of one workbook. Equal properties give the same format."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """A cell format; everything is locked unless ``locked=0`` says otherwise."""
        return self._format({**FONT, **properties})

    def change(self, **properties: Any) -> Any:
        """What a conditional format changes of a cell, and nothing else."""
        return self._format(properties)

    def _format(self, properties: dict[str, Any]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def title(self) -> Any:
        return self.of(bold=True, font_size=14, font_color=INK)

    def subtitle(self) -> Any:
        return self.of(font_size=11, font_color="#404040")

    def header(self) -> Any:
        return self.of(
            bold=True, font_color=INK, bg_color=HEAD, border=1, border_color=LINE, align="center", text_wrap=True
        )

    def number(self) -> Any:
        """The row of column numbers. Not formatted as text, for a row inserted right below takes on its format."""
        return self.of(
            font_size=8, italic=True, font_color="#595959", border=1, border_color=LINE, align="center",
            text_wrap=True,
        )  # fmt: skip

    def data(self, column: FormColumn) -> Any:
        """A prepared cell of a column."""
        return self.of(border=1, border_color=LINE, **_kind_of(column), **_filler(column))

    def closing(self, column: FormColumn) -> Any:
        return self.of(
            bold=True, border=1, border_color=LINE, bg_color=CLOSING, **{**_kind_of(column), "text_wrap": True}
        )

    def line(self) -> Any:
        """The closing line."""
        return self.of(bg_color=LINE, font_size=1)

    def helper(self) -> Any:
        return self.of(font_size=9, font_color=WRONG_INK, text_wrap=True)


def _kind_of(column: FormColumn) -> dict[str, Any]:
    """Number format and alignment."""
    if column.places == 0:
        return {"num_format": AMOUNT, "align": "right"}
    if column.places is not None:
        return {"num_format": CENTS, "align": "right"}
    if column.entry is Entry.CODE or (column.key == "kode"):
        return {"num_format": "@", "align": "left"}
    if column.entry is Entry.FIGURE or column.role in ("target", "realisasi_kinerja", "selisih"):
        return {"align": "right"}
    if (column.entry is Entry.CHOICE and column.choices) or column.role in ("satuan", "arah", "kategori"):
        return {"align": "center", "text_wrap": True}
    return {"align": "left", "text_wrap": True}


def _filler(column: FormColumn) -> dict[str, Any]:
    if column.entry is Entry.COMPUTED:
        return {"bg_color": COMPUTED, "locked": 1}
    return {"bg_color": TYPED, "locked": 0}
