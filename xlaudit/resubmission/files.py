"""Two files compared: both read and audited, with what the agency answered in the later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import localcontext
from pathlib import Path
from typing import NamedTuple

from xlaudit.annotate import Listed, answers_of, decisions_of, is_annotated, listed_rows, merged, read_listed
from xlaudit.audit import audit_book
from xlaudit.changes import Comparison
from xlaudit.collector import paused
from xlaudit.errors import UserError
from xlaudit.limits import Limits
from xlaudit.mapping.model import Mapping
from xlaudit.outcome import Outcome
from xlaudit.reading.book import DIGITS, read_book
from xlaudit.reading.grid import read_workbook
from xlaudit.resubmission.compare import compare
from xlaudit.settings import DEFAULT, Settings
from xlaudit.tables import Table
from xlaudit.texts import Text
from xlaudit.waivers import decisions


class Resubmission(NamedTuple):
    """A comparison, and what stood in the findings sheets of all that was read: what was typed later goes first.

    Where the same finding has another id by now (its row was renamed), it has the new one.
    """

    comparison: Comparison
    listed: list[Listed]


def compare_files(
    old: Path,
    new: Path,
    settings: tuple[Settings, Settings] = (DEFAULT, DEFAULT),
    mappings: tuple[Mapping | None, Mapping | None] = (None, None),
    copy: Path | None = None,
) -> Resubmission:
    """Audits an earlier and a later workbook, each by its own settings and without annotations, and compares them.

    Answers and decisions are read from whichever is an annotated copy; those of the later one go first, and what was
    decided upon the earlier one holds for the later one. ``copy`` is an annotated copy made of the later one before:
    what was typed there goes before the earlier one's. Raises ``UserError`` where one of them cannot be read or
    holds no table that is recognised.
    """
    first, second = settings
    earlier = listed_of(old, first.limits)
    later = _later(earlier, new, second, copy)
    before, old_tables = _audited(old, first, mappings[0], earlier)
    after, new_tables = _audited(new, second, mappings[1], later)
    return _found(compare(before, old_tables, after, new_tables, answers_of(later)), later)


def compare_recorded(
    old: Outcome, new: Path, remark: Text, settings: Settings = DEFAULT, mapping: Mapping | None = None,
    copy: Path | None = None,
) -> Resubmission:
    """Like ``compare_files`` where of the earlier workbook only the findings are known, with a remark that says so.

    Findings are told again by their ids; of figures and rows nothing is said.
    """
    later = _later([], new, settings, copy)
    after, _ = _audited(new, settings, mapping, later)
    after = replace(after, remarks=(remark, *after.remarks))
    return _found(compare(old, (), after, (), answers_of(later))._replace(by_record=True), later)


def _later(earlier: list[Listed], new: Path, settings: Settings, copy: Path | None) -> list[Listed]:
    """What stands in the findings sheets, what was typed later in front."""
    later = merged(earlier, [] if copy is None else listed_of(copy, settings.limits))
    return merged(later, listed_of(new, settings.limits))


def _found(comparison: Comparison, later: list[Listed]) -> Resubmission:
    renamed = {was.id: now.id for was, now in comparison.open}
    return Resubmission(comparison, merged([], [one._replace(id=renamed.get(one.id, one.id)) for one in later]))


def _audited(
    path: Path, settings: Settings, mapping: Mapping | None, listed: Sequence[Listed]
) -> tuple[Outcome, Sequence[Table]]:
    said = list(decisions(decisions_of(listed))) if settings.workbook_waivers else []
    with paused(), localcontext() as context:
        context.prec = DIGITS
        read = read_book(path, mapping, settings.limits)
        return audit_book(str(path), read, settings, mapping, said), read.tables


def listed_of(path: Path, limits: Limits) -> list[Listed]:
    """What stands in the findings sheet of a workbook of any format; nothing where it has none or cannot be read."""
    try:
        if is_annotated(path):
            return read_listed(path)
        workbook = read_workbook(path, limits)
    except UserError:
        return []  # the audit says what is wrong with it
    if workbook.annotatable:
        return []
    for sheet in workbook.sheets:
        rows = {number: {column: cell.text for column, cell in row.items()} for number, row in sheet.rows.items()}
        listed = listed_rows(rows, sheet.name)
        if listed:
            return listed
    return []
