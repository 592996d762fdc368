"""How the figures of a column are written: separators, percent scale, decimals, texts among numbers."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from xlaudit.survey import Numbers
from xlaudit.tables import Column, Figure, Measure, State, Table

_HUNDRED = Decimal(100)


def numbers_of(table: Table) -> dict[str, Numbers]:
    """By the name of the column."""
    return {
        name: _numbers(table.figures(name), column)
        for name, column in table.columns.items()
        if column.measure is not Measure.TEXT
    }


def _numbers(figures: list[Figure], column: Column) -> Numbers:
    filled = [figure for figure in figures if figure.state is State.NUMBER]
    places = Counter(_places(figure) for figure in filled)
    percent: Counter[str] = Counter()
    if column.measure is Measure.PERCENT:
        percent.update(_percent(figure) for figure in filled)
    return Numbers(
        states=dict(Counter(figure.state.value for figure in figures)),
        typed=sum(1 for figure in filled if not figure.as_text and figure.formula is None),
        formulas=sum(1 for figure in figures if figure.formula is not None),
        as_text=dict(Counter(figure.style for figure in filled if figure.as_text)),
        percent=dict(percent),
        places=places.most_common(1)[0][0] if places else None,
        scale=column.unit,
    )


def _places(figure: Figure) -> int:
    exponent = figure.unit.normalize().as_tuple().exponent
    return max(-int(exponent), 0)


def _percent(figure: Figure) -> str:
    if figure.percent_sign:
        return "sign"
    return "fraction" if figure.scale == _HUNDRED else "points"
