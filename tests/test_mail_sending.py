"""Mails through real servers: encrypted, logged in, tried again where it makes sense, and none twice."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from mailservers import PASSWORD, USER, Certificate, Mailbox, certificate, scripted, smtp_server
from outcomes import full

from xlaudit.errors import BadUsage, UserError
from xlaudit.mail.letter import letter_of
from xlaudit.mail.message import message_id
from xlaudit.mail.parcel import Attachment, Book, Parcel
from xlaudit.mail.sending import Outgoing, Pace, Sent, outgoing, send_all
from xlaudit.mail.server import SMTP, Server, server_of
from xlaudit.mail.smtp import Verdict
from xlaudit.settings import Security
from xlaudit.texts import same

SENDER = "Inspektorat Kabupaten Contoh <inspektorat@contoh.go.id>"
FROM = "inspektorat@contoh.go.id"
DATA = bytes(range(256)) * 40 + b"\r\n.\r\n..\n.\r"


@pytest.fixture(scope="module")
def cert(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("cert"))


class Memory:
    """A record that keeps what it was told."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.taken: set[str] = set()

    def claim(self, one: Outgoing) -> bool:
        if one.key in self.taken:
            return False
        self.states[one.key] = "sending"
        return True

    def note(self, one: Outgoing, state: str, said: str) -> None:
        self.states[one.key] = state


def parcel(agency: str = "Dinas Sosial", *to: str, cc: tuple[str, ...] = (), data: bytes = DATA) -> Parcel:
    outcome = replace(full(), path="in/x.xlsx")
    enclosed = Attachment("x.audit.xlsx", data)
    return Parcel(agency, (Book("x.xlsx", outcome, "00", enclosed),), to or ("dinsos@contoh.go.id",), cc)


def mails(*parcels: Parcel) -> list[Outgoing]:
    return [outgoing(one, letter_of(one), "id", SENDER) for one in parcels]


def server(box: Mailbox, cert: Certificate | None, **facts: object) -> Server:
    security = Security.STARTTLS if cert else Security.NONE
    user, password = (USER, PASSWORD) if cert else ("", "")
    made = Server("localhost", box.port, security, SMTP, user, password, cert.file if cert else None, 10)
    return replace(made, **facts)  # type: ignore[arg-type]


def send(box: Server, *parcels: Parcel, record: Memory | None = None, waits: tuple[float, ...] = (0, 0)) -> list[Sent]:
    pace = Pace(60_000, waits, sleep=lambda seconds: None)
    return list(send_all(mails(*parcels), box, FROM, record or Memory(), pace))


def verdicts(sent: list[Sent]) -> list[Verdict]:
    return [one.delivery.verdict for one in sent]


def attached(data: bytes) -> list[bytes]:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return [part.get_payload(decode=True) for part in message.iter_attachments()]  # type: ignore[misc]


@pytest.mark.parametrize("implicit", [False, True])
def test_a_mail_arrives_whole(cert: Certificate, implicit: bool) -> None:
    record = Memory()
    with smtp_server(cert, implicit=implicit) as box:
        security = Security.TLS if implicit else Security.STARTTLS
        where = server(box, cert, security=security)
        one = parcel("Dinas Sosial é", "a@contoh.go.id", cc=("b@contoh.go.id",))
        sent = send(where, one, parcel("Badan"), record=record)
    assert verdicts(sent) == [Verdict.SENT, Verdict.SENT]
    sender, recipients, data = box.mails[0]
    assert (sender, recipients) == (FROM, ["a@contoh.go.id", "b@contoh.go.id"])
    assert attached(data) == [DATA]
    read = message_from_bytes(data, policy=policy.default)
    assert read["Message-ID"] == message_id(one.key, SENDER) and read["Date"].datetime.tzinfo is not None
    assert read["X-Unsent"] is None and read["To"].addresses[0].display_name == "Dinas Sosial é"
    assert set(record.states.values()) == {"sent"} and len(record.states) == 2


def test_a_refused_recipient_stops_nobody_else(cert: Certificate) -> None:
    record = Memory()
    with smtp_server(cert) as box:
        box.refused = {"tiada@contoh.go.id": "550 no such user", "tiada2@contoh.go.id": "551 gone"}
        one = parcel("Satu", "tiada@contoh.go.id", cc=("ada@contoh.go.id",))
        other = parcel("Dua", "ada@contoh.go.id", "tiada2@contoh.go.id")
        sent = send(server(box, cert), one, other, parcel("Tiga"), record=record)
    assert verdicts(sent) == [Verdict.REFUSED, Verdict.SENT, Verdict.SENT]
    assert sent[0].delivery.refused == (("tiada@contoh.go.id", "550 no such user"),)
    assert sent[1].delivery.refused == (("tiada2@contoh.go.id", "551 gone"),)
    assert [recipients for _, recipients, _ in box.mails] == [["ada@contoh.go.id"], ["dinsos@contoh.go.id"]]
    assert record.states[one.key] == "refused"


def test_what_is_put_off_is_tried_again(cert: Certificate) -> None:
    with smtp_server(cert) as box:
        box.answers = ["451 later", "554 looks like spam", "452 full", "452 full", "452 full"]
        sent = send(server(box, cert), parcel("Satu"), parcel("Dua"), waits=(0, 0, 0, 0, 0))
        assert verdicts(sent) == [Verdict.REFUSED, Verdict.SENT]
        box.answers = ["451 later"] * 2
        record = Memory()
        sent = send(server(box, cert), parcel("Tiga"), record=record, waits=(0,))
    assert verdicts(sent) == [Verdict.DEFERRED] and set(record.states.values()) == {"failed"}
    assert len(box.mails) == 1


def test_a_recipient_who_is_put_off_gets_the_mail_later_or_the_others_alone(cert: Certificate) -> None:
    with smtp_server(cert) as box:
        box.refused = {"b@contoh.go.id": "450 greylisted"}
        sent = send(server(box, cert), parcel("Satu", "a@contoh.go.id", "b@contoh.go.id"))
    assert verdicts(sent) == [Verdict.SENT] and len(box.mails) == 1
    assert sent[0].delivery.refused == (("b@contoh.go.id", "450 greylisted"),)


@pytest.mark.parametrize("turn", ["closes", "busy", "closes-in-data"])
def test_a_broken_connection_is_made_again(turn: str) -> None:
    with scripted(turn, turn, "ok") as box:
        record = Memory()
        large = bytes(12_000_000) if turn == "closes-in-data" else DATA  # more than the line holds by itself
        sent = send(server(box, None), parcel("Satu", data=large), parcel("Dua", data=large), record=record)
    assert verdicts(sent) == [Verdict.SENT, Verdict.SENT]
    assert len(box.mails) == 2 and set(record.states.values()) == {"sent"}


@pytest.mark.parametrize("turn", ["closes-after-data", "keeps-and-closes"])
def test_broken_off_before_the_servers_yes_it_is_doubtful_and_not_sent_again(turn: str) -> None:
    with scripted(turn, "ok") as box:
        record = Memory()
        one, other = parcel("Satu"), parcel("Dua")
        sent = send(server(box, None), one, other, record=record)
    assert verdicts(sent) == [Verdict.DOUBTFUL, Verdict.SENT]
    assert record.states == {one.key: "doubtful", other.key: "sent"}
    assert len(box.mails) == (2 if turn == "keeps-and-closes" else 1)


def test_what_another_run_sends_is_left_to_it() -> None:
    one = parcel("Satu")
    record = Memory()
    record.taken.add(one.key)
    with scripted("ok") as box:
        sent = send(server(box, None), one, parcel("Dua"), record=record)
    assert verdicts(sent) == [Verdict.TAKEN, Verdict.SENT] and len(box.mails) == 1
    assert one.key not in record.states


def test_the_record_stands_before_the_mail_goes() -> None:
    class Full(Memory):
        def claim(self, one: Outgoing) -> bool:
            raise UserError("ledger", same("penuh"))

    with scripted("ok") as box, pytest.raises(UserError):
        send(server(box, None), parcel("Satu"), record=Full())
    assert box.mails == []


def test_no_network_is_said_for_every_mail() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    record = Memory()
    sent = send(Server("localhost", port, Security.NONE, SMTP), parcel("Satu"), parcel("Dua"), record=record)
    assert verdicts(sent) == [Verdict.BROKEN, Verdict.BROKEN] and record.states == {}
    assert "no connection to localhost, port" in sent[0].delivery.said.en


def test_a_wrong_password_is_said_and_not_tried_again(cert: Certificate) -> None:
    with smtp_server(cert) as box, pytest.raises(UserError) as caught:
        send(server(box, cert, password="salah"), parcel("Satu"), parcel("Dua"))
    assert caught.value.code == "login_refused" and box.mails == []
    assert "salah" not in caught.value.text.en and USER in caught.value.text.en


def test_who_has_no_valid_certificate_hears_nothing(cert: Certificate, tmp_path: Path) -> None:
    expired = certificate(tmp_path, days=-3)
    with smtp_server(expired) as box, pytest.raises(UserError) as caught:
        send(server(box, expired), parcel("Satu"))
    assert caught.value.code == "bad_certificate" and "expired" in caught.value.text.en
    with smtp_server(cert) as box, pytest.raises(UserError) as caught:
        send(server(box, cert, ca=None), parcel("Satu"))
    assert caught.value.code == "bad_certificate"


def test_nothing_is_said_to_a_server_without_encryption(cert: Certificate) -> None:
    with smtp_server(cert, starttls=False) as box, pytest.raises(UserError) as caught:
        send(server(box, cert), parcel("Satu"))
    assert caught.value.code == "no_tls" and box.mails == []
    with smtp_server(cert) as box, pytest.raises(UserError) as caught:
        send(server(box, cert, security=Security.TLS), parcel("Satu"))
    assert caught.value.code == "no_tls"


def test_what_is_not_encrypted_stays_on_this_machine_and_logs_nobody_in() -> None:
    named = ("--host", "mail.host")
    for host in ("mail.contoh.go.id", "10.0.0.1", "localhost.contoh.id", "127.0.0.1.contoh.id"):
        with pytest.raises(BadUsage):
            server_of(SMTP, host, 0, Security.NONE, "", None, named)
    with pytest.raises(BadUsage):
        server_of(SMTP, "localhost", 0, Security.NONE, "saya", None, named)
    assert server_of(SMTP, "127.0.0.2", 0, Security.NONE, "", None, named).port == 25
    assert server_of(SMTP, "a.id", 465, None, "", None, named).security is Security.TLS
    assert server_of(SMTP, "a.id", 0, None, "", None, named).port == 587
    with pytest.raises(BadUsage):
        server_of(SMTP, "", 0, None, "", None, named)


def test_the_password_is_in_no_text() -> None:
    assert "rahasia" not in repr(Server("h", 1, Security.TLS, SMTP, "u", "rahasia"))


@pytest.fixture
def clock() -> Iterator[list[float]]:
    yield [0.0]


def test_not_faster_than_asked_for(clock: list[float]) -> None:
    def sleep(seconds: float) -> None:
        clock[0] += seconds

    pace = Pace(20, (), sleep=sleep, now=lambda: clock[0])
    with scripted("ok") as box:
        list(send_all(mails(*(parcel(name) for name in "ABCDE")), server(box, None), FROM, Memory(), pace))
    assert len(box.mails) == 5 and clock[0] == pytest.approx(12)
