"""What was mailed and what came in by mail: noted before and after, so that nothing is mailed or answered twice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from xlaudit.ledger import schema

_Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Mailing:
    """One mailing. ``key`` is what makes it the same one; the ledger sets ``id``, both times and ``attempts``.

    ``recipients`` and ``cc`` are addresses. ``audit_id`` and ``submission_sha256`` say what it is about.
    """

    key: str
    agency: str
    recipients: tuple[str, ...]
    subject: str
    cc: tuple[str, ...] = ()
    agency_key: str = ""
    government_key: str = ""
    year: int | None = None
    period: str = ""
    submission_sha256: str = ""
    attachment_sha256: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    state: str = "drafted"
    audit_id: int | None = None
    attempts: int = 0
    error: str = ""
    id: int | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None


class Mailings:
    """The mailings of a ledger. Each call is one transaction."""

    def __init__(self, reading: _Transaction, writing: _Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, mailing: Mailing) -> Mailing:
        """The mailing as it is kept now: the one that was known by its key already, else the one given."""
        known = self.get(mailing.key)
        if known is not None:
            return known
        now = datetime.now(UTC)
        values = {
            name: getattr(mailing, name) for name in mailing.__slots__ if name not in {"id", "recipients", "cc"}
        } | {
            "recipients": ",".join(mailing.recipients),
            "cc": ",".join(mailing.cc),
            "created_at": now,
            "changed_at": now,
        }
        with self._writing() as connection:
            _inserted(connection, schema.mailings, values)  # or another process was faster with the same one
        kept = self.get(mailing.key)
        assert kept is not None
        return kept

    def get(self, key: str) -> Mailing | None:
        """The mailing of a key, None where there is none."""
        with self._reading() as connection:
            row = connection.execute(select(schema.mailings).where(schema.mailings.c.key == key)).mappings().first()
        return None if row is None else _mailing(dict(row))

    def of(self, states: Collection[str] = schema.STATES) -> list[Mailing]:
        """The mailings in some states, in the order in which they were added."""
        chosen = select(schema.mailings).where(schema.mailings.c.state.in_(states)).order_by(schema.mailings.c.id)
        with self._reading() as connection:
            return [_mailing(dict(row)) for row in connection.execute(chosen).mappings()]

    def claim(self, key: str, from_states: Collection[str] = ("drafted",)) -> bool:
        """Takes a mailing to ``sending`` and counts the attempt, if it is in one of these states.

        Of several processes that claim one only one gets it; only who got it may send.
        """
        table = schema.mailings
        change = (
            update(table)
            .where(table.c.key == key, table.c.state.in_(from_states))
            .values(state="sending", attempts=table.c.attempts + 1, error="", changed_at=datetime.now(UTC))
        )
        with self._writing() as connection:
            return connection.execute(change).rowcount == 1

    def note(self, key: str, state: str, error: str = "", message_id: str | None = None) -> None:
        """Says what became of a mailing."""
        if state not in schema.STATES:
            raise ValueError(state)
        values: dict[str, object] = {"state": state, "error": error, "changed_at": datetime.now(UTC)}
        if message_id is not None:
            values["message_id"] = message_id
        with self._writing() as connection:
            connection.execute(update(schema.mailings).where(schema.mailings.c.key == key).values(values))

    def doubt(self, before: datetime) -> int:
        """Takes those that have been ``sending`` since before a time to ``doubtful``; says how many."""
        table = schema.mailings
        change = (
            update(table)
            .where(table.c.state == "sending", table.c.changed_at < before)
            .values(state="doubtful", changed_at=datetime.now(UTC))
        )
        with self._writing() as connection:
            return connection.execute(change).rowcount


def _mailing(row: dict[str, object]) -> Mailing:
    lists = {name: tuple(filter(None, str(row[name]).split(","))) for name in ("recipients", "cc")}
    return Mailing(**{**row, **lists})  # type: ignore[arg-type]


class Incoming:
    """Mails of an inbox that were dealt with. ``mailbox`` is ``user@host/folder``."""

    def __init__(self, reading: _Transaction, writing: _Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def known(self, mailbox: str, uidvalidity: int) -> set[int]:
        """The numbers of the mails that were dealt with."""
        table = schema.incoming
        chosen = select(table.c.uid).where(table.c.mailbox == mailbox, table.c.uidvalidity == uidvalidity)
        with self._reading() as connection:
            return set(connection.execute(chosen).scalars())

    def known_message(self, mailbox: str, message_id: str) -> bool:
        """Whether a mail was dealt with, whatever its number is by now."""
        table = schema.incoming
        chosen = select(table.c.id).where(table.c.mailbox == mailbox, table.c.message_id == message_id).limit(1)
        with self._reading() as connection:
            return connection.execute(chosen).first() is not None

    def note(self, mailbox: str, uidvalidity: int, uid: int, message_id: str, sender: str, state: str) -> None:
        """Says that a mail was dealt with, and how; what was said of it before is replaced."""
        table = schema.incoming
        values = {"message_id": message_id, "sender": sender, "state": state, "handled_at": datetime.now(UTC)}
        whose = {"mailbox": mailbox, "uidvalidity": uidvalidity, "uid": uid}
        this = update(table).where(*(table.c[name] == value for name, value in whose.items())).values(values)
        with self._writing() as connection:
            if not connection.execute(this).rowcount and not _inserted(connection, table, {**whose, **values}):
                connection.execute(this)  # another process was faster


def _inserted(connection: Connection, table: Table, values: dict[str, object]) -> bool:
    """Puts a row into a table, unless there is one of the same key."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return connection.execute(insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
