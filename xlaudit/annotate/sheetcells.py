"""Cells of the findings sheet as XML, and how much room texts take in them.

Texts are inline strings, so that the workbook's shared strings stay untouched.
"""

from __future__ import annotations

from functools import lru_cache

from xlaudit.annotate.formulas import quoted
from xlaudit.annotate.styles import Styles
from xlaudit.annotate.wording import GONE, fits_number, shown
from xlaudit.annotate.xmlscan import escaped, escaped_formula, escaped_string
from xlaudit.cells import letters
from xlaudit.texts import Language

_LONGEST = 32_000
"""Characters in a cell; the format's limit is 32,767."""

LINE, PADDING, TALLEST = 12.0, 5.0, 409.0
"""Points: a line in the type of the list, what a row has besides, the tallest row there can be."""


def text_cell(row: int, column: int, text: str, style: int, title: str = "") -> str:
    """A text; ``title`` stands before it in bold, on a line of its own."""
    at = f"{letters(column)}{row}"
    if title:
        runs = _run(f"{title}\n" if text else title, _BOLD) + (_run(text, _PLAIN) if text else "")
        return f'<c r="{at}" s="{style}" t="inlineStr"><is>{runs}</is></c>'
    if not text:  # as in half of the columns
        return f'<c r="{at}" s="{style}"/>'
    content = escaped_string(_cut(text))
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


def formula_cell(row: int, column: int, formula: str, value: str, style: int) -> str:
    """A formula whose result is a text, with what it gives now."""
    return (
        f'<c r="{letters(column)}{row}" s="{style}" t="str"><f>{escaped_formula(formula)}</f>'
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


def link_cell(row: int, column: int, sheet: str, cell: str, language: Language, style: int) -> str:
    """A link to a cell that follows it when rows or columns are inserted: a literal address would stay behind.

    Also what it shows follows. Once the cell's row or column has been deleted it says so. Functions that compute anew
    at every change (CELL, OFFSET, INDIRECT) are not needed. ``cell`` is a plain address, such as C5.
    """
    own, link, words, gone, end, place = _link_parts(sheet, language)
    letter = cell.rstrip("0123456789")
    reference = f"{own}!${letter}${cell[len(letter):]}"
    address = f"ADDRESS(ROW({reference}),COLUMN({reference}),4)"
    return (
        f'<c r="{letters(column)}{row}" s="{style}" t="str">'
        f"<f>{link}{address}{words}{address}{gone}{cell}{end}</f><v>{place}{cell}</v></c>"
    )


@lru_cache(maxsize=64)
def _link_parts(sheet: str, language: Language) -> tuple[str, ...]:
    """What stands around the addresses in the links to a sheet, as markup."""
    before, after = GONE.fill(cell="\0").get(language).split("\0")
    formula = (
        quoted(sheet),
        f'IFERROR(HYPERLINK({_string(f"#{quoted(sheet)}!")}&',
        f',{_string(f"{sheet}!")}&',
        f"),{_string(f'{before}{sheet}!')[:-1]}",
        f"{_string(after)[1:]})",
    )
    return *map(escaped, formula), escaped_string(f"{sheet}!")


def height(*texts: tuple[str, float]) -> float:
    """The height in points of a row with these texts, each with the width of its column.

    LibreOffice does not fit the rows of a file it opens, and no spreadsheet fits merged cells.
    """
    most = 1
    for text, width in texts:
        if text and most < _at_most(text, width):
            most = max(most, lines(text, width))
    return min(TALLEST, most * LINE + PADDING)


def _at_most(text: str, width: float) -> float:
    """No text takes more lines than that: of two in a row, which could not be one, one is half full at least."""
    return 1 + text.count("\n") + _HALVES * len(text) / width


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many digits, words kept whole, a little on the safe side."""
    if len(text) * _BROAD < width and "\n" not in text:
        return 1
    number = 0
    for paragraph in text.split("\n"):
        number += 1
        used = 0.0
        for length in map(_length, paragraph.split(" ")):
            if used:
                if (longer := used + _NARROW + length) <= width:
                    used = longer
                    continue
                number += 1
            number += int(length // width)
            used = length % width
    return number


_NARROW, _LETTER, _DIGIT, _CAPITAL, _BROAD = 0.5, 0.9, 0.97, 1.18, 1.4
"""How broad letters of the list's type are, in digits of a workbook's usual type, by which columns are measured."""
_HALVES = 2 * _BROAD + 0.1


@lru_cache(maxsize=1024)
def _length(word: str) -> float:
    """The same words come again and again."""
    return sum(map(_BREADTHS.__getitem__, word))


class _Breadths(dict[str, float]):
    """How broad each letter is; others than those of the basic ones are not kept."""

    def __missing__(self, letter: str) -> float:
        if letter in "ijltfrI.,:;'!|()[]/- ":
            return _NARROW
        if letter in "mwMW%@":
            return _BROAD
        return _CAPITAL if letter.isupper() else _DIGIT if letter.isdigit() else _LETTER


_BREADTHS = _Breadths()
_BREADTHS.update({letter: _BREADTHS[letter] for letter in map(chr, range(32, 127))})


def _string(text: str) -> str:
    """A text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


_PLAIN = '<sz val="9"/><color rgb="FF000000"/><rFont val="Arial"/><family val="2"/>'
_BOLD = f"<b/>{_PLAIN}"


def _run(text: str, look: str) -> str:
    return f'<r><rPr>{look}</rPr><t xml:space="preserve">{escaped_string(_cut(text))}</t></r>'
