"""A long XML file read element by element, each row let go once it was read."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from xlaudit.reading.refusals import broken_part, has_doctype
from xlaudit.texts import Text


def steps(part: str, data: bytes) -> Iterator[tuple[str, etree._Element]]:
    """``(event, element)`` for the start and the end of each element.

    Entities are not resolved, no DTD is loaded, nothing is fetched, depth is bounded by libxml2 (256).
    Raises ``UnreadableWorkbook`` (``broken``) for malformed XML or a DOCTYPE.
    """
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    try:
        for event, element in events:
            if first:
                info = element.getroottree().docinfo
                if info.internalDTD is not None or info.doctype:
                    raise has_doctype(part)
                first = False
            if isinstance(element.tag, str):
                yield event, element
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise broken_part(part, Text("XML tidak sah", "malformed XML")) from error


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
