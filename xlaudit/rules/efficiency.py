"""Efisiensi sesuai dengan rumus yang dipakai tabelnya.

Yang diperiksa: apakah tabel memakai capaian − serapan atau (1 − serapan ÷ capaian) × 100 ditentukan dari
rumus yang cocok dengan paling banyak baris; semua baris lalu dibandingkan dengan rumus itu. Kolom yang
hanya menyalin serapan dilaporkan; tabel yang sebagian besar mengikuti rumus lain tidak dinilai. Bila rumusnya
ditetapkan (lembar Identitas, atau conventions.efficiency dalam xlaudit.toml), rumus itu yang dipakai; tabel
yang mengikuti rumus lain mendapat satu peringatan.
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
is reported; a table that mostly follows another formula is not judged. Where the form was settled (sheet
Identitas, or conventions.efficiency in xlaudit.toml) that one is taken; a table in the other form gets one
warning.
Why it matters: an efficiency by a wrong formula or a slip of copying claims savings that were never made.
Tolerance: one last digit for every figure that takes part, since all of them were rounded before.
Source: both formulas are printed in performance reports (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import EFFICIENCY, FEW_ROWS, differences, is_relative
from xlaudit.conventions import EfficiencyForm
from xlaudit.findings import Severity, plain
from xlaudit.relations import HUNDRED, Holds, Relation, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Table
from xlaudit.texts import Text, same

_DIFFERENCE = Text("Efisiensi states {stated}, but capaian − serapan = {computed}.")
_RELATIVE = Text("Efisiensi states {stated}, but (1 − serapan ÷ capaian) × 100 = {computed}.")
_COPIED = Text("The column efisiensi merely copies serapan ({stated}); efficiency is not absorption.")
_ADVICE = Text("Compute it again by the same formula in every row, and state the formula.")
_FORMS = (same("capaian − serapan"), same("(1 − serapan ÷ capaian) × 100"))
_OTHER_FORM = Text("This table computes efisiensi as {used}, but by {where} it is {wanted}.")
_BELOW = Text(
    "Efisiensi states {stated}, but capaian is {capaian}; by {where} it is computed from a capaian of 100 on only."
)
_DASH = Text("Write “-” here, or correct the setting.")


def check(book: Book) -> Iterator[Verdict]:
    """Finds the form a table uses, as settled or else by fit, then compares every row with it."""
    settled = book.settings.conventions.efficiency
    for table in book.tables:
        mode, checks = book.mode(table), book.checks(table)
        decided = checks.declarations.decided
        plain_form = [r for r in differences(table) if r.target.column.name not in decided]
        if not plain_form:
            continue
        if _copies(plain_form):
            yield from (_copied(table, relation) for relation in plain_form)
            continue
        form = checks.efficiency
        if settled is not None and form and is_relative(form[0]) is not (settled is EfficiencyForm.RELATIVE):
            yield _other_form(book, form[0])
        if settled is EfficiencyForm.DIFFERENCE_FROM_100:
            yield from (_below(book, r) for r in plain_form if r.terms[0].figure.amount < HUNDRED)
        for relation in form:
            relative = is_relative(relation)
            verdict = judge(relation, mode, _RELATIVE if relative else _DIFFERENCE, _ADVICE)
            if isinstance(verdict, Flag) and relation.target.figure.value == relation.terms[1].figure.value:
                verdict = replace(verdict, message=_copied(table, relation).message)
            if isinstance(verdict, Flag) and len(plain_form) <= FEW_ROWS and settled is None:
                yield replace(verdict, severity=Severity.WARNING)
            elif verdict is not None:
                yield verdict


def _other_form(book: Book, relation: Relation) -> Flag:
    """One warning for a table that follows another form than the one that was settled."""
    relative = is_relative(relation)
    used, wanted = (_FORMS[1], _FORMS[0]) if relative else _FORMS
    target = relation.target
    return Flag(
        target.table,
        target.figure.cell,
        label_of(target.table, target.row, target.figure),
        _OTHER_FORM.fill(used=used, wanted=wanted, where=book.policy.origin("efficiency")),
        severity=Severity.WARNING,
        advice=_ADVICE,
    )


def _below(book: Book, relation: Relation) -> Flag:
    """A figure where the settled form has none, for capaian is below 100 (RULES F2)."""
    target, achieved = relation.target, relation.terms[0]
    facts = {
        "stated": shown_as(target, target.figure.amount),
        "capaian": shown_as(achieved, achieved.figure.amount),
        "where": book.policy.origin("efficiency"),
    }
    return Flag(
        target.table,
        target.figure.cell,
        label_of(target.table, target.row, target.figure),
        _BELOW.fill(**facts),
        severity=Severity.WARNING,
        stated=plain(target.figure.amount),
        computed="-",
        because=((target.table, achieved.figure.cell),),
        advice=_DASH,
    )


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
    EFFICIENCY,
    "efficiency",
    Text("Efisiensi does not follow its formula"),
    Severity.ERROR,
    check,
)
