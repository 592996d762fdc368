"""The ids of findings: the same fault in the same row of a resubmission keeps its id.

An id is made of the rule and of the names of what it is about: the kind of table, the column, the row. Neither
addresses nor amounts take part, nor which other findings there are, so rows and sheets may move and other faults may
be mended. Where several rows have the same names, their sheets tell them apart, then the titles of their tables, then
their order: of rows, not of findings.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from xlaudit.matching import key
from xlaudit.properties import cached_property
from xlaudit.rules.base import Flag, Rule
from xlaudit.tables import Row, Table

_Names = tuple[str, ...]
_Own = str | tuple[str, str]
"""What a row is called by itself: its code or name, and what is measured in it if that has a name."""


class _Item(NamedTuple):
    """A row of a table, or a table (no row), and what it is called by itself."""

    table: Table
    row: Row | None
    names: _Names


class Ids:
    """Gives ids to the flags of one workbook."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._kinds: dict[str, list[Table]] = {}
        for table in tables:
            self._kinds.setdefault(table.kind, []).append(table)
        self._rows: dict[str, _Rows] = {}
        self._heads: dict[str, dict[str, _Names]] = {}
        self._columns: dict[str, dict[int, str]] = {}
        self._used: dict[str, int] = {}

    def of(self, rule: Rule, flag: Flag) -> str:
        """The id of a flag; asked for once for each.

        What a rule says twice of one row gets a number, in the order of asking.
        """
        base = hashlib.sha256("|".join((rule.code, *self._about(flag))).encode()).hexdigest()[:10]
        self._used[base] = self._used.get(base, 0) + 1
        return base if self._used[base] == 1 else f"{base}-{self._used[base]}"

    def _about(self, flag: Flag) -> _Names:
        table = flag.table
        if flag.sheet not in (None, table.sheet):
            return "sheet", key(str(flag.sheet)), _plain(flag.label.en)
        if table.kind not in self._heads:
            self._learn(self._kinds.get(table.kind, [table]), table.kind)
        column = self._columns[table.id].get(flag.cell.column, "")
        row = self._rows[table.kind].names(table, flag.cell.row)
        if row is not None:
            return table.kind, column, *row
        head = self._heads[table.kind][table.id]
        return table.kind, column, "outside the rows", _plain(flag.label.en), *head

    def _learn(self, tables: Sequence[Table], kind: str) -> None:
        """The names of all rows of the tables of one kind, and of these tables."""
        for table in tables:
            self._columns[table.id] = {c.column: c.name for c in reversed(table.columns.values())}
        self._rows[kind] = _Rows(tables)
        heads = _told_apart([_Item(table, None, ()) for table in tables])
        self._heads[kind] = dict(zip((table.id for table in tables), heads, strict=True))


class _Rows:
    """The rows of the tables of one kind. Those of the same names are told apart when one of them is asked for."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._own = {table.id: _all_own_names(table) for table in tables}
        self._times = Counter(chain.from_iterable(self._own.values()))
        self._told: dict[_Own, dict[tuple[str, int], _Names]] = {}

    def names(self, table: Table, number: int) -> _Names | None:
        """The names of the row at a sheet row of a table; None where that is none of its rows."""
        row = table.row_at(number)
        if row is None:
            return None
        index = row.index
        own = self._own[table.id][index]
        if self._times[own] == 1:
            return _names(own)
        if own not in self._told:
            alike = self._alike[own]
            self._told[own] = {
                (item.table.id, item.row.index): names
                for item, names in zip(alike, _told_apart(alike), strict=True)
                if item.row is not None
            }
        return self._told[own][table.id, index]

    @cached_property
    def _alike(self) -> dict[_Own, list[_Item]]:
        """The rows of which others have the same names, by these."""
        found: dict[_Own, list[_Item]] = {}
        for table in self._tables:
            for row, own in zip(table.rows, self._own[table.id], strict=True):
                if self._times[own] > 1:
                    found.setdefault(own, []).append(_Item(table, row, _names(own)))
        return found


def _plain(label: str) -> str:
    return key(label) or label


def _own_names(row: Row) -> _Own:
    """The code or else the name; what is measured in it; for a row without any what it is."""
    name, measured = row.code or key(row.label) or row.level.value, key(row.texts.get("indikator", ""))
    return (name, measured) if measured else name


def _names(own: _Own) -> _Names:
    return (own, "") if isinstance(own, str) else own


def _all_own_names(table: Table) -> list[_Own]:
    """What every row of a table is called by itself."""
    if "indikator" in table.columns:
        return list(map(_own_names, table.rows))
    names: list[_Own] = list(table.codes)
    for place in (place for place, code in enumerate(table.codes) if not code):
        names[place] = key(table.labels[place]) or table.levels[place].value
    return names


def _told_apart(items: Sequence[_Item]) -> list[_Names]:
    """The names of rows or tables, those of the same names told apart.

    By sheet and title, of which the shortest needs not be said: a copy of a sheet (``Realisasi (2)``) leaves the ids of
    the original as they are, and so does the order of sheets. Then by what they belong to, and by order.
    """
    alike: dict[_Names, list[_Item]] = {}
    for item in items:
        alike.setdefault(item.names, []).append(item)
    found: dict[int, _Names] = {}
    for own, some in alike.items():
        for sheet, on_sheet in _parted(some, _sheet, shortest=True):
            for title, under_title in _parted(on_sheet, _title, shortest=True):
                for above, below in _parted(under_title, _above):
                    for number, item in enumerate(below, 1):
                        order = () if number == 1 else (str(number),)
                        found[id(item)] = (*own, *sheet, *title, *above, *order)
    return [found[id(item)] for item in items]


def _parted(
    items: list[_Item], name: Callable[[_Item], str], shortest: bool = False
) -> Iterator[tuple[_Names, list[_Item]]]:
    """Items by a name of theirs; nothing is said for the first, or the shortest."""
    if len(items) == 1:
        yield (), items
        return
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(name(item), []).append(item)
    plain = min(groups, key=lambda one: (len(one), one)) if shortest else next(iter(groups))
    for one, group in groups.items():
        yield () if one == plain else (one,), group


def _sheet(item: _Item) -> str:
    return _plain(item.table.sheet)


def _title(item: _Item) -> str:
    return key(item.table.title)


def _above(item: _Item) -> str:
    """What a row belongs to; not where the sums told, for these change with figures."""
    if item.row is None or item.row.parent is None or item.table.levels_from == "sums":
        return ""
    return "|".join(_names(_own_names(item.table.rows[item.row.parent])))
