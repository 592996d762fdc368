"""Efisiensi in its two forms, out of capaian and serapan."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints.formula import Formula
from xlaudit.constraints.items import ITEM_LEVELS
from xlaudit.conventions import EfficiencyForm
from xlaudit.relations import HUNDRED, ONE, Holds, Mode, Relation, Term, holds, partner, term
from xlaudit.tables import NUMBER, Column, Row, Table

EFFICIENCY = "EF101"
FEW_ROWS = 2
"""A table of so few rows cannot show a formula of its own."""


def differences(table: Table) -> Iterator[Relation]:
    """efisiensi = capaian − serapan (RULES F1)."""
    for column, row, achieved, absorbed, shared in _efficiency_rows(table):
        parts = tuple(
            term(table, part, own, factor, point=_coarser_than_its_column(table, part, own))
            for part, own, factor in ((achieved, row, ONE), (absorbed, shared, -ONE))
        )
        yield Relation(EFFICIENCY, term(table, column, row), parts)


def efficiency_formulas(table: Table) -> list[Formula]:
    """What the two forms of efisiensi say of the columns of a table."""
    found: dict[Formula, None] = {}
    for column, _, achieved, absorbed, _ in _efficiency_rows(table):
        names = (achieved.name, absorbed.name)
        found[column.name, frozenset(zip(names, (ONE, -ONE), strict=True)), None] = None
        found[column.name, frozenset(zip(names, (HUNDRED, -HUNDRED), strict=True)), achieved.name] = None
    return list(found)


def _coarser_than_its_column(table: Table, column: Column, row: Row) -> bool:
    """Whether a number shows fewer digits than others of its column, as 94 among 95,83: then it is 94,00."""
    figure = row.figures[column.name]
    finest = table.holding(column.name).finest
    return not figure.as_text and finest is not None and finest < figure.unit


def relatives(table: Table) -> Iterator[Relation]:
    """efisiensi = (1 − serapan / capaian) · 100 (RULES F3)."""
    for column, row, achieved, absorbed, shared in _efficiency_rows(table):
        goal = term(table, achieved, row, point=True)
        parts = (goal, Term(table, absorbed, shared, shared.figures[absorbed.name], -ONE))
        yield Relation(EFFICIENCY, term(table, column, row), parts, goal, HUNDRED)


def is_relative(relation: Relation) -> bool:
    """Whether a relation is efisiensi in its relative form."""
    return relation.divisor is not None


def _efficiency_rows(table: Table) -> Iterator[tuple[Column, Row, Column, Column, Row]]:
    """The column of efisiensi, a row of it, the columns of capaian and serapan, the row whose serapan counts."""
    for column in table.by_role("efisiensi"):
        achieved, absorbed = partner(table, column, "capaian"), partner(table, column, "persen")
        if achieved is None or absorbed is None:
            continue
        shared: Row | None = None
        for row in table.rows:
            if shared is None or not row.figures[absorbed.name].from_merge:
                shared = row  # indicators below it whose cells are merged with its own share its budget (F5)
            spent = shared.figures[absorbed.name]
            figures = (row.figures[column.name], row.figures[achieved.name], spent)
            if row.level in ITEM_LEVELS and all(f.state is NUMBER for f in figures):
                yield column, row, achieved, absorbed, shared


def efficiency(table: Table, mode: Mode, settled: EfficiencyForm | None = None) -> list[Relation]:
    """The relations of the form that a table's efisiensi follows, found by fit (RULES F1, F3).

    Empty where most rows follow neither form; the plain difference where there is hardly a row to tell by.
    A form that was settled is taken unless most rows follow the other one and not even as many follow it.
    """
    plain, relative = list(differences(table)), list(relatives(table))
    fits = [sum(1 for r in form if holds(r, mode) is Holds.YES) for form in (plain, relative)]
    if settled is not None:
        own, other = (1, 0) if settled is EfficiencyForm.RELATIVE else (0, 1)
        form = (plain, relative)[other if fits[other] > fits[own] and fits[other] * 2 >= len(plain) else own]
        if settled is EfficiencyForm.DIFFERENCE_FROM_100 and form is plain:
            return [r for r in form if r.terms[0].figure.amount >= HUNDRED]
        return form
    form = relative if fits[1] > fits[0] else plain
    return form if max(fits) * 2 >= len(form) or len(form) <= FEW_ROWS else []
