"""What of an audit is told in a mail: the few roots first, for whoever reads no more than that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlaudit.findings import SEVERITY_ORDER, Finding, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.grouping import Explained, causes_of, fold, groups, worst_first
from xlaudit.reports.words import one_line
from xlaudit.texts import NOTHING, Text, joined, plural, same, sentences

MOST = 3
"""So many roots are told; the rest stands in the workbook."""

_SURE = {"certain": 0, "likely": 1}
_EXPLAINS = plural("Explains {n} finding.", "Explains {n} findings.")
_LIKELY = Text("This is likely, not certain; please check it against the source documents.")
_AT = Text("{place} ({label}):")
_LIKEWISE = plural("So is {n} more cell of this column.", "So are {n} more cells of this column.")


@dataclass(frozen=True, slots=True)
class Roots:
    """``told`` are the main roots, a sentence or two each; ``more`` counts the findings that none of them covers."""

    told: tuple[Text, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Root:
    text: Text
    findings: int
    rank: tuple[int, ...]


def roots_of(outcome: Outcome) -> Roots:
    """Causes first, the surest and those that explain most before the others; then errors without a known cause.

    Warnings are told only where there is room left, notes never: they ask nothing of the agency.
    """
    causes = [_cause(one) for group in groups(outcome) for one in group.diagnoses]
    known = causes_of(outcome)
    loose = worst_first(one for one in outcome.findings if one.id not in known and one.severity is not Severity.NOTE)
    found = sorted(causes, key=lambda root: root.rank) + [_loose(run.shown) for run in fold(loose, None)]
    return Roots(
        tuple(root.text for root in found[:MOST]),
        len(outcome.findings) - sum(root.findings for root in found[:MOST]),
    )


def _cause(one: Explained) -> _Root:
    diagnosis, findings = one
    severity = min((SEVERITY_ORDER[finding.severity] for finding in findings), default=len(SEVERITY_ORDER))
    text = sentences(
        diagnosis.message,
        _EXPLAINS.fill(n=len(findings)) if len(findings) > 1 else None,
        _LIKELY if diagnosis.certainty == "likely" else None,
    )
    return _Root(text, len(findings), (severity, _SURE.get(diagnosis.certainty, 2), -len(findings)))


def _loose(alike: Sequence[Finding]) -> _Root:
    """Findings of one rule in one column, as one root: the first is told, the others are counted."""
    first = alike[0]
    place = same(one_line(f"{first.place.sheet}!{first.place.cell}"))
    head = _AT.fill(place=place, label=first.label) if first.label.id else joined(NOTHING, (place, same(":")))
    text = sentences(head, first.message, _LIKEWISE.fill(n=len(alike) - 1) if len(alike) > 1 else None)
    return _Root(text, len(alike), ())
