"""Which few cells are wrong: components of failing relations, each explained by itself.

A component is searched for its likeliest explanation. Where there are too many wrong cells in it for that, the one
whose change mends most and leaves least is taken out first, and the rest is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from xlaudit.diagnosis.candidates import Candidate, candidates, roots
from xlaudit.diagnosis.changed import Address, Changes
from xlaudit.diagnosis.search import Explanation, Found, one_more, search
from xlaudit.diagnosis.system import Aim, System
from xlaudit.relations import Holds, Term

_MOST_CELLS = 600
_MOST_STEPS = 60
"""Wrong cells that are taken out of one component one after the other."""


class Repair(NamedTuple):
    """One cell and the value that mends relations. ``about``: the value stands for a range of values."""

    place: Address
    term: Term
    value: Decimal
    cause: str
    about: bool = False


class Located(NamedTuple):
    """The cause of some failing relations: one wrong cell, or two that were swapped.

    ``rivals`` are repairs of other cells that would do about as well. ``mends`` are all failing relations that it has
    a part in, ``explains`` those of them that no earlier cause explains. ``changes`` are all that is believed wrong
    together with it.
    """

    repairs: tuple[Repair, ...]
    rivals: tuple[Repair, ...]
    mends: frozenset[int]
    explains: frozenset[int]
    changes: Changes
    anchored: bool
    """Whether every other cell of the mended relations takes part in another relation that holds."""
    of_a_mean: bool = False
    """A mean was mended: what an office takes a mean of is never quite sure."""
    looked_at_all: bool = True
    """Whether every other explanation that might do was looked at."""

    @property
    def repair(self) -> Repair:
        """The wrong cell, or the first of two."""
        return self.repairs[0]


def locate(system: System) -> Iterator[Located]:
    """The located errors, in the order of their relations, each when it is asked for; what resists is left out.

    They end where the system is exhausted.
    """
    mended: set[int] = set()
    for component in components(system, system.troubled()):
        if system.exhausted:
            return
        if component <= mended:
            continue  # two figures that were exchanged may have no relation in common
        for located in _solve(system, component, {}, _MOST_STEPS):
            mended |= located.mends
            yield located


def components(system: System, troubled: Iterable[int]) -> list[frozenset[int]]:
    """Failing relations, grouped by shared cells and by cells that follow from the same ones."""
    groups: dict[int, set[int]] = {}
    """By its first relation. The smaller one is always put into the larger one, so that no relation moves often."""
    group_of: dict[int, int] = {}
    first_at: dict[Address, int] = {}
    for index in troubled:
        groups[index], group_of[index] = {index}, index
        for place in roots(system, {index}):
            own, other = group_of[index], group_of[first_at.setdefault(place, index)]
            if own == other:
                continue
            kept, gone = (own, other) if len(groups[own]) >= len(groups[other]) else (other, own)
            group_of |= dict.fromkeys(groups[gone], kept)
            groups[kept] |= groups.pop(gone)
    return sorted(map(frozenset, groups.values()), key=min)


def _solve(system: System, component: frozenset[int], changes: Changes, steps: int) -> Iterator[Located]:
    """The causes of a component, given what is already believed to be wrong."""
    found = search(system, component, changes)
    if found.explanations:
        yield from _located(system, component, found)
        return
    step = _most_merit(system, component, changes) if steps else None
    if step is None:
        return
    yield from _located(system, component, Found([step], found.complete))
    for rest in components(system, sorted(step.failing & component)):
        if not system.exhausted:
            yield from _solve(system, rest, step.changes, steps - 1)


def _most_merit(system: System, component: frozenset[int], changes: Changes) -> Explanation | None:
    """The change that mends most and leaves least: several wrong cells may share a sum that none mends alone."""
    best: tuple[tuple[int, int], Explanation] | None = None
    before = Explanation(0, (), changes, component)
    aim = Aim(component, component)
    for place in roots(system, component)[:_MOST_CELLS]:
        if system.exhausted:
            return None  # those not tried might do better
        if place in changes:
            continue
        for offer in candidates(system, place, changes, aim):
            step = one_more(system, before, offer, aim)
            mends = 0 if step is None else len(component - step.then.failing)
            if step is None or not mends:
                continue
            merit = 2 * mends - len(step.broken), -step.then.cost
            if best is None or merit > best[0]:
                best = merit, step.then
    return None if best is None else best[1]


def _located(system: System, component: frozenset[int], found: Found) -> Iterator[Located]:
    """The wrong cells of the best explanation, that which has most relations first.

    What two of them explain together goes to the one that has fewer, so that none is left without.
    """
    best, *others = found.explanations
    parts = [(_mended(system, best, part, component), part) for part in best.parts]
    parts.sort(key=lambda one: len(one[0]))
    left = set(system.wrong)
    told: list[Located] = []
    for mends, part in parts:
        own = {place for place, _ in part.values}
        rivals = {
            other.values[0][0]: other
            for rival in others
            if not own & rival.changes.keys()
            for other in rival.parts
            if other.values[0][0] not in best.changes and _mended(system, rival, other, component) & mends
        }
        repairs = _repairs(system, part)
        located = Located(
            repairs,
            tuple(repair for other in rivals.values() for repair in _repairs(system, other)[:1]),
            mends,
            mends & left,
            best.changes,
            _anchored(system, own, mends, component),
            any(system.relations[index].over > 1 for index in mends),
            found.complete,
        )
        left -= mends
        told.append(located)
    yield from sorted(told, key=lambda one: -len(one.mends))


def _repairs(system: System, part: Candidate) -> tuple[Repair, ...]:
    return tuple(Repair(place, system.terms[place], value, part.cause, part.about) for place, value in part.values)


def _mended(system: System, whole: Explanation, part: Candidate, component: frozenset[int]) -> frozenset[int]:
    """The failing relations that hold with an explanation and are touched by a part of it."""
    touched = system.touched(dict(part.values))
    elsewhere = touched & system.wrong - component
    states = system.states_after(whole.changes) if elsewhere else {}
    held = {index for index in elsewhere if states.get(index) in (Holds.YES, Holds.DOUBTFUL)}
    return frozenset((touched & component - whole.failing) | held)


def _anchored(system: System, own: set[Address], mends: frozenset[int], component: frozenset[int]) -> bool:
    for index in mends:
        for place in system.places[index]:
            if place not in own and not any(
                system.state[other] is Holds.YES for other in system.by_cell[place] if other not in component
            ):
                return False
    return True
