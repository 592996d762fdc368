"""Whole rows of plain cells in one match each: most rows of a large sheet have cells in the same few columns.

A pattern for single cells visits them one by one. Where the columns of a sheet are known from its first rows, one
match takes a row in, and what stands in a column can be made into cells for many rows at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

PER_CELL = 5
"""So many groups stand for each column: style, kind, attributes of the formula, formula, value."""
_ROW = r'\s*+<~row r="([1-9][0-9]{0,6}+)"(?: spans="[0-9: ]*+")?+((?: [A-Za-z0-9:_.-]++="[^"<>&]*+")*+)>'
_CELL = (
    r'(?><~c r="@\1"(?: s="([0-9]{1,9}+)")?+(?: t="([A-Za-z]++)")?+'
    r'(?>/>|>(?><~f((?: [A-Za-z0-9]++="[^"<>&]*+")*+)(?>/>|>((?!=)[^<&]*+)</~f>)|)<~v>([^<&]++)</~v></~c>)|)'
)
_END = r"</~row>"
_REST = r"|((?s:.)+?(?:</~row>|\Z))"


@lru_cache(maxsize=8)
def row_pattern(prefix: str, columns: Sequence[str]) -> re.Pattern[str]:
    """Matches rows whose cells stand in some of these ``columns``, in their order, and hold nothing but plain values.

    Its groups are number and attributes of the row, for each column ``PER_CELL`` of them, empty where it has no cell or
    a blank one, and last whatever is no such row, up to the next end of one: nothing of a text is passed over.
    """
    cells = "".join(_CELL.replace("@", letters) for letters in columns)
    return re.compile((_ROW + cells + _END + _REST).replace("~", re.escape(prefix)))
