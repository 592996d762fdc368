"""A workbook's own document properties in an .xls file: a property set of [MS-OLEPS] 2.21."""

from __future__ import annotations

import struct

_MOST = 1000


def custom_properties(stream: bytes | None) -> dict[str, str]:
    """Those whose value is a text, by name; none where the stream cannot be read."""
    if stream is None:
        return {}
    try:
        return _read(stream)
    except (struct.error, LookupError, ValueError):
        return {}


def _read(stream: bytes) -> dict[str, str]:
    if struct.unpack_from("<I", stream, 24)[0] < 2:
        return {}
    [start] = struct.unpack_from("<I", stream, 64)
    [count] = struct.unpack_from("<I", stream, start + 4)
    places = dict(struct.unpack_from("<II", stream, start + 8 + 8 * at) for at in range(min(count, _MOST)))
    encoding = "cp1252"
    if 1 in places:
        codepage = struct.unpack_from("<H", stream, start + places[1] + 4)[0]
        encoding = {1200: "utf-16-le", 65001: "utf-8"}.get(codepage, f"cp{codepage}")
    found: dict[str, str] = {}
    for identifier, name in _names(stream, start + places[0], encoding).items():
        if identifier in places:
            value = _text(stream, start + places[identifier], encoding)
            if value is not None:
                found[name] = value
    return found


def _names(stream: bytes, at: int, encoding: str) -> dict[int, str]:
    names: dict[int, str] = {}
    [count] = struct.unpack_from("<I", stream, at)
    at += 4
    for _ in range(min(count, _MOST)):
        identifier, length = struct.unpack_from("<II", stream, at)
        size = length * 2 if encoding.startswith("utf-16") else length
        names[identifier] = stream[at + 8 : at + 8 + size].decode(encoding, errors="replace").rstrip("\0")
        at += 8 + (size + 3 & ~3 if encoding.startswith("utf-16") else size)
    return names


def _text(stream: bytes, at: int, encoding: str) -> str | None:
    kind, length = struct.unpack_from("<II", stream, at)
    if kind == 0x1F:
        return stream[at + 8 : at + 8 + length * 2].decode("utf-16-le", errors="replace").rstrip("\0")
    if kind == 0x1E:
        return stream[at + 8 : at + 8 + length].decode(encoding, errors="replace").rstrip("\0")
    return None
