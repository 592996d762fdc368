"""What can go wrong with a ledger, as sentences that say what to do; never a trace of the database library."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from xlaudit.errors import UserError, reason
from xlaudit.ledger.place import Place
from xlaudit.texts import Text

_BUSY = Text("The ledger {place} is in use by another program for too long; try again in a moment.")
_FULL = Text("The ledger {place} cannot be written: the disk is full. Free some space and try again.")
_READ_ONLY = Text("The ledger {place} cannot be written: the file or its folder is read-only.")
_CANNOT_OPEN = Text("The ledger {place} cannot be opened; check that its folder is there and may be written to.")
_BROKEN = Text(
    "The ledger {place} is damaged or is no ledger. Put back your backup copy, or name another file with --ledger."
)
_UNREACHABLE = Text("The ledger {place} cannot be reached; check network, address, user and password ({why}).")
_REFUSED = Text("The ledger {place} could not be used ({why}).")
NOT_OURS = Text("{place} is a database of another program; name another file with --ledger.")
NEWER = Text("The ledger {place} was made by a newer xlaudit (its tables: {found}); update this one.")
NOT_THERE = Text("There is no ledger yet ({place}): audit a folder first, or name one with --ledger.")
NO_DRIVER = Text("PostgreSQL needs one more package: pip install 'xlaudit[postgres]'.")


class LedgerError(UserError):
    """The ledger cannot be opened, read or written. Codes begin with ``ledger_``."""


_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: ("ledger_busy", _BUSY),
    sqlite3.SQLITE_LOCKED: ("ledger_busy", _BUSY),
    sqlite3.SQLITE_FULL: ("ledger_full", _FULL),
    sqlite3.SQLITE_READONLY: ("ledger_read_only", _READ_ONLY),
    sqlite3.SQLITE_PERM: ("ledger_read_only", _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: ("ledger_cannot_open", _CANNOT_OPEN),
    sqlite3.SQLITE_CORRUPT: ("ledger_broken", _BROKEN),
    sqlite3.SQLITE_NOTADB: ("ledger_broken", _BROKEN),
}
_PERHAPS_FULL = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
"""What SQLite also says where it finds no room for the files beside its own."""
_LEAST_ROOM = 256 * 1024


def _is_full(place: Place) -> bool:
    try:
        return place.file is not None and shutil.disk_usage(place.file.parent).free < _LEAST_ROOM
    except OSError:
        return False


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Makes a ``LedgerError`` of whatever the database raises within."""
    try:
        yield
    except DBAPIError as error:
        raise _of(place, error) from error
    except OSError as error:
        facts = {"place": place.shown, "why": place.scrubbed(reason(error))}
        raise LedgerError("ledger_cannot_open", _REFUSED.fill(**facts)) from error
    except SQLAlchemyError as error:
        facts = {"place": place.shown, "why": place.scrubbed(str(error))}
        raise LedgerError("ledger_refused", _REFUSED.fill(**facts)) from error


def _of(place: Place, error: DBAPIError) -> LedgerError:
    origin = error.orig
    told_by_sqlite = (getattr(origin, "sqlite_errorcode", None) or 0) & 0xFF
    known = _OF_SQLITE.get(told_by_sqlite)
    if told_by_sqlite in _PERHAPS_FULL and _is_full(place):
        known = "ledger_full", _FULL
    if known is not None:
        code, text = known
        return LedgerError(code, text.fill(place=place.shown))
    facts = {"place": place.shown, "why": place.scrubbed(str(origin))[:300]}
    if place.file is None and getattr(origin, "sqlstate", None) is None:
        return LedgerError("ledger_unreachable", _UNREACHABLE.fill(**facts))
    return LedgerError("ledger_refused", _REFUSED.fill(**facts))
