"""What a workbook says, read and audited again after it was changed in a way that must not matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from moves import STILL, Shift

from xlaudit.audit import audit_book
from xlaudit.cells import Cell, parse_cell
from xlaudit.findings import Finding
from xlaudit.model import Workbook
from xlaudit.outcome import Outcome
from xlaudit.reading.book import ReadBook, book_of, open_book

REPORTS = sorted((Path(__file__).parents[1] / "samples").glob("[!t]*-20??.xlsx"))
_ADDRESS = re.compile(r"(?:'[^']+'!|\w+!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?")

Essence = Counter[tuple[object, ...]]
Shifts = Mapping[str, Shift]


class Read(NamedTuple):
    workbook: Workbook
    book: ReadBook
    outcome: Outcome


def read(workbook: Workbook) -> Read:
    book = book_of(workbook)
    return Read(workbook, book, audit_book("x.xlsx", book))


def read_file(path: Path) -> Read:
    return read(open_book(path).workbook)


@cache
def sample(path: Path) -> Read:
    return read_file(path)


def told(outcome: Outcome) -> list[Finding]:
    """The findings but for those that a change brings on purpose.

    Some hide rows and columns, and HI101 and HI102 say so; a row of column numbers repeated on a new page lies within
    the range of a SUM, which would count it, and FO105 says so.
    """
    return [finding for finding in outcome.findings if finding.rule not in ("HI101", "HI102", "FO105")]


def essence(outcome: Outcome, shifts: Shifts) -> Essence:
    """Findings and diagnoses without the addresses in their sentences; their own addresses taken along."""
    said: Essence = Counter()
    for f in told(outcome):
        place = _at(shifts, f.place.sheet, f.place.cell)
        said["finding", f.rule, f.severity, f.label.id, _bare(f.message.id), f.stated, f.computed, place] += 1
    return said + _diagnoses(outcome, shifts)


def wordless(known: Read, shifts: Shifts) -> Essence:
    """The same without sentences and headings, which other words for columns change."""
    headings = {column.header.partition(" · ")[0] for table in known.book.tables for column in table.columns.values()}
    said: Essence = Counter()
    for f in told(known.outcome):
        label = f.label.id.partition(" · ")[0]
        label = "a heading" if label in headings else label
        said["finding", f.rule, f.severity, label, f.stated, f.computed, _at(shifts, f.place.sheet, f.place.cell)] += 1
    return said + _diagnoses(known.outcome, shifts)


def _diagnoses(outcome: Outcome, shifts: Shifts) -> Essence:
    known = {finding.id for finding in told(outcome)}
    return Counter(
        (
            "diagnosis", d.cause, d.certainty,
            frozenset((_at(shifts, r.place.sheet, r.place.cell), r.stated, r.suggested) for r in d.repairs),
        )
        for d in outcome.diagnoses
        if not known.isdisjoint(d.explains)
    )  # fmt: skip


def _at(shifts: Shifts, sheet: str, cell: str) -> tuple[str, str]:
    return sheet, shifts.get(sheet, STILL).cell(parse_cell(cell)).a1


def _bare(text: str) -> str:
    return _ADDRESS.sub("@", text)


def tables(book: ReadBook, shifts: Shifts) -> list[tuple[object, ...]]:
    """The tables with their kinds, columns and rows; columns with the place where they went."""

    def place(sheet: str, column: int) -> int:
        return shifts.get(sheet, STILL).cell(Cell(1, column)).column

    return sorted(
        (
            t.sheet, t.kind, t.title,
            sorted((re.sub(r"_\d$", "", c.name), place(t.sheet, c.column)) for c in t.columns.values()),
            [(r.label, r.level.value, r.depth, r.parent) for r in t.rows],
        )
        for t in book.tables
    )  # fmt: skip
