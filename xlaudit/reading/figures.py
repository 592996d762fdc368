"""From cells to figures: what each cell of a figure column says, in the unit of its column."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import median_low
from typing import NamedTuple

from xlaudit.amounts import Candidate, Reading, Style, choose, read_number_text, settle
from xlaudit.amounts import State as TextState
from xlaudit.model import CellStyle, Stored, StoredCell
from xlaudit.reading.shown import seen
from xlaudit.reading.view import SheetView
from xlaudit.tables import Figure, Measure, State

_ENOUGH = 1_000
"""So many cells of a column tell the size of its figures."""
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


class Raw(NamedTuple):
    """A cell of a figure column before its column is understood. ``reading`` is that of a text."""

    row: int
    cell: StoredCell | None
    reading: Reading | None
    from_merge: bool = False

    @property
    def number(self) -> Decimal | None:
        """The one number that the cell can mean, None where there is none or more than one."""
        if self.cell is not None and self.cell.kind is Stored.NUMBER:
            return self.cell.number
        if self.reading is not None and self.reading.state is TextState.NUMBER:
            return self.reading.readings[0].value
        return None


def raw_column(view: SheetView, column: int, rows: Iterable[int]) -> list[Raw]:
    """The cells of one column, texts read as numbers where they can be."""
    found: list[Raw] = []
    for row in rows:
        cell = view.stored(row, column)
        merged = cell is None and view.merged_into(row, column) is not None
        text_cell = cell is not None and cell.kind is Stored.TEXT
        found.append(Raw(row, cell, read_number_text(cell.text) if cell and text_cell else None, merged))
    return found


def magnitude(raws: list[Raw]) -> Decimal | None:
    """The middle size of a column's numbers, zeros left out; None where it holds no number."""
    raws = raws[:_ENOUGH]
    sizes = [abs(number) for raw in raws if (number := raw.number) is not None and number != 0]
    if not sizes:
        sizes = [abs(r.reading.readings[0].value) for r in raws if r.reading is not None and r.reading.readings]
    return median_low(sizes) if sizes else None


def column_style(raws: list[Raw]) -> Style | None:
    """The number style that the texts of a column settle on."""
    return settle([raw.reading for raw in raws if raw.reading is not None])


def figures(view: SheetView, column: int, measure: Measure, unit: Decimal, raws: list[Raw]) -> dict[int, Figure]:
    """The figures of a column by row. ``unit`` is that of the header (1000 for Rp ribu)."""
    style = column_style(raws)
    fraction = measure is Measure.PERCENT and _holds_fractions(view, raws)
    found = {raw.row: _figure(view, column, measure, unit, raw, style, fraction) for raw in raws}
    for row, figure in found.items():
        area = view.anchor.get((row, column))
        if area is not None and area.bottom > area.top:
            found[row] = figure._replace(height=area.bottom - area.top + 1)
    return found


def _holds_fractions(view: SheetView, raws: list[Raw]) -> bool:
    """Whether the bare numbers of a percentage column are fractions of one (0,985) rather than points (98,5)."""
    bare = [
        raw.cell.number
        for raw in raws
        if raw.cell is not None
        and raw.cell.kind is Stored.NUMBER
        and raw.cell.number
        and not view.style(raw.cell).percent
    ]
    small = sum(1 for number in bare if abs(number) <= Decimal("1.5"))
    return bool(bare) and small * 2 > len(bare)


def _figure(
    view: SheetView, column: int, measure: Measure, unit: Decimal, raw: Raw, style: Style | None, fraction: bool
) -> Figure:
    cell = raw.cell
    if cell is None:
        return Figure(raw.row, column, State.BLANK, "", from_merge=raw.from_merge)
    look = view.style(cell)
    if cell.kind is Stored.NUMBER and cell.number is not None:
        return _number(view, cell, look, measure, unit, fraction)
    if raw.reading is not None:
        return _text(cell, raw.reading, measure, unit, style)
    state = {Stored.ERROR: State.ERROR, Stored.EMPTY: State.UNCOMPUTED}.get(cell.kind, State.TEXT)
    return Figure(cell.row, column, state, cell.text, formula=cell.formula)


def _number(
    view: SheetView, cell: StoredCell, look: CellStyle, measure: Measure, unit: Decimal, fraction: bool
) -> Figure:
    number = cell.number
    assert number is not None
    if look.date:
        return Figure(cell.row, cell.column, State.DATE, seen(cell, look, view.date1904), formula=cell.formula)
    scale = unit
    if measure is not Measure.AMOUNT and look.percent:
        scale = HUNDRED
    elif measure is Measure.PERCENT and fraction and abs(number) <= 10:
        scale = HUNDRED
    value = number * scale if scale != 1 else number
    places = look.places
    if places is None:
        last = _last_digit(number) * scale
    else:
        last = ONE.scaleb(-places) * (ONE if look.percent and scale == HUNDRED else scale)
    return Figure(
        cell.row,
        cell.column,
        State.NUMBER,
        cell.text,
        value=value,
        unit=last,
        finer=places is not None and value % last != 0,
        scale=scale,
        formula=cell.formula,
        percent_sign=look.percent,
    )


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
    if state is State.TEXT and measure is Measure.AMOUNT and cell.text.strip() in {"0", "00"}:
        state = State.NIL
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
