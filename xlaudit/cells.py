"""Addresses and ranges in A1 notation. Rows and columns count from 1, as Excel shows them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from xlaudit.patterns import pattern

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_A1 = pattern(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@cache
def letters(column: int) -> str:
    """The letters of a column: 1 -> A, 27 -> AA, 16384 -> XFD."""
    if not 1 <= column <= MAX_COLUMNS:
        raise ValueError(f"no such column: {column}")
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def column_number(text: str) -> int:
    """The number of a column given by its letters; ``ValueError`` beyond XFD."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COLUMNS:
        raise ValueError(f"no such column: {text}")
    return number


class Cell(NamedTuple):
    """The address of one cell on a sheet."""

    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{letters(self.column)}{self.row}"


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        top, left, bottom, right = self
        first = f"{letters(left)}{top}"
        return first if top == bottom and left == right else f"{first}:{letters(right)}{bottom}"

    @property
    def first(self) -> Cell:
        return Cell(self.top, self.left)

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        return not (
            self.bottom < other.top
            or other.bottom < self.top
            or self.right < other.left
            or other.right < self.left
        )

    def cells(self) -> Iterator[Cell]:
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield Cell(row, column)


@lru_cache(maxsize=4096)  # the same addresses come again in every small workbook
def parse_cell(text: str) -> Cell:
    """``B12`` or ``$B$12`` as a cell; ``ValueError`` where it is none."""
    match = _A1.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a cell address: {text!r}")
    row = int(match[2])
    if not 1 <= row <= MAX_ROWS:
        raise ValueError(f"no such row: {text!r}")
    return Cell(row, column_number(match[1]))


def parse_area(text: str) -> Area:
    """``A1:C9`` (or a single cell) as an area, corners put in order; ``ValueError`` where it is none."""
    first, _, last = text.partition(":")
    one = parse_cell(first)
    two = parse_cell(last) if last else one
    return Area(
        min(one.row, two.row), min(one.column, two.column), max(one.row, two.row), max(one.column, two.column)
    )
