"""Small XML parts as trees, parsed so that nothing outside the part can be reached.

Sheets and shared strings, which may be long, are streamed instead (``sheetpart``, ``strings``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypedDict, TypeVar

from lxml import etree

from xlaudit.limits import DEFAULT, MIB, Limits
from xlaudit.reading.refusals import broken_part, has_doctype, named, too_large
from xlaudit.texts import Text

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The SpreadsheetML namespace, Transitional and Strict (ECMA-376 Part 4 and Part 1)."""

RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


_Told = TypeVar("_Told")
_SMALL = 1 << 14
"""Bytes of a part that are worth remembering; fewer than any bound forbids."""


class _Parsing(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    dtd_validation: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


WITHOUT_TRUST: _Parsing = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How XML from outside is parsed, wherever lxml parses it: no entity, no DTD, no network, bounded depth."""


def parse_part(part: str, data: bytes, limits: Limits = DEFAULT) -> etree._Element:
    """The root element of an XML part.

    Entities are not resolved, no DTD is loaded, nothing is fetched, and the depth is bounded by libxml2
    (256). Raises ``UnreadableWorkbook``: ``broken`` for malformed XML or a DOCTYPE, ``too_large``.
    """
    if len(data) > limits.tree_mib * MIB:
        most = f"{limits.tree_mib} MiB"
        what = Text("part {part} exceeds {most}").fill(part=named(part), most=most)
        raise too_large(what, "tree_mib")
    # collect_ids=False, which promises speed, would make libxml2 read external DTDs after all
    parser = etree.XMLParser(**WITHOUT_TRUST)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise broken_part(part, Text("malformed XML")) from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise has_doctype(part)
    return root


def told_by(tell: Callable[[etree._Element], _Told], part: str, data: bytes, limits: Limits = DEFAULT) -> _Told:
    """What a function tells of the root element of an XML part; nothing that anyone could change.

    Raises what :func:`parse_part` does. Small parts come again in each workbook that was made in the same way: what
    was told of the last of them is known.
    """
    found: _Told = _told_by(tell, part, data) if len(data) <= _SMALL else tell(parse_part(part, data, limits))
    return found


@lru_cache(maxsize=64)
def _told_by(tell: Callable[[etree._Element], Any], part: str, data: bytes) -> Any:
    return tell(parse_part(part, data))


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def relation_id(element: etree._Element) -> str | None:
    """The ``r:id`` of an element, in either namespace."""
    for namespace in RELATIONS:
        value = element.get(f"{{{namespace}}}id")
        if value is not None:
            return value
    return None


def is_on(value: str | None) -> bool:
    """An ``xsd:boolean``, absent counting as false."""
    return value in {"1", "true", "on"}


def child_value(element: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """An attribute of the first child of that local name, or None."""
    if element is None:
        return None
    child = element.find(f"{{*}}{name}")
    return None if child is None else child.get(attribute)
