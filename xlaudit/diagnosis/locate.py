"""Error localisation after Fellegi and Holt (1976): the fewest cells whose change satisfies every relation.

Components of failing relations are taken one by one. Single cells are tried exactly; where no single cell
explains a component, the cell that explains most is taken and the rest is looked at again, up to a bound.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from xlaudit.agreement import BUDGET, INDICATOR
from xlaudit.constraints import other_direction
from xlaudit.declared import DECLARED
from xlaudit.diagnosis.slips import LIKELIHOOD, slip, variants
from xlaudit.diagnosis.system import UNREADABLE, Address, Changes, System, address, names, required, substituted
from xlaudit.relations import Holds, Relation, Term, holds
from xlaudit.tables import Figure, Measure
from xlaudit.wholes import TOTALS

AGREEMENT = (INDICATOR, BUDGET, TOTALS)
MOST_CELLS = 4
"""More wrong cells in one component are not looked for: the answer would be a guess."""
_MOST_CANDIDATES = 600
_GUESS = 2
"""What a value that no relation demands is less likely."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell and the value that mends relations, with how likely such a slip is.

    ``leaves`` are relations of the cell that go on failing: another cell of theirs must be wrong as well.
    """

    place: Address
    term: Term
    value: Decimal
    cause: str
    score: int
    mends: frozenset[int]
    leaves: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Located:
    """The cause of some failing relations. ``rivals`` are other repairs that would do as well."""

    repair: Repair
    rivals: tuple[Repair, ...]
    explains: frozenset[int]
    anchored: bool
    """Whether every other cell of the mended relations takes part in another relation that holds."""
    of_a_mean: bool = False
    """A mean was mended: what an office takes a mean of is never quite sure."""


def locate(system: System) -> Iterator[Located]:
    """The located errors, in the order of their relations, each when it is asked for; what resists is left out.

    They end where the system is exhausted.
    """
    for component in _components(system):
        if system.exhausted:
            return
        yield from _solve(system, component)


def _components(system: System) -> list[set[int]]:
    """The troubled relations, grouped by shared cells and by cells that follow from the same ones."""
    groups: dict[int, set[int]] = {}
    """By its first relation. The smaller one is always put into the larger one, so that no relation moves often."""
    group_of: dict[int, int] = {}
    first_at: dict[Address, int] = {}
    for index in system.troubled():
        groups[index], group_of[index] = {index}, index
        for place in _roots(system, {index}):
            own, other = group_of[index], group_of[first_at.setdefault(place, index)]
            if own == other:
                continue
            kept, gone = (own, other) if len(groups[own]) >= len(groups[other]) else (other, own)
            group_of |= dict.fromkeys(groups[gone], kept)
            groups[kept] |= groups.pop(gone)
    return sorted(groups.values(), key=min)


def _roots(system: System, indices: Iterable[int]) -> list[Address]:
    """The cells of some relations, and the cells before those of them that are formulas."""
    found: dict[Address, None] = {}
    queue = deque(address(member) for index in sorted(indices) for member in system.relations[index].members)
    while queue:
        place = queue.popleft()
        if place in found:
            continue
        found[place] = None
        source = system.derived.get(place)
        if source is not None:
            queue += [address(member) for member in system.relations[source].members]
    return list(found)


def _solve(system: System, component: set[int]) -> list[Located]:
    found: list[Located] = []
    left = set(component)
    changes: Changes = {}
    while left and len(found) < MOST_CELLS:
        repairs = _repairs(system, left, changes)
        if not repairs:
            break
        best = max(repairs, key=_merit)
        rivals = tuple(
            r
            for r in repairs
            if r.place != best.place
            and r.mends >= best.mends
            and len(r.leaves) <= len(best.leaves)
            and r.score >= best.score - 1
        )
        explains = frozenset(best.mends & left)
        left -= best.mends
        found.append(Located(best, rivals, explains, _anchored(system, best, component), _of_a_mean(system, best)))
        changes[best.place] = best.value
    return found


def _of_a_mean(system: System, repair: Repair) -> bool:
    return any(system.relations[index].over > 1 for index in repair.mends)


def _anchored(system: System, repair: Repair, component: set[int]) -> bool:
    for index in repair.mends:
        for member in system.relations[index].members:
            place = address(member)
            if place != repair.place and not any(
                system.state[other] is Holds.YES for other in system.by_cell[place] if other not in component
            ):
                return False
    return True


def _merit(repair: Repair) -> tuple[int, int, int]:
    """What a repair mends counts twice what it leaves: two wrong cells may share a sum that neither mends alone."""
    return 2 * len(repair.mends) - len(repair.leaves), repair.score, -repair.place[1]


def _repairs(system: System, left: set[int], changes: Changes) -> list[Repair]:
    """All single cells whose change mends relations and breaks none."""
    repairs: list[Repair] = []
    for place in _roots(system, left)[:_MOST_CANDIDATES]:
        if system.exhausted:
            return []  # those not tried might do better
        if place not in changes and place not in system.derived:
            repairs += _repairs_of(system, place, left, changes)
    return repairs


def _repairs_of(system: System, place: Address, left: set[int], changes: Changes) -> Iterator[Repair]:
    term = system.terms[place]
    system.try_out(place)
    for value in _values(system, place, left, changes):
        if value == term.figure.value or not _plausible(term, value):
            continue
        states = system.states_after({**changes, place: value})
        mends = frozenset(i for i, s in states.items() if i in left and s in (Holds.YES, Holds.DOUBTFUL))
        broken = {i for i, state in states.items() if state is Holds.NO}
        among_tables = all(system.relations[i].rule in AGREEMENT for i in mends)
        if among_tables:
            broken -= _computed_from(system, place)
        if not mends or not broken <= left:
            continue
        cause, score = _explain(system, term, value)
        if cause in ("not_recomputed", "unexplained") and among_tables:
            cause = "other_agreement"
        yield Repair(place, term, value, cause, score, mends, frozenset(broken))


def _computed_from(system: System, place: Address) -> set[int]:
    """The declared relations by which others of its row were computed from a cell: they back it against no other table.

    Whoever computed them took the figure as it stands, right or stale.
    """
    own = ((i, system.relations[i]) for i in system.by_cell[place])
    return {i for i, relation in own if relation.rule == DECLARED and address(relation.target) != place}


def _values(system: System, place: Address, left: set[int], changes: Changes) -> list[Decimal]:
    """The values worth trying: readings of an unreadable text, what a relation demands, else single slips."""
    figure = system.terms[place].figure
    values: dict[Decimal, None] = {}
    if figure.state in UNREADABLE:
        values |= dict.fromkeys(figure.readings)
    for index in system.by_cell[place]:
        value = required(system.relations[index], place, changes)
        if value is not None:
            values.setdefault(value)
            if address(system.relations[index].target) == place and system.relations[index].divisor is not None:
                values.setdefault(value - figure.unit)  # what cutting off gives where rounding went up
    if figure.filled:
        values |= dict.fromkeys(_through_sums(system, place, figure.amount, changes))
    if not values.keys() - {figure.value} and figure.filled and figure.formula is None:
        values |= dict.fromkeys(_fitting_variants(system, place, left, changes))
    return list(values)


def _through_sums(system: System, place: Address, stated: Decimal, changes: Changes) -> Iterator[Decimal]:
    """The values that relations demand of a cell through the formulas above it that add it up or take it away."""
    above: list[tuple[Address, Decimal]] = [(place, Decimal(1))]
    seen = {place}
    for cell, factor in above:
        for index in system.by_cell[cell]:
            relation = system.relations[index]
            total = address(relation.target)
            if total in seen or system.derived.get(total) != index:
                continue
            share = _share(relation, cell)
            if share is None:
                continue
            seen.add(total)
            above.append((total, factor * share))
            for other in system.by_cell[total]:
                value = None if other == index else required(system.relations[other], total, changes)
                if value is not None:
                    yield stated + (value - relation.target.figure.amount) * factor * share


def _share(relation: Relation, place: Address) -> Decimal | None:
    """1 where the target grows with a cell by the same amount, -1 where it falls; None for anything else."""
    if relation.divisor is not None or relation.times is not None or relation.over != 1 or relation.factor != 1:
        return None
    own = [term.factor for term in relation.terms if address(term) == place]
    return own[0] if len(own) == 1 and abs(own[0]) == 1 else None


def _fitting_variants(system: System, place: Address, left: set[int], changes: Changes) -> list[Decimal]:
    """The single slips that mend the shortest of the failing ratios of a cell: a quick look before the careful one."""
    own = [index for index in system.by_cell[place] if index in left and system.relations[index].divisor is not None]
    if not own:
        return []
    index = min(own, key=lambda number: len(system.relations[number].terms))
    relation, mode = substituted(system.relations[index], changes), system.modes[index]
    amount = system.terms[place].figure.amount
    return [v for v in variants(amount) if holds(substituted(relation, {place: v}), mode) is Holds.YES]


def _plausible(term: Term, value: Decimal) -> bool:
    """Budget figures are not negative; a percentage of realisasi stays in sight of 100."""
    if term.column.measure is Measure.AMOUNT and term.column.role in ("pagu", "realisasi"):
        return value >= 0 and (value == value.to_integral_value() or term.figure.unit < 1)
    return True


def _explain(system: System, term: Term, value: Decimal) -> tuple[str, int]:
    figure = term.figure
    if figure.state in UNREADABLE:
        if value not in figure.readings:
            return "not_recomputed", LIKELIHOOD["not_recomputed"]
        return "separator", LIKELIHOOD["separator"] + (3 if value == figure.readings[0] else 0)
    stated = figure.amount
    if figure.formula is not None and _leaves_rows_out(system, term):
        return "range_short", LIKELIHOOD["range_short"]
    if _turned_round(system, term, value):
        return "other_direction", LIKELIHOOD["other_direction"]
    cause = slip(stated, value, _neighbours(term), _parts(system, term))
    if cause == "unexplained" and _is_computed(system, term):
        cause = "not_recomputed"
    guessed = _GUESS if value in _demanded(system, term) else 0
    weight = LIKELIHOOD[cause] - _GUESS + guessed - (3 if figure.formula else 0) - (3 if value == 0 else 0)
    return cause, weight


def _turned_round(system: System, term: Term, value: Decimal) -> bool:
    """Whether a capaian stands as for the one direction, and would be ``value`` for the other."""
    place = address(term)
    for index in system.by_cell[place]:
        relation = system.relations[index]
        other = other_direction(relation) if address(relation.target) == place else None
        if other is None:
            continue
        mode = system.modes[index]
        stated = [holds(way, mode) is Holds.YES for way in (relation, other)]
        right = [holds(substituted(way, {place: value}), mode) is Holds.YES for way in (relation, other)]
        if stated.count(True) == 1 and right == [not held for held in stated]:
            return True
    return False


def _demanded(system: System, term: Term) -> set[Decimal | None]:
    """The values that some relation demands of a cell, against those merely tried because the hand slips so."""
    place = address(term)
    return {
        *(required(system.relations[index], place, {}) for index in system.by_cell[place]),
        *(_through_sums(system, place, term.figure.amount, {}) if term.figure.filled else ()),
    }


def _leaves_rows_out(system: System, term: Term) -> bool:
    """Whether a total's formula names some of the rows it should add up, but not all."""
    place = address(term)
    for index in system.by_cell[place]:
        relation = system.relations[index]
        if address(relation.target) == place and _is_sum(relation) and len(relation.terms) > 1:
            named = [names(term.figure.formula or "", part) for part in relation.terms]
            return any(named) and not all(named)
    return False


def _neighbours(term: Term) -> list[Decimal]:
    """The figures right above, below and beside the cell."""
    found: list[Decimal] = []
    index = term.row.index
    for near in (index - 1, index + 1, index + 2):
        if 0 <= near < len(term.table.rows):
            _add(found, term.table.rows[near].figures.get(term.column.name))
    for name, figure in term.row.figures.items():
        if name != term.column.name and term.table.columns[name].measure is term.column.measure:
            _add(found, figure)
    return found


def _add(found: list[Decimal], figure: Figure | None) -> None:
    if figure is not None and figure.filled and figure.value is not None:
        found.append(figure.value)


def _parts(system: System, term: Term) -> list[Decimal]:
    for index in system.by_cell[address(term)]:
        relation = system.relations[index]
        if address(relation.target) == address(term) and len(relation.terms) > 1 and _is_sum(relation):
            return [part.figure.amount for part in relation.terms]
    return []


def _is_sum(relation: Relation) -> bool:
    plain = relation.divisor is None and relation.times is None and relation.over == 1 and not relation.constant
    return plain and all(term.factor == 1 for term in relation.terms)


def _is_computed(system: System, term: Term) -> bool:
    """Whether the cell only follows from others, as percentages and remainders do."""
    if term.column.role in ("persen", "capaian", "sisa", "efisiensi", "perubahan"):
        return True
    return bool(_parts(system, term))
