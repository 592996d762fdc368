"""What formulas reckon with: numbers, texts, truth values, blanks and errors, and the operators on them.

As Excel has it (ECMA-376 Part 1, 18.17), and exact: numbers are whole numbers and fractions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from xlaudit.patterns import pattern

Number = int | Fraction


class Fault(NamedTuple):
    """An error as a cell shows it: ``#DIV/0!``."""

    text: str


Value = int | Fraction | str | bool | Fault | None
"""What a cell or a part of a formula is worth; None for a blank cell."""

DIVISION, VALUE, REFERENCE, NUMBER, MISSING = (Fault(text) for text in ("#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#N/A"))


class Unknown(Exception):
    """What a formula is worth cannot be said for sure."""


class Worded(Unknown):
    """It depends on the language in which decimals are written."""


class Failed(Exception):
    """A part of a formula is worth an error, and so is what it is part of."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault


DECIMAL_SIGN: ContextVar[str | None] = ContextVar("decimal sign", default=None)
"""How decimals are written, as long as a formula is tried in one language; None for a language unknown."""
LONGEST_TEXT = 32_767
"""Characters that a cell holds."""
_MAGNITUDE = 308
_LARGEST = 10**_MAGNITUDE
_SMALL = 1000
_BITS = 2048
_FINE = Context(prec=100)
_WRITTEN = Context(prec=15)
_LARGE, _LITTLE = 10**15, Fraction(1, 1000)
_DIGITS = pattern(r"\s*([+-]?)([0-9]{1,15})\s*(%?)\s*", re.ASCII)


def bounded(number: Number) -> Number:
    """The number, kept small enough to reckon with: a fraction of hundreds of digits is cut to a hundred.

    Raises ``Failed`` with ``#NUM!`` beyond 1E308, where a spreadsheet has no number either.
    """
    above, below = number.numerator, number.denominator
    if above.bit_length() > _SMALL and abs(above) > _LARGEST * below:
        raise Failed(NUMBER)
    if below == 1:
        return above
    if below.bit_length() > _BITS:
        return Fraction(_FINE.divide(Decimal(above), Decimal(below)))
    return number


def as_number(value: Value) -> Number:
    """A value where a number is due: blanks are 0, truth values 1 and 0, texts of plain digits their number.

    Texts without any digit fail with ``#VALUE!``. Whether ``1.000`` or ``Rp5`` is a number depends on the
    language of the spreadsheet: ``Unknown``.
    """
    if isinstance(value, str):
        number = plain_text(value)
        if number is not None:
            return number
        if any(letter.isdigit() for letter in value):
            raise Unknown
        raise Failed(VALUE)
    if isinstance(value, Fault):
        raise Failed(value)
    if value is None:
        return 0
    return int(value) if isinstance(value, bool) else value


def plain_text(text: str) -> Number | None:
    """The number of a text of plain digits, with a sign before it or a percent sign behind, else None."""
    match = _DIGITS.fullmatch(text)
    if match is None:
        return None
    number = int(match[1] + match[2])
    return Fraction(number, 100) if match[3] else number


def as_text(value: Value) -> str:
    """A value where a text is due. Decimals are ``Worded`` until it is said how they are written."""
    if isinstance(value, Fault):
        raise Failed(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, Fraction)):
        return _written(value)
    return value or ""


def _written(number: Number) -> str:
    """A number as a text; ``Unknown`` for more than 15 digits, and for sizes that are written with an exponent."""
    if not -_LARGE < number < _LARGE:
        raise Unknown
    if number.denominator == 1:
        return str(number.numerator)
    exact = _WRITTEN.divide(number.numerator, number.denominator)
    if Fraction(exact) != number or -_LITTLE < number < _LITTLE:
        raise Unknown
    sign = DECIMAL_SIGN.get()
    if sign is None:
        raise Worded
    return f"{exact:f}".replace(".", sign)


def as_truth(value: Value) -> bool:
    """A value where a condition is due."""
    if isinstance(value, str):
        if value.upper() not in {"TRUE", "FALSE"}:
            raise Failed(VALUE)
        return value.upper() == "TRUE"
    return as_number(value) != 0


def operate(sign: str, left: Value, right: Value) -> Value:
    """One operator applied. Raises ``Failed`` where the outcome is an error, ``Unknown`` where it is not sure."""
    if sign in _COMPARE:
        return compare(sign, left, right)
    if sign == "&":
        text = as_text(left) + as_text(right)
        if len(text) > LONGEST_TEXT:
            raise Failed(VALUE)
        return text
    return _ARITHMETIC[sign](as_number(left), as_number(right))


def divide(left: Number, right: Number) -> Number:
    if not right:
        raise Failed(DIVISION)
    return bounded(Fraction(left) / right)


def power(base: Number, exponent: Number) -> Number:
    """``base ^ exponent``: exact where the exponent is whole and small, else at a hundred digits.

    ``Unknown`` for roots of negative numbers, where spreadsheets disagree.
    """
    if not base:
        if exponent <= 0:
            raise Failed(DIVISION if exponent else NUMBER)
        return 0
    if base < 0 and exponent.denominator != 1:
        raise Unknown
    if exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(exponent.numerator) * bits <= _BITS:
            return bounded(Fraction(base) ** exponent.numerator)
    size = _decimal(base if base > 0 else -base)
    far = _FINE.multiply(size.log10(_FINE), _decimal(exponent))
    if far > _MAGNITUDE:
        raise Failed(NUMBER)
    if far < -_MAGNITUDE:
        return 0
    result = Fraction(_FINE.power(size, _decimal(exponent)))
    return bounded(-result if base < 0 and exponent.numerator % 2 else result)


def _decimal(number: Number) -> Decimal:
    return _FINE.divide(Decimal(number.numerator), Decimal(number.denominator))


_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": lambda left, right: bounded(left + right),
    "-": lambda left, right: bounded(left - right),
    "*": lambda left, right: bounded(left * right),
    "/": divide,
    "^": power,
}
_COMPARE: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def compare(sign: str, left: Value, right: Value) -> bool:
    """A comparison: numbers come before texts before truth values; case does not matter, blanks are 0 or "".

    Which of two different texts comes first depends on the spreadsheet's language: ``Unknown``.
    """
    for value in (left, right):
        if isinstance(value, Fault):
            raise Failed(value)
    left, right = _like(left, right), _like(right, left)
    one, two = _kind(left), _kind(right)
    if one != two:
        return _COMPARE[sign](one - two)
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
        if left != right and left and right and sign not in {"=", "<>"}:
            raise Unknown
        return _COMPARE[sign](0 if left == right else 1 if left > right else -1)
    difference = as_number(left) - as_number(right)
    return _COMPARE[sign](0 if not difference else 1 if difference > 0 else -1)


def _like(value: Value, other: Value) -> Value:
    """A blank as that kind of nothing which it is compared with."""
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0


def _kind(value: Value) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0
