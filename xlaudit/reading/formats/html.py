"""Tables of web pages, which exports often name .xls: each table becomes a sheet of its own.

A web page has no addresses. Rows and columns count from the first cell of the table, as they do when the page
holds nothing else and is opened in a spreadsheet.
"""

from __future__ import annotations

import re

from lxml import etree

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS
from xlaudit.limits import MIB, Limits
from xlaudit.model import CellStyle, Sheet, Stored, Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.formats import gather
from xlaudit.reading.formats.xmlsteps import count
from xlaudit.reading.refusals import broken, not_a_workbook, too_large
from xlaudit.reading.styles import MAX_CODE, meaning
from xlaudit.texts import Text

_NUMBERED = pattern(r"[^;]*;[^;]*;(.*)", re.DOTALL)
_HIDDEN = pattern(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_CODE = pattern(r"mso-number-format\s*:\s*(\"[^\"]*\"|'[^']*'|[^;]*)", re.IGNORECASE)
_ESCAPE = pattern(r"\\(?:([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_BREAKS = {"br", "p", "div", "li"}
_BOLD = pattern(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_MOST_SPANNED = 1000
"""Columns of one cell, as browsers bound it."""


def read_html(path: str, data: bytes, limits: Limits) -> Workbook:
    """The tables of a page that hold no other tables.

    Numbers that the page tells as such (``sdval`` of LibreOffice, ``x:num`` of Excel) are numbers, everything
    else is text. Raises ``UnreadableWorkbook``: ``not_a_workbook`` where there is no table, ``too_large``.
    """
    if len(data) > limits.tree_mib * MIB:
        what = Text("the page exceeds {tree_mib} MiB").fill(tree_mib=limits.tree_mib)
        raise too_large(what, "tree_mib")
    if data.count(b"<") > 2 * limits.held_elements:  # every other one ends an element
        raise too_large(Text("the page has too many elements"), "held_elements")
    root = _parsed(data)
    budget, styles = gather.Budget(limits), gather.Styles()
    sheets: list[Sheet] = []
    for table in [] if root is None else root.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        if len(sheets) >= gather.MAX_SHEETS:
            raise too_large(Text("too many tables"))
        content = _Table(budget, styles).read(table)
        sheets.append(content.sheet(f"Tabel {len(sheets) + 1}", len(sheets), f"table {len(sheets) + 1}", True))
    if not sheets:
        raise not_a_workbook(Text("a web page without tables"))
    return Workbook(path, tuple(sheets), styles.all())


def _parsed(data: bytes) -> etree._Element | None:
    encoding = None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"charset" not in data[:4096].lower():
        encoding = "utf-8" if _is_utf8(data) else "cp1252"
    parser = etree.HTMLParser(no_network=True, recover=True, huge_tree=False, encoding=encoding)
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise broken(Text("the web page cannot be read")) from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Table:
    def __init__(self, budget: gather.Budget, styles: gather.Styles) -> None:
        self._sheet = gather.Gathered(budget)
        self._styles = styles
        self._taken: dict[int, int] = {}
        """By column, the last row that a cell from above reaches into."""
        self._steps_left = budget.limits.span_steps

    def read(self, table: etree._Element) -> gather.Gathered:
        for row, element in enumerate(table.iterdescendants("tr"), 1):
            if _HIDDEN.search(element.get("style") or ""):
                self._sheet.hide_rows(row, row)
            column = 0
            for cell in element.iterchildren("td", "th"):
                column += 1
                started = column
                while self._taken.get(column, 0) >= row:
                    column += 1
                wide = max(count(cell.get("colspan"), _MOST_SPANNED), 1)
                tall = max(count(cell.get("rowspan"), MAX_ROWS), 1)
                if wide > 1 or tall > 1:
                    self._sheet.merge(row, column, row + tall - 1, column + wide - 1)
                self._steps_left -= column - started + (wide if tall > 1 else 0)
                if self._steps_left < 0:
                    raise too_large(Text("too many merged cells"), "span_steps")
                if column + wide > MAX_COLUMNS:
                    break
                if tall > 1:
                    self._taken.update(dict.fromkeys(range(column, column + wide), row + tall - 1))
                self._put(row, column, cell)
                column += wide - 1
        return self._sheet

    def _put(self, row: int, column: int, cell: etree._Element) -> None:
        text = _text(cell)
        look = cell.get("style") or ""
        code = _format_code(cell, look)
        places, percent, date = meaning(code)
        bold = cell.tag == "th" or _BOLD.search(look) is not None or _all_bold(cell)
        indent, text = len(text) - len(text.lstrip("\xa0")), text.strip("\xa0 \t\r\n")
        style = CellStyle(code, places, percent, date, bold, min(indent // 3, 250), _colour(cell))
        literal = cell.get("sdval") or cell.get("x:num") or (text if cell.get("x:num") is not None else None)
        value = gather.of_text(text) if literal is None else gather.of_number(literal)
        if value.kind is Stored.TEXT and literal is not None:
            value = gather.of_text(text)
        self._sheet.put(row, column, value, None, self._styles.index(style))


def _text(cell: etree._Element) -> str:
    """What a cell shows: white space as one space, breaks kept, spaces that do not break kept, too."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end", "comment", "pi")):
        if event == "start":
            if element.tag in _BREAKS and (element.tag == "br" or "".join(pieces[-1:]).strip()):
                pieces.append("\n")
            if element.tag not in {"style", "script"}:
                pieces.append(re.sub(r"[ \t\r\n\f]+", " ", element.text or ""))
        elif element is not cell:
            pieces.append(re.sub(r"[ \t\r\n\f]+", " ", element.tail or ""))
    lines = (line.strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(lines).strip("\n")


def _all_bold(cell: etree._Element) -> bool:
    """Whether all that a cell holds is within one ``<b>``."""
    inner = cell
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
        inner = inner[0]
        if inner.tag in {"b", "strong"}:
            return True
    return False


def _format_code(cell: etree._Element, look: str) -> str:
    match = _NUMBERED.fullmatch(cell.get("sdnum") or "")
    if match is not None:
        code = match[1] or "General"
    else:
        told = _CODE.search(look)
        code = "General" if told is None else _ESCAPE.sub(_unescaped, told[1].strip("\"' "))
        code = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Short Date": "dd/mm/yyyy"}.get(code, code)
    return code if 0 < len(code) <= MAX_CODE else "General"


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def _colour(cell: etree._Element) -> str | None:
    colour = (cell.get("bgcolor") or "").strip().lstrip("#").upper()
    return colour if re.fullmatch(r"[0-9A-F]{6}", colour) else None
