"""How the figures of the tables came about: formulas computed again, figures typed among formulas, what is hidden."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import repeat

from xlaudit.cells import Area, Cell
from xlaudit.formulas import shape, whole_sum
from xlaudit.model import Sheet, Stored, Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.evaluate import Reckoner
from xlaudit.reading.formulas import moved, split
from xlaudit.reading.lines import formulas_in
from xlaudit.reading.view import LARGEST_MERGE
from xlaudit.tables import NUMBER, Column, Figure, Level, Measure, Row, Table
from xlaudit.workings import Covered, HiddenSheet, Stale, Typed, Workings

_FEWEST = 3
"""So many formulas of one form tell what a column has."""
_TYPED_AT_MOST = 3
"""One figure for so many formulas may be typed over; where more are, the column is typed in part on purpose."""
_NOISE = Decimal("1E-9")
"""What differs beyond the ninth significant digit is the rounding of binary fractions (RULES N5)."""
_ROUNDS = pattern(r"\b(?:ROUND(?:UP|DOWN)?|INT|TRUNC|IF|IFERROR|IFS|CEILING|FLOOR|MROUND|MOD|QUOTIENT|FIXED|TEXT|"
                     r"[VHX]?LOOKUP|MATCH|INDEX|COUNTIFS?|SUMIFS?|AVERAGEIFS?|RANK)\b", re.IGNORECASE)  # fmt: skip
"""Functions by which the noise of binary fractions may grow to a whole step."""
_SUMMARY = (Level.TOTAL, Level.MEAN, Level.RATIO, Level.NOTE)
_USED = 3
_SHEET_NAMED = pattern(r"'((?:[^']|'')+)'!|([^\W\d][\w.]*)!")


def workings_of(workbook: Workbook, tables: Sequence[Table], template: bool = False) -> Workings:
    """What the cells tell beyond the tables. In a filled ``template`` its own rules tell of typed figures."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    reckoner = Reckoner(workbook)
    found = Workings(
        hidden_columns={s.name: s.hidden_columns for s in workbook.sheets if s.hidden_columns},
        hidden_sheets=tuple(_hidden_sheets(workbook)),
        sheets=sum(1 for sheet in workbook.sheets if sheet.visible and _has_figures(sheet)),
    )
    for table in tables:
        if not template and (typed := tuple(_typed(table, reckoner))):
            found.typed[table.id] = typed
        if not workbook.as_displayed:
            found.recomputed[table.id], stale = _recomputed(table, reckoner)
            if stale:
                found.stale[table.id] = stale
        if covered := tuple(_covered(sheets[table.sheet], table)):
            found.covered[table.id] = covered
    return found


def _recomputed(table: Table, reckoner: Reckoner) -> tuple[int, tuple[Stale, ...]]:
    """How many formulas of a table give what is stored, and those that do not."""
    equal = 0
    stale: list[Stale] = []
    holdings = {column.column: table.holding(name) for name, column in table.columns.items()}
    computed = {column: holding for column, holding in holdings.items() if holding.formulas}
    for column, holding in [*computed.items()]:
        if reckoner.are_worth(table.sheet, column, table.numbers, holding.written, holding.stored):
            equal += len(table.numbers)
            del computed[column]
    cells = (zip(repeat(column), one.written, one.stored) for column, one in computed.items())
    for index, (row, line) in enumerate(zip(table.numbers, zip(*cells, strict=True), strict=bool(computed))):
        for column, formula, stored in line:
            if formula is None or stored is None:
                continue
            if reckoner.is_worth(table.sheet, row, column, formula, stored):
                equal += 1
                continue
            worth = reckoner.worth(table.sheet, Cell(row, column), formula)
            if worth is None:
                continue
            if worth == stored or not _differs(computed[column].at(index), stored, worth):
                equal += 1
            else:
                stale.append(Stale(Cell(row, column), stored, worth))
    return equal, tuple(stale)


def _differs(figure: Figure, stored: Decimal, worth: Decimal) -> bool:
    """Whether the difference shows, and is none that binary fractions make."""
    off = abs(stored - worth)
    if off <= _NOISE * max(abs(stored), abs(worth), Decimal(1)):
        return False
    step = figure.unit / figure.scale
    if _ROUNDS.search(figure.formula or ""):
        return off > step
    return off * 2 >= step


def _typed(table: Table, reckoner: Reckoner) -> Iterator[Typed]:
    """The figures that were typed where the same column has formulas in the rows of the same sort."""
    for column in table.columns.values():
        own = table.holding(column.name)
        numbers = [index for index, kind in enumerate(own.kinds) if kind is NUMBER] if own.formulas else []
        formulas = len(numbers) - [own.written[index] for index in numbers].count(None)
        if formulas < _FEWEST or formulas == len(numbers):
            continue
        figures = [(table.rows[index], own.at(index)) for index in numbers]
        yield from _typed_in(table, column, figures, reckoner)


def _typed_in(
    table: Table, column: Column, figures: list[tuple[Row, Figure]], reckoner: Reckoner
) -> Iterator[Typed]:
    lines = [(row, figure) for row, figure in figures if row.level not in _SUMMARY]
    above = [(row, figure) for row, figure in figures if row.index in table.children or row.level is Level.TOTAL]
    below = [(row, figure) for row, figure in lines if row.index not in table.children]
    whole = lines
    if column.measure is Measure.AMOUNT or column.role == "persen":
        whole = [(row, figure) for row, figure in figures if row.level is Level.TOTAL or row.level not in _SUMMARY]
    for group in (whole, lines, below):
        shapes = {f.cell: shape(f.formula, f.cell) for _, f in group if f.formula is not None}
        usual = _usual(list(shapes.values()), len(group))
        if usual:
            like = {figure.row: figure for _, figure in group if figure.formula is not None}
            rows = sorted(like)
            for _, figure in group:
                if figure.formula is None:
                    yield _typed_like(table, figure, like[_nearest(rows, figure.row)], reckoner)
            return
    sums = [figure for _, figure in above if figure.formula is not None and whole_sum(figure.formula) is not None]
    typed = [figure for _, figure in above if figure.formula is None]
    if len(sums) >= _FEWEST and 0 < len(typed) * _TYPED_AT_MOST <= len(sums) and len(sums) + len(typed) == len(above):
        rows = sorted(one.row for one in sums)
        for figure in typed:
            yield Typed(figure.cell, Cell(_nearest(rows, figure.row), figure.column), None)


def _usual(shapes: list[str], count: int) -> str:
    """The formula that nearly all figures of a group have; empty where they do not."""
    if len(shapes) < _FEWEST or len(shapes) == count:
        return ""
    usual, times = Counter(shapes).most_common(1)[0]
    return usual if times == len(shapes) and (count - times) * _TYPED_AT_MOST <= times else ""


def _nearest(rows: Sequence[int], row: int) -> int:
    """The one of some rows in order that is nearest to a row, of two the upper one."""
    at = bisect_left(rows, row)
    return min(rows[max(at - 1, 0) : at + 1], key=lambda one: abs(one - row))


def _typed_like(table: Table, figure: Figure, like: Figure, reckoner: Reckoner) -> Typed:
    here = moved(split(like.formula or ""), figure.row - like.row, 0)
    return Typed(figure.cell, like.cell, reckoner.worth(table.sheet, figure.cell, here))


def _covered(sheet: Sheet, table: Table) -> Iterator[Covered]:
    """Numbers in covered cells of the table's columns of figures, which formulas count and nobody sees."""
    columns = {column.column for name, column in table.columns.items() if len(table.holding(name))}
    rows = frozenset(table.numbers if sheet.merges else ())
    for area in sheet.merges:
        if area.size > LARGEST_MERGE or not area.meets(table.area):
            continue
        for cell in _within(area, table.area):
            stored = sheet.at(*cell) if cell != area.first else None
            shown = cell.row in rows and cell.column in columns
            if shown and stored is not None and stored.kind is Stored.NUMBER and stored.number:
                yield Covered(cell, stored.number, area)


def _within(area: Area, other: Area) -> Iterator[Cell]:
    part = Area(max(area.top, other.top), area.left, min(area.bottom, other.bottom), area.right)
    return part.cells()


def _hidden_sheets(workbook: Workbook) -> Iterator[HiddenSheet]:
    """The sheets with figures that do not show."""
    hidden = {s.name.casefold(): s for s in workbook.sheets if not s.visible and _figures(s)}
    if not hidden:
        return
    used: dict[str, list[tuple[str, Cell]]] = {name: [] for name in hidden}
    for sheet in workbook.sheets:
        if not sheet.visible:
            continue
        for cell in formulas_in(sheet.rows):
            if cell.formula is None or "!" not in cell.formula:
                continue
            for quoted, plain in set(_SHEET_NAMED.findall(cell.formula)):
                name = (quoted.replace("''", "'") or plain).casefold()
                if name in used and len(used[name]) < _USED:
                    used[name].append((sheet.name, Cell(cell.row, cell.column)))
    for name, sheet in hidden.items():
        yield HiddenSheet(sheet.name, sheet.very_hidden, _figures(sheet), tuple(used[name]))


def _has_figures(sheet: Sheet) -> bool:
    return any(cell.kind is Stored.NUMBER for line in sheet.rows.values() for cell in line.values())


def _figures(sheet: Sheet) -> int:
    return sum(1 for line in sheet.rows.values() for cell in line.values() if cell.kind is Stored.NUMBER)
