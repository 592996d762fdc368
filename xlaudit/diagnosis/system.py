"""The workbook's relations as one system: which of them a changed cell would satisfy or break."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from xlaudit.amounts import EXACT
from xlaudit.relations import ONE, ZERO, Holds, Mode, Relation, Term, computed, holds
from xlaudit.tables import Figure, Measure, State

Address = tuple[str, int, int]
"""Sheet, row, column."""


def address(term: Term) -> Address:
    """Where a term stands."""
    return term.table.sheet, term.figure.row, term.figure.column


class System:
    """All relations, by the cells that take part in them."""

    def __init__(self, relations: Iterable[Relation], mode_of: Callable[[Relation], Mode]) -> None:
        self.relations: list[Relation] = list(relations)
        self.modes = [mode_of(relation) for relation in self.relations]
        self.by_cell: dict[Address, list[int]] = {}
        self.terms: dict[Address, Term] = {}
        for index, relation in enumerate(self.relations):
            for member in relation.members:
                place = address(member)
                self.terms.setdefault(place, member)
                uses = self.by_cell.setdefault(place, [])
                if not uses or uses[-1] != index:
                    uses.append(index)
        self.state = [holds(relation, mode) for relation, mode in zip(self.relations, self.modes, strict=True)]

    def failing(self) -> list[int]:
        """The relations that do not hold."""
        return [index for index, state in enumerate(self.state) if state is Holds.NO]

    def with_value(self, index: int, changes: dict[Address, Decimal]) -> Holds:
        """Whether a relation holds once the cells have these values."""
        return holds(substituted(self.relations[index], changes), self.modes[index])

    def would_fit(self, place: Address, value: Decimal, also: dict[Address, Decimal] | None = None) -> bool:
        """Whether every relation of a cell that can be judged holds with this value."""
        changes = {place: value} if also is None else {place: value, **also}
        states = [self.with_value(index, changes) for index in self.by_cell[place]]
        return Holds.NO not in states and any(s in (Holds.YES, Holds.DOUBTFUL) for s in states)


def substituted(relation: Relation, changes: dict[Address, Decimal]) -> Relation:
    """The relation with other values in some cells."""

    def swap(term: Term) -> Term:
        value = changes.get(address(term))
        return term if value is None else replace(term, figure=_with(term.figure, value))

    divisor = None if relation.divisor is None else swap(relation.divisor)
    return replace(relation, target=swap(relation.target), terms=tuple(map(swap, relation.terms)), divisor=divisor)


def _with(figure: Figure, value: Decimal) -> Figure:
    exponent = value.as_tuple().exponent
    unit = figure.unit if figure.filled else ONE.scaleb(min(int(exponent), 0))
    return replace(figure, state=State.NUMBER, value=value, unit=unit, exact=None)


def required(relation: Relation, place: Address, also: dict[Address, Decimal] | None = None) -> Decimal | None:
    """The one value of a cell for which the relation holds exactly; None where a range of values would do."""
    relation = substituted(relation, also) if also else relation
    if address(relation.target) == place:
        return computed(relation)
    if relation.divisor is not None or relation.count != 1:
        return None
    own = [term for term in relation.terms if address(term) == place]
    others = [term for term in relation.terms if address(term) != place]
    if len(own) != 1 or not all(term.figure.nil_or_filled for term in (relation.target, *others)):
        return None
    exact = relation.target.column.measure is Measure.AMOUNT or (len(relation.terms) == 1)
    if not exact or abs(own[0].factor * relation.factor) != ONE:
        return None
    rest = sum((EXACT.multiply(term.factor, term.figure.amount) for term in others), ZERO)
    goal = EXACT.multiply(relation.target.figure.amount, relation.factor)
    return EXACT.multiply(EXACT.subtract(goal, rest), own[0].factor)
