"""Tercapai atau tidak tercapai sesuai dengan target dan realisasinya.

Yang diperiksa: kata tercapai, melampaui, tidak tercapai, atau belum tercapai di kolom kategori atau keterangan
dibandingkan dengan target dan realisasi baris itu, menurut arah indikatornya. Target berupa huruf (misalnya
"BB" atau ">B") dibandingkan dengan huruf realisasinya, juga terhadap capaian 100; ">B" berarti lebih baik
daripada B.
Mengapa penting: kesimpulan tercapai dikutip dalam simpulan laporan; bila angkanya berkata lain, simpulannya
gugur.
Toleransi: yang dibandingkan angka yang tersimpan, bukan yang tampil; bila bedanya hanya pada angka yang
dibulatkan, temuannya peringatan. Begitu pula bila arah indikatornya hanya diduga dari namanya, dan untuk huruf.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator                 | Target | Realisasi | Capaian (%) | Kategori       |
    | Persentase PPKS terlayani | 87     | 89,29     | 102,63      | Tercapai       |
    | Persentase desa tangguh   | 40     | 38        | 95,00       | Tercapai *     |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator                 | Target | Realisasi | Capaian (%) | Kategori       |
    | Persentase PPKS terlayani | 87     | 89,29     | 102,63      | Tercapai       |
    | Persentase desa tangguh   | 40     | 38        | 95,00       | Tidak tercapai |

English
Reached or missed agrees with target and realisasi.

What is checked: the words tercapai, melampaui, tidak tercapai or belum tercapai in a column kategori or keterangan
are compared with target and realisasi of their row, by the direction of the indicator. A target in letters (such
as "BB" or ">B") is compared with the letter of the realisasi, also against a capaian of 100; ">B" means better
than B.
Why it matters: that a target was reached is quoted in the conclusions; where the figures say otherwise, they
fall.
Tolerance: the stored figures are compared, not those displayed; where only rounding hides the difference it is a
warning. So it is where the direction is guessed from the indicator's name, and for letters.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.constraints import ACHIEVEMENT, ColumnFormula, declared_lower, is_part_of_year, item_rows, lower_is_better
from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.relations import HUNDRED, ONE, Holds, holds, partner, shown
from xlaudit.rules._letters import grade_of
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.rules.direction import says_lower
from xlaudit.schemas.words import fold
from xlaudit.showing import number
from xlaudit.tables import Column, Figure, Row, Table
from xlaudit.texts import Text, same

_MISSED = pattern(r"^\W*((tidak|belum|kurang)\s+(ter|men)capai\b|(tidak|belum) memenuhi target|di bawah target)")
_REACHED = pattern(r"^\W*((telah|sudah)\s+)?(tercapai|melampaui|melebihi target|mencapai target|memenuhi target)\b")
_PARTLY = pattern(r"\b(sebagian|namun|tetapi|tapi|kecuali)\b")
_SAYS_REACHED = Text("“{stated}” is stated, but a realisasi of {reached} does not reach the target of {goal}.")
_SAYS_MISSED = Text("“{stated}” is stated, but a realisasi of {reached} reaches the target of {goal}.")
_ROUNDED = Text("“{stated}” is stated, but before rounding the realisasi is {reached}, short of the target of {goal}.")
_ADVICE = Text("Bring the conclusion in line with the figures, or mend target or realisasi.")


class _Claim(NamedTuple):
    """What is said of a row: that its target was reached, or that it was missed."""

    reached: bool
    text: str
    cell: Cell


class _Truth(NamedTuple):
    """What the figures of a row say. ``sure``: the direction of the indicator is written down or computed with."""

    reached: bool
    sure: bool
    hidden: bool = False


def check(book: Book) -> Iterator[Verdict]:
    """Compares every word on what was reached with the figures of its row."""
    for table in book.tables:
        pairs = [(c, goal) for c in table.by_role("realisasi_kinerja") if (goal := partner(table, c, "target"))]
        pairs = [pair for pair in pairs if not is_part_of_year(pair[0])]
        if not pairs:
            continue
        reached, goal = pairs[-1]
        achieved = partner(table, reached, "capaian")
        for row in item_rows(table):
            yield from _row(table, row, reached, goal, achieved)


def _row(table: Table, row: Row, reached: Column, goal: Column, achieved: Column | None) -> Iterator[Verdict]:
    one, two = row.figures[reached.name], row.figures[goal.name]
    truth = _by_letters(one, two)
    claims = list(_words(table, row))
    if truth is not None and achieved is not None and row.figures[achieved.name].filled:
        figure = row.figures[achieved.name]
        claims.append(_Claim(figure.amount >= HUNDRED, figure.text, figure.cell))
    elif truth is None and claims:
        truth = _by_figures(table, row, reached, goal, achieved)
    if truth is None:
        return
    for claim in claims:
        yield MADE if claim.reached == truth.reached else _flag(table, row, claim, truth, (one, two))


def _words(table: Table, row: Row) -> Iterator[_Claim]:
    for column in (c for c in table.columns.values() if c.role in ("kategori", "keterangan")):
        text = row.texts.get(column.name, "")
        said = fold(text)
        if not said or _PARTLY.search(said):
            continue
        if _MISSED.search(said) or _REACHED.search(said):
            short = text if len(text) <= 40 else f"{text[:40].rstrip()}…"
            yield _Claim(not _MISSED.search(said), short, Cell(row.number, column.column))


def _by_letters(reached: Figure, goal: Figure) -> _Truth | None:
    """What the letters say, where the target is one without a score of its own."""
    if goal.filled:
        return None
    one, two = grade_of(reached), grade_of(goal)
    if one is None or two is None or one.above:
        return None
    return _Truth(one.rank > two.rank if two.above else one.rank >= two.rank, sure=False)


def _by_figures(table: Table, row: Row, reached: Column, goal: Column, achieved: Column | None) -> _Truth | None:
    one, two = row.figures[reached.name], row.figures[goal.name]
    if not one.filled or not two.filled or one.is_bound:
        return None
    lower, sure = _direction(table, row, reached, goal, achieved)
    strict = two.is_bound and "=" not in two.prefix and two.prefix.strip()[:1] in ("<", ">")
    if two.is_bound:
        lower, sure = two.prefix.strip()[:1] in ("<", "≤") or fold(two.prefix).startswith("ma"), True
    beyond = two.amount - one.amount if lower else one.amount - two.amount
    reaches = beyond > 0 if strict else beyond >= 0
    return _Truth(reaches, sure, hidden=not reaches and shown(one) == shown(two) and one.amount != two.amount)


def _direction(
    table: Table, row: Row, reached: Column, goal: Column, achieved: Column | None
) -> tuple[bool, bool]:
    """Whether lower is better, and whether that is written down or shown by the capaian."""
    if row.texts.get("arah", ""):
        return declared_lower(row), True
    parts = ((reached, ONE),)
    formula = ColumnFormula(ACHIEVEMENT, table, (row,), achieved or reached, parts, goal, HUNDRED, point=True)
    relation = formula.relation(row)
    if achieved is not None and row.figures[achieved.name].filled and row.figures[goal.name].amount:
        higher = holds(relation) is Holds.YES
        lower = holds(lower_is_better(relation)) is Holds.YES
        if higher != lower:
            return lower, True
    return says_lower(relation), False


def _flag(table: Table, row: Row, claim: _Claim, truth: _Truth, figures: tuple[Figure, Figure]) -> Flag:
    reached, goal = figures
    wording = _SAYS_MISSED if not claim.reached else _ROUNDED if truth.hidden else _SAYS_REACHED
    return Flag(
        table,
        claim.cell,
        label_of(table, row, reached._replace(column=claim.cell.column)),
        wording.fill(stated=claim.text, reached=_said(reached), goal=_said(goal)),
        severity=None if truth.sure and not truth.hidden else Severity.WARNING,
        stated=claim.text,
        because=((table, reached.cell), (table, goal.cell)),
        advice=_ADVICE,
    )


def _said(figure: Figure) -> Text:
    return same(figure.text) if figure.value is None or figure.as_text else number(figure.amount)


RULE = Rule(
    "KI111",
    "target-reached",
    Text("Whether a target was reached does not agree"),
    Severity.ERROR,
    check,
)
