"""Two files compared: both read and audited, with what the agency answered in the later one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import localcontext
from pathlib import Path

from xlaudit.annotate import is_annotated, read_answers
from xlaudit.audit import audit_book
from xlaudit.changes import Comparison
from xlaudit.collector import paused
from xlaudit.mapping.model import Mapping
from xlaudit.outcome import Outcome
from xlaudit.reading.book import DIGITS, read_book
from xlaudit.resubmission.compare import compare
from xlaudit.settings import DEFAULT, Settings
from xlaudit.tables import Table


def compare_files(
    old: Path,
    new: Path,
    settings: tuple[Settings, Settings] = (DEFAULT, DEFAULT),
    mapping: Mapping | None = None,
) -> Comparison:
    """Audits an earlier and a later workbook, each by its own settings and without annotations, and compares them.

    Answers are read from whichever is an annotated copy; those of the later one go first. Raises ``UserError`` where
    one of them cannot be read or holds no table that is recognised.
    """
    (before, old_tables), (after, new_tables) = (
        _audited(path, own, mapping) for path, own in zip((old, new), settings, strict=True)
    )
    return compare(before, old_tables, after, new_tables, {**_answers(old), **_answers(new)})


def _audited(path: Path, settings: Settings, mapping: Mapping | None) -> tuple[Outcome, Sequence[Table]]:
    with paused(), localcontext() as context:
        context.prec = DIGITS
        read = read_book(path, mapping, settings.limits)
        return audit_book(str(path), read, settings, mapping), read.tables


def _answers(path: Path) -> dict[str, str]:
    return read_answers(path) if is_annotated(path) else {}
