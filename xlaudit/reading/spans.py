"""Runs of columns: which of them some spans hold, asked for often and told without going through all spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from xlaudit.cells import MAX_COLUMNS

Span = tuple[int, int]
"""First and last column."""


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same columns from left to right, spans that touch or overlap put together."""
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def covers(spans: Sequence[Span], first: int, last: int) -> bool:
    """Whether the spans, ``joined`` before, hold all columns from ``first`` to ``last``."""
    at = bisect_right(spans, (first, MAX_COLUMNS)) - 1
    return at >= 0 and spans[at][0] <= first and last <= spans[at][1]
