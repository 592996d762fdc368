"""Workbooks of one office held against one another, by their digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xlaudit.digest import Digest, Printed, Results
from xlaudit.identity import Identity
from xlaudit.matching import same_names
from xlaudit.offices import office_of, same

_END_OF_YEAR = 4
_QUARTER = {"tw1": 1, "tw2": 2, "smt1": 2, "tw3": 3}
_FEWEST_TELLING = 5
"""So many results that are alike, and are neither 0 nor 100 nor rounder than three digits, are no chance."""


class Disagreement(NamedTuple):
    """A figure of an earlier year, and the one that the workbook of that year prints for it."""

    own: Printed
    other: Printed
    workbook: Digest


class Repeated(NamedTuple):
    """A table whose results are all those of a table in a workbook for another period."""

    own: Results
    other: Results
    workbook: Digest


class Findings(NamedTuple):
    """What a workbook is told in view of others, and how many comparisons held."""

    disagreements: tuple[Disagreement, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    held: int = 0


def when(identity: Identity) -> tuple[int, int]:
    """The year and the last quarter that a workbook reports on; a year has four."""
    return identity.year or 0, _QUARTER.get(identity.period, _END_OF_YEAR)


def same_office(one: Identity, two: Identity) -> bool:
    """Whether two workbooks say that they are the same office's; of the government both must not say otherwise."""
    return same(office_of(one.agency, one.government), office_of(two.agency, two.government))


def by_office(identities: Sequence[Identity]) -> Iterator[list[int]]:
    """The places of workbooks that may be one office's, for two times at least: only these can disagree."""
    groups: dict[str, list[int]] = {}
    for place, identity in enumerate(identities):
        office = office_of(identity.agency, identity.government)
        if office.agency and identity.year is not None:
            groups.setdefault(office.agency, []).append(place)
    for places in groups.values():
        if len({when(identities[place]) for place in places}) > 1:
            yield places


def earlier(own: Digest, known: Iterable[Digest]) -> tuple[Digest, ...]:
    """The workbooks of the same office for earlier periods, the latest first; no order of reading changes this."""
    if own.identity.year is None:
        return ()
    before = [
        other
        for other in known
        if other.identity.year is not None
        and when(other.identity) < when(own.identity)
        and same_office(own.identity, other.identity)
    ]
    return tuple(sorted(before, key=lambda digest: (*(-part for part in when(digest.identity)), digest.path)))


def compare(own: Digest, others: Sequence[Digest]) -> Findings:
    """Holds a workbook against earlier ones of its office."""
    disagreements, held = _last_years(own, others)
    repeated = tuple(_repeated(own, others))
    return Findings(tuple(disagreements), repeated, held)


def concerned(own: Digest, known: Iterable[Digest]) -> tuple[Digest, ...]:
    """The earlier workbooks by which something is to be said of this one; none where nothing is."""
    found = compare(own, earlier(own, known))
    named = {one.workbook.path for one in found.disagreements} | {one.workbook.path for one in found.repeated}
    return tuple(digest for digest in earlier(own, known) if digest.path in named)


def _last_years(own: Digest, others: Sequence[Digest]) -> tuple[list[Disagreement], int]:
    """The figures of earlier years that no workbook of their year prints so, and how many one does print so."""
    years = {digest.identity.year for digest in others if when(digest.identity)[1] == _END_OF_YEAR}
    past = [one for one in own.printed if one.year in years and one.year != own.identity.year]
    sources = [
        (one, digest)
        for digest in others
        if when(digest.identity)[1] == _END_OF_YEAR
        for one in digest.printed
        if one.year == digest.identity.year
    ]
    groups = same_names([*(one.name for one in past), *(one.name for one, _ in sources)])
    known: dict[tuple[str, str, str, int], list[tuple[Printed, Digest]]] = {}
    for one, digest in sources:
        known.setdefault((groups[one.name], one.level, one.role, one.year), []).append((one, digest))
    found: list[Disagreement] = []
    held = 0
    for one in past:
        same = known.get((groups[one.name], one.level, one.role, one.year), [])
        if any(one.spread.meets(other.spread) for other, _ in same):
            held += 1
        elif same:
            found.append(Disagreement(one, *same[0]))
    return found, held


def _repeated(own: Digest, others: Sequence[Digest]) -> Iterator[Repeated]:
    """Every table of which an earlier workbook prints all results, against the latest of these."""
    for results in own.results:
        if results.telling < _FEWEST_TELLING or 0 < results.quarter < when(own.identity)[1]:
            continue  # a table that names the earlier period repeats it on purpose
        for digest in others:
            same = next((one for one in digest.results if one.figures == results.figures), None)
            if same is not None:
                yield Repeated(results, same, digest)
                break
