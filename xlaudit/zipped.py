"""A zip file in memory, opened once for all that look into it: its directory, its parts inflated.

PKWARE APPNOTE 6.3. What may be in it, and how large, is for those who open it.
"""

from __future__ import annotations

import io
import struct
import zipfile

from zlib_ng import zlib_ng

LOCAL = struct.Struct("<4s5H3I2H")
"""What stands before the content of an entry, but for its name and extra field."""
_UTF8 = 0x800
_PATCHED = 0x20
_PIECE = 1 << 16
"""Compressed bytes that are taken at once."""
_SMALL = 1 << 16
_MOST_KEPT = 1 << 20
"""Parts up to ``_SMALL`` bytes stay inflated, for they are asked for again, until so many bytes are kept."""


class Zipped:
    """``infos`` are the entries as the directory has them, which begins at ``start``."""

    def __init__(self, data: bytes) -> None:
        """What ``zipfile`` raises, which is many things, where the directory is faulty."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.infos = archive.infolist()
            self.start = archive.start_dir
            self.comment = archive.comment
        self.data = data
        self._kept: dict[tuple[int, int, int], bytes] = {}
        self._room = _MOST_KEPT

    def content(self, info: zipfile.ZipInfo) -> bytes:
        """What is in an entry. ``ValueError`` where it is damaged or not what the directory says it is.

        No more is inflated than the directory declares, which is to be checked before.
        """
        entry = info.header_offset, info.file_size, info.CRC
        kept = self._kept.get(entry)
        if kept is None:
            kept = self._read(info)
            if len(kept) <= min(_SMALL, self._room):
                self._kept[entry] = kept
                self._room -= len(kept)
        return kept

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        try:
            signature, _, _, _, _, _, _, _, _, name, extra = LOCAL.unpack_from(self.data, info.header_offset)
        except struct.error as error:
            raise ValueError("cut off") from error
        at = info.header_offset + LOCAL.size
        written = self.data[at : at + name].decode("utf-8" if info.flag_bits & _UTF8 else "cp437")
        if signature != b"PK\x03\x04" or written != info.orig_filename or info.flag_bits & _PATCHED:
            raise ValueError("not the entry that the directory tells of")
        raw = memoryview(self.data)[at + name + extra : at + name + extra + info.compress_size]
        if info.compress_type == zipfile.ZIP_DEFLATED:
            content = inflated(raw, info.file_size + 1)
        elif info.compress_type == zipfile.ZIP_STORED:
            content = bytes(raw)
        else:
            raise ValueError("unknown kind of compression")
        if len(content) != info.file_size or zlib_ng.crc32(content) != info.CRC:
            raise ValueError("not the content that the directory tells of")
        return content


def inflated(raw: memoryview, most: int) -> bytes:
    """What was compressed, up to a length; ``ValueError`` where it is damaged.

    In pieces: the library alone would hold a large part twice for a while.
    """
    unpacker = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS)
    try:
        if len(raw) <= _PIECE:
            return unpacker.decompress(raw, most)
        out = io.BytesIO()
        for start in range(0, len(raw), _PIECE):
            piece = raw[start : start + _PIECE]
            while piece and out.tell() < most:
                out.write(unpacker.decompress(piece, most - out.tell()))
                piece = memoryview(unpacker.unconsumed_tail)
        out.write(unpacker.flush() if out.tell() < most else b"")
        return out.getvalue()
    except zlib_ng.error as error:  # type: ignore[misc]  # its stub has an instance where the class is
        raise ValueError("faulty compression") from error
