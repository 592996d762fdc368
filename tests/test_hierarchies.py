"""Whatever tells the levels of a budget table, its rows get the parents they have; a slip in a figure moves none."""

from __future__ import annotations

import random

import pytest
from hierarchies import MANNERS, Drawn, drawn

from xlaudit.reading.find import find_tables
from xlaudit.tables import Level

PLAIN = [(), ("total below",), ("total above",), ("subtotals", "total below"), ("detail", "total below")]
SPOILED = [("slip",), ("slip", "total below"), ("slip", "subtotals", "total below"), ("slip", "detail")]
SEEDS = range(3)
OTHERS = {Level.TOTAL: "total", Level.DETAIL: "detail"}

EVERY = [(manner, levels) for manner, (_, depths) in MANNERS.items() for levels in depths]
TOLD = [(manner, levels) for manner, levels in EVERY if manner != "nothing at all"]


def misplaced(drawing: Drawn) -> list[str]:
    """Every row whose parent or special level is not the true one."""
    [table] = find_tables(drawing.workbook)
    number = {row.index: row.number for row in table.rows}
    wrong: list[str] = []
    for row in table.rows:
        parent = None if row.parent is None else number[row.parent]
        special = OTHERS.get(row.level, "")
        if special != drawing.totals.get(row.number, "") or parent != drawing.parents.get(row.number):
            wrong.append(f"{row.number} {row.label}: {row.level}, below {parent}")
    assert [row.number for row in table.rows] == sorted({*drawing.parents, *drawing.totals})
    return wrong


@pytest.mark.parametrize("extras", PLAIN, ids=lambda extras: "+".join(extras) or "plain")
@pytest.mark.parametrize(("manner", "levels"), EVERY)
def test_the_levels_are_told(manner: str, levels: int, extras: tuple[str, ...]) -> None:
    for seed in SEEDS:
        assert not misplaced(drawn(random.Random(seed), manner, levels, extras)), seed


@pytest.mark.parametrize("extras", SPOILED, ids="+".join)
@pytest.mark.parametrize(("manner", "levels"), TOLD)
def test_a_slip_in_a_figure_moves_no_row(manner: str, levels: int, extras: tuple[str, ...]) -> None:
    for seed in SEEDS:
        assert not misplaced(drawn(random.Random(seed), manner, levels, extras)), seed


def test_where_only_the_sums_tell_a_slip_hardly_ever_moves_a_row() -> None:
    drawings = [drawn(random.Random(seed), "nothing at all", 2, ("slip", "total below")) for seed in range(40)]
    assert sum(1 for drawing in drawings if misplaced(drawing)) <= 8
