"""Functions that choose cells by a criterion or a position: SUMIF, COUNTIF, VLOOKUP, MATCH, INDEX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from xlaudit.cells import Area
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
    compare,
    plain_text,
)

Match = Callable[[Value], bool]
_CRITERION = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)


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
        amount = plain_text(operand)
        if amount is None and (not operand or operand.upper() in {"TRUE", "FALSE"} or operand[0] in "#.,+-0123456789"):
            raise Unknown  # an error, a truth value, or decimals, whose sign depends on the language
        if amount is None:
            return _like(sign, operand)
        operand = amount
    return lambda value: _compares(value, sign, operand)


def _like(sign: str, text: str) -> Match:
    """Equal to a text, or not; which text comes first depends on the language."""
    if sign not in {"=", "<>"}:
        raise Unknown
    pattern = _wildcards(text)
    wanted = sign == "="
    return lambda value: (isinstance(value, str) and pattern(value)) == wanted


def _compares(value: Value, sign: str, wanted: Value) -> bool:
    """Numbers in cells, and for equality also texts of plain digits, against the number of a criterion."""
    if isinstance(value, str) and sign in {"=", "<>"}:
        value = plain_text(value)
    if value is None or isinstance(value, (str, bool, Fault)):
        return sign == "<>"
    return compare(sign, value, wanted)


def _wildcards(text: str) -> Callable[[str], bool]:
    pieces = re.findall(r"~[*?~]|[*?]|[^*?~]+|~", text.casefold())
    any_of = {"*": ".*", "?": ".", "~*": r"\*", "~?": r"\?", "~~": "~"}
    pattern = "".join(any_of.get(piece) or re.escape(piece) for piece in pieces)
    if pattern.count(".*") > 3:
        raise Unknown  # so many of them take too long to try
    full = re.compile(pattern, re.DOTALL).fullmatch
    return lambda value: full(value.casefold()) is not None


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
            for place in cells.places(Range(sheet, area))
            if match(place.value) != blank
        )
        if blank:
            missed |= found
        else:
            chosen = found if chosen is None else chosen & found
    return _Matching(None if chosen is None else chosen - missed, missed)


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
    like = _wildcards(wanted) if isinstance(wanted, str) else None
    for place in cells.places(area):
        value = place.value
        if like is not None:
            if isinstance(value, str) and like(value):
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
    area = only_range(cells, arguments[1])
    if whole(cells, arguments, 2) != 0:
        raise Unknown
    if area.area.top != area.area.bottom and area.area.left != area.area.right:
        raise Failed(MISSING)
    place = _found(cells, cells.value(arguments[0]), area)
    return place.row - area.area.top + place.column - area.area.left + 1


def index_range(cells: Cells, arguments: Arguments) -> Range:
    """The cell that INDEX names, a whole row or column where it is asked for number 0."""
    if not 2 <= len(arguments) <= 3:
        raise Unknown
    sheet, area = only_range(cells, arguments[0])
    row, column = whole(cells, arguments, 1), whole(cells, arguments, 2)
    if len(arguments) == 2 and area.top == area.bottom:
        row, column = 1, row
    elif len(arguments) == 2 and area.left != area.right:
        raise Unknown
    if row < 0 or column < 0:
        raise Failed(VALUE)
    if row > area.bottom - area.top + 1 or column > area.right - area.left + 1:
        raise Failed(REFERENCE)
    top, bottom = (area.top + row - 1,) * 2 if row else (area.top, area.bottom)
    left, right = (area.left + column - 1,) * 2 if column else (area.left, area.right)
    return Range(sheet, Area(top, left, bottom, right))


LOOKUPS: dict[str, tuple[Function, int, int]] = {
    "COUNTIF": (_count_if, 2, 2),
    "COUNTIFS": (_count_if, 2, 254),
    "SUMIF": (_by_one_condition(total), 2, 3),
    "AVERAGEIF": (_by_one_condition(mean), 2, 3),
    "SUMIFS": (_by_conditions(total), 3, 255),
    "AVERAGEIFS": (_by_conditions(mean), 3, 255),
    "VLOOKUP": (_look_up, 4, 4),
    "MATCH": (_match, 3, 3),
    "INDEX": (lambda cells, given: value_at(cells, index_range(cells, given)), 2, 3),
}
"""Every function with the least and the most arguments that it takes."""
