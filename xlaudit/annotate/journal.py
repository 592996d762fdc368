"""The journal of splices that an annotated workbook carries, and undoing by it, byte for byte.

A part of its own, ``xl/xlaudit.bin`` (JSON): per changed part the size and CRC-32 before and after
and the splices backwards; the names of added parts. A spreadsheet program that saves the file drops it.
"""

from __future__ import annotations

import json
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
    take_back = package.tries()
    try:
        journal = json.loads(package.read(JOURNAL_PART))
        changed: dict[str, Any] = journal["changed"]
        added: list[str] = journal["added"]
        intact = all(
            package.has(name) and list(package.stamp(name)) == entry["is"] for name, entry in changed.items()
        )
        if not intact:
            return False
        names = [str(name) for name in added]
        for name, entry in changed.items():
            package.put(name, _restored(package.read(name), name, entry["splices"]))
            if list(package.stamp(name)) != entry["was"]:
                take_back()
                return False
    except (ValueError, KeyError, TypeError, AttributeError, UnreadableWorkbook):
        take_back()
        return False
    for name in names:
        if package.has(name):
            package.drop(name)
    return True


def _restored(data: bytes, name: str, splices: list[tuple[int, int, str]]) -> list[bytes | memoryview]:
    """A part's content before the splices, in pieces."""
    codec = codec_of(data, name)
    text = memoryview(to_utf8(data, codec, name))
    pieces: list[bytes | memoryview] = []
    last = 0
    for at, length, was in splices:
        if not last <= at <= at + length <= len(text):
            raise ValueError("no journal of ours")
        pieces += [text[last:at], was.encode("latin-1")]
        last = at + length
    pieces.append(text[last:])
    return pieces if codec == "utf-8" else [from_utf8(b"".join(pieces), codec)]
