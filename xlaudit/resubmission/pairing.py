"""Which table, row and column of a resubmission is which of the earlier workbook: by code and name, not by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.findings import Place
from xlaudit.matching import bucket, key, same_name
from xlaudit.tables import Level, Row, Table

_SHEET, _TITLE, _COLUMN, _NAME = 3, 2, 1, 6
"""What the same sheet, title, a shared column and (in all) the shared names of rows count for two tables."""
_CROWD, _NEAR = 60, 4
"""So many tables that share a name are all looked at; of more, those so far from the place of the other."""
_MOST_ALIKE = 20
"""So many rows with names of the same pattern are compared with one."""

Path = tuple[str, ...]
"""The names of a row and of the rows above it, the row's own first."""


class Pair(NamedTuple):
    """A table in both workbooks, with its rows."""

    old: Table
    new: Table
    rows: tuple[tuple[Row, Row], ...]
    removed: tuple[Row, ...]
    added: tuple[Row, ...]


class Paired(NamedTuple):
    """All tables of two workbooks."""

    pairs: tuple[Pair, ...]
    removed: tuple[Table, ...]
    added: tuple[Table, ...]


def paired(old: Sequence[Table], new: Sequence[Table]) -> Paired:
    """The tables of two workbooks put together: of one kind, and alike in sheet, title, columns and names of rows."""
    names = {id(table): frozenset(_names(table)) for table in (*old, *new)}
    ranked = sorted(
        (
            (_likeness(old[i], new[j], names[id(old[i])], names[id(new[j])]), -i - j, i, j)
            for i, j in _candidates(old, new, names)
        ),
        reverse=True,
    )
    taken_old: set[int] = set()
    partners: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in taken_old and j not in partners:
            taken_old.add(i)
            partners[j] = i
    return Paired(
        tuple(_pair(old[i], new[j]) for j, i in sorted(partners.items())),
        tuple(table for i, table in enumerate(old) if i not in taken_old),
        tuple(table for j, table in enumerate(new) if j not in partners),
    )


def _candidates(
    old: Sequence[Table], new: Sequence[Table], names: dict[int, frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Which tables may be the same: all of one kind that share a sheet or a name of a row.

    Where more than ``_CROWD`` tables share it, those about as far down among them.
    """
    by_name: dict[tuple[str, str, str], list[int]] = {}
    for j, table in enumerate(new):
        for one in _keys(table, names):
            by_name.setdefault(one, []).append(j)
    seen: Counter[tuple[str, str, str]] = Counter()
    for i, table in enumerate(old):
        found: set[int] = set()
        for one in _keys(table, names):
            some = by_name.get(one, [])
            at, reach = seen[one], _CROWD if len(some) <= _CROWD else _NEAR
            found.update(some[max(at - reach, 0) : at + reach + 1])
            seen[one] += 1
        yield from ((i, j) for j in found)


def _keys(table: Table, names: dict[int, frozenset[str]]) -> Iterator[tuple[str, str, str]]:
    yield table.kind, "sheet", key(table.sheet)
    yield from ((table.kind, "row", name) for name in names[id(table)])


def _likeness(old: Table, new: Table, old_names: frozenset[str], new_names: frozenset[str]) -> float:
    both = len(old_names & new_names)
    shared = both / max(len(old_names) + len(new_names) - both, 1)
    same_sheet = key(old.sheet) == key(new.sheet)
    columns = len(old.columns.keys() & new.columns.keys()) / max(len(old.columns.keys() | new.columns.keys()), 1)
    same_title = bool(old.title) and key(old.title) == key(new.title)
    return _NAME * shared + _SHEET * same_sheet + _TITLE * same_title + _COLUMN * columns


def _names(table: Table) -> Iterator[str]:
    return (name for row in table.rows if (name := row.code or key(row.label)))


def _pair(old: Table, new: Table) -> Pair:
    """Rows by the same names all the way up; those left over by code, by name, by a name of like spelling, by place."""
    rows: list[tuple[Row, Row]] = []
    left, right = list(old.rows), list(new.rows)
    for same in (_by_path, _by_code, _by_label):
        names = {id(row): same(table, row) for table, some in ((old, left), (new, right)) for row in some}
        found, left, right = _matched(left, right, names)
        rows += found
    found, left, right = _spelled_alike(left, right)
    rows += found
    found, left, right = _matched(left, right, {**_places(old), **_places(new)})
    rows = sorted((*rows, *found), key=lambda pair: pair[1].index)
    return Pair(old, new, tuple(rows), tuple(left), tuple(right))


def _matched(
    left: list[Row], right: list[Row], names: dict[int, Path]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Rows with the same names, the first with the first; rows without any name are left over."""
    waiting: dict[Path, list[Row]] = {}
    for row in reversed(right):
        if names[id(row)]:
            waiting.setdefault(names[id(row)], []).append(row)
    found: list[tuple[Row, Row]] = []
    rest: list[Row] = []
    for row in left:
        others = waiting.get(names[id(row)])
        if others:
            found.append((row, others.pop()))
        else:
            rest.append(row)
    taken = {id(row) for _, row in found}
    return found, rest, [row for row in right if id(row) not in taken]


def _by_path(table: Table, row: Row) -> Path:
    own = _own_names(row)
    if not own:
        return ()
    names = [*own]
    above = row.parent
    while above is not None:
        names += _own_names(table.rows[above])
        above = table.rows[above].parent
    return tuple(names)


def _own_names(row: Row) -> tuple[str, ...]:
    """Code, name and indicator: what a row is called. A total is called by its level where it has no name."""
    named = (row.code, key(row.label), key(row.texts.get("indikator", "")))
    if any(named):
        return named
    return (row.level.value,) if row.level in (Level.TOTAL, Level.MEAN, Level.RATIO) else ()


def _by_code(_table: Table, row: Row) -> Path:
    return (row.code, key(row.texts.get("indikator", ""))) if row.code else ()


def _by_label(_table: Table, row: Row) -> Path:
    named = key(row.label), key(row.texts.get("indikator", ""))
    return named if any(named) else ()


def _places(table: Table) -> dict[int, Path]:
    """For rows without a name, how far below which named row they stand."""
    places: dict[int, Path] = {}
    last: Path = ()
    steps = 0
    for row in table.rows:
        named = _by_path(table, row)
        last, steps = (named, 0) if named else (last, steps + 1)
        places[id(row)] = () if named else ("below", str(steps), *last)
    return places


def _spelled_alike(left: list[Row], right: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Rows whose names differ in spelling only; each looks at the few whose names are of the same pattern."""
    patterns: dict[Path, dict[int, Row]] = {}
    for row in right:
        patterns.setdefault(bucket(_said(row)), {})[row.index] = row
    found: list[tuple[Row, Row]] = []
    rest: list[Row] = []
    for row in left:
        near = patterns.get(bucket(_said(row)), {}) if key(_said(row)) else {}
        other = next((one for one in islice(near.values(), _MOST_ALIKE) if same_name(_said(row), _said(one))), None)
        if other is None:
            rest.append(row)
            continue
        del near[other.index]
        found.append((row, other))
    taken = {id(row) for _, row in found}
    return found, rest, [row for row in right if id(row) not in taken]


def _said(row: Row) -> str:
    return row.texts.get("indikator", "") or row.label


def new_places(pairs: Iterable[Pair]) -> dict[Place, Place]:
    """For every cell of a row in both workbooks, figure or text, where it stands now."""
    places: dict[Place, Place] = {}
    for pair in pairs:
        old, new = pair.old.columns, pair.new.columns
        shared = [(column, new[name]) for name, column in old.items() if name in new]
        for before, after in pair.rows:
            for was, now in shared:
                places[_at(pair.old, before, was.name, was.column)] = _at(pair.new, after, now.name, now.column)
    return places


def _at(table: Table, row: Row, name: str, column: int) -> Place:
    figure = row.figures.get(name)
    return Place(table.sheet, (Cell(row.number, column) if figure is None else figure.cell).a1)
