"""Turns an outcome into the marks that ``xlaudit.annotate`` writes into the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Literal

from xlaudit import __version__
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.findings import Diagnosis, Finding, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.grouping import causes_of, worst_first
from xlaudit.reports.words import CERTAINTY, shown
from xlaudit.texts import Language, Text

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_OR = Text(id=" atau ", en=" or ")


def outcome_to_marks(
    outcome: Outcome, language: Language, today: date | None = None
) -> tuple[list[Mark], Heading]:
    """One mark per finding, table by table, worst first, and the head of the findings sheet.

    ``today`` is the day of the audit; without it the head names no day.
    """
    causes = causes_of(outcome)
    known = {diagnosis.id: diagnosis for diagnosis in outcome.diagnoses}
    order = {table.id: place for place, table in enumerate(outcome.tables)}
    findings = sorted(worst_first(outcome.findings), key=lambda one: order.get(one.table or "", len(order)))
    marks = [_mark(one, known.get(causes.get(one.id, "")), language) for one in findings]
    heading = Heading(
        file=PurePath(outcome.path).name,
        version=__version__,
        date=written(today, language) if today is not None else "",
        checks=outcome.checks,
        unjudged=len(outcome.unjudged),
    )
    return marks, heading


def written(day: date, language: Language) -> str:
    """``5 Februari 2025`` in Indonesian, ``2025-02-05`` in English."""
    return day.isoformat() if language == "en" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _mark(finding: Finding, diagnosis: Diagnosis | None, language: Language) -> Mark:
    return Mark(
        sheet=finding.place.sheet,
        cell=finding.place.cell,
        severity=_severity(finding.severity),
        message=finding.message.get(language),
        id=finding.id,
        rule=finding.rule,
        label=finding.label.get(language),
        stated=finding.stated,
        computed=finding.computed,
        difference=finding.difference,
        cause=_cause(diagnosis, language) if diagnosis is not None else "",
        suggestion=_suggestion(finding, diagnosis, language),
        live=finding.live,
    )


def _severity(severity: Severity) -> Literal["error", "warning", "note"]:
    if severity is Severity.ERROR:
        return "error"
    return "warning" if severity is Severity.WARNING else "note"


def _cause(diagnosis: Diagnosis, language: Language) -> str:
    message = diagnosis.message.get(language)
    if diagnosis.certainty != "likely":
        return message
    return f"{message} ({CERTAINTY['likely'].get(language)})"


def _suggestion(finding: Finding, diagnosis: Diagnosis | None, language: Language) -> str:
    """The repairs of the cause, then the advice of the rule. Where the cause is unclear any one will do."""
    parts = []
    if diagnosis is not None and diagnosis.repairs:
        between = _OR.get(language) if diagnosis.certainty == "unclear" else "; "
        parts.append(between.join(_repair(diagnosis, finding, language)))
    if finding.advice is not None:
        parts.append(finding.advice.get(language))
    return ". ".join(part.rstrip(".") for part in parts) + "." if parts else ""


def _repair(diagnosis: Diagnosis, finding: Finding, language: Language) -> list[str]:
    lines = []
    for repair in diagnosis.repairs:
        place = repair.place
        cell = place.cell if place.sheet == finding.place.sheet else f"{place.sheet}!{place.cell}"
        lines.append(f"{cell}: {shown(repair.stated, language)} → {shown(repair.suggested, language)}")
    return lines
