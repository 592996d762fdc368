"""The hierarchy of a table: which row is a program, a kegiatan, a sub kegiatan, a total.

Several ways to tell the levels are tried (separate columns, codes, numbering, wording, formatting). Each gives
every row a depth or has no opinion. The one under which most sums hold is taken; where they tie, the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.reading.levelways import (
    PREFIXES,
    WAYS,
    Depths,
    RawRow,
    by_nested_codes,
    by_sums,
    looks_numbered,
    parents_of,
)
from xlaudit.reading.special import is_plain_mean, may_be_special, special_level
from xlaudit.schemas.words import fold
from xlaudit.tables import Level

_LOOKS = ("outline", "indent", "dashes", "bold", "capitals", "fill", "looks")
_NEAR = 10
"""A row over the programs is their total where it differs from their sum by less than a tenth."""
_SURE = 10
"""A way under which so many sums hold for each that does not is taken without trying the others."""

class Levels(NamedTuple):
    """The outcome: special rows by index, the depth of each other row, by which way, how well the sums fit."""

    special: dict[int, Level]
    depths: Depths
    way: str
    fit: int
    misfit: int
    rivals: tuple[str, ...] = ()


def assign(rows: Sequence[RawRow]) -> Levels:
    """The levels of a table's rows."""
    special = _special_rows(rows)
    levels = _levels(rows, special)
    if levels.way == "sums" and _is_unnamed_total(rows, levels.depths):
        return _levels(rows, {**special, 0: Level.TOTAL})
    last = len(rows) - 1
    if last < 2 or last in special or rows[last].number or rows[last].code or Level.TOTAL in special.values():
        return levels
    other = _levels(rows, {**special, last: Level.TOTAL})
    return other if _adds_up_all(rows, other.depths, last) else levels


def _is_unnamed_total(rows: Sequence[RawRow], depths: Depths) -> bool:
    """Whether the first row is the sum of all others and says neither what level it is nor a number."""
    first = rows[0]
    lonely = [index for index, depth in enumerate(depths) if depth == 0] == [0] and None not in depths
    return lonely and not (first.code or first.number) and not any(p.match(fold(first.label)) for p, _ in PREFIXES)


def _adds_up_all(rows: Sequence[RawRow], depths: Depths, last: int) -> bool:
    """Whether a last row without number is the sum of the topmost ones: a total that does not say so.

    In every amount column; where it has no name either, one column is proof enough.
    """
    top = [row for row, depth in zip(rows, depths, strict=True) if depth == 0]
    agreeing: list[bool] = []
    for column, stated in enumerate(rows[last].amounts):
        parts = [row.amounts[column] for row in top]
        if stated and all(part is not None for part in parts):
            agreeing.append(sum(part for part in parts if part is not None) == stated)
    if len(top) < 2 or not agreeing:
        return False
    return any(agreeing) if not rows[last].label else all(agreeing)


def _special_rows(rows: Sequence[RawRow]) -> dict[int, Level]:
    """The rows whose words or place make them no item."""
    special: dict[int, Level] = {}
    for index, row in enumerate(rows):
        worded = may_be_special(row.label) or (row.number and may_be_special(row.number))
        if row.filled and not worded:
            continue
        level = None
        if worded:
            has_amount = any(amount is not None for amount in row.amounts)
            seen = Level.TOTAL in special.values()
            level = special_level(row.label, has_amount, seen) or special_level(row.number, has_amount, seen)
        if level is Level.MEAN and row.measured and not is_plain_mean(row.label):
            level = None
        if level is None and not row.filled and not (row.code or row.number):
            level = Level.NOTE
        if level is Level.DETAIL and row.code and _goes_below(rows, index):
            level = None
        numbered_total = level is Level.TOTAL and (row.code or looks_numbered(row.number))
        if level is not None and not numbered_total and (level is not Level.NOTE or not row.numeric):
            special[index] = level
    if 0 not in special and _heads_the_programs(rows):
        special[0] = Level.TOTAL
    return special


def _goes_below(rows: Sequence[RawRow], index: int) -> bool:
    """Whether the next row's code goes on from that of a row: then it stands over others (Surplus over its parts)."""
    return index + 1 < len(rows) and rows[index + 1].code.startswith(f"{rows[index].code.rstrip('.')}.")


def _levels(rows: Sequence[RawRow], special: dict[int, Level]) -> Levels:
    """The way of telling levels under which most sums hold."""
    plain = [index for index in range(len(rows)) if index not in special]
    nested = by_nested_codes([rows[index] for index in plain])
    if nested is not None:
        depths = _spread(nested, plain, len(rows))
        return Levels(special, depths, "code", *sum_fit(rows, depths))
    tried: list[tuple[int, int, int, str, Depths]] = []
    for rank, (way, tell) in enumerate(WAYS):
        told = tell([rows[index] for index in plain])
        if told is None:
            continue
        depths = _spread(told, plain, len(rows))
        fit, misfit = sum_fit(rows, depths)
        if misfit >= fit and _is_weak(way, [rows[index] for index in plain]):
            continue
        tried.append((misfit - fit, rank, fit, way, depths))
        if fit > misfit * _SURE and way not in _LOOKS:
            break
    if not tried or min(tried, key=lambda t: (t[0], t[1]))[0] > 0:
        told = by_sums([rows[index] for index in plain])
        if told is not None and not _total_wants_flat(rows, special, told):
            depths = _spread(told, plain, len(rows))
            return Levels(special, depths, "sums", *sum_fit(rows, depths), tuple(t[3] for t in tried))
    if not tried:
        flat: Depths = [None if index in special else 0 for index in range(len(rows))]
        return Levels(special, flat, "flat", *sum_fit(rows, flat))
    _, _, fit, way, depths = min(tried, key=lambda t: (t[0], t[1]))
    misfit = min(tried, key=lambda t: (t[0], t[1]))[0] + fit
    rivals = tuple(t[3] for t in tried if t[4] != depths)
    return Levels(special, depths, way, fit, misfit, rivals)


def _total_wants_flat(rows: Sequence[RawRow], special: Mapping[int, Level], told: Depths) -> bool:
    """Whether the only total is the sum of all rows in more columns than it is the sum of those that sums put on top.

    Two rows may add up to the one above them by chance; that all rows add up to what is called their total is none.
    """
    totals = [index for index, level in special.items() if level is Level.TOTAL]
    if len(totals) != 1:
        return False
    plain = [index for index in range(len(rows)) if index not in special]
    top = [index for index, depth in zip(plain, told, strict=True) if depth == 0]
    return _agreeing(rows, totals[0], plain) > _agreeing(rows, totals[0], top)


def _agreeing(rows: Sequence[RawRow], total: int, parts: Sequence[int]) -> int:
    """In how many amount columns some rows add up to a total."""
    return sum(
        1
        for column, stated in enumerate(rows[total].amounts)
        if stated and sum(rows[index].amounts[column] or Decimal(0) for index in parts) == stated
    )


def _spread(told: Depths, plain: list[int], count: int) -> Depths:
    """The depths of the plain rows among all rows."""
    depths: Depths = [None] * count
    for index, depth in zip(plain, told, strict=True):
        depths[index] = depth
    return depths


def _is_weak(way: str, rows: Sequence[RawRow]) -> bool:
    """Whether a way proves little by itself: looks, and numbers that many rows lack. It needs sums that hold."""
    return way in _LOOKS or (way == "numbering" and not all(row.number for row in rows))


def _heads_the_programs(rows: Sequence[RawRow]) -> bool:
    """Whether the first row is the office's own total above its programs, without the word (Dinas Sosial).

    Its first amount is near what the programs add up to: a slip may spoil it.
    """
    first = rows[0] if rows else None
    if first is None or first.code or first.number or first.column_rank or not first.label or not first.amounts:
        return False
    programs = [row for row in rows if PREFIXES[0][0].match(fold(row.label))]
    if len(programs) < 2 or rows[1] is not programs[0]:
        return False
    parts = [row.amounts[0] or Decimal(0) for row in programs]
    own, reached = first.amounts[0] or Decimal(0), sum(parts)
    return own > max(parts) and abs(own - reached) * _NEAR <= reached


def sum_fit(rows: Sequence[RawRow], depths: Depths) -> tuple[int, int]:
    """How many parents are the sum of their children, and how many are not, over all amount columns."""
    parents = parents_of(depths)
    fit = misfit = 0
    for amounts in zip(*(row.amounts for row in rows), strict=True):
        sums: dict[int, Decimal | int] = {}
        for parent, amount in zip(parents, amounts, strict=True):
            if parent is not None and amount is not None:
                sums[parent] = sums.get(parent, 0) + amount
        stated = [(amounts[parent], own) for parent, own in sums.items() if amounts[parent] is not None]
        agreeing = sum(1 for amount, own in stated if amount == own)
        fit, misfit = fit + agreeing, misfit + len(stated) - agreeing
    return fit, misfit


def assign_as(rows: Sequence[RawRow], way: str, told: Mapping[int, int | Level]) -> Levels | None:
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
    return Levels(special, depths, "map" if told else levels.way, *sum_fit(rows, depths))


def _levels_by(rows: Sequence[RawRow], special: dict[int, Level], way: str) -> Levels | None:
    plain = [index for index in range(len(rows)) if index not in special]
    own = [rows[index] for index in plain]
    flat: Depths = [0] * len(own)
    depths = flat if way == "flat" else by_sums(own) if way == "sums" else dict(WAYS)[way](own)
    return None if depths is None else Levels(special, _spread(depths, plain, len(rows)), way, 0, 0)
