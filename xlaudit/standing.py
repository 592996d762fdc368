"""Where each agency stands: what it submitted and when, which findings are open and since when.

Reckoned from audits as the ledger keeps them, by no database. A **submission** is a workbook of some content; audited
again it is the same one, and its latest audit counts. All submissions of one document of an office for one year and
period are a **series**, in the order in which they were first recorded; the last one is what holds. A finding is open
since the first of the submissions without a gap up to the last in which it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from xlaudit.findings import Severity
from xlaudit.offices import Office, office_of, same
from xlaudit.texts import Text, both

YEARLY = "tahunan"
"""The period of a workbook that names none."""

REPORT = "laporan"
DOCUMENTS = (REPORT, "evaluasi_triwulan", "perjanjian_kinerja")
"""What agencies hand in apart from each other: the report on performance, the quarterly evaluation, the agreement."""


def document_of(kinds: Iterable[str]) -> str:
    """Which document a workbook is, by the kinds of its tables: one of ``DOCUMENTS``."""
    found = set(kinds) - {"lainnya"}
    return found.pop() if len(found) == 1 and found <= set(DOCUMENTS) else REPORT


class Noted(NamedTuple):
    """A finding as it was recorded. ``label`` and ``message`` are Indonesian, amounts plain decimals.

    ``cause`` and ``certainty`` are those of its diagnosis, empty where there is none; ``label_en`` is empty where it
    was not recorded.
    """

    id: str
    rule: str
    name: str
    severity: Severity
    sheet: str
    cell: str
    label: str
    message: str
    stated: str | None
    computed: str | None
    difference: str | None
    cause: str
    certainty: str
    waived: bool
    label_en: str = ""

    @property
    def subject(self) -> Text:
        """The label in both languages, as far as it is known."""
        return both(self.label, self.label_en or self.label)


class Audit(NamedTuple):
    """One audit of a workbook as it was recorded. Without ``code`` it was audited, else rejected for ``reason``.

    ``findings_in`` is the id of the audit with whose findings its own are kept.
    """

    id: int
    recorded_at: datetime
    recorded_by: str
    path: str
    sha256: str
    annotated: str
    annotated_sha256: str
    tool_version: str
    agency: str
    government: str
    year: int | None
    period: str
    document: str
    code: str
    reason: str
    errors: int
    warnings: int
    notes: int
    waived: int
    unjudged: int
    checks: int
    findings_in: int
    reason_en: str = ""

    @property
    def why(self) -> Text:
        """The reason in both languages, as far as it is known."""
        return both(self.reason, self.reason_en or self.reason)


class Submission(NamedTuple):
    """A workbook of some content. ``number`` is the id of its first audit, ``audit`` its latest one."""

    number: int
    received: datetime
    audit: Audit


class Series(NamedTuple):
    """The submissions of one document of an office for one year and period, the first one first.

    ``agency`` is empty where the workbook does not say whose it is; then the series is that of one path. ``rejected``
    is the audit of a later workbook under the same path that was rejected.
    """

    office: Office
    agency: str
    government: str
    year: int | None
    period: str
    document: str
    submissions: tuple[Submission, ...]
    rejected: Audit | None = None

    @property
    def last(self) -> Submission:
        return self.submissions[-1]


class Open(NamedTuple):
    """A finding of the last submission, and when the first of those was recorded in which it stands ever since."""

    finding: Noted
    since: datetime


class Standing(NamedTuple):
    """A series with its findings. ``fixed`` were found in an earlier submission and are not in the last one."""

    series: Series
    open: tuple[Open, ...]
    waived: tuple[Noted, ...]
    fixed: tuple[Noted, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are open."""
        return sum(1 for one in self.open if one.finding.severity is severity)

    @property
    def pressing(self) -> tuple[Open, ...]:
        """The errors and warnings among the open findings."""
        return tuple(one for one in self.open if one.finding.severity is not Severity.NOTE)

    @property
    def mended(self) -> tuple[Noted, ...]:
        """The errors and warnings among the fixed ones."""
        return tuple(one for one in self.fixed if one.severity is not Severity.NOTE)


class Sorted(NamedTuple):
    """All series, and the rejected workbooks of which nobody knows whose they are."""

    series: tuple[Series, ...]
    rejected: tuple[Audit, ...]


class _Key(NamedTuple):
    office: Office
    year: int | None
    period: str
    document: str
    path: str


Whose = Callable[[Audit], Office]
"""Whose a workbook is."""


def own_office(audit: Audit) -> Office:
    """The office that a workbook names itself."""
    return office_of(audit.agency, audit.government)


def all_series(audits: Iterable[Audit], whose: Whose = own_office) -> Sorted:
    """Sorts recorded audits into series; they come in the order of their ids.

    ``whose`` may know by a list of agencies that two spellings are one office.
    """
    audits = originals(audits)
    offices = {audit.id: whose(audit) for audit in audits}
    governments = _governments(offices.values())
    latest: dict[tuple[str, str], Audit] = {}
    first: dict[tuple[str, str], Audit] = {}
    last_of_path: dict[str, Audit] = {}
    for audit in audits:
        last_of_path[audit.path] = audit
        if not audit.code:
            latest[audit.path, audit.sha256] = audit
        first.setdefault((audit.path, audit.sha256), audit)
    groups: dict[_Key, dict[str, Submission]] = {}
    of_path: dict[str, _Key] = {}
    for which, audit in latest.items():
        key = _key(audit, offices[audit.id], governments)
        of_path[audit.path] = key
        began = first[which]
        known = groups.setdefault(key, {}).get(audit.sha256)
        if known is not None:  # the same content under another path
            began = began if began.id < known.number else began._replace(id=known.number, recorded_at=known.received)
            audit = max(audit, known.audit, key=lambda one: one.id)
        groups[key][audit.sha256] = Submission(began.id, began.recorded_at, audit)
    read = {sha256 for _, sha256 in latest}
    rejected = [audit for audit in last_of_path.values() if audit.code and audit.sha256 not in read]
    refused = {of_path[audit.path]: audit for audit in rejected if audit.path in of_path}
    series = tuple(_series(key, group, refused.get(key)) for key, group in groups.items())
    return Sorted(
        tuple(sorted(series, key=_order)),
        tuple(sorted((audit for audit in rejected if audit.path not in of_path), key=lambda audit: audit.path)),
    )


def originals(audits: Iterable[Audit]) -> list[Audit]:
    """The audits; that of an annotated copy which nobody has changed is one of the workbook that it was made of."""
    audits = list(audits)
    made_of = {audit.annotated_sha256: audit.sha256 for audit in audits if audit.annotated_sha256}

    def content(sha256: str) -> str:
        passed: set[str] = set()
        while sha256 in made_of and sha256 not in passed:
            passed.add(sha256)
            sha256 = made_of[sha256]
        return sha256

    return [audit._replace(sha256=content(audit.sha256)) for audit in audits]


def _governments(offices: Iterable[Office]) -> dict[str, set[str]]:
    """The governments that an office of one name is said to belong to."""
    known: dict[str, set[str]] = {}
    for office in offices:
        known.setdefault(office.agency, set()).update({office.government} - {""})
    return known


def _key(audit: Audit, office: Office, governments: Mapping[str, set[str]]) -> _Key:
    """What a series is known by. Who names no government is of the only one that others of the name name."""
    known = governments.get(office.agency, set())
    if not office.government and len(known) == 1:
        office = Office(office.agency, next(iter(known)))
    return _Key(office, audit.year, audit.period or YEARLY, audit.document, "" if office.agency else audit.path)


def _series(key: _Key, group: Mapping[str, Submission], rejected: Audit | None) -> Series:
    submissions = tuple(sorted(group.values(), key=lambda one: one.number))
    if rejected is not None and rejected.id < submissions[-1].number:
        rejected = None
    audit = submissions[-1].audit
    government = next((one.audit.government for one in reversed(submissions) if one.audit.government), "")
    return Series(
        key.office, audit.agency, government, key.year, key.period, key.document, submissions, rejected
    )


def _order(series: Series) -> tuple[object, ...]:
    whose = series.office.agency or "~", series.office.government
    return *whose, series.year or 0, series.period, series.document, series.last.number


def standing(series: Series, findings: Mapping[int, Sequence[Noted]]) -> Standing:
    """What is open, accepted and fixed in a series; ``findings`` by the id of the audit that keeps them."""
    found = [findings.get(one.audit.findings_in, ()) for one in series.submissions]
    now = [one for one in found[-1] if not one.waived]
    accepted = tuple(one for one in found[-1] if one.waived)
    since = {one.id: series.last.received for one in now}
    unbroken = set(since)
    for submission, some in zip(reversed(series.submissions[:-1]), reversed(found[:-1]), strict=True):
        unbroken &= {one.id for one in some}
        since |= dict.fromkeys(unbroken, submission.received)
    left = {one.id for one in found[-1]}
    fixed = {one.id: one for some in found[:-1] for one in some if one.id not in left and not one.waived}
    return Standing(series, tuple(Open(one, since[one.id]) for one in now), accepted, tuple(fixed.values()))


def needed(series: Iterable[Series]) -> Iterator[int]:
    """The ids of the audits whose findings tell where these series stand."""
    for one in series:
        yield from (submission.audit.findings_in for submission in one.submissions)


def series_for(
    series: Sequence[Series], office: Office, year: int | None, period: str, document: str
) -> Series | None:
    """The series that a workbook belongs to; None where there is none, or it may be one of several."""
    what = year, period or YEARLY, document
    own = [one for one in series if same(one.office, office) and (one.year, one.period, one.document) == what]
    return own[0] if len(own) == 1 else None


def before(series: Series, sha256: str) -> Submission | None:
    """The submission before the one of this content; the last one where this content is none of them."""
    contents = [one.audit.sha256 for one in series.submissions]
    at = contents.index(sha256) if sha256 in contents else len(contents)
    return series.submissions[at - 1] if at else None
