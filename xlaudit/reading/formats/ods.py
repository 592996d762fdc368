"""OpenDocument spreadsheets (.ods, and .fods in one XML file), read from their content ([ODF] Part 3, 9)."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area, parse_area
from xlaudit.limits import Limits
from xlaudit.model import Sheet, Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.formats import gather
from xlaudit.reading.formats.odsformula import excel_formula
from xlaudit.reading.formats.odsstyles import OdsStyles
from xlaudit.reading.formats.xmlsteps import count, let_go, steps
from xlaudit.reading.literals import serial
from xlaudit.reading.package import Archive
from xlaudit.reading.refusals import broken, encrypted, too_large
from xlaudit.texts import Text

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{{{_URN}table:1.0}}", f"{{{_URN}office:1.0}}", f"{{{_URN}text:1.0}}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_DURATION = pattern(r"(-?)PT(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?", re.ASCII)
_ERROR = pattern(r"#[A-Z/0!?]+|Err:\d{3}|#N/A")
_AREA = pattern(r"\$?(?:'((?:[^']|'')+)'|([^.']+))\.(\$?[A-Z]{1,3}\$?\d{1,7})(?::\S*?\.?(\$?[A-Z]{1,3}\$?\d{1,7}))?")


def read_ods(archive: Archive) -> Workbook:
    """The workbook in an .ods package. Raises ``UnreadableWorkbook``."""
    if archive.find("content.xml") is None:
        raise broken(Text("part content.xml is missing"))
    manifest = archive.find("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in archive.read(manifest):
        raise encrypted()
    styles = archive.find("styles.xml")
    meta = archive.find("meta.xml")
    properties = {} if meta is None else _properties(archive.tree(meta))
    reader = _Reader("content.xml", [] if styles is None else [archive.tree(styles)], archive.limits)
    reader.read(archive.read("content.xml"))
    return reader.workbook(str(archive.path), properties)


def read_flat(path: str, data: bytes, limits: Limits) -> Workbook:
    """A flat OpenDocument file (.fods). Raises ``UnreadableWorkbook``."""
    reader = _Reader("office:document", [], limits)
    reader.read(data)
    return reader.workbook(path, reader.properties)


class _Reader:
    def __init__(self, part: str, style_roots: list[etree._Element], limits: Limits) -> None:
        self.part = part
        self.sheets: list[Sheet] = []
        self.names: dict[str, tuple[str, Area] | None] = {}
        self.properties: dict[str, str] = {}
        self.date1904 = False
        self._roots = style_roots
        self._styles: OdsStyles | None = None
        self._budget = gather.Budget(limits)
        self._tables = 0
        self._open_table()

    def _open_table(self) -> None:
        self._sheet = gather.Gathered(self._budget)
        self._row = self._column = 0
        self._level = 0
        self._column_styles: list[tuple[int, str]] = []

    def read(self, data: bytes) -> None:
        spreadsheet = False
        depth = 0
        for event, element in steps(self.part, data, self._budget.limits):
            tag = element.tag
            if event == "start":
                depth += tag == f"{_TABLE}table"
                spreadsheet = spreadsheet or tag == f"{_OFFICE}spreadsheet"
                if depth == 1 and tag == f"{_TABLE}table":
                    self._open_table()
                elif tag == f"{_TABLE}table-row-group":
                    self._level += 1
                continue
            if tag == f"{_TABLE}table":
                depth -= 1
                if depth == 0:
                    self._close_table(element)
                    let_go(element)
            elif tag in {f"{_TABLE}tracked-changes", f"{_TABLE}content-validations"}:
                let_go(element)
            elif depth == 1:
                self._within_table(tag, element)
            elif depth == 0:
                self._around_tables(tag, element)
        if not spreadsheet:
            raise broken(Text("it holds no spreadsheet"))

    def workbook(self, path: str, properties: dict[str, str]) -> Workbook:
        styles = self._styles_read().used.all()
        return Workbook(path, tuple(self.sheets), styles, self.date1904, properties, False, self.names)

    def _styles_read(self) -> OdsStyles:
        if self._styles is None:
            self._styles = OdsStyles(self._roots)
        return self._styles

    def _around_tables(self, tag: object, element: etree._Element) -> None:
        if tag in {f"{_OFFICE}automatic-styles", f"{_OFFICE}styles"}:
            self._roots.append(element)
        elif tag == f"{_TABLE}null-date":
            self.date1904 = (element.get(f"{_TABLE}date-value") or "").startswith("1904")
        elif tag == f"{_TABLE}named-range" and len(self.names) < self._budget.limits.names:
            self.names[element.get(f"{_TABLE}name") or ""] = self._place(
                element.get(f"{_TABLE}cell-range-address") or ""
            )
        elif tag == f"{_OFFICE}meta":
            self.properties = _properties(element)

    def _place(self, text: str) -> tuple[str, Area] | None:
        match = _AREA.fullmatch(text) if len(text) < 300 else None
        if match is None:
            return None
        name = match[1].replace("''", "'") if match[1] else match[2]
        known = {sheet.name for sheet in self.sheets}
        try:
            return (name, parse_area(match[3] + (":" + match[4] if match[4] else ""))) if name in known else None
        except ValueError:
            return None

    def _close_table(self, element: etree._Element) -> None:
        name = element.get(f"{_TABLE}name") or ""
        visible = (element.get(f"{_TABLE}style-name") or "") not in self._styles_read().hidden_tables
        self._tables += 1
        if self._tables > gather.MAX_SHEETS:
            raise too_large(Text("too many sheets"))
        self.sheets.append(self._sheet.sheet(name, self._tables - 1, self.part, visible))

    def _within_table(self, tag: object, element: etree._Element) -> None:
        if tag == f"{_TABLE}table-column":
            repeat = count(element.get(f"{_TABLE}number-columns-repeated"), MAX_COLUMNS)
            first, self._column = self._column + 1, self._column + repeat
            self._column_styles.append((self._column, element.get(f"{_TABLE}default-cell-style-name") or ""))
            if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                self._sheet.hide_columns(first, self._column)
        elif tag == f"{_TABLE}table-row":
            self._take_row(element)
            let_go(element)
        elif tag == f"{_TABLE}table-row-group":
            self._level -= 1

    def _take_row(self, element: etree._Element) -> None:
        repeat = count(element.get(f"{_TABLE}number-rows-repeated"), MAX_ROWS)
        first, last = self._row + 1, self._row + repeat
        self._row = last
        if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            self._sheet.hide_rows(first, last)
        self._sheet.level(first, last, self._level)
        column = 0
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            width = count(cell.get(f"{_TABLE}number-columns-repeated"), MAX_COLUMNS)
            self._take_cell(cell, range(first, last + 1), range(column + 1, column + width + 1), element)
            column += width

    def _take_cell(self, cell: etree._Element, rows: range, columns: range, row: etree._Element) -> None:
        wide = count(cell.get(f"{_TABLE}number-columns-spanned"), MAX_COLUMNS)
        tall = count(cell.get(f"{_TABLE}number-rows-spanned"), MAX_ROWS)
        if wide > 1 or tall > 1:
            self._sheet.merge(rows.start, columns.start, rows.start + tall - 1, columns.start + wide - 1)
        value = self._value(cell)
        formula = excel_formula(cell.get(f"{_TABLE}formula") or "")
        if value is gather.NOTHING and formula is None:
            return
        name = cell.get(f"{_TABLE}style-name") or row.get(f"{_TABLE}default-cell-style-name") or ""
        for at in columns:
            style = self._styles_read().index(name or self._column_style(at))
            for line in rows:
                self._sheet.put(line, at, value, formula, style)

    def _column_style(self, column: int) -> str:
        return next((name for last, name in self._column_styles if column <= last), "")

    def _value(self, cell: etree._Element) -> gather.Value:
        kind = cell.get(f"{_OFFICE}value-type") or ""
        if kind in {"float", "percentage", "currency"}:
            value = gather.of_number(cell.get(f"{_OFFICE}value") or "")
            return self._error_or(cell, value)
        if kind == "boolean":
            return gather.of_boolean(cell.get(f"{_OFFICE}boolean-value") == "true")
        if kind == "date":
            day = serial(cell.get(f"{_OFFICE}date-value") or "", self.date1904)
            return gather.of_text(_shown(cell)) if day is None else gather.of_amount(day)
        if kind == "time":
            time = _duration(cell.get(f"{_OFFICE}time-value") or "")
            return gather.of_text(_shown(cell)) if time is None else gather.of_amount(time)
        if not kind and not len(cell):
            return gather.NOTHING
        return self._error_or(cell, gather.of_text(cell.get(f"{_OFFICE}string-value") or _shown(cell)))

    @staticmethod
    def _error_or(cell: etree._Element, value: gather.Value) -> gather.Value:
        """Errors are told by an extension of LibreOffice, or by a formula that shows one."""
        declared = any(str(key).endswith("}value-type") and text == "error" for key, text in cell.items())
        if declared or cell.get(f"{_TABLE}formula"):
            shown = _shown(cell)
            if _ERROR.fullmatch(shown):
                return gather.of_error("#VALUE!" if shown.startswith("Err:") else shown)
        return value


def _shown(cell: etree._Element) -> str:
    """The paragraphs of a cell, its comments and drawings left out."""
    return "\n".join(_inline(child) for child in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h"))


def _inline(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * count(child.get(f"{_TEXT}c"), 1000))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag in {f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}ruby-text"}:
            pass
        else:
            pieces.append(_inline(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _duration(text: str) -> Decimal | None:
    """An ISO duration as a fraction of a day."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    seconds = Decimal(int(match[2] or 0) * 3600 + int(match[3] or 0) * 60) + Decimal(match[4] or 0)
    return (-seconds if match[1] else seconds) / 86400


def _properties(root: etree._Element) -> dict[str, str]:
    """The user's own document properties."""
    found: dict[str, str] = {}
    for element in root.iter("{*}user-defined"):
        name = next((str(value) for key, value in element.items() if str(key).endswith("}name")), "")
        found[name] = "".join(str(piece) for piece in element.itertext()).strip()
    return found
