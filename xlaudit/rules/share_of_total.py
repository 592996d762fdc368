"""Bagian dari total sama dengan pagu dibagi total.

Yang diperiksa: kolom persentase dari total dibandingkan dengan pagu ÷ total × 100. Totalnya baris jumlah
tabel itu; bila tidak ada, jumlah semua barisnya, atau total di luar tabel yang sama bagi sebagian besar
baris (daftar yang tidak lengkap tidak perlu berjumlah 100).
Mengapa penting: bagian anggaran menunjukkan sasaran mana yang diutamakan; bagian yang keliru menyesatkan
pembacanya.
Toleransi: setengah angka terakhir yang tercetak; persentase yang dipotong juga diterima. Bila totalnya di
luar tabel, temuannya hanya peringatan.
Sumber: praktik pelaporan.

Salah:
    Alokasi Anggaran per Sasaran Tahun 2024
    | Sasaran                  | Anggaran (Rp) | % Anggaran dari Total |
    | Meningkatnya layanan     | 534.200.000   | 73,91 *               |
    | Meningkatnya kesiapan    | 102.400.000   | 13,99                 |
    | Meningkatnya tata kelola | 95.300.000    | 13,02                 |
    | Jumlah                   | 731.900.000   | 100,00                |
Benar:
    Alokasi Anggaran per Sasaran Tahun 2024
    | Sasaran                  | Anggaran (Rp) | % Anggaran dari Total |
    | Meningkatnya layanan     | 534.200.000   | 72,99                 |
    | Meningkatnya kesiapan    | 102.400.000   | 13,99                 |
    | Meningkatnya tata kelola | 95.300.000    | 13,02                 |
    | Jumlah                   | 731.900.000   | 100,00                |

English
A share of the total is the pagu divided by the total.

What is checked: a column of shares is compared with pagu ÷ total × 100. The total is the table's row of
totals; where it has none, the sum of its rows, or a total outside of the table that is the same for most
rows (a list that is not complete need not add up to 100).
Why it matters: the shares show which sasaran come first; a wrong one misleads its readers.
Tolerance: half of the last digit printed; a percentage that was cut off is accepted, too. Where the total
stands outside of the table it is a warning only.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.amounts import quotient
from xlaudit.constraints import PORTION, Portion, Portions
from xlaudit.findings import Severity, plain
from xlaudit.relations import HUNDRED, Relation, places_of
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Rule, Skip, Verdict, label_of
from xlaudit.showing import amount, shown_as
from xlaudit.texts import Text

_MESSAGE = Text("The share states {stated}, but pagu ÷ total × 100 = {computed}.")
_OF_SUM = Text("The share states {stated}, but pagu ÷ the sum of all rows ({total}) × 100 = {computed}.")
_OF_OTHERS = Text(
    "The share states {stated}, but by {n} other rows the total is about {total}, which makes it {computed}."
)
_ADVICE = Text("Compute pagu ÷ total × 100 again, with the same total in all rows.")
_NO_TOTAL = Text("the total that this column uses cannot be told from its figures")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every share of a total with the total that its column uses."""
    for table in book.tables:
        checks = book.checks(table)
        for column in checks.portions:
            if column.relations and not column.summed:
                verdicts = (judge(relation, checks.printed, _MESSAGE, _ADVICE) for relation in column.relations)
                yield from (verdict for verdict in verdicts if verdict is not None)
            elif column.total is not None:
                yield from _compared(column, column.total)
            else:
                yield Skip(table, column.portions[0].share.figure.cell, _NO_TOTAL)


def _compared(column: Portions, total: Decimal) -> Iterator[Verdict]:
    """The shares against the sum of all rows, or against the total that most of them have in common."""
    relations = {relation.target.figure.cell: relation for relation in column.relations}
    for one in column.portions:
        relation = relations.get(one.share.figure.cell)
        if one in column.agreeing:
            yield MADE
        elif column.summed:
            yield _flag(one, total, _OF_SUM, Severity.ERROR, len(column.agreeing), relation)
        else:
            yield _flag(one, total, _OF_OTHERS, Severity.WARNING, len(column.agreeing), None)


def _flag(
    one: Portion, total: Decimal, wording: Text, severity: Severity, count: int, relation: Relation | None
) -> Flag:
    figure = one.share.figure
    right = quotient(one.part.figure.amount * HUNDRED, total, max(places_of(figure), 0))
    facts = {"stated": shown_as(one.share, figure.amount), "computed": shown_as(one.share, right)}
    return Flag(
        one.share.table,
        figure.cell,
        label_of(one.share.table, one.share.row, figure),
        wording.fill(total=amount(total), n=count, **facts),
        severity=severity,
        stated=plain(figure.amount),
        computed=plain(right),
        difference=figure.amount - right,
        because=((one.part.table, one.part.figure.cell),),
        advice=_ADVICE,
        relation=relation,
    )


RULE = Rule(
    PORTION,
    "share-of-total",
    Text("A share of the total does not agree"),
    Severity.ERROR,
    check,
)
