"""Findings and diagnoses as marks: what a cause explains stands folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlaudit.annotate.folding import Cause, Mend, fold
from xlaudit.annotate.marks import Mark
from xlaudit.findings import Diagnosis, Finding
from xlaudit.texts import Language
from xlaudit.waivers import acceptance, decision_text


def marks_from_findings(
    findings: Iterable[Finding], diagnoses: Sequence[Diagnosis] = (), language: Language = "id"
) -> list[Mark]:
    """One mark per finding, in their order, and one per cause before what it explains; see ``folding``."""
    causes = {diagnosis.id: _cause(diagnosis, language) for diagnosis in diagnoses}
    return fold([(_mark(finding, language), finding.diagnosis or "") for finding in findings], causes, language)


def _cause(diagnosis: Diagnosis, language: Language) -> Cause:
    mends = (Mend(one.place.sheet, one.place.cell, one.stated, one.suggested) for one in diagnosis.repairs)
    return Cause(diagnosis.message.get(language), tuple(mends), diagnosis.certainty == "unclear")


def _mark(finding: Finding, language: Language) -> Mark:
    waived = finding.waived
    return Mark(
        sheet=finding.place.sheet,
        cell=finding.place.cell,
        severity=finding.severity.value,
        message=finding.message.get(language),
        id=finding.id,
        rule=finding.rule,
        label=finding.label.get(language),
        stated=finding.stated,
        computed=finding.computed,
        difference=finding.difference,
        suggestion=finding.advice.get(language) if finding.advice else "",
        live=finding.live,
        words=finding.states_word,
        waived="" if waived is None else acceptance(waived).get(language),
        decision=decision_text(waived, language) if waived is not None and waived.in_workbook else "",
    )
