"""Findings written into a workbook, and taken out again, by splicing its parts."""

from xlaudit.annotate.cleaning import clean
from xlaudit.annotate.comparisonsheet import Compared, ComparedSheet
from xlaudit.annotate.listed import Listed, answers_of, decisions_of, listed_rows, merged
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.annotate.report_marks import marks_from_report
from xlaudit.annotate.signatures import is_signed
from xlaudit.annotate.source import Source, is_annotated, opened, read_listed
from xlaudit.annotate.writing import annotate

__all__ = [
    "Compared",
    "ComparedSheet",
    "Heading",
    "Listed",
    "Mark",
    "Source",
    "annotate",
    "answers_of",
    "clean",
    "decisions_of",
    "is_annotated",
    "is_signed",
    "listed_rows",
    "marks_from_report",
    "merged",
    "opened",
    "read_listed",
]
