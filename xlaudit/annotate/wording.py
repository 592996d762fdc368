"""The words of notes and of the findings sheet, and how figures read in them."""

from __future__ import annotations

import re
from decimal import Decimal

from xlaudit.amounts.show import show
from xlaudit.texts import Language, Text

SEVERITY_WORDS = {
    "error": Text("KESALAHAN", "ERROR"),
    "warning": Text("PERINGATAN", "WARNING"),
    "note": Text("CATATAN", "NOTE"),
}
STATED = Text("Tertulis", "Stated")
COMPUTED = Text("Terhitung", "Computed")
DIFFERENCE = Text("Selisih", "Difference")
CAUSE = Text("Penyebab", "Cause")
SUGGESTION = Text("Saran", "Suggestion")

SHEET_NAME = Text("Hasil Audit", "Audit Findings")
OPEN = Text("belum cocok", "open")
AGREES = Text("cocok", "agrees")
LATER = Text("diperiksa saat audit ulang", "checked at the next audit")
ANSWER = Text("Tanggapan", "Response")
NOTHING = Text("Tidak ada temuan.", "No findings.")
COUNTS = Text(
    "{error} kesalahan · {warning} peringatan · {note} catatan",
    "{error} errors · {warning} warnings · {note} notes",
)
CHECKS = Text("{checks} pemeriksaan dilakukan", "{checks} checks made")
UNJUDGED = Text("{unjudged} tidak dapat dinilai", "{unjudged} could not be judged")
FILE = Text("Berkas: {file}", "File: {file}")
DATE = Text("Tanggal audit: {date}", "Audited: {date}")
PERIOD = Text("Periode {period}", "Period {period}")
BASIS = Text("Dasar: {basis}", "Based on: {basis}")
PAGE = Text("Halaman &P dari &N", "Page &P of &N")

COLUMNS = (
    Text("No", "No"),
    Text("Tingkat", "Severity"),
    Text("Sel", "Cell"),
    Text("Uraian", "Item"),
    Text("Temuan", "Finding"),
    STATED,
    COMPUTED,
    DIFFERENCE,
    CAUSE,
    SUGGESTION,
    Text("Status", "Status"),
    ANSWER,
)

_DECIMAL = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def is_decimal(text: str) -> bool:
    """Whether a text is a plain decimal as the reports print figures."""
    return _DECIMAL.fullmatch(text) is not None


def fits_number(text: str) -> bool:
    """Whether a spreadsheet can hold the decimal without loss: at most 15 significant digits."""
    digits = text.lstrip("-").replace(".", "").strip("0") if "." in text else text.lstrip("-").strip("0")
    return is_decimal(text) and len(digits) <= 15


def shown(text: str, language: Language) -> str:
    """A plain decimal grouped as the language does (``1.234,5`` or ``1,234.5``); words as they are."""
    return show(Decimal(text), None, language) if is_decimal(text) else text
