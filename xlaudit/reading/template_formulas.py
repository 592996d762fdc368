"""Which formulas of a filled template were typed over, are missing, or differ from the rest of their column."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.filled import Change, What
from xlaudit.formulas import shape
from xlaudit.model import StoredCell
from xlaudit.reading.view import SheetView
from xlaudit.schemas.forms import Entry, Form, FormColumn

_FEWEST = 3
"""So many rows with the same formula tell which one the column has."""
_RUNNING = 3
"""So many rows running, or two columns, are told as one stretch."""


class _Row(NamedTuple):
    """A row in which something was typed. ``parts``: the rows whose codes begin with its own, in a folded form."""

    number: int
    parts: tuple[int, ...]


class _Gap(NamedTuple):
    """A cell without its formula. ``place`` counts the cells of its column that should have one."""

    cell: Cell
    place: int
    column: FormColumn
    stated: str


def formula_changes(
    view: SheetView, form: Form, columns: dict[str, int], rows: range
) -> tuple[list[Change], dict[What, int]]:
    """The changes of formulas in the data rows of a form, and how many formulas were found as they should be.

    ``columns`` are the columns that still stand, by key; ``rows`` all rows between the column numbers and the
    closing line. Judged are rows in which something was typed. Cells that lost their formula side by side or one
    below the other are one change, where they are more than two of a column.
    """
    lines = {row: line for row in rows if (line := view.sheet.rows.get(row))}
    filled = _filled_rows(view, form, columns, lines)
    gaps: dict[What, list[_Gap]] = {What.TYPED: [], What.BLANK: [], What.OTHER_FORMULA: []}
    kept: dict[str, list[int]] = {}
    sound: Counter[What] = Counter()
    for column in form.columns:
        at = columns.get(column.key)
        if at is None or column.entry not in (Entry.COMPUTED, Entry.AMOUNT):
            continue
        due = list(_due(view, column, at, filled))
        free = set() if column.entry is Entry.COMPUTED else {row.number for row in filled} - set(due)
        shapes = {row: _shape(cell) for row in lines if row not in free and (cell := view.sheet.at(row, at))}
        usual = _usual([shape for shape in shapes.values() if shape])
        kept[column.key] = [row for row, shape in shapes.items() if shape and shape == usual]
        for place, row in enumerate(due):
            what = _judged(view, row, at, shapes.get(row, ""), usual)
            if what is None:
                sound.update(dict.fromkeys(gaps, 1))
                continue
            stored = view.sheet.at(row, at)
            stated = "" if stored is None else stored.text if what is What.TYPED else f"={stored.formula}"
            gaps[what].append(_Gap(Cell(row, at), place, column, stated))
    worth = [gap for gap in gaps[What.BLANK] if _computable(view, form, columns, gap.cell.row)]
    gaps[What.BLANK] = worth
    changes = [
        _change(what, view, form, stretch, kept) for what, found in gaps.items() for stretch in _stretches(found)
    ]
    return changes, dict(sound)


def _filled_rows(
    view: SheetView, form: Form, columns: dict[str, int], lines: Mapping[int, Mapping[int, StoredCell]]
) -> list[_Row]:
    """The rows with anything but formulas in them. A formula that staff typed counts in a column that they fill."""
    typed = {columns[c.key] for c in form.columns if c.key in columns and c.typed and c.entry is not Entry.AMOUNT}
    places = set(columns.values())
    filled = [
        row
        for row, line in lines.items()
        if any(
            at in places and cell.text.strip() and (cell.formula is None or at in typed) for at, cell in line.items()
        )
    ]
    filled.sort()
    below = _parts(view, columns["kode"], filled) if form.folded and "kode" in columns else {}
    return [_Row(row, below.get(row, ())) for row in filled]


def _parts(view: SheetView, at: int, rows: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """For each row the rows whose codes go on from its own with a point."""
    codes = [(text, row) for row in rows if (text := view.text(row, at).strip(" ."))]
    codes.sort()
    found: dict[int, tuple[int, ...]] = {}
    for code, row in codes:
        first = bisect_left(codes, (code + ".", 0))
        last = bisect_left(codes, (code + "/", 0))  # the sign after the point
        if last > first:
            found[row] = tuple(below for _, below in codes[first:last])
    return found


def _due(view: SheetView, column: FormColumn, at: int, filled: list[_Row]) -> Iterator[int]:
    """The rows in which a column has a formula: all, or of amounts those with amounts in the rows below them."""
    for row in filled:
        if column.entry is Entry.COMPUTED or any(_is_typed(view.sheet.at(below, at)) for below in row.parts):
            yield row.number


def _is_typed(cell: StoredCell | None) -> bool:
    return cell is not None and cell.formula is None and cell.number is not None


def _judged(view: SheetView, row: int, at: int, shape: str, usual: str) -> What | None:
    """What is wrong with a cell that should hold its column's formula; None where nothing is, or nothing tells."""
    cell = view.sheet.at(row, at)
    if shape:
        return What.OTHER_FORMULA if usual and shape != usual else None
    if cell is None or not cell.text.strip():
        return None if view.merged_into(row, at) not in (None, (row, at)) else What.BLANK
    return What.TYPED


def _computable(view: SheetView, form: Form, columns: dict[str, int], row: int) -> bool:
    """Whether a missing formula would show anything: a row of headings or remarks needs none."""
    keys = [c.key for c in form.columns if c.entry in (Entry.FIGURE, Entry.AMOUNT)] or [form.label]
    cells = (view.sheet.at(row, columns[key]) for key in keys if key in columns)
    return any(cell is not None and cell.text.strip() for cell in cells)


def _shape(cell: StoredCell) -> str:
    """A formula with its references relative to its cell, as all cells of a column have the same; else empty."""
    return "" if cell.formula is None else shape(cell.formula, Cell(cell.row, cell.column))


def _usual(shapes: list[str]) -> str:
    """The formula that most rows of a column have; empty where they disagree, or are too few to tell."""
    if not shapes:
        return ""
    shape, times = Counter(shapes).most_common(1)[0]
    return shape if times >= _FEWEST and times * 2 > len(shapes) else ""


def _stretches(gaps: list[_Gap]) -> Iterator[list[_Gap]]:
    """The gaps that belong together, in order: in one row, or neighbours in one column."""
    groups = {gap.cell: [gap] for gap in gaps}
    last_in_row: dict[int, Cell] = {}
    by_place = {(gap.cell.column, gap.place): gap.cell for gap in gaps}
    for gap in gaps:
        above = by_place.get((gap.cell.column, gap.place - 1))
        for other in (above, last_in_row.get(gap.cell.row)):
            if other is not None and groups[other] is not groups[gap.cell]:
                groups[other] += groups[gap.cell]
                for moved in groups[gap.cell]:
                    groups[moved.cell] = groups[other]
        last_in_row[gap.cell.row] = gap.cell
    for group in {id(group): group for group in groups.values()}.values():
        group.sort(key=lambda gap: gap.cell)
        if len({gap.cell.column for gap in group}) == 1 and len(group) < _RUNNING:
            yield from ([gap] for gap in group)
        else:
            yield group


def _change(what: What, view: SheetView, form: Form, stretch: list[_Gap], kept: dict[str, list[int]]) -> Change:
    first = stretch[0]
    by_column: dict[int, FormColumn] = {}
    places: dict[int, set[int]] = defaultdict(set)
    for gap in stretch:
        by_column[gap.cell.column] = gap.column
        places[gap.cell.column].add(gap.cell.row)
    return Change(
        what,
        form.sheet,
        view.sheet.name,
        first.cell,
        cells=tuple(gap.cell for gap in stretch),
        columns=tuple(by_column[column].spoken for column in sorted(by_column)),
        stated=first.stated,
        source=_source([kept[column.key] for column in by_column.values()], first.cell),
    )


def _source(kept: list[list[int]], cell: Cell) -> Cell | None:
    """A cell of the nearest row in which all these columns have kept their formulas."""
    rows = set(kept[0]).intersection(*kept[1:])
    row = min(rows, key=lambda row: (abs(row - cell.row), row), default=None)
    return None if row is None else Cell(row, cell.column)
