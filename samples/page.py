"""One sheet of a sample workbook: titles, tables, notes and signatures, drawn from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from office import (
    LEVELS,
    Block,
    Book,
    Formula,
    Formulas,
    Placed,
    Table,
    header_blocks,
    lines,
    role,
    typed,
    width,
)
from xlsxwriter.utility import xl_col_to_name

_LEVELLED = ("no", "kode", "uraian", "program")


class Page:
    """A sheet. What is put on it is drawn by ``finish``, when all column widths are known."""

    def __init__(self, book: Book, name: str, *, widths: dict[int, float] | None = None):
        self.book, self.name, self.row = book, name, 0
        self.sheet: Any = book.file.add_worksheet(name)
        self.widths: dict[int, float] = {}
        self.fixed = widths or {}
        self.steps: list[Callable[[], None]] = []
        self.right = book.manner.left
        self.heights: dict[int, float] = {}
        self.sheet.set_paper(book.manner.paper)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)

    def title(self, *texts: str, across: int | None = None, size: int = 1, align: str = "center") -> Page:
        """Lines merged over the width of the sheet's widest table (or ``across`` columns), bold."""

        def draw() -> None:
            style = self.book.format(
                bold=True,
                align=align,
                valign="vcenter",
                font_size=self.book.manner.size + size,
                text_wrap=True,
            )
            first = self.book.manner.left
            last = first + across - 1 if across else self.right
            for text in texts:
                self._block(Block(self.row, first, self.row, last, text), style)
                self._height(self.row, self._lines(text, first, last, bold=True), 5)
                self.row += 1

        return self._then(draw)

    def gap(self, rows: int = 1) -> Page:
        def draw() -> None:
            self.row += rows

        return self._then(draw)

    def note(self, text: str, *, bold: bool = False, italic: bool = False, at: int = 0) -> Page:
        """A line of text that runs over the cells to its right."""

        def draw() -> None:
            style = self.book.format(bold=bold, italic=italic)
            self.sheet.write_string(self.row, self.book.manner.left + at, text, style)
            self.row += 1

        return self._then(draw)

    def sign(self, *texts: str, at: int, over: int = 2, also: tuple[str, ...] = ()) -> Page:
        """A signature block: centred lines, room to sign, no name. ``also`` stands at the left of it."""

        def draw() -> None:
            style = self.book.format(align="center")
            first = self.book.manner.left + at
            for offset in range(max(len(texts), len(also))):
                if offset < len(texts) and texts[offset]:
                    self._block(Block(self.row, first, self.row, first + over - 1, texts[offset]), style)
                if offset < len(also) and also[offset]:
                    self.sheet.write_string(self.row, self.book.manner.left + 1, also[offset], style)
                self.row += 1
            self.row += 4

        return self._then(draw)

    def table(
        self,
        name: str,
        *,
        at: int = 0,
        spans: tuple[str, ...] = (),
        ruled: bool = True,
        formulas: Formulas | None = None,
        freeze: bool = False,
    ) -> Page:
        """A table of the book's data. Empty cells in the columns ``spans`` are merged into the one above."""
        table = self.book.tables[name]
        left = self.book.manner.left + at
        self.right = max(self.right, left + len(table.columns) - 1)
        for offset, column in enumerate(table.columns):
            self.widths[left + offset] = max(self.widths.get(left + offset, 0), width(column))

        def draw() -> None:
            if table.header:
                self._header(table.header, left)
            if freeze:
                self.sheet.freeze_panes(self.row, 0)
            self._body(table, left, spans, ruled, formulas)

        return self._then(draw)

    def finish(self) -> None:
        for column in sorted(self.widths.keys() | self.fixed.keys()):
            self.sheet.set_column(column, column, self._width(column))
        if sum(self._width(column) for column in range(self.book.manner.left, self.right + 1)) > 110:
            self.sheet.set_landscape()
        for step in self.steps:
            step()
        for row in sorted(self.heights):
            self.sheet.set_row(row, self.heights[row])

    def _then(self, draw: Callable[[], None]) -> Page:
        self.steps.append(draw)
        return self

    def _width(self, column: int) -> float:
        return self.fixed.get(column, self.widths.get(column, 8.43))

    def _height(self, row: int, count: int, extra: float = 2.0) -> None:
        needed = round(count * self.book.manner.size * 1.32 + extra, 2)
        self.heights[row] = max(self.heights.get(row, 0.0), needed)

    def _lines(self, text: str, first: int, last: int, *, bold: bool) -> int:
        room = sum(self._width(column) for column in range(first, last + 1))
        return lines(text, room, self.book.manner.stretch * (1.08 if bold else 1.0))

    def _block(
        self, block: Block, style: Any, shown: tuple[str | float, Formula | None] | None = None
    ) -> None:
        """Writes one cell, merged where the block has several. ``shown``: a typed value, or a formula."""
        top, left, bottom, right, text = block
        if (bottom, right) != (top, left):
            self.sheet.merge_range(top, left, bottom, right, "", style)
        value, formula = shown or (text, None)
        if formula:
            self.sheet.write_formula(top, left, formula[0], style, formula[1])
        elif value == "":
            self.sheet.write_blank(top, left, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(top, left, value, style)
        else:
            self.sheet.write_number(top, left, value, style)

    def _header(self, header: list[list[str]], left: int) -> None:
        style = self.book.format(
            bold=True,
            align="center",
            valign="vcenter",
            border=1,
            text_wrap=True,
            bg_color=self.book.manner.fill,
        )
        for block in header_blocks(header):
            top, bottom = self.row + block.top, self.row + block.bottom
            first, last = left + block.left, left + block.right
            self._block(Block(top, first, bottom, last, block.text), style)
            count = self._lines(block.text, first, last, bold=True)
            for row in range(top, bottom + 1):
                self._height(row, share(count, bottom - top + 1), 4)
        self.row += len(header)

    def _body(
        self, table: Table, left: int, spans: tuple[str, ...], ruled: bool, formulas: Formulas | None
    ) -> None:
        letters = {column: xl_col_to_name(left + offset) for offset, column in enumerate(table.columns)}
        at, row = [], self.row
        for index in range(len(table.rows)):
            row += len(table.repeated.get(index, []))
            at.append(row)
            row += 1
        placed = Placed(self.name, [r + 1 for r in at], letters)
        self.book.placed[table.id] = placed
        given = formulas(table, placed) if formulas else {}
        for index, cells in enumerate(table.rows):
            if index in table.repeated:
                self._header(table.repeated[index], left)
            for offset, column in enumerate(table.columns):
                block = body_block(table, index, offset, spans)
                if block is None:
                    continue
                kind = role(column)
                value, code = typed(cells[offset], kind, self.book.manner)
                style = self._style(table, index, offset, value, code, ruled)
                moved = Block(at[index], left + block.left, at[block.bottom], left + block.right, block.text)
                self._block(moved, style, (value, given.get((index, column))))
                count = self._lines(cells[offset], moved.left, moved.right, bold=bool(style.bold))
                for y in range(at[index], at[block.bottom] + 1):
                    self._height(y, share(count, block.bottom - index + 1))
            self.row = at[index] + 1

    def _style(
        self, table: Table, index: int, offset: int, value: str | float, code: str, ruled: bool
    ) -> Any:
        manner, level, kind = self.book.manner, table.level(index), role(table.columns[offset])
        properties: dict[str, Any] = {"valign": "vcenter", "text_wrap": isinstance(value, str)}
        if ruled:
            properties["border"] = 1
        if code != "General":
            properties["num_format"] = code
        if kind in ("figure", "order", "code") and not manner.pasted:
            properties["align"] = "center"
        elif kind == "amount" and not manner.pasted:
            properties["align"] = "right"
        # Levels are those of the budget lines; sasaran printed before them are not set off.
        lines_begin = min((table.columns.index(c) for c in table.columns if c in _LEVELLED), default=0)
        mixed = len({name for name in table.levels if name in LEVELS}) > 1 and offset >= lines_begin
        if level == "total" or (mixed and level == "program"):
            properties["bold"] = True
            if manner.shade_program and mixed and level == "program":
                properties["bg_color"] = manner.shade_program
        elif mixed and level == "kegiatan" and manner.italic_kegiatan:
            properties["italic"] = True
        return self.book.format(**properties)


def share(count: int, rows: int) -> int:
    """The lines each of ``rows`` rows must give so that a text of ``count`` lines fits."""
    return -(-count // rows)


def body_block(table: Table, index: int, offset: int, spans: tuple[str, ...]) -> Block | None:
    """The block of one body cell, None where the cell lies under a merge.

    A total's label takes the empty cell beside it; columns in ``spans`` take the empty cells below, up to the
    next total or repeated header.
    """
    row = table.rows[index]
    if table.level(index) == "total":
        if offset == 0 and row[0] and len(row) > 2 and not row[1]:
            return Block(index, 0, index, 1, row[0])
        if offset == 1 and row[0] and len(row) > 2 and not row[1]:
            return None
        return Block(index, offset, index, offset, row[offset])
    if table.columns[offset] not in spans:
        return Block(index, offset, index, offset, row[offset])

    def joins(y: int) -> bool:
        return (
            y > 0
            and not table.rows[y][offset]
            and "total" not in (table.level(y), table.level(y - 1))
            and y not in table.repeated
        )

    if joins(index):
        return None
    bottom = index
    while bottom + 1 < len(table.rows) and joins(bottom + 1):
        bottom += 1
    return Block(index, offset, bottom, offset, row[offset])
