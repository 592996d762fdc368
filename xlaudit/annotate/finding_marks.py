"""Findings and diagnoses as marks: where a cause is known it stands with each finding it explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlaudit.annotate.marks import Mark
from xlaudit.annotate.wording import shown
from xlaudit.findings import SEVERITY_ORDER, Diagnosis, Finding
from xlaudit.texts import Language, Text, plural
from xlaudit.waivers import acceptance, decision_text

REPAIR = Text("change {place} from {stated} to {suggested}")
OR = Text("; or ")
ROOT = Text("Root of the error")
EXPLAINS = plural("This cell explains {n} finding.", "This cell explains {n} findings.")
_MOST_CHECKS = 5
"""The checks of so many findings are joined into one; more would make too long a formula."""


def marks_from_findings(
    findings: Iterable[Finding], diagnoses: Sequence[Diagnosis] = (), language: Language = "id"
) -> list[Mark]:
    """One mark per finding, in their order; before the first that a cause explains, the cell of the cause.

    That cell gets no mark of its own where it has a finding anyway, or where several cells may be the cause.
    """
    findings = list(findings)
    occupied = {finding.place for finding in findings}
    roots = {
        diagnosis.id: diagnosis
        for diagnosis in diagnoses
        if diagnosis.certainty != "unclear"
        and len(diagnosis.repairs) == 1
        and diagnosis.repairs[0].place not in occupied
    }
    by_id = {diagnosis.id: diagnosis for diagnosis in diagnoses}
    marks = []
    for finding in findings:
        diagnosis = by_id.get(finding.diagnosis or "")
        if diagnosis is not None and diagnosis.id in roots:
            del roots[diagnosis.id]
            marks.append(_root(diagnosis, [f for f in findings if f.diagnosis == diagnosis.id], language))
        suggestion = finding.advice.get(language) if finding.advice else ""
        if diagnosis is not None and diagnosis.repairs:
            suggestion = suggested(
                [
                    (repair.place.sheet, repair.place.cell, repair.stated, repair.suggested)
                    for repair in diagnosis.repairs
                ],
                finding.place.sheet,
                diagnosis.certainty == "unclear",
                language,
            )
        marks.append(
            Mark(
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
                cause=diagnosis.message.get(language) if diagnosis else "",
                suggestion=suggestion,
                live=finding.live,
                waived="" if finding.waived is None else acceptance(finding.waived).get(language),
                decision=decision_text(finding.waived, language)
                if finding.waived is not None and finding.waived.in_workbook
                else "",
            )
        )
    return marks


def _root(diagnosis: Diagnosis, explained: Sequence[Finding], language: Language) -> Mark:
    """The mark at the one cell that explains several findings."""
    repair = diagnosis.repairs[0]
    stated, right = repair.stated, repair.suggested
    worst = min((finding.severity for finding in explained), key=lambda severity: SEVERITY_ORDER[severity])
    checks = [f.live for f in explained if f.live and f.place.sheet == repair.place.sheet]
    return Mark(
        sheet=repair.place.sheet,
        cell=repair.place.cell,
        severity=worst.value,
        message=EXPLAINS.fill(n=len(explained)).get(language),
        id="sebab-" + explained[0].id,
        label=ROOT.get(language),
        stated=stated,
        computed=right,
        cause=diagnosis.message.get(language),
        suggestion=suggested(
            [(repair.place.sheet, repair.place.cell, stated, right)], repair.place.sheet, False, language
        ),
        live=f"OR({','.join(checks)})" if 0 < len(checks) <= _MOST_CHECKS else None,
        root=True,
    )


def suggested(repairs: Sequence[tuple[str, str, str, str]], sheet: str, either: bool, language: Language) -> str:
    """Repairs (sheet, cell, stated, suggested) as one sentence; ``either`` where any one of them would do."""
    sentences = [
        REPAIR.fill(
            place=cell if where == sheet else f"{where}!{cell}",
            stated=shown(stated, language),
            suggested=shown(value, language),
        ).get(language)
        for where, cell, stated, value in repairs
    ]
    text = (OR.get(language) if either else "; ").join(sentences)
    return text[:1].upper() + text[1:]
