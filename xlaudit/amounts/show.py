"""Printing exact figures for people: Indonesian style first, English on request."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from xlaudit.texts import Language

_CONTEXT = Context(prec=2000, rounding=ROUND_HALF_UP)
_TO_INDONESIAN = str.maketrans(",.", ".,")


def show(value: Decimal, places: int | None = None, language: Language = "id") -> str:
    """``1.234.567,50`` in Indonesian, ``1,234,567.50`` in English, a minus as ``-``.

    ``places`` decimals, ties away from zero; None prints all the digits that the value has, without
    zeros at the end. Negative places round to tens, hundreds and so on. Minus zero prints as ``0``.
    """
    if places is None:
        text = f"{value:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        rounded = _CONTEXT.quantize(value, Decimal((0, (1,), -places)))
        text = f"{rounded:,f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text if language == "en" else in_indonesian(text)


def in_indonesian(english: str) -> str:
    """A figure that is printed in English, as Indonesian prints it."""
    return english.translate(_TO_INDONESIAN)


def show_amount(value: Decimal, language: Language = "id") -> str:
    """An amount in rupiah: no decimals when whole, else two, more only where the value has them."""
    if value == value.to_integral_value():
        return show(value, 0, language)
    exponent = value.normalize(_CONTEXT).as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return show(value, places, language)


def show_percent(value: Decimal, places: int | None = 2, language: Language = "id") -> str:
    """Percentage points with their sign: ``92,03 %`` in Indonesian, ``92.03%`` in English."""
    return show(value, places, language) + ("%" if language == "en" else " %")
