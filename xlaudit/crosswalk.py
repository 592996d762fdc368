"""The same figure in several tables: indicators by name and year, programs and kegiatan by name and year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from xlaudit.amounts import Interval
from xlaudit.matching import key, same_names
from xlaudit.patterns import pattern
from xlaudit.relations import Mode, Term, spread
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.kinds import EVALUASI_TRIWULAN
from xlaudit.schemas.words import YEAR, concepts, fold
from xlaudit.tables import Column, Level, Measure, Row, State, Table

_PLAN_YEARS = 3
"""A table with targets for at least so many years is a plan."""
_LARGEST = 5_000
"""More rows than this in one table are not matched by name across tables."""
_SUMMARIES = (Level.TOTAL, Level.MEAN)
"""Rows about all indicators of their own table: another table's mean is a mean of other things."""


_LOOKS_UP = pattern(r"\b(INDEX|[VH]?LOOKUP)\(|!\$?[A-Z]", re.IGNORECASE)


class Mention(NamedTuple):
    """One place where a figure is printed. ``outdated``: in an agreement that was revised since.

    ``baseline`` marks the starting value that a plan prints, ``planned`` a target of a plan over several years:
    neither votes on what the year's figure is. ``final`` is a target for the end of such a plan.
    """

    name: str
    term: Term
    baseline: bool = False
    planned: bool = False
    outdated: bool = False
    final: bool = False

    @property
    def revised(self) -> bool:
        """Whether it stands in an agreement after its revision; a target also in the column that says so.

        A budget table has a column after the revision as well, which makes it no better than the agreement.
        """
        column = self.term.column
        return self.term.table.stage == "setelah" or (column.role == "target" and column.period == "setelah")

    @property
    def looked_up(self) -> bool:
        """Whether a formula fetches it from elsewhere: then it is no witness of its own."""
        return _LOOKS_UP.search(self.term.figure.formula or "") is not None

    @property
    def order(self) -> tuple[int, int]:
        return int(self.term.table.id[1:]), self.term.row.number


class Subject(NamedTuple):
    """All mentions of one figure: the same thing, the same measure, the same year."""

    name: str
    role: str
    year: int
    mentions: tuple[Mention, ...]
    level: Level | None = None
    """That of a program or kegiatan; None for an indicator."""


def every_indicator(tables: Iterable[Table]) -> list[Subject]:
    """Target, realisasi and capaian of every indicator, by year."""
    tables = [table for table in tables if not table.guessed]
    main = main_year(tables)
    found: dict[tuple[str, str, int], list[Mention]] = {}
    revised = revised_roles(tables)
    mentions = [m for table in tables for m in _indicator_mentions(table, before_revision(table, revised))]
    groups = same_names([m.name for m in mentions])
    last = _last_years(mentions, groups, main)
    for mention in mentions:
        name = groups[mention.name]
        year = last.get(name) if mention.final else year_of(mention.term.column, mention.term.table, main)
        if year is not None:
            role = "target" if mention.final else mention.term.column.role
            found.setdefault((name, role, year), []).append(mention)
    return [Subject(name, role, year, tuple(m)) for (name, role, year), m in found.items()]


def main_year(tables: Iterable[Table]) -> int | None:
    """The year that most tables speak of."""
    years = [table.year for table in tables if table.year is not None]
    if len(set(years)) < 2:  # as in nearly all workbooks
        return years[0] if years else None
    return Counter(years).most_common(1)[0][0]


def told_often(subject: Subject) -> bool:
    """Whether several tables print a figure."""
    return len({mention.term.table.id for mention in subject.mentions}) > 1


def year_of(column: Column, table: Table, main: int | None) -> int | None:
    if column.period.isdigit():
        return int(column.period)
    if column.period not in ("", "setelah") or part_of_year(table):
        return None
    year = table.year or main
    if "lalu" in concepts(column.header) and "berjalan" not in concepts(column.header):
        return None if year is None else year - 1
    return year or NO_YEAR


NO_YEAR = 0
"""Where no table of a workbook names a year, all are of one and the same."""
_PART = pattern(
    r"\b(semester|smt|triwulan|tw|kuartal|bulan)\s+(i{1,3}|[1-3]|januari|februari|maret|april|mei|juni|juli|agustus|"
    r"september|oktober|november|nopember)\b"
)


def part_of_year(table: Table) -> bool:
    """Whether a table tells of a part of the year only, or of one of two years, nobody can say which."""
    if table.kind != EVALUASI_TRIWULAN.name and _names_part(f"{table.title} {table.sheet}"):
        return True
    return _names_years(table.title) and not any(c.period for c in table.columns.values())


@lru_cache(maxsize=256)  # here and below: asked for every column of a table
def _names_part(text: str) -> bool:
    return _PART.search(fold(text)) is not None


@lru_cache(maxsize=256)
def _names_years(title: str) -> bool:
    return len(set(YEAR.findall(title))) > 1


def _last_years(mentions: list[Mention], groups: dict[str, str], main: int | None) -> dict[str, int]:
    """For every indicator the last year of a plan that sets targets for at least three years."""
    years: dict[tuple[str, str], set[int]] = {}
    for mention in mentions:
        column = mention.term.column
        if column.role == "target" and column.period.isdigit():
            years.setdefault((groups[mention.name], mention.term.table.id), set()).add(int(column.period))
    last: dict[str, int] = {}
    for (name, _), found in years.items():
        if len(found) >= 3 and (main is None or max(found) > main):
            last[name] = max(last.get(name, 0), max(found))
    return last


def revised_roles(tables: Iterable[Table]) -> set[str]:
    """What the agreements after their revision measure."""
    return {role for table in tables if table.stage == "setelah" for role in _measured_roles(table)}


def before_revision(table: Table, revised: set[str]) -> bool:
    """Whether a table prints the plan before its revision: it says so, or another agreement is the revised one.

    ``revised`` is what :func:`revised_roles` gives of the workbook.
    """
    return table.stage == "sebelum" or (table.stage == "awal" and not revised.isdisjoint(_measured_roles(table)))


def _measured_roles(table: Table) -> set[str]:
    return {c.role for c in table.columns.values() if c.measure is not Measure.TEXT}


def _indicator_mentions(table: Table, outdated: bool) -> Iterator[Mention]:
    if table.size > _LARGEST:
        return
    seen: Counter[tuple[str, str]] = Counter()
    mentions: list[Mention] = []
    for column in table.columns.values():
        if column.role not in ("target", "realisasi_kinerja", "capaian", "target_akhir_renstra"):
            continue
        if column.period == "sebelum" or (outdated and column.role != "target"):
            continue
        if table.kind == EVALUASI_TRIWULAN.name and column.period.startswith("tw"):
            continue
        source = subject_column(table, column)
        if source is None or source.role != "indikator":
            continue
        planned = column.role == "target" and len(_target_years(table)) >= _PLAN_YEARS
        for row in table.rows:
            name = row.texts.get(source.name, "")
            figure = row.figures[column.name]
            told = figure.filled and not figure.is_bound and row.level not in _SUMMARIES
            if key(name) and told and not _shared(table, row, source, column):
                seen[key(name), column.name] += 1
                baseline = "data" in concepts(column.header) and "sebelum" in concepts(column.header)
                mentions.append(
                    Mention(
                        name,
                        Term(table, column, row, figure),
                        baseline,
                        planned,
                        outdated,
                        final=column.role == "target_akhir_renstra",
                    )
                )
    yield from (m for m in mentions if seen[key(m.name), m.term.column.name] == 1)


def _shared(table: Table, row: Row, source: Column, column: Column) -> bool:
    """Whether a figure stands for several indicators: merged over their rows, or followed by rows without one."""
    if row.figures[column.name].height > 1:
        return True
    below = table.rows[row.index + 1] if row.index + 1 < table.size else None
    if below is None or below.level is Level.TOTAL or below.figures[column.name].state is not State.BLANK:
        return False
    return key(below.texts.get(source.name, "")) not in ("", key(row.texts.get(source.name, "")))


def _target_years(table: Table) -> set[str]:
    return {c.period for c in table.by_role("target") if c.period.isdigit()}


def subject_column(table: Table, column: Column) -> Column | None:
    """The column that names what a figure is about: the nearest name to its left, else the first."""
    named = sorted((c for c in table.columns.values() if c.role in LABEL_ROLES), key=lambda c: c.column)
    left = [c for c in named if c.column < column.column]
    return left[-1] if left else named[0] if named else None


def every_budget(tables: Iterable[Table]) -> list[Subject]:
    """Pagu and realisasi of every program and kegiatan, by year."""
    tables = [table for table in tables if not table.guessed]
    main = main_year(tables)
    revised = revised_roles(tables)
    told = [one for table in tables for one in _budget_mentions(table, before_revision(table, revised))]
    groups = same_names([m.name for _, mentions in told for _, m in mentions])
    found: dict[tuple[str, Level | None, str, int], list[Mention]] = {}
    for (table, column), mentions in told:
        year = year_of(column, table, main)
        if year is not None:
            for level, mention in mentions:
                found.setdefault((groups[mention.name], level, column.role, year), []).append(mention)
    return [Subject(name, role, year, tuple(m), level) for (name, level, role, year), m in found.items()]


def _budget_mentions(
    table: Table, outdated: bool
) -> Iterator[tuple[tuple[Table, Column], list[tuple[Level, Mention]]]]:
    """The figures of each column, with what their rows are."""
    if outdated or _says_nothing_of_itself(table) or table.size > _LARGEST:
        return
    rows = list(_budget_rows(table))
    for column in table.columns.values():
        if column.role not in ("pagu", "realisasi") or column.period == "sebelum" or column.period.startswith("tw"):
            continue
        if column.part:
            continue
        filled = [(name, row, figure) for name, row in rows if (figure := row.figures[column.name]).filled]
        seen = Counter(name for name, _, _ in filled)
        yield (table, column), [
            (level, Mention(row.label, Term(table, column, row, figure)))
            for (level, name), row, figure in filled
            if name and seen[level, name] == 1
        ]


def _budget_rows(table: Table) -> Iterator[tuple[tuple[Level, str], Row]]:
    """The rows of programs and kegiatan, each with which of the two it is, and its name as names are compared.

    Under a heading that begins with Program the topmost rows with rows below are programs.
    """
    headed = any(fold(c.header).startswith("program") for c in table.columns.values() if c.role in LABEL_ROLES)
    program, kegiatan, item = Level.PROGRAM, Level.KEGIATAN, Level.ITEM
    for place, (level, name) in enumerate(zip(table.levels, table.labels, strict=True)):
        if level is program or level is kegiatan:
            yield (level, key(name)), table.rows[place]
        elif headed and level is item and table.depths[place] == 0 and place in table.children:
            yield (program, key(name)), table.rows[place]


def _says_nothing_of_itself(table: Table) -> bool:
    """A list of budgets without a title may be the one before a revision or after it: it is held against nothing."""
    return not table.title and not table.stage and not table.by_role("realisasi")


def agree(one: Term, two: Term) -> bool:
    """Whether two printed figures can be the same value: the intervals of their printed digits meet."""
    return printed(one).meets(printed(two))


def printed(term: Term) -> Interval:
    """The values that a printed figure can stand for, rounded or cut off."""
    return spread(term, Mode.MIXED, stored=False)
