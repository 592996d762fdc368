"""A small share of the accuracy benchmark: slips of every class are found, placed and mended as far as figures tell.

The floors are what must hold on any day; docs/benchmarks.md has what is reached.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from accuracy import one, quiet, two
from accuracy.classes import CLASSES, ONE, SEVERAL, SILENT, VALUES
from accuracy.cost import spoiled
from accuracy.judging import Run, audited
from workbooks import write_budget

from xlaudit.audit import audit_workbook
from xlaudit.outcome import Outcome

EXACT = ("child left out of a total", "child twice in a total", "separator misplaced", "mean for ratio of sums")
"""Slips whose cell the other figures prove in any workbook that has a place for them."""
RUNS = 3


@cache
def runs(name: str) -> tuple[Run, ...]:
    return tuple(run for number in range(RUNS) for run in one.runs(name, 20 * number, 40_000))


def told(found: list[Run]) -> str:
    return "\n".join(f"{run.case}: {run.detail}" for run in found)


@pytest.mark.parametrize("name", CLASSES)
def test_slips_of_every_class_can_be_made(name: str) -> None:
    found = [run for run in runs(name) if (run.group == SILENT) is CLASSES[name].quiet]
    assert len(found) == RUNS, told(list(runs(name)))


@pytest.mark.parametrize("name", EXACT)
def test_slips_that_the_figures_prove_are_placed(name: str) -> None:
    lost = [run for run in runs(name) if run.group in (ONE, VALUES) and not run.located]
    assert not lost, told(lost)


@pytest.mark.parametrize("name", [name for name, kind in CLASSES.items() if kind.quiet])
def test_what_is_no_error_is_no_error(name: str) -> None:
    said = [run for run in runs(name) if run.detected or run.alarms]
    assert not said, told(said)


def test_floors() -> None:
    every = [run for name in CLASSES for run in runs(name)]
    broken = [run for run in every if run.group != SILENT]
    sure = [run for run in broken if run.group != SEVERAL]
    settled = [run for run in broken if run.group == ONE]
    assert len(broken) >= 60 and len(sure) >= 40 and len(settled) >= 36
    for title, found, most in (
        ("not detected", [run for run in broken if not run.detected], len(broken) // 8),
        ("not located", [run for run in sure if not run.located], len(sure) // 4),
        ("not repaired", [run for run in settled if not run.repaired], len(settled) // 3),
        ("false alarm", [run for run in sure if run.alarms], len(sure) // 6),
        ("an alarm although nothing is broken", [run for run in every if run.group == SILENT and run.alarms], 0),
    ):
        assert len(found) <= most, f"{title}: {len(found)}, more than {most}\n{told(found)}"


@pytest.mark.parametrize("distance", two.DISTANCES)
def test_two_slips_are_told_apart(distance: str) -> None:
    pairs = [pair for number in range(0, 100, 10) for pair in two.runs(distance, number, 40_000)]
    sure = [pair for pair in pairs if pair.group != SEVERAL]
    assert len(pairs) == 10 and sure
    lost = [pair.runs[0] for pair in sure if not pair.located]
    assert len(lost) * 2 <= len(sure), told(lost)


def test_slips_far_apart_in_a_long_table_are_all_found() -> None:
    made, faults = spoiled(600, 6, 3)
    outcome, _ = audited(made)
    first = {(d.repairs[0].place.sheet, d.repairs[0].place.cell) for d in outcome.diagnoses}
    assert all(fault.places & first for fault in faults)
    assert len(outcome.diagnoses) == len(faults)


@pytest.mark.parametrize("number", (1, 3))
def test_nothing_is_said_of_longer_workbooks(number: int) -> None:
    """Of about 60 and 300 rows; ``test_consistent.py`` has the short ones."""
    for seed in (0, 40, 60):
        said, lines = quiet.audit_of((number + seed, 50_000))
        assert said["rows"] and not lines, "\n".join(lines)
        assert not said["diagnoses"]


def test_a_workbook_is_made_again_by_its_name() -> None:
    run = runs("digit dropped")[0]
    again = one.case(run.case)
    assert again is not None
    assert again.detail == run.detail


def diagnosed(path: Path) -> Outcome:
    write_budget(path, 200, slips=12)
    return audit_workbook(path)


def test_the_search_for_causes_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every row is wrong, findings are all told, causes up to a bound, and the report says so."""
    monkeypatch.setattr("xlaudit.diagnosis.diagnose.MOST_DIAGNOSES", 3)
    outcome = diagnosed(tmp_path / "x.xlsx")
    assert len(outcome.diagnoses) == 3
    assert any("3 penyebab ditemukan" in remark.id for remark in outcome.remarks)
    assert sum(1 for finding in outcome.findings if finding.diagnosis is None) > 3


def test_the_search_for_causes_ends_after_so_much_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = diagnosed(tmp_path / "x.xlsx")
    assert not any("penyebab ditemukan" in remark.id for remark in whole.remarks)
    monkeypatch.setattr("xlaudit.diagnosis.system.MOST_FIGURES", 100)
    outcome = audit_workbook(tmp_path / "x.xlsx")
    assert [one.id for one in outcome.findings] == [one.id for one in whole.findings]
    assert len(outcome.diagnoses) < len(whole.diagnoses)
    assert any("penyebab ditemukan" in remark.id for remark in outcome.remarks)
