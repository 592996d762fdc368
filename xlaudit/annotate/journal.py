"""The journal of splices that an annotated workbook carries, and undoing by it, byte for byte.

A part of its own, ``xl/xlaudit.bin`` (JSON): per changed part the size and CRC-32 before and after
and the splices backwards; the names of added parts. A spreadsheet program that saves the file drops it.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from xlaudit.annotate.package import Package
from xlaudit.annotate.parts import codec_of, from_utf8, to_utf8
from xlaudit.errors import UnreadableWorkbook

JOURNAL_PART = "xl/xlaudit.bin"
JOURNAL_TYPE = "application/vnd.xlaudit.journal"
JOURNAL_KIND = "urn:xlaudit:relationships:journal"


def undo(package: Package) -> bool:
    """Takes an annotation out by its journal; False, and nothing done, where anything was changed since."""
    if not package.has(JOURNAL_PART):
        return False
    try:
        journal = json.loads(package.read(JOURNAL_PART))
        changed: dict[str, Any] = journal["changed"]
        added: list[str] = journal["added"]
        intact = all(
            package.has(name) and list(package.stamp(name)) == entry["is"] for name, entry in changed.items()
        )
        if not intact:
            return False
        restored = {
            name: _restored(package.read(name), name, entry["splices"]) for name, entry in changed.items()
        }
        stamps = {name: [len(data), zlib.crc32(data)] for name, data in restored.items()}
        if any(stamps[name] != entry["was"] for name, entry in changed.items()):
            return False
        names = [str(name) for name in added]
    except (ValueError, KeyError, TypeError, AttributeError, UnreadableWorkbook):
        return False
    for name, data in restored.items():
        package.put(name, [data])
    for name in names:
        if package.has(name):
            package.drop(name)
    return True


def _restored(data: bytes, name: str, splices: list[tuple[int, int, str]]) -> bytes:
    """A part's content before the splices."""
    codec = codec_of(data, name)
    text = memoryview(to_utf8(data, codec, name))
    pieces: list[bytes | memoryview] = []
    last = 0
    for at, length, was in splices:
        pieces += [text[last:at], was.encode("latin-1")]
        last = at + length
    pieces.append(text[last:])
    return from_utf8(b"".join(pieces), codec)
