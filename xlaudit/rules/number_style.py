"""Satu kolom memakai satu cara menulis angka."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.tables import Column, Figure, Row, Table
from xlaudit.texts import Text

_STYLES = {"indonesian": "1.234,56", "english": "1,234.56", "comma_both": "1,234,56", "dot_both": "1.234.56"}
_MINORITY = Text(
    "“{text}” ditulis dengan gaya {own}; {others} angka lain di kolom ini memakai gaya {usual}.",
    "“{text}” is written in the style {own}; {others} other figures of this column use {usual}.",
)
_ENGLISH = Text(
    "{n} angka di kolom ini memakai titik sebagai desimal (contoh “{text}”), kolom lain memakai koma.",
    "{n} figures of this column use a decimal point (such as “{text}”), other columns a comma.",
)
_ADVICE = Text("Samakan cara menulis angka: 1.234,56.", "Write all figures alike: 1.234,56.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of figures written in another style than the rest of their column, and of columns than the rest."""
    for table in book.tables:
        usual: dict[str, str] = {}
        for column in table.columns.values():
            written = [(r, f) for r in table.rows if (f := r.figures.get(column.name)) and f.style in _STYLES]
            if not written:
                continue
            style, count = Counter(figure.style for _, figure in written).most_common(1)[0]
            usual[column.name] = style
            if count == len(written) or count * 2 <= len(written):
                yield MADE
                continue
            yield from (_minority(table, r, f, style, count) for r, f in written if f.style != style)
        if "indonesian" in usual.values():
            for name, style in usual.items():
                if style == "english":
                    yield _whole_column(table, table.columns[name])


def _minority(table: Table, row: Row, figure: Figure, style: str, count: int) -> Flag:
    facts = {"text": figure.text, "own": _STYLES[figure.style], "usual": _STYLES[style], "others": str(count)}
    return Flag(
        table,
        figure.cell,
        label_of(table, row, figure),
        Text(_MINORITY.id.format(**facts), _MINORITY.en.format(**facts)),
        stated=figure.text,
        advice=_ADVICE,
    )


def _whole_column(table: Table, column: Column) -> Flag:
    rows = [row for row in table.rows if row.figures[column.name].style == "english"]
    first = rows[0].figures[column.name]
    facts = {"n": str(len(rows)), "text": first.text}
    return Flag(
        table,
        first.cell,
        Text(column.header, column.header),
        Text(_ENGLISH.id.format(**facts), _ENGLISH.en.format(**facts)),
        stated=first.text,
        advice=_ADVICE,
    )


RULE = Rule(
    "NU101",
    "number-style",
    Text("Cara menulis angka berbeda-beda", "Figures are written in different styles"),
    Severity.NOTE,
    check,
)
