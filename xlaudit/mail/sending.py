"""Many mails through one server: not too fast, again where it makes sense, none twice."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from functools import partial
from typing import NamedTuple, Protocol

from xlaudit.errors import UserError
from xlaudit.mail.letter import Letter
from xlaudit.mail.message import dated, mail, message_id
from xlaudit.mail.parcel import Parcel
from xlaudit.mail.server import Server, why_of
from xlaudit.mail.smtp import Delivery, Verdict, alive, connect, deliver, leave
from xlaudit.texts import NOTHING, Language, Text, plural, sentences

_WAITING = plural(
    "{n} mail did not go yet ({why}); it is tried again in {seconds} seconds.",
    "{n} mails did not go yet ({why}); they are tried again in {seconds} seconds.",
)
_NO_LINE = Text("no connection to {host}, port {port}: {why}")
_WENT = Text("The mail to {agency} was sent, but that could not be recorded; it counts as doubtful.")
WAITS = (5.0, 30.0, 120.0)
"""Seconds before what did not go is tried again, each time longer."""


class State:
    """What the record says of a mailing."""

    SENDING = "sending"
    """Begun and never ended: another run is at it, or was killed."""
    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"
    """It did not go, and may be sent."""
    DOUBTFUL = "doubtful"


STANDS_FOR = {
    Verdict.SENT: State.SENT,
    Verdict.REFUSED: State.REFUSED,
    Verdict.DEFERRED: State.FAILED,
    Verdict.BROKEN: State.FAILED,
    Verdict.DOUBTFUL: State.DOUBTFUL,
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail to be sent; ``made`` makes it. ``again``: also if the record says that it may have gone already."""

    parcel: Parcel
    subject: str
    message_id: str
    made: Callable[[], EmailMessage]
    again: bool = False

    @property
    def key(self) -> str:
        return self.parcel.key


class Record(Protocol):
    """What went out, kept where a second run and a second process see it."""

    def claim(self, mail: Outgoing) -> bool:
        """Says, for everybody and before the first byte goes, that the mail is being sent; False where it must not."""

    def note(self, mail: Outgoing, state: str, said: str) -> None:
        """What became of a mail that was claimed, or refused before that."""


class Sent(NamedTuple):
    """One mail and what became of it."""

    mail: Outgoing
    delivery: Delivery


@dataclass
class Pace:
    """How fast. ``now`` and ``sleep`` count in seconds; ``told`` hears what is waited for."""

    per_minute: int
    waits: Sequence[float] = field(default_factory=lambda: WAITS)
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    told: Callable[[Text], None] = lambda text: None
    _next: float = 0.0

    def keep(self) -> None:
        """Waits until the next mail may go."""
        wait = self._next - self.now()
        if wait > 0:
            self.sleep(wait)
        self._next = self.now() + 60 / self.per_minute


def outgoing(parcel: Parcel, letter: Letter, language: Language, sender: str, again: bool = False) -> Outgoing:
    """The mail of a parcel, with the Message-ID that it always has."""
    made = partial(mail, parcel, letter, language, sender)
    return Outgoing(parcel, letter.subject.get(language), message_id(parcel.key, sender), made, again)


def send_all(
    mails: Sequence[Outgoing], server: Server, sender: str, record: Record, pace: Pace, archive: str = ""
) -> Iterator[Sent]:
    """Sends the mails one after the other; each is yielded once it is settled. ``archive`` gets each, too, unseen.

    What the server puts off, and what a broken connection kept from going, is tried again after each of the waits.
    Raises ``UserError`` where no mail can go at all (password, certificate, encryption) or the record cannot be kept.
    """
    line = _Line(server)
    waiting = list(mails)
    why = NOTHING
    try:
        for turn in range(len(pace.waits) + 1):
            last = turn == len(pace.waits)
            if turn and waiting:
                wait = pace.waits[turn - 1]
                pace.told(_WAITING.fill(n=len(waiting), seconds=round(wait), why=why))
                pace.sleep(wait)
            again: list[Outgoing] = []
            for number, one in enumerate(waiting):
                pace.keep()
                delivery = _send(line, one, sender, record, archive, patient=not last)
                why = line.why if delivery is None else delivery.said
                if delivery is None:  # no connection: the others would have none either
                    again += waiting[number:]
                    if last:
                        for other in waiting[number:]:
                            yield Sent(other, Delivery(Verdict.BROKEN, line.why))
                    break
                if delivery.verdict in (Verdict.DEFERRED, Verdict.BROKEN) and not last:
                    again.append(one)
                else:
                    yield Sent(one, delivery)
            waiting = again
    finally:
        line.leave()


def _send(line: _Line, one: Outgoing, sender: str, record: Record, archive: str, patient: bool) -> Delivery | None:
    """One attempt, and its end in the record; None where there is no connection."""
    client = line.ready()
    if client is None:
        return None
    claimed = False

    def claim() -> bool:
        nonlocal claimed
        claimed = record.claim(one)
        return claimed

    data = dated(one.made(), one.message_id, datetime.now().astimezone())
    others = (*one.parcel.cc, archive) if archive else one.parcel.cc
    delivery = deliver(client, sender, one.parcel.to, others, data, claim, patient)
    if claimed or delivery.verdict is Verdict.REFUSED:
        try:
            record.note(one, STANDS_FOR[delivery.verdict], delivery.said.en)
        except UserError as error:
            if delivery.verdict is not Verdict.SENT:
                raise
            raise UserError(error.code, sentences(_WENT.fill(agency=one.parcel.agency), error.text)) from error
    return delivery


class _Line:
    """The connection, made when it is needed and again when it broke."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None
        self.why = why_of(OSError())

    def ready(self) -> smtplib.SMTP | None:
        """A connection that answers; None, with ``why``, where none can be had now."""
        if self._client is not None and alive(self._client):
            return self._client
        try:
            self._client = connect(self._server)
        except UserError:
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._client = None
            self.why = _NO_LINE.fill(host=self._server.host, port=self._server.port, why=why_of(error))
        return self._client

    def leave(self) -> None:
        leave(self._client)
