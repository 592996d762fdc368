"""Totals: which rows above one it adds up, told from the sums of all stretches of rows at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, chain, repeat
from typing import NamedTuple

from xlaudit.amounts import EXACT
from xlaudit.patterns import pattern
from xlaudit.properties import cached_property
from xlaudit.relations import (
    ZERO,
    Holds,
    Relation,
    Term,
    addends,
    amount_columns,
    child_rows,
    holds,
    term,
    total_rows,
)
from xlaudit.schemas.words import fold
from xlaudit.tables import BLANK, NIL, NUMBER, Column, Figure, Level, Row, Table

TOTAL = "RA102"
_POST = pattern(r"\b(?:jumlah|total) (belanja|pendapatan|pembiayaan)\b")
_INFINITE = Decimal("Infinity")


def totals(table: Table) -> Iterator[Way]:
    """Every total is the sum of the topmost rows, or of those since the total before it (RULES A4, S3).

    Of the ways in which it may add up the first that holds; else the one with the smallest difference.
    A :func:`closing_row` is left out: what it adds up shows only beside the other tables.
    """
    rows, closing = total_rows(table), closing_row(table)
    lines = _Lines(table)
    for column in amount_columns(table) if rows else ():
        ways = _Ways(lines, column, rows)
        for position, total in enumerate(rows):
            if total is not closing and total.figures[column.name].state is not BLANK:
                best = _best(ways.of(position))
                if best is not None:
                    yield best


def closing_row(table: Table) -> Row | None:
    """The last row, where it is a second total right below the table's only one: it may count other tables too."""
    rows = total_rows(table)
    if len(rows) != 2 or not rows[0].index + 1 == rows[1].index == len(table.rows) - 1:
        return None
    return None if fold(rows[1].label).replace(" ", "").startswith("sub") else rows[1]


def total_options(table: Table, column: Column, total: Row) -> Iterator[Relation]:
    """The ways in which a total can add up, likeliest first."""
    rows = total_rows(table)
    for way in _Ways(_Lines(table), column, rows).of([row.index for row in rows].index(total.index)):
        yield way.relation()


class Way(NamedTuple):
    """A way in which a total may add up, and what is known of it before its relation is built.

    ``reached`` is None where a figure cannot be read; ``slack`` is how far it can be off by roundings at most.
    """

    reached: Decimal | None
    slack: Decimal
    target: Figure
    relation: Callable[[], Relation]
    lines: Callable[[], list[int]]
    """The sheet rows of its figures."""

    @property
    def surely(self) -> bool:
        """Whether it holds to the rupiah."""
        return self.reached is not None and self.target.value == self.reached

    @property
    def off(self) -> Decimal:
        """How far the total is from what it would add up to."""
        stated = self.target.value
        return _INFINITE if self.reached is None or stated is None else abs(self.reached - stated)

    @property
    def surely_not(self) -> bool:
        """Whether no rounding can make it hold."""
        return self.target.filled and self.reached is not None and self.off > self.slack + _slack(self.target)


def _best(ways: Iterator[Way]) -> Way | None:
    """The first way that holds; else the one with the smallest difference. None where there is none."""
    failed: list[Way] = []
    for way in ways:
        if way.surely or (not way.surely_not and holds(way.relation()) in (Holds.YES, Holds.DOUBTFUL)):
            return way
        failed.append(way)
    return min(failed, key=lambda way: way.off) if failed else None


def _slack(figure: Figure) -> Decimal:
    """More than an amount can be off by its rounding: none for whole rupiah."""
    return figure.unit if figure.finer or figure.unit > 1 else ZERO


class _Stretches:
    """The sums of any stretch of rows, of which a blank one counts as those below it."""

    def __init__(self, table: Table, column: Column, places: Sequence[int], below: Callable[[Row], list[Row]]) -> None:
        """``places`` are those of the rows in their table."""
        self._table, self._column, self._places, self._below = table, column, places, below
        holding = table.holding(column.name)
        self._has_blanks = BLANK in holding.states
        amounts: Iterable[Decimal] = map(holding.amounts.__getitem__, places)
        slack: Iterable[Decimal] = repeat(ZERO, len(places))
        unknown: Iterable[bool] = repeat(False, len(places))
        if not holding.states <= {NUMBER, NIL} or holding.finer or max(holding.units, default=ZERO) > 1:
            figures = [part.figure for part in self.terms]
            amounts = (figure.amount for figure in figures)
            slack = map(_slack, figures)
            unknown = (not figure.nil_or_filled for figure in figures)
        self._sums = list(accumulate(amounts, EXACT.add, initial=ZERO))
        self._slack = list(accumulate(slack, initial=ZERO))
        self._unknown = list(accumulate(unknown, initial=0))

    def lines(self, part: slice) -> list[int]:
        """The sheet rows of the figures of a stretch."""
        if self._has_blanks:
            return [term.figure.row for term in self.terms[part]]
        return [self._table.numbers[place] for place in self._places[part]]

    @cached_property
    def terms(self) -> list[Term]:
        """The figures of all rows."""
        return list(chain.from_iterable(self._parts))

    @cached_property
    def _parts(self) -> list[list[Term]]:
        """The figures of each row."""
        rows = map(self._table.rows.__getitem__, self._places)
        if self._has_blanks:
            return [list(addends(self._table, self._column, [row], self._below)) for row in rows]
        return [[term(self._table, self._column, row)] for row in rows]

    @cached_property
    def _begins(self) -> Sequence[int]:
        """How many figures stand before those of each row, and how many there are."""
        if self._has_blanks:
            return list(accumulate(map(len, self._parts), initial=0))
        return range(len(self._places) + 1)

    def between(self, after: int, before: int | None) -> slice:
        """The terms of the rows behind the row ``after`` and above the row ``before``."""
        last = len(self._places) if before is None else bisect_left(self._places, before)
        first = min(bisect_right(self._places, after), last)
        return slice(self._begins[first], self._begins[last])

    def sums(self, part: slice) -> tuple[Decimal | None, Decimal]:
        """What a stretch adds up to, None where a figure cannot be read, and how far it can be off."""
        first, last = part.start, part.stop
        unknown = self._unknown[last] > self._unknown[first]
        reached = None if unknown else EXACT.subtract(self._sums[last], self._sums[first])
        return reached, self._slack[last] - self._slack[first]


class _Lines:
    """The rows of a table as its totals may take them, the same for every column."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def groups(self) -> list[list[Row]]:
        """Named rows, each with those without a name that follow it: a second figure for the same thing."""
        groups: list[list[Row]] = []
        for row in self.table.rows:
            if row.level is Level.TOTAL:
                continue
            if row.label or not groups:
                groups.append([row])
            else:
                groups[-1].append(row)
        return groups

    @cached_property
    def firsts(self) -> list[Row]:
        """The first row of each group."""
        return [group[0] for group in self.groups]

    @cached_property
    def first_unnamed(self) -> int:
        """The first row without a name, by its place in the table; behind its end where all have names."""
        table = self.table
        if "" not in table.labels:
            return table.size
        pairs = enumerate(zip(table.levels, table.labels, strict=True))
        return next((at for at, (level, label) in pairs if level is not Level.TOTAL and not label), table.size)

    @cached_property
    def by_post(self) -> dict[str, list[int]]:
        """The topmost rows by the first two words of their names."""
        found: dict[str, list[int]] = {}
        for place in self.table.top:
            for word in dict.fromkeys(fold(self.table.labels[place]).split()[:2]):
                found.setdefault(word, []).append(place)
        return found


class _Ways:
    """The ways in which the totals of one column can add up."""

    def __init__(self, lines: _Lines, column: Column, rows: Sequence[Row]) -> None:
        self._lines, self._column, self._rows = lines, column, rows
        self._below = child_rows(lines.table)
        self._posts: dict[str, _Stretches] = {}

    def of(self, position: int) -> Iterator[Way]:
        """Those of the total at a position, likeliest first."""
        rows, total = self._rows, self._rows[position]
        if total.figures[self._column.name].from_merge:
            return
        if self._lines.first_unnamed < total.index:
            yield from self._unnamed(total)
        top = self._top
        above, every = top.between(-1, total.index), top.between(-1, None)
        since = top.between(rows[position - 1].index, total.index) if position else above
        is_last = position + 1 == len(rows)
        for part in (above, every, since) if is_last else (since, above, every):
            yield from self._way(total, top, part)
        if is_last and position:
            yield from self._way(total, self._totals, self._totals.between(-1, total.index))
        post = _POST.search(fold(total.label))
        if post is not None:
            named = self._of_post(post[1])
            yield from self._way(total, named, named.between(-1, total.index))

    def _unnamed(self, total: Row) -> Iterator[Way]:
        """Where rows without a name follow named ones: the last of each, or the first, if they add up to it."""
        firsts = self._firsts.between(-1, total.index)
        lasts = self._lasts.between(-1, total.index)
        begun = self._lines.groups[bisect_left(self._lines.firsts, total.index, key=lambda row: row.index) - 1]
        cut = [row for row in begun if row.index < total.index][-1:] if begun[-1].index > total.index else []
        for way in (*self._way(total, self._lasts, lasts, cut), *self._way(total, self._firsts, firsts)):
            if not way.surely_not and holds(way.relation()) is Holds.YES:
                yield way

    def _way(self, total: Row, rows: _Stretches, part: slice, more: Sequence[Row] = ()) -> Iterator[Way]:
        """A stretch as a way, with the figures of ``more`` rows behind it; nothing where no figure stands there."""
        others = list(addends(self._table, self._column, more, _no_rows))
        if part.start == part.stop and not others:
            return
        target = term(self._table, self._column, total)
        reached, slack = rows.sums(part)
        for other in others:
            known = reached is not None and other.figure.nil_or_filled
            reached = EXACT.add(reached, other.figure.amount) if known and reached is not None else None
            slack += _slack(other.figure)
        yield Way(
            reached,
            slack,
            target.figure,
            lambda: Relation(TOTAL, target, (*rows.terms[part], *others)),
            lambda: [target.figure.row, *rows.lines(part), *(other.figure.row for other in others)],
        )

    @property
    def _table(self) -> Table:
        return self._lines.table

    @cached_property
    def _top(self) -> _Stretches:
        return _Stretches(self._table, self._column, self._table.top, self._below)

    @cached_property
    def _totals(self) -> _Stretches:
        return _Stretches(self._table, self._column, [row.index for row in self._rows], self._below)

    @cached_property
    def _firsts(self) -> _Stretches:
        return _Stretches(self._table, self._column, [row.index for row in self._lines.firsts], _no_rows)

    @cached_property
    def _lasts(self) -> _Stretches:
        return _Stretches(self._table, self._column, [group[-1].index for group in self._lines.groups], _no_rows)

    def _of_post(self, post: str) -> _Stretches:
        """What a *Jumlah Belanja* adds up where pendapatan stands above as well: the posts of that name."""
        if post not in self._posts:
            places = self._lines.by_post.get(post, [])
            self._posts[post] = _Stretches(self._table, self._column, places, self._below)
        return self._posts[post]


def _no_rows(row: Row) -> list[Row]:
    return []
