"""Reports that are written workbook by workbook read as those that are made in one piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from outcomes import full, quiet, rejected

from xlaudit.outcome import Outcome
from xlaudit.reports.formats import report_for
from xlaudit.reports.json_report import report_data
from xlaudit.reports.sarif_report import sarif_data

BATCHES = [[], [quiet()], [rejected()], [full(), rejected(), quiet("x/“y”: [] {}.xlsx"), full()]]


@pytest.mark.parametrize("outcomes", BATCHES, ids=len)
@pytest.mark.parametrize(("form", "whole"), [("json", report_data), ("sarif", sarif_data)])
def test_pieces_are_what_the_standard_library_writes(
    form: str, whole: Callable[[Sequence[Outcome]], dict[str, Any]], outcomes: list[Outcome]
) -> None:
    said = json.dumps(whole(outcomes), ensure_ascii=False, indent=2) + "\n"
    assert "".join(report_for(form).pieces(outcomes, "id")) == said


class _Once(Sequence[Outcome]):
    """Outcomes of which no more than one may be held at a time."""

    def __init__(self, of: list[Outcome]) -> None:
        self.of = of
        self.passes = 0

    def __len__(self) -> int:
        return len(self.of)

    def __getitem__(self, at: Any) -> Any:
        raise AssertionError("read out of order")

    def __iter__(self) -> Any:
        self.passes += 1
        return iter(self.of)


@pytest.mark.parametrize(("form", "passes"), [("text", 1), ("json", 1), ("sarif", 2)])
def test_outcomes_are_gone_through_few_times(form: str, passes: int) -> None:
    outcomes = _Once([full(), rejected(), quiet()])
    pieces = list(report_for(form).pieces(outcomes, "id"))
    assert outcomes.passes == passes
    assert len(pieces) > 3
