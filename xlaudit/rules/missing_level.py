"""Setiap kegiatan dirinci seperti kegiatan lain di tabel yang sama.

Yang diperiksa: dalam tabel anggaran bertingkat, apakah ada program tanpa kegiatan, atau kegiatan tanpa sub kegiatan,
padahal hampir semua baris setingkat mempunyai rincian.
Mengapa penting: rincian yang tertinggal membuat anggaran induknya tidak dapat ditelusuri.
Toleransi: hanya dinilai bila sedikitnya empat baris setingkat dirinci untuk setiap baris yang tidak, dan baris itu
mempunyai pagu. Rincian belanja tidak dinilai.
Sumber: susunan program, kegiatan, dan sub kegiatan (praktik pelaporan).

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode         | Uraian                  | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.01      | Program Penunjang       | 100.000.000 | 90.000.000     |
    | 1.06.01.2.01 | Perencanaan             | 100.000.000 | 90.000.000     |
    | 1.06.02      | Program Pemberdayaan    | 200.000.000 | 180.000.000    |
    | 1.06.02.2.01 | Pengembangan Potensi    | 200.000.000 | 180.000.000    |
    | 1.06.03      | Program Rehabilitasi *  | 350.000.000 | 330.000.000    |
    | 1.06.04      | Program Perlindungan    | 150.000.000 | 140.000.000    |
    | 1.06.04.2.01 | Jaminan Sosial          | 150.000.000 | 140.000.000    |
    | 1.06.05      | Program Bencana         | 120.000.000 | 110.000.000    |
    | 1.06.05.2.01 | Tanggap Darurat         | 120.000.000 | 110.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode         | Uraian                  | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.01      | Program Penunjang       | 100.000.000 | 90.000.000     |
    | 1.06.01.2.01 | Perencanaan             | 100.000.000 | 90.000.000     |
    | 1.06.02      | Program Pemberdayaan    | 200.000.000 | 180.000.000    |
    | 1.06.02.2.01 | Pengembangan Potensi    | 200.000.000 | 180.000.000    |
    | 1.06.03      | Program Rehabilitasi    | 350.000.000 | 330.000.000    |
    | 1.06.03.2.01 | Rehabilitasi Dasar      | 350.000.000 | 330.000.000    |

English
Every kegiatan is detailed as the others of its table are.

What is checked: in a budget table of several levels, whether a program has no kegiatan, or a kegiatan no sub kegiatan,
though nearly all rows of that level have some.
Why it matters: where details were left out, the budget above them cannot be traced.
Tolerance: judged only where at least four rows of the level have details for each one that has none, and that one has
a pagu. Accounts are not judged.
Source: the structure of programs, kegiatan and sub kegiatan (reporting practice).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules._codes import accounts
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.tables import Level, Row, Table
from xlaudit.texts import Text, plural, same

_ONE_IN = 4
_KINDS = ("realisasi_anggaran", "perjanjian_kinerja", "kinerja_anggaran")
_SURE = ("code", "columns", "numbering", "wording", "map")
_LEVELS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.ITEM)
_MESSAGE = plural(
    "This row has no rows below it, while {n} other row of its level has some.",
    "This row has no rows below it, while {n} other rows of its level have some.",
)
_ADVICE = Text("Add its details, or say why there are none.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of rows without details on levels that have them."""
    for table in book.tables:
        if table.kind not in _KINDS or table.levels_from not in _SURE or not table.children:
            continue
        places, without = table.indexes_of(*_LEVELS), accounts(book, table)
        places = [place for place in places if place not in without] if without else places
        depths = list(map(table.depths.__getitem__, places))
        bare = [place for place in places if place not in table.children]
        lacking = Counter(map(table.depths.__getitem__, bare))
        for depth, rows in Counter(depths).items():
            if depth is not None and lacking[depth] < rows:
                yield from _judged(table, depth, rows - lacking[depth], bare if lacking[depth] else ())


def _judged(table: Table, depth: int, detailed: int, bare: Sequence[int]) -> Iterator[Verdict]:
    """The verdicts on one level; ``bare`` are the places of rows without details, of other levels too."""
    lacking = [place for place in bare if table.depths[place] == depth]
    if len(lacking) * _ONE_IN > detailed:
        return
    yield Made(detailed)
    for row in map(table.rows.__getitem__, lacking):
        if any(row.figures[column.name].amount for column in table.by_role("pagu")):
            yield _flag(table, row, detailed)


def _flag(table: Table, row: Row, detailed: int) -> Flag:
    naming = [column for column in table.columns.values() if row.label and row.texts.get(column.name) == row.label]
    column = min(naming or table.columns.values(), key=lambda column: column.column)
    return Flag(
        table,
        Cell(row.number, column.column),
        same(row.label or row.code),
        _MESSAGE.fill(n=detailed),
        advice=_ADVICE,
    )


RULE = Rule(
    "KO105",
    "missing-level",
    Text("A row lacks the details that others of its level have"),
    Severity.NOTE,
    check,
)
