"""Rows that number the columns of a table, with the arithmetic that they declare: 1 2 3 4 (5) = (4/3) x 100 %."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from xlaudit.arithmetic import names_of, parse
from xlaudit.cells import Cell
from xlaudit.patterns import pattern

DECLARED = pattern(r"\(?\s*\(?\d{1,2}\)?\s*=.*")
_ORDINAL = pattern(r"\(?\s*(?:0?(\d{1,2})|([a-z]))\s*[).]?")
_FIRST_LETTERS = "abcd"
_MOST_SKIPPED = 12
"""So many numbers of a form may be left out where a row declares arithmetic, so that it is surely one of numbers."""


class Written(NamedTuple):
    """A declaration as it stands in a cell."""

    text: str
    cell: Cell


@dataclass(slots=True)
class Numbering:
    """What the numbers' row of a header says: each column's number or letter, and what is declared of it."""

    labels: dict[int, str] = field(default_factory=dict)
    declared: dict[int, Written] = field(default_factory=dict)

    def within(self, columns: Collection[int]) -> Numbering:
        """The part of it that is about some columns."""
        return Numbering(
            {column: label for column, label in self.labels.items() if column in columns},
            {column: text for column, text in self.declared.items() if column in columns},
        )


def labels_of(texts: Sequence[str]) -> list[str] | None:
    """The numbers or letters of a row's cells where they do nothing but number columns; None where they do not.

    A cell may declare arithmetic with its number (``6=4/5*100``), or without (``(4/3 x 100)``) after a numbered one.
    """
    labels: list[str] = []
    for text in texts:
        label = _label(text, labels[-1] if labels else "")
        if label is None:
            return None
        labels.append(label)
    numbers = [int(label) for label in labels if label.isdigit()]
    letters = [label for label in labels if label.isalpha()]
    if labels != [*map(str, numbers), *letters] or len(labels) < 2 or len(set(labels)) < 2:
        return None
    most = len(numbers) + (_MOST_SKIPPED if any("=" in text for text in texts) else 3)
    if numbers and not (_rises(numbers) and numbers[0] <= 2 and numbers[-1] <= most):
        return None
    if letters and not (_rises([ord(letter) for letter in letters]) and letters[0] in _FIRST_LETTERS):
        return None
    if letters and not numbers and ord(letters[-1]) - ord(letters[0]) != len(letters) - 1:
        return None
    return labels


def declares(text: str) -> bool:
    """Whether a cell of the numbers' row declares arithmetic, or tries to."""
    return "=" in text or ((found := parse(text)) is not None and len(names_of(found.expression)) > 1)


def _label(text: str, before: str) -> str | None:
    """The label of one cell; ``before`` is that of the cell to the left."""
    match = _ORDINAL.fullmatch(text.lower())
    if match is not None:
        return match[1] or match[2]
    if DECLARED.fullmatch(text):
        return str(int(re.findall(r"\d+", text)[0]))
    found = parse(text)
    if found is None or len(names_of(found.expression)) + bool(found.target) < 2:
        return None
    if found.target or not before or not text.startswith("("):
        return found.target or None
    return str(int(before) + 1) if before.isdigit() else chr(ord(before) + 1)


def _rises(numbers: Sequence[int]) -> bool:
    return all(a <= b for a, b in pairwise(numbers))
