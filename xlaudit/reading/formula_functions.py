"""The functions that formulas of such tables call (ECMA-376 Part 1, 18.17.7), each as Excel has it.

A function gets its arguments unread, so that IF reads only the branch that counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from xlaudit.patterns import pattern
from xlaudit.reading.formula_lookup import LOOKUPS
from xlaudit.reading.formula_references import REFERENCES
from xlaudit.reading.formula_scope import (
    Arguments,
    Cells,
    Function,
    Range,
    amount,
    mean,
    only_range,
    plain_number,
    total,
    whole,
)
from xlaudit.reading.formula_strings import STRINGS
from xlaudit.reading.formula_text import Call, Chain, Minus, Node
from xlaudit.reading.formula_values import (
    DIVISION,
    MISSING,
    NUMBER,
    VALUE,
    Failed,
    Fault,
    Number,
    Unknown,
    Value,
    as_number,
    as_truth,
    bounded,
    divide,
    operate,
    power,
)

_SUBTOTAL = pattern(r"\s*SUBTOTAL\([^()]*\)\s*", re.IGNORECASE)
_MANY = 255


def call(cells: Cells, node: Call) -> Value:
    """What a function returns; ``Unknown`` for one that is not here or has another number of arguments."""
    function, least, most = _ALL.get(node.name) or (None, 0, 0)
    if function is None or not least <= len(node.arguments) <= most:
        raise Unknown
    return function(cells, node.arguments)


def _values(cells: Cells, arguments: Arguments) -> Iterator[tuple[Value, bool]]:
    """All values of the arguments, and for each whether it stands in a cell; blank cells are left out."""
    for node in arguments:
        ranges = cells.ranges(node)
        if ranges:
            for area in ranges:
                yield from ((place.value, True) for place in cells.places(area))
        else:
            yield cells.value(node), False


def _numbers(cells: Cells, arguments: Arguments) -> Iterator[Number]:
    """The numbers of the arguments. In cells, texts and truth values do not count; written out they do."""
    for value, in_cell in _values(cells, arguments):
        if isinstance(value, Fault):
            raise Failed(value)
        number = plain_number(value) if in_cell else as_number(value)
        if number is not None:
            yield number


def _product(numbers: Iterator[Number]) -> Number:
    result: Number | None = None
    for number in numbers:
        result = number if result is None else bounded(result * number)
    return result or 0


def _aggregate(reduce: Callable[[Iterator[Number]], Number]) -> Function:
    return lambda cells, arguments: reduce(_numbers(cells, arguments))


def _count(cells: Cells, arguments: Arguments) -> Value:
    """How many numbers there are; errors do not count."""
    count = 0
    for node in arguments:
        ranges = cells.ranges(node)
        if ranges:
            count += sum(plain_number(place.value) is not None for area in ranges for place in cells.places(area))
            continue
        try:
            as_number(cells.value(node))
            count += 1
        except Failed:
            continue
    return count


def _count_all(cells: Cells, arguments: Arguments) -> Value:
    count = 0
    for node in arguments:
        ranges = cells.ranges(node)
        count += sum(1 for area in ranges for _ in cells.places(area)) if ranges else 1
    return count


def _count_blank(cells: Cells, arguments: Arguments) -> Value:
    """Empty texts count as blank too."""
    area = only_range(cells, arguments[0])
    return area.area.size - sum(place.value != "" for place in cells.places(area))


def _ranked(from_above: bool) -> Function:
    """The number at a rank, counted from the largest or from the smallest."""

    def function(cells: Cells, arguments: Arguments) -> Value:
        rank = amount(cells, arguments, 1)
        if rank.denominator != 1:
            raise Unknown
        numbers = sorted(_numbers(cells, arguments[:1]), reverse=from_above)
        if not 1 <= rank <= len(numbers):
            raise Failed(NUMBER)
        return numbers[rank.numerator - 1]

    return function


_TOTALS: dict[int, Callable[[Iterator[Number]], Number]] = {
    1: mean,
    2: lambda numbers: sum(1 for _ in numbers),
    4: lambda numbers: max(numbers, default=0),
    5: lambda numbers: min(numbers, default=0),
    6: _product,
    9: total,
}


def _subtotal(cells: Cells, arguments: Arguments) -> Value:
    """Over cells that are no subtotals. Whether 9 passes over a hidden row depends on how it was hidden."""
    code = whole(cells, arguments, 0)
    kind = _TOTALS.get(code % 100)
    ranges = [area for node in arguments[1:] for area in cells.ranges(node)]
    if kind is None or code not in {code % 100, code % 100 + 100} or not all(map(cells.ranges, arguments[1:])):
        raise Unknown
    return kind(_visible(cells, ranges, hidden_count=code < 100))


def _visible(cells: Cells, ranges: list[Range], hidden_count: bool) -> Iterator[Number]:
    for area in ranges:
        hidden = cells.hidden(area.sheet)
        for row, _, value, formula in cells.places(area):
            if formula is not None and "SUBTOTAL(" in formula.upper():
                if not _SUBTOTAL.fullmatch(formula):
                    raise Unknown
                continue
            if row in hidden:
                if hidden_count:
                    raise Unknown
                continue
            if isinstance(value, Fault):
                raise Failed(value)
            number = plain_number(value)
            if number is not None:
                yield number


def _all_or_any(decide: Callable[[list[bool]], bool]) -> Function:
    def function(cells: Cells, arguments: Arguments) -> Value:
        truths: list[bool] = []
        for value, in_cell in _values(cells, arguments):
            if isinstance(value, Fault):
                raise Failed(value)
            if not (in_cell and isinstance(value, str)):
                truths.append(as_truth(value))
        if not truths:
            raise Failed(VALUE)
        return decide(truths)

    return function


def _if(cells: Cells, arguments: Arguments) -> Value:
    if as_truth(cells.value(arguments[0])):
        return cells.value(arguments[1])
    return cells.value(arguments[2]) if len(arguments) == 3 else False


def _choose(cells: Cells, arguments: Arguments) -> Value:
    place = whole(cells, arguments, 0)
    if not 0 < place < len(arguments):
        raise Failed(VALUE)
    return cells.value(arguments[place])


def _unless_failed(*faults: Fault) -> Function:
    """The first argument, or the second where the first is one of these errors (any, where none is named)."""

    def function(cells: Cells, arguments: Arguments) -> Value:
        try:
            return cells.value(arguments[0])
        except Failed as failed:
            if faults and failed.fault not in faults:
                raise
            return cells.value(arguments[1])

    return function


def _asks(answer: Callable[[Value], bool]) -> Function:
    """A question about a value, to which errors are values as well."""

    def function(cells: Cells, arguments: Arguments) -> Value:
        try:
            return answer(cells.value(arguments[0]))
        except Failed as failed:
            return answer(failed.fault)

    return function


def _round(way: Callable[[Number], int]) -> Function:
    """Rounds the size of a number, not its sign, to so many decimals; to tens and hundreds where negative."""

    def function(cells: Cells, arguments: Arguments) -> Value:
        number = amount(cells, arguments, 0)
        digits = max(-400, min(400, whole(cells, arguments, 1)))
        factor = 10 ** abs(digits)
        size = -number if number < 0 else number
        kept = way(size * factor) if digits >= 0 else way(divide(size, factor)) * factor
        result = divide(kept, factor) if digits > 0 else kept
        return bounded(-result if number < 0 else result)

    return function


def _abs(cells: Cells, arguments: Arguments) -> Value:
    number = amount(cells, arguments, 0)
    return -number if number < 0 else number


def _sign(cells: Cells, arguments: Arguments) -> Value:
    number = amount(cells, arguments, 0)
    return (number > 0) - (number < 0)


def _mod(cells: Cells, arguments: Arguments) -> Value:
    number, divisor = amount(cells, arguments, 0), amount(cells, arguments, 1)
    if not divisor:
        raise Failed(DIVISION)
    return bounded(number % divisor)


def _n(cells: Cells, arguments: Arguments) -> Value:
    value = cells.value(arguments[0])
    return 0 if isinstance(value, str) else as_number(value)


Grid = list[list[Value]]
_LARGEST_GRID = 200_000


def _sum_product(cells: Cells, arguments: Arguments) -> Value:
    """The only function here that reckons with whole ranges, cell by cell."""
    grids = [_grid(cells, node) for node in arguments]
    if len({(len(grid), len(grid[0])) for grid in grids}) > 1:
        raise Failed(VALUE)
    result: Number = 0
    for lines in zip(*grids, strict=True):
        for values in zip(*lines, strict=True):
            product: Number = 1
            for value in values:
                if isinstance(value, Fault):
                    raise Failed(value)
                product = bounded(product * (plain_number(value) or 0))
            result = bounded(result + product)
    return result


def _grid(cells: Cells, node: Node) -> Grid:
    """The values of a node, cell by cell; errors as ``Fault``."""
    if isinstance(node, Chain):
        grid = _grid(cells, node.first)
        for sign, operand in node.rest:
            grid = _paired(sign, grid, _grid(cells, operand))
        return grid
    if isinstance(node, Minus):
        return _paired("-", [[0]], _grid(cells, node.operand))
    ranges = cells.ranges(node)
    if not ranges:
        return [[cells.value(node)]]
    if len(ranges) > 1 or ranges[0].area.size > _LARGEST_GRID:
        raise Unknown
    area = ranges[0].area
    cells.charge(area.size)
    grid = [[None] * (area.right - area.left + 1) for _ in range(area.bottom - area.top + 1)]
    for row, column, value, _ in cells.places(ranges[0]):
        grid[row - area.top][column - area.left] = value
    return grid


def _paired(sign: str, left: Grid, right: Grid) -> Grid:
    """An operator between two grids of one shape, or between a grid and a single value."""
    height, width = max(len(left), len(right)), max(len(left[0]), len(right[0]))
    for grid in (left, right):
        if (len(grid), len(grid[0])) not in {(1, 1), (height, width)}:
            raise Unknown

    def at(grid: Grid, row: int, column: int) -> Value:
        return grid[0][0] if len(grid) == len(grid[0]) == 1 else grid[row][column]

    return [
        [_operated(sign, at(left, row, column), at(right, row, column)) for column in range(width)]
        for row in range(height)
    ]


def _operated(sign: str, left: Value, right: Value) -> Value:
    try:
        return operate(sign, left, right)
    except Failed as failed:
        return failed.fault


def _is_number(value: Value) -> bool:
    return plain_number(value) is not None


_FUNCTIONS: dict[str, tuple[Function, int, int]] = {
    "SUM": (_aggregate(total), 1, _MANY),
    "PRODUCT": (_aggregate(_product), 1, _MANY),
    "AVERAGE": (_aggregate(mean), 1, _MANY),
    "MIN": (_aggregate(_TOTALS[5]), 1, _MANY),
    "MAX": (_aggregate(_TOTALS[4]), 1, _MANY),
    "COUNT": (_count, 1, _MANY),
    "COUNTA": (_count_all, 1, _MANY),
    "COUNTBLANK": (_count_blank, 1, 1),
    "SMALL": (_ranked(from_above=False), 2, 2),
    "LARGE": (_ranked(from_above=True), 2, 2),
    "SUBTOTAL": (_subtotal, 2, _MANY),
    "SUMPRODUCT": (_sum_product, 1, _MANY),
    "AND": (_all_or_any(all), 1, _MANY),
    "OR": (_all_or_any(any), 1, _MANY),
    "NOT": (lambda cells, given: not as_truth(cells.value(given[0])), 1, 1),
    "TRUE": (lambda cells, given: True, 0, 0),
    "FALSE": (lambda cells, given: False, 0, 0),
    "IF": (_if, 2, 3),
    "IFERROR": (_unless_failed(), 2, 2),
    "_XLFN.IFNA": (_unless_failed(MISSING), 2, 2),
    "CHOOSE": (_choose, 2, _MANY),
    "ISERROR": (_asks(lambda value: isinstance(value, Fault)), 1, 1),
    "ISERR": (_asks(lambda value: isinstance(value, Fault) and value != MISSING), 1, 1),
    "ISNA": (_asks(lambda value: value == MISSING), 1, 1),
    "ISNUMBER": (_asks(_is_number), 1, 1),
    "ISTEXT": (_asks(lambda value: isinstance(value, str)), 1, 1),
    "ISBLANK": (_asks(lambda value: value is None), 1, 1),
    "ROUND": (_round(lambda size: math.floor(size * 2 + 1) // 2), 2, 2),
    "ROUNDUP": (_round(math.ceil), 2, 2),
    "ROUNDDOWN": (_round(math.floor), 2, 2),
    "TRUNC": (_round(math.floor), 1, 2),
    "INT": (lambda cells, given: math.floor(amount(cells, given, 0)), 1, 1),
    "ABS": (_abs, 1, 1),
    "SIGN": (_sign, 1, 1),
    "MOD": (_mod, 2, 2),
    "POWER": (lambda cells, given: power(amount(cells, given, 0), amount(cells, given, 1)), 2, 2),
    "N": (_n, 1, 1),
    "VALUE": (lambda cells, given: amount(cells, given, 0), 1, 1),
}
_ALL = _FUNCTIONS | LOOKUPS | REFERENCES | STRINGS
"""Every function with the least and the most arguments that it takes.

Files write those that Excel 2007 did not have with ``_xlfn.``; without it, Excel does not know them.
"""
