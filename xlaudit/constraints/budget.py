"""What pagu, realisasi, persentase, sisa and perubahan promise of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlaudit.constraints.formula import (
    ENOUGH,
    ColumnFormula,
    filled_rows,
    is_part_of_year,
    of_its_time,
    of_year,
    ratio_of,
    rows_that_fit,
)
from xlaudit.constraints.periods import parts_of_year
from xlaudit.relations import HUNDRED, ONE, Relation, partner, term
from xlaudit.tables import NIL, NUMBER, Column, Level, Measure, Row, Table

SHARE, REST, CHANGE, QUARTERS = "RA103", "RA104", "RA107", "RA112"


def shares(table: Table) -> Iterator[ColumnFormula]:
    """% = realisasi / pagu · 100, in every row that has the three (RULES A1).

    Of several percentage columns over the same two the one that fits best is meant; the others say something else.
    """
    same: dict[tuple[str, str], list[ColumnFormula]] = {}
    for column in table.by_role("persen"):
        formula = _share(table, column)
        if formula is not None and formula.divisor is not None:
            same.setdefault((formula.terms[0][0].name, formula.divisor.name), []).append(formula)
    for formulas in same.values():
        yield formulas[0] if len(formulas) == 1 else max(formulas, key=rows_that_fit)


def _share(table: Table, column: Column) -> ColumnFormula | None:
    """What a percentage is the share of: the pagu that belongs with it, or what most rows say where none does.

    One that hardly a row follows may be held against the planned spending instead.
    """
    numerator, divisor = partner(table, column, "realisasi"), partner(table, column, "pagu")
    if numerator is None or _of_another_part(column, numerator):
        return None
    part = numerator

    def of(budget: Column) -> ColumnFormula | None:
        rows = _rows_with_share(table, column, budget)
        return of_its_time(ratio_of(SHARE, table, rows, column, part, budget), of_year(table, "pagu"))

    own = None if divisor is None else of(divisor)
    if own is not None and _is_followed(own):
        return own
    others = table.by_role("rencana")
    if divisor is None:
        others += (budget for budget in table.by_role("pagu") if budget.period == column.period)
    found = (formula for other in others if (formula := of(other)) is not None and _is_followed(formula))
    return next(found, own)


def _is_followed(formula: ColumnFormula) -> bool:
    fits = rows_that_fit(formula)
    return fits > 1 and fits * 2 >= min(len(formula.rows), ENOUGH)


def _of_another_part(column: Column, numerator: Column) -> bool:
    """A percentage of a quarter or semester is not one of the year's realisasi."""
    return column.period.startswith(("tw", "smt", "bln")) and numerator.period != column.period


def _rows_with_share(table: Table, column: Column, budget: Column) -> Sequence[Row]:
    """The rows without means and remarks, and without those of surplus or deficit, in which a dash stands because a
    percentage would mean nothing."""
    without = set(table.indexes_of(Level.MEAN, Level.NOTE))
    holding = table.holding(column.name)
    if NIL in holding.states:
        for row, figure in zip(table.rows, holding.figures, strict=True):
            if figure.state is NIL and (row.level is Level.DETAIL or row.figures[budget.name].amount < 0):
                without.add(row.index)
    return [row for row in table.rows if row.index not in without] if without else table.rows


def lone_ratios(table: Table) -> Iterator[Relation]:
    """A line such as *Persentase Realisasi Anggaran* right below a total: the ratio of that total's amounts."""
    for row in table.rows_of(Level.RATIO):
        total = next((r for r in reversed(table.rows[: row.index]) if r.level is Level.TOTAL), None)
        columns = [c for c in table.columns.values() if c.measure is not Measure.TEXT]
        filled = [c for c in columns if row.figures[c.name].state is NUMBER]
        if total is None or len(filled) != 1:
            continue
        spent = [c for c in table.wholes("realisasi") if total.figures[c.name].filled]
        budget = [c for c in table.wholes("pagu") if total.figures[c.name].filled]
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
            REST, table, filled_rows(table, column, budget, spent), column, ((budget, ONE), (spent, -ONE))
        )
        turned = plain._replace(terms=((budget, -ONE), (spent, ONE)))
        fitting = rows_that_fit(plain)
        mostly = fitting * 2 >= min(len(plain.rows), ENOUGH)
        best = turned if not mostly and rows_that_fit(turned) > fitting else plain
        if mostly or best is turned or not is_part_of_year(spent) or is_part_of_year(column):
            yield best  # what is left of a year is not what a quarter left, unless most rows say so


def changes(table: Table) -> Iterator[ColumnFormula]:
    """bertambah/(berkurang) = after − before revision (RULES A9)."""
    for column in table.by_role("perubahan"):
        own = [c for c in table.by_role("pagu") if c.part == column.part]
        before = next((c for c in own if c.period == "sebelum"), None)
        after = next((c for c in own if c.period == "setelah"), None)
        if before is not None and after is not None:
            rows = filled_rows(table, column, before, after)
            yield ColumnFormula(CHANGE, table, rows, column, ((after, ONE), (before, -ONE)))


def quarters(table: Table) -> Iterator[ColumnFormula]:
    """The amount spent in a year is the sum of its quarters, semesters or months (RULES A12), where most rows print
    them so. Of the months, those up to the last one printed, from January.

    Quarters that each tell what was spent up to then do not add up; such a table is left alone.
    """
    spent = [column for column in table.wholes("realisasi") if column.measure is Measure.AMOUNT]
    parts = parts_of_year(spent)
    if sum(map(is_part_of_year, spent)) != len(parts):
        return
    of_more = [c for c in spent if not is_part_of_year(c) and c.period != "renstra"]
    whole = [c for c in of_more if parts and c.column > parts[-1].column]
    if not whole:
        return
    formula = ColumnFormula(
        QUARTERS, table, filled_rows(table, whole[0], *parts), whole[0], tuple((part, ONE) for part in parts)
    )
    if formula.rows and rows_that_fit(formula) * 2 >= min(len(formula.rows), ENOUGH):
        yield formula
