"""Efisiensi sesuai dengan rumus yang dipakai tabelnya.

Yang diperiksa: apakah tabel memakai capaian − serapan atau (1 − serapan ÷ capaian) × 100 ditentukan dari
rumus yang cocok dengan paling banyak baris; semua baris lalu dibandingkan dengan rumus itu. Kolom yang
hanya menyalin serapan dilaporkan; tabel yang sebagian besar mengikuti rumus lain tidak dinilai.
Mengapa penting: efisiensi yang salah rumus atau salah salin menyimpulkan penghematan yang tidak ada.
Toleransi: satu angka terakhir untuk setiap angka yang ikut dihitung, karena semuanya sudah dibulatkan
lebih dulu.
Sumber: kedua rumus tercetak dalam laporan kinerja (praktik pelaporan).

Salah:
    Efisiensi Penggunaan Sumber Daya Tahun 2024
    | Sasaran                  | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Meningkatnya layanan     | 107,66              | 98,28                   | 9,38          |
    | Meningkatnya kesiapan    | 100,50              | 96,25                   | 4,52 *        |
    | Meningkatnya tata kelola | 101,20              | 95,10                   | 6,10          |
Benar:
    Efisiensi Penggunaan Sumber Daya Tahun 2024
    | Sasaran                  | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Meningkatnya layanan     | 107,66              | 98,28                   | 9,38          |
    | Meningkatnya kesiapan    | 100,50              | 96,25                   | 4,25          |
    | Meningkatnya tata kelola | 101,20              | 95,10                   | 6,10          |

English
Efisiensi follows the formula that its table uses.

What is checked: whether a table uses capaian − serapan or (1 − serapan ÷ capaian) × 100 is told by the
form that fits most rows; then every row is compared with that form. A column that merely copies serapan
is reported; a table that mostly follows another formula is not judged.
Why it matters: an efficiency by a wrong formula or a slip of copying claims savings that were never made.
Tolerance: one last digit for every figure that takes part, since all of them were rounded before.
Source: both formulas are printed in performance reports (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import DIFFERENCE, FEW_ROWS, RELATIVE, differences
from xlaudit.findings import Severity, plain
from xlaudit.relations import Holds, Relation, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Table
from xlaudit.texts import Text

_DIFFERENCE = Text(
    "Efisiensi tertulis {stated}, padahal capaian − serapan = {computed}.",
    "Efisiensi states {stated}, but capaian − serapan = {computed}.",
)
_RELATIVE = Text(
    "Efisiensi tertulis {stated}, padahal (1 − serapan ÷ capaian) × 100 = {computed}.",
    "Efisiensi states {stated}, but (1 − serapan ÷ capaian) × 100 = {computed}.",
)
_COPIED = Text(
    "Kolom efisiensi hanya menyalin serapan ({stated}); efisiensi bukan serapan.",
    "The column efisiensi merely copies serapan ({stated}); efficiency is not absorption.",
)
_ADVICE = Text(
    "Hitung ulang dengan rumus yang sama untuk seluruh baris dan sebutkan rumusnya.",
    "Compute it again by the same formula in every row, and state the formula.",
)


def check(book: Book) -> Iterator[Verdict]:
    """Finds the form a table uses by fit, then compares every row with it."""
    for table in book.tables:
        mode, checks = book.mode(table), book.checks(table)
        decided = checks.declarations.decided
        plain_form = [r for r in differences(table) if r.target.column.name not in decided]
        if not plain_form:
            continue
        if _copies(plain_form):
            yield from (_copied(table, relation) for relation in plain_form)
            continue
        for relation in checks.efficiency:
            relative = relation.rule == RELATIVE
            verdict = judge(relation, mode, _RELATIVE if relative else _DIFFERENCE, _ADVICE)
            if isinstance(verdict, Flag) and len(plain_form) <= FEW_ROWS:
                yield replace(verdict, severity=Severity.WARNING)
            elif verdict is not None:
                yield verdict


def _copies(form: list[Relation]) -> bool:
    """Whether every efisiensi is the serapan of its row, and not so because the capaian explains it too."""
    same = [r for r in form if r.target.figure.value == r.terms[1].figure.value and r.target.figure.value]
    return len(same) == len(form) and not any(holds(r) is Holds.YES for r in form)


def _copied(table: Table, relation: Relation) -> Flag:
    target = relation.target
    stated = target.figure.amount
    return Flag(
        table,
        target.figure.cell,
        label_of(table, target.row, target.figure),
        _COPIED.fill(stated=shown_as(target, stated)),
        stated=plain(stated),
        because=((table, relation.terms[1].figure.cell),),
        advice=_ADVICE,
    )


RULE = Rule(
    DIFFERENCE,
    "efficiency",
    Text("Efisiensi tidak sesuai rumusnya", "Efisiensi does not follow its formula"),
    Severity.ERROR,
    check,
)
