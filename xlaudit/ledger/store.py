"""Opens a ledger: connection, transactions, and the steps that bring its tables up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import NullPool

from xlaudit.ledger.faults import NEWER, NO_DRIVER, NOT_OURS, NOT_THERE, LedgerError, told
from xlaudit.ledger.mailings import Incoming, Mailings
from xlaudit.ledger.place import Place
from xlaudit.ledger.schema import VERSION_TABLE

HEAD = "0002"
"""The last step in ``migrations/versions``."""
_PATIENCE = 30
"""Seconds that a writer waits for another one."""
_REACH = 10
"""Seconds that a server has to answer."""
_NOT_WRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR)
_LOCK = 0x786C6175
"""Number of the lock under which the tables of a PostgreSQL ledger are made."""


class Ledger:
    """An open ledger; a context manager. Every ``reading`` or ``writing`` is one transaction of its own connection.

    ``mailings`` and ``incoming`` are what is known of mail.

    A writer of SQLite takes the one lock at its beginning, so two of them never wait for each other in vain; whoever
    dies within leaves no trace. Whatever the database raises is a ``LedgerError``.
    """

    def __init__(self, place: Place, engine: Engine) -> None:
        self.place = place
        self._engine = engine

    @classmethod
    def open(cls, place: Place, *, create: bool = True) -> Self:
        """The ledger at a place, its tables made or brought up to date if need be.

        ``LedgerError`` where there is none and none is to be made, where it is a newer one or another program's, or
        cannot be opened.
        """
        with told(place):
            if place.file is not None:
                if not create and not place.file.exists():
                    raise LedgerError("no_ledger", NOT_THERE.fill(place=place.shown))
                if not place.asked:
                    place.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            engine = _sqlite(place.file) if place.file is not None else _postgres(place)
            ledger = cls(place, engine)
            ledger._bring_up_to_date()
            return ledger

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def mailings(self) -> Mailings:
        return Mailings(self.reading, self.writing)

    @property
    def incoming(self) -> Incoming:
        return Incoming(self.reading, self.writing)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads, and sees one state of the ledger."""
        with told(self.place), self._engine.connect() as connection:
            if self.place.file is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: all of it is kept, or nothing."""
        with told(self.place), self._engine.connect() as connection:
            connection.execution_options(xlaudit_writes=True)
            with connection.begin():
                yield connection

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            if self._version(connection) == HEAD:
                return
        with self.writing() as connection:
            if self.place.file is None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if self._version(connection) != HEAD:  # another process may have been faster
                migrate(connection)

    def _version(self, connection: Connection) -> str:
        """The step that the tables are at, empty where there are none yet."""
        tables = set(inspect(connection).get_table_names())
        if VERSION_TABLE not in tables:
            if self.place.file is not None and tables:
                raise LedgerError("ledger_not_ours", NOT_OURS.fill(place=self.place.shown))
            return ""
        found = str(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() or "")
        if found > HEAD:
            raise LedgerError("ledger_newer", NEWER.fill(place=self.place.shown, found=found))
        return found


def migrate(connection: Connection, wanted: str = HEAD) -> None:
    """Takes the tables to a step, within the transaction that the connection is in (``migrations/env.py``)."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, wanted)


def _sqlite(path: Path) -> Engine:
    engine = create_engine(
        "sqlite://", creator=lambda: _connected(path), poolclass=NullPool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return _shared(path)
    except sqlite3.OperationalError as error:
        beside = path.with_name(f"{path.name}-wal")
        unfinished = beside.exists() and beside.stat().st_size > 0
        if error.sqlite_errorcode & 0xFF not in _NOT_WRITABLE or not path.is_file() or unfinished:
            raise
        # Nothing can be written here: SQLite reads such a file only if it is told that nobody else writes it either.
        return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None)


def _shared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)  # transactions begin as _begin says
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode=WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("xlaudit_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(place: Place) -> Engine:
    if find_spec("psycopg") is None:
        raise LedgerError("no_driver", NO_DRIVER)
    url = make_url(place.url).set(drivername="postgresql+psycopg")
    arguments = {} if "connect_timeout" in url.query else {"connect_timeout": _REACH}
    return create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)
