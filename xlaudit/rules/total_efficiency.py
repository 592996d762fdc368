"""Efisiensi total dihitung dari seluruh anggaran, setiap anggaran satu kali.

Yang diperiksa: baris total atau rata-rata efisiensi dibandingkan dengan rata-rata barisnya, dengan selisih
capaian dan serapan totalnya, dan dengan rumus tertimbang (jumlah pagu × capaian − jumlah realisasi) ÷ jumlah
pagu × capaian. Dua indikator yang memakai satu anggaran dihitung dengan rata-rata capaiannya.
Mengapa penting: anggaran yang terhitung dua kali memberi bobot ganda pada satu sasaran, sehingga efisiensi
totalnya bukan efisiensi perangkat daerah.
Toleransi: satu angka terakhir yang tercetak. Temuannya peringatan, karena rumus lain mungkin dimaksudkan.
Sumber: praktik pelaporan.

Salah:
    Efisiensi Kinerja Sasaran Tahun 2024
    | Sasaran    | Indikator       | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) | Efisiensi (%) |
    | Layanan    | PPKS terlayani  | 100,00      | 100.000.000 | 95.000.000     | 95,00       | 5,00          |
    | Tata kelola| Nilai SAKIP     | 110,00      | 200.000.000 | 160.000.000    | 80,00       | 27,27         |
    | ^          | Indeks kepuasan | 100,00      | ^           | ^              | ^           | 20,00         |
    | Jumlah     |                 |             | 300.000.000 | 255.000.000    |             | 20,19 *       |
Benar:
    Efisiensi Kinerja Sasaran Tahun 2024
    | Sasaran    | Indikator       | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) | Efisiensi (%) |
    | Layanan    | PPKS terlayani  | 100,00      | 100.000.000 | 95.000.000     | 95,00       | 5,00          |
    | Tata kelola| Nilai SAKIP     | 110,00      | 200.000.000 | 160.000.000    | 80,00       | 27,27         |
    | ^          | Indeks kepuasan | 100,00      | ^           | ^              | ^           | 20,00         |
    | Jumlah     |                 |             | 300.000.000 | 255.000.000    |             | 17,74         |

English
Total efficiency follows from all budgets, each counted once.

What is checked: a row with the total or mean of efisiensi is compared with the mean of its rows, with its own
capaian less its serapan, and with the weighted form (sum of pagu × capaian − sum of realisasi) ÷ sum of pagu ×
capaian. Two indicators that share one budget count with the mean of their capaian.
Why it matters: a budget that is counted twice weighs one sasaran double, so that the total is not the
efficiency of the agency.
Tolerance: one last digit printed. It is a warning, for another formula may be meant.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlaudit.amounts import quotient
from xlaudit.constraints import item_rows
from xlaudit.findings import Severity, plain
from xlaudit.relations import Term, partner, places_of
from xlaudit.rules.base import MADE, Book, Flag, Rule, Skip, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Figure, Level, Row, Table
from xlaudit.texts import Text

_TWICE = Text(
    "Total efficiency states {stated}; this counts a budget that several indicators share more than once. With "
    "every budget counted once it is {computed}.",
)
_NEITHER = Text(
    "Total efficiency states {stated}, but the mean of its rows is {mean}, and by the sum of budgets it is "
    "{computed}.",
)
_NOT_MEAN = Text("Total efficiency states {stated}, but the mean of its rows is {mean}.")
_ADVICE = Text("Compute the total out of all budgets and capaian, each budget once, and state the formula.")
_UNREADABLE = Text("one of the figures of efisiensi above cannot be read")


class _Columns(NamedTuple):
    efficiency: Column
    achieved: Column | None
    absorbed: Column | None
    budget: Column | None
    spent: Column | None


class _Line(NamedTuple):
    """One row: its capaian in percent, its budget and what was spent of it. ``own``: the budget is printed there."""

    achieved: Fraction
    budget: Fraction
    spent: Fraction
    own: bool


def check(book: Book) -> Iterator[Verdict]:
    """Looks at every total of efisiensi."""
    for table in book.tables:
        for column in table.by_role("efisiensi"):
            roles = ("capaian", "persen", "pagu", "realisasi")
            columns = _Columns(column, *(partner(table, column, role) for role in roles))
            for row in table.rows:
                if row.level in (Level.TOTAL, Level.MEAN) and row.figures[column.name].filled:
                    yield from _total(table, row, columns)


def _total(table: Table, total: Row, columns: _Columns) -> Iterator[Verdict]:
    name = columns.efficiency.name
    stated = total.figures[name]
    above = [row for row in item_rows(table) if row.index < total.index and row.depth == 0]
    told = [row.figures[name] for row in above if row.figures[name].filled]
    if len(told) < 2:
        return
    if any(row.figures[name].state.value in ("malformed", "ambiguous", "stacked", "error") for row in above):
        yield Skip(table, stated.cell, _UNREADABLE)
        return
    mean = sum((Fraction(figure.amount) for figure in told), Fraction(0)) / len(told)
    lines = _lines(above, columns)
    once = _weighted(_merged(lines)) if lines else None
    ways = [mean, *_of_its_own(total, columns), *_of_sums(lines), *([once] if once is not None else [])]
    if any(_fits(stated, way) for way in ways):
        yield MADE
        return
    twice = _weighted(lines) if lines and any(not line.own for line in lines) else None
    here = Term(table, columns.efficiency, total, stated)
    facts = {"stated": shown_as(here, stated.amount), "mean": shown_as(here, _rounded(mean, stated))}
    if twice is not None and once is not None and _fits(stated, twice):
        yield _flag(here, _TWICE, facts, once)
    elif once is not None:
        yield _flag(here, _NEITHER, facts, once)
    else:
        yield _flag(here, _NOT_MEAN, facts, mean)


def _lines(rows: list[Row], columns: _Columns) -> list[_Line]:
    """What the weighted form needs of every row; empty where a row lacks it.

    A row without a budget of its own under the sasaran of the row above shares that one's.
    """
    achieved, budget, spent = columns.achieved, columns.budget, columns.spent
    if achieved is None or budget is None or spent is None:
        return []
    found: list[_Line] = []
    for row in rows:
        reached, pagu, used = (row.figures[column.name] for column in (achieved, budget, spent))
        if not reached.filled:
            return []
        if pagu.filled and used.filled and not pagu.from_merge:
            found.append(_Line(Fraction(reached.amount), Fraction(pagu.amount), Fraction(used.amount), own=True))
        elif found and (pagu.from_merge or not pagu.filled):
            found.append(_Line(Fraction(reached.amount), found[-1].budget, found[-1].spent, own=False))
        else:
            return []
    return found


def _merged(lines: list[_Line]) -> list[_Line]:
    """The lines with every budget once, its indicators with the mean of their capaian."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line.own:
            groups.append([])
        groups[-1].append(line)
    return [
        group[0]._replace(achieved=sum((line.achieved for line in group), Fraction(0)) / len(group)) for group in groups
    ]


def _weighted(lines: list[_Line]) -> Fraction | None:
    """(Σ pagu · capaian − Σ realisasi) / Σ pagu · capaian, in percent (RULES F3)."""
    due = sum((line.budget * line.achieved / 100 for line in lines), Fraction(0))
    spent = sum((line.spent for line in lines), Fraction(0))
    return (due - spent) / due * 100 if due else None


def _of_its_own(total: Row, columns: _Columns) -> Iterator[Fraction]:
    """Out of the capaian and serapan that the row of totals itself states."""
    if columns.achieved is None or columns.absorbed is None:
        return
    achieved, absorbed = total.figures[columns.achieved.name], total.figures[columns.absorbed.name]
    if achieved.filled and absorbed.filled:
        yield from _forms(Fraction(achieved.amount), Fraction(absorbed.amount))


def _of_sums(lines: list[_Line]) -> Iterator[Fraction]:
    """Out of the mean capaian and the serapan of all budgets."""
    own = [line for line in lines if line.own]
    budget = sum((line.budget for line in own), Fraction(0))
    if budget:
        achieved = sum((line.achieved for line in lines), Fraction(0)) / len(lines)
        yield from _forms(achieved, sum((line.spent for line in own), Fraction(0)) / budget * 100)


def _forms(achieved: Fraction, absorbed: Fraction) -> Iterator[Fraction]:
    yield achieved - absorbed
    if achieved:
        yield (achieved - absorbed) / achieved * 100


def _fits(stated: Figure, way: Fraction) -> bool:
    return abs(Fraction(stated.amount) - way) <= Fraction(stated.unit)


def _rounded(value: Fraction, stated: Figure) -> Decimal:
    return quotient(Decimal(value.numerator), Decimal(value.denominator), max(places_of(stated), 0))


def _flag(here: Term, wording: Text, facts: dict[str, Text], right: Fraction) -> Flag:
    figure = here.figure
    computed = _rounded(right, figure)
    return Flag(
        here.table,
        figure.cell,
        label_of(here.table, here.row, figure),
        wording.fill(computed=shown_as(here, computed), **facts),
        stated=plain(figure.amount),
        computed=plain(computed),
        difference=figure.amount - computed,
        advice=_ADVICE,
    )


RULE = Rule(
    "EF102",
    "total-efficiency",
    Text("Total efficiency does not agree"),
    Severity.WARNING,
    check,
)
