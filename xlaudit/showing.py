"""A figure as messages print it: in the unit of its own cell, with the decimals that the cell shows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from xlaudit.amounts import in_indonesian, show, show_amount
from xlaudit.findings import plain
from xlaudit.relations import ONE, Term, places_of
from xlaudit.tables import Measure
from xlaudit.texts import Text, both

_UNITS = {
    Decimal(1_000): Text("{value} thousand"),
    Decimal(1_000_000): Text("{value} million"),
    Decimal(1_000_000_000): Text("{value} billion"),
}
_MOST_PLACES = 2
_IN_CELL = 4
_FINEST = Decimal("0.0001")
_AMOUNT, _PERCENT = Measure.AMOUNT, Measure.PERCENT  # by names of their own, see ``tables.NUMBER``


def number(value: Decimal) -> Text:
    """A number with all its digits, as each language writes it."""
    return _figure(show(value, language="en"))


def amount(value: Decimal) -> Text:
    """An amount in rupiah, as each language writes it."""
    return _figure(show_amount(value, "en"))


def percent(value: Decimal, places: int) -> Text:
    """Percentage points with their sign: ``92,03 %`` in Indonesian, ``92.03%`` in English."""
    english = show(value, places, "en")
    return both(f"{in_indonesian(english)} %", f"{english}%")


def _figure(english: str) -> Text:
    return both(in_indonesian(english), english)


def _in_unit(value: Text, unit: Decimal) -> Text:
    return _UNITS[unit].fill(value=value) if unit in _UNITS else value


def shown_as(term: Term, value: Decimal) -> Text:
    """A value in the manner of the term's column: ``8.420,1 juta`` under a heading Rp juta, ``92,03 %``."""
    if term.column.measure is _AMOUNT:
        unit = term.column.unit
        return amount(value) if unit == ONE else _in_unit(number(value / unit), unit)
    if term.column.measure is _PERCENT:
        return percent(value, _places(term, value))
    return number(value)


def _places(term: Term, value: Decimal) -> int:
    """As many decimals as the cell shows, or as the value has up to two."""
    shown = max(places_of(term.figure), 0) if term.figure.filled else _MOST_PLACES
    return shown if shown >= _MOST_PLACES else max(shown, min(_decimals(plain(value)), _MOST_PLACES))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def in_cell(term: Term, value: Decimal) -> str:
    """The plain decimal to type into the cell: rupiah in the unit of the heading, percentages in points.

    At most four decimals more than whole numbers, for a difference of computed figures may have many.
    """
    if term.column.measure is _AMOUNT and term.column.unit != ONE:
        value = value / term.column.unit
    text = plain(value)
    return text if _decimals(text) <= _IN_CELL else plain(value.quantize(_FINEST, ROUND_HALF_UP))
