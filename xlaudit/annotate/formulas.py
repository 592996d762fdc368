"""Live checks as formulas: which sheets they look at, and how they read from another sheet.

A conditional format may look at its own sheet only, with references as they are; a defined name and
a cell of the findings sheet need every reference with its sheet, and absolute, so that they follow
when rows are inserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from xlaudit.cells import parse_area
from xlaudit.patterns import pattern

MAX_FORMULA = 8_000
"""Characters; Excel's own limit is 8192, some of which our wrapping needs."""

_SHEET = r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!"
_REFERENCE = (
    r"(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w.(!])"
)
_TOKEN = pattern(
    rf"((?:\"(?:[^\"]|\"\")*\")|(?:{_SHEET})?{_REFERENCE}"  # a text, or a reference
    r"|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+"  # a number
    r"|#(?:N/A|NULL!|DIV/0!|VALUE!|NUM!|NAME\?)"  # an error
    r"|[^\W\d][\w.]*\(?|\(|\)"  # a name or call, brackets
    r"|<>|<=|>=|[-+*/^&=<>%,:{};\s])"  # an operator
)


# What nearly all of our own checks are made of: cells of their own sheet, calls, plain numbers and operators.
_PLAIN_CELLS = pattern(r"(?<![\w.:$!'])([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)(?![\w.(:$!])")
_PLAIN_BETWEEN = pattern(r"(?:[A-Z]+\(|[-+*/(),<>=]|[0-9]+(?:\.[0-9]+)?)*")
_BRACKETS = pattern(r"[()]")


class Piece(NamedTuple):
    """A reference, or what stands between two. ``sheet`` is the one written before a reference, None where none is."""

    text: str
    area: str = ""
    sheet: str | None = None


class Check(NamedTuple):
    """A formula that was read through, in pieces, in order."""

    pieces: tuple[Piece, ...]
    sheets: frozenset[str]
    """The sheets that references name."""
    local: str
    """The formula without sheet names, for use on its own sheet."""

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Check:
        named = frozenset(piece.sheet for piece in pieces if piece.sheet is not None)
        return cls(tuple(pieces), named, "".join([piece.area or piece.text for piece in pieces]))

    def stays_on(self, sheet: str) -> bool:
        """Whether all references are to this sheet."""
        return not self.sheets or all(name.casefold() == sheet.casefold() for name in self.sheets)

    def absolute(self, sheet: str) -> str:
        """The formula with every reference absolute and with its sheet."""
        own = quoted(sheet)
        return "".join(
            [
                f"{own if named is None else quoted(named)}!{_absolute(area)}" if area else text
                for text, area, named in self.pieces
            ]
        )


@lru_cache(maxsize=256)  # each is asked for several times while its workbook is written
def read_check(formula: str) -> Check:
    """Reads a formula, with or without ``=``; ``ValueError`` where a spreadsheet would refuse it.

    Brackets (links to other workbooks, structured references) and spans of sheets are not accepted.
    """
    text = formula.removeprefix("=").strip()
    if not text or len(text) > MAX_FORMULA:
        raise ValueError("empty or too long")
    plain = _plain(text)
    return _read(text) if plain is None else plain


def _plain(text: str) -> Check | None:
    """A sound formula of plain things alone, read in a third of the time; None where it may be anything else."""
    found = _PLAIN_CELLS.split(text)  # between, cell, between, cell, ..., between
    if text[-1] in "+-*/=<>," or not all(map(_PLAIN_BETWEEN.fullmatch, found[::2])) or not _closes(text):
        return None
    pieces: list[Piece] = []
    for number, part in enumerate(found):
        if number % 2:
            _absolute(part)  # a cell beyond the grid shows here
            pieces.append(Piece(part, part))
        elif part:
            pieces.append(Piece(part))
    return Check.of(pieces)


def _closes(text: str) -> bool:
    """Whether each bracket is closed, and none that is not open."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket == "(" else -1
        if depth < 0:
            return False
    return depth == 0


def _read(text: str) -> Check:
    pieces: list[Piece] = []
    between: list[str] = []
    depth = at = 0
    token = ""
    for token, sheet, plain, area in _TOKEN.findall(text):
        if not text.startswith(token, at):
            break
        at += len(token)
        if area:
            _absolute(area)  # a cell beyond the grid shows here
            if between:
                pieces.append(Piece("".join(between)))
                between.clear()
            pieces.append(Piece(token, area, sheet.replace("''", "'") if sheet else plain or None))
            continue
        if token[-1] == "(":
            depth += 1
        elif token == ")":
            depth -= 1
            if depth < 0:
                raise ValueError("brackets do not match")
        between.append(token)
    if at < len(text):
        raise ValueError(f"not understood from {text[at : at + 20]!r}")
    if depth:
        raise ValueError("brackets do not match")
    if token in {"+", "-", "*", "/", "^", "&", "=", "<", ">", "<=", ">=", "<>", ","}:
        raise ValueError("ends with an operator")
    return Check.of([*pieces, Piece("".join(between))] if between else pieces)


@lru_cache(maxsize=256)  # likewise
def absolute(formula: str, sheet: str) -> str:
    """A live check of a sheet with every reference absolute and with its sheet; ``ValueError`` as ``read_check``."""
    return read_check(formula).absolute(sheet)


def quoted(sheet: str) -> str:
    """A sheet name as formulas write it, always between apostrophes."""
    return "'" + sheet.replace("'", "''") + "'"


@lru_cache(maxsize=1024)  # the same cells stand in check after check
def _absolute(area: str) -> str:
    """Cells, whole rows or whole columns with their dollars; ``ValueError`` for cells beyond the grid."""
    if area[-1].isdigit() and not area.removeprefix("$")[0].isdigit():
        parse_area(area)
    corners = []
    for corner in area.replace("$", "").upper().split(":"):
        letters = corner.rstrip("0123456789")
        digits = corner[len(letters) :]
        corners.append((f"${letters}" if letters else "") + (f"${digits}" if digits else ""))
    return ":".join(corners)
