"""Workbooks out of a mailbox: a real one (dovecot), left as it was found, each mail answered once in its thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from dovecot import FOLDER, MISSING, PROGRAM, Running, dovecot
from imapclient import IMAPClient
from mailbooks import listed, workbook
from mailservers import PASSWORD, USER, Certificate, certificate

from xlaudit.cli.main import main
from xlaudit.mail.incoming import Received, read_mail

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def letter(
    sender: str = "Staf <dinsos@contoh.go.id>", subject: str = "Laporan kinerja é", name: str = "1"
) -> EmailMessage:
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["To"], made["Subject"] = sender, "inspektorat@contoh.go.id", subject
    made["Message-ID"] = f"<{name}@contoh.go.id>"
    made.set_content("Terlampir.")
    return made


def with_file(made: EmailMessage, data: bytes, name: str | None) -> EmailMessage:
    made.add_attachment(data, *XLSX, filename=name)
    return made


def names(mail: Received) -> list[str]:
    return [file.name for file in mail.files]


def reread(made: EmailMessage) -> Received:
    return read_mail(made.as_bytes())


def test_workbooks_are_taken_wherever_they_are_in_a_mail() -> None:
    inner = with_file(letter(name="dalam"), b"PK2", "dalam.xlsx")
    outer = with_file(letter(), b"PK1", "Laporan „é“.XLSX")
    outer.add_attachment(inner)
    outer.add_attachment(b"PK1", *XLSX, filename="kembar.xlsx")
    outer.add_attachment(b"%PDF", "application", "pdf", filename="surat.pdf")
    outer.add_attachment(b"PK", "application", "zip", filename="semua.zip")
    outer.add_attachment(b"PK3", *XLSX)
    mail = reread(outer)
    assert names(mail) == ["Laporan „é“.xlsx", "dalam.xlsx", "lampiran.xlsx"] and mail.packed == ("semua.zip",)
    assert [file.content for file in mail.files] == [b"PK1", b"PK2", b"PK3"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="=?utf-8?B?TGFwb3JhbiDDqS54bHN4?="', "Laporan é.xlsx"),
        ("attachment; filename*=utf-8''Laporan%20%C3%A9.xlsx", "Laporan é.xlsx"),
        ("attachment; filename*0*=utf-8''Laporan%20; filename*1*=%C3%A9.xlsx", "Laporan é.xlsx"),
        ('attachment; filename="../../../etc/cron.d/x.xlsx"', "x.xlsx"),
        ('attachment; filename="C:\\\\Users\\\\a\\\\x.xlsx"', "x.xlsx"),
        ('attachment; filename="CON.xlsx"', "_CON.xlsx"),
        ('attachment; filename="~$x.xlsx"', "x.xlsx"),
        ('attachment; filename=".xlsx"', "_.xlsx"),
        ("attachment; filename*=utf-8''a%00b%0Ac%E2%80%AE.xlsx", "a b c.xlsx"),
        ('attachment; filename="' + "x" * 3000 + '.xlsx"', "x" * 120 + ".xlsx"),
    ],
)
def test_names_are_read_and_made_harmless(disposition: str, name: str) -> None:
    lines = (
        "From: a@b.id", "Subject: x", "Content-Type: application/octet-stream", "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {disposition}", "", "UEs=",
    )  # fmt: skip
    [found] = read_mail("\r\n".join(lines).encode()).files
    assert found.name.replace("\ufffd", " ").replace("  ", " ").replace(" .", ".") == name
    assert "/" not in found.name and found.content == b"PK"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Return-Path", "<>"),
        ("Precedence", "bulk"),
        ("X-Autoreply", "yes"),
    ],
)
def test_machines_get_no_answer(header: str, value: str) -> None:
    made = letter()
    made[header] = value
    assert reread(made).automatic and not reread(letter()).automatic


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@contoh.go.id", "no-reply@contoh.go.id", ""])
def test_nor_do_addresses_of_machines(sender: str) -> None:
    assert read_mail(f"From: {sender}\r\nSubject: x\r\n\r\nhai".encode()).automatic


def test_a_person_says_no_to_being_automatic() -> None:
    made = letter()
    made["Auto-Submitted"] = "no"
    assert not reread(made).automatic


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 100, b"From: =?x?q?=\r\n\r\n", b"From: a@b.id\r\nContent-Type: multipart/mixed\r\n\r\nx",
        b"From: <<<>>>\r\nMessage-ID: <<x\r\nReferences: ><\r\n\r\n",
        b"Content-Type: text/plain; charset=nope; name*=zz''%FF\r\n"
        b"Content-Disposition: attachment; filename*0*=q''%\r\n\r\n",
        b"From: a@b.id\r\n" + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
        ) + b"Content-Type: application/vnd.ms-excel\r\n\r\nx",
    ],
)  # fmt: skip
def test_broken_mails_are_refused_or_read_but_break_nothing(data: bytes) -> None:
    with suppress(ValueError):
        assert isinstance(read_mail(data), Received)


def test_the_thread_goes_on() -> None:
    made = letter(name="tiga")
    made["References"] = "<satu@contoh.go.id> <dua@contoh.go.id>"
    made["Reply-To"] = "Kepala <kadis@contoh.go.id>"
    mail = reread(made)
    assert mail.thread.message_id == "<tiga@contoh.go.id>" == mail.message_id
    assert mail.thread.references == ("<satu@contoh.go.id>", "<dua@contoh.go.id>")
    assert (mail.sender, mail.answer_to) == ("dinsos@contoh.go.id", "kadis@contoh.go.id")


@pytest.mark.parametrize(
    "value",
    [
        "dinsos@contoh.go.id", "Dinas Sosial, Bidang Data <dinsos@contoh.go.id>", "<dinsos@contoh.go.id>",
        '"lain@contoh.id <lain@contoh.id>" <dinsos@contoh.go.id>',
        "=?utf-8?q?=3Clain=40contoh=2Eid=3E?= <dinsos@contoh.go.id>", "bukan alamat, dinsos@contoh.go.id",
    ],
)  # fmt: skip
def test_the_sender_is_who_the_address_says(value: str) -> None:
    assert read_mail(f"From: {value}\r\nSubject: x\r\n\r\nhai".encode()).sender == "dinsos@contoh.go.id"


@pytest.fixture(scope="module")
def cert(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("cert"))


@pytest.fixture(scope="module")
def server(cert: Certificate) -> Iterator[Running]:
    if PROGRAM is None:
        pytest.skip(MISSING)
    with dovecot(cert) as running:
        yield running


@contextmanager
def client(server: Running, cert: Certificate) -> Iterator[IMAPClient]:
    import ssl

    with IMAPClient("localhost", server.tls, ssl_context=ssl.create_default_context(cafile=cert.file)) as made:
        plain = f"\0{USER}\0{PASSWORD}".encode()
        made.sasl_login("PLAIN", lambda _: plain)
        yield made


@pytest.fixture
def box(server: Running, cert: Certificate) -> Iterator[IMAPClient]:
    """The mailbox, emptied."""
    with client(server, cert) as made:
        for folder in ("INBOX", FOLDER, "Drafts"):
            made.select_folder(folder)
            made.delete_messages(made.search())
            made.expunge()
            made.close_folder()
        yield made


@pytest.fixture
def call(server: Running, cert: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLAUDIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XLAUDIT_IMAP_PASSWORD", PASSWORD)
    return [
        "mail", "--inbox", "--save", "masuk", "-o", "draf", "--host", "localhost", "--port", str(server.tls),
        "--security", "tls", "--user", USER, "--ca", str(cert.file), "--ledger", str(tmp_path / "ledger.db"),
        "--sender", "Inspektorat <inspektorat@contoh.go.id>",
    ]  # fmt: skip


def put(box: IMAPClient, made: EmailMessage, folder: str = "INBOX") -> None:
    box.append(folder, made.as_bytes(), msg_time=datetime.now())


def drafts(folder: Path) -> list[EmailMessage]:
    made = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]
    return [one for one in made if isinstance(one, EmailMessage)]


def left(box: IMAPClient, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
    """The flags of the mails in a folder, looked at without changing them."""
    box.select_folder(folder, readonly=True)
    return [tuple(sorted(flags)) for flags in box.get_flags(box.search()).values()]


def test_a_mail_is_answered_once_and_left_as_it_was(
    box: IMAPClient, call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = workbook(tmp_path / "x.xlsx").read_bytes()
    put(box, with_file(letter(), data, "Laporan „Dinsos“.xlsx"))
    put(box, letter(name="2", subject="tanpa lampiran"))
    bounce = with_file(letter(name="3"), data, "x.xlsx")
    bounce["Auto-Submitted"] = "auto-replied"
    put(box, bounce)
    assert main(call) == 1
    [answer] = drafts(tmp_path / "draf")
    assert answer["Subject"] == "Re: Laporan kinerja é" and answer["In-Reply-To"] == "<1@contoh.go.id>"
    assert str(answer["To"]) == "DINAS SOSIAL <dinsos@contoh.go.id>" and answer["X-Unsent"] == "1"
    [saved] = (tmp_path / "masuk").rglob("Laporan „Dinsos“.xlsx")
    assert saved.read_bytes() == data
    [enclosed] = answer.iter_attachments()
    assert enclosed.get_filename() == "Laporan „Dinsos“.audit.xlsx"
    assert enclosed.get_payload(decode=True) == saved.with_name("Laporan „Dinsos“.audit.xlsx").read_bytes()
    assert left(box) == [(b"\\Recent",)] * 3 or left(box) == [()] * 3
    said = capsys.readouterr().err
    assert "3 surel baru di INBOX, 1 di antaranya" in said and "dibuat oleh mesin" in said and PASSWORD not in said
    assert main(call) == 0 and "0 surel baru" in capsys.readouterr().err
    assert len(drafts(tmp_path / "draf")) == 1
    put(box, with_file(letter(name="4"), data, "lagi.xlsx"))
    assert main(call) == 1 and len(drafts(tmp_path / "draf")) == 2


def test_who_is_not_in_the_list_is_told_and_answered(
    box: IMAPClient, call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(box, with_file(letter("orang@gmail.example"), workbook(tmp_path / "x.xlsx").read_bytes(), "x.xlsx"))
    put(box, with_file(letter(name="2"), workbook(tmp_path / "y.xlsx", "Dinas Entah").read_bytes(), "y.xlsx"))
    put(box, with_file(letter(name="3"), b"bukan buku kerja", "z.xlsx"))
    assert main([*call, "--to", str(listed(tmp_path))]) == 2
    said = capsys.readouterr().err
    assert "Dinas Sosial" not in said or "dikirim dari orang@gmail.example" in said
    assert "dikirim dari orang@gmail.example" in said and "DINAS ENTAH tidak ada dalam daftar" in said
    made = {str(one["To"]): one for one in drafts(tmp_path / "draf")}
    assert set(made) == {
        "Dinas Sosial <orang@gmail.example>", "DINAS ENTAH <dinsos@contoh.go.id>", "dinsos@contoh.go.id"
    }  # fmt: skip
    refused = made["dinsos@contoh.go.id"].get_body(("plain",))
    assert refused is not None and "belum dapat kami periksa" in refused.get_content()


def test_drafts_in_the_mailbox_itself(box: IMAPClient, call: list[str], tmp_path: Path, server: Running) -> None:
    put(box, with_file(letter(), workbook(tmp_path / "x.xlsx").read_bytes(), "x.xlsx"), FOLDER)
    in_box = [*call[:4], *call[6:], "--append", "--folder", FOLDER]
    in_box[in_box.index("--port") + 1] = str(server.starttls)
    in_box[in_box.index("--security") + 1] = "starttls"
    assert main(in_box) == 1
    box.select_folder("Drafts", readonly=True)
    [uid] = box.search()
    found = box.fetch([uid], ["BODY.PEEK[]", "FLAGS"])[uid]
    made = message_from_bytes(found[b"BODY[]"], policy=policy.default)
    assert b"\\Draft" in found[b"FLAGS"] and made["In-Reply-To"] == "<1@contoh.go.id>" and made["X-Unsent"] is None
    assert main(in_box) == 0
    (tmp_path / "ledger.db").unlink()  # as if the run before had been killed just before it noted the answer
    assert main(in_box) == 1
    box.select_folder("Drafts", readonly=True)
    assert len(box.search()) == 1


def test_a_folder_numbered_anew_is_not_answered_again(box: IMAPClient, call: list[str], tmp_path: Path) -> None:
    data = workbook(tmp_path / "x.xlsx").read_bytes()
    put(box, with_file(letter(), data, "x.xlsx"))
    assert main(call) == 1
    box.select_folder("INBOX")
    box.delete_messages(box.search())
    box.expunge()
    put(box, with_file(letter(), data, "x.xlsx"))
    assert main(call) == 0 and len(drafts(tmp_path / "draf")) == 1


def test_what_can_be_wrong_with_a_mailbox(
    box: IMAPClient, call: list[str], cert: Certificate, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert main([*call, "--folder", "Tiada"]) == 2
    assert f"Tidak ada folder “Tiada” di kotak surat {USER}" in capsys.readouterr().err
    monkeypatch.setenv("XLAUDIT_IMAP_PASSWORD", "salah-ü")
    assert main(call) == 2
    said = capsys.readouterr().err
    assert "menolak pengguna inspektorat" in said and "salah-ü" not in said
    without = [*call[: call.index("--ca")], *call[call.index("--ca") + 2 :]]
    assert main(without) == 2 and "Sertifikat localhost tidak diterima" in capsys.readouterr().err
    monkeypatch.delenv("XLAUDIT_IMAP_PASSWORD")
    assert main(call) == 2 and "XLAUDIT_IMAP_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("XLAUDIT_IMAP_PASSWORD", PASSWORD)
    wrong = [*call]
    wrong[wrong.index("--security") + 1] = "none"
    assert main(wrong) == 2 and "tanpa enkripsi" in capsys.readouterr().err
    off = [*call[: call.index("--ledger")], *call[call.index("--ledger") + 2 :]]
    assert main(off) == 2 and "register" in capsys.readouterr().err


def test_no_draft_no_answer_so_it_comes_again(box: IMAPClient, call: list[str], tmp_path: Path) -> None:
    put(box, with_file(letter(), workbook(tmp_path / "x.xlsx").read_bytes(), "x.xlsx"))
    (tmp_path / "draf").write_text("sebuah berkas, bukan folder")
    assert main(call) == 2
    (tmp_path / "draf").unlink()
    assert main(call) == 1 and len(drafts(tmp_path / "draf")) == 1
