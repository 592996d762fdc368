"""Realisasi kumulatif tidak pernah turun dan berakhir pada angka setahun.

Yang diperiksa: pada kolom realisasi yang judulnya menyebut sampai dengan (s.d.) atau kumulatif, angka setiap
periode dibandingkan dengan periode sebelumnya, dan angka periode terakhir tahun itu dengan realisasi
setahun.
Mengapa penting: yang sudah terealisasi tidak hilang pada periode berikutnya; angka kumulatif yang turun
berarti salah satu laporan periode keliru, kecuali ada pengembalian belanja.
Toleransi: tidak ada untuk rupiah penuh. Angka yang turun menjadi peringatan karena mungkin ada pengembalian;
akhir yang berbeda dengan angka setahun menjadi kesalahan.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | Program                     | Pagu (Rp)   | Realisasi s.d. Semester I | Realisasi s.d. Semester II |
    | Program Rehabilitasi Sosial | 534.200.000 | 86.807.000                | 68.070.000 *               |
    | Program Penanganan Bencana  | 102.400.000 | 16.170.000                | 102.274.000                |
Benar:
    Realisasi Anggaran Tahun 2024
    | Program                     | Pagu (Rp)   | Realisasi s.d. Semester I | Realisasi s.d. Semester II |
    | Program Rehabilitasi Sosial | 534.200.000 | 86.807.000                | 524.271.000                |
    | Program Penanganan Bencana  | 102.400.000 | 16.170.000                | 102.274.000                |

English
A cumulative realisasi never falls and ends at the year's figure.

What is checked: in columns of realisasi whose heading says up to (s.d.) or kumulatif, every period is
compared with the one before it, and the last period of the year with the year's realisasi.
Why it matters: what was spent or done does not vanish in the next period; a cumulative figure that falls
means that one of the periods' reports is wrong, unless money was paid back.
Tolerance: none for whole rupiah. A figure that falls is a warning, for money may have been paid back; an end
that is not the year's figure is an error.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlaudit.constraints import RUNNING, Year, is_running, item_rows, year_of
from xlaudit.findings import Severity, plain
from xlaudit.relations import Relation, Term, term
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Figure, Measure, Row, State, Table
from xlaudit.texts import Text

_FALLS = Text("The cumulative realisasi falls from {before} to {stated}; {difference} less.")
_FALLS_ADVICE = Text(
    "Check both figures in the reports of their periods; if money was paid back, say so in the remarks."
)
_END = Text(
    "The year's realisasi states {stated}, but the cumulative one at its end is {computed}; difference {difference}."
)
_END_ADVICE = Text("Bring the year's realisasi in line with the last cumulative figure.")
_LAST = ("tw4", "smt2", "bln12")


def check(book: Book) -> Iterator[Verdict]:
    """Follows every cumulative realisasi through the periods of its year."""
    for table in book.tables:
        for role in ("realisasi", "realisasi_kinerja"):
            year = year_of(table, role)
            if year is None or not all(map(is_running, year.parts[1:])):
                continue
            for row in item_rows(table):
                if role == "realisasi_kinerja" and "rendah" in row.texts.get("arah", "").lower():
                    continue
                yield from _row(book, table, row, year)


def _row(book: Book, table: Table, row: Row, year: Year) -> Iterator[Verdict]:
    told = [(column, row.figures[column.name]) for column in year.parts]
    filled = [(column, figure) for column, figure in told if figure.state is State.NUMBER]
    for (_, before), (column, after) in pairwise(filled):
        if after.amount >= before.amount:
            yield MADE
        elif column.measure is Measure.AMOUNT or after.amount * 2 < before.amount:
            yield _falls(table, row, column, before, after)
    whole = year.whole
    if whole is None or is_running(whole) or whole.column < year.parts[-1].column or not filled:
        return
    last = filled[-1][0]
    if last.period not in _LAST or row.figures[whole.name].state is State.BLANK:
        return
    relation = Relation(RUNNING, term(table, whole, row, point=True), (term(table, last, row, point=True),))
    verdict = judge(relation, book.mode(table), _END, _END_ADVICE)
    if verdict is not None:
        yield verdict


def _falls(table: Table, row: Row, column: Column, before: Figure, after: Figure) -> Flag:
    here = Term(table, column, row, after)
    return Flag(
        table,
        after.cell,
        label_of(table, row, after),
        _FALLS.fill(
            before=shown_as(here, before.amount),
            stated=shown_as(here, after.amount),
            difference=shown_as(here, before.amount - after.amount),
        ),
        severity=Severity.WARNING,
        stated=plain(after.amount),
        difference=after.amount - before.amount,
        because=((table, before.cell),),
        advice=_FALLS_ADVICE,
        live=None if before.as_text or after.as_text else f"{after.cell.a1}<{before.cell.a1}",
    )


RULE = Rule(
    RUNNING,
    "running-realisation",
    Text("A cumulative realisasi falls or ends short"),
    Severity.ERROR,
    check,
)
