"""What the functions of formulas see of a workbook, and how they take their arguments."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple, Protocol

from xlaudit.cells import Area, Cell
from xlaudit.reading.formula_text import Node
from xlaudit.reading.formula_values import Failed, Fault, Number, Unknown, Value, as_number, as_text, bounded, divide


class Range(NamedTuple):
    """Cells of the sheet at a position of ``Workbook.sheets``."""

    sheet: int
    area: Area


class Place(NamedTuple):
    """A cell that is not blank."""

    row: int
    column: int
    value: Value
    formula: str | None


class Cells(Protocol):
    """What functions see of the workbook. Errors come as ``Failed``, save from ``places``."""

    def value(self, node: Node) -> Value:
        """What a node is worth, a single one; ``Unknown`` for a range."""

    def ranges(self, node: Node) -> tuple[Range, ...]:
        """The cells that a node names, empty where it is no reference."""

    def places(self, area: Range) -> Iterator[Place]:
        """The cells of a range that are not blank, row by row; errors as ``Fault``."""

    def home(self) -> Cell:
        """The cell that the formula stands in."""

    def hidden(self, sheet: int) -> frozenset[int]:
        """The rows that do not show."""

    def charge(self, steps: int) -> None:
        """Raises ``Unknown`` where the workbook has asked for too much already."""


_FAR = 10_000_000
"""More than a sheet has rows."""

Arguments = tuple[Node, ...]
Function = Callable[[Cells, Arguments], Value]


def amount(cells: Cells, arguments: Arguments, place: int, default: Number = 0) -> Number:
    return as_number(cells.value(arguments[place])) if place < len(arguments) else default


def whole(cells: Cells, arguments: Arguments, place: int, default: int = 0) -> int:
    """A count or a number of digits, cut towards zero, at most so far from it that no more can matter."""
    return max(-_FAR, min(_FAR, math.trunc(amount(cells, arguments, place, default))))


def string(cells: Cells, arguments: Arguments, place: int = 0) -> str:
    return as_text(cells.value(arguments[place]))


def only_range(cells: Cells, node: Node) -> Range:
    ranges = cells.ranges(node)
    if len(ranges) != 1:
        raise Unknown
    return ranges[0]


def value_at(cells: Cells, area: Range) -> Value:
    """The value of a single cell."""
    if area.area.size != 1:
        raise Unknown
    for place in cells.places(area):
        if isinstance(place.value, Fault):
            raise Failed(place.value)
        return place.value
    return None


def plain_number(value: Value) -> Number | None:
    """The value if it is a number; truth values and texts are none."""
    return value if isinstance(value, (int, Fraction)) and not isinstance(value, bool) else None


def total(numbers: Iterator[Number]) -> Number:
    """The sum, 0 of no numbers."""
    result: Number = 0
    for number in numbers:
        result = bounded(result + number)
    return result


def mean(numbers: Iterator[Number]) -> Number:
    """The mean; of no numbers ``#DIV/0!``."""
    found = list(numbers)
    return divide(total(iter(found)), len(found))
