"""The relations around the failing ones as one system: which of them a changed cell would satisfy or break.

A cell whose formula does what its relation says is no cause of anything: it follows when a cell before it
changes, and so do the cells that follow from it in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from xlaudit.amounts import EXACT
from xlaudit.cells import Area, parse_area
from xlaudit.constraints import meant_otherwise
from xlaudit.declared import DECLARED
from xlaudit.diagnosis.origins import Origins
from xlaudit.findings import Slip
from xlaudit.patterns import pattern
from xlaudit.relations import ONE, Holds, Mode, Relation, Term, computed, holds, partner
from xlaudit.tables import Figure, Measure, Row, State, Table

Address = tuple[str, int, int]
"""Sheet, row, column."""
Changes = dict[Address, Decimal]
MOST_FIGURES = 300_000
"""Figures of relations looked at to try values out, some ten microseconds each. Reports take a few thousand."""
_MOST_KEPT = 4_096
"""So many results are kept for those who ask the same again: the search comes to the same figures by many ways."""
_YES, _NO, _UNKNOWN = Holds.YES, Holds.NO, Holds.UNKNOWN  # by names of their own, see ``figures.NUMBER``
_AMOUNT, _PERCENT = Measure.AMOUNT, Measure.PERCENT
UNREADABLE = (State.MALFORMED, State.AMBIGUOUS)


def address(term: Term) -> Address:
    """Where a term stands."""
    return term.table.sheet, term.figure.row, term.figure.column


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


def plain_sum(relation: Relation) -> Plain | None:
    """A relation in short where it is a sum of amounts without any rounding, else None.

    It then holds exactly where the parts add up to the total, so that one changed cell is quickly followed.
    """
    if relation.divisor is not None or relation.times is not None or relation.over != 1 or relation.factor != ONE:
        return None
    factors: dict[Address, Decimal] = {}
    stated: dict[Address, Decimal] = {}
    off = relation.constant
    for member in relation.members:
        figure, place = member.figure, address(member)
        exact = member.column.measure is _AMOUNT and figure.unit <= ONE and not figure.finer
        if not exact or not figure.nil_or_filled or member.divided or place in factors:
            return None
        factor = -ONE if member is relation.target else member.factor
        factors[place], stated[place] = factor, figure.amount
        off = EXACT.add(off, EXACT.multiply(factor, figure.amount))
    return Plain(factors, stated, off)


class Aim(NamedTuple):
    """What a change is tried for: to mend some of what fails in a component; if ``whole``, to leave nothing failing.

    ``failing`` are the relations of the component that fail without it.
    """

    failing: frozenset[int]
    component: frozenset[int]
    whole: bool = False


class _Reach(NamedTuple):
    """What a change of a cell touches: the cells that follow from it, and all relations of these and of its own.

    ``sums`` are those of exact amounts among them.
    """

    follow: frozenset[Address]
    touched: frozenset[int]
    sums: list[tuple[int, Plain]]


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
        self._left = MOST_FIGURES
        self._plains: dict[int, Plain | None] = {}
        self._reaches: dict[Address, _Reach] = {}
        self._followed: dict[tuple[tuple[Address, Decimal], ...], Changes] = {}
        self._stood: dict[tuple[int | str | None, ...], Holds] = {}
        self._budgets: dict[tuple[str, int], list[tuple[Address, Decimal, Address, Decimal]]] = {}
        self.relations: list[Relation] = _collect(tables, near, equalities, failing)
        self.modes = [mode_of(relation) for relation in self.relations]
        self.by_cell: dict[Address, list[int]] = {}
        self.terms: dict[Address, Term] = {}
        self.places = [tuple(map(address, relation.members)) for relation in self.relations]
        """The cells of each relation."""
        for index, relation in enumerate(self.relations):
            for place, member in zip(self.places[index], relation.members, strict=True):
                self.terms.setdefault(place, member)
                uses = self.by_cell.setdefault(place, [])
                if not uses or uses[-1] != index:
                    uses.append(index)
        self.state = [holds(relation, mode) for relation, mode in zip(self.relations, self.modes, strict=True)]
        self.derived = {
            address(relation.target): index
            for index, relation in enumerate(self.relations)
            if _follows(relation) and self.state[index] is _YES
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
                target = address(self.relations[index].target)
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

    def misses_at_sight(self, changes: Changes, aim: Aim) -> bool:
        """Whether a sum, in which nothing follows, shows that changes do not serve an aim; charged like a look at all.

        Most values that are tried end here, before anything else is computed from them.
        """
        if aim.whole and not aim.failing <= self._touched_by(changes):
            return True
        if any(plain.off_after(changes) and self.binds(aim, index) for index, plain in self._alone(changes)):
            self._left -= sum(map(self._cost, self._touched_by(changes)))
            return True
        return False

    def pinned(self, place: Address, changes: Changes, aim: Aim) -> list[Decimal] | None:
        """The values of a cell, at most one, that sums leave which may not break; None where there is no such sum.

        ``changes`` are what other cells hold instead.
        """
        places = (*changes, place)
        if aim.whole and not aim.failing <= self._touched_by(places):
            return []
        found: list[Decimal] | None = None
        for index, plain in self._alone(places):
            factor = plain.factors.get(place)
            if factor is None or abs(factor) != ONE or not self.binds(aim, index):
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
            follow: set[Address] = set()
            queue = [place]
            while queue:
                for index in self.by_cell.get(queue.pop(), ()):
                    target = address(self.relations[index].target)
                    if target != place and target not in follow and self.derived.get(target) == index:
                        follow.add(target)
                        queue.append(target)
            touched = frozenset(self._around({place, *follow}))
            plains = ((index, self._plain(index)) for index in sorted(touched))
            sums = [(index, plain) for index, plain in plains if plain is not None]
            known = self._reaches[place] = _Reach(frozenset(follow), touched, sums)
        return known

    def _touched_by(self, places: Iterable[Address]) -> frozenset[int]:
        """The relations of some cells and of those that follow from them."""
        return frozenset().union(*(self._reach(place).touched for place in places))

    def _alone(self, places: Collection[Address]) -> Iterator[tuple[int, Plain]]:
        """The sums of exact amounts that a change of some cells touches, in which none of the cells that follow is."""
        reaches = [self._reach(place) for place in places]
        follow = frozenset().union(*(reach.follow for reach in reaches)).difference(places)
        for reach in reaches:
            for index, plain in reach.sums:
                if follow.isdisjoint(plain.factors):
                    yield index, plain

    def states_unless(self, changes: Changes, aim: Aim) -> dict[int, Holds] | None:
        """The same; None as soon as a relation that binds would not hold.

        Three of four values that are tried break something at once. What is left is charged all the same.
        """
        touched = sorted(self._around(changes), key=self._cost)
        self._left -= sum(map(self._cost, touched))
        states: dict[int, Holds] = {}
        for fatal in (True, False):
            for index in touched:
                if self.binds(aim, index) is fatal:
                    states[index] = self._state_after(index, changes)
                    if fatal and states[index] is _NO:
                        return None
        return states

    def touched(self, changes: Changes) -> set[int]:
        """The relations of changed cells and of those that follow from them."""
        return self._around(self.following(changes))

    def _around(self, places: Iterable[Address]) -> set[int]:
        return {index for place in places for index in self.by_cell.get(place, ())}

    def charge(self, index: int) -> None:
        """Counts a relation that is looked at with all its figures."""
        self._left -= len(self.relations[index].members)

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
            if (state := states.get(index)) in (None, _NO)
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
            self._plains[index] = plain_sum(self.relations[index])
        return self._plains[index]

    def _cost(self, index: int) -> int:
        """How many figures are looked at to tell how a relation would stand."""
        return 1 if self._plain(index) is not None else len(self.relations[index].members)

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
        other = meant_otherwise(relation) if address(relation.target) in changes else None
        if state is not _NO or other is None:
            return state
        return holds(substituted(other, changes), self.modes[index])


_REFERENCE = pattern(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")


def _follows(relation: Relation) -> bool:
    """Whether the target is a formula over the relation's own cells, not a typed figure."""
    formula = relation.target.figure.formula
    if formula is None:
        return False
    areas = _areas(formula)
    return bool(areas) and all(
        any(area.holds(member.figure.row, member.figure.column) for area in areas) for member in relation.members[1:]
    )


def names(formula: str, term: Term) -> bool:
    """Whether a formula names the cell of a term, alone or in a range."""
    return any(area.holds(term.figure.row, term.figure.column) for area in _areas(formula))


@lru_cache(maxsize=4096)
def _areas(formula: str) -> tuple[Area, ...]:
    """The cells and ranges that a formula names, whatever their sheet."""
    found: list[Area] = []
    for text in _REFERENCE.findall(formula.upper()):
        try:
            found.append(parse_area(text.replace("$", "")))
        except ValueError:
            continue
    return tuple(found)


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


def _collect(
    tables: Sequence[Table],
    near: Callable[[Table, set[int]], Iterable[Relation]],
    equalities: Sequence[Relation],
    failing: Iterable[Relation],
) -> list[Relation]:
    """The relations that share a cell with a failing one, directly or through formula cells."""
    failing = list(failing)
    wanted = {address(member) for relation in failing for member in relation.members}
    kept: dict[tuple[str, Address], Relation] = {}
    fresh = wanted
    while fresh:
        found: set[Address] = set()
        for relation in _of_rows(tables, near, equalities, fresh):
            name = (relation.rule, address(relation.target))
            if name in kept or fresh.isdisjoint(map(address, relation.members)):
                continue
            kept[name] = relation
            if _follows(relation):
                found.update(map(address, relation.members))
        fresh = found - wanted
        wanted |= fresh
    for relation in failing:
        kept.setdefault((relation.rule, address(relation.target)), relation)
    return list(kept.values())


def _of_rows(
    tables: Sequence[Table],
    near: Callable[[Table, set[int]], Iterable[Relation]],
    equalities: Sequence[Relation],
    places: set[Address],
) -> Iterator[Relation]:
    rows: dict[str, set[int]] = {}
    for sheet, row, _ in places:
        rows.setdefault(sheet, set()).add(row)
    for table in tables:
        if table.sheet in rows:
            yield from near(table, rows[table.sheet])
    yield from equalities


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
