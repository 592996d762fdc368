"""Reads expressions out of texts: a row of column numbers, a heading.

``parse`` is total: any text gives a declaration or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from xlaudit.arithmetic.expressions import Constant, Expression, Name, Negative, Operation, names_of, printed
from xlaudit.patterns import pattern

_LONGEST = 120
_TOKEN = pattern(r"\s*(\d+(?:[.,]\d+)*\s*%?|[a-z]|[-+*/()=])")
_SPELLED = str.maketrans(
    {"×": "*", "·": "*", "•": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "—": "-", "[": "(", "]": ")", "{": "(",
     "}": ")", "\u00a0": " "}
)  # fmt: skip
_COLUMN_WORD = pattern(r"\bkol(om)?\b\.?")
_TIMES = pattern(r"(?<![a-z][a-z])x(?![a-z][a-z])")
_THOUSANDS = pattern(r"\d{1,3}(\.\d{3})+")
_SHORT = pattern(r"0*(\d{1,2})")


class Declaration(NamedTuple):
    """What was declared of a column. ``target`` is its number or letter, empty where it is not repeated."""

    target: str
    expression: Expression

    def __str__(self) -> str:
        text = printed(self.expression)
        return f"{self.target}={text}" if self.target else text


@lru_cache(maxsize=1024)  # here and below: each heading is asked several times, and many workbooks have the same
def parse(text: str) -> Declaration | None:
    """The declaration that a text is, None where it is none or cannot be read in one way. Never raises."""
    tokens = _tokens(text)
    if not tokens:
        return None
    target, body = _target(tokens)
    if target is None:
        return None
    try:
        reader = _Reader(body)
        expression = reader.sum()
        if reader.rest():
            return None
    except _UnreadableError:
        return None
    return Declaration(target, expression) if names_of(expression) else None


@lru_cache(maxsize=1024)
def embedded(heading: str) -> Declaration | None:
    """The declaration within a heading, such as ``Sisa (3-4)`` or ``Capaian 5=4/3x100``; None where there is none.

    It names two columns at least and stands at the heading's end, or in parentheses of its own.
    """
    text = heading.strip()
    for start, sign in enumerate(text):
        if sign == "(" or (sign.isdigit() and "=" in text[start : start + 4] and not text[start - 1 : start].isdigit()):
            found = _joining(text[start:])
            if found is not None:
                return found
    for piece in _pieces(text):
        found = _joining(piece)
        if found is not None:
            return found
    return None


def _joining(text: str) -> Declaration | None:
    found = parse(text)
    return found if found is not None and len(names_of(found.expression)) > 1 else None


def _pieces(text: str) -> Iterator[str]:
    """The parts of a text in parentheses of their own, outermost ones."""
    depth = start = 0
    for place, sign in enumerate(text):
        if sign == "(":
            start = place if depth == 0 else start
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                yield text[start : place + 1]


def _tokens(text: str) -> list[str]:
    """The tokens of a text; none where something in it belongs to no declaration."""
    if len(text) > _LONGEST:
        return []
    plain = _TIMES.sub("*", _COLUMN_WORD.sub(" ", text.translate(_SPELLED).lower())).strip()
    tokens: list[str] = []
    place = 0
    while place < len(plain):
        match = _TOKEN.match(plain, place)
        if match is None or (match[1].isalpha() and plain[match.end() : match.end() + 1].isalnum()):
            return []
        tokens.append(match[1].replace(" ", ""))
        place = match.end()
    return tokens


def _target(tokens: list[str]) -> tuple[str | None, list[str]]:
    """The label before the sign ``=``, and what stands after it; None for the label where that is no label.

    ``(13 = (12/7x100))`` has its parenthesis around all of it, ``(12)=(8+9)`` around the number.
    """
    if "=" not in tokens:
        return "", tokens
    at = tokens.index("=")
    before, body = tokens[:at], tokens[at + 1 :]
    opened = before.count("(") - before.count(")")
    bare = [token for token in before if token not in "()"]
    label = _label(bare[0]) if len(bare) == 1 else None
    ways = (bare, ["(", *bare, ")"], ["(", *bare], ["(", "(", *bare, ")"])
    if "=" in body or before not in ways:
        return None, []
    if opened and body.count(")") > body.count("("):
        if body[-1] != ")":
            return None, []
        body = body[:-1]
    return label, body


def _label(token: str) -> str | None:
    """A column's number without leading zeros, or its letter; None for any other number."""
    short = _SHORT.fullmatch(token)
    return short[1] if short and len(token) <= 2 else token if token.isalpha() else None


class _UnreadableError(Exception):
    """The tokens are no expression."""


class _Reader:
    """Reads an expression by the usual rules: products before sums, from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def rest(self) -> bool:
        """Whether tokens are left."""
        return self._at < len(self._tokens)

    def sum(self) -> Expression:
        return self._chain("+-", self._product)

    def _product(self) -> Expression:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, part: Callable[[], Expression]) -> Expression:
        found = part()
        while self.rest() and self._tokens[self._at] in signs:
            sign = self._next()
            found = Operation(sign, found, part())
        return found

    def _factor(self) -> Expression:
        token = self._next()
        if token == "(":
            inner = self.sum()
            if self._next() != ")":
                raise _UnreadableError
            return inner
        if token == "-":
            return Negative(self._factor())
        label = _label(token)
        if label is not None:
            return Name(label)
        return _constant(token)

    def _next(self) -> str:
        if not self.rest():
            raise _UnreadableError
        self._at += 1
        return self._tokens[self._at - 1]


def _constant(token: str) -> Constant:
    if not token[:1].isdigit():
        raise _UnreadableError
    text = token.rstrip("%")
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if text.count(".") > 1:
        raise _UnreadableError
    return Constant(Fraction(text), token.endswith("%"))
