"""Functions of texts: LEFT, TRIM, SUBSTITUTE, FIND, SEARCH."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlaudit.reading.formula_scope import Arguments, Cells, Function, string, whole
from xlaudit.reading.formula_values import LONGEST_TEXT, VALUE, Failed, Unknown, Value
from xlaudit.reading.formula_wildcards import like

_MANY = 255
_LONGEST_LINK = 255


def _counted(cells: Cells, arguments: Arguments, place: int = 0) -> str:
    """A text whose characters are counted. Excel counts those beyond U+FFFF twice, others do not."""
    text = string(cells, arguments, place)
    if text and max(text) > "\uffff":
        raise Unknown
    return text


def _joined(cells: Cells, arguments: Arguments) -> Value:
    text = "".join(string(cells, arguments, place) for place in range(len(arguments)))
    if len(text) > LONGEST_TEXT:
        raise Failed(VALUE)
    return text


def _part(cut: Callable[[str, int], str]) -> Function:
    def function(cells: Cells, arguments: Arguments) -> Value:
        count = whole(cells, arguments, 1, 1)
        if count < 0:
            raise Failed(VALUE)
        return cut(_counted(cells, arguments), count)

    return function


def _mid(cells: Cells, arguments: Arguments) -> Value:
    start, count = whole(cells, arguments, 1), whole(cells, arguments, 2)
    if start < 1 or count < 0:
        raise Failed(VALUE)
    return _counted(cells, arguments)[start - 1 : start - 1 + count]


def _of_text(change: Callable[[str], Value]) -> Function:
    return lambda cells, arguments: change(string(cells, arguments))


def _substitute(cells: Cells, arguments: Arguments) -> Value:
    """A part of a text replaced everywhere, or where it stands for the given time."""
    text, old, new = (string(cells, arguments, place) for place in range(3))
    occasion = whole(cells, arguments, 3, 1)
    if occasion < 1:
        raise Failed(VALUE)
    count = text.count(old) if old else 0
    if len(arguments) == 4:
        if count < occasion:
            return text
        parts = text.split(old, occasion)
        text = old.join(parts[:-1]) + new + parts[-1]
    elif len(text) + count * (len(new) - len(old)) <= LONGEST_TEXT:  # before it is made: it could be huge
        text = text.replace(old, new) if old else text
    else:
        raise Failed(VALUE)
    if len(text) > LONGEST_TEXT:
        raise Failed(VALUE)
    return text


def _position(find: Callable[[str, str, int], int | None]) -> Function:
    """Where a text stands in another, counted from 1; ``#VALUE!`` where it does not."""

    def function(cells: Cells, arguments: Arguments) -> Value:
        wanted, text = _counted(cells, arguments, 0), _counted(cells, arguments, 1)
        start = whole(cells, arguments, 2, 1)
        place = find(wanted, text, start - 1) if 1 <= start <= len(text) + 1 else None
        if place is None:
            raise Failed(VALUE)
        return place + 1

    return function


def _exactly(wanted: str, text: str, start: int) -> int | None:
    place = text.find(wanted, start)
    return None if place < 0 else place


def _text_only(cells: Cells, arguments: Arguments) -> Value:
    value = cells.value(arguments[0])
    return value if isinstance(value, str) else ""


def _link(cells: Cells, arguments: Arguments) -> Value:
    """A link is worth what it shows."""
    target = string(cells, arguments)
    if len(target) > _LONGEST_LINK:
        raise Unknown
    return cells.value(arguments[1]) if len(arguments) == 2 else target


STRINGS: dict[str, tuple[Function, int, int]] = {
    "CONCATENATE": (_joined, 1, _MANY),
    "_XLFN.CONCAT": (_joined, 1, _MANY),
    "EXACT": (lambda cells, given: string(cells, given, 0) == string(cells, given, 1), 2, 2),
    "FIND": (_position(_exactly), 2, 3),
    "HYPERLINK": (_link, 1, 2),
    "LEFT": (_part(lambda text, count: text[:count]), 1, 2),
    "RIGHT": (_part(lambda text, count: text[max(len(text) - count, 0) :]), 1, 2),
    "MID": (_mid, 3, 3),
    "LEN": (lambda cells, given: len(_counted(cells, given)), 1, 1),
    "SEARCH": (_position(lambda wanted, text, start: like(wanted).first(text, start)), 2, 3),
    "SUBSTITUTE": (_substitute, 3, 4),
    "T": (_text_only, 1, 1),
    "TRIM": (_of_text(lambda text: re.sub(" +", " ", text).strip(" ")), 1, 1),
    "UPPER": (_of_text(str.upper), 1, 1),
    "LOWER": (_of_text(str.lower), 1, 1),
    "PROPER": (_of_text(str.title), 1, 1),
}
"""Every function with the least and the most arguments that it takes.

Files write those that Excel 2007 did not have with ``_xlfn.``; without it, Excel does not know them.
"""
