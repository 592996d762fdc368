"""Findings and diagnoses as marks: what a cause explains stands folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlaudit.annotate.folding import Cause, Mend, fold
from xlaudit.annotate.marks import Mark
from xlaudit.findings import Diagnosis, Finding, is_word
from xlaudit.texts import Language
from xlaudit.waivers import acceptance, decision_text


def marks_from_findings(
    findings: Iterable[Finding], causes: Mapping[str, str], diagnoses: Sequence[Diagnosis], language: Language
) -> list[Mark]:
    """One mark per finding, in their order, and one per cause before what it explains; see ``folding``.

    ``causes`` are the ids of diagnoses by those of findings.
    """
    said = {diagnosis.id: _cause(diagnosis, language) for diagnosis in diagnoses}
    return fold([(_mark(finding, language), causes.get(finding.id, "")) for finding in findings], said, language)


def _cause(diagnosis: Diagnosis, language: Language) -> Cause:
    mends = (Mend(one.place.sheet, one.place.cell, one.stated, one.suggested) for one in diagnosis.repairs)
    return Cause(diagnosis.message.get(language), tuple(mends), diagnosis.certainty == "unclear")


def _mark(finding: Finding, language: Language) -> Mark:
    waived, message = finding.waived, finding.message.get(language)
    return Mark(
        sheet=finding.place.sheet,
        cell=finding.place.cell,
        severity=finding.severity.value,
        message=message,
        id=finding.id,
        rule=finding.rule,
        label=finding.label.get(language),
        stated=finding.stated,
        computed=finding.computed,
        difference=finding.difference,
        suggestion=finding.advice.get(language) if finding.advice else "",
        live=finding.live,
        words=is_word(finding.stated, message) if language == "id" else finding.states_word,
        waived="" if waived is None else acceptance(waived).get(language),
        decision=decision_text(waived, language) if waived is not None and waived.in_workbook else "",
    )
