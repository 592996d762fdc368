"""A whole workbook read into the model: every worksheet with every stored cell and its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xlaudit.collector import paused
from xlaudit.errors import NO_MEMORY, OUT_OF_MEMORY, UnreadableWorkbook
from xlaudit.limits import DEFAULT, Limits
from xlaudit.model import Sheet, Workbook
from xlaudit.reading.cellrows import Shared
from xlaudit.reading.formats.recognise import read_plain, read_zipped
from xlaudit.reading.lines import number_of_cells
from xlaudit.reading.names import defined_names
from xlaudit.reading.package import Package, check_length, file_bytes, is_zip, package_of
from xlaudit.reading.refusals import broken, named
from xlaudit.reading.sheetpart import read_sheet
from xlaudit.reading.strings import shared_strings
from xlaudit.reading.styles import read_styles
from xlaudit.reading.workbookpart import Tab, WorkbookPart
from xlaudit.reading.xmlparts import told_by
from xlaudit.texts import Text
from xlaudit.zipped import Zipped


def read_workbook(path: Path, limits: Limits = DEFAULT, zipped: Zipped | None = None) -> Workbook:
    """Reads a spreadsheet of any kind that ``formats`` knows; what the name ends in does not matter.

    ``zipped`` is the file where it was opened already.

    Raises ``UnreadableWorkbook`` and nothing else, whatever the file holds. See :func:`workbook_in` for .xlsx, .xlsm
    and .xlsb, :func:`package_of` for what is refused.
    """
    try:
        with paused():
            data = file_bytes(path, limits) if zipped is None else zipped.data
            check_length(len(data), limits)
            other = None if is_zip(data) else read_plain(path, data, limits)
            if other is not None:
                return other
            package = package_of(path, data, limits, zipped)
            other = read_zipped(package)
            return workbook_in(package) if other is None else other
    except MemoryError as error:
        raise UnreadableWorkbook(OUT_OF_MEMORY, NO_MEMORY) from error


def workbook_in(package: Package) -> Workbook:
    """The workbook in an opened package.

    Worksheets come in tab order, chart, dialog and macro sheets left out; ``Sheet.index`` counts all tabs
    from 0, as the file's own sheet indexes do. A style index beyond the list means the default format. A
    date cell (``t="d"``) becomes a number, its serial. Every cell of an array formula carries the formula.

    Raises ``UnreadableWorkbook``: ``broken`` for what contradicts itself (a cell in the wrong row or
    written twice, a text that is missing, malformed XML), ``too_large`` beyond the bounds,
    ``out_of_memory`` where the machine's memory ends first.
    """
    try:
        with paused():
            told = package.told
            return _binary(package) if told is None else _workbook(package, told)
    except MemoryError as error:
        raise UnreadableWorkbook(OUT_OF_MEMORY, NO_MEMORY) from error


def _binary(package: Package) -> Workbook:
    from xlaudit.reading.formats.xlsb import read_xlsb

    return replace(read_xlsb(package), annotatable=False)


def _workbook(package: Package, told: WorkbookPart) -> Workbook:
    part = package.workbook
    strings_part = next(iter(package.related(part, "sharedStrings")), None)
    strings = [] if strings_part is None else shared_strings(strings_part, package.read(strings_part), package.limits)
    styles_part = next(iter(package.related(part, "styles")), None)
    styles = (
        read_styles(None)
        if styles_part is None
        else told_by(read_styles, styles_part, package.read(styles_part), package.limits)
    )
    shared = Shared(strings, len(styles), told.date1904, package.limits)
    sheets = tuple(_sheets(package, told.tabs, shared))
    return Workbook(
        str(package.path),
        sheets,
        styles,
        told.date1904,
        package.properties(),
        told.recalculates,
        defined_names(told.names, sheets),
        as_displayed=told.as_displayed,
    )


def _sheets(package: Package, tabs: Sequence[Tab], shared: Shared) -> Iterator[Sheet]:
    relationships = {item.id: item for item in package.relationships(package.workbook)}
    parts: set[str] = set()
    names: set[str] = set()
    for index, (name, relation, state) in enumerate(tabs):
        if not relation:  # a module sheet of Excel 5, kept as a tab without a part
            continue
        relationship = relationships.get(relation)
        if relationship is None or relationship.external or package.find(relationship.target) is None:
            raise broken(
                Text("sheet “{name}” is missing").fill(name=named(name).id)
            )
        if relationship.target in parts or name.casefold() in names:
            raise broken(
                Text("sheet “{name}” is there twice").fill(
                    name=named(name).id
                )
            )
        parts.add(relationship.target)
        names.add(name.casefold())
        if relationship.kind != "worksheet":
            continue
        content = read_sheet(relationship.target, package.read(relationship.target), name, shared)
        shared.cells_left -= number_of_cells(content.rows)
        yield Sheet(
            name=name,
            index=index,
            part=relationship.target,
            rows=content.rows,
            merges=content.merges,
            hidden_rows=content.hidden_rows,
            hidden_columns=content.hidden_columns,
            outline=content.outline,
            visible=state == "visible",
            very_hidden=state == "veryHidden",
        )
