"""Tables held against one another: where there is but one nothing is looked for, and nothing would be found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xlaudit.crosswalk import every_budget, every_indicator, told_often
from xlaudit.reading.book import read_book
from xlaudit.several import Several
from xlaudit.summaries import summaries
from xlaudit.wholes import compared

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.xlsx"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_table_alone_says_nothing_of_others(sample: Path) -> None:
    for table in read_book(sample).tables:
        assert not any(map(told_often, (*every_indicator([table]), *every_budget([table]))))
        assert not list(compared([table])) and not summaries([table])
        alone = Several([table])
        assert not alone.indicators and not alone.budgets and not alone.wholes and not alone.summaries


def test_two_tables_of_the_same_budget_are_held_against_one_another() -> None:
    tables = [table for sample in SAMPLES for table in read_book(sample).tables]
    twice = next(table for table in tables if list(every_budget([table])))
    assert Several([twice, replace(twice, id="t2")]).budgets
