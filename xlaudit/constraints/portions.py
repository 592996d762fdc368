"""Portions: columns that print each row's amount as a percentage of one total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.amounts import Interval, quotient, ratio_meets
from xlaudit.constraints.items import item_rows
from xlaudit.relations import HUNDRED, ZERO, Mode, Relation, Term, spread, term, total_rows
from xlaudit.tables import NUMBER, Column, Measure, Table

PORTION = "RA108"
_FEWEST = 3
_MOST = 100
"""Rows of which each portion is a relation over all amounts; longer lists are held against their total only."""


class Portion(NamedTuple):
    """A percentage with the amount that it is a portion of the total of."""

    share: Term
    part: Term


class Portions(NamedTuple):
    """The portions of a column and the total that they are of.

    ``relations`` are told where that total is in the table: its row of totals, or the sum of its rows (``summed``).
    Else ``total`` is what at least two thirds of the portions have in common, ``agreeing`` those; both are empty where
    nothing tells the total.
    """

    portions: tuple[Portion, ...]
    relations: tuple[Relation, ...] = ()
    summed: bool = False
    total: Decimal | None = None
    agreeing: tuple[Portion, ...] = ()


def portions(table: Table, mode: Mode) -> Iterator[Portions]:
    """The columns of portions that a table has, each with the total that its figures go by."""
    for column in table.by_role("persen_dari_total"):
        amounts = [c for role in ("pagu", "jumlah", "realisasi") for c in table.wholes(role)]
        amounts = [c for c in amounts if c.measure is Measure.AMOUNT]
        if amounts:
            found = _of_column(table, column, amounts[0], mode)
            if found.portions:
                yield found


def _of_column(table: Table, column: Column, part: Column, mode: Mode) -> Portions:
    every = (Portion(term(table, column, row), term(table, part, row)) for row in item_rows(table))
    told = tuple(one for one in every if one.share.figure.filled and one.part.figure.filled)
    total = next((row for row in reversed(total_rows(table)) if row.figures[part.name].state is NUMBER), None)
    if total is not None:
        whole = term(table, part, total)
        agree = [meets(one, Interval.point(whole.figure.amount), mode) for one in told]
        if told and sum(agree) * 2 >= len(agree):
            own = (Portion(term(table, column, total), whole),) if total.figures[column.name].filled else ()
            return Portions(told, tuple(_relation(one, (whole,)) for one in (*told, *own)))
    return _without_total(told, mode)


def _relation(one: Portion, whole: Sequence[Term]) -> Relation:
    return Relation(PORTION, one.share, (one.part,), whole[0], HUNDRED, rest=tuple(whole[1:]))


def meets(one: Portion, total: Interval, mode: Mode) -> bool:
    """Whether a portion is that of its amount in a total."""
    part = Interval.point(one.part.figure.amount)
    return any(ratio_meets(spread(one.share, mode, stored), part, total, HUNDRED) is True for stored in (True, False))


def _without_total(told: tuple[Portion, ...], mode: Mode) -> Portions:
    """The portions of the sum of all rows, or of the total that most of them have in common."""
    top = tuple(one for one in told if one.part.row.depth == 0)
    total = sum((one.part.figure.amount for one in top), ZERO)
    off = [one for one in told if not meets(one, Interval.point(total), mode)]
    summed = bool(total) and len(off) * 2 <= len(told)
    common = None if summed else _common(told, mode)
    if summed or (common is not None and _one_amount_is_wrong(top, common[1], mode)):
        whole = tuple(one.part for one in top)
        relations = tuple(_relation(one, whole) for one in told) if len(top) <= _MOST else ()
        if relations or summed:
            agreeing = tuple(one for one in told if one not in off) if common is None else common[1]
            return Portions(told, relations, True, total, agreeing)
    return Portions(told) if common is None else Portions(told, total=common[0], agreeing=common[1])


def _one_amount_is_wrong(top: tuple[Portion, ...], agreeing: tuple[Portion, ...], mode: Mode) -> bool:
    """Whether the list is complete but for one wrong amount: what it should be makes all other portions agree."""
    off = [one for one in top if one not in agreeing]
    if len(off) != 1 or len(top) <= _FEWEST:
        return False
    reach = spread(off[0].share, mode, stored=True)
    others = sum((one.part.figure.amount for one in top if one is not off[0]), ZERO)
    if reach.low < 0 or reach.high >= HUNDRED or others < 0:
        return False
    low, high = (quotient(others * HUNDRED, HUNDRED - edge, 0) for edge in (reach.low, reach.high))
    room = Interval(low, high)
    return all(meets(one, room, mode) for one in top if one is not off[0])


def _common(told: Sequence[Portion], mode: Mode) -> tuple[Decimal, tuple[Portion, ...]] | None:
    """The total that most of the portions have in common, from the finest of them; None where there is none."""
    best: tuple[Portion, ...] = ()
    found = ZERO
    for one in told:
        if not one.share.figure.amount:
            continue
        total = quotient(one.part.figure.amount * HUNDRED, one.share.figure.amount, 0)
        room = _totals(one, mode)
        agreeing = tuple(other for other in told if room is not None and meets(other, room, mode))
        if len(agreeing) > len(best):
            best, found = agreeing, total
    return (found, best) if len(best) >= _FEWEST and len(best) * 3 >= len(told) * 2 else None


def _totals(one: Portion, mode: Mode) -> Interval | None:
    """The totals of which a portion can be one, None where it is so small that any would do."""
    reach = spread(one.share, mode, stored=True)
    if reach.low <= 0 or one.part.figure.amount < 0:
        return None
    part = one.part.figure.amount * HUNDRED
    return Interval(quotient(part, reach.high, 0), quotient(part, reach.low, 0))
