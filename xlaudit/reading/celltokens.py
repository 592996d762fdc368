"""Cell tokens: the one shape in which both ways of reading a sheet hand over rows and cells.

A token is what the groups of the plain pattern hold, all texts, absent ones empty:
``(letters, digits, style, kind, formula attributes, formula, has value, value, row, row attributes, end,
junk)``.
A cell has ``letters``; the start of a row has ``row``; its end has ``end``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xlaudit.patterns import pattern

Token = tuple[str, str, str, str, str, str, str, str, str, str, str, str]

ROW_END: Token = ("",) * 10 + ("/", "")

# Possessive quantifiers: every byte of the input is looked at a bounded number of times. A group with alternatives is
# atomic instead, for Python before 3.11.5 gets possessive ones wrong (python/cpython#106052).
_PATTERN = (
    r'<~c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"(?: s="([0-9]{1,9}+)")?+'
    r'(?: t="([A-Za-z]++)")?+(?: [cv]m="[0-9]++")*+'
    r'(?:/>|>(?>(?:<~f((?: [A-Za-z0-9]++="[^"<>&]*+")*+)(?:/>|>([^<]*+)</~f>))?)'
    r'(?>(?:<~v(?: xml:space="preserve")?+(>)([^<]*+)</~v>|<~v/>)?)</~c>)'
    r'|<~row r="([1-9][0-9]{0,6}+)"(?: spans="[0-9: ]*+")?+((?: [A-Za-z0-9:_.-]++="[^"<>&]*+")*+ ?/?+)>'
    r"|<(/)~row>|\s++|(.)"
)
_ATTRIBUTE = pattern(r'([A-Za-z0-9:_.-]+)="([^"<>&]*)"')


@lru_cache(maxsize=8)
def plain_pattern(prefix: str) -> re.Pattern[str]:
    """Finds the tokens of a sheet whose elements carry ``prefix``: ``""`` or such as ``x:``.

    Text that fits no token comes out as junk, one character at a time.
    """
    return re.compile(_PATTERN.replace("~", re.escape(prefix)), re.DOTALL)


@lru_cache(maxsize=4096)
def attributes(text: str) -> dict[str, str] | None:
    """The attributes of a tag written plainly; None where one comes twice or declares a namespace."""
    pairs = _ATTRIBUTE.findall(text)
    found = dict(pairs)
    if len(found) != len(pairs) or any(name.startswith("xmlns") for name in found):
        return None
    return found


def written(pairs: dict[str, str]) -> str:
    """Attributes in the form that :func:`attributes` reads, those with special characters left out."""
    return "".join(
        f' {name}="{value}"' for name, value in pairs.items() if _ATTRIBUTE.fullmatch(f'{name}="{value}"')
    )
