"""Which cells of a generated workbook could be to blame where its relations do not hold.

Cells are tried one by one: by exact arithmetic, the values of a cell for which every relation holds that it takes part
in, directly or through formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from documents import Document
from figures import Fig, follow

from accuracy.relations import Constraint, Derived, Form, Limit, Word, doubtful, words

_MOST_STEPS = 10**15
_Test = Callable[[int], bool]


class Truth:
    """The relations of a workbook's figures, and what changes of single cells would do to them."""

    def __init__(self, made: Document) -> None:
        self.figures = made.figures
        self.order = {id(figure): number for number, figure in enumerate(self.figures)}
        self.lines = {
            id(cell): (plan, line) for plan, line in made.lines() for cell in line.cells if isinstance(cell, Fig)
        }
        cents = any(figure.measure == "amount" and figure.value.denominator > 1 for figure in self.figures)
        self.grain = Fraction(1, 100 if cents else 1)
        self.users: dict[int, list[Fig]] = {}
        self.at: dict[int, list[Constraint]] = {}
        self.constraints: list[Constraint] = [Derived(figure) for figure in self.figures if figure.op is not None]
        self.constraints += [Limit(less, more) for less, more in made.limits]
        self.constraints += words(made)
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
        found: list[Fig] = []
        for key, figure in (common or {}).items():
            if key not in own and len(found) < most and self.choices(figure):
                found.append(figure)
        return found

    def choices(self, figure: Fig) -> int:
        """How many values of a cell make everything hold that it takes part in."""
        span = self._all_hold(figure)
        return 0 if span is None else span[1] - span[0] + 1

    def values(self, figure: Fig) -> tuple[Fraction, ...]:
        """The first, the middle and the last value of a cell that make everything hold that it takes part in."""
        span = self._all_hold(figure)
        if span is None:
            return ()
        return tuple(steps * self._step(figure) for steps in (span[0], sum(span) // 2, span[1]))

    def _all_hold(self, figure: Fig) -> tuple[int, int] | None:
        """The values of a cell for which every relation of it holds, from and to, in steps of its last digit."""
        moving = self.follows(figure)
        low, high = -_MOST_STEPS, _MOST_STEPS
        if figure.op not in ("minus", "difference", "relative"):
            low = 0
        touched = self.touched(moving)
        said = [one for one in touched if isinstance(one, Word)]
        constraints = sorted((one for one in touched if not isinstance(one, Word)), key=lambda one: one.holds())
        for constraint in constraints:
            span = self._span(figure, moving, constraint)
            if span is None:
                return None
            low, high = max(low, span[0]), min(high, span[1])
            if low > high:
                return None
        if said and not any(self._said(figure, moving, said, steps) for steps in (low, (low + high) // 2, high)):
            return None
        return low, high

    def _said(self, figure: Fig, moving: list[Fig], said: list[Word], steps: int) -> bool:
        """Whether the words of a scale fit with a value of a cell."""
        kept = figure.value
        figure.value = steps * self._step(figure)
        for one in moving:
            follow(one)
        fits = all(word.holds() for word in said)
        figure.value = kept
        for one in moving:
            follow(one)
        return fits

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

        def gap(value: Fraction) -> Fraction | None:
            put(value)
            return constraint.gap()

        try:
            start = self._start(kept, step, good, gap)
            if start is None:
                return None
            return _edge(start, -1, good), _edge(start, 1, good)
        finally:
            put(kept)

    @staticmethod
    def _start(
        kept: Fraction, step: Fraction, good: _Test, gap: Callable[[Fraction], Fraction | None]
    ) -> int | None:
        """A value for which the relation holds: the present one, or one beside that for which nothing is amiss."""
        now = kept / step
        if now.denominator == 1 and good(int(now)):
            return int(now)
        far = max(abs(kept) * 2 / 7, 7 * step)  # no multiple of it leads to 0, by which nothing can be divided
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


def _edge(start: int, way: int, good: _Test) -> int:
    """The last value in one direction for which a relation still holds."""
    reach = 1
    while reach < _MOST_STEPS and good(start + way * reach):
        reach *= 2
    inside, outside = reach // 2, reach
    while outside - inside > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if good(start + way * middle) else (inside, middle)
    return start + way * inside
