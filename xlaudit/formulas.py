"""What the text of a formula says of the cells it names: enough to compare formulas, not to compute them.

Computing them is the business of ``xlaudit.reading``; a rule that looks at a formula asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlaudit.cells import MAX_ROWS, Area, Cell, column_number
from xlaudit.patterns import pattern

_PART = pattern(
    r'"[^"]*"'  # a text: a doubled quote is two texts side by side
    r"|'[^']*'"  # a quoted sheet name, likewise
    r"|(?<![\w.$!\]])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(!\[])"
    r"|\s+"
)
_RANGE = pattern(
    r"(?<![\w.$!\]:])\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?(?![\w.(!\[:])"
)
_TEXT = pattern(r'"[^"]*"')
_SUM = pattern(r"\b(?:SUM\(|SUBTOTAL\(\s*(?:9|109)\s*[,;])([A-Z0-9:,;$ ]+)\)", re.IGNORECASE)
_WHOLE_SUM = pattern(
    r"\s*\+?\s*(?:SUM\(|SUBTOTAL\(\s*(?:9|109)\s*[,;])([A-Z0-9:,;$\s]+)\)\s*", re.IGNORECASE
)
_PLUSES = pattern(r"\s*\+?\s*\$?[A-Z]{1,3}\$?[0-9]{1,7}(?:\s*\+\s*\$?[A-Z]{1,3}\$?[0-9]{1,7})+\s*", re.IGNORECASE)
_LINK = pattern(r"'(?:[^'\[]|'')*\[([^\]]+)\](?:[^']|'')*'!|(?<![\w\])])\[([^\]]+)\][\w.]*!")


def shape(formula: str, home: Cell) -> str:
    """A formula with its references relative to its cell: all cells of a column filled downwards have the same."""

    def relative(match: re.Match[str]) -> str:
        if match[2] is None:
            return match[0].strip()
        row, column = int(match[4]), column_number(match[2])
        across = f"C{column}" if match[1] else f"C[{column - home.column}]"
        return (f"R{row}" if match[3] else f"R[{row - home.row}]") + across

    try:
        return _PART.sub(relative, formula).upper()
    except ValueError:  # a name such as XXX1, beyond the last column
        return formula.upper()


def summed(formula: str) -> Iterator[Area]:
    """The cells of the own sheet that the SUMs in a formula add up, argument by argument."""
    for match in _SUM.finditer(formula):
        yield from areas(match[1])


def may_be_sums(formulas: str) -> bool:
    """Whether one of several formulas may be such a sum as :func:`whole_sum` tells of."""
    return "+" in formulas or "(" in formulas


def whole_sum(formula: str) -> tuple[Area, ...] | None:
    """What is added where a formula is nothing but one sum of cells of its own sheet; else None.

    ``SUM(C5:C9)``, ``SUBTOTAL(9,C5:C9)`` and ``C5+C7+C9`` are such sums.
    """
    if not may_be_sums(formula):
        return None
    match = _WHOLE_SUM.fullmatch(formula)
    if match is not None:
        text = match[1]
    elif _PLUSES.fullmatch(formula):
        text = formula.replace("+", ",").strip(" ,")
    else:
        return None
    found = tuple(areas(text))
    return found if found and len(found) == len(re.split(r"[,;]", text)) else None


def areas(text: str) -> Iterator[Area]:
    """The cells and ranges without a sheet's name that a text names, from left to right."""
    for match in _RANGE.finditer(_TEXT.sub("", text)):
        column, row, to_column, to_row = match.groups()
        try:
            columns = [column_number(column), column_number(to_column or column)]
        except ValueError:
            continue
        rows = [int(row), int(to_row or row)]
        if min(rows) >= 1 and max(rows) <= MAX_ROWS:
            yield Area(min(rows), min(columns), max(rows), max(columns))




def linked(formula: str) -> str | None:
    """The other workbook that a formula takes something from: its name, or its number in the file; else None."""
    if "[" not in formula:
        return None
    match = _LINK.search(_TEXT.sub("", formula))
    return None if match is None else match[1] or match[2]
