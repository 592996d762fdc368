"""Texts with wildcards as criteria and look-ups take them: ``*``, ``?``, and ``~`` before one of the three."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xlaudit.patterns import pattern
from xlaudit.reading.formula_values import Unknown

LONGEST = 255
"""Characters of a criterion; spreadsheets disagree about longer ones."""
_PIECE = pattern(r"~[*?~]|[*?]|[^*?~]+|~")


@lru_cache(maxsize=1024)
def like(text: str) -> Pattern:
    """What a text with wildcards asks for; ``Unknown`` where it is too long."""
    if len(text) > LONGEST:
        raise Unknown
    return Pattern(text)


class _Stretch(NamedTuple):
    """What stands between two ``*``: so many characters, each given or any."""

    like: re.Pattern[str]
    length: int


class Pattern:
    """A text with wildcards; case does not count. Takes no longer for many ``*`` than for one.

    Between two ``*`` the first place that fits is the best one, so nothing is ever tried twice.
    """

    def __init__(self, text: str) -> None:
        stretches: list[list[str]] = [[]]
        for piece in _PIECE.findall(text.casefold()):
            if piece == "*":
                stretches.append([])
            else:
                stretches[-1].append(piece)
        self._stretches = [_stretch(pieces) for pieces in stretches]

    def whole(self, text: str) -> bool:
        """Whether all of a text is like this."""
        text = text.casefold()
        first, last = self._stretches[0], self._stretches[-1]
        if first is last:
            return first.like.fullmatch(text) is not None
        end = len(text) - last.length
        if first.length > end or first.like.match(text) is None or last.like.match(text, end) is None:
            return False
        position = first.length
        for stretch in self._stretches[1:-1]:
            found = stretch.like.search(text, position, end)
            if found is None:
                return False
            position = found.end()
        return True

    def first(self, text: str, start: int) -> int | None:
        """Where the first part like this begins, at ``start`` or behind it; None where there is none."""
        folded = text.casefold()
        if len(folded) != len(text):
            raise Unknown  # a letter that becomes two would shift what is counted
        place: int | None = None
        for stretch in self._stretches:
            found = stretch.like.search(folded, start)
            if found is None:
                return None
            place = found.start() if place is None else place
            start = found.end()
        return place


def _stretch(pieces: list[str]) -> _Stretch:
    plain = [piece[1:] if len(piece) > 1 and piece[0] == "~" else piece for piece in pieces]
    like = "".join("." if piece == "?" else re.escape(text) for piece, text in zip(pieces, plain, strict=True))
    return _Stretch(re.compile(like, re.DOTALL), sum(map(len, plain)))
