"""Printing exact figures for people: Indonesian style first, English on request."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from xlaudit.amounts.interval import unit_of
from xlaudit.texts import Language

_CONTEXT = Context(prec=2000, rounding=ROUND_HALF_UP)
_LEAST_PLACES = 2
"""Decimals of an amount that is not whole."""


def show(value: Decimal, places: int | None = None, language: Language = "id") -> str:
    """``1.234.567,50`` in Indonesian, ``1,234,567.50`` in English, a minus as ``-``.

    ``places`` decimals, ties away from zero; None prints all the digits that the value has, without
    zeros at the end. Negative places round to tens, hundreds and so on. Minus zero prints as ``0``.
    """
    text = f"{value if places is None else _CONTEXT.quantize(value, unit_of(places)):,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text if language == "en" else in_indonesian(text)


def show_amount(value: Decimal, language: Language = "id") -> str:
    """An amount in rupiah: no decimals when whole, else two, more only where the value has them."""
    text = show(value, None, "en")
    whole, point, decimals = text.partition(".")
    if point and len(decimals) < _LEAST_PLACES:
        text = whole + point + decimals.ljust(_LEAST_PLACES, "0")
    return text if language == "en" else in_indonesian(text)


def in_indonesian(text: str) -> str:
    """A figure as English writes it, the way Indonesian does: points and commas change places."""
    if "." not in text:
        return text.replace(",", ".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
