"""Where things stand in an XML part, in bytes, without building a tree.

Annotating must leave every byte alone that it need not change, so nothing is parsed and written
again: elements are found by their offsets and text is spliced in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from xlaudit.errors import UnreadableWorkbook
from xlaudit.patterns import pattern
from xlaudit.properties import cached_property
from xlaudit.texts import Text

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"

# Possessive quantifiers: a hostile tag costs linear time. A group with alternatives is atomic instead, for Python
# before 3.11.5 gets possessive ones wrong (python/cpython#106052).
_TOKEN = pattern(
    rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|(?P<close>/)?(?P<name>[^\s/>!?\"'<=]++)"
    rb"(?P<attributes>(?>(?:[^\"'<>/]++|/(?!>)|\"[^\"<]*+\"|'[^'<]*+')*))(?P<empty>/)?>)",
    re.DOTALL,
)
_ATTRIBUTE = pattern(rb"([^\s=\"'<>/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_REFERENCE = pattern(r"&(#[0-9]+|#x[0-9A-Fa-f]+|lt|gt|amp|quot|apos);")
_ILLEGAL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CLOSED = pattern(rb"\s*>")
_ENCODED = pattern(r"_(?=x[0-9A-Fa-f]{4}_)")


def broken(part: str) -> UnreadableWorkbook:
    """The error for a part that is no sound XML."""
    return UnreadableWorkbook(
        "broken",
        Text("The part {part} inside this file is broken, so it cannot be annotated.").fill(part=part),
    )


def unescaped(raw: bytes) -> str:
    """Character data or an attribute's value as text; only XML's own references are resolved."""
    text = raw.decode("utf-8", "replace")
    return _REFERENCE.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold at all."""
    if text.replace("\n", "").isprintable():  # most are, line breaks aside, and hold none of them
        return text
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Text for an attribute (between double quotes) or an element's content."""
    text = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;")


@lru_cache(maxsize=256)  # the same formulas stand in the next workbook of the same layout
def escaped_formula(formula: str) -> str:
    """A formula as an element's content."""
    return escaped(formula)


def escaped_string(text: str) -> str:
    """Text for a cell or a note: what looks like an ``_xHHHH_`` escape (ST_Xstring) is kept literal."""
    text = legal(text)
    if "_x" in text:
        text = _ENCODED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_string(text: str) -> str:
    """The reverse of the ST_Xstring escapes of ``escaped_string``."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


class Attribute(NamedTuple):
    """One attribute: its value as text and where the value stands, quotes not included."""

    value: str
    start: int
    end: int


@dataclass(eq=False)
class Element:
    """One element by its byte offsets: ``start``..``inner`` is the start tag, ``close``..``end`` the end tag.

    An empty element (``<a/>``) has ``inner == close == end`` and ``empty`` set. Nothing changes an element; it is not
    frozen, since many are made and that takes three times as long.
    """

    data: bytes
    name: str
    start: int
    inner: int
    close: int
    end: int
    empty: bool
    attributes_at: tuple[int, int]

    @property
    def prefix(self) -> str:
        return self.name.rpartition(":")[0]

    @property
    def local(self) -> str:
        return self.name.rpartition(":")[2]

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """Attributes by their name as written, prefix included."""
        found: dict[str, Attribute] = {}
        for match in _ATTRIBUTE.finditer(self.data, *self.attributes_at):
            group = 2 if match[2] is not None else 3
            raw = match[group]
            found[match[1].decode()] = Attribute(unescaped(raw), match.start(group), match.end(group))
        return found

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value by its local name, whatever its prefix; an unprefixed one wins."""
        if name in self.attributes:
            return self.attributes[name].value
        for key, attribute in self.attributes.items():
            if key.endswith(":" + name) and not key.startswith("xmlns"):
                return attribute.value
        return default

    @property
    def namespaces(self) -> dict[str, str]:
        """The namespaces this very element declares, by prefix ("" is the default)."""
        return {
            key.partition(":")[2]: attribute.value
            for key, attribute in self.attributes.items()
            if key == "xmlns" or key.startswith("xmlns:")
        }

    def children(self, skip: str = "") -> list[Element]:
        """The child elements in document order; the content of one named ``skip`` is not looked at."""
        if skip not in self._kept:
            found = list(_elements(self.data, self.inner, self.close, skip))
            if not skip:
                return found
            self._kept[skip] = found  # what is worth skipping is worth looking through once
        return list(self._kept[skip])

    def look_through(self, skip: str) -> None:
        """Finds the children and keeps them, as long as the element is there."""
        self._kept[skip] = list(_elements(self.data, self.inner, self.close, skip))

    @cached_property
    def _kept(self) -> dict[str, list[Element]]:
        return {}

    def child(self, local: str) -> Element | None:
        """The first child of that local name."""
        return next((child for child in self.children() if child.local == local), None)

    def descendants(self, local: str) -> Iterator[Element]:
        """All elements of that local name below this one; none of them is looked into again."""
        for child in self.children():
            if child.local == local:
                yield child
            else:
                yield from child.descendants(local)

    @property
    def text(self) -> str:
        """The character data below, CDATA sections included."""
        content = self.data[self.inner : self.close]
        pieces: list[str] = []
        last = 0
        for match in _TOKEN.finditer(content):
            pieces.append(unescaped(content[last : match.start()]))
            if match[0].startswith(b"<![CDATA["):
                pieces.append(match[0][9:-3].decode("utf-8", "replace"))
            last = match.end()
        return "".join(pieces) + unescaped(content[last:])

    def qualified(self, local: str) -> str:
        """A name in this element's own namespace, with the prefix used here."""
        return f"{self.prefix}:{local}" if self.prefix else local


def _elements(data: bytes, start: int, end: int, skip: str) -> Iterator[Element]:
    """The elements between two offsets, at the first level."""
    depth = 0
    opened: re.Match[bytes] | None = None
    at = start
    while (match := _TOKEN.search(data, at, end)) is not None:
        at = match.end()
        name = match["name"]
        if name is None:
            continue
        if match["close"]:
            depth -= 1
            if depth < 0 or (depth == 0 and (opened is None or opened["name"] != name)):
                raise broken("XML")
            if depth == 0 and opened is not None:
                yield _element(data, opened, match.start(), match.end())
        elif match["empty"]:
            if depth == 0:
                yield _element(data, match, match.end(), match.end())
        else:
            if depth == 0:
                opened = match
                if skip and name.rpartition(b":")[2] == skip.encode():
                    at = _end_of(data, name, at, end)
            depth += 1
    if depth:
        raise broken("XML")


def _element(data: bytes, tag: re.Match[bytes], close: int, end: int) -> Element:
    return Element(
        data,
        tag["name"].decode("utf-8", "replace"),
        tag.start(),
        tag.end(),
        close,
        end,
        bool(tag["empty"]),
        tag.span("attributes"),
    )


def _end_of(data: bytes, name: bytes, at: int, end: int) -> int:
    """Where the end tag of a large element starts: looked for as bytes, 100 MB in a blink.

    Markup can stand as text only in a comment, a CDATA section or a processing instruction; where
    one of these occurs before it, the slow and sure way is gone.
    """
    found = data.find(b"</" + name, at, end)
    while found >= 0 and not _CLOSED.match(data, found + 2 + len(name), end):
        found = data.find(b"</" + name, found + 1, end)
    if found < 0:
        raise broken("XML")
    # a single byte is found much faster than two, of which the first stands before every tag
    here = (at, found)
    markup = any(data.find(mark[1:], *here) >= 0 and data.find(mark, *here) >= 0 for mark in (b"<!", b"<?"))
    if not markup and data.find(b"<" + name + b" ", *here) < 0:
        return found
    depth = 1
    for match in _TOKEN.finditer(data, at, end):
        if match["name"] == name and not match["empty"]:
            depth += -1 if match["close"] else 1
            if depth == 0:
                return match.start()
    raise broken("XML")


def root(data: bytes, part: str, skip: str = "") -> Element:
    """The root element of a part (UTF-8). A document type declaration is refused: no entity is ever expanded.

    ``skip`` names a child whose content is jumped over (``sheetData``).
    """
    at = 0
    while (match := _TOKEN.search(data, at)) is not None:
        at = match.end()
        if match["name"] is None:
            continue
        if match["close"] or b"<!DOCTYPE" in data[: match.start()]:
            break
        if match["empty"]:
            return _element(data, match, match.end(), match.end())
        return _whole(data, match, part, skip)
    raise broken(part)


def _whole(data: bytes, tag: re.Match[bytes], part: str, skip: str) -> Element:
    """The root element from its start tag to its end tag: the last in the part, comments behind it aside."""
    close = len(data)
    for _ in range(4):
        close = data.rfind(b"</" + tag["name"], tag.end(), close)
        end = data.find(b">", close)
        if close < 0 or end < 0:
            break
        try:
            found = _element(data, tag, close, end + 1)
            found.look_through(skip)
        except UnreadableWorkbook:
            continue
        return found
    raise broken(part)


Splice = tuple[int, int, bytes]
"""From where to where something else shall stand, and what."""


class Edits:
    """Splices into one part: insertions and replacements at offsets of the original bytes.

    With ``ascii`` every other character is written as a reference, for parts in an encoding that
    may lack it.
    """

    def __init__(self, data: bytes, ascii: bool = False) -> None:
        self.data = data
        self._ascii = ascii
        self._splices: list[Splice] = []
        self._filled: dict[int, tuple[Element, list[str]]] = {}

    def _bytes(self, text: str) -> bytes:
        return text.encode("ascii", "xmlcharrefreplace") if self._ascii else text.encode()

    def take(self, splices: Iterable[Splice]) -> None:
        """Splices that were planned for the same bytes before."""
        self._splices += splices

    def insert(self, at: int, text: str) -> None:
        """Text at an offset; several at one offset stand in the order of the calls."""
        self._splices.append((at, at, self._bytes(text)))

    def replace(self, start: int, end: int, text: str) -> None:
        """Other text for a stretch of bytes. Stretches must not overlap."""
        self._splices.append((start, end, self._bytes(text)))

    def set(self, element: Element, name: str, value: str) -> None:
        """An attribute's value, replaced where it stands, else added at the end of the start tag."""
        attribute = element.attributes.get(name)
        if attribute is not None:
            self.replace(attribute.start, attribute.end, escaped(value))
        else:
            self.insert(element.attributes_at[1], f' {name}="{escaped(value)}"')

    def append(self, element: Element, text: str) -> None:
        """Text as the last thing inside an element, which is opened up where it was empty."""
        if element.empty:
            self._filled.setdefault(element.start, (element, []))[1].append(text)
        else:
            self.insert(element.close, text)

    def remove(self, element: Element) -> None:
        """The element and all in it."""
        self.replace(element.start, element.end, "")

    def __bool__(self) -> bool:
        return bool(self._splices or self._filled)

    def splices(self) -> list[Splice]:
        """The splices in the order of their offsets."""
        opened = [
            (element.attributes_at[1], element.end, self._bytes(f">{''.join(texts)}</{element.name}>"))
            for element, texts in self._filled.values()
        ]
        return sorted(self._splices + opened, key=lambda splice: splice[:2])

    def pieces(self) -> list[bytes | memoryview]:
        """The new content in pieces, without a second copy of a large part."""
        view = memoryview(self.data)
        pieces: list[bytes | memoryview] = []
        last = 0
        for start, end, text in self.splices():
            if start < last:
                raise ValueError("splices overlap")
            pieces += [view[last:start], text]
            last = end
        pieces.append(view[last:])
        return pieces

    def result(self) -> bytes:
        return b"".join(self.pieces())
