"""Sel yang sekolom dengan rumus tidak diketik sebagai angka.

Yang diperiksa: kolom yang baris-barisnya memakai rumus yang sama (persentase, sisa, jumlah). Angka yang diketik di
antaranya dibandingkan dengan hasil rumus baris-baris lain. Peringatan bila angkanya sama atau tidak dapat dihitung,
kesalahan bila jumlah rupiahnya berbeda.
Mengapa penting: angka yang diketik tidak ikut berubah bila angka lain dibetulkan, dan tidak terlihat bedanya di layar.
Toleransi: kolom dengan rumus di kurang dari tiga baris, dengan rumus yang berlain-lainan, atau dengan lebih dari satu
angka ketikan untuk setiap tiga rumus tidak dinilai. Capaian yang berbeda dari rumus tetangganya (misalnya untuk
indikator yang makin rendah makin baik) dinilai oleh aturan capaian. Berkas dari templat dinilai oleh aturan templat.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program               | Pagu (Rp) | Realisasi (Rp) | Sisa (Rp)         |
    | 1  | Program Rehabilitasi  | 500000000 | 465900000      | =C3-D3 -> 34100000 |
    | 2  | Program Penanganan    | 400000000 | 390000000      | =C4-D4 -> 10000000 |
    | 3  | Program Perlindungan  | 300000000 | 280000000      | 20000000 *         |
    | 4  | Program Pemberdayaan  | 200000000 | 150000000      | =C6-D6 -> 50000000 |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program               | Pagu (Rp) | Realisasi (Rp) | Sisa (Rp)         |
    | 1  | Program Rehabilitasi  | 500000000 | 465900000      | =C3-D3 -> 34100000 |
    | 2  | Program Penanganan    | 400000000 | 390000000      | =C4-D4 -> 10000000 |
    | 3  | Program Perlindungan  | 300000000 | 280000000      | =C5-D5 -> 20000000 |
    | 4  | Program Pemberdayaan  | 200000000 | 150000000      | =C6-D6 -> 50000000 |

English
No figure is typed in a column of formulas.

What is checked: columns whose rows have the same formula (percentages, remainders, sums). A figure typed among them is
compared with what the formula of the other rows gives. A warning where it is the same or cannot be computed, an error
where an amount differs.
Why it matters: a typed figure does not follow when others are corrected, and nothing on the screen shows it.
Tolerance: columns with formulas in less than three rows, with formulas of several sorts, or with more than one typed
figure for every three formulas are not judged. A capaian that differs from its neighbours' formula (such as that of an
indicator of which less is better) is judged by the rules on capaian. Workbooks made from the template are judged by
the rules of the template.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.findings import Severity, Slip
from xlaudit.relations import Term, term
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import Measure, Row, Table
from xlaudit.texts import Text, plural, sentences
from xlaudit.workings import Typed

_FEWEST = 3
_JUDGED_ELSEWHERE = ("capaian", "efisiensi")
"""Columns that may follow several formulas, one for each direction or form."""
_SAME = Text("{stated} in this cell is typed, though other rows of this column have a formula, such as {like}.")
_OTHER = Text(
    "{stated} in this cell is typed, but the formula of other rows in this column, such as {like}, gives "
    "{computed}; difference {difference}.",
)
_AND_MORE = plural("So is {n} other cell of this column.", "So are {n} other cells of this column.")
_ADVICE = Text("Copy the formula from {like} into this cell.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of typed figures that differ one by one, and of the others once for each column."""
    for table in book.tables:
        yield from _formulas(table)
        same: dict[int, list[tuple[Typed, Term]]] = {}
        found = book.workings.typed.get(table.id, ())
        rows = table.by_number if found else {}
        for typed in found:
            own = _term(table, rows[typed.cell.row], typed)
            worth = None if typed.worth is None else typed.worth * _scale(rows.get(typed.like.row), own)
            if worth is None or _agrees(own, worth):
                same.setdefault(typed.cell.column, []).append((typed, own))
            elif own.column.role in _JUDGED_ELSEWHERE:
                continue
            else:
                yield _differing(table, typed, own, worth)
        yield from (_alike(table, group) for group in same.values())


def _formulas(table: Table) -> Iterator[Verdict]:
    """One comparison for each column of formulas."""
    for column in table.columns.values():
        holding = table.holding(column.name)
        if holding.formulas and holding.computed >= _FEWEST:
            yield MADE


def _term(table: Table, row: Row, typed: Typed) -> Term:
    return next(
        term(table, table.columns[name], row)
        for name, figure in row.figures.items()
        if figure.cell == typed.cell
    )


def _scale(like: Row | None, own: Term) -> Decimal:
    """By what a column's formulas are to be multiplied: the typed figure may be of another scale than they are."""
    figure = None if like is None else like.figures.get(own.column.name)
    return own.figure.scale if figure is None else figure.scale


def _agrees(own: Term, worth: Decimal) -> bool:
    """Whether a typed figure is what the formula gives, as far as its digits go."""
    return abs(own.figure.amount - worth) < own.figure.unit


def _differing(table: Table, typed: Typed, own: Term, worth: Decimal) -> Flag:
    stated = own.figure.amount
    return Flag(
        table,
        typed.cell,
        label_of(table, own.row, own.figure),
        _OTHER.fill(
            stated=shown_as(own, stated),
            computed=shown_as(own, worth),
            difference=shown_as(own, abs(stated - worth)),
            like=typed.like.a1,
        ),
        severity=Severity.ERROR if own.column.measure is Measure.AMOUNT else None,
        stated=in_cell(own, stated),
        computed=in_cell(own, worth),
        difference=Decimal(in_cell(own, stated - worth)),
        because=((table, typed.like),),
        advice=_ADVICE.fill(like=typed.like.a1),
        slip=Slip("typed_over", worth),
    )


def _alike(table: Table, group: list[tuple[Typed, Term]]) -> Flag:
    (typed, own), more = group[0], group[1:]
    message = _SAME.fill(stated=shown_as(own, own.figure.amount), like=typed.like.a1)
    return Flag(
        table,
        typed.cell,
        label_of(table, own.row, own.figure),
        sentences(message, _AND_MORE.fill(n=len(more)) if more else None),
        stated=in_cell(own, own.figure.amount),
        because=tuple((table, other.cell) for other, _ in more),
        advice=_ADVICE.fill(like=typed.like.a1),
    )


RULE = Rule(
    "FO101",
    "typed-among-formulas",
    Text("A figure is typed among formulas"),
    Severity.WARNING,
    check,
)
