"""Workbooks of Excel 5 to 2003 (.xls): globals and sheets out of the record stream ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct

from xlaudit.cells import Area
from xlaudit.limits import Limits
from xlaudit.model import Sheet, Stored, Workbook
from xlaudit.reading.formats import biff, gather
from xlaudit.reading.formats.binary import Format, Formulas, cell_styles
from xlaudit.reading.formats.compound import SIGNATURE, Compound
from xlaudit.reading.formats.properties import custom_properties
from xlaudit.reading.formats.tokens import BIFF5, BIFF8, Surroundings, formula_text, sheet_prefix
from xlaudit.reading.names import place
from xlaudit.reading.refusals import broken, encrypted, old_format
from xlaudit.texts import Text

_OUR_SUPBOOK, _ADD_INS = 0x0401, 0x3A01
_WORKSHEET = 0
_MAX_PAIRS = 100_000


def read_xls(path: str, data: bytes, limits: Limits) -> Workbook:
    """The workbook in an .xls file. Raises ``UnreadableWorkbook`` whatever the file holds."""
    try:
        if not data.startswith(SIGNATURE):
            return _Globals(data, limits).workbook(path, {})
        compound = Compound(data)
        stream = compound.stream("Workbook", "Book")
        if stream is None:
            raise broken(Text("it holds no workbook"))
        properties = custom_properties(compound.stream("\5DocumentSummaryInformation"))
        return _Globals(stream, limits).workbook(path, properties)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise biff.cut_short() from error


class _Globals:
    """What stands in front of the sheets."""

    def __init__(self, stream: bytes, limits: Limits) -> None:
        self.stream = stream
        self.limits = limits
        self.new = True
        self.date1904 = False
        self.recalculates = False
        self.encoding = "cp1252"
        self.texts: list[str] = []
        self.weights: list[int] = []
        self.codes: dict[int, str] = {}
        self.formats: list[Format] = []
        self.palette: list[str] = []
        self.tabs: list[tuple[int, bool, int, str]] = []
        self.pairs: list[tuple[int, int, int]] = []
        self.books: list[int] = []
        self.outside: list[list[str]] = []
        self.names: list[str] = []
        self.places: list[tuple[str, bytes]] = []
        self._begin()
        for record in biff.records(stream):
            if record.kind == biff.EOF:
                break
            self._take(record)
        self.around = Surroundings(
            BIFF8 if self.new else BIFF5, self._sheet_of, self.names, self._outside_name, self._text_in_formula
        )

    def _begin(self) -> None:
        kind, _, version = struct.unpack_from("<HHH", self.stream, 0)
        if kind != biff.BOF or version not in (0x0500, 0x0600):
            raise old_format()
        self.new = version == 0x0600

    def _take(self, record: biff.Record) -> None:
        data = record.data
        if record.kind == 0x2F:
            raise encrypted()
        if record.kind == 0x42:
            self.encoding = biff.encoding(struct.unpack_from("<H", data)[0])
        elif record.kind == 0x22:
            self.date1904 = bool(data[0])
        elif record.kind == 0x31:
            if len(self.weights) == 4:  # there is no font number 4
                self.weights.append(0)
            self.weights.append(struct.unpack_from("<H", data, 6)[0])
        elif record.kind == 0x41E:
            self.codes[struct.unpack_from("<H", data)[0]] = self.text(record, 2, long=self.new)
        elif record.kind == 0xE0:
            self.formats.append(self._format(data))
        elif record.kind == 0x92:
            self.palette = [data[at : at + 3].hex().upper() for at in range(2, len(data) - 3, 4)]
        elif record.kind == 0x85:
            offset, state, kind = struct.unpack_from("<IBB", data)
            if len(self.tabs) < gather.MAX_SHEETS:
                self.tabs.append((offset, state & 0x03 == 0, kind, self.text(record, 6, long=False)))
        elif record.kind == 0xFC:
            self.texts = biff.shared_texts(record)
        else:
            self._take_link(record)

    def _take_link(self, record: biff.Record) -> None:
        data = record.data
        if record.kind == 0x1AE and len(self.books) < _MAX_PAIRS:
            self.books.append(struct.unpack_from("<H", data, 2)[0])
            self.outside.append([])
        elif record.kind == 0x17 and self.new:
            whole = b"".join(record.chunks)
            count = min(struct.unpack_from("<H", whole)[0], (len(whole) - 2) // 6)
            self.pairs += [struct.unpack_from("<HHH", whole, 2 + 6 * at) for at in range(count)]
        elif record.kind == 0x23 and self.new and self.outside:
            self.outside[-1].append(biff.Texts([data], 6).text(long=False))
        elif record.kind == 0x18 and len(self.names) < self.limits.names:
            self._take_name(record)

    def _take_name(self, record: biff.Record) -> None:
        data = b"".join(record.chunks)
        flags, _, length, size, _, tab = struct.unpack_from("<HBBHHH", data)
        wide = self.new and bool(data[14] & 0x01)
        start = 15 if self.new else 14
        end = start + length * (2 if wide else 1)
        raw = data[start:end]
        name = raw.decode("utf-16-le" if wide else "latin-1" if self.new else self.encoding, errors="replace")
        self.names.append(f"_xlnm.{ord(name[:1] or ' ')}" if flags & 0x20 else name)
        if not flags & 0x20 and not tab and not name.startswith("_xl"):
            self.places.append((name, data[end : end + size]))

    def text(self, record: biff.Record, at: int, *, long: bool) -> str:
        """A text within a record, with its length in front of it."""
        if self.new:
            return biff.Texts(record.chunks, at).text(long)
        size = 2 if long else 1
        data = b"".join(record.chunks)
        length = int.from_bytes(data[at : at + size], "little")
        return data[at + size : at + size + length].decode(self.encoding, errors="replace")

    def _format(self, data: bytes) -> Format:
        font, code = struct.unpack_from("<HH", data)
        if self.new:
            [border] = struct.unpack_from("<I", data, 14)
            [colours] = struct.unpack_from("<H", data, 18)
            return Format(font, code, data[8] & 0x0F, self._fill(border >> 26, colours & 0x7F))
        [area] = struct.unpack_from("<I", data, 8)
        return Format(font, code, 0, self._fill(area >> 16 & 0x3F, area & 0x7F))

    def _fill(self, pattern: int, colour: int) -> str | None:
        if pattern != 1:
            return None
        return self.palette[colour - 8] if 8 <= colour < 8 + len(self.palette) else f"indexed:{colour}"

    def _sheet_of(self, code: bytes, at: int) -> tuple[str, int]:
        """The sheet of a reference: by the table of pairs, or in Excel 5 by its own numbers."""
        if self.new:
            book, first, last = self.pairs[struct.unpack_from("<H", code, at)[0]]
            if self.books[book] != _OUR_SUPBOOK:
                raise ValueError("another file")
            after = at + 2
        else:
            link, first, last = struct.unpack_from("<h8xHH", code, at)
            if link >= 0:
                raise ValueError("another file")
            after = at + 14
        return sheet_prefix(self.tabs[first][3], self.tabs[last][3]), after

    def _outside_name(self, code: bytes, at: int) -> tuple[str, int]:
        if not self.new:
            raise ValueError("a name of another file")
        pair, index = struct.unpack_from("<HH", code, at)
        book = self.pairs[pair][0]
        if self.books[book] == _OUR_SUPBOOK:
            return self.names[index - 1], at + 6
        if self.books[book] != _ADD_INS:
            raise ValueError("a name of another file")
        return self.outside[book][index - 1], at + 6

    def _text_in_formula(self, code: bytes, at: int) -> tuple[str, int]:
        length = code[at]
        if not self.new:
            return code[at + 1 : at + 1 + length].decode(self.encoding, errors="replace"), at + 1 + length
        wide = bool(code[at + 1] & 0x01)
        end = at + 2 + length * (2 if wide else 1)
        return code[at + 2 : end].decode("utf-16-le" if wide else "latin-1", errors="replace"), end

    def workbook(self, path: str, properties: dict[str, str]) -> Workbook:
        budget = gather.Budget(self.limits)
        sheets: list[Sheet] = []
        seen: set[int] = set()
        for index, (offset, visible, kind, name) in enumerate(self.tabs):
            if kind != _WORKSHEET or offset in seen:
                continue
            seen.add(offset)
            content = _SheetReader(self, budget).read(offset)
            sheets.append(content.sheet(name, index, "Workbook", visible))
        styles = cell_styles(self.formats, self.weights, self.codes)
        known = {sheet.name.casefold(): sheet.name for sheet in sheets}
        names: dict[str, tuple[str, Area] | None] = {
            name: place(formula_text(code, self.around), known) for name, code in self.places
        }
        return Workbook(path, tuple(sheets), styles, self.date1904, properties, self.recalculates, names)


class _SheetReader:
    def __init__(self, book: _Globals, budget: gather.Budget) -> None:
        self._book = book
        self._sheet = gather.Gathered(budget)
        self._formulas = Formulas(book.around, self._sheet)
        self._last = (0, 0)
        self._awaits: tuple[int, int, str, int] | None = None
        """Row, column, formula and format of a formula whose text comes in a later record."""

    def read(self, offset: int) -> gather.Gathered:
        depth = 0
        for record in biff.records(self._book.stream, offset):
            if record.kind == biff.BOF:
                depth += 1
            elif record.kind == biff.EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1:  # deeper ones are charts on the sheet
                self._take(record)
        self._formulas.finish()
        return self._sheet

    def _take(self, record: biff.Record) -> None:
        data, kind = record.data, record.kind
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", data)
            self._put(row, column, self._value(record), None, style)
        elif kind in {0x06, 0x206, 0x406}:
            self._formula(data)
        elif kind == 0xBD:  # several packed numbers
            row, first = struct.unpack_from("<HH", data)
            for number in range((len(data) - 6) // 6):
                style, value = struct.unpack_from("<HI", data, 4 + 6 * number)
                self._put(row, first + number, biff.rk(value), None, style)
        elif kind == 0x207 and self._awaits is not None:
            row, column, formula, style = self._awaits
            self._put(row, column, gather.of_text(self._book.text(record, 0, long=True)), formula, style)
            self._awaits = None
        elif kind == 0x4BC:
            [size] = struct.unpack_from("<H", data, 8)
            self._formulas.share(*self._last, data[10 : 10 + size], moves=True)
        elif kind == 0x221:
            [size] = struct.unpack_from("<H", data, 12)
            self._formulas.share(*self._last, data[14 : 14 + size], moves=False)
        else:
            self._around_cells(kind, data)

    def _around_cells(self, kind: int, data: bytes) -> None:
        if kind == 0x208:
            row, flags = struct.unpack_from("<H10xI", data)
            self._sheet.level(row + 1, row + 1, flags & 0x07)
            if flags & 0x20:
                self._sheet.hide_rows(row + 1, row + 1)
        elif kind == 0x7D:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", data)
            if flags & 0x01 or width == 0:
                self._sheet.hide_columns(first + 1, last + 1)
        elif kind == 0xE5:
            [count] = struct.unpack_from("<H", data)
            for number in range(min(count, (len(data) - 2) // 8)):
                top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * number)
                self._sheet.merge(top + 1, left + 1, bottom + 1, right + 1)

    def _put(self, row: int, column: int, value: gather.Value, formula: str | None, style: int) -> None:
        known = style if style < len(self._book.formats) else 0
        self._sheet.put(row + 1, column + 1, value, formula, known)

    def _value(self, record: biff.Record) -> gather.Value:
        data = record.data
        if record.kind == 0xFD:
            [index] = struct.unpack_from("<I", data, 6)
            return gather.of_text(self._book.texts[index])
        if record.kind == 0x203:
            return gather.of_double(struct.unpack_from("<d", data, 6)[0])
        if record.kind == 0x27E:
            return biff.rk(struct.unpack_from("<I", data, 6)[0])
        if record.kind == 0x205:
            return _error(data[6]) if data[7] else gather.of_boolean(bool(data[6]))
        return gather.of_text(self._book.text(record, 6, long=True))

    def _formula(self, data: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        result = data[6:14]
        [size] = struct.unpack_from("<H", data, 20)
        code = data[22 : 22 + size]
        self._last = (row, column)
        master = struct.unpack_from("<HH", code, 1) if code[:1] == b"\x01" else None
        formula = self._formulas.text(code, row, column, master)
        self._awaits = None
        if result == bytes(8) and data[14] & 0x03:  # to be computed when it is opened: LibreOffice stores 0 for texts
            self._book.recalculates = True
        if result[6:] != b"\xff\xff":
            value = gather.of_double(struct.unpack("<d", result)[0])
        elif result[0] == 1:
            value = gather.of_boolean(bool(result[2]))
        elif result[0] == 2:
            value = _error(result[2])
        else:
            value = gather.Value(Stored.TEXT)
            if result[0] == 0:
                self._awaits = (row, column, formula, style)
        self._put(row, column, value, formula, style)


_CELLS = {0xFD, 0x203, 0x27E, 0x205, 0x204, 0xD6}
"""Shared text, number, packed number, truth or error, text, text with runs."""


def _error(code: int) -> gather.Value:
    return gather.of_error(gather.ERRORS.get(code, "#N/A"))


