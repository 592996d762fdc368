"""Realisasi belanja tidak melebihi pagunya.

Yang diperiksa: realisasi dibandingkan dengan pagu pada setiap baris belanja, di semua tingkat, karena
jumlah dapat menutupi rinciannya. Pendapatan, penerimaan, dan surplus/defisit tidak termasuk.
Mengapa penting: anggaran adalah batas tertinggi pengeluaran; yang melampauinya salah angka atau salah
bayar.
Toleransi: tidak ada untuk rupiah penuh; untuk ribuan atau jutaan setengah satuan terakhir dari kedua
angka.
Sumber: Permendagri 13/2006 pasal 122 ayat (5)–(6) dan PP 58/2005 pasal 54 ayat (1), keduanya kini sudah
diganti.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 874.112.000 *   |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 784.112.000     |

English
Realisasi of expenditure does not exceed its pagu.

What is checked: realisasi is compared with pagu in every row of expenditure, at every level, for totals
may hide what lies below them. Revenue, receipts and surplus/deficit are left out.
Why it matters: the budget is the ceiling of every expenditure; what exceeds it is a wrong figure or a
wrong payment.
Tolerance: none for whole rupiah; in thousands or millions half of the last unit of both figures.
Source: Permendagri 13/2006 article 122 (5)–(6) and PP 58/2005 article 54 (1), both since replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import compress
from operator import gt

from xlaudit.cells import Cell
from xlaudit.findings import Severity, plain
from xlaudit.patterns import pattern
from xlaudit.relations import partner
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.schemas.words import concepts, fold
from xlaudit.showing import amount
from xlaudit.tables import NUMBER, Column, Holding, Level, Table
from xlaudit.texts import Text

_MESSAGE = Text("Realisasi {spent} exceeds pagu {budget} by {over}. The budget is the ceiling of every expenditure.")
_ADVICE = Text("Check both figures against the DPA and LRA; if they are right, explain what the spending rests on.")
_REVENUE = pattern(r"\b(pendapatan|penerimaan|retribusi|pajak|pad)\b")
_TOTAL_OF = pattern(r"^(jumlah|total|sub ?total)\s+")
_REVENUES = ("pendapatan", "penerimaan", "retribusi", "pajak daerah")
_NO_EXPENDITURE = (Level.MEAN, Level.NOTE, Level.RATIO)
_DIFFERENCES = ("surplus", "defisit", "(defisit)", "silpa", "sisa lebih", "pembiayaan net")


def check(book: Book) -> Iterator[Verdict]:
    """Compares realisasi with pagu in every row of expenditure, at every level."""
    for table in book.tables:
        without = _revenue_rows(book, table).union(table.indexes_of(*_NO_EXPENDITURE))
        for column in table.by_role("realisasi"):
            budget = partner(table, column, "pagu")
            if budget is None or column.period == "renstra" or not _same_period(table, column, budget):
                continue
            held, beyond = _beyond(table.holding(column.name), table.holding(budget.name), without)
            for row, over in ((table.rows[index], over) for index, over in beyond):
                spent, limit = row.figures[column.name], row.figures[budget.name]
                if over <= _slack(spent.unit, limit.unit) or spent.value is None or limit.value is None:
                    continue
                held -= 1
                yield Flag(
                    table,
                    Cell(spent.row, spent.column),
                    label_of(table, row, spent),
                    _MESSAGE.fill(spent=amount(spent.value), budget=amount(limit.value), over=amount(over)),
                    stated=plain(spent.value),
                    computed=plain(limit.value),
                    difference=over,
                    because=((table, limit.cell),),
                    advice=_ADVICE,
                    live=None
                    if spent.as_text or limit.as_text
                    else f"{spent.cell.a1}*{plain(spent.scale)}>{limit.cell.a1}*{plain(limit.scale)}",
                )
            if held:
                yield Made(held)


def _beyond(spent: Holding, budget: Holding, without: Collection[int]) -> tuple[int, list[tuple[int, Decimal]]]:
    """In how many rows the two can be compared, and those in which more is spent, by how much."""
    if not without and spent.states == budget.states == {NUMBER}:  # as nearly always: nothing to ask of each row
        over = compress(range(len(spent.amounts)), map(gt, spent.amounts, budget.amounts))
        return len(spent.amounts), [(index, spent.amounts[index] - budget.amounts[index]) for index in over]
    judged = [
        (index, one, most)
        for index, (one, most) in enumerate(zip(spent.values, budget.values, strict=True))
        if one is not None and most is not None and index not in without
    ]
    return len(judged), [(index, one - most) for index, one, most in judged if one > most]


def _same_period(table: Table, column: Column, budget: Column) -> bool:
    """Whether a pagu is that of the realisasi's time: a pagu without a year is that of the table.

    What was planned for a quarter is no ceiling where the pagu of the year stands beside it.
    """
    if budget.period.startswith(("tw", "smt", "bln")) and any(not c.period for c in table.by_role("pagu")):
        return False
    return column.period in ("", budget.period) or (not budget.period and column.period == str(table.year))


def _slack(one: Decimal, two: Decimal) -> Decimal:
    """Figures in thousands or millions are rounded: both may be off by half of their last digit."""
    return (one + two) / 2 if max(one, two) > 1 else Decimal(0)


def _revenue_rows(book: Book, table: Table) -> set[int]:
    """Rows of pendapatan or penerimaan, with all below them: there a surplus over the plan is welcome.

    A surplus or deficit itself is a difference, no expenditure.
    """
    names = book.names(table)
    headings = fold(" ".join((table.title, *(column.header for column in table.by_role("uraian")))))
    of_revenue = _of_revenue(book, table)
    items = [of_revenue[row.index] for row in table.rows if row.label and row.depth is not None] if of_revenue else []
    if items and sum(items) * 2 > len(items):
        return set(range(table.size))
    if _REVENUE.search(headings) and "belanja" not in headings and not _spends(table, names):
        return set(range(table.size))
    if not of_revenue and not book.mentions(table, *_DIFFERENCES, "pembiayaan"):
        return set()
    found: set[int] = set()
    for row, name in zip(table.rows, names, strict=True):
        if (of_revenue and of_revenue[row.index]) or row.parent in found or name.startswith(_DIFFERENCES):
            found.add(row.index)
    net = {row.index for row, name in zip(table.rows, names, strict=True) if name.startswith("pembiayaan")}
    return found | net  # what comes in less what goes out; the pengeluaran below it keep their ceiling


def _spends(table: Table, names: list[str]) -> bool:
    """Whether a table speaks of pagu, programs or kegiatan: an office of revenue has expenditure of its own."""
    headings = {concept for column in table.columns.values() for concept in concepts(column.header)}
    return bool(headings & {"pagu", "program", "kegiatan"}) or any(
        label.startswith(("program ", "kegiatan ", "sub kegiatan ", "belanja ")) for label in names
    )


def _of_revenue(book: Book, table: Table) -> list[bool]:
    """For each row whether it is one of revenue, also the total of one: *Jumlah Pendapatan*. Empty where none is."""
    if not book.mentions(table, *_REVENUES) and "\n4." not in "\n".join(("", *table.codes)):
        return []
    return [
        code.startswith("4.") or _TOTAL_OF.sub("", name, count=1).startswith(_REVENUES)
        for code, name in zip(table.codes, book.names(table), strict=True)
    ]


RULE = Rule(
    "RA105",
    "over-budget",
    Text("Realisasi exceeds pagu"),
    Severity.ERROR,
    check,
)
