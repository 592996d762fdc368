"""Columns and rows that are made when somebody asks for them: the same as if all had been made at once."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from xlaudit.cells import Area
from xlaudit.figures import Cells, Figure, Holding, Plain, State
from xlaudit.tables import Column, Level, Measure, Row, Rows, Table

PLAIN = {3: Plain(Decimal(1), False), 5: Plain(Decimal("0.01"), True)}
OTHERS = (
    Figure(0, 4, State.BLANK, "", from_merge=True),
    Figure(0, 4, State.NIL, "-", as_text=True),
    Figure(0, 4, State.TEXT, "lihat", as_text=True),
    Figure(0, 4, State.NUMBER, "12", Decimal("1200"), Decimal(100), scale=Decimal(100), formula="A1"),
    Figure(0, 4, State.NUMBER, "-1.25", Decimal("-1.25"), Decimal("0.1"), finer=True),
    Figure(0, 4, State.NUMBER, "7", Decimal(7), as_text=True),
)
TOLD = (
    *("values", "amounts", "kinds", "states", "written", "formulas", "all_formulas", "literals", "stored", "finer"),
    *("merged", "units", "scales", "texts", "negative", "finest", "filled"),
)


def columns(seed: int) -> tuple[Holding, list[Figure]]:
    """A column of which only what is no plain number is made, and all of its figures."""
    chance = random.Random(seed)
    styles = chance.choice(((3,), (5,), (3, 5)))
    odd = chance.choice((0.0, 0.3, 1.0))
    figures: list[Figure] = []
    made: list[Figure | None] = []
    cells = Cells(4, range(9, 9 + chance.randint(0, 12)), [], [], [], [], {style: PLAIN[style] for style in styles})
    for row in cells.rows:
        other = chance.random() < odd
        style, formula = chance.choice(styles), chance.choice((None, f"C{row}*2"))
        number = Decimal(chance.randint(0, 99))
        unit, percent = PLAIN[style]
        figure = Figure(row, 4, State.NUMBER, str(number), number, unit, formula=formula, percent_sign=percent)
        figures.append(chance.choice(OTHERS)._replace(row=row) if other else figure)
        made.append(figures[-1] if other else None)
        cells.numbers.append(None if other else number)
        cells.texts.append("?" if other else str(number))
        cells.formulas.append(None if other else formula)
        cells.styles.append(0 if other else style)
    told = {style for style, one in zip(cells.styles, made, strict=True) if one is None}
    return Holding(made, cells._replace(plain={style: PLAIN[style] for style in told})), figures


def said(holding: Holding, name: str) -> str:
    """What a column tells; by its text, because NaN, which stands for what nobody knows, equals nothing."""
    found = getattr(holding, name)
    return repr(sorted(found, key=repr) if isinstance(found, frozenset) else found)


@pytest.mark.parametrize("seed", range(60))
def test_a_column_tells_what_its_figures_say(seed: int) -> None:
    holding, figures = columns(seed)
    told = Holding([*figures])
    assert {name: said(holding, name) for name in TOLD} == {name: said(told, name) for name in TOLD}
    assert len(holding) == len(figures)


@pytest.mark.parametrize("seed", range(20))
def test_a_figure_is_made_once(seed: int) -> None:
    holding, figures = columns(seed)
    places = random.Random(seed).sample(range(len(figures)), len(figures))
    made = {place: holding.at(place) for place in places[: len(places) // 2]}
    assert holding.figures == figures
    assert all(holding.figures[place] is figure is holding.at(place) for place, figure in made.items())
    assert all(said(holding, name) == said(Holding([*figures]), name) for name in TOLD)


def rows() -> tuple[Rows, list[Row]]:
    """Four rows as columns, and the same rows one by one."""
    holding = Holding([Figure(row, 3, State.NUMBER, str(row), Decimal(row)) for row in (2, 3, 5, 6)])
    levels = [Level.PROGRAM, Level.ITEM, Level.ITEM, Level.TOTAL]
    parents = [None, 0, None, None]
    found = Rows(
        [2, 3, 5, 6],
        levels,
        [0, 1, 1, None],
        parents,
        ["Program", "Sub", "Sub lain", "Jumlah"],
        ["1", "1.1", "2.1", ""],
        {"pagu": holding},
        {"uraian": ["Program", "Sub", "Sub lain", "Jumlah"]},
        frozenset({3}),
        frozenset({2}),
    )
    alone = [
        Row(0, 2, Level.PROGRAM, 0, None, "Program", "1", {"pagu": holding.at(0)}, {"uraian": "Program"}),
        Row(1, 3, Level.ITEM, 1, 0, "Sub", "1.1", {"pagu": holding.at(1)}, {"uraian": "Sub"}),
        Row(2, 5, Level.ITEM, 1, None, "Sub lain", "2.1", {"pagu": holding.at(2)}, {"uraian": "Sub lain"}, False, True),
        Row(3, 6, Level.TOTAL, None, None, "Jumlah", "", {"pagu": holding.at(3)}, {"uraian": "Jumlah"}, True),
    ]
    return found, alone


def test_rows_are_a_sequence_of_rows_that_are_made_once() -> None:
    found, alone = rows()
    last = found[-1]
    assert (last, found[1:3], found[5:]) == (alone[3], tuple(alone[1:3]), ())
    assert [*found] == alone == [*reversed(found)][::-1] and found == tuple(alone)
    assert found[3] is last is found[-1] is [*found][3]
    assert found != alone[:3] and found != [*alone[:3], alone[0]]
    for place in (4, -5):
        with pytest.raises(IndexError):
            rows()[0][place]


def test_a_row_has_its_figures_and_texts_by_name() -> None:
    row = rows()[0][1]
    assert row.figures["pagu"] is row.figures.get("pagu") and row.figures["pagu"].value == 3
    assert [*row.texts.items()] == [("uraian", "Sub")] and len(row.figures) == 1
    assert "sisa" not in row.figures and row.figures.get("sisa") is None
    with pytest.raises(KeyError):
        row.figures["sisa"]


def test_a_table_of_rows_that_others_made_tells_the_same() -> None:
    by_columns, alone = rows()
    column = Column("pagu", "pagu", Measure.AMOUNT, 3, "Pagu")

    def told(of: Rows | tuple[Row, ...]) -> list[object]:
        table = Table("t1", "lainnya", "S", Area(1, 1, 6, 3), "T", {"pagu": column}, of, (1,))
        lists = [table.labels, table.codes, table.levels, table.depths, table.parents, table.numbers, table.top]
        texts = [table.texts("uraian"), table.texts("kode"), table.values("pagu"), table.values("sisa")]
        picked = [table.rows_of(Level.ITEM, Level.TOTAL), table.top_rows(), table.row_at(5), table.row_at(4)]
        return [lists, texts, picked, table.has_hidden, table.has_orphans, table.by_number, table.size]

    assert told(by_columns) == told(tuple(alone))
    fewer = tuple(row._replace(orphan=False, hidden=False) for row in alone)
    assert told(fewer)[3:5] == [False, False] and told(fewer) != told(tuple(alone))
