"""Workbooks whose sheets repeat one another's figures: nothing is said of them, but of a changed one."""

from __future__ import annotations

import random
from pathlib import Path

import generate  # noqa: F401 - it knows the way to the benchmarks
import pytest
from repeats import KINDS, audited, found, made, spoiled


@pytest.mark.parametrize("seed", range(1, 7))
def test_consistent_repeats_are_left_alone_and_a_changed_one_is_found(seed: int, tmp_path: Path) -> None:
    assert not audited(made(seed), tmp_path)
    one, chance = made(seed), random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    spot = chance.choice([spot for spot in one.spots if spot.kind == kind])
    spoiled(one, spot, chance)
    assert found(audited(one, tmp_path), spot), spot
