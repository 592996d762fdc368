"""Sisa anggaran sama dengan pagu dikurangi realisasi.

Yang diperiksa: sisa (atau selisih) setiap baris dibandingkan dengan pagu − realisasi. Kolom yang
seluruhnya ditulis realisasi − pagu diterima dengan tandanya sendiri.
Mengapa penting: sisa yang tidak cocok menunjukkan bahwa pagu, realisasi, atau sisa di baris itu keliru,
atau bahwa salah satunya masih angka lama.
Toleransi: tidak ada untuk rupiah penuh; untuk ribuan atau jutaan setengah satuan terakhir per angka.
Sumber: praktik pelaporan realisasi anggaran.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | Sisa (Rp)     |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 146.582.000 * |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 57.188.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | Sisa (Rp)     |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 146.582.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 57.188.000    |

English
The remaining budget is pagu minus realisasi.

What is checked: sisa (or selisih) of every row is compared with pagu − realisasi. A column that is
written as realisasi − pagu throughout is taken with its own sign.
Why it matters: a sisa that does not agree shows that pagu, realisasi or sisa of the row is wrong, or that
one of them is an old figure.
Tolerance: none for whole rupiah; in thousands or millions half of the last unit for every figure.
Source: practice of budget realisation reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import REST
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge_all
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text("Sisa states {stated}, but pagu minus realisasi = {computed}; difference {difference}.")
_ADVICE = Text("Compute pagu − realisasi again; if sisa is right, check this row's pagu and realisasi.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every remainder with its row's pagu and realisasi."""
    for table in book.tables:
        yield from judge_all(book.checks(table).remainders, book.mode(table), _MESSAGE, _ADVICE)


RULE = Rule(
    REST,
    "remaining-budget",
    Text("Sisa is not pagu − realisasi"),
    Severity.ERROR,
    check,
)
