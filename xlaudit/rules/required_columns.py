"""Kolom yang diperlukan ada dalam tabel."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.kinds import KINDS
from xlaudit.texts import Text

_MESSAGE = Text(
    "Tabel {kind} ini tidak mempunyai kolom {missing}, sehingga sebagian pemeriksaan tidak dapat dilakukan.",
    "This {kind} table has no column {missing}, so some checks cannot be made.",
)
_ADVICE = Text("Tambahkan kolomnya, atau perjelas judul kolomnya.", "Add the column, or make its heading clearer.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells which columns a table of its kind lacks."""
    for table in book.tables:
        kind = KINDS[table.kind]
        roles = {column.role for column in table.columns.values()}
        missing = [group for group in kind.required if not roles & set(group)]
        if not missing:
            yield MADE
            continue
        words_id = ", ".join(" atau ".join(role.replace("_", " ") for role in group) for group in missing)
        words_en = ", ".join(" or ".join(role.replace("_", " ") for role in group) for group in missing)
        yield Flag(
            table,
            Cell(table.area.top, table.area.left),
            kind.title,
            Text(
                _MESSAGE.id.format(kind=kind.title.id, missing=words_id),
                _MESSAGE.en.format(kind=kind.title.en, missing=words_en),
            ),
            advice=_ADVICE,
        )


RULE = Rule(
    "ST102",
    "required-columns",
    Text("Kolom yang diperlukan tidak ditemukan", "A required column was not found"),
    Severity.NOTE,
    check,
)
