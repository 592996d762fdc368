"""Writes the transcribed tables of the sample reports as workbooks, in four manners.

- ``texts``: every cell is text, as after copying from a PDF; a table a sheet.
- ``numbers``: figures are typed numbers with a number format, headings are merged.
- ``formulas``: like ``numbers``, with formulas for totals, percentages, capaian and sisa; the values stored with
  them are the printed ones.
- ``crowded``: many tables on a sheet, some side by side, with letterheads, notes, signatures and stray cells around.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

MANNERS = ("texts", "numbers", "formulas", "crowded")
_FIGURES = re.compile(r"target|realisasi|capaian|persen|pagu|sisa|efisiensi|tahun_|nilai|standar|tingkat|^tw\d")
_PLAIN = (
    (re.compile(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}(\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3}(,\d{3})+\.\d+"), ",", "."),
    (re.compile(r"\d+(,(\d{1,2}|\d{4,}))?|0,\d+"), ".", ","),
    (re.compile(r"\d+(\.(\d{1,2}|\d{4,}))?|0\.\d+"), ",", "."),
)
_LEVELS = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_PER_SHEET = 6


def printed_value(text: str) -> Decimal | None:
    """What a printed figure says, where it can be read in one way only: an oracle of a few lines."""
    bare = re.sub(r"^Rp\.?\s*|\s*%$|,-$", "", text.strip())
    for pattern, thousands, decimals in _PLAIN:
        if pattern.fullmatch(bare):
            return Decimal(bare.replace(thousands, "").replace(decimals, "."))
    return None


@dataclass(frozen=True)
class Placed:
    """A table as it stands in a workbook: 1-based row of its first data row, 1-based column of its first column."""

    name: str
    data: dict[str, Any] = field(repr=False)
    sheet: str
    first_row: int
    first_column: int

    @property
    def width(self) -> int:
        return len(self.data["columns"]) or max((len(row) for row in self.data["rows"]), default=0)

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Row number on the sheet, printed texts, level; rows without any text are left out."""
        levels = self.data.get("levels") or [""] * len(self.data["rows"])
        for offset, (row, level) in enumerate(zip(self.data["rows"], levels, strict=True)):
            if any(text.strip() for text in row):
                yield self.first_row + offset, row, level


def write(path: Path, tables: Sequence[tuple[str, dict[str, Any]]], manner: str, seed: int = 7) -> list[Placed]:
    """One workbook with all the tables; where each of them stands in it. ``seed`` settles how they are crowded."""
    book = xlsxwriter.Workbook(str(path))
    writer = _Writer(book, manner)
    placed = _crowded(writer, tables, seed) if manner == "crowded" else _one_a_sheet(writer, tables)
    book.close()
    return placed


def _one_a_sheet(writer: _Writer, tables: Sequence[tuple[str, dict[str, Any]]]) -> list[Placed]:
    placed = []
    for number, (name, data) in enumerate(tables, start=1):
        sheet = writer.book.add_worksheet(f"Tabel {number}")
        sheet.write_string(0, 0, data["title"])
        placed.append(writer.table(sheet, name, data, 2, 0))
    return placed


def _crowded(writer: _Writer, tables: Sequence[tuple[str, dict[str, Any]]], seed: int) -> list[Placed]:
    chance = random.Random(seed)
    placed: list[Placed] = []
    for start in range(0, len(tables), _PER_SHEET):
        sheet = writer.book.add_worksheet(f"Lampiran {start // _PER_SHEET + 1}")
        sheet.merge_range(0, 1, 0, 6, "PEMERINTAH KABUPATEN")
        sheet.merge_range(1, 1, 1, 6, "DINAS SOSIAL")
        sheet.write_string(2, 1, "Jalan Pahlawan No. 1, Telepon (0351) 123456")
        row = 4
        beside: Placed | None = None
        alone: list[Placed] = []
        for name, data in tables[start : start + _PER_SHEET]:
            narrow = beside is not None and beside.width + beside.first_column < 9 and len(data["columns"]) < 7
            if beside is not None and narrow and chance.random() < 0.5:
                top, left = _top(beside), beside.first_column - 1 + beside.width + chance.randint(1, 2)
                sheet.write_string(top - 2, left, data["title"])
                placed.append(writer.table(sheet, name, data, top, left))
                row = max(row, placed[-1].first_row + len(data["rows"]))
                alone.remove(beside)
                beside = None
            else:
                row += chance.randint(1, 3)
                left = chance.randint(0, 4)
                sheet.write_string(row, left, data["title"])
                placed.append(writer.table(sheet, name, data, row + 2, left))
                beside = placed[-1]
                alone.append(beside)
                row = beside.first_row + len(data["rows"])
            if chance.random() < 0.5:
                sheet.write_string(row, left, "Sumber: data diolah")
                row += 1
            row += 1
        for one in alone:
            _stray(sheet, chance, one)
        row += 2
        for line in ("Madiun, 31 Januari 2025", "KEPALA DINAS", "", "", "NAMA PEJABAT", "NIP. 19700101 199003 1 001"):
            sheet.write_string(row, 5, line)
            row += 1
    return placed


def _top(placed: Placed) -> int:
    """The 0-based row of a table's header."""
    return placed.first_row - 1 - len(placed.data["header"])


def _stray(sheet: Any, chance: random.Random, placed: Placed) -> None:
    """Something typed beside a table, two columns away, as people do while they check."""
    column = placed.first_column - 1 + placed.width + 2
    rows = len(placed.data["rows"])
    if rows < 3 or chance.random() < 0.4:
        return
    sheet.write_string(placed.first_row - 1, column, "cek lagi")
    sheet.write_number(placed.first_row - 1 + rows // 2, column, chance.randint(1, 9_999))


class _Writer:
    """Puts tables on sheets in one manner."""

    def __init__(self, book: Any, manner: str) -> None:
        self.book = book
        self.typed = manner != "texts"
        self.live = manner == "formulas"
        self.bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        self._formats: dict[tuple[str, bool], Any] = {}

    def table(self, sheet: Any, name: str, data: dict[str, Any], top: int, left: int) -> Placed:
        """Header and rows; ``top`` and ``left`` count from 0."""
        self._header(sheet, data["header"], top, left)
        first = top + len(data["header"])
        formulas = _formulas(data, first, left) if self.live else {}
        for offset, row in enumerate(data["rows"]):
            for place, text in enumerate(row):
                self._cell(sheet, first + offset, left + place, text, self._is_figure(data, place), formulas)
        return Placed(name, data, sheet.get_name(), first + 1, left + 1)

    def _is_figure(self, data: dict[str, Any], place: int) -> bool:
        return bool(_FIGURES.search(data["columns"][place]))

    def _header(self, sheet: Any, header: list[list[str]], top: int, left: int) -> None:
        merged: set[tuple[int, int]] = set()
        for down, line in enumerate(header):
            for right, text in enumerate(line):
                if not text or (down, right) in merged:
                    continue
                height, width = _span(header, down, right) if self.typed else (1, 1)
                block = {(down + i, right + j) for i in range(height) for j in range(width)}
                if len(block) > 1 and not block & merged:
                    sheet.merge_range(
                        top + down, left + right, top + down + height - 1, left + right + width - 1, text, self.bold
                    )
                    merged |= block
                else:
                    sheet.write_string(top + down, left + right, text, self.bold)

    def _cell(
        self, sheet: Any, row: int, column: int, text: str, figure: bool, formulas: dict[tuple[int, int], str]
    ) -> None:
        value = printed_value(text) if self.typed and figure else None
        if value is None:
            if text.strip():
                sheet.write_string(row, column, text)
            return
        percent = text.strip().endswith("%")
        places = max(-int(value.as_tuple().exponent), 0)
        stored = value / 100 if percent else value
        look = self._format(("0" if value < 1000 else "#,##0") + ("." + "0" * places if places else ""), percent)
        formula = formulas.get((row, column))
        if formula is None:
            sheet.write_number(row, column, stored, look)
        else:
            sheet.write_formula(row, column, formula if not percent else f"({formula})/100", look, float(stored))

    def _format(self, code: str, percent: bool) -> Any:
        known = self._formats.get((code, percent))
        if known is None:
            known = self.book.add_format({"num_format": code + ("%" if percent else "")})
            self._formats[code, percent] = known
        return known


def _span(header: list[list[str]], down: int, right: int) -> tuple[int, int]:
    """How far a heading reaches over the empty cells below it and, over lower headings, to its right."""
    height = 1
    while down + height < len(header) and not header[down + height][right]:
        height += 1
    width = 1
    line = header[down]
    if height == 1 and down + 1 < len(header):
        while right + width < len(line) and not line[right + width] and header[down + 1][right + width]:
            width += 1
    return height, width


def _formulas(data: dict[str, Any], first: int, left: int) -> dict[tuple[int, int], str]:
    """Formulas by 0-based place: sums over the levels, percentages, sisa."""
    columns: list[str] = data["columns"]
    at = {name: left + place for place, name in enumerate(columns)}
    levels: list[str] = data.get("levels") or []
    found: dict[tuple[int, int], str] = {}

    def cell(name: str, row: int) -> str:
        return xlsxwriter.utility.xl_rowcol_to_cell(row, at[name])

    for offset in range(len(data["rows"])):
        row = first + offset
        for result, whole, part in (("persen", "pagu", "realisasi"), ("capaian", "target", "realisasi_kinerja")):
            if {result, whole, part} <= at.keys() and all(
                printed_value(data["rows"][offset][at[name] - left]) for name in (whole, part)
            ):
                found[row, at[result]] = f"{cell(part, row)}/{cell(whole, row)}*100"
        if {"sisa", "pagu", "realisasi"} <= at.keys():
            found[row, at["sisa"]] = f"{cell('pagu', row)}-{cell('realisasi', row)}"
        for name in ("pagu", "realisasi"):
            below = _below(levels, offset) if name in at else []
            if below:
                found[row, at[name]] = "+".join(cell(name, first + other) for other in below)
    return found


def _below(levels: list[str], offset: int) -> list[int]:
    """The rows that a parent or a total adds up."""
    if offset >= len(levels):
        return []
    if levels[offset] == "total":
        known = [_LEVELS[level] for level in levels if level in _LEVELS]
        return [i for i, level in enumerate(levels) if known and _LEVELS.get(level) == min(known)]
    own = _LEVELS.get(levels[offset])
    if own is None:
        return []
    below: list[int] = []
    for other in range(offset + 1, len(levels)):
        depth = _LEVELS.get(levels[other])
        if depth is None or depth <= own:
            break
        if depth == own + 1:
            below.append(other)
    return below
