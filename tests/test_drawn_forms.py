"""Tables as many offices would build them, drawn in ``drawings/office_forms.txt``: each consistent, and with one slip.

``[[right~wrong]]`` stands where the slip is; what follows from the wrong figure is drawn with it. The consistent table
draws no error and no warning from any rule; of the other, a rule has to name a slipped cell.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from draw import book, rules

from xlaudit.audit import run_rule
from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import Flag

_SLIP = re.compile(r"\[\[(.*?)~(.*?)\]\]")
FORMS = {
    name.strip(): drawing.strip("\n")
    for name, _, drawing in (
        part.partition("\n")
        for part in (Path(__file__).parent / "drawings" / "office_forms.txt").read_text("utf-8").split("=== ")[1:]
    )
}


class Said(NamedTuple):
    """What all rules said of a drawing: comparisons made, and flags that are no notes."""

    made: int
    flags: list[Flag]


def said(drawing: str) -> Said:
    known = book(drawing)
    assert known.tables, "no table was recognised"
    made, loud = 0, []
    for rule in rules().values():
        held, flags, _, crash = run_rule(rule, known)
        assert crash is None, crash
        made += held
        loud += [flag for flag in flags if (flag.severity or rule.severity) is not Severity.NOTE]
    return Said(made, loud)


def slipped_cells(drawing: str) -> set[str]:
    """The cells where the wrong figure differs from the right one."""
    return {
        Cell(row, column).a1
        for row, line in enumerate(drawing.split("\n"), start=1)
        for column, cell in enumerate(line.strip("|").split("|"), start=1)
        if (slip := _SLIP.search(cell)) and slip[1] != slip[2]
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_consistent_table_is_quiet(form: str) -> None:
    told = said(_SLIP.sub(r"\1", FORMS[form]))
    assert not told.flags, "\n".join(f"{flag.cell.a1}: {flag.message.en}" for flag in told.flags)
    assert told.made >= 10, "hardly anything was compared"


@pytest.mark.parametrize("form", FORMS)
def test_one_slip_is_found(form: str) -> None:
    places = slipped_cells(FORMS[form])
    assert places, "no slip is drawn"
    flags = said(_SLIP.sub(r"\2", FORMS[form])).flags
    named = {flag.cell.a1 for flag in flags} | {cell.a1 for flag in flags for _, cell in flag.because}
    assert places & named, f"{places} in none of {sorted(named)}"
