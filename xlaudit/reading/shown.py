"""A cell's text as the sheet shows it, in Indonesian style: ``1.234.567,50``, ``92,02%``, ``31/12/2024``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from xlaudit.model import CellStyle, Stored, StoredCell
from xlaudit.patterns import pattern
from xlaudit.reading.styles import bare, meaning, sections
from xlaudit.texts import MONTHS

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_GENERAL_DIGITS = 10
_NUMBER = pattern(r"[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?,*")
_PIECE = pattern(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)'
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])|(?P<plain>.)",
    re.DOTALL,
)
_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
_DATE_PIECE = pattern(r"y+|m+|d+|h+|s+|AM/PM|A/P", re.IGNORECASE)
_LAST_DAY = 2_958_465
_SECONDS = 86_400


def seen(cell: StoredCell, style: CellStyle, date1904: bool) -> str:
    """What the sheet shows in a cell.

    Number formats of plain digits with texts around them come out exactly: thousands and decimals, percent,
    scaling by thousands, accounting, parentheses for negatives, a dash for zero, currency. Dates are shown
    by their format, with Indonesian names, whole ones as dd/mm/yyyy. Formats with conditions, fractions,
    powers of ten or elapsed time fall back to the plain number. General shows ten digits, whole numbers all.
    Cells without a value show nothing. Exact throughout; rounded half away from zero as spreadsheets do.
    """
    if cell.kind is Stored.EMPTY:
        return ""
    if cell.kind is not Stored.NUMBER or cell.number is None:
        return cell.text
    if style.date:
        return _date(cell.number, style.format_code, date1904) or plain_number(cell.number)
    shown = _by_format(cell.number, style.format_code)
    return plain_number(cell.number) if shown is None else shown


def plain_number(number: Decimal) -> str:
    """A number as General shows it, save that it never takes to powers of ten: ``1234567,5``."""
    whole = max(number.adjusted() + 1, 1)
    if whole < _GENERAL_DIGITS and number and number.adjusted() >= -_GENERAL_DIGITS:
        places = _GENERAL_DIGITS - whole
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > places:
            number = _rounded(number, places)
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace(".", ",")


def _by_format(number: Decimal, code: str) -> str | None:
    """The number by its format code, or None where the code is beyond the simple ones."""
    parts = sections(code)
    if re.search(r"\[[<>=]", code):
        return None
    section, signed = _section(parts, number)
    plain = bare(section)
    found = _NUMBER.findall(plain)
    if len(found) != 1 or "/" in plain or re.search(r"[eE][+-]|general|@", plain, re.IGNORECASE):
        # a section without digits, such as "-" for zero, is all text
        return _text(section) if len(parts) > 1 and not found and "eneral" not in plain else None
    digits = found[0]
    scale = len(digits) - len(digits.rstrip(","))
    whole, _, decimals = digits.rstrip(",").partition(".")
    if meaning(section)[2]:
        return None
    value = abs(number).scaleb(2 * plain.count("%") - 3 * scale, _EXACT)
    figure = _figure(value, whole, decimals)
    before, after = _around(section, digits)
    minus = "-" if signed and number < 0 and any(digit in "123456789" for digit in figure) else ""
    return (minus + before + figure + after).strip()


def _section(parts: list[str], number: Decimal) -> tuple[str, bool]:
    """The section for a number, and whether a minus sign comes in front of it."""
    if number < 0 and len(parts) > 1 and parts[1]:
        return parts[1], False
    if number == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], True


def _figure(value: Decimal, whole: str, decimals: str) -> str:
    """The digits: at least as many as the format's zeros, thousands with points where it has commas."""
    text = f"{_rounded(value, len(decimals)):f}"
    integer, _, fraction = text.partition(".")
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", integer)
    optional = len(decimals) - len(decimals.rstrip("#?"))
    kept = fraction[: len(fraction) - optional] + fraction[len(fraction) - optional :].rstrip("0")
    return integer + ("," + kept if kept or decimals.count("0") else "") or "0"


def _around(section: str, digits: str) -> tuple[str, str]:
    """The texts before and after the digits of a section."""
    pieces: list[str] = ["", ""]
    side = 0
    pending = len(digits)
    for match in _PIECE.finditer(section):
        if match["plain"] is not None and match["plain"] in "0#?.," and pending:
            pending -= 1
            side = 1
        else:
            pieces[side] += _literal(match)
    return pieces[0], pieces[1]


def _text(section: str) -> str:
    return "".join(_literal(match) for match in _PIECE.finditer(section)).strip()


def _literal(match: re.Match[str]) -> str:
    """What a piece of a format shows as it stands: padding as a space, fill and colours as nothing."""
    if match["space"] is not None:
        return " "
    if match["plain"] is not None:
        return "" if match["plain"] in "#?" else match["plain"]
    return match["quoted"] or match["escaped"] or match["currency"] or ""


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def _date(serial: Decimal, code: str, date1904: bool) -> str | None:
    """A serial number by its date format, or None where it is no day of the calendar or an elapsed time."""
    section = (sections(code) or [""])[0]
    if re.search(r"\[[hms]+\]", section, re.IGNORECASE):
        return None
    days = int(serial.to_integral_value(rounding="ROUND_FLOOR"))
    seconds = int(_rounded((serial - days) * _SECONDS, 0))
    if seconds == _SECONDS:
        days, seconds = days + 1, 0
    if not 0 <= days <= _LAST_DAY - (1462 if date1904 else 0):
        return None
    day = _day(days, date1904)
    plain = bare(section).lower()
    if day is None or ("." in plain and "s" in plain):
        return None
    if all(letter in plain for letter in "dmy") and "mmm" not in plain and "ddd" not in plain:
        clock = f" {seconds // 3600:02}:{seconds // 60 % 60:02}" if "h" in plain else ""
        return f"{day:%d/%m}/{day.year:04}" + clock
    return _by_pieces(section, day, seconds)


def _day(days: int, date1904: bool) -> date | None:
    if date1904:
        return date(1904, 1, 1) + timedelta(days)
    if days == 60:  # the 29 February 1900 that spreadsheets count and the calendar has not
        return None
    return date(1899, 12, 30 if days > 60 else 31) + timedelta(days)


def _by_pieces(section: str, day: date, seconds: int) -> str:
    shown = ""
    half = re.search(r"AM/PM|A/P", section, re.IGNORECASE) is not None
    minutes = False
    position = 0
    while position < len(section):
        piece = _DATE_PIECE.match(section, position)
        if piece is None:
            match = _PIECE.match(section, position)
            assert match is not None  # the last alternative takes any character
            shown += _literal(match)
            position = match.end()
            continue
        position = piece.end()
        word = piece[0].lower()
        if word[0] == "m":
            minutes = minutes or section[position : position + 2].lower() in {":s"}
        shown += _date_word(word, day, seconds, minutes, half)
        minutes = word[0] == "h"
    return shown.strip()


def _date_word(word: str, day: date, seconds: int, minutes: bool, half: bool) -> str:
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    if word[0] == "a":
        return "AM" if hour < 12 else "PM"
    if word[0] == "y":
        return f"{day.year % 100:02}" if len(word) <= 2 else f"{day.year:04}"
    if word[0] == "m" and not minutes and len(word) > 2:
        return MONTHS[day.month - 1][: 3 if len(word) == 3 else None]
    if word[0] == "d" and len(word) > 2:
        return _DAYS[day.weekday()][: 3 if len(word) == 3 else None]
    number = {
        "m": minute if minutes else day.month,
        "d": day.day,
        "h": (hour % 12 or 12) if half else hour,
        "s": second,
    }[word[0]]
    return f"{number:02}" if len(word) > 1 else str(number)
