"""Kolom bulan dan triwulan berisi apa yang dikatakan judulnya.

Yang diperiksa: kolom realisasi per bulan, triwulan, atau semester yang angkanya ternyata kumulatif (tidak pernah
turun dan angka terakhirnya sama dengan realisasi setahun, atau jumlahnya melebihi pagu di semua baris), padahal
judulnya tidak menyebut sampai dengan; dan pagu yang berubah antarperiode tanpa keterangan, padahal pagu baris
lain tetap.
Mengapa penting: angka kumulatif yang dibaca sebagai angka sebulan akan dijumlahkan dua kali; pagu yang berubah
tanpa catatan membuat persentasenya tidak dapat dibandingkan.
Toleransi: tidak ada; temuannya peringatan. Sekurangnya tiga baris harus menunjukkannya.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | Program                     | Pagu (Rp)   | Realisasi Semester I | Realisasi Semester II * | Realisasi 2024 |
    | Program Rehabilitasi Sosial | 534.200.000 | 86.807.000           | 524.271.000             | 524.271.000    |
    | Program Penanganan Bencana  | 102.400.000 | 16.170.000           | 102.274.000             | 102.274.000    |
    | Program Pemberdayaan Sosial | 95.300.000  | 40.116.500           | 91.116.500              | 91.116.500     |
Benar:
    Realisasi Anggaran Tahun 2024
    | Program                     | Pagu (Rp)   | Realisasi Semester I | Realisasi Semester II   | Realisasi 2024 |
    | Program Rehabilitasi Sosial | 534.200.000 | 86.807.000           | 437.464.000             | 524.271.000    |
    | Program Penanganan Bencana  | 102.400.000 | 16.170.000           | 86.104.000              | 102.274.000    |
    | Program Pemberdayaan Sosial | 95.300.000  | 40.116.500           | 51.000.000              | 91.116.500     |

English
Columns of months and quarters hold what their headings say.

What is checked: columns of realisasi by month, quarter or semester that turn out to be cumulative (they never fall
and the last is that of the year, or they add up to more than the pagu in all rows), although their headings do
not say up to (s.d.); and pagu that changes between periods without a remark, while that of other rows stays.
Why it matters: a cumulative figure that is read as that of a month is counted twice; a pagu that changes without
a note makes percentages impossible to compare.
Tolerance: none; it is a warning. Three rows at least have to show it.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlaudit.cells import Cell
from xlaudit.constraints import Year, is_running, item_rows, year_of
from xlaudit.findings import Severity, plain
from xlaudit.relations import ZERO, Term
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Measure, Row, Table
from xlaudit.texts import Text, same

_FEWEST = 3
_RUNNING = Text("The column “{heading}” and those like it look cumulative, but their headings do not say so.")
_RUNNING_ADVICE = Text("Write “s.d.” into the headings, or fill in what was spent in that period alone.")
_CHANGED = Text("The pagu changes from {before} to {stated} without a remark.")
_CHANGED_ADVICE = Text("Explain the change of the pagu (a revision of the DPA, say), or mend the figure.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at the columns of the parts of a year."""
    for table in book.tables:
        spent, planned = year_of(table, "realisasi"), year_of(table, "pagu")
        if spent is not None and spent.parts[0].measure is Measure.AMOUNT and not any(map(is_running, spent.parts)):
            yield from _running(table, spent)
        if planned is not None:
            yield from _changing(table, planned.parts)


def _running(table: Table, year: Year) -> Iterator[Verdict]:
    pagu = [column for column in table.by_role("pagu") if column.column < year.parts[0].column]
    rows = [row for row in item_rows(table) if _told(row, year.parts)]
    if len(rows) < _FEWEST:
        return
    whole = year.whole if year.whole is not None and year.whole.column > year.parts[-1].column else None
    if not all(_is_running(row, year.parts, whole, pagu[-1] if pagu else None) for row in rows):
        yield MADE
        return
    column = year.parts[1]
    heading = column.header.split(" · ")[-1]
    yield Flag(
        table,
        Cell(table.header_rows[-1], column.column),
        same(heading),
        _RUNNING.fill(heading=heading),
        because=tuple((table, rows[0].figures[part.name].cell) for part in year.parts),
        advice=_RUNNING_ADVICE,
    )


def _told(row: Row, parts: tuple[Column, ...]) -> bool:
    """Whether all parts of a year are stated, two of them with something spent."""
    figures = [row.figures[part.name] for part in parts]
    return all(figure.filled for figure in figures) and sum(1 for figure in figures if figure.amount) > 1


def _is_running(row: Row, parts: tuple[Column, ...], whole: Column | None, pagu: Column | None) -> bool:
    values = [row.figures[part.name].amount for part in parts]
    if any(after < before for before, after in pairwise(values)):
        return False
    if whole is not None and row.figures[whole.name].filled:
        return values[-1] == row.figures[whole.name].amount
    budget = None if pagu is None else row.figures[pagu.name]
    return budget is not None and budget.filled and values[-1] <= budget.amount < sum(values, ZERO)


def _changing(table: Table, parts: tuple[Column, ...]) -> Iterator[Verdict]:
    """Rows whose pagu changes, in a table where that of most rows is the same in all periods."""
    rows = [row for row in item_rows(table) if all(row.figures[part.name].filled for part in parts)]
    changed = [row for row in rows if len({row.figures[part.name].amount for part in parts}) > 1]
    if len(rows) - len(changed) < _FEWEST or len(changed) * 2 > len(rows):
        return
    yield from (MADE for _ in range(len(rows) - len(changed)))
    for row in changed:
        remarked = any(row.texts.get(c.name, "").strip(" -") for c in table.columns.values() if c.role == "keterangan")
        yield MADE if remarked else _flag(table, row, parts)


def _flag(table: Table, row: Row, parts: tuple[Column, ...]) -> Flag:
    figures = [(part, row.figures[part.name]) for part in parts]
    (_, before), (column, after) = next((a, b) for a, b in pairwise(figures) if a[1].amount != b[1].amount)
    here = Term(table, column, row, after)
    return Flag(
        table,
        after.cell,
        label_of(table, row, after),
        _CHANGED.fill(before=shown_as(here, before.amount), stated=shown_as(here, after.amount)),
        stated=plain(after.amount),
        difference=after.amount - before.amount,
        because=((table, before.cell),),
        advice=_CHANGED_ADVICE,
    )


RULE = Rule(
    "RA111",
    "period-columns",
    Text("A column of a period does not hold what it says"),
    Severity.WARNING,
    check,
)
