"""What must hold between the figures of a generated workbook, and which cells could be to blame where it does not.

Told by the generator alone: every figure knows what it is computed from. A relation counts as broken only where no
reading of the rounding reconciles it: each printed figure stands for all values that give it by rounding or by cutting
off. Everything is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from documents import Document
from figures import Fig, Op, follow, reckon
from plans import SCALES, Line

Range = tuple[Fraction, Fraction]
_MOST_STEPS = 10**15
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
        if figure.op is None or (figure.live and not doubtful(figure)):
            return True
        if figure.stale:
            return figure.value == reckon(figure.op, [source.value for source in figure.sources])
        low, high = meant(figure)
        for op in ("ratio", "lower") if figure.either and figure.op in ("ratio", "lower") else (figure.op,):
            due = spread(op, [meant(source) for source in figure.sources])
            if due is None or (due[0] <= high and low <= due[1]):
                return True
        return False

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


class Truth:
    """The relations of a workbook's figures, and what changes of single cells would do to them."""

    def __init__(self, made: Document) -> None:
        self.figures = made.figures
        self.order = {id(figure): number for number, figure in enumerate(self.figures)}
        self.lines = {
            id(cell): (plan, line) for plan, line in made.lines() for cell in line.cells if isinstance(cell, Fig)
        }
        self.grain = Fraction(1, 100) if any(f.measure == "amount" and f.value.denominator > 1 for f in self.figures) \
            else Fraction(1)
        self.users: dict[int, list[Fig]] = {}
        self.at: dict[int, list[Constraint]] = {}
        self.constraints: list[Constraint] = [Derived(figure) for figure in self.figures if figure.op is not None]
        self.constraints += [Limit(less, more) for less, more in made.limits]
        self.constraints += _words(made)
        for figure in self.figures:
            for source in figure.sources:
                self.users.setdefault(id(source), []).append(figure)
        for constraint in self.constraints:
            for cell in constraint.cells:
                self.at.setdefault(id(cell), []).append(constraint)

    def settle(self) -> None:
        """Brings all formulas up to date."""
        for figure in self.figures:
            follow(figure)

    def broken(self) -> list[Constraint]:
        """The relations that do not hold, however figures were rounded."""
        malformed = [Form(figure) for figure in self.figures if figure.written is not None]
        return malformed + [constraint for constraint in self.constraints if not constraint.holds()]

    def follows(self, figure: Fig) -> list[Fig]:
        """A cell and all formulas that change with it, in the order in which they are computed."""
        found = {id(figure): figure}
        queue = [figure]
        while queue:
            for user in self.users.get(id(queue.pop()), ()):
                if user.live and id(user) not in found:
                    found[id(user)] = user
                    queue.append(user)
        return sorted(found.values(), key=lambda one: self.order[id(one)])

    def touched(self, moving: Iterable[Fig]) -> list[Constraint]:
        """The relations in which any of some cells takes part."""
        found = {id(constraint): constraint for figure in moving for constraint in self.at.get(id(figure), ())}
        return list(found.values())

    def behind(self, constraint: Constraint) -> dict[int, Fig]:
        """The typed cells that a relation's figures are or come from through formulas."""
        found: dict[int, Fig] = {}
        seen: set[int] = set()
        queue = list(constraint.cells)
        while queue:
            figure = queue.pop()
            if id(figure) in seen:
                continue
            seen.add(id(figure))
            if not figure.live:
                found[id(figure)] = figure
            else:
                queue += figure.sources
        return found

    def related(self, cells: Iterable[Fig]) -> set[tuple[str, str]]:
        """The places of some cells, of all that is computed from them, and of what that is computed from besides."""
        found: dict[int, Fig] = {}
        queue = list(cells)
        for figure in queue:
            if id(figure) not in found:
                found[id(figure)] = figure
                queue += self.users.get(id(figure), ())
        near = [cell for constraint in self.touched(found.values()) for cell in constraint.cells]
        places = {figure.place for figure in (*found.values(), *near)}
        return places | {c.place for c in self.touched(found.values()) if isinstance(c, Word)}

    def binding(self, figure: Fig) -> set[int]:
        """The relations, by identity, that tell something of a cell or of what formulas make of it."""
        return {
            id(one)
            for one in self.touched(self.follows(figure))
            if not (isinstance(one, Derived) and one.figure.live and not doubtful(one.figure))
        }

    def other_pairs(self, blamed: Sequence[Fig]) -> bool:
        """Whether two changes, not both in the cells to blame, would make everything hold, as far as it is looked for:

        one cell gets a figure that makes one broken relation hold, then one other cell mends the rest.
        """
        own = {id(figure) for figure in blamed}
        broken = self.broken()
        smallest = min((self.behind(one) for one in broken), key=len)
        for key, first in smallest.items():
            for value in self._mending(first, broken):
                kept, moving = first.value, self.follows(first)
                first.value = value
                for one in moving:
                    follow(one)
                found = [second for second in self.rivals((first,), most=3) if {key, id(second)} != own]
                first.value = kept
                for one in moving:
                    follow(one)
                if found:
                    return True
        return False

    def _mending(self, figure: Fig, broken: Sequence[Constraint]) -> list[Fraction]:
        """The figures of a cell that make one broken relation hold, each the first and the last of them."""
        moving = self.follows(figure)
        touched = {id(one) for one in self.touched(moving)}
        steps: dict[int, None] = {}
        for one in broken:
            span = self._span(figure, moving, one) if id(one) in touched else None
            if span is not None:
                steps |= dict.fromkeys(end for end in span if 0 <= end < _MOST_STEPS // 2)
        return [step * self._step(figure) for step in steps]

    def rivals(self, blamed: Iterable[Fig], most: int = 20) -> list[Fig]:
        """Other typed cells of which one change would make everything hold: the figures cannot tell which it was."""
        own = {id(figure) for figure in blamed}
        common: dict[int, Fig] | None = None
        for constraint in self.broken():
            if isinstance(constraint, Derived) and constraint.figure.stale:
                return []  # what is stored is not what the formula gives: that settles it
            behind = self.behind(constraint)
            common = behind if common is None else {key: figure for key, figure in common.items() if key in behind}
        found = []
        for key, figure in (common or {}).items():
            if key not in own and len(found) < most and self.choices(figure):
                found.append(figure)
        return found

    def choices(self, figure: Fig) -> int:
        """How many values of a cell make everything hold that it takes part in."""
        moving = self.follows(figure)
        low, high = -_MOST_STEPS, _MOST_STEPS
        if figure.op not in ("minus", "difference", "relative"):
            low = 0
        touched = self.touched(moving)
        words = [one for one in touched if isinstance(one, Word)]
        constraints = sorted((one for one in touched if not isinstance(one, Word)), key=lambda one: one.holds())
        for constraint in constraints:
            span = self._span(figure, moving, constraint)
            if span is None:
                return 0
            low, high = max(low, span[0]), min(high, span[1])
            if low > high:
                return 0
        if words and not any(self._said(figure, moving, words, steps) for steps in (low, (low + high) // 2, high)):
            return 0
        return high - low + 1

    def _said(self, figure: Fig, moving: list[Fig], words: list[Word], steps: int) -> bool:
        """Whether the words of a scale fit with a value of a cell."""
        kept = figure.value
        figure.value = steps * self._step(figure)
        for one in moving:
            follow(one)
        said = all(word.holds() for word in words)
        figure.value = kept
        for one in moving:
            follow(one)
        return said

    def _step(self, figure: Fig) -> Fraction:
        return self.grain if figure.measure == "amount" else Fraction(1, 10**figure.places)

    def _span(self, figure: Fig, moving: list[Fig], constraint: Constraint) -> tuple[int, int] | None:
        """The values of a cell for which a relation holds, from and to, in steps of its last digit."""
        kept, step = figure.value, self._step(figure)

        def put(value: Fraction) -> None:
            figure.value = value
            for one in moving:
                follow(one)

        def good(steps: int) -> bool:
            put(steps * step)
            return constraint.holds()

        try:
            start = self._start(kept, step, good, lambda value: (put(value), constraint.gap())[1])
            if start is None:
                return None
            return _edge(start, -1, good), _edge(start, 1, good)
        finally:
            put(kept)

    @staticmethod
    def _start(kept: Fraction, step: Fraction, good, gap) -> int | None:  # type: ignore[no-untyped-def]
        """A value for which the relation holds: the present one, or one beside that for which nothing is amiss."""
        now = kept / step
        if now.denominator == 1 and good(int(now)):
            return int(now)
        far = max(abs(kept) / 3, 7 * step)
        points = [(x, d) for x in (kept, kept + far, kept + 3 * far) if (d := gap(x)) is not None]
        zero = _zero(points) if len(points) == 3 else None
        if zero is None:
            return None
        steps = zero / step
        return next((n for n in (floor(steps), ceil(steps), floor(steps) - 1, ceil(steps) + 1) if good(n)), None)


def _zero(points: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Where a ratio of two linear functions through three points is 0.

    Counted from the first point, at which it has a value, it is ``(a x + b) / (c x + 1)``.
    """
    (begin, b), *others = points
    (p, q, r), (s, t, u) = ((x - begin, d * (x - begin), d - b) for x, d in others)  # a p - c q = r, a s - c t = u
    below = q * s - t * p
    c = (u * p - r * s) / below if below else Fraction(0)
    a = (r + c * q) / p
    return begin - b / a if a else None


def _edge(start: int, way: int, good) -> int:  # type: ignore[no-untyped-def]
    """The last value in one direction for which a relation still holds."""
    reach = 1
    while reach < _MOST_STEPS and good(start + way * reach):
        reach *= 2
    inside, outside = reach // 2, reach
    while outside - inside > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if good(start + way * middle) else (inside, middle)
    return start + way * inside


_MET = ("Tercapai", "Telah tercapai", "Tidak tercapai", "Belum tercapai")


def _words(made: Document) -> Iterator[Word]:
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
