"""Two files compared: both read and audited, with what the agency answered in the later one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import localcontext
from pathlib import Path

from xlaudit.annotate import is_annotated, read_answers, read_decisions
from xlaudit.answers import Answer
from xlaudit.audit import audit_book
from xlaudit.changes import Comparison
from xlaudit.collector import paused
from xlaudit.mapping.model import Mapping
from xlaudit.outcome import Outcome
from xlaudit.reading.book import DIGITS, read_book
from xlaudit.resubmission.compare import compare
from xlaudit.settings import DEFAULT, Settings
from xlaudit.tables import Table
from xlaudit.waivers import decisions

Decided = dict[str, tuple[str, str]]
"""What the auditor wrote into the column *Keputusan* by finding id, and where."""


def compare_files(
    old: Path,
    new: Path,
    settings: tuple[Settings, Settings] = (DEFAULT, DEFAULT),
    mappings: tuple[Mapping | None, Mapping | None] = (None, None),
) -> Comparison:
    """Audits an earlier and a later workbook, each by its own settings and without annotations, and compares them.

    Answers and decisions are read from whichever is an annotated copy; those of the later one go first, and what was
    decided upon the earlier one holds for the later one. Raises ``UserError`` where one of them cannot be read or holds
    no table that is recognised.
    """
    earlier = _decided(old)
    decided = (earlier, {**earlier, **_decided(new)})
    (before, old_tables), (after, new_tables) = (
        _audited(path, own, mapping, texts)
        for path, own, mapping, texts in zip((old, new), settings, mappings, decided, strict=True)
    )
    return compare(before, old_tables, after, new_tables, {**_answers(old), **_answers(new)})


def _audited(
    path: Path, settings: Settings, mapping: Mapping | None, decided: Decided
) -> tuple[Outcome, Sequence[Table]]:
    said = list(decisions(decided)) if settings.workbook_waivers else []
    with paused(), localcontext() as context:
        context.prec = DIGITS
        read = read_book(path, mapping, settings.limits)
        return audit_book(str(path), read, settings, mapping, said), read.tables


def _decided(path: Path) -> Decided:
    return read_decisions(path) if path.is_file() else {}


def _answers(path: Path) -> dict[str, Answer]:
    return read_answers(path) if is_annotated(path) else {}
