"""The total below a table's own: it closes all tables of a sheet, or says the table's total again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xlaudit.constraints import TOTAL, closing_row, total_options
from xlaudit.relations import Holds, Relation, Term, amount_columns, holds, term, total_rows
from xlaudit.tables import Column, State, Table


class Closing(NamedTuple):
    """A closing total and what it adds up. ``sure`` is false where tables on other sheets may belong to it."""

    relation: Relation
    sure: bool = True


def closing_totals(tables: Iterable[Table]) -> Iterator[Closing]:
    """The closing total of every table that has one, column by column.

    Of the ways in which it can add up the first that holds; where none does, the totals of all tables above it on
    its sheet, or the table's own where there are no others.
    """
    tables = list(tables)
    for table in tables:
        row = closing_row(table)
        if row is None:
            continue
        before = [other for other in tables if other.guessed == table.guessed and _comes_before(other, table)]
        for column in amount_columns(table):
            target = term(table, column, row)
            if target.figure.state is not State.BLANK and not target.figure.from_merge:
                yield from _closing(target, before, list(total_options(table, column, row)))


def _closing(target: Term, before: Sequence[Table], own: Sequence[Relation]) -> Iterator[Closing]:
    """What a closing total adds up; ``own`` are the ways that know but its own table."""
    on_sheet = _ending([table for table in before if table.sheet == target.table.sheet], target.column)
    anywhere = _ending(before, target.column)
    wider = [Relation(TOTAL, target, terms) for terms in (on_sheet, anywhere) if len(terms) > 1]
    ways = [*wider, *own] if len(on_sheet) > 1 else [*own, *wider]
    held = next((way for way in ways if holds(way) in (Holds.YES, Holds.DOUBTFUL)), None)
    if ways:
        yield Closing(held or ways[0], held is not None or len(on_sheet) == len(anywhere))


def _comes_before(other: Table, table: Table) -> bool:
    """Whether a table stands before another, or is it. Tables come in the order of the workbook."""
    return other.sheet != table.sheet or other.area.bottom <= table.area.bottom


def _ending(tables: Sequence[Table], like: Column) -> tuple[Term, ...]:
    """The first total of every table that has a column like this one."""
    found: list[Term] = []
    for table in tables:
        rows = total_rows(table)
        own = [c for c in table.by_role(like.role) if c.period == like.period and c.measure is like.measure]
        same = [c for c in own if c.header == like.header] or own
        if rows and same and rows[0].figures[same[0].name].nil_or_filled:
            found.append(term(table, same[0], rows[0]))
    return tuple(found)
