"""Arah indikator: makin rendah makin baik."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import lower_is_better
from xlaudit.findings import Severity, plain
from xlaudit.relations import Holds, Relation, holds
from xlaudit.rules._flags import shown_as
from xlaudit.rules.base import MADE, Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.schemas.words import fold
from xlaudit.texts import Text

_LOWER_WORDS = (
    "kemiskinan", "temuan", "pengaduan", "maksimal", "prevalensi", "kesalahan", "inflasi", "pengangguran",
    "stunting", "kematian", "angka putus", "kehilangan", "kerugian", "pelanggaran", "kasus", "waktu tunggu",
    "gini", "penurunan", "tingkat kemiskinan", "kejadian", "kemacetan", "kebakaran", "kecelakaan",
)  # fmt: skip
_MESSAGE = Text(
    "Capaian {stated} dihitung dengan rumus makin rendah makin baik, tetapi tabel tidak menyebutkan arah indikator ini.",
    "Capaian {stated} was computed as lower-is-better, but the table does not say so of this indicator.",
)
_ADVICE = Text(
    "Bila memang makin rendah makin baik, cantumkan arahnya; bila tidak, capaiannya realisasi ÷ target × 100.",
    "If lower really is better, state the direction; if not, capaian is realisasi ÷ target × 100.",
)


def check(book: Book) -> Iterator[Verdict]:
    """Tells of a capaian that only the formula for lower-is-better explains, unless the words suggest it."""
    for table in book.tables:
        mode = book.mode(table)
        checked = book.checks(table).achievements
        yield Made(checked.held)
        for relation in checked.open:
            if not all(member.figure.filled for member in relation.members):
                continue
            if holds(relation, mode) is not Holds.NO or holds(lower_is_better(relation), mode) is not Holds.YES:
                yield MADE
                continue
            if _declared(relation):
                yield MADE
                continue
            target = relation.target
            yield Flag(
                table,
                target.figure.cell,
                label_of(table, target.row, target.figure),
                _MESSAGE.fill(stated=shown_as(target, target.figure.amount)),
                stated=plain(target.figure.amount),
                because=tuple((table, member.figure.cell) for member in relation.members[1:]),
                advice=_ADVICE,
            )


def _declared(relation: Relation) -> bool:
    """Whether the direction is written, in a column *arah* or in the indicator's own words."""
    row = relation.target.row
    if any(word in fold(row.texts.get("arah", "")) for word in ("rendah", "turun", "negatif", "minim")):
        return True
    goal = relation.divisor.figure.prefix if relation.divisor is not None else ""
    name = fold(row.texts.get("indikator", "") or row.label)
    return bool(goal.strip(" <≤")) != bool(goal) or any(word in name for word in _LOWER_WORDS)


RULE = Rule(
    "KI102",
    "direction",
    Text("Arah indikator tidak disebutkan", "The direction of the indicator is not stated"),
    Severity.WARNING,
    check,
)
