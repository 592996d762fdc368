"""What a page shows of a workbook: the rows around its findings as the office sees them, of the rest what is little."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from xlaudit.cells import Area, parse_cell
from xlaudit.findings import Place
from xlaudit.mapping.model import Mapping as OwnMapping
from xlaudit.model import Sheet
from xlaudit.reading.book import Opened, ReadBook
from xlaudit.reading.survey import fate_of, last_used, seen_row, small_merges
from xlaudit.survey import Excerpt, SeenCell, SeenSheet
from xlaudit.tables import Level, Table

SHORT = 60
"""A sheet of so many rows is shown whole."""
AROUND = 2
"""Rows shown above and below a finding."""
_TITLE = 8
"""Rows above the headings of a table that are looked at as its title."""
MOST_NEAR = 25_000
"""Cells taken over for rows to show at once, of all sheets together."""
MOST_REST = 6_000
"""Cells taken over for rows that can be unfolded."""


def excerpts(
    opened: Opened,
    book: ReadBook,
    findings: Collection[Place],
    basis: Collection[Place],
    mapping: OwnMapping | None = None,
) -> tuple[Excerpt, ...]:
    """Of each sheet that holds a table or a finding, the rows that a page shows.

    ``findings`` are shown with the rows around them and the rows that they belong to, ``basis`` without.
    """
    tables: dict[str, list[Table]] = defaultdict(list)
    for table in book.tables:
        tables[table.sheet].append(table)
    places, others = _rows(findings), _rows(basis)
    wanted = tables.keys() | places.keys()
    budget = _Budget()
    chosen = []
    for stored, sheet in zip(opened.stored.sheets, opened.workbook.sheets, strict=True):
        if stored.name not in wanted:
            continue
        filled = [row for row in sorted(stored.rows) if stored.rows[row]]
        near = _near(filled, tables[stored.name], places.get(stored.name, ()), others.get(stored.name, ()))
        cells: dict[int, dict[int, SeenCell]] = {}
        for row in filled:
            if row in near and budget.take_near(len(stored.rows[row])):
                cells[row] = seen_row(opened.stored, stored, sheet, row)
        chosen.append((stored, sheet, near, filled, cells))
    found = []
    for stored, sheet, near, filled, cells in chosen:  # the rest comes second, so that no sheet takes it all
        for row in filled:
            if row not in cells and row not in near and budget.take_rest(len(stored.rows[row])):
                cells[row] = seen_row(opened.stored, stored, sheet, row)
        found.append(
            Excerpt(
                sheet=_seen(stored, cells, fate_of(stored, book, mapping)),
                near=frozenset(near),
                headings=frozenset(chain.from_iterable(table.header_rows for table in tables[stored.name])),
                dropped=tuple(_dropped(filled, cells)),
            )
        )
    return tuple(found)


class _Budget:
    """How many cells may still be taken over."""

    def __init__(self) -> None:
        self.near = MOST_NEAR
        self.rest = MOST_REST

    def take_near(self, cells: int) -> bool:
        self.near -= cells
        return self.near >= 0

    def take_rest(self, cells: int) -> bool:
        self.rest -= cells
        return self.rest >= 0


def _rows(places: Iterable[Place]) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for place in places:
        rows[place.sheet].add(parse_cell(place.cell).row)
    return rows


def _near(
    filled: Collection[int], tables: Iterable[Table], places: Collection[int], others: Collection[int]
) -> set[int]:
    """The rows to show at once."""
    if len(filled) <= SHORT:
        return set(filled) | set(places)
    near = {row + step for row in places for step in range(-AROUND, AROUND + 1) if row + step > 0} | set(others)
    above = 0
    for table in sorted(tables, key=lambda table: table.area):
        top, bottom, data = table.area.top, table.area.bottom, {row.number: row for row in table.rows}
        heading = max(table.header_rows, default=top)
        near |= set(range(max(above + 1, top - _TITLE), heading + AROUND))
        near |= {row.number for row in table.rows if row.level is Level.TOTAL}
        for number in [*places, *others]:
            row = data.get(number)
            while row is not None and row.parent is not None:
                row = table.rows[row.parent]
                near.add(row.number)
        above = bottom
    return near


def _seen(stored: Sheet, cells: Mapping[int, dict[int, SeenCell]], fate: str) -> SeenSheet:
    taken = dict(sorted(cells.items()))
    return SeenSheet(
        name=stored.name,
        position=stored.index + 1,
        visible=stored.visible,
        fate=fate,
        cells=taken,
        merges=tuple(_on(small_merges(stored.merges), list(taken))),
        hidden_rows=tuple(sorted(stored.hidden_rows & taken.keys())),
        hidden_columns=tuple(sorted(stored.hidden_columns)),
        last=last_used(stored),
    )


def _dropped(filled: Iterable[int], taken: Collection[int]) -> Iterable[tuple[int, int]]:
    """Runs of filled rows that were not taken, first to last, parted by those that were."""
    run: list[int] = []
    for row in filled:
        if row not in taken:
            run.append(row)
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


def _on(merges: Iterable[Area], rows: Sequence[int]) -> Iterable[Area]:
    """The merges that meet these rows, which stand in order."""
    for area in merges:
        place = bisect_left(rows, area.top)
        if place < len(rows) and rows[place] <= area.bottom:
            yield area
