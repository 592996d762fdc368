"""``xlaudit mail --send``: listed and agreed to first, and nobody is mailed twice, whoever dies in the middle."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mailbooks import listed, workbook
from mailservers import PASSWORD, USER, Certificate, Mailbox, certificate, scripted, smtp_server

import xlaudit.mail.sending
from xlaudit.cli.main import main
from xlaudit.ledger.mailings import Mailings
from xlaudit.ledger.place import Place
from xlaudit.ledger.store import Ledger
from xlaudit.texts import same

SENDER = "Inspektorat Kabupaten Contoh <inspektorat@contoh.go.id>"


@pytest.fixture(scope="module")
def cert(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("cert"))


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two agencies with a workbook each; everything but the server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLAUDIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XLAUDIT_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setattr(xlaudit.mail.sending, "WAITS", (0.0, 0.0))
    workbook(tmp_path / "in" / "a.xlsx")
    workbook(tmp_path / "in" / "b.xlsx", "Dinas Perhubungan")
    return [
        "mail", "in", "--to", str(listed(tmp_path)), "--send", "--sender", SENDER, "--host", "localhost",
        "--per-minute", "6000", "--ledger", str(tmp_path / "ledger.db"),
    ]  # fmt: skip


def encrypted(box: Mailbox, cert: Certificate) -> list[str]:
    return ["--port", str(box.port), "--security", "starttls", "--user", USER, "--ca", str(cert.file)]


def plain(box: Mailbox) -> list[str]:
    return ["--port", str(box.port), "--security", "none"]


def states(folder: Path) -> list[str]:
    with Ledger.open(Place(folder / "ledger.db")) as ledger:
        return [one.state for one in ledger.mailings.of()]


def test_sent_once(call: list[str], cert: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with smtp_server(cert) as box:
        full = [*call, *encrypted(box, cert)]
        assert main(full) == 2 and box.mails == []
        shown = capsys.readouterr()
        assert "1. Dinas Sosial → sosial@contoh.go.id" in shown.out and "--yes" in shown.err
        assert main([*full, "--yes"]) == 1
        assert [to for _, to, _ in box.mails] == [["sosial@contoh.go.id"], ["perhubungan@contoh.go.id"]]
        said = capsys.readouterr()
        assert "Dinas Sosial: terkirim ke sosial@contoh.go.id." in said.out and "Terkirim: 2." in said.err
        assert main([*full, "--yes"]) == 1 and len(box.mails) == 2
        assert "Dinas Sosial: sudah dikirim" in capsys.readouterr().err
        workbook(tmp_path / "in" / "a.xlsx", wrong=False)
        assert main([*full, "--yes"]) == 1 and len(box.mails) == 3
    assert states(tmp_path) == ["sent"] * 3
    for name in ("ledger.db", "ledger.db-wal"):
        path = tmp_path / name
        assert not path.exists() or PASSWORD.encode() not in path.read_bytes()
    assert PASSWORD not in said.out + said.err


@pytest.mark.parametrize(("typed", "sent"), [("ya\n", 2), ("y\n", 2), ("t\n", 0), ("\n", 0), ("", 0)])
def test_asked_first(call: list[str], typed: str, sent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    with scripted("ok") as box:
        assert main([*call, *plain(box)]) == (1 if sent else 2)
    assert len(box.mails) == sent


def test_a_refused_recipient_is_listed_and_may_be_corrected(
    call: list[str], cert: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with smtp_server(cert) as box:
        box.refused = {"sosial@contoh.go.id": "550 5.1.1 tidak dikenal"}
        full = [*call, *encrypted(box, cert), "--yes"]
        assert main(full) == 2 and len(box.mails) == 1
        assert "Dinas Sosial: server menolak sosial@contoh.go.id (550 5.1.1 tidak dikenal)" in capsys.readouterr().err
        assert states(tmp_path) == ["refused", "sent"]
        listed(tmp_path, "Dinas Sosial;dinsos@contoh.go.id;", "Dinas Perhubungan;perhubungan@contoh.go.id;")
        assert main(full) == 1
    assert [to for _, to, _ in box.mails] == [["perhubungan@contoh.go.id"], ["dinsos@contoh.go.id"]]
    assert states(tmp_path) == ["sent", "sent"]


def process(call: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "xlaudit", *call]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are not killed by signals here")
def test_killed_in_the_middle(call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with scripted("hangs", "ok") as box:
        full = [*call, *plain(box), "--yes"]
        running = process(full)
        assert box.waits.wait(60)
        running.kill()
        running.communicate()
        assert len(box.mails) == 1 and states(tmp_path) == ["sending"]
        assert main(full) == 2
        said = capsys.readouterr().err
        assert "Dinas Sosial: pengiriman dimulai" in said and "--again" in said
        assert [to for _, to, _ in box.mails] == [["sosial@contoh.go.id"], ["perhubungan@contoh.go.id"]]
        assert main([*full, "--again"]) == 1 and len(box.mails) == 3
        ids = [line for _, _, data in box.mails for line in data.split(b"\r\n") if line.startswith(b"Message-ID")]
        assert ids[0] == ids[2] != ids[1]
        assert main([*full, "--again"]) == 1 and len(box.mails) == 3


def test_two_runs_at_once(call: list[str], cert: Certificate, tmp_path: Path) -> None:
    for number in range(6):
        workbook(tmp_path / "in" / f"c{number}.xlsx", f"Badan {'ABCDEF'[number] * 4}")
    listed(tmp_path, *(f"Badan {name * 4};{name.lower()}@contoh.go.id;" for name in "ABCDEF"))
    with smtp_server(cert) as box:
        full = [*call, *encrypted(box, cert), "--yes"]
        for running in [process(full), process(full)]:
            running.communicate()
    assert sorted(to for _, [to], _ in box.mails) == [f"{name}@contoh.go.id" for name in "abcdef"]
    assert states(tmp_path) == ["sent"] * 6


def test_what_was_sent_but_could_not_be_recorded_is_said(
    call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from xlaudit.errors import UserError

    def full_disk(*_: object, **__: object) -> None:
        raise UserError("ledger_full", same("Penuh."))

    with scripted("ok") as box:
        with monkeypatch.context() as patched:
            patched.setattr(Mailings, "note", full_disk)
            assert main([*call, *plain(box), "--yes"]) == 2
        said = capsys.readouterr().err
        assert "Surel untuk Dinas Sosial sudah dikirim, tetapi tidak dapat dicatat" in said and "Penuh." in said
        assert len(box.mails) == 1 and states(tmp_path) == ["sending"]
        assert main([*call, *plain(box), "--yes"]) == 2
    assert [to for _, [to], _ in box.mails] == ["sosial@contoh.go.id", "perhubungan@contoh.go.id"]


def test_what_keeps_all_mails_from_going(
    call: list[str], cert: Certificate, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with scripted("ok") as box:
        port = box.port
    assert main([*call, "--port", str(port), "--security", "none", "--yes"]) == 2
    said = capsys.readouterr().err
    assert "tidak ada sambungan ke localhost" in said and "Terkirim: 0. Tidak terkirim: 2." in said
    with smtp_server(cert) as box:
        monkeypatch.setenv("XLAUDIT_SMTP_PASSWORD", "salah")
        assert main([*call, *encrypted(box, cert), "--yes"]) == 2
        said = capsys.readouterr().err
        assert "menolak pengguna inspektorat" in said and "salah" not in said and "Tidak terkirim: 2" in said
        monkeypatch.delenv("XLAUDIT_SMTP_PASSWORD")
        assert main([*call, *encrypted(box, cert), "--yes"]) == 2
        assert "XLAUDIT_SMTP_PASSWORD" in capsys.readouterr().err
        off = [*call[: call.index("--ledger")], *encrypted(box, cert), "--yes"]
        assert main(off) == 2 and "register dimatikan" in capsys.readouterr().err
        assert box.mails == []


def test_the_server_stands_in_the_settings(call: list[str], cert: Certificate, tmp_path: Path) -> None:
    with smtp_server(cert) as box:
        text = (
            f'[mail]\nsender = "{SENDER}"\nsignature = ["Inspektorat", "Irban II"]\nhost = "localhost"\n'
            f'port = {box.port}\nsecurity = "starttls"\nuser = "{USER}"\nca = "sertifikat.pem"\nper_minute = 6000\n'
            'archive = "arsip@contoh.go.id"\n'
        )
        (tmp_path / "xlaudit.toml").write_text(text, "utf-8")
        (tmp_path / "sertifikat.pem").write_bytes(cert.file.read_bytes())
        ledger = ["--ledger", str(tmp_path / "l.db")]
        assert main(["mail", "in", "--to", str(tmp_path / "daftar.csv"), "--send", "--yes", *ledger]) == 1
    assert [to for _, to, _ in box.mails] == [
        ["sosial@contoh.go.id", "arsip@contoh.go.id"], ["perhubungan@contoh.go.id", "arsip@contoh.go.id"]
    ]  # fmt: skip
    assert b"Irban II" in box.mails[0][2] and b"arsip" not in box.mails[0][2]
