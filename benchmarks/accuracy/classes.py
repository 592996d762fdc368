"""The classes of slips: what is done, to which figures, and what kinds of cells these are."""

from __future__ import annotations

import random
from collections.abc import Callable, Container
from dataclasses import dataclass
from fractions import Fraction

from documents import Document, document
from figures import Fig, printed

from accuracy import hands
from accuracy.relations import Constraint, Derived, Word
from accuracy.truth import Truth

Choice = Callable[[Fig], bool]
Recipe = tuple[str, ...]


def _any(figure: Fig) -> bool:
    return figure.value != 0


def _amount(figure: Fig) -> bool:
    return figure.measure == "amount" and figure.value > 0 and figure.value.denominator == 1


def _percent(figure: Fig) -> bool:
    return figure.measure == "percent" and figure.op is not None and figure.value != 0


def _sum(figure: Fig) -> bool:
    return figure.op == "sum" and figure.measure == "amount" and len(figure.sources) > 2 and figure.value > 0


def _capaian(figure: Fig) -> bool:
    return figure.op in ("ratio", "lower") and figure.sources[0].measure == "quantity" and not figure.declared


def _of_two(figure: Fig) -> bool:
    return figure.op in ("ratio", "lower") and len(figure.sources) == 2


@dataclass(frozen=True)
class Kind:
    """One class of slips. ``causes``: the names that say it rightly; ``recipes``: tables that offer places for it."""

    slip: hands.Slip
    where: Choice
    causes: tuple[str, ...] = ()
    recipes: tuple[Recipe, ...] = ()
    quiet: bool = False
    """Whether nothing is to be said, for it is no error."""


_REVISED = (("perjanjian", "realisasi"), ("perjanjian", "kinerja", "realisasi", "efisiensi"), ("perjanjian", "kinerja"))
_BUDGETS = (
    ("realisasi",), ("realisasi",), ("kinerja", "realisasi", "efisiensi"), ("perjanjian", "realisasi"), ("triwulan",),
    ("kinerja_anggaran",), ("realisasi", "triwulan"),
)  # fmt: skip
_GOALS = (("kinerja",), ("status",), ("kinerja_anggaran",), ("kinerja", "realisasi", "efisiensi"))
_EFFICIENCY = (("efisiensi",), ("kinerja", "realisasi", "efisiensi"), ("efisiensi_total",))

CLASSES: dict[str, Kind] = {
    "digits swapped": Kind(hands.transpose, _any, ("digit_transposed",)),
    "digit dropped": Kind(hands.drop, _any, ("digit_dropped",)),
    "digit doubled": Kind(hands.double, _any, ("digit_doubled",)),
    "digit mistyped": Kind(hands.mistype, _any, ("digit_mistyped",)),
    "factor 10": Kind(hands.factor(10), _any, ("factor_of_ten", "digit_dropped", "digit_doubled")),
    "factor 100": Kind(hands.factor(100), _amount, ("factor_of_ten",)),
    "factor 1000": Kind(hands.factor(1000), _amount, ("factor_of_ten",)),
    "separator misplaced": Kind(hands.malformed, _amount, ("separator",)),
    "sign": Kind(hands.negative, _any, ("sign",)),
    "target and realisasi swapped": Kind(hands.swap, _of_two, ("swapped",)),
    "neighbour's row": Kind(hands.neighbour(False), _any, ("copied_neighbour",)),
    "neighbour's column": Kind(hands.neighbour(True), _any, ("copied_neighbour",)),
    "child left out of a total": Kind(hands.omit, _sum, ("child_omitted",), _BUDGETS),
    "child twice in a total": Kind(hands.count_twice, _sum, ("child_double_counted",), _BUDGETS),
    "any other figure": Kind(hands.off, _any, ("unexplained", "not_recomputed", "digit_mistyped")),
    "range a row short": Kind(hands.short_range, _sum, ("range_short",), _BUDGETS),
    "stale stored value": Kind(hands.stale, lambda f: f.live, ("stale_value",)),
    "figure before revision": Kind(hands.before_revision, _amount, ("before_revision",), _REVISED),
    "fraction for percentage": Kind(hands.fraction, _percent, ("percent_fraction", "factor_of_ten")),
    "mean for ratio of sums": Kind(hands.mean_of_ratios, _percent, ("mean_of_ratios",), _BUDGETS),
    "mean over a row too many": Kind(
        hands.dash_as_zero, lambda f: f.op == "mean" and not f.live, ("not_recomputed",), (("kinerja",),)
    ),
    "wrong direction": Kind(hands.other_way, _capaian, ("other_direction",), _GOALS),
    "serapan as efisiensi": Kind(
        hands.copy_serapan, lambda f: f.op in ("difference", "relative"), ("serapan_copied",), _EFFICIENCY
    ),
    "number as text": Kind(hands.as_text_cell, _any, ("text_skipped",)),
    "wrong word of the scale": Kind(hands.wrong_word, _percent, (), (("kinerja",), ("perjanjian", "kinerja"))),
    "rounded otherwise": Kind(hands.other_rounding, _percent, quiet=True),
}
WORD = "wrong word of the scale"


def sort_of(truth: Truth, figure: Fig) -> str:
    """What kind of cell a figure stands in, as the tables of the benchmark name it."""
    if figure.declared:
        return "declared column"
    if figure.op == "copy":
        return f"copy of {'an amount' if figure.measure == 'amount' else 'a target or capaian'}"
    if figure.measure == "amount":
        _, line = truth.lines[id(figure)]
        return {"minus": "sisa", None: "leaf"}.get(figure.op, "total" if line.strong else "parent")
    if figure.op == "mean":
        return "mean"
    if figure.op in ("difference", "relative"):
        return "efisiensi"
    if figure.measure == "percent":
        return "capaian" if _capaian(figure) else "serapan %" if figure.op else "percentage of another table"
    return "target or realisasi" if figure.op is None else "sum or difference of counts"


@dataclass
class Fault:
    """A slip that was made. ``right`` are, by cell, the figures that would mend it."""

    name: str
    sort: str
    figures: tuple[Fig, ...]
    right: dict[tuple[str, str], tuple[Fraction, ...]]
    formula: bool
    """Whether a formula stood in the cell, or stands there."""
    stated: str = ""

    @property
    def places(self) -> set[tuple[str, str]]:
        return set(self.right)


def _right(figure: Fig) -> tuple[Fraction, ...]:
    """The figures that count as the right ones: what stood there; rounded or cut off, if a formula gave more."""
    both = (printed(figure.value, figure.places, cut) for cut in (False, True)) if figure.measure == "percent" else ()
    return (figure.value, *both) if figure.live else (figure.value,)


_TRIES = 12


def spoil(
    made: Document, truth: Truth, name: str, chance: random.Random, among: Container[int] | None = None
) -> Fault | None:
    """Makes one slip of a class, in a kind of cell at random, and brings the formulas up to date.

    ``among``: the identities of the figures that come into question. None where there is no place for such a slip.
    Nothing is asked about what the slip breaks.
    """
    kind = CLASSES[name]
    sorts: dict[str, list[Fig]] = {}
    for figure in made.figures:
        if kind.where(figure) and figure.written is None and (among is None or id(figure) in among):
            sorts.setdefault(sort_of(truth, figure), []).append(figure)
    for sort in chance.sample(sorted(sorts), len(sorts)):
        for figure in chance.sample(sorts[sort], min(len(sorts[sort]), _TRIES)):
            right = {one.place: _right(one) for one in (figure, *figure.sources)}
            formula = figure.live
            wrong = kind.slip(chance, made, truth, figure)
            if wrong is None:
                continue
            truth.settle()
            if name == WORD:
                word = next(one for one in truth.at[id(figure)] if isinstance(one, Word))
                return Fault(name, "word", (), {word.place: ()}, False, str(word.line.cells[-1]))
            stated = "; ".join(one.written or str(float(one.value)) for one in wrong)
            sort = "pair" if len(wrong) > 1 else sort
            return Fault(name, sort, tuple(wrong), {one.place: right[one.place] for one in wrong}, formula, stated)
    return None


@dataclass
class Judged:
    """What the generator knows of slips: the relations they break, and how many other ways there are to mend it all."""

    broken: list[Constraint]
    rivals: list[Fig]
    choices: int
    """How many figures of the cell itself would do: 1 where the others settle it."""
    word: bool = False
    """Whether it is a word that is wrong, not a figure."""

    @property
    def group(self) -> str:
        """One of :data:`GROUPS`."""
        if not self.broken:
            return SILENT
        if self.word:
            return ONE
        if all(isinstance(constraint, Word) for constraint in self.broken):
            return SEVERAL  # the word may be wrong as well
        return SEVERAL if self.rivals else VALUES if self.choices > 1 else ONE


SILENT, ONE, VALUES, SEVERAL = GROUPS = ("silent", "one", "values", "several")
"""Nothing is broken; one cell can be wrong and the others settle its figure, or do not; several cells can be wrong."""


def verdict(truth: Truth, fault: Fault) -> Judged:
    """What there is to know of one slip, without asking xlaudit."""
    broken = truth.broken()
    if not fault.figures:
        return Judged(broken, [], 1, word=True)
    own = fault.figures if len(fault.figures) == 1 else ()  # where two are swapped, one change might do it all
    return Judged(broken, truth.rivals(own), choices(truth, fault, broken))


def choices(truth: Truth, fault: Fault, broken: list[Constraint]) -> int:
    """How many figures of the cell would do. A figure that follows from others has one, however it is rounded."""
    if len(fault.figures) > 1:
        return 1
    figure = fault.figures[0]
    if figure.written is not None:  # read as a figure, whatever it is, it counts in the sums again
        figure.text = False
        truth.settle()
        found = truth.choices(figure) if figure.op is None else 1
        figure.text = True
        truth.settle()
        return found
    computed = any(isinstance(one, Derived) and one.figure is figure for one in broken)
    return 1 if computed or figure.live or figure.text or figure.op is not None else truth.choices(figure)


def workbook(name: str, seed: int, rows: int | None) -> tuple[Document, Truth, Fault] | None:
    """The workbook of a seed with a slip of a class in it."""
    chance = random.Random(f"{name}{seed}")
    recipes = CLASSES[name].recipes
    made = document(seed, chance.choice(recipes) if recipes else None, rows)
    truth = Truth(made)
    fault = spoil(made, truth, name, chance)
    return None if fault is None else (made, truth, fault)
