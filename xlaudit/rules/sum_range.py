"""Rumus jumlah mencakup setiap rincian tepat satu kali.

Yang diperiksa: rumus SUM (atau A+B+C) pada program, kegiatan, sub kegiatan, dan baris jumlah: apakah ada rincian yang
tidak tercakup, terhitung dua kali, dihitung bersama induknya, atau baris lain yang ikut terhitung.
Mengapa penting: baris yang disisipkan di tepi jangkauan tidak ikut terjumlah, dan induk yang dijumlah bersama
rinciannya menggandakan anggaran. Selama rumusnya tidak dibetulkan, kesalahannya muncul lagi di setiap laporan.
Toleransi: baris kosong tidak diperiksa; jumlah boleh diambil dari rincian di tingkat mana pun asal semuanya tercakup.
Rincian nol yang tidak tercakup menjadi peringatan, karena belum mengubah angkanya. Tabel dengan beberapa baris jumlah,
serta tabel yang tingkatannya tidak pasti, tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                   | Realisasi (Rp)            |
    | 1  | Program Rehabilitasi Sosial | 2150000000                  | 2003417500                |
    | 2  | Program Penanganan Bencana  | 847300000                   | 790112000                 |
    | 3  | Program Pemberdayaan Sosial | 500000000                   | 431000000                 |
    |    | Jumlah                      | =SUM(C3:C5) -> 3497300000   | =SUM(D3:D4) -> 2793529500 * |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                   | Realisasi (Rp)            |
    | 1  | Program Rehabilitasi Sosial | 2150000000                  | 2003417500                |
    | 2  | Program Penanganan Bencana  | 847300000                   | 790112000                 |
    | 3  | Program Pemberdayaan Sosial | 500000000                   | 431000000                 |
    |    | Jumlah                      | =SUM(C3:C5) -> 3497300000   | =SUM(D3:D5) -> 3224529500 |

English
The formula of a sum counts every row below it exactly once.

What is checked: the formulas SUM (or A+B+C) of programs, kegiatan, sub kegiatan and totals: whether a row below is not
counted, counted twice, counted along with its parent, or another row is counted too.
Why it matters: a row inserted at the edge of a range is not added up, and a parent added up along with its details
doubles the budget. Until the formula is mended the fault comes back in every report.
Tolerance: blank rows are not looked at; a sum may be taken from rows of whatever level as long as all are counted. A
row of zero that is not counted is a warning, for it does not change the figure yet. Tables with several totals, and
tables whose levels are not certain, are not judged.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlaudit.findings import Severity
from xlaudit.relations import term
from xlaudit.rules._coverage import Sum, is_certain, sums
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import Row
from xlaudit.texts import Text, plural, same, sentences

_MISSING = Text("The formula ={formula} does not count {rows}.")
_IDLE = Text("The formula ={formula} does not count {rows}; once it is filled in, its figure will not be added up.")
_TWICE = Text("The formula ={formula} counts twice {rows}.")
_FOREIGN = Text("The formula ={formula} also adds up {rows}, not below this row.")
_FIGURES = Text("It gives {stated}, while the rows below add up to {computed}.")
_MORE = plural("{first} and {n} more row", "{first} and {n} more rows")
_ADVICE = Text("Correct the range of the formula so that every row below is counted exactly once.")
_LONGEST = 60


def check(book: Book) -> Iterator[Verdict]:
    """Looks at the ranges of the sums of every table whose levels are certain."""
    for table in book.tables:
        if is_certain(table):
            for one in sums(table):
                yield _judged(one) or MADE


def _judged(one: Sum) -> Flag | None:
    """What is wrong with a sum; an error only where its figure is wrong, for else the levels may be others."""
    missing = one.missing()
    reached = sum((part.figures[one.column.name].amount for part in one.below), Decimal(0))
    if reached == one.figure.amount:
        idle = [row for row in missing if not one.amount(row)]
        return _flag(one, _IDLE, idle, None) if idle and len(idle) == len(missing) else None
    found = ((_TWICE, one.twice()), (_FOREIGN, one.foreign()), (_MISSING, [row for row in missing if one.amount(row)]))
    return next((_flag(one, wording, rows, reached) for wording, rows in found if rows), None)


def _flag(one: Sum, wording: Text, rows: Sequence[Row], reached: Decimal | None) -> Flag:
    table, row, figure = one.table, one.row, one.figure
    own = term(table, one.column, row)
    formula = figure.formula or ""
    figures = None
    if reached is not None:
        figures = _FIGURES.fill(stated=shown_as(own, figure.amount), computed=shown_as(own, reached))
    return Flag(
        table,
        figure.cell,
        label_of(table, row, figure),
        sentences(
            wording.fill(
                formula=formula if len(formula) <= _LONGEST else f"{formula[:_LONGEST]}…", rows=_named(one, rows)
            ),
            figures,
        ),
        severity=None if reached is None else Severity.ERROR,
        stated=in_cell(own, figure.amount),
        computed=None if reached is None else in_cell(own, reached),
        difference=None if reached is None else Decimal(in_cell(own, figure.amount - reached)),
        because=tuple((table, part.figures[one.column.name].cell) for part in rows),
        advice=_ADVICE,
    )


def _named(one: Sum, rows: Sequence[Row]) -> Text:
    """``C9 (Program Bencana: 300.000.000)``, and how many more."""
    first = rows[0]
    own = term(one.table, one.column, first)
    amount = shown_as(own, own.figure.amount)
    text = _CELL.fill(cell=own.figure.cell.a1, name=same(first.label or first.code), amount=amount)
    return text if len(rows) == 1 else _MORE.fill(first=text, n=len(rows) - 1)


_CELL = Text("{cell}, {name}: {amount}")

RULE = Rule(
    "FO102",
    "sum-range",
    Text("The range of a sum is not right"),
    Severity.WARNING,
    check,
)
