"""Puts the findings of a workbook in the order in which they are read: by table, worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlaudit.cells import letters, parse_cell
from xlaudit.findings import SEVERITY_ORDER, Diagnosis, Finding, Place, Severity, Unjudged
from xlaudit.outcome import Outcome, TableSummary
from xlaudit.texts import Text


class Explained(NamedTuple):
    """A diagnosis and the findings that it explains, worst first."""

    diagnosis: Diagnosis
    findings: tuple[Finding, ...]


class Group(NamedTuple):
    """One table with what was found in it. ``table`` is None for findings that belong to no table.

    A diagnosis stands in the table of the worst finding that it explains.
    """

    table: TableSummary | None
    diagnoses: tuple[Explained, ...]
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found in it."""
        return not self.findings and not self.diagnoses

    @property
    def rank(self) -> int:
        """0 where it holds an error, up to 3 where it holds nothing."""
        explained = (finding for known in self.diagnoses for finding in known.findings)
        return _rank((*self.findings, *explained))


class Fold(NamedTuple):
    """Findings of one rule in one column: those shown, and those only counted."""

    shown: tuple[Finding, ...]
    more: tuple[Finding, ...]


def groups(outcome: Outcome) -> list[Group]:
    """The tables of a workbook, worst first, then as they stand; those without findings included."""
    known = {table.id: table for table in outcome.tables}
    causes = causes_of(outcome)
    explained = _explained(outcome, causes)
    loose = _by_table(finding for finding in outcome.findings if finding.id not in causes)
    homes: dict[str | None, list[Explained]] = defaultdict(list)
    for one in explained:
        homes[one.findings[0].table if one.findings else None].append(one)
    found = [
        Group(
            known.get(name) if name is not None else None,
            tuple(sorted(homes[name], key=lambda one: _rank(one.findings))),
            tuple(worst_first(loose[name])),
        )
        for name in [*known, *sorted((loose.keys() | homes.keys()) - known.keys(), key=str)]
    ]
    return sorted(found, key=lambda group: group.rank)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, notes; within these the findings of one rule and column together."""
    first: dict[tuple[str, ...], int] = {}
    ranked = [
        (SEVERITY_ORDER[finding.severity], first.setdefault(alike(finding), place), place, finding)
        for place, finding in enumerate(findings)
    ]
    return [finding for _, _, _, finding in sorted(ranked)]  # no two have one place


def alike(finding: Finding) -> tuple[str, ...]:
    """What findings must share to be folded together: rule, severity, sheet and column."""
    return (finding.rule, finding.severity, finding.place.sheet, column_of(finding.place))


def column_of(place: Place) -> str:
    """The letters of a place's column; the address itself where it is none (a report made by hand)."""
    try:
        return letters(parse_cell(place.cell).column)
    except ValueError:
        return place.cell


def fold(findings: Sequence[Finding], limit: int | None) -> list[Fold]:
    """Runs of findings that are alike, each cut after ``limit``; None cuts nothing."""
    runs: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        runs.setdefault(alike(finding), []).append(finding)
    return [Fold(tuple(run[:limit]), tuple(run[len(run[:limit]) :])) for run in runs.values()]


class Reason(NamedTuple):
    """Why something was not judged. ``text`` is the reason of the first of ``ones``; ``same`` says that all have it
    to the letter, not only the same sentence about other cells.
    """

    text: Text
    ones: tuple[Unjudged, ...]
    same: bool


def by_reason(unjudged: Sequence[Unjudged]) -> list[Reason]:
    """What was not judged, put together by its reason, the most frequent first."""
    kinds: dict[Text, list[Unjudged]] = {}
    for one in unjudged:
        kinds.setdefault(one.reason.kind, []).append(one)
    found = []
    for ones in kinds.values():
        first = ones[0].reason
        found.append(Reason(first, tuple(ones), all(one.reason == first for one in ones)))
    return sorted(found, key=lambda reason: -len(reason.ones))


def causes_of(outcome: Outcome) -> dict[str, str]:
    """Finding id to diagnosis id: the one that the finding names, else the first that explains it."""
    causes: dict[str, str] = {}
    for diagnosis in outcome.diagnoses:
        for name in diagnosis.explains:
            causes.setdefault(name, diagnosis.id)
    known = {diagnosis.id for diagnosis in outcome.diagnoses}
    named = {one.id: one.diagnosis for one in outcome.findings if one.diagnosis in known and one.diagnosis}
    return causes | named


def _explained(outcome: Outcome, causes: dict[str, str]) -> list[Explained]:
    belongs: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if finding.id in causes:
            belongs[causes[finding.id]].append(finding)
    return [Explained(one, tuple(worst_first(belongs[one.id]))) for one in outcome.diagnoses]


def _by_table(findings: Iterable[Finding]) -> dict[str | None, list[Finding]]:
    tables: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        tables[finding.table].append(finding)
    return tables


def _rank(findings: Iterable[Finding]) -> int:
    return min((SEVERITY_ORDER[finding.severity] for finding in findings), default=len(Severity))
