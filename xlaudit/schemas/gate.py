"""Whether a table's cells may break a constraint: a plain loop, so that a clean workbook never loads pandas.

Loading pandas and pandera takes longer than a whole audit of sixty rows; ``schemas.frames``, which needs
them, is asked only where this says True. Both use the same predicates.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlaudit.schemas.contents import Constraint, bind, state_word
from xlaudit.schemas.kinds import KINDS
from xlaudit.tables import Column, Row, State, Table


class RowFacts(NamedTuple):
    """A row of a table as predicates see it."""

    row: Row

    @property
    def level(self) -> str:
        return self.row.level.value

    @property
    def label(self) -> str:
        return self.row.label

    def state(self, name: str) -> str:
        figure = self.row.figures.get(name)
        if figure is not None:
            return state_word(figure)
        return str(State.TEXT.value if self.row.texts.get(name) else State.BLANK.value)

    def value(self, name: str) -> Decimal | None:
        figure = self.row.figures.get(name)
        return None if figure is None else figure.value

    def text(self, name: str) -> str:
        return self.row.texts.get(name, "")


def may_fail(table: Table) -> bool:
    """Whether any cell breaks a constraint. Never False where ``schemas.frames.failures`` finds one."""
    seen = _glance(table)

    def worth_asking(constraint: Constraint, column: Column) -> bool:
        if column.name in seen and seen[column.name].isdisjoint(constraint.states):
            return False
        return not constraint.below_zero or table.holding(column.name).negative

    bounds = bind(KINDS[table.kind].constraints, table, worth_asking)
    return any(bound.broken_by(facts) for bound in bounds for facts in map(RowFacts, table.rows))


def _glance(table: Table) -> dict[str, set[str]]:
    """The states that each figure column may have."""
    holding = {name: table.holding(name) for name in table.columns}
    seen = {name: {state.value for state in found.states} for name, found in holding.items() if found.states}
    for words in seen.values():
        if State.TEXT.value in words:
            words.add(State.ERROR.value)  # a pasted #REF! is a text until ``state_word`` looks at it
    return seen
