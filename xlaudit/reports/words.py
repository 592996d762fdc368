"""The words of the reports, and how a value from a workbook is printed for people."""

from __future__ import annotations

import textwrap
from decimal import Decimal, InvalidOperation

from xlaudit.amounts.show import show
from xlaudit.findings import Severity
from xlaudit.texts import Language, Text

WIDTH = 100
"""Characters in a line of the text reports."""

SEVERITIES = {
    Severity.ERROR: Text(id="KESALAHAN", en="ERROR"),
    Severity.WARNING: Text(id="PERINGATAN", en="WARNING"),
    Severity.NOTE: Text(id="CATATAN", en="NOTE"),
}
_COUNTED = {
    Severity.ERROR: (Text("{n} kesalahan", "{n} error"), Text("{n} kesalahan", "{n} errors")),
    Severity.WARNING: (Text("{n} peringatan", "{n} warning"), Text("{n} peringatan", "{n} warnings")),
    Severity.NOTE: (Text("{n} catatan", "{n} note"), Text("{n} catatan", "{n} notes")),
}
KINDS = {
    "pengukuran_kinerja": Text(id="Pengukuran Kinerja", en="Performance Measurement"),
    "realisasi_anggaran": Text(id="Realisasi Anggaran", en="Budget Realisation"),
    "kinerja_anggaran": Text(id="Kinerja dan Anggaran", en="Performance and Budget"),
    "efisiensi": Text(id="Efisiensi", en="Efficiency"),
    "perbandingan": Text(id="Perbandingan", en="Comparison over Years"),
    "perjanjian_kinerja": Text(id="Perjanjian Kinerja", en="Performance Agreement"),
    "evaluasi_triwulan": Text(id="Evaluasi Triwulan", en="Quarterly Evaluation"),
    "lainnya": Text(id="Tabel lain", en="Other Table"),
}
CERTAINTY = {
    "certain": Text(id="pasti", en="certain"),
    "likely": Text(id="kemungkinan besar", en="likely"),
    "unclear": Text(id="belum pasti, salah satu dari", en="not certain, one of"),
}


def counted(severity: Severity, number: int) -> Text:
    """``3 kesalahan``, ``1 error``, ``3 errors``."""
    return _COUNTED[severity][number != 1].fill(n=number)


def shown(value: str | None, language: Language) -> str | None:
    """A plain decimal of a finding as people write it; words stay as they are; None stays None."""
    if value is None:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return one_line(value)
    return show(number, None, language) if number.is_finite() else one_line(value)


def one_line(text: str) -> str:
    """A text out of a file in one line, without characters that would steer the reader's terminal."""
    visible = "".join(mark if mark.isprintable() or mark.isspace() else "\ufffd" for mark in text)
    return " ".join(visible.split())


def wrapped(text: str, indent: int) -> list[str]:
    """A text in lines of at most ``WIDTH`` characters, words and numbers kept whole."""
    margin = " " * indent
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
