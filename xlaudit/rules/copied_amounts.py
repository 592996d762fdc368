"""Realisasi tidak tampak seperti salinan.

Yang diperiksa: realisasi yang persis sama dengan pagu di semua baris rincian (sekurangnya tiga), dan tiga atau
lebih baris berurutan di bawah satu induk dengan realisasi yang persis sama, bukan jutaan bulat, padahal
pagunya berbeda.
Mengapa penting: angka seperti ini biasanya pagu yang disalin ke kolom realisasi, atau satu angka yang tertarik
ke bawah; jumlah dan persentasenya cocok sehingga tidak tertangkap pemeriksaan lain.
Toleransi: banyaknya baris berurutan dapat diubah dengan plausibility.equal_siblings dalam xlaudit.toml. Temuannya
peringatan: angkanya dapat saja benar.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | Program                     | Pagu (Rp)   | Realisasi (Rp) | %      |
    | Program Rehabilitasi Sosial | 534.200.000 | 534.200.000 *  | 100,00 |
    | Program Penanganan Bencana  | 102.400.000 | 102.400.000    | 100,00 |
    | Program Pemberdayaan Sosial | 95.300.000  | 95.300.000     | 100,00 |
Benar:
    Realisasi Anggaran Tahun 2024
    | Program                     | Pagu (Rp)   | Realisasi (Rp) | %      |
    | Program Rehabilitasi Sosial | 534.200.000 | 524.271.000    | 98,14  |
    | Program Penanganan Bencana  | 102.400.000 | 102.400.000    | 100,00 |
    | Program Pemberdayaan Sosial | 95.300.000  | 91.116.500     | 95,61  |

English
The amounts spent do not look like copies.

What is checked: realisasi that is exactly the pagu in all rows of detail (three at least), and three or more
rows one after the other below one parent with exactly the same realisasi, no round millions, although their
pagu differ.
Why it matters: such figures mostly are the pagu copied into the column of realisasi, or one figure that was
dragged down; their sums and percentages agree, so that no other check finds them.
Tolerance: how many rows in a row can be changed by plausibility.equal_siblings in xlaudit.toml. It is a warning:
the figures may be right.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import compress, groupby
from operator import eq

from xlaudit.constraints import is_part_of_year, item_places
from xlaudit.findings import Severity, plain
from xlaudit.relations import Term, partner
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Measure, Row, Table
from xlaudit.texts import Text

_FEWEST = 3
_ROUND = Decimal(1_000_000)
"""What stands in round millions may well be the same several times."""
_ALL = Text("Realisasi is exactly the pagu in all {n} rows of detail; perhaps the pagu was copied.")
_RUN = Text(
    "A realisasi of {stated} is exactly the same in {n} rows one after the other, although their pagu differ; "
    "perhaps it was dragged down.",
)
_ADVICE = Text("Check them against the books; if they are right, say so in the remarks.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at every column of realisasi beside its pagu."""
    longest = book.settings.plausibility.equal_siblings
    for table in book.tables:
        details = _details(table)
        for column in table.by_role("realisasi"):
            budget = partner(table, column, "pagu")
            if budget is not None and column.measure is Measure.AMOUNT and not is_part_of_year(column):
                yield _all_of_it(table, details, column, budget)
                yield from _runs(table, details, column, budget, longest)


def _all_of_it(table: Table, details: list[int], column: Column, budget: Column) -> Verdict:
    rows: list[Row] = []
    for row in map(table.rows.__getitem__, details):
        spent, limit = row.figures[column.name], row.figures[budget.name]
        if limit.amount and spent.filled:
            if spent.amount != limit.amount:
                return MADE
            rows.append(row)
    return MADE if len(rows) < _FEWEST else _flag(table, column, rows, _ALL)


def _details(table: Table) -> list[int]:
    """The places of the rows that no others stand below."""
    return [index for index in item_places(table) if index not in table.children]


def _runs(table: Table, details: list[int], column: Column, budget: Column, longest: int) -> Iterator[Verdict]:
    values = list(map(table.values(column.name).__getitem__, details))
    if longest > 1 and not any(compress(values, map(eq, values, values[1:]))):
        return

    def alike(row: Row) -> tuple[int | None, Decimal | None]:
        return row.parent, row.figures[column.name].value

    for (_, value), group in groupby(map(table.rows.__getitem__, details), key=alike):
        rows = list(group)
        if not value or value % _ROUND == 0 or len(rows) < longest:
            continue
        budgets = {row.figures[budget.name].value for row in rows if row.figures[budget.name].filled}
        merged = any(row.figures[column.name].from_merge for row in rows)
        if len(budgets) == len(rows) and not merged:
            yield _flag(table, column, rows, _RUN)


def _flag(table: Table, column: Column, rows: list[Row], wording: Text) -> Flag:
    first, *others = (row.figures[column.name] for row in rows)
    stated = shown_as(Term(table, column, rows[0], first), first.amount)
    return Flag(
        table,
        first.cell,
        label_of(table, rows[0], first),
        wording.fill(stated=stated, n=len(rows)),
        stated=plain(first.amount),
        because=tuple((table, figure.cell) for figure in others),
        advice=_ADVICE,
    )


RULE = Rule(
    "RA110",
    "copied-amounts",
    Text("Realisasi looks like a copy"),
    Severity.WARNING,
    check,
)
