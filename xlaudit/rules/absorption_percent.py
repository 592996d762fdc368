"""Persentase sama dengan realisasi dibagi pagu.

Yang diperiksa: persentase serapan setiap baris, juga baris jumlah, dibandingkan dengan realisasi ÷ pagu ×
100 dari baris itu sendiri. Persentase induk bukan rata-rata persentase rinciannya.
Mengapa penting: persentase serapan dibandingkan antarprogram dan dipakai lagi untuk menghitung efisiensi.
Toleransi: setengah angka terakhir yang tercetak (92,5 mewakili 92,45 sampai 92,55); tabel yang memotong
persentasenya boleh kurang sampai satu angka terakhir.
Sumber: praktik pelaporan realisasi anggaran.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93,18   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93,75 * |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93,20   |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93,18   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93,25   |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93,20   |

English
A percentage is realisasi divided by pagu.

What is checked: the percentage of absorption of every row, totals included, is compared with realisasi ÷
pagu × 100 of the same row. A parent's percentage is not the mean of its children's.
Why it matters: absorption is compared between programs and used again in the computation of efficiency.
Tolerance: half of the last digit printed (92,5 stands for 92.45 to 92.55); in a table that cuts its
percentages off they may be short by up to one last digit.
Source: practice of budget realisation reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import SHARE
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge_all
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text("Stated {stated}, but realisasi divided by pagu = {computed}.")
_ADVICE = Text("Compute realisasi ÷ pagu × 100 again; if the percentage is right, check this row's realisasi and pagu.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every percentage of absorption with its row's amounts."""
    for table in book.tables:
        yield from judge_all(book.checks(table).shares, book.mode(table), _MESSAGE, _ADVICE)


RULE = Rule(
    SHARE,
    "absorption-percent",
    Text("A percentage is not realisasi ÷ pagu"),
    Severity.ERROR,
    check,
)
