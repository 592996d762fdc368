"""Printing: Indonesian first, English on request, and nothing lost on the way back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.amounts import State, Style, choose, read_number_text, show, show_amount
from xlaudit.showing import percent

D = Decimal


@pytest.mark.parametrize(
    ("value", "places", "indonesian", "english"),
    [
        ("1234567.5", 2, "1.234.567,50", "1,234,567.50"),
        ("1234567.5", None, "1.234.567,5", "1,234,567.5"),
        ("1234567.00", None, "1.234.567", "1,234,567"),
        ("-0.5", None, "-0,5", "-0.5"),
        ("-1234", 0, "-1.234", "-1,234"),
        ("2.5", 0, "3", "3"),
        ("-2.5", 0, "-3", "-3"),
        ("-0.001", 2, "0,00", "0.00"),
        ("-0", None, "0", "0"),
        ("1.2E+6", None, "1.200.000", "1,200,000"),
        ("1234567", -3, "1.235.000", "1,235,000"),
        ("0.000001", None, "0,000001", "0.000001"),
        ("123456789012345678901234567890.12", 2, "123.456.789.012.345.678.901.234.567.890,12",
         "123,456,789,012,345,678,901,234,567,890.12"),
    ],
)  # fmt: skip
def test_show(value: str, places: int | None, indonesian: str, english: str) -> None:
    assert show(D(value), places) == indonesian
    assert show(D(value), places, "en") == english


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2300170000", "2.300.170.000"), ("94930562.5", "94.930.562,50"), ("10.00", "10"), ("0.125", "0,125"),
     ("-50000000", "-50.000.000"), ("1.2E+9", "1.200.000.000")],
)  # fmt: skip
def test_show_amount_prints_decimals_only_where_there_are_some(value: str, shown: str) -> None:
    assert show_amount(D(value)) == shown


def test_percent() -> None:
    assert percent(D("92.034"), 2).id == "92,03 %"
    assert percent(D("92.034"), 1).en == "92.0%"
    assert percent(D("1234.5"), 1).id == "1.234,5 %"


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4), st.sampled_from(["id", "en"]))
def test_what_is_shown_reads_back(value: Decimal, language: str) -> None:
    text = show(value, None, "en" if language == "en" else "id")
    reading = read_number_text(text)
    style = Style.ENGLISH if language == "en" else Style.INDONESIAN
    assert reading.state in (State.NUMBER, State.AMBIGUOUS)
    chosen = choose(reading, style)
    assert chosen is not None
    assert chosen.value == value
