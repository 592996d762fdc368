"""Means of capaian: over which rows an office may have taken them (RULES K7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import lcm

from xlaudit.constraints import MEAN, is_excerpt, item_rows
from xlaudit.patterns import pattern
from xlaudit.relations import Relation, term
from xlaudit.schemas.words import fold
from xlaudit.tables import NUMBER, Column, Level, Measure, Row, Table

_PER_LEVEL = pattern(r"per ?-? ?(program|sub ?kegiatan|kegiatan|sasaran|indikator)")
_NUMBER = pattern(r"\b([0-9]+|[ivx]+)\b")
_LEVEL_WORD = {"program": Level.PROGRAM, "kegiatan": Level.KEGIATAN, "subkegiatan": Level.SUB_KEGIATAN}


def means(table: Table) -> Iterator[tuple[Relation, list[Relation]]]:
    """A mean row is the plain mean of the rows above it that have a result (RULES K7).

    With each comes a list of other means an office may have meant: per sasaran, and over the rows without result too.
    """
    for row in table.rows_of(Level.MEAN):
        for column in table.columns.values():
            if column.measure is not Measure.PERCENT or row.figures[column.name].state is not NUMBER:
                continue
            rows = _mean_rows(table, row)
            have = [r for r in rows if r.figures[column.name].state is NUMBER]
            if have and not is_excerpt(rows) and not is_excerpt(table.top_rows()):
                yield _mean(table, column, row, have), list(_other_means(table, column, row, rows, have))


def _mean_rows(table: Table, mean: Row) -> list[Row]:
    """The rows a mean is over: those of the level it names, since the mean of the same name before it.

    Numbers tell names not apart: *Rata-rata Sasaran 2* follows *Rata-rata Sasaran 1*.
    """
    label, name = fold(mean.label), _NUMBER.sub("", fold(mean.label))
    start = next((r.index for r in reversed(table.rows[: mean.index]) if _NUMBER.sub("", fold(r.label)) == name), -1)
    rows = [r for r in item_rows(table) if start < r.index < mean.index]
    named = _PER_LEVEL.search(label)
    if named is not None:
        level = _LEVEL_WORD.get(named[1].replace(" ", ""))
        return [r for r in rows if r.level is level] if level is not None else rows
    top = [r for r in rows if r.depth == 0]
    return top if any(r.level is Level.PROGRAM for r in top) else rows


def _mean(table: Table, column: Column, mean: Row, rows: list[Row]) -> Relation:
    return Relation(MEAN, term(table, column, mean), tuple(term(table, column, r) for r in rows), over=len(rows))


def _other_means(table: Table, column: Column, mean: Row, rows: list[Row], have: list[Row]) -> Iterator[Relation]:
    everything = [r for r in item_rows(table) if r.index < mean.index and r.figures[column.name].filled]
    leaves = [r for r in everything if r.index not in table.children]
    for chosen in (everything, leaves):
        if chosen and chosen != have:
            yield _mean(table, column, mean, chosen)
    for level in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN):
        chosen = [r for r in have if r.level is level]
        if chosen and chosen != have:
            yield _mean(table, column, mean, chosen)
    before = [r for r in table.rows[: mean.index] if r.level is Level.MEAN and r.figures[column.name].filled]
    since = [r for r in have if not before or r.index > before[-1].index]
    if since and since != have:
        yield _mean(table, column, mean, since)
    if len(before) > 1:
        yield _mean(table, column, mean, before)
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
