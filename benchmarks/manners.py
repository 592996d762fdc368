"""The manners in which offices write: what is typed, what is a formula, how figures look, what surrounds a table."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from figures import Fig

Marks = Literal["code", "roman", "dotted", "wording", "columns", "bold", "indent", "capitals"]


@dataclass(frozen=True)
class Manner:
    """How one workbook is written. ``live`` names the operations that are formulas."""

    stored: Literal["numbers", "texts", "mixed"]
    english: bool
    currency: str
    tail: str
    sign: str
    fraction: bool
    places: int
    cut: bool
    live: frozenset[str]
    marks: Marks
    total: bool
    total_word: str
    titled: bool
    number_row: str
    declared: bool
    """Whether the column-number row declares formulas such as ``5=4/3*100``."""
    source_line: bool
    signature: bool
    left: int
    general: bool
    separate_sheets: bool
    scale_printed: bool
    repeat_header: bool


def manner(chance: random.Random) -> Manner:
    """A manner at random; formulas round, so that cutting off goes with typed percentages only."""
    stored = chance.choices(("numbers", "texts", "mixed"), (6, 3, 1))[0]
    live: frozenset[str] = frozenset()
    if stored == "numbers":
        live = frozenset(
            chance.choice(
                ((), (), ("sum",), ("ratio", "minus", "lower"), ("sum", "ratio", "minus", "lower", "mean"),
                 ("sum", "ratio", "minus", "difference", "relative", "lower", "mean", "copy"))
            )
        )
    return Manner(
        stored=stored,
        english=stored == "texts" and chance.random() < 0.15,
        currency=chance.choice(("", "", "Rp ", "Rp. ", "Rp", "Rp.")),
        tail=chance.choice(("", "", "00", "-")),
        sign=chance.choice(("", "", "%", " %")),
        fraction=chance.random() < 0.3,
        places=chance.choice((2, 2, 2, 2, 1)),
        cut="ratio" not in live and chance.random() < 0.3,
        live=live,
        marks=chance.choice(("code", "code", "roman", "dotted", "wording", "columns", "bold", "indent", "capitals")),
        total=chance.random() < 0.75,
        total_word=chance.choice(("JUMLAH", "Jumlah", "TOTAL", "Total", "Jumlah Total")),
        titled=chance.random() < 0.85,
        number_row=chance.choice(("", "", "{}", "({})")),
        declared=chance.random() < 0.3,
        source_line=chance.random() < 0.3,
        signature=chance.random() < 0.4,
        left=chance.choice((1, 1, 1, 2, 3)),
        general=chance.random() < 0.3,
        separate_sheets=chance.random() < 0.7,
        scale_printed=chance.random() < 0.6,
        repeat_header=chance.random() < 0.15,
    )


def as_text(figure: Fig, style: Manner) -> str:
    """A figure as somebody types it into a text cell."""
    if figure.written is not None:
        return figure.written
    if figure.measure == "amount":
        return _amount(figure, style)
    print_ = _decimal(figure.value, figure.places, style)
    return figure.prefix + print_ + (style.sign if figure.measure == "percent" else "")


def _amount(figure: Fig, style: Manner) -> str:
    if figure.value == 0:
        return "-" if style.tail == "-" else "0"
    whole = figure.value.denominator == 1
    places = 0 if whole and style.tail != "00" else 2
    text = _decimal(abs(figure.value), places, style)
    if style.tail == "-" and whole:
        text += (".-" if style.english else ",-")
    text = style.currency + text
    return f"({text})" if figure.value < 0 else text


def _decimal(value: Fraction, places: int, style: Manner) -> str:
    """``places`` decimals, or as many more as the figure needs."""
    while (value * 10**places).denominator != 1:
        places += 1
    scaled = value * 10**places
    digits = str(abs(int(scaled))).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    grouped = f"{int(whole):,}"
    if not style.english:
        grouped = grouped.replace(",", ".")
    mark = "." if style.english else ","
    return ("-" if value < 0 else "") + grouped + (mark + part if part else "")


def number_format(figure: Fig, style: Manner) -> str:
    """The number format of a number cell."""
    if figure.measure == "amount":
        if figure.value.denominator != 1:
            return "#,##0.00"
        return "General" if style.general and not figure.live else "#,##0.00" if style.tail == "00" else "#,##0"
    shown = "0" + ("." + "0" * figure.places if figure.places else "")
    if figure.measure == "percent":
        return shown + "%" if style.fraction else "General" if style.general and not figure.live else shown
    return "General"
