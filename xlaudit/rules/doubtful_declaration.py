"""Rumus di judul kolom diikuti oleh angka-angkanya.

Yang diperiksa: rumus pada baris nomor kolom (misalnya 6=4/5*100) yang tidak cocok dengan lebih dari separuh
barisnya, pada tabel dengan tiga baris atau lebih, atau yang kalah oleh hubungan baku kolom itu. Rumusnya yang
dilaporkan, sekali, bukan setiap barisnya; hubungan baku kolom itu tetap diperiksa.
Mengapa penting: nomor kolom sering lupa disesuaikan setelah kolom disisipkan atau dihapus, dan pembaca yang
menghitung ulang menurut rumus itu akan mendapat angka lain.
Toleransi: sebuah baris cocok bila selisihnya dapat dijelaskan oleh pembulatan.
Sumber: rumus yang tercetak pada tabel itu sendiri.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                    | Pagu (Rp)     | Realisasi (Rp) | %             |
    | 1  | 2                          | 3             | 4              | 5=3/4x100 *   |
    | 1  | Program Rehabilitasi       | 2.150.000.000 | 2.003.417.500  | 93,18         |
    | 2  | Program Bencana            | 847.300.000   | 790.112.000    | 93,25         |
    | 3  | Program Pemberdayaan       | 412.000.000   | 398.650.000    | 96,76         |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                    | Pagu (Rp)     | Realisasi (Rp) | Serapan (%)   | Sisa (Rp)   |
    | 1  | 2                          | 3             | 4              | 5=4/3x100     | 6=3-4       |
    | 1  | Program Rehabilitasi       | 2.150.000.000 | 2.003.417.500  | 93,18         | 146.582.500 |
    | 2  | Program Bencana            | 847.300.000   | 790.112.000    | 93,25         | 57.188.000  |
    | 3  | Program Pemberdayaan       | 412.000.000   | 398.650.000    | 96,76         | 13.350.000  |

English
The arithmetic that a heading declares is followed by its figures.

What is checked: arithmetic in the row of column numbers (such as 6=4/5*100) that does not fit more than half
of its rows, in tables of three rows or more, or where the column's usual relation fits instead. The declaration
is reported, once, not every row; the usual relation of the column is still checked.
Why it matters: the numbers are often not adapted after a column was put in or taken out, and a reader who
computes again by the declaration gets other figures.
Tolerance: a row fits where roundings can explain the difference.
Source: the arithmetic printed in the table itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.texts import Text, same

_MESSAGE = Text("The formula “{declared}” fits only {fits} of {rows} rows of the column {column}.")
_ADVICE = Text(
    "Check the column numbers in it, they may not have been adapted; if it is right, compute the column again."
)


def check(book: Book) -> Iterator[Verdict]:
    """Tells of declarations that the figures below them hardly follow."""
    for table in book.tables:
        declarations = book.checks(table).declarations
        yield Made(len(table.declared) - len(declarations.doubtful))
        for formula, fits in declarations.doubtful:
            heading = formula.target.header.split(" · ")[-1]
            facts = {"fits": str(fits), "rows": str(len(formula.rows)), "column": heading}
            yield Flag(
                table,
                formula.declared.cell,
                same(heading),
                _MESSAGE.fill(declared=formula.declared.text, **facts),
                stated=formula.declared.text,
                advice=_ADVICE,
            )


RULE = Rule(
    "RK102",
    "doubtful-declaration",
    Text("A declared column formula is not followed by its figures"),
    Severity.WARNING,
    check,
)
