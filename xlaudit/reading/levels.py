"""The hierarchy of a table: which row is a program, a kegiatan, a sub kegiatan, a total.

Several ways to tell the levels are tried (separate columns, codes, numbering, wording, formatting). Each gives
every row a depth or has no opinion. The one under which most sums hold is taken; where they tie, the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from operator import is_not
from typing import Any, NamedTuple

from xlaudit.reading.levelways import (
    WAYS,
    Depths,
    Way,
    activity,
    by_code,
    by_sums,
    children_of,
    looks_numbered,
    parents_of,
)
from xlaudit.reading.rawcolumns import RawRows, picked
from xlaudit.reading.special import is_plain_mean, special_level, worded
from xlaudit.tables import NUMBER, Level, State

_LOOKS = ("outline", "indent", "dashes", "bold", "capitals", "fill", "looks")
_NEAR = 10
"""A row over the programs is their total where it differs from their sum by less than a tenth."""
_SURE = 10
"""A way under which so many sums hold for each that does not is taken without trying the others."""


class Levels(NamedTuple):
    """The outcome: special rows by index, the depth and the parent of each other row, the rows below each parent, by
    which way, how well the sums fit.

    ``off`` are the parents in each amount column that are not the sum of what is known of those below.
    """

    special: dict[int, Level]
    depths: Depths
    parents: list[int | None]
    children: dict[int, list[int]]
    way: str
    fit: int
    misfit: int
    off: dict[str, list[int]]
    rivals: tuple[str, ...] = ()
    nested: bool = False
    """Whether the code of each row goes on from that of its parent."""


def assign(rows: RawRows) -> Levels:
    """The levels of a table's rows."""
    special = _special_rows(rows)
    levels = _levels(rows, special)
    if levels.way == "sums" and _is_unnamed_total(rows, levels.depths):
        return _levels(rows, {**special, 0: Level.TOTAL})
    last = len(rows) - 1
    if last < 2 or last in special or rows.numbers[last] or rows.codes[last] or Level.TOTAL in special.values():
        return levels
    other = _levels(rows, {**special, last: Level.TOTAL})
    return other if _adds_up_all(rows, other.depths, last) else levels


def _is_unnamed_total(rows: RawRows, depths: Depths) -> bool:
    """Whether the first row is the sum of all others and says neither what level it is nor a number."""
    lonely = [index for index, depth in enumerate(depths) if depth == 0] == [0] and None not in depths
    said = rows.codes[0] or rows.numbers[0] or activity(rows.folded[0]) is not None
    return lonely and not said


def _adds_up_all(rows: RawRows, depths: Depths, last: int) -> bool:
    """Whether a last row without number is the sum of the topmost ones: a total that does not say so.

    In every amount column; where it has no name either, one column is proof enough.
    """
    top = [index for index, depth in enumerate(depths) if depth == 0]
    agreeing: list[bool] = []
    for column in rows.amounts.values():
        parts = [part for index in top if (part := column[index]) is not None]
        if column[last] and len(parts) == len(top):
            agreeing.append(sum(parts) == column[last])
    if len(top) < 2 or not agreeing:
        return False
    return any(agreeing) if not rows.labels[last] else all(agreeing)


def _special_rows(rows: RawRows) -> dict[int, Level]:
    """The rows whose words or place make them no item."""
    special: dict[int, Level] = {}
    blank, named = set(rows.blank()), worded(rows.labels) | worded(rows.numbers)
    for index in sorted(blank | named):
        level = None
        label, number, code = rows.labels[index], rows.numbers[index], rows.codes[index]
        if index in named:
            has_amount = any(column[index] is not None for column in rows.amounts.values())
            seen = Level.TOTAL in special.values()
            level = special_level(label, has_amount, seen) or special_level(number, has_amount, seen)
        if level is Level.MEAN and _has_number(rows.measured, index) and not is_plain_mean(label):
            level = None
        if level is None and index in blank and not (code or number):
            level = Level.NOTE
        if level is Level.DETAIL and code and _goes_below(rows, index):
            level = None
        numbered_total = level is Level.TOTAL and (code or looks_numbered(number))
        if level is not None and not numbered_total and (level is not Level.NOTE or not _has_number(rows.kinds, index)):
            special[index] = level
    if 0 not in special and _heads_the_programs(rows):
        special[0] = Level.TOTAL
    return special


def _has_number(kinds: Sequence[Sequence[State]], index: int) -> bool:
    return any(column[index] is NUMBER for column in kinds)


def _goes_below(rows: RawRows, index: int) -> bool:
    """Whether the next row's code goes on from that of a row: then it stands over others (Surplus over its parts)."""
    return index + 1 < len(rows) and rows.codes[index + 1].startswith(f"{rows.codes[index].rstrip('.')}.")


def _levels(rows: RawRows, special: dict[int, Level]) -> Levels:
    """The way of telling levels under which most sums hold."""
    plain = _plain(rows, special)
    told = by_code(rows, plain) if all(picked(rows.codes, plain)) else None
    if told is not None:
        nested = _told(rows, special, "code", told, plain)
        if _go_on(rows.codes, nested.children):
            return nested._replace(nested=True)
    tried: list[Levels] = []
    for way, tell in WAYS:
        told = tell(rows, plain)
        if told is None:
            continue
        levels = _told(rows, special, way, told, plain)
        if levels.misfit >= levels.fit and _is_weak(way, rows, plain):
            continue
        tried.append(levels)
        if levels.fit > levels.misfit * _SURE and way not in _LOOKS:
            break
    best = min(tried, key=lambda levels: levels.misfit - levels.fit, default=None)
    if best is None or best.misfit > best.fit:
        told = by_sums(rows, plain)
        if told is not None and not _total_wants_flat(rows, special, told):
            rivals = tuple(levels.way for levels in tried)
            return _told(rows, special, "sums", told, plain)._replace(rivals=rivals)
    if best is None:
        return _told(rows, special, "flat", [0] * len(plain), plain)
    return best._replace(rivals=tuple(levels.way for levels in tried if levels.depths != best.depths))


def _plain(rows: RawRows, special: Mapping[int, Level]) -> Sequence[int]:
    """The rows that are not special."""
    every = range(len(rows))
    return [index for index in every if index not in special] if special else every


def _told(rows: RawRows, special: dict[int, Level], way: str, told: Depths, plain: Sequence[int]) -> Levels:
    """The levels where the plain rows have these depths."""
    depths = told
    if len(plain) < len(rows):
        depths = [None] * len(rows)
        for index, depth in zip(plain, told, strict=True):
            depths[index] = depth
    return _levels_of(rows, special, way, depths)


def _levels_of(rows: RawRows, special: dict[int, Level], way: str, depths: Depths) -> Levels:
    """The levels where the rows have these depths."""
    parents = parents_of(depths)
    children = children_of(parents)
    return Levels(special, depths, parents, children, way, *_sum_fit(rows, children))


def _go_on(codes: Sequence[str], children: Mapping[int, Sequence[int]]) -> bool:
    """Whether the code of each row goes on from that of the row it stands under.

    Nothing else is asked then: a sub kegiatan need not call itself one, and a slip in a figure must not move it.
    """
    for parent, below in children.items():
        begun = f"{codes[parent]}.", f"{codes[parent]}-"
        for index in below:
            if not codes[index].startswith(begun):
                return False
    return bool(children)


def _total_wants_flat(rows: RawRows, special: Mapping[int, Level], told: Depths) -> bool:
    """Whether the only total is the sum of all rows in more columns than it is the sum of those that sums put on top.

    Two rows may add up to the one above them by chance; that all rows add up to what is called their total is none.
    """
    totals = [index for index, level in special.items() if level is Level.TOTAL]
    if len(totals) != 1:
        return False
    plain = _plain(rows, special)
    top = [index for index, depth in zip(plain, told, strict=True) if depth == 0]
    return _agreeing(rows, totals[0], plain) > _agreeing(rows, totals[0], top)


def _agreeing(rows: RawRows, total: int, parts: Sequence[int]) -> int:
    """In how many amount columns some rows add up to a total."""
    return sum(
        1
        for column in rows.amounts.values()
        if column[total] and sum(column[index] or Decimal(0) for index in parts) == column[total]
    )


def _is_weak(way: str, rows: RawRows, plain: Sequence[int]) -> bool:
    """Whether a way proves little by itself: looks, and numbers that many rows lack. It needs sums that hold."""
    return way in _LOOKS or (way == "numbering" and not all(picked(rows.numbers, plain)))


def _heads_the_programs(rows: RawRows) -> bool:
    """Whether the first row is the office's own total above its programs, without the word (Dinas Sosial).

    Its first amount is near what the programs add up to: a slip may spoil it.
    """
    if len(rows) < 2 or rows.codes[0] or rows.numbers[0] or rows.column_ranks[0] or not rows.labels[0]:
        return False
    if not rows.amounts or activity(rows.folded[0]) == 0 or activity(rows.folded[1]) != 0:
        return False
    amounts = next(iter(rows.amounts.values()))
    parts = [amounts[index] or Decimal(0) for index, label in enumerate(rows.folded) if activity(label) == 0]
    own, reached = amounts[0] or Decimal(0), sum(parts)
    return len(parts) > 1 and own > max(parts) and abs(own - reached) * _NEAR <= reached


def _sum_fit(rows: RawRows, children: Mapping[int, Sequence[int]]) -> tuple[int, int, dict[str, list[int]]]:
    """How many parents are the sum of their children, and how many are not, over all amount columns; and which."""
    asked = 0
    off: dict[str, list[int]] = {}
    for name, column in rows.amounts.items():
        stated = children if all(map(is_not, column, repeat(None))) else _stated(column, children)
        amount: Callable[[int], Any] = column.__getitem__
        off[name] = [parent for parent, below in stated.items() if sum(map(amount, below)) != amount(parent)]
        asked += len(stated)
    misfit = sum(map(len, off.values()))
    return asked - misfit, misfit, off


def _stated(column: Sequence[Decimal | None], children: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Of the parents and children those that have an amount in a column."""
    found = {
        parent: [index for index in below if column[index] is not None]
        for parent, below in children.items()
        if column[parent] is not None
    }
    return {parent: below for parent, below in found.items() if below}


def assign_as(rows: RawRows, way: str, told: Mapping[int, int | Level]) -> Levels | None:
    """The levels by one way (``auto`` for the best one), some rows' depth or nature told; None where the way tells
    nothing of these rows."""
    if way == "auto" and not told:
        return assign(rows)
    special = {index: level for index, level in _special_rows(rows).items() if index not in told}
    special |= {index: what for index, what in told.items() if isinstance(what, Level)}
    levels = _levels(rows, special) if way == "auto" else _levels_by(rows, special, way)
    if levels is None:
        return None
    depths = [what if isinstance(what := told.get(i), int) else depth for i, depth in enumerate(levels.depths)]
    return _levels_of(rows, special, "map" if told else levels.way, depths)


def _levels_by(rows: RawRows, special: dict[int, Level], way: str) -> Levels | None:
    plain = _plain(rows, special)
    ways: dict[str, Way] = {"flat": lambda _, places: [0] * len(places), "sums": by_sums, **dict(WAYS)}
    depths = ways[way](rows, plain)
    return None if depths is None else _told(rows, special, way, depths, plain)
