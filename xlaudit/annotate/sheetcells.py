"""Cells of the findings sheet as XML, and how much room texts take in them.

Texts are inline strings, so that the workbook's shared strings stay untouched.
"""

from __future__ import annotations

from functools import lru_cache

from xlaudit.annotate.formulas import quoted
from xlaudit.annotate.styles import Styles
from xlaudit.annotate.wording import fits_number, shown
from xlaudit.annotate.xmlscan import escaped, escaped_string
from xlaudit.cells import letters, parse_cell
from xlaudit.texts import Language

_LONGEST = 32_000
"""Characters in a cell; the format's limit is 32,767."""

LINE, PADDING, TALLEST = 12.0, 5.0, 409.0
"""Points: a line in the type of the list, what a row has besides, the tallest row there can be."""


def text_cell(row: int, column: int, text: str, style: int, title: str = "") -> str:
    """A text; ``title`` stands before it in bold, on a line of its own."""
    at = f"{letters(column)}{row}"
    if not text and not title:  # as in half of the columns
        return f'<c r="{at}" s="{style}"/>'
    text, title = _cut(text), _cut(title)
    if title:
        runs = _run(f"{title}\n" if text else title, True) + (_run(text, False) if text else "")
        return f'<c r="{at}" s="{style}" t="inlineStr"><is>{runs}</is></c>'
    content = f'<t xml:space="preserve">{escaped_string(text)}</t>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is>{content}</is></c>'


def formula_cell(row: int, column: int, formula: str, value: str, style: int) -> str:
    """A formula whose result is a text, with what it gives now."""
    return (
        f'<c r="{letters(column)}{row}" s="{style}" t="str"><f>{escaped(formula)}</f>'
        f"<v>{escaped_string(value)}</v></c>"
    )


def figure_cell(
    row: int, column: int, figure: str | None, language: Language, styles: Styles, kind: str = ""
) -> str:
    """A plain decimal as a number, as long as a spreadsheet holds it without loss; else as text.

    ``kind`` is what the names of looks begin with.
    """
    if figure is None or not fits_number(figure):
        return text_cell(row, column, shown(figure or "", language), styles.xf[f"{kind}word"])
    look = "decimals" if "." in figure else "whole"
    return f'<c r="{letters(column)}{row}" s="{styles.xf[kind + look]}"><v>{figure}</v></c>'


def link_formula(sheet: str, cell: str, gone: str) -> str:
    """A link to a cell that follows it when rows or columns are inserted: a literal address would stay behind.

    Also what it shows follows. ``gone`` is shown once the cell's row or column has been deleted. Functions that
    compute anew at every change (CELL, OFFSET, INDIRECT) are not needed.
    """
    at = parse_cell(cell)
    reference = f"{quoted(sheet)}!${letters(at.column)}${at.row}"
    address = f"ADDRESS(ROW({reference}),COLUMN({reference}),4)"
    link = f'HYPERLINK({_string(f"#{quoted(sheet)}!")}&{address},{_string(f"{sheet}!")}&{address})'
    return f"IFERROR({link},{_string(gone)})"


def height(*texts: tuple[str, float]) -> float:
    """The height in points of a row with these texts, each with the width of its column.

    LibreOffice does not fit the rows of a file it opens, and no spreadsheet fits merged cells.
    """
    return min(TALLEST, max(lines(text, width) for text, width in texts) * LINE + PADDING)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many digits, words kept whole, a little on the safe side."""
    if len(text) * _BROAD < width and "\n" not in text:
        return 1
    number = 0
    for paragraph in text.split("\n"):
        number += 1
        used = 0.0
        for word in paragraph.split(" "):
            length = _length(word)
            if used and used + _NARROW + length > width:
                number += 1
                used = 0.0
            number += int(length // width)
            used = (used + _NARROW if used else 0) + length % width
    return number


_NARROW, _LETTER, _DIGIT, _CAPITAL, _BROAD = 0.5, 0.9, 0.97, 1.18, 1.4
"""How broad letters of the list's type are, in digits of a workbook's usual type, by which columns are measured."""


@lru_cache(maxsize=1024)
def _length(word: str) -> float:
    """The same words come again and again."""
    return sum(map(_breadth, word))


@lru_cache(maxsize=1024)
def _breadth(letter: str) -> float:
    if letter in "ijltfrI.,:;'!|()[]/- ":
        return _NARROW
    if letter in "mwMW%@":
        return _BROAD
    return _CAPITAL if letter.isupper() else _DIGIT if letter.isdigit() else _LETTER


def _string(text: str) -> str:
    """A text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _run(text: str, bold: bool) -> str:
    look = '<b/><sz val="9"/><color rgb="FF000000"/><rFont val="Arial"/><family val="2"/>'
    return (
        f'<r><rPr>{look if bold else look.removeprefix("<b/>")}</rPr>'
        f'<t xml:space="preserve">{escaped_string(text)}</t></r>'
    )
