"""Capaian sama dengan realisasi dibagi target."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import ACHIEVEMENT, lower_is_better
from xlaudit.findings import Severity
from xlaudit.relations import Holds, Relation, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Made, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text(
    "Capaian tertulis {stated}, padahal realisasi ÷ target × 100 = {computed}.",
    "Capaian states {stated}, but realisasi ÷ target × 100 = {computed}.",
)
_ADVICE = Text(
    "Hitung ulang capaian dari target dan realisasi yang tercetak, atau betulkan target atau realisasinya.",
    "Compute capaian again from the target and realisasi as printed, or mend one of those two.",
)
CAPS = (100, 110, 120, 150)
"""Upper limits that offices set on capaian (RULES K4)."""


def check(book: Book) -> Iterator[Verdict]:
    """Compares every capaian with its row's target and realisasi, in either direction of the indicator."""
    for table in book.tables:
        checked = book.checks(table).achievements
        yield Made(checked.held)
        for relation in checked.open:
            if _fits_another_way(relation, book):
                yield MADE
                continue
            verdict = judge(relation, book.mode(table), _MESSAGE, _ADVICE)
            if verdict is not None:
                yield verdict


def _fits_another_way(relation: Relation, book: Book) -> bool:
    """Lower is better (KI102 tells), or cut at a limit."""
    mode = book.mode(relation.target.table)
    if not all(member.figure.nil_or_filled for member in relation.members):
        return False
    if holds(relation, mode) is Holds.YES:
        return True
    return holds(lower_is_better(relation), mode) is Holds.YES or is_capped(relation)


def is_capped(relation: Relation) -> bool:
    """Whether the capaian stands at a usual limit while target and realisasi give more."""
    stated = relation.target.figure.value
    divisor = relation.divisor.figure.value if relation.divisor is not None else None
    reached = relation.terms[0].figure.value
    if stated is None or not divisor or reached is None or stated not in CAPS or divisor < 0:
        return False
    return reached * 100 > stated * divisor


RULE = Rule(
    ACHIEVEMENT,
    "achievement",
    Text("Capaian tidak sama dengan realisasi ÷ target", "Capaian is not realisasi ÷ target"),
    Severity.ERROR,
    check,
)
