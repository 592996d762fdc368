"""One mail through a server (RFC 5321), so that it is known afterwards whether it went: yes, no, or doubtful."""

from __future__ import annotations

import base64
import select
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xlaudit.mail.server import Server, why_of
from xlaudit.reports.words import one_line
from xlaudit.settings import Security
from xlaudit.texts import NOTHING, Text, same

_LONGEST = 200
_TAKEN = Text("another run is sending it, or was interrupted while it did")


class Verdict(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    REFUSED = "refused"
    """For good: the server will not take it however often it is asked."""
    DEFERRED = "deferred"
    """The server did not take it now."""
    BROKEN = "broken"
    """The connection broke before the server can have had all of it: it did not go."""
    DOUBTFUL = "doubtful"
    """The connection broke after all of it was on its way and before the server said that it has it."""
    TAKEN = "taken"
    """Not ours to send any more: the record says that another run had begun."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a mail, the server's words about it, and which recipients it refused, with its words."""

    verdict: Verdict
    said: Text = NOTHING
    refused: tuple[tuple[str, str], ...] = ()


def connect(server: Server) -> smtplib.SMTP:
    """A connection, encrypted and logged in.

    Raises ``UserError`` where it makes no sense to try again (certificate, no encryption, password); what the network
    or a busy server does is an ``OSError`` or ``smtplib.SMTPException``.
    """
    context = None if server.security is Security.NONE else server.context()
    client: smtplib.SMTP | None = None
    try:
        if server.security is Security.TLS:
            client = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        if server.security is Security.STARTTLS:
            _encrypt(client, server, context)
        client.ehlo_or_helo_if_needed()
        if server.user:
            _login(client, server)
    except ssl.SSLCertVerificationError as error:
        _drop(client)
        raise server.untrusted(error) from error
    except ssl.SSLError as error:
        _drop(client)
        raise server.no_tls(error) from error
    except smtplib.SMTPNotSupportedError as error:
        _drop(client)
        raise server.no_tls(error) from error
    except BaseException:
        _drop(client)
        raise
    return client


def _encrypt(client: smtplib.SMTP, server: Server, context: ssl.SSLContext | None) -> None:
    try:
        code, said = client.starttls(context=context)
    except smtplib.SMTPResponseException as error:
        raise server.no_tls(error) from error
    if code != 220:
        raise server.no_tls(smtplib.SMTPResponseException(code, said))


def _login(client: smtplib.SMTP, server: Server) -> None:
    """By PLAIN, else LOGIN, in UTF-8: the line is encrypted. smtplib's own login knows passwords in ASCII only."""
    offered = client.esmtp_features.get("auth", "").upper().split()
    user, password = server.user.encode(), server.password.encode()
    if "PLAIN" in offered:
        code, said = client.docmd("AUTH", "PLAIN " + _base64(b"\0" + user + b"\0" + password))
    elif "LOGIN" in offered:
        code, said = client.docmd("AUTH", "LOGIN")
        for answer in (user, password):
            if code == 334:
                code, said = client.docmd(_base64(answer))
    else:
        raise smtplib.SMTPNotSupportedError("AUTH PLAIN, AUTH LOGIN")
    if 400 <= code < 500 or code == -1:
        raise smtplib.SMTPAuthenticationError(code, said)
    if code != 235:
        raise server.login_refused(_words(code, said))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def deliver(
    client: smtplib.SMTP,
    sender: str,
    to: Sequence[str],
    cc: Sequence[str],
    data: bytes,
    claim: Callable[[], bool],
    patient: bool = True,
) -> Delivery:
    """Hands a mail over. Nothing is raised for what server or network do.

    ``cc`` are all who get it besides ``to``. ``claim`` is called right before the mail itself goes on the line, and may
    forbid it. ``patient``: a recipient that is refused for the time being defers the mail; otherwise it goes to the
    others.
    """
    try:
        code, said = client.mail(sender, [f"size={len(data)}"] if client.has_extn("size") else [])
        if code != 250:
            return _not_taken(client, code, said)
        refused = []
        accepted = False
        for one in (*to, *cc):
            code, said = client.rcpt(one)
            if code not in (250, 251):
                refused.append((one, _words(code, said)))
                if code == 421 or (400 <= code < 500 and patient):
                    return _not_taken(client, code, said)
            else:
                accepted = accepted or one in to
        if not accepted:
            _reset(client)
            return Delivery(Verdict.REFUSED, same(refused[0][1]), tuple(refused))
        if not claim():
            _reset(client)
            return Delivery(Verdict.TAKEN, _TAKEN)
        code, said = client.docmd("DATA")
        if code != 354:
            return _not_taken(client, code, said)
        client.send(_dotted(data))
        if _spoke(client):
            code, said = client.getreply()
            client.close()
            return Delivery(Verdict.BROKEN, same(_words(code, said)))
    except (OSError, smtplib.SMTPException) as error:
        _drop(client)
        return Delivery(Verdict.BROKEN, why_of(error))
    try:
        client.send(b".\r\n")
        code, said = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        _drop(client)
        return Delivery(Verdict.DOUBTFUL, why_of(error))
    if code != 250:
        return _not_taken(client, code, said)
    return Delivery(Verdict.SENT, same(_words(code, said)), tuple(refused))


def _not_taken(client: smtplib.SMTP, code: int, said: bytes) -> Delivery:
    """The server's no: 4xx for now, 5xx for good; 421 and -1 close the connection, too."""
    verdict = Verdict.REFUSED if 500 <= code < 600 else Verdict.DEFERRED
    if code in (421, -1):
        client.close()
    else:
        _reset(client)
    return Delivery(verdict, same(_words(code, said)))


def _reset(client: smtplib.SMTP) -> None:
    """Forget the mail that was begun; a connection that cannot is given up."""
    try:
        client.rset()
    except (OSError, smtplib.SMTPException):
        client.close()


def _dotted(data: bytes) -> bytes:
    """A mail as DATA wants it: lines that begin with a point get another one, the last line ends."""
    text = b"\r\n".join(data.replace(b"\r\n", b"\n").split(b"\n"))
    text = (b"." if text.startswith(b".") else b"") + text.replace(b"\r\n.", b"\r\n..")
    return text if text.endswith(b"\r\n") else text + b"\r\n"


def _spoke(client: smtplib.SMTP) -> bool:
    """Whether the server says something, or hung up, before it has the whole mail: then it will not take it."""
    return client.sock is not None and bool(select.select([client.sock], [], [], 0)[0])


def alive(client: smtplib.SMTP) -> bool:
    """Whether a connection that stood idle still answers."""
    try:
        return client.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def leave(client: smtplib.SMTP | None) -> None:
    """Says good-bye; whatever happens then has no meaning any more."""
    if client is None:
        return
    try:
        client.quit()
    except (OSError, smtplib.SMTPException):
        _drop(client)


def _drop(client: smtplib.SMTP | None) -> None:
    if client is not None:
        client.close()


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return one_line(f"{code} {text}")[:_LONGEST]

