"""Angka ditulis dengan pengelompokan digit yang benar."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.amounts import show
from xlaudit.findings import Severity
from xlaudit.rules._live import not_a_number
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.tables import Figure, State
from xlaudit.texts import Text

_MESSAGE = Text(
    "“{text}” bukan angka yang lazim: titik dan komanya tidak membagi digit tiga-tiga.",
    "“{text}” is no proper number: its points and commas do not part the digits by threes.",
)
_ADVICE = Text("Ketik ulang angkanya; mungkin maksudnya {readings}.", "Type the figure again; perhaps {readings}.")
_MOST_READINGS = 2


def check(book: Book) -> Iterator[Verdict]:
    """Tells of every figure whose separators cannot be right."""
    for table in book.tables:
        for row in table.rows:
            for figure in row.figures.values():
                if figure.state is State.MALFORMED:
                    yield Flag(
                        table,
                        figure.cell,
                        label_of(table, row, figure),
                        Text(_MESSAGE.id.format(text=figure.text), _MESSAGE.en.format(text=figure.text)),
                        stated=figure.text,
                        advice=_advice(figure),
                        live=not_a_number(figure.cell),
                    )
                elif figure.as_text and figure.filled:
                    yield MADE


def _advice(figure: Figure) -> Text:
    """What the digits most likely mean, in their order."""
    readings = " / ".join(show(value) for value in figure.readings[:_MOST_READINGS])
    return _ADVICE.fill(readings=readings or figure.text)


RULE = Rule(
    "NU102",
    "malformed-number",
    Text("Angka tertulis tidak lazim", "A figure is written wrongly"),
    Severity.ERROR,
    check,
)
