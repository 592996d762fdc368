"""Target triwulan sejalan dengan target setahun.

Yang diperiksa: target (atau pagu) setiap triwulan, semester, atau bulan dibandingkan dengan target setahun di
baris yang sama. Diterima bila jumlahnya sama dengan target setahun, atau bila angkanya kumulatif: tidak
pernah turun dan berakhir pada target setahun (untuk indikator makin rendah makin baik: tidak pernah naik).
Untuk persentase, indeks, dan nilai, rata-ratanya juga diterima.
Mengapa penting: target triwulan dipakai menilai kinerja sepanjang tahun; bila tidak bertemu dengan target
setahun, capaian triwulan dan capaian setahun tidak dapat dibandingkan.
Toleransi: tidak ada untuk rupiah penuh dan bilangan bulat; selain itu setengah angka terakhir dari setiap
angka. Bila hanya sedikit baris yang menunjukkan caranya, temuannya hanya peringatan; begitu pula target
yang turun di tengah tahun.
Sumber: praktik pelaporan.

Salah:
    Target Triwulan Tahun 2025
    | Indikator                 | Satuan  | TW I Target | TW II Target | TW III Target | TW IV Target | Target 2025 |
    | Jumlah PPKS terlayani     | orang   | 20          | 20           | 20            | 40           | 100         |
    | Jumlah dokumen tersusun   | dokumen | 2           | 3            | 3             | 4            | 10 *        |
    | Jumlah desa tangguh       | desa    | 1           | 1            | 2             | 2            | 6           |
Benar:
    Target Triwulan Tahun 2025
    | Indikator                 | Satuan  | TW I Target | TW II Target | TW III Target | TW IV Target | Target 2025 |
    | Jumlah PPKS terlayani     | orang   | 20          | 20           | 20            | 40           | 100         |
    | Jumlah dokumen tersusun   | dokumen | 2           | 3            | 3             | 4            | 12          |
    | Jumlah desa tangguh       | desa    | 1           | 1            | 2             | 2            | 6           |

English
Quarterly targets agree with the target of the year.

What is checked: the targets (or budgets) of quarters, semesters or months are compared with that of the year
in the same row. They may add up to it, or they may be cumulative: then they never fall and end at the
year's (for an indicator where lower is better they never rise). Of percentages, indices and scores the mean
is accepted, too.
Why it matters: performance during the year is measured by quarterly targets; where they do not meet the
year's, what was achieved in quarters and in the year cannot be compared.
Tolerance: none for whole rupiah and whole numbers; else half of the last digit of every figure. Where few
rows show which way is meant it is a warning only, and so is a target that falls within the year.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.checks import TableChecks
from xlaudit.constraints import PLAN, Plan
from xlaudit.findings import Severity, plain
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.tables import Table
from xlaudit.texts import Text

_SUM = Text(
    "The year's target states {stated}, but the targets of its {n} periods add up to {computed}; difference "
    "{difference}.",
)
_END = Text(
    "The year's target states {stated}, but the cumulative target at its end is {computed}; difference {difference}."
)
_FALLS = Text("The cumulative target falls from {before} to {stated} and rises again to the year's.")
_ADVICE = Text("Bring the year's target in line with those of its periods, or correct the period that is wrong.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the target of every year with those of its parts, added up or cumulative."""
    for table in book.tables:
        checks = book.checks(table)
        for plan in checks.plans:
            if plan.holds:
                yield MADE
            elif plan.falls is not None:
                yield _falls(table, plan)
            else:
                yield from _off(book, table, checks, plan)


def _off(book: Book, table: Table, checks: TableChecks, plan: Plan) -> Iterator[Verdict]:
    relation = checks.plan_as_meant(plan)
    verdict = judge(relation, book.mode(table), _SUM if relation is plan.total else _END, _ADVICE)
    if isinstance(verdict, Flag) and not _is_shown(checks, relation is plan.total):
        yield replace(verdict, severity=Severity.WARNING)
    elif verdict is not None:
        yield verdict


def _is_shown(checks: TableChecks, total: bool) -> bool:
    """Whether more than one row, and most of the table, agree with their years in the way that is meant."""
    agree = sum(1 for plan in checks.plans if (plan.adds if total else plan.ends))
    return agree > 1 and agree * 2 >= len(checks.plans)


def _falls(table: Table, plan: Plan) -> Flag:
    assert plan.falls is not None
    before, after = plan.falls
    target = plan.last.target
    return Flag(
        table,
        after.cell,
        label_of(table, target.row, after),
        _FALLS.fill(before=shown_as(target, before.amount), stated=shown_as(target, after.amount)),
        severity=Severity.WARNING,
        stated=plain(after.amount),
        difference=after.amount - before.amount,
        because=((table, before.cell), (table, target.figure.cell)),
        advice=_ADVICE,
    )


RULE = Rule(
    PLAN,
    "quarter-targets",
    Text("Quarterly targets do not agree with the year's"),
    Severity.ERROR,
    check,
)
