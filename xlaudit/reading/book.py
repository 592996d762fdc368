"""The first half of an audit: from a file to everything that the rules look at."""

from __future__ import annotations

from decimal import localcontext
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from xlaudit.collector import paused
from xlaudit.errors import NoTables
from xlaudit.filled import Template
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.limits import DEFAULT, Limits
from xlaudit.mapping.model import Mapping
from xlaudit.model import Sheet, Stored, Workbook
from xlaudit.reading.anchored import without_findings, without_self_check
from xlaudit.reading.evaluate import evaluated
from xlaudit.reading.find import find_tables
from xlaudit.reading.grid import read_workbook
from xlaudit.reading.identity import identity_of
from xlaudit.reading.mapped import reduced, remarks_on_mapping
from xlaudit.reading.scales import find_scales
from xlaudit.reading.settle import settle
from xlaudit.reading.template import find_template
from xlaudit.reading.view import SheetView
from xlaudit.reading.workings import workings_of
from xlaudit.scale import Scale
from xlaudit.schemas.forms import OWN_SHEETS
from xlaudit.schemas.own import admit
from xlaudit.tables import Table
from xlaudit.texts import Text
from xlaudit.workings import Workings
from xlaudit.zipped import Zipped

_FEW = 6
DIGITS = 2000
"""Decimal digits of what is computed outside of the intervals: a spreadsheet's figures reach from 1E-307 to 1E+308."""
_NO_TABLES = Text(
    "No table was recognised. Looked for: tables headed by words such as sasaran, indikator, target, realisasi, "
    "capaian, or program/kegiatan, pagu, realisasi. Check the column headings and hand it in again; `xlaudit "
    "tables` shows what was seen, and `--map` reads a form that uses other words.",
)
_NOT_FILLED = Text(
    "This template {kind} has not been filled: there is no figure in its tables. Fill it as its sheet Petunjuk says "
    "and hand it in again.",
)


class ReadBook(NamedTuple):
    """Tables, scales, the names of sheets with figures but without either, and the template it was made from."""

    tables: tuple[Table, ...]
    scales: tuple[Scale, ...]
    unread: tuple[str, ...]
    template: Template | None
    remarks: tuple[Text, ...] = ()
    """What of a mapping came to nothing."""
    annotatable: bool = True
    """Whether findings can be written into the file."""
    identity: Identity = UNKNOWN
    workings: Workings = Workings()


class Opened(NamedTuple):
    """A workbook as stored, without a findings sheet of ours, and as it is read: every formula with a value."""

    stored: Workbook
    workbook: Workbook


def read_book(
    path: Path, mapping: Mapping | None = None, limits: Limits = DEFAULT, zipped: Zipped | None = None
) -> ReadBook:
    """Reads a workbook; ``zipped`` is the file where it was opened already.

    Raises ``UnreadableWorkbook``, ``UserError`` where the mapping does not fit.

    The cells themselves are let go here, which halves the memory of a large workbook.
    """
    with paused(), localcontext() as context:
        context.prec = DIGITS
        return book_of(open_book(path, limits, zipped).workbook, mapping)


def open_book(path: Path, limits: Limits = DEFAULT, zipped: Zipped | None = None) -> Opened:
    """The cells of a workbook. Raises ``UnreadableWorkbook``."""
    stored = without_findings(read_workbook(path, limits, zipped))
    return Opened(stored, evaluated(without_self_check(stored), limits.steps))


def book_of(workbook: Workbook, mapping: Mapping | None = None) -> ReadBook:
    """What the rules look at, out of the cells. Raises ``UserError`` where the mapping does not fit."""
    admit()  # header words and kinds of other packages
    template = find_template(workbook)
    workbook = workbook if mapping is None else reduced(workbook, mapping)
    scales = tuple(scale for sheet in workbook.sheets for scale in find_scales(SheetView(workbook, sheet)))
    tables = tuple(settle(table) for table in find_tables(workbook, template is not None, scales, mapping))
    remarks = () if mapping is None else tuple(remarks_on_mapping(workbook, mapping, tables))
    known = {table.sheet for table in tables} | {scale.sheet for scale in scales}
    if template is not None:
        known |= OWN_SHEETS
    unread = tuple(sheet.name for sheet in workbook.sheets if sheet.name not in known and _holds_figures(sheet))
    identity = identity_of(workbook, tables, template)
    workings = workings_of(workbook, tables, template is not None)
    return ReadBook(tables, scales, unread, template, remarks, workbook.annotatable, identity, workings)


def no_tables(template: Template | None) -> NoTables:
    """To raise where a workbook has no recognised table."""
    return NoTables("no_tables", _NO_TABLES if template is None else _NOT_FILLED.fill(kind=template.kind))


def _holds_figures(sheet: Sheet) -> bool:
    """Whether a sheet has as many numbers as the smallest of tables: a cover or a letter has not."""
    numbers = (cell for line in sheet.rows.values() for cell in line.values() if cell.kind is Stored.NUMBER)
    return sum(1 for _ in islice(numbers, _FEW)) == _FEW
