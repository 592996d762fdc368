"""Sisa anggaran sama dengan pagu dikurangi realisasi."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import REST
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Made, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text(
    "Sisa tertulis {stated}, padahal pagu dikurangi realisasi = {computed}; selisih {difference}.",
    "Sisa states {stated}, but pagu minus realisasi = {computed}; difference {difference}.",
)
_ADVICE = Text(
    "Hitung ulang pagu − realisasi; bila sisanya benar, periksa pagu dan realisasi baris ini.",
    "Compute pagu − realisasi again; if sisa is right, check this row's pagu and realisasi.",
)


def check(book: Book) -> Iterator[Verdict]:
    """Compares every remainder with its row's pagu and realisasi."""
    for table in book.tables:
        checked = book.checks(table).remainders
        yield Made(checked.held)
        for relation in checked.open:
            verdict = judge(relation, book.mode(table), _MESSAGE, _ADVICE)
            if verdict is not None:
                yield verdict


RULE = Rule(
    REST,
    "remaining-budget",
    Text("Sisa tidak sama dengan pagu − realisasi", "Sisa is not pagu − realisasi"),
    Severity.ERROR,
    check,
)
