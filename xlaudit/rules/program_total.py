"""Jumlah induk sama dengan jumlah rinciannya."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import SUM
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text(
    "Tertulis {stated}, padahal {n} rincian di bawahnya berjumlah {computed}; selisih {difference}.",
    "Stated {stated}, but the {n} rows below it add up to {computed}; difference {difference}.",
)
_ADVICE = Text(
    "Periksa angka induk dan setiap rinciannya terhadap DPA atau LRA, lalu perbaiki yang keliru.",
    "Check the parent and each row below it against the DPA or LRA and mend the one that is wrong.",
)


def check(book: Book) -> Iterator[Verdict]:
    """Compares every parent with the sum of the rows right below it."""
    for table in book.tables:
        checked = book.checks(table).sums
        yield Made(checked.held)
        for relation in checked.open:
            verdict = judge(relation, book.mode(table), _MESSAGE, _ADVICE)
            if isinstance(verdict, Flag) and relation.target.figure.amount == 0:
                yield replace(verdict, severity=Severity.WARNING)
            elif verdict is not None:
                yield verdict


RULE = Rule(
    SUM,
    "program-total",
    Text("Jumlah induk tidak sama dengan rinciannya", "A parent is not the sum of its children"),
    Severity.ERROR,
    check,
)
