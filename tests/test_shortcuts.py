"""Shortcuts of the search for causes: each says what the long way says, of every value that is tried."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from workbooks import write_budget

from xlaudit.audit import audit_workbook
from xlaudit.diagnosis.slips import variants
from xlaudit.diagnosis.system import Changes, System


def test_what_breaks_at_sight_breaks_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_budget(tmp_path / "anggaran.xlsx", 120, slips=6, seed=3)
    at_sight, seen = System.breaks_at_sight, Counter[bool]()

    def both(system: System, changes: Changes, broken: Callable[[int], bool]) -> bool:
        left = system.left
        short = at_sight(system, changes, broken)
        charged, system._left = left - system.left, left
        states = system.states_unless(system.following(changes), broken)
        assert not short or (states is None and charged == left - system.left)
        seen[short] += 1
        system._left = left - charged
        return short

    monkeypatch.setattr(System, "breaks_at_sight", both)
    assert audit_workbook(tmp_path / "anggaran.xlsx").diagnoses
    assert seen[True] > 100 and seen[False] > 10


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
