"""Records put aside on disk, for what must be known before the first of them can be written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from xlaudit.extract.columns import LINE_COLUMNS
from xlaudit.extract.records import Record

_OWN = frozenset(column.name for column in LINE_COLUMNS)


class Spooled(NamedTuple):
    """Records of lines and the names of all figure columns that they have, each once, as they came."""

    figures: tuple[str, ...]
    records: Iterator[Record]


@contextmanager
def spooled(records: Iterable[Record]) -> Iterator[Spooled]:
    """Goes through the records once and gives them back one by one. ``OSError`` where the disk is full."""
    figures: dict[str, None] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", prefix="xlaudit-") as file:
        for record in records:
            figures |= {name: None for name in record if name not in _OWN and "." not in name}
            file.write(json.dumps(record) + "\n")
        file.seek(0)
        yield Spooled(tuple(figures), map(json.loads, file))
