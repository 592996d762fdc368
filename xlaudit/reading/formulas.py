"""Shared formulas written out for their own cells (ECMA-376 Part 1, 18.3.1.40).

The file keeps such a formula once, as its first cell has it; every other cell's references are those
moved by the distance between the two cells.
"""

from __future__ import annotations

import re

from xlaudit.cells import MAX_ROWS, column_number, letters
from xlaudit.patterns import pattern

_TOKEN = pattern(
    r'"[^"]*"'  # text: a doubled quote is two texts side by side
    r"|'[^']*'"  # a quoted sheet name, likewise
    r"|(?P<bracket>\[)"
    r"|(?<![\w.$\\?])(?:"
    r"(?P<from_column>\$?[A-Z]{1,3}):(?P<to_column>\$?[A-Z]{1,3})"
    r"|(?P<from_row>\$?[0-9]{1,7}):(?P<to_row>\$?[0-9]{1,7})"
    r"|(?P<column>\$?[A-Z]{1,3})(?P<row>\$?[0-9]{1,7})"
    r")(?![\w.(!\\?\[])",
    re.IGNORECASE,
)
_BRACKET = pattern(r"'[\[\]#'@]|[\[\]]")  # within brackets an apostrophe escapes the next character
_BEYOND = "#REF!"

Part = str | tuple[str, str]
"""Text that stays, or the column and row of a reference (either may be empty)."""


def split(formula: str) -> list[Part]:
    """A formula cut at its relative references, ready for :func:`moved`.

    Texts, quoted sheet names, structured references and the numbers of linked workbooks stay as they are.
    """
    parts: list[Part] = []
    done = 0
    position = 0
    while (match := _TOKEN.search(formula, position)) is not None:
        position = match.end()
        if match["bracket"]:
            position = _after_bracket(formula, match.start())
            continue
        groups = match.groupdict()
        if groups["column"]:
            references: list[Part] = [(match["column"], match["row"])]
        elif groups["from_column"]:
            references = [(match["from_column"], ""), ":", (match["to_column"], "")]
        elif groups["from_row"]:
            references = [("", match["from_row"]), ":", ("", match["to_row"])]
        else:
            continue
        if done < match.start():
            parts.append(formula[done : match.start()])
        parts.extend(references)
        done = position
    parts.append(formula[done:])
    return parts


def moved(parts: list[Part], rows: int, columns: int) -> str:
    """The formula with its relative references moved down and right; ``#REF!`` where one leaves the sheet."""
    return "".join(part if isinstance(part, str) else _reference(*part, rows, columns) for part in parts)


def _reference(column: str, row: str, rows: int, columns: int) -> str:
    try:
        if column and not column.startswith("$"):
            column = letters(column_number(column) + columns)
    except ValueError:
        return _BEYOND
    if row and not row.startswith("$"):
        if not 1 <= int(row) + rows <= MAX_ROWS:
            return _BEYOND
        row = str(int(row) + rows)
    return column + row


def _after_bracket(formula: str, start: int) -> int:
    """The position behind a bracketed part and all that it nests."""
    depth = 0
    for match in _BRACKET.finditer(formula, start):
        if match[0] == "[":
            depth += 1
        elif match[0] == "]":
            depth -= 1
            if not depth:
                return match.end()
    return len(formula)
