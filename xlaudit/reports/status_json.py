"""Where all agencies stand, as data for machines: ``status.schema.json`` describes it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from xlaudit import __version__
from xlaudit.findings import Severity
from xlaudit.overview import Line, Listed, Overview
from xlaudit.standing import Audit, Noted, Standing, Submission

SCHEMA = "xlaudit-status/1"
_Data = dict[str, Any]


def status_json(found: Overview) -> str:
    """``xlaudit-status/1``: times are UTC, amounts strings of plain decimals, sentences Indonesian."""
    data: _Data = {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "ledger": found.ledger,
        "expected": found.expected,
        "groups": [
            {
                "year": group.year,
                "period": group.period,
                "document": group.document,
                "agencies": [_agency(line, found) for line in group.lines],
                "missing": [_missing(one, found) for one in group.missing],
            }
            for group in found.groups
        ],
        "unknown": [_standing(one, found) for one in found.unknown],
        "rejected": [_rejected(one) for one in found.rejected],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _missing(one: Listed, found: Overview) -> _Data:
    late = found.refused.get(one)
    return {
        "agency": one.name,
        "government": one.government or None,
        "rejected": None if late is None else _rejected(late),
    }


def _agency(line: Line, found: Overview) -> _Data:
    whose = {"agency": line.name, "government": line.standing.series.government or None, "listed": line.listed}
    return {**whose, **_standing(line.standing, found)}


def _standing(one: Standing, found: Overview) -> _Data:
    late = one.series.rejected
    return {
        "submissions": [_submission(submission, found) for submission in one.series.submissions],
        "open": [{**_noted(finding.finding), "since": _moment(finding.since)} for finding in one.open],
        "accepted": [_noted(finding) for finding in one.waived],
        "fixed": [_noted(finding) for finding in one.fixed],
        "summary": {str(severity): one.count(severity) for severity in Severity},
        "rejected": None if late is None else _rejected(late),
    }


def _submission(one: Submission, found: Overview) -> _Data:
    audit = one.audit
    return {
        "number": one.number,
        "received": _moment(one.received),
        "audited": _moment(audit.recorded_at),
        "by": audit.recorded_by,
        "path": audit.path,
        "sha256": audit.sha256,
        "version": audit.tool_version,
        "summary": {"error": audit.errors, "warning": audit.warnings, "note": audit.notes, "checks": audit.checks},
        "mailings": [
            {"state": mail.state, "changed": _moment(mail.at), "recipients": list(mail.recipients)}
            for mail in found.mailed.get(audit.sha256, ())
        ],
    }


def _noted(one: Noted) -> _Data:
    return {
        "id": one.id,
        "rule": one.rule,
        "name": one.name,
        "severity": str(one.severity),
        "sheet": one.sheet,
        "cell": one.cell,
        "label": one.label,
        "message": one.message,
        "stated": one.stated,
        "computed": one.computed,
        "difference": one.difference,
        "cause": one.cause or None,
        "certainty": one.certainty or None,
    }


def _rejected(audit: Audit) -> _Data:
    reason = {"code": audit.code, "message": audit.reason}
    return {"path": audit.path, "recorded": _moment(audit.recorded_at), "error": reason}


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
