"""How an office types a report's tables into a workbook: what becomes a number, what is merged, how wide.

A table is data (``samples/data/*.json``, every figure as printed); a ``Manner`` is one office's habits.
``page.py`` draws the tables on sheets, ``build.py`` says which stand where.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

LEVELS = ("program", "kegiatan", "sub_kegiatan")

PLAIN = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
NUMBERED = re.compile(r"\(?[0-9]{1,2}\b")
PERCENT = re.compile(r"([0-9]+(?:,[0-9]+)?) ?%")

Formula = tuple[str, float]
"""A formula with ``=`` and the value it gives."""


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table: canonical column names, printed header rows, printed cells."""

    id: str
    title: str
    columns: list[str]
    header: list[list[str]]
    rows: list[list[str]]
    levels: list[str]
    repeated: dict[int, list[list[str]]]

    def level(self, row: int) -> str:
        return self.levels[row] if self.levels else ""

    def cell(self, row: int, column: str) -> str:
        return self.rows[row][self.columns.index(column)]


def load(path: Path) -> dict[str, Table]:
    """The tables of one data file by their short name, the part after ``-tabel-``."""
    tables = {}
    for raw in json.loads(path.read_text(encoding="utf-8"))["tables"]:
        tables[raw["id"].split("-tabel-")[1]] = Table(
            id=raw["id"],
            title=raw["title"],
            columns=raw["columns"],
            header=raw["header"],
            rows=raw["rows"],
            levels=raw["levels"],
            repeated={r["before"]: r["cells"] for r in raw.get("repeated", [])},
        )
    return tables


@dataclass(frozen=True, slots=True)
class Manner:
    """How one office keeps its workbook.

    ``stretch``: how wide a letter of its font is against a column's character. ``pasted``: all is text.
    ``fractions``: ``96,54%`` is the number 0.9654 shown as a percentage, else text.
    """

    font: str
    size: int
    fill: str
    stretch: float = 1.0
    pasted: bool = False
    fractions: bool = False
    italic_kegiatan: bool = False
    shade_program: str | None = None
    left: int = 0
    paper: int = 9


def role(column: str) -> str:
    """What a column holds: ``amount`` (rupiah), ``order`` (numbering), ``code``, ``words`` or ``figure``."""
    if column.startswith("pagu") or column.endswith("_rp") or column in ("realisasi", "sisa"):
        return "amount"
    if column == "no":
        return "order"
    if column in ("kode", "no_indikator", "no_sasaran", "no_program", "interval", "rentang"):
        return "code"
    if column in _WIDE:
        return "words"
    return "figure"


_WIDE = {
    "sasaran": 30,
    "indikator": 34,
    "uraian": 46,
    "program": 36,
    "kegiatan": 36,
    "sub_kegiatan": 44,
    "tujuan": 26,
    "jabatan": 40,
    "penyebab": 60,
    "indikator_program": 34,
    "indikator_daerah": 26,
    "program_prioritas": 28,
    "rumus_perhitungan": 30,
    "sasaran_lainnya": 28,
    "indikator_lainnya": 26,
    "sasaran_kegiatan": 40,
    "sasaran_provinsi": 18,
    "indikator_provinsi": 18,
    "bidang_pengampu": 22,
    "komponen": 34,
    "unit_kerja": 36,
    "keterangan": 16,
    "kategori": 16,
    "sumber_data": 16,
    "menunjang": 13,
    "penanggung_jawab": 13,
    "rincian": 26,
}


def width(column: str) -> float:
    """The width of a column in characters."""
    if column in _WIDE:
        return _WIDE[column]
    return {"amount": 19, "order": 5, "code": 9, "figure": 11}[role(column)]


def typed(printed: str, kind: str, manner: Manner) -> tuple[str | float, str]:
    """A printed cell as an office keeps it: value and number format.

    Numbers only where the print is unambiguous: ``8.7106.000``, ``92.09``, ``2.90%``, ``54 Dokumen`` or ``-``
    stay text, and so does a lone group (``9.433``) outside amount columns.
    """
    if manner.pasted or kind in ("words", "code"):
        return printed, "General"
    if kind == "order":
        return (int(printed), "0") if printed.isdecimal() else (printed, "General")
    if match := PERCENT.fullmatch(printed):
        if not manner.fractions:
            return printed, "General"
        value = Decimal(match[1].replace(",", "."))
        return _number(value / 100), _places("0", match[1]) + "%"
    if GROUPED.fullmatch(printed) and (kind == "amount" or printed.count(".") > 1 or "," in printed):
        return _number(Decimal(printed.replace(".", "").replace(",", "."))), _places("#,##0", printed)
    if PLAIN.fullmatch(printed):
        return _number(Decimal(printed.replace(",", "."))), _places(
            "#,##0" if kind == "amount" else "0", printed
        )
    return printed, "General"


def _places(whole: str, printed: str) -> str:
    decimals = len(printed.partition(",")[2])
    return f"{whole}.{'0' * decimals}" if decimals else whole


def _number(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)


class Block(NamedTuple):
    """A rectangle within a table, counted from its own first row and column, both corners included."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def header_blocks(header: list[list[str]]) -> Iterator[Block]:
    """The header's cells with what is merged into each: first to the right, then downwards.

    A row of column numbers stays a row of its own; a number stands over all columns of its group.
    """
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    numbered = [all(NUMBERED.match(text) for text in row if text) for row in header]
    columns = len(header[0])
    for top, row in enumerate(header):
        for left, text in enumerate(row):
            if (top, left) in owner:
                continue
            right, bottom = left, top
            while text and right + 1 < columns and not row[right + 1] and (top, right + 1) not in owner:
                # A lower row joins only what the row above joins too.
                above = 0 if numbered[top] else top - 1
                if top and owner[above, right + 1] != owner[above, left]:
                    break
                right += 1
            while text and bottom + 1 < len(header) and not numbered[bottom + 1]:
                if any(header[bottom + 1][left : right + 1]):
                    break
                bottom += 1
            for y in range(top, bottom + 1):
                for x in range(left, right + 1):
                    owner[y, x] = (top, left)
            yield Block(top, left, bottom, right, text)


def lines(text: str, room: float, stretch: float) -> int:
    """How many lines a text takes in a cell ``room`` characters wide, as a guess."""
    fits = max(3, int((room - 0.7) / stretch))
    return sum(max(1, len(textwrap.wrap(part, fits))) for part in text.split("\n"))


@dataclass
class Placed:
    """Where a table stands: sheet, 1-based sheet row of every table row, letters of every column."""

    sheet: str
    rows: list[int]
    columns: dict[str, str]


Formulas = Callable[[Table, Placed], dict[tuple[int, str], Formula]]


@dataclass
class Book:
    """One workbook being written, with the map of where every table went."""

    path: Path
    tables: dict[str, Table]
    manner: Manner
    author: str
    created: datetime
    placed: dict[str, Placed] = field(default_factory=dict)
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.file = xlsxwriter.Workbook(str(self.path))
        self.file.set_properties({"author": self.author, "created": self.created})
        self.file.set_size(2400, 1200)

    def format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": self.manner.font, "font_size": self.manner.size}
            self._formats[key] = self.file.add_format(base | properties)
        return self._formats[key]

    def close(self, map_path: Path) -> None:
        """Writes the workbook and its map; every table of the data must have been placed."""
        missing = [name for name in self.tables if self.tables[name].id not in self.placed]
        if missing:
            raise ValueError(f"{self.path.name}: not placed: {missing}")
        self.file.close()
        entries = ",\n".join(
            f' {json.dumps(id)}: {{"sheet": {json.dumps(at.sheet)},\n'
            f'  "rows": {json.dumps(at.rows)},\n  "columns": {json.dumps(at.columns)}}}'
            for id, at in self.placed.items()
        )
        map_path.write_bytes(f"{{\n{entries}\n}}\n".encode())
