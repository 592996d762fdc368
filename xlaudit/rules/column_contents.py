"""Setiap sel berisi apa yang diminta kolomnya: di kolom angka satu angka, bukan teks, galat, atau tanggal.

Yang diperiksa: galat rumus (#DIV/0!, #REF!, #VALUE!); teks di kolom pagu, realisasi, persen, atau capaian
yang selebihnya berisi angka; tanggal di kolom angka; dua angka atau lebih dalam satu sel; pagu, realisasi, atau
persen serapan yang negatif; target, realisasi, atau capaian yang kosong padahal dua lainnya terisi; kategori
yang ejaannya meleset satu huruf. Target kualitatif (“B (60-70)”, “Zona Hijau”), “-”, “NA”, “belum ada hasil”,
“54 dokumen”, dan teks pada baris total atau baris predikat dibiarkan.
Mengapa penting: sel seperti itu dilewati penjumlahan dan tidak dapat diperiksa, tanpa terlihat pada hasilnya.
Toleransi: tidak ada. Sel yang memang tidak mempunyai angka ditulis “-” atau “NA”. Catatan (misalnya beberapa
angka dalam satu sel target) diberikan satu kali per kolom.
Sumber: praktik pada tabel laporan kinerja; tidak bersumber dari satu peraturan tertentu.

Salah:
    | Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % |
    | Program Rehabilitasi Sosial | 120000000 | 118000000 | 98.33 |
    | Program Pemberdayaan Sosial | 80000000 | delapan puluh juta * | - |
    | Program Perlindungan Sosial | 60000000 | -57000000 * | -95 |
    | Program Penanganan Bencana | 40000000 | 30000000 | #DIV/0! * |
    | Program Taman Makam Pahlawan | 45000000 50000000 * | 40000000 | 88.89 |
    | Program Penunjang Urusan | 200000000 | 190000000 | 95 |
    | Program Data dan Informasi | 10000000 | 9000000 | 90 |
Benar:
    | Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % |
    | Program Rehabilitasi Sosial | 120000000 | 118000000 | 98.33 |
    | Program Pemberdayaan Sosial | 80000000 | 0 | 0 |
    | Program Perlindungan Sosial | 60000000 | 57000000 | 95 |
    | Program Penanganan Bencana | 0 | - | - |
    | Program Taman Makam Pahlawan | tidak ada anggaran | - | - |

English
Every cell holds what its column asks for: a figure where figures stand, no error, date or second figure.

What is checked: formula errors (#DIV/0!, #REF!, #VALUE!); text in a column of pagu, realisasi, percentages
or capaian that otherwise holds figures; dates in a column of figures; two or more figures in one cell; pagu,
realisasi or share spent below zero; a target, realisasi or capaian left blank while the other two are filled in; a
category one letter off. Qualitative targets ("B (60-70)", "Zona Hijau"), "-", "NA", "belum ada hasil",
"54 dokumen" and texts in rows of totals or predicates are left alone.
Why it matters: sums pass over such a cell, nothing can be checked by it, and the result does not show that.
Tolerance: none. A cell that rightly has no figure says "-" or "NA". Notes (such as several figures in one cell
of a target) are given once per column.
Source: practice in the tables of performance reports; no single regulation says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.amounts import show
from xlaudit.cells import Cell
from xlaudit.findings import Severity, Slip, plain
from xlaudit.rules._live import not_a_number
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.contents import Constraint, meant
from xlaudit.schemas.gate import may_fail
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text, plural, same, sentences

_AND_MORE = plural("So does {n} other cell of this column.", "So do {n} other cells of this column.")
_Places = list[tuple[Row, Column]]


def check(book: Book) -> Iterator[Verdict]:
    """Holds every table against the model of its kind; a note is given once per column, all else per cell."""
    for table in book.tables:
        if not may_fail(table):
            yield from (MADE for _ in table.columns)
            continue
        for constraint, places in _grouped(table):
            if constraint.severity is Severity.NOTE:
                yield _flag(table, constraint, places)
            else:
                yield from (_flag(table, constraint, [place]) for place in places)


def _grouped(table: Table) -> Iterator[tuple[Constraint, _Places]]:
    """The failures by constraint and column, in reading order."""
    from xlaudit.schemas.frames import failures  # pandas and pandera: loaded only where something is wrong

    rows = table.by_number
    groups: dict[tuple[Constraint, str], _Places] = {}
    for row, name, constraint in failures(table):
        groups.setdefault((constraint, name), []).append((rows[row], table.columns[name]))
    for (constraint, _), places in groups.items():
        yield constraint, places


def _flag(table: Table, constraint: Constraint, places: _Places) -> Flag:
    (row, column), others = places[0], places[1:]
    cell = Cell(row.number, column.column)
    text = _shown(row, column)
    message = constraint.message.fill(text=text, meant=meant(text))
    if others:
        message = sentences(message, _AND_MORE.fill(n=len(others)))
    return Flag(
        table,
        cell,
        same(f"{row.label or row.code or row.number} · {column.header.split(' · ')[-1]}"),
        message,
        severity=constraint.severity,
        stated=_stated(row, column),
        because=tuple((table, Cell(other.number, where.column)) for other, where in others),
        advice=constraint.advice,
        live=_live(constraint, cell, row, column),
        slip=_slip(constraint, row, column),
    )


def _slip(constraint: Constraint, row: Row, column: Column) -> Slip | None:
    """A negative figure that should be none has lost its way to the right sign."""
    figure = row.figures.get(column.name)
    negative = constraint.name == "negative" and figure is not None and figure.filled
    return Slip("sign", -figure.amount) if negative and figure is not None else None


def _shown(row: Row, column: Column) -> str:
    """What the cell holds, as the message prints it."""
    figure = row.figures.get(column.name)
    if figure is None:
        return row.texts.get(column.name, "")
    return figure.text if figure.value is None or figure.as_text else show(figure.value)


def _stated(row: Row, column: Column) -> str:
    figure = row.figures.get(column.name)
    return plain(figure.value) if figure is not None and figure.value is not None else _shown(row, column)


def _live(constraint: Constraint, cell: Cell, row: Row, column: Column) -> str | None:
    """TRUE until the cell holds what it should; None where no formula can tell (a date is a number)."""
    figure = row.figures.get(column.name)
    if constraint.name == "formula_error":
        return f'IF(ISERROR({cell.a1}),TRUE,LEFT({cell.a1},1)="#")'
    if constraint.name in ("text", "stacked"):
        return not_a_number(cell)
    if constraint.name == "negative" and figure is not None and not figure.as_text:
        return f"{cell.a1}<0"
    if constraint.name == "blank":
        return f'TRIM({cell.a1})=""'
    if constraint.name == "spelling":
        return 'TRIM({})="{}"'.format(cell.a1, " ".join(_shown(row, column).split()).replace('"', '""'))
    return None


RULE = Rule(
    "ST104",
    "column-contents",
    Text("A cell does not hold what its column asks for"),
    Severity.WARNING,
    check,
)
