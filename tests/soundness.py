"""A structural check of a workbook's parts as strict as the schemas of ECMA-376, and stricter about references.

What a schema says is in ``soundschema``; here is what it cannot say: relationships that lead somewhere, content types
for every part, counts and indices in range, names and ids that are told once.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree
from soundschema import faults, local
from soundvml import drawing_faults

TYPES = "[Content_Types].xml"
_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_AREA = re.compile(rf"(?:{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?[0-9]+:\$?[0-9]+)")
_NAME = re.compile(r"[^\W\d\\][\w.\\?]*|_[\w.\\?]*|\\[\w.\\?]*")
_BUILT_IN = 164
"""Number formats below this need no definition (18.8.30)."""


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def check_sound(path: Path, source: Path | None = None) -> None:
    """Asserts that a workbook is sound, or no less so than the file it was made of."""
    found = Counter(problems(parts(path)))
    before = Counter(problems(parts(source))) if source else Counter()
    assert not (new := found - before), "\n".join(list(new)[:20])


class Parts:
    """The parts of a package by lower-case name, parsed as they are asked for."""

    def __init__(self, content: dict[str, bytes]) -> None:
        self.content = content
        self.names = {name.lower(): name for name in content}
        self._roots: dict[str, etree._Element] = {}

    def root(self, name: str) -> etree._Element:
        if name not in self._roots:
            self._roots[name] = etree.fromstring(self.content[name])
        return self._roots[name]

    def relations(self, source: str) -> dict[str, tuple[str, str, bool]]:
        """By id: the last word of the type, the target (a part's name or a URI), whether it is outside."""
        folder, name = posixpath.split(source)
        rels = self.names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
        found: dict[str, tuple[str, str, bool]] = {}
        for element in self.root(rels) if rels else ():
            target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
            if not outside:
                target = target.replace("\\", "/").partition("#")[0]
                path = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
                target = self.names.get(path.lower()) or self.names.get(unquote(path).lower(), path)
            found[element.get("Id", "")] = element.get("Type", "").rpartition("/")[2], target, outside
        return found


def problems(content: dict[str, bytes]) -> Iterator[str]:
    """Everything that is not sound, one sentence each; the part stands first."""
    package = Parts(content)
    yield from _type_problems(package)
    yield from _relation_problems(package)
    book = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), None)
    if book is None or book not in content:
        yield "there is no workbook part"
        return
    relations = package.relations(book)
    found = {kind: target for kind, target, _ in relations.values() if target in content}
    yield from (f"{book}: {fault}" for fault in _book_problems(package, book))
    sizes = Counter[str]()
    if "styles" in found:
        root = package.root(found["styles"])
        sizes = Counter({local(child): len(child) for child in root if isinstance(child.tag, str)})
        yield from (f"{found['styles']}: {fault}" for fault in [*faults(root), *_style_problems(root, sizes)])
    strings = len(package.root(found["sharedStrings"])) if "sharedStrings" in found else 0
    for kind, target, _ in relations.values():
        if kind == "worksheet" and target in content:
            root = package.root(target)
            each = [*faults(root), *_sheet_problems(package, target, root, sizes, strings)]
            yield from (f"{target}: {fault}" for fault in each)
            yield from _note_problems(package, target)


def _repeated(values: Iterable[str], what: str) -> Iterator[str]:
    yield from (f"{what} {value} is told {n} times" for value, n in Counter(values).items() if n > 1)


def _type_problems(package: Parts) -> Iterator[str]:
    """ECMA-376 Part 2, 6.2.3: a content type for every part, each said once."""
    root = package.root(TYPES)
    defaults = [e.get("Extension", "").lower() for e in root if local(e) == "Default"]
    overrides = [e.get("PartName", "").lstrip("/").lower() for e in root if local(e) == "Override"]
    for fault in [*_repeated(defaults, "the extension"), *_repeated(overrides, "the part")]:
        yield f"{TYPES}: {fault}"
    for name in package.names:
        typed = name in overrides or name.rpartition(".")[2] in defaults
        if not typed and name != TYPES.lower() and not name.endswith("/"):
            yield f"{TYPES}: no content type for {name}"
    for name in overrides:
        if name not in package.names and unquote(name) not in package.names:
            yield f"{TYPES}: a content type for {name}, which there is not"


_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_KINDS = {
    "worksheet": "spreadsheetml.worksheet+xml",
    "comments": "spreadsheetml.comments+xml",
    "styles": "spreadsheetml.styles+xml",
    "sharedStrings": "spreadsheetml.sharedStrings+xml",
    "vmlDrawing": "vmlDrawing",
    "threadedComment": "ms-excel.threadedcomments+xml",
    "person": "ms-excel.person+xml",
}
"""How the content type ends of what a kind of relationship leads to."""


def _content_type(package: Parts, name: str) -> str:
    default = ""
    for element in package.root(TYPES):
        if element.get("PartName", "").lstrip("/").lower() == name.lower():
            return str(element.get("ContentType"))
        if element.get("Extension", "").lower() == name.rpartition(".")[2].lower():
            default = str(element.get("ContentType"))
    return default


def _relation_problems(package: Parts) -> Iterator[str]:
    """Part 2, 6.5: ids told once, targets that there are, parts that something leads to."""
    reached = {TYPES.lower()}
    for name in list(package.content):
        if not name.endswith(".rels"):
            continue
        folder, base = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
        reached.add(name.lower())
        ids = [element.get("Id", "") for element in package.root(name)]
        yield from (f"{name}: {fault}" for fault in _repeated(ids, "the id"))
        for id, (kind, target, outside) in package.relations(source).items():
            if not re.fullmatch(r"[^\W\d][\w.-]*", id):
                yield f"{name}: {id!r} is no id"
            if not outside and target != "NULL" and target.lower() not in package.names:
                yield f"{name}: {kind} leads to {target}, which there is not"
            elif not outside and kind in _KINDS and not _content_type(package, target).endswith(_KINDS[kind]):
                yield f"{name}: {target} is no {kind} by its content type"
            reached.add(target.lower())
    for lower, name in package.names.items():
        if lower not in reached and not name.endswith("/"):
            yield f"nothing leads to {name}"


def _book_problems(package: Parts, name: str) -> Iterator[str]:
    root = package.root(name)
    yield from faults(root)
    relations = package.relations(name)
    sheets = root.findall("{*}sheets/{*}sheet")
    yield from _repeated([s.get("name", "").casefold() for s in sheets], "the sheet")
    yield from _repeated([s.get("sheetId", "") for s in sheets], "the sheetId")
    for sheet in sheets:
        title, id = sheet.get("name", ""), _linked(sheet)
        if not 1 <= len(title) <= 31 or re.search(r"[\[\]:*?/\\]", title) or title[0] == "'" or title[-1] == "'":
            yield f"{title!r} is no name for a sheet"
        if not 1 <= int(sheet.get("sheetId", "0")) <= 65534:
            yield f"the sheetId of {title} is out of range"
        if relations.get(id, ("",))[0] not in _SHEETS:
            yield f"the sheet {title} has no part"
    shown = [sheet.get("state", "visible") == "visible" for sheet in sheets]
    if not any(shown):
        yield "no sheet is shown"
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        active, first = int(view.get("activeTab", "0")), int(view.get("firstSheet", "0"))
        if active >= len(sheets) or first >= len(sheets):
            yield "a view begins at a sheet that there is not"
        elif not shown[active]:
            yield "the active sheet is hidden"
    keys = []
    for defined in root.iterfind("{*}definedNames/{*}definedName"):
        scope = defined.get("localSheetId", "")
        keys.append(f"{defined.get('name', '').casefold()} of sheet {scope}")
        if scope and int(scope) >= len(sheets):
            yield f"the name {defined.get('name')} belongs to a sheet that there is not"
        if not _NAME.fullmatch(defined.get("name", "")) or len(defined.get("name", "")) > 255:
            yield f"{defined.get('name')!r} is no name"
        if not (defined.text or "").strip() or len(defined.text or "") > 8192:
            yield f"the name {defined.get('name')} stands for nothing"
    yield from _repeated(keys, "the name")


def _linked(element: etree._Element) -> str:
    return next((value for key, value in element.attrib.items() if re.search(r"relationships\}id$", key)), "")


def _style_problems(root: etree._Element, sizes: Counter[str]) -> Iterator[str]:
    formats = [n.get("numFmtId", "") for n in root.iterfind("{*}numFmts/{*}numFmt")]
    yield from _repeated(formats, "the number format")
    for collection in root:
        if isinstance(collection.tag, str) and int(collection.get("count", len(collection))) != len(collection):
            yield f"<{local(collection)}> does not hold what it counts"
    tables = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    for xf in [*root.iterfind("{*}cellXfs/{*}xf"), *root.iterfind("{*}cellStyleXfs/{*}xf")]:
        for key, table in tables.items():
            if int(xf.get(key, "0")) >= sizes[table] and key in xf.attrib:
                yield f"{key} {xf.get(key)} of a format is out of range"
        number = int(xf.get("numFmtId", "0"))
        if number >= _BUILT_IN and str(number) not in formats:
            yield f"number format {number} is not defined"
    for style in root.iter("{*}cellStyle"):
        if int(style.get("xfId", "0")) >= sizes["cellStyleXfs"]:
            yield "a named style is out of range"
    for element in root.iter("{*}tableStyleElement"):
        if int(element.get("dxfId", "0")) >= max(1, sizes["dxfs"]):
            yield "a table style is out of range"
    for color in root.iter("{*}color", "{*}fgColor", "{*}bgColor"):
        if not re.fullmatch(r"[0-9A-Fa-f]{8}", color.get("rgb", "00000000")):
            yield f"{color.get('rgb')} is no colour"


def _sheet_problems(
    package: Parts, name: str, root: etree._Element, sizes: Counter[str], strings: int
) -> Iterator[str]:
    relations = package.relations(name)
    yield from _cell_problems(root, sizes, strings)
    for child in root.iter("{*}col"):
        if int(child.get("style", "0")) >= max(1, sizes["cellXfs"]):
            yield "the format of a column is out of range"
    priorities = []
    for rule in root.iterfind("{*}conditionalFormatting/{*}cfRule"):
        priorities.append(rule.get("priority", ""))
        if "dxfId" in rule.attrib and int(rule.get("dxfId", "")) >= sizes["dxfs"]:
            yield f"dxfId {rule.get('dxfId')} is out of range"
    yield from _repeated(priorities, "the priority")
    for element in root.iterfind("{*}*"):
        if "id" in {etree.QName(key).localname for key in element.attrib} and _linked(element) not in relations:
            yield f"<{local(element)}> leads to {_linked(element)}, which there is not"
    for link in root.iterfind("{*}hyperlinks/{*}hyperlink"):
        if (id := _linked(link)) and id not in relations:
            yield f"the link at {link.get('ref')} leads to {id}, which there is not"
    for element in root.iter("{*}conditionalFormatting", "{*}dataValidation", "{*}mergeCell", "{*}hyperlink"):
        told = element.get("sqref") or element.get("ref") or ""
        placed = told.split() and all(_AREA.fullmatch(area) for area in told.split())
        if not placed and etree.QName(element).namespace == etree.QName(root).namespace:
            yield f"<{local(element)}> is at {told[:40]!r}"
    for collection in root.iterfind("{*}*[@count]"):
        if int(collection.get("count", "0")) != len(collection):
            yield f"<{local(collection)}> does not hold what it counts"
    yield from _repeated((e.get("ref", "") for e in root.iter("{*}mergeCell")), "the merge")


def _cell_problems(root: etree._Element, sizes: Counter[str], strings: int) -> Iterator[str]:
    last_row = 0
    formats = max(1, sizes["cellXfs"])
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r", last_row + 1))
        if number <= last_row:
            yield f"row {number} stands behind row {last_row}"
        last_row = number
        if int(row.get("s", "0")) >= formats:
            yield f"the format of row {number} is out of range"
        last = 0
        for cell in row.iterfind("{*}c"):
            column, line = _place(cell.get("r", ""))
            if cell.get("r") is not None and (line != number or column <= last):
                yield f"the cell {cell.get('r')} stands out of order"
            last = column or last + 1
            if int(cell.get("s", "0")) >= formats:
                yield f"the format of {cell.get('r')} is out of range"
            value = cell.findtext("{*}v")
            if cell.get("t") == "s" and not 0 <= int(value or "0") < max(1, strings):
                yield f"the string of {cell.get('r')} is out of range"
            if cell.get("t") not in (None, "b", "d", "e", "inlineStr", "n", "s", "str"):
                yield f"{cell.get('r')} is of the type {cell.get('t')}"
            if cell.get("t") in (None, "n") and value is not None:
                try:
                    float(value)
                except ValueError:
                    yield f"{value!r} in {cell.get('r')} is no number"
            if len(cell.findtext("{*}f") or "") > 8192 or len("".join(cell.itertext())) > 8192 + 32767:
                yield f"{cell.get('r')} holds too much"


def _place(address: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", address)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def _note_problems(package: Parts, sheet: str) -> Iterator[str]:
    """Notes, their shapes, and the threads that some of them stand for ([MS-XLSX] 2.1.31)."""
    relations = package.relations(sheet)
    kinds = {kind: target for kind, target, _ in relations.values() if target in package.content}
    root = package.root(sheet)
    legacy = root.find("{*}legacyDrawing")
    drawing = relations.get(_linked(legacy), ("", "", True))[1] if legacy is not None else ""
    cells: set[tuple[int, int]] = set()
    threads = set()
    if "comments" in kinds:
        name = kinds["comments"]
        notes = package.root(name)
        yield from (f"{name}: {fault}" for fault in faults(notes))
        authors = [author.text or "" for author in notes.iterfind("{*}authors/{*}author")]
        refs = []
        for note in notes.iter("{*}comment"):
            refs.append(note.get("ref", ""))
            column, row = _place(note.get("ref", ""))
            cells.add((row - 1, column - 1))
            if int(note.get("authorId", "0")) >= len(authors):
                yield f"{name}: the author of {note.get('ref')} is out of range"
            elif authors[int(note.get("authorId", "0"))].startswith("tc="):
                threads.add(authors[int(note.get("authorId", "0"))].removeprefix("tc="))
            if len("".join(note.itertext())) > 32767:
                yield f"{name}: the note of {note.get('ref')} is too long"
        yield from (f"{name}: {fault}" for fault in _repeated(refs, "the note"))
        if legacy is None:
            yield f"{sheet}: it has notes without shapes"
    if drawing in package.content:
        yield from (f"{drawing}: {fault}" for fault in drawing_faults(package.content[drawing], cells))
    if "threadedComment" in kinds:
        name = kinds["threadedComment"]
        book = next(target for kind, target, _ in package.relations("").values() if kind == "officeDocument")
        people = [target for kind, target, _ in package.relations(book).values() if kind == "person"]
        known = {person.get("id") for part in people for person in package.root(part)}
        spoken = {item.get("id", ""): item for item in package.root(name)}
        yield from (f"{name}: {f}" for f in _repeated((i.get("id", "") for i in package.root(name)), "the id"))
        for id, item in spoken.items():
            if item.get("personId") not in known:
                yield f"{name}: nobody said {id}"
            parent = spoken.get(item.get("parentId", ""))
            if "parentId" in item.attrib and (parent is None or parent.get("ref") != item.get("ref")):
                yield f"{name}: {id} answers what was not said there"
            if "parentId" not in item.attrib and id not in threads:
                yield f"{name}: {id} has no note beneath"
