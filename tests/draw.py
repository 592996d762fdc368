"""Draws workbooks as text, so that the tests of rules can be read.

A line is a row, from row 1 on; a blank line is an empty row. A line without pipes is a title in column A.
``# Sheet: Name`` (or ``# Lembar: Name``) begins a sheet, whose next line is its row 1; ``# Lembar tersembunyi:``
and ``# Lembar sangat tersembunyi:`` begin hidden ones. ``# Tersembunyi: D, 5`` hides column D and row 5 of the sheet,
``# Di bawah gabungan: C5 = 12`` puts a number into a cell that a merge covers.
A first line ``# Berkas: name.xlsx`` names the file, a next
``# Templat: kind`` makes the workbook a filled template (see ``drawntemplate``). Lines
``# Pengaturan: key = value`` before that are the office's settings, as in ``xlaudit.toml``. ``# Buku: name.xlsx``
begins a workbook; the last one is looked at, in view of those drawn before it. In a cell::

    1234.5                  a plain machine number is stored as a number, everything else as text;
                            bare 500.000 is text too, for an office means half a million by it
    '1234.5                 the same as text, as Excel writes it
    0.985 as 0.0%           with a number format; ``as bold`` and ``as indent 2`` set the look of a text
    =SUM(C3:C5) -> 123      a formula with its stored value; nothing after the arrow: none was stored
    #DIV/0!                 an error
    <  and  ^               merged with the cell to the left, above
    92,5 *                  a trailing star marks the cell of which a finding is expected; alone: a blank cell
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import drawntemplate

from xlaudit.across import earlier
from xlaudit.audit import run_rule
from xlaudit.cells import Area, Cell, column_number, parse_cell
from xlaudit.digest import Digest
from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook
from xlaudit.policy import policy_of
from xlaudit.reading.book import book_of
from xlaudit.reading.styles import meaning
from xlaudit.rules.base import Book, Flag, Rule, Skip, all_rules
from xlaudit.settings import DEFAULT, Settings, settings_of

_SHEET = re.compile(r"# (?:Sheet|Lembar)( (?:sangat )?tersembunyi)?: (.+)")
_FILE = re.compile(r"\s*# Berkas: (.+)\n")
_HIDDEN = re.compile(r"# Tersembunyi: (.+)")
_COVERED = re.compile(r"# Di bawah gabungan: ([A-Z]+[0-9]+) = (\S+)")
_TEMPLATE = re.compile(r"\s*# Templat: (\S+)\n")
_SETTINGS = re.compile(r"(?:\s*# Pengaturan: .+\n)+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_LOOK = re.compile(r"(.*) as (bold|indent \d|\S+)")
_BOOK = re.compile(r"^# Buku: (.+)\n", re.MULTILINE)
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]|#N/A")
_FIRST_SHEET = "Lembar"

Place = tuple[str, str]
"""Sheet and A1 address."""


class Drawing(NamedTuple):
    """A drawing as a workbook, and the cells that it marks, in reading order."""

    workbook: Workbook
    marks: tuple[Place, ...]
    settings: Settings = DEFAULT
    others: tuple[Digest, ...] = ()


class Verdicts(NamedTuple):
    """What one rule said of a drawing. ``marks`` are those of the drawing."""

    made: int
    flags: list[Flag]
    skips: list[Skip]
    marks: tuple[Place, ...]


def draw(text: str) -> Drawing:
    """The workbook of a drawing; of several the last, with the digests of those before it."""
    if (books := _BOOK.split(dedent(text).strip("\n")))[1:]:
        assert not books[0].strip(), "something stands above the first workbook"
        names, bodies = books[1::2], books[2::2]
        drawn = [_named(draw(body.strip("\n")), name) for name, body in zip(names, bodies, strict=True)]
        return drawn[-1]._replace(others=tuple(_book(other).digest() for other in drawn[:-1]))
    styles: list[CellStyle] = [CellStyle()]
    sheets: list[Sheet] = []
    marks: list[Place] = []
    settings = DEFAULT
    if (settled := _SETTINGS.match(text)) is not None:
        lines = settled[0].replace("# Pengaturan:", "")
        given = tomllib.loads(dedent(lines), parse_float=Decimal)
        settings, text = settings_of(given, Path("xlaudit.toml")), text[settled.end() :]
    named = _FILE.match(text)
    text = text if named is None else text[named.end() :]
    template = _TEMPLATE.match(text)
    for name, look, lines in _sheets(text if template is None else text[template.end() :]):
        sheet, marked = _sheet(name, len(sheets), lines, styles)
        sheets.append(replace(sheet, visible=not look, very_hidden="sangat" in look))
        marks += ((name, cell.a1) for cell in marked)
    workbook = Workbook("gambar.xlsx" if named is None else named[1].strip(), tuple(sheets), tuple(styles))
    if template is not None:
        kind = template[1]
        properties, names = drawntemplate.properties(kind), drawntemplate.names(kind, sheets)
        workbook = replace(workbook, properties=properties, names=names)
    return Drawing(workbook, tuple(marks), settings)


def _named(drawing: Drawing, path: str) -> Drawing:
    return drawing._replace(workbook=replace(drawing.workbook, path=path))


def book(text: str) -> Book:
    """What rules look at, of a drawing, read as the audit reads a file."""
    return _book(draw(text))


def _book(drawing: Drawing) -> Book:
    read = book_of(drawing.workbook)
    own = Book(read.tables, identity=read.identity, path=drawing.workbook.path).digest()
    return Book(
        read.tables, read.scales, template=read.template, workings=read.workings, identity=read.identity,
        path=drawing.workbook.path, policy=policy_of(read.template, drawing.settings),
        others=earlier(own, drawing.others),
    )  # fmt: skip


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    return {rule.code: rule for rule in all_rules()}


def run(code: str, text: str) -> Verdicts:
    """One rule over a drawing. A crash of the rule or a drawing without any table fails the test."""
    drawing = draw(text)
    known = _book(drawing)
    assert known.tables, "no table was recognised in the drawing"
    made, flags, skips, crash = run_rule(rules()[code], known)
    assert crash is None, crash
    return Verdicts(made, sorted(flags, key=lambda flag: (flag.table.sheet, flag.cell)), skips, drawing.marks)


def must_find(code: str, text: str) -> list[Flag]:
    """The rule must flag the marked cells, each once, and no others. The flags, by sheet and cell."""
    verdicts = run(code, text)
    assert verdicts.marks, "nothing is marked in the drawing"
    assert sorted(map(place, verdicts.flags)) == sorted(verdicts.marks), _said(verdicts)
    return verdicts.flags


def must_stay_quiet(code: str, text: str) -> None:
    """The rule must flag nothing, and have compared something: silence must mean checked."""
    verdicts = run(code, text)
    assert not verdicts.marks, "a quiet drawing marks nothing"
    assert not verdicts.flags, _said(verdicts)
    assert verdicts.made, f"{code} compared nothing in this drawing; its silence says nothing"


def must_not_judge(code: str, text: str) -> list[Skip]:
    """The rule must say of the marked cells that it cannot judge them, and flag nothing."""
    verdicts = run(code, text)
    assert not verdicts.flags, _said(verdicts)
    assert sorted(map(place, verdicts.skips)) == sorted(verdicts.marks), [s.reason.en for s in verdicts.skips]
    return verdicts.skips


def must_pass_over(code: str, text: str) -> None:
    """The rule must neither flag nor compare anything: the drawing is none of its business."""
    verdicts = run(code, text)
    assert not verdicts.flags, _said(verdicts)
    assert verdicts.made == 0, f"{code} compared something in a drawing that is none of its business"


def place(verdict: Flag | Skip) -> Place:
    """Where a flag or skip stands."""
    sheet = verdict.sheet if isinstance(verdict, Flag) else None
    return sheet or verdict.table.sheet, verdict.cell.a1


def _said(verdicts: Verdicts) -> str:
    flags = "".join(f"\n  {place(flag)}: {flag.message.en}" for flag in verdicts.flags)
    return f"expected {list(verdicts.marks)}, flagged:{flags or ' nothing'}"


def _sheets(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """The name of each sheet, the word for its being hidden, and its lines."""
    name, look, lines = _FIRST_SHEET, "", []
    for line in dedent(text).strip("\n").splitlines():
        match = _SHEET.fullmatch(line.strip())
        if match is None:
            lines.append(line.strip())
            continue
        if lines:
            yield name, look, lines
        name, look, lines = match[2], match[1] or "", []
    yield name, look, lines


def _sheet(name: str, index: int, lines: list[str], styles: list[CellStyle]) -> tuple[Sheet, list[Cell]]:
    rows: dict[int, dict[int, StoredCell]] = {}
    marks: list[Cell] = []
    anchors: dict[Cell, Cell] = {}
    hidden = [part.strip() for line in lines if (match := _HIDDEN.fullmatch(line)) for part in match[1].split(",")]
    covered = [match for line in lines if (match := _COVERED.fullmatch(line))]
    drawn_lines = [line for line in lines if not (_HIDDEN.fullmatch(line) or _COVERED.fullmatch(line))]
    for row, line in enumerate(drawn_lines, start=1):
        for column, drawn in enumerate(_cells(line), start=1):
            here = Cell(row, column)
            if drawn in ("<", "^"):
                beside = Cell(row, column - 1) if drawn == "<" else Cell(row - 1, column)
                anchors[here] = anchors.get(beside, beside)
                continue
            if drawn.endswith("*"):
                marks.append(here)
                drawn = drawn[:-1].strip()
            if drawn:
                rows.setdefault(row, {})[column] = _stored(here, drawn, styles)
    for match in covered:
        cell = parse_cell(match[1])
        rows.setdefault(cell.row, {})[cell.column] = _stored(cell, match[2], styles)
    sheet = Sheet(
        name,
        index,
        f"xl/worksheets/sheet{index + 1}.xml",
        rows,
        _merges(anchors),
        hidden_rows=frozenset(int(part) for part in hidden if part.isdigit()),
        hidden_columns=frozenset(column_number(part) for part in hidden if part.isalpha()),
    )
    return sheet, marks


def _cells(line: str) -> list[str]:
    if "|" not in line:
        return [line]
    assert line.startswith("|") and line.endswith("|"), f"a row begins and ends with a pipe: {line}"
    return [part.strip() for part in line[1:-1].split("|")]


def _merges(anchors: dict[Cell, Cell]) -> tuple[Area, ...]:
    areas: dict[Cell, Area] = {}
    for cell, anchor in anchors.items():
        area = areas.get(anchor, Area(anchor.row, anchor.column, anchor.row, anchor.column))
        bottom, right = max(area.bottom, cell.row), max(area.right, cell.column)
        areas[anchor] = Area(anchor.row, anchor.column, bottom, right)
    return tuple(areas.values())


def _stored(here: Cell, drawn: str, styles: list[CellStyle]) -> StoredCell:
    look = _LOOK.fullmatch(drawn)
    content, style = (look[1], _style(look[2], styles)) if look else (drawn, 0)
    formula = None
    if content.startswith("=") and "->" in content:
        formula, content = (part.strip() for part in content[1:].split("->"))
    surely = formula is not None or (look is not None and "0" in look[2])
    kind, number, text = _value(content, surely)
    return StoredCell(here.row, here.column, kind, number, text, formula, style)


def _value(text: str, surely: bool) -> tuple[Stored, Decimal | None, str]:
    if not text:
        return Stored.EMPTY, None, ""
    if _NUMBER.fullmatch(text) and (surely or not _THOUSANDS.fullmatch(text)):
        return Stored.NUMBER, Decimal(text), text
    if _ERROR.fullmatch(text):
        return Stored.ERROR, None, text
    return Stored.TEXT, None, text.removeprefix("'")


def _style(look: str, styles: list[CellStyle]) -> int:
    if look == "bold":
        style = CellStyle(bold=True)
    elif look.startswith("indent "):
        style = CellStyle(indent=int(look.removeprefix("indent ")))
    else:
        places, percent, date = meaning(look)
        style = CellStyle(look, places, percent, date)
    if style not in styles:
        styles.append(style)
    return styles.index(style)
