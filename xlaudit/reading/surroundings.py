"""What stands around a header: tables above and beside it, and the header that ends its table.

A sheet may hold thousands of tables, below each other or side by side; what is asked of one header costs no more than
its own columns and its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice

from xlaudit.cells import Area
from xlaudit.reading.headers import Header
from xlaudit.reading.spans import Span
from xlaudit.reading.titles import Above
from xlaudit.tables import Table

_NEAR = 8
"""Headers no more rows apart than this stand side by side; their titles may stand on one row."""


class Surroundings:
    """Tells where the title of a table is to be looked for: below the tables above it, not over those beside it.

    ``starts`` are the first row and the columns of all that may stand beside. Asked for headers from top to bottom;
    tables are added as they are found, in the same order.
    """

    def __init__(self, starts: Iterable[tuple[int, Span]]) -> None:
        self._starts: dict[int, list[tuple[int, Span]]] = {}
        for start in sorted(starts):
            for column in range(start[1][0], start[1][1] + 1):
                self._starts.setdefault(column, []).append(start)
        self._bottoms: dict[int, int] = {}
        self._tables: dict[int, list[Area]] = {}
        """By column the tables over it, the lowest last."""
        self._title = ""

    def add(self, table: Table) -> None:
        """A table that begins no lower than the headers asked for from now on."""
        area = table.area
        whole = area._replace(top=0, bottom=0)
        for column in range(area.left, area.right + 1):
            self._bottoms[column] = max(self._bottoms.get(column, 0), area.bottom)
            over = self._tables.setdefault(column, [])
            while over and over[-1].bottom <= area.bottom and over[-1]._replace(top=0, bottom=0) == whole:
                over.pop()  # the new one stands beside whatever that one stood beside
            over.append(area)
        self._title = table.title

    def above(self, header: Header) -> Above:
        """Where the title of a header's table may stand, as far as is known now."""
        top, left, right = header.top, header.left, header.right

        def beside(column: int) -> bool:
            starts = self._starts.get(column, [])
            near = starts[bisect_left(starts, (top - _NEAR,)) : bisect_left(starts, (top + _NEAR + 1,))]
            if any(last < left or right < first for _, (first, last) in near):
                return True
            over = self._tables.get(column, ())
            return any(a.bottom >= top - _NEAR and (a.right < left or right < a.left) for a in over)

        beyond = max((self._bottoms.get(column, 0) for column in range(left, right + 1)), default=0)
        return Above(beyond, beside, self._title)


class Order:
    """Headers from top to bottom, and which of them stand below which."""

    def __init__(self, headers: Sequence[Header]) -> None:
        self._over: dict[int, list[int]] = {}
        for position, header in enumerate(headers):
            for column in range(header.left, header.right + 1):
                self._over.setdefault(column, []).append(position)

    def below(self, position: int, header: Header) -> Iterator[int]:
        """The positions behind one of the headers that have a column in common with it, in order."""
        lists = (self._over[column] for column in range(header.left, header.right + 1))
        last = position
        for other in merge(*(islice(found, bisect_right(found, position), None) for found in lists)):
            if other != last:
                last = other
                yield other
