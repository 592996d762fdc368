"""The texts of a small sheet, as far as finding the findings sheet and its answers asks for them."""

from __future__ import annotations

import re
from collections.abc import Collection

from xlaudit.annotate.book import Book, SheetRef
from xlaudit.annotate.parts import Workplace
from xlaudit.annotate.xmlscan import Element, plain_string
from xlaudit.cells import parse_cell
from xlaudit.patterns import pattern

# Reaches for too much rather than too little: what counts as used is kept.
_USED = pattern(rb"\st\s*=\s*[\"']s[\"'][^<>]*>.*?v>\s*([0-9]+)\s*<", re.DOTALL)


def rich_text(element: Element, leaf: str = "t") -> str:
    """The text of an element's ``t`` children, of its own and of its runs; phonetic hints left out."""
    pieces = []
    for child in element.children():
        if child.local == leaf:
            pieces.append(child.text)
        elif child.local == "r":
            pieces.append(rich_text(child, leaf))
    return "".join(pieces)


def sheet_texts(book: Book, sheet: SheetRef) -> dict[int, dict[int, str]]:
    """The texts of a sheet by row and column: inline, shared and formula strings; figures as written."""
    # Not the part being worked on: that one was opened without looking into its rows.
    data = Workplace(book.place.package).part(sheet.part).root.child("sheetData")
    rows: dict[int, dict[int, str]] = {}
    shared: list[str] | None = None
    for row in data.children() if data else []:
        for cell in row.children():
            try:
                at = parse_cell(cell.get("r"))
            except ValueError:
                continue
            kind = cell.get("t")
            value = cell.child("v")
            text = value.text if value else ""
            if kind == "inlineStr":
                inline = cell.child("is")
                text = plain_string(rich_text(inline)) if inline else ""
            elif kind == "s":
                shared = _shared_strings(book) if shared is None else shared
                text = shared[int(text)] if text.isdecimal() and int(text) < len(shared) else ""
            elif kind == "str":
                text = plain_string(text)
            if text:
                rows.setdefault(at.row, {})[at.column] = text
    return rows


def _shared_strings(book: Book) -> list[str]:
    name = book.related("sharedStrings")
    if name is None:
        return []
    root = book.place.part(name).root
    return [plain_string(rich_text(child)) for child in root.children() if child.local == "si"]


def forget_strings(book: Book, own: Collection[SheetRef]) -> None:
    """Empties the shared strings that no sheet but ours uses; their numbers stay. If all are ours, they go.

    Ours were inline, but a program that saves the workbook moves them among the shared strings.
    """
    name = book.related("sharedStrings")
    if name is None:
        return
    place = Workplace(book.place.package)
    ours: set[int] = set().union(*(_used(place, sheet) for sheet in own))
    if not ours:
        return
    for sheet in book.sheets:
        if sheet not in own and sheet.part and place.package.has(sheet.part):
            ours -= _used(place, sheet)
    part = book.place.part(name)
    strings = [child for child in part.root.children() if child.local == "si"]
    if ours >= set(range(len(strings))):
        book.place.unrelate(book.part.name, name)
        book.place.drop(name)
        return
    for number in ours:
        if number < len(strings) and not strings[number].empty:
            part.edits.replace(strings[number].inner, strings[number].close, f"<{part.root.qualified('t')}/>")


def _used(place: Workplace, sheet: SheetRef) -> set[int]:
    """The numbers of the shared strings that a sheet uses."""
    data = place.part(sheet.part).edits.data
    return {int(match[1]) for match in _USED.finditer(data)}
