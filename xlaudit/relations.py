"""What must hold between the figures of a workbook: one definition for the rules and for the diagnosis.

Every relation has the form  target = factor · (sum of terms) / divisor,  each figure standing for the interval
that its printed digits leave open (XBRL Calculations 1.1 does the same for sums). Rules report the relations
that do not hold; the diagnosis looks for the cells that would make them hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NamedTuple

from xlaudit.amounts import EXACT, Interval, quotient, ratio_meets, sum_of, sum_verdict, unit_of
from xlaudit.tables import BLANK, NIL, NUMBER, OTHER, Column, Figure, Level, Measure, Row, Table

ONE = Decimal(1)
ZERO = Decimal(0)
HUNDRED = Decimal(100)
_add, _multiply = EXACT.add, EXACT.multiply


class Mode(Enum):
    """How a table prints its percentages."""

    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    MIXED = "mixed"


class Term(NamedTuple):
    """One figure in a relation, with the table it stands in and the factor it is multiplied by.

    ``point`` says that the figure counts exactly as it is printed, without an interval of rounding;
    ``divided`` that it came out of a division, so that whatever it measures it was rounded or cut off.
    """

    table: Table
    column: Column
    row: Row
    figure: Figure
    factor: Decimal = ONE
    point: bool = False
    divided: bool = False


class Relation(NamedTuple):
    """``rule`` is the code of the rule that reports it. ``over`` divides (a mean over so many terms).

    Declared arithmetic may add a ``constant`` to the terms and multiply their sum with one more figure, ``times``.
    The divisor of a share of a sum adds up further figures, ``rest``.
    """

    rule: str
    target: Term
    terms: tuple[Term, ...]
    divisor: Term | None = None
    factor: Decimal = ONE
    over: int = 1
    constant: Decimal = ZERO
    times: Term | None = None
    rest: tuple[Term, ...] = ()

    @property
    def members(self) -> tuple[Term, ...]:
        """Target, terms, the figure they are multiplied with, and divisor."""
        if self.times is None and not self.rest:
            return (self.target, *self.terms) if self.divisor is None else (self.target, *self.terms, self.divisor)
        return tuple(t for t in (self.target, *self.terms, self.times, self.divisor, *self.rest) if t is not None)

    def with_terms(self, change: Callable[[Term], Term]) -> Relation:
        """The same relation between other figures."""
        return Relation(  # every field named: _replace takes twice as long, and the diagnosis makes thousands
            self.rule,
            change(self.target),
            tuple(map(change, self.terms)),
            None if self.divisor is None else change(self.divisor),
            self.factor,
            self.over,
            self.constant,
            None if self.times is None else change(self.times),
            tuple(map(change, self.rest)) if self.rest else (),
        )


class Holds(Enum):
    """Whether a relation holds. ``DOUBTFUL``: only if all roundings conspire (RULES T2)."""

    YES = "yes"
    DOUBTFUL = "doubtful"
    NO = "no"
    ZERO_DIVISOR = "zero divisor"
    UNKNOWN = "unknown"


_YES, _DOUBTFUL, _NO = Holds.YES, Holds.DOUBTFUL, Holds.NO  # by names of their own, see ``tables.NUMBER``
_ZERO_DIVISOR, _UNKNOWN = Holds.ZERO_DIVISOR, Holds.UNKNOWN
_AMOUNT, _PERCENT = Measure.AMOUNT, Measure.PERCENT
_ROUNDED, _TRUNCATED = Mode.ROUNDED, Mode.TRUNCATED


def places_of(figure: Figure) -> int:
    """The decimals that a figure shows, negative for thousands and more."""
    return -figure.unit.adjusted()


def shown(figure: Figure) -> Decimal:
    """The value as the sheet shows it: rounded half up to the last digit shown."""
    assert figure.value is not None
    return figure.value.quantize(figure.unit, ROUND_HALF_UP) if figure.unit <= 1 else _to_unit(figure)


def _to_unit(figure: Figure) -> Decimal:
    assert figure.value is not None
    steps = EXACT.divide(figure.value, figure.unit) if figure.value % figure.unit == 0 else figure.value / figure.unit
    return steps.quantize(ONE, ROUND_HALF_UP) * figure.unit


def spread(term: Term, mode: Mode, stored: bool) -> Interval:
    """The values that a printed figure can stand for.

    ``stored`` takes a number cell at the digits it stores, else at the digits it shows. Amounts in whole
    rupiah are points, whichever way.
    """
    figure = term.figure
    if figure.value is None:
        return Interval.point(ZERO)
    if term.point:
        return Interval.point(figure.value if stored else shown(figure))
    finer = figure.finer
    if term.divided and not finer and term.column.measure is not _PERCENT:
        return Interval.either(figure.value, places_of(figure))
    if term.column.measure is _AMOUNT and figure.unit <= 1 and not (finer and not stored):
        return Interval.point(figure.value)
    if finer:
        return Interval.point(figure.value) if stored else Interval.rounded(shown(figure), places_of(figure))
    if term.column.measure is not _PERCENT or mode is _ROUNDED:
        return Interval.rounded(figure.value, places_of(figure))
    if mode is _TRUNCATED:
        return Interval.truncated(figure.value, places_of(figure))
    return Interval.either(figure.value, places_of(figure))


def holds(relation: Relation, mode: Mode = Mode.MIXED) -> Holds:
    """Whether the relation holds for the stored values, or else for the displayed ones (RULES T6)."""
    at_sight = _at_sight(relation, mode)
    if at_sight is not None:
        return at_sight
    verdict = _holds(relation, mode, stored=True)
    if verdict in (_YES, _ZERO_DIVISOR):
        return verdict
    again = _holds(relation, mode, stored=False)
    return again if again is not _NO or verdict is _NO else verdict


def _at_sight(relation: Relation, mode: Mode) -> Holds | None:
    """The verdict where a figure is missing, or where no thought for intervals is needed.

    The shortcut for the thousands that hold; just as exact, for figures of more digits than the default
    context carries are left to the long way. None where the long way has to decide.
    """
    target = relation.target.figure
    if target.state is not NUMBER and target.state is not NIL:
        return _UNKNOWN
    if relation.times is not None or relation.rest:
        return None if _are_known(relation.members[1:]) else _UNKNOWN
    total = relation.constant
    for part in relation.terms:
        figure = part.figure
        if figure.state is NUMBER:
            total += figure.value if part.factor is ONE else part.factor * figure.value  # type: ignore[operator]
        elif figure.state is not NIL:
            return _UNKNOWN
    divisor = relation.divisor
    if divisor is None:
        summed = relation.over == 1 and relation.factor is ONE and relation.target.column.measure is _AMOUNT
        if summed and total == target.amount:
            return _YES
        return _of_amounts(relation) if summed and _is_amount(relation.target) else None
    base = divisor.figure
    if base.state is not NUMBER:
        return None if base.state is NIL else _UNKNOWN
    return _YES if _ratio_at_sight(relation, total, mode) else _ratio_of_amounts(relation, mode)


def _ratio_at_sight(relation: Relation, total: Decimal, mode: Mode) -> bool:
    """Whether a printed percentage of few digits agrees with the ratio of two exact figures."""
    off, step = _off(relation, total)
    if step is None:
        return False
    if mode is _TRUNCATED:
        return 0 <= off < step and relation.target.figure.amount > 0
    return abs(off + off) < step


def _off(relation: Relation, total: Decimal) -> tuple[Decimal, Decimal | None]:
    """How far a ratio of two exact figures is off, and the size of the last digit, both times the divisor.

    The second is None where the figures are not that simple.
    """
    target, divisor = relation.target.figure, relation.divisor
    if divisor is None or target.finer or len(relation.terms) != 1 or relation.over != 1 or relation.constant:
        return ZERO, None
    stated, base = target.amount, divisor.figure.amount
    if base <= ZERO or stated < ZERO or stated.adjusted() > 6:
        return ZERO, None
    if not _is_point(relation.terms[0]) or not _is_point(divisor):
        return ZERO, None
    return relation.factor * total - stated * base, target.unit * base


def _of_amounts(relation: Relation) -> Holds | None:
    """Whether exact amounts add up to another one; None where others take part."""
    if not all(map(_is_amount, relation.terms)):
        return None
    return _YES if _exact_sum(relation) == relation.target.figure.amount else _NO


def _ratio_of_amounts(relation: Relation, mode: Mode) -> Holds | None:
    """Whether a percentage, zero or above, stands for the ratio of two exact amounts; None where it is another one."""
    target, divisor = relation.target, relation.divisor
    if divisor is None or len(relation.terms) != 1 or relation.over != 1 or relation.constant:
        return None
    if target.column.measure is not _PERCENT or target.figure.finer or target.figure.state is not NUMBER:
        return None
    stated, base = target.figure.amount, divisor.figure.amount
    if stated < ZERO or base <= ZERO or not (_is_amount(relation.terms[0]) and _is_amount(divisor)):
        return None
    off = EXACT.subtract(_multiply(relation.factor, _exact_sum(relation)), _multiply(stated, base))
    step = _multiply(unit_of(places_of(target.figure)), base)
    rounds = _add(off, off).copy_abs() <= step
    cuts = off.copy_abs() < step and (off >= ZERO or not stated)  # to nothing is cut off from either side
    if mode is _ROUNDED:
        return _YES if rounds else _NO
    return _YES if cuts or (mode is not _TRUNCATED and rounds) else _NO


def _are_known(terms: Iterable[Term]) -> bool:
    """Whether all figures are numbers, or dashes that stand for nothing."""
    for part in terms:
        state = part.figure.state
        if state is not NUMBER and state is not NIL:
            return False
    return True


def _exact_sum(relation: Relation) -> Decimal:
    total = relation.constant
    for part in relation.terms:
        amount = part.figure.amount
        total = _add(total, amount if part.factor is ONE else _multiply(part.factor, amount))
    return total


def _is_amount(term: Term) -> bool:
    """Whether a figure is an amount in whole rupiah or finer, which counts as it stands, whichever way it is read."""
    _, column, _, figure, _, point, divided = term
    exact = column.measure is _AMOUNT and figure.unit <= ONE and not figure.finer
    return exact and not point and not divided


def fits_both_ways(relation: Relation) -> tuple[bool, bool]:
    """Whether a percentage fits as rounded, and whether it fits as truncated."""
    return holds(relation, _ROUNDED) is _YES, holds(relation, _TRUNCATED) is _YES


def _is_point(term: Term) -> bool:
    figure = term.figure
    return not figure.finer and (term.point or (term.column.measure is _AMOUNT and figure.unit <= 1))


def _holds(relation: Relation, mode: Mode, stored: bool) -> Holds:
    target = spread(relation.target, mode, stored)
    reached = sum_of(
        part if term.factor == ONE else part.scaled(term.factor)
        for term in relation.terms
        for part in (spread(term, mode, stored),)
    )
    if relation.constant:
        reached = reached + Interval.point(relation.constant)
    if relation.times is not None:
        reached = reached * spread(relation.times, mode, stored)
    if relation.divisor is None and relation.over == 1:
        scaled = reached if relation.factor == ONE else reached.scaled(relation.factor)
        if not target.meets(scaled):
            return _NO
        return _conspiring(relation, target, scaled)
    divisor = Interval.point(Decimal(relation.over))
    if relation.divisor is not None:
        parts = (spread(part, mode, stored) for part in (relation.divisor, *relation.rest))
        divisor = sum_of(parts).scaled(Decimal(relation.over))
    met = ratio_meets(target, reached, divisor, relation.factor)
    return _ZERO_DIVISOR if met is None else _YES if met else _NO


def _conspiring(relation: Relation, target: Interval, reached: Interval) -> Holds:
    """A sum of rounded amounts may agree only if all roundings go the same way: that is doubtful."""
    if target.is_point and reached.is_point:
        return _YES
    unit = relation.target.figure.unit
    if any(term.figure.unit != unit and term.figure.value for term in relation.terms):
        return _YES
    verdict = sum_verdict(target.middle - reached.middle, len(relation.terms), unit)
    return _DOUBTFUL if verdict == "doubtful" else _YES


def computed(relation: Relation, places: int | None = None) -> Decimal | None:
    """What the target should be, from the values as printed; None where the divisor is 0 or a figure unknown.

    Rounded half up to ``places``, by default the decimals of the target.
    """
    if not _are_known(relation.members[1:]):
        return None
    total = _exact_sum(relation)
    if relation.times is not None:
        total = _multiply(total, relation.times.figure.amount)
    if relation.factor is not ONE:
        total = _multiply(total, relation.factor)
    divisor = ONE if relation.over == 1 else Decimal(relation.over)
    if relation.divisor is not None:
        base = sum((part.figure.amount for part in relation.rest), relation.divisor.figure.amount)
        divisor = _multiply(divisor, base)
    if divisor == ZERO:
        return None
    if divisor == ONE and places is None:
        return total
    return quotient(total, divisor, _places(relation.target) if places is None else places)


def _places(term: Term) -> int:
    return 2 if term.figure.value is None else max(places_of(term.figure), 0) or 2


def add_up(
    rule: str, table: Table, column: Column, parent: Row, rows: Iterable[Row], children: Callable[[Row], list[Row]]
) -> Relation | None:
    """The relation parent = sum of rows; a row left blank is replaced by the rows below it.

    None where no row below holds a figure, or the parent's own cell is covered by a merge.
    """
    target = _term(table, column, parent)
    parts = list(addends(table, column, rows, children))
    if target is None or not parts or target.figure.from_merge:
        return None
    return Relation(rule, target, tuple(parts))


def addends(table: Table, column: Column, rows: Iterable[Row], children: Callable[[Row], list[Row]]) -> Iterator[Term]:
    """The figures of rows; for a row left blank those of the rows below it."""
    for row in rows:
        term = _term(table, column, row)
        if term is not None and term.figure.state is not BLANK:
            yield term
        else:
            yield from addends(table, column, children(row), children)


def _term(table: Table, column: Column, row: Row, factor: Decimal = ONE, point: bool = False) -> Term | None:
    figure = row.figures.get(column.name)
    return None if figure is None else Term(table, column, row, figure, factor, point)


def term(table: Table, column: Column, row: Row, factor: Decimal = ONE, point: bool = False) -> Term:
    """A figure of a row as a term; ``KeyError`` where the row has none in that column."""
    return Term(table, column, row, row.figures[column.name], factor, point)


def partner(table: Table, column: Column, role: str) -> Column | None:
    """The column of a role that belongs with ``column``: same period, nearest, to the left where there is one.

    Parts belong to the same part; where none has its name, to the one at the same place among as many. None where
    all are parts and nothing tells which.
    """
    candidates = [c for c in table.by_role(role) if c.period == column.period or not c.period or not column.period]
    if len(candidates) < 2:  # as nearly always
        return candidates[0] if candidates else None
    same = [c for c in candidates if c.period == column.period] or candidates
    if any(c.part for c in same) and len(same) > 1:
        same = _of_part(table, column, same)
    leaf = _leaf(column)
    if leaf:
        same = [c for c in same if _leaf(c) == leaf] or same
    left = [c for c in same if c.column < column.column]
    if left:
        return left[-1]
    return same[0] if same else None


def _of_part(table: Table, column: Column, candidates: list[Column]) -> list[Column]:
    """Of columns that are parts those that belong with ``column``; none where nothing tells."""
    equal = [c for c in candidates if c.part == column.part]
    if equal:
        return equal
    beside = [c for c in table.by_role(column.role) if c.period == column.period and c.part]
    parts = [c for c in candidates if c.part]
    if column.part and len(beside) == len(parts) > 1:
        return [parts[beside.index(column)]]
    return [c for c in candidates if not c.part]


def _leaf(column: Column) -> str:
    """The lowest text of a heading of several rows; empty for a heading of one."""
    return column.header.rsplit(" · ", 1)[1].lower() if " · " in column.header else ""


def amount_columns(table: Table) -> list[Column]:
    """The columns whose figures add up over the levels: rupiah that are known to be some."""
    return [c for c in table.columns.values() if c.measure is _AMOUNT and c.role != OTHER]


def child_rows(table: Table) -> Callable[[Row], list[Row]]:
    """The function from a row to the rows right below it in the hierarchy."""
    return lambda row: [table.rows[index] for index in table.children.get(row.index, ())]


def total_rows(table: Table) -> list[Row]:
    """The rows that are a total, from top to bottom."""
    return table.rows_of(Level.TOTAL)
