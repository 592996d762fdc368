"""Realisasi diisi pada setiap baris yang mempunyai pagu.

Yang diperiksa: sel realisasi yang kosong di samping pagu yang terisi, pada kolom yang lebih dari
separuhnya terisi. Angka 0 dan tanda "-" adalah isian yang sah.
Mengapa penting: kosong berarti belum diisi, bukan nol; jumlah dan persentasenya belum dapat dipercaya.
Toleransi: sel yang digabung dengan sel di atasnya, dan baris berpagu nol, tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | *               |
    | 3  | Program Pemberdayaan Sosial   | 500.000.000     | 431.000.000     |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | -               |
    | 3  | Program Pemberdayaan Sosial   | 500.000.000     | 431.000.000     |

English
Realisasi is filled in wherever there is a pagu.

What is checked: blank cells of realisasi beside a filled pagu, in columns of which more than half is
filled. A 0 and a dash "-" are proper entries.
Why it matters: blank means not filled in, not zero; totals and percentages cannot be relied on yet.
Tolerance: cells merged with the one above them, and rows with a pagu of zero, are not judged.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlaudit.findings import Severity
from xlaudit.relations import partner
from xlaudit.rules.base import MADE, Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.showing import amount
from xlaudit.tables import BLANK, Level
from xlaudit.texts import Text

_MESSAGE = Text("Realisasi is blank although pagu is {budget}. Blank means not filled in, not zero.")
_ADVICE = Text("Fill it in; if there is none, write 0.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of a blank realisasi beside a filled pagu, in columns that are filled otherwise."""
    for table in book.tables:
        for column in table.by_role("realisasi"):
            budget = partner(table, column, "pagu")
            if budget is None:
                continue
            without = frozenset(table.indexes_of(Level.MEAN, Level.NOTE, Level.RATIO))
            has_budget = table.with_number([budget])
            every: Sequence[int] = range(table.size)
            budgeted = every if all(has_budget) and not without else [
                index for index in every if has_budget[index] and index not in without
            ]  # fmt: skip
            spent = table.holding(column.name)
            blank = [at for at in budgeted if spent.kinds[at] is BLANK] if BLANK in spent.states else []
            if len(blank) * 2 >= len(budgeted):
                continue
            if not blank:
                yield Made(len(budgeted))
                continue
            for row in map(table.rows.__getitem__, budgeted):
                figure, limit = row.figures[column.name], row.figures[budget.name]
                if figure.state is not BLANK or figure.from_merge or limit.value is None or limit.value == 0:
                    yield MADE
                    continue
                yield Flag(
                    table,
                    figure.cell,
                    label_of(table, row, figure),
                    _MESSAGE.fill(budget=amount(limit.value)),
                    because=((table, limit.cell),),
                    advice=_ADVICE,
                    live=f'TRIM({figure.cell.a1})=""',
                )


RULE = Rule(
    "ST106",
    "blank-realisation",
    Text("Realisasi is not filled in"),
    Severity.WARNING,
    check,
)
