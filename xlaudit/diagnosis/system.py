"""The relations around the failing ones as one system: which of them a changed cell would satisfy or break.

A cell whose formula does what its relation says is no cause of anything: it follows when a cell before it
changes, and so do the cells that follow from it in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.amounts import EXACT
from xlaudit.constraints import meant_otherwise
from xlaudit.declared import DECLARED
from xlaudit.diagnosis.changed import Address, Changes, Plain, address, plain_sum, required, substituted
from xlaudit.diagnosis.exchanges import Exchanges
from xlaudit.diagnosis.gathering import gather
from xlaudit.diagnosis.origins import Origins
from xlaudit.findings import Slip
from xlaudit.properties import cached_property
from xlaudit.relations import ONE, Holds, Mode, Relation, Term, computed, holds, partner
from xlaudit.tables import Measure, Row, State, Table

MOST_FIGURES = 300_000
"""Figures of relations looked at to try values out, some ten microseconds each. Reports take a few thousand."""
_MOST_KEPT = 4_096
"""So many results are kept for those who ask the same again: the search comes to the same figures by many ways."""
_YES, _NO, _UNKNOWN = Holds.YES, Holds.NO, Holds.UNKNOWN  # by names of their own, see ``figures.NUMBER``
_AMOUNT = Measure.AMOUNT
UNREADABLE = (State.MALFORMED, State.AMBIGUOUS)
_NONE: frozenset[int] = frozenset()


class Aim(NamedTuple):
    """What a change is tried for: to mend some of what fails in a component; if ``whole``, to leave nothing failing.

    ``failing`` are the relations of the component that fail without it.
    """

    failing: frozenset[int]
    component: frozenset[int]
    whole: bool = False


class _Reach(NamedTuple):
    """What a change of a cell touches: the cells that follow from it, and all relations of these and of its own."""

    follow: frozenset[Address]
    touched: frozenset[int]


class System:
    """The relations that touch the cells of failing ones, and those that touch what follows from these cells."""

    def __init__(
        self,
        tables: Sequence[Table],
        near: Callable[[Table, set[int]], Iterable[Relation]],
        equalities: Sequence[Relation],
        failing: Iterable[Relation],
        mode_of: Callable[[Relation], Mode],
        slips: Mapping[Address, Slip],
    ) -> None:
        """``near`` gives the relations of a table that have a figure in some of its rows; ``slips`` what is known."""
        self.slips = slips
        self.origins = Origins(tables)
        self.exchanges = Exchanges()
        self._left = MOST_FIGURES
        self._plains: dict[int, Plain | None] = {}
        self._costs: dict[int, int] = {}
        self._reaches: dict[Address, _Reach] = {}
        self._sums_at: dict[Address, list[tuple[int, Plain]]] = {}
        self._followed: dict[tuple[tuple[Address, Decimal], ...], Changes] = {}
        self._stood: dict[tuple[int | str | None, ...], Holds] = {}
        self._budgets: dict[tuple[str, int], list[tuple[Address, Decimal, Address, Decimal]]] = {}
        gathered = gather(tables, near, equalities, failing)
        self.relations = [one.relation for one in gathered]
        self.modes = [mode_of(relation) for relation in self.relations]
        self.by_cell: dict[Address, list[int]] = {}
        self.terms: dict[Address, Term] = {}
        self.places = [one.places for one in gathered]
        """The cells of each relation, that of its target first."""
        for index, (relation, places, _) in enumerate(gathered):
            for place, member in zip(places, relation.members, strict=True):
                uses = self.by_cell.get(place)
                if uses is None:
                    self.by_cell[place], self.terms[place] = [index], member
                elif uses[-1] != index:
                    uses.append(index)
        self.state = list(map(holds, self.relations, self.modes))
        self.derived = {
            places[0]: index
            for index, (_, places, follows) in enumerate(gathered)
            if follows and self.state[index] is _YES
        }

    @cached_property
    def wrong(self) -> frozenset[int]:
        """What :meth:`troubled` lists."""
        return frozenset(self.troubled())

    def troubled(self) -> list[int]:
        """The relations that do not hold, and those that an unreadable figure keeps from being judged."""
        return [
            index
            for index, state in enumerate(self.state)
            if state is _NO or (state is _UNKNOWN and self._is_unread(index, {}))
        ]

    def following(self, changes: Changes) -> Changes:
        """The changes together with the values of all formula cells that follow from them. Not to be altered."""
        name = tuple(changes.items())
        known = self._followed.get(name)
        if known is None:
            if len(self._followed) > _MOST_KEPT:
                self._followed.clear()
            known = self._followed[name] = self._following(changes)
        return known

    def _following(self, changes: Changes) -> Changes:
        changes = dict(changes)
        queue = list(changes)
        while queue:
            place = queue.pop()
            for index in self.by_cell.get(place, ()):
                target = self.places[index][0]
                if target in changes or self.derived.get(target) != index:
                    continue
                value = computed(substituted(self.relations[index], changes))
                if value is not None:
                    changes[target] = value
                    queue.append(target)
        return changes

    def states_after(self, changes: Changes) -> dict[int, Holds]:
        """How every relation of a changed cell would stand."""
        return self.states_with(self.following(changes))

    def states_with(self, changes: Changes) -> dict[int, Holds]:
        """The same, of changes together with what follows from them."""
        touched = self._around(changes)
        self._left -= sum(map(self._cost, touched))
        return {index: self._state_after(index, changes) for index in touched}

    def binds(self, aim: Aim, index: int) -> bool:
        """Whether a change that serves an aim may not leave a relation broken.

        Declared arithmetic that held may break: it may have been computed from a figure that stood wrong already.
        """
        if self.relations[index].rule == DECLARED:
            return aim.whole and index in aim.failing
        return aim.whole or index not in aim.component

    def unmended(self, place: Address, aim: Aim) -> frozenset[int]:
        """What an aim wants to leave mended, and no change of a cell touches."""
        return aim.failing - self._reach(place).touched if aim.whole else _NONE

    def touches(self, place: Address, relations: frozenset[int]) -> bool:
        """Whether a change of a cell touches all of some relations."""
        return relations <= self._reach(place).touched

    def misses_at_sight(self, changes: Changes, aim: Aim) -> bool:
        """Whether a sum, in which nothing follows, shows that changes do not serve an aim; charged like a look at all.

        Most values that are tried end here, before anything else is computed from them.
        """
        for place in changes:
            for index, plain in self._sums(place):
                if plain.off_after(changes) and self.binds(aim, index) and self._is_apart(plain, changes):
                    self.charge_for(changes)
                    return True
        return False

    def charge_for(self, changes: Changes) -> None:
        """Counts what would be looked at to tell how all that changes touch would stand."""
        touched = _NONE.union(*[self._reach(place).touched for place in changes])
        self._left -= sum(map(self._cost, touched))

    def pinned(self, place: Address, changes: Changes, aim: Aim) -> list[Decimal] | None:
        """The values of a cell, at most one, that sums leave which may not break; None where there is no such sum.

        ``changes`` are what other cells hold instead.
        """
        found: list[Decimal] | None = None
        for index, plain in self._sums(place):
            factor = plain.factors.get(place)
            if factor is None or abs(factor) != ONE or not self.binds(aim, index):
                continue
            if not self._is_apart(plain, (*changes, place)):
                continue
            value = EXACT.subtract(plain.stated[place], EXACT.multiply(factor, plain.off_after(changes)))
            if found is None:
                found = [value]
            elif found[0] != value:
                return []
        return found

    def _reach(self, place: Address) -> _Reach:
        known = self._reaches.get(place)
        if known is None:
            follow, touched, queue = {place}, set[int](), [place]
            while queue:
                uses = self.by_cell.get(queue.pop(), ())
                touched.update(uses)
                for index in uses:
                    target = self.places[index][0]
                    if target not in follow and self.derived.get(target) == index:
                        follow.add(target)
                        queue.append(target)
            follow.remove(place)
            known = self._reaches[place] = _Reach(frozenset(follow), frozenset(touched))
        return known

    def _sums(self, place: Address) -> list[tuple[int, Plain]]:
        """The sums of exact amounts that a change of a cell touches."""
        known = self._sums_at.get(place)
        if known is None:
            plains = ((index, self._plain(index)) for index in sorted(self._reach(place).touched))
            known = self._sums_at[place] = [(index, plain) for index, plain in plains if plain is not None]
        return known

    def _is_apart(self, plain: Plain, places: Collection[Address]) -> bool:
        """Whether no cell that follows from some places takes part in a sum, save these themselves."""
        for place in places:
            for followed in self._reach(place).follow:
                if followed in plain.factors and followed not in places:
                    return False
        return True

    def states_unless(self, changes: Changes, aim: Aim) -> dict[int, Holds] | None:
        """The same; None as soon as a relation that binds would not hold.

        Three of four values that are tried break something at once. What is left is charged all the same.
        """
        touched = sorted(self._around(changes), key=self._cost)
        self._left -= sum(map(self._cost, touched))
        states: dict[int, Holds] = {}
        others: list[int] = []
        for index in touched:
            if not self.binds(aim, index):
                others.append(index)
                continue
            states[index] = self._state_after(index, changes)
            if states[index] is _NO:
                return None
        for index in others:
            states[index] = self._state_after(index, changes)
        return states

    def touched(self, changes: Changes) -> set[int]:
        """The relations of changed cells and of those that follow from them."""
        return self._around(self.following(changes))

    def _around(self, places: Iterable[Address]) -> set[int]:
        return {index for place in places for index in self.by_cell.get(place, ())}

    def charge(self, figures: int) -> None:
        """Counts figures that were looked at."""
        self._left -= figures

    def required(self, index: int, place: Address, changes: Changes) -> Decimal | None:
        """The one value of a cell for which a relation holds exactly; None where a range of values would do.

        ``changes`` are what other cells hold instead, together with what follows from them.
        """
        relation, plain = self.relations[index], self._plain(index)
        if plain is None:
            self._left -= len(relation.members)
            return required(relation, place, changes)
        self._left -= 1
        own = plain.factors.get(place)
        if own is None or abs(own) != ONE:
            return None
        stated = changes.get(place, self.terms[place].figure.amount)
        return EXACT.subtract(stated, EXACT.multiply(own, plain.off_after(changes)))

    def still(self, failing: Iterable[int], states: dict[int, Holds], changes: Changes) -> frozenset[int]:
        """Which of some relations go on failing when the touched ones stand as ``states`` says."""
        return frozenset(
            index
            for index in failing
            if (state := states.get(index)) is None
            or state is _NO
            or (state is _UNKNOWN and self._is_unread(index, changes))
        )

    def _is_unread(self, index: int, changes: Changes) -> bool:
        members = self.relations[index].members
        return any(member.figure.state in UNREADABLE and address(member) not in changes for member in members)

    def overspends(self, term: Term, changes: Changes, component: frozenset[int]) -> bool:
        """Whether a realisasi of a component, in the row of a cell, would be more than its pagu."""
        name = term.table.id, term.row.index
        pairs = self._budgets.get(name)
        if pairs is None:
            pairs = self._budgets[name] = _budgets(term.table, term.row)
        return any(
            changes.get(spent, stated) > changes.get(budget, limit)
            and any(index in component for place in (spent, budget) for index in self.by_cell.get(place, ()))
            for spent, stated, budget, limit in pairs
        )

    @property
    def exhausted(self) -> bool:
        """Whether so much was tried that no more is worth it."""
        return self._left <= 0

    def charge_anew(self, left: int) -> None:
        """Takes back what was charged since so many figures were left, for all of it is looked at again."""
        self._left = left

    @property
    def left(self) -> int:
        """How many figures may still be looked at."""
        return self._left

    def _plain(self, index: int) -> Plain | None:
        """A sum of exact amounts in short; None for any other relation."""
        if index not in self._plains:
            self._plains[index] = plain_sum(self.relations[index], self.places[index])
        return self._plains[index]

    def _cost(self, index: int) -> int:
        """How many figures are looked at to tell how a relation would stand."""
        known = self._costs.get(index)
        if known is None:
            known = self._costs[index] = 1 if self._plain(index) is not None else len(self.places[index])
        return known

    def _state_after(self, index: int, changes: Changes) -> Holds:
        """How a relation would stand. A changed capaian may follow the formula for the other direction (RULES K2)."""
        plain = self._plain(index)
        if plain is not None:
            return _NO if plain.off_after(changes) else _YES
        name = index, *(str(changes[place]) if place in changes else None for place in self.places[index])
        known = self._stood.get(name)
        if known is None:
            if len(self._stood) > _MOST_KEPT:
                self._stood.clear()
            known = self._stood[name] = self._judged(index, changes)
        return known

    def _judged(self, index: int, changes: Changes) -> Holds:
        relation = self.relations[index]
        state = holds(substituted(relation, changes), self.modes[index])
        other = meant_otherwise(relation) if self.places[index][0] in changes else None
        if state is not _NO or other is None:
            return state
        return holds(substituted(other, changes), self.modes[index])


def _budgets(table: Table, row: Row) -> list[tuple[Address, Decimal, Address, Decimal]]:
    """The realisasi of a row with their pagu, each with its place."""
    found: list[tuple[Address, Decimal, Address, Decimal]] = []
    for column in table.by_role("realisasi"):
        budget = partner(table, column, "pagu")
        if budget is None or column.measure is not _AMOUNT:
            continue
        one, two = row.figures.get(column.name), row.figures.get(budget.name)
        if one is not None and two is not None and one.filled and two.filled:
            places = [(table.sheet, figure.row, figure.column) for figure in (one, two)]
            found.append((places[0], one.amount, places[1], two.amount))
    return found
