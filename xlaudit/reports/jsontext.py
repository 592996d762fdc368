"""JSON as ``json.dumps`` indents it, but written entry by entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator


def dumped(value: object, depth: int = 0) -> str:
    """A value, two spaces for each level, as it stands at a depth; its first line is not indented."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


def listed(values: Iterable[object], depth: int) -> Iterator[str]:
    """A list whose entries stand at a depth, piece by piece."""
    before = "["
    for value in values:
        yield f"{before}\n{'  ' * depth}{dumped(value, depth)}"
        before = ","
    yield "[]" if before == "[" else f"\n{'  ' * (depth - 1)}]"
