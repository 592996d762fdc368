"""Streams of an OLE2 compound file ([MS-CFB]), in which .xls workbooks stand."""

from __future__ import annotations

import struct
from itertools import pairwise

from xlaudit.properties import cached_property
from xlaudit.reading.refusals import broken
from xlaudit.texts import Text

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_FREE = 0xFFFFFFFA
"""Sector numbers from here on mean the end of a chain, a free sector and the like."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class Compound:
    """A compound file in memory. Chains that go in circles or lead nowhere make it ``broken``.

    A last sector that is cut short is read as far as it goes: some programs write it so.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(SIGNATURE):
            raise _faulty()
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise _faulty()
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        first_directory, _, self._cutoff, first_mini_fat = struct.unpack_from("<IIII", data, 48)
        self._fat = self._allocation()
        self._first_mini_fat = first_mini_fat
        self._streams: dict[str, tuple[int, int]] = {}
        self._root = (_FREE, 0)
        self._directory(self._chain(first_directory))

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream of one of these names, None where there is none."""
        for name in names:
            found = self._streams.get(name.casefold())
            if found is not None:
                start, size = found
                if size < self._cutoff:
                    return self._mini_chain(start)[:size]
                return self._chain(start)[:size]
        return None

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _allocation(self) -> tuple[int, ...]:
        """The file allocation table: for each sector the one after it."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        next_one = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while next_one < _FREE:
            if next_one in seen:
                raise _faulty()
            seen.add(next_one)
            numbers = _numbers(self._sector(next_one))
            if not numbers:
                raise _faulty()
            places += numbers[:-1]
            next_one = numbers[-1]
        sectors = [self._sector(place) for place in dict.fromkeys(places) if place < _FREE]
        return _numbers(b"".join(sectors))

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        left = len(self._fat)
        while number < _FREE:
            left -= 1
            if number >= len(self._fat) or left < 0:
                raise _faulty()
            pieces.append(self._sector(number))
            number = self._fat[number]
        return b"".join(pieces)

    @cached_property
    def _mini_fat(self) -> tuple[int, ...]:
        return _numbers(self._chain(self._first_mini_fat))

    @cached_property
    def _mini(self) -> bytes:
        """The stream in whose small sectors all small streams lie."""
        return self._chain(self._root[0])[: self._root[1]]

    def _mini_chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        left = len(self._mini_fat)
        while number < _FREE:
            left -= 1
            if number >= len(self._mini_fat) or left < 0:
                raise _faulty()
            pieces.append(self._mini[number * self._mini_size : (number + 1) * self._mini_size])
            number = self._mini_fat[number]
        return b"".join(pieces)

    def _directory(self, data: bytes) -> None:
        """The streams by name, in whatever storage they stand; of two the first counts."""
        for start, end in pairwise(range(0, len(data) + 1, _ENTRY)):
            entry = data[start:end]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: min(max(length - 2, 0), 64)].decode("utf-16-le", errors="replace")
            first, size = struct.unpack_from("<II", entry, 116)
            if entry[66] == _ROOT:
                self._root = first, size
            elif entry[66] == _STREAM:
                self._streams.setdefault(name.casefold(), (first, size))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _faulty() -> Exception:
    return broken(Text("its inner structure (OLE2) is faulty"))
