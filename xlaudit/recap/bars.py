"""Bar charts as SVG: readable by people and by programs that read pages aloud, on screen and in a grey print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlaudit.amounts import show
from xlaudit.reports.markup import Html, element
from xlaudit.texts import Language

_ROW = 24
_LABELS = 360
_BARS = 380
_VALUES = 80
_LONGEST = 44
_HEIGHT = 190
_COLUMN = 92


class Bar(NamedTuple):
    """One bar: its name, how long it is, and the value as it is printed."""

    name: str
    value: Decimal | Fraction | int
    said: str


def bar(name: str, value: Decimal | Fraction | int, language: Language, places: int = 0) -> Bar:
    """A bar with its value to so many decimals."""
    return Bar(name, value, show(rounded(value, places), places, language))


def rounded(value: Decimal | Fraction | int, places: int) -> Decimal:
    """The value to so many decimals, half up."""
    exact = Fraction(value) * 10**places
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def lying(title: str, bars: Sequence[Bar]) -> Html:
    """Bars beside their names, from top to bottom."""
    longest = max((Fraction(one.value) for one in bars), default=Fraction(0)) or Fraction(1)
    drawn: list[str] = []
    for at, one in enumerate(bars):
        middle = at * _ROW + _ROW // 2
        length = _length(one.value, longest, _BARS)
        drawn += [
            element("text", _short(one.name), x=_LABELS - 8, y=middle + 4, text_anchor="end"),
            element("rect", x=_LABELS, y=middle - 8, width=length, height=16, class_="bar"),
            element("text", one.said, x=_LABELS + length + 6, y=middle + 4, class_="num"),
        ]
    return _figure(title, bars, drawn, _LABELS + _BARS + _VALUES, len(bars) * _ROW + 6)


def standing(title: str, bars: Sequence[Bar]) -> Html:
    """Bars above their names, from left to right."""
    longest = max((Fraction(one.value) for one in bars), default=Fraction(0)) or Fraction(1)
    drawn: list[str] = []
    for at, one in enumerate(bars):
        middle = at * _COLUMN + _COLUMN // 2
        height = _length(one.value, longest, _HEIGHT - 60)
        top = _HEIGHT - 40 - height
        drawn += [
            element("rect", x=middle - 28, y=top, width=56, height=height, class_="bar"),
            element("text", one.said, x=middle, y=top - 5, text_anchor="middle", class_="num"),
        ]
        for line, part in enumerate(_two_lines(one.name)):
            drawn.append(element("text", part, x=middle, y=_HEIGHT - 24 + 15 * line, text_anchor="middle"))
    return _figure(title, bars, drawn, max(len(bars), 1) * _COLUMN, _HEIGHT)


def _length(value: Decimal | Fraction | int, longest: Fraction, most: int) -> int:
    return round(max(Fraction(value), Fraction(0)) / longest * most)


def _figure(title: str, bars: Sequence[Bar], drawn: Sequence[str], width: int, height: int) -> Html:
    said = "; ".join(f"{one.name}: {one.said}" for one in bars)
    svg = element(
        "svg",
        element("title", title),
        element("desc", said),
        *drawn,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=f"{title}. {said}",
        style=f"max-width:{width}px",
    )
    return element("figure", element("figcaption", title), svg)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _two_lines(name: str) -> list[str]:
    """A name in at most two lines of about a column's width."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < 14:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines[:2] if len(lines) <= 2 else [lines[0], " ".join(lines[1:])[:13] + "…"]
