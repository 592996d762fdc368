"""Columns compared figure by figure, by the same exact tests as relations, but without making any for what holds.

Large tables hold tens of thousands of relations of which nearly all hold. Making an object of each would cost
more than reading the workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, cast

from xlaudit.constraints import ColumnFormula
from xlaudit.constraints.formula import CUT_OFF_ONLY, EITHER, NEITHER, ROUNDED_ONLY, Fit
from xlaudit.properties import cached_property
from xlaudit.relations import ZERO, Holds, Mode, Relation, fits_both_ways, holds
from xlaudit.tables import Column, Table

_WAYS = (EITHER, ROUNDED_ONLY, CUT_OFF_ONLY, NEITHER)


class Fits:
    """How the percentages of a formula's rows fit, row by row."""

    def __init__(self, each: list[Fit]) -> None:
        self.each = each

    @cached_property
    def times(self) -> Counter[Fit]:
        """How many of them fit in which way."""
        return Counter({fit: times for fit in _WAYS if (times := self.each.count(fit))})


class Checked(NamedTuple):
    """How many relations of one kind hold at sight, and those that have to be looked at."""

    held: int
    open: tuple[Relation, ...]


def sums_off(table: Table, column: Column, parents: Sequence[int]) -> list[int]:
    """The parents, by their places, to which the figures right below do not add up or of which one is missing."""
    known = table.known_off(column.name)
    if known is not None:
        return sorted(known)
    amounts = table.holding(column.name).amounts
    amount = amounts.__getitem__
    children = table.children
    return [parent for parent in parents if sum(map(amount, children[parent]), ZERO) != amounts[parent]]


def linear(formulas: Iterable[ColumnFormula]) -> Checked:
    """Columns that are the sum of others with their factors."""
    held = 0
    left: list[Relation] = []
    for formula in formulas:
        off = formula.off_at_sight
        held += len(formula.rows) - len(off)
        left += (formula.relation(formula.rows[place]) for place in off)
    return Checked(held, tuple(left))


def both_ways(formula: ColumnFormula) -> Fits:
    """For every row whether its percentage fits as rounded and as truncated; neither where it cannot be judged."""
    found = formula.fits_at_sight
    if None not in found:
        return Fits(cast(list[Fit], found))
    return Fits([_careful_fit(formula, place) if fit is None else fit for place, fit in enumerate(found)])


def _careful_fit(formula: ColumnFormula, place: int) -> Fit:
    relation = formula.relation(formula.rows[place])
    return fits_both_ways(relation) if relation.target.figure.filled else NEITHER


def places_of(fits: Fits, wanted: Collection[Fit]) -> list[int]:
    """The places of the rows whose percentages fit in one of these ways."""
    return [place for place, fit in enumerate(fits.each) if fit in wanted] if wanted else []


def ratios(formulas: Iterable[ColumnFormula], fits: Iterable[Fits], mode: Mode) -> Checked:
    """Columns that are a percentage of others, of which :func:`both_ways` told how they fit."""
    held = 0
    left: list[Relation] = []
    good = {
        (rounds, cuts)
        for rounds in (True, False)
        for cuts in (True, False)
        if (rounds and mode is not Mode.TRUNCATED) or (cuts and mode is not Mode.ROUNDED)
    }
    for formula, column in zip(formulas, fits, strict=True):
        doubtful = places_of(column, column.times.keys() - good)
        relations = [formula.relation(formula.rows[place]) for place in doubtful]
        wrong = [relation for relation in relations if holds(relation, mode) is not Holds.YES]
        held += len(column.each) - len(wrong)
        left += wrong
    return Checked(held, tuple(left))
