"""The record of what was mailed, in both kinds of ledger: one run gets a mail, and what is doubtful stays so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ledgers import ledger, place, postgres
from outcomes import full

from xlaudit.ledger.place import Place
from xlaudit.ledger.store import Ledger
from xlaudit.mail.letter import letter_of
from xlaudit.mail.parcel import Attachment, Book, Parcel
from xlaudit.mail.record import LedgerRecord, is_doubtful, is_sent
from xlaudit.mail.sending import Outgoing, State, outgoing

__all__ = ["ledger", "place", "postgres"]


def one(again: bool = False) -> Outgoing:
    books = (Book("x.xlsx", full(), "11", Attachment("x.audit.xlsx", b"x")),)
    parcel = Parcel("Dinas Sosial", books, ("a@b.id", "c@b.id"), ("d@b.id",))
    return outgoing(parcel, letter_of(parcel), "id", "i@contoh.id", again)


def test_from_the_first_claim_to_sent(ledger: Ledger) -> None:
    record, mail = LedgerRecord(ledger), one()
    assert record.known(mail.key) is None
    assert record.claim(mail) and not record.claim(mail)
    assert is_doubtful(record.known(mail.key)) and not is_sent(record.known(mail.key))
    for state in (State.FAILED, State.REFUSED):
        record.note(mail, state, "421 nanti")
        assert record.claim(mail)
    record.note(mail, State.DOUBTFUL, "putus")
    assert is_doubtful(record.known(mail.key)) and not record.claim(mail)
    assert record.claim(one(again=True))
    record.note(mail, State.SENT, "250 ok")
    known = record.known(mail.key)
    assert is_sent(known) and known is not None
    assert (known.recipients, known.cc, known.attempts) == (("a@b.id", "c@b.id"), ("d@b.id",), 4)
    assert known.message_id == mail.message_id and known.error == ""
    assert not record.claim(mail) and not record.claim(one(again=True))


def test_of_many_at_once_one_gets_it(place: Place) -> None:
    def claimed(_: int) -> bool:
        with Ledger.open(place) as own:
            return LedgerRecord(own).claim(one())

    with Ledger.open(place), ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claimed, range(16))) == 1


def test_a_refusal_before_any_claim_is_kept(ledger: Ledger) -> None:
    record, mail = LedgerRecord(ledger), one()
    record.note(mail, State.REFUSED, "550 tidak dikenal")
    known = record.known(mail.key)
    assert known is not None and (known.state, known.error) == ("refused", "550 tidak dikenal")
