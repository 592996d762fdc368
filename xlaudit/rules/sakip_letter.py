"""Huruf predikat SAKIP sesuai dengan nilainya.

Yang diperiksa: pada indikator nilai SAKIP (akuntabilitas kinerja), huruf yang ditulis bersama nilainya dalam satu
sel, misalnya "A (80,34)", atau di kolom predikat di sampingnya: AA di atas 90, A di atas 80, BB di atas 70, B di
atas 60, CC di atas 50, C di atas 30, selebihnya D.
Mengapa penting: huruf lebih sering dikutip daripada nilainya; huruf yang keliru langsung terlihat pada hasil
evaluasi.
Toleransi: tepat pada batas, kedua hurufnya diterima. Temuannya peringatan.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator               | Satuan | Target    | Realisasi    | Capaian (%) |
    | Nilai SAKIP             | nilai  | A (81)    | BB (81,10) * | 100,12      |
    | Persentase desa tangguh | %      | 40        | 38           | 95,00       |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator               | Satuan | Target    | Realisasi    | Capaian (%) |
    | Nilai SAKIP             | nilai  | A (81)    | A (81,10)    | 100,12      |
    | Persentase desa tangguh | %      | 40        | 38           | 95,00       |

English
The letter of a SAKIP score is that of its figure.

What is checked: of indicators on the SAKIP score (akuntabilitas kinerja) the letter that is written with the score
in one cell, such as "A (80,34)", or in a column predikat beside it: AA above 90, A above 80, BB above 70, B above
60, CC above 50, C above 30, else D.
Why it matters: the letter is quoted more often than the score; a wrong one is seen at once in the evaluation.
Tolerance: exactly on a bound both letters are accepted. It is a warning.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.constraints import item_rows
from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.rules._letters import BOUNDS, fits, grade_of, letter_of
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.schemas.words import fold
from xlaudit.showing import number
from xlaudit.tables import Figure, Measure, Row, Table
from xlaudit.texts import Text

_SAKIP = pattern(r"\b(sakip|akip|lke)\b|akuntabilitas kinerja")
_WORDS = ("akip", "lke", "akuntabilitas")
"""One of these is in every name that the pattern finds."""
_MESSAGE = Text("A score of {score} is “{computed}”, not “{stated}”.")
_ADVICE = Text("Bring the letter in line with the score in the evaluation report, or mend the score.")
_LETTERS = frozenset(letter for letter, _ in BOUNDS)


def check(book: Book) -> Iterator[Verdict]:
    """Compares every letter of a SAKIP score with its figure."""
    for table in book.tables:
        columns = [c for c in table.columns.values() if c.measure is Measure.QUANTITY]
        for row in item_rows(table) if _mentioned(book, table) else ():
            name = fold(f"{row.texts.get('indikator', '')} {row.label}")
            if not _SAKIP.search(name):
                continue
            for column in columns:
                figure = row.figures[column.name]
                grade = grade_of(figure) if figure.filled else None
                if grade is not None and not figure.is_bound:
                    yield _verdict(table, row, figure, grade.letter, figure.cell)
            yield from _beside(table, row)


def _mentioned(book: Book, table: Table) -> bool:
    """Whether any row speaks of SAKIP, in its name or its indicator."""
    if book.mentions(table, *_WORDS):
        return True
    indicators = "\n".join(book.checks(table).folded("indikator")) if "indikator" in table.columns else ""
    return any(word in indicators for word in _WORDS)


def _beside(table: Table, row: Row) -> Iterator[Verdict]:
    """The letter in a column of categories against the realisasi of its row."""
    reached = table.by_role("realisasi_kinerja")
    for column in (c for c in table.columns.values() if c.role == "kategori"):
        letter = row.texts.get(column.name, "").strip().strip("()")
        left = [c for c in reached if c.column < column.column and row.figures[c.name].filled]
        if letter in _LETTERS and left:
            figure = row.figures[left[-1].name]
            yield _verdict(table, row, figure, letter, figure.cell._replace(column=column.column))


def _verdict(table: Table, row: Row, figure: Figure, letter: str, cell: Cell) -> Verdict:
    score = figure.amount
    if not 0 <= score <= 100 or fits(letter, score):
        return MADE
    right = letter_of(score)
    return Flag(
        table,
        cell,
        label_of(table, row, figure),
        _MESSAGE.fill(score=number(score), stated=letter, computed=right),
        stated=letter,
        computed=right,
        because=() if cell == figure.cell else ((table, figure.cell),),
        advice=_ADVICE,
    )


RULE = Rule(
    "KI110",
    "sakip-letter",
    Text("A letter does not follow its score"),
    Severity.WARNING,
    check,
)
