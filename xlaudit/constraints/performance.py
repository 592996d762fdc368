"""What target, realisasi and capaian of an indicator promise of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal

from xlaudit.constraints.formula import ColumnFormula, of_its_time, of_year, ratio_of
from xlaudit.constraints.items import item_rows
from xlaudit.conventions import CAPS
from xlaudit.relations import ONE, Relation, partner
from xlaudit.schemas.words import fold
from xlaudit.tables import NIL, Column, Row, Table

ACHIEVEMENT, MEAN = "KI101", "KI107"


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
        told = [row for row in item_rows(table) if row.figures[column.name].state is not NIL]
        rows = [row for row in told if _comparable(row, reached, goal)]
        plain = [row for row in rows if not declared_lower(row)]
        formula = of_its_time(
            ratio_of(ACHIEVEMENT, table, plain, column, reached, goal, point=True), of_year(table, "target")
        )
        if formula is None:
            continue
        yield formula
        if len(plain) < len(rows):
            turned = [row for row in rows if declared_lower(row)]
            formula = ratio_of(ACHIEVEMENT, table, turned, column, reached, goal, point=True)
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


def declares_direction(row: Row) -> bool:
    """Whether a column *arah* says of the row which direction is better."""
    return bool(row.texts.get("arah", "").strip())


def lower_is_better(relation: Relation) -> Relation:
    """The same row with capaian = (target − (realisasi − target)) / target · 100 (RULES K2)."""
    assert relation.divisor is not None
    goal = relation.divisor._replace(factor=Decimal(2))
    return relation._replace(terms=(goal, relation.terms[0]._replace(factor=-ONE)))


def other_direction(relation: Relation) -> Relation | None:
    """A capaian by the formula for the other direction (RULES K1, K2); None where it has none."""
    if relation.rule != ACHIEVEMENT or relation.divisor is None:
        return None
    if len(relation.terms) == 1:
        return lower_is_better(relation)
    if len(relation.terms) == 2 and relation.terms[1].factor == -ONE:
        return relation._replace(terms=(relation.terms[1]._replace(factor=ONE),))
    return None


def meant_otherwise(relation: Relation) -> Relation | None:
    """A capaian by the formula for the other direction, where the row's *arah* does not speak against it."""
    other = other_direction(relation)
    row = relation.target.row
    if other is None or not declares_direction(row):
        return other
    return other if (len(other.terms) == 2) == declared_lower(row) else None


def is_capped(relation: Relation, caps: Collection[int] = CAPS) -> bool:
    """Whether the capaian stands at one of the limits while target and realisasi give more (RULES K4)."""
    stated = relation.target.figure.value
    divisor = relation.divisor.figure.value if relation.divisor is not None else None
    reached = sum((term.factor * term.figure.amount for term in relation.terms), Decimal(0))
    if stated is None or not divisor or stated not in caps or divisor < 0:
        return False
    return reached * 100 > stated * divisor
