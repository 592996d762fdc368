"""What went out, in the ledger: the same for a second run, and for another auditor with the same ledger."""

from __future__ import annotations

import hashlib

from xlaudit.ledger.mailings import Mailing
from xlaudit.ledger.store import Ledger
from xlaudit.mail.sending import Outgoing, State
from xlaudit.offices import office_of

_FREE = ("drafted", State.FAILED, State.REFUSED)
"""States out of which a mail may be sent."""
_UNSURE = (State.SENDING, State.DOUBTFUL)
"""States in which nobody knows whether it went."""


class LedgerRecord:
    """The record of mailings in an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._mailings = ledger.mailings

    def known(self, key: str) -> Mailing | None:
        """What is known of a mailing, None where nothing."""
        return self._mailings.get(key)

    def claim(self, mail: Outgoing) -> bool:
        """Committed as being sent before the first byte goes; of several runs one alone gets it."""
        self._mailings.add(_mailing(mail))
        return self._mailings.claim(mail.key, (*_FREE, *_UNSURE) if mail.again else _FREE)

    def note(self, mail: Outgoing, state: str, said: str) -> None:
        self._mailings.add(_mailing(mail))
        self._mailings.note(mail.key, state, said if state != State.SENT else "", mail.message_id)


def is_sent(mailing: Mailing | None) -> bool:
    return mailing is not None and mailing.state == State.SENT


def is_doubtful(mailing: Mailing | None) -> bool:
    """Whether it may have gone: begun by a run that was killed, or that is at it now."""
    return mailing is not None and mailing.state in _UNSURE


def _mailing(mail: Outgoing) -> Mailing:
    parcel = mail.parcel
    office = office_of(parcel.agency, parcel.government)
    identity = parcel.books[0].outcome.identity
    enclosed = hashlib.sha256()
    for file in parcel.attachments:
        enclosed.update(file.data)
    return Mailing(
        key=mail.key,
        agency=parcel.agency,
        recipients=parcel.to,
        cc=parcel.cc,
        subject=mail.subject,
        agency_key=office.agency,
        government_key=office.government,
        year=identity.year,
        period=identity.period,
        submission_sha256=parcel.books[0].sha256,
        attachment_sha256=enclosed.hexdigest() if parcel.attachments else "",
        message_id=mail.message_id,
        in_reply_to="" if parcel.answers is None else parcel.answers.message_id,
    )
