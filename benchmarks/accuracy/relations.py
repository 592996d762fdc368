"""What must hold between the figures of a generated workbook, told by the generator alone.

Every figure knows what it is computed from. A relation counts as broken only where no reading of the rounding
reconciles it: each printed figure stands for all values that give it by rounding or cutting off. Everything is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from documents import Document
from figures import Fig, Op, reckon
from plans import SCALES, Line

Range = tuple[Fraction, Fraction]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, eq=False)
class Derived:
    """A figure is what its sources give."""

    figure: Fig

    @property
    def cells(self) -> tuple[Fig, ...]:
        return (self.figure, *self.figure.sources)

    def holds(self) -> bool:
        figure = self.figure
        if figure.op is None or figure.untold or (figure.live and not doubtful(figure)):
            return True
        if figure.stale:
            return figure.value == reckon(figure.op, [source.value for source in figure.sources])
        low, high = meant(figure)
        if figure.either and figure.op in ("sum", "copy"):
            return self._adds_or_leads_up()
        for op in ("ratio", "lower") if figure.either and figure.op in ("ratio", "lower") else (figure.op,):
            due = spread(op, [meant(source) for source in figure.sources])
            if due is None or (due[0] <= high and low <= due[1]):
                return True
        return False

    def _adds_or_leads_up(self) -> bool:
        """Whether quarters add up to the year, or never fall and end at it."""
        values = [source.value for source in self.figure.sources]
        if self.figure.op == "copy":
            values = [*values[1:], values[0]]
        year = self.figure.value
        return year == sum(values) or (year == values[-1] and values == sorted(values))

    def gap(self) -> Fraction | None:
        """By how much the figure is more than its sources give."""
        figure = self.figure
        due = reckon(figure.op or "copy", [source.value for source in figure.sources])
        return None if due is None else figure.value - due


@dataclass(frozen=True, eq=False)
class Limit:
    """One figure is never more than another: realisasi and pagu, one quarter and the next of a running total."""

    less: Fig
    more: Fig

    @property
    def cells(self) -> tuple[Fig, ...]:
        return (self.less, self.more)

    def holds(self) -> bool:
        return self.less.value <= self.more.value

    def gap(self) -> Fraction | None:
        return self.less.value - self.more.value


@dataclass(frozen=True, eq=False)
class Word:
    """A word says in which class a capaian lies, or whether a target was reached."""

    line: Line
    figure: Fig
    others: tuple[Fig, ...]
    """Target and realisasi for words that say whether the target was reached; else none."""
    place: tuple[str, str]

    @property
    def cells(self) -> tuple[Fig, ...]:
        return (self.figure, *self.others)

    def holds(self) -> bool:
        word = str(self.line.cells[-1])
        if self.others:
            target, reached = (figure.value for figure in self.others)
            met = reached <= target if self.figure.op == "lower" else reached >= target
            return met == (word in ("Tercapai", "Telah tercapai"))
        low, high = meant(self.figure)
        half = Fraction(1, 2 * 10**self.figure.places)
        for scale in SCALES:
            for at, (name, bound) in enumerate(scale):
                if name == word:
                    return high + half >= bound and (at == 0 or low - half < scale[at - 1][1])
        return True

    def gap(self) -> Fraction | None:
        return None


@dataclass(frozen=True, eq=False)
class Form:
    """A figure must be written as figures are written."""

    figure: Fig

    @property
    def cells(self) -> tuple[Fig, ...]:
        return (self.figure,)

    def holds(self) -> bool:
        return self.figure.written is None

    def gap(self) -> Fraction | None:
        return None


Constraint = Derived | Limit | Word | Form


def doubtful(figure: Fig) -> bool:
    """Whether a formula may give something else than it should."""
    skipped = figure.op in ("sum", "mean") and any(source.text for source in figure.sources)
    return figure.takes is not None or figure.by is not None or figure.stale or skipped


def unit(figure: Fig) -> Fraction | None:
    """The size of the last digit of a rounded figure; None for exact ones: amounts, counts, formulas."""
    if figure.live or figure.measure == "amount":
        return None
    places = 0 if figure.measure == "quantity" else figure.places
    while (figure.value * 10**places).denominator != 1:
        places += 1
    return None if figure.measure == "quantity" and places == 0 else Fraction(1, 10**places)


def meant(figure: Fig) -> Range:
    """All values that a printed figure may stand for."""
    size, value = unit(figure), figure.value
    if size is None:
        return value, value
    below, above = (size / 2, size) if value > 0 else (size, size / 2) if value < 0 else (size, size)
    return value - below, value + above


def spread(op: Op, ranges: Sequence[Range]) -> Range | None:
    """All results that an operation may have; None where it cannot be told, for a divisor that may be 0."""
    if op in ("sum", "mean"):
        lows, highs = (sum(ends, Fraction(0)) for ends in zip(*ranges, strict=True))
        return (lows, highs) if op == "sum" else (lows / len(ranges), highs / len(ranges))
    first, second = ranges[0], ranges[-1]
    if op in ("minus", "difference"):
        return first[0] - second[1], first[1] - second[0]
    if op == "copy":
        return first
    over = first if op == "relative" else second
    if over[0] <= 0 <= over[1]:
        return None
    corners = [reckon(op, [a, b]) for a in first for b in second]
    found = [corner for corner in corners if corner is not None]
    return min(found), max(found)


_MET = ("Tercapai", "Telah tercapai", "Tidak tercapai", "Belum tercapai")


def words(made: Document) -> Iterator[Word]:
    """The words that follow from figures, with their places."""
    known = {word for scale in SCALES for word, _ in scale}
    for plan, line in made.lines():
        before = line.cells[-2] if len(line.cells) > 2 else None
        if plan.kind != "pengukuran_kinerja" or not isinstance(before, Fig):
            continue
        sheet, a1 = before.place
        column = a1.rstrip("0123456789")
        place = sheet, f"{_LETTERS[_LETTERS.index(column) + 1]}{a1[len(column) :]}"
        if line.cells[-1] in known:
            yield Word(line, before, (), place)
        elif line.cells[-1] in _MET:
            others = tuple(cell for cell in line.cells[-4:-2] if isinstance(cell, Fig))
            if len(others) == 2:
                yield Word(line, before, others, place)
