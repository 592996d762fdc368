"""Persentase dalam satu tabel dibulatkan dengan satu cara.

Yang diperiksa: apakah persentase serapan dan capaian dibulatkan atau dipotong (angka di belakangnya
dibuang). Tabel yang memotong, atau yang mencampur keduanya, mendapat satu catatan, bukan temuan per
baris. Bila caranya ditetapkan (lembar Identitas, atau conventions.rounding dalam xlaudit.toml), tabel yang
memakai cara lain mendapat satu peringatan.
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
dropped). A table that cuts off, or mixes both, gets one note, not a finding for every row. Where the way was
settled (sheet Identitas, or conventions.rounding in xlaudit.toml) a table in the other way gets one warning.
Why it matters: no error of arithmetic, but another table that rounds will differ by one last digit.
Tolerance: only percentages that fit no more than one of the two ways are counted.
Source: reporting practice; both ways are in use in performance reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.findings import Severity
from xlaudit.relations import Mode, Relation
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.tables import Table
from xlaudit.texts import Text, same

_TRUNCATED = Text(
    "The percentages of this table are cut off, not rounded: {n} of {all} fit only if further digits are dropped."
)
_MIXED = Text("This table mixes rounding and cutting off: {n} of {all} percentages fit only if cut off.")
_ADVICE = Text("Not an error of arithmetic; use one way of rounding so that the report's tables agree.")
_NOT_ROUNDED = Text("By {where} percentages are rounded, but {n} of {all} in this table fit only if cut off.")
_NOT_CUT_OFF = Text("By {where} percentages are cut off, but {n} of {all} in this table fit only if rounded.")
_AS_SETTLED = Text("Compute those percentages again in the way that is set, or correct the setting.")


def check(book: Book) -> Iterator[Verdict]:
    """One note for a table that truncates its percentages, or that mixes truncating and rounding.

    Where one way was settled, one warning for a table with figures that only the other way explains.
    """
    settled = book.settings.conventions.rounding
    for table in book.tables:
        checks = book.checks(table)
        if checks.mode is None:
            continue
        other = Mode.ROUNDED if settled is Mode.TRUNCATED else Mode.TRUNCATED
        only, count = checks.fitting_only(other)
        if not only or settled is Mode.MIXED:
            yield MADE
        elif settled is None:
            yield _note(table, _TRUNCATED if checks.mode is Mode.TRUNCATED else _MIXED, count, only)
        else:
            wording = _NOT_ROUNDED if settled is Mode.ROUNDED else _NOT_CUT_OFF
            flag = _note(table, wording.fill(where=book.policy.origin("rounding"), n="{n}", all="{all}"), count, only)
            yield replace(flag, severity=Severity.WARNING, advice=_AS_SETTLED)


def _note(table: Table, wording: Text, count: int, only: list[Relation]) -> Flag:
    first = only[0].target
    return Flag(
        table,
        first.figure.cell,
        same(first.column.header),
        wording.fill(n=len(only), all=count),
        because=tuple((table, relation.target.figure.cell) for relation in only[1:]),
        advice=_ADVICE,
    )


RULE = Rule(
    "RO101",
    "rounding-mode",
    Text("Percentages are cut off, not rounded"),
    Severity.NOTE,
    check,
)
