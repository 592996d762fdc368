"""Links from a recap to workbooks and cells, so that both can be moved together."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path, PurePath
from urllib.parse import quote

_IN_PATHS = "%\"<>[]^`{}# "
_MOST_CHARACTERS = 2_000
"""Excel takes no longer address."""


@lru_cache(maxsize=8192)
def relative(target: str, home: Path) -> str:
    """The way from the folder ``home`` to a file, with slashes; absolute where there is none (another drive)."""
    try:
        way = os.path.relpath(Path(target).absolute(), home.absolute())
    except ValueError:
        way = str(Path(target).absolute())
    return PurePath(way).as_posix()


@lru_cache(maxsize=8192)
def _escaped(way: str) -> str:
    return "".join(f"%{ord(sign):02x}" if sign in _IN_PATHS else sign for sign in way)


def in_workbook(target: str, home: Path, sheet: str = "", cell: str = "") -> str | None:
    """A link for a cell of a workbook: to a file, or to a cell of it. None where it would be too long for Excel."""
    way = _escaped(relative(target, home))
    place = f"#'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}" if sheet and cell else ""
    link = f"external:{way}{place}"
    return link if len(link) <= _MOST_CHARACTERS else None


def in_page(target: str, home: Path) -> str:
    """A link for a page."""
    way = relative(target, home)
    return way if way.startswith("//") else quote(way) if not Path(way).is_absolute() else Path(way).as_uri()
