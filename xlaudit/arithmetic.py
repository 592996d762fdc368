"""The arithmetic that offices declare between the columns of a table: ``6=4/5*100``, ``(c-d)``, ``5 = (4/3) x 100%``.

``parse`` is total: any text gives a declaration or None. Nothing here knows a table; which column a number means,
and whether it means a column at all, is told where the columns are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

_LONGEST = 120
_TOKEN = re.compile(r"\s*(\d+(?:[.,]\d+)*\s*%?|[a-z]|[-+*/()=])")
_SPELLED = str.maketrans(
    {"×": "*", "·": "*", "•": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "—": "-", "[": "(", "]": ")", "{": "(",
     "}": ")", "\u00a0": " "}
)  # fmt: skip
_COLUMN_WORD = re.compile(r"\bkol(om)?\b\.?")
_TIMES = re.compile(r"(?<![a-z][a-z])x(?![a-z][a-z])")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_SHORT = re.compile(r"0*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Name:
    """A column by its number or letter; a number may also be meant as such (the 2 of ``(4+7)/2``)."""

    label: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A plain number. ``percent``: written with a % sign, as in ``x 100%``."""

    number: Fraction
    percent: bool = False

    @property
    def value(self) -> Fraction:
        """What it counts for where percentages are in points: ``100%`` is the 100 that makes a ratio one."""
        return self.number / 100 if self.percent and self.number != 100 else self.number


@dataclass(frozen=True, slots=True)
class Negative:
    """The expression with the other sign."""

    of: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by one of ``+ - * /``."""

    sign: str
    left: Expression
    right: Expression


Expression = Name | Constant | Negative | Operation


class Declaration(NamedTuple):
    """What was declared of a column. ``target`` is its number or letter, empty where it is not repeated."""

    target: str
    expression: Expression

    def __str__(self) -> str:
        text = printed(self.expression)
        return f"{self.target}={text}" if self.target else text


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


def names_of(expression: Expression) -> tuple[str, ...]:
    """The labels in an expression, from left to right, each as often as it stands there."""
    match expression:
        case Name(label):
            return (label,)
        case Negative(of):
            return names_of(of)
        case Operation(_, left, right):
            return (*names_of(left), *names_of(right))
    return ()


def constants_in(expression: Expression) -> frozenset[Fraction]:
    """The plain numbers in an expression that can be no column's."""
    match expression:
        case Constant():
            return frozenset({expression.number})
        case Negative(of):
            return constants_in(of)
        case Operation(_, left, right):
            return constants_in(left) | constants_in(right)
    return frozenset()


def has_division(expression: Expression) -> bool:
    """Whether anything is divided in an expression."""
    match expression:
        case Negative(of):
            return has_division(of)
        case Operation(sign, left, right):
            return sign == "/" or has_division(left) or has_division(right)
    return False


def is_percentage(expression: Expression) -> bool:
    """Whether an expression divides and counts in hundredths."""
    return has_division(expression) and Fraction(100) in constants_in(expression)


def may_be_numbers(expression: Expression) -> frozenset[int]:
    """The places, counted as ``names_of`` does, of numbers that may be meant as such and not as a column's.

    These are 1 and 2, and what a sum is divided by where it has so many parts.
    """
    return frozenset(_numbers(expression, 0))


def _numbers(expression: Expression, place: int) -> Iterator[int]:
    match expression:
        case Name(label):
            if label in ("1", "2"):
                yield place
        case Negative(of):
            yield from _numbers(of, place)
        case Operation(sign, left, right):
            beside = place + len(names_of(left))
            yield from _numbers(left, place)
            yield from _numbers(right, beside)
            if sign == "/" and isinstance(right, Name) and right.label == str(_parts(left)):
                yield beside


def _parts(expression: Expression) -> int:
    """How many parts a sum has."""
    if isinstance(expression, Operation) and expression.sign in "+-":
        return _parts(expression.left) + _parts(expression.right)
    return 1


def printed(expression: Expression, called: Mapping[str, str] | None = None) -> str:
    """The expression as text, with no more parentheses than it needs; ``parse`` reads the same back.

    ``called`` gives names to print instead of labels; such a text is for people only.
    """
    match expression:
        case Name(label):
            return label if called is None else called.get(label, label)
        case Constant(number, percent):
            return f"{_decimal(number)}%" if percent else _decimal(number).rjust(3, "0")
        case Negative(of):
            return "-" + _within(of, 3, called)
        case Operation(sign, left, right):
            rank = _RANK[sign]
            space = "" if called is None else " "
            return f"{_within(left, rank, called)}{space}{sign}{space}{_within(right, rank + 1, called)}"


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def _within(part: Expression, rank: int, called: Mapping[str, str] | None) -> str:
    text = printed(part, called)
    own = _RANK[part.sign] if isinstance(part, Operation) else 0 if isinstance(part, Negative) else 9
    return f"({text})" if own < rank else text


def _decimal(number: Fraction) -> str:
    """A constant as it was typed: whole, or with a comma before its decimals."""
    if number.denominator == 1:
        return str(number.numerator)
    places = 1
    while (number * 10**places).denominator != 1:
        places += 1
    whole, rest = divmod(int(number * 10**places), 10**places)
    return f"{whole},{rest:0{places}}"


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


Product = tuple[str, ...]
"""Labels that are multiplied, in order; none for a constant."""


class Quotient(NamedTuple):
    """An expression as one sum of products over another: what it is whatever way it was written."""

    above: Mapping[Product, Fraction]
    below: Mapping[Product, Fraction]


_ONE: Mapping[Product, Fraction] = {(): Fraction(1)}


_MOST_PRODUCTS = 200
"""An expression that multiplies out to more is nobody's column formula."""


def quotient(expression: Expression, constants: frozenset[int] = frozenset()) -> Quotient | None:
    """An expression in its one form; None where it divides by nothing or multiplies out without end.

    ``constants`` are the places, counted as ``names_of`` does, of numbers that are meant as numbers.
    """
    made = _quotient(expression, iter(range(len(names_of(expression)))), constants)
    return None if made is None or not made.below else _reduced(made)


def _quotient(expression: Expression, places: Iterator[int], constants: frozenset[int]) -> Quotient | None:
    match expression:
        case Name(label):
            if next(places) in constants and label.isdigit():
                return Quotient(_scaled(_ONE, Fraction(label)), _ONE)
            return Quotient({(label,): Fraction(1)}, _ONE)
        case Constant():
            return Quotient(_scaled(_ONE, expression.value), _ONE)
        case Negative(of):
            inner = _quotient(of, places, constants)
            return None if inner is None else Quotient(_scaled(inner.above, Fraction(-1)), inner.below)
        case Operation(sign, left, right):
            one, two = _quotient(left, places, constants), _quotient(right, places, constants)
            return None if one is None or two is None else _joined(sign, one, two)


def _joined(sign: str, one: Quotient, two: Quotient) -> Quotient | None:
    if max(map(len, one)) * max(map(len, two)) > _MOST_PRODUCTS:
        return None
    if sign == "*":
        return Quotient(_times(one.above, two.above), _times(one.below, two.below))
    if sign == "/":
        return Quotient(_times(one.above, two.below), _times(one.below, two.above)) if two.above else None
    turned = _scaled(two.above, Fraction(-1)) if sign == "-" else two.above
    if one.below == two.below:
        return Quotient(_plus(one.above, turned), one.below)
    return Quotient(_plus(_times(one.above, two.below), _times(turned, one.below)), _times(one.below, two.below))


def _scaled(products: Mapping[Product, Fraction], factor: Fraction) -> Mapping[Product, Fraction]:
    return {product: times * factor for product, times in products.items() if times * factor}


def _plus(one: Mapping[Product, Fraction], two: Mapping[Product, Fraction]) -> Mapping[Product, Fraction]:
    total = dict(one)
    for product, times in two.items():
        total[product] = total.get(product, Fraction(0)) + times
    return {product: times for product, times in total.items() if times}


def _times(one: Mapping[Product, Fraction], two: Mapping[Product, Fraction]) -> Mapping[Product, Fraction]:
    total: Mapping[Product, Fraction] = {}
    for product, times in one.items():
        total = _plus(total, {tuple(sorted((*product, *other))): times * more for other, more in two.items()})
    return total


def _reduced(made: Quotient) -> Quotient:
    """Without the labels that stand in every product above and below, and with 1 as the first factor below."""
    above, below = dict(made.above), dict(made.below)
    for label in sorted({label for product in below for label in product}):
        while above and all(label in product for product in (*above, *below)):
            above = {_without(product, label): times for product, times in above.items()}
            below = {_without(product, label): times for product, times in below.items()}
    first = below[min(below)]
    return Quotient(_scaled(above, 1 / first), _scaled(below, 1 / first))


def _without(product: Product, label: str) -> Product:
    at = product.index(label)
    return product[:at] + product[at + 1 :]
