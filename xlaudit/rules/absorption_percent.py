"""Persentase sama dengan realisasi dibagi pagu."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import SHARE
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Made, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text(
    "Tertulis {stated}, padahal realisasi dibagi pagu = {computed}.",
    "Stated {stated}, but realisasi divided by pagu = {computed}.",
)
_ADVICE = Text(
    "Hitung ulang realisasi ÷ pagu × 100; bila persentasenya benar, periksa realisasi dan pagu baris ini.",
    "Compute realisasi ÷ pagu × 100 again; if the percentage is right, check this row's realisasi and pagu.",
)


def check(book: Book) -> Iterator[Verdict]:
    """Compares every percentage of absorption with its row's amounts."""
    for table in book.tables:
        checked = book.checks(table).shares
        yield Made(checked.held)
        for relation in checked.open:
            verdict = judge(relation, book.mode(table), _MESSAGE, _ADVICE)
            if verdict is not None:
                yield verdict


RULE = Rule(
    SHARE,
    "absorption-percent",
    Text("Persentase tidak sama dengan realisasi ÷ pagu", "A percentage is not realisasi ÷ pagu"),
    Severity.ERROR,
    check,
)
