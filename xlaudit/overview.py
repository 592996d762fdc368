"""What ``xlaudit status`` shows: the standing of all agencies, by year, period and document, and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from xlaudit.findings import SEVERITY_ORDER, Severity
from xlaudit.standing import DOCUMENTS, REPORT, YEARLY, Audit, Series, Standing

_PERIODS = ("tw1", "tw2", "smt1", "tw3", "tw4", "smt2", YEARLY)


class Listed(NamedTuple):
    """One agency of the list of those who are to submit, as it is spelled there."""

    name: str
    government: str = ""


class Line(NamedTuple):
    """Where one agency stands. ``listed`` is False where there is a list and it is not on it."""

    name: str
    standing: Standing
    listed: bool = True


class Group(NamedTuple):
    """All agencies for one year, period and document; ``missing`` are those of the list who submitted nothing."""

    year: int | None
    period: str
    document: str
    lines: tuple[Line, ...]
    missing: tuple[Listed, ...] = ()


class Mailed(NamedTuple):
    """What went out by mail about a submission, or was to: a state of ``ledger.mailings``, since when, and to whom."""

    state: str
    at: datetime
    recipients: tuple[str, ...]


class Overview(NamedTuple):
    """All of it. ``unknown`` are workbooks that do not say whose they are, ``rejected`` could not be audited.

    ``expected`` is how many agencies are on the list, None where there is none. ``refused`` has those of the rejected
    workbooks of which the list knows whose they are, ``mailed`` the mailings by the sha256 of their submission.
    """

    ledger: str
    groups: tuple[Group, ...]
    unknown: tuple[Standing, ...]
    rejected: tuple[Audit, ...]
    expected: int | None = None
    refused: Mapping[Listed, Audit] = {}
    mailed: Mapping[str, Sequence[Mailed]] = {}

    def any_at(self, limit: Severity) -> bool:
        """Whether a finding of this severity or a graver one is open."""
        lines = [line.standing for group in self.groups for line in group.lines]
        return any(
            SEVERITY_ORDER[one.finding.severity] <= SEVERITY_ORDER[limit]
            for standing in (*lines, *self.unknown)
            for one in standing.open
        )


class Wanted(NamedTuple):
    """What of the ledger is asked for; None and empty for everything."""

    year: int | None = None
    period: str = ""

    def takes(self, series: Series) -> bool:
        return (self.year is None or series.year == self.year) and self.period in ("", series.period)


def overview(
    ledger: str,
    standings: Sequence[Standing],
    rejected: Iterable[Audit],
    wanted: Wanted,
    listed: Sequence[Listed] | None = None,
    entry_of: Callable[[Series], Listed | None] = lambda series: None,
) -> Overview:
    """Puts the standings in order: the latest year first, agencies in the order of the list, else of their names.

    ``entry_of`` says which agency of the list a series is.
    """
    known = [one for one in standings if one.series.office.agency]
    keys = {(one.series.year, one.series.period, one.series.document) for one in known}
    if listed is not None and wanted.year is not None:
        keys |= {(wanted.year, period, REPORT) for period in [wanted.period or YEARLY] if not keys}
    groups = []
    for key in sorted(keys, key=_latest_first):
        own = [one for one in known if (one.series.year, one.series.period, one.series.document) == key]
        lines, missing = _lines(own, listed, entry_of)
        groups.append(Group(*key, lines, missing))
    unknown = tuple(one for one in standings if not one.series.office.agency)
    return Overview(ledger, tuple(groups), unknown, tuple(rejected), None if listed is None else len(listed))


def _lines(
    own: Sequence[Standing], listed: Sequence[Listed] | None, entry_of: Callable[[Series], Listed | None]
) -> tuple[tuple[Line, ...], tuple[Listed, ...]]:
    """The lines of a group in order, and who of the list is missing."""
    order = {entry: at for at, entry in enumerate(listed or ())}
    came = [(entry_of(one.series), one) for one in own]
    came.sort(key=lambda pair: (len(order) if pair[0] is None else order[pair[0]], pair[1].series.agency.casefold()))
    lines = tuple(
        Line(one.series.agency if entry is None else entry.name, one, listed is None or entry is not None)
        for entry, one in came
    )
    there = {entry for entry, _ in came}
    return lines, tuple(entry for entry in order if entry not in there)


def _latest_first(key: tuple[int | None, str, str]) -> tuple[int, int, int]:
    year, period, document = key
    at = _PERIODS.index(period) if period in _PERIODS else -1
    return -(year or 0), -at, DOCUMENTS.index(document) if document in DOCUMENTS else len(DOCUMENTS)
