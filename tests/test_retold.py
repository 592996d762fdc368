"""Headers spelled or merged in another way, columns in another order or hidden: the same findings."""

from __future__ import annotations

import os
import random
from functools import cache
from pathlib import Path

import moves
import pytest
import retold
from draw import book
from generate import CLASSES, RECIPES, document, slipped, write
from reread import REPORTS, Read, read, read_file, sample, tables, wordless

from xlaudit.audit import run_rule
from xlaudit.rules.base import all_rules

SEEDS = range(int(os.environ.get("XLAUDIT_MOVES", "1")))
RETOLD = retold.CHANGES
MOVED: dict[str, moves.Change] = {
    change.__name__: change for change in (moves.moved, moves.hidden_rows, moves.letterhead)
}


def compare(before: Read, change: moves.Change, chance: random.Random) -> Read:
    workbook, shifts = change(before.workbook, before.book.tables, chance)
    after = read(workbook)
    assert tables(after.book, {}) == tables(before.book, shifts)
    assert wordless(after, {}) == wordless(before, shifts)
    return after


@cache
def consistent(seed: int, folder: Path) -> Read:
    write(document(seed, RECIPES[seed % len(RECIPES)]), folder / "consistent.xlsx")
    return read_file(folder / "consistent.xlsx")


@cache
def wrong(name: str, seed: int, folder: Path) -> Read:
    write(slipped(name, seed)[0], folder / "wrong.xlsx")
    return read_file(folder / "wrong.xlsx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("retold")


@pytest.mark.parametrize("change", RETOLD)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports(path: Path, change: str) -> None:
    for seed in SEEDS:
        compare(sample(path), RETOLD[change], random.Random(seed))


@pytest.mark.parametrize("change", RETOLD)
def test_random_workbooks_stay_quiet(change: str, folder: Path) -> None:
    for seed in range(6 * len(SEEDS)):
        compare(consistent(seed, folder), RETOLD[change], random.Random(seed))


@pytest.mark.parametrize("change", RETOLD)
def test_a_slip_stays_where_it_was(change: str, folder: Path) -> None:
    names = list(CLASSES)[:: max(1, 4 // len(SEEDS))]
    known = [wrong(name, 1000 + seed, folder) for seed, name in enumerate(names)]
    assert sum(1 for read in known if read.outcome.findings) * 4 >= len(known) * 3
    for seed, each in enumerate(known):
        compare(each, RETOLD[change], random.Random(seed))


@pytest.mark.parametrize("seed", range(10 * len(SEEDS)))
def test_several_changes_one_after_the_other(seed: int, folder: Path) -> None:
    chance = random.Random(seed)
    known = wrong(list(CLASSES)[seed % len(CLASSES)], 2000 + seed, folder)
    for change in chance.sample([*RETOLD.values(), *MOVED.values()], 4):
        known = compare(known, change, chance)


def test_every_change_changes_something(folder: Path) -> None:
    """Guards the tests above: a change that leaves every workbook as it is says nothing."""
    known = [*map(sample, REPORTS), *(consistent(seed, folder) for seed in range(6))]
    idle = {
        name
        for name, change in RETOLD.items()
        if all(change(k.workbook, k.book.tables, random.Random(0))[0] == k.workbook for k in known)
    }
    assert not idle


def test_a_lost_column_would_be_seen() -> None:
    """Guards the tests above: a change that does alter the meaning is told."""

    meaningless = retold.respelled(lambda text, _: "Lain-lain")
    [path] = [path for path in REPORTS if path.stem == "pacitan-2024"]
    with pytest.raises(AssertionError):
        compare(sample(path), meaningless, random.Random(0))


def columns(text: str) -> list[str]:
    [table] = book(text).tables
    return list(table.columns)


def test_serapan_is_an_amount_where_amounts_stand_below_it() -> None:
    drawn = """
    | No | Program | Pagu Anggaran | Serapan Anggaran | % Serapan |
    | 1 | Program satu | '1.500.000.000 | '1.200.000.000 | '80,00 |
    | 2 | Program dua | '2.500.000.000 | '2.000.000.000 | '80,00 |
    """
    assert columns(drawn) == ["no", "program", "pagu", "realisasi", "persen"]
    assert columns(drawn.replace("| Serapan Anggaran", "| Realisasi (Rp)")) == columns(drawn)


def test_serapan_is_a_share_where_shares_stand_below_it() -> None:
    drawn = """
    | No | Program | Pagu Anggaran | Serapan Anggaran |
    | 1 | Program satu | '1.500.000.000 | '80,00 |
    | 2 | Program dua | '2.500.000.000 | '80,00 |
    """
    assert columns(drawn) == ["no", "program", "pagu", "persen"]


def test_realisasi_capaian_is_what_was_reached_only_beside_a_share() -> None:
    drawn = """
    | No | Indikator Kinerja | Target | Realisasi Capaian Kinerja | Capaian Kinerja |
    | 1 | Persentase layanan | 80 | 84 | 105 |
    | 2 | Persentase kunjungan | 90 | 81 | 90 |
    """
    assert columns(drawn) == ["no", "indikator", "target", "realisasi_kinerja", "capaian"]
    alone = "\n".join(line.rpartition("|")[0].rpartition("|")[0] + "|" for line in drawn.strip().splitlines())
    assert columns(alone) == ["no", "indikator", "target", "capaian"]


def test_a_long_heading_in_both_rows_of_the_header_is_one() -> None:
    long = "Kinerja Utama/Sasaran Strategis Renstra Dinas Contoh Tahun 2021-2026"
    drawn = f"""
    | No | {long} | Indikator Kinerja | 2023 | < | 2024 | < |
    | No | {long} | Indikator Kinerja | Target | Realisasi | Target | Realisasi |
    | 1 | Sasaran satu | Persentase layanan | 80 | 84 | 85 | 84 |
    """
    assert columns(drawn)[3:] == ["target_2023", "realisasi_2023", "target_2024", "realisasi_2024"]


GROUPED = """
| No | Program | Pagu | Realisasi | < | Sisa Anggaran | < |
| ^ | ^ | ^ | Rp | % | Rp | % |
| 1 | Program satu | '1.500.000.000 | '1.200.000.000 | '80,00 | '300.000.000 | '20,00 |
| 2 | Program dua | '2.500.000.000 | '2.000.000.000 | '80,00 | '500.000.000 | '20,00 |
| | Jumlah | '4.000.000.000 | '3.200.000.000 | '80,00 | '800.000.000 | '20,00 |
"""


@pytest.mark.parametrize("word", ["Realisasi", "Serapan Anggaran", "Penyerapan"])
def test_a_group_over_rupiah_and_percent_says_what_they_are(word: str) -> None:
    drawn = GROUPED.replace("Realisasi", word)
    assert [name for name in columns(drawn) if not name.startswith("persen")][2:] == ["pagu", "realisasi", "sisa"]
    assert not [flag.message.id for rule in all_rules() for flag in run_rule(rule, book(drawn))[1]]
