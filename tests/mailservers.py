"""Mail servers on this machine for the tests: real ones with TLS and login, and one that breaks off where told."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "inspektorat", "rahasia-ß-1"


@dataclass(frozen=True)
class Certificate:
    """PEM files of one that signs itself, so that it is its own authority."""

    file: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context


def certificate(folder: Path, days: int = 2) -> Certificate:
    """For localhost; with negative ``days`` it expired so long ago."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography is not installed")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    end = datetime.now(UTC) + timedelta(days=days)
    public = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=30))
        .not_valid_after(end)
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(public, critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    files = Certificate(folder / "cert.pem", folder / "key.pem")
    files.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    files.key.write_bytes(private)
    return files


@dataclass
class Mailbox:
    """What a server took: sender, recipients and the mail of each; and where it listens."""

    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Recipients with the server's answer to them."""
    answers: list[str] = field(default_factory=list)
    """To the next mails, instead of taking them."""
    port: int = 0
    waits: threading.Event = field(default_factory=threading.Event)
    """Set when a server has a mail and does not say so."""


@contextmanager
def smtp_server(cert: Certificate, *, implicit: bool = False, starttls: bool = True) -> Iterator[Mailbox]:
    """aiosmtpd with TLS and login on a port of its own; users log in after encryption only."""
    pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed")
    from aiosmtpd.smtp import SMTP, AuthResult

    box = Mailbox()

    class Handler:
        async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
            if address in box.refused:
                return box.refused[address]
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            if box.answers:
                return box.answers.pop(0)
            box.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
            return "250 kept"

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> Any:
        right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=False)

    options: dict[str, Any] = {"authenticator": known, "auth_required": True, "auth_require_tls": not implicit}
    context = cert.context()
    if starttls and not implicit:
        options |= {"tls_context": context, "require_starttls": True}

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> Any:
        return await loop.create_server(
            lambda: SMTP(Handler(), loop=loop, hostname="localhost", **options),
            "127.0.0.1",
            0,
            ssl=context if implicit else None,
        )

    running = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        box.port = running.sockets[0].getsockname()[1]
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_ended(running), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _ended(server: Any) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def scripted(*turns: str) -> Iterator[Mailbox]:
    """An unencrypted server that goes through one of ``turns`` for each connection, the last one from then on.

    ``ok`` takes mails. ``closes-in-data`` hangs up at the first line of a mail, ``closes-after-data`` once it has read
    all of it, ``keeps-and-closes`` likewise but keeps it; ``hangs`` keeps it and says nothing any more; ``busy``
    answers 421 to the greeting, ``closes`` hangs up at once.
    """
    box = Mailbox()
    listener = socket.create_server(("127.0.0.1", 0))
    box.port = listener.getsockname()[1]
    left = list(turns)

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            turn = left.pop(0) if len(left) > 1 else left[0]
            with line, line.makefile("rb") as lines, suppress(OSError):
                _serve(line, lines, turn, box)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # wakes who waits for a connection
        listener.close()
        thread.join(5)


def _serve(line: socket.socket, lines: Any, turn: str, box: Mailbox) -> None:
    if turn == "closes":
        return
    line.sendall(b"421 busy\r\n" if turn == "busy" else b"220 here\r\n")
    sender, recipients = "", []
    while turn != "busy" and (said := lines.readline()):
        word = said[:4].upper()
        if word == b"MAIL":
            sender, recipients = said.decode(), []
        if word == b"RCPT":
            recipients.append(said.decode().partition("<")[2].partition(">")[0])
        if word != b"DATA":
            line.sendall(b"250 ok\r\n")
            continue
        if turn == "closes-in-data":
            line.sendall(b"354 go on\r\n")
            lines.readline()
            return
        line.sendall(b"354 go on\r\n")
        mail = []
        while (part := lines.readline()) not in (b".\r\n", b""):
            mail.append(part[1:] if part.startswith(b".") else part)
        if not part or turn == "closes-after-data":
            return
        box.mails.append((sender, recipients, b"".join(mail)))
        if turn == "keeps-and-closes":
            return
        if turn == "hangs":
            box.waits.set()
            lines.readline()  # until the other side is gone
            return
        line.sendall(b"250 kept\r\n")
