"""The list of sheets and names that a program puts into the properties of a file (``docProps/app.xml``).

ECMA-376 Part 1, 22.2.2.8 and 22.2.2.24: ``TitlesOfParts`` holds all titles in one row, ``HeadingPairs`` how many of
each kind there are. Annotating leaves both alone; a program that saves the file takes our sheet into them.
"""

from __future__ import annotations

from collections.abc import Collection

from xlaudit.annotate.book import OUR_NAMES, Book
from xlaudit.annotate.formulas import quoted
from xlaudit.annotate.parts import Part
from xlaudit.annotate.xmlscan import Element


def forget_titles(book: Book, sheets: Collection[str]) -> None:
    """Takes sheets, their names and ours out of the lists; nothing is done where they are not as they should be."""
    for relation in book.place.relations(""):
        kind = relation.kind.rpartition("/")[2]
        if kind in ("extended-properties", "extendedProperties") and book.place.package.has(relation.target):
            _forget(book.place.part(relation.target), sheets)


def _forget(part: Part, sheets: Collection[str]) -> None:
    titles, pairs = _vector(part, "TitlesOfParts"), _vector(part, "HeadingPairs")
    if titles is None or pairs is None:
        return
    entries, counted = titles.children(), pairs.children()
    numbers = [variant.children()[0] for variant in counted[1::2] if variant.children()]
    if len(numbers) * 2 != len(counted) or not all(number.text.isdecimal() for number in numbers):
        return
    if sum(int(number.text) for number in numbers) != len(entries):
        return
    at = gone_in_all = pairs_left = 0
    for position, number in enumerate(numbers):
        block = entries[at : at + int(number.text)]
        at += len(block)
        gone = [entry for entry in block if _is_of(entry.text, sheets)]
        for entry in gone:
            part.edits.remove(entry)
        gone_in_all += len(gone)
        if gone and len(gone) == len(block):
            for variant in counted[2 * position : 2 * position + 2]:
                part.edits.remove(variant)
            continue
        pairs_left += 2
        if gone:
            part.edits.replace(number.inner, number.close, str(len(block) - len(gone)))
    if gone_in_all:
        part.edits.set(titles, "size", str(len(entries) - gone_in_all))
        if pairs_left != len(counted):
            part.edits.set(pairs, "size", str(pairs_left))


def _is_of(title: str, sheets: Collection[str]) -> bool:
    owners = tuple(f"{owner}!" for sheet in sheets for owner in (sheet, quoted(sheet)))
    return title in sheets or title.startswith((*owners, OUR_NAMES))


def _vector(part: Part, name: str) -> Element | None:
    outer = part.root.child(name)
    return outer.child("vector") if outer else None
