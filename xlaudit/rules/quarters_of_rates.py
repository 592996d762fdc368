"""Persentase, indeks, dan nilai triwulan tidak dijumlahkan menjadi angka setahun.

Yang diperiksa: realisasi kinerja setahun yang merupakan jumlah dari dua triwulan (semester, bulan) atau
lebih, padahal indikatornya persentase, indeks, atau nilai menurut satuan atau namanya. Persentase yang
jumlahnya tidak melebihi 100 tidak dipersoalkan, karena dapat berupa bagian pekerjaan yang selesai tiap
triwulan.
Mengapa penting: hanya yang dapat dihitung satu per satu (dokumen, orang, kegiatan) boleh dijumlahkan;
indeks 80 di setiap triwulan bukan indeks 320 setahun.
Toleransi: tidak ada; temuannya peringatan.
Sumber: praktik pelaporan.

Salah:
    Evaluasi Kinerja Tahun 2024
    | Indikator        | Satuan  | Realisasi Semester I | Realisasi Semester II | Realisasi 2024 |
    | Indeks kepuasan  | indeks  | 80                   | 82                    | 162 *          |
    | Dokumen tersusun | dokumen | 5                    | 7                     | 12             |
Benar:
    Evaluasi Kinerja Tahun 2024
    | Indikator        | Satuan  | Realisasi Semester I | Realisasi Semester II | Realisasi 2024 |
    | Indeks kepuasan  | indeks  | 80                   | 82                    | 82             |
    | Dokumen tersusun | dokumen | 5                    | 7                     | 12             |

English
Percentages, indices and scores of quarters are not added up to a year's.

What is checked: a year's realisasi of performance that is the sum of two or more quarters (semesters,
months), although the indicator is a percentage, an index or a score by its unit or name. Percentages that
add up to no more than 100 are left alone, for they may be the part of the work done in each quarter.
Why it matters: only what is counted one by one (documents, people, events) may be added up; an index of 80
in every quarter is not an index of 320 in the year.
Tolerance: none; it is a warning.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.constraints import is_percentage, is_rate, item_rows, year_of
from xlaudit.findings import Severity, plain
from xlaudit.relations import HUNDRED, Term
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text

_MESSAGE = Text("The year's realisasi of {stated} is the sum of its {n} periods, but this indicator does not add up.")
_ADVICE = Text(
    "State where the indicator stood at the end of the year (or its mean, where its formula says so), not the sum."
)


def check(book: Book) -> Iterator[Verdict]:
    """Looks for a year's percentage, index or score that adds up those of its quarters."""
    for table in book.tables:
        year = year_of(table, "realisasi_kinerja")
        if year is None or year.whole is None:
            continue
        for row in item_rows(table):
            if row.figures[year.whole.name].filled and is_rate(row, row.figures[year.whole.name]):
                yield _verdict(table, row, year.parts, year.whole)


def _verdict(table: Table, row: Row, parts: tuple[Column, ...], whole: Column) -> Verdict:
    target = row.figures[whole.name]
    told = [row.figures[column.name] for column in parts if row.figures[column.name].amount]
    total = sum((figure.amount for figure in told), Decimal(0))
    share_of_work = is_percentage(row, target) and total <= HUNDRED
    if len(told) < 2 or total != target.amount or share_of_work:
        return MADE
    stated = shown_as(Term(table, whole, row, target), target.amount)
    return Flag(
        table,
        target.cell,
        label_of(table, row, target),
        _MESSAGE.fill(stated=stated, n=len(told)),
        stated=plain(target.amount),
        because=tuple((table, figure.cell) for figure in told),
        advice=_ADVICE,
    )


RULE = Rule(
    "KI109",
    "quarters-of-rates",
    Text("Percentages, indices or scores are added up"),
    Severity.WARNING,
    check,
)
