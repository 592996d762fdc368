"""Jumlah anggaran sama di mana pun tercetak, menurut program maupun menurut sasaran.

Yang diperiksa: jumlah pagu dan jumlah realisasi setahun dibandingkan antartabel dan antarlembar. Tabel tanpa baris
jumlah diwakili penjumlahan baris teratasnya. Dua tabel dianggap memuat anggaran yang sama bila pagu atau realisasinya
sama sampai rupiah, atau bila jumlahnya hanya berbeda satu digit di belakang. Perbedaan yang sudah terlihat pada baris
bernama sama tidak dilaporkan lagi.
Mengapa penting: satu anggaran hanya mempunyai satu jumlah; jumlah kedua menandakan salah salin atau tabel usang.
Toleransi: angka dalam ribuan atau jutaan dianggap sama bila dapat berasal dari satu nilai. Jumlah yang hanya berbeda
satu digit, tanpa angka lain yang sama, menjadi peringatan.
Sumber: praktik pelaporan.

Salah:
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    |
    |    | Jumlah                      | 2.997.300.000 | 2.883.604.000  |
    # Lembar: Sasaran
    Anggaran per Sasaran Tahun 2024
    | No | Sasaran                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Meningkatnya layanan        | 1.500.000.000 | 1.400.000.000  |
    | 2  | Meningkatnya kesiapan       | 1.497.300.000 | 1.482.604.000 * |
Benar:
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    |
    |    | Jumlah                      | 2.997.300.000 | 2.883.604.000  |
    # Lembar: Sasaran
    Anggaran per Sasaran Tahun 2024
    | No | Sasaran                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Meningkatnya layanan        | 1.500.000.000 | 1.400.000.000  |
    | 2  | Meningkatnya kesiapan       | 1.497.300.000 | 1.483.604.000  |

English
The total of a budget is the same wherever it is printed, by program or by sasaran.

What is checked: the total pagu and the total realisasi of a year are compared between tables and sheets. The sum of
the topmost rows stands for a table without a total. Two tables are taken to hold the same budget where their pagu or
their realisasi is the same to the rupiah, or where their totals differ in one digit far from the front. A difference
that rows of the same name show already is not told again.
Why it matters: a budget has one total; a second one is the sign of a slip of copying or of a table out of date.
Tolerance: figures in thousands or millions are the same where one value can give both. Totals that differ in one
digit, with no other figure alike, are a warning.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.agreement import Odd
from xlaudit.findings import Severity
from xlaudit.relations import Mode, Relation, Term
from xlaudit.rules._live import live_formula
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.texts import Text, plural
from xlaudit.wholes import TOTALS, Compared, OddSum

_TOTAL = Text("The total {role} is stated as {stated}, but as {computed} in {where}; difference {difference}.")
_SUM = plural(
    "The {n} row of {role} of this table gives {stated}, but the total in {where} is {computed}; difference "
    "{difference}.",
    "The {n} rows of {role} of this table add up to {stated}, but the total in {where} is {computed}; difference "
    "{difference}.",
)
_ADVICE = Text("Check against the DPA and the budget realisation report, then print the same total everywhere.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the totals of one budget with one another, and the sums of tables without a total with them."""
    for one in book.several.wholes:
        yield Made(len(one.held))
        yield from (_total(one, odd) for odd in one.odd)
        yield from (_sum(one, odd) for odd in one.sums)


def _total(one: Compared, odd: Odd) -> Flag:
    target, other = odd.mention.term, odd.against[0].term
    sure = {target.table.id, other.table.id} <= one.sure
    flag = _flag(one, target, other, Relation(TOTALS, target, (other,)), _TOTAL, target, 0)
    return flag if sure else replace(flag, severity=Severity.WARNING)


def _sum(one: Compared, odd: OddSum) -> Flag:
    parts = odd.whole.parts
    figure = parts[-1].figure._replace(value=odd.whole.amount)
    return _flag(one, parts[-1], odd.total, odd.relation, _SUM, parts[-1]._replace(figure=figure), len(parts))


def _flag(one: Compared, at: Term, other: Term, relation: Relation, message: Text, stated: Term, n: int) -> Flag:
    own, right = stated.figure.amount, other.figure.amount
    facts = {
        "role": one.subject.role,
        "n": n,
        "stated": shown_as(stated, own),
        "computed": shown_as(other, right),
        "difference": shown_as(stated, abs(own - right)),
        "where": f"{other.table.sheet}!{other.figure.cell.a1}",
    }
    return Flag(
        at.table,
        at.figure.cell,
        label_of(at.table, at.row, at.figure),
        message.fill(**facts),
        stated=in_cell(stated, own),
        computed=in_cell(stated, right),
        difference=own - right,
        because=tuple((term.table, term.figure.cell) for term in relation.members[1:]),
        advice=_ADVICE,
        relation=relation,
        live=live_formula(relation, Mode.MIXED),
    )


RULE = Rule(
    TOTALS,
    "same-totals",
    Text("The total of a budget differs between tables"),
    Severity.ERROR,
    check,
)
