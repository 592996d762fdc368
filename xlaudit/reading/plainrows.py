"""Whole rows of plain cells in one match each: most rows of a large sheet have cells in the same few columns.

A pattern for single cells visits them one by one. Where the columns of a sheet are known from its first rows, one
match takes a row in, and what stands in a column can be made into cells for many rows at once. Where rows that follow
each other have cells of the same styles and kinds, too, their pattern spells these out and runs three times as fast.

To make such a pattern takes longer than a small sheet takes to be read. Those of layouts do for sheets of many kinds:
they know in which columns there are cells, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import ge, itemgetter
from typing import NamedTuple

from xlaudit.cells import column_number
from xlaudit.patterns import pattern
from xlaudit.reading.celltokens import Token
from xlaudit.reading.streamed import NotPlain

MOST_COLUMNS = 80
"""A row of more columns is seldom like the next one."""
PER_CELL = 5
"""So many groups stand for each column: style, kind, attributes of the formula, formula, value."""
_ROW_START = r'\s*+<~row r="([1-9][0-9]{0,6}+)"(?: spans="[0-9: ]*+")?+'
_ROW = _ROW_START + r'((?: [A-Za-z0-9:_.-]++="[^"<>&]*+")*+)>'
_CELL = (
    r'(?><~c r="@\1"(?: s="([0-9]{1,9}+)")?+(?: t="([A-Za-z]++)")?+'
    r'(?>/>|>(?><~f((?: [A-Za-z0-9]++="[^"<>&]*+")*+)(?>/>|>((?!=)[^<&]*+)</~f>)|)<~v>([^<&]++)</~v></~c>)|)'
)
_END = r"</~row>"
_REST = r"|((?s:.)+?(?:</~row>|\Z))"
_BLANK_CELL = r'(?><~c r="@\1"(?: s="[0-9]{1,9}+")?+(?: t="[A-Za-z]++")?+/>|)'
_FORMULA = r"<~f>((?!=)[^<&]++)</~f>"
_VALUE = r"<~v>([^<&]++)</~v></~c>"
_ALL_THAT_FOLLOWS = r"|((?s:.)++)"
_LAID_OUT = r'<~c r="@\1"([^<>]*+)>(?>(?<=/>)|#<~v>([^<&]++)</~v></~c>)'
_COMPUTED = r"(?:<~f([^<>]*+)>(?>(?<=/>)|((?!=)[^<&]*+)</~f>)|)"
_LOOK = pattern(r'(?: s="([0-9]{1,9}+)")?+(?: t="([A-Za-z]++)")?+(?: [cv]m="[0-9]++")*+/?+')
_TAG = pattern(r'((?: [A-Za-z0-9]++="[^"<>&]*+")*+)/?+')
_ENOUGH = 8
"""So many rows of the same form, one below the other, promise more of them."""


@lru_cache(maxsize=8)
def row_pattern(prefix: str, columns: Sequence[str]) -> re.Pattern[str]:
    """Matches rows whose cells stand in some of these ``columns``, in their order, and hold nothing but plain values.

    Its groups are number and attributes of the row, for each column ``PER_CELL`` of them, empty where it has no cell or
    a blank one, and last whatever is no such row, up to the next end of one: nothing of a text is passed over.
    """
    cells = "".join(_CELL.replace("@", letters) for letters in columns)
    return re.compile((_ROW + cells + _END + _REST).replace("~", re.escape(prefix)))


class Same(NamedTuple):
    """What the cells of a column have in common in rows of the same form. ``filled``: they have values."""

    filled: bool
    style: str
    kind: str
    formula: bool


Form = tuple[Same, ...]
"""One for each column."""


def form_of(more: Sequence[str], groups: Sequence[Sequence[str]]) -> Form | None:
    """The form of the last rows that :func:`row_pattern` found, whose groups these are; None where they differ."""
    if len(more) < _ENOUGH or any(more[-_ENOUGH:]):
        return None
    form: list[Same] = []
    for at in range(0, len(groups), PER_CELL):
        styles, kinds, tags, formulas, values = (group[-_ENOUGH:] for group in groups[at : at + PER_CELL])
        alike = len(set(styles)) == len(set(kinds)) == len(set(map(bool, formulas))) == 1 and not any(tags)
        if any(values) and not (alike and all(values)):
            return None
        form.append(Same(any(values), styles[0], kinds[0], bool(formulas[0])))
    return tuple(form)


@lru_cache(maxsize=64)
def form_pattern(prefix: str, columns: Sequence[str], form: Form) -> re.Pattern[str]:
    """Matches rows of one form among those that :func:`row_pattern` matches.

    Its groups are the number of the row, for each filled column its formulas, if it has any, and its values, and last
    all of a text from the first row on that is none.
    """
    cells = ""
    for letters, (filled, style, kind, formula) in zip(columns, form, strict=True):
        look = f' s="{style}"' * bool(style) + f' t="{kind}"' * bool(kind)
        own = rf'<~c r="@\1"{look}>' + _FORMULA * formula + _VALUE if filled else _BLANK_CELL
        cells += own.replace("@", letters)
    return re.compile((_ROW_START + ">" + cells + _END + _ALL_THAT_FOLLOWS).replace("~", re.escape(prefix)))


def as_groups(form: Form, found: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The groups of :func:`row_pattern`, but the last, for rows that a :func:`form_pattern` found."""
    told = iter([*zip(*found, strict=True)])
    count = len(found)
    nothing = ("",) * count
    groups = [next(told), nothing]
    for filled, style, kind, formula in form:
        written = next(told) if filled and formula else nothing
        groups += (style,) * count, (kind,) * count, nothing, written, next(told) if filled else nothing
    return list(groups)


class Layout(NamedTuple):
    """In which columns a row has cells, blank ones among them, and in which of those formulas."""

    columns: tuple[str, ...]
    computed: tuple[bool, ...]


def layout_of(tokens: Sequence[Token]) -> Layout | None:
    """That of the row whose tokens these are; None where it has no or too many cells, or has them in disorder."""
    cells = [token for token in tokens if token[0]]
    if not 0 < len(cells) <= MOST_COLUMNS:
        return None
    columns = tuple(letters for letters, *_ in cells)
    try:
        numbers = list(map(column_number, columns))
    except ValueError:
        return None
    if any(map(ge, numbers, numbers[1:])):
        return None
    return Layout(columns, tuple(bool(tag or formula) for _, _, _, _, tag, formula, *_ in cells))


@lru_cache(maxsize=64)
def layout_pattern(prefix: str, layout: Layout) -> re.Pattern[str]:
    """Matches rows of a layout among those that :func:`row_pattern` matches, and some whose attributes are not plain.

    Its groups are number and attributes of the row, for each column the attributes of its cell, those of the formula
    and the formula, if there may be one, and the value, and last whatever is no such row, as in :func:`row_pattern`.
    """
    cells = (
        _LAID_OUT.replace("@", letters).replace("#", _COMPUTED if computed else "")
        for letters, computed in zip(*layout, strict=True)
    )
    return re.compile((_ROW + "".join(cells) + _END + _REST).replace("~", re.escape(prefix)))


def heading_rows(layout: Layout, found: Sequence[Sequence[str]]) -> int:
    """How many of the rows that :func:`layout_pattern` found stand above the first that looks like the one amid them.

    The cells of a heading are of other kinds than those below it: apart from each other both are made faster.
    """
    sizes = [4 if computed else 2 for computed in layout.computed]
    looks = itemgetter(*accumulate(sizes[:-1], initial=2))
    usual = looks(found[len(found) // 2])
    return next(at for at, row in enumerate(found) if looks(row) == usual)


def from_layout(layout: Layout, groups: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The groups that :func:`row_pattern` has for each column, from those of :func:`layout_pattern`.

    Raises ``NotPlain`` where attributes are not.
    """
    told = iter(groups)
    nothing = ("",) * len(groups[0])
    found: list[Sequence[str]] = []
    for computed in layout.computed:
        found += _told(_LOOK, next(told))
        found += (*_told(_TAG, next(told)), next(told)) if computed else (nothing, nothing)
        found.append(next(told))
    return found


def _told(expression: re.Pattern[str], texts: Sequence[str]) -> list[Sequence[str]]:
    """The groups of an expression in each of some texts, of which there are few different ones."""
    known: dict[str, Sequence[str]] = {}
    for text in set(texts):
        match = expression.fullmatch(text)
        if match is None:
            raise NotPlain
        known[text] = match.groups("")
    if len(known) == 1:
        return [(group,) * len(texts) for group in known[texts[0]]]
    return [*zip(*map(known.__getitem__, texts), strict=True)]
