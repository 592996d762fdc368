"""Angka disimpan sebagai angka, bukan sebagai teks.

Yang diperiksa: angka bertipe teks di dalam jangkauan rumus SUM (kesalahan, karena SUM melewatkannya), dan
kolom yang mencampur angka dan teks (catatan). Kolom yang seluruhnya teks tidak dilaporkan.
Mengapa penting: rumus melewatkan teks tanpa memberi tahu, sehingga jumlahnya tampak benar padahal kurang.
Toleransi: tidak ada; "-" dan NA bukan angka dan tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                 | Realisasi (Rp)            |
    | 1  | Program Rehabilitasi Sosial | 2150000000                | 2003417500                |
    | 2  | Program Penanganan Bencana  | 847300000                 | '790112000 *              |
    | 3  | Program Pemberdayaan Sosial | 500000000                 | 431000000                 |
    |    | Jumlah                      | =SUM(C3:C5) -> 3497300000 | =SUM(D3:D5) -> 2434417500 |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                 | Realisasi (Rp)            |
    | 1  | Program Rehabilitasi Sosial | 2150000000                | 2003417500                |
    | 2  | Program Penanganan Bencana  | 847300000                 | 790112000                 |
    | 3  | Program Pemberdayaan Sosial | 500000000                 | 431000000                 |
    |    | Jumlah                      | =SUM(C3:C5) -> 3497300000 | =SUM(D3:D5) -> 3224529500 |

English
Numbers are stored as numbers, not as text.

What is checked: figures stored as text within the range of a SUM formula (an error, for SUM passes over
them), and columns that mix numbers and texts (a note). A column that is text throughout is not reported.
Why it matters: formulas pass over text without saying so, and the total looks right but is short.
Tolerance: none; "-" and NA are no figures and are not judged.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules._covering import covering
from xlaudit.rules._live import not_a_number
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.tables import Column, Figure, Measure, Row, Table
from xlaudit.texts import Text, plural, same

_SKIPPED = Text("“{text}” is stored as text, so the SUM in {formula} passes over it.")
_MIXED = plural(
    "{n} figure of this column is stored as text (“{text}” in {cell}), the others as numbers.",
    "{n} figures of this column are stored as text (such as “{text}” in {cell}), the others as numbers.",
)
_ADVICE = Text("Type it again as a plain number.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of texts that a SUM passes over (error), and of columns that mix texts and numbers (note)."""
    for table in book.tables:
        typed = {name: _as_texts(table, column) for name, column in table.columns.items()}
        skipped = covering(table, (figure.cell for texts in typed.values() for _, figure in texts))
        for column in table.columns.values():
            texts = typed[column.name]
            filled = sum([figure.filled for figure in table.figures(column.name)]) if texts else 0
            for row, figure in texts:
                if figure.cell in skipped:
                    yield _error(table, row, figure, skipped[figure.cell])
            rest = [(row, f) for row, f in texts if f.cell not in skipped]
            if rest and column.measure is not Measure.QUANTITY and len(texts) < filled:
                yield _note(table, column, rest)
            elif table.holding(column.name).filled:
                yield MADE


def _as_texts(table: Table, column: Column) -> list[tuple[Row, Figure]]:
    """The figures of a column that are plain numbers, stored as texts."""
    if not table.holding(column.name).texts:
        return []
    figures = ((row, figure) for row in table.rows if (figure := row.figures.get(column.name)) is not None)
    return [(row, f) for row, f in figures if f.filled and f.as_text and not (f.suffix or f.percent_sign or f.prefix)]


def _error(table: Table, row: Row, figure: Figure, formula: Figure) -> Flag:
    facts = {"text": figure.text, "formula": formula.cell.a1}
    return Flag(
        table,
        figure.cell,
        label_of(table, row, figure),
        _SKIPPED.fill(**facts),
        severity=Severity.ERROR,
        stated=figure.text,
        because=((table, formula.cell),),
        advice=_ADVICE,
        live=not_a_number(figure.cell),
    )


def _note(table: Table, column: Column, texts: list[tuple[Row, Figure]]) -> Flag:
    first = texts[0][1]
    facts = {"n": len(texts), "text": first.text, "cell": first.cell.a1}
    return Flag(
        table,
        first.cell,
        same(column.header),
        _MIXED.fill(**facts),
        stated=first.text,
        because=tuple((table, figure.cell) for _, figure in texts[1:]),
        advice=_ADVICE,
    )


RULE = Rule(
    "NU103",
    "number-as-text",
    Text("A number is stored as text"),
    Severity.NOTE,
    check,
)
