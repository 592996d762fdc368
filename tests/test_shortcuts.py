"""Shortcuts of the search for causes: each says what the long way says, of every value that is tried."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from accuracy import two
from documents import write
from workbooks import write_budget

from xlaudit.audit import audit_workbook
from xlaudit.diagnosis import search
from xlaudit.diagnosis.changed import Changes
from xlaudit.diagnosis.slips import variants
from xlaudit.diagnosis.system import Aim, System


def test_what_misses_at_sight_misses_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_budget(tmp_path / "anggaran.xlsx", 120, slips=6, seed=3)
    at_sight, seen = System.misses_at_sight, Counter[bool]()

    def both(system: System, changes: Changes, aim: Aim) -> bool:
        left = system.left
        short = at_sight(system, changes, aim)
        charged, system._left = left - system.left, left
        states = system.states_unless(system.following(changes), aim)
        if short and states is not None:
            assert aim.whole and system.still(aim.failing, states, changes)
        elif short and charged:
            assert charged == left - system.left
        seen[short] += 1
        system._left = left - charged
        return short

    monkeypatch.setattr(System, "misses_at_sight", both)
    assert audit_workbook(tmp_path / "anggaran.xlsx").diagnoses
    assert seen[True] > 3 and seen[False] > 3, seen


def _long_way(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Takes one shortcut out of the search."""
    if name == "pinned":
        monkeypatch.setattr(System, "pinned", lambda system, place, changes, aim: None)
    elif name == "unmended":
        monkeypatch.setattr(System, "unmended", lambda system, place, aim: frozenset())
    elif name == "limit":
        known = search.one_more
        monkeypatch.setattr(search, "one_more", lambda system, state, offer, aim, _: known(system, state, offer, aim))
    else:
        monkeypatch.setattr(search, "least_cost", lambda system, place: 0)


@pytest.mark.parametrize("name", ["pinned", "unmended", "limit", "least_cost"])
@pytest.mark.parametrize("case", ["budget", "far:sign+digit dropped/1/60", "near:factor 10+digit mistyped/2/60"])
def test_the_long_way_finds_the_same(case: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "anggaran.xlsx"
    if case == "budget":
        write_budget(path, 60, slips=4, seed=3)
    else:
        made = two.workbook(case)
        assert made is not None
        write(made[0], path)
    short = audit_workbook(path)
    _long_way(monkeypatch, name)
    assert short.diagnoses
    assert audit_workbook(path).diagnoses == short.diagnoses


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2) | st.integers(-(10**12), 10**12).map(Decimal),
    st.decimals(min_value=-(10**13), max_value=10**13, places=3),
    st.decimals(min_value=0, max_value=10**12, places=4),
)
def test_variants_within_bounds_are_those_that_keep_to_them(stated: Decimal, middle: Decimal, width: Decimal) -> None:
    low, high = middle - width, middle + width
    every = [value for value in variants(stated) if low <= value <= high]
    assert list(map(str, variants(stated, (low, high)))) == list(map(str, every))


@pytest.mark.parametrize("stated", ["1234", "-1234", "12.50", "1E+3"])
def test_variants_at_the_very_bounds_count(stated: str) -> None:
    every = list(variants(Decimal(stated)))
    for value in every:
        assert value in variants(Decimal(stated), (value, value))
    assert list(variants(Decimal(stated), (min(every), max(every)))) == every
