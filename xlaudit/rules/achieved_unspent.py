"""Kinerja dan anggaran satu baris tidak saling bertentangan.

Yang diperiksa: baris yang capaian kinerjanya 100 % atau lebih padahal tidak ada anggaran yang terealisasi, dan
baris yang capaian kinerjanya 0 % padahal anggarannya terserap 90 % atau lebih.
Mengapa penting: pekerjaan yang selesai tanpa biaya, atau biaya tanpa hasil, selalu ditanyakan pemeriksa;
sering kali realisasinya belum diisi atau capaiannya disalin dari baris lain.
Toleransi: angka triwulan, semester, atau bulan tidak dinilai, begitu pula tabel setahun yang triwulan terakhirnya
belum terisi: selama tahun berjalan pembayaran wajar mendahului atau menyusul hasilnya. Temuannya peringatan, karena
kegiatan tanpa biaya memang mungkin.
Sumber: praktik pelaporan.

Salah:
    Capaian Kinerja dan Anggaran Tahun 2024
    | Indikator      | Target | Realisasi | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) |
    | PPKS terlayani | 20     | 20        | 100,00 *    | 534.200.000 | 0              | 0,00        |
    | Desa tangguh   | 40     | 38        | 95,00       | 102.400.000 | 101.900.000    | 99,51       |
Benar:
    Capaian Kinerja dan Anggaran Tahun 2024
    | Indikator      | Target | Realisasi | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) |
    | PPKS terlayani | 20     | 20        | 100,00      | 534.200.000 | 524.271.000    | 98,14       |
    | Desa tangguh   | 40     | 38        | 95,00       | 102.400.000 | 101.900.000    | 99,51       |

English
Performance and budget of one row do not contradict each other.

What is checked: rows with a capaian of 100 % or more although nothing of their budget was spent, and rows with a
capaian of 0 % although 90 % or more was spent.
Why it matters: work done without cost, or cost without result, is always asked about; often the realisasi was
not filled in yet or the capaian was copied from another row.
Tolerance: figures of a quarter, a semester or a month are not judged, nor is a table of the year whose last quarter
is not filled in yet: while the year lasts, payment rightly runs ahead of the result or behind it. It is a warning, for
an activity may have been free of cost.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.constraints import is_part_of_year, item_rows
from xlaudit.crosswalk import part_of_year
from xlaudit.findings import Severity, plain
from xlaudit.relations import HUNDRED, ZERO, Term, partner
from xlaudit.rules._live import worth
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Figure, Row, Table
from xlaudit.texts import Text

_MUCH = Decimal(90)
"""Percent of a budget: so much was spent that something must have come of it."""
_LAST = ("tw4", "smt2", "bln12")
_BEFORE_ITS_END = ("tw1", "tw2", "tw3", "smt1")
_UNSPENT = Text("Capaian is {stated}, but nothing was spent.")
_NO_RESULT = Text("Capaian is {stated}, but {spent} of the budget was spent.")
_ADVICE = Text("Check realisasi and budget of this row; if that is how it was, say so in the remarks.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares performance and spending row by row."""
    for table in book.tables:
        if book.identity.period in _BEFORE_ITS_END or part_of_year(table) or _is_running(table):
            continue
        for column in table.by_role("realisasi"):
            achieved, budget = partner(table, column, "capaian"), partner(table, column, "pagu")
            share = partner(table, column, "persen")
            if achieved is None or is_part_of_year(column) or is_part_of_year(achieved):
                continue
            for row in item_rows(table):
                reached, spent = row.figures[achieved.name], row.figures[column.name]
                if reached.filled and spent.nil_or_filled and not spent.from_merge:
                    yield _verdict(table, row, achieved, spent, _absorbed(row, spent, budget, share))


def _is_running(table: Table) -> bool:
    """Whether the year of a table with quarters has not come to its end: its last one says nothing or is not there."""
    parts = [c for role in ("realisasi", "realisasi_kinerja") for c in table.by_role(role) if is_part_of_year(c)]
    last = [column for column in parts if column.period in _LAST]
    return bool(parts) and not any(figure.amount for column in last for figure in table.figures(column.name))


def _absorbed(row: Row, spent: Figure, budget: Column | None, share: Column | None) -> Decimal | None:
    """The percentage of the budget that was spent; None where neither it nor the budget is stated."""
    pagu = None if budget is None else row.figures[budget.name]
    if pagu is not None and pagu.filled and pagu.amount:
        return spent.amount * HUNDRED / pagu.amount
    percent = None if share is None else row.figures[share.name]
    return percent.amount if percent is not None and percent.filled else None


def _verdict(table: Table, row: Row, column: Column, spent: Figure, absorbed: Decimal | None) -> Verdict:
    reached = row.figures[column.name]
    unspent = spent.filled and not spent.amount and absorbed is not None and reached.amount >= HUNDRED
    no_result = reached.amount == 0 and absorbed is not None and absorbed >= _MUCH
    if not unspent and not no_result:
        return MADE
    here = Term(table, column, row, reached)
    share = shown_as(here, (ZERO if absorbed is None else absorbed).quantize(Decimal("0.01")))
    return Flag(
        table,
        reached.cell,
        label_of(table, row, reached),
        (_UNSPENT if unspent else _NO_RESULT).fill(stated=shown_as(here, reached.amount), spent=share),
        stated=plain(reached.amount),
        live=None if reached.as_text or spent.as_text else _live(reached, spent, unspent),
        because=((table, spent.cell),),
        advice=_ADVICE,
    )


def _live(reached: Figure, spent: Figure, unspent: bool) -> str:
    """TRUE as long as one of the two says all and the other nothing."""
    if unspent:
        return f"AND({worth(reached)}>={HUNDRED},{worth(spent)}=0)"
    return f"AND({worth(reached)}=0,{worth(spent)}>0)"


RULE = Rule(
    "EF103",
    "achieved-unspent",
    Text("Performance and budget contradict each other"),
    Severity.WARNING,
    check,
)
