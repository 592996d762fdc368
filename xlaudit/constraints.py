"""The relations that the tables of RULES promise, table by table.

Each function lists the relations of one kind; rules check them, the diagnosis solves them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from xlaudit.relations import (
    HUNDRED,
    ONE,
    Holds,
    Mode,
    Relation,
    Term,
    add_up,
    amount_columns,
    child_rows,
    computed,
    holds,
    partner,
    term,
    total_rows,
)
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Level, Measure, Row, State, Table

SUM, TOTAL, SHARE, REST, CHANGE, QUARTERS = "RA101", "RA102", "RA103", "RA104", "RA107", "RA112"
ACHIEVEMENT, MEAN, DIFFERENCE, RELATIVE = "KI101", "KI107", "EF101", "EF103"

CAPS = (100, 110, 120, 150)
"""Upper limits that offices set on capaian (RULES K4)."""
_ENOUGH = 200
"""So many rows of a column tell which sign it prints."""
_ITEM_LEVELS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.ITEM)


def item_rows(table: Table) -> list[Row]:
    """The rows that carry an item of the table: no totals, means, remarks."""
    return [row for row in table.rows if row.level in _ITEM_LEVELS]


def parents(table: Table) -> list[Row]:
    """The rows that are the sum of those right below them, save where rows are seen to be missing."""
    return [table.rows[index] for index in sorted(table.children) if not _cut_short(table, table.rows[index])]


def parent_sum(table: Table, column: Column, parent: Row) -> Relation | None:
    """A parent is the sum of the rows right below it (RULES A4). None where there is nothing to compare."""
    if parent.figures[column.name].state is State.BLANK:
        return None
    below = child_rows(table)
    if column.role == "sisa" and any(_not_yet_spent(table, column, row) for row in below(parent)):
        return None
    relation = add_up(SUM, table, column, parent, below(parent), below)
    if relation is None or not fold(parent.label).startswith("pembiayaan"):
        return relation
    return _net(relation)


def _net(relation: Relation) -> Relation:
    """Pembiayaan is what comes in less what goes out (RULES A8); posts that name neither are summed.

    A ``pengeluaran`` that is printed below zero has its sign already.
    """
    names = [fold(part.row.label) for part in relation.terms]
    if not any("penerimaan" in name for name in names) or not any("pengeluaran" in name for name in names):
        return relation
    terms = tuple(
        part._replace(factor=-part.factor) if "pengeluaran" in name and part.figure.amount > 0 else part
        for part, name in zip(relation.terms, names, strict=True)
    )
    return relation._replace(terms=terms)


def _not_yet_spent(table: Table, column: Column, row: Row) -> bool:
    """Whether a row has a pagu, but no sisa for want of a realisasi: what is above it counts its pagu as left.

    A realisasi kept as text is none to a formula.
    """
    parts = [row.figures[other.name] for role in ("realisasi", "pagu") if (other := partner(table, column, role))]
    if row.figures[column.name].state is not State.BLANK or len(parts) < 2:
        return False
    return (parts[0].state is State.BLANK or parts[0].as_text) and parts[1].filled


def _cut_short(table: Table, parent: Row) -> bool:
    """Whether rows are missing below a parent: the row after its last one belongs to a parent not shown."""
    last = max(table.children[parent.index])
    while last in table.children:
        last = max(table.children[last])
    return last + 1 < len(table.rows) and table.rows[last + 1].orphan


def is_excerpt(rows: list[Row]) -> bool:
    """Whether the rows' own numbers leave some out, or a row's parent is not shown: rows are missing."""
    numbers = [int(text) for row in rows if (text := row.texts.get("no", "").strip(" .)")).isdigit()]
    gaps = any(after not in (before, before + 1, 1) for before, after in pairwise(numbers))
    return gaps or any(row.orphan for row in rows)


def totals(table: Table) -> Iterator[Relation]:
    """Every total is the sum of the topmost rows, or of those since the total before it (RULES A4, S3)."""
    rows = total_rows(table)
    for column in amount_columns(table):
        for position, total in enumerate(rows):
            if total.figures[column.name].state is State.BLANK:
                continue
            if position == 1 and _of_more_than_this(table, rows[0], total):
                continue
            options = list(_total_options(table, column, rows, position))
            if options:
                yield _best(options)


def _of_more_than_this(table: Table, part: Row, total: Row) -> bool:
    """Whether a total right below the table's only subtotal counts other tables too: there was nothing to part."""
    lone = part.index + 1 == total.index == len(table.rows) - 1
    return lone and fold(part.label).replace(" ", "").startswith("sub") and not fold(total.label).startswith("sub")


def _total_options(table: Table, column: Column, rows: list[Row], position: int) -> Iterator[Relation]:
    """The ways in which a total can add up, likeliest first."""
    below = child_rows(table)
    total = rows[position]
    top = table.top_rows()
    since = [row for row in top if (position == 0 or row.index > rows[position - 1].index) and row.index < total.index]
    above = [row for row in top if row.index < total.index]
    plain = [row for row in table.rows if row.level is not Level.TOTAL and row.index < total.index]
    if any(not row.label for row in plain):
        yield from _unnamed_options(table, column, total, plain)
    ways = [since, above, top] if position + 1 < len(rows) else [above or top, top, since]
    if position + 1 == len(rows) and position > 0:
        ways.append(rows[:position])
    for way in ways:
        relation = add_up(TOTAL, table, column, total, way, below) if way else None
        if relation is not None:
            yield relation


def _unnamed_options(table: Table, column: Column, total: Row, rows: list[Row]) -> Iterator[Relation]:
    """Where rows without a name follow named ones (a second figure for the same thing): the last of each, the first."""
    groups: list[list[Row]] = []
    for row in rows:
        if row.label or not groups:
            groups.append([row])
        else:
            groups[-1].append(row)
    for pick in (-1, 0):
        relation = add_up(TOTAL, table, column, total, [group[pick] for group in groups], lambda row: [])
        if relation is not None and holds(relation) is Holds.YES:
            yield relation


def _best(options: list[Relation]) -> Relation:
    """The first way that holds; else the one with the smallest difference."""
    for relation in options:
        if holds(relation) in (Holds.YES, Holds.DOUBTFUL):
            return relation

    def off(relation: Relation) -> Decimal:
        reached = computed(relation)
        stated = relation.target.figure.value
        return Decimal("Infinity") if reached is None or stated is None else abs(reached - stated)

    return min(options, key=off)


Formula = tuple[str, frozenset[tuple[str, Decimal]], str | None]
"""Target, terms with their factors, and divisor, by the names of the columns."""


class ColumnFormula(NamedTuple):
    """One relation between columns that many rows promise: target = factor · (terms with their factors) / divisor."""

    rule: str
    table: Table
    rows: tuple[Row, ...]
    target: Column
    terms: tuple[tuple[Column, Decimal], ...]
    divisor: Column | None = None
    factor: Decimal = ONE
    point: bool = False
    """Whether the terms and the divisor count exactly as printed."""

    def relation(self, row: Row) -> Relation:
        """The relation of one row."""
        return Relation(
            self.rule,
            term(self.table, self.target, row),
            tuple(term(self.table, column, row, factor, self.point) for column, factor in self.terms),
            None if self.divisor is None else term(self.table, self.divisor, row, point=self.point),
            self.factor,
        )

    @property
    def says(self) -> Formula:
        """What the formula says, so that two of them can be compared."""
        terms = {column.name: factor * self.factor for column, factor in self.terms}
        return self.target.name, frozenset(terms.items()), None if self.divisor is None else self.divisor.name

    def relations(self) -> list[Relation]:
        """The relations of all rows."""
        return [self.relation(row) for row in self.rows]


_NOTHING = (State.BLANK, State.NOT_APPLICABLE, State.TEXT)


def shares(table: Table) -> Iterator[ColumnFormula]:
    """% = realisasi / pagu · 100, in every row that has the three (RULES A1).

    Of several percentage columns over the same two the one that fits best is meant; the others say something else.
    """
    same: dict[tuple[str, str], list[ColumnFormula]] = {}
    for column in table.by_role("persen"):
        numerator, divisor = partner(table, column, "realisasi"), partner(table, column, "pagu")
        if numerator is None or divisor is None or _of_another_part(column, numerator):
            continue
        rows = [row for row in table.rows if not _needs_no_share(row, column, divisor)]
        formula = _ratio(SHARE, table, rows, column, numerator, divisor)
        same.setdefault((numerator.name, divisor.name), []).append(formula)
    for formulas in same.values():
        yield formulas[0] if len(formulas) == 1 else max(formulas, key=_fits)


def _of_another_part(column: Column, numerator: Column) -> bool:
    """A percentage of a quarter or semester is not one of the year's realisasi."""
    return column.period.startswith(("tw", "smt", "bln")) and numerator.period != column.period


def _needs_no_share(row: Row, column: Column, budget: Column) -> bool:
    """Means and remarks, and a dash in a row of surplus or deficit, where a percentage would mean nothing."""
    if row.level is Level.MEAN or row.level is Level.NOTE:
        return True
    negative = row.level is Level.DETAIL or row.figures[budget.name].amount < 0
    return negative and row.figures[column.name].state is State.NIL


def _ratio(
    rule: str, table: Table, rows: list[Row], column: Column, numerator: Column, divisor: Column, point: bool = False
) -> ColumnFormula:
    one, two, three = column.name, numerator.name, divisor.name
    whole = tuple(
        row
        for row in rows
        if (figures := row.figures)[one].state not in _NOTHING
        and figures[two].state not in _NOTHING
        and figures[three].state not in _NOTHING
    )
    return ColumnFormula(rule, table, whole, column, ((numerator, ONE),), divisor, HUNDRED, point)


def lone_ratios(table: Table) -> Iterator[Relation]:
    """A line such as *Persentase Realisasi Anggaran* right below a total: the ratio of that total's amounts."""
    for row in table.rows:
        if row.level is not Level.RATIO:
            continue
        total = next((r for r in reversed(table.rows[: row.index]) if r.level is Level.TOTAL), None)
        columns = [c for c in table.columns.values() if c.measure is not Measure.TEXT]
        filled = [c for c in columns if row.figures[c.name].state is State.NUMBER]
        if total is None or len(filled) != 1:
            continue
        spent = [c for c in table.by_role("realisasi") if total.figures[c.name].filled]
        budget = [c for c in table.by_role("pagu") if total.figures[c.name].filled]
        if spent and budget:
            target = replace(filled[0], measure=Measure.PERCENT)
            yield Relation(
                SHARE,
                term(table, target, row),
                (term(table, spent[-1], total),),
                term(table, budget[-1], total),
                HUNDRED,
            )


def remainders(table: Table) -> Iterator[ColumnFormula]:
    """sisa = pagu − realisasi; a column that prints all of them with the other sign keeps it (RULES A2)."""
    for column in table.by_role("sisa"):
        budget, spent = partner(table, column, "pagu"), partner(table, column, "realisasi")
        if budget is None or spent is None:
            continue
        plain = ColumnFormula(
            REST, table, _filled(table, column, budget, spent), column, ((budget, ONE), (spent, -ONE))
        )
        turned = plain._replace(terms=((budget, -ONE), (spent, ONE)))
        fitting = _fits(plain)
        mostly = fitting * 2 >= min(len(plain.rows), _ENOUGH)
        best = turned if not mostly and _fits(turned) > fitting else plain
        if mostly or best is turned or not _is_part(spent) or _is_part(column):
            yield best  # what is left of a year is not what a quarter left, unless most rows say so


def _filled(table: Table, *columns: Column) -> tuple[Row, ...]:
    """The rows in which all of the columns are filled in."""
    names = [column.name for column in columns]
    kept = (Level.MEAN, Level.NOTE, Level.RATIO)
    return tuple(
        row
        for row in table.rows
        if row.level not in kept and not any(row.figures[name].state is State.BLANK for name in names)
    )


def _fits(formula: ColumnFormula) -> int:
    return sum(1 for row in formula.rows[:_ENOUGH] if holds(formula.relation(row)) is Holds.YES)


def changes(table: Table) -> Iterator[ColumnFormula]:
    """bertambah/(berkurang) = after − before revision (RULES A9)."""
    before = next((c for c in table.by_role("pagu") if c.period == "sebelum"), None)
    after = next((c for c in table.by_role("pagu") if c.period == "setelah"), None)
    if before is None or after is None:
        return
    for column in table.by_role("perubahan"):
        rows = _filled(table, column, before, after)
        yield ColumnFormula(CHANGE, table, rows, column, ((after, ONE), (before, -ONE)))


_PARTS_OF_A_YEAR = (("tw", 4), ("smt", 2), ("bln", 12))


def quarters(table: Table) -> Iterator[ColumnFormula]:
    """The amount spent in a year is the sum of its quarters, semesters or months (RULES A12), where most rows print
    them so. Of the months, those up to the last one printed, from January.

    Quarters that each tell what was spent up to then do not add up; such a table is left alone.
    """
    spent = [column for column in table.by_role("realisasi") if column.measure is Measure.AMOUNT]
    parts = next((found for stem, count in _PARTS_OF_A_YEAR if (found := _parts(spent, stem, count))), [])
    whole = [c for c in spent if parts and c.column > parts[-1].column and c.period != "renstra" and not _is_part(c)]
    if not whole:
        return
    formula = ColumnFormula(
        QUARTERS, table, _filled(table, whole[0], *parts), whole[0], tuple((part, ONE) for part in parts)
    )
    if formula.rows and _fits(formula) * 2 >= min(len(formula.rows), _ENOUGH):
        yield formula


def _is_part(column: Column) -> bool:
    return any(column.period.startswith(stem) for stem, _ in _PARTS_OF_A_YEAR)


def _parts(spent: Sequence[Column], stem: str, count: int) -> list[Column]:
    """The columns of consecutive periods from the first on: all four quarters, both semesters, the months so far."""
    by_period = {column.period: column for column in reversed(spent)}
    found = [by_period[f"{stem}{n}"] for n in range(1, count + 1) if f"{stem}{n}" in by_period]
    consecutive = [column.period for column in found] == [f"{stem}{n}" for n in range(1, len(found) + 1)]
    enough = len(found) == count or (stem == "bln" and len(found) > 1)
    return found if consecutive and enough and sum(_is_part(column) for column in spent) == len(found) else []


def achievements(table: Table) -> Iterator[ColumnFormula]:
    """capaian = realisasi / target · 100, of the figures as printed (RULES K1)."""
    for column in table.by_role("capaian"):
        reached = partner(table, column, "realisasi_kinerja")
        if reached is None:
            continue
        period = column.period or reached.period
        goal = partner(table, replace(column, period=period), "target")
        if goal is None or _adjoining_capaian(table, column, reached):
            continue
        told = [row for row in item_rows(table) if row.figures[column.name].state is not State.NIL]
        rows = [row for row in told if _comparable(row, reached, goal)]
        plain = [row for row in rows if not declared_lower(row)]
        yield _ratio(ACHIEVEMENT, table, plain, column, reached, goal, point=True)
        if len(plain) < len(rows):
            turned = [row for row in rows if declared_lower(row)]
            formula = _ratio(ACHIEVEMENT, table, turned, column, reached, goal, point=True)
            yield formula._replace(terms=((goal, Decimal(2)), (reached, -ONE)))


def _adjoining_capaian(table: Table, column: Column, reached: Column) -> bool:
    """Whether another capaian column stands closer to the realisasi: then this one belongs to something else."""
    return any(
        other.name != column.name and other.period == column.period and reached.column < other.column < column.column
        for other in table.by_role("capaian")
    )


def _comparable(row: Row, reached: Column, goal: Column) -> bool:
    """Target and realisasi can be divided: plain figures, no ``>B``, and not one in % and the other bare below 1."""
    one, two = row.figures[reached.name], row.figures[goal.name]
    return not one.is_bound and not (two.is_bound and ">" in two.prefix and "=" not in two.prefix)


def declared_lower(row: Row) -> bool:
    """Whether a column *arah* says of the row that lower is better."""
    direction = fold(row.texts.get("arah", ""))
    if "rendah" in direction and "tinggi" not in direction:
        return True
    return any(word in direction for word in ("rendah makin baik", "turun", "negatif", "minim", "lower"))


def lower_is_better(relation: Relation) -> Relation:
    """The same row with capaian = (target − (realisasi − target)) / target · 100 (RULES K2)."""
    assert relation.divisor is not None
    goal = relation.divisor._replace(factor=Decimal(2))
    return relation._replace(terms=(goal, relation.terms[0]._replace(factor=-ONE)))


def is_capped(relation: Relation) -> bool:
    """Whether the capaian stands at a usual limit while target and realisasi give more (RULES K4)."""
    stated = relation.target.figure.value
    divisor = relation.divisor.figure.value if relation.divisor is not None else None
    reached = sum((term.factor * term.figure.amount for term in relation.terms), Decimal(0))
    if stated is None or not divisor or stated not in CAPS or divisor < 0:
        return False
    return reached * 100 > stated * divisor


def differences(table: Table) -> Iterator[Relation]:
    """efisiensi = capaian − serapan (RULES F1)."""
    for column, row, achieved, absorbed in _efficiency_rows(table):
        parts = tuple(
            term(table, part, row, factor, point=_coarser_than_its_column(table, part, row))
            for part, factor in ((achieved, ONE), (absorbed, -ONE))
        )
        yield Relation(DIFFERENCE, term(table, column, row), parts)


def efficiency_formulas(table: Table) -> list[Formula]:
    """What the two forms of efisiensi say of the columns of a table."""
    found: dict[Formula, None] = {}
    for column, _, achieved, absorbed in _efficiency_rows(table):
        names = (achieved.name, absorbed.name)
        found[column.name, frozenset(zip(names, (ONE, -ONE), strict=True)), None] = None
        found[column.name, frozenset(zip(names, (HUNDRED, -HUNDRED), strict=True)), achieved.name] = None
    return list(found)


def _coarser_than_its_column(table: Table, column: Column, row: Row) -> bool:
    """Whether a number shows fewer digits than others of its column, as 94 among 95,83: then it is 94,00."""
    figure = row.figures[column.name]
    return not figure.as_text and any(other.unit < figure.unit for other in table.figures(column.name) if other.filled)


def relatives(table: Table) -> Iterator[Relation]:
    """efisiensi = (1 − serapan / capaian) · 100 (RULES F3)."""
    for column, row, achieved, absorbed in _efficiency_rows(table):
        goal = term(table, achieved, row, point=True)
        parts = (goal, Term(table, absorbed, row, row.figures[absorbed.name], -ONE))
        yield Relation(RELATIVE, term(table, column, row), parts, goal, HUNDRED)


def _efficiency_rows(table: Table) -> Iterator[tuple[Column, Row, Column, Column]]:
    for column in table.by_role("efisiensi"):
        achieved, absorbed = partner(table, column, "capaian"), partner(table, column, "persen")
        if achieved is None or absorbed is None:
            continue
        for row in table.rows:
            figures = (row.figures[column.name], row.figures[achieved.name], row.figures[absorbed.name])
            if row.level in _ITEM_LEVELS and all(f.state is State.NUMBER for f in figures):
                yield column, row, achieved, absorbed


def efficiency(table: Table, mode: Mode) -> list[Relation]:
    """The relations of the form that a table's efisiensi follows, found by fit (RULES F1, F3).

    Empty where most rows follow neither form; the plain difference where there is hardly a row to tell by.
    """
    plain, relative = list(differences(table)), list(relatives(table))
    fits = [sum(1 for r in form if holds(r, mode) is Holds.YES) for form in (plain, relative)]
    form = relative if fits[1] > fits[0] else plain
    return form if max(fits) * 2 >= len(form) or len(form) <= FEW_ROWS else []


FEW_ROWS = 2
"""A table of so few rows cannot show a formula of its own."""
