"""References in the R1C1 style, relative to their own cell, written in the A1 style."""

from __future__ import annotations

import re

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, letters
from xlaudit.patterns import pattern

_PLACE = r"(\[-?[0-9]{1,7}\]|[0-9]{1,7})?"
_TOKEN = pattern(
    r'"[^"]*"'  # text: a doubled quote is two texts side by side
    r"|'[^']*'"  # a quoted sheet name, likewise
    rf"|(?<![\w.\[\\])(?:R{_PLACE}C{_PLACE}|([RC]){_PLACE}(?::([RC]){_PLACE})?)(?![\w.\[(!\\])",
    re.IGNORECASE,
)
_LOST = "#REF!"


def a1_formula(formula: str, row: int, column: int) -> str:
    """The formula of the cell in that row and column (from 1), its texts and sheet names left as they are."""

    def written(match: re.Match[str]) -> str:
        if match[0][0] in "\"'":
            return match[0]
        axis, other = (match[3] or "").upper(), (match[5] or match[3] or "").upper()
        if not axis:
            across, down = _column(match[2], column), _row(match[1], row)
            return across + down if across and down else _LOST
        if axis != other:
            return match[0]
        second = match[6] if match[5] else match[4]
        ends = [_row(place, row) if axis == "R" else _column(place, column) for place in (match[4], second)]
        return ":".join(ends) if all(ends) else _LOST

    return _TOKEN.sub(written, formula)


def _number(place: str | None, own: int) -> tuple[int, bool]:
    """The row or column meant, and whether it moves with the cell."""
    if place is None:
        return own, True
    return (own + int(place[1:-1]), True) if place[0] == "[" else (int(place), False)


def _row(place: str | None, own: int) -> str:
    number, moves = _number(place, own)
    return f"{'' if moves else '$'}{number}" if 1 <= number <= MAX_ROWS else ""


def _column(place: str | None, own: int) -> str:
    number, moves = _number(place, own)
    return f"{'' if moves else '$'}{letters(number)}" if 1 <= number <= MAX_COLUMNS else ""
