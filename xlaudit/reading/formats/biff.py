"""The record stream of .xls workbooks of Excel 5 to 2003 ([MS-XLS] 2.1.4): records, texts, numbers."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xlaudit.errors import UnreadableWorkbook
from xlaudit.reading.formats import gather
from xlaudit.reading.refusals import broken
from xlaudit.texts import Text

CONTINUE = 0x3C
BOF, EOF = 0x809, 0x0A


class Record(NamedTuple):
    """One record; ``chunks`` are its own bytes and those of the ``CONTINUE`` records after it."""

    kind: int
    chunks: list[bytes]

    @property
    def data(self) -> bytes:
        return self.chunks[0]


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records from ``start`` on; the stream may end anywhere."""
    at, end = start, len(stream)
    pending: Record | None = None
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == CONTINUE and pending is not None:
            pending.chunks.append(data)
            continue
        if pending is not None:
            yield pending
        pending = Record(kind, [data])
    if pending is not None:
        yield pending


class Texts:
    """Reads texts of Excel 97 and later, which go on in ``CONTINUE`` records with a new width of letters."""

    def __init__(self, chunks: list[bytes], at: int = 0) -> None:
        self._chunks = chunks
        self._chunk = 0
        self._at = at

    def text(self, long: bool = True) -> str:
        """A text with its length in front; runs and phonetic hints are passed over."""
        count = self._number(2 if long else 1)
        flags = self._number(1)
        runs = self._number(2) if flags & 0x08 else 0
        extra = self._number(4) if flags & 0x04 else 0
        text = self.letters(count, bool(flags & 0x01))
        self._skip(runs * 4 + extra)
        return text

    def letters(self, count: int, wide: bool) -> str:
        pieces: list[str] = []
        while count:
            data = self._chunks[self._chunk]
            width = 2 if wide else 1
            here = min(count, (len(data) - self._at) // width)
            raw = data[self._at : self._at + here * width]
            pieces.append(raw.decode("utf-16-le", errors="replace") if wide else raw.decode("latin-1"))
            self._at += here * width
            count -= here
            if count:
                self._next()
                wide = bool(self._number(1) & 0x01)
        return "".join(pieces)

    def _number(self, size: int) -> int:
        if self._at >= len(self._chunks[self._chunk]):
            self._next()
        data = self._chunks[self._chunk]
        if self._at + size > len(data):
            raise cut_short()
        value = int.from_bytes(data[self._at : self._at + size], "little")
        self._at += size
        return value

    def _skip(self, count: int) -> None:
        while count > len(self._chunks[self._chunk]) - self._at:
            count -= len(self._chunks[self._chunk]) - self._at
            self._next()
        self._at += count

    def _next(self) -> None:
        self._chunk += 1
        self._at = 0
        if self._chunk >= len(self._chunks):
            raise cut_short()


def shared_texts(record: Record) -> list[str]:
    """The table of shared texts; what is cut off is left out."""
    if len(record.data) < 8:
        return []
    count = struct.unpack_from("<I", record.data, 4)[0]
    reader = Texts(record.chunks, 8)
    found: list[str] = []
    room = sum(len(chunk) for chunk in record.chunks) // 3
    for _ in range(min(count, room)):
        try:
            found.append(reader.text())
        except UnreadableWorkbook:
            break
    return found


def rk(value: int) -> gather.Value:
    """A number packed into 30 bits ([MS-XLS] 2.5.217), exact where it is a whole one or hundredths of it."""
    if value & 0x02:
        whole = (value - (1 << 32) if value & 0x80000000 else value) >> 2
        return gather.of_amount(Decimal(whole) / 100 if value & 0x01 else Decimal(whole))
    double = struct.unpack("<d", struct.pack("<II", 0, value & 0xFFFFFFFC))[0]
    return gather.of_double(double / 100 if value & 0x01 else double)


def encoding(codepage: int) -> str:
    """The name of a code page, Windows' Western one where it is unknown."""
    name = {1200: "utf-16-le", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252"}.get(codepage, f"cp{codepage}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def cut_short() -> Exception:
    return broken(Text("its content is cut short"))
