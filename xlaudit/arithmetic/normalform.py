"""The one form of an expression, by which two ways of writing the same are seen to be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from xlaudit.arithmetic.expressions import Constant, Expression, Name, Negative, Operation, names_of

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
