"""Expressions over the columns of a table: what they are made of, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction


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
