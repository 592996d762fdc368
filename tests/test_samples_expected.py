"""The report of every sample is the one beside it, which was read by eye against the printed reports."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

from expect import expected  # noqa: E402


@pytest.mark.parametrize("workbook", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_report_is_the_expected_one(workbook: Path) -> None:
    beside = json.loads(workbook.with_suffix(".expected.json").read_text("utf-8"))
    assert json.loads(json.dumps(expected(workbook))) == beside
