"""Jumlah induk sama dengan jumlah rinciannya.

Yang diperiksa: pagu, realisasi, sisa, dan kolom rupiah lain pada setiap program, kegiatan, dan sub
kegiatan dibandingkan dengan jumlah baris tepat di bawahnya. Baris yang hanya mengulang ("termasuk …")
tidak ikut dijumlahkan, rincian "-" dihitung nihil, dan kolom persentase tidak dijumlahkan.
Mengapa penting: induk yang tidak sama dengan rinciannya berarti ada angka yang salah ketik, tertinggal,
atau terhitung dua kali, dan kesalahan itu terbawa ke jumlah, persentase, dan sisa.
Toleransi: tidak ada untuk rupiah penuh. Untuk ribuan atau jutaan, setiap angka boleh meleset setengah
satuan terakhirnya; selisih yang hanya mungkin bila hampir semua pembulatan searah menjadi peringatan.
Sumber: praktik pelaporan realisasi anggaran; pembulatan diperlakukan seperti pada XBRL Calculations 1.1.

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode         | Uraian                        | Pagu (Rp)       | Realisasi (Rp) |
    | 1.06.02      | PROGRAM PEMBERDAYAAN SOSIAL   | 1.450.000.000 * | 1.318.250.000  |
    | 1.06.02.2.01 | Kegiatan Pembinaan Karang Taruna | 900.000.000  | 824.750.000    |
    | 1.06.02.2.03 | Kegiatan Pengembangan Potensi | 600.000.000     | 493.500.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode         | Uraian                        | Pagu (Rp)       | Realisasi (Rp) |
    | 1.06.02      | PROGRAM PEMBERDAYAAN SOSIAL   | 1.500.000.000   | 1.318.250.000  |
    | 1.06.02.2.01 | Kegiatan Pembinaan Karang Taruna | 900.000.000  | 824.750.000    |
    | 1.06.02.2.03 | Kegiatan Pengembangan Potensi | 600.000.000     | 493.500.000    |

English
A parent is the sum of its children.

What is checked: pagu, realisasi, sisa and every other rupiah column of each program, kegiatan and sub
kegiatan is compared with the sum of the rows right below it. Rows that only repeat ("termasuk …") do not
add, a child "-" counts as nil, and columns of percentages are not summed.
Why it matters: a parent that is not the sum of its children means that a figure was mistyped, left out or
counted twice, and the fault is carried on into totals, percentages and sisa.
Tolerance: none for whole rupiah. In thousands or millions every figure may be off by half of its last
unit; a difference that is possible only if nearly all roundings go the same way is a warning.
Source: practice of budget realisation reports; rounding is treated as in XBRL Calculations 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import SUM
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.texts import Text, plural

_MESSAGE = plural(
    "Stated {stated}, but the {n} row below it gives {computed}; difference {difference}.",
    "Stated {stated}, but the {n} rows below it add up to {computed}; difference {difference}.",
)
_NET_MESSAGE = Text(
    "Stated {stated}, but what comes in less what goes out below it gives {computed}; difference {difference}."
)
_ADVICE = Text("Check the parent and each row below it against the DPA or LRA and correct the one that is wrong.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every parent with the sum of the rows right below it."""
    for table in book.tables:
        checked = book.checks(table).sums
        yield Made(checked.held)
        for relation in checked.open:
            message = _NET_MESSAGE if any(part.factor < 0 for part in relation.terms) else _MESSAGE
            verdict = judge(relation, book.mode(table), message, _ADVICE)
            if isinstance(verdict, Flag) and relation.target.figure.amount == 0:
                yield replace(verdict, severity=Severity.WARNING)
            elif verdict is not None:
                yield verdict


RULE = Rule(
    SUM,
    "program-total",
    Text("A parent is not the sum of its children"),
    Severity.ERROR,
    check,
)
