"""The shared strings of a workbook as plain texts (ECMA-376 Part 1, 18.4)."""

from __future__ import annotations

from xml.parsers import expat

from xlaudit.limits import DEFAULT, Limits
from xlaudit.patterns import pattern
from xlaudit.reading.refusals import too_large
from xlaudit.reading.streamed import NotPlain, Stream, decoded, plain_bytes, without_entities
from xlaudit.texts import Text

_OPENING = pattern(rb"<sst(?=[ >])[^>]*>")
_ITEM = pattern(r'<si><t(?: xml:space="preserve")?>([^<]*+)</t></si>')
_TEXT = "<t>"
_OPEN, _SHUT = "<si><t>", "</t></si>"
_AROUND = len(_OPEN + _SHUT)
_TAGS = (_OPEN + _SHUT).count("<")
_PRESERVED = '<t xml:space="preserve">'
_CLOSE = b"</si>"
_CHUNK = 1 << 17


def shared_strings(part: str, data: bytes, limits: Limits = DEFAULT) -> list[str]:
    """The strings in order; the runs of rich text are joined, phonetic hints left out.

    Raises ``UnreadableWorkbook``: ``broken`` for malformed XML, ``too_large``.
    """
    stream = _StringStream(part, limits)
    opening = _OPENING.search(data)
    rest = 0
    if opening is not None:
        rest = opening.end()
        stream.feed(data[:rest])
        end = data.rfind(b"</sst>")
        if end >= rest and stream.at_items() and stream.scan(data, rest, end):
            rest = end
    stream.feed(data[rest:], final=True)
    return stream.strings


def plain_strings(data: bytes, start: int, end: int, most: int = DEFAULT.strings) -> list[str]:
    """The strings in ``data[start:end]``, each one simple ``<si><t>``, as most producers write most of them;
    ``most`` are allowed.

    Raises ``NotPlain`` where anything else stands there.
    """
    strings: list[str] = []
    for chunk in plain_bytes(data, start, end, _CLOSE, _CHUNK):
        strings += _plain_items(chunk)
        if len(strings) > most:
            raise _too_many(most)
    return [decoded(without_entities(text)) for text in strings] if _needs_decoding(data) else strings


def _plain_items(chunk: str) -> list[str]:
    if chunk.startswith(_OPEN) and chunk.endswith(_SHUT):  # each as short as it can be: as nearly all
        found = chunk[len(_OPEN) : -len(_SHUT)].split(_SHUT + _OPEN)
        if chunk.count("<") == len(found) * _TAGS:
            return found
    found = _ITEM.findall(chunk)
    length = len(found) * _AROUND + sum(map(len, found))
    length += chunk.count(_PRESERVED) * (len(_PRESERVED) - len(_TEXT))
    if length != len(chunk):  # something stands between or beside the plain items
        raise NotPlain
    return found


def _needs_decoding(data: bytes) -> bool:
    return b"&" in data or b"_x" in data


def _too_many(most: int) -> Exception:
    return too_large(Text("more than {most} different texts").fill(most=most), "strings")


class _StringStream(Stream):
    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = 0
        self._text = False

    def at_items(self) -> bool:
        """Whether the items come next, in an encoding that the plain scan can read."""
        return self.depth == 1 and self.is_utf8()

    def scan(self, data: bytes, start: int, end: int) -> bool:
        """Reads the items in ``data[start:end]`` by the plain pattern; False where they are not plain."""
        try:
            self.strings = plain_strings(data, start, end, self.limits.strings)
        except NotPlain:
            return False
        return True

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
            if len(self.strings) > self.limits.strings:
                raise _too_many(self.limits.strings)

    def characters(self, text: str) -> None:
        if self._text:
            self._pieces.append(text)
