"""Live checks as formulas: which sheets they look at, and how they read from another sheet.

A conditional format may look at its own sheet only, with references as they are; a defined name and
a cell of the findings sheet need every reference with its sheet, and absolute, so that they follow
when rows are inserted.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlaudit.cells import parse_area
from xlaudit.patterns import pattern

MAX_FORMULA = 8_000
"""Characters; Excel's own limit is 8192, some of which our wrapping needs."""

_SHEET = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!"
_REFERENCE = (
    r"(?P<area>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w.(!])"
)
_TOKEN = pattern(
    rf"(?P<text>\"(?:[^\"]|\"\")*\")|(?:{_SHEET})?{_REFERENCE}"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)"
    r"|(?P<error>#(?:N/A|NULL!|DIV/0!|VALUE!|NUM!|NAME\?))"
    r"|(?P<name>[^\W\d][\w.]*)(?P<call>\()?"
    r"|(?P<open>\()|(?P<close>\))|(?P<operator><>|<=|>=|[-+*/^&=<>%,:{};\s])"
)
_OPENING = ("open", "call")


class Piece(NamedTuple):
    """One token. For a reference ``sheet`` is the sheet written before it, None where none is."""

    text: str
    area: str = ""
    sheet: str | None = None


class Check(NamedTuple):
    """A formula that was read through: its tokens, in order."""

    pieces: tuple[Piece, ...]

    @property
    def sheets(self) -> set[str]:
        """The sheets that references name."""
        return {piece.sheet for piece in self.pieces if piece.sheet is not None}

    def stays_on(self, sheet: str) -> bool:
        """Whether all references are to this sheet."""
        return all(name.casefold() == sheet.casefold() for name in self.sheets)

    def local(self) -> str:
        """The formula without sheet names, for use on its own sheet."""
        return "".join(piece.area or piece.text for piece in self.pieces)

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
    pieces: list[Piece] = []
    depth = at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"not understood from {text[at : at + 20]!r}")
        at = match.end()
        kind = match.lastgroup
        if kind == "area":
            whole, sheet, plain, area = match.group(0, "quoted", "plain", "area")
            _absolute(area)  # a cell beyond the grid shows here
            pieces.append(Piece(whole, area, sheet.replace("''", "'") if sheet else plain))
            continue
        if kind in _OPENING:
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth < 0:
                break
        pieces.append(Piece(match[0]))
    if depth:
        raise ValueError("brackets do not match")
    if pieces[-1].text in {"+", "-", "*", "/", "^", "&", "=", "<", ">", "<=", ">=", "<>", ","}:
        raise ValueError("ends with an operator")
    return Check(tuple(pieces))


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
