"""A cell's text as the sheet shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.model import CellStyle, Stored, StoredCell
from xlaudit.reading.shown import seen
from xlaudit.reading.styles import meaning

ACCOUNTING = '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-'


def shown(amount: str, code: str, date1904: bool = False) -> str:
    places, percent, date = meaning(code)
    cell = StoredCell(1, 1, Stored.NUMBER, Decimal(amount), amount, None, 0)
    return seen(cell, CellStyle(code, places, percent, date), date1904)


@pytest.mark.parametrize(
    ("amount", "code", "wanted"),
    [
        ("1234567.5", "General", "1234567,5"),
        ("56.9203874629852", "General", "56,92038746"),
        ("123456789012", "General", "123456789012"),
        ("0", "General", "0"),
        ("-0.25", "General", "-0,25"),
        ("1234567", "#,##0", "1.234.567"),
        ("999", "#,##0", "999"),
        ("-1234567.5", "#,##0.00", "-1.234.567,50"),
        ("0.9202", "0.00%", "92,02%"),
        ("0.985", "0%", "99%"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("-0.2", "0", "0"),
        ("1.5", "0.##", "1,5"),
        ("7", "000", "007"),
        ("1234567890", "#,##0,", "1.234.568"),
        ("1234567890", '#,##0.0,," juta"', "1.234,6 juta"),
        ("5000", ACCOUNTING, "5.000"),
        ("-5000", ACCOUNTING, "-5.000"),
        ("0", ACCOUNTING, "-"),
        ("-12", "#,##0;(#,##0)", "(12)"),
        ("-12", "#,##0;[Red]-#,##0", "-12"),
        ("1234", '"Rp"#,##0', "Rp1.234"),
        ("1234", "[$Rp-421] #,##0.00", "Rp 1.234,00"),
        ("1500", '#,##0 "dokumen"', "1.500 dokumen"),
        ("0", "0;-0;;@", ""),
        ("5", "@", "5"),
        ("1.5", "# ?/?", "1,5"),
        ("1234", "0.00E+00", "1234"),
        ("3", "[>2]0.0;0", "3"),
        ("45657", "dd/mm/yyyy", "31/12/2024"),
        ("45657", "mm-dd-yy", "31/12/2024"),
        ("45657.5", "dd/mm/yyyy h:mm", "31/12/2024 12:00"),
        ("45657", "[$-421]d mmmm yyyy;@", "31 Desember 2024"),
        ("45657", "dddd", "Selasa"),
        ("45657", "mmm-yy", "Des-24"),
        ("45657", "yyyy", "2024"),
        ("0.75", "h:mm", "18:00"),
        ("0.756944444444444", "mm:ss", "10:00"),
        ("59", "dd/mm/yyyy", "28/02/1900"),
        ("61", "dd/mm/yyyy", "01/03/1900"),
        ("-1", "dd/mm/yyyy", "-1"),
        ("99999999", "dd/mm/yyyy", "99999999"),
        ("1.5", "[h]:mm", "1,5"),
    ],
)
def test_numbers_and_dates(amount: str, code: str, wanted: str) -> None:
    assert shown(amount, code) == wanted


def test_the_other_date_system() -> None:
    assert shown("44195", "dd/mm/yyyy", date1904=True) == "31/12/2024"


@pytest.mark.parametrize("kind", [Stored.TEXT, Stored.ERROR, Stored.BOOLEAN])
def test_all_else_is_its_text(kind: Stored) -> None:
    assert seen(StoredCell(1, 1, kind, None, "isi", None, 0), CellStyle("0.00", 2), False) == "isi"
    assert seen(StoredCell(1, 1, Stored.EMPTY, None, "", "A1", 0), CellStyle(), False) == ""


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("General", (None, False, False)),
        ("", (None, False, False)),
        ("@", (None, False, False)),
        ("#,##0", (0, False, False)),
        ("0.00%", (2, True, False)),
        ('#,##0.000 "mm"', (3, False, False)),
        ("#,##0,", (None, False, False)),
        ("# ?/?", (None, False, False)),
        ("0.0E+00", (None, False, False)),
        ("[Red]dd/mm/yyyy", (None, False, True)),
        ("[h]:mm", (None, False, True)),
        ("mm:ss.0", (None, False, True)),
        (ACCOUNTING, (0, False, False)),
    ],
)
def test_what_a_format_means(code: str, wanted: tuple[int | None, bool, bool]) -> None:
    assert meaning(code) == wanted


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14))
def test_two_decimals_read_back_as_the_rounded_amount(amount: Decimal) -> None:
    text = shown(str(amount), "#,##0.00")
    back = Decimal(text.replace(".", "").replace(",", "."))
    assert abs(back - amount) <= Decimal("0.005")


CODES = st.text(alphabet='0#?,.;%"\\_*[]()-+eEdmyhsAaPp/ @GRp>$', max_size=14)


@given(CODES, st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_no_format_is_too_odd(code: str, amount: Decimal) -> None:
    assert isinstance(shown(str(amount), code), str)
