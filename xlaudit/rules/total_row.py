"""Tabel realisasi anggaran mempunyai baris jumlah.

Yang diperiksa: tabel realisasi anggaran dengan dua program atau lebih mempunyai baris Jumlah atau Total.
Mengapa penting: tanpa jumlah, tabel tidak dapat dicocokkan dengan DPA, LRA, dan tabel lain.
Toleransi: tabel dengan satu program, atau yang baris-barisnya bukan program, tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Uraian                        | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000 *   | 790.112.000     |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Uraian                        | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   |

English
A table of budget realisation has a total row.

What is checked: a table of budget realisation with two programs or more has a row Jumlah or Total.
Why it matters: without a total the table cannot be held against DPA, LRA and other tables.
Tolerance: a table of one program, or whose rows are no programs, is not judged.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.relations import total_rows
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.kinds import REALISASI_ANGGARAN
from xlaudit.tables import Level
from xlaudit.texts import Text, same

_FEWEST = 2
_MESSAGE = Text("This table lists {n} programs but has no total row.")
_ADVICE = Text("Add a total row at the end of the table.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of a table of budget realisation with several programs and no total."""
    for table in book.tables:
        roles = {column.role for column in table.columns.values()}
        top = [index for index in table.top if table.levels[index] is Level.PROGRAM]
        if table.kind != REALISASI_ANGGARAN.name or not {"pagu", "realisasi"} <= roles or len(top) < _FEWEST:
            continue
        if total_rows(table):
            yield MADE
            continue
        column = table.by_role("pagu")[0]
        yield Flag(
            table,
            Cell(table.rows[-1].number, column.column),
            same(column.header),
            _MESSAGE.fill(n=len(top)),
            advice=_ADVICE,
        )


RULE = Rule(
    "ST103",
    "total-row",
    Text("There is no total row"),
    Severity.NOTE,
    check,
)
