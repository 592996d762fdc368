"""Realisasi diisi pada setiap baris yang mempunyai pagu."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.amounts import show_amount
from xlaudit.findings import Severity
from xlaudit.relations import partner
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.tables import Level, State
from xlaudit.texts import Text

_MESSAGE = Text(
    "Realisasi kosong padahal pagunya {budget}. Kosong berarti belum diisi, bukan nol.",
    "Realisasi is blank although pagu is {budget}. Blank means not filled in, not zero.",
)
_ADVICE = Text("Isi realisasinya; bila memang tidak ada, tulis 0 atau “-”.", "Fill it in; if there is none, write 0 or “-”.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of a blank realisasi beside a filled pagu, in columns that are filled otherwise."""
    for table in book.tables:
        for column in table.by_role("realisasi"):
            budget = partner(table, column, "pagu")
            if budget is None or (column.period and column.period != budget.period):
                continue
            rows = [
                row
                for row in table.rows
                if row.figures[budget.name].filled and row.level not in (Level.MEAN, Level.NOTE, Level.RATIO)
            ]
            blank = [row for row in rows if row.figures[column.name].state is State.BLANK]
            if len(blank) * 2 >= len(rows):
                continue
            for row in rows:
                figure, limit = row.figures[column.name], row.figures[budget.name]
                if figure.state is not State.BLANK or figure.from_merge or limit.value is None or limit.value == 0:
                    yield MADE
                    continue
                yield Flag(
                    table,
                    figure.cell,
                    label_of(table, row, figure),
                    _MESSAGE.fill(budget=show_amount(limit.value)),
                    because=((table, limit.cell),),
                    advice=_ADVICE,
                    live=f'TRIM({figure.cell.a1})=""',
                )


RULE = Rule(
    "ST106",
    "blank-realisation",
    Text("Realisasi belum diisi", "Realisasi is not filled in"),
    Severity.WARNING,
    check,
)
