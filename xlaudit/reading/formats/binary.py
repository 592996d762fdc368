"""What binary workbooks old (.xls) and new (.xlsb) have in common: formats by number, shared formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlaudit.model import CellStyle
from xlaudit.reading.formats import gather
from xlaudit.reading.formats.tokens import Surroundings, formula_text
from xlaudit.reading.styles import BUILT_IN, MAX_CODE, meaning

_BOLD = 600


class Format(NamedTuple):
    """One cell format as the file has it: numbers of font and number format, indent and fill."""

    font: int
    code: int
    indent: int
    fill: str | None


def cell_styles(formats: Sequence[Format], weights: Sequence[int], codes: dict[int, str]) -> tuple[CellStyle, ...]:
    """The formats in order, one plain one at least. ``weights`` are those of the fonts, bold from 600 on."""
    styles = []
    for one in formats:
        code = codes.get(one.code) or BUILT_IN.get(one.code, "General")
        code = code if len(code) <= MAX_CODE else "General"
        places, percent, date = meaning(code)
        bold = one.font < len(weights) and weights[one.font] >= _BOLD
        styles.append(CellStyle(code, places, percent, date, bold, min(one.indent, 250), one.fill))
    return tuple(styles) or (CellStyle(),)


class Formulas:
    """The formulas of one sheet: written out at once, but for those that refer to one shared by several cells."""

    def __init__(self, around: Surroundings, sheet: gather.Gathered) -> None:
        self._around = around
        self._sheet = sheet
        self._shared: dict[tuple[int, int], tuple[bytes, bool]] = {}
        self._waiting: list[tuple[int, int, tuple[int, int]]] = []

    def text(self, code: bytes, row: int, column: int, master: tuple[int, int] | None) -> str:
        """The formula of a cell (from 0); ``master`` is the cell whose shared formula it takes, if it does."""
        if master is None:
            return formula_text(code, self._around, row, column)
        self._waiting.append((row, column, master))
        return gather.UNREADABLE

    def share(self, row: int, column: int, code: bytes, *, moves: bool) -> None:
        """The shared formula told after its first cell; that of an array does not move from cell to cell."""
        self._shared[row, column] = (code, moves)

    def finish(self) -> None:
        """Once the sheet is read: shared formulas are written out for their cells."""
        for row, column, master in self._waiting:
            found = self._shared.get(master)
            cell = self._sheet.rows.get(row + 1, {}).get(column + 1)
            if found is None or cell is None:
                continue
            origin = (row, column) if found[1] else master
            text = formula_text(found[0], self._around, *origin)
            self._sheet.put(row + 1, column + 1, gather.Value(cell.kind, cell.text, cell.number), text, cell.style)
