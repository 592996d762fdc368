"""One table of a recap on its sheet: head, rows, filter, totals by formulas, links, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from xlaudit import __version__
from xlaudit.recap import words
from xlaudit.recap.grids import Column, Grid, Link, TotalRow, Value
from xlaudit.recap.links import in_workbook
from xlaudit.recap.looks import Looks
from xlaudit.recap.numbers import in_cell
from xlaudit.texts import Language, Text

MOST_LINKS = 65_000
"""Excel takes 65,530 links on a sheet; those beyond stay plain text."""
_PER_UNIT = 1.08
"""So many characters of text fit into one of the characters by which widths are counted."""
LINE_HEIGHT = 13
"""Points."""
_TALLEST = 400
_LONGEST = 32_000
_A4 = 9


class Sheet:
    """A worksheet on which one table stands. Rows and columns count from 0 here."""

    def __init__(
        self, workbook: xlsxwriter.Workbook, looks: Looks, grid: Grid, home: Path, language: Language
    ) -> None:
        self.grid, self.looks, self.home, self.language = grid, looks, home, language
        self.sheet = workbook.add_worksheet(self.say(grid.name))
        self.head = 2 + len(grid.about)
        self.first = self.head + 1
        self.last = self.first + max(len(grid.rows), 1) - 1
        self._links = 0
        self._at = {column.key: at for at, column in enumerate(grid.columns)}

    def say(self, text: Text | str) -> str:
        return text if isinstance(text, str) else text.get(self.language)

    def write(self) -> None:
        """The whole sheet."""
        set_up(self.sheet, self.language)
        self.sheet.set_row(0, 24)
        self.sheet.set_row(self.head, LINE_HEIGHT * _lines(self.grid.columns, self._headings()) + 4)
        self.sheet.write_string(0, 0, self.say(self.grid.name), self.looks.title())
        for at, about in enumerate(self.grid.about, start=1):
            self.sheet.write_string(at, 0, self.say(about), self.looks.about())
        for at, column in enumerate(self.grid.columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(self.head, at, self.say(column.heading), self.looks.head())
        self.sheet.repeat_rows(self.head)
        if not self.grid.rows:
            self.sheet.write_string(self.first, 0, self.say(self.grid.nothing), self.looks.of(bold=True))
            return
        self.sheet.freeze_panes(self.first, min(2, len(self.grid.columns) - 1))
        self.sheet.autofilter(self.head, 0, self.last, len(self.grid.columns) - 1)
        for row, values in enumerate(self.grid.rows, start=self.first):
            self.sheet.set_row(row, min(LINE_HEIGHT * _lines(self.grid.columns, values) + 2, _TALLEST))
            for at, (column, value) in enumerate(zip(self.grid.columns, values, strict=True)):
                self._value(row, at, column, value)
        for row, total in enumerate(self.grid.totals, start=self.last + 1):
            self._total(row, total)

    def _headings(self) -> list[Value]:
        return [self.say(column.heading) for column in self.grid.columns]

    @property
    def below(self) -> int:
        """The first row below everything."""
        return self.last + 1 + len(self.grid.totals)

    def range(self, key: str) -> str:
        """A column's rows as formulas of other sheets name them."""
        at = self._at[key]
        cells = f"{xl_rowcol_to_cell(self.first, at, True, True)}:{xl_rowcol_to_cell(self.last, at, True, True)}"
        return f"{self.quoted}!{cells}"

    def total(self, key: str, which: int = -1) -> str:
        """A total's cell as formulas of other sheets name it; the last one where there are several."""
        row = self.last + 1 + which % len(self.grid.totals)
        return f"{self.quoted}!{xl_rowcol_to_cell(row, self._at[key], True, True)}"

    def places(self, first: str, last: str, row: int) -> list[Any]:
        """A stretch of a row as charts take it."""
        return [self.sheet.get_name(), row, self._at[first], row, self._at[last]]

    @property
    def quoted(self) -> str:
        """The sheet's name as formulas need it."""
        return "'" + str(self.sheet.get_name()).replace("'", "''") + "'"

    def letter(self, key: str) -> str:
        return str(xl_col_to_name(self._at[key]))

    def mark(self, formula: str, **look: Any) -> None:
        """Colours rows for which a formula over the first data row holds: ``$E5="..."``."""
        right = len(self.grid.columns) - 1
        options = {"type": "formula", "criteria": formula, "format": self.looks.change(**look)}
        self.sheet.conditional_format(self.first, 0, self.last, right, options)

    def _value(self, row: int, at: int, column: Column, value: Value) -> None:
        look = self.looks.cell(column, value)
        if isinstance(value, Link):
            self._link(row, at, value, column)
        elif value is None:
            self.sheet.write_blank(row, at, None, look)
        elif column.formula:
            self.sheet.write_formula(row, at, self._formula(column, row), look, _stored(value))
        else:
            put(self.sheet, row, at, value, look)

    def _link(self, row: int, at: int, link: Link, column: Column) -> None:
        where = in_workbook(link.target, self.home, link.sheet, link.cell)
        if where is None or self._links >= MOST_LINKS:
            self.sheet.write_string(row, at, link.text, self.looks.cell(column, None, total=False))
            return
        self._links += 1
        self.sheet.write_url(row, at, where, self.looks.cell(column, None), link.text)

    def _formula(self, column: Column, row: int) -> str:
        cells = {key: xl_rowcol_to_cell(row, at) for key, at in self._at.items()}
        return f'=IFERROR({column.formula.format(**cells)},"")'

    def _total(self, row: int, total: TotalRow) -> None:
        for at, column in enumerate(self.grid.columns):
            value = total.values.get(column.key)
            look = self.looks.cell(column, value, total=True)
            if column.key == "agency":
                self.sheet.write_string(row, at, total.label, look)
            elif value is None:
                self.sheet.write_blank(row, at, None, look)
            elif column.formula:
                self.sheet.write_formula(row, at, self._formula(column, row), look, _stored(value))
            else:
                self.sheet.write_formula(row, at, self._sum(column, at, total.period), look, _stored(value))

    def _sum(self, column: Column, at: int, period: str) -> str:
        cells = f"{xl_rowcol_to_cell(self.first, at)}:{xl_rowcol_to_cell(self.last, at)}"
        if not period:
            return f"={_FUNCTIONS[column.total]}({cells})"
        here = self._at["period"]
        periods = f"{xl_rowcol_to_cell(self.first, here)}:{xl_rowcol_to_cell(self.last, here)}"
        return f'=SUMIF({periods},"{period}",{cells})'


_FUNCTIONS = {"sum": "SUM", "low": "MIN", "high": "MAX"}


def _lines(columns: Sequence[Column], values: Sequence[Value]) -> int:
    """How many lines the highest cell of a row needs: some programs do not find the height of a row themselves."""
    return max(
        (
            _lines_of(value, column.width)
            for column, value in zip(columns, values, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )


def _lines_of(text: str, width: float) -> int:
    """The lines of a text that is broken between words, and within those that are longer than a line."""
    most, lines, used = max(int(width * _PER_UNIT), 1), 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > most:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines, used = lines + (used - 1) // most, (used - 1) % most + 1
    return lines


def put(sheet: Any, row: int, at: int, value: str | int | Decimal | Fraction, look: Any) -> None:
    """A value into a cell. A text is always one, whatever it begins with."""
    if isinstance(value, str):
        sheet.write_string(row, at, value[:_LONGEST], look)
    else:
        sheet.write_number(row, at, _stored(value), look)


def _stored(value: Value) -> Any:
    if isinstance(value, (Decimal, Fraction)):
        return in_cell(value)
    return "" if value is None else value


def set_up(sheet: Any, language: Language) -> None:
    """How a sheet is printed: A4 across, as wide as the page, page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    pages = words.PAGE_OF.fill(page="&P", pages="&N").get(language)
    sheet.set_footer(f"&L&8&A&C&8{pages}&R&8xlaudit {__version__}")

