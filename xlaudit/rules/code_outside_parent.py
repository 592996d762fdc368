"""Kode rincian diawali kode induknya.

Yang diperiksa: dalam tabel anggaran yang berkode, apakah kode setiap kegiatan dan sub kegiatan diawali kode baris induk
di atasnya.
Mengapa penting: baris dengan kode lain tidak termasuk induk mana pun. Kodenya salah ketik, barisnya salah tempat, atau
baris induknya tertinggal, sehingga anggarannya tercatat pada program yang keliru.
Toleransi: tabel yang memang hanya memuat sebagian baris, yaitu bila lebih dari satu di antara sepuluh baris tidak
mempunyai induk, tidak dinilai.
Sumber: susunan kode program, kegiatan, dan sub kegiatan (praktik pelaporan).

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode                | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02             | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03        | Pengembangan Potensi      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001   | Peningkatan Pekerja       | 600.000.000 | 570.000.000    |
    | 1.06.03.2.01 *      | Rehabilitasi Dasar        | 350.000.000 | 330.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode                | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02             | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03        | Pengembangan Potensi      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001   | Peningkatan Pekerja       | 600.000.000 | 570.000.000    |
    | 1.06.03             | Program Rehabilitasi      | 350.000.000 | 330.000.000    |
    | 1.06.03.2.01        | Rehabilitasi Dasar        | 350.000.000 | 330.000.000    |

English
A row's code begins with its parent's.

What is checked: in a budget table with codes, whether the code of every kegiatan and sub kegiatan begins with that of
the row above it in the hierarchy.
Why it matters: a row with another code belongs to no parent. Its code is mistyped, the row stands in the wrong place,
or the parent's row was left out, and its budget is booked under the wrong program.
Tolerance: tables that show some rows only, that is where more than one row in ten has no parent, are not judged.
Source: the codes of programs, kegiatan and sub kegiatan (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from xlaudit.findings import Severity
from xlaudit.rules._codes import code_column, place
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text, same

_MOST = 10
_MESSAGE = Text("The code {code} does not begin with that of the row above it, {above} ({name}).")
_ADVICE = Text("Correct the code, move the row, or add the row of its parent.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at the codes of every table whose levels were told by them."""
    for table in book.tables:
        column = code_column(table)
        if table.levels_from != "code" or column is None:
            continue
        depths = [depth for depth in compress(table.depths, table.codes) if depth is not None]
        if not any(depths):
            continue
        astray = (row for row in table.rows if row.orphan) if table.has_orphans else ()
        orphans = [row for row in astray if row.code and row.depth is not None]
        if len(orphans) > max(1, len(depths) // _MOST):
            continue
        if len(depths) > len(orphans):
            yield Made(len(depths) - len(orphans))
        above: dict[int, Row] = {}
        for row in table.rows if orphans else ():
            if row.depth is None:
                continue
            if row.orphan:
                yield _flag(table, column, row, above[max(depth for depth in above if depth < row.depth)])
            above = {depth: other for depth, other in above.items() if depth < row.depth} | {row.depth: row}


def _flag(table: Table, column: Column, row: Row, above: Row) -> Flag:
    return Flag(
        table,
        place(column, row),
        same(f"{row.label} · {column.header}"),
        _MESSAGE.fill(code=same(row.code), above=same(above.code), name=same(above.label)),
        stated=row.code,
        because=((table, place(column, above)),),
        advice=_ADVICE,
    )


RULE = Rule(
    "KO101",
    "code-outside-parent",
    Text("A code does not begin with its parent's"),
    Severity.WARNING,
    check,
)
