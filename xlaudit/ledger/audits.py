"""Audits put into the ledger and taken out again."""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from xlaudit import __version__
from xlaudit.findings import Diagnosis, Finding, Severity
from xlaudit.ledger.schema import audits, findings
from xlaudit.ledger.store import Ledger
from xlaudit.offices import office_of
from xlaudit.outcome import Outcome
from xlaudit.standing import Audit, Noted, document_of, originals

_BATCH = 50
"""Workbooks in one transaction: few enough that another writer need not wait long."""
_ASKED = 500
"""Ids asked for at a time: databases bound the length of a statement."""


class Audited(NamedTuple):
    """What is recorded: the outcome, the sha256 of the bytes that were audited, the fingerprint of what held, and the
    sha256 of the annotated copy.

    Without ``sha256`` there was no file, and nothing is recorded.
    """

    outcome: Outcome
    sha256: str
    settings: str = ""
    annotated_sha256: str = ""


def record(ledger: Ledger, audited: Iterable[Audited]) -> Iterator[int]:
    """Records audits, some in one transaction; after each of these says how many there are by now.

    ``LedgerError`` where that fails: what was recorded up to then stays, and recording it again does no harm.
    """
    who, count = _user(), 0
    remaining = (one for one in audited if one.sha256)
    while batch := [_prepared(one, who) for one in islice(remaining, _BATCH)]:
        with ledger.writing() as connection:
            _write(connection, batch)
        count += len(batch)
        yield count


_Row = dict[str, Any]


def _prepared(audited: Audited, who: str) -> tuple[_Row, list[_Row]]:
    """The row of an audit and those of its findings."""
    outcome, sha256, settings, annotated_sha256 = audited
    causes = {one.id: one for one in outcome.diagnoses}
    some = [_finding(finding, causes) for finding in (*outcome.findings, *outcome.waived)]
    identity, failure = outcome.identity, outcome.failure
    office = office_of(identity.agency, identity.government)
    annotated = "" if outcome.annotated is None else _absolute(outcome.annotated)
    row = {
        "recorded_by": who,
        "path": clean(_absolute(outcome.path)),
        "sha256": sha256,
        "annotated": clean(annotated),
        "annotated_sha256": annotated_sha256,
        "tool_version": __version__,
        "settings": settings,
        "agency": clean(identity.agency),
        "agency_key": office.agency,
        "government": clean(identity.government),
        "government_key": office.government,
        "year": identity.year,
        "period": identity.period,
        "document": document_of(table.kind for table in outcome.tables),
        "status": "audited" if failure is None else "rejected",
        "code": "" if failure is None else failure.code,
        "reason": "" if failure is None else clean(failure.message.id),
        "reason_en": "" if failure is None else clean(failure.message.en),
        "errors": outcome.count(Severity.ERROR),
        "warnings": outcome.count(Severity.WARNING),
        "notes": outcome.count(Severity.NOTE),
        "waived": len(outcome.waived),
        "unjudged": len(outcome.unjudged),
        "checks": outcome.checks,
        "findings_sha256": hashlib.sha256(repr(some).encode("utf-8", "backslashreplace")).hexdigest(),
    }
    return row, some


def _write(connection: Connection, batch: Sequence[tuple[_Row, list[_Row]]]) -> None:
    kept = _kept(connection, [row["sha256"] for row, _ in batch])
    lines: list[_Row] = []
    for row, some in batch:
        same = kept.get(_what(row))
        row = {**row, "recorded_at": datetime.now(UTC), "same_as": same}
        made = connection.execute(insert(audits).returning(audits.c.id), row).scalar_one()
        if same is None:
            kept[_what(row)] = made
            lines += ({**one, "audit_id": made, "position": at} for at, one in enumerate(some))
    if lines:
        connection.execute(insert(findings), lines)


def _kept(connection: Connection, contents: Sequence[str]) -> dict[tuple[str, str, str], int]:
    """The audits with which findings of these contents are kept already."""
    names = audits.c.path, audits.c.sha256, audits.c.findings_sha256, audits.c.id
    chosen = select(*names).where(audits.c.sha256.in_(contents), audits.c.same_as.is_(None)).order_by(audits.c.id)
    return {(path, sha256, digest): number for path, sha256, digest, number in connection.execute(chosen)}


def _what(row: _Row) -> tuple[str, str, str]:
    """By what the findings of an audit are the very same ones: the file, its content, the findings."""
    return row["path"], row["sha256"], row["findings_sha256"]


def _finding(finding: Finding, causes: Mapping[str, Diagnosis]) -> _Row:
    cause = causes.get(finding.diagnosis or "")
    return {
        "finding_id": finding.id,
        "rule": finding.rule,
        "name": finding.name,
        "severity": str(finding.severity),
        "sheet": clean(finding.place.sheet),
        "cell": finding.place.cell,
        "label": clean(finding.label.id),
        "label_en": clean(finding.label.en),
        "message": clean(finding.message.id),
        "stated": None if finding.stated is None else clean(finding.stated),
        "computed": None if finding.computed is None else clean(finding.computed),
        "difference": finding.difference,
        "cause": "" if cause is None else cause.cause,
        "certainty": "" if cause is None else cause.certainty,
        "waived": finding.waived is not None,
    }


def clean(text: str) -> str:
    """A text out of a file as every database takes it: no NUL, no half of a character."""
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()


def _absolute(path: str) -> str:
    """The path from any folder; an address in an object store as it is."""
    return path if "://" in path else str(Path(path).resolve())


def _user() -> str:
    """The name of the account, and nothing else of who audits."""
    try:
        return clean(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def all_audits(connection: Connection) -> list[Audit]:
    """All audits in the order in which they were recorded."""
    findings_in = func.coalesce(audits.c.same_as, audits.c.id)
    columns = [findings_in if name == "findings_in" else audits.c[name] for name in Audit._fields]
    chosen = select(*columns).order_by(audits.c.id)
    return [Audit._make(row) for row in connection.execute(chosen)]


def findings_of(connection: Connection, ids: Iterable[int]) -> dict[int, list[Noted]]:
    """The findings that are kept with some audits, in reading order."""
    wanted = iter(dict.fromkeys(ids))
    found: dict[int, list[Noted]] = {}
    names = ["finding_id", *Noted._fields[1:]]
    while some := list(islice(wanted, _ASKED)):
        chosen = select(findings.c.audit_id, *(findings.c[name] for name in names)).where(
            findings.c.audit_id.in_(some)
        )
        for audit, *row in connection.execute(chosen.order_by(findings.c.audit_id, findings.c.position)):
            noted = Noted._make(row)
            found.setdefault(audit, []).append(noted._replace(severity=Severity(noted.severity)))
    return found


def forget(ledger: Ledger, number: int) -> int:
    """Takes an audit out, with all others of the same content and their findings; returns how many they were.

    Mailings stay: that something was mailed is not forgotten.
    """
    with ledger.writing() as connection:
        every = originals(all_audits(connection))
        contents = {audit.sha256 for audit in every if audit.id == number}
        ids = [audit.id for audit in every if audit.sha256 in contents]
        for some in (ids[at : at + _ASKED] for at in range(0, len(ids), _ASKED)):
            connection.execute(delete(audits).where(audits.c.id.in_(some)))
        return len(ids)
