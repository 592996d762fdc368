"""Findings written into a workbook, and taken out again, by splicing its parts."""

from xlaudit.annotate.cleaning import clean, is_annotated, read_answers, read_decisions
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.annotate.report_marks import marks_from_report
from xlaudit.annotate.signatures import is_signed
from xlaudit.annotate.writing import annotate

__all__ = [
    "Heading",
    "Mark",
    "annotate",
    "clean",
    "is_annotated",
    "is_signed",
    "marks_from_report",
    "read_answers",
    "read_decisions",
]
