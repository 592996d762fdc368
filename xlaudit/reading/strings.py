"""The shared strings of a workbook as plain texts (ECMA-376 Part 1, 18.4)."""

from __future__ import annotations

import re
from xml.parsers import expat

from xlaudit.reading.refusals import too_large
from xlaudit.reading.streamed import NotPlain, Stream, decoded, plain_bytes, without_entities
from xlaudit.texts import Text

MAX_STRINGS = 2_000_000

_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>)?\s*<sst((?: [A-Za-z:]+="[^"<>&]*")*)>')
_MAIN_BY_DEFAULT = (
    b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
    b' xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"',
)
_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*+)</t></si>')
_AROUND = len("<si><t></t></si>")
_PRESERVED = '<t xml:space="preserve">'
_CLOSE = b"</si>"
_CHUNK = 1 << 17


def shared_strings(part: str, data: bytes) -> list[str]:
    """The strings in order; the runs of rich text are joined, phonetic hints left out.

    Raises ``UnreadableWorkbook``: ``broken`` for malformed XML, ``too_large``.
    """
    try:
        return _plain_strings(data)
    except NotPlain:
        return _StringStream(part, data).strings


def _plain_strings(data: bytes) -> list[str]:
    """The strings of a part in which each is one simple ``<si><t>``, as most producers write most of them."""
    head = _HEAD.match(data)
    end = data.rfind(b"</sst>")
    if head is None or not any(mark in head[1] for mark in _MAIN_BY_DEFAULT) or data[end + 6 :].strip():
        raise NotPlain
    if end < 0 or (b"encoding=" in head[0] and b'"utf-8"' not in head[0].lower()):
        raise NotPlain
    strings: list[str] = []
    for chunk in plain_bytes(data, head.end(), end, _CLOSE, _CHUNK):
        found = _ITEM.findall(chunk)
        length = len(found) * _AROUND + sum(map(len, found))
        length += chunk.count(_PRESERVED) * (len(_PRESERVED) - len("<t>"))
        if length != len(chunk):  # something stands between or beside the plain items
            raise NotPlain
        strings += found
        if len(strings) > MAX_STRINGS:
            raise _too_many()
    return [decoded(without_entities(text)) for text in strings] if _needs_decoding(data) else strings


def _needs_decoding(data: bytes) -> bool:
    return b"&" in data or b"_x" in data


def _too_many() -> Exception:
    return too_large(
        Text(f"lebih dari {MAX_STRINGS} teks berbeda", f"more than {MAX_STRINGS} different texts")
    )


class _StringStream(Stream):
    """The same by full parsing: any namespace prefix, encoding, rich text."""

    def __init__(self, part: str, data: bytes) -> None:
        super().__init__(part)
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = 0
        self._text = False
        self.feed(data, final=True)

    def start(self, name: str, depth: int, attributes: dict[str, str]) -> None:
        if depth == 1 and name != "sst":
            raise expat.ExpatError("not a table of shared strings")
        if depth == 2 and name == "si":
            self._pieces.clear()
        elif depth == 3 and name == "rPh":
            self._phonetic = depth
        elif name == "t" and depth in (3, 4) and not self._phonetic:
            self._text = True

    def end(self, name: str, depth: int) -> None:
        self._text = False
        if depth == self._phonetic:
            self._phonetic = 0
        if depth == 2 and name == "si":
            self.strings.append(decoded("".join(self._pieces)))
            if len(self.strings) > MAX_STRINGS:
                raise _too_many()

    def characters(self, text: str) -> None:
        if self._text:
            self._pieces.append(text)
