"""Functions that choose cells by a criterion or a value: SUMIF, COUNTIF, VLOOKUP, MATCH, LOOKUP."""

from __future__ import annotations

import operator
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from xlaudit.cells import Area
from xlaudit.patterns import pattern
from xlaudit.reading.formula_scope import (
    Arguments,
    Cells,
    Function,
    Place,
    Range,
    mean,
    only_range,
    plain_number,
    total,
    value_at,
    whole,
)
from xlaudit.reading.formula_values import (
    MISSING,
    REFERENCE,
    VALUE,
    Failed,
    Fault,
    Number,
    Unknown,
    Value,
    as_truth,
    plain_text,
)
from xlaudit.reading.formula_wildcards import like

Match = Callable[[Value], bool]
_ORDERS: dict[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_LONG = 100
_CRITERION = pattern(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)


def _criterion(wanted: Value) -> Match:
    """The test that a criterion of COUNTIF and SUMIF stands for."""
    if isinstance(wanted, Fault) or wanted is None or wanted == "":
        raise Unknown
    if isinstance(wanted, bool):
        return lambda value: isinstance(value, bool) and value == wanted
    sign, operand = "=", wanted
    if isinstance(wanted, str):
        match = _CRITERION.fullmatch(wanted)
        assert match is not None
        sign, operand = match[1] or "=", match[2]
        if operand == "" and sign == "<>":
            return lambda value: value is not None
        if "*" in operand or "?" in operand:  # no number and no date in any language
            return _like(sign, operand)
        amount = plain_text(operand)
        if amount is None and (not operand or operand.upper() in {"TRUE", "FALSE"} or operand[0] in "#.,+-0123456789"):
            raise Unknown  # an error, a truth value, or decimals, whose sign depends on the language
        if amount is None:
            return _like(sign, operand)
        operand = amount
    assert not isinstance(operand, str)
    return partial(_compares, _ORDERS[sign], sign in {"=", "<>"}, sign == "<>", operand)


def _like(sign: str, text: str) -> Match:
    """Equal to a text, or not; which text comes first depends on the language."""
    if sign not in {"=", "<>"}:
        raise Unknown
    pattern = like(text)
    wanted = sign == "="
    return lambda value: (isinstance(value, str) and pattern.whole(value)) == wanted


def _compares(
    order: Callable[[Number, Number], bool], equality: bool, otherwise: bool, wanted: Number, value: Value
) -> bool:
    """Numbers in cells, and for equality also texts of plain digits, against the number of a criterion."""
    if isinstance(value, str) and equality:
        value = plain_text(value)
    if value is None or isinstance(value, (str, bool, Fault)):
        return otherwise
    return order(value, wanted)


class _Matching(NamedTuple):
    """The offsets at which all conditions hold: ``chosen``, or where that is None all but ``missed``."""

    chosen: frozenset[tuple[int, int]] | None
    missed: frozenset[tuple[int, int]]

    def holds(self, row: int, column: int) -> bool:
        return (row, column) not in self.missed if self.chosen is None else (row, column) in self.chosen


def _matching(cells: Cells, conditions: list[tuple[Range, Match]]) -> _Matching:
    """Looks at filled cells only: where blanks meet a condition, what does not meet it is remembered instead."""
    first = conditions[0][0].area
    chosen: frozenset[tuple[int, int]] | None = None
    missed: frozenset[tuple[int, int]] = frozenset()
    for (sheet, area), match in conditions:
        if _shape(area) != _shape(first):
            raise Failed(VALUE)
        blank = match(None)
        found = frozenset(
            (place.row - area.top, place.column - area.left)
            for place in _read(cells, Range(sheet, area))
            if match(place.value) != blank
        )
        if blank:
            missed |= found
        else:
            chosen = found if chosen is None else chosen & found
    return _Matching(None if chosen is None else chosen - missed, missed)


def _read(cells: Cells, area: Range) -> Iterator[Place]:
    """The cells of a range whose texts are compared one by one: long ones take their time."""
    for place in cells.places(area):
        if isinstance(place.value, str) and len(place.value) > _LONG:
            cells.charge(len(place.value) // _LONG)
        yield place


def _shape(area: Area) -> tuple[int, int]:
    return area.bottom - area.top, area.right - area.left


def _conditions(cells: Cells, arguments: Arguments) -> list[tuple[Range, Match]]:
    if len(arguments) % 2:
        raise Unknown
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    return [(only_range(cells, area), _criterion(cells.value(wanted))) for area, wanted in pairs]


def _count_if(cells: Cells, arguments: Arguments) -> Value:
    conditions = _conditions(cells, arguments)
    chosen, missed = _matching(cells, conditions)
    return conditions[0][0].area.size - len(missed) if chosen is None else len(chosen)


def _picked(cells: Cells, source: Range, conditions: list[tuple[Range, Match]]) -> Iterator[Number]:
    """The numbers of ``source`` at the offsets where the conditions hold."""
    matching = _matching(cells, conditions)
    height, width = _shape(conditions[0][0].area)
    top, left = source.area.top, source.area.left
    # the source is as large as the cells under condition, whatever its own size
    source = Range(source.sheet, Area(top, left, top + height, left + width))
    for place in cells.places(source):
        if matching.holds(place.row - top, place.column - left):
            if isinstance(place.value, Fault):
                raise Failed(place.value)
            number = plain_number(place.value)
            if number is not None:
                yield number


def _by_one_condition(reduce: Callable[[Iterator[Number]], Number]) -> Function:
    def function(cells: Cells, arguments: Arguments) -> Value:
        source = only_range(cells, arguments[2] if len(arguments) == 3 else arguments[0])
        return reduce(_picked(cells, source, _conditions(cells, arguments[:2])))

    return function


def _by_conditions(reduce: Callable[[Iterator[Number]], Number]) -> Function:
    def function(cells: Cells, arguments: Arguments) -> Value:
        source, conditions = only_range(cells, arguments[0]), _conditions(cells, arguments[1:])
        if _shape(source.area) != _shape(conditions[0][0].area):
            raise Failed(VALUE)
        return reduce(_picked(cells, source, conditions))

    return function


def _found(cells: Cells, wanted: Value, area: Range) -> Place:
    """The first cell equal to what is looked up; wildcards count, other kinds of value do not."""
    if wanted is None:
        raise Unknown
    pattern = like(wanted) if isinstance(wanted, str) else None
    for place in _read(cells, area):
        value = place.value
        if pattern is not None:
            if isinstance(value, str) and pattern.whole(value):
                return place
        elif isinstance(value, bool) == isinstance(wanted, bool) and not isinstance(value, str) and value == wanted:
            return place
    raise Failed(MISSING)


def _look_up(cells: Cells, arguments: Arguments) -> Value:
    sheet, area = only_range(cells, arguments[1])
    if as_truth(cells.value(arguments[3])):
        raise Unknown
    column = whole(cells, arguments, 2)
    if column < 1:
        raise Failed(VALUE)
    if column > area.right - area.left + 1:
        raise Failed(REFERENCE)
    first = Range(sheet, Area(area.top, area.left, area.bottom, area.left))
    row = _found(cells, cells.value(arguments[0]), first).row
    return value_at(cells, Range(sheet, Area(row, area.left + column - 1, row, area.left + column - 1)))


def _match(cells: Cells, arguments: Arguments) -> Value:
    """The place of a value, or of its neighbour in a row of numbers that rises (1) or falls (-1)."""
    area = only_range(cells, arguments[1])
    order = whole(cells, arguments, 2, 1)
    if area.area.top != area.area.bottom and area.area.left != area.area.right:
        raise Failed(MISSING)
    wanted = cells.value(arguments[0])
    if order:
        return 1 + _neighbour(cells, wanted, area, falling=order < 0)
    place = _found(cells, wanted, area)
    return place.row - area.area.top + place.column - area.area.left + 1


def _neighbour(cells: Cells, wanted: Value, area: Range, falling: bool = False) -> int:
    """How far into a single row or column stands the last number up to ``wanted``, or down to it in falling ones.

    ``Unknown`` for texts, whose order depends on the language, and where the numbers are in no order.
    """
    limit = plain_number(wanted)
    if limit is None:
        raise Unknown
    sign = -1 if falling else 1
    numbers: list[Number] = []
    steps: list[int] = []
    for row, column, value, _ in cells.places(area):
        if isinstance(value, Fault):
            raise Unknown
        number = plain_number(value)
        if number is not None:
            numbers.append(sign * number)
            steps.append(row - area.area.top + column - area.area.left)
    if any(before > after for before, after in pairwise(numbers)):
        raise Unknown
    end = bisect_right(numbers, sign * limit)
    if not end:
        raise Failed(MISSING)
    if falling and end > 1 and numbers[end - 2] == numbers[end - 1]:
        raise Unknown  # spreadsheets disagree which of two equal ones it is
    return steps[end - 1]


def _look_up_sorted(cells: Cells, arguments: Arguments) -> Value:
    """LOOKUP in a row or column and in another as long; of a table, in its first and its last."""
    sheet, area = only_range(cells, arguments[1])
    height, width = area.bottom - area.top + 1, area.right - area.left + 1
    if len(arguments) == 3:
        result_sheet, result = only_range(cells, arguments[2])
        if min(height, width) > 1 or min(_shape(result)) > 0 or result.size != area.size:
            raise Unknown
    elif width > height:
        result_sheet, result = sheet, Area(area.bottom, area.left, area.bottom, area.right)
        area = Area(area.top, area.left, area.top, area.right)
    else:
        result_sheet, result = sheet, Area(area.top, area.right, area.bottom, area.right)
        area = Area(area.top, area.left, area.bottom, area.left)
    steps = _neighbour(cells, cells.value(arguments[0]), Range(sheet, area))
    down, across = (0, steps) if result.top == result.bottom else (steps, 0)
    row, column = result.top + down, result.left + across
    return value_at(cells, Range(result_sheet, Area(row, column, row, column)))


LOOKUPS: dict[str, tuple[Function, int, int]] = {
    "COUNTIF": (_count_if, 2, 2),
    "COUNTIFS": (_count_if, 2, 254),
    "SUMIF": (_by_one_condition(total), 2, 3),
    "AVERAGEIF": (_by_one_condition(mean), 2, 3),
    "SUMIFS": (_by_conditions(total), 3, 255),
    "AVERAGEIFS": (_by_conditions(mean), 3, 255),
    "VLOOKUP": (_look_up, 4, 4),
    "LOOKUP": (_look_up_sorted, 2, 3),
    "MATCH": (_match, 2, 3),
}
"""Every function with the least and the most arguments that it takes."""
