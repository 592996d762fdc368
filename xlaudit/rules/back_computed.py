"""Rincian tidak dihitung mundur dari jumlahnya.

Yang diperiksa: rincian yang rumusnya mengurangkan rincian lain dari induk atau jumlah yang diketik, misalnya
=C10-C7-C8.
Mengapa penting: jumlahnya selalu cocok walaupun angka rinciannya salah, sehingga penjumlahan tidak lagi menguji apa
pun. Jumlah dihitung dari rincian, bukan sebaliknya.
Toleransi: rumus yang mengambil angka dari kolom, lembar, atau baris lain yang bukan induknya tidak dilaporkan, begitu
pula bila induknya sendiri berisi rumus.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)               | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2150000000              | 2003417500     |
    | 2  | Program Penanganan Bencana  | =C5-C3 -> 847300000 *   | 790112000      |
    |    | Jumlah                      | 2997300000              | 2793529500     |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                 | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2150000000                | 2003417500     |
    | 2  | Program Penanganan Bencana  | 847300000                 | 790112000      |
    |    | Jumlah                      | =SUM(C3:C4) -> 2997300000 | 2793529500     |

English
No detail is computed backwards from its sum.

What is checked: rows whose formula takes other rows away from a parent or total that was typed, such as =C10-C7-C8.
Why it matters: the sum always agrees, even where the figures below it are wrong, so that adding up tests nothing any
more. Sums are computed from details, not the other way round.
Tolerance: formulas that take figures from other columns, sheets, or rows that are not above them in the hierarchy are
not reported, nor those where the parent holds a formula itself.
Source: reporting practice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from xlaudit.cells import letters
from xlaudit.findings import Severity
from xlaudit.formulas import areas
from xlaudit.relations import amount_columns, term
from xlaudit.rules.base import MADE, Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import NUMBER, Column, Figure, Level, Row, Table
from xlaudit.texts import Text, same

_MESSAGE = Text(
    "{stated} is computed backwards from {total} ({name}), which is typed; its formula is ={formula}. The sum no "
    "longer tests its details.",
)
_ADVICE = Text("Type the detail from the DPA or LRA, and put a SUM into {total}.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at the formulas of rows that count in a parent or total."""
    for table in book.tables:
        totals = table.rows_of(Level.TOTAL)
        for column in amount_columns(table):
            holding = table.holding(column.name)
            if not holding.formulas:
                yield MADE
                continue
            numbers = zip(holding.values, table.depths, strict=True)
            counts = [value is not None and depth is not None for value, depth in numbers]
            made = counts.count(True)
            own, every = letters(column.column), holding.all_formulas
            less = [
                index
                for index, formula in enumerate(holding.written if "-" in every and own in every.upper() else ())
                if formula is not None and "-" in formula and own in formula.upper()
            ]
            for row, figure in ((table.rows[index], holding.at(index)) for index in less):
                if not counts[row.index]:
                    continue
                above = _typed_above(table, column, row, totals, figure)
                if above is not None:
                    made -= 1
                    yield _flag(table, column, row, above)
            if made:
                yield Made(made)


def _typed_above(table: Table, column: Column, row: Row, totals: list[Row], figure: Figure) -> Row | None:
    """The parent or total that a formula names and that holds no formula itself."""
    candidates: list[Row] = []
    up = row
    while up.parent is not None:
        up = table.rows[up.parent]
        candidates.append(up)
    after = bisect_right(totals, row.index, key=lambda total: total.index)
    candidates += totals[after : after + 1]
    named = [area for area in areas(figure.formula or "") if area.top == area.bottom]
    for candidate in candidates:
        there = candidate.figures[column.name]
        typed = there.state is NUMBER and there.formula is None
        if typed and any(area.holds(*there.cell) for area in named):
            return candidate
    return None


def _flag(table: Table, column: Column, row: Row, above: Row) -> Flag:
    own = term(table, column, row)
    total = above.figures[column.name].cell
    return Flag(
        table,
        own.figure.cell,
        label_of(table, row, own.figure),
        _MESSAGE.fill(
            stated=shown_as(own, own.figure.amount),
            total=total.a1,
            name=same(above.label or above.code),
            formula=own.figure.formula,
        ),
        stated=in_cell(own, own.figure.amount),
        because=((table, total),),
        advice=_ADVICE.fill(total=total.a1),
    )


RULE = Rule(
    "FO104",
    "back-computed",
    Text("A detail is computed backwards from its sum"),
    Severity.WARNING,
    check,
)
