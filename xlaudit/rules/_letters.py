"""Grades in letters, from AA down to D, as scores of SAKIP print them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlaudit.patterns import pattern
from xlaudit.tables import Figure

BOUNDS = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30), ("D", 0))
"""Each letter with the score that it lies above, best first (RULES K10)."""
_RANKS = {letter: len(BOUNDS) - place for place, (letter, _) in enumerate(BOUNDS)}
_LETTER = pattern(r"(?<![A-Za-z])(AA|BB|CC|[ABCD])(?![A-Za-z])")
_FIGURE = pattern(r"\d+(?:[.,]\d+)?")


class Grade(NamedTuple):
    """A letter, higher ``rank`` being better; ``above``: what is meant is better than the letter (``>B``)."""

    letter: str
    rank: int
    above: bool = False


def grade_of(figure: Figure) -> Grade | None:
    """The one letter that a cell holds, alone or beside a score; None where it holds none, several or a sentence."""
    text = figure.text.strip()
    found = _LETTER.findall(text)
    left = _FIGURE.sub("", _LETTER.sub("", text)).replace("minimal", "").replace("min", "")
    if len(found) != 1 or any(char.isalpha() for char in left):
        return None
    return Grade(found[0], _RANKS[found[0]], text.startswith(">") and not text.startswith(">="))


def fits(letter: str, score: Decimal) -> bool:
    """Whether a score may bear a letter; on a bound both letters are right."""
    place = next(number for number, (name, _) in enumerate(BOUNDS) if name == letter)
    highest = Decimal(BOUNDS[place - 1][1]) if place else Decimal(100)
    return BOUNDS[place][1] <= score <= highest


def letter_of(score: Decimal) -> str:
    """The letter that a score bears."""
    return next((letter for letter, lower in BOUNDS if score > lower), "D")
