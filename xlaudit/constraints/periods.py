"""What the columns of several years, quarters and months promise of each other (RULES A12, K12, K13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from xlaudit.constraints.efficiency import FEW_ROWS
from xlaudit.constraints.formula import ENOUGH, ColumnFormula, is_part_of_year, ratio_of, rows_that_fit
from xlaudit.constraints.items import item_rows
from xlaudit.constraints.performance import lower_is_better
from xlaudit.conventions import ProgressForm
from xlaudit.relations import ONE, ZERO, Holds, Relation, Term, computed, holds, term
from xlaudit.schemas.words import concepts, fold
from xlaudit.tables import Column, Figure, Measure, Row, State, Table

PROGRESS, PLAN, RUNNING = "KI113", "KI114", "RA113"
_PARTS_OF_A_YEAR = (("tw", 4), ("smt", 2), ("bln", 12))
_NOTHING = (State.BLANK, State.NOT_APPLICABLE, State.TEXT)
_COUNTED = ("%", "persen", "persentase", "prosentase", "indeks", "nilai", "skor", "angka", "predikat", "rasio", "poin",
            "point", "level", "tingkat", "kategori")  # fmt: skip


class Fitted(NamedTuple):
    """A formula that was chosen among others because it fits most rows. ``sure``: so many rows that it is meant."""

    formula: ColumnFormula
    sure: bool

    def relations(self) -> list[Relation]:
        """The relations of all rows; what was counted in whole numbers counts as printed."""
        return [
            relation._replace(terms=tuple(map(_counted_as_printed, relation.terms)))
            for relation in self.formula.relations()
        ]


def _counted_as_printed(part: Term) -> Term:
    counted = part.column.measure is Measure.QUANTITY and part.figure.unit >= 1
    return part._replace(point=part.point or counted)


def progress(table: Table, settled: ProgressForm | None = None) -> Iterator[Fitted]:
    """tingkat kemajuan out of realisasi and the target at the plan's end: their ratio · 100, or the difference (K12).

    The form that was ``settled`` is meant, else the one that fits most rows; a table of more than a few rows that
    follows neither is left alone.
    """
    for column in table.by_role("tingkat_kemajuan"):
        forms: list[ColumnFormula] = []
        for goal in table.by_role("target_akhir_renstra"):
            for reached in table.by_role("realisasi_kinerja"):
                ratio = ratio_of(PROGRESS, table, item_rows(table), column, reached, goal, point=True)
                difference = ratio._replace(terms=((reached, ONE), (goal, -ONE)), divisor=None, factor=ONE)
                forms += () if settled is ProgressForm.DIFFERENCE else (ratio,)
                forms += () if settled is ProgressForm.RATIO else (difference,)
        yield from _best(forms, alone=True, settled=settled is not None, fitting=_fit_either_way)


def year_changes(table: Table) -> Iterator[Fitted]:
    """A column of changes in a table of several years: the later year less the earlier, or that in percent (K12).

    Only where most rows show which two columns are meant.
    """
    if {"sebelum", "setelah"} & {column.period for column in table.by_role("pagu")}:
        return
    for column in (c for role in ("perubahan", "selisih", "persen_perubahan") for c in table.by_role(role)):
        forms: list[ColumnFormula] = []
        for before, after in _year_pairs(table, column):
            growth = ratio_of(PROGRESS, table, item_rows(table), column, after, before, point=True)
            growth = growth._replace(terms=((after, ONE), (before, -ONE)))
            forms += (growth._replace(divisor=None, factor=ONE, point=False), growth)
        yield from _best(forms, alone=False)


def _year_pairs(table: Table, column: Column) -> Iterator[tuple[Column, Column]]:
    """Columns of one role and two years, the latest two first, all left of the column of changes."""
    for role in ("realisasi_kinerja", "capaian", "nilai", "realisasi", "pagu", "target", "persen"):
        years = [c for c in table.by_role(role) if c.period.isdigit() and c.column < column.column]
        years.sort(key=lambda c: c.period)
        pairs = [(one, two) for one in years for two in years if one.period < two.period]
        yield from sorted(pairs, key=lambda pair: (pair[1].period, pair[0].period), reverse=True)


def _fit_either_way(form: ColumnFormula) -> int:
    """How many rows follow a form; where lower is better, the ratio is turned round (RULES K2)."""
    if form.divisor is None:
        return rows_that_fit(form)
    relations = map(form.relation, form.rows[:ENOUGH])
    return sum(1 for one in relations if Holds.YES in (holds(one), holds(lower_is_better(one))))


def _best(
    forms: Sequence[ColumnFormula],
    alone: bool,
    settled: bool = False,
    fitting: Callable[[ColumnFormula], int] = rows_that_fit,
) -> Iterator[Fitted]:
    """The form that fits most rows, the closer one of two that fit equally many.

    ``alone``: a table of a few rows is held against its closest form, too; ``settled``: any table is.
    ``fitting`` counts the rows that a form fits.
    """
    forms = [form for form in forms if form.rows]
    if not forms:
        return
    fits = [fitting(form) for form in forms]
    most = max(fits)
    best = min((form for form, fit in zip(forms, fits, strict=True) if fit == most), key=_off)
    rows = min(len(best.rows), ENOUGH)
    if settled or (most * 2 >= rows and (most > 1 or alone)):
        yield Fitted(best, settled or most > 1)
    elif alone and rows <= FEW_ROWS:
        yield Fitted(best, False)


def _off(form: ColumnFormula) -> Decimal:
    """How far the rows are off in all; what cannot be computed counts as nothing."""
    total = ZERO
    for row in form.rows[:ENOUGH]:
        relation = form.relation(row)
        reached, stated = computed(relation), relation.target.figure.value
        total += ZERO if reached is None or stated is None else abs(reached - stated)
    return total


def parts_of_year(columns: Sequence[Column]) -> list[Column]:
    """The columns of all quarters, both semesters or the months so far, in order; empty where some are missing."""
    if not any(map(is_part_of_year, columns)):
        return []
    for stem, count in _PARTS_OF_A_YEAR:
        by_period = {column.period: column for column in reversed(columns)}
        found = [by_period[f"{stem}{n}"] for n in range(1, count + 1) if f"{stem}{n}" in by_period]
        from_first = [column.period for column in found] == [f"{stem}{n}" for n in range(1, len(found) + 1)]
        if found and from_first and (len(found) == count or (stem == "bln" and len(found) > 1)):
            return found
    return []


class Year(NamedTuple):
    """The columns of the parts of a year, and the column of the year; None where the table has none."""

    parts: tuple[Column, ...]
    whole: Column | None


def year_of(table: Table, role: str) -> Year | None:
    """The parts of a year of one role with the column of their year: the nearest one right of them, else left."""
    columns = [c for c in table.by_role(role) if c.period not in ("renstra", "sebelum", "setelah")]
    parts = parts_of_year(columns)
    if not parts or sum(map(is_part_of_year, columns)) != len(parts):
        return None
    whole = [c for c in columns if not is_part_of_year(c) and c.measure is parts[0].measure]
    right = [c for c in whole if c.column > parts[-1].column]
    left = [c for c in whole if c.column < parts[0].column]
    return Year(tuple(parts), right[0] if right else left[-1] if left else None)


def is_running(column: Column) -> bool:
    """Whether a heading says that its figures are counted from the beginning of the year: ``s.d. TW II``."""
    return any("kumulatif" in concepts(text) for text in column.header.split(" · "))


def is_rate(row: Row, figure: Figure | None = None) -> bool:
    """Whether an indicator is a percentage, an index or a score: figures that do not add up over quarters."""
    unit, name = fold(row.texts.get("satuan", "")), fold(row.texts.get("indikator", "") or row.label)
    if name.startswith("jumlah "):
        return False
    if figure is not None and figure.percent_sign:
        return True
    first = unit.split(" ")[0] if unit else name.split(" ")[0]
    return first.strip("().,") in _COUNTED


def is_percentage(row: Row, figure: Figure | None = None) -> bool:
    """Whether an indicator is a percentage, as far as its unit, its name or the sign of a figure tell."""
    unit, name = fold(row.texts.get("satuan", "")), fold(row.texts.get("indikator", "") or row.label)
    if unit:
        return unit.split(" ")[0].strip("().,") in ("%", "persen", "persentase", "prosentase")
    return (figure is not None and figure.percent_sign) or name.startswith(("persen", "prosen", "%"))


class Plan(NamedTuple):
    """The targets of a year's parts in one row: their sum, the last one, and which of them holds.

    ``adds`` and ``ends`` say whether the parts add up to the year, and whether they run towards it.
    ``falls`` is the first part that is below the one before, where the last one is the year's.
    """

    total: Relation
    last: Relation
    adds: bool
    ends: bool
    falls: tuple[Figure, Figure] | None = None

    @property
    def holds(self) -> bool:
        """Whether the year follows from its parts in either way."""
        return self.adds or self.ends


def plans(table: Table) -> Iterator[Plan]:
    """The targets and budgets of quarters, semesters or months against those of their year, row by row (K13)."""
    for role in ("target", "pagu"):
        year = year_of(table, role)
        if year is None or year.whole is None:
            continue
        for row in item_rows(table):
            plan = _plan(table, row, year.parts, year.whole)
            if plan is not None:
                yield plan


def _plan(table: Table, row: Row, parts: tuple[Column, ...], whole: Column) -> Plan | None:
    figures = [row.figures[column.name] for column in parts]
    told = [(c, f) for c, f in zip(parts, figures, strict=True) if f.state not in (State.BLANK, State.NIL)]
    goal = row.figures[whole.name]
    if not told or goal.state in _NOTHING or any(f.is_bound or f.state in _NOTHING for _, f in told) or goal.is_bound:
        return None
    amounts = whole.measure is Measure.AMOUNT
    percentage = is_percentage(row, goal)

    def exact(figure: Figure) -> bool:
        return not amounts and figure.unit >= 1 and not percentage

    target = term(table, whole, row, point=exact(goal))
    terms = tuple(term(table, column, row, point=exact(figure)) for column, figure in told)
    total, last = Relation(PLAN, target, terms), Relation(PLAN, target, terms[-1:])
    adds = holds(total) in (Holds.YES, Holds.DOUBTFUL)
    if not adds and is_rate(row, goal):
        adds = holds(total._replace(over=len(terms))) is Holds.YES
    at_end = told[-1][0] is parts[-1] and holds(last) is Holds.YES
    values = [figure for _, figure in told]
    if not all(figure.filled for figure in values):
        return Plan(total, last, adds, False)
    falls = next(((a, b) for a, b in pairwise(values) if b.amount < a.amount), None)
    rises = any(b.amount > a.amount for a, b in pairwise(values))
    runs = falls is None or not rises
    return Plan(total, last, adds, at_end and runs, falls if at_end and not runs else None)
