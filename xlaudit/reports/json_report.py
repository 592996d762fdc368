"""The report for machines: the contract's ``xlaudit-report/1``, described by ``report.schema.json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlaudit import __version__
from xlaudit.findings import Diagnosis, Finding, Place, Severity, Unjudged, Waived
from xlaudit.outcome import Convention, Outcome, RuleCrash, TableSummary
from xlaudit.reports.formats import Report
from xlaudit.reports.jsontext import dumped, listed
from xlaudit.texts import Language

SCHEMA = "xlaudit-report/1"

Data = dict[str, Any]


class JsonReport(Report):
    """Sentences are always Indonesian: what a machine reads does not depend on ``--lang``."""

    def pieces(self, outcomes: Sequence[Outcome], language: Language) -> Iterator[str]:
        total = _Total()
        head, tail = dumped(_report([], {})).split('"workbooks": []')
        yield f'{head}"workbooks": '
        yield from listed((total.with_(_workbook(outcome)) for outcome in outcomes), 2)
        yield tail.replace('"summary": {}', f'"summary": {dumped(total.data, 1)}') + "\n"


def report_data(outcomes: Sequence[Outcome]) -> Data:
    """The report as plain dictionaries and lists, in the order of the contract."""
    total = _Total()
    return _report([total.with_(_workbook(outcome)) for outcome in outcomes], total.data)


def _report(books: list[Data], summary: Data) -> Data:
    return {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "workbooks": books,
        "summary": summary,
    }


class _Total:
    """The summary of all workbooks, counted as they pass."""

    def __init__(self) -> None:
        self.data: Data = {"workbooks": 0, "rejected": 0}
        self.data |= {str(key): 0 for key in (*Severity, "waived", "unjudged", "checks")}

    def with_(self, book: Data) -> Data:
        """The same workbook, counted."""
        self.data["workbooks"] += 1
        self.data["rejected"] += book["error"] is not None
        for key, count in book.get("summary", {}).items():
            self.data[key] += count
        return book


def _workbook(outcome: Outcome) -> Data:
    if outcome.failure is not None:
        error = {"code": outcome.failure.code, "message": outcome.failure.message.id}
        return {"path": outcome.path, "status": "rejected", "error": error}
    summary: Data = {str(severity): outcome.count(severity) for severity in Severity}
    summary["waived"] = len(outcome.waived)
    template = None
    if outcome.template is not None:
        template = {"name": outcome.template[0], "version": outcome.template[1]}
    data: Data = {
        "path": outcome.path,
        "status": "audited",
        "error": None,
        "annotated": outcome.annotated,
        "template": template,
        "tables": [_table(table) for table in outcome.tables],
        "findings": [_answered(finding, outcome) for finding in (*outcome.findings, *outcome.waived)],
        "diagnoses": [_diagnosis(diagnosis) for diagnosis in outcome.diagnoses],
        "unjudged": [_unjudged(one) for one in outcome.unjudged],
        "summary": summary | {"unjudged": len(outcome.unjudged), "checks": outcome.checks},
    }
    if outcome.unread:
        data["unread"] = list(outcome.unread)
    if outcome.remarks:
        data["remarks"] = [remark.id for remark in outcome.remarks]
    if outcome.conventions:
        data["conventions"] = [_convention(one) for one in outcome.conventions]
    if outcome.crashes:
        data["crashes"] = [_crash(crash) for crash in outcome.crashes]
    return data


def _convention(one: Convention) -> Data:
    return {
        "name": one.name,
        "value": one.value.id,
        "basis": one.why.value,
        "source": None if one.source is None else one.source.id,
        "tables": list(one.tables),
    }


def _crash(crash: RuleCrash) -> Data:
    data: Data = {"rule": crash.rule, "detail": crash.detail}
    return data | {"package": crash.package} if crash.package else data


def _table(table: TableSummary) -> Data:
    return {
        "id": table.id,
        "kind": table.kind,
        "sheet": table.sheet,
        "range": table.range,
        "title": table.title,
        "rows": table.rows,
        "columns": table.columns,
        "rounding": table.rounding,
        "remarks": [remark.id for remark in table.remarks],
    }


def finding_data(finding: Finding) -> Data:
    """One finding as the schema has it."""
    data: Data = {
        "id": finding.id,
        "rule": finding.rule,
        "name": finding.name,
        "severity": str(finding.severity),
        "table": finding.table,
        **_place(finding.place),
        "label": finding.label.id,
        "message": finding.message.id,
        "advice": finding.advice.id if finding.advice is not None else None,
        "stated": finding.stated,
        "computed": finding.computed,
        "difference": finding.difference,
        "because": [_place(place) for place in finding.because],
        "diagnosis": finding.diagnosis,
        "live": finding.live,
    }
    if finding.waived is not None:
        data["waived"] = _waived(finding.waived)
    if finding.elsewhere:
        data["elsewhere"] = [{"path": e.path, "sheet": e.sheet, "cell": e.cell} for e in finding.elsewhere]
    return data


def _answered(finding: Finding, outcome: Outcome) -> Data:
    answer = outcome.answers.get(finding.id)
    data = finding_data(finding)
    return data if answer is None else {**data, "answer": answer.text or None, "answer_status": answer.status or None}


def _waived(waived: Waived) -> Data:
    return {
        "reason": waived.reason,
        "by": waived.by,
        "until": None if waived.until is None else waived.until.isoformat(),
        "source": waived.source,
    }


def _diagnosis(diagnosis: Diagnosis) -> Data:
    return {
        "id": diagnosis.id,
        "cause": diagnosis.cause,
        "certainty": diagnosis.certainty,
        "message": diagnosis.message.id,
        "repairs": [
            {**_place(repair.place), "stated": repair.stated, "suggested": repair.suggested}
            for repair in diagnosis.repairs
        ],
        "explains": list(diagnosis.explains),
    }


def _unjudged(one: Unjudged) -> Data:
    return {"rule": one.rule, **_place(one.place), "reason": one.reason.id}


def _place(place: Place) -> Data:
    return {"sheet": place.sheet, "cell": place.cell}
