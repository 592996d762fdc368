"""Angka tidak diambil dari buku kerja lain.

Yang diperiksa: rumus dalam tabel yang mengambil nilainya dari berkas Excel lain. Temuan diberikan satu kali untuk
setiap berkas lain dalam satu tabel, dengan nilai terakhir yang tersimpan.
Mengapa penting: penerima laporan tidak mempunyai berkas itu. Angkanya tidak dapat ditelusuri, tidak ikut berubah bila
sumbernya dibetulkan, dan dapat menjadi #REF! begitu tautan diperbarui.
Toleransi: rujukan ke lembar lain dalam buku kerja yang sama tidak dilaporkan.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                          | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | =[DPA2024.xlsx]DPA!F12 -> 2150000000 * | 2003417500 |
    | 2  | Program Penanganan Bencana  | 847300000                          | 790112000      |
    |    | Jumlah                      | =SUM(C3:C4) -> 2997300000          | 2793529500     |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                 | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2150000000                | 2003417500     |
    | 2  | Program Penanganan Bencana  | 847300000                 | 790112000      |
    |    | Jumlah                      | =SUM(C3:C4) -> 2997300000 | 2793529500     |

English
No figure is taken from another workbook.

What is checked: formulas of a table that take their value from another Excel file. Told once for each other file in a
table, with the value that was stored last.
Why it matters: whoever receives the report does not have that file. The figure cannot be traced, does not follow when
its source is corrected, and may turn into #REF! as soon as links are updated.
Tolerance: references to other sheets of the same workbook are not reported.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.formulas import linked
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.tables import Figure, Row, Table
from xlaudit.texts import Text, plural, sentences

_MESSAGE = Text("The value of this cell, {text}, is taken from another workbook ({book}); its formula is ={formula}.")
_AND_MORE = plural("So is {n} other cell of this table.", "So are {n} other cells of this table.")
_NUMBERED = Text("link number {n}")
_ADVICE = Text("Copy the cell and paste it as a value (Paste Special > Values), or move its source into this workbook.")
_LONGEST = 80


def check(book: Book) -> Iterator[Verdict]:
    """Tells of the other workbooks that the formulas of each table take figures from."""
    for table in book.tables:
        formulas = 0
        found: dict[str, list[tuple[Row, Figure]]] = {}
        computed = [name for name in table.columns if table.holding(name).formulas]
        doubtful: list[tuple[int, int]] = []
        for place, name in enumerate(computed):
            holding = table.holding(name)
            formulas += holding.computed
            if "[" in holding.all_formulas:
                doubtful += [(at, place) for at, formula in enumerate(holding.written) if formula and "[" in formula]
        for at, place in sorted(doubtful):
            row = table.rows[at]
            figure = row.figures[computed[place]]
            other = linked(figure.formula or "")
            if other is not None:
                found.setdefault(other, []).append((row, figure))
        if formulas and not found:
            yield Made(formulas)
        yield from (_flag(table, other, places) for other, places in found.items())


def _flag(table: Table, other: str, places: list[tuple[Row, Figure]]) -> Flag:
    (row, figure), more = places[0], places[1:]
    formula = figure.formula or ""
    message = _MESSAGE.fill(
        text=figure.text or "-",
        book=_NUMBERED.fill(n=other) if other.isdigit() else other,
        formula=formula if len(formula) <= _LONGEST else f"{formula[:_LONGEST]}…",
    )
    return Flag(
        table,
        figure.cell,
        label_of(table, row, figure),
        sentences(message, _AND_MORE.fill(n=len(more)) if more else None),
        stated=figure.text or None,
        because=tuple((table, one.cell) for _, one in more),
        advice=_ADVICE,
    )


RULE = Rule(
    "NU105",
    "external-link",
    Text("A figure is taken from another workbook"),
    Severity.WARNING,
    check,
)
