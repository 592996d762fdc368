"""From tokens to stored cells: the meaning of a cell's type, value, style and formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import compress, repeat
from operator import le
from typing import Any

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area, Cell, column_number, parse_area
from xlaudit.limits import DEFAULT, Limits
from xlaudit.model import Stored, StoredCell
from xlaudit.reading.celltokens import Token, attributes
from xlaudit.reading.formulas import Part, moved, split
from xlaudit.reading.lines import Gathered, fields_of, no_fields
from xlaudit.reading.literals import SIGNIFICANT, number, serial
from xlaudit.reading.plainrows import (
    PER_CELL,
    Form,
    Layout,
    as_groups,
    form_of,
    form_pattern,
    from_layout,
    heading_rows,
    layout_of,
    layout_pattern,
    row_pattern,
)
from xlaudit.reading.refusals import bad_cell, too_large
from xlaudit.reading.streamed import NotPlain, decoded, without_entities
from xlaudit.texts import Text

_SHORT = 6
_NUMBER, _TEXT, _EMPTY = Stored.NUMBER, Stored.TEXT, Stored.EMPTY  # by names of their own, see ``figures.NUMBER``
_LONGEST_INDEX = 10
"""Digits of the place of a shared text: beyond, there is no such place."""
_WORTH = 20
_MANY = 40
"""So many rows are worth a pattern, even if no other sheet had it yet."""
_MOST_KNOWN = 50_000
_SPARSE = 4
"""Columns are kept as such where one of so many places in them has a cell."""
_FEW = 100_000
Rows = Mapping[int, Mapping[int, StoredCell]]
Find = Callable[[str], Iterable[Token]]
Master = tuple[int, int, list[Part]]


class Shared:
    """What the sheets of one workbook share: strings, styles, the date system, and what may still be kept."""

    def __init__(self, strings: list[str], styles: int, date1904: bool, limits: Limits = DEFAULT) -> None:
        self.strings = strings
        self.limits = limits
        self.styles = {str(index): index for index in range(styles)}
        self.date1904 = date1904
        self.cells_left = limits.cells
        self.merged_left = limits.merged_cells
        self.formula_left = limits.formula_text


class CellRows:
    """Builds the rows of one sheet from its tokens, in whatever order they come."""

    def __init__(self, sheet: str, shared: Shared) -> None:
        self.sheet = sheet
        self.rows: dict[int, dict[int, StoredCell]] = {}
        """The rows that were made cell by cell."""
        self.together = False
        """Whether rows were made together, or about to be."""
        self._gathered = Gathered()
        self.hidden: set[int] = set()
        self.outline: dict[int, int] = {}
        self._shared = shared
        self._form: Form | None = None
        """That of the last rows that were made together."""
        self._row = ""
        self._line: dict[int, StoredCell] = {}
        self._last = 0
        self._last_row = 0
        self._rows_disordered = False
        self._disordered: set[int] = set()
        self._kept = 0
        self._columns: dict[str, int] = {}
        self._fractions: dict[str, Decimal] = {}
        """Numbers such as percentages, of which a sheet has few different ones."""
        self._masters: dict[str, Master] = {}
        self._orphans: list[tuple[str, int, int]] = []
        self._arrays: list[tuple[Area, str]] = []

    def take(self, tokens: Iterable[Token]) -> None:
        """The next tokens. Raises ``NotPlain`` at junk, ``UnreadableWorkbook`` at what no cell can be."""
        new, styles, stored, columns = tuple.__new__, self._shared.styles, self._stored, self._columns
        current, line, last = self._row, self._line, self._last
        row = int(current or 0)
        before = len(line)
        for letters, digits, style, kind, tag, formula, has, value, start, more, end, junk in tokens:
            if letters:
                if digits != current:
                    raise NotPlain
                column = columns.get(letters) or self._column(letters)
                if column <= last:
                    self._check_new(line, row, column)
                last = column
                if tag or (formula and ("&" in formula or "_x" in formula or formula[0] == "=")):
                    written = self._formula(tag, formula, row, column)
                else:
                    written = formula or None
                what, amount, text = stored(kind, has, value, letters + digits)
                if what is not _EMPTY or written is not None:
                    fields = (row, column, what, amount, text, written, styles.get(style, 0))
                    line[column] = new(StoredCell, fields)
            elif start:
                if current:
                    raise NotPlain
                current = start
                row = self._open(start, more)
                line = self.rows.setdefault(row, {})
                before, last = len(line), max(line, default=0)
                if more.endswith("/"):
                    current = ""
            elif end:
                if not current:
                    raise NotPlain
                current = ""
                self._count(len(line) - before)
                before = len(line)
            elif junk:
                raise NotPlain
        self._count(len(line) - before)
        self._row, self._line, self._last = current, line, last

    def columns(self) -> tuple[str, ...]:
        """The letters of all columns that cells stood in, from left to right."""
        return tuple(sorted(self._columns, key=self._columns.__getitem__))

    def take_rows(
        self, found: Sequence[Sequence[str]], columns: Sequence[str], find: Find, layout: Layout | None = None
    ) -> None:
        """The next rows as :func:`row_pattern` finds them in these ``columns``, or :func:`layout_pattern` does; what
        it left is looked for by ``find``.

        Raises what :meth:`take` does, or ``NotPlain`` for rows in disorder.
        """
        start = 0
        for at, row in enumerate(found):
            if row[-1]:
                self._plain(found[start:at], columns, layout)
                self.take(find(row[-1]))
                start = at + 1
        self._plain(found[start:], columns, layout)

    def take_alike(self, text: str, prefix: str, find: Find) -> None:
        """The next rows as they are written: where there are many, and most of them have cells in the same columns as
        one amid them, these together. See :meth:`take_rows`."""
        close = f"</{prefix}row>"
        count = text.count(close)
        amid = text.find(close, len(text) // 2) + len(close)
        layout = layout_of([*find(text[amid : text.find(close, amid)])]) if count >= _MANY else None
        found = [] if layout is None else layout_pattern(prefix, layout).findall(text)
        if layout is None or sum(1 for row in found if row[-1]) * 2 > count:
            self.take(find(text))
            return
        for letters in layout.columns:
            self._column(letters)
        heading = heading_rows(layout, found)
        for some in (found[:heading], found[heading:]):
            self.take_rows(some, layout.columns, find, layout)

    def take_text(self, text: str, prefix: str, columns: Sequence[str], find: Find) -> None:
        """The next rows as they are written, their elements with this ``prefix``: see :meth:`take_rows`."""
        form = self._form
        if form is not None and len(form) == len(columns):
            found = form_pattern(prefix, columns, form).findall(text)
            rest = found.pop()[-1] if found and found[-1][-1] else ""
            if len(found) >= _WORTH:
                digits, more, *groups = as_groups(form, found)
                self._together(digits, more, groups, columns)
                text = rest
        if text:
            self.take_rows(row_pattern(prefix, columns).findall(text), columns, find)

    def _plain(self, found: Sequence[Sequence[str]], columns: Sequence[str], layout: Layout | None) -> None:
        """Rows that the pattern for all of them found."""
        if found:
            digits, more, *groups, _ = zip(*found, strict=True)
            if layout is None:
                self._form = form_of(more, groups)
            self._together(digits, more, [*groups] if layout is None else from_layout(layout, groups), columns)

    def _together(
        self, digits: Sequence[str], more: Sequence[str], groups: list[Sequence[str]], columns: Sequence[str]
    ) -> None:
        """Rows of plain cells, made column by column."""
        self.together = True
        self._gather()
        rows = self._opened(digits, more)
        self._write_out(rows, columns, groups)
        kept: dict[int, Iterable[Iterable[Any]]] = {}
        for at, letters in enumerate(columns):
            styles, kinds, _, formulas, values = groups[at * PER_CELL : (at + 1) * PER_CELL]
            number = self._columns[letters]
            if all(values):
                kept[number] = self._down(letters, rows, styles, kinds, formulas, values)
            elif any(values):
                every: tuple[Sequence[Any], ...] = (rows, styles, kinds, formulas, values)
                some = self._down(letters, *(list(compress(own, values)) for own in every))
                kept[number] = _spread(values, some)
            self._count(len(values) - values.count(""))
        self._gathered.extend(rows, kept)
        if len(self._gathered.numbers) * len(columns) > _SPARSE * self._kept + _FEW:
            raise NotPlain  # columns with hardly a cell in them would take more memory than the cells

    def _opened(self, digits: Sequence[str], more: Sequence[str]) -> list[int]:
        """The numbers of rows that are in order, and below all before."""
        rows = list(map(int, digits))
        if any(more):
            for number, attributes in zip(digits, more, strict=True):
                self._open(number, attributes)
        elif rows[-1] > MAX_ROWS or rows[0] <= self._last_row or any(map(le, rows[1:], rows)):
            raise NotPlain
        if self._rows_disordered:
            raise NotPlain
        self._last_row = rows[-1]
        return rows

    def _gather(self) -> None:
        """Rows made cell by cell stand above those that are made together."""
        if self._row:
            raise NotPlain
        for row, line in self.rows.items():
            self._gathered.add(row, line)
        self.rows = {}

    def _by_rows(self) -> None:
        """All rows as if made cell by cell: for what may change any of them."""
        if self._gathered.numbers:
            self.rows = {**self._gathered.lines(), **self.rows}
            self._gathered = Gathered()

    def _write_out(self, rows: Sequence[int], columns: Sequence[str], groups: list[Sequence[str]]) -> None:
        """Puts formulas in place of what is written there, where they differ: row by row, as shared ones ask for."""
        due: list[tuple[int, int]] = []
        for at in range(len(columns)):
            tags, formulas = groups[at * PER_CELL + 2 : at * PER_CELL + 4]
            if any(tags) or "_x" in "".join(formulas):
                due += ((i, at) for i, formula in enumerate(formulas) if tags[i] or "_x" in formula)
        written: dict[int, list[str]] = {}
        for index, at in sorted(due):
            place = at * PER_CELL + 3
            own = written.setdefault(place, list(groups[place]))
            column = self._columns[columns[at]]
            own[index] = self._formula(groups[place - 1][index], own[index], rows[index], column) or ""
        for place, texts in written.items():
            groups[place] = tuple(texts)

    def _down(
        self,
        letters: str,
        rows: Sequence[int],
        styles: Sequence[str],
        kinds: Sequence[str],
        formulas: Sequence[str],
        values: Sequence[str],
    ) -> Iterable[Iterable[Any]]:
        """The cells of one column in some rows, which all have a value, field by field."""
        known, count = self._shared.styles, len(rows)
        what, amounts, texts = self._alike(set(kinds), values)
        if what is None:  # cells of several kinds, or anything else that takes a look at each
            column = self._columns[letters]
            cells: list[StoredCell | None] = []
            for row, style, kind, formula, value in zip(rows, styles, kinds, formulas, values, strict=True):
                own, amount, text = self._stored(kind, ">", value, f"{letters}{row}")
                cell = StoredCell(row, column, own, amount, text, formula or None, known.get(style, 0))
                cells.append(cell if own is not _EMPTY or formula else None)
                self._gathered.waiting = self._gathered.waiting or own is _EMPTY
            return fields_of(cells)
        written: Iterable[str | None] = formulas
        if not all(formulas):
            written = [formula or None for formula in formulas] if any(formulas) else repeat(None, count)
        looks = {style: known.get(style, 0) for style in set(styles)}
        return repeat(what, count), amounts, texts, written, map(looks.__getitem__, styles)

    def _alike(
        self, kinds: set[str], values: Sequence[str]
    ) -> tuple[Stored | None, Iterable[Decimal | None], Sequence[str]]:
        """What :meth:`_stored` tells of many values of one kind, numbers or shared texts; no kind where it must."""
        nothing: tuple[None, tuple[()], tuple[()]] = (None, (), ())
        longest, digits = max(map(len, values)), "".join(values).isdecimal()
        if kinds == {"s"} and digits and longest < _LONGEST_INDEX:
            strings, places = self._shared.strings, list(map(int, values))
            texts = list(map(strings.__getitem__, places)) if max(places) < len(strings) else []
            return (_TEXT, repeat(None, len(texts)), texts) if texts and all(texts) else nothing
        if not kinds <= {"", "n"}:
            return nothing
        if digits and longest <= SIGNIFICANT:
            return _NUMBER, map(Decimal, values), values
        known = self._fractions
        if len(known) > _MOST_KNOWN:
            known.clear()
        for value in set(values).difference(known):
            amount = self._number(value)
            if amount is None:
                return nothing
            known[value] = amount
        return _NUMBER, map(known.__getitem__, values), values

    def finish(self) -> Rows:
        """The rows, once all tokens are taken: what could only be settled then, and rows and columns in order."""
        if self._row:
            raise NotPlain
        if self._gathered.numbers:
            self._gather()
            if not self._orphans and not self._arrays:
                return self._gathered.lines()
            self._by_rows()
        self._adopt_orphans()
        self._spread_arrays()
        for row in self._disordered:
            self.rows[row] = dict(sorted(self.rows[row].items()))
        rows = sorted(self.rows) if self._rows_disordered else self.rows
        return {row: self.rows[row] for row in rows if self.rows[row]}

    def _check_new(self, line: dict[int, StoredCell], row: int, column: int) -> None:
        """A cell that stands not behind those before it: unusual, and forbidden if it is there already."""
        if column in line:
            raise bad_cell(self.sheet, address(row, column), Text("is written twice"))
        self._disordered.add(row)

    def _open(self, digits: str, more: str) -> int:
        row = int(digits)
        if row > MAX_ROWS:
            raise too_large(
                Text("more than {max_rows} rows on a sheet").fill(max_rows=MAX_ROWS)
            )
        if row <= self._last_row:
            self._rows_disordered = True
            self._by_rows()
        self._last_row = row
        if more and more != "/":
            facts = attributes(more)
            if facts is None or "r" in facts:
                raise NotPlain
            if facts.get("hidden") in {"1", "true"} or facts.get("ht") in {"0", "0.0"}:
                self.hidden.add(row)
            level = facts.get("outlineLevel", "0")
            if level in {"1", "2", "3", "4", "5", "6", "7"}:
                self.outline[row] = int(level)
        return row

    def _column(self, letters: str) -> int:
        try:
            column = column_number(letters)
        except ValueError as error:
            raise too_large(
                Text("more than {max_columns} columns").fill(max_columns=MAX_COLUMNS)
            ) from error
        self._columns[letters] = column
        return column

    def _count(self, cells: int) -> None:
        self._kept += cells
        if self._kept > self._shared.cells_left:
            most = self._shared.limits.cells
            what = Text("more than {most} cells with content").fill(most=most)
            raise too_large(what, "cells")

    def _stored(self, kind: str, has: str, value: str, address: str) -> tuple[Stored, Decimal | None, str]:
        """The kind, number and text of a cell (ECMA-376 Part 1, 18.18.11)."""
        strings = self._shared.strings
        if kind == "s" and value.isdecimal() and len(value) < _LONGEST_INDEX and int(value) < len(strings):
            text = strings[int(value)]
            return _TEXT if text else _EMPTY, None, text
        if value and (not kind or kind == "n"):
            amount = self._number(value)
            return (_TEXT, None, decoded(without_entities(value))) if amount is None else (
                _NUMBER, amount, value
            )
        if not has or (not value and kind != "str"):
            return _EMPTY, None, ""
        if kind == "s":
            reason = Text("its text is not in the file")
            raise bad_cell(self.sheet, address, reason)
        value = without_entities(value)
        if kind == "b":
            return Stored.BOOLEAN, None, "TRUE" if value.strip() in {"1", "true"} else "FALSE"
        if kind == "e":
            return Stored.ERROR, None, value.strip()
        if kind == "d" and (day := serial(value, self._shared.date1904)) is not None:
            return _NUMBER, day, value
        return _TEXT, None, decoded(value)

    def _number(self, value: str) -> Decimal | None:
        if value.isdecimal() and len(value) <= SIGNIFICANT:
            return Decimal(value)
        if len(value) > _SHORT:
            return number(value)
        amount = self._fractions.get(value)
        if amount is None:
            amount = number(value)
            if amount is not None:
                self._fractions[value] = amount
        return amount

    def _formula(self, tag: str, formula: str, row: int, column: int) -> str | None:
        """The formula of one cell, written out; None where it has none of its own."""
        text = decoded(without_entities(formula)).removeprefix("=")
        if not tag:
            return text or None
        facts = attributes(tag)
        if facts is None:
            raise NotPlain
        kind = facts.get("t", "normal")
        if kind == "shared":
            return self._shared_formula(facts.get("si", ""), text, row, column)
        if kind == "dataTable":
            text = f"TABLE({facts.get('r1', '')},{facts.get('r2', '')})"
        if kind in {"array", "dataTable"} and text:
            self._remember_array(facts.get("ref", ""), text)
        return text or None

    def _shared_formula(self, index: str, text: str, row: int, column: int) -> str | None:
        if text:
            # an index may be used again further down: the last master before a cell counts
            self._masters[index] = (row, column, split(text))
            return text
        master = self._masters.get(index)
        if master is None:
            self._orphans.append((index, row, column))
            return None
        return self._moved(master, row, column)

    def _moved(self, master: Master, row: int, column: int) -> str:
        text = moved(master[2], row - master[0], column - master[1])
        self._shared.formula_left -= len(text)
        if self._shared.formula_left < 0:
            raise too_large(Text("shared formulas are too long"), "formula_text")
        return text

    def _remember_array(self, reference: str, text: str) -> None:
        try:
            self._arrays.append((parse_area(reference), text))
        except ValueError:
            return

    def _adopt_orphans(self) -> None:
        """Cells that stand before the master of their shared formula; without any, the value stays alone."""
        for index, row, column in self._orphans:
            master = self._masters.get(index)
            cell = self.rows.get(row, {}).get(column)
            if master is not None and cell is not None:
                self.rows[row][column] = cell._replace(formula=self._moved(master, row, column))

    def _spread_arrays(self) -> None:
        """Gives every cell of an array formula's range the formula, as the sheet shows it."""
        room = self._shared.limits.cells
        for area, text in self._arrays:
            room -= area.size
            if room < 0:
                return
            for row in range(area.top, area.bottom + 1):
                line = self.rows.get(row, {})
                for column in range(area.left, area.right + 1):
                    cell = line.get(column)
                    if cell is not None and cell.formula is None:
                        line[column] = cell._replace(formula=text)


def _spread(values: Sequence[str], content: Iterable[Iterable[Any]]) -> Iterable[Iterable[Any]]:
    """What some rows of a column hold, field by field, with nothing between where they have no value."""
    filled = list(map(bool, values))
    for own, nothing in zip(content, no_fields(1).lists(), strict=True):
        yield map(next, map((repeat(nothing[0]), iter(own)).__getitem__, filled))


def address(row: int, column: int) -> str:
    """The A1 address, or the bare numbers where no sheet reaches that far."""
    try:
        return Cell(row, column).a1
    except ValueError:
        return f"R{row}C{column}"
