"""Writes small .xlsb workbooks out of the model, so that the reader has something to read ([MS-XLSB] 2.1.7).

Only what the reader looks at is written, and formulas only where a test gives their tokens.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from minibook import PACKAGE, relationships, zipped

from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook

_MAIN = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}

Tokens = Mapping[tuple[str, int, int], bytes]
"""By sheet, row and column (from 1): the formula of a cell and what belongs to it, as :func:`parsed` gives them."""


def record(kind: int, data: bytes = b"") -> bytes:
    return _short(kind) + _short(len(data)) + data


def _short(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def parsed(tokens: bytes, beyond: bytes = b"") -> bytes:
    return struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", len(beyond)) + beyond


def written(workbook: Workbook, tokens: Tokens | None = None, *, own: bytes = b"", shared: bytes = b"") -> bytes:
    """The file. ``own`` are further records of the workbook part, ``shared`` those after the last cell of a sheet."""
    sheets = list(enumerate(workbook.sheets, 1))
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n, _ in sheets]
    texts = _Texts()
    parts: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{n}.bin": _sheet(sheet, texts, tokens or {}, shared) for n, sheet in sheets
    }
    links += [("rIdT", "sharedStrings", "sharedStrings.bin"), ("rIdS", "styles", "styles.bin")]
    tabs = b"".join(
        record(156, struct.pack("<II", 0 if sheet.visible else 1, n) + wide(f"rId{n}") + wide(sheet.name))
        for n, sheet in sheets
    )
    flags = struct.pack("<I", workbook.date1904)
    return zipped(
        {
            "[Content_Types].xml": _content_types(len(sheets)),
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": record(131) + record(153, flags) + listed(143, 144, tabs) + own + record(132),
            "xl/_rels/workbook.bin.rels": relationships(*links),
            "xl/sharedStrings.bin": listed(159, 160, *(record(19, b"\0" + wide(t)) for t in texts.known), head="II"),
            "xl/styles.bin": record(278) + b"".join(_styles(workbook.styles)) + record(279),
            **parts,
        }
    )


def listed(first: int, last: int, *items: bytes, head: str = "") -> bytes:
    """Records between those that open and close their list, the count (once or twice) in the opening one."""
    return record(first, struct.pack("<" + head, *[len(items)] * len(head))) + b"".join(items) + record(last)


def _content_types(sheets: int) -> str:
    kinds = {
        "workbook": _MAIN,
        "sharedStrings": "application/vnd.ms-excel.sharedStrings",
        "styles": "application/vnd.ms-excel.styles",
        **{f"worksheets/sheet{n}": "application/vnd.ms-excel.worksheet" for n in range(1, sheets + 1)},
    }
    overrides = "".join(
        f'<Override PartName="/xl/{part}.bin" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="bin" ContentType="application/octet-stream"/>{overrides}</Types>'
    )


class _Texts:
    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.known.setdefault(text, len(self.known))


def _styles(styles: tuple[CellStyle, ...]) -> Iterator[bytes]:
    numbered = list(enumerate(styles))
    codes = (record(44, struct.pack("<H", 164 + n) + wide(style.format_code)) for n, style in numbered)
    yield listed(615, 616, *codes, head="I")
    yield listed(611, 612, *(record(43, _font(weight)) for weight in (400, 700)), head="I")
    fills = list(dict.fromkeys(style.fill for style in styles))
    # the last: no stops, and the numbers of a gradient that it is not
    solid = (struct.pack("<I", 0 if fill is None else 1) + _colour(fill or "") + _colour("") for fill in fills)
    yield listed(603, 604, *(record(45, fill + bytes(48)) for fill in solid), head="I")
    yield listed(613, 614, record(46, bytes(51)), head="I")
    yield listed(626, 627, record(47, struct.pack("<H", 0xFFFF) + bytes(14)), head="I")
    looks = (
        struct.pack("<6H", 0, 164 + n, style.bold, fills.index(style.fill), 0, style.indent << 8) + bytes(4)
        for n, style in numbered
    )
    yield listed(617, 618, *(record(47, look) for look in looks), head="I")


def _font(weight: int) -> bytes:
    return struct.pack("<HHHHBBBB", 220, 0, weight, 0, 0, 0, 0, 0) + _colour("") + b"\0" + wide("Calibri")


def _colour(fill: str) -> bytes:
    kind, _, rest = fill.partition(":")
    if not rest:
        return struct.pack("<BBh", 5, 0, 0) + bytes.fromhex(fill or "000000") + b"\xff"
    index, _, tint = rest.partition(":")
    return struct.pack("<BBh", 2 if kind == "indexed" else 6, int(index), int(tint or 0)) + bytes(4)


def _sheet(sheet: Sheet, texts: _Texts, tokens: Tokens, shared: bytes) -> bytes:
    columns = [record(60, struct.pack("<IIIIH", n - 1, n - 1, 2304, 0, 1)) for n in sorted(sheet.hidden_columns)]
    rows = bytearray()
    for number in sorted({*sheet.rows, *sheet.hidden_rows, *sheet.outline}):
        look = sheet.outline.get(number, 0) | (0x10 if number in sheet.hidden_rows else 0)
        rows += record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, look, 0, 0))
        for cell in sheet.rows.get(number, {}).values():
            rows += _cell(cell, texts, tokens.get((sheet.name, cell.row, cell.column)))
    merges = [
        record(176, struct.pack("<4I", area.top - 1, area.bottom - 1, area.left - 1, area.right - 1))
        for area in sheet.merges
    ]
    size = max(sheet.rows, default=1), max((max(line) for line in sheet.rows.values()), default=1)
    return (
        record(129)
        + record(148, struct.pack("<4I", 0, size[0] - 1, 0, size[1] - 1))
        + (listed(390, 391, *columns) if columns else b"")
        + listed(145, 146, bytes(rows), shared)
        + (listed(177, 178, *merges, head="I") if merges else b"")
        + record(130)
    )


def _cell(cell: StoredCell, texts: _Texts, formula: bytes | None) -> bytes:
    head = struct.pack("<II", cell.column - 1, cell.style)
    tail = b"" if formula is None else b"\0\0" + formula
    if cell.kind is Stored.NUMBER:
        assert cell.number is not None
        number = struct.pack("<d", float(cell.number))
        packed = int(cell.number) if cell.number == cell.number.to_integral_value() else None
        if formula is None and packed is not None and abs(packed) < 1 << 28:
            return record(2, head + struct.pack("<i", packed << 2 | 2))
        return record(5 if formula is None else 9, head + number + tail)
    if cell.kind is Stored.BOOLEAN:
        return record(4 if formula is None else 10, head + bytes([cell.text == "TRUE"]) + tail)
    if cell.kind is Stored.ERROR:
        return record(3 if formula is None else 11, head + bytes([_ERRORS[cell.text]]) + tail)
    if formula is not None:
        return record(8, head + wide(cell.text) + tail)
    return record(7, head + struct.pack("<I", texts.number(cell.text)))
