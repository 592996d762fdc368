"""Serapan as tables on efisiensi print it, and the amounts elsewhere in the workbook that it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlaudit.crosswalk import agree, before_revision, main_year, revised_roles, subject_column, year_of
from xlaudit.matching import key, same_names
from xlaudit.relations import HUNDRED, Holds, Relation, Term, holds, partner, term
from xlaudit.schemas.kinds import EFISIENSI
from xlaudit.tables import Column, Level, Row, State, Table

ABSORBED = "EF104"
_OF_INDICATORS = ("indikator", "sasaran", "tujuan")
_LARGEST = 5_000
"""Longer tables are not matched by name."""


class Printed(NamedTuple):
    """A serapan with the name of what it is about. ``span``: over how many rows of names it stands."""

    name: str
    about: str
    span: int
    term: Term


class Source(NamedTuple):
    """The amounts of the same thing: realisasi, pagu, and the percentage printed beside them if there is one."""

    name: str
    about: str
    span: int
    spent: Term
    budget: Term
    share: Term | None


class Copied(NamedTuple):
    """A serapan and the sources of its name and year, in the order of the workbook."""

    printed: Printed
    sources: tuple[Source, ...]

    def relations(self) -> list[Relation]:
        """Serapan = realisasi / pagu · 100, by every source."""
        target = self.printed.term
        return [Relation(ABSORBED, target, (s.spent,), s.budget, HUNDRED) for s in self.sources]

    @property
    def agrees(self) -> bool:
        """Whether one of the sources gives it, or prints the percentage that it may have been rounded from."""
        if any(holds(relation) is not Holds.NO for relation in self.relations()):
            return True
        return any(s.share is not None and agree(s.share, self.printed.term) for s in self.sources)


def copied(tables: Iterable[Table]) -> list[Copied]:
    """Every serapan of a table on efisiensi that another table has the amounts of, for the same year."""
    tables = [t for t in tables if not t.guessed and t.size <= _LARGEST]
    prints = [p for table in tables if table.kind == EFISIENSI.name for p in _prints(table)]
    if not prints:
        return []
    main = main_year(tables)
    revised = revised_roles(tables)
    sources = [s for t in tables if not before_revision(t, revised) for s in _sources(t)]
    groups = same_names([*(one.name for one in prints), *(one.name for one in sources)])
    known: dict[tuple[str, str, int, int | None], list[Source]] = {}
    for source in sources:
        year = year_of(source.spent.column, source.spent.table, main)
        if year == year_of(source.budget.column, source.budget.table, main):
            known.setdefault((groups[source.name], source.about, source.span, year), []).append(source)
    found: list[Copied] = []
    for one in prints:
        year = year_of(one.term.column, one.term.table, main)
        own = known.get((groups[one.name], one.about, one.span, year), []) if year is not None else []
        if own:
            found.append(Copied(one, tuple(own)))
    return found


def _prints(table: Table) -> Iterator[Printed]:
    """Serapan without the amounts that it is of."""
    for column in table.by_role("persen"):
        if any(partner(table, column, role) is not None for role in ("pagu", "realisasi")):
            continue
        for name, about, span, row in _named(table, column):
            yield Printed(name, about, span, term(table, column, row))


def _sources(table: Table) -> Iterator[Source]:
    for column in table.by_role("realisasi"):
        budget = partner(table, column, "pagu")
        if budget is None or budget.period == "sebelum":
            continue
        share = partner(table, column, "persen")
        for name, about, span, row in _named(table, column):
            if row.figures[budget.name].state is not State.NUMBER:
                continue
            printed = None if share is None or not row.figures[share.name].filled else term(table, share, row)
            yield Source(name, about, span, term(table, column, row), term(table, budget, row), printed)


def _named(table: Table, column: Column) -> Iterator[tuple[str, str, int, Row]]:
    """The rows with a figure in the column whose name stands once in it: name, what it names, rows covered, row."""
    source = subject_column(table, column)
    if source is None:
        return
    about = "indikator" if source.role in _OF_INDICATORS else "program"
    rows = [
        row
        for row in table.rows
        if row.level not in (Level.TOTAL, Level.MEAN, Level.NOTE, Level.RATIO) and row.figures[column.name].filled
    ]
    names = {row.index: row.texts.get(source.name, "") for row in rows}
    seen = Counter(key(name) for name in names.values())
    for row in rows:
        name = names[row.index]
        if key(name) and seen[key(name)] == 1:
            yield name, about, _span(table, column, source, row), row


def _span(table: Table, column: Column, source: Column, row: Row) -> int:
    """How many names a figure stands for: those its merge covers, or those below it that have none of their own."""
    if row.figures[column.name].height > 1:
        return row.figures[column.name].height
    span, own = 1, key(row.texts.get(source.name, ""))
    for below in table.rows[row.index + 1 :]:
        name = key(below.texts.get(source.name, ""))
        if below.level is Level.TOTAL or below.figures[column.name].state is not State.BLANK or name in ("", own):
            break
        span += 1
    return span
