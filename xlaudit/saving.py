"""In which order workbooks of one office were saved, so that everyone takes the same one for the last."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from xlaudit.patterns import pattern

_SAVED = pattern(rb"<dcterms:modified[^>]*>([^<]{10,40})<")
_MOST_BYTES = 65_536
_NEVER = datetime.min.replace(tzinfo=UTC)


class Order(NamedTuple):
    """Places in a list of workbooks, that which was saved first in front.

    ``by_saving``: the workbooks themselves say when; else the times of their files decide.
    """

    places: tuple[int, ...]
    by_saving: bool


def by_time(paths: Sequence[Path]) -> Order:
    """The order in which workbooks were saved, at the same time that of their names.

    What they say themselves counts only where all say it, and differently: a file's time is that of a copy as well.
    """
    saved = [_saved(path) for path in paths]
    by_saving = None not in saved and len(set(saved)) == len(saved)
    times = saved if by_saving else [_changed(path) for path in paths]
    places = sorted(range(len(paths)), key=lambda at: (times[at] or _NEVER, str(paths[at])))
    return Order(tuple(places), by_saving)


def _saved(path: Path) -> datetime | None:
    """When a workbook was saved last, as it says itself; None where it does not say."""
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as part:
            match = _SAVED.search(part.read(_MOST_BYTES))
        moment = datetime.fromisoformat(match[1].decode("ascii")) if match else None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return None
    return None if moment is None else moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return None
