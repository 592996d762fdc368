"""The likeliest few wrong cells that explain all failing relations of a component.

Fellegi and Holt (1976): the smallest weighted set of cells whose change satisfies every constraint. Of each failing
relation one cell at least must be wrong; so the search takes a failing relation, tries what each of its cells may hold
instead, and goes on with what then still fails, the likeliest combination first. The first that leaves nothing is the
best, and those hardly less likely are its rivals.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from math import inf
from operator import itemgetter
from typing import NamedTuple

from xlaudit.agreement import BUDGET, INDICATOR
from xlaudit.declared import DECLARED
from xlaudit.diagnosis.candidates import Candidate, Offer, candidates, least_cost, roots
from xlaudit.diagnosis.changed import Address, Changes, address
from xlaudit.diagnosis.slips import COSTS
from xlaudit.diagnosis.system import Aim, System
from xlaudit.relations import Holds
from xlaudit.wholes import TOTALS

AGREEMENT = (INDICATOR, BUDGET, TOTALS)
MARGIN = 8
"""What costs hardly more is a rival: one that is at most some six times less likely."""
MOST_WRONG = 4
"""More wrong cells in one component are not looked for together: too many combinations would do."""
_MOST_STATES = 20_000
_MOST_FIGURES = 40_000
"""Combinations tried in one component, and figures of relations looked at for them."""
_MOST_CELLS = 600
_UNTOLD = ("not_recomputed", "unexplained")
"""Causes that say nothing of how a figure went wrong."""
_OVERSPENT = 10
"""What it costs more that a row still, or only then, spends more than it has."""


class Explanation(NamedTuple):
    """Some wrong cells with what they should hold. ``failing`` are the relations that it does not explain."""

    cost: int
    parts: tuple[Candidate, ...]
    changes: Changes
    failing: frozenset[int]


class Found(NamedTuple):
    """The best explanation and its rivals, none where few cells do not explain everything.

    ``complete`` is false where there was too much to look at: a better one or a rival may have been missed.
    """

    explanations: list[Explanation]
    complete: bool = True


def search(system: System, component: frozenset[int], changes: Changes) -> Found:
    """What explains a component, beside ``changes`` that are believed already."""
    least = system.left - _MOST_FIGURES
    cheapest = sorted(((least_cost(system, place), place) for place in roots(system, component)), key=itemgetter(0))
    queue: list[tuple[int, int, int, Explanation]] = [(0, 0, 0, Explanation(0, (), changes, component))]
    seen: set[frozenset[tuple[Address, Decimal]]] = set()
    number = 0
    found: list[Explanation] = []
    limit = inf
    while queue:
        cost, _, _, state = heapq.heappop(queue)
        if cost > limit:
            break
        if not state.failing:
            found.append(state)
            continue
        one, two = islice(chain((c for c, place in cheapest if place not in state.changes), (0, 0)), 2)
        if len(state.parts) == MOST_WRONG or cost + one > limit:
            continue
        if system.left < least or system.exhausted or number >= _MOST_STATES:
            return Found(found, complete=False)
        # First what one more cell explains: if that succeeds, what leaves something for yet another one costs too much.
        left = system.left
        for whole in (True, False):
            if not whole and cost + one + two > limit:
                break
            if not whole:
                system.charge_anew(left)
            for child in _children(system, state, Aim(state.failing, component, whole), limit):
                name = frozenset(child.changes.items())
                if name in seen or child.cost > limit:
                    continue
                seen.add(name)
                number += 1
                if not child.failing:
                    limit = min(limit, child.cost + MARGIN)
                heapq.heappush(queue, (child.cost, len(child.failing), number, child))
    return Found(found)


def _children(system: System, state: Explanation, aim: Aim, limit: float) -> Iterator[Explanation]:
    """The explanations that have one more cell, of the failing relation that has the fewest.

    Those that cost more than ``limit`` may be left out.
    """
    index = min(state.failing, key=lambda i: (len(system.relations[i].members), i))
    for place in roots(system, (index,))[:_MOST_CELLS]:
        if place in state.changes:
            continue
        for offer in candidates(system, place, state.changes, aim):
            step = one_more(system, state, offer, aim, limit)
            if step is not None and index not in step.then.failing:
                yield step.then


class Step(NamedTuple):
    """An explanation with one more wrong cell, and which relations of that cell then do not hold."""

    then: Explanation
    broken: frozenset[int]


def one_more(system: System, state: Explanation, offer: Offer, aim: Aim, limit: float = inf) -> Step | None:
    """The explanation with one more; None where that breaks what held, does not serve the aim or costs too much."""
    component = aim.component
    changes = {**state.changes, **dict(offer.values)}
    if system.misses_at_sight(changes, aim):
        return None
    candidate = None if limit == inf else offer.candidate()
    if candidate is not None and state.cost + min(candidate.cost, candidate.cost + _among_tables(candidate)) > limit:
        system.charge_for(changes)
        return None
    following = system.following(changes)
    states = system.states_unless(following, aim)
    if states is None:
        return None
    failing = system.still(state.failing, states, changes)
    broken = frozenset(i for i, held in states.items() if held is Holds.NO)
    among_tables = _is_among_tables(system, state.failing - failing)
    if among_tables:
        broken -= _computed_from(system, offer)
    if not broken <= component or (aim.whole and (failing or broken)):
        return None
    candidate = candidate or offer.candidate()
    cost = candidate.cost
    if among_tables and candidate.cause in _UNTOLD:
        cost += _among_tables(candidate)
        candidate = Candidate(candidate.values, "other_agreement", cost)
    if any(system.overspends(system.terms[place], following, component) for place, _ in candidate.values):
        cost += _OVERSPENT
    return Step(Explanation(state.cost + cost, (*state.parts, candidate), changes, failing | broken), broken)


def _among_tables(candidate: Candidate) -> int:
    """What it costs more, or less, that a candidate only makes several tables say the same."""
    return COSTS["other_agreement"] - COSTS[candidate.cause] if candidate.cause in _UNTOLD else 0


def _is_among_tables(system: System, mended: frozenset[int]) -> bool:
    """Whether all that a change mends is that several tables then say the same."""
    return all(system.relations[i].rule in AGREEMENT for i in mended)


def _computed_from(system: System, offer: Offer) -> frozenset[int]:
    """The declared relations by which others of its row were computed from a cell: they back it against no other table.

    Whoever computed them took the figure as it stands, right or stale.
    """
    return frozenset(
        index
        for place, _ in offer.values
        for index in system.by_cell[place]
        if system.relations[index].rule == DECLARED and address(system.relations[index].target) != place
    )
