"""Nomor urut tidak terlewat atau terulang.

Yang diperiksa: kolom nomor yang berisi 1, 2, 3, dan seterusnya pada baris setingkat. Satu catatan untuk setiap tabel.
Mengapa penting: nomor yang terlewat menandakan baris yang terhapus, nomor yang terulang menandakan baris yang
disisipkan atau tertulis dua kali.
Toleransi: penomoran boleh mulai lagi dari 1, dan satu nomor boleh berlaku untuk beberapa baris berturut-turut dalam
tabel sasaran atau indikator. Tabel yang nomornya tidak urut di lebih dari satu di antara lima baris tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No  | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1   | Program Rehabilitasi Sosial | 2.150.000.000 | 2.003.417.500  |
    | 2   | Program Penanganan Bencana  | 847.300.000   | 790.112.000    |
    | 3   | Program Pemberdayaan Sosial | 500.000.000   | 431.000.000    |
    | 5 * | Program Perlindungan Sosial | 400.000.000   | 390.000.000    |
    | 6   | Program Penunjang Urusan    | 300.000.000   | 290.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | No  | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1   | Program Rehabilitasi Sosial | 2.150.000.000 | 2.003.417.500  |
    | 2   | Program Penanganan Bencana  | 847.300.000   | 790.112.000    |
    | 3   | Program Pemberdayaan Sosial | 500.000.000   | 431.000.000    |
    | 4   | Program Perlindungan Sosial | 400.000.000   | 390.000.000    |
    | 5   | Program Penunjang Urusan    | 300.000.000   | 290.000.000    |

English
No number is skipped or repeated.

What is checked: a column of numbers 1, 2, 3 and so on in rows of one level. One note for each table.
Why it matters: a number that is skipped is a sign of a row that was deleted, one that is repeated of a row that was
inserted or typed twice.
Tolerance: numbers may begin anew with 1, and in tables of sasaran or indicators one number may stand for several rows
running. Tables in which more than one row in five is out of order are not judged.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text, same, sentences

_PLAIN = pattern(r"([0-9]{1,4})[.)]?")
_FEWEST = 3
_ONE_IN = 5
_SKIPPED = Text("The number {number} follows {before}.")
_REPEATED = Text("The number {number} stands in row {row} already.")
_AND_MORE = Text("So do {n} other numbers of this table.")
_ADVICE = Text("Put the numbers in order, and look for a row that is missing.")  # fmt: skip


def check(book: Book) -> Iterator[Verdict]:
    """Follows the numbers of each level of every table."""
    for table in book.tables:
        column = table.columns.get("no")
        if column is None:
            continue
        levels: dict[int, list[tuple[Row, int]]] = {}
        follows: set[int] = set()
        last = 0
        for row in table.rows:
            match = _PLAIN.fullmatch(row.texts.get("no", "").strip())
            if match is None:
                continue
            number = int(match[1])
            if number == last + 1:
                follows.add(row.index)  # after whatever row, such as one that says only a word
            last = number
            if row.depth is not None:
                levels.setdefault(row.depth, []).append((row, number))
        numbered = [rows for rows in levels.values() if len(rows) >= _FEWEST]
        found = [fault for rows in numbered for fault in _faults(table, rows) if fault[0].index not in follows]
        count = sum(map(len, numbered))
        if not count or len(found) * _ONE_IN > count:
            continue
        if found:
            yield _flag(table, column, found)
        else:
            yield Made(count)


def _faults(table: Table, rows: list[tuple[Row, int]]) -> Iterator[tuple[Row, Row, int, int]]:
    """Rows whose number does not follow that before: row, the row before, its number, the number before."""
    shared = "sasaran" in table.columns or "indikator" in table.columns or "tujuan" in table.columns
    for (before, one), (row, two) in pairwise(rows):
        if two in (one + 1, 1) or (two == one and (shared or row.label == before.label)):
            continue
        yield row, before, two, one


def _flag(table: Table, column: Column, found: list[tuple[Row, Row, int, int]]) -> Flag:
    row, before, number, last = found[0]
    if number == last:
        message = _REPEATED.fill(number=number, row=before.number)
    else:
        message = _SKIPPED.fill(number=number, before=last)
    return Flag(
        table,
        Cell(row.number, column.column),
        same(f"{row.label} · {column.header}"),
        sentences(message, _AND_MORE.fill(n=len(found) - 1) if len(found) > 1 else None),
        stated=str(number),
        because=tuple((table, Cell(other[0].number, column.column)) for other in found[1:]),
        advice=_ADVICE,
    )


RULE = Rule(
    "ST115",
    "numbering",
    Text("A number is skipped or repeated"),
    Severity.NOTE,
    check,
)
