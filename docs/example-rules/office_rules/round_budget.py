"""Pagu ditulis dalam ribuan rupiah penuh.

Yang diperiksa: setiap pagu dalam rupiah adalah kelipatan seribu.
Mengapa penting: anggaran disusun dalam ribuan penuh, jadi sisa di bawah seribu adalah salah ketik.
Toleransi: tidak ada. Tabel dalam ribuan atau jutaan rupiah tidak diperiksa.
Sumber: surat edaran kantor ini.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)       | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.500 * | 2.003.512.500  |
    | 2  | Program Penanganan Bencana  | 847.300.000     | 790.188.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)       | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000   | 2.003.512.500  |
    | 2  | Program Penanganan Bencana  | 847.300.000     | 790.188.000    |

English
Pagu is stated in whole thousands of rupiah.

What is checked: every pagu in rupiah is a multiple of a thousand.
Why it matters: budgets are made in whole thousands, so a rest below a thousand was mistyped.
Tolerance: none. Tables in thousands or millions of rupiah are not checked.
Source: this office's circular.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity, plain
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.tables import Measure
from xlaudit.texts import both

_MESSAGE = both(
    "Pagu {stated} bukan kelipatan seribu rupiah.", "The pagu of {stated} is no multiple of a thousand rupiah."
)
_ADVICE = both("Cocokkan dengan DPA.", "Compare it with the DPA.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at every pagu in rupiah."""
    for table in book.tables:
        for column in table.by_role("pagu"):
            for row in table.rows:
                figure = row.figures[column.name]
                if column.measure is not Measure.AMOUNT or not figure.filled or figure.unit > 1:
                    continue
                if figure.amount % 1000 == 0:
                    yield MADE
                    continue
                yield Flag(
                    table,
                    figure.cell,
                    label_of(table, row, figure),
                    both(*(said.format(stated=plain(figure.amount)) for said in (_MESSAGE.id, _MESSAGE.en))),
                    stated=plain(figure.amount),
                    advice=_ADVICE,
                )


RULE = Rule(
    "OFF101",
    "round-budget",
    both("Pagu bukan ribuan rupiah penuh", "Pagu is not in whole thousands of rupiah"),
    Severity.WARNING,
    check,
)
