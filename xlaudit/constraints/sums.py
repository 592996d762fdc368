"""Sums over rows: parents of those below them, totals, pembiayaan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlaudit.relations import Holds, Relation, add_up, amount_columns, child_rows, computed, holds, partner, total_rows
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Level, Row, State, Table

SUM, TOTAL = "RA101", "RA102"
_NET = re.compile(r"\W*([0-9a-z]{1,3}[.)]\s+)?(pembiayaan|surplus|defisit)\b")
_POST = re.compile(r"\b(?:jumlah|total) (belanja|pendapatan|pembiayaan)\b")
_INCOMING = re.compile(r"\b(penerimaan|pendapatan)\b")
_OUTGOING = re.compile(r"\b(pengeluaran|belanja)\b")


def parents(table: Table) -> list[Row]:
    """The rows that are the sum of those right below them, save where rows are seen to be missing."""
    return [table.rows[index] for index in sorted(table.children) if not _cut_short(table, table.rows[index])]


def parent_sum(table: Table, column: Column, parent: Row) -> Relation | None:
    """A parent is the sum of the rows right below it (RULES A4). None where there is nothing to compare."""
    if parent.figures[column.name].state is State.BLANK:
        return None
    below = child_rows(table)
    if column.role == "sisa" and any(_not_yet_spent(table, column, row) for row in below(parent)):
        return None
    relation = add_up(SUM, table, column, parent, below(parent), below)
    return _net(relation) if relation is not None and is_net(parent) else relation


def is_net(parent: Row) -> bool:
    """Whether a row by its name is a difference of those below it, no sum: pembiayaan, surplus, defisit."""
    return _NET.match(fold(parent.label)) is not None


def _net(relation: Relation) -> Relation:
    """Pembiayaan and surplus are what comes in less what goes out (RULES A8); posts that name neither are summed.

    An outgoing post that is printed below zero has its sign already.
    """
    names = [fold(part.row.label) for part in relation.terms]
    if not any(map(_INCOMING.search, names)) or not any(map(_OUTGOING.search, names)):
        return relation
    terms = tuple(
        part._replace(factor=-part.factor) if _OUTGOING.search(name) and part.figure.amount > 0 else part
        for part, name in zip(relation.terms, names, strict=True)
    )
    return relation._replace(terms=terms)


def _not_yet_spent(table: Table, column: Column, row: Row) -> bool:
    """Whether a row has a pagu, but no sisa for want of a realisasi: what is above it counts its pagu as left.

    A realisasi kept as text is none to a formula.
    """
    parts = [row.figures[other.name] for role in ("realisasi", "pagu") if (other := partner(table, column, role))]
    if row.figures[column.name].state is not State.BLANK or len(parts) < 2:
        return False
    return (parts[0].state is State.BLANK or parts[0].as_text) and parts[1].filled


def _cut_short(table: Table, parent: Row) -> bool:
    """Whether rows are missing below a parent: the row after its last one belongs to a parent not shown."""
    last = max(table.children[parent.index])
    while last in table.children:
        last = max(table.children[last])
    return last + 1 < len(table.rows) and table.rows[last + 1].orphan


def totals(table: Table) -> Iterator[Relation]:
    """Every total is the sum of the topmost rows, or of those since the total before it (RULES A4, S3).

    A :func:`closing_row` is left out: what it adds up shows only beside the other tables.
    """
    rows, closing = total_rows(table), closing_row(table)
    for column in amount_columns(table):
        for position, total in enumerate(rows):
            if total is closing or total.figures[column.name].state is State.BLANK:
                continue
            options = list(_ways_to_total(table, column, rows, position))
            if options:
                yield _best(options)


def closing_row(table: Table) -> Row | None:
    """The last row, where it is a second total right below the table's only one: it may count other tables too."""
    rows = total_rows(table)
    if len(rows) != 2 or not rows[0].index + 1 == rows[1].index == len(table.rows) - 1:
        return None
    return None if fold(rows[1].label).replace(" ", "").startswith("sub") else rows[1]


def total_options(table: Table, column: Column, total: Row) -> Iterator[Relation]:
    """The ways in which a total can add up, likeliest first."""
    rows = total_rows(table)
    return _ways_to_total(table, column, rows, [row.index for row in rows].index(total.index))


def _ways_to_total(table: Table, column: Column, rows: list[Row], position: int) -> Iterator[Relation]:
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
    ways.append(_of_its_name(total, above))
    for way in ways:
        relation = add_up(TOTAL, table, column, total, way, below) if way else None
        if relation is not None:
            yield relation


def _of_its_name(total: Row, above: list[Row]) -> list[Row]:
    """What a *Jumlah Belanja* adds up where pendapatan stands above as well: the posts of that name."""
    post = _POST.search(fold(total.label))
    return [] if post is None else [row for row in above if post[1] in fold(row.label).split()[:2]]


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
