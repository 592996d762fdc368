"""Which table, row and column of a resubmission is which of the earlier workbook: by code and name, not by position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.findings import Place
from xlaudit.matching import key, same_name
from xlaudit.tables import Level, Row, Table

_SHEET, _TITLE, _COLUMN, _NAME = 3, 2, 1, 6
"""What the same sheet, title, a shared column and (in all) the shared names of rows count for two tables."""

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
        ((_likeness(one, two, names[id(one)], names[id(two)]), -i - j, i, j)
         for i, one in enumerate(old) for j, two in enumerate(new) if one.kind == two.kind),
        reverse=True,
    )  # fmt: skip
    taken_old: set[int] = set()
    partners: dict[int, int] = {}
    for likeness, _, i, j in ranked:
        if likeness > 0 and i not in taken_old and j not in partners:
            taken_old.add(i)
            partners[j] = i
    return Paired(
        tuple(_pair(old[i], new[j]) for j, i in sorted(partners.items())),
        tuple(table for i, table in enumerate(old) if i not in taken_old),
        tuple(table for j, table in enumerate(new) if j not in partners),
    )


def _likeness(old: Table, new: Table, old_names: frozenset[str], new_names: frozenset[str]) -> float:
    """0 and less where two tables share neither a name of a row nor their sheet."""
    shared = len(old_names & new_names) / max(len(old_names | new_names), 1)
    same_sheet = key(old.sheet) == key(new.sheet)
    if not shared and not same_sheet:
        return 0
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
    """Rows whose names differ in spelling only; each looks at the few that begin alike."""
    beginnings: dict[str, list[Row]] = {}
    for row in right:
        beginnings.setdefault(_beginning(row), []).append(row)
    found: list[tuple[Row, Row]] = []
    rest: list[Row] = []
    for row in left:
        near = beginnings.get(_beginning(row), []) if _beginning(row) else []
        other = next((one for one in near if same_name(_said(row), _said(one))), None)
        if other is None:
            rest.append(row)
            continue
        near.remove(other)
        found.append((row, other))
    taken = {id(row) for _, row in found}
    return found, rest, [row for row in right if id(row) not in taken]


def _said(row: Row) -> str:
    return row.texts.get("indikator", "") or row.label


def _beginning(row: Row) -> str:
    return key(_said(row))[:4]


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
