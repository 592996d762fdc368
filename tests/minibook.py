"""Workbooks of a few bytes, their parts written out, so that a test can say exactly what a file holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from xlaudit.model import Sheet, Workbook
from xlaudit.reading.grid import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def relationships(*items: tuple[str, str, str]) -> str:
    """A .rels part of ``(id, kind, target)``."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, kind, target in items
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def worksheet(rows: str, after: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si>{item}</si>" for item in items) + "</sst>"


def styles(*codes: str) -> str:
    """A style part whose formats 1, 2, ... have the given number format codes."""
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    xfs = "<xf/>" + "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>'


def parts(rows: str = "", *, sheet: str | None = None, **more: str) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; ``strings=`` and ``styles=`` add those parts."""
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Lembar" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}"/></Types>',
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook,
        "xl/worksheets/sheet1.xml": worksheet(rows) if sheet is None else sheet,
    }
    if "strings" in more:
        links.append(("rId2", "sharedStrings", "sharedStrings.xml"))
        found["xl/sharedStrings.xml"] = more["strings"]
    if "styles" in more:
        links.append(("rId3", "styles", "styles.xml"))
        found["xl/styles.xml"] = more["styles"]
    found["xl/_rels/workbook.xml.rels"] = relationships(*links)
    return found


def zipped(content: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def book(folder: Path, content: Mapping[str, str | bytes]) -> Workbook:
    """The workbook of these parts, read."""
    path = folder / "mini.xlsx"
    path.write_bytes(zipped(content))
    return read_workbook(path)


def only_sheet(folder: Path, rows: str = "", **more: str) -> Sheet:
    (sheet,) = book(folder, parts(rows, **more)).sheets
    return sheet
