"""Semua angka yang dijumlahkan terlihat.

Yang diperiksa: angka di baris tersembunyi yang ikut dalam jumlah, sedangkan baris lain yang setingkat terlihat; angka
di balik sel gabungan (merge); kolom angka yang disembunyikan. Kesalahan bila jumlah yang terlihat tidak sama lagi
dengan rinciannya yang terlihat, selain itu peringatan.
Mengapa penting: pembaca dan pemeriksa menjumlahkan yang terlihat. Angka tersembunyi membuat jumlahnya tampak salah,
atau memang angka lama yang terlupa dan ikut terhitung.
Toleransi: rincian yang seluruhnya dilipat (group/outline) di bawah induk yang terlihat, baris tersembunyi tanpa angka
atau bernilai nol, dan angka nol di balik sel gabungan dibiarkan. Beberapa baris
tersembunyi dalam jumlah yang sama menjadi satu temuan.
Sumber: praktik pelaporan.

Salah:
    # Tersembunyi: 4
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                   | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2150000000                  | 2003417500     |
    | 2  | Program Penanganan Bencana  | 847300000 *                 | 790112000 *    |
    | 3  | Program Pemberdayaan Sosial | 500000000                   | 431000000      |
    |    | Jumlah                      | =SUM(C3:C5) -> 3497300000   | =SUM(D3:D5) -> 3224529500 |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                   | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2150000000                  | 2003417500     |
    | 2  | Program Penanganan Bencana  | 847300000                   | 790112000      |
    | 3  | Program Pemberdayaan Sosial | 500000000                   | 431000000      |
    |    | Jumlah                      | =SUM(C3:C5) -> 3497300000   | =SUM(D3:D5) -> 3224529500 |

English
All figures that are added up can be seen.

What is checked: figures in hidden rows that count in a sum while other rows of the same level show; figures in cells
covered by a merge; hidden columns of figures. An error where what shows no longer adds up to the sum that shows, else
a warning.
Why it matters: readers and reviewers add up what they see. A hidden figure makes the sum look wrong, or is an old
figure that was forgotten and still counts.
Tolerance: details that are folded altogether (group/outline) below a parent that shows, hidden rows without figures or
with zeros, and zeros in covered cells are left alone. Several hidden rows of
one sum are one finding.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.amounts import show
from xlaudit.cells import Cell
from xlaudit.findings import Severity, plain
from xlaudit.relations import amount_columns, term
from xlaudit.rules._covering import covering
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import Column, Level, Row, State, Table
from xlaudit.texts import Text, both, plural, same, sentences
from xlaudit.workings import Covered

_IN_SUM = Text(
    "{stated} in this cell counts in {total} ({name}), but its row, {row}, is hidden; what shows adds up to {rest} "
    "only.",
)
_LOOSE = Text("Row {row} is hidden though it holds figures: {stated}.")
_COVERED_COUNTED = Text(
    "The merged cell {area} covers a figure, {stated}, that the formula in {formula} still adds up."
)
_COVERED = Text("The merged cell {area} covers a figure, {stated}, that nobody sees.")
_COLUMN = Text("Column {column} ({name}) holds figures but is hidden.")
_AND_MORE = plural("So does {n} other hidden row.", "So do {n} other hidden rows.")
_ROW_ADVICE = Text("Show the row (Unhide), or delete it if it is no longer used.")
_MERGE_ADVICE = Text("Unmerge the cells, delete the figure underneath, and merge them again.")
_COLUMN_ADVICE = Text("Show the column, or delete it if unused.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of hidden rows, figures under merges, and hidden columns of figures."""
    for table in book.tables:
        found = [*_rows(table), *_covered(book, table), *_columns(book, table)]
        yield from found or (MADE,)


def _rows(table: Table) -> Iterator[Verdict]:
    if not table.has_hidden:
        return
    columns = amount_columns(table)
    counted: list[tuple[Column, list[Row], Row, Decimal]] = []
    loose: list[tuple[Row, Column]] = []
    for above, beside in _families(table):
        hidden = [row for row in beside if row.hidden]
        if not hidden or len(hidden) == len(beside) or (above is not None and above.hidden):
            continue  # folded as a whole: the row above stands for them
        told: set[int] = set()
        for column in columns:
            rows = [row for row in hidden if row.figures[column.name].amount]
            if rows and above is not None and _counts(above, beside, column):
                shown = (row.figures[column.name].amount for row in beside if not row.hidden)
                counted.append((column, rows, above, sum(shown, Decimal(0))))
                told |= {row.index for row in rows}
        for row in hidden:
            filled = next((column for column in columns if row.figures[column.name].amount), None)
            if filled is not None and row.index not in told:
                loose.append((row, filled))
    for column, rows, above, rest in counted:
        yield _in_sum(table, column, rows, above, rest)
    if loose:
        yield _loose(table, loose)


def _families(table: Table) -> Iterator[tuple[Row | None, list[Row]]]:
    """The rows that are added up together, with the row that they count in where there is one."""
    for parent, children in table.children.items():
        yield table.rows[parent], [table.rows[index] for index in children]
    totals = table.rows_of(Level.TOTAL)
    yield totals[0] if totals else None, table.top_rows()


def _counts(above: Row, beside: list[Row], column: Column) -> bool:
    """Whether the figure above is the sum of all rows, so that it is not the sum of those that show."""
    figures = [other.figures[column.name] for other in beside]
    target = above.figures[column.name]
    if not all(f.nil_or_filled or f.state is State.BLANK for f in figures):
        return False
    return sum(figure.amount for figure in figures) == target.amount


def _in_sum(table: Table, column: Column, rows: list[Row], above: Row, rest: Decimal) -> Flag:
    row = rows[0]
    own = term(table, column, row)
    target = above.figures[column.name].cell
    message = _IN_SUM.fill(
        stated=shown_as(own, own.figure.amount),
        total=target.a1,
        name=same(above.label or above.code),
        row=row.number,
        rest=shown_as(own, rest),
    )
    others = [other.figures[column.name].cell for other in rows[1:]]
    return Flag(
        table,
        own.figure.cell,
        label_of(table, row, own.figure),
        sentences(message, _AND_MORE.fill(n=len(others)) if others else None),
        severity=Severity.ERROR,
        stated=in_cell(own, own.figure.amount),
        because=tuple((table, cell) for cell in (target, *others)),
        advice=_ROW_ADVICE,
    )


def _loose(table: Table, rows: list[tuple[Row, Column]]) -> Flag:
    (row, column), others = rows[0], rows[1:]
    own = term(table, column, row)
    message = _LOOSE.fill(row=row.number, stated=shown_as(own, own.figure.amount))
    return Flag(
        table,
        own.figure.cell,
        label_of(table, row, own.figure),
        sentences(message, _AND_MORE.fill(n=len(others)) if others else None),
        stated=in_cell(own, own.figure.amount),
        because=tuple((table, other.figures[column.name].cell) for other, column in others),
        advice=_ROW_ADVICE,
    )


def _covered(book: Book, table: Table) -> Iterator[Verdict]:
    hidden = book.workings.covered.get(table.id, ())
    if not hidden:
        return
    sums = covering(table, (one.cell for one in hidden))
    rows = table.by_number
    for one in hidden:
        counting = sums.get(one.cell)
        yield _under_merge(table, rows[one.cell.row], one, None if counting is None else counting.cell)


def _under_merge(table: Table, row: Row, covered: Covered, counting: Cell | None) -> Flag:
    figure = next(figure for figure in row.figures.values() if figure.cell == covered.cell)
    stated = both(show(covered.number), show(covered.number, language="en"))
    facts = {"area": covered.by.a1, "stated": stated}
    return Flag(
        table,
        covered.cell,
        label_of(table, row, figure),
        _COVERED.fill(**facts) if counting is None else _COVERED_COUNTED.fill(**facts, formula=counting.a1),
        severity=None if counting is None else Severity.ERROR,
        stated=plain(covered.number),
        because=() if counting is None else ((table, counting),),
        advice=_MERGE_ADVICE,
    )


def _columns(book: Book, table: Table) -> Iterator[Verdict]:
    hidden = book.workings.hidden_columns.get(table.sheet, frozenset())
    for column in table.columns.values():
        if column.column not in hidden:
            continue
        if any(figure.amount for figure in table.figures(column.name)):
            cell = Cell(table.header_rows[-1], column.column)
            name = column.header.split(" · ")[-1]
            letters = cell.a1.rstrip("0123456789")
            message = _COLUMN.fill(column=letters, name=same(name))
            yield Flag(table, cell, same(column.header), message, advice=_COLUMN_ADVICE)


RULE = Rule(
    "HI101",
    "hidden-figures",
    Text("Figures are hidden"),
    Severity.WARNING,
    check,
)
