"""The shapes of notes: legacy VML drawings, written to, never parsed as XML (Excel's own are often none).

ECMA-376 Part 4, 14.2 (VML) and the client data of Excel therein.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xlaudit.annotate.xmlscan import Edits
from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Cell
from xlaudit.patterns import pattern

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
# Others than Excel may have other prefixes for the same namespaces.
_SHAPE = pattern(rb"<((?:[\w.-]+:)?)shape(?=[\s>]).*?</\1shape>\s*", re.DOTALL)
_NOTE = pattern(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = pattern(rb"<(?:[\w.-]+:)?Row>\s*([0-9]+)\s*</")
_COLUMN = pattern(rb"<(?:[\w.-]+:)?Column>\s*([0-9]+)\s*</")
_ANCHOR = pattern(rb"<(?:[\w.-]+:)?Anchor>\s*([-0-9,\s]+?)\s*</")
_ID_MAP = pattern(rb"<(?:[\w.-]+:)?idmap\b[^<>]*?\sdata\s*=\s*[\"']([0-9,\s]*)[\"']")
_ID = pattern(rb"[\"']_x0000_s([0-9]{1,9})[\"']")


class Grid(NamedTuple):
    """What rows and columns of a sheet measure in pixels: their own sizes, else the default."""

    columns: dict[int, int]
    rows: dict[int, int]
    default_column: int
    default_row: int

    def column(self, number: int) -> int:
        return self.columns.get(number, self.default_column)

    def row(self, number: int) -> int:
        return self.rows.get(number, self.default_row)


class Shape(NamedTuple):
    """A note's shape as it stands in a drawing; ``anchor`` is the place of its anchor's numbers."""

    start: int
    end: int
    cell: Cell
    anchor: tuple[int, int] | None


def note_shapes(data: bytes) -> dict[Cell, Shape]:
    """The shapes of notes in a drawing by the cell they belong to."""
    found: dict[Cell, Shape] = {}
    for match in _SHAPE.finditer(data):
        row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
        if row is None or column is None or _NOTE.search(match[0]) is None:
            continue
        anchor = _ANCHOR.search(data, match.start(), match.end())
        cell = Cell(int(row[1]) + 1, int(column[1]) + 1)
        found[cell] = Shape(*match.span(), cell, anchor.span(1) if anchor else None)
    return found


def used_clusters(drawings: Iterable[bytes]) -> int:
    """The highest cluster of shape ids (1024 each) that any drawing claims or, claiming none, uses."""
    claimed = [0]
    for data in drawings:
        for match in _ID_MAP.finditer(data):
            claimed += [int(number) for number in match[1].split(b",") if number.strip().isdigit()]
        claimed += [int(match[1]) // 1024 for match in _ID.finditer(data)]
    return max(claimed)


def new_drawing(shapes: list[str], clusters: list[int]) -> bytes:
    """A drawing that holds nothing but these shapes."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    ids = ",".join(map(str, clusters))
    head = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{ids}"/></o:shapelayout>'
    return f"<xml {declared}>{head}{_SHAPE_TYPE}{''.join(shapes)}</xml>".encode()


def extend_drawing(edits: Edits, shapes: list[str], clusters: list[int]) -> None:
    """Adds shapes before the end of a drawing that stands; namespaces it lacks are declared on the shapes."""
    data = edits.data
    end = max(data.rfind(b"</"), 0)
    head = data[: max(end, 0)][:4000]
    missing = [item for item in _NAMESPACES.items() if f'xmlns:{item[0]}="{item[1]}"'.encode() not in head]
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in missing)
    ids = _ID_MAP.search(data)
    if ids is not None and clusters:
        added = ",".join(map(str, clusters))
        edits.insert(ids.end(1), f",{added}" if ids[1].strip() else added)
    type_stands = re.search(rb"<(?:[\w.-]+:)?shapetype\b[^<>]*?id=[\"']_x0000_t202[\"']", data)
    text = ("" if type_stands or not shapes else _SHAPE_TYPE) + "".join(shapes)
    if declared:
        text = re.sub(r"<v:shape(type)? ", lambda match: f"{match[0][:-1]}{declared} ", text)
    edits.insert(end, text)


def shape(cell: Cell, size: tuple[int, int], grid: Grid, id: int, order: int) -> str:
    """A note's shape, hidden until the pointer rests on its cell."""
    width, height = size
    left, left_by, top, top_by = _start(cell, width, grid)
    right, right_by = _walk(left, left_by + width, grid.columns, grid.default_column, MAX_COLUMNS)
    bottom, bottom_by = _walk(top, top_by + height, grid.rows, grid.default_row, MAX_ROWS)
    anchor = f"{left - 1}, {left_by}, {top - 1}, {top_by}, {right - 1}, {right_by}, {bottom - 1}, {bottom_by}"
    return (
        f'<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:0pt;'
        f"margin-top:0pt;width:{width * 0.75:g}pt;height:{height * 0.75:g}pt;z-index:{order};"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{cell.row - 1}</x:Row><x:Column>{cell.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def enlarge(edits: Edits, shape: Shape, lines_height: int, width: int, grid: Grid) -> None:
    """Makes a note that stands taller by what was added, and at least as wide as that needs."""
    if shape.anchor is None:
        return
    raw = edits.data[slice(*shape.anchor)].decode().split(",")
    if len(raw) != 8 or not all(number.strip().isdigit() for number in raw):
        return
    left, left_by, top, top_by, right, right_by, bottom, bottom_by = map(int, raw)
    bottom, bottom_by = _walk(bottom + 1, bottom_by + lines_height, grid.rows, grid.default_row, MAX_ROWS)
    wide = (
        sum(grid.column(number) for number in range(left + 1, min(right, left + 256) + 1))
        + right_by
        - left_by
    )
    if wide < width:
        right, right_by = _walk(left + 1, left_by + width, grid.columns, grid.default_column, MAX_COLUMNS)
        right -= 1
    numbers = (left, left_by, top, top_by, right, right_by, bottom - 1, bottom_by)
    edits.replace(*shape.anchor, ", ".join(map(str, numbers)))


def _start(cell: Cell, width: int, grid: Grid) -> tuple[int, int, int, int]:
    """Right of the cell and a little above, as Excel puts it; left of it at the sheet's right edge."""
    column = min(cell.column + 1, MAX_COLUMNS)
    if column + 8 > MAX_COLUMNS:
        column = max(1, MAX_COLUMNS - 2 - width // max(1, grid.default_column))
    row = max(1, cell.row - 1)
    if row + 45 > MAX_ROWS:
        row = MAX_ROWS - 45
    top_by = 10 if cell.row > 1 else 2
    return column, 15, row, min(top_by, max(0, grid.row(row) - 1))


def _walk(start: int, pixels: int, sizes: Mapping[int, int], usual: int, last: int) -> tuple[int, int]:
    """The row or column reached from the start of one, and how far into it."""
    at = start
    last = min(last, start + 2_000)
    while at < last and pixels >= (size := sizes.get(at, usual)):
        pixels -= size
        at += 1
    return at, max(0, pixels)
