"""The file as a zip of parts: what is not touched is copied as it stands, compressed bytes and all.

PKWARE APPNOTE 6.3: local header, data, optional descriptor per entry; then the central directory.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import secrets
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from zlib_ng import zlib_ng

from xlaudit.errors import NOT_ANNOTATABLE, BadUsage, UnreadableWorkbook
from xlaudit.limits import DEFAULT, MIB, Limits
from xlaudit.texts import Text
from xlaudit.zipped import LOCAL, Zipped, inflated

_NOT_INTACT = Text(
    "This file is not an intact .xlsx or .xlsm workbook; save it as .xlsx in Excel or LibreOffice and use the new "
    "file.",
)
_MISSING = Text("The part {name} is missing from this file; open it in Excel and save it again.")
_DAMAGED = Text("The part {name} inside this file is damaged or too large.")
_GROWTH = 4
"""How much larger than the bounds for inputs an annotated copy may be: it is read again by ``clean``."""

_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LIMIT = 0xFFFFFFFF
_EFFORT = 2
"""Compressing is most of what a large copy costs: more effort takes longer than it makes parts smaller."""
COMMON_SIZE = 1 << 14
"""Bytes of a part that is common to many workbooks up to which anything is remembered of it."""
_BUFFER = 1 << 16
"""Bytes that are written at once: a small copy by a single call of the system."""
_NEW_DATE = (0 << 9 | 1 << 5 | 1, 0)  # 1980-01-01 00:00, as Excel writes it


class _Content(NamedTuple):
    """A part that was added or replaced, compressed already."""

    data: bytes
    crc: int
    size: int
    method: int


class _Entry(NamedTuple):
    """One entry of the file read: its central record and the bytes from its local header onwards."""

    name: str
    central: bytes
    start: int
    end: int
    info: zipfile.ZipInfo


def _compound(raw: bytes) -> UnreadableWorkbook:
    """What to say of an OLE compound file: the wrapping of an encrypted workbook, or an .xls."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return UnreadableWorkbook(
            "encrypted",
            Text("This file is locked with a password; open it in Excel, remove the password, save it again."),
        )
    return UnreadableWorkbook("not_annotatable", NOT_ANNOTATABLE)


class Package:
    """The parts of one workbook file, by their names without a leading slash.

    Names are compared without regard to case (ECMA-376 Part 2, 6.2.2.3) and to the direction of slashes.
    """

    def __init__(self, path: Path, limits: Limits = DEFAULT) -> None:
        """Reads the file; ``UnreadableWorkbook`` where it is no zip, encrypted or oversized."""
        self._limits = limits
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise BadUsage(
                "not_found",
                Text("The file {path} cannot be read.").fill(
                    path=path
                ),
            ) from error
        if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise _compound(raw)
        try:
            self.zipped = Zipped(raw)
            self._entries = self._index(self.zipped.infos, self.zipped.start)
        except (zipfile.BadZipFile, ValueError, struct.error, EOFError, NotImplementedError) as error:
            raise UnreadableWorkbook("not_a_workbook", _NOT_INTACT) from error
        self._by_name = {_key(entry.name): entry for entry in self._entries}
        self._changed: dict[str, _Content | None] = {}
        self._added: dict[str, str] = {}

    def _index(self, infos: list[zipfile.ZipInfo], at: int) -> list[_Entry]:
        """The entries with their raw central records and the extent of their local bytes."""
        if len(infos) > self._limits.parts * _GROWTH:
            raise ValueError("too many parts")
        starts = sorted({info.header_offset for info in infos} | {at})
        ends = dict(itertools.pairwise(starts))
        entries = []
        last = self.zipped.data.rfind(b"PK\x05\x06")
        for info in infos:
            fields = _CENTRAL.unpack_from(self.zipped.data, at)
            length = _CENTRAL.size + fields[10] + fields[11] + fields[12]
            if fields[0] != b"PK\x01\x02" or info.header_offset not in ends or at + length > last:
                raise ValueError("central directory out of order")
            central = self.zipped.data[at : at + length]
            start = info.header_offset
            entries.append(_Entry(info.filename, central, start, ends[start], info))
            at += length
        return entries

    def names(self) -> list[str]:
        """All parts, those of the file in its order, then those added."""
        kept = [
            entry.name for entry in self._entries if self._changed.get(_key(entry.name), True) is not None
        ]
        return kept + [name for key, name in self._added.items() if self._changed[key] is not None]

    def has(self, name: str) -> bool:
        key = _key(name)
        return self._changed[key] is not None if key in self._changed else key in self._by_name

    def stamp(self, name: str) -> tuple[int, int]:
        """Size and CRC-32 of a part's content."""
        content = self._changed.get(_key(name))
        if content is not None:
            return content.size, content.crc
        info = self._by_name[_key(name)].info
        return info.file_size, info.CRC

    def read(self, name: str) -> bytes:
        """The content of a part; ``UnreadableWorkbook`` where it is damaged, encrypted or oversized."""
        content = self._changed.get(_key(name))
        if content is not None:
            return inflated(memoryview(content.data), content.size + 1) if content.method else content.data
        entry = self._by_name.get(_key(name))
        if entry is None:
            raise UnreadableWorkbook("broken", _MISSING.fill(name=name))
        info = entry.info
        size = self._limits.part_mib * MIB * _GROWTH
        if not info.flag_bits & 1 and info.compress_type in (0, 8) and info.file_size <= size:
            with suppress(ValueError):
                return self.zipped.content(info)
        raise UnreadableWorkbook("broken", _DAMAGED.fill(name=name))

    def put(self, name: str, pieces: Sequence[bytes | memoryview], common: bool = False) -> None:
        """Replaces a part or adds one at the end; compressed at once, piece by piece.

        With ``common`` the next workbook is likely to hold the very same: what it came to is remembered.
        """
        key = _key(name)
        entry = self._by_name.get(key)
        method = 8 if entry is None or entry.info.compress_type else 0
        if common and sum(map(len, pieces)) <= COMMON_SIZE:
            self._changed[key] = _remembered(b"".join(pieces), method)
        else:
            self._changed[key] = _content(pieces, method)
        if entry is None:
            self._added[key] = name

    def tries(self) -> Callable[[], None]:
        """Begins changes that may have to be taken back; what is returned does that."""
        changed, added = dict(self._changed), dict(self._added)

        def back() -> None:
            self._changed, self._added = changed, added

        return back

    def drop(self, name: str) -> None:
        """Takes a part out."""
        self._changed[_key(name)] = None

    def save(self, target: Path) -> str:
        """Writes beside the target and renames; on failure nothing is left behind (``BadUsage``).

        Returns the SHA-256 of what was written in hexadecimal digits.
        """
        sha256 = hashlib.sha256()
        draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        try:
            try:
                with draft.open("xb", _BUFFER) as out:
                    for chunk in self._chunks():
                        out.write(chunk)
                        sha256.update(chunk)
                os.replace(draft, target)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise BadUsage(
                "cannot_write",
                Text("Cannot write the result to {path}: {why}.").fill(path=target, why=error.strerror or "I/O"),
            ) from error
        return sha256.hexdigest()

    def _chunks(self) -> Iterable[bytes]:
        """The new file: local entries, central directory, end record."""
        if not self._changed:
            yield self.zipped.data
            return
        at = 0
        central: list[bytes] = []
        for entry in self._entries:
            key = _key(entry.name)
            if key not in self._changed or self._by_name[key] is not entry:
                yield self.zipped.data[entry.start : entry.end]
                central.append(_moved(entry.central, at))
                at += entry.end - entry.start
                continue
            content = self._changed[key]
            if content is None:
                continue
            date = _CENTRAL.unpack_from(entry.central)[5:7]
            raw_name = entry.central[_CENTRAL.size :][: _CENTRAL.unpack_from(entry.central)[10]]
            local, record = _records(raw_name, entry.info.flag_bits & 0x800, (date[1], date[0]), content, at)
            yield local
            yield content.data
            central.append(record)
            at += len(local) + len(content.data)
        for key, name in self._added.items():
            content = self._changed[key]
            if content is not None:
                local, record = _records(
                    name.encode(), 0x800 if not name.isascii() else 0, _NEW_DATE, content, at
                )
                yield local
                yield content.data
                central.append(record)
                at += len(local) + len(content.data)
        directory = b"".join(central)
        if at + len(directory) > _LIMIT or len(central) > 0xFFFF:
            raise OSError(27, "file too large")
        yield directory
        yield _END.pack(
            b"PK\x05\x06", 0, 0, len(central), len(central), len(directory), at, len(self.zipped.comment)
        )
        yield self.zipped.comment


def _content(pieces: Sequence[bytes | memoryview], method: int) -> _Content:
    """The content of a part, compressed where ``method`` says so."""
    size = sum(map(len, pieces))
    packer = zlib_ng.compressobj(_EFFORT, wbits=-zlib_ng.MAX_WBITS)
    crc = 0
    chunks: list[bytes] = []
    for piece in pieces:
        crc = zlib_ng.crc32(piece, crc)
        chunks.append(packer.compress(piece) if method else bytes(piece))
    if method:
        chunks.append(packer.flush())
    return _Content(b"".join(chunks), crc, size, method)


@lru_cache(maxsize=32)  # content types, relationships and styles come out alike for all workbooks of one template
def _remembered(data: bytes, method: int) -> _Content:
    return _content([data], method)


def refuse_same(source: Path, target: Path) -> None:
    """``BadUsage`` where the target is the source itself, by whatever path."""
    # not by methods of the paths, which take far longer to tell that nothing is there
    if os.path.exists(target) and os.path.exists(source) and os.path.samefile(source, target):
        raise BadUsage(
            "same_file",
            Text("The result must not replace its own source {path}.").fill(path=source),
        )


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _records(
    name: bytes, flags: int, date: tuple[int, int], content: _Content, at: int
) -> tuple[bytes, bytes]:
    """Local header and central record of a part that was written anew."""
    common = (
        20,
        flags,
        content.method,
        date[1],
        date[0],
        content.crc,
        len(content.data),
        content.size,
        len(name),
    )
    local = LOCAL.pack(b"PK\x03\x04", *common, 0) + name
    return local, _CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, 0, at) + name


def _moved(central: bytes, at: int) -> bytes:
    """The central record of an entry that now starts elsewhere; a ZIP64 offset is kept in its field."""
    fields = _CENTRAL.unpack_from(central)
    if fields[-1] != _LIMIT:
        return central[:42] + struct.pack("<I", at) + central[46:]
    extra_at = _CENTRAL.size + fields[10]
    end = extra_at + fields[11]
    while extra_at + 4 <= end:
        kind, length = struct.unpack_from("<HH", central, extra_at)
        if kind == 1:
            offset_at = extra_at + 4 + 8 * (fields[9] == _LIMIT) + 8 * (fields[8] == _LIMIT)
            return central[:offset_at] + struct.pack("<Q", at) + central[offset_at + 8 :]
        extra_at += 4 + length
    raise OSError(5, "broken ZIP64 record")
