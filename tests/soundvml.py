"""What must hold in a drawing of notes (ECMA-376 Part 4, VML and Excel's client data)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"


def drawing_faults(data: bytes, cells: set[tuple[int, int]]) -> Iterator[str]:
    """What is wrong with the shapes of the notes of ``cells`` (row and column from 0)."""
    # Excel's own drawings hold what is no XML (<br>); such a drawing is read as far as it goes.
    root = etree.fromstring(data, etree.XMLParser(recover=True))
    if root is None:
        yield "the drawing cannot be read"
        return
    shapes = list(root.iter(f"{_VML}shape"))
    types = {shape.get("id") for shape in root.iter(f"{_VML}shapetype")}
    for what in (shapes, root.iter(f"{_VML}shapetype")):
        ids = Counter(shape.get("id") for shape in what)
        yield from (f"the id {id} is told {count} times" for id, count in ids.items() if count > 1)
    claimed = {
        int(number)
        for element in root.iter(f"{_OFFICE}idmap")
        for number in element.get("data", "").split(",")
        if number.strip()
    }
    placed: Counter[tuple[int, int]] = Counter()
    for shape in shapes:
        number = re.fullmatch(r"_x0000_s([0-9]+)", shape.get("id", ""))
        if number and claimed and int(number[1]) // 1024 not in claimed:
            yield f"the id {number[0]} lies outside what the drawing claims"
        if shape.get("type", "#").removeprefix("#") not in types and shape.get("type"):
            yield f"{shape.get('id')} is of a type that there is not"
        client = shape.find(f"{_EXCEL}ClientData")
        if client is None or client.get("ObjectType") != "Note":
            continue
        place = client.findtext(f"{_EXCEL}Row", ""), client.findtext(f"{_EXCEL}Column", "")
        if not all(text.strip().isdigit() for text in place):
            yield f"the note {shape.get('id')} is at no cell"
            continue
        placed[int(place[0]), int(place[1])] += 1
        anchor = [int(text) for text in client.findtext(f"{_EXCEL}Anchor", "").split(",") if text.strip()]
        if anchor and (len(anchor) != 8 or min(anchor) < 0):
            yield f"the anchor of {shape.get('id')} has not eight numbers"
        elif anchor and (anchor[4:6] <= anchor[0:2] or anchor[6:8] <= anchor[2:4]):
            yield f"the note {shape.get('id')} has no size"
    yield from (f"the note at {cell} has no shape" for cell in sorted(cells - placed.keys()))
    yield from (f"the note at {cell} has {count} shapes" for cell, count in placed.items() if count > 1)
    yield from (f"a shape at {cell} has no note" for cell in sorted(placed.keys() - cells))
