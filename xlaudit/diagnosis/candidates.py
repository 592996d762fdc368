"""The values worth trying in a cell, and what each of them says of how the cell went wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Context, Decimal
from functools import partial
from itertools import islice
from typing import NamedTuple

from xlaudit.constraints import meant_otherwise, other_direction
from xlaudit.diagnosis.changed import Address, Changes, address, substituted
from xlaudit.diagnosis.gathering import names
from xlaudit.diagnosis.slips import COSTS, cost_of, slip, variants
from xlaudit.diagnosis.system import UNREADABLE, Aim, System
from xlaudit.relations import Holds, Relation, Term, computed, holds
from xlaudit.tables import Figure, Measure

_WRONG = 20
"""What any wrong cell costs: one in a hundred is."""
_UNLIKELY = 12
"""Added for a formula, for a figure that should be nothing, for another reading than the first."""
_GUESSED = 6
"""Added for a value that no relation demands."""
_SHOWN = ("range_short", "separator", "stale_value", "typed_over")
"""Ways to go wrong that a formula, a reading or a finding shows."""
_LEAST = _WRONG + min(cost for cause, cost in COSTS.items() if cause not in _SHOWN)
"""What the likeliest of the other ways costs."""
_ROUND = 40
"""Figures of so many digits, or so small, are not guessed."""
_GUESSING = Context(prec=3 * _ROUND)
"""A guess is rounded; whether it fits is then decided exactly."""


class Candidate(NamedTuple):
    """New values of one cell, or of two that were swapped, with how it came about and how unlikely that is.

    ``about`` tells that the value only stands for a range of values.
    """

    values: tuple[tuple[Address, Decimal], ...]
    cause: str
    cost: int
    about: bool = False


class Offer(NamedTuple):
    """New values that may be tried. ``told`` gives cause and cost: asked only of the few that then break nothing."""

    values: tuple[tuple[Address, Decimal], ...]
    told: Callable[[], tuple[str, int]]
    about: bool = False

    def candidate(self) -> Candidate:
        """The same, told."""
        return Candidate(self.values, *self.told(), self.about)


def _as_said(values: tuple[tuple[Address, Decimal], ...], cause: str, cost: int, about: bool = False) -> Offer:
    return Offer(values, lambda: (cause, cost), about)


def roots(system: System, indices: Iterable[int]) -> list[Address]:
    """The cells of some relations, and the cells before those of them that are formulas."""
    found: dict[Address, None] = {}
    queue = deque(place for index in sorted(indices) for place in system.places[index])
    while queue:
        place = queue.popleft()
        if place in found:
            continue
        found[place] = None
        source = system.derived.get(place)
        if source is not None:
            queue += system.places[source]
    return list(found)


def least_cost(system: System, place: Address) -> int:
    """What any candidate of a cell costs at least."""
    figure = system.terms[place].figure
    if place in system.slips or figure.state in UNREADABLE:
        return min(COSTS.values())
    return _WRONG + COSTS["range_short"] if figure.formula and place not in system.derived else _LEAST


def candidates(system: System, place: Address, changes: Changes, aim: Aim) -> Iterator[Offer]:
    """What may be wrong with a cell that serves an aim, given what other cells hold instead.

    A formula that does what its relation says follows its cells; it can only be one for the other direction.
    """
    term = system.terms[place]
    unmended = system.unmended(place, aim)
    if unmended:
        # Nothing that this cell may hold mends all of it; with another one it may.
        system.charge(1 if changes else 0)  # a first cell to be wrong is looked at once only
        if place not in system.derived:
            yield from _swaps(system, term, changes, unmended)
        return
    if place in system.derived:
        for value in _of_other_direction(system, place, system.following(changes)):
            if value != term.figure.value:
                yield _as_said(((place, value),), "other_direction", _WRONG + COSTS["other_direction"] + _UNLIKELY)
        return
    pinned = system.pinned(place, changes, aim)
    if pinned is None:
        yield from _of_one(system, place, changes, aim)
    elif pinned and pinned[0] != term.figure.value:
        # A sum that has to hold leaves one value, which it demands: no other is worth a look.
        same = (value for value in _at_first(system, place, changes) if value == pinned[0])
        yield from (_offer(system, place, value, 0) for value in islice(same, 1) if _plausible(term, value))
    yield from _swaps(system, term, changes, unmended)


def _offer(system: System, place: Address, value: Decimal, more: int) -> Offer:
    return Offer(((place, value),), partial(_explain, system, system.terms[place], value, more))


def _at_first(system: System, place: Address, changes: Changes) -> Iterator[Decimal]:
    """The values that come to mind first: how the cell reads, what its finding says, what relations demand."""
    figure, known = system.terms[place].figure, system.slips.get(place)
    if figure.state in UNREADABLE:
        yield from figure.readings
    if known is not None and known.cause != "percent_fraction":
        yield known.right
    yield from _demanded(system, place, changes)


def _of_one(system: System, place: Address, changes: Changes, aim: Aim) -> Iterator[Offer]:
    """Other values of a single cell."""
    term = system.terms[place]
    demanded = dict.fromkeys(_demanded(system, place, changes))
    values: dict[Decimal, None] = {}
    if term.figure.state in UNREADABLE:
        values |= dict.fromkeys(term.figure.readings)
    known = system.slips.get(place)
    if known is not None and known.cause != "percent_fraction":
        values.setdefault(known.right)
    values |= demanded
    if _is_ratio_of(system, place):
        # What cutting off gives where rounding went up.
        for value in demanded:
            values.setdefault(value - term.figure.unit)
    if term.figure.filled and term.figure.formula is None:
        values |= dict.fromkeys(_fitting_variants(system, place, aim.failing, changes))
    for value in values:
        if value != term.figure.value and _plausible(term, value):
            yield _offer(system, place, value, 0 if value in demanded else _GUESSED)
    for value in _within_reach(system, place, aim.failing, changes):
        if value not in values and value != term.figure.value and _plausible(term, value):
            yield _as_said(((place, value),), "unexplained", _WRONG + COSTS["unexplained"] + _GUESSED, about=True)


def _is_ratio_of(system: System, place: Address) -> bool:
    """Whether a cell is the result of a division."""
    own = (system.relations[index] for index in system.by_cell[place])
    return any(relation.divisor is not None and address(relation.target) == place for relation in own)


def _demanded(system: System, place: Address, changes: Changes) -> Iterator[Decimal]:
    """The values that single relations demand of a cell."""
    others = system.following({at: value for at, value in changes.items() if at != place})
    for index in system.by_cell[place]:
        value = system.required(index, place, others)
        if value is not None:
            yield value
    yield from _of_other_direction(system, place, others)
    if system.terms[place].figure.filled:
        yield from _through_sums(system, place, others)


def _of_other_direction(system: System, place: Address, changes: Changes) -> Iterator[Decimal]:
    """What a capaian would be by the formula for the other direction."""
    for index in system.by_cell[place]:
        relation = system.relations[index]
        other = meant_otherwise(relation) if address(relation.target) == place else None
        value = None if other is None else computed(substituted(other, changes))
        if value is not None:
            yield value


def _through_sums(system: System, place: Address, changes: Changes) -> Iterator[Decimal]:
    """The values that relations demand of a cell through the formulas above it that add it up or take it away."""
    stated = system.terms[place].figure.amount
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
                value = None if other == index else system.required(other, total, changes)
                if value is not None:
                    present = changes.get(total, relation.target.figure.amount)
                    yield stated + (value - present) * factor * share


def _share(relation: Relation, place: Address) -> Decimal | None:
    """1 where the target grows with a cell by the same amount, -1 where it falls; None for anything else."""
    if relation.divisor is not None or relation.times is not None or relation.over != 1 or relation.factor != 1:
        return None
    own = [term.factor for term in relation.terms if address(term) == place]
    return own[0] if len(own) == 1 and abs(own[0]) == 1 else None


def _ratios(system: System, place: Address, failing: Collection[int]) -> list[int]:
    """The failing ratios of a cell that is not their result, those of the fewest figures first."""
    own = (i for i in system.by_cell[place] if i in failing and system.relations[i].divisor is not None)
    found = [index for index in own if address(system.relations[index].target) != place]
    return sorted(found, key=lambda index: _farness(system.relations[index], place))


def _farness(relation: Relation, place: Address) -> tuple[bool, int]:
    """Ratios that tell more of a cell come first: those whose part it is, and those of few figures."""
    return all(address(term) != place for term in relation.terms), len(relation.members)


def _fitting_variants(system: System, place: Address, failing: Collection[int], changes: Changes) -> list[Decimal]:
    """The single slips that mend a failing ratio of a cell: a quick look before the careful one."""
    own = [i for i in system.by_cell[place] if i in failing and system.relations[i].divisor is not None]
    if not own:
        return []
    index = min(own, key=lambda number: _farness(system.relations[number], place))
    system.charge(len(system.places[index]))
    relation, mode = substituted(system.relations[index], system.following(changes)), system.modes[index]
    tried = variants(system.terms[place].figure.amount, _near(relation, place))
    return [v for v in tried if holds(substituted(relation, {place: v}), mode) is Holds.YES]


def _near(relation: Relation, place: Address) -> tuple[Decimal, Decimal] | None:
    """Well around what a ratio allows in a cell; None where that cannot be told at a glance."""
    if address(relation.target) == place:
        middle, width = computed(relation), relation.target.figure.unit
    else:
        middle, width = _middle(relation, place)
    return None if middle is None else (middle - 4 * width, middle + 4 * width)


def _within_reach(system: System, place: Address, failing: Collection[int], changes: Changes) -> Iterator[Decimal]:
    """A round value within the range that a failing ratio of a cell leaves, with no more decimals than it has now."""
    own = _ratios(system, place, failing)
    others = system.following({at: value for at, value in changes.items() if at != place})
    for index in own[:2]:
        relation = substituted(system.relations[index], others)
        middle, width = _middle(relation, place)
        if middle is None or abs(middle.adjusted()) > _ROUND:
            continue
        finest = max(width.adjusted() - 2, system.terms[place].figure.unit.adjusted())
        for exponent in range(width.adjusted(), finest - 1, -1):
            value = middle.quantize(Decimal(1).scaleb(exponent), context=_GUESSING)
            if holds(substituted(relation, {place: value}), system.modes[index]) is Holds.YES:
                yield value.quantize(Decimal(1), context=_GUESSING) if exponent > 0 else value
                break


def _middle(relation: Relation, place: Address) -> tuple[Decimal | None, Decimal]:
    """About what a ratio demands of a cell of its, and about how wide the range of such values is."""
    nothing = None, Decimal(0)
    divisor, target = relation.divisor, relation.target.figure
    if divisor is None or len(relation.terms) != 1 or relation.times is not None or relation.over != 1:
        return nothing
    part = relation.terms[0]
    if not (target.filled and part.figure.filled and divisor.figure.filled) or relation.constant:
        return nothing
    goal = target.amount
    if relation.rest:
        share = goal / relation.factor
        others = sum((t.figure.amount for t in (divisor, *relation.rest) if address(t) != place), Decimal(0))
        if address(part) != place or not 0 <= share < 1:
            return nothing
        step = others / (1 - share) ** 2 / relation.factor
        return share * others / (1 - share), abs(target.unit * step) or Decimal(1)
    if address(part) == place and part.factor * relation.factor:
        step = divisor.figure.amount / (part.factor * relation.factor)
        return goal * step, abs(target.unit * step) or Decimal(1)
    if address(divisor) == place and goal:
        middle = relation.factor * part.factor * part.figure.amount / goal
        return middle, abs(middle * target.unit / goal) or Decimal(1)
    return nothing


_MAY_BE_NEGATIVE = ("sisa", "perubahan", "efisiensi", "capaian")


def _plausible(term: Term, value: Decimal) -> bool:
    """Figures do not become negative unless they measure a difference; amounts do not get decimals."""
    if value < 0 and not (term.figure.filled and term.figure.amount < 0) and term.column.role not in _MAY_BE_NEGATIVE:
        return False
    whole = term.column.measure is Measure.AMOUNT and term.column.role in ("pagu", "realisasi")
    return not whole or value == value.to_integral_value() or term.figure.unit < 1


def _swaps(system: System, term: Term, changes: Changes, unmended: frozenset[int]) -> Iterator[Offer]:
    """The figure exchanged with that of its partner or the next column, or of the row below or above.

    Only with one that has a part in what the figure alone leaves ``unmended``.
    """
    if not _is_typed(term):
        return
    for other in _swappable(system, term):
        one, two = address(term), address(other)
        if two in changes or not _is_typed(other) or other.figure.value == term.figure.value:
            continue
        if not system.touches(two, unmended):
            continue
        if _plausible(term, other.figure.amount) and _plausible(other, term.figure.amount):
            values = ((one, other.figure.amount), (two, term.figure.amount))
            yield _as_said(values, "swapped", _WRONG + COSTS["swapped"])


def _swappable(system: System, term: Term) -> Iterator[Term]:
    for place in system.exchanges.of(term):
        found = system.terms.get(place)
        if found is not None:
            yield found


def _is_typed(term: Term) -> bool:
    return term.figure.filled and term.figure.formula is None


def _explain(system: System, term: Term, value: Decimal, more: int) -> tuple[str, int]:
    """How a cell came to hold what it holds if ``value`` is right, and how unlikely that is, with ``more`` added."""
    cause, cost = _way(system, term, value)
    return cause, cost + more


def _way(system: System, term: Term, value: Decimal) -> tuple[str, int]:
    figure = term.figure
    known = system.slips.get(address(term))
    if known is not None and value == known.right:
        return known.cause, COSTS[known.cause]
    if figure.state in UNREADABLE:
        if value not in figure.readings:
            return "not_recomputed", _WRONG + COSTS["not_recomputed"]
        return "separator", COSTS["separator"] + (0 if value == figure.readings[0] else _UNLIKELY)
    if figure.formula is not None and _leaves_rows_out(system, term):
        return "range_short", _WRONG + COSTS["range_short"]
    if _turned_round(system, term, value):
        return "other_direction", _WRONG + COSTS["other_direction"]
    origin = system.origins.of(term)
    if origin is not None:
        return origin, _WRONG + COSTS[origin]
    cause = slip(figure.amount, value, _parts(system, term))
    if cause in ("digit_mistyped", "unexplained") and figure.amount and figure.amount in _neighbours(system, term):
        cause = min("copied_neighbour", cause, key=lambda way: cost_of(way, figure.amount))
    if cause == "factor_of_ten" and term.column.measure is Measure.PERCENT and _by_a_hundred(figure.amount, value):
        cause = "percent_fraction"
    if cause == "unexplained" and _is_computed(system, term):
        cause = "not_recomputed"
    unlikely = (_UNLIKELY if figure.formula else 0) + (_UNLIKELY if value == 0 else 0)
    return cause, _WRONG + cost_of(cause, figure.amount) + unlikely


def _by_a_hundred(stated: Decimal, value: Decimal) -> bool:
    return value in (stated * 100, stated / 100)


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


def _leaves_rows_out(system: System, term: Term) -> bool:
    """Whether a total's formula names some of the rows it should add up, but not all."""
    place = address(term)
    for index in system.by_cell[place]:
        relation = system.relations[index]
        if address(relation.target) == place and _is_sum(relation) and len(relation.terms) > 1:
            named = [names(term.figure.formula or "", part) for part in relation.terms]
            return any(named) and not all(named)
    return False


def _neighbours(system: System, term: Term) -> list[Decimal]:
    """The figures right above, below and beside the cell, but for those that only repeat it."""
    found: list[Figure | None] = []
    repeating = system.following({address(term): term.figure.amount})
    index = term.row.index
    for near in (index - 1, index + 1, index + 2):
        if 0 <= near < len(term.table.rows):
            found.append(term.table.rows[near].figures.get(term.column.name))
    for name, figure in term.row.figures.items():
        if name != term.column.name and term.table.columns[name].measure is term.column.measure:
            found.append(figure)
    own = term.table.sheet
    filled = [figure for figure in found if figure is not None and figure.filled]
    return [figure.amount for figure in filled if (own, figure.row, figure.column) not in repeating]


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
    return _is_ratio_of(system, address(term)) or bool(_parts(system, term))
