"""Persentase sama dengan realisasi dibagi pagu.

Yang diperiksa: persentase serapan setiap baris, juga baris jumlah, dibandingkan dengan realisasi ÷ pagu ×
100 dari baris itu sendiri. Persentase induk bukan rata-rata atau jumlah persentase rinciannya; bila angkanya
demikian, itu disebutkan.
Mengapa penting: persentase serapan dibandingkan antarprogram dan dipakai lagi untuk menghitung efisiensi.
Toleransi: setengah angka terakhir yang tercetak (92,5 mewakili 92,45 sampai 92,55); tabel yang memotong
persentasenya boleh kurang sampai satu angka terakhir.
Sumber: praktik pelaporan realisasi anggaran.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93,18   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93,75 * |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93,20   |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93,18   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93,25   |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93,20   |

English
A percentage is realisasi divided by pagu.

What is checked: the percentage of absorption of every row, totals included, is compared with realisasi ÷
pagu × 100 of the same row. A parent's percentage is neither the mean nor the sum of its children's; where it
is, that is told.
Why it matters: absorption is compared between programs and used again in the computation of efficiency.
Tolerance: half of the last digit printed (92,5 stands for 92.45 to 92.55); in a table that cuts its
percentages off they may be short by up to one last digit.
Source: practice of budget realisation reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import SHARE
from xlaudit.findings import Severity
from xlaudit.relations import ZERO, Relation
from xlaudit.rules._flags import judge_all
from xlaudit.rules.base import Book, Flag, Rule, Verdict
from xlaudit.tables import Level
from xlaudit.texts import Text, sentences

_MESSAGE = Text("Stated {stated}, but realisasi divided by pagu = {computed}.")
_ADVICE = Text("Compute realisasi ÷ pagu × 100 again; if the percentage is right, check this row's realisasi and pagu.")
_MEAN = Text("This is the mean of the percentages of the {n} rows below it; it should be all realisasi over all pagu.")
_SUM = Text("This is the sum of the percentages of the {n} rows below it; percentages are not added up.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every percentage of absorption with its row's amounts."""
    for table in book.tables:
        for verdict in judge_all(book.checks(table).shares, book.mode(table), _MESSAGE, _ADVICE):
            named = _slip(verdict.relation) if isinstance(verdict, Flag) and verdict.relation is not None else None
            if isinstance(verdict, Flag) and named is not None:
                yield replace(verdict, message=sentences(verdict.message, named))
            else:
                yield verdict


def _slip(relation: Relation) -> Text | None:
    """What was done instead where a parent's percentage is the mean or the sum of those below it (RULES A5)."""
    table, row, target = relation.target.table, relation.target.row, relation.target
    if row.level is Level.TOTAL:
        below = [one for one in table.top_rows() if one.index < row.index]
    else:
        below = [table.rows[index] for index in table.children.get(row.index, ())]
    told = [figure.amount for one in below if (figure := one.figures[target.column.name]).filled]
    if len(told) < 2 or not target.figure.filled:
        return None
    stated, total = target.figure.amount, sum(told, ZERO)
    if stated == total:
        return _SUM.fill(n=len(told))
    return _MEAN.fill(n=len(told)) if abs(stated * len(told) - total) < target.figure.unit * len(told) else None


RULE = Rule(
    SHARE,
    "absorption-percent",
    Text("A percentage is not realisasi ÷ pagu"),
    Severity.ERROR,
    check,
)
