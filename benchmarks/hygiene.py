"""How well an audit finds what is wrong with the formulas of a workbook whose figures may all be right.

    python benchmarks/hygiene.py [--count 40] [--seed 1] [--show]

Random workbooks with formulas get one fault each: a total that was not computed again, a range one row short, a figure
typed among formulas, a link to another workbook, a hidden row that counts. ``found``: the rule meant says so at the
cell meant. The consistent workbooks themselves are audited by ``accuracy``.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from documents import Document, document, write
from figures import Fig, recompute
from printing import print_table, share

from xlaudit.audit import audit_workbook
from xlaudit.outcome import Outcome

Place = tuple[str, str]
_TRIES = 200
Spoil = Callable[[random.Random, Document, Fig], bool]


def _stale(chance: random.Random, made: Document, figure: Fig) -> bool:
    """The value that is stored is an old one; what follows from it is old as well."""
    if not figure.live or figure.op not in ("sum", "minus") or figure.value <= 0:
        return False
    figure.value += chance.choice((-1, 1)) * chance.randint(1, int(figure.value))
    return True


def _short(chance: random.Random, made: Document, figure: Fig) -> bool:
    """The range of a sum ends a row too early, and all that follows from it is computed with that."""
    if not figure.live or figure.op != "sum" or len(figure.sources) < 3 or not figure.sources[-1].value:
        return False
    column = {"".join(ch for ch in source.place[1] if ch.isalpha()) for source in (*figure.sources, figure)}
    if len(column) > 1:
        return False
    figure.sources = figure.sources[:-1]
    recompute(made.figures)
    return True


def _typed(chance: random.Random, made: Document, figure: Fig) -> bool:
    """A figure is typed among formulas of its column, with the value that they have."""
    column = "".join(ch for ch in figure.place[1] if ch.isalpha())
    beside = [f for f in made.figures if f.live and f.op == figure.op and f.place[0] == figure.place[0]]
    same = [f for f in beside if f.place[1].rstrip("0123456789") == column]
    if not figure.live or figure.op not in ("minus", "ratio") or len(same) < 5:
        return False
    figure.live = False
    return True


def _linked(chance: random.Random, made: Document, figure: Fig) -> bool:
    """A figure comes out of another workbook."""
    if figure.live or figure.measure != "amount" or figure.op is not None or figure.written is not None:
        return False
    figure.formula = "'[DPA 2024.xlsx]DPA'!C12"
    return True


def _hidden(chance: random.Random, made: Document, figure: Fig) -> bool:
    """The row of an amount that counts in a sum is hidden, while the others of that sum show."""
    sums = [other for other in made.figures if other.op == "sum" and any(s is figure for s in other.sources)]
    column = {source.place[1].rstrip("0123456789") for other in sums for source in (*other.sources, figure)}
    if not sums or figure.op is not None or not figure.value or len(column) > 1 or len(sums[0].sources) < 3:
        return False
    made.hidden.append((figure.place[0], int("".join(ch for ch in figure.place[1] if ch.isdigit()))))
    return True


CLASSES: dict[str, tuple[str, Spoil]] = {
    "value not computed again": ("FO105", _stale),
    "range one row short": ("FO102", _short),
    "typed among formulas": ("FO101", _typed),
    "link to another workbook": ("NU105", _linked),
    "hidden row that counts": ("HI101", _hidden),
}


def spoiled(name: str, seed: int) -> tuple[Document, Place] | None:
    """A random workbook with a fault of a class and the cell it stands at; None where it offers no place."""
    chance = random.Random(f"{name}{seed}")
    order = list(range(len(document(seed).figures)))
    chance.shuffle(order)
    made = document(seed)
    for number in order[:_TRIES]:
        figure = made.figures[number]
        if CLASSES[name][1](chance, made, figure):
            return made, figure.place
    return None


def found(outcome: Outcome, code: str, place: Place) -> bool:
    """Whether the rule meant names the cell meant."""
    return any(
        finding.rule == code
        and place in [(one.sheet, one.cell) for one in (finding.place, *finding.because)]
        for finding in outcome.findings
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    lines: list[list[object]] = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        for title, (code, _) in CLASSES.items():
            runs = hits = 0
            for seed in range(given.seed, given.seed + given.count * 20):
                made = spoiled(title, seed)
                if made is None or runs == given.count:
                    continue
                write(made[0], path)
                hit = found(audit_workbook(path), code, made[1])
                runs, hits = runs + 1, hits + hit
                if given.show and not hit:
                    print(f"{title}: seed {seed}, {made[1]}")
            lines.append([title, code, share(hits, runs)])
    print_table(("fault", "rule", "found"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
