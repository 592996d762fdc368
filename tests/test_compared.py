"""Parts that annotating writes, held against those that XlsxWriter writes for the same notes, rules and names.

XlsxWriter's own tests hold it against files of Excel, byte for byte; so it stands here for Excel. One workbook is
written without and annotated, the other written by XlsxWriter with all of it. What the comparison forgives is
``FORGIVEN_*``, each with its reason; everything else must be equal: elements, attributes, values, texts, order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree
from soundness import Parts, local, parts
from xlsxwriter.worksheet import Worksheet

from xlaudit.annotate import Heading, Mark, annotate
from xlaudit.annotate.notetext import note_runs, note_size, note_text

FORGIVEN_PARTS = {
    "xl/xlaudit.bin": "the journal, which is ours alone",
    "xl/styles.xml": "ours come behind those of the file; that their numbers are right is for test_soundness",
    "xl/worksheets/sheet of Hasil Audit": "its content has tests of its own",
    "docProps/core.xml": "the moment at which it was written",
    "docProps/app.xml": "titles of sheets, for browsers of files; left as the file had them",
}
FORGIVEN_ATTRIBUTES = {
    ("comment", "shapeId"): "Excel writes 0 since 2010; XlsxWriter nothing, as in 2007",
    ("t", "space"): "said always, where XlsxWriter says it only of texts that begin or end blank",
    ("sheet", "sheetId"): "our sheet comes first and has the highest number; XlsxWriter counts from the first",
    ("sheet", "id"): "likewise",
    ("legacyDrawing", "id"): "ids follow those that stand; where they lead is compared",
    ("drawing", "id"): "likewise",
    ("definedName", "hidden"): "XlsxWriter cannot hide a name",
    ("cfRule", "dxfId"): "formats of all severities are appended at once",
    ("dimension", "ref"): "XlsxWriter counts a cell that has nothing but a note",
    ("row", "spans"): "likewise",
}
FORGIVEN_STYLE = {
    "margin-left": "XlsxWriter computes it from the anchor; Excel goes by the anchor and computes it anew",
    "margin-top": "likewise",
}
FORGIVEN_NAMES = {
    "_xlnm._FilterDatabase": "of the findings sheet",
    "_xlnm.Print_Area": "likewise",
    "_xlnm.Print_Titles": "likewise",
}
FORGIVEN_ELEMENTS = {
    "authors": "the author of each note is compared instead of the number",
    "idmap": "ids of shapes follow the order in which they were made; test_soundness looks at them",
}
FORGIVEN_ORDER = {
    "Types": "content types are a set",
    "Relationships": "relationships are a set",
    "commentList": "ours stand behind the file's own",
    "xml": "likewise their shapes",
}
FORGIVEN_SHAPE_IDS = "likewise the id and z-index of a shape"
FORGIVEN_RUNS = "a note of ours has its first line in bold, XlsxWriter's has one kind of type: the text is compared"
FORGIVEN_EMPTY_ROWS = "XlsxWriter writes an empty row for a note in it"

MARKS = [
    Mark("Realisasi", "C2", "error", "Tidak sama.", rule="RA101", live="C2<>SUM(C3:C4)"),
    Mark("Realisasi", "C4", "warning", "Berbeda & <lain>.", live="C4<>Kinerja!B5"),
    Mark("Realisasi", "A1", "note", "Judul."),
    Mark("Kinerja", "B5", "warning", "Perlu penjelasan yang cukup panjang agar baris terlipat " * 4),
]
NAMES = {"_xlaudit_1": "='Realisasi'!$C$4<>'Kinerja'!$B$5", "_xlaudit_findings": "='Hasil Audit'!$A$1"}
RULES = {
    "Realisasi": {"C2": "IFERROR(C2<>SUM(C3:C4),TRUE)", "C4": "IFERROR(_xlaudit_1,TRUE)", "A1": "TRUE"},
    "Kinerja": {"B5": "TRUE"},
}
Fill = Callable[[xlsxwriter.Workbook, dict[str, Worksheet]], None]


def plain(book: xlsxwriter.Workbook, sheets: dict[str, Worksheet]) -> None:
    sheets["Realisasi"].write_column("C2", [7, 3, 4])
    sheets["Kinerja"].write("B5", 1)


def noted(book: xlsxwriter.Workbook, sheets: dict[str, Worksheet]) -> None:
    """Notes of others stand on both sheets."""
    plain(book, sheets)
    sheets["Realisasi"].write_comment("D9", "Catatan bendahara.", {"author": "Bendahara", "font_size": 9})
    sheets["Kinerja"].write_comment("A1", "Lama.", {"author": "Bendahara", "font_size": 9})


def dressed(book: xlsxwriter.Workbook, sheets: dict[str, Worksheet]) -> None:
    """A chart, a validation, rules that reach no flagged cell, widths, protection, a hidden sheet, names."""
    plain(book, sheets)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Realisasi!$C$2:$C$4"})
    sheets["Realisasi"].insert_chart("F9", chart)
    sheets["Realisasi"].data_validation("D2:D4", {"validate": "list", "source": ["a", "b"]})
    sheets["Realisasi"].set_column("A:B", 24)
    sheets["Realisasi"].set_row(1, 33)
    sheets["Realisasi"].merge_range("A8:C8", "Jumlah")
    sheets["Kinerja"].protect("rahasia")
    book.add_worksheet("Gudang").hide()
    book.define_name("milik_orang", "=Realisasi!$C$2")


def write(path: Path, fill: Fill, annotated: bool) -> Path:
    book = xlsxwriter.Workbook(path)
    if annotated:
        book.add_worksheet("Hasil Audit")
    sheets = {name: book.add_worksheet(name) for name in ("Realisasi", "Kinerja")}
    fill(book, sheets)
    sheets["Realisasi"].activate()
    look = book.add_format({"bold": True})
    for mark in MARKS if annotated else ():
        text = note_text(note_runs([mark], "id"))
        width, height = note_size(text)
        options = {"author": "xlaudit", "width": width, "height": height, "font_size": 9}
        sheets[mark.sheet].write_comment(mark.cell, text, options)
    for name, rules in RULES.items() if annotated else ():
        for cell, check in rules.items():
            criteria = f'=AND(N("xlaudit")=0,{check})'
            sheets[name].conditional_format(cell, {"type": "formula", "criteria": criteria, "format": look})
    for name, formula in NAMES.items() if annotated else ():
        book.define_name(name, formula)
    book.close()
    return path


def by_sheet(content: dict[str, bytes]) -> dict[str, bytes]:
    """Parts named by the sheet they belong to, not by numbers, which follow the order of making."""
    package = Parts(content)
    titles = {}
    for sheet in package.root("xl/workbook.xml").iter("{*}sheet"):
        id = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
        titles[package.relations("xl/workbook.xml")[id][1]] = sheet.get("name", "")
    names = {part: f"xl/worksheets/sheet of {title}" for part, title in titles.items()}
    for part, title in titles.items():
        rels = f"xl/worksheets/_rels/{part.rpartition('/')[2]}.rels"
        names[rels] = f"xl/worksheets/relations of {title}"
        for kind, target, _ in package.relations(part).values():
            names[target] = f"{kind} of {title}"
    return {names.get(name, name): data for name, data in content.items()}


def told(data: bytes) -> object:
    """A part as nested lists, without what is forgiven."""
    return _told(etree.fromstring(data))


def _told(element: etree._Element) -> list[object]:
    name = local(element)
    attributes = {
        etree.QName(key).localname: value
        for key, value in element.attrib.items()
        if (name, etree.QName(key).localname) not in FORGIVEN_ATTRIBUTES
    }
    if name == "Relationship":
        attributes.pop("Id")
    if name in ("Relationship", "Override"):
        key = "Target" if name == "Relationship" else "PartName"
        attributes[key] = re.sub(r"[0-9]+(?=\.)", "", attributes[key].rpartition("/")[2])
    if name == "shape":
        attributes.pop("id")
        pairs = [pair.split(":") for pair in attributes["style"].split(";")]
        attributes["style"] = ";".join(f"{k}:{v}" for k, v in pairs if k not in (*FORGIVEN_STYLE, "z-index"))
    if name == "comment":
        author = element.getroottree().findall(".//{*}author")[int(attributes.pop("authorId"))]
        return [name, sorted(attributes.items()), author.text, "".join(element.itertext())]
    children = [
        _told(child)
        for child in element
        if not (local(child) == "row" and not len(child))
        and child.get("name") not in FORGIVEN_NAMES
        and not re.search("xlaudit", child.get("PartName", "") + child.get("Type", ""))
        and local(child) not in FORGIVEN_ELEMENTS
    ]
    if name in FORGIVEN_ORDER:
        children.sort(key=repr)
    return [name, sorted(attributes.items()), (element.text or "").strip(), children]


@pytest.mark.parametrize("fill", [plain, noted, dressed])
def test_parts_are_those_that_xlsxwriter_writes(fill: Fill, tmp_path: Path) -> None:
    target = tmp_path / "got.xlsx"
    annotate(write(tmp_path / "s.xlsx", fill, False), target, MARKS, Heading())
    expected = by_sheet(parts(write(tmp_path / "expected.xlsx", fill, True)))
    got = by_sheet(parts(target))
    assert expected.keys() - got.keys() == set()
    assert got.keys() - expected.keys() - FORGIVEN_PARTS.keys() == set()
    for name in expected.keys() - FORGIVEN_PARTS.keys():
        if name.endswith((".xml", ".rels")) or " of " in name:
            assert told(got[name]) == told(expected[name]), name


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (b'sqref="C2"', b'sqref="C3"'),
        (b'priority="2"', b'priority="9"'),
        (b"<x:MoveWithCells/>", b""),
        (b"<x:Row>1</x:Row>", b"<x:Row>2</x:Row>"),
        (b"visibility:hidden", b"visibility:visible"),
        (b'activeTab="1"', b'activeTab="0"'),
        (b"Tidak sama.", b"Sama."),
        (b"<author>xlaudit", b"<author>orang"),
    ],
)
def test_the_comparison_can_fail(pattern: bytes, by: bytes, tmp_path: Path) -> None:
    target = tmp_path / "got.xlsx"
    annotate(write(tmp_path / "s.xlsx", plain, False), target, MARKS, Heading())
    content = parts(target)
    [name] = [name for name, data in content.items() if pattern in data and "sheet3" not in name][:1]
    assert told(content[name]) != told(content[name].replace(pattern, by, 1))
