"""What reading and auditing make is freed as soon as it is done with: nothing of it refers to itself in a circle.

Else all cells of a workbook would stay until Python searches for circles, which takes long where there are many.
"""

import gc
from collections import Counter
from pathlib import Path

import pytest

from xlaudit.annotate import annotate
from xlaudit.audit import audit_workbook
from xlaudit.reports.marking import outcome_to_marks

FOLDER = Path(__file__).parents[1] / "samples"
SAMPLES = [FOLDER / f"{name}.xlsx" for name in ("magetan-2024", "templat-sepuluh-kesalahan")]


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_nothing_waits_for_a_search_for_circles(file, tmp_path):
    audit_workbook(file)  # what is kept for the process, is made by now
    gc.collect()
    gc.disable()
    try:
        outcome = audit_workbook(file)
        marks, heading = outcome_to_marks(outcome, "id")
        annotate(file, tmp_path / "copy.xlsx", marks, heading, "id")
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = Counter(type(one).__name__ for one in gc.garbage if type(one).__module__.startswith("xlaudit"))
        assert not left
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
