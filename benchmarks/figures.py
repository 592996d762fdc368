"""Figures that know how they follow from others: the oracle of the benchmarks, independent of xlaudit.

A figure is an entry or is computed from other figures; its printed value is rounded or cut off to its places.
``violated`` tells which computed figures of a document no longer agree with what they are computed from.
Everything is exact: values are fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

Measure = Literal["amount", "percent", "quantity"]
Op = Literal["sum", "ratio", "lower", "minus", "difference", "relative", "mean", "copy"]
Place = tuple[str, str]
"""Sheet and A1 address."""


@dataclass(eq=False)
class Fig:
    """One figure. ``op`` and ``sources`` say how it is computed; an entry has neither.

    ``live`` figures are written as a formula and follow their sources whatever happens. ``written`` replaces
    the figure's usual print (a malformed text). ``size`` is the unit of the header (1000 for thousands).
    """

    measure: Measure
    value: Fraction
    places: int = 0
    op: Op | None = None
    sources: tuple[Fig, ...] = ()
    live: bool = False
    written: str | None = None
    formula: str | None = None
    """A formula that has nothing to do with how the figure is computed, such as a link."""
    place: Place = ("", "")
    prefix: str = ""
    true: Fraction | None = None
    """The value before rounding, in tables whose entries are themselves rounded."""
    declared: bool = False
    """Whether nothing but what its table declares says what it has to do with the others of its row."""
    either: bool = False
    """Whether nothing in its table says which of two ways it is computed.

    For ``ratio`` and ``lower`` whether more or less is better; for ``sum`` and ``copy`` whether quarters add up to it
    or lead up to it: then the first source of a copy is the last quarter, and the others are those before it.
    """
    untold: bool = False
    """Whether its table is too short to tell how it is computed, which tables of its kind do in several ways."""
    takes: tuple[Fig, ...] | None = None
    """What the formula of a live figure is over, where that is not what it should be over."""
    by: Op | None = None
    """The operation of a live figure's formula, where that is not the one it should be."""
    stale: bool = False
    """Whether the value stored with a live figure's formula is not brought up to date any more."""
    text: bool = False
    """Whether a figure stands as text among numbers: formulas that add up a range pass it over."""


def entry(measure: Measure, value: int | Fraction, places: int = 0) -> Fig:
    """A figure that follows from nothing."""
    return Fig(measure, Fraction(value), places)


def computed(measure: Measure, op: Op, sources: Sequence[Fig], places: int, cut: bool = False) -> Fig | None:
    """A figure with the value that its sources give; None where a divisor is 0."""
    exact = reckon(op, [source.value for source in sources])
    if exact is None:
        return None
    return Fig(measure, printed(exact, places, cut), places, op, tuple(sources))


def reckon(op: Op, values: Sequence[Fraction]) -> Fraction | None:
    """The exact result of an operation; None for a division by 0."""
    if op in ("sum", "mean"):
        total = sum(values, Fraction(0))
        return total if op == "sum" else total / len(values) if values else None
    first, second = values[0], values[-1]
    if op in ("minus", "difference"):
        return first - second
    if op == "copy":
        return first
    if (first if op == "relative" else second) == 0:
        return None
    if op == "ratio":
        return 100 * first / second
    if op == "lower":
        return 100 * (2 * second - first) / second
    return 100 * (1 - second / first)


def printed(value: Fraction, places: int, cut: bool) -> Fraction:
    """Rounded half up, or cut off, towards zero both, to so many places."""
    scale = Fraction(10) ** places
    size = abs(value) * scale
    steps = floor(size) if cut else floor(size + Fraction(1, 2))
    return steps / scale * (-1 if value < 0 else 1)


def recompute(figures: Iterable[Fig]) -> None:
    """Brings all live figures up to date. ``figures`` stand in an order in which sources come first."""
    for figure in figures:
        follow(figure)


def follow(figure: Fig) -> None:
    """Brings one figure up to date, if it is live: its formula counts, not what the formula should be."""
    if figure.live and figure.op is not None and not figure.stale:
        op = figure.by or figure.op
        taken = figure.sources if figure.takes is None else figure.takes
        exact = reckon(op, [source.value for source in taken if op not in ("sum", "mean") or not source.text])
        if exact is not None:
            figure.value = exact


def settle(figures: Iterable[Fig], cut: bool) -> None:
    """Gives every computed figure the value that its sources give: the exact one if it is live, else the printed."""
    for figure in figures:
        exact = None if figure.op is None else reckon(figure.op, [source.value for source in figure.sources])
        if exact is not None:
            figure.value = exact if figure.live else printed(exact, figure.places, cut)


def violated(figures: Iterable[Fig]) -> list[Fig]:
    """The typed figures that disagree with their sources, however a percentage was rounded."""
    return [figure for figure in figures if not figure.live and not agrees(figure)]


def agrees(figure: Fig) -> bool:
    """Whether a figure is what its sources give, rounded or cut off; so is every entry."""
    if figure.op is None:
        return True
    exact = reckon(figure.op, [source.value for source in figure.sources])
    if exact is None:
        return False
    return figure.value in (printed(exact, figure.places, False), printed(exact, figure.places, True))


def in_order(figures: Iterable[Fig]) -> list[Fig]:
    """The figures with sources first."""
    done: dict[int, Fig] = {}

    def visit(figure: Fig) -> None:
        if id(figure) in done:
            return
        for source in figure.sources:
            visit(source)
        done[id(figure)] = figure

    for figure in figures:
        visit(figure)
    return list(done.values())
