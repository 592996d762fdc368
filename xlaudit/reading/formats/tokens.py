"""Formulas of binary workbooks, token by token in reverse Polish order, written out as text ([MS-XLS] 2.5.198).

The three kinds of file (Excel 5, Excel 97, .xlsb) have the same tokens and differ in the width of their fields.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, letters
from xlaudit.patterns import pattern
from xlaudit.reading.formats.functions import ARGUMENTS, NAMES, USER_DEFINED
from xlaudit.reading.formats.gather import ERRORS, UNREADABLE

_LONGEST = 16_384
"""Characters of a formula; Excel takes 8192."""

_BINARY = ("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":")  # from token 3 on
_PLAIN_NAME = pattern(r"[^\W\d][\w.]*")


class Kind(NamedTuple):
    """How one kind of file lays tokens out. ``rows`` and ``columns`` are the size of its sheets."""

    rows: int
    columns: int
    row_format: str
    column_format: str
    flags_in_row: bool
    name: int
    """Bytes after a name token, of which the index comes first."""
    array: int


BIFF5 = Kind(16_384, 256, "H", "B", True, 14, 7)
BIFF8 = Kind(65_536, 256, "H", "H", False, 4, 7)
BIFF12 = Kind(MAX_ROWS, MAX_COLUMNS, "I", "H", False, 4, 14)


class Surroundings(NamedTuple):
    """What a formula's tokens refer to by number.

    ``sheet`` gives the prefix (``Realisasi!``) of a sheet reference out of its bytes and says how many those are;
    ``names`` are the defined names; ``outside`` names a name of another file or an add-in, and the bytes it took.
    """

    kind: Kind
    sheet: Callable[[bytes, int], tuple[str, int]]
    names: Sequence[str]
    outside: Callable[[bytes, int], tuple[str, int]]
    text: Callable[[bytes, int], tuple[str, int]]


class _NotReadable(Exception):
    """A token that is unknown, cut short, or asks for what is not there."""


def formula_text(code: bytes, around: Surroundings, row: int = 0, column: int = 0) -> str:
    """The formula without ``=``, as it stands in the cell (from 0) to which its relative offsets count.

    ``UNREADABLE`` where the tokens make no sense; nothing is raised.
    """
    try:
        return _Reader(code, around, row, column).text()
    except (_NotReadable, struct.error, IndexError, ValueError):
        return UNREADABLE


def sheet_prefix(first: str, last: str = "") -> str:
    """``Lembar1!`` or ``'Lembar satu:Lembar tiga'!``, quoted where need be."""
    names = first if not last or last == first else f"{first}:{last}"
    if _PLAIN_NAME.fullmatch(names):
        return names + "!"
    return "'" + names.replace("'", "''") + "'!"


class _Reader:
    def __init__(self, code: bytes, around: Surroundings, row: int, column: int) -> None:
        self._code = code
        self._around = around
        self._kind = around.kind
        self._at = 0
        self._row = row
        self._column = column
        self._stack: list[str] = []

    def text(self) -> str:
        while self._at < len(self._code):
            token = self._code[self._at]
            self._at += 1
            if token >= 0x40:  # the same token for another class of value
                token = (token & 0x1F) | 0x20
            self._one(token)
        [whole] = self._stack
        return whole

    def _one(self, token: int) -> None:
        if 0x03 <= token <= 0x11:
            right, left = self._pop(), self._pop()
            self._push(f"{left}{_BINARY[token - 3]}{right}")
        elif token in _UNARY:
            before, after = _UNARY[token]
            self._push(f"{before}{self._pop()}{after}")
        else:
            handler = _HANDLERS.get(token)
            if handler is None:
                raise _NotReadable
            handler(self)

    def _push(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise _NotReadable
        self._stack.append(text)

    def _pop(self) -> str:
        return self._stack.pop()

    def _take(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + layout, self._code, self._at)
        self._at += struct.calcsize("<" + layout)
        return found

    def _skip(self, count: int) -> None:
        self._at += count
        if self._at > len(self._code):
            raise _NotReadable

    def missing(self) -> None:
        self._push("")

    def string(self) -> None:
        text, self._at = self._around.text(self._code, self._at)
        self._push('"' + text.replace('"', '""') + '"')

    def attribute(self) -> None:
        kind, extra = self._take("BH")
        if kind & 0x04:
            self._skip((extra + 1) * 2)
        elif kind & 0x10:
            self._push(f"SUM({self._pop()})")

    def error(self) -> None:
        [code] = self._take("B")
        self._push(ERRORS.get(code, "#N/A"))

    def boolean(self) -> None:
        [value] = self._take("B")
        self._push("TRUE" if value else "FALSE")

    def integer(self) -> None:
        [value] = self._take("H")
        self._push(str(value))

    def double(self) -> None:
        [value] = self._take("d")
        self._push(f"{value:.15g}".upper())

    def function(self) -> None:
        [number] = self._take("H")
        name = NAMES.get(number, "")
        if name not in ARGUMENTS:
            raise _NotReadable
        self._call(name, ARGUMENTS[name])

    def variable_function(self) -> None:
        count, number = self._take("BH")
        count, number = count & 0x7F, number & 0x7FFF
        if number == USER_DEFINED:
            arguments = self._arguments(count)
            self._push(f"{arguments[0]}({','.join(arguments[1:])})")
        elif number in NAMES:
            self._call(NAMES[number], count)
        else:
            raise _NotReadable

    def _arguments(self, count: int) -> list[str]:
        if count > len(self._stack):
            raise _NotReadable
        taken = self._stack[len(self._stack) - count :]
        del self._stack[len(self._stack) - count :]
        return taken

    def _call(self, name: str, count: int) -> None:
        self._push(f"{name}({','.join(self._arguments(count))})")

    def name(self) -> None:
        [index] = self._take("I" if self._kind is BIFF12 else "H")
        self._skip(self._kind.name - (4 if self._kind is BIFF12 else 2))
        self._push(self._around.names[index - 1] if index else "#NAME?")

    def outside_name(self) -> None:
        name, self._at = self._around.outside(self._code, self._at)
        self._push(name)

    def reference(self) -> None:
        self._push(self._cell(*self._take(self._kind.row_format + self._kind.column_format)))

    def area(self) -> None:
        self._push(self._range(self._cell))

    def near_reference(self) -> None:
        self._push(self._near(*self._take(self._kind.row_format + self._kind.column_format)))

    def near_area(self) -> None:
        self._push(self._range(self._near))

    def sheet_reference(self) -> None:
        prefix, self._at = self._around.sheet(self._code, self._at)
        self._push(prefix + self._cell(*self._take(self._kind.row_format + self._kind.column_format)))

    def sheet_area(self) -> None:
        prefix, self._at = self._around.sheet(self._code, self._at)
        self._push(prefix + self._range(self._cell))

    def lost_reference(self) -> None:
        self._take(self._kind.row_format + self._kind.column_format)
        self._push("#REF!")

    def lost_area(self) -> None:
        self._take(self._kind.row_format * 2 + self._kind.column_format * 2)
        self._push("#REF!")

    def lost_sheet_reference(self) -> None:
        _, self._at = self._around.sheet(self._code, self._at)
        self.lost_reference()

    def lost_sheet_area(self) -> None:
        _, self._at = self._around.sheet(self._code, self._at)
        self.lost_area()

    def remembered(self) -> None:
        """An area that was worked out before: its own tokens follow and say the same."""
        self._skip(6)

    def subexpression(self) -> None:
        self._skip(2)

    def _split(self, row: int, column: int) -> tuple[int, int, bool, bool]:
        """Row and column without their flags, and whether each is relative."""
        if self._kind.flags_in_row:
            return row & 0x3FFF, column, bool(row & 0x8000), bool(row & 0x4000)
        return row, column & 0x3FFF, bool(column & 0x8000), bool(column & 0x4000)

    def _cell(self, row: int, column: int) -> str:
        row, column, row_moves, column_moves = self._split(row, column)
        return _a1(row, column, row_moves, column_moves)

    def _near(self, row: int, column: int) -> str:
        """A reference in a shared formula: relative parts count from the cell, around the sheet's edges."""
        row, column, row_moves, column_moves = self._split(row, column)
        if row_moves:
            row = (row + self._row) % self._kind.rows
        if column_moves:
            column = (column + self._column) % self._kind.columns
        return _a1(row, column, row_moves, column_moves)

    def _range(self, corner: Callable[[int, int], str]) -> str:
        top, bottom, left, right = self._take(self._kind.row_format * 2 + self._kind.column_format * 2)
        last_row, last_column = self._kind.rows - 1, self._kind.columns - 1
        first, last = self._split(top, left), self._split(bottom, right)
        if corner == self._cell and (first[0], last[0]) == (0, last_row):
            return f"{_column(first[1], first[3])}:{_column(last[1], last[3])}"
        if corner == self._cell and (first[1], last[1]) == (0, last_column):
            return f"{_row(first[0], first[2])}:{_row(last[0], last[2])}"
        return f"{corner(top, left)}:{corner(bottom, right)}"


def _a1(row: int, column: int, row_moves: bool, column_moves: bool) -> str:
    return _column(column, column_moves) + _row(row, row_moves)


def _column(column: int, moves: bool) -> str:
    return ("" if moves else "$") + letters(column + 1)


def _row(row: int, moves: bool) -> str:
    if not 0 <= row < MAX_ROWS:
        raise _NotReadable
    return f"{'' if moves else '$'}{row + 1}"


_UNARY = {0x12: ("+", ""), 0x13: ("-", ""), 0x14: ("", "%"), 0x15: ("(", ")")}
_HANDLERS: dict[int, Callable[[_Reader], None]] = {
    0x16: _Reader.missing,
    0x17: _Reader.string,
    0x19: _Reader.attribute,
    0x1C: _Reader.error,
    0x1D: _Reader.boolean,
    0x1E: _Reader.integer,
    0x1F: _Reader.double,
    0x21: _Reader.function,
    0x22: _Reader.variable_function,
    0x23: _Reader.name,
    0x24: _Reader.reference,
    0x25: _Reader.area,
    0x26: _Reader.remembered,
    0x27: _Reader.remembered,
    0x28: _Reader.remembered,
    0x29: _Reader.subexpression,
    0x2A: _Reader.lost_reference,
    0x2B: _Reader.lost_area,
    0x2C: _Reader.near_reference,
    0x2D: _Reader.near_area,
    0x39: _Reader.outside_name,
    0x3A: _Reader.sheet_reference,
    0x3B: _Reader.sheet_area,
    0x3C: _Reader.lost_sheet_reference,
    0x3D: _Reader.lost_sheet_area,
}
