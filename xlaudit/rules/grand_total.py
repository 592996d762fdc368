"""Baris jumlah sama dengan jumlah baris-baris di atasnya.

Yang diperiksa: setiap baris Jumlah, Total, atau Sub Total dibandingkan, per kolom rupiah, dengan jumlah
baris tingkat teratas di atasnya, atau dengan baris sejak jumlah sebelumnya. Jumlah kedua di ujung tabel
boleh pula menjumlahkan tabel-tabel di atasnya pada lembar yang sama. Tabel yang tampak sebagai cuplikan
hanya diperingatkan atau tidak dinilai.
Mengapa penting: jumlah inilah yang dikutip dalam ringkasan dan dibandingkan dengan DPA dan LRA.
Toleransi: tidak ada untuk rupiah penuh; untuk ribuan atau jutaan setengah satuan terakhir per angka.
Sumber: praktik pelaporan realisasi anggaran; pembulatan diperlakukan seperti pada XBRL Calculations 1.1.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     |
    |    | Jumlah                        | 2.997.300.000   | 2.793.528.500 * |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   |

English
A total row is the sum of the rows above it.

What is checked: every row Jumlah, Total or Sub Total is compared, in each rupiah column, with the sum of
the topmost rows above it, or of the rows since the total before it. A second total at the end of a table may
also add up the tables above it on the same sheet. A table that seems to be an excerpt gives a warning at most,
or is not judged.
Why it matters: this is the figure that summaries quote and that is held against DPA and LRA.
Tolerance: none for whole rupiah; in thousands or millions half of the last unit for every figure.
Source: practice of budget realisation reports; rounding is treated as in XBRL Calculations 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from xlaudit.constraints import TOTAL, leaves_out_top_rows
from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.relations import Holds, Relation, computed, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Made, Rule, Skip, Verdict
from xlaudit.schemas.words import fold
from xlaudit.tables import Table
from xlaudit.texts import Text, plural

_MESSAGE = plural(
    "The total states {stated}, but the {n} row it adds up gives {computed}; difference {difference}.",
    "The total states {stated}, but the {n} rows it adds up give {computed}; difference {difference}.",
)
_ADVICE = Text("Add the column up again; if the total is right, one of the rows above is wrong.")
_KIND = pattern(r"(program|sub ?kegiatan|kegiatan)\b")
_LEVELS_UNKNOWN = Text("the levels of the rows could not be told, so it is not clear which rows add up")

_EXCERPT = Text("this table seems to be an excerpt: it has rows whose parent's code is not in it")


_OTHER_SHEETS = Text("this total is not that of the tables on its sheet; tables on other sheets may count too")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every total row with the rows it adds up."""
    for closing in book.several.closing_totals:
        yield from _judge(book, closing.relation, _missing(closing.relation.target.table), closing.sure)
    for table in book.tables:
        checked = book.checks(table).totals
        yield Made(checked.held)
        missing = _missing(table)
        for relation in checked.open:
            yield from _judge(book, relation, missing)


class _Missing(NamedTuple):
    """What says that a table is an excerpt: parents that are not in it, and rows left out by their numbers."""

    parents: bool
    rows: bool


def _missing(table: Table) -> _Missing:
    return _Missing(table.has_orphans, leaves_out_top_rows(table))


def _judge(book: Book, relation: Relation, missing: _Missing, sure: bool = True) -> Iterator[Verdict]:
    table = relation.target.table
    verdict = judge(relation, book.mode(table), _MESSAGE, _ADVICE)
    reason = _cannot_tell(table, relation, missing) if isinstance(verdict, Flag) else None
    if reason is None and not sure:
        reason = _OTHER_SHEETS
    if reason is not None:
        yield Skip(table, relation.target.figure.cell, reason)
        return
    if isinstance(verdict, Flag) and missing.rows:
        yield replace(verdict, severity=Severity.WARNING)
    elif verdict is not None:
        yield verdict


def _cannot_tell(table: Table, relation: Relation, missing: _Missing) -> Text | None:
    if holds(relation) is not Holds.NO:
        return None
    if missing.parents:
        return _EXCERPT
    return _LEVELS_UNKNOWN if _levels_unknown(table, relation) else None


def _levels_unknown(table: Table, relation: Relation) -> bool:
    """A flat table whose rows add up to far more than the total has parents and children mixed.

    Not where every row calls itself the same, as Program: those stand on one level.
    """
    kinds = {_KIND.match(fold(part.row.label)) for part in relation.terms}
    if table.levels_from != "flat" or (None not in kinds and len({kind[0] for kind in kinds if kind}) == 1):
        return False
    reached = computed(relation)
    stated = relation.target.figure.value
    return (
        reached is not None
        and stated is not None
        and stated > 0
        and reached * 2 > stated * 3
        and len(relation.terms) > 2
    )


RULE = Rule(
    TOTAL,
    "grand-total",
    Text("A total is not the sum of its rows"),
    Severity.ERROR,
    check,
)
