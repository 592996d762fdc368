"""The check as an Excel formula: TRUE as long as the figures disagree.

Only functions of Excel 2007 and later are used. Where a figure is a text the check cannot be a formula.
"""

from __future__ import annotations

from decimal import Decimal

from xlaudit.cells import Area, Cell, letters
from xlaudit.declared import DECLARED
from xlaudit.findings import plain
from xlaudit.relations import ONE, Mode, Relation, Term
from xlaudit.tables import NIL, Figure, Measure

_LONGEST = 1_000
_WHOLE = Decimal("0.005")
"""Amounts in whole rupiah agree to the rupiah; what a computer's fractions leave is less than this."""
_STEP = Decimal("0.000001")
"""The sixth digit, to which formulas compare."""
_AMOUNT, _PERCENT = Measure.AMOUNT, Measure.PERCENT  # by names of their own, see ``tables.NUMBER``


def live_formula(relation: Relation, mode: Mode) -> str | None:
    """The formula for a relation, None where a text takes part or it would grow too long."""
    others = relation.members[1:]
    if any(term.figure.as_text and term.figure.state is not NIL for term in others):
        return None
    if relation.target.figure.as_text:
        return None  # mended as a text again, as offices do, it would never go out
    bent = relation.divisor is not None or relation.times is not None
    if relation.rule == DECLARED and bent and not all(map(_exact, others)):
        return None  # how far their roundings carry depends on the figures themselves
    home = relation.target.table.sheet
    stated = _value(relation.target, home)
    reached = _sum(relation, home)
    if relation.constant:
        reached = f"{plain(relation.constant)}+{reached}"
    if relation.times is not None:
        reached = f"({reached})*{_value(relation.times, home)}"
    if relation.factor != ONE:
        reached = f"{plain(relation.factor)}*({reached})"
    if relation.divisor is not None:
        base = "+".join(_value(part, home) for part in (relation.divisor, *relation.rest))
        reached = f"({reached})/({base})"
    if relation.over != 1:
        reached = f"({reached})/{relation.over}"
    least, most = _band(relation, mode)
    if least == -most:
        check = f"ABS(ROUND({stated}-({reached}),6))>{plain(most)}"
    else:  # one comparison with the middle of the band: the figures are named once
        middle, half = (least + most) / 2, (most - least) / 2
        check = f"ABS(ROUND({stated}-({reached}){-middle:+f},7))>{plain(half)}"
    return check if len(check) <= _LONGEST else None


def _ref(term: Term, home: str) -> str:
    address = f"{letters(term.figure.column)}{term.figure.row}"
    return address if term.table.sheet == home else f"{sheet_prefix(term.table.sheet)}{address}"


def sheet_prefix(sheet: str) -> str:
    """A sheet's name as formulas quote it, with the exclamation mark."""
    return "'" + sheet.replace("'", "''") + "'!"


def _value(term: Term, home: str) -> str:
    ref = _ref(term, home)
    if term.figure.state is NIL:
        ref = f"N({ref})"
    factor = _factor(term)
    return ref if factor == ONE else f"{ref}*{plain(factor)}"


def _sum(relation: Relation, home: str) -> str:
    terms = relation.terms
    factor = _factor(terms[0]) if terms else ONE
    sheet = terms[0].table.sheet if terms else home
    if len(terms) > 1 and all(_factor(term) == factor and term.table.sheet == sheet for term in terms):
        total = f"SUM({_ranges(terms, home)})"
        return total if factor == ONE else f"{total}*{plain(factor)}"
    return "+".join(_value(term, home) for term in relation.terms).replace("+-", "-")


def _factor(term: Term) -> Decimal:
    """What the number in the cell of a figure is multiplied by."""
    return term.figure.scale if term.factor is ONE else term.figure.scale * term.factor


def _ranges(terms: tuple[Term, ...], home: str) -> str:
    """The cells of a sum, neighbours below one another drawn together into ranges."""
    runs: list[Area] = []
    last = (0, 0)
    for column, row in sorted({(term.figure.column, term.figure.row) for term in terms}):
        if last == (column, row - 1):
            runs[-1] = Area(runs[-1].top, column, row, column)
        else:
            runs.append(Area(row, column, row, column))
        last = column, row
    sheet = terms[0].table.sheet
    prefix = "" if sheet == home else sheet_prefix(sheet)
    return ",".join(prefix + run.a1 for run in runs)


def _band(relation: Relation, mode: Mode) -> tuple[Decimal, Decimal]:
    """How far the stated figure may be above what was computed, least and most: the rounding that the audit allows.

    A figure that was cut off is up to a last digit less; how it was cut off below zero is left open.
    """
    target, figure = relation.target, relation.target.figure
    unit = figure.unit
    if target.column.measure is _AMOUNT and not target.divided and relation.times is None:
        most = _WHOLE if unit <= 1 else unit * (len(relation.terms) + 1) / 2
        return -most, most
    percent = target.column.measure is _PERCENT
    cut = target.divided or (percent and mode is not Mode.ROUNDED)
    more = Decimal(0)
    if relation.divisor is None and relation.times is None:
        rounded = sum((abs(term.factor) * term.figure.unit for term in relation.terms if not _exact(term)), Decimal(0))
        more = (rounded / 2 / relation.over).quantize(_STEP)
    if not cut:
        return -unit / 2 - more, unit / 2 + more
    if figure.finer or (figure.value or 0) < 0:
        return -unit - more, unit + more
    most = Decimal(0) if percent and mode is Mode.TRUNCATED and not target.divided else unit / 2
    return _STEP - unit - more, most + more  # cut off, the very next figure is none that it may stand for


def _exact(term: Term) -> bool:
    """Whether a figure counts as it stands, without what its rounding leaves open."""
    return term.point or (term.column.measure is _AMOUNT and term.figure.unit <= 1)


def worth(figure: Figure) -> str:
    """The cell of a figure in the unit of its column, for a formula on its own sheet; a text or nothing counts 0."""
    return f"N({figure.cell.a1})" + ("" if figure.scale == ONE else f"*{plain(figure.scale)}")


def not_a_number(cell: Cell) -> str:
    """TRUE as long as a cell holds no number."""
    return f"NOT(ISNUMBER({cell.a1}))"
