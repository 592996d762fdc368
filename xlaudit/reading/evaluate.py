"""Values that a file does not store for its formulas, computed from the cells that they name.

Programs that write workbooks without being a spreadsheet leave formulas without a value, or store 0 for each
and ask for a recalculation on opening (ECMA-376 Part 1, 18.2.2, ``fullCalcOnLoad``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain, repeat
from operator import add, is_, sub
from typing import NamedTuple

from xlaudit.cells import Area, Cell, column_number
from xlaudit.limits import DEFAULT
from xlaudit.model import Stored, StoredCell, Workbook
from xlaudit.reading.formula_functions import call
from xlaudit.reading.formula_references import RANGES, span_range
from xlaudit.reading.formula_scope import Place, Range, only_range, value_at
from xlaudit.reading.formula_text import (
    Call,
    Chain,
    Constant,
    Formula,
    Minus,
    Name,
    Node,
    Reference,
    Slot,
    Span,
    Union,
    parse,
)
from xlaudit.reading.formula_values import (
    DECIMAL_SIGN,
    Failed,
    Fault,
    Unknown,
    Value,
    Worded,
    as_number,
    operate,
)
from xlaudit.reading.lines import Lines, formulas_of_nothing, with_cells
from xlaudit.reading.literals import SIGNIFICANT, number

Key = tuple[int, int, int]
"""Position of the sheet in ``Workbook.sheets``, row, column."""


def evaluated(workbook: Workbook, steps: int = DEFAULT.steps) -> Workbook:
    """The workbook with a value for every formula that has none stored and can be computed for sure.

    Computed are formulas without a value and, where the file asks for it (``Workbook.recalculates``), those
    stored as 0. Exact from the stored numbers (15 digits); the result keeps 15 significant digits. Blanks,
    texts, errors and comparisons count as Excel has them. What cannot be said for sure stays without a value
    (``Stored.EMPTY``): unknown functions, other files, names that stand for no area, structured and circular
    references, texts whose number depends on the language of the spreadsheet, and whatever lies beyond
    ``steps`` (``Limits.steps``). A file that needs none of this comes back as it is.
    """
    due = dict(_without_value(workbook))
    if not due:
        return workbook
    values = _Evaluator(workbook, due, steps).values()
    sheets = list(workbook.sheets)
    for position, sheet in enumerate(sheets):
        own = [(key, cell) for key, cell in due.items() if key[0] == position]
        if own:
            computed = (_cell(cell, values[key]) for key, cell in own)
            sheets[position] = replace(sheet, rows=with_cells(sheet.rows, computed))
    return replace(workbook, sheets=tuple(sheets))


def _without_value(workbook: Workbook) -> Iterator[tuple[Key, StoredCell]]:
    empty = Stored.EMPTY
    for position, sheet in enumerate(workbook.sheets):
        if workbook.recalculates:
            found = [cell for cell in formulas_of_nothing(sheet.rows) if cell[2] is empty or cell[3] == 0]
        elif isinstance(sheet.rows, Lines) and not sheet.rows.waiting:
            continue
        else:
            found = [cell for line in sheet.rows.values() for cell in line.values() if cell[2] is empty]
        yield from (((position, cell.row, cell.column), cell) for cell in found)


class Reckoner:
    """What formulas are worth from what is stored in all other cells, for at most ``steps`` of the work."""

    def __init__(self, workbook: Workbook, steps: int = DEFAULT.steps) -> None:
        self._evaluator = _Evaluator(workbook, {}, steps)
        self._positions = {sheet.name: at for at, sheet in enumerate(workbook.sheets)}

    def worth(self, sheet: str, cell: Cell, formula: str) -> Decimal | None:
        """The number that a formula gives in a cell, at 15 significant digits; None where it is none, or not sure."""
        value = self._evaluator.alone((self._positions[sheet], *cell), formula)
        if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
            return None
        return _DIGITS.divide(value.numerator, value.denominator)

    def is_worth(self, sheet: str, row: int, column: int, formula: str, stored: Decimal) -> bool:
        """Whether a formula is one of those told at sight, and gives exactly this number; False says nothing."""
        return self._evaluator.at_sight(self._positions[sheet], row, column, formula, stored)


    def are_worth(
        self,
        sheet: str,
        column: int,
        rows: Sequence[int],
        formulas: Sequence[str | None],
        stored: Sequence[Decimal | None],
    ) -> bool:
        """Whether :meth:`is_worth` is true in all of these rows of a column; False says nothing."""
        return self._evaluator.all_at_sight(self._positions[sheet], column, rows, formulas, stored)


class _Nothing:
    """Stands for a value that cannot be computed."""


class _Wanting(Exception):
    """A formula came upon cells that are still to be computed: OFFSET and names tell theirs only then."""

    def __init__(self, area: Range) -> None:
        super().__init__(area)
        self.area = area


class _Step(NamedTuple):
    """A cell under way, and which cells it needs before."""

    key: Key
    formula: Formula | None
    ranges: list[Range | None]
    needs: Iterator[Key]


_LETTERS = 8
"""So many characters of a formula are read in the time that one cell of a range takes to be visited."""

_OWN_ROW = "\0"
_PAIR = re.compile(rf"([A-Z]{{1,2}}){_OWN_ROW}([-+])([A-Z]{{1,2}}){_OWN_ROW}").fullmatch
_NOTHING = _Nothing()
_DIGITS = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN)


def _cell(cell: StoredCell, value: Value | _Nothing) -> StoredCell:
    """The cell with a computed value, as if the file had stored it."""
    kind, amount, text = Stored.EMPTY, None, ""
    if isinstance(value, bool):
        kind, text = Stored.BOOLEAN, "TRUE" if value else "FALSE"
    elif isinstance(value, str):
        kind, text = Stored.TEXT, value
    elif isinstance(value, Fault):
        kind, text = Stored.ERROR, value.text
    elif isinstance(value, (int, Fraction)):
        exact = _DIGITS.divide(value.numerator, value.denominator)
        kind, amount = Stored.NUMBER, number(str(exact))
        # a power of ten where there is one in the files of spreadsheets, not hundreds of zeros
        text = str(amount if -20 < exact.adjusted() < 20 else exact)
    return StoredCell(cell.row, cell.column, kind, amount, text, cell.formula, cell.style)


@lru_cache
def _pair(shape: str) -> tuple[str, int, int]:
    """Sign and columns of a difference or sum within the own row; no sign for any other formula."""
    match = _PAIR(shape)
    return ("", 0, 0) if match is None else (match[2], column_number(match[1]), column_number(match[3]))


class _Evaluator:
    """Computes cells in the order in which they need each other, with a stack of its own: chains may be long."""

    def __init__(self, workbook: Workbook, due: dict[Key, StoredCell], steps: int) -> None:
        self._sheets = workbook.sheets
        self._positions = {sheet.name.casefold(): at for at, sheet in enumerate(workbook.sheets)}
        self._due = due
        self._known: dict[Key, Value | _Nothing] = {}
        self._names = {name.casefold(): self._named(place) for name, place in workbook.names.items()}
        self._underway: set[Key] = set()
        self._home: Key = (0, 0, 0)
        self._room = steps
        self._ranges: list[Range | None] = []
        # where the cells to be computed stand: by sheet and column, their rows in order
        self._rows_due: dict[tuple[int, int], list[int]] = {}
        self._columns_due: dict[int, list[int]] = {}
        for sheet, row, column in due:
            if (sheet, column) not in self._rows_due:
                self._columns_due.setdefault(sheet, []).append(column)
            self._rows_due.setdefault((sheet, column), []).append(row)

    def values(self) -> dict[Key, Value | _Nothing]:
        """What every cell due is worth."""
        for key in self._due:
            if key not in self._known:
                self._compute(key)
        return self._known

    def _compute(self, key: Key) -> None:
        """One cell, and before it all that it needs. A cell that needs itself finds no value there.

        First come the cells that it names. A formula that finds others missing is begun anew after those.
        """
        stack = [self._begun(key)]
        while stack:
            step = stack[-1]
            for need in step.needs:
                if need not in self._known and need not in self._underway:
                    stack.append(self._begun(need))
                    break
            else:
                try:
                    value = self._worth(step)
                except _Wanting as wanting:
                    self._room -= len(self._due[step.key].formula or "")
                    stack[-1] = step._replace(needs=self._needs([wanting.area]))
                    continue
                stack.pop()
                self._underway.discard(step.key)
                self._known[step.key] = value

    def alone(self, key: Key, text: str) -> Value | _Nothing:
        """What a formula is worth in a cell, from the values that are stored; unknown where it names its own cell."""
        self._room -= 1 + len(text) // _LETTERS
        formula = parse(text) if self._room > 0 else None
        ranges = [] if formula is None else [self._range(key[0], one) for one in formula.references]
        sheet, row, column = key
        if any(one is not None and one.sheet == sheet and one.area.holds(row, column) for one in ranges):
            return _NOTHING
        return self._worth(_Step(key, formula, ranges, iter(())))

    def at_sight(self, sheet: int, row: int, column: int, text: str, stored: Decimal) -> bool:
        """Whether ``C4-D4``, two numbers of the formula's own row as in most tables of budgets, is exactly this.

        There is nothing to parse; it costs the same of the steps. False for whatever has to go the long way.
        """
        sign, left, right = _pair(text.replace(str(row), _OWN_ROW))
        if not sign or column in (left, right):
            return False
        one, two = self._sheets[sheet].at(row, left), self._sheets[sheet].at(row, right)
        cost = 2 + len(text) // _LETTERS
        if one is None or two is None or one.number is None or two.number is None or self._room < cost:
            return False
        if (one.number - two.number if sign == "-" else one.number + two.number) != stored:
            return False
        self._room -= cost
        return True

    def all_at_sight(
        self,
        sheet: int,
        column: int,
        rows: Sequence[int],
        formulas: Sequence[str | None],
        stored: Sequence[Decimal | None],
    ) -> bool:
        """Whether :meth:`at_sight` is true in some rows of a column of a large sheet, told of all of them together."""
        lines = self._sheets[sheet].rows
        if not isinstance(lines, Lines) or not rows or formulas[0] is None:
            return False
        shape = formulas[0].replace(str(rows[0]), _OWN_ROW)
        sign, left, right = _pair(shape)
        if not sign or column in (left, right) or left not in lines.columns or right not in lines.columns:
            return False
        stretch = slice(bisect_left(lines.numbers, rows[0]), bisect_right(lines.numbers, rows[-1]))
        written = shape.replace(_OWN_ROW, "%d")
        if lines.numbers[stretch] != list(rows) or formulas != [written % (row, row) for row in rows]:
            return False
        ones, twos = lines.columns[left].numbers[stretch], lines.columns[right].numbers[stretch]
        cost = sum(2 + len(text or "") // _LETTERS for text in formulas)
        if self._room < cost or any(map(is_, chain(ones, twos), repeat(None))):  # ``in`` would compare: slow
            return False
        if list(map(sub if sign == "-" else add, ones, twos)) != stored:
            return False
        self._room -= cost
        return True

    def _begun(self, key: Key) -> _Step:
        self._underway.add(key)
        text = self._due[key].formula or ""
        self._room -= 1 + len(text) // _LETTERS
        formula = parse(text) if self._room > 0 else None
        ranges = [] if formula is None else [self._range(key[0], one) for one in formula.references]
        return _Step(key, formula, ranges, self._needs(ranges))

    def _named(self, place: tuple[str, Area] | None) -> Range | None:
        sheet = None if place is None else self._positions.get(place[0].casefold())
        return None if place is None or sheet is None else Range(sheet, place[1])

    def _range(self, home: int, reference: Reference) -> Range | None:
        sheet = home if reference.sheet is None else self._positions.get(reference.sheet.casefold())
        return None if sheet is None else Range(sheet, reference.area)

    def _needs(self, ranges: list[Range | None]) -> Iterator[Key]:
        """The cells due within these ranges."""
        for reference in ranges:
            if reference is None:
                continue
            sheet, (top, left, bottom, right) = reference
            if top == bottom and left == right:
                if (sheet, top, left) in self._due:
                    yield sheet, top, left
                continue
            for column in self._columns_due.get(sheet, ()):
                if not left <= column <= right:
                    continue
                rows = self._rows_due[sheet, column]
                for at in range(bisect_left(rows, top), bisect_right(rows, bottom)):
                    self._room -= 1
                    if self._room < 0:
                        return
                    yield sheet, rows[at], column

    def _worth(self, step: _Step) -> Value | _Nothing:
        if step.formula is None:
            return _NOTHING
        self._home, self._ranges = step.key, step.ranges
        try:
            self.charge(1)
            value = self._in_any_language(step.formula.tree)
        except Failed as failed:
            return failed.fault
        except Unknown:
            return _NOTHING
        if isinstance(value, str):
            self._room -= len(value)  # texts made of texts could double without end
        return 0 if value is None else value

    def _in_any_language(self, tree: Node) -> Value:
        """What a formula is worth, be decimals written with a point or a comma; ``Unknown`` if that matters.

        ``LEN(12.5)>0`` and ``TRIM(12.5)=""`` are sure, ``12.5&""`` is not.
        """
        try:
            return self.value(tree)
        except Worded:
            point, comma = (self._in_language(tree, sign) for sign in ".,")
        if point != comma:
            raise Unknown
        return point

    def _in_language(self, tree: Node, sign: str) -> Value:
        token = DECIMAL_SIGN.set(sign)
        try:
            return self.value(tree)
        except Failed as failed:
            return failed.fault
        finally:
            DECIMAL_SIGN.reset(token)

    def value(self, node: Node) -> Value:
        """What a node is worth, a single one; ``Unknown`` for a range, ``Failed`` for an error."""
        if isinstance(node, Slot):
            reference = self._ranges[node.place]
            if reference is None:
                raise Unknown
            sheet, (top, left, bottom, right) = reference
            if top != bottom or left != right:
                raise Unknown
            cell = self._sheets[sheet].at(top, left)
            value = None if cell is None else self._value_in(reference, cell)
        elif isinstance(node, Constant):
            value = node.value
        elif isinstance(node, Chain):
            value = self.value(node.first)
            for sign, operand in node.rest:
                value = operate(sign, value, self.value(operand))
        elif isinstance(node, Minus):
            value = -as_number(self.value(node.operand))
        elif isinstance(node, Call):
            value = call(self, node)
        elif isinstance(node, (Name, Span)):
            value = value_at(self, only_range(self, node))
        else:
            raise Unknown
        if isinstance(value, Fault):
            raise Failed(value)
        return value

    def _value_in(self, area: Range, cell: StoredCell) -> Value:
        """What a cell of an area is worth. If it is yet to be computed, so is likely the rest of the area."""
        if cell.formula is not None:
            key = (area.sheet, cell.row, cell.column)
            if key in self._due:
                value = self._known.get(key, _NOTHING)
                if isinstance(value, _Nothing):
                    if key in self._known or key in self._underway:
                        raise Unknown
                    raise _Wanting(area)
                return value
        if cell.number is not None:
            above, below = cell.number.as_integer_ratio()
            return above if below == 1 else Fraction(above, below)
        if cell.kind is Stored.TEXT:
            return cell.text
        if cell.kind is Stored.EMPTY:
            raise Unknown
        return cell.text == "TRUE" if cell.kind is Stored.BOOLEAN else Fault(cell.text)

    def ranges(self, node: Node) -> tuple[Range, ...]:
        """The cells that a node names, empty where it is no reference."""
        if isinstance(node, Slot):
            reference = self._ranges[node.place]
            if reference is None:
                raise Unknown
            return (reference,)
        if isinstance(node, Union):
            parts = [self.ranges(part) for part in node.parts]
            if not all(parts):
                raise Unknown
            return tuple(chain.from_iterable(parts))
        if isinstance(node, Name):
            named = self._names.get(node.text.casefold())
            if named is None:
                raise Unknown
            return (named,)
        if isinstance(node, Span):
            return (span_range(self, node),)
        if isinstance(node, Call) and node.name in RANGES:
            self.charge(1)  # within each other they are found many times over
            return (RANGES[node.name](self, node.arguments),)
        return ()

    def places(self, area: Range) -> Iterator[Place]:
        """The cells of a range that are not blank, row by row; errors as ``Fault``."""
        sheet, (top, left, bottom, right) = area
        rows = self._sheets[sheet].rows
        lines: Iterable[int] = range(top, bottom + 1)
        if bottom - top >= len(rows):
            lines = [row for row in rows if top <= row <= bottom]
            self.charge(len(rows))
        else:
            self.charge(bottom - top + 1)
        for row in lines:
            line = rows.get(row)
            if line is None:
                continue
            if left == right:
                columns: Iterable[int] = (left,) if left in line else ()
            else:
                self.charge(len(line))
                columns = [column for column in line if left <= column <= right]
            for column in columns:
                cell = line[column]
                yield Place(row, column, self._value_in(area, cell), cell.formula)

    def home(self) -> Cell:
        """The cell that the formula stands in."""
        return Cell(*self._home[1:])

    def hidden(self, sheet: int) -> frozenset[int]:
        """The rows of a sheet that do not show."""
        return self._sheets[sheet].hidden_rows

    def charge(self, steps: int) -> None:
        """Raises ``Unknown`` where the workbook has asked for too much already."""
        self._room -= steps
        if self._room < 0:
            raise Unknown
