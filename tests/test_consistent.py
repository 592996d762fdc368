"""Random consistent workbooks of every kind give silence: not one error, not one warning.

``XLAUDIT_WORKBOOKS`` sets how many there are (2000 for a long run).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from generate import RECIPES, audited, document, violated

from xlaudit.findings import Severity

COUNT = int(os.environ.get("XLAUDIT_WORKBOOKS", "60"))
CHUNK = 20
KINDS = sorted(set(RECIPES))


@pytest.mark.parametrize("start", range(0, COUNT, CHUNK))
def test_nothing_is_said_of_consistent_workbooks(start: int, tmp_path: Path) -> None:
    said: list[str] = []
    checks = 0
    for seed in range(start, min(start + CHUNK, COUNT)):
        made = document(seed)
        assert not violated(made.figures), f"the generator contradicts itself at seed {seed}"
        outcome = audited(made, tmp_path)
        assert outcome.failure is None, f"seed {seed} was rejected: {outcome.failure}"
        assert not outcome.crashes, f"seed {seed}: {outcome.crashes}"
        checks += outcome.checks
        said += [
            f"seed {seed} {f.severity} {f.rule} {f.place.sheet}!{f.place.cell}: {f.message.en}"
            for f in outcome.findings
            if f.severity is not Severity.NOTE
        ]
    assert not said, "\n".join(said)
    assert checks > CHUNK * 20, "hardly anything was compared: the silence says nothing"


@pytest.mark.parametrize("recipe", KINDS, ids="+".join)
def test_every_kind_is_recognised_and_compared(recipe: tuple[str, ...], tmp_path: Path) -> None:
    """Of each kind some workbooks: every table is found, and something is compared in it."""
    for seed in range(5_000, 5_003):
        made = document(seed, recipe)
        outcome = audited(made, tmp_path)
        assert sorted(t.kind == "lainnya" for t in outcome.tables if "Skala" not in t.title) == sorted(
            p.kind == "lainnya" for p in made.plans if p.kind
        )
        assert outcome.checks, f"nothing was compared at seed {seed}"
