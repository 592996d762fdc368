"""The words of notes and of the findings sheet, and how figures read in them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from xlaudit.amounts.show import show
from xlaudit.annotate.marks import MarkSeverity
from xlaudit.patterns import pattern
from xlaudit.texts import Language, Text, plural, sense

SEVERITY_WORDS = {
    "error": Text("ERROR"),
    "warning": Text("WARNING"),
    "note": Text("NOTE"),
}
STATED = Text("Stated")
COMPUTED = Text("Computed")
DIFFERENCE = Text("Difference")
CAUSE = Text("Cause")
SUGGESTION = Text("Suggestion")

SHEET_NAME = Text("Audit Findings")
OPEN = Text("open")
AGREES = Text("agrees")
LATER = Text("checked at the next audit")
ANSWER = Text("Response")
ANSWER_STATUS = sense("answer", "Status")
DECISION = Text("Decision")
DECISION_HINT = Text(
    "If the finding is accepted write the reason and your name, such as: accepted: as in the revised DPA (by A. "
    "Auditor, until 2025-12-31). It will not count in the next audit.",
)
STATUS_HINT = Text(
    "Choose what was done: fixed (the figure is mended), explained (it is right; the reason stands under Response), "
    "or not agreed."
)
STATUS_ONLY = Text("Please choose from the list, and write anything else under Response.")
ACCEPTED = Text("accepted")
WAIVED = Text("{waived} accepted")
NOTHING = Text("No findings.")
COUNTS: dict[MarkSeverity, Text] = {
    "error": plural("{n} error", "{n} errors"),
    "warning": plural("{n} warning", "{n} warnings"),
    "note": plural("{n} note", "{n} notes"),
}
CHECKS = plural("{checks} check made", "{checks} checks made")
"""Filled with ``checks`` as it is printed and ``n``, the same as a number."""
UNJUDGED = Text("{unjudged} could not be judged")
FILE = Text("File: {file}")
DATE = Text("Audited: {date}")
PERIOD = Text("Period {period}")
BY_XLAUDIT = Text("Result of the audit")
BY_AGENCY = Text("Filled in by the agency")
BY_AUDITOR = Text("Filled in by the auditor")
PROGRESS = Text("Still {state}: {open} · answered: {answered}")
GONE = Text("{cell} (deleted)")
GONE_BY_NOW = Text("no longer found")
"""The state of an earlier finding that has an answer."""
COMPARISON_SHEET = Text("Audit Comparison")
SIGNED_AUDITOR = Text("Auditor,")
SIGNED_AGENCY = Text("On behalf of the agency,")
PLACE_AND_DAY = Text("Place, date: {dots}")
PAGE = Text("Page &P of &N")

COLUMNS = (
    Text("No"),
    Text("Severity"),
    Text("Cell"),
    Text("Finding"),
    STATED,
    COMPUTED,
    DIFFERENCE,
    CAUSE,
    SUGGESTION,
    Text("State"),
    ANSWER,
    ANSWER_STATUS,
    DECISION,
)
"""The heads of the findings sheet, from left to right; see ``columns``."""

_DECIMAL = pattern(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def is_decimal(text: str) -> bool:
    """Whether a text is a plain decimal as the reports print figures."""
    return _DECIMAL.fullmatch(text) is not None


@lru_cache(maxsize=1024)  # here and below: a figure stands in its note, its row of the list and its repair
def fits_number(text: str) -> bool:
    """Whether a spreadsheet can hold the decimal without loss: at most 15 significant digits."""
    digits = text.lstrip("-").replace(".", "").strip("0") if "." in text else text.lstrip("-").strip("0")
    return is_decimal(text) and len(digits) <= 15


@lru_cache(maxsize=1024)
def shown(text: str, language: Language) -> str:
    """A plain decimal grouped as the language does (``1.234,5`` or ``1,234.5``); words as they are."""
    return show(Decimal(text), None, language) if is_decimal(text) else text
