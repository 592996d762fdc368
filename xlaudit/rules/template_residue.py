"""Isian contoh dan titik-titik dari templat sudah diganti.

Yang diperiksa: nama, indikator, dan kode contoh dari lembar Petunjuk yang masih ada dalam tabel; identitas contoh
di lembar Identitas; sel uraian, indikator, sasaran, satuan, atau angka yang hanya berisi titik-titik (“……”), garis
(“____”), “xxx”, atau “(diisi …)”.
Mengapa penting: isian seperti itu berarti barisnya belum diisi, atau data contoh ikut terkirim sebagai data.
Toleransi: “-”, “NA”, dan tiga titik di kolom angka atau satuan berarti tidak ada dan dibiarkan, begitu pula baris
yang hanya berisi tiga titik (dan seterusnya) serta titik-titik tempat tanda tangan.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2025
    | Kode | Program | Pagu (Rp) | Realisasi (Rp) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 431000000 |
    | 9.99.01 * | Program Contoh | 250000000 | 231500000 |
    | 1.06.05 | Program Perlindungan Sosial | 40000000 | …………… * |
    | 1.06.06 | Program Penanganan Bencana | …………… | …………… |
Benar:
    Realisasi Anggaran Tahun 2025
    | Kode | Program | Pagu (Rp) | Realisasi (Rp) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 431000000 |
    | 1.06.05 | Program Perlindungan Sosial | 40000000 | 38000000 |
    | 1.06.06 | Program Penanganan Bencana | 60000000 | - |

English
Example entries and dotted blanks of the template were replaced.

What is checked: names, indicators and codes of the example on the sheet Petunjuk that are still in a table; the
example's agency on the sheet Identitas; cells of names, indicators, satuan or figures that hold nothing but dots
("……"), strokes ("____"), "xxx" or "(diisi …)".
Why it matters: such a cell means that its row was not filled in, or that example data were handed in as data.
Tolerance: "-", "NA" and three dots among figures or satuan mean nothing and are left alone, and so are rows of
three dots only (and so on) and the dots on which somebody signs.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.forms import EXAMPLES
from xlaudit.schemas.unfilled import dots, looks_unfilled, maybe_unfilled, surely_unfilled, which_look_unfilled
from xlaudit.schemas.words import fold
from xlaudit.tables import NUMBER, Column, Row, Table
from xlaudit.texts import Text, plural, same, sentences

_NAME_KEYS = ("uraian", "indikator", "sasaran")
_NAMES = frozenset(fold(row[key]) for rows in EXAMPLES.values() for row in rows for key in _NAME_KEYS if key in row)
_CODES = frozenset(row["kode"] for rows in EXAMPLES.values() for row in rows if "kode" in row)
_IDENTITY = EXAMPLES["identitas"][0]

_EXAMPLE = Text("This row still holds the template's example: “{text}”.")
_EXAMPLE_ADVICE = Text("Delete this row of the example, or replace all of it by your own data.")
_AGENCY = Text("The identity still holds the template's example: “{text}”.")
_AGENCY_ADVICE = Text("Write your own agency's name.")
_DOTTED = Text("This cell was not filled in: it still says “{text}”.")
_DOTTED_ADVICE = Text("Fill in the cell; if there is nothing, write “-”, and delete rows that are not used.")
_AND_MORE = plural("So does {n} other cell of this table.", "So do {n} other cells of this table.")


class _Found(NamedTuple):
    row: Row
    column: Column
    text: str

    @property
    def cell(self) -> Cell:
        return Cell(self.row.number, self.column.column)


def check(book: Book) -> Iterator[Verdict]:
    """Tells of example rows one by one, and of dotted blanks once per table."""
    for table in book.tables:
        columns = sorted(table.columns.values(), key=lambda column: column.column)
        examples = _examples(book, table, columns)
        for found in examples:
            yield _flag(table, [found], _EXAMPLE, _EXAMPLE_ADVICE)
        blanks = list(_blanks(table, columns))
        if blanks:
            yield _flag(table, blanks, _DOTTED, _DOTTED_ADVICE)
        elif not examples:
            yield MADE
    yield from _agency(book)


def _agency(book: Book) -> Iterator[Verdict]:
    if book.template is None or not book.tables:
        return
    for name, example in _IDENTITY.items():
        field = book.template.identity.get(name)
        if field is None or fold(field.text) != fold(example):
            yield MADE
            continue
        label = same(name.replace("_", " "))
        message = _AGENCY.fill(text=field.text)
        yield Flag(
            book.tables[0], field.cell, label, message, stated=field.text, advice=_AGENCY_ADVICE, sheet=field.sheet,
            live=_still(field.cell, field.text),
        )  # fmt: skip


def _examples(book: Book, table: Table, columns: Sequence[Column]) -> list[_Found]:
    """The cells that the example has, of each row the first from the left."""
    found: dict[int, _Found] = {}
    for column in columns:
        known: frozenset[str] = frozenset()
        texts: list[str] = []
        if column.role == "kode":
            known, texts = _CODES, [text.strip(" .") for text in table.texts(column.name)]
        elif column.role in LABEL_ROLES and column.role != "sasaran":
            # the sasaran may be that of a row above, whose cell was merged over this row
            known, texts = _NAMES, book.checks(table).folded(column.name)
        if not known or known.isdisjoint(texts):
            continue
        for row, text in zip(table.rows, texts, strict=True):
            if text in known:
                found.setdefault(row.index, _Found(row, column, row.texts[column.name]))
    return [found[index] for index in sorted(found)]


def _blanks(table: Table, columns: Sequence[Column]) -> Iterator[_Found]:
    """The cells that are nothing but a blank to be filled in, a merged one once."""
    doubtful: dict[int, list[Column]] = {}
    for column in columns:
        for index in _doubtful(table, column):
            doubtful.setdefault(index, []).append(column)
    last = next((row.index for row in reversed(table.rows) if _has_figures(row)), -1) if doubtful else -1
    for index in sorted(doubtful):
        row, above = table.rows[index], table.rows[index - 1].texts if index else {}
        if row.index <= last or _has_figures(row) or row.code or _told(row):
            for column in doubtful[index]:
                text = _unfilled(row, column)
                if text and (column.name not in row.texts or above.get(column.name) != text):
                    yield _Found(row, column, text)


def _doubtful(table: Table, column: Column) -> list[int]:
    """The rows of which the cell in a column may be such a blank, by index."""
    holding = table.holding(column.name)
    if holding.states == {NUMBER}:
        return []
    if holding.states:
        pairs = zip(holding.kinds, holding.literals, strict=True)
        texts = ["" if state is NUMBER else text for state, text in pairs]
    elif column.role in LABEL_ROLES or column.role == "satuan":
        texts = table.texts(column.name)
    else:
        return []
    return which_look_unfilled(texts)


def _has_figures(row: Row) -> bool:
    return any(figure.state is NUMBER for figure in row.figures.values())


def _told(row: Row) -> bool:
    """Whether anything says that this is a row to be filled in, and not a line to sign on below the table."""
    numbered = any(character.isalnum() for name in ("no", "satuan") for character in row.texts.get(name, ""))
    return numbered or any(surely_unfilled(text) and not dots(text) for text in row.texts.values())


def _unfilled(row: Row, column: Column) -> str:
    figure = row.figures.get(column.name)
    if figure is not None:
        if figure.state is NUMBER:
            return ""
        return figure.text if figure.formula is None and surely_unfilled(figure.text) else ""
    text = row.texts.get(column.name, "")
    if not looks_unfilled(text):
        return ""
    if column.role in LABEL_ROLES:
        meant = _has_figures(row) or row.code or _told(row)
        return text if surely_unfilled(text) or (meant and maybe_unfilled(text)) else ""
    return text if column.role == "satuan" and surely_unfilled(text) else ""


def _flag(table: Table, found: list[_Found], message: Text, advice: Text) -> Flag:
    first, others = found[0], found[1:]
    said = message.fill(text=first.text)
    if others:
        said = sentences(said, _AND_MORE.fill(n=len(others)))
    heading = first.column.header.split(" · ")[-1]
    name = first.row.label if first.row.label and not maybe_unfilled(first.row.label) else f"{first.row.number}"
    return Flag(
        table,
        first.cell,
        same(f"{name} · {heading}"),
        said,
        stated=first.text,
        because=tuple((table, one.cell) for one in others),
        advice=advice,
        live=_still(first.cell, first.text),
    )


def _still(cell: Cell, text: str) -> str:
    """TRUE as long as the cell says the same."""
    return 'TRIM({})="{}"'.format(cell.a1, " ".join(text.split()).replace('"', '""'))


RULE = Rule(
    "ST105",
    "template-residue",
    Text("An example or a dotted blank was not replaced"),
    Severity.ERROR,
    check,
)
