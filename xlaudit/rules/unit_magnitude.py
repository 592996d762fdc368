"""Satuan pada judul kolom sesuai dengan besar angkanya.

Yang diperiksa: kolom rupiah yang judulnya menyebut ribu, juta, atau miliar tetapi isinya tampak sebagai rupiah penuh,
dan kolom berjudul Rp yang isinya tampak sebagai jutaan. Penentunya baris yang sama di tabel lain dalam berkas ini; bila
tidak ada, besar angkanya sendiri.
Mengapa penting: satuan yang salah membuat anggaran terbaca seribu atau sejuta kali lebih besar atau lebih kecil.
Toleransi: hanya dinilai bila sedikitnya tiga baris menunjukkan hal yang sama. Tanpa tabel pembanding, judul dianggap
keliru hanya bila separuh angkanya melebihi seratus triliun rupiah, atau semua angkanya di bawah sepuluh ribu rupiah.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp juta) * | Realisasi (Rp juta) * |
    | 1  | Program Rehabilitasi Sosial | 2150000000       | 2003417500            |
    | 2  | Program Penanganan Bencana  | 847300000        | 790112000             |
    | 3  | Program Pemberdayaan Sosial | 500000000        | 431000000             |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp juta) | Realisasi (Rp juta) |
    | 1  | Program Rehabilitasi Sosial | 2150.0         | 2003.4              |
    | 2  | Program Penanganan Bencana  | 847.3          | 790.1               |
    | 3  | Program Pemberdayaan Sosial | 500.0          | 431.0               |

English
The unit in a column's heading fits the size of its figures.

What is checked: columns of rupiah whose heading says thousands, millions or billions while they seem to hold whole
rupiah, and columns headed Rp that seem to hold millions. The same rows in another table of the workbook decide; where
there are none, the size of the figures themselves.
Why it matters: with a wrong unit a budget reads a thousand or a million times larger or smaller.
Tolerance: judged only where at least three rows say the same. Without another table a heading is taken to be wrong only
where half of its figures exceed a hundred trillion rupiah, or all of them are below ten thousand rupiah.
Source: reporting practice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from statistics import median_low

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.matching import key
from xlaudit.relations import amount_columns
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.words import concepts
from xlaudit.showing import amount
from xlaudit.tables import Column, Table
from xlaudit.texts import Text, same

_FEWEST = 3
_ABSURD = Decimal(10) ** 14
_TINY = Decimal(10) ** 4
_ROLES = ("pagu", "realisasi")
_ELSEWHERE = Text(
    "The heading says {unit}, but {n} of the same rows on sheet {sheet} show that the figures are in {meant}."
)
_TOO_LARGE = Text("The heading says {unit}, but in that unit half of the figures exceed Rp {bound}.")
_TOO_SMALL = Text(
    "The heading says {unit}, but its largest figure is only Rp {largest}; perhaps thousands or millions are meant."
)
_ADVICE = Text("Mend the unit in the heading, or type the figures in that unit.")
_NAMES = {
    Decimal(1): Text("whole rupiah"),
    Decimal(1_000): Text("thousands of rupiah"),
    Decimal(1_000_000): Text("millions of rupiah"),
    Decimal(1_000_000_000): Text("billions of rupiah"),
}


def check(book: Book) -> Iterator[Verdict]:
    """Compares the units of the columns of pagu and realisasi with other tables and with common sense."""
    tables = [table for table in book.tables if not table.guessed]
    columns = [(table, column) for table in tables for column in _columns(table)]
    scaled = any(column.unit != 1 for _, column in columns)
    known = {(table.id, column.name): _by_name(table, column) for table, column in columns if scaled}
    for table, column in columns:
        values = list(filter(None, table.values(column.name)))
        if len(values) < _FEWEST:
            continue
        other = _elsewhere(table, column, tables, known)
        if other is not None:
            yield _flag(table, column, _ELSEWHERE, **other)
        else:
            yield _absurd(table, column, values) or MADE


def _columns(table: Table) -> list[Column]:
    return [column for column in amount_columns(table) if column.role in _ROLES]


def _by_name(table: Table, column: Column) -> dict[str, Decimal]:
    """The figures of a column that are not zero, in rupiah as the heading has it, by the names of their rows.

    A name that stands twice is left out.
    """
    found: dict[str, Decimal] = {}
    twice: set[str] = set()
    for row in table.rows:
        figure = row.figures[column.name]
        name = row.code or key(row.label)
        if figure.filled and figure.value and name:
            if name in found:
                twice.add(name)
            found[name] = figure.value
    return {name: value for name, value in found.items() if name not in twice}


def _elsewhere(
    table: Table, column: Column, tables: list[Table], known: dict[tuple[str, str], dict[str, Decimal]]
) -> dict[str, object] | None:
    """Another table in which the same rows are so many times larger or smaller; of the two the odder unit is told."""
    if column.unit == 1:
        return None
    own = known[table.id, column.name]
    for other in tables:
        for beside in _columns(other):
            if beside.role != column.role or beside.unit != 1 or other.id == table.id:
                continue
            theirs = known[other.id, beside.name]
            common = [name for name in own if name in theirs]
            factors = Counter(own[name] / theirs[name] for name in common)
            times = factors.get(column.unit, 0)
            if times >= _FEWEST and times * 2 > len(common):
                return {"n": times, "sheet": same(other.sheet), "meant": _NAMES[Decimal(1)]}
    return None


def _absurd(table: Table, column: Column, values: list[Decimal]) -> Flag | None:
    if column.unit != 1:
        if median_low(map(abs, values)) > _ABSURD:
            return _flag(table, column, _TOO_LARGE, bound=amount(_ABSURD))
        return None
    if any(abs(value) >= _TINY for value in values) or "rupiah" not in concepts(column.header):
        return None
    return _flag(table, column, _TOO_SMALL, largest=amount(max(max(values), -min(values))))


def _flag(table: Table, column: Column, wording: Text, **facts: object) -> Flag:
    return Flag(
        table,
        Cell(table.header_rows[-1], column.column),
        same(column.header),
        wording.fill(unit=_NAMES.get(column.unit, same(column.header)), **facts),
        advice=_ADVICE,
    )


RULE = Rule(
    "NU106",
    "unit-magnitude",
    Text("The unit of a heading does not fit its figures"),
    Severity.WARNING,
    check,
)
