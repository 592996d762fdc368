"""Sends the mails of a call: lists them, asks, sends, and says what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlaudit.cli.mail import Written, described
from xlaudit.cli.mailserver import agreed, with_password
from xlaudit.cli.recording import Recording, ledger_of
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.errors import BadUsage
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.ledger.mailings import Mailing
    from xlaudit.ledger.place import Place
    from xlaudit.mail.parcel import Parcel
    from xlaudit.mail.record import LedgerRecord
    from xlaudit.mail.sending import Outgoing, Sent
    from xlaudit.mail.server import Server
    from xlaudit.settings import Settings

PASSWORD = "XLAUDIT_SMTP_PASSWORD"

_NEEDED = Text(
    "The ledger is switched off, but without it agencies would be mailed twice: name one with --ledger, and leave "
    "out --no-ledger."
)
_ALREADY = Text("{agency}: sent already on {day}; not sent again.")
_DOUBTFUL = Text(
    "{agency}: begun on {day} and never ended, so nobody knows whether it arrived. Look into the mailbox of the sender "
    "or ask the agency; --again sends it once more."
)
_WHERE = plural("{n} mail is to go through {host}.", "{n} mails are to go through {host}.")
_NOTHING = Text("There is nothing to send.")
_ASK = plural("Send {n} mail? [y/N]", "Send {n} mails? [y/N]")
_NOT_SENT = Text("Nothing was sent.")
_SENT = Text("{agency}: sent to {to}.")
_REFUSED = Text("{agency}: the server refuses {email} ({why}).")
_FAILED = Text("{agency}: not sent ({why}); run it again later.")
_NOT_TAKEN = Text("{agency}: not sent, for the server refuses the mail ({why}).")
_UNKNOWN = Text(
    "{agency}: the connection broke just before the server said that it has the mail ({why}); it may have arrived. It "
    "is not sent again but with --again."
)
_LEFT = Text("{agency}: left alone, for another run is sending it or was interrupted while it did.")
_TOTAL = Text("Sent: {sent}. Not sent: {failed}. Doubtful: {doubtful}.")


@dataclass(frozen=True, slots=True)
class Sending:
    """How a call sends. ``again``: also what may have gone already."""

    server: Server
    per_minute: int
    sure: bool = False
    again: bool = False
    archive: str = ""


@contextmanager
def opened_record(asked: Recording, settings: Settings) -> Iterator[LedgerRecord]:
    """The record of what was sent. Raises ``BadUsage`` where the ledger is switched off."""
    from xlaudit.ledger.store import Ledger
    from xlaudit.mail.record import LedgerRecord

    with Ledger.open(needed_ledger(asked, settings)) as ledger:
        yield LedgerRecord(ledger)


def needed_ledger(asked: Recording, settings: Settings) -> Place:
    """Where the ledger is. Raises ``BadUsage`` where it is switched off."""
    place = None if asked.off else ledger_of(asked.place, settings)
    if place is None:
        raise BadUsage("no_ledger", _NEEDED)
    return place


def send_parcels(parcels: Sequence[Parcel], written: Written, sending: Sending, record: LedgerRecord) -> ExitCode:
    """``FAILED`` where one did not go, or nobody knows; what went earlier is no failure."""
    from xlaudit.mail.sending import outgoing

    session = written.session
    code = ExitCode.CLEAN
    mails: list[Outgoing] = []
    for parcel in parcels:
        known = record.known(parcel.key)
        if _may_go(parcel, known, session, sending.again):
            mails.append(outgoing(parcel, written.letter(parcel), session.language, written.sender, sending.again))
        elif known is not None and known.state != "sent":
            code = ExitCode.FAILED
    if not mails:
        session.warn(_NOTHING)
        return code
    for number, mail in enumerate(mails, 1):
        first, *rest = described(mail.parcel, written)
        emit("\n".join([f"{number}. {first}", *rest]))
    session.warn(_WHERE.fill(n=len(mails), host=f"{sending.server.host}:{sending.server.port}"))
    if not sending.sure and not agreed(_ASK.fill(n=len(mails)), session):
        session.warn(_NOT_SENT)
        return ExitCode.FAILED
    return max(code, _sent(mails, written, sending, record))


def _may_go(parcel: Parcel, known: Mailing | None, session: Session, again: bool) -> bool:
    """Whether a mail is to be sent; where it is not, says why."""
    from xlaudit.mail.record import is_doubtful, is_sent

    if known is None or known.changed_at is None or not (is_sent(known) or (is_doubtful(known) and not again)):
        return True
    day = known.changed_at.astimezone().strftime("%Y-%m-%d %H:%M")
    session.warn((_ALREADY if is_sent(known) else _DOUBTFUL).fill(agency=parcel.agency, day=day))
    return False


def _sent(mails: Sequence[Outgoing], written: Written, sending: Sending, record: LedgerRecord) -> ExitCode:
    from xlaudit.mail.message import sender_of
    from xlaudit.mail.sending import Pace, send_all
    from xlaudit.mail.smtp import Verdict

    session = written.session
    server = with_password(sending.server, PASSWORD, session)
    pace = Pace(sending.per_minute, told=session.warn)
    counts = dict.fromkeys(Verdict, 0)
    whole = True
    try:
        for one in send_all(mails, server, sender_of(written.sender).address, record, pace, sending.archive):
            counts[one.delivery.verdict] += 1
            whole = _told(one, session) and whole
    finally:
        sent, doubtful = counts[Verdict.SENT], counts[Verdict.DOUBTFUL]
        session.warn(_TOTAL.fill(sent=sent, failed=len(mails) - sent - doubtful, doubtful=doubtful))
    return ExitCode.CLEAN if whole else ExitCode.FAILED


def _told(one: Sent, session: Session) -> bool:
    """Says what became of a mail; whether it went to everybody whom it was meant for."""
    from xlaudit.mail.smtp import Verdict

    mail, delivery = one
    facts = {"agency": mail.parcel.agency, "why": delivery.said}
    for email, why in delivery.refused:
        session.warn(_REFUSED.fill(**{**facts, "email": email, "why": why}))
    match delivery.verdict:
        case Verdict.SENT:
            refused = {email for email, _ in delivery.refused}
            to = ", ".join(email for email in (*mail.parcel.to, *mail.parcel.cc) if email not in refused)
            emit(session.text(_SENT.fill(agency=mail.parcel.agency, to=to)))
            return not refused
        case Verdict.REFUSED:
            if not delivery.refused:
                session.warn(_NOT_TAKEN.fill(**facts))
        case Verdict.DOUBTFUL:
            session.warn(_UNKNOWN.fill(**facts))
        case Verdict.TAKEN:
            session.warn(_LEFT.fill(**facts))
        case _:
            session.warn(_FAILED.fill(**facts))
    return False
