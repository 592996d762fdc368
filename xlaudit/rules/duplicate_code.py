"""Kode hanya dipakai satu kali.

Yang diperiksa: dalam tabel anggaran yang berkode, apakah dua baris yang sama-sama mempunyai pagu memakai kode yang
sama.
Mengapa penting: baris yang tertulis dua kali terhitung dua kali dalam jumlahnya, dan kode yang salah memindahkan
anggaran ke kegiatan lain.
Toleransi: tabel yang mengulang kode untuk setiap indikator atau rincian belanja tidak dinilai; kode yang terulang
bersama judul kolom di halaman berikutnya boleh.
Sumber: susunan kode program, kegiatan, dan sub kegiatan (praktik pelaporan).

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02           | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03      | Pengembangan Potensi      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001 | Peningkatan Pekerja       | 250.000.000 | 240.000.000    |
    | 1.06.02.2.03.0001 * | Peningkatan Karang Taruna | 350.000.000 | 330.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02           | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03      | Pengembangan Potensi      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001 | Peningkatan Pekerja       | 250.000.000 | 240.000.000    |
    | 1.06.02.2.03.0002 | Peningkatan Karang Taruna | 350.000.000 | 330.000.000    |

English
A code is used once.

What is checked: in a budget table with codes, whether two rows that both have a pagu use the same code.
Why it matters: a row that was typed twice counts twice in its sum, and a wrong code moves a budget to another
activity.
Tolerance: tables that repeat a code for every indicator or account are not judged; a code repeated with the
headings of the next page is allowed.
Source: the codes of programs, kegiatan and sub kegiatan (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.schemas.kinds import EVALUASI_TRIWULAN
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text, same

_KINDS = ("realisasi_anggaran", "perjanjian_kinerja")
_MOST = 20
"""One code in so many may stand twice by mistake; where more do, the table repeats its codes on purpose."""
_DOTS = 2
"""Codes with fewer dots are numbers of a list, which begin anew under every heading."""

_TWICE = Text("The code {code} is used in row {row} already ({name}).")
_SAME_ROW = Text("This row repeats row {row}: the code {code} and its name stand twice.")
_ADVICE = Text("Correct the code, or delete the row typed twice.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the codes of the rows of every budget table; form E.81 repeats none in the template."""
    for table in book.tables:
        columns = [column for column in table.columns.values() if column.role == "kode"]
        repeats = table.kind not in _KINDS or "indikator" in table.columns
        if len(columns) != 1 or (repeats and (book.template is None or table.kind != EVALUASI_TRIWULAN.name)):
            continue
        lines = _lines(book, table)
        judged = table.shaped(frozenset(shape for shape in table.shapes if shape.count(".") >= _DOTS))
        judged = judged if all(lines) else [index for index in judged if lines[index]]
        codes = list(map(table.codes.__getitem__, judged))
        first: dict[str, Row] = {}
        again = [table.rows[index] for index in judged] if len(set(codes)) < len(codes) else ()
        twice = [(row, first[row.code]) for row in again if first.setdefault(row.code, row) is not row]
        if len(twice) > max(1, len(judged) // _MOST) or _repeated(twice):
            continue
        yield Made(len(judged) - len(twice))
        yield from (_flag(table, columns[0], row, other) for row, other in twice)


def _lines(book: Book, table: Table) -> list[bool]:
    """Whether a row has a budget of its own. In the template every row with a code and a name should."""
    budgeted = table.with_number(table.by_role("pagu"))
    if book.template is None:
        return budgeted
    return [bool(label) or has_budget for label, has_budget in zip(table.labels, budgeted, strict=True)]


def _repeated(twice: list[tuple[Row, Row]]) -> bool:
    """Whether a row carries its parent's code: then rows below a code repeat it on purpose."""
    return any(row.parent == other.index for row, other in twice)


def _flag(table: Table, column: Column, row: Row, other: Row) -> Flag:
    wording = _SAME_ROW if row.label == other.label else _TWICE
    return Flag(
        table,
        Cell(row.number, column.column),
        same(f"{row.label} · {column.header}"),
        wording.fill(code=row.code, row=other.number, name=same(other.label)),
        stated=row.code,
        because=((table, Cell(other.number, column.column)),),
        advice=_ADVICE,
    )


RULE = Rule(
    "RA106",
    "duplicate-code",
    Text("A code is used twice"),
    Severity.ERROR,
    check,
)
