"""Rata-rata capaian dihitung dari indikator yang mempunyai hasil.

Yang diperiksa: baris rata-rata dibandingkan dengan rata-rata sederhana capaian baris-baris di atasnya
yang berisi angka. Rata-rata per sasaran atau per tingkat juga diterima; "-" dan NA bukan nol.
Mengapa penting: satu indikator tanpa hasil yang dihitung nol menurunkan kinerja seluruh perangkat daerah.
Toleransi: setengah angka terakhir dari rata-rata dan dari setiap capaian yang dirata-ratakan.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | No | Indikator                    | Target | Realisasi | Capaian (%) |
    | 1  | Persentase PPKS terlayani    | 80     | 84        | 105,00      |
    | 2  | Persentase desa tangguh      | 40     | 38        | 95,00       |
    | 3  | Indeks kepuasan masyarakat   | 85     | -         | -           |
    |    | Rata-rata capaian            |        |           | 66,67 *     |
Benar:
    Pengukuran Kinerja Tahun 2024
    | No | Indikator                    | Target | Realisasi | Capaian (%) |
    | 1  | Persentase PPKS terlayani    | 80     | 84        | 105,00      |
    | 2  | Persentase desa tangguh      | 40     | 38        | 95,00       |
    | 3  | Indeks kepuasan masyarakat   | 85     | -         | -           |
    |    | Rata-rata capaian            |        |           | 100,00      |

English
The mean of capaian is taken over the indicators that have a result.

What is checked: a row of means is compared with the plain mean of capaian over the rows above it that
hold a figure. Means per sasaran or per level are accepted too; "-" and NA are not zero.
Why it matters: one indicator without a result that counts as zero lowers the performance of a whole
agency.
Tolerance: half of the last digit of the mean and of every capaian it is over.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import MEAN
from xlaudit.findings import Severity
from xlaudit.means import means, over_all
from xlaudit.relations import Holds, Relation, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.tables import Level, Row, Table
from xlaudit.texts import Text, plural, sentences

_MESSAGE = plural(
    "The mean states {stated}, but the mean of the {n} indicator that has a result = {computed}.",
    "The mean states {stated}, but the mean of the {n} indicators that have a result = {computed}.",
)
_ZEROS = Text("The figure fits if {missing} indicators without a result are counted as zero.")
_ADVICE = Text("Take the mean only over the indicators that have a result, and state how many they are.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every mean row with the plain mean of the rows it is over."""
    for table in book.tables:
        mode = book.mode(table)
        for relation, others in means(table):
            if any(holds(other, mode) is Holds.YES for other in (relation, *others)):
                yield MADE
                continue
            missing = _without_result(table, relation)
            zeros = missing and holds(over_all(relation, relation.over + missing), mode) is Holds.YES
            verdict = judge(relation, mode, _MESSAGE, _ADVICE)
            if zeros and isinstance(verdict, Flag):
                yield replace(verdict, message=sentences(verdict.message, _ZEROS.fill(missing=missing)))
            elif verdict is not None:
                yield verdict


def _without_result(table: Table, relation: Relation) -> int:
    """How many item rows above the mean have no result in its column."""
    name = relation.target.column.name
    first, last = relation.terms[0].row.index, relation.target.row.index

    def lacks(row: Row) -> bool:
        return not row.figures[name].filled and row.level is not Level.NOTE and row.depth is not None

    return sum(1 for row in table.rows if min(first, 0) <= row.index < last and lacks(row))


RULE = Rule(
    MEAN,
    "mean-achievement",
    Text("The mean of capaian does not agree"),
    Severity.ERROR,
    check,
)
