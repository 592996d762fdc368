"""From cells to figures: what each cell of a figure column says, in the unit of its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from itertools import compress
from operator import not_
from statistics import median_low
from typing import NamedTuple

from xlaudit.amounts import Candidate, Reading, Style, choose, read_number_text, settle
from xlaudit.amounts import State as TextState
from xlaudit.figures import Cells, Figure, Holding, Plain, State
from xlaudit.model import CellStyle, Stored, StoredCell
from xlaudit.patterns import pattern
from xlaudit.reading.lines import Fields
from xlaudit.reading.shown import seen
from xlaudit.reading.view import SheetView
from xlaudit.tables import Measure

_SPOILED = pattern(r"(rp\.?\s*)?[1-9][0-9]{0,9}([.,][0-9]{1,6}){2,6}(,-|,00|\.-)?", re.IGNORECASE)
"""Digits and separators in a rupiah column that no style explains: an amount, not a code or a date."""
_EXACT = Context(prec=2000)
_ShowsAll = Callable[[str], object]
_ENOUGH = 1_000
"""So many cells of a column tell the size of its figures."""
_LARGEST_FRACTION = Decimal(10)
"""1000 % as a fraction: above it the column holds percentage points."""
ONE = Decimal(1)
HUNDRED = Decimal(100)
_STATES = {
    TextState.NUMBER: State.NUMBER,
    TextState.AMBIGUOUS: State.AMBIGUOUS,
    TextState.MALFORMED: State.MALFORMED,
    TextState.STACKED: State.STACKED,
    TextState.BLANK: State.BLANK,
    TextState.NIL: State.NIL,
    TextState.NOT_APPLICABLE: State.NOT_APPLICABLE,
    TextState.TEXT: State.TEXT,
}


def magnitude(view: SheetView, column: int, rows: Sequence[int]) -> Decimal | None:
    """The middle size of a column's first numbers, zeros left out; None where it holds no number."""
    sizes: list[Decimal] = []
    unsure: list[Decimal] = []
    kinds, numbers, texts, _, _ = view.fields(column, rows[:_ENOUGH])
    for kind, number, text in zip(kinds, numbers, texts, strict=True):
        if number:
            sizes.append(abs(number))
        elif kind is Stored.TEXT:
            reading = read_number_text(text)
            if reading.readings and reading.readings[0].value:
                sure = reading.state is TextState.NUMBER
                (sizes if sure else unsure).append(abs(reading.readings[0].value))
    sizes = sizes or unsure
    return median_low(sizes) if sizes else None


class Look(NamedTuple):
    """What a cell format means for the numbers of a column. ``last`` is the last digit shown, None for all of them.

    ``bare``: a number of a percentage column without a % format, where these are fractions. ``shows_all`` tells of a
    literal whether it needs no second look, because nothing scales it and all its digits show; None where all need one.
    """

    style: CellStyle
    scale: Decimal
    last: Decimal | None
    bare: bool
    shows_all: _ShowsAll | None


def figures(view: SheetView, column: int, measure: Measure, unit: Decimal, rows: Sequence[int]) -> Holding:
    """The figures of a column, one for each row. ``unit`` is that of the header (1000 for Rp ribu).

    Nothing is made of plain numbers, of which a large table has hundreds of thousands, nor is any looked at by itself.
    """
    fields = view.fields(column, rows)
    kinds, numbers, texts, formulas, styles = fields
    fractions = measure is Measure.PERCENT and _holds_fractions(view, numbers, styles)
    looks = {style: _look(view, style, measure, unit, fractions) for style in set(styles)}
    made: list[Figure | None] = [None] * len(rows)
    number = Stored.NUMBER
    only_numbers = kinds.count(number) == len(kinds)  # as in most columns
    others = [] if only_numbers else [place for place, kind in enumerate(kinds) if kind is not number]
    left = [(place, rows[place], fields.cell(rows[place], column, place)) for place in others]
    for place, figure in _others(view, column, measure, unit, left):
        made[place] = figure
    for last, shows_all, places in _alike(looks, fields, only_numbers):
        for place in places if shows_all is None else _not_plain(texts, numbers, places, last, shows_all):
            cell = fields.cell(rows[place], column, place)
            assert cell is not None
            made[place] = _number(view, cell, looks[styles[place]])
    plain = set(styles) if made.count(None) == len(made) else {styles[at] for at, one in enumerate(made) if one is None}
    marks = {style: Plain(looks[style].last or ONE, looks[style].style.percent) for style in plain}
    found = Holding(made, Cells(column, rows, numbers, texts, formulas, styles, marks))
    if tall := set(view.tall_rows(column)):
        heights = (f._replace(height=view.height(f.row, column)) if f.row in tall else f for f in found.figures)
        return Holding(list(heights))
    return found


def _alike(
    looks: Mapping[int, Look], fields: Fields, only_numbers: bool
) -> Iterator[tuple[Decimal | None, _ShowsAll | None, Sequence[int]]]:
    """The places of a column's numbers by how they are shown: ``last`` and ``shows_all`` of their :class:`Look`."""
    ways = {style: (look.last, look.shows_all) for style, look in looks.items()}
    if only_numbers and len(set(ways.values())) == 1:
        yield *next(iter(ways.values())), range(len(fields.kinds))
        return
    places: dict[tuple[Decimal | None, _ShowsAll | None], list[int]] = {}
    number = Stored.NUMBER
    for place, (kind, style) in enumerate(zip(fields.kinds, fields.styles, strict=True)):
        if kind is number:
            places.setdefault(ways[style], []).append(place)
    for way, own in places.items():
        yield *way, own


def _not_plain(
    texts: list[str], numbers: list[Decimal | None], places: Sequence[int], last: Decimal | None, shows_all: _ShowsAll
) -> list[int]:
    """Those of the places whose number does not show whole: literal by literal, for many stand in several places."""
    own = texts if len(places) == len(texts) else [texts[place] for place in places]
    digits = list(map(str.isdecimal, own))
    if all(digits):
        return []
    doubtful = {texts[place]: place for place in compress(places, map(not_, digits))}
    odd = {text for text, at in doubtful.items() if not (shows_all(text) or _is_whole(numbers[at], last))}
    return [place for place, text in zip(places, own, strict=True) if text in odd] if odd else []


def _others(
    view: SheetView, column: int, measure: Measure, unit: Decimal, cells: Sequence[tuple[int, int, StoredCell | None]]
) -> Iterator[tuple[int, Figure]]:
    """The figures, with their place, of cells that store no number: blanks, texts, errors. Given with place and row."""
    texts = {index: cell for index, _, cell in cells if cell is not None and cell.kind is Stored.TEXT}
    readings = {index: read_number_text(cell.text) for index, cell in texts.items()}
    style = settle(list(readings.values()))
    for index, row, cell in cells:
        if cell is None:
            yield index, Figure(row, column, State.BLANK, "", from_merge=view.merged_into(row, column) is not None)
        elif index in texts:
            yield index, _text(cell, readings[index], measure, unit, style)
        else:
            state = {Stored.ERROR: State.ERROR, Stored.EMPTY: State.UNCOMPUTED}.get(cell.kind, State.TEXT)
            yield index, Figure(row, column, state, cell.text, formula=cell.formula)


def _look(view: SheetView, index: int, measure: Measure, unit: Decimal, fractions: bool) -> Look:
    style = view.style_at(index)
    in_percent = style.percent and measure is not Measure.AMOUNT
    scale = HUNDRED if in_percent else unit
    last = None if style.places is None else ONE.scaleb(-style.places) * (ONE if in_percent else scale)
    bare = measure is Measure.PERCENT and not style.percent and fractions
    plain = not (style.date or scale != ONE or bare or (style.places is not None and style.places < 0))
    return Look(style, scale, last, bare, _shows_all(style.places or 0) if plain else None)


def _holds_fractions(view: SheetView, numbers: Sequence[Decimal | None], styles: Sequence[int]) -> bool:
    """Whether the bare numbers of a percentage column are fractions of one (0,985) rather than points (98,5)."""
    percent = {index: view.style_at(index).percent for index in set(styles)}
    bare: list[Decimal] = []
    for number, style in zip(numbers, styles, strict=True):
        if number and not percent[style]:
            bare.append(number)
            if abs(number) > _LARGEST_FRACTION:
                return False
    if not bare:
        return False
    if min(bare) < -ONE and all(number == number.to_integral_value() for number in bare):
        return False  # -500 % beside 100 %: whole points, mostly of a difference, rather than fractions
    small = sum(1 for number in bare if abs(number) <= Decimal("1.5"))
    return small * 2 > len(bare)


@lru_cache
def _shows_all(places: int) -> _ShowsAll:
    """Tells whether a literal is written with no more decimals than ``places``, in digits only."""
    return re.compile(rf"-?[0-9]++(?:\.[0-9]{{1,{places}}})?" if places else "-?[0-9]++").fullmatch


def _is_whole(number: Decimal | None, last: Decimal | None) -> bool:
    """Whether a number is so many times the last digit shown: what is written behind it is noise (RULES N5)."""
    return number is not None and last is not None and not _EXACT.remainder(number, last)


def _number(view: SheetView, cell: StoredCell, look: Look) -> Figure:
    row, column, _, number, text, formula, _ = cell
    style, scale, last, bare, _ = look
    assert number is not None
    if style.date:
        return Figure(row, column, State.DATE, seen(cell, style, view.date1904), formula=formula)
    if bare and abs(number) <= 10:
        scale = HUNDRED
        last = None if last is None else last * HUNDRED
    value = number if scale == ONE else number * scale
    if last is None:
        last, finer = _last_digit(number) * scale, False
    else:
        finer = _EXACT.remainder(value, last) != 0
    return Figure(row, column, State.NUMBER, text, value, last, finer, scale, formula, False, style.percent)


def _last_digit(number: Decimal) -> Decimal:
    """The unit of the last digit stored; at least the unit of whole numbers is 1."""
    exponent = number.normalize().as_tuple().exponent
    return ONE.scaleb(min(int(exponent), 0))


def _text(cell: StoredCell, reading: Reading, measure: Measure, unit: Decimal, style: Style | None) -> Figure:
    state = _STATES[reading.state]
    scale = unit if measure is Measure.AMOUNT else ONE
    readings = tuple(candidate.value * scale for candidate in (*reading.readings, *reading.altered))
    chosen = reading.readings[0] if state is State.NUMBER and reading.readings else None
    if state is State.AMBIGUOUS:
        chosen = choose(reading, style) if style is not None else _by_measure(reading, measure)
    if state is State.TEXT and measure is Measure.AMOUNT and _SPOILED.fullmatch(cell.text.strip()):
        digits = re.sub(r"\D", "", re.sub(r"[.,]00?(,-)?\s*$|,-\s*$", "", cell.text.strip()))
        state, readings = State.MALFORMED, (Decimal(digits) * scale,)
    if chosen is not None:
        return Figure(
            cell.row,
            cell.column,
            State.NUMBER,
            " ".join(cell.text.split()),
            value=chosen.value * scale,
            unit=ONE.scaleb(-chosen.places) * scale,
            scale=scale,
            formula=cell.formula,
            as_text=True,
            percent_sign=reading.percent,
            prefix=reading.prefix,
            suffix=reading.suffix,
            style=chosen.style.value,
            readings=readings,
        )
    return Figure(
        cell.row,
        cell.column,
        state,
        " ".join(cell.text.split()),
        formula=cell.formula,
        as_text=True,
        percent_sign=reading.percent,
        prefix=reading.prefix,
        suffix=reading.suffix,
        readings=readings,
    )


def _by_measure(reading: Reading, measure: Measure) -> Candidate | None:
    """Rupiah are never written with three decimals, a percentage hardly ever with thousands."""
    if measure is Measure.QUANTITY or not reading.readings:
        return None
    ordered = sorted(reading.readings, key=lambda candidate: abs(candidate.value))
    return ordered[-1] if measure is Measure.AMOUNT else ordered[0]
