"""What is said of consistent workbooks: whatever it is, it is a false alarm."""

from __future__ import annotations

from collections import Counter

from documents import document

from accuracy.judging import audited
from accuracy.one import rows_of
from xlaudit.findings import Severity

COUNTED = ("workbooks", "rows", "checks", "errors", "warnings", "diagnoses", "rejected", "ms")


def audit_of(task: tuple[int, int]) -> tuple[Counter[str], list[str]]:
    """Counts of one workbook, and what was said."""
    number, seed = task
    rows = rows_of(number)
    made = document(seed + number, None, rows)
    outcome, seconds = audited(made)
    loud = [f for f in outcome.findings if f.severity is not Severity.NOTE]
    said = Counter(
        workbooks=1,
        rows=sum(table.rows for table in outcome.tables),
        checks=outcome.checks,
        errors=outcome.count(Severity.ERROR),
        warnings=outcome.count(Severity.WARNING),
        diagnoses=len(outcome.diagnoses),
        rejected=int(outcome.failure is not None or bool(outcome.crashes)),
        ms=int(seconds * 1000),
    )
    where = f"consistent workbook of seed {seed + number}, {rows or 'about 20'} rows, {'+'.join(made.recipe)}"
    return said, [f"{where}: {f.severity} {f.rule} {f.place.sheet}!{f.place.cell} {f.message.en}" for f in loud]
