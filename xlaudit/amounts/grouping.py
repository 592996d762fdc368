"""What a run of digits, points and commas can mean: separators as thousands, as decimals, or astray."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from xlaudit.patterns import pattern


class Style(Enum):
    """How a number is written. ``*_BOTH``: one sign for thousands and for decimals."""

    PLAIN = "1234"
    INDONESIAN = "1.234,56"
    ENGLISH = "1,234.56"
    COMMA_BOTH = "1,234,00"
    DOT_BOTH = "1.234.00"
    SPACED = "1 234,56"
    SPACED_POINT = "1 234.56"


class Candidate(NamedTuple):
    """One reading. ``places`` tells the size of the last digit, 10**-places, and may be negative.

    ``repaired``: the text does not say this in any style; a separator or a digit had to be supposed.
    """

    value: Decimal
    places: int
    style: Style
    repaired: bool = False


class Parsed(NamedTuple):
    """``sound`` readings follow a style; ``repairs`` regroup the digits; ``completions`` alter one digit."""

    sound: tuple[Candidate, ...]
    repairs: tuple[Candidate, ...] = ()
    completions: tuple[Candidate, ...] = ()


_GROUPED = pattern(
    r"""(?:
      (?P<plain>[0-9]+)
    | (?P<id>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<id_tail>[0-9]*)
    | (?P<en>[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.(?P<en_tail>[0-9]+)
    | (?P<id_whole>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})
    | (?P<en_whole>[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})
    | (?P<head>[0-9]*)(?P<sign>[.,])(?P<tail>[0-9]+)
    )""",
    re.VERBOSE,
)
SPACED = pattern(r"([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:([.,])([0-9]+))?")
_SAME_SIGN_TAIL = pattern(r"([1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)\2([0-9]{1,2})")
_SEPARATOR = pattern(r"[.,]")
_DECIMAL_STYLE = {",": Style.INDONESIAN, ".": Style.ENGLISH}
_THOUSANDS_STYLE = {".": Style.INDONESIAN, ",": Style.ENGLISH}
_BOTH_STYLE = {",": Style.COMMA_BOTH, ".": Style.DOT_BOTH}
_SPACED_STYLE = {",": Style.SPACED, ".": Style.SPACED_POINT}
_NO_READING = Parsed(())


def parse_digits(body: str) -> Parsed:
    """All readings of digits with points, commas and single spaces; no reading for a code or a list."""
    match = _GROUPED.fullmatch(body)
    if match is None:
        return _parse_unusual(body)
    kind = match.lastgroup
    if kind == "id_tail":
        return _one(match["id"].replace(".", ""), match["id_tail"], Style.INDONESIAN)
    if kind == "en_tail":
        return _one(match["en"].replace(",", ""), match["en_tail"], Style.ENGLISH)
    if kind == "plain":
        return _one(match["plain"], "", Style.PLAIN)
    if kind == "id_whole":
        return _one(match["id_whole"].replace(".", ""), "", Style.INDONESIAN)
    if kind == "en_whole":
        return _one(match["en_whole"].replace(",", ""), "", Style.ENGLISH)
    head, sign, tail = match["head"], match["sign"], match["tail"]
    decimal = _candidate(head, tail, _DECIMAL_STYLE[sign])
    if len(tail) == 3 and 1 <= len(head) <= 3 and head[0] != "0":
        return Parsed((_candidate(head + tail, "", _THOUSANDS_STYLE[sign]), decimal))
    return Parsed((decimal,))


def _candidate(head: str, tail: str, style: Style, repaired: bool = False) -> Candidate:
    return Candidate(Decimal(f"{head or '0'}.{tail}" if tail else head), len(tail), style, repaired)


def _one(head: str, tail: str, style: Style) -> Parsed:
    return Parsed((_candidate(head, tail, style),))


def _parse_unusual(body: str) -> Parsed:
    match = SPACED.fullmatch(body)
    if match is not None:
        style = _SPACED_STYLE[match[2] or ","]
        return _one(match[1].replace(" ", ""), match[3] or "", style)
    if " " in body:
        return _NO_READING
    if len(body) > 1 and body[-1] in ".,":
        return parse_digits(body[:-1])
    groups = _SEPARATOR.split(body)
    signs = _SEPARATOR.findall(body)
    if not _is_spoiled_number(groups, signs):
        return _NO_READING
    sound: tuple[Candidate, ...] = ()
    match = _SAME_SIGN_TAIL.fullmatch(body)
    if match is not None:
        whole = match[1].replace(match[2], "")
        sound = (_candidate(whole, match[3], _BOTH_STYLE[match[2]]),)
        if match[3] == "00":
            # Decimals, unless the arithmetic knows better: "1.000.000.00" may also have lost a digit.
            other = _repair(groups, signs, sound)
            return Parsed(sound, (), other.completions)
    return _repair(groups, signs, sound)


def _splits(groups: list[str], signs: list[str]) -> list[tuple[list[str], str]]:
    """Where the decimals may begin, likeliest first: (groups of the whole part, decimals)."""
    as_whole = (groups, "")
    as_decimals = (groups[:-1], groups[-1])
    last_sign_differs = signs[-1] not in signs[:-1]
    if len(groups[-1]) in (1, 2):
        return [as_decimals] if last_sign_differs else [as_decimals, as_whole]
    if len(groups[-1]) == 3:
        return [as_whole, as_decimals] if last_sign_differs else [as_whole]
    return [as_decimals, as_whole] if last_sign_differs else [as_whole]


def _is_bad(groups: list[str], index: int) -> bool:
    return not 1 <= len(groups[0]) <= 3 if index == 0 else len(groups[index]) != 3


def _is_spoiled_number(groups: list[str], signs: list[str]) -> bool:
    """Whether this was meant as one amount, rather than as a code (1.06.01.2.01) or a list (9,50,3)."""
    groups = [group for group in groups if group]
    if len(groups) < 2:
        return False
    if len(set(signs)) == 2:
        return True
    good = sum(1 for group in groups[1:] if len(group) == 3)
    bad = [index for index in range(len(groups)) if _is_bad(groups, index)]
    if good == 0 or (groups[0].startswith("0") and len(groups) > 2):
        return False
    if len(bad) < 2:
        return True
    moved = bad[1] - bad[0] == 1 and len(groups[bad[0]]) + len(groups[bad[1]]) == 6
    return len(bad) == 2 and (moved or good >= 2)


def _repair(groups: list[str], signs: list[str], sound: tuple[Candidate, ...]) -> Parsed:
    decimal_style = _DECIMAL_STYLE[signs[-1]]
    repairs: dict[tuple[Decimal, int], Candidate] = {(c.value, c.places): c for c in sound}
    completions: dict[tuple[Decimal, int], Candidate] = {}
    for whole, decimals in _splits(groups, signs):
        style = decimal_style if decimals else _THOUSANDS_STYLE[signs[0]]
        kept = [group for group in whole if group]
        if not kept:
            continue
        found = _candidate("".join(kept), decimals, style, repaired=True)
        repairs.setdefault((found.value, found.places), found)
        for digits in _one_digit_off(kept):
            other = _candidate(digits, decimals, style, repaired=True)
            completions.setdefault((other.value, other.places), other)
    ordered = tuple(repairs.values())[len(sound) :]
    return Parsed(sound, ordered, tuple(c for key, c in completions.items() if key not in repairs))


def _one_digit_off(groups: list[str]) -> Iterator[str]:
    """Whole parts with the digit put back that a short group lost, or without the one too many.

    Only where a single group is off by one digit; a first group may be short, so it can only be long.
    """
    off = [index for index in range(len(groups)) if _is_bad(groups, index)]
    if len(off) != 1:
        return
    index = off[0]
    before, group, after = "".join(groups[:index]), groups[index], "".join(groups[index + 1 :])
    if len(group) == 2:
        for position in (2, 1, 0):
            for digit in "0123456789":
                yield before + group[:position] + digit + group[position:] + after
    elif len(group) == 4:
        for position in range(4):
            yield before + group[:position] + group[position + 1 :] + after
