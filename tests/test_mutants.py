"""Every rule has tests that notice when it is muted or one of its comparisons is turned round."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = 3
"""Comparisons of each rule; ``benchmarks/mutants.py`` without ``--sample`` tries all."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants are forks of one process")


def spoil(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "mutants.py"), "--jobs", "1", *arguments]
    places = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    return subprocess.run(
        command, capture_output=True, text=True, timeout=900, env={**os.environ, "PYTHONPATH": places}, check=False
    )


def test_no_rule_is_spoiled_without_being_noticed() -> None:
    done = spoil("--rules", "--ways", "mute,invert", "--sample", str(SAMPLE))
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_left_as_it_is_goes_unnoticed() -> None:
    """Or else the tests would notice nothing but that they are run in a fork."""
    done = spoil("rules.over_budget", "rules.stated_mean", "--ways", "keep", "--sample", "2")
    assert done.returncode == 1, done.stderr
    assert len([line for line in done.stdout.splitlines() if ": keep: " in line]) == 3
