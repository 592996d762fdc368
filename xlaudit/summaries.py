"""Means that a table prints of rows which stand in another one: summaries by sasaran and year, means of excerpts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.constraints import is_excerpt, item_rows
from xlaudit.crosswalk import agree, main_year, subject_column, year_of
from xlaudit.matching import Names, key
from xlaudit.patterns import pattern
from xlaudit.properties import cached_property
from xlaudit.relations import Holds, Relation, Term, add_up, child_rows, holds, term, total_rows
from xlaudit.schemas.words import YEAR, concepts, fold
from xlaudit.tables import Column, Level, Measure, Row, Table

SUMMARY = "XT105"
_GROUPS = ("sasaran", "tujuan", "program")
_SHORTEST_NAME = 12
"""Letters; a shorter name at the beginning of a longer one says little."""
_COUNTED = pattern(r"\b([0-9]{1,2})\s*(?:\([a-z ]+\)\s*)?indikator")
_FEWEST_AGREEING = 2
_CAP = Decimal(100)
_LARGEST = 5_000


class Summary(NamedTuple):
    """A printed mean and the figures it is over, by every table that has them.

    ``name`` is what the summary calls its rows, ``named`` what the first source does. ``sure``: other means of the
    same table do agree with the same sources.
    """

    name: str
    named: str
    relations: tuple[Relation, ...]
    sure: bool = True

    @property
    def holds(self) -> bool:
        """Whether one of the sources gives the mean, its figures as they are or none above 100."""
        return any(holds(one) is not Holds.NO or _capped(one) for one in self.relations)


def summaries(tables: Iterable[Table]) -> list[Summary]:
    """Every mean that is printed apart from the rows it is over."""
    tables = [table for table in tables if table.size <= _LARGEST]
    sources = _Sources([table for table in tables if not table.guessed])
    found: list[Summary] = []
    for table in tables:
        own = [one for one in _by_group(table, sources) if one.relations]
        sure = sum(one.holds for one in own) >= _FEWEST_AGREEING
        found += (one._replace(sure=sure) for one in own)
        found += (one for one in _of_excerpt(table, sources) if one.relations)
    return found


class _Group(NamedTuple):
    """The rows of one column of groups by its texts."""

    names: Names
    rows: dict[str, list[Row]]


class _Programs(NamedTuple):
    """All programs of a table, with one of their figures."""

    terms: tuple[Term, ...]
    names: Names
    by_name: dict[str, list[Term]]


class _Sources:
    """The tables whose rows a mean can be over, looked through once."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self.main = main_year(tables)
        self._places = {table.id: place for place, table in enumerate(tables)}
        self._programs: dict[tuple[str, str], _Programs] = {}

    @cached_property
    def _groups(self) -> dict[str, list[_Group]]:
        """The groups of every table with capaian, by its id. Few workbooks have a summary that asks for them."""
        return {table.id: _grouped(table) for table in self.tables if table.by_role("capaian")}

    @cached_property
    def _having(self) -> dict[str, list[Table]]:
        """The tables that have groups of a name."""
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            groups = self._groups.get(table.id, ())
            for name in dict.fromkeys(name for group in groups for name in group.rows):
                found.setdefault(name, []).append(table)
        return found

    @cached_property
    def _names(self) -> Names:
        return Names(self._having)

    def groups(self, name: str) -> list[tuple[Table, str, list[Row]]]:
        """The rows of a sasaran, tujuan or program by its name, in every table that has one and no second like it."""
        meant = (*self._names.beginning(name, _SHORTEST_NAME), *self._names.alike(name))
        tables = {table.id: table for other in dict.fromkeys(meant) for table in self._having[other]}
        found = ((table, *self._group(table, name)) for table in sorted(tables.values(), key=self._place))
        return [(table, own, rows) for table, own, rows in found if rows]

    def _place(self, table: Table) -> int:
        return self._places[table.id]

    def _group(self, table: Table, name: str) -> tuple[str, list[Row]]:
        for group in self._groups[table.id]:
            near = (*group.names.beginning(name, _SHORTEST_NAME), *group.names.alike(name))
            meant = list(dict.fromkeys(near))
            if len(meant) == 1:
                return meant[0], group.rows[meant[0]]
        return "", []

    def as_fine(self, table: Table, column: Column, row: Row) -> Term:
        """A figure with the decimals of its column: 100 among 100,12 and 98,68 is 100,00."""
        figure = row.figures[column.name]
        finest = table.holding(column.name).finest
        unit = figure.unit if finest is None else min(finest, figure.unit)
        return term(table, column, row)._replace(figure=figure._replace(unit=unit))

    def programs(self, table: Table, column: Column) -> _Programs:
        """The programs of a table whose total is the sum of just these; none where it leaves some out."""
        place = (table.id, column.name)
        if place not in self._programs:
            terms = _all_programs(table, column)
            by_name: dict[str, list[Term]] = {}
            for part in terms:
                by_name.setdefault(part.row.label, []).append(part)
            self._programs[place] = _Programs(terms, Names(by_name), by_name)
        return self._programs[place]


def _grouped(table: Table) -> list[_Group]:
    found: list[_Group] = []
    for role in _GROUPS:
        for column in table.by_role(role):
            rows: dict[str, list[Row]] = {}
            for row in item_rows(table):
                if text := row.texts.get(column.name, ""):
                    rows.setdefault(text, []).append(row)
            found.append(_Group(Names(rows), rows))
    return found


def _by_group(table: Table, sources: _Sources) -> Iterator[Summary]:
    """Means by sasaran, tujuan or program, in a table that shows no indicators; by year where it has them in rows."""
    if "indikator" in {c.role for c in table.columns.values()}:
        return
    main = sources.main
    years = next(iter(table.by_role("tahun")), None)
    for column in [*table.by_role("capaian"), *table.by_role("rata_rata")]:
        label = subject_column(table, column)
        if label is None or column.measure is not Measure.PERCENT or not _speaks_of_means(table, column):
            continue
        name = ""
        for row in item_rows(table):
            name = row.texts.get(label.name, "") or name
            year = year_of(column, table, main) if years is None else _year_in(row.texts.get(years.name, ""))
            if year is not None and key(name) and row.figures[column.name].filled:
                yield _summary(name, term(table, column, row), year, sources)


def _speaks_of_means(table: Table, column: Column) -> bool:
    return column.role == "rata_rata" or any("rata" in concepts(text) for text in (table.title, column.header))


def _year_in(text: str) -> int | None:
    match = YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None


def _summary(name: str, target: Term, year: int, sources: _Sources) -> Summary:
    counted = _COUNTED.search(fold(name))
    relations: list[Relation] = []
    named = ""
    for table, own, rows in sources.groups(name):
        if table is target.table:
            continue
        for column in table.by_role("capaian"):
            if year_of(column, table, sources.main) != year:
                continue
            terms = tuple(sources.as_fine(table, column, row) for row in rows if row.figures[column.name].filled)
            if not terms or (counted is not None and int(counted[1]) != len(terms)):
                continue
            named = named or own
            relations.append(Relation(SUMMARY, target, terms, over=len(terms)))
    return Summary(name, named, tuple(relations))


def _capped(relation: Relation) -> bool:
    """Whether the mean fits when a capaian above 100 counts as 100, as some offices take it."""
    if all(part.figure.amount <= _CAP for part in relation.terms):
        return False

    def cap(part: Term) -> Term:
        small = part.figure.amount <= _CAP or part is relation.target
        return part if small else part._replace(figure=part.figure._replace(value=_CAP), point=True)

    return holds(relation._replace(terms=tuple(map(cap, relation.terms)))) is not Holds.NO


def _of_excerpt(table: Table, sources: _Sources) -> Iterator[Summary]:
    """The mean serapan of the programs, in a table that shows some of them only, by the table that shows them all."""
    means = [row for row in table.rows_of(Level.MEAN) if re.search(r"per ?-? ?program", fold(row.label))]
    shown = table.rows_of(Level.PROGRAM)
    if len(means) != 1 or not shown or not is_excerpt([row for row in table.rows if row.level in _ITEMS]):
        return
    main = sources.main
    for column in table.by_role("persen"):
        if not means[0].figures[column.name].filled:
            continue
        relations: list[Relation] = []
        for source in sources.tables:
            for other in source.by_role("persen"):
                year = year_of(other, source, main)
                if source is table or year is None or year != year_of(column, table, main):
                    continue
                programs = sources.programs(source, other)
                terms = programs.terms
                if len(terms) > len(shown) > 1 and all(_stands_in(table, column, row, programs) for row in shown):
                    relations.append(Relation(SUMMARY, term(table, column, means[0]), terms, over=len(terms)))
        yield Summary(means[0].label, means[0].label, tuple(relations))


_ITEMS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)


def _all_programs(table: Table, column: Column) -> tuple[Term, ...]:
    """The programs of a table whose total is the sum of just these: it leaves none out."""
    programs = [row for row in table.top_rows() if row.level is Level.PROGRAM]
    totals = total_rows(table)
    if len(totals) != 1 or len(programs) != len(table.top_rows()):
        return ()
    for budget in table.by_role("pagu"):
        whole = add_up(SUMMARY, table, budget, totals[0], programs, child_rows(table))
        if whole is not None and holds(whole) is Holds.YES:
            return tuple(term(table, column, row) for row in programs if row.figures[column.name].filled)
    return ()


def _stands_in(table: Table, column: Column, row: Row, programs: _Programs) -> bool:
    """Whether a program stands among others, with the same figure."""
    own = term(table, column, row)
    if not own.figure.filled:
        return False
    alike = (part for name in programs.names.alike(row.label) for part in programs.by_name[name])
    return any(agree(part, own) for part in alike)
