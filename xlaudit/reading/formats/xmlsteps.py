"""A long XML file read element by element, each row let go once it was read."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from xlaudit.limits import Limits
from xlaudit.reading.refusals import broken_part, has_doctype, too_large
from xlaudit.reading.xmlparts import WITHOUT_TRUST
from xlaudit.texts import Text


def steps(part: str, data: bytes, limits: Limits) -> Iterator[tuple[str, etree._Element]]:
    """``(event, element)`` for the start and the end of each element; ``held_elements`` at most are not let go.

    Entities are not resolved, no DTD is loaded, nothing is fetched, depth is bounded by libxml2 (256).
    Raises ``UnreadableWorkbook``: ``broken`` for malformed XML or a DOCTYPE, ``too_large``.
    """
    events = etree.iterparse(io.BytesIO(data), events=("start", "end"), **WITHOUT_TRUST)
    first = True
    held, before = 0, [0]
    try:
        for event, element in events:
            if first:
                info = element.getroottree().docinfo
                if info.internalDTD is not None or info.doctype:
                    raise has_doctype(part)
                first = False
            if event == "start":
                before.append(held)
                held += 1
                if held > limits.held_elements:
                    raise too_large(Text("one row has too many elements"), "held_elements")
            grown = len(element) > 0
            if isinstance(element.tag, str):
                yield event, element
            if event == "end":
                began = before.pop()
                if not len(element):  # it never had any within, or was let go
                    held = began + (not grown)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise broken_part(part, Text("malformed XML")) from error


def let_go(element: etree._Element) -> None:
    """Frees an element that was read, with its elder siblings."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def count(text: str | None, most: int, otherwise: int = 1) -> int:
    """An attribute as a whole number from 0 to ``most``; ``otherwise`` where it is none."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        return otherwise
    return min(int(text), most)
