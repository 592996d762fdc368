"""XML spreadsheets of 2003 (SpreadsheetML), which many programs write and name .xls or .xml."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area
from xlaudit.limits import Limits
from xlaudit.model import CellStyle, Sheet, Stored, Workbook
from xlaudit.reading.formats import gather
from xlaudit.reading.formats.r1c1 import a1_formula
from xlaudit.reading.formats.xmlsteps import count, let_go, steps
from xlaudit.reading.literals import serial
from xlaudit.reading.names import place
from xlaudit.reading.refusals import broken, too_large
from xlaudit.reading.styles import MAX_CODE, meaning
from xlaudit.texts import Text

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"

_SS = f"{{{NAMESPACE}}}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_CODES = {
    "General Number": "General",
    "General Date": "dd/mm/yyyy h:mm",
    "Long Date": "d mmmm yyyy",
    "Medium Date": "d-mmm-yy",
    "Short Date": "dd/mm/yyyy",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}
"""Formats that are told by name; what they look like depends on the reader's country."""


def read_xml2003(path: str, data: bytes, limits: Limits) -> Workbook:
    """The workbook in such a file. Raises ``UnreadableWorkbook``: ``broken``, ``too_large``."""
    reader = _Reader(limits)
    for event, element in steps("Workbook", data, limits):
        reader.take(event, element)
    return reader.workbook(path)


@dataclass(slots=True)
class _Place:
    """How far a sheet was read."""

    row: int = 0
    column: int = 0
    style: str = ""
    column_styles: dict[int, str] | None = None


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._budget = gather.Budget(limits)
        self._styles = gather.Styles()
        self._formats: dict[str, CellStyle] = {}
        self._sheets: list[Sheet] = []
        self._sheet = gather.Gathered(self._budget)
        self._at = _Place()
        self._visible = True
        self._date1904 = False
        self._names: list[tuple[str, str]] = []
        self._depth = 0

    def take(self, event: str, element: etree._Element) -> None:
        tag = element.tag
        if event == "start":
            self._depth += 1
            if self._depth == 1 and tag != f"{_SS}Workbook":
                raise broken(Text("it holds no workbook"))
            if tag == f"{_SS}Worksheet":
                self._sheet, self._at, self._visible = gather.Gathered(self._budget), _Place(), True
            elif tag == f"{_SS}Table":
                self._at.style = element.get(f"{_SS}StyleID") or ""
            return
        self._depth -= 1
        if tag == f"{_SS}Row":
            self._row(element)
            let_go(element)
        elif tag == f"{_SS}Column":
            self._column(element)
            let_go(element)  # many at once are slow to free
        elif tag == f"{_SS}Style":
            self._format(element)
        elif tag == f"{_SS}Worksheet":
            self._close(element)
            let_go(element)
        elif tag == f"{_EXCEL}Visible":
            self._visible = (element.text or "").strip() not in {"SheetHidden", "SheetVeryHidden"}
        elif tag == f"{_EXCEL}Date1904":
            self._date1904 = True
        elif tag == f"{_SS}NamedRange" and self._depth == 2 and len(self._names) < self._limits.names:
            self._names.append((element.get(f"{_SS}Name") or "", element.get(f"{_SS}RefersTo") or ""))

    def workbook(self, path: str) -> Workbook:
        known = {sheet.name.casefold(): sheet.name for sheet in self._sheets}
        names: dict[str, tuple[str, Area] | None] = {
            name: place(a1_formula(text.removeprefix("="), 1, 1), known) for name, text in self._names if name
        }
        return Workbook(path, tuple(self._sheets), self._styles.all(), self._date1904, names=names)

    def _close(self, element: etree._Element) -> None:
        if len(self._sheets) >= gather.MAX_SHEETS:
            raise too_large(Text("too many sheets"))
        name = element.get(f"{_SS}Name") or ""
        self._sheets.append(self._sheet.sheet(name, len(self._sheets), "Workbook", self._visible))

    def _format(self, element: etree._Element) -> None:
        """One style: what it does not say is as in its parent, or as in the one called Default."""
        base = self._formats.get(element.get(f"{_SS}Parent") or "Default", CellStyle())
        number, font = element.find(f"{_SS}NumberFormat"), element.find(f"{_SS}Font")
        fill, alignment = element.find(f"{_SS}Interior"), element.find(f"{_SS}Alignment")
        if number is not None:
            code = number.get(f"{_SS}Format") or "General"
            code = _CODES.get(code, code)
            code = code if len(code) <= MAX_CODE else "General"
            places, percent, date = meaning(code)
            base = base._replace(format_code=code, places=places, percent=percent, date=date)
        if font is not None:
            base = base._replace(bold=font.get(f"{_SS}Bold") == "1")
        if fill is not None:
            colour = (fill.get(f"{_SS}Color") or "").lstrip("#").upper()
            base = base._replace(fill=colour if colour and fill.get(f"{_SS}Pattern") == "Solid" else None)
        if alignment is not None:
            base = base._replace(indent=count(alignment.get(f"{_SS}Indent"), 250, 0))
        self._formats[element.get(f"{_SS}ID") or ""] = base

    def _column(self, element: etree._Element) -> None:
        at = self._at
        first = count(element.get(f"{_SS}Index"), MAX_COLUMNS, at.column + 1)
        at.column = first + count(element.get(f"{_SS}Span"), MAX_COLUMNS, 0)
        if element.get(f"{_SS}Hidden") == "1" or element.get(f"{_SS}Width") == "0":
            self._sheet.hide_columns(first, at.column)
        style = element.get(f"{_SS}StyleID")
        if style is not None:
            at.column_styles = at.column_styles or {}
            if len(at.column_styles) < MAX_COLUMNS:
                at.column_styles.update(dict.fromkeys(range(first, min(at.column, MAX_COLUMNS) + 1), style))

    def _row(self, element: etree._Element) -> None:
        at = self._at
        row = count(element.get(f"{_SS}Index"), MAX_ROWS + 1, at.row + 1)
        at.row = row + count(element.get(f"{_SS}Span"), MAX_ROWS, 0)
        if element.get(f"{_SS}Hidden") == "1" or element.get(f"{_SS}Height") == "0":
            self._sheet.hide_rows(row, at.row)
        column = 0
        for cell in element.iterchildren(f"{_SS}Cell"):
            column = count(cell.get(f"{_SS}Index"), MAX_COLUMNS + 1, column + 1)
            wide = count(cell.get(f"{_SS}MergeAcross"), MAX_COLUMNS, 0)
            tall = count(cell.get(f"{_SS}MergeDown"), MAX_ROWS, 0)
            if wide or tall:
                self._sheet.merge(row, column, row + tall, column + wide)
            name = cell.get(f"{_SS}StyleID") or element.get(f"{_SS}StyleID")
            name = name or (at.column_styles or {}).get(column) or at.style or "Default"
            style = self._styles.index(self._formats.get(name, CellStyle()))
            formula = cell.get(f"{_SS}Formula")
            if formula is not None:
                formula = a1_formula(formula.removeprefix("="), row, column)
            self._sheet.put(row, column, self._value(cell, formula is not None), formula, style)
            column += wide

    def _value(self, cell: etree._Element, computed: bool) -> gather.Value:
        data = cell.find(f"{_SS}Data")
        if data is None:
            return gather.NOTHING
        text = "".join(str(piece) for piece in data.itertext())
        kind = data.get(f"{_SS}Type")
        if kind == "Number":
            return gather.of_number(text.strip())
        if kind == "Boolean":
            return gather.of_boolean(text.strip() == "1")
        if kind == "Error":
            return gather.of_error(text.strip())
        if kind == "DateTime" and (day := serial(text, self._date1904)) is not None:
            return gather.of_amount(day)
        return gather.Value(Stored.TEXT) if computed and not text else gather.of_text(text)
