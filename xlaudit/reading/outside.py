"""The parts of a sheet outside its tables: titles, scales, what was left aside, and cells that nothing accounts for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from xlaudit.amounts import State as TextState
from xlaudit.amounts import read_number_text
from xlaudit.cells import Area
from xlaudit.model import Stored
from xlaudit.reading.mapped import SKIPPED
from xlaudit.reading.view import SheetView
from xlaudit.scale import Scale
from xlaudit.survey import Part, Role
from xlaudit.tables import Table
from xlaudit.texts import Text

_TITLE_ROWS = 16
"""So many rows above a header may hold its title; ``reading.titles`` looks no further."""
_TITLE_GAP = 3
"""No more blank rows than one less stand between a title and its table."""
_FEW = 6
"""With fewer figures than the smallest of tables a block holds loose figures."""

_TITLE = Text("the table's title")
_SCALE = Text("a scale of kategori")
_HELPERS = Text("helper columns of the template")
_LOOSE = Text("loose figures outside the tables")
_MOST_RUNS = 60
"""A row with more runs of cells than this counts as one."""
_MOST_BLOCKS = 200
"""More blocks than this on a sheet are told as one."""
_WORDS = Text("text outside the tables")
UNTOLD = Text("figures without column headings that are known")

Block = tuple[Area, int]
"""An area and how many figures stand in it."""


def parts_of(
    view: SheetView,
    tables: Sequence[Table],
    scales: Sequence[Scale],
    helpers: Area | None,
    skipped: Sequence[Area] = (),
) -> list[Part]:
    """Everything on a sheet that is no data row of a table, from top to bottom.

    ``helpers``: the area of a template's table; what stands beside it are helper columns. ``skipped``: areas that a
    mapping leaves aside.
    """
    name = view.sheet.name
    parts: list[Part] = []
    titled: set[Area] = set()
    for table in tables:
        titles = [area for area in _title(view, table, tables) if area not in titled]
        titled.update(titles)  # tables side by side share their title
        parts += (Part(name, area, Role.TITLE, _TITLE, table=table.id) for area in titles)
        if table.header_rows:
            header = Area(table.header_rows[0], table.area.left, table.header_rows[-1], table.area.right)
            parts.append(Part(name, header, Role.HEADER, Text("column headings"), table=table.id))
        parts += (Part(name, one.area, Role.ASIDE, one.why, table=table.id) for one in table.aside)
    parts += (Part(name, scale.area, Role.SCALE, _SCALE) for scale in scales if scale.area is not None)
    parts += (Part(name, area, Role.ASIDE, SKIPPED) for area in skipped)
    covered = [part.area for part in parts] + [table.area for table in tables]
    for area, figures in _blocks(view, covered):
        if helpers is not None and helpers.top <= area.top and area.bottom <= helpers.bottom:
            parts.append(Part(name, area, Role.ASIDE, _HELPERS, figures))
        elif figures:
            parts.append(Part(name, area, Role.FIGURES, _LOOSE if figures < _FEW else UNTOLD, figures))
        else:
            parts.append(Part(name, area, Role.TEXT, _WORDS))
    return sorted(parts, key=lambda part: (part.area, part.role))


def _title(view: SheetView, table: Table, tables: Sequence[Table]) -> list[Area]:
    """The cells above a table whose texts make its title, neighbouring rows together, the lowest first."""
    areas: list[Area] = []
    blank = 0
    for row in range(table.area.top - 1, max(table.area.top - _TITLE_ROWS, 0), -1):
        over = [t.area for t in tables if t.area.top <= row <= t.area.bottom]
        free = [c for c in view.filled_columns(row) if not any(area.left <= c <= area.right for area in over)]
        columns = [c for c in free if view.text(row, c) in table.title]
        blank += 1
        if blank > _TITLE_GAP or len(columns) < len(free):
            break
        if not columns:
            continue
        blank = 0
        right = max(view.anchor[row, c].right if (row, c) in view.anchor else c for c in columns)
        last = areas[-1] if areas else None
        if last is not None and last.top == row + 1:
            areas[-1] = Area(row, min(last.left, columns[0]), last.bottom, max(last.right, right))
        else:
            areas.append(Area(row, columns[0], row, right))
    return areas


def _blocks(view: SheetView, covered: Sequence[Area]) -> list[Block]:
    """The filled cells that no area covers, those next to each other together: no more than one empty row or
    column between them."""
    done: list[Block] = []
    rest: Block | None = None
    open_blocks: list[Block] = []
    for row in view.row_numbers:
        over = [area for area in covered if area.top <= row <= area.bottom]
        columns = [c for c in view.filled_columns(row) if not any(area.left <= c <= area.right for area in over)]
        for block in open_blocks:
            if block[0].bottom >= row - 2:
                continue
            if len(done) < _MOST_BLOCKS:
                done.append(block)
            else:
                rest = block if rest is None else _together(rest, block)
        open_blocks = [block for block in open_blocks if block[0].bottom >= row - 2]
        runs = list(_runs(columns))
        for left, right in runs if len(runs) <= _MOST_RUNS else [(columns[0], columns[-1])]:
            figures = sum(1 for c in columns if left <= c <= right and is_figure(view, row, c))
            joined: Block = Area(row, left, row, right), figures
            apart: list[Block] = []
            for block in open_blocks:
                if block[0].left <= right + 1 and left - 1 <= block[0].right:
                    joined = _together(block, joined)
                else:
                    apart.append(block)
            open_blocks = [*apart, joined]
    return [*done, *open_blocks, *([] if rest is None else [rest])]


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the columns that stand together, one empty one between them at most."""
    if not columns:
        return
    start = columns[0]
    for one, two in pairwise(columns):
        if two - one > 2:
            yield start, one
            start = two
    yield start, columns[-1]


def _together(one: Block, two: Block) -> Block:
    a, b = one[0], two[0]
    area = Area(min(a.top, b.top), min(a.left, b.left), max(a.bottom, b.bottom), max(a.right, b.right))
    return area, one[1] + two[1]


def is_figure(view: SheetView, row: int, column: int) -> bool:
    """Whether a number stands in a cell, stored as one or written as text."""
    cell = view.stored(row, column)
    if cell is None:
        return False
    if cell.kind is not Stored.TEXT:
        return cell.kind is Stored.NUMBER
    if not any(c.isdigit() for c in cell.text):
        return False
    return read_number_text(cell.text).state in (TextState.NUMBER, TextState.AMBIGUOUS, TextState.MALFORMED)
