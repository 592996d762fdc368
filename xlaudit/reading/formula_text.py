"""Formulas understood (ECMA-376 Part 1, 18.17.2): from the text to a tree.

Formulas that differ only in the cells they name share one tree, so that a column of them is parsed once.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area, column_number
from xlaudit.patterns import pattern
from xlaudit.reading.formula_values import Fault, Unknown, Value, bounded
from xlaudit.reading.literals import number


class Reference(NamedTuple):
    """Cells that a formula names; ``sheet`` is None for its own sheet."""

    sheet: str | None
    area: Area


class Constant(NamedTuple):
    value: Value


class Slot(NamedTuple):
    """The place of a reference, counted from the left."""

    place: int


class Chain(NamedTuple):
    """Operators of the same rank, from left to right. In one node, however many: formulas add hundreds of cells."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


class Minus(NamedTuple):
    operand: Node


class Call(NamedTuple):
    """A function, its name in capitals; an argument left out between commas is a blank ``Constant``."""

    name: str
    arguments: tuple[Node, ...]


class Union(NamedTuple):
    """``(A1:A3,C1:C3)`` as one argument."""

    parts: tuple[Node, ...]


class Name(NamedTuple):
    """A defined name, as written."""

    text: str


class Span(NamedTuple):
    """``:`` between what only evaluation can tell: ``OFFSET(A1,1,0):B9``."""

    first: Node
    last: Node


Node = Constant | Slot | Chain | Minus | Call | Union | Name | Span


class Formula(NamedTuple):
    """A formula understood: its tree, and the references that belong into the slots."""

    tree: Node
    references: tuple[Reference, ...]


LONGEST = 8192
"""Characters of a formula that a spreadsheet accepts."""
_DEEPEST = 64
_TALLEST = 100
_SLOT = "\0"

_REFERENCE = pattern(
    r'"[^"]*"'  # a text: a doubled quote is two texts side by side
    # a colon beside it counts only where a function stands on its other side: the cell is then a corner
    r"|(?<![\w.$!\]'#@\\?])(?<![^)]:)(?:('(?:[^']|'')*'|[^\W\d][\w.]*)!)?(?:"
    r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?"
    r"|\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})"
    r"|\$?([0-9]{1,7}):\$?([0-9]{1,7})"
    r")(?![\w.(!\[#\\?])(?!:(?![A-Za-z_][\w.]*\())"
)
_TOKEN = pattern(
    r"\s*(?:(?P<slot>\0)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(?![\w.])"
    r'|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<fault>#(?:DIV/0!|VALUE!|REF!|NUM!|N/A|NAME\?|NULL!))"
    r"|(?P<name>[^\W\d][\w.]*)"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),:]))\s*"
)
_PLACES = (Slot, Call, Name, Span)
"""What may be a corner of a range."""
_RANKS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


def parse(text: str) -> Formula | None:
    """A formula without its ``=``, understood; None where it says more than this language has.

    That is: references to other files, through several sheets or to parts of tables, intersections,
    arrays, ``@`` and ``#``, and nesting deeper than 64 levels, as spreadsheets refuse it.
    """
    if len(text) > LONGEST:
        return None
    references: list[Reference] = []

    def slot(match: re.Match[str]) -> str:
        if match[0][0] == '"':
            return match[0]
        area = _area(match)
        if area is None:
            return match[0]
        sheet = match[1]
        if sheet is not None and sheet[0] == "'":
            sheet = sheet[1:-1].replace("''", "'")
        references.append(Reference(sheet, area))
        return _SLOT

    tree = _tree(_REFERENCE.sub(slot, text))
    return None if tree is None else Formula(tree, tuple(references))


def _area(match: re.Match[str]) -> Area | None:
    """The cells that a match names, corners put in order; None beyond the end of the sheet."""
    column, row, to_column, to_row, first, last, top, bottom = match.group(2, 3, 4, 5, 6, 7, 8, 9)
    try:
        if row and not to_row and 0 < int(row) <= MAX_ROWS:  # a single cell, as nearly all are
            place = column_number(column)
            return Area(int(row), place, int(row), place)
        columns = [column_number(letters) for letters in (column, to_column, first, last) if letters]
    except ValueError:
        return None
    rows = [int(digits) for digits in (row, to_row, top, bottom) if digits]
    columns, rows = columns or [1, MAX_COLUMNS], rows or [1, MAX_ROWS]
    if not 1 <= min(rows) <= max(rows) <= MAX_ROWS:
        return None
    return Area(min(rows), min(columns), max(rows), max(columns))


@lru_cache(maxsize=1024)
def _tree(shape: str) -> Node | None:
    """The tree of a formula whose references are already slots."""
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(shape):
        match = _TOKEN.match(shape, position)
        if match is None or match.lastgroup is None:
            return None
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    try:
        tree = _Parser(tokens).whole()
    except Unknown:
        return None
    return tree if _is_low(tree) else None


def _is_low(tree: Node) -> bool:
    """Whether no more nodes stand above one another than the evaluation may call itself deep.

    Level by level, without calling itself: a chain of colons is as deep as the formula is long.
    """
    level: list[Node] = [tree]
    for _ in range(_TALLEST):
        level = [below for node in level for below in _below(node)]
        if not level:
            return True
    return False


def _below(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Chain):
        return (node.first, *(operand for _, operand in node.rest))
    if isinstance(node, Minus):
        return (node.operand,)
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Union):
        return node.parts
    if isinstance(node, Span):
        return (node.first, node.last)
    return ()


class _Parser:
    """Recursive descent; raises ``Unknown`` at what it does not expect."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = [*tokens, ("end", "")]
        self._position = 0
        self._depth = 0
        self._slots = 0

    def whole(self) -> Node:
        node = self._expression(0)
        if self._tokens[self._position][0] != "end":
            raise Unknown
        return node

    def _expression(self, rank: int) -> Node:
        if rank == len(_RANKS):
            return self._operand()
        first = self._expression(rank + 1)
        rest: list[tuple[str, Node]] = []
        while (sign := self._next_sign(*_RANKS[rank])) is not None:
            rest.append((sign, self._expression(rank + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def _operand(self) -> Node:
        """A value with its signs, which bind tighter than ``^``, as spreadsheets have it: -2^2 is 4."""
        signs = 0
        negative = False
        while (sign := self._next_sign("-", "+")) is not None:
            negative ^= sign == "-"
            signs += sign == "-"
        node = self._reference()
        percents = 0
        while self._next_sign("%") is not None:
            percents += 1
        if percents:
            node = Chain(node, (("/", Constant(100)),) * percents)
        if signs:  # two of them still make a number of a text or a truth value
            node = Minus(node) if negative else Minus(Minus(node))
        return node

    def _reference(self) -> Node:
        node = self._primary()
        while self._next_sign(":") is not None:
            node = Span(node, self._primary())
            if not (isinstance(node.first, _PLACES) and isinstance(node.last, _PLACES)):
                raise Unknown
        return node

    def _primary(self) -> Node:
        kind, text = self._tokens[self._position]
        self._position += 1
        if kind == "slot":
            self._slots += 1
            return Slot(self._slots - 1)
        if kind == "number":
            return Constant(_exact(text))
        if kind == "text":
            return Constant(text[1:-1].replace('""', '"'))
        if kind == "fault":
            return Constant(Fault(text))
        if kind == "name":
            if self._next_sign("(") is not None:
                return Call(text.upper(), self._list(may_be_empty=True))
            if text.upper() in {"TRUE", "FALSE"}:
                return Constant(text.upper() == "TRUE")
            return Name(text)
        if text == "(" and kind == "sign":
            parts = self._list(may_be_empty=False)
            return parts[0] if len(parts) == 1 else Union(parts)
        raise Unknown

    def _list(self, may_be_empty: bool) -> tuple[Node, ...]:
        """What stands up to the closing parenthesis, which is taken along."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unknown
        nodes: list[Node] = []
        if not (may_be_empty and self._next_sign(")") is not None):
            while True:
                blank = may_be_empty and self._tokens[self._position] in {("sign", ","), ("sign", ")")}
                nodes.append(Constant(None) if blank else self._expression(0))
                if self._next_sign(")") is not None:
                    break
                if self._next_sign(",") is None:
                    raise Unknown
        self._depth -= 1
        return tuple(nodes)

    def _next_sign(self, *signs: str) -> str | None:
        kind, text = self._tokens[self._position]
        if kind != "sign" or text not in signs:
            return None
        self._position += 1
        return text


def _exact(text: str) -> int | Fraction:
    """A number written in a formula, at the 15 significant digits that a spreadsheet keeps of it."""
    value = number(text)
    if value is None:
        raise Unknown
    return bounded(Fraction(value))
