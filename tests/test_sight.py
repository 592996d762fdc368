"""What is told at sight of whole columns is what the relations of the rows say one by one."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import product

import pytest
from draw import draw

from xlaudit import relations
from xlaudit.cells import Area
from xlaudit.constraints import parent_sum, remainders, shares
from xlaudit.constraints.formula import rows_that_fit
from xlaudit.reading.find import find_tables
from xlaudit.relations import Holds, Mode, fits_both_ways, holds
from xlaudit.sight import both_ways, linear, ratios, sums_off
from xlaudit.tables import Column, Figure, Level, Measure, Row, State, Table

NAMES = ("pagu", "realisasi", "persen", "sisa")
COLUMNS = {
    name: Column(name, name, Measure.PERCENT if name == "persen" else Measure.AMOUNT, at, name)
    for at, name in enumerate(NAMES, 3)
}
OTHER_STATES = (State.BLANK, State.NIL, State.NOT_APPLICABLE, State.TEXT, State.AMBIGUOUS, State.ERROR)


def figure(row: int, name: str, value: Decimal | State, unit: Decimal, finer: bool) -> Figure:
    column = COLUMNS[name].column
    if isinstance(value, State):
        return Figure(row, column, value, "-")
    return Figure(row, column, State.NUMBER, str(value), value, unit, finer)


def table_of(cells: list[dict[str, Figure]]) -> Table:
    """A parent and the rows below it, again and again, with a total at the end."""
    rows = []
    for at, figures in enumerate(cells):
        last = at == len(cells) - 1
        level, depth = (Level.TOTAL, None) if last else (Level.PROGRAM, 0) if at % 3 == 0 else (Level.KEGIATAN, 1)
        parent = at - at % 3 if depth else None
        rows.append(Row(at, at + 2, level, depth, parent, f"Baris {at}", "", figures, {}))
    children: dict[int, tuple[int, ...]] = {}
    for row in rows:
        if row.parent is not None:
            children[row.parent] = (*children.get(row.parent, ()), row.index)
    area = Area(1, 1, len(rows) + 1, 6)
    return Table("t1", "realisasi_anggaran", "S", area, "T", COLUMNS, tuple(rows), (1,), children=children)


def drawn(seed: int, alike: bool = False) -> Table:
    """Small amounts, so that rows hold by chance, or because they should, with cells that are no numbers among them.

    ``alike``: columns of numbers only, printed alike from top to bottom.
    """
    chance = random.Random(seed)
    finest = chance.choice((Decimal(1), Decimal("0.1")))
    odd = 0.0 if alike else 1.0
    cells: list[dict[str, Figure]] = []
    for at in range(chance.randint(1, 30)):
        pagu, spent = (Decimal(chance.randint(-1, 8)) * 10 for _ in range(2))
        values = {"pagu": pagu, "realisasi": spent, "persen": Decimal("1E+7"), "sisa": pagu - chance.choice((0, spent))}
        units = dict.fromkeys(NAMES, Decimal(1)) | {"persen": chance.choice((finest, Decimal("0.1")))}
        if alike:
            units["persen"] = finest
        if pagu and chance.random() < 0.8:
            rounding = chance.choice((ROUND_HALF_UP, ROUND_DOWN))
            values["persen"] = (spent * 100 / pagu).quantize(units["persen"], rounding)
        if chance.random() < 0.1 * odd:
            units["pagu"] = Decimal(10)
        finer = {name: chance.random() < 0.05 * odd for name in NAMES}
        if finer["persen"] and pagu:
            values["persen"] = spent * 100 / pagu + chance.choice((0, 0, 1)) * units["persen"]
        line = {name: figure(at + 2, name, values[name], units[name], finer[name]) for name in NAMES}
        for name in NAMES:
            if chance.random() < 0.05 * odd:
                line[name] = figure(at + 2, name, chance.choice(OTHER_STATES), Decimal(1), finer=False)
        cells.append(line)
    return table_of(cells)


TABLES = [*(drawn(seed) for seed in range(150)), *(drawn(seed, alike=True) for seed in range(150))]


def test_sums_of_parents() -> None:
    told = set()
    for table, column in product(TABLES, (COLUMNS["pagu"], COLUMNS["sisa"])):
        off = sums_off(table, column, sorted(table.children))
        assert off == sorted(off)
        for parent, fits in ((table.rows[index], index not in off) for index in sorted(table.children)):
            members = [parent, *(table.rows[index] for index in table.children[parent.index])]
            figures = [row.figures[column.name] for row in members]
            known = all(one.nil_or_filled for one in figures)
            assert fits is (known and figures[0].amount == sum(one.amount for one in figures[1:]))
            relation = parent_sum(table, column, parent)
            assert not fits or (relation is not None and holds(relation) is Holds.YES)
            told.add(fits)
    assert told == {True, False}


def test_remainders() -> None:
    held = 0
    for formula in (formula for table in TABLES for formula in remainders(table)):
        checked = linear([formula])
        held += checked.held
        left = {relation.target.row.index for relation in checked.open}
        assert checked.held == len(formula.rows) - len(left)
        for row in formula.rows:
            assert State.BLANK not in {row.figures[name].state for name in ("pagu", "realisasi", "sisa")}
            assert row.index in left or holds(formula.relation(row)) is Holds.YES
            exact = [part.figure.nil_or_filled for part in formula.relation(row).members]
            parts = sum(part.factor * part.figure.amount for part in formula.relation(row).terms)
            assert (row.index in left) is not (all(exact) and parts == row.figures["sisa"].amount)
    assert held > 100


@pytest.mark.parametrize("mode", Mode)
def test_percentages(mode: Mode) -> None:
    told = Counter[tuple[bool, bool]]()
    for formula in (formula for table in TABLES for formula in shares(table)):
        fits = both_ways(formula)
        told.update(fits.times)
        wrong = []
        for row, fit in zip(formula.rows, fits.each, strict=True):
            relation = formula.relation(row)
            assert fit == (fits_both_ways(relation) if relation.target.figure.filled else (False, False))
            if holds(relation, mode) is not Holds.YES:
                wrong.append(relation)
        checked = ratios([formula], [fits], mode)
        assert checked.open == tuple(wrong)
        assert checked.held == len(formula.rows) - len(wrong)
    assert min(told[rounds, cuts] for rounds in (True, False) for cuts in (True, False)) > 10, told


def test_what_a_table_keeps_is_of_its_own_rows() -> None:
    filled = {name: figure(2, name, Decimal(7), Decimal(1), finer=False) for name in NAMES}
    blank = {name: figure(3, name, State.BLANK, Decimal(1), finer=False) for name in NAMES}
    table = table_of([filled, blank, filled])
    assert table.labels == ["Baris 0", "Baris 1", "Baris 2"]
    assert table.values("pagu") == [7, None, 7]
    assert table.holding("pagu").states == {State.NUMBER, State.BLANK}
    assert [row.index for row in table.rows_of(Level.TOTAL, Level.PROGRAM)] == [0, 2]
    assert table.with_number([COLUMNS["pagu"]]) == [True, False, True]
    other = replace(table, rows=tuple(row._replace(label="Sama", code="1.02-9") for row in table.rows[:2]))
    assert other.labels == ["Sama", "Sama"]
    assert other.values("pagu") == [7, None]
    assert other.rows_of(Level.TOTAL) == []
    assert (other.repeated_labels, table.repeated_labels) == ({"sama"}, set())
    assert other.code_shapes == ["9.09-9"] * 2
    assert other.holding("realisasi").finest == 1
    assert [amount.is_nan() for amount in other.holding("sisa").amounts] == [False, True]


LINES = """
Realisasi Anggaran Tahun 2024
| Kode | Program / Kegiatan | Pagu (Rp) | Realisasi (Rp) |
| 1.01 | Program Satu | 600000000 | 500000000 |
| 1.01.2 | Kegiatan Satu | 300000000 | - |
| 1.01.2.01 | Rincian Satu | 100000000 | - |
| 1.01.2.02 | Rincian Dua | 200000001 | - |
| 1.01.3 | Kegiatan Dua | 300000000 | 500000000 |
| 1.01.3.01 | Rincian Tiga | 300000000 | 400000000 |
| 1.02 | Program Dua | 150000000 | 100000000 |
| 1.02.1 | Kegiatan Tiga | 150000000 | 100000000 |
| | Jumlah | 750000000 | 600000000 |
"""


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("", "", {"pagu", "realisasi"}),
        ("- |", " |", {"pagu"}),
        ("| 1.01.3.01", "| 1.03.3.01", set()),
    ],
    ids=["as it is", "a figure is missing", "a parent is missing"],
)
def test_what_reading_knows_of_sums_is_what_they_are(was: str, becomes: str, told: set[str]) -> None:
    """Reading finds out which sums hold when it tells the levels."""
    [table] = find_tables(draw(LINES.replace(was, becomes) if was else LINES).workbook)
    again = replace(table, rows=tuple(table.rows))
    parents = sorted(table.children)
    for name, off in (("pagu", [1]), ("realisasi", [4])):
        assert (table.known_off(name) is not None) is (name in told)
        assert again.known_off(name) is None
        found = sums_off(table, table.columns[name], parents)
        assert found == sums_off(again, table.columns[name], parents)
        assert was or found == off


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_without_intervals_is_what_these_tell(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = drawn(seed)
    formulas = (*shares(table), *remainders(table))
    sums = (parent_sum(table, COLUMNS["pagu"], row) for row in table.rows if row.index in table.children)
    every = [*(relation for formula in formulas for relation in formula.relations()), *filter(None, sums)]
    asked = [(relation, mode) for relation in every for mode in Mode]
    told = [holds(relation, mode) for relation, mode in asked]
    monkeypatch.setattr(relations, "_of_amounts", lambda *_: None)
    monkeypatch.setattr(relations, "_ratio_of_amounts", lambda *_: None)
    assert told == [holds(relation, mode) for relation, mode in asked]


@pytest.mark.parametrize("seed", range(40))
def test_rows_that_fit_are_those_whose_relation_holds(seed: int) -> None:
    table = drawn(seed, alike=seed % 2 == 0)
    for formula in (*shares(table), *remainders(table)):
        for one in (formula, formula._replace(factor=Decimal(10)), formula._replace(target=COLUMNS["sisa"])):
            assert rows_that_fit(one) == sum(holds(relation) is Holds.YES for relation in one.relations())
