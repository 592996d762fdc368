"""Satu nama tercantum satu kali di bawah induk yang sama.

Yang diperiksa: dalam tabel anggaran, apakah dua program, kegiatan, atau sub kegiatan di bawah satu induk bernama sama
padahal kodenya berbeda.
Mengapa penting: biasanya salah satunya salah salin, sehingga anggarannya terhitung dua kali atau tercatat pada nama
yang keliru.
Toleransi: rincian belanja dan rincian sumber dana boleh bernama sama. Tabel yang mengulang nama di lebih dari satu di
antara sepuluh baris, serta tabel yang menyebut indikator per baris, tidak dinilai. Kode yang sama dinilai oleh RA106.
Sumber: susunan kode program, kegiatan, dan sub kegiatan (praktik pelaporan).

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                        | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02           | Program Pemberdayaan Sosial   | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03      | Kegiatan Pengembangan Potensi | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001 | Peningkatan Karang Taruna     | 250.000.000 | 240.000.000    |
    | 1.06.02.2.03.0002 | Peningkatan Karang Taruna *   | 350.000.000 | 330.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                        | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02           | Program Pemberdayaan Sosial   | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03      | Kegiatan Pengembangan Potensi | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001 | Peningkatan Pekerja Sosial    | 250.000.000 | 240.000.000    |
    | 1.06.02.2.03.0002 | Peningkatan Karang Taruna     | 350.000.000 | 330.000.000    |

English
A name stands once below one parent.

What is checked: in a budget table, whether two programs, kegiatan or sub kegiatan below one parent have the same name
though their codes differ.
Why it matters: most often one of them was copied wrongly, so that a budget counts twice or is booked under the wrong
name.
Tolerance: accounts and sources of funds may have the same name. Tables that repeat names in more than one row in ten,
and tables with an indicator in each row, are not judged. The same code twice is told by RA106.
Source: the codes of programs, kegiatan and sub kegiatan (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules._codes import accounts, code_column, coded_places, place
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text, same

_MOST = 10
_MESSAGE = Text("“{name}” ({code}) stands in row {row} already, with the code {other}.")
_ADVICE = Text("Check the name and the code of both rows against the DPA.")
_KINDS = ("realisasi_anggaran", "perjanjian_kinerja")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the names of the rows with codes below each parent."""
    for table in book.tables:
        column = code_column(table)
        if table.kind not in _KINDS or "indikator" in table.columns or column is None:
            continue
        budgeted = table.with_number(table.by_role("pagu"))
        without = accounts(book, table)
        judged = table.named(coded_places(table))
        if without or not all(budgeted):
            judged = [at for at in judged if budgeted[at] and at not in without]
        first: dict[tuple[int | None, str], Row] = {}
        repeated = table.repeated_labels
        again = [table.rows[at] for at in judged if table.labels[at].lower() in repeated] if repeated else []
        twice = [
            (row, other)
            for row in again
            if (other := first.setdefault((row.parent, row.label.lower()), row)) is not row and other.code != row.code
        ]
        if len(twice) > max(1, len(judged) // _MOST):
            continue
        if len(judged) > len(twice):
            yield Made(len(judged) - len(twice))
        yield from (_flag(table, column, row, other) for row, other in twice)


def _flag(table: Table, column: Column, row: Row, other: Row) -> Flag:
    cell = _label_cell(table, column, row)
    return Flag(
        table,
        cell,
        same(f"{row.label} · {column.header}"),
        _MESSAGE.fill(name=same(row.label), code=same(row.code), row=other.number, other=same(other.code)),
        stated=row.label,
        because=((table, place(column, other)),),
        advice=_ADVICE,
    )


def _label_cell(table: Table, column: Column, row: Row) -> Cell:
    """Where the name stands: the column whose text it is, else that of the code."""
    naming = [c for c in table.columns.values() if row.texts.get(c.name, "") == row.label]
    return Cell(row.number, min(naming, key=lambda c: c.column).column) if naming else place(column, row)


RULE = Rule(
    "KO103",
    "name-twice",
    Text("A name stands twice below one parent"),
    Severity.WARNING,
    check,
)
