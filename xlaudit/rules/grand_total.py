"""Baris jumlah sama dengan jumlah baris-baris di atasnya."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import TOTAL, totals
from xlaudit.findings import Severity
from xlaudit.relations import Holds, Relation, computed, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Rule, Skip, Verdict
from xlaudit.tables import Table
from xlaudit.texts import Text

_MESSAGE = Text(
    "Jumlah tertulis {stated}, padahal {n} baris yang dijumlahkan menghasilkan {computed}; selisih {difference}.",
    "The total states {stated}, but the {n} rows it adds up give {computed}; difference {difference}.",
)
_ADVICE = Text(
    "Jumlahkan ulang kolom ini; bila jumlahnya benar, salah satu baris di atasnya keliru.",
    "Add the column up again; if the total is right, one of the rows above is wrong.",
)
_LEVELS_UNKNOWN = Text(
    "tingkatan baris tidak dapat dikenali, sehingga tidak jelas baris mana yang dijumlahkan",
    "the levels of the rows could not be told, so it is not clear which rows add up",
)


def check(book: Book) -> Iterator[Verdict]:
    """Compares every total row with the rows it adds up."""
    for table in book.tables:
        for relation in totals(table):
            if _levels_unknown(table, relation):
                yield Skip(table, relation.target.figure.cell, _LEVELS_UNKNOWN)
                continue
            verdict = judge(relation, book.mode(table), _MESSAGE, _ADVICE)
            if verdict is not None:
                yield verdict


def _levels_unknown(table: Table, relation: Relation) -> bool:
    """A flat table whose rows add up to far more than the total has parents and children mixed."""
    if table.levels_from != "flat" or holds(relation) is not Holds.NO:
        return False
    reached = computed(relation)
    stated = relation.target.figure.value
    return reached is not None and stated is not None and stated > 0 and reached * 2 > stated * 3 and len(relation.terms) > 2


RULE = Rule(
    TOTAL,
    "grand-total",
    Text("Baris jumlah tidak sama dengan jumlah barisnya", "A total is not the sum of its rows"),
    Severity.ERROR,
    check,
)
