"""One slip in a workbook: which workbooks, and the records of their audits."""

from __future__ import annotations

from collections.abc import Iterator

from accuracy.classes import CLASSES, SILENT, verdict, workbook
from accuracy.judging import Run, audited, judge

SIZES = (None, 60, None, 300, None, 60, None, 60, None, None)
"""The rows of every ten workbooks: about 20 where it is None."""
LARGE = 2_000
EVERY = 10
"""Each so many-th workbook has :data:`LARGE` rows."""
_ATTEMPTS = 60


def rows_of(number: int) -> int | None:
    """How many rows the workbook of a run is to have."""
    return LARGE if number % EVERY == EVERY - 1 else SIZES[number % len(SIZES)]


def case_name(name: str, seed: int, rows: int | None) -> str:
    """By what ``--case`` makes a workbook again."""
    return f"{name}/{seed}/{rows or 0}"


def case(text: str) -> Run | None:
    """The record of one workbook by its name; None where it offers no place for the slip."""
    name, seed, rows = text.rsplit("/", 2)
    found = workbook(name, int(seed), int(rows) or None)
    if found is None:
        return None
    made, truth, fault = found
    judged = verdict(truth, fault)
    outcome, seconds = audited(made, text)
    run = judge(made, truth, fault, judged, outcome, text)
    run.seconds = seconds
    return run


def runs(name: str, number: int, seed: int) -> Iterator[Run]:
    """The records of one run: those of slips that break nothing, until one breaks something (or is to be quiet)."""
    for attempt in range(_ATTEMPTS):
        own = 1_000 * list(CLASSES).index(name)  # else all classes would go into the same few workbooks
        run = case(case_name(name, seed + number + own + 100_000 * attempt, rows_of(number)))
        if run is not None:
            yield run
            if run.group != SILENT or CLASSES[name].quiet:
                return
