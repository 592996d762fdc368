"""Binary workbooks of Excel 2007 and later (.xlsb): the records of their parts ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from xlaudit.cells import Area
from xlaudit.model import CellStyle, Sheet, Stored, Workbook
from xlaudit.reading.formats import biff, gather
from xlaudit.reading.formats.binary import Format, Formulas, cell_styles
from xlaudit.reading.formats.tokens import BIFF12, Surroundings, formula_text, sheet_prefix
from xlaudit.reading.names import place
from xlaudit.reading.package import Package
from xlaudit.reading.refusals import broken, named, too_large
from xlaudit.texts import Text

_BUILT_IN_NAME = 0x20
_SELF, _ADD_INS = 357, 667
_OTHER_SOURCES = (355, 358)


def read_xlsb(package: Package) -> Workbook:
    """The workbook in an opened package whose parts are binary. Raises ``UnreadableWorkbook``."""
    try:
        return _Book(package).workbook()
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise biff.cut_short() from error


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: number and length are written in as many bytes as they need."""
    at = 0
    while at < len(data):
        kind, at = _short(data, at, 2)
        length, at = _short(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _short(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first; and where it ends."""
    value = 0
    for step in range(most):
        byte = data[at + step]
        value |= (byte & 0x7F) << 7 * step
        if byte < 0x80:
            return value, at + step + 1
    return value, at + most


def wide_text(data: bytes, at: int, count_bytes: int = 4) -> tuple[str, int]:
    """A text with the count of its characters in front, and where it ends."""
    start = at + count_bytes
    count = int.from_bytes(data[at:start], "little")
    end = start + 2 * count
    if end > len(data):  # also the mark of no text at all
        return "", len(data) if count != 0xFFFFFFFF else start
    return data[start:end].decode("utf-16-le", errors="replace"), end


def _parsed(data: bytes, at: int) -> tuple[bytes, bytes]:
    """The tokens of a formula and what belongs to them beyond."""
    size = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + size
    return data[at + 4 : end], data[end + 4 :]


class _Book:
    """The main part, and what it says the other parts share."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.limits = package.limits
        self.date1904 = False
        self.recalculates = False
        self.tabs: list[tuple[str, str, bool]] = []
        self.names: list[str] = []
        self.places: list[tuple[str, bytes]] = []
        self.books: list[int] = []
        self.pairs: list[tuple[int, int, int]] = []
        for kind, data in records(package.read(package.workbook)):
            self._take(kind, data)
        self.texts = self._texts()
        self.styles = self._styles()
        self.around = Surroundings(
            BIFF12, self._sheet_of, self.names, self._outside_name, lambda code, at: wide_text(code, at, 2)
        )

    def _take(self, kind: int, data: bytes) -> None:
        if kind == 156:  # a tab
            state = struct.unpack_from("<I", data)[0]
            link, at = wide_text(data, 8)
            name, _ = wide_text(data, at)
            if len(self.tabs) < gather.MAX_SHEETS:
                self.tabs.append((name, link, state == 0))
        elif kind == 153:
            self.date1904 = bool(data[0] & 1)
        elif kind == 157:
            self.recalculates = len(data) > 24 and bool(data[24] & 0x01)
        elif kind in (_SELF, _ADD_INS, *_OTHER_SOURCES):
            self.books.append(kind)
        elif kind == 362:
            count = min(struct.unpack_from("<I", data)[0], (len(data) - 4) // 12)
            self.pairs = [struct.unpack_from("<Iii", data, 4 + 12 * at) for at in range(count)]
        elif kind == 39 and len(self.names) < self.limits.names:
            flags, _, tab = struct.unpack_from("<IBI", data)
            name, at = wide_text(data, 9)
            own = bool(flags & _BUILT_IN_NAME)
            self.names.append(f"_xlnm.{name}" if own else name)
            if not own and tab == 0xFFFFFFFF and not name.startswith("_xl"):
                self.places.append((name, _parsed(data, at)[0]))

    def _part(self, kind: str) -> bytes:
        part = next(iter(self.package.related(self.package.workbook, kind)), None)
        return b"" if part is None else self.package.read(part)

    def _texts(self) -> list[str]:
        found: list[str] = []
        for kind, data in records(self._part("sharedStrings")):
            if kind == 19:
                found.append(wide_text(data, 1)[0])
                if len(found) > self.limits.strings:
                    most = self.limits.strings
                    what = Text("more than {most} different texts").fill(most=most)
                    raise too_large(what, "strings")
        return found

    def _styles(self) -> tuple[CellStyle, ...]:
        weights: list[int] = []
        fills: list[str | None] = []
        codes: dict[int, str] = {}
        formats: list[Format] = []
        of_cells = False
        for kind, data in records(self._part("styles")):
            if kind == 44:
                codes[struct.unpack_from("<H", data)[0]] = wide_text(data, 2)[0]
            elif kind == 43:
                weights.append(struct.unpack_from("<H", data, 4)[0])
            elif kind == 45:
                fills.append(_fill(data))
            elif kind in (617, 618):
                of_cells = kind == 617
            elif kind == 47 and of_cells:
                code, font, fill = struct.unpack_from("<HHH", data, 2)
                formats.append(Format(font, code, data[11], fills[fill] if fill < len(fills) else None))
        return cell_styles(formats, weights, codes)

    def _sheet_of(self, code: bytes, at: int) -> tuple[str, int]:
        book, first, last = self.pairs[struct.unpack_from("<H", code, at)[0]]
        if self.books[book] != _SELF or first < 0 or last < 0:
            raise ValueError("another file")
        return sheet_prefix(self.tabs[first][0], self.tabs[last][0]), at + 2

    def _outside_name(self, code: bytes, at: int) -> tuple[str, int]:
        pair, index = struct.unpack_from("<HI", code, at)
        if self.books[self.pairs[pair][0]] != _SELF:
            raise ValueError("a name of another file")
        return self.names[index - 1], at + 6

    def workbook(self) -> Workbook:
        budget = gather.Budget(self.limits)
        links = {link.id: link for link in self.package.relationships(self.package.workbook)}
        sheets: list[Sheet] = []
        seen: set[str] = set()
        for index, (name, identifier, visible) in enumerate(self.tabs):
            link = links.get(identifier)
            if not identifier or (link is not None and link.kind != "worksheet"):
                continue
            if link is None or link.external or self.package.find(link.target) is None or link.target in seen:
                raise broken(Text("sheet “{name}” is missing").fill(name=named(name)))
            seen.add(link.target)
            content = _SheetReader(self, budget).read(self.package.read(link.target))
            sheets.append(content.sheet(name, index, link.target, visible))
        known = {sheet.name.casefold(): sheet.name for sheet in sheets}
        names: dict[str, tuple[str, Area] | None] = {
            name: place(formula_text(code, self.around), known) for name, code in self.places
        }
        return Workbook(
            str(self.package.path),
            tuple(sheets),
            self.styles,
            self.date1904,
            self.package.properties(),
            self.recalculates,
            names,
        )


class _SheetReader:
    def __init__(self, book: _Book, budget: gather.Budget) -> None:
        self._book = book
        self._sheet = gather.Gathered(budget)
        self._formulas = Formulas(book.around, self._sheet)
        self._row = 0
        self._column = 0

    def read(self, data: bytes) -> gather.Gathered:
        for kind, body in records(data):
            if kind in _VALUES:
                self._cell(kind, body)
            elif kind == 0:
                self._row = struct.unpack_from("<I", body)[0]
                self._sheet.level(self._row + 1, self._row + 1, body[11] & 0x07)
                if body[11] & 0x10:
                    self._sheet.hide_rows(self._row + 1, self._row + 1)
            elif kind in (426, 427):
                self._share(kind, body)
            elif kind == 60:
                first, last, width, _, flags = struct.unpack_from("<IIIIH", body)
                if flags & 0x01 or width == 0:
                    self._sheet.hide_columns(first + 1, last + 1)
            elif kind == 176:
                top, bottom, left, right = struct.unpack_from("<IIII", body)
                self._sheet.merge(top + 1, left + 1, bottom + 1, right + 1)
        self._formulas.finish()
        return self._sheet

    def _cell(self, kind: int, body: bytes) -> None:
        self._column, style = struct.unpack_from("<II", body)
        style &= 0xFFFFFF
        value, at = self._value(kind, body)
        formula = None
        if kind in _FORMULAS:
            code, beyond = _parsed(body, at + 2)
            master = None
            if code[:1] == b"\x01":  # it takes the formula of another cell, or of its own as the first
                master = struct.unpack_from("<I", code, 1)[0], struct.unpack_from("<I", beyond)[0]
            formula = self._formulas.text(code, self._row, self._column, master)
        known = style if style < len(self._book.styles) else 0
        self._sheet.put(self._row + 1, self._column + 1, value, formula, known)

    def _value(self, kind: int, body: bytes) -> tuple[gather.Value, int]:
        """The value of a cell, and where in the record it ends."""
        if kind == 2:
            return biff.rk(struct.unpack_from("<I", body, 8)[0]), 12
        if kind in (3, 11):
            return gather.of_error(gather.ERRORS.get(body[8], "#N/A")), 9
        if kind in (4, 10):
            return gather.of_boolean(bool(body[8])), 9
        if kind in (5, 9):
            return gather.of_double(struct.unpack_from("<d", body, 8)[0]), 16
        if kind == 7:
            return gather.of_text(self._book.texts[struct.unpack_from("<I", body, 8)[0]]), 12
        text, end = wide_text(body, 9 if kind == 62 else 8)
        value = gather.of_text(text)
        return (gather.Value(Stored.TEXT) if kind == 8 and not text else value), end

    def _share(self, kind: int, body: bytes) -> None:
        """The formula of a range; ``_parsed`` begins behind its corners (and a flag, for an array)."""
        row, _, column, _ = struct.unpack_from("<IIII", body)
        code, _ = _parsed(body, 17 if kind == 426 else 16)
        self._formulas.share(row, column, code, moves=kind == 427)
        self._formulas.share(self._row, self._column, code, moves=kind == 427)


_VALUES = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62}
"""Cells: packed number, error, truth, number, text, shared text, the same as results of formulas, text with runs."""

_FORMULAS = {8, 9, 10, 11}


def _fill(data: bytes) -> str | None:
    """The colour of a solid fill, as the .xlsx reader tells it."""
    if struct.unpack_from("<I", data)[0] != 1:
        return None
    kind, index, tint = struct.unpack_from("<BBh", data, 4)
    if kind >> 1 == 2:
        return data[8:11].hex().upper()
    if kind >> 1 in (1, 3):
        return f"{'indexed' if kind >> 1 == 1 else 'theme'}:{index}" + (f":{tint}" if tint else "")
    return None
