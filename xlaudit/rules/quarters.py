"""Realisasi setahun sama dengan jumlah keempat triwulannya.

Yang diperiksa: pada tabel yang memuat realisasi rupiah triwulan I sampai IV dan realisasi setahun, jumlah
keempat triwulan dibandingkan dengan angka setahun, baris demi baris. Tabel yang triwulannya kumulatif
(sampai dengan) tidak dinilai.
Mengapa penting: angka setahun yang tidak sama dengan jumlah triwulannya berarti salah satu laporan triwulan
berubah atau salah salin, dan capaian setahun ikut keliru.
Toleransi: tidak ada untuk rupiah penuh; untuk ribuan atau jutaan setengah satuan terakhir per angka.
Sumber: susunan kolom formulir evaluasi triwulan (E.81) dalam praktik pelaporan.

Salah:
    Evaluasi Triwulan Tahun 2024
    | Program                     | TW I (Rp)  | TW II (Rp) | TW III (Rp) | TW IV (Rp)  | Realisasi 2024 (Rp) |
    | Program Rehabilitasi Sosial | 30.295.000 | 56.512.500 | 127.510.500 | 309.953.000 | 524.217.000 *       |
    | Program Penanganan Bencana  | 11.110.000 | 5.060.000  | 6.684.000   | 79.420.000  | 102.274.000         |
Benar:
    Evaluasi Triwulan Tahun 2024
    | Program                     | TW I (Rp)  | TW II (Rp) | TW III (Rp) | TW IV (Rp)  | Realisasi 2024 (Rp) |
    | Program Rehabilitasi Sosial | 30.295.000 | 56.512.500 | 127.510.500 | 309.953.000 | 524.271.000         |
    | Program Penanganan Bencana  | 11.110.000 | 5.060.000  | 6.684.000   | 79.420.000  | 102.274.000         |

English
The amount spent in a year is the sum of its four quarters.

What is checked: in a table that prints the rupiah spent in quarters I to IV and in the year, the sum of the
quarters is compared with the year, row by row. A table whose quarters are cumulative is not judged.
Why it matters: a year that is not the sum of its quarters means that a quarterly report changed or was
copied wrongly, and what was achieved in the year is wrong as well.
Tolerance: none for whole rupiah; in thousands or millions half of the last unit for every figure.
Source: the columns of the quarterly evaluation form (E.81) in reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import QUARTERS
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge_all
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text("The year states {stated}, but the four quarters add up to {computed}; difference {difference}.")
_ADVICE = Text("Check every quarter against its quarterly report and correct the one that is wrong.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every year's amount with the sum of its quarters."""
    for table in book.tables:
        yield from judge_all(book.checks(table).quarters, book.mode(table), _MESSAGE, _ADVICE)


RULE = Rule(
    QUARTERS,
    "quarters",
    Text("The year is not the sum of its quarters"),
    Severity.ERROR,
    check,
)
