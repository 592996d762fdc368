"""The sheets that xlaudit put into a workbook, found again under whatever name and wherever they were moved to."""

from __future__ import annotations

import re

from xlaudit.annotate.book import Book, SheetRef
from xlaudit.annotate.columns import ID_HEADER
from xlaudit.annotate.values import sheet_texts
from xlaudit.annotate.wording import COMPARISON_SHEET, SHEET_NAME
from xlaudit.findings import COMPARISON_NAME, FINDINGS_NAME
from xlaudit.patterns import pattern
from xlaudit.texts import Text

COMPARISON_HEADER = "xlaudit:comparison"
"""The head of the hidden column of the comparison sheet."""

_POINTS_AT = pattern(r"(?:'((?:[^']|'')+)'|([^'!]+))!.*", re.DOTALL)


def holds_ours(book: Book) -> bool:
    """Whether a workbook has the name that points at the findings sheet, or the sheet itself."""
    named = any(name.get("name") == FINDINGS_NAME for name in book.defined_names())
    return named or findings_sheet_of(book) is not None


def findings_sheet_of(book: Book) -> SheetRef | None:
    """The findings sheet: by the defined name, else by the head of its hidden column."""
    return _named(book, FINDINGS_NAME) or _headed(book, SHEET_NAME, ID_HEADER)


def own_sheets(book: Book) -> list[SheetRef]:
    """All sheets of ours."""
    comparison = _named(book, COMPARISON_NAME) or _headed(book, COMPARISON_SHEET, COMPARISON_HEADER)
    return [sheet for sheet in (findings_sheet_of(book), comparison) if sheet is not None]


def _named(book: Book, wanted: str) -> SheetRef | None:
    for name in book.defined_names():
        if name.get("name") == wanted:
            match = _POINTS_AT.fullmatch(name.text)
            sheet = book.sheet((match[1] or match[2]).replace("''", "'")) if match else None
            if sheet is not None and sheet.kind == "worksheet":
                return sheet
    return None


def _headed(book: Book, title: Text, head: str) -> SheetRef | None:
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet.name.startswith((title.id, title.en)):
            rows = sheet_texts(book, sheet)
            if any(head in row.values() for row in rows.values()):
                return sheet
    return None
