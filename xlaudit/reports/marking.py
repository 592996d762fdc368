"""Turns an outcome into the marks that ``xlaudit.annotate`` writes into the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePath

from xlaudit import __version__
from xlaudit.annotate.finding_marks import marks_from_findings
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.findings import Diagnosis
from xlaudit.outcome import Outcome
from xlaudit.reports.basis import basis_lines
from xlaudit.reports.grouping import causes_of, worst_first
from xlaudit.reports.words import CERTAINTY
from xlaudit.texts import Language, Text
from xlaudit.waivers import written


def outcome_to_marks(outcome: Outcome, language: Language, today: date | None = None) -> tuple[list[Mark], Heading]:
    """One mark per finding, table by table, worst first, those accepted last; and the head of the findings sheet.

    ``today`` is the day of the audit; without it the head names no day.
    """
    causes = causes_of(outcome)
    order = {table.id: place for place, table in enumerate(outcome.tables)}
    findings = sorted(worst_first(outcome.findings), key=lambda one: order.get(one.table or "", len(order)))
    explained = [replace(one, diagnosis=causes.get(one.id)) for one in findings]
    marks = marks_from_findings(explained, [_hedged(one) for one in outcome.diagnoses], language)
    marks += marks_from_findings(outcome.waived, (), language)
    heading = Heading(
        file=PurePath(outcome.path).name,
        version=__version__,
        date=written(today).get(language) if today is not None else "",
        checks=outcome.checks,
        unjudged=len(outcome.unjudged),
        basis="; ".join(line.get(language) for line in basis_lines(outcome)),
    )
    return marks, heading


_HEDGED = Text("{message} ({likely})")


def _hedged(diagnosis: Diagnosis) -> Diagnosis:
    """A cause that is only likely says so wherever it is read."""
    if diagnosis.certainty != "likely":
        return diagnosis
    message, likely = diagnosis.message, CERTAINTY["likely"]
    return replace(diagnosis, message=_HEDGED.fill(message=message, likely=likely))
