"""Long XML parts read as a stream: expat where anything may come, plain scanning where little does.

Expat costs a call for every tag. Producers write sheets and strings in one plain form almost always, and
a regular expression reads that form five times as fast. It never guesses: whatever is not plain raises
:class:`NotPlain`, and the part is read through expat instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from xlaudit.limits import DEFAULT, Limits
from xlaudit.patterns import pattern
from xlaudit.reading.refusals import broken_part, has_doctype, named, too_large
from xlaudit.reading.xmlparts import MAIN
from xlaudit.texts import Text

_LONGEST_CHUNK = 8 * 1024 * 1024
_FEED = 1 << 20
_NOT_PLAIN = bytes(byte for byte in range(32) if byte not in (9, 10))
_ENTITY = pattern(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = pattern(r"_x([0-9A-Fa-f]{4})_")


class NotPlain(Exception):
    """The part is not in the plain form; it may still be perfectly good XML."""


def plain_bytes(data: bytes, start: int, end: int, close: bytes, size: int) -> Iterator[str]:
    """``data[start:end]`` as text, in chunks of some ``size`` bytes that each end behind ``close``.

    Raises ``NotPlain`` for control characters (a carriage return would have to be normalised), for bytes
    that are not UTF-8 and for chunks that find no end.
    """
    while start < end:
        cut = data.find(close, start + size, end)
        stop = end if cut < 0 else cut + len(close)
        chunk = data[start:stop]
        if len(chunk) > _LONGEST_CHUNK or len(chunk.translate(None, _NOT_PLAIN)) != len(chunk):
            raise NotPlain
        if b"\xef\xbf\xbe" in chunk or b"\xef\xbf\xbf" in chunk:  # U+FFFE and U+FFFF, no characters in XML
            raise NotPlain
        try:
            yield chunk.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotPlain from error
        start = stop


def without_entities(text: str) -> str:
    """The text with its XML entities and character references resolved; ``NotPlain`` for any other ``&``."""
    return _ENTITY.sub(_resolved, text) if "&" in text else text


def _resolved(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16) if match[3] else 0
    if not _is_character(code):
        raise NotPlain
    return chr(code)


def decoded(text: str) -> str:
    """The text with its ``_x000D_`` escapes resolved (ECMA-376 Part 1, 22.9.2.19).

    Escapes of characters that XML cannot hold stay as written, so that the text can go into any report.
    """
    return _ESCAPE.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if _is_character(code) else match[0]


def _is_character(code: int) -> bool:
    """Whether XML 1.0 has the character (production 2)."""
    return (
        code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF
    )


class Stream:
    """An XML part going through expat. Subclasses say what to do with elements of SpreadsheetML.

    Elements of other namespaces arrive with an empty name. Depth counts from 1, the root.
    Subclasses may raise ``expat.ExpatError`` for a part that is well-formed but not what it should be.
    """

    def __init__(self, part: str, limits: Limits = DEFAULT) -> None:
        self.part = part
        self.limits = limits
        self.depth = 0
        self.elements_left = limits.elements
        self.encoding: str | None = None
        self._names: dict[str, str] = {}
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        self._parser = parser

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """The next bytes of the part, nothing after the ``final`` ones.

        Raises ``UnreadableWorkbook``: ``broken`` or ``too_large``.
        """
        try:
            for start in range(0, len(data), _FEED):
                self._parser.Parse(data[start : start + _FEED], False)
            if final:
                self._parser.Parse(b"", True)
                del self._parser  # it knows this stream, which knows it: all that was read would stay in that circle
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise broken_part(self.part, Text("malformed XML")) from error

    def is_utf8(self) -> bool:
        """Whether the part's text can be taken as UTF-8, as far as it was fed."""
        return self.encoding is None or self.encoding.lower() == "utf-8"

    def start(self, name: str, depth: int, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str, depth: int) -> None:
        raise NotImplementedError

    def characters(self, text: str) -> None:
        raise NotImplementedError

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements_left -= 1
        if self.elements_left < 0:
            what = Text("more than {most} elements in part {part}")
            raise too_large(what.fill(most=self.limits.elements, part=named(self.part)), "elements")
        if self.depth > self.limits.depth:
            what = Text("more than {most} levels in part {part}")
            raise too_large(what.fill(most=self.limits.depth, part=named(self.part)), "depth")
        self.start(self._name(full_name), self.depth, attributes)

    def _end(self, full_name: str) -> None:
        self.end(self._name(full_name), self.depth)
        self.depth -= 1

    def _name(self, full_name: str) -> str:
        name = self._names.get(full_name)
        if name is None:
            namespace, _, name = full_name.rpartition("}")
            if namespace not in MAIN:
                name = ""
            if len(self._names) < 1000:
                self._names[full_name] = name
        return name

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding

    def _doctype(self, *_: object) -> None:
        raise has_doctype(self.part)
