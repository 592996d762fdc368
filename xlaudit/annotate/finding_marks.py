"""Findings and diagnoses as marks: where a cause is known it stands with each finding it explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlaudit.annotate.marks import Mark
from xlaudit.annotate.wording import shown
from xlaudit.findings import Diagnosis, Finding
from xlaudit.texts import Language, Text

REPAIR = Text("ubah {place} dari {stated} menjadi {suggested}", "change {place} from {stated} to {suggested}")
OR = Text("; atau ", "; or ")


def marks_from_findings(
    findings: Iterable[Finding], diagnoses: Sequence[Diagnosis] = (), language: Language = "id"
) -> list[Mark]:
    """One mark per finding, in their order."""
    by_id = {diagnosis.id: diagnosis for diagnosis in diagnoses}
    marks = []
    for finding in findings:
        diagnosis = by_id.get(finding.diagnosis or "")
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
            )
        )
    return marks


def suggested(
    repairs: Sequence[tuple[str, str, str, str]], sheet: str, either: bool, language: Language
) -> str:
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
