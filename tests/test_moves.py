"""A workbook that was moved, spread, hidden in parts or broken into pages is audited as it was, at other addresses."""

from __future__ import annotations

import os
import random
from pathlib import Path

import moves
import pytest
from generate import CLASSES, RECIPES, document, slipped, write
from reread import REPORTS, Read, essence, read, read_file, sample, tables

CHANGES: dict[str, moves.Change] = {
    change.__name__: change
    for change in (
        moves.moved, moves.blank_rows, moves.blank_columns, moves.hidden_rows, moves.letterhead, moves.pages,
    )
}  # fmt: skip
SEEDS = range(int(os.environ.get("XLAUDIT_MOVES", "3")))


def compare(before: Read, change: moves.Change, chance: random.Random) -> None:
    workbook, shifts = change(before.workbook, before.book.tables, chance)
    after = read(workbook)
    assert tables(after.book, {}) == tables(before.book, shifts)
    assert essence(after.outcome, {}) == essence(before.outcome, shifts)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports(path: Path, change: str) -> None:
    for seed in SEEDS:
        compare(sample(path), CHANGES[change], random.Random(seed))


@pytest.mark.parametrize("change", CHANGES)
def test_random_workbooks_stay_quiet(change: str, tmp_path: Path) -> None:
    for seed in range(4 * len(SEEDS)):
        write(document(seed, RECIPES[seed % len(RECIPES)]), tmp_path / "x.xlsx")
        compare(read_file(tmp_path / "x.xlsx"), CHANGES[change], random.Random(seed))


@pytest.mark.parametrize("change", CHANGES)
def test_a_slip_stays_where_it_was(change: str, tmp_path: Path) -> None:
    for seed, name in enumerate([name for name, kind in CLASSES.items() if not kind.quiet][:: max(1, 8 // len(SEEDS))]):
        made, _ = slipped(name, 1000 + seed)
        write(made, tmp_path / "x.xlsx")
        before = read_file(tmp_path / "x.xlsx")
        assert before.outcome.findings, name
        compare(before, CHANGES[change], random.Random(seed))


def test_formulas_follow_their_cells() -> None:
    shifts = {"A": moves.Shift({3: 2}, {2: 1}), "B 1": moves.Shift({1: 1}, {})}
    assert moves._formula("SUM(B2:B5)+$A$3*'B 1'!C1&\"B2\"", "A", shifts) == "SUM(C2:C7)+$A$5*'B 1'!C2&\"B2\""
