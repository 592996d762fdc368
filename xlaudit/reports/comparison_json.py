"""What a resubmission changed, as data for machines: ``comparison.schema.json`` describes it."""

from __future__ import annotations

import json

from xlaudit import __version__
from xlaudit.changes import Comparison, Line, Revised
from xlaudit.findings import Finding, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.comparison_entries import Entry, Group, entries
from xlaudit.reports.json_report import Data, finding_data

SCHEMA = "xlaudit-comparison/1"


def comparison_json(found: Comparison) -> str:
    """``xlaudit-comparison/1``: findings as in the report of an audit; sentences are Indonesian."""
    contested = {now.id for _, now in found.contested}
    data: Data = {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "old": {"path": found.old.path, "summary": _numbers(found.old)},
        "new": {"path": found.new.path, "summary": _numbers(found.new)},
        "compared_with": "ledger" if found.by_record else "workbook",
        "fixed": [_fixed(entry, found) for entry in entries(found)[Group.FIXED]],
        "open": [
            {"old": _answered(was, found, now), "new": _answered(now, found, was), "contested": now.id in contested}
            for was, now in found.open
        ],
        "come": [_answered(finding, found) for finding in found.come],
        "waived": [_answered(finding, found) for finding in found.waived],
        "figures": {
            "asked": [_revised(one) for one in found.asked],
            "following": [_revised(one) for one in found.following],
            "silent": [_revised(one) for one in found.silent],
        },
        "rows": {"added": [_line(one) for one in found.added], "removed": [_line(one) for one in found.removed]},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _answered(finding: Finding, found: Comparison, partner: Finding | None = None) -> Data:
    answer = found.answer(*((finding,) if partner is None else (finding, partner)))
    return {**finding_data(finding), "answer": answer.text or None, "answer_status": answer.status or None}


def _fixed(entry: Entry, found: Comparison) -> Data:
    finding = entry.finding
    assert finding is not None
    now: Data | None = None
    if found.places.get(finding.place) is not None:
        now = {"sheet": entry.place.sheet, "cell": entry.place.cell, "value": entry.after}
    remark = None if entry.verdict is None else entry.verdict.id
    return {**_answered(finding, found), "now": now, "remark": remark}


def _revised(one: Revised) -> Data:
    return {
        "label": one.label.id,
        "sheet": one.after_place.sheet,
        "cell": one.after_place.cell,
        "old_sheet": one.before_place.sheet,
        "old_cell": one.before_place.cell,
        "before": one.before,
        "after": one.after,
    }


def _line(one: Line) -> Data:
    return {"sheet": one.place.sheet, "cell": one.place.cell, "label": one.label, "rows": one.rows}


def _numbers(outcome: Outcome) -> dict[str, int]:
    return {str(severity): outcome.count(severity) for severity in Severity}
