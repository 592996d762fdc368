"""Finds the submission before a workbook in the ledger, for ``xlaudit compare NEW``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlaudit.cli.recording import ledger_of
from xlaudit.cli.session import Session
from xlaudit.errors import BadUsage
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.mapping import Mapping
    from xlaudit.outcome import Outcome
    from xlaudit.resubmission.previous import Handed
    from xlaudit.settings import Settings

_NO_LEDGER = Text(
    "There is no ledger ({place}) that could tell the submission before {path}; name it: xlaudit compare OLD NEW."
)
_OFF = Text("No ledger is in use, so the submission before {path} must be named: xlaudit compare OLD NEW.")
_NONE = Text(
    "The ledger {place} knows no submission before {path} ({whose}); name it: xlaudit compare OLD NEW."
)
_NAMELESS = Text("it does not say whose it is")
_FOUND = Text("Compared with the submission of {day}: {path}")
_RECORDED = Text(
    "The workbook submitted on {day} ({path}) is no longer there or was changed. Compared with what the ledger holds "
    "of it, its findings; figures that changed silently and rows that were removed cannot be told."
)


class Preceding(NamedTuple):
    """The submission before: its file, or else what the ledger holds of it and the remark that says so."""

    file: Path | None
    recorded: Outcome | None = None
    remark: Text | None = None


def preceding(
    new: Path, settings: Settings, mapping: Mapping | None, asked: str | None, session: Session
) -> Preceding:
    """The submission before ``new``. ``BadUsage`` where none is known, ``UserError`` where the ledger fails."""
    from xlaudit.batch.job import digest_of
    from xlaudit.ledger.audits import all_audits, findings_of
    from xlaudit.ledger.store import Ledger
    from xlaudit.reports.status_text import day
    from xlaudit.resubmission.previous import file_of, outcome_of, submission_before

    place = ledger_of(asked, settings)
    if place is None:
        raise BadUsage("no_ledger", _OFF.fill(path=new))
    if not place.there:
        raise BadUsage("no_ledger", _NO_LEDGER.fill(place=place.shown, path=new))
    handed = _handed(new, settings, mapping)
    with Ledger.open(place, create=False) as ledger, ledger.reading() as connection:
        audits = all_audits(connection)
        found = submission_before(audits, handed)
        if found is None:
            facts = {"place": place.shown, "path": new, "whose": _whose(handed, session)}
            raise BadUsage("no_previous", _NONE.fill(**facts))
        facts = {"day": day(found.received), "path": found.audit.path}
        file = file_of(found, audits, digest_of)
        if file is not None:
            session.warn(_FOUND.fill(day=day(found.received), path=file))
            return Preceding(file)
        kept = findings_of(connection, [found.audit.findings_in]).get(found.audit.findings_in, [])
    remark = _RECORDED.fill(**facts)
    return Preceding(None, outcome_of(found, kept), remark)


def _handed(new: Path, settings: Settings, mapping: Mapping | None) -> Handed:
    from xlaudit.batch.job import digest_of
    from xlaudit.reading.book import read_book
    from xlaudit.resubmission.previous import Handed
    from xlaudit.standing import document_of

    book = read_book(new, mapping, settings.limits)
    return Handed(new, digest_of(new), book.identity, document_of(table.kind for table in book.tables))


def _whose(handed: Handed, session: Session) -> Text | str:
    from xlaudit.reports.status_text import heading
    from xlaudit.standing import YEARLY

    identity = handed.identity
    if not identity.agency:
        return _NAMELESS
    return f"{identity.agency}, {heading(identity.year, identity.period or YEARLY, handed.document, session.language)}"
