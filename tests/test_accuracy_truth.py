"""The judge of the accuracy benchmark is right itself: what is broken, and which cells could be to blame."""

from __future__ import annotations

import random
import sys
from fractions import Fraction
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import accuracy.hands
from accuracy.classes import ONE, SEVERAL, VALUES, Fault, verdict
from accuracy.relations import Derived, Form, Word
from accuracy.truth import Truth
from documents import Block, Document, document
from figures import Fig, computed, entry
from generate import CLASSES, slipped
from plans import Line, Plan


def made_of(*figures: Fig) -> Document:
    """A workbook of nothing but some figures, sources first."""
    for number, figure in enumerate(figures, start=1):
        figure.place = ("S", f"B{number}")
    plan = Plan("realisasi_anggaran", "S", [], [["a", "b"]], [Line(["x", figure]) for figure in figures])
    style = document(1).style
    blocks = [Block(plan, list(enumerate(plan.lines)))]
    return Document(1, (), style, {"S": blocks}, list(figures), random.Random(1))


def following(op: str, *sources: Fig, places: int = 0, live: bool = False) -> Fig:
    figure = computed("percent" if op in ("ratio", "mean") else "amount", op, sources, places)  # type: ignore[arg-type]
    assert figure is not None
    figure.live = live
    return figure


def amounts(*values: int) -> list[Fig]:
    return [entry("amount", value) for value in values]


def rivals(made: Document, wrong: Fig) -> set[str]:
    return {figure.place[1] for figure in Truth(made).rivals((wrong,))}


def test_in_a_lone_sum_any_cell_may_be_wrong() -> None:
    one, two = amounts(70_000, 30_000)
    total = following("sum", one, two)
    made = made_of(one, two, total)
    one.value = Fraction(77_000)
    assert [type(found) for found in Truth(made).broken()] == [Derived]
    assert rivals(made, one) == {"B2", "B3"}


def test_percentages_tell_which_of_the_cells_it_is() -> None:
    one, two, of_one, of_two = amounts(70_000, 30_000, 100_000, 40_000)
    parts = [following("ratio", one, of_one, places=2), following("ratio", two, of_two, places=2)]
    total = following("sum", one, two)
    made = made_of(one, two, of_one, of_two, *parts, total)
    one.value = Fraction(77_000)
    truth = Truth(made)
    assert len(truth.broken()) == 2
    assert rivals(made, one) == set()
    assert truth.choices(one) == 1, "the sum settles it"


def test_a_percentage_alone_leaves_many_figures_open() -> None:
    one, two, of_one = amounts(70_000_000, 30_000_000, 100_000_000)
    total = following("sum", one, two, live=True)
    part = following("ratio", one, of_one, places=2)
    made = made_of(one, two, of_one, part, total)
    one.value = Fraction(7_000_000)
    truth = Truth(made)
    assert [found.figure for found in truth.broken() if isinstance(found, Derived)] == [part]
    assert rivals(made, one) == {"B3", "B4"}
    assert truth.choices(one) == 15_001, "70,00 % of 100 million, rounded or cut off: from 69.995.000 to 70.010.000"


def test_what_rounding_explains_is_not_broken() -> None:
    one, of_one = amounts(2, 3)
    part = following("ratio", one, of_one, places=2)
    for value, fine in ((6667, True), (6666, True), (6668, False), (6665, False)):
        part.value = Fraction(value, 100)
        assert Truth(made_of(one, of_one, part)).broken() is not fine


def test_means_of_rounded_figures_may_be_off_by_a_unit() -> None:
    parts = [Fig("percent", Fraction(value, 100), 2) for value in (3333, 3334, 3335)]
    mean = following("mean", *parts, places=2)
    for value, fine in ((3334, True), (3335, True), (3337, False)):
        mean.value = Fraction(value, 100)
        assert Truth(made_of(*parts, mean)).broken() is not fine


def test_formulas_pass_a_slip_on() -> None:
    one, two = amounts(70_000, 30_000)
    total = following("sum", one, two, live=True)
    copy = following("copy", total)
    made = made_of(one, two, total, copy)
    one.value = Fraction(7_000)
    truth = Truth(made)
    truth.settle()
    assert total.value == 37_000
    assert rivals(made, one) == {"B2", "B4"}
    assert truth.choices(one) == 1


def test_a_range_that_ends_too_early_is_broken_although_it_is_a_formula() -> None:
    one, two, three = amounts(1, 2, 3)
    total = following("sum", one, two, three, live=True)
    total.takes = (one, two)
    truth = Truth(made_of(one, two, three, total))
    truth.settle()
    assert [type(found) for found in truth.broken()] == [Derived]


def test_a_text_counts_for_nothing_in_a_formula() -> None:
    one, two = amounts(1, 2)
    total = following("sum", one, two, live=True)
    two.text = True
    truth = Truth(made_of(one, two, total))
    truth.settle()
    assert total.value == 1
    assert truth.broken()


def test_two_changes_may_do_as_well_as_two_others() -> None:
    one, two, three, four = amounts(10, 20, 30, 40)
    sums = [following("sum", one, two), following("sum", three, four)]
    made = made_of(one, two, three, four, *sums)
    one.value, three.value = Fraction(11), Fraction(33)
    assert Truth(made).other_pairs((one, three))


def test_two_slips_that_percentages_pin_have_no_others() -> None:
    cells = amounts(10_000, 20_000, 30_000)
    of_cells = amounts(40_000, 50_000, 60_000)
    parts = [following("ratio", a, b, places=2) for a, b in zip(cells, of_cells, strict=True)]
    sums = [following("sum", *cells), following("sum", *of_cells)]
    made = made_of(*cells, *of_cells, *parts, *sums)
    cells[0].value, cells[1].value = Fraction(1_000), Fraction(27_000)
    assert not Truth(made).other_pairs(cells[:2])


@pytest.mark.parametrize("name", CLASSES)
def test_putting_the_right_figure_back_mends_everything(name: str) -> None:
    """Holds for slips of every class: else what counts as right would be wrong."""
    made, fault = slipped(name, 700)
    truth = Truth(made)
    broken = truth.broken()
    assert bool(broken) is not CLASSES[name].quiet
    for figure in fault.figures:
        figure.value = fault.right[figure.place][0]
        figure.written, figure.takes, figure.by, figure.stale, figure.text = None, None, None, False, False
    truth.settle()
    left = truth.broken()
    assert not left or (not fault.figures and all(isinstance(one, Word) for one in left))


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_rivals_mend_everything_too(seed: int) -> None:
    """Each cell that is told to be a rival has a figure with which nothing is broken."""
    name = sorted(CLASSES)[seed % 11]
    if CLASSES[name].quiet:
        return
    made, fault = slipped(name, 3_000 + seed)
    truth = Truth(made)
    judged = verdict(truth, fault)
    assert judged.group in (ONE, SEVERAL, VALUES)
    for rival in judged.rivals[:3]:
        kept = rival.value
        assert any(mends(truth, rival, value) for value in truth.values(rival)), rival.place
        rival.value = kept
        truth.settle()


def mends(truth: Truth, figure: Fig, value: Fraction) -> bool:
    figure.value = value
    truth.settle()
    return not [one for one in truth.broken() if not isinstance(one, Form)]


def test_nothing_is_asked_of_xlaudit() -> None:
    """What counts as wrong is told without it: no module of the judge imports it, the audit itself apart."""
    for module in (accuracy.classes, accuracy.hands, accuracy.relations, accuracy.truth):
        assert module.__file__ is not None
        with open(module.__file__, encoding="utf-8") as text:
            assert "xlaudit" not in text.read().replace("without asking xlaudit", ""), module.__name__


def test_a_fault_knows_its_cells() -> None:
    _, fault = slipped("target and realisasi swapped", 900)
    assert isinstance(fault, Fault)
    assert len(fault.places) == 2
