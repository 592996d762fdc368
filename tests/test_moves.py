"""A workbook that was moved, spread, hidden in parts or broken into pages is audited as it was, at other addresses."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import moves
import pytest
from generate import CLASSES, RECIPES, document, slipped, write

from xlaudit.audit import audit_book
from xlaudit.cells import parse_cell
from xlaudit.model import Workbook
from xlaudit.outcome import Outcome
from xlaudit.reading.book import ReadBook, book_of, open_book

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*-20??.xlsx"))
REPORTS = [path for path in SAMPLES if not path.name.startswith("templat-")]
CHANGES: dict[str, moves.Change] = {
    change.__name__: change
    for change in (
        moves.moved, moves.blank_rows, moves.blank_columns, moves.hidden_rows, moves.letterhead, moves.pages,
    )
}  # fmt: skip
SEEDS = range(int(os.environ.get("XLAUDIT_MOVES", "3")))
_ADDRESS = re.compile(r"(?:'[^']+'!|\w+!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?")

Essence = Counter[tuple[object, ...]]


class Read(NamedTuple):
    workbook: Workbook
    book: ReadBook
    outcome: Outcome


def read(workbook: Workbook) -> Read:
    book = book_of(workbook)
    return Read(workbook, book, audit_book("x.xlsx", book))


@cache
def sample(path: Path) -> Read:
    return read(open_book(path).workbook)


def essence(outcome: Outcome, shifts: dict[str, moves.Shift]) -> Essence:
    """Findings and diagnoses without the addresses in their sentences; their own addresses taken along."""

    def at(sheet: str, cell: str) -> tuple[str, str]:
        return sheet, shifts.get(sheet, moves.STILL).cell(parse_cell(cell)).a1

    def bare(text: str) -> str:
        return _ADDRESS.sub("@", text)

    said: Essence = Counter()
    for f in outcome.findings:
        place = at(f.place.sheet, f.place.cell)
        said["finding", f.rule, f.severity, f.label.id, bare(f.message.id), f.stated, f.computed, place] += 1
    for d in outcome.diagnoses:
        repairs = frozenset((at(r.place.sheet, r.place.cell), r.stated, r.suggested) for r in d.repairs)
        said["diagnosis", d.cause, d.certainty, repairs] += 1
    return said


def tables(book: ReadBook) -> list[tuple[object, ...]]:
    return sorted(
        (t.sheet, t.kind, t.title, list(t.columns), [(r.label, r.level.value, r.depth, r.parent) for r in t.rows])
        for t in book.tables
    )


def compare(before: Read, change: moves.Change, chance: random.Random) -> None:
    workbook, shifts = change(before.workbook, before.book.tables, chance)
    after = read(workbook)
    assert tables(after.book) == tables(before.book)
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
        compare(read(open_book(tmp_path / "x.xlsx").workbook), CHANGES[change], random.Random(seed))


@pytest.mark.parametrize("change", CHANGES)
def test_a_slip_stays_where_it_was(change: str, tmp_path: Path) -> None:
    for seed, name in enumerate(list(CLASSES)[:: max(1, 8 // len(SEEDS))]):
        made, _ = slipped(name, 1000 + seed)
        write(made, tmp_path / "x.xlsx")
        before = read(open_book(tmp_path / "x.xlsx").workbook)
        assert before.outcome.findings, name
        compare(before, CHANGES[change], random.Random(seed))


def test_formulas_follow_their_cells() -> None:
    shifts = {"A": moves.Shift({3: 2}, {2: 1}), "B 1": moves.Shift({1: 1}, {})}
    assert moves._formula("SUM(B2:B5)+$A$3*'B 1'!C1&\"B2\"", "A", shifts) == "SUM(C2:C7)+$A$5*'B 1'!C2&\"B2\""
