"""One worksheet part (ECMA-376 Part 1, 18.3): its cells, merges, and hidden rows and columns."""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat

from xlaudit.cells import MAX_COLUMNS, Area, parse_area, parse_cell
from xlaudit.errors import UnreadableWorkbook
from xlaudit.patterns import pattern
from xlaudit.reading.cellrows import CellRows, Rows, Shared, address
from xlaudit.reading.celltokens import ROW_END, Token, plain_pattern, written
from xlaudit.reading.plainrows import MOST_COLUMNS
from xlaudit.reading.refusals import bad_cell, broken_part, too_large
from xlaudit.reading.streamed import NotPlain, Stream, plain_bytes
from xlaudit.reading.view import LARGEST_MERGE
from xlaudit.reading.xmlparts import is_on
from xlaudit.texts import Text

_DATA = pattern(rb"<([A-Za-z][A-Za-z0-9]{0,15}:)?sheetData>")
_CHUNK = 1 << 16
_LARGE = 1 << 20
"""A sheet of so many bytes is worth a pattern of its own for its rows."""
_FLUSH = 2000


class SheetContent(NamedTuple):
    """What one worksheet part holds."""

    rows: Rows
    merges: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    outline: dict[int, int]


def read_sheet(part: str, data: bytes, sheet: str, shared: Shared) -> SheetContent:
    """The content of a worksheet part; ``sheet`` names it in messages.

    The rows are scanned where they are in the plain form, and go through expat where they are not; all
    around them always goes through expat. Raises ``UnreadableWorkbook``: ``broken`` or ``too_large``.
    """
    stream = _SheetStream(part, sheet, shared)
    opening = _DATA.search(data)
    rest = 0
    if opening is not None:
        stream.feed(data[: opening.end()])
        rest = opening.end()
        prefix = opening[1] or b""
        end = data.find(b"</" + prefix + b"sheetData>", rest)
        if end >= 0 and stream.at_rows() and stream.scan(data, rest, end, prefix):
            rest = end
    stream.feed(data[rest:], final=True)
    return stream.content()


class _SheetStream(Stream):
    def __init__(self, part: str, sheet: str, shared: Shared) -> None:
        super().__init__(part, shared.limits)
        self.sheet = sheet
        self.shared = shared
        self.cells = CellRows(sheet, shared)
        self.merges: list[Area] = []
        self.hidden_columns: set[int] = set()
        self._columns_told = 0
        self._section = ""
        self._tokens: list[Token] = []
        self._row = 0
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._formula: tuple[str, str] = ("", "")
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._phonetic = 0
        self._pieces: list[str] | None = None

    def at_rows(self) -> bool:
        """Whether the sheet's rows come next, in an encoding that the plain scan can read."""
        return self.depth == 2 and self._section == "sheetData" and self.is_utf8()

    def scan(self, data: bytes, start: int, end: int, prefix: bytes) -> bool:
        """Reads the rows in ``data[start:end]`` by the plain patterns; False where they are not plain.

        Where rows that are made together come upon anything strange, one cell after the other tells what it is.
        """
        left = self.shared.formula_left
        cells = CellRows(self.sheet, self.shared)
        try:
            self._scan(cells, data, start, end, prefix, together=True)
        except (NotPlain, UnreadableWorkbook) as error:
            if not cells.together:
                if isinstance(error, NotPlain):
                    return False
                raise
            self.shared.formula_left = left
            cells = CellRows(self.sheet, self.shared)
            try:
                self._scan(cells, data, start, end, prefix, together=False)
            except NotPlain:
                return False
        self.cells = cells
        return True

    def _scan(self, cells: CellRows, data: bytes, start: int, end: int, prefix: bytes, *, together: bool) -> None:
        """Takes the rows, those of a large sheet, but its first ones, as whole rows of the columns seen so far."""
        name = prefix.decode("ascii")
        columns: tuple[str, ...] = ()
        find = plain_pattern(name).findall
        large = end - start > _LARGE
        for chunk in plain_bytes(data, start, end, b"</" + prefix + b"row>", _CHUNK):
            if not together:
                cells.take(find(chunk))
                continue
            if columns:
                cells.take_text(chunk, name, columns, find)
            else:
                cells.take_alike(chunk, name, find)
            if large and len(columns) < len(cells.columns()) <= MOST_COLUMNS:
                columns = cells.columns()
        cells.finish()

    def content(self) -> SheetContent:
        """What was read, once the part has been fed to its end."""
        try:
            self._flush()
            rows = self.cells.finish()
        except NotPlain as error:
            raise broken_part(self.part) from error
        return SheetContent(
            rows,
            tuple(self.merges),
            frozenset(self.cells.hidden),
            frozenset(self.hidden_columns),
            self.cells.outline,
        )

    def start(self, name: str, depth: int, attributes: dict[str, str]) -> None:
        if depth == 1:
            if name != "worksheet":
                raise expat.ExpatError("not a worksheet")
        elif depth == 2:
            self._section = name
            self._row = 0 if name == "sheetData" else self._row
        elif depth == 3:
            if self._section == "sheetData" and name == "row":
                self._start_row(attributes)
            elif self._section == "mergeCells" and name == "mergeCell":
                self._merge(attributes.get("ref", ""))
            elif self._section == "cols" and name == "col":
                self._columns(attributes)
        elif self._section == "sheetData":
            self._within_row(name, depth, attributes)

    def end(self, name: str, depth: int) -> None:
        if depth == 3 and self._section == "sheetData" and name == "row":
            self._tokens.append(ROW_END)
        elif depth == 4 and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif self._pieces is not None and name in {"f", "v", "t"}:
            self._end_text(name, "".join(self._pieces))
            self._pieces = None
        if depth == self._phonetic:
            self._phonetic = 0

    def characters(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        told = attributes.pop("r", None)
        if told is None:
            self._row += 1
        elif told.isascii() and told.isdigit() and len(told) < 10 and int(told):
            self._row = int(told)
        else:
            raise bad_cell(self.sheet, told, Text("not a row number"))
        attributes.pop("spans", None)
        self._column = 0
        self._add("", "", "", "", row=str(self._row), more=written(attributes))

    def _within_row(self, name: str, depth: int, attributes: dict[str, str]) -> None:
        if depth == 4 and name == "c":
            self._cell, self._formula, self._value, self._inline = attributes, ("", ""), None, None
        elif self._cell is None:
            return
        elif depth == 5 and name in {"f", "v"}:
            self._pieces = []
            if name == "f":
                self._formula = (written(attributes), "")
        elif depth == 5 and name == "is":
            self._inline = []
        elif name == "rPh" and not self._phonetic:
            self._phonetic = depth
        elif name == "t" and depth in {6, 7} and not self._phonetic:
            self._pieces = []

    def _end_text(self, name: str, text: str) -> None:
        if name == "f":
            self._formula = (self._formula[0], text)
        elif name == "v":
            self._value = text
        elif self._inline is not None:
            self._inline.append(text)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        letters = self._place(attributes.get("r"))
        kind, value = attributes.get("t", ""), self._value
        if kind == "inlineStr":
            kind = "str"
            value = "".join(self._inline) if self._inline is not None else value
        self._add(letters, attributes.get("s", ""), kind, value, formula=self._formula)

    def _place(self, told: str | None) -> str:
        """The column of the cell, in letters: as it says itself, or the one after the cell before."""
        if told is None:
            self._column += 1
        else:
            try:
                cell = parse_cell(told)
            except ValueError as error:
                raise bad_cell(self.sheet, told, Text("not a cell address")) from error
            if cell.row != self._row:
                reason = Text("stands in row {row}").fill(row=self._row)
                raise bad_cell(self.sheet, told, reason)
            self._column = cell.column
        if self._column > MAX_COLUMNS:
            raise too_large(Text("more than {max_columns} columns").fill(max_columns=MAX_COLUMNS))
        return address(1, self._column)[:-1]

    def _add(
        self,
        letters: str,
        style: str,
        kind: str,
        value: str | None,
        *,
        formula: tuple[str, str] = ("", ""),
        row: str = "",
        more: str = "",
    ) -> None:
        """One token, its texts written as the plain form has them."""
        self._tokens.append(
            (
                letters,
                str(self._row) if letters else "",
                style,
                kind,
                formula[0],
                formula[1].replace("&", "&amp;"),
                "" if value is None else ">",
                (value or "").replace("&", "&amp;"),
                row,
                more,
                "",
                "",
            )
        )
        if len(self._tokens) >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        tokens, self._tokens = self._tokens, []
        try:
            self.cells.take(tokens)
        except NotPlain as error:
            raise broken_part(self.part) from error

    def _merge(self, reference: str) -> None:
        try:
            area = parse_area(reference)
        except ValueError as error:
            raise bad_cell(
                self.sheet, reference, Text("not a merged range")
            ) from error
        if area.size > 1:
            self.merges.append(area)
        most = self.limits.merges
        if len(self.merges) > most:
            what = Text("more than {most} merges on a sheet").fill(most=most)
            raise too_large(what, "merges")
        self.shared.merged_left -= area.size if area.size <= LARGEST_MERGE else 0
        if self.shared.merged_left < 0:
            most = self.limits.merged_cells
            what = Text("more than {most} cells within merges").fill(most=most)
            raise too_large(what, "merged_cells")

    def _columns(self, attributes: dict[str, str]) -> None:
        """One ``col``: hidden, or of no width. The spans of honest ones do not overlap."""
        if not is_on(attributes.get("hidden")) and attributes.get("width") not in {"0", "0.0"}:
            return
        try:
            first, last = int(attributes.get("min", "")), int(attributes.get("max", ""))
        except ValueError as error:
            raise broken_part(self.part, Text("a column without number")) from error
        first, last = max(first, 1), min(last, MAX_COLUMNS)
        self._columns_told += max(last - first + 1, 0)
        if self._columns_told > MAX_COLUMNS:
            raise broken_part(self.part, Text("overlapping columns"))
        self.hidden_columns.update(range(first, last + 1))
