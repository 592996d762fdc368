"""A worksheet part: where its children stand, which order the schema asks of them, merges and sizes.

ECMA-376 Part 1, 18.3.1.99 (CT_Worksheet). Rows are only ever looked at as bytes.
"""

from __future__ import annotations

from xlaudit.annotate.parts import Part
from xlaudit.annotate.xmlscan import Element
from xlaudit.cells import Area, Cell, parse_area
from xlaudit.patterns import pattern

_SEQUENCE = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting
dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture
oleObjects controls webPublishItems tableParts extLst
"""
ORDER = tuple(_SEQUENCE.split())
"""The children of CT_Worksheet in the order of the schema."""

_ROW_ATTRIBUTE = pattern(rb"\s(r|ht|hidden)\s*=\s*[\"']([^\"']*)[\"']")

# Calibri 11, as Excel draws it at 96 dpi: what columns and rows without a size of their own measure.
_COLUMN_PIXELS = 64
_ROW_PIXELS = 20


class SheetPart:
    """One worksheet part being worked on."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.root = part.root
        self.children = self.root.children("sheetData")

    def child(self, local: str) -> Element | None:
        return next((child for child in self.children if child.local == local), None)

    def insert(self, local: str, text: str) -> None:
        """A new child at its place: before its like, else before the first that the schema puts later.

        Before its like, since LibreOffice lets the first of overlapping conditional formats win,
        where Excel goes by their priority.
        """
        rank = ORDER.index(local)
        later = [child for child in self.children if _rank(child) >= rank]
        data = self.child("sheetData")
        if later and (data is None or later[0].start >= data.end):
            self.part.edits.insert(later[0].start, text)
        else:
            self.part.edits.append(self.root, text)

    def merges(self) -> list[Area]:
        """The merged ranges; unreadable ones are passed over."""
        merged = self.child("mergeCells")
        areas = []
        for child in merged.children() if merged else []:
            try:
                areas.append(parse_area(child.get("ref")))
            except ValueError:
                continue
        return areas

    def column_pixels(self) -> dict[int, int]:
        """The width of columns that differ from the default, in pixels at 96 dpi; hidden ones 0.

        Spans over very many columns are only followed to column 256: no note reaches further.
        """
        cols = self.child("cols")
        widths: dict[int, int] = {}
        for child in cols.children() if cols else []:
            first, last = child.get("min"), child.get("max")
            if not (first.isdecimal() and last.isdecimal()):
                continue
            pixels = 0 if child.get("hidden") in ("1", "true") else _column_pixels(child.get("width"))
            for column in range(int(first), min(int(last), int(first) + 255) + 1):
                widths[column] = pixels
        return widths

    def default_pixels(self) -> tuple[int, int]:
        """Width of a column and height of a row that have none of their own."""
        defaults = self.child("sheetFormatPr")
        if defaults is None:
            return _COLUMN_PIXELS, _ROW_PIXELS
        width, height = defaults.get("defaultColWidth"), _row_pixels(defaults.get("defaultRowHeight"))
        return _column_pixels(width) if width else _COLUMN_PIXELS, height or _ROW_PIXELS

    def row_pixels(self) -> dict[int, int]:
        """The height of rows that have one of their own, in pixels; hidden ones 0.

        Looks for the attributes, not for the rows: most of a large sheet has none. A row that does
        not say its number is passed over.
        """
        heights: dict[int, int] = {}
        table = self.child("sheetData")
        if table is None:
            return heights
        data, row = self.part.edits.data, table.qualified("row").encode()
        for word in (b" ht=", b" hidden="):
            at = data.find(word, table.inner, table.close)
            while at >= 0:
                tag = data[data.rfind(b"<", table.inner, at) + 1 : data.find(b">", at)]
                if tag.split(None, 1)[0] == row:
                    found = dict(_ROW_ATTRIBUTE.findall(tag))
                    number = int(found[b"r"]) if found.get(b"r", b"").isdigit() else 0
                    if found.get(b"hidden") in (b"1", b"true"):
                        heights[number] = 0
                    elif pixels := _row_pixels(found.get(b"ht", b"").decode("ascii", "replace")):
                        heights[number] = pixels
                at = data.find(word, at + 1, table.close)
        return heights


def top_left(cell: Cell, merges: list[Area]) -> Cell:
    """The cell itself, or the top-left cell of the merge it lies in."""
    return next((area.first for area in merges if area.holds(*cell)), cell)


def _rank(child: Element) -> int:
    """The place of a child in the schema's order; -1 where it has none. A choice ranks as what it holds."""
    if child.local == "AlternateContent":
        inner = [grandchild for choice in child.children() for grandchild in choice.children()]
        return _rank(inner[0]) if inner else -1
    return ORDER.index(child.local) if child.local in ORDER else -1


def _column_pixels(width: str) -> int:
    try:
        return max(0, min(2000, int(float(width) * 7)))  # stored widths include the padding (18.3.1.13)
    except (ValueError, OverflowError):
        return _COLUMN_PIXELS


def _row_pixels(points: str) -> int:
    try:
        return max(0, min(1000, round(float(points) * 4 / 3)))
    except (ValueError, OverflowError):
        return 0
