"""Error localisation after Fellegi and Holt (1976): the fewest cells whose change satisfies every relation.

Components of failing relations are taken one by one. Single cells are tried exactly; where no single cell
explains a component, the cell that explains most is taken and the rest is looked at again, up to a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xlaudit.agreement import BUDGET, INDICATOR
from xlaudit.diagnosis.slips import LIKELIHOOD, slip, variants
from xlaudit.diagnosis.system import Address, System, address, required
from xlaudit.relations import Holds, Relation, Term
from xlaudit.tables import Figure, Measure, State

AGREEMENT = (INDICATOR, BUDGET)
MOST_CELLS = 4
"""More wrong cells in one component are not looked for: the answer would be a guess."""
_MOST_CANDIDATES = 600


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell and the value that makes its relations hold, with how likely such a slip is."""

    place: Address
    term: Term
    value: Decimal
    cause: str
    score: int
    mends: frozenset[int]


@dataclass(frozen=True, slots=True)
class Located:
    """The cause of some failing relations. ``rivals`` are other repairs that would do as well."""

    repair: Repair
    rivals: tuple[Repair, ...]
    explains: frozenset[int]
    anchored: bool
    """Whether every other cell of the mended relations takes part in another relation that holds."""


def locate(system: System) -> list[Located]:
    """The located errors, in the order of their relations; components that resist are left out."""
    found: list[Located] = []
    for component in _components(system):
        found += _solve(system, component)
    return found


def _components(system: System) -> list[set[int]]:
    """Failing relations, and those a malformed figure keeps from being judged, grouped by shared cells."""
    troubled = set(system.failing())
    for place, term in system.terms.items():
        if term.figure.state in (State.MALFORMED, State.AMBIGUOUS):
            troubled |= set(system.by_cell[place])
    left = set(troubled)
    groups: list[set[int]] = []
    for start in sorted(troubled):
        if start not in left:
            continue
        group: set[int] = set()
        queue = [start]
        while queue:
            index = queue.pop()
            if index not in left:
                continue
            left.discard(index)
            group.add(index)
            for member in system.relations[index].members:
                queue += [other for other in system.by_cell[address(member)] if other in left]
        groups.append(group)
    return groups


def _solve(system: System, component: set[int]) -> list[Located]:
    found: list[Located] = []
    left = set(component)
    changes: dict[Address, Decimal] = {}
    while left and len(found) < MOST_CELLS:
        repairs = _repairs(system, left, changes)
        if not repairs:
            break
        best = max(repairs, key=_merit)
        rivals = tuple(
            r for r in repairs if r.place != best.place and r.mends >= best.mends and r.score >= best.score - 1
        )
        explains = frozenset(best.mends & left)
        left -= best.mends
        found.append(Located(best, rivals, explains, _anchored(system, best, component)))
        changes[best.place] = best.value
    return found


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
    return len(repair.mends), repair.score, -repair.place[1]


def _repairs(system: System, left: set[int], changes: dict[Address, Decimal]) -> list[Repair]:
    """All single cells whose change satisfies every relation they stand in."""
    places: dict[Address, None] = {}
    for index in sorted(left):
        for member in system.relations[index].members:
            places.setdefault(address(member))
    repairs: list[Repair] = []
    for place in list(places)[:_MOST_CANDIDATES]:
        if place in changes:
            continue
        repairs += _repairs_of(system, place, left, changes)
    return repairs


def _repairs_of(
    system: System, place: Address, left: set[int], changes: dict[Address, Decimal]
) -> list[Repair]:
    term = system.terms[place]
    own = [index for index in system.by_cell[place] if index in left]
    values: dict[Decimal, None] = {}
    for reading in term.figure.readings if term.figure.state in (State.MALFORMED, State.AMBIGUOUS) else ():
        values.setdefault(reading)
    for index in system.by_cell[place]:
        value = required(system.relations[index], place, changes)
        if value is not None:
            values.setdefault(value)
    if not values and term.figure.filled and term.figure.formula is None:
        values |= dict.fromkeys(variants(term.figure.amount))
    repairs: list[Repair] = []
    for value in values:
        if value == term.figure.value or not _plausible(term, value):
            continue
        if not system.would_fit(place, value, changes):
            continue
        mends = frozenset(i for i in own if system.with_value(i, {place: value, **changes}) is not Holds.UNKNOWN)
        if mends:
            cause, score = _explain(system, term, value)
            if cause in ("not_recomputed", "unexplained") and all(system.relations[i].rule in AGREEMENT for i in mends):
                cause = "other_agreement"
            repairs.append(Repair(place, term, value, cause, score, mends))
    return repairs


def _plausible(term: Term, value: Decimal) -> bool:
    """Budget figures are not negative; a percentage of realisasi stays in sight of 100."""
    if term.column.measure is Measure.AMOUNT and term.column.role in ("pagu", "realisasi"):
        return value >= 0 and (value == value.to_integral_value() or term.figure.unit < 1)
    return True


def _explain(system: System, term: Term, value: Decimal) -> tuple[str, int]:
    figure = term.figure
    if figure.state in (State.MALFORMED, State.AMBIGUOUS):
        if value not in figure.readings:
            return "not_recomputed", LIKELIHOOD["not_recomputed"]
        return "separator", LIKELIHOOD["separator"] + (3 if value == figure.readings[0] else 0)
    stated = figure.amount
    cause = slip(stated, value, _neighbours(term), _parts(system, term))
    if cause == "unexplained" and _is_computed(system, term):
        cause = "not_recomputed"
    weight = LIKELIHOOD[cause] - (3 if figure.formula else 0) - (3 if value == 0 else 0)
    return cause, weight


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
    return relation.divisor is None and relation.count == 1 and all(term.factor == 1 for term in relation.terms)


def _is_computed(system: System, term: Term) -> bool:
    """Whether the cell only follows from others, as percentages and remainders do."""
    if term.column.role in ("persen", "capaian", "sisa", "efisiensi", "perubahan"):
        return True
    return bool(_parts(system, term))
