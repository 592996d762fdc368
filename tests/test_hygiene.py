"""The random faults of formulas (``benchmarks/hygiene.py``): each kind is found where it was put."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from documents import write
from hygiene import CLASSES, found, spoiled

from xlaudit.audit import audit_workbook


@pytest.mark.parametrize("name", CLASSES)
def test_a_fault_is_found_where_it_was_put(name: str, tmp_path: Path) -> None:
    made = [one for seed in range(1, 60) if (one := spoiled(name, seed)) is not None][:5]
    path = tmp_path / "book.xlsx"
    hits = 0
    for document, place in made:
        write(document, path)
        hits += found(audit_workbook(path), CLASSES[name][0], place)
    assert hits * 5 >= len(made) * 4 == 20
