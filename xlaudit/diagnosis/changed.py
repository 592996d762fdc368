"""Relations with other values in some of their cells: how far a sum is then off, what a cell would have to hold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.amounts import EXACT
from xlaudit.relations import ONE, Relation, Term, computed
from xlaudit.tables import Figure, Measure, State

Address = tuple[str, int, int]
"""Sheet, row, column."""
Changes = dict[Address, Decimal]
_MINUS_ONE = Decimal(-1)
_AMOUNT, _PERCENT = Measure.AMOUNT, Measure.PERCENT


def address(term: Term) -> Address:
    """Where a term stands."""
    return term.table.sheet, term.figure.row, term.figure.column


def addresses(relation: Relation) -> tuple[Address, ...]:
    """Where the members of a relation stand, its target first."""
    return tuple([(member.table.sheet, member.figure.row, member.figure.column) for member in relation.members])


class Plain(NamedTuple):
    """A sum of exact amounts: by what each cell counts (the total by -1), what it holds, and how far the sum is off."""

    factors: dict[Address, Decimal]
    stated: dict[Address, Decimal]
    off: Decimal

    def off_after(self, changes: Changes) -> Decimal:
        """By how much the parts exceed the total with other values in some cells."""
        off = self.off
        for place, value in changes.items():
            factor = self.factors.get(place)
            if factor is not None:
                off = EXACT.add(off, EXACT.multiply(factor, EXACT.subtract(value, self.stated[place])))
        return off


def plain_sum(relation: Relation, places: Sequence[Address]) -> Plain | None:
    """A relation, with its cells, in short where it is a sum of amounts without any rounding, else None.

    It then holds exactly where the parts add up to the total, so that one changed cell is quickly followed.
    """
    if relation.divisor is not None or relation.times is not None or relation.over != 1 or relation.factor != ONE:
        return None
    factors: dict[Address, Decimal] = {}
    stated: dict[Address, Decimal] = {}
    off = relation.constant
    for place, member in zip(places, relation.members, strict=True):
        figure, factor = member.figure, member.factor if factors else _MINUS_ONE  # the total comes first
        exact = member.column.measure is _AMOUNT and figure.unit <= ONE and not figure.finer
        if not exact or not figure.nil_or_filled or member.divided or place in factors:
            return None
        factors[place] = factor
        stated[place] = amount = figure.amount
        off = EXACT.add(off, amount if factor is ONE else EXACT.multiply(factor, amount))
    return Plain(factors, stated, off)


def substituted(relation: Relation, changes: Changes) -> Relation:
    """The relation with other values in some cells."""

    def swap(term: Term) -> Term:
        table, column, row, figure, factor, point, divided = term
        value = changes.get((table.sheet, figure.row, figure.column))
        return term if value is None else Term(table, column, row, _with(term, value), factor, point, divided)

    return relation.with_terms(swap)


def _with(term: Term, value: Decimal) -> Figure:
    figure = term.figure
    unit = figure.unit if figure.filled else ONE.scaleb(min(int(value.as_tuple().exponent), 0))
    if term.column.measure is _PERCENT and figure.filled and value == figure.amount * 100:
        unit *= 100  # a fraction, printed with two decimals more than the percentage that it is
    row, column, _, text, _, _, _, *rest = figure
    return Figure._make((row, column, State.NUMBER, text, value, unit, False, *rest))  # _replace takes twice as long


def required(relation: Relation, place: Address, changes: Changes) -> Decimal | None:
    """The one value of a cell for which the relation holds exactly; None where a range of values would do."""
    relation = substituted(relation, changes) if changes else relation
    if address(relation.target) == place:
        return computed(relation)
    if relation.divisor is not None or relation.over != 1 or relation.times is not None:
        return None
    own = [term for term in relation.terms if address(term) == place]
    others = [term for term in relation.terms if address(term) != place]
    if len(own) != 1 or not all(term.figure.nil_or_filled for term in (relation.target, *others)):
        return None
    single = relation.target.column.measure is not _PERCENT or len(relation.terms) == 1
    if not single or abs(own[0].factor * relation.factor) != ONE:
        return None
    rest = sum((EXACT.multiply(term.factor, term.figure.amount) for term in others), relation.constant)
    goal = EXACT.multiply(relation.target.figure.amount, relation.factor)
    return EXACT.multiply(EXACT.subtract(goal, rest), own[0].factor)
