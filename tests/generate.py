"""The random workbooks of ``benchmarks/`` for the tests: consistent ones, and ones with a slip in them."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from accuracy.classes import CLASSES, Fault, spoil
from accuracy.truth import Truth
from documents import RECIPES, Document, document, write
from figures import Fig, violated

from xlaudit.audit import audit_workbook
from xlaudit.outcome import Outcome

__all__ = ["CLASSES", "RECIPES", "Document", "Fault", "audited", "document", "slipped", "violated", "write"]


def audited(made: Document, folder: Path) -> Outcome:
    """Writes a workbook and audits it."""
    path = folder / f"{made.seed}.xlsx"
    write(made, path)
    outcome = audit_workbook(path)
    path.unlink()
    return outcome


def slipped(
    name: str,
    seed: int,
    recipes: tuple[tuple[str, ...], ...] = (),
    where: Callable[[Fig], bool] = lambda figure: True,
) -> tuple[Document, Fault]:
    """The first workbook from a seed on in which a slip of this class breaks something, with the slip in it.

    One that is no error breaks nothing. ``where``: the figures that come into question.
    """
    for number in range(seed, seed + 300):
        made = document(number, recipes[number % len(recipes)] if recipes else None)
        truth = Truth(made)
        among = {id(figure) for figure in made.figures if where(figure)}
        fault = spoil(made, truth, name, random.Random(f"{name}{number}"), among)
        if fault is not None and bool(truth.broken()) is not CLASSES[name].quiet:
            return made, fault
    raise AssertionError(f"no workbook from seed {seed} on offers a place for {name!r}")
