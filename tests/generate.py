"""The random workbooks of ``benchmarks/`` for the tests: consistent ones, and ones with a slip in them."""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from documents import RECIPES, Document, document, write
from faults import CATEGORY, CLASSES, Fault, spoil
from figures import violated

from xlaudit.audit import audit_workbook
from xlaudit.outcome import Outcome

__all__ = ["CATEGORY", "CLASSES", "RECIPES", "Document", "Fault", "audited", "document", "slipped", "violated", "write"]


def audited(made: Document, folder: Path) -> Outcome:
    """Writes a workbook and audits it."""
    path = folder / f"{made.seed}.xlsx"
    write(made, path)
    outcome = audit_workbook(path)
    path.unlink()
    return outcome


def slipped(name: str, seed: int, recipes: tuple[tuple[str, ...], ...] = ()) -> tuple[Document, Fault]:
    """The first workbook from a seed on that offers a place for a slip of this class, with the slip in it."""
    for number in range(seed, seed + 300):
        made = document(number, recipes[number % len(recipes)] if recipes else None)
        fault = spoil(made, name, random.Random(f"{name}{number}"))
        if fault is not None:
            return made, fault
    raise AssertionError(f"no workbook from seed {seed} on offers a place for {name!r}")
