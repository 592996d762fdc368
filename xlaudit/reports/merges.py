"""Merged cells as a page draws them: which cell spans how many of the rows and columns that are drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xlaudit.cells import Area

MOST_COVERED = 200_000
"""Merges that cover more cells than this together are no longer drawn as merged."""

Place = tuple[int, int]


@dataclass(slots=True)
class Merged:
    """``spans``: by the first drawn cell of a merge, how many drawn rows and columns it spans; ``covered``: the cells
    under it; ``origin``: where the text of a merge stands whose first cell was not drawn.
    """

    spans: dict[Place, tuple[int, int]] = field(default_factory=dict)
    covered: set[Place] = field(default_factory=set)
    origin: dict[Place, Place] = field(default_factory=dict)


def merged(merges: Iterable[Area], rows: Sequence[int], columns: Sequence[int]) -> Merged:
    """The merges over rows and columns that are drawn in order. Merges that meet others are drawn once."""
    found = Merged()
    for area in merges:
        tall = rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
        wide = columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]
        if not tall or not wide or len(found.covered) + len(tall) * len(wide) > MOST_COVERED:
            continue
        first = (tall[0], wide[0])
        places = {(row, column) for row in tall for column in wide}
        if places & found.covered or places & found.spans.keys():
            continue
        found.covered |= places - {first}
        found.spans[first] = (len(tall), len(wide))
        if first != area.first:
            found.origin[first] = (area.top, area.left)
    return found
