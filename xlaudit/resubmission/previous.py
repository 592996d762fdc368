"""The submission before a workbook, as the ledger knows it: its file if that is still there, else its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlaudit.findings import Finding, Place, Waived
from xlaudit.identity import Identity
from xlaudit.offices import office_of
from xlaudit.outcome import Outcome
from xlaudit.standing import Audit, Noted, Series, Submission, all_series, before, series_for
from xlaudit.texts import same


@dataclass(frozen=True, slots=True)
class Handed:
    """A workbook that was handed in: where it lies, its content, whose it is, which document."""

    path: Path
    sha256: str
    identity: Identity
    document: str


def submission_before(audits: Sequence[Audit], handed: Handed) -> Submission | None:
    """The submission before a workbook; None where there is none, or it is not clear whose the workbook is.

    A workbook that is recorded already belongs where it was recorded; one that does not say whose it is, to its path.
    """
    found = all_series(audits).series
    series = _holding(found, handed) or series_for(
        found, office_of(handed.identity.agency, handed.identity.government), handed.identity.year,
        handed.identity.period, handed.document,
    )  # fmt: skip
    return None if series is None else before(series, handed.sha256)


def _holding(series: Iterable[Series], handed: Handed) -> Series | None:
    path = str(handed.path.resolve())
    for one in series:
        if any(submission.audit.sha256 == handed.sha256 for submission in one.submissions):
            return one
        nameless = not one.office.agency and not handed.identity.agency
        if nameless and any(submission.audit.path == path for submission in one.submissions):
            return one
    return None


def file_of(submission: Submission, audits: Iterable[Audit], sha256_of: Callable[[Path], str]) -> Path | None:
    """A file with the content of a submission: where it was audited, or its annotated copy. None where all are gone."""
    own = [audit for audit in audits if audit.sha256 == submission.audit.sha256]
    for path, sha256 in _places(reversed(own)):
        if path and sha256 and sha256_of(Path(path)) == sha256:
            return Path(path)
    return None


def _places(audits: Iterable[Audit]) -> Iterator[tuple[str, str]]:
    known = list(audits)
    yield from ((audit.path, audit.sha256) for audit in known)
    yield from ((audit.annotated, audit.annotated_sha256) for audit in known)


def outcome_of(submission: Submission, noted: Iterable[Noted]) -> Outcome:
    """The audit of a submission as far as the ledger holds it: its findings, without causes and tables."""
    findings = [(one.waived, _finding(one)) for one in noted]
    return Outcome(
        submission.audit.path,
        findings=tuple(finding for waived, finding in findings if not waived),
        waived=tuple(finding for waived, finding in findings if waived),
        checks=submission.audit.checks,
    )


def _finding(one: Noted) -> Finding:
    return Finding(
        id=one.id,
        rule=one.rule,
        name=one.name,
        severity=one.severity,
        place=Place(one.sheet, one.cell),
        label=one.subject,
        message=same(one.message),
        stated=one.stated,
        computed=one.computed,
        difference=one.difference,
        waived=Waived("", "", None) if one.waived else None,
    )
