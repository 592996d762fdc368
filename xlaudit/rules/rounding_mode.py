"""Persentase dalam satu tabel dibulatkan dengan satu cara.

Yang diperiksa: apakah persentase serapan dan capaian dibulatkan atau dipotong (angka di belakangnya
dibuang). Tabel yang memotong, atau yang mencampur keduanya, mendapat satu catatan, bukan temuan per
baris.
Mengapa penting: bukan kesalahan hitung, tetapi tabel lain yang membulatkan akan berbeda satu angka
terakhir.
Toleransi: hanya persentase yang cocok dengan salah satu cara saja yang dihitung.
Sumber: praktik pelaporan; kedua cara dipakai dalam laporan kinerja.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.512.500   | 93,18 * |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.188.000     | 93,25   |
    |    | Jumlah                        | 2.997.300.000   | 2.793.700.500   | 93,20   |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.512.500   | 93,19   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.188.000     | 93,26   |
    |    | Jumlah                        | 2.997.300.000   | 2.793.700.500   | 93,21   |

English
The percentages of one table are rounded in one way.

What is checked: whether percentages of absorption and capaian are rounded or cut off (further digits
dropped). A table that cuts off, or mixes both, gets one note, not a finding for every row.
Why it matters: no error of arithmetic, but another table that rounds will differ by one last digit.
Tolerance: only percentages that fit no more than one of the two ways are counted.
Source: reporting practice; both ways are in use in performance reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.relations import Mode, Relation
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.forms import TRUNCATED
from xlaudit.tables import Table
from xlaudit.texts import Text, same

_TRUNCATED = Text(
    "Persentase tabel ini dipotong, bukan dibulatkan: {n} dari {all} hanya cocok bila angka di belakangnya dibuang.",
    "The percentages of this table are cut off, not rounded: {n} of {all} fit only if further digits are dropped.",
)
_MIXED = Text(
    "Tabel ini mencampur pembulatan dan pemotongan: {n} dari {all} persentase hanya cocok bila dipotong.",
    "This table mixes rounding and cutting off: {n} of {all} percentages fit only if cut off.",
)
_ADVICE = Text(
    "Bukan kesalahan hitung; samakan cara pembulatannya agar tabel-tabel laporan sejalan.",
    "No error of arithmetic; use one way of rounding so that the report's tables agree.",
)


def check(book: Book) -> Iterator[Verdict]:
    """One note for a table that truncates its percentages, or that mixes truncating and rounding.

    A template whose *Identitas* says that it truncates needs no note.
    """
    declared = book.template is not None and book.template.setting("Cara_Pembulatan") == TRUNCATED
    for table in book.tables:
        checks = book.checks(table)
        mode = checks.mode
        if mode is None:
            continue
        if mode is Mode.ROUNDED or (declared and checks.all_may_be_cut_off):
            yield MADE
            continue
        cut, count = checks.cut_off()
        yield _note(table, mode, count, cut)


def _note(table: Table, mode: Mode, count: int, cut: list[Relation]) -> Flag:
    first = cut[0].target
    wording = _TRUNCATED if mode is Mode.TRUNCATED else _MIXED
    return Flag(
        table,
        first.figure.cell,
        same(first.column.header),
        wording.fill(n=len(cut), all=count),
        because=tuple((table, relation.target.figure.cell) for relation in cut[1:]),
        advice=_ADVICE,
    )


RULE = Rule(
    "RO101",
    "rounding-mode",
    Text("Persentase dipotong, bukan dibulatkan", "Percentages are cut off, not rounded"),
    Severity.NOTE,
    check,
)
