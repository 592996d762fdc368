"""Two slips in one workbook: near, in cells of one sum, or far apart, in cells that no relation has in common."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from documents import Document, document
from figures import Fig

from accuracy.classes import CLASSES, ONE, SEVERAL, SILENT, VALUES, WORD, Fault, Judged, spoil, verdict
from accuracy.judging import Run, audited, judge
from accuracy.one import rows_of
from accuracy.relations import Derived
from accuracy.truth import Truth

NEAR, FAR = DISTANCES = ("near", "far")
_LEFT_OUT = (WORD, "fraction for percentage", "number as text")
"""Slips after which no figure is wrong."""
NAMES = [name for name, kind in CLASSES.items() if name not in _LEFT_OUT and not kind.quiet]
_ATTEMPTS = 60


@dataclass
class Two:
    """The records of both slips of one workbook. ``group`` is ``one`` where both cells can be told."""

    case: str
    group: str
    runs: tuple[Run, Run]

    @property
    def detected(self) -> bool:
        return all(run.detected for run in self.runs)

    @property
    def located(self) -> bool:
        return all(run.located for run in self.runs)

    @property
    def repaired(self) -> bool:
        return all(run.repaired for run in self.runs)


def _sums(truth: Truth, figures: tuple[Fig, ...]) -> set[int]:
    """The other cells of the sums in which some figures stand."""
    sums = [c for c in truth.touched(figures) if isinstance(c, Derived) and c.figure.op == "sum" and len(c.cells) > 2]
    return {id(cell) for one in sums for cell in one.cells} - {id(figure) for figure in figures}


def _apart(made: Document, truth: Truth, figures: tuple[Fig, ...]) -> set[int]:
    """The cells that have no relation in common with some figures."""
    taken = {one for figure in figures for one in truth.binding(figure)}
    return {id(figure) for figure in made.figures if taken.isdisjoint(truth.binding(figure))}


def _alone(made: Document, rows: int | None, fault: Fault) -> Judged:
    """What there is to know of the second slip where the first was not made."""
    twin = document(made.seed, None, rows)
    truth = Truth(twin)
    number = {id(figure): i for i, figure in enumerate(made.figures)}
    figures = []
    for figure in fault.figures:
        same = twin.figures[number[id(figure)]]
        same.value, same.live, same.written = figure.value, figure.live, figure.written
        same.by, same.stale, same.text = figure.by, figure.stale, figure.text
        same.takes = None if figure.takes is None else tuple(twin.figures[number[id(one)]] for one in figure.takes)
        figures.append(same)
    truth.settle()
    return verdict(truth, Fault(fault.name, fault.sort, tuple(figures), fault.right, fault.formula))


def case(text: str) -> Two | None:
    """The record of one workbook by its name, as ``near:digit dropped+sign/17/60``; None where there is no place."""
    made_of = workbook(text)
    if made_of is None:
        return None
    made, truth, faults, alone = made_of
    groups = {one.group for one in alone}
    joint = Judged(truth.broken(), truth.rivals(()), 1)
    if SILENT in groups:
        group = SILENT
    elif SEVERAL in groups or joint.rivals:
        group = SEVERAL
    else:
        blamed = [figure for fault in faults for figure in fault.figures]
        near = text.startswith(NEAR)
        group = SEVERAL if near and truth.other_pairs(blamed) else VALUES if VALUES in groups else ONE
    outcome, seconds = audited(made, text)
    one, two = faults
    runs = (
        judge(made, truth, one, alone[0], outcome, text, [two]),
        judge(made, truth, two, alone[1], outcome, text, [one]),
    )
    for run in runs:
        run.seconds = seconds
    return Two(text, group, runs)


def workbook(text: str) -> tuple[Document, Truth, tuple[Fault, Fault], tuple[Judged, Judged]] | None:
    """A workbook with both slips, and what there is to know of each alone."""
    which, seed, size = text.rsplit("/", 2)
    distance, _, names = which.partition(":")
    first, second = names.split("+")
    rows = int(size) or None
    chance = random.Random(text)
    made = document(int(seed), None, rows)
    truth = Truth(made)
    one = spoil(made, truth, first, chance)
    if one is None:
        return None
    alone = verdict(truth, one)
    among = _sums(truth, one.figures) if distance == NEAR else _apart(made, truth, one.figures)
    two = spoil(made, truth, second, chance, among)
    if two is None or {id(f) for f in two.figures} & {id(f) for f in one.figures}:
        return None
    return made, truth, (one, two), (alone, _alone(made, rows, two))


def runs(distance: str, number: int, seed: int) -> Iterator[Two]:
    """The record of one run: the first workbook that offers a place for two slips that both break something."""
    for attempt in range(_ATTEMPTS):
        own = seed + number + 100_000 * attempt + (500_000_000 if distance == FAR else 600_000_000)
        first, second = random.Random(f"{distance}{own}").choices(NAMES, k=2)
        found = case(f"{distance}:{first}+{second}/{own}/{rows_of(number) or 0}")
        if found is not None and found.group != SILENT:
            yield found
            return
