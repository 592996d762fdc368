"""Literals as exact numbers and ISO dates as serials."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.reading.literals import number, serial


@pytest.mark.parametrize(
    ("literal", "wanted"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("1250", "1250"),
        ("-5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        (" 5 ", "5"),
        ("12.50", "12.5"),
        ("100.0", "100"),
        ("0.000", "0"),
        ("1E+3", "1000"),
        ("1.5e-3", "0.0015"),
        ("0.30000000000000004", "0.3"),
        ("99.999999999999999", "100"),
        ("56.92038746298517", "56.9203874629852"),
        ("1234567890123456", "1234567890123460"),
        ("0.00000012", "0.00000012"),
        ("1E-400", "0"),
        ("0E999", "0"),
    ],
)
def test_numbers_are_exact_and_short(literal: str, wanted: str) -> None:
    found = number(literal)
    assert found is not None
    assert format(found, "f") == wanted
    assert found.as_tuple().exponent == Decimal(wanted).as_tuple().exponent, "no more digits than are there"


@pytest.mark.parametrize("literal", ["", "x", "nan", "INF", "1,5", "1_000", "1E309", "1E99999", "--1", "١"])
def test_what_is_no_number(literal: str) -> None:
    assert number(literal) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_every_amount_comes_back(amount: Decimal) -> None:
    for literal in (str(amount), f"{amount:E}", repr(float(amount))):
        assert number(literal) == amount


@pytest.mark.parametrize(
    ("text", "date1904", "wanted"),
    [
        ("1900-01-01", False, "1"),
        ("1900-02-28", False, "59"),
        ("1900-03-01", False, "61"),
        ("2024-12-31", False, "45657"),
        ("1904-01-01", True, "0"),
        ("2024-12-31T06:00:00.000Z", False, "45657.25"),
        ("12:00:00", False, "0.5"),
        ("T18:00", False, "0.75"),
    ],
)
def test_dates(text: str, date1904: bool, wanted: str) -> None:
    assert serial(text, date1904) == Decimal(wanted)


@pytest.mark.parametrize("text", ["", "kemarin", "2024-13-01", "2024-02-30", "25:00", "31/12/2024", "Z"])
def test_what_is_no_date(text: str) -> None:
    assert serial(text, False) is None


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_dates_against_the_calendar(moment: datetime) -> None:
    found = serial(moment.replace(microsecond=0).isoformat(), False)
    assert found is not None
    back = datetime(1899, 12, 30) + timedelta(seconds=round(float(found) * 86400))
    assert abs(back - moment.replace(microsecond=0)) <= timedelta(seconds=1)
