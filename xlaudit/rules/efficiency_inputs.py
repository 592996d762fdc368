"""Serapan dalam tabel efisiensi sama dengan realisasi ÷ pagu di tabel asalnya.

Yang diperiksa: persentase serapan setiap program, kegiatan, sasaran, atau indikator dalam tabel efisiensi
yang tidak memuat pagu dan realisasinya sendiri dihitung ulang dari tabel lain untuk nama dan tahun yang sama.
Nama dicocokkan tanpa membedakan huruf besar, nomor, dan ejaan yang meleset satu huruf; kemiripannya disebutkan.
Mengapa penting: efisiensi yang memakai serapan lain daripada yang dilaporkan tidak dapat ditelusuri.
Toleransi: serapan boleh dibulatkan atau dipotong, juga dari persentase yang tercetak di tabel asalnya. Bila
beberapa tabel memuat pagu dan realisasinya, cukup salah satunya cocok.
Sumber: praktik pelaporan.

Salah:
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  | 95,50 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    | 98,00 |
    # Lembar: Efisiensi
    Efisiensi Penggunaan Sumber Daya Tahun 2024
    | Program                     | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Program Rehabilitasi Sosial | 105,00              | 95,50                   | 9,50          |
    | Program Penanganan Bencana  | 100,00              | 89,00 *                 | 11,00         |
Benar:
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  | 95,50 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    | 98,00 |
    # Lembar: Efisiensi
    Efisiensi Penggunaan Sumber Daya Tahun 2024
    | Program                     | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Program Rehabilitasi Sosial | 105,00              | 95,50                   | 9,50          |
    | Program Penanganan Bencana  | 100,00              | 98,00                   | 2,00          |

English
Serapan in a table on efisiensi equals realisasi ÷ pagu of the table it comes from.

What is checked: the percentage absorbed of every program, kegiatan, sasaran or indicator in a table on
efisiensi that has no pagu and realisasi of its own is computed again from another table, for the same name and
year. Names are matched regardless of capitals, numbering and one mistyped letter; their similarity is stated.
Why it matters: an efficiency from another serapan than the one reported cannot be traced.
Tolerance: the serapan may be rounded or cut off, also from the percentage printed in its source. Where several
tables have its pagu and realisasi, agreeing with one of them is enough.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.absorbed import ABSORBED
from xlaudit.findings import Severity
from xlaudit.relations import Mode
from xlaudit.rules._flags import judge
from xlaudit.rules._names import similar
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.texts import Text, sentences

_MESSAGE = Text("Serapan is stated as {stated}, but realisasi ÷ pagu of its source is {computed}.")
_WHERE = Text("Its realisasi stands in {where}.")
_ADVICE = Text("Take the serapan from the table of realisasi, then compute the efficiency again.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every serapan that is printed without its amounts with these amounts elsewhere."""
    for one in book.several.copied:
        if one.agrees:
            yield MADE
            continue
        verdict = judge(one.relations()[0], Mode.MIXED, _MESSAGE, _ADVICE)
        if isinstance(verdict, Flag):
            spent = one.sources[0].spent
            where = _WHERE.fill(where=f"{spent.table.sheet}!{spent.figure.cell.a1}")
            tail = similar(one.printed.name, (one.sources[0].name,))
            verdict = replace(verdict, message=sentences(verdict.message, where, tail))
        if verdict is not None:
            yield verdict


RULE = Rule(
    ABSORBED,
    "efficiency-inputs",
    Text("Serapan used for efisiensi differs from its source"),
    Severity.ERROR,
    check,
)
