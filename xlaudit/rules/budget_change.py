"""Bertambah/(berkurang) sama dengan anggaran setelah perubahan dikurangi sebelum perubahan.

Yang diperiksa: kolom bertambah/(berkurang) setiap baris dibandingkan dengan anggaran setelah perubahan −
sebelum perubahan.
Mengapa penting: selisih yang tidak cocok menunjukkan bahwa salah satu dari ketiga angka keliru atau masih
angka lama, dan pergeseran anggaran yang dilaporkan tidak dapat dipercaya.
Toleransi: tidak ada untuk rupiah penuh; untuk ribuan atau jutaan setengah satuan terakhir per angka.
Sumber: praktik pelaporan perubahan anggaran.

Salah:
    Perjanjian Kinerja Perubahan Tahun 2024
    | No | Program                     | Sebelum Perubahan (Rp) | Setelah Perubahan (Rp) | Bertambah/(Berkurang) (Rp) |
    | 1  | Program Rehabilitasi Sosial | 850.000.000            | 800.000.000            | (40.000.000) *             |
    | 2  | Program Penanganan Bencana  | 300.000.000            | 320.000.000            | 20.000.000                 |
Benar:
    Perjanjian Kinerja Perubahan Tahun 2024
    | No | Program                     | Sebelum Perubahan (Rp) | Setelah Perubahan (Rp) | Bertambah/(Berkurang) (Rp) |
    | 1  | Program Rehabilitasi Sosial | 850.000.000            | 800.000.000            | (50.000.000)               |
    | 2  | Program Penanganan Bencana  | 300.000.000            | 320.000.000            | 20.000.000                 |

English
The change of a budget is the budget after revision minus the one before.

What is checked: bertambah/(berkurang) of every row is compared with the budget after revision minus the
budget before it.
Why it matters: a change that does not agree shows that one of the three figures is wrong or still the old
one, and the reported shift of the budget cannot be relied on.
Tolerance: none for whole rupiah; in thousands or millions half of the last unit for every figure.
Source: practice of reporting budget revisions.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import CHANGE
from xlaudit.findings import Severity
from xlaudit.rules._flags import judge_all
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text

_MESSAGE = Text("The change states {stated}, but after − before revision = {computed}; difference {difference}.")
_ADVICE = Text("Compute after − before again; if the change is right, check the two budgets.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every change of a budget with its row's amounts before and after revision."""
    for table in book.tables:
        yield from judge_all(book.checks(table).changes, book.mode(table), _MESSAGE, _ADVICE)


RULE = Rule(
    CHANGE,
    "budget-change",
    Text("The change is not after − before revision"),
    Severity.ERROR,
    check,
)
