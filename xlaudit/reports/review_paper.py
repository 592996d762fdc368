"""How a sheet is printed on A4: upright if that stays readable, else across; how wide each of its columns is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from xlaudit.survey import Excerpt

_UPRIGHT, _ACROSS = 5270, 7740
"""Tenths of points between the margins."""
_SIZES = (85, 80, 75, 70, 65, 60, 55, 50, 45, 40, 35, 30)
"""Tenths of points."""
_READABLE = 65
"""Upright from this size on."""
_WORD = 18
"""A longer word is broken."""
_EASY = 24
"""Letters in a line with which a text reads easily: size is given up for them, down to what is readable."""
_TEXT = 40
"""No column asks for more letters in a line."""
_PADDING = 60
"""Tenths of points that a column takes beside its text."""
_BADGES = 4
"""Letters that the number of a finding takes beside a figure."""


class Paper(NamedTuple):
    """``size`` is a size of type in CSS, such as ``7.5pt``; ``shares`` are the widths of the columns, in hundredths of
    a percent of the table without the row numbers.
    """

    size: str
    landscape: bool
    shares: tuple[int, ...]


def paper(excerpt: Excerpt, columns: Sequence[int], marked: Collection[int] = ()) -> Paper:
    """The largest size of type with which these columns of a sheet stand beside each other.

    In ``marked`` columns figures stand beside the numbers of their findings.
    """
    least, wanted = dict.fromkeys(columns, 1), dict.fromkeys(columns, 1)
    merged = {(area.top, area.left) for area in excerpt.sheet.merges if area.right > area.left}
    for row, line in excerpt.sheet.cells.items():
        if row not in excerpt.near:
            continue
        alone = sum(1 for cell in line.values() if cell.text) == 1  # such as a title, which reaches over its neighbours
        for column, cell in line.items():
            if column not in least or (row, column) in merged or not cell.text:
                continue
            if cell.number and row not in excerpt.headings:
                least[column] = max(least[column], len(cell.text) + cell.bold + (_BADGES if column in marked else 0))
            elif not alone:
                least[column] = max(least[column], *(min(len(word), _WORD) + 1 for word in [*cell.text.split(), ""]))
                wanted[column] = max(wanted[column], min(len(cell.text), _TEXT))
    letters = sum(least.values())
    easy = sum(max(least[column], min(wanted[column], _EASY)) for column in columns)
    sizes = [
        (max(_largest(room, len(least), easy), min(_largest(room, len(least), letters), _READABLE)), across)
        for room, across in ((_UPRIGHT, False), (_ACROSS, True))
    ]
    size, landscape = sizes[0] if sizes[0][0] >= _READABLE else sizes[1]
    room = (_ACROSS if landscape else _UPRIGHT) - len(least) * _PADDING
    spare = max(room * 100 // (size * 62) - letters, 0)
    more = {column: max(wanted[column] - least[column], 0) for column in columns}
    some = sum(more.values()) or 1
    widths = [
        (least[column] + spare * more[column] // some) * size * 62 // 100 + _PADDING for column in columns
    ]
    shares = tuple(width * 10_000 // (sum(widths) or 1) for width in widths)
    return Paper(f"{size // 10}.{size % 10}pt", landscape, shares)


def _largest(room: int, columns: int, letters: int) -> int:
    """Of the sizes the largest that fits: a letter is about 0.62 of its size wide."""
    return next((size for size in _SIZES if columns * _PADDING + letters * size * 62 // 100 <= room), _SIZES[-1])
