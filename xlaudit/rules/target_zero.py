"""Target nol dinilai menurut arah indikatornya.

Yang diperiksa: indikator makin rendah makin baik yang targetnya nol (misalnya kecelakaan, temuan, pengaduan). Bila
realisasinya juga nol, targetnya tercapai sepenuhnya dan capaiannya 100; bila realisasinya di atas nol,
targetnya tidak tercapai dan capaiannya di bawah 100. Indikator lain dengan target nol tidak dapat dihitung;
capaiannya sebaiknya ditulis "-".
Mengapa penting: pembagian dengan nol tidak ada hasilnya, sehingga capaian seperti ini diketik tangan dan mudah
terbalik.
Toleransi: tidak ada. Kesalahan bila kolom arah menyebutkan makin rendah makin baik, peringatan bila hanya nama
indikatornya yang menunjukkan.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator                 | Arah             | Target | Realisasi | Capaian (%) |
    | Jumlah kecelakaan kerja   | makin rendah     | 0      | 0         | 0,00 *      |
    | Persentase desa tangguh   | makin tinggi     | 40     | 38        | 95,00       |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator                 | Arah             | Target | Realisasi | Capaian (%) |
    | Jumlah kecelakaan kerja   | makin rendah     | 0      | 0         | 100,00      |
    | Persentase desa tangguh   | makin tinggi     | 40     | 38        | 95,00       |

English
A target of zero is judged by the direction of its indicator.

What is checked: indicators where lower is better with a target of zero (such as accidents, findings,
complaints). With a realisasi of zero the target is fully reached and capaian is 100; with a realisasi above
zero it is missed and capaian is below 100. Of other indicators a target of zero cannot be computed with; their
capaian is best written as "-".
Why it matters: there is no dividing by zero, so that such a capaian is typed by hand and easily turned round.
Tolerance: none. An error where the column arah says that lower is better, a warning where only the name of the
indicator suggests it.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import achievements, declared_lower
from xlaudit.findings import Severity, plain
from xlaudit.relations import HUNDRED, Relation, Term
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.rules.direction import says_lower
from xlaudit.showing import shown_as
from xlaudit.texts import Text

_REACHED = Text("Capaian states {stated}, but a target of zero with a realisasi of zero is fully reached: 100.")
_MISSED = Text("Capaian states {stated}, but the target is zero and the realisasi {reached}: the target was missed.")
_ADVICE = Text("Write 100 where the realisasi is zero; else what your rules give, and say how it was computed.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at every capaian of a target of zero where lower is better."""
    for table in book.tables:
        for formula in achievements(table):
            for relation in formula.relations():
                if not has_zero_target(relation):
                    continue
                stated, reached = relation.target.figure.amount, realisation(relation)
                right = stated == HUNDRED if reached.figure.amount == 0 else stated < HUNDRED
                yield MADE if right else _flag(relation, reached)


def has_zero_target(relation: Relation) -> bool:
    """Whether a capaian is that of a target of zero where lower is better, all figures being known."""
    goal = relation.divisor
    if goal is None or not goal.figure.filled or goal.figure.amount != 0:
        return False
    return all(member.figure.filled for member in relation.members) and says_lower(relation)


def realisation(relation: Relation) -> Term:
    """The realisasi of a capaian, by whichever formula it is computed."""
    return relation.terms[-1]


def _flag(relation: Relation, reached: Term) -> Flag:
    target = relation.target
    stated = target.figure.amount
    fully = reached.figure.amount == 0
    facts = {"stated": shown_as(target, stated), "reached": shown_as(reached, reached.figure.amount)}
    return Flag(
        target.table,
        target.figure.cell,
        label_of(target.table, target.row, target.figure),
        (_REACHED if fully else _MISSED).fill(**facts),
        severity=None if declared_lower(target.row) else Severity.WARNING,
        stated=plain(stated),
        computed="100" if fully else None,
        because=tuple((target.table, member.figure.cell) for member in relation.members[1:]),
        advice=_ADVICE,
    )


RULE = Rule(
    "KI103",
    "target-zero",
    Text("The capaian of a target of zero does not agree"),
    Severity.ERROR,
    check,
)
