"""What a workbook that LibreOffice saved holds, for two of them to be held against each other."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from soundness import Parts, local

FORGIVEN_CHILDREN = {
    "dimension": "a cell that only had a note or a rule counts as used",
    "sheetViews": "LibreOffice scrolls the tabs as it likes",
    "AlternateContent": "ids of form controls",
    "sheetPr": "LibreOffice numbers code names by position",
}
FORGIVEN_ATTRIBUTES = ("s", "style", "id", "dxfId", "priority", "shapeId", "authorId", "spans", "uid")
"""Numbers that LibreOffice gives anew in every file."""
FORGIVEN_ROWS = "a row that holds no cells any more keeps its height"
FORGIVEN_VALUES = re.compile(r"\b(RAND|RANDBETWEEN|NOW|TODAY|CELL)\(")
"""In a workbook with these only formulas are compared: values change from one calculation to the next."""
FORGIVEN_TEXT = re.compile(r"\{[0-9A-F-]{36}\}|file:///[^'\]]*/|sqref=\"1:1\d{3}\"")
"""Ids made by chance, folders in links to other workbooks, validations of whole rows up to the last one used."""


def view(content: dict[str, bytes]) -> dict[str, object]:
    """Sheets by name with all that is on them, names, and which kinds of parts there are."""
    package = Parts(content)
    book = next(target for kind, target, _ in package.relations("").values() if kind == "officeDocument")
    relations = package.relations(book)
    table = next((target for kind, target, _ in relations.values() if kind == "sharedStrings"), None)
    strings = ["".join(item.itertext()) for item in package.root(table)] if table else []
    volatile = any(FORGIVEN_VALUES.search(data.decode("utf-8", "replace")) for data in content.values())
    seen: dict[str, object] = {
        "names": sorted(
            (name.get("name", ""), name.get("localSheetId", ""), name.text or "")
            for name in package.root(book).iter("{*}definedName")
        ),
        "parts": Counter(re.sub("[0-9]+", "", name) for name in content),
        "order": [sheet.get("name") for sheet in package.root(book).iter("{*}sheet")],
    }
    for sheet in package.root(book).iter("{*}sheet"):
        id = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
        part = relations[id][1]
        seen[f"state of {sheet.get('name')}"] = sheet.get("state", "visible")
        seen[f"cells of {sheet.get('name')}"] = _cells(package.root(part), strings, volatile)
        seen[f"rest of {sheet.get('name')}"] = [
            _told(child)
            for child in package.root(part)
            if local(child) != "sheetData" and local(child) not in FORGIVEN_CHILDREN
        ]
        notes = [target for kind, target, _ in package.relations(part).values() if kind == "comments"]
        found = (note for name in notes for note in package.root(name).iter("{*}comment"))
        seen[f"notes of {sheet.get('name')}"] = {note.get("ref"): "".join(note.itertext()) for note in found}
    return seen


def _cells(sheet: etree._Element, strings: list[str], volatile: bool) -> dict[str, tuple[str, str]]:
    found = {}
    for cell in sheet.iterfind("{*}sheetData/{*}row/{*}c"):
        formula, value = cell.findtext("{*}f") or "", "".join(cell.itertext())
        if cell.get("t") == "s":
            value = strings[int(value)]
        if volatile:
            value = ""
        if formula or value:
            found[cell.get("r", "")] = FORGIVEN_TEXT.sub("", formula), FORGIVEN_TEXT.sub("", value)
    return found


def _told(element: etree._Element) -> list[object]:
    attributes = sorted(
        (etree.QName(key).localname, value)
        for key, value in element.attrib.items()
        if etree.QName(key).localname not in FORGIVEN_ATTRIBUTES and not FORGIVEN_TEXT.search(f'{key}="{value}"')
    )
    text = FORGIVEN_TEXT.sub("", (element.text or "").strip())
    return [local(element), attributes, text, [_told(child) for child in element]]


def differences(one: dict[str, object], two: dict[str, object]) -> list[str]:
    """Which parts of two views are not the same, with their first difference."""
    told = []
    for key in sorted(one.keys() | two.keys()):
        a, b = one.get(key), two.get(key)
        if a != b:
            if isinstance(a, dict) and isinstance(b, dict):
                cells = [at for at in sorted(a.keys() | b.keys()) if a.get(at) != b.get(at)]
                told.append(f"{key}: {[(at, a.get(at), b.get(at)) for at in cells[:3]]}"[:600])
            else:
                told.append(f"{key}: {str(a)[:300]} | {str(b)[:300]}")
    return told
