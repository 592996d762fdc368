"""Ids of findings: the same fault in the same row of a resubmission keeps its id, whatever else is done."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import moves
import pytest
from draw import draw
from generate import RECIPES, document, write
from reread import REPORTS, read, read_file, sample

from xlaudit.audit import audit_book
from xlaudit.cells import Cell, parse_cell
from xlaudit.model import Stored, Workbook
from xlaudit.outcome import Outcome
from xlaudit.reading.book import book_of
from xlaudit.tables import Table

SEEDS = range(int(os.environ.get("XLAUDIT_IDS", "20")))
CHANGES = (moves.moved, moves.blank_rows, moves.letterhead)

Key = tuple[str, str, str]
"""A rule, a sheet and a cell."""


def ids(text: str) -> dict[Key, str]:
    return by_place(audit_book("gambar.xlsx", book_of(draw(text).workbook)))


def by_place(outcome: Outcome) -> dict[Key, str]:
    """The ids of findings, without those of a cell that a rule says two things of."""
    keys = [(f.rule, f.place.sheet, f.place.cell) for f in outcome.findings]
    count = Counter(keys)
    return {key: f.id for key, f in zip(keys, outcome.findings, strict=True) if count[key] == 1}


def spoiled(workbook: Workbook, places: list[tuple[str, Cell]]) -> Workbook:
    """The workbook with the last digit of some numbers changed."""
    sheets = []
    for sheet in workbook.sheets:
        rows = dict(sheet.rows)
        for name, cell in places:
            stored = rows.get(cell.row, {}).get(cell.column)
            if name == sheet.name and stored is not None and stored.number is not None:
                step = Decimal(1).scaleb(min(int(stored.number.as_tuple().exponent), 0))
                other = stored._replace(kind=Stored.NUMBER, number=stored.number + 3 * step, formula=None)
                rows[cell.row] = {**rows[cell.row], cell.column: other._replace(text=str(other.number))}
        sheets.append(replace(sheet, rows=rows))
    return replace(workbook, sheets=tuple(sheets))


def figures(tables: tuple[Table, ...]) -> list[tuple[str, Cell]]:
    return [(t.sheet, f.cell) for t in tables for row in t.rows for f in row.figures.values() if f.filled]


def test_ids_stay_in_random_workbooks(tmp_path: Path) -> None:
    """Some faults are mended, others come, rows move, sheets change places: the ids of all others stay."""
    stayed = 0
    for seed in SEEDS:
        chance = random.Random(seed)
        write(document(seed, RECIPES[seed % len(RECIPES)]), tmp_path / "x.xlsx")
        whole = read_file(tmp_path / "x.xlsx")
        stayed += compared(whole.workbook, whole.book.tables, chance)
    assert stayed > 5 * len(SEEDS)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_ids_stay_in_reports(path: Path) -> None:
    whole = sample(path)
    assert sum(compared(whole.workbook, whole.book.tables, random.Random(seed)) for seed in range(3)) > 20


def compared(workbook: Workbook, tables: tuple[Table, ...], chance: random.Random) -> int:
    """How many findings two submissions share; they must have kept their ids, and no other may have one of these."""
    places = chance.sample(figures(tables), min(24, len(figures(tables))))
    first = read(spoiled(workbook, places[:20]))
    moved, shifts = chance.choice(CHANGES)(spoiled(workbook, places[4:]), tables, chance)
    sheets = list(moved.sheets)
    chance.shuffle(sheets)
    second = read(replace(moved, sheets=tuple(replace(s, index=at) for at, s in enumerate(sheets))))
    before = {
        (rule, sheet, shifts.get(sheet, moves.STILL).cell(parse_cell(cell)).a1): id
        for (rule, sheet, cell), id in by_place(first.outcome).items()
    }
    after = by_place(second.outcome)
    assert {key: id for key, id in after.items() if key in before} == {
        key: id for key, id in before.items() if key in after
    }
    names = {id: key for key, id in before.items()}
    assert {key: names[id] for key, id in after.items() if id in names and names[id] != key} == {}
    return len(before.keys() & after.keys())


TWICE = """
    # Lembar: TW1
    | Uraian           | Pagu (Rp) | Realisasi (Rp) | %     |
    | Belanja Pegawai  | 1000      | 900            | 91    |
    | Belanja Barang   | 2000      | 1000           | 51    |
    | Belanja Barang   | 4000      | 1000           | 26    |
    | Jumlah           | 7000      | 2900           | 41.43 |
    # Lembar: TW 02
    | Uraian           | Pagu (Rp) | Realisasi (Rp) | %     |
    | Belanja Pegawai  | 1000      | 950            | 96    |
    | Belanja Barang   | 2000      | 1500           | 76    |
    | Belanja Barang   | 4000      | 1500           | 37.5  |
    | Jumlah           | 7000      | 3950           | 56.43 |
"""
"""Names that are not the only ones: each of the percentages that end in a whole number is wrong."""


def edited(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def percents(found: dict[Key, str]) -> dict[tuple[str, str], str]:
    return {(sheet, cell): id for (_, sheet, cell), id in found.items() if cell.startswith("D")}


def test_a_mended_namesake_takes_nobodys_id() -> None:
    before = percents(ids(TWICE))
    assert before.keys() == {("TW1", "D2"), ("TW1", "D3"), ("TW1", "D4"), ("TW 02", "D2"), ("TW 02", "D3")}
    assert len(set(before.values())) == 5
    mended = percents(ids(edited(TWICE, ("1000           | 51 ", "1000 | 50 "), ("900            | 91 ", "900 | 90 "))))
    assert mended == {key: id for key, id in before.items() if key not in {("TW1", "D2"), ("TW1", "D3")}}


def test_a_copied_sheet_leaves_ids_as_they_are() -> None:
    one = TWICE.partition("# Lembar: TW 02")[0]
    copy = one.replace("Lembar: TW1", "Lembar: TW1 (2)")
    before = ids(one)
    assert before.items() <= ids(one + copy).items()
    assert before.items() <= ids(copy + one).items()


def test_a_renamed_sheet_without_namesakes_leaves_ids_as_they_are() -> None:
    one = TWICE.partition("# Lembar: TW 02")[0]
    renamed = ids(one.replace("Lembar: TW1", "Lembar: Perbaikan"))
    assert set(renamed.values()) == set(ids(one).values())


CODED = """
    | Kode      | Uraian           | Pagu (Rp) | Realisasi (Rp) | %     |
    | 1         | Program Sosial   | 3000      | 1900           | 63.33 |
    | 1.01      | Kegiatan Anak    | 3000      | 1900           | 63.33 |
    | 1.01.0001 | Sub Panti        | 1000      | 900            | 91    |
    | 1.01.0002 | Sub Asuh         | 2000      | 1000           | 51    |
"""


@pytest.mark.parametrize(("before", "after"), [
    ("Sub Panti ", "Sub Kegiatan Panti "), ("Kegiatan Anak", "Pembinaan Anak"), ("Sub Asuh ", "SUB  ASUH "),
])  # fmt: skip
def test_a_row_with_a_code_may_be_renamed(before: str, after: str) -> None:
    assert ids(edited(CODED, (before, after))) == ids(CODED)


def test_a_row_without_a_code_may_be_spelled_otherwise() -> None:
    text = TWICE.partition("# Lembar: TW 02")[0]
    assert ids(text.replace("Belanja Pegawai ", "1. BELANJA  PEGAWAI ")) == ids(text)
