"""Rumus jumlah di kolom-kolom yang berdampingan mencakup baris yang sama.

Yang diperiksa: dalam satu baris, apakah rumus jumlah (SUM atau A+B+C) di kolom pagu, realisasi, dan kolom rupiah lain
menjumlahkan baris yang sama.
Mengapa penting: bila pagu dijumlah dari semua rincian dan realisasi hanya dari sebagian, salah satu jumlahnya salah,
dan persentase serapannya ikut salah.
Toleransi: cara menulis rumus boleh berbeda asal baris yang terhitung sama, atau hasilnya sama. Jumlah yang rinciannya
sudah pasti dinilai oleh FO102.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | Program          | Pagu (Rp)                 | Realisasi (Rp)              |
    | Bidang I         | =SUM(B4:B5) -> 900000000  | =SUM(C4:C4) -> 400000000 *  |
    | Rehabilitasi     | 500000000                 | 400000000                   |
    | Penanganan       | 400000000                 | 350000000                   |
    | Bidang II        | =SUM(B7:B8) -> 700000000  | =SUM(C7:C8) -> 600000000    |
    | Perlindungan     | 300000000                 | 250000000                   |
    | Pemberdayaan     | 400000000                 | 350000000                   |
Benar:
    Realisasi Anggaran Tahun 2024
    | Program          | Pagu (Rp)                 | Realisasi (Rp)              |
    | Bidang I         | =SUM(B4:B5) -> 900000000  | =SUM(C4:C5) -> 750000000    |
    | Rehabilitasi     | 500000000                 | 400000000                   |
    | Penanganan       | 400000000                 | 350000000                   |
    | Bidang II        | =SUM(B7:B8) -> 700000000  | =SUM(C7:C8) -> 600000000    |
    | Perlindungan     | 300000000                 | 250000000                   |
    | Pemberdayaan     | 400000000                 | 350000000                   |

English
Sums in columns side by side count the same rows.

What is checked: in one row, whether the sums (SUM or A+B+C) in the columns of pagu, realisasi and other amounts add up
the same rows.
Why it matters: where pagu is added up from all rows and realisasi from some only, one of the two is wrong, and so is
the percentage between them.
Tolerance: formulas may be written in different ways as long as they count the same rows, or come to the same figure.
Sums whose rows are certain are judged by FO102.
Source: reporting practice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xlaudit.findings import Severity
from xlaudit.relations import amount_columns, term
from xlaudit.rules._coverage import ROOM, counted, is_certain, sums
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import NUMBER, Column, Figure, Row, Table
from xlaudit.texts import Text

_MESSAGE = Text(
    "The formula ={formula} adds up {n} rows, but the one in {other}, ={like}, adds up {m}. With the same rows it "
    "would give {computed}, not {stated}.",
)
_SEVERAL = 2
_ADVICE = Text("Bring both ranges in line, and check which of them is right.")


class _Counted(NamedTuple):
    column: Column
    figure: Figure
    rows: frozenset[int]


def check(book: Book) -> Iterator[Verdict]:
    """Compares the rows that the sums of one row count, column by column."""
    for table in book.tables:
        columns = [column for column in amount_columns(table) if table.holding(column.name).formulas]
        if len(columns) < _SEVERAL:
            continue
        judged = {one.figure.cell for one in sums(table)} if is_certain(table) else set()
        room = ROOM
        for row in table.rows:
            found = list(_counted(table, columns, row)) if room > 0 else []
            room -= sum(len(one.rows) for one in found)
            if len(found) < _SEVERAL or any(one.figure.cell in judged for one in found):
                continue
            yield _odd(table, row, found) or MADE


def _counted(table: Table, columns: list[Column], row: Row) -> Iterator[_Counted]:
    for column in columns:
        figure = row.figures[column.name]
        if figure.formula is None or figure.state is not NUMBER:
            continue
        times = counted(table, figure)
        if times:
            yield _Counted(column, figure, frozenset(times))


def _odd(table: Table, row: Row, found: list[_Counted]) -> Flag | None:
    """The sum that counts other rows than the rest; of two the one that counts fewer, or the right one."""
    ((usual, times), *_) = Counter(one.rows for one in found).most_common()
    if times == len(found):
        return None
    if times == 1:
        usual = max(found, key=lambda one: len(one.rows)).rows
    odd = next(one for one in reversed(found) if one.rows != usual)
    like = next(one for one in found if one.rows == usual)
    reached = _total(table, odd.column, like.rows)
    if reached == odd.figure.amount or _total(table, like.column, odd.rows) == like.figure.amount:
        return None  # whatever is left out amounts to nothing, or parents are counted here and their rows there
    own = term(table, odd.column, row)
    return Flag(
        table,
        odd.figure.cell,
        label_of(table, row, odd.figure),
        _MESSAGE.fill(
            formula=odd.figure.formula,
            n=len(odd.rows),
            other=like.figure.cell.a1,
            like=like.figure.formula,
            m=len(like.rows),
            stated=shown_as(own, odd.figure.amount),
            computed=shown_as(own, reached),
        ),
        stated=in_cell(own, odd.figure.amount),
        computed=in_cell(own, reached),
        difference=Decimal(in_cell(own, odd.figure.amount - reached)),
        because=((table, like.figure.cell),),
        advice=_ADVICE,
    )


def _total(table: Table, column: Column, rows: frozenset[int]) -> Decimal:
    return sum((table.rows[index].figures[column.name].amount for index in rows), Decimal(0))


RULE = Rule(
    "FO103",
    "sum-differs",
    Text("A sum differs from that of the column beside it"),
    Severity.WARNING,
    check,
)
