"""The relations that the tables of RULES promise, table by table.

Each function lists the relations of one kind; rules check them, the diagnosis solves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from math import lcm

from xlaudit.relations import (
    HUNDRED,
    ONE,
    Holds,
    Mode,
    Relation,
    Term,
    add_up,
    amount_columns,
    child_rows,
    computed,
    fits_both_ways,
    holds,
    partner,
    term,
    total_rows,
)
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Level, Measure, Row, State, Table

SUM, TOTAL, SHARE, REST, CHANGE = "RA101", "RA102", "RA103", "RA104", "RA107"
ACHIEVEMENT, MEAN, DIFFERENCE, RELATIVE = "KI101", "KI107", "EF101", "EF103"

_ENOUGH = 200
"""So many rows of a column tell which sign it prints."""
_ITEM_LEVELS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.ITEM)


def item_rows(table: Table) -> list[Row]:
    """The rows that carry an item of the table: no totals, means, remarks."""
    return [row for row in table.rows if row.level in _ITEM_LEVELS]


def sums(table: Table) -> Iterator[Relation]:
    """Every parent is the sum of the rows right below it, in every amount column (RULES A4)."""
    below = child_rows(table)
    for column in amount_columns(table):
        for index in sorted(table.children):
            parent = table.rows[index]
            if _cut_short(table, parent):
                continue
            relation = add_up(SUM, table, column, parent, below(parent), below)
            if relation is not None and relation.target.figure.state is not State.BLANK:
                yield relation


def _cut_short(table: Table, parent: Row) -> bool:
    """Whether rows are missing below a parent: the row after its last one belongs to a parent not shown."""
    last = max(table.children[parent.index])
    while last in table.children:
        last = max(table.children[last])
    return last + 1 < len(table.rows) and table.rows[last + 1].orphan


def is_excerpt(rows: list[Row]) -> bool:
    """Whether the rows' own numbers leave some out, or a row's parent is not shown: rows are missing."""
    numbers = [int(text) for row in rows if (text := row.texts.get("no", "").strip(" .)")).isdigit()]
    gaps = len(numbers) > 1 and numbers != list(range(1, len(numbers) + 1))
    return gaps or any(row.orphan for row in rows)


def totals(table: Table) -> Iterator[Relation]:
    """Every total is the sum of the topmost rows, or of those since the total before it (RULES A4, S3)."""
    rows = total_rows(table)
    for column in amount_columns(table):
        for position, total in enumerate(rows):
            if total.figures[column.name].state is State.BLANK:
                continue
            options = list(_total_options(table, column, rows, position))
            if options:
                yield _best(options)


def _total_options(table: Table, column: Column, rows: list[Row], position: int) -> Iterator[Relation]:
    """The ways in which a total can add up, likeliest first."""
    below = child_rows(table)
    total = rows[position]
    top = table.top_rows()
    since = [row for row in top if (position == 0 or row.index > rows[position - 1].index) and row.index < total.index]
    above = [row for row in top if row.index < total.index]
    plain = [row for row in table.rows if row.level is not Level.TOTAL and row.index < total.index]
    if any(not row.label for row in plain):
        yield from _unnamed_options(table, column, total, plain)
    ways = [since, above, top] if position + 1 < len(rows) else [above or top, top, since]
    if position + 1 == len(rows) and position > 0:
        ways.append(rows[:position])
    for way in ways:
        relation = add_up(TOTAL, table, column, total, way, below) if way else None
        if relation is not None:
            yield relation


def _unnamed_options(table: Table, column: Column, total: Row, rows: list[Row]) -> Iterator[Relation]:
    """Where rows without a name follow named ones (a second figure for the same thing): the last of each, the first."""
    groups: list[list[Row]] = []
    for row in rows:
        if row.label or not groups:
            groups.append([row])
        else:
            groups[-1].append(row)
    for pick in (-1, 0):
        relation = add_up(TOTAL, table, column, total, [group[pick] for group in groups], lambda row: [])
        if relation is not None and holds(relation) is Holds.YES:
            yield relation


def _best(options: list[Relation]) -> Relation:
    """The first way that holds; else the one with the smallest difference."""
    for relation in options:
        if holds(relation) in (Holds.YES, Holds.DOUBTFUL):
            return relation

    def off(relation: Relation) -> Decimal:
        reached = computed(relation)
        stated = relation.target.figure.value
        return Decimal("Infinity") if reached is None or stated is None else abs(reached - stated)

    return min(options, key=off)


def shares(table: Table) -> Iterator[Relation]:
    """% = realisasi / pagu · 100, in every row that has the three (RULES A1)."""
    for column in table.by_role("persen"):
        numerator, divisor = partner(table, column, "realisasi"), partner(table, column, "pagu")
        if numerator is None or divisor is None:
            continue
        for row in table.rows:
            if row.level in (Level.MEAN, Level.NOTE):
                continue
            yield from _ratio(SHARE, table, column, row, numerator, divisor)
    yield from _lone_ratios(table)


def _ratio(
    rule: str, table: Table, column: Column, row: Row, numerator: Column, divisor: Column, point: bool = False
) -> Iterator[Relation]:
    if row.figures[column.name].state in (State.BLANK, State.NOT_APPLICABLE, State.TEXT):
        return
    parts = (row.figures[numerator.name], row.figures[divisor.name])
    if any(part.state in (State.BLANK, State.NOT_APPLICABLE, State.TEXT) for part in parts):
        return
    yield Relation(
        rule,
        term(table, column, row),
        (term(table, numerator, row, point=point),),
        term(table, divisor, row, point=point),
        HUNDRED,
    )


def _lone_ratios(table: Table) -> Iterator[Relation]:
    """A line such as *Persentase Realisasi Anggaran* right below a total: the ratio of that total's amounts."""
    for row in table.rows:
        if row.level is not Level.RATIO:
            continue
        total = next((r for r in reversed(table.rows[: row.index]) if r.level is Level.TOTAL), None)
        columns = [c for c in table.columns.values() if c.measure is not Measure.TEXT]
        filled = [c for c in columns if row.figures[c.name].state is State.NUMBER]
        if total is None or len(filled) != 1:
            continue
        spent = [c for c in table.by_role("realisasi") if total.figures[c.name].filled]
        budget = [c for c in table.by_role("pagu") if total.figures[c.name].filled]
        if spent and budget:
            target = replace(filled[0], measure=Measure.PERCENT)
            yield Relation(
                SHARE,
                term(table, target, row),
                (term(table, spent[-1], total),),
                term(table, budget[-1], total),
                HUNDRED,
            )


def remainders(table: Table) -> Iterator[Relation]:
    """sisa = pagu − realisasi; a column that prints all of them with the other sign keeps it (RULES A2)."""
    for column in table.by_role("sisa"):
        budget, spent = partner(table, column, "pagu"), partner(table, column, "realisasi")
        if budget is None or spent is None:
            continue
        rows = [
            row
            for row in table.rows
            if row.level not in (Level.MEAN, Level.NOTE, Level.RATIO)
            and all(row.figures[c.name].state is not State.BLANK for c in (column, budget, spent))
        ]
        plain = [_rest(table, column, row, budget, spent, ONE) for row in rows]
        fitting = _fits(plain[:_ENOUGH])
        if fitting * 2 >= len(plain[:_ENOUGH]):
            yield from plain
            continue
        turned = [_rest(table, column, row, budget, spent, -ONE) for row in rows]
        yield from turned if _fits(turned[:_ENOUGH]) > fitting else plain


def _rest(table: Table, column: Column, row: Row, budget: Column, spent: Column, sign: Decimal) -> Relation:
    parts = (term(table, budget, row, sign), term(table, spent, row, -sign))
    return Relation(REST, term(table, column, row), parts)


def _fits(relations: list[Relation]) -> int:
    return sum(1 for relation in relations if holds(relation) is Holds.YES)


def changes(table: Table) -> Iterator[Relation]:
    """bertambah/(berkurang) = after − before revision (RULES A9)."""
    before = next((c for c in table.by_role("pagu") if c.period == "sebelum"), None)
    after = next((c for c in table.by_role("pagu") if c.period == "setelah"), None)
    if before is None or after is None:
        return
    for column in table.by_role("perubahan"):
        for row in table.rows:
            if all(row.figures[c.name].state is not State.BLANK for c in (column, before, after)):
                parts = (term(table, after, row), term(table, before, row, -ONE))
                yield Relation(CHANGE, term(table, column, row), parts)


def achievements(table: Table) -> Iterator[Relation]:
    """capaian = realisasi / target · 100, of the figures as printed (RULES K1)."""
    for column in table.by_role("capaian"):
        reached, goal = partner(table, column, "realisasi_kinerja"), partner(table, column, "target")
        if reached is None or goal is None or _adjoining_capaian(table, column, reached):
            continue
        for row in table.rows:
            if row.level in _ITEM_LEVELS and _comparable(row, reached, goal):
                yield from _ratio(ACHIEVEMENT, table, column, row, reached, goal, point=True)


def _adjoining_capaian(table: Table, column: Column, reached: Column) -> bool:
    """Whether another capaian column stands closer to the realisasi: then this one belongs to something else."""
    return any(
        other.name != column.name and other.period == column.period and reached.column < other.column < column.column
        for other in table.by_role("capaian")
    )


def _comparable(row: Row, reached: Column, goal: Column) -> bool:
    """Target and realisasi can be divided: plain figures, no ``>B``, and not one in % and the other bare below 1."""
    one, two = row.figures[reached.name], row.figures[goal.name]
    if two.prefix and not two.prefix.strip(" <>=≥≤~"):
        return False
    return one.prefix == "" or one.prefix == two.prefix


def lower_is_better(relation: Relation) -> Relation:
    """The same row with capaian = (target − (realisasi − target)) / target · 100 (RULES K2)."""
    assert relation.divisor is not None
    goal = relation.divisor._replace(factor=Decimal(2))
    return relation._replace(terms=(goal, relation.terms[0]._replace(factor=-ONE)))


def differences(table: Table) -> Iterator[Relation]:
    """efisiensi = capaian − serapan (RULES F1)."""
    for column, row, achieved, absorbed in _efficiency_rows(table):
        parts = (term(table, achieved, row), Term(table, absorbed, row, row.figures[absorbed.name], -ONE))
        yield Relation(DIFFERENCE, term(table, column, row), parts)


def relatives(table: Table) -> Iterator[Relation]:
    """efisiensi = (1 − serapan / capaian) · 100 (RULES F3)."""
    for column, row, achieved, absorbed in _efficiency_rows(table):
        goal = term(table, achieved, row, point=True)
        parts = (goal, Term(table, absorbed, row, row.figures[absorbed.name], -ONE))
        yield Relation(RELATIVE, term(table, column, row), parts, goal, HUNDRED)


def _efficiency_rows(table: Table) -> Iterator[tuple[Column, Row, Column, Column]]:
    for column in table.by_role("efisiensi"):
        achieved, absorbed = partner(table, column, "capaian"), partner(table, column, "persen")
        if achieved is None or absorbed is None:
            continue
        for row in table.rows:
            figures = (row.figures[column.name], row.figures[achieved.name], row.figures[absorbed.name])
            if row.level in _ITEM_LEVELS and all(f.state is State.NUMBER for f in figures):
                yield column, row, achieved, absorbed


_PER_LEVEL = re.compile(r"per ?-? ?(program|sub ?kegiatan|kegiatan|sasaran|indikator)")
_LEVEL_WORD = {"program": Level.PROGRAM, "kegiatan": Level.KEGIATAN, "subkegiatan": Level.SUB_KEGIATAN}


def means(table: Table) -> Iterator[tuple[Relation, list[Relation]]]:
    """A mean row is the plain mean of the rows above it that have a result (RULES K7).

    With each comes a list of other means an office may have meant: per sasaran, and over the rows without result too.
    """
    for row in table.rows:
        if row.level is not Level.MEAN:
            continue
        for column in table.columns.values():
            if column.measure is not Measure.PERCENT or row.figures[column.name].state is not State.NUMBER:
                continue
            rows = _mean_rows(table, row)
            have = [r for r in rows if r.figures[column.name].state is State.NUMBER]
            if have and not is_excerpt(rows) and not is_excerpt(table.top_rows()):
                yield _mean(table, column, row, have), list(_other_means(table, column, row, rows, have))


def _mean_rows(table: Table, mean: Row) -> list[Row]:
    """The rows a mean is over: those of the level it names, since the mean of the same name before it."""
    label = fold(mean.label)
    start = next((r.index for r in reversed(table.rows[: mean.index]) if fold(r.label) == label), -1)
    rows = [r for r in item_rows(table) if start < r.index < mean.index]
    named = _PER_LEVEL.search(label)
    if named is not None:
        level = _LEVEL_WORD.get(named[1].replace(" ", ""))
        return [r for r in rows if r.level is level] if level is not None else rows
    top = [r for r in rows if r.depth == 0]
    return top or rows


def _mean(table: Table, column: Column, mean: Row, rows: list[Row]) -> Relation:
    return Relation(MEAN, term(table, column, mean), tuple(term(table, column, r) for r in rows), over=len(rows))


def _other_means(table: Table, column: Column, mean: Row, rows: list[Row], have: list[Row]) -> Iterator[Relation]:
    for level in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN):
        chosen = [r for r in have if r.level is level]
        if chosen and chosen != have:
            yield _mean(table, column, mean, chosen)
    groups: dict[str, list[Row]] = {}
    for row in have:
        groups.setdefault(row.texts.get("sasaran", ""), []).append(row)
    sizes = {len(group) for group in groups.values()}
    if len(groups) > 1 and sizes != {1}:
        least = lcm(*sizes)
        parts = tuple(
            term(table, column, row, Decimal(least // len(group))) for group in groups.values() for row in group
        )
        yield Relation(MEAN, term(table, column, mean), parts, over=least * len(groups))


def over_all(relation: Relation, rows: int) -> Relation:
    """The mean with the rows that have no result counted as 0, a slip that RULES K7 names."""
    return relation._replace(over=rows)


def mode_of(ratios: Iterable[Relation]) -> Mode | None:
    """How a table prints its percentages, from the figures that only one way explains (RULES T4).

    None where every figure fits both ways or nothing can be told.
    """
    only_rounded = only_truncated = 0
    for relation in ratios:
        if not relation.target.figure.filled:
            continue
        rounds, cuts = fits_both_ways(relation)
        only_rounded += rounds and not cuts
        only_truncated += cuts and not rounds
    if only_truncated and only_rounded:
        return Mode.MIXED
    if only_truncated > 1:
        return Mode.TRUNCATED
    return Mode.ROUNDED if only_rounded else Mode.MIXED if only_truncated else None


class Relations:
    """All relations of one table, each made once and kept."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def sums(self) -> tuple[Relation, ...]:
        return tuple(sums(self.table))

    @cached_property
    def totals(self) -> tuple[Relation, ...]:
        return tuple(totals(self.table))

    @cached_property
    def shares(self) -> tuple[Relation, ...]:
        return tuple(shares(self.table))

    @cached_property
    def remainders(self) -> tuple[Relation, ...]:
        return tuple(remainders(self.table))

    @cached_property
    def changes(self) -> tuple[Relation, ...]:
        return tuple(changes(self.table))

    @cached_property
    def achievements(self) -> tuple[Relation, ...]:
        return tuple(achievements(self.table))

    @cached_property
    def mode(self) -> Mode | None:
        return mode_of((*self.shares, *self.achievements))

    def of_rows_and_sums(self) -> Iterator[Relation]:
        """The relations within the table that need no choice of a form."""
        for relations in (self.sums, self.totals, self.shares, self.remainders, self.changes, self.achievements):
            yield from relations
