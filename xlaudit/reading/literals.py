"""Stored literals as exact numbers: ``<v>`` of a numeric cell, and ISO 8601 dates."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from xlaudit.patterns import pattern

SIGNIFICANT = 15
"""The digits a spreadsheet vouches for; files store 17, whose last two are noise of binary fractions."""

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,25})?", re.ASCII).fullmatch
_NUMBER = pattern(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([+-]?[0-9]{1,4}))?\s*", re.ASCII)
_DATE = pattern(
    r"(?:(\d{4})-(\d{2})-(\d{2}))?(?:T?(\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?)?(?:Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_EXACT = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN, traps=[])
_create = _EXACT.create_decimal
_LONGEST = 400
"""Characters; a double written out in full has fewer."""
_LARGEST = 308
"""The decimal exponent beyond which a double has no number."""


def number(literal: str) -> Decimal | None:
    """The number a literal stands for, at 15 significant digits, without trailing zeros or exponent.

    ``1E+3`` is 1000, ``0.30000000000000004`` is 0.3, ``12.50`` is 12.5. None where the literal is no
    number that a cell can hold (``NaN``, ``1,5``, beyond 1E308).
    """
    # most literals are plain and need no second look; the rest of this function is five times slower
    if _PLAIN(literal):
        value = _create(literal)
        text = str(value)
        if value and "E" not in text:
            return value if text[-1] != "0" or "." not in text else Decimal(text.rstrip("0").rstrip("."))
    match = _NUMBER.fullmatch(literal) if len(literal) <= _LONGEST else None
    if match is None:
        return None
    # the bound on the exponent comes first: nothing may be written out at ten thousand digits
    value = _EXACT.create_decimal(match[1]).scaleb(int(match[2] or 0))
    if not value:
        return Decimal(0)
    if value.adjusted() > _LARGEST:
        return None
    return Decimal(0) if value.adjusted() < -_LARGEST else _shortest(value)


def _shortest(value: Decimal) -> Decimal:
    """The same number without trailing zeros, and without an exponent where it is whole."""
    sign, digits, exponent = _EXACT.normalize(value).as_tuple()
    assert isinstance(exponent, int)
    if exponent > 0:
        return Decimal((sign, digits + (0,) * exponent, 0))
    return Decimal((sign, digits, exponent))


def serial(text: str, date1904: bool) -> Decimal | None:
    """The serial number of an ISO date, time or both (``t="d"`` cells, ECMA-376 Part 1, 18.18.11).

    Day 1 is 1 January 1900 (with the 29 February 1900 that never was), or day 0 is 1 January 1904.
    A zone is ignored: a spreadsheet has none. None where the text is no date.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None or not (match[1] or match[4]):
        return None
    days = 0
    if match[1]:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
        days = _day_number(day, date1904)
    hours, minutes, seconds = int(match[4] or 0), int(match[5] or 0), Decimal(match[6] or 0)
    if hours > 24 or minutes > 59 or seconds >= 60:
        return None
    fraction = _EXACT.divide(Decimal(hours * 3600 + minutes * 60) + seconds, Decimal(86400))
    return _shortest(_EXACT.add(Decimal(days), fraction)) if days or fraction else Decimal(0)


def _day_number(day: date, date1904: bool) -> int:
    if date1904:
        return (day - date(1904, 1, 1)).days
    days = (day - date(1899, 12, 30)).days
    return days if days > 60 else days - 1
