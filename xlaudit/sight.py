"""Columns compared figure by figure, by the same exact tests as relations, but without making any for what holds.

Large tables hold tens of thousands of relations of which nearly all hold. Making an object of each would cost
more than reading the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from xlaudit.constraints import ColumnFormula
from xlaudit.relations import ZERO, Holds, Mode, Relation, fits_both_ways, holds, ratio_fit
from xlaudit.tables import Column, Figure, Measure, Row, State, Table


class Checked(NamedTuple):
    """How many relations of one kind hold at sight, and those that have to be looked at."""

    held: int
    open: tuple[Relation, ...]


def adds_up(table: Table, column: Column, parent: Row, below: Iterable[int]) -> bool:
    """Whether the figures right below a parent are all there and add up to it."""
    name = column.name
    target = parent.figures[name]
    if target.state is not State.NUMBER and target.state is not State.NIL:
        return False
    rows = table.rows
    total = ZERO
    for index in below:
        figure = rows[index].figures[name]
        if figure.state is State.NUMBER:
            total += figure.value  # type: ignore[operator]
        elif figure.state is not State.NIL:
            return False
    return total == target.amount


def linear(formulas: Iterable[ColumnFormula]) -> Checked:
    """Columns that are the sum of others with their factors."""
    held = 0
    left: list[Relation] = []
    for formula in formulas:
        terms = [(column.name, factor) for column, factor in formula.terms]
        name = formula.target.name
        for row in formula.rows:
            if formula.target.measure is Measure.AMOUNT and _equals(row.figures, name, terms):
                held += 1
            else:
                left.append(formula.relation(row))
    return Checked(held, tuple(left))


def _equals(figures: dict[str, Figure], name: str, terms: list[tuple[str, Decimal]]) -> bool:
    total = ZERO
    for other, factor in terms:
        figure = figures[other]
        if figure.state is State.NUMBER:
            total += factor * figure.value  # type: ignore[operator]
        elif figure.state is not State.NIL:
            return False
    target = figures[name]
    return target.nil_or_filled and total == target.amount


def both_ways(formula: ColumnFormula) -> list[tuple[bool, bool]]:
    """For every row whether its percentage fits as rounded and as truncated; neither where it cannot be judged."""
    part, base = formula.terms[0][0], formula.divisor
    assert base is not None
    simple = len(formula.terms) == 1 and (formula.point or (_whole(part) and _whole(base)))
    fits: list[tuple[bool, bool]] = []
    for row in formula.rows:
        figures = row.figures
        target = figures[formula.target.name]
        fit = None
        if simple and target.state is State.NUMBER:
            fit = ratio_fit(target, figures[part.name], figures[base.name], formula.factor, formula.point)
        if fit is None:
            relation = formula.relation(row)
            fit = fits_both_ways(relation) if target.filled else (False, False)
        fits.append(fit)
    return fits


def _whole(column: Column) -> bool:
    return column.measure is Measure.AMOUNT


def ratios(formulas: Iterable[ColumnFormula], fits: list[list[tuple[bool, bool]]], mode: Mode) -> Checked:
    """Columns that are a percentage of others, of which :func:`both_ways` told how they fit."""
    held = 0
    left: list[Relation] = []
    for formula, column in zip(formulas, fits, strict=True):
        for row, (rounds, cuts) in zip(formula.rows, column, strict=True):
            if (rounds and mode is not Mode.TRUNCATED) or (cuts and mode is not Mode.ROUNDED):
                held += 1
                continue
            relation = formula.relation(row)
            if holds(relation, mode) is Holds.YES:
                held += 1
            else:
                left.append(relation)
    return Checked(held, tuple(left))
