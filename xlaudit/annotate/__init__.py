"""Findings written into a workbook, and taken out again, by splicing its parts."""

from xlaudit.annotate.cleaning import clean, is_annotated
from xlaudit.annotate.comparisonsheet import Compared, ComparedSheet
from xlaudit.annotate.listed import (
    Listed,
    answers_of,
    decisions_of,
    listed_rows,
    merged,
    read_answers,
    read_decisions,
    read_listed,
)
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.annotate.report_marks import marks_from_report
from xlaudit.annotate.signatures import is_signed
from xlaudit.annotate.writing import annotate

__all__ = [
    "Compared",
    "ComparedSheet",
    "Heading",
    "Listed",
    "Mark",
    "annotate",
    "answers_of",
    "clean",
    "decisions_of",
    "is_annotated",
    "is_signed",
    "listed_rows",
    "marks_from_report",
    "merged",
    "read_answers",
    "read_decisions",
    "read_listed",
]
