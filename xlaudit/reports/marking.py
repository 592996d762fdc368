"""Turns an outcome into the marks that ``xlaudit.annotate`` writes into the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from xlaudit import __version__
from xlaudit.annotate.finding_marks import marks_from_findings
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.findings import Diagnosis
from xlaudit.outcome import Outcome
from xlaudit.reports.aside import unjudged_lines, unread_line
from xlaudit.reports.basis import TITLE, basis_lines
from xlaudit.reports.grouping import causes_of, worst_first
from xlaudit.reports.words import CERTAINTY, period_words
from xlaudit.texts import Language, Text
from xlaudit.waivers import written


def outcome_to_marks(outcome: Outcome, language: Language, today: date | None = None) -> tuple[list[Mark], Heading]:
    """One mark per finding, table by table, worst first, those accepted last; and the head of the findings sheet.

    ``today`` is the day of the audit; without it the head names no day.
    """
    causes = causes_of(outcome)
    order = {table.id: place for place, table in enumerate(outcome.tables)}
    findings = sorted(worst_first(outcome.findings), key=lambda one: order.get(one.table or "", len(order)))
    marks = marks_from_findings(findings, causes, [_hedged(one) for one in outcome.diagnoses], language)
    marks += marks_from_findings(outcome.waived, {}, (), language)
    heading = Heading(
        agency=", ".join(part for part in (outcome.identity.agency, outcome.identity.government) if part),
        period=period_words(outcome.identity, language),
        file=PurePath(outcome.path).name,
        version=__version__,
        date=written(today).get(language) if today is not None else "",
        checks=outcome.checks,
        unjudged=len(outcome.unjudged),
        details=tuple(_details(outcome, language)),
    )
    return marks, heading


_ASIDE = Text("Not checked")


def _details(outcome: Outcome, language: Language) -> Iterator[tuple[str, str]]:
    """What the findings rest on, and what was left aside."""
    basis = "; ".join(line.get(language) for line in basis_lines(outcome))
    if basis:
        yield TITLE.get(language), basis
    aside = [*unjudged_lines(outcome, language), unread_line(outcome, language)]
    if any(aside):
        yield _ASIDE.get(language), "\n".join(line for line in aside if line)


_HEDGED = Text("{message} ({likely})")


def _hedged(diagnosis: Diagnosis) -> Diagnosis:
    """A cause that is only likely says so wherever it is read."""
    if diagnosis.certainty != "likely":
        return diagnosis
    message, likely = diagnosis.message, CERTAINTY["likely"]
    return diagnosis._replace(message=_HEDGED.fill(message=message, likely=likely))
