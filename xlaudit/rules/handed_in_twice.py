"""Tabel untuk satu periode tidak memuat hasil periode lain.

Yang diperiksa: bila beberapa buku kerja satu perangkat daerah diaudit bersama, tabel yang seluruh realisasi dan
capaiannya persis sama dengan tabel di buku kerja untuk triwulan, semester, atau tahun sebelumnya dilaporkan pada buku
kerja yang lebih baru. Kolom tahun lain tidak ikut dibandingkan, begitu pula tabel yang judulnya menyebut periode lama.
Mengapa penting: lembar lama yang dikirim ulang dengan judul baru berarti hasil periode ini belum dilaporkan.
Toleransi: tidak ada; sekurang-kurangnya lima angka harus sama, di luar 0, 100, dan angka bulat. Selalu peringatan.
Sumber: praktik pelaporan.

Salah:
    # Buku: dinsos-tw1.xlsx
    DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024
    TRIWULAN I
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 253.250.000    | 11,78 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 130.354.000    | 15,38 |
    | 3  | Program Pemberdayaan Sosial | 500.000.000   | 82.500.000     | 16,50 |
    | 4  | Program Perlindungan Sosial | 700.000.000   | 91.350.000     | 13,05 |
    | 5  | Program Taman Makam         | 65.000.000    | 11.250.000     | 17,31 |
    # Buku: dinsos-tw2.xlsx
    DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024
    TRIWULAN II
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 253.250.000 *  | 11,78 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 130.354.000    | 15,38 |
    | 3  | Program Pemberdayaan Sosial | 500.000.000   | 82.500.000     | 16,50 |
    | 4  | Program Perlindungan Sosial | 700.000.000   | 91.350.000     | 13,05 |
    | 5  | Program Taman Makam         | 65.000.000    | 11.250.000     | 17,31 |
Benar:
    # Buku: dinsos-tw1.xlsx
    DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024
    TRIWULAN I
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 253.250.000    | 11,78 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 130.354.000    | 15,38 |
    | 3  | Program Pemberdayaan Sosial | 500.000.000   | 82.500.000     | 16,50 |
    | 4  | Program Perlindungan Sosial | 700.000.000   | 91.350.000     | 13,05 |
    | 5  | Program Taman Makam         | 65.000.000    | 11.250.000     | 17,31 |
    # Buku: dinsos-tw2.xlsx
    DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024
    TRIWULAN II
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 853.250.000    | 39,69 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 130.354.000    | 15,38 |
    | 3  | Program Pemberdayaan Sosial | 500.000.000   | 182.500.000    | 36,50 |
    | 4  | Program Perlindungan Sosial | 700.000.000   | 91.350.000     | 13,05 |
    | 5  | Program Taman Makam         | 65.000.000    | 11.250.000     | 17,31 |

English
A table for one period does not hold the results of another.

What is checked: where several workbooks of one office are audited together, a table all of whose realisasi and capaian
are exactly those of a table in the workbook for an earlier quarter, semester or year is reported in the later workbook.
Columns of other years take no part, nor do tables whose title names the earlier period.
Why it matters: an old sheet handed in again under a new title means that this period has not been reported.
Tolerance: none; at least five figures must be the same that are not 0, 100 or round. Always a warning.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from xlaudit.across import Repeated, compare
from xlaudit.findings import Elsewhere, Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.texts import Text, same

_MESSAGE = Text(
    "All {n} results of this table are those of a table in {file} ({sheet}), though that workbook is for an earlier "
    "period.",
)
_ADVICE = Text("Fill in the results of this period; if nothing has changed indeed, explain it.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks for tables whose results are all those of an earlier workbook."""
    if not book.others:
        return
    own = book.digest()
    found = {one.own.table: one for one in compare(own, book.others).repeated}
    for results in own.results:
        yield _flag(book, found[results.table]) if results.table in found else MADE


def _flag(book: Book, one: Repeated) -> Flag:
    table = next(table for table in book.tables if table.id == one.own.table)
    return Flag(
        table,
        one.own.cell,
        same(table.title or table.sheet),
        _MESSAGE.fill(n=len(one.own.figures), file=PurePath(one.workbook.path).name, sheet=one.other.sheet),
        advice=_ADVICE,
        elsewhere=(Elsewhere(one.workbook.path, one.other.sheet, one.other.cell.a1),),
    )


RULE = Rule(
    "XT111",
    "handed-in-twice",
    Text("Results of another period were handed in again"),
    Severity.WARNING,
    check,
)
