"""How a mail server is reached: where, how encrypted, as whom."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from xlaudit.errors import BadUsage, UserError
from xlaudit.reports.words import one_line
from xlaudit.settings import Security
from xlaudit.texts import Text, same

_NO_HOST = Text("No mail server is named: give {option}, or the key “{key}” in xlaudit.toml.")
_NOT_HERE = Text(
    "An unencrypted connection is made to this very machine only (localhost), not to {host}; use starttls or tls."
)
_NO_LOGIN = Text("Nobody logs in over an unencrypted connection; leave out the user, or use starttls or tls.")
_BAD_CA = Text("The file with certificates {path} cannot be used ({why}).")
_BAD_CERTIFICATE = Text(
    "The certificate of {host} is not accepted ({why}), and nothing was sent to it. If the office has certificates of "
    "its own, name their file with --ca; if it has expired, whoever runs the server must renew it."
)
_NO_TLS = Text(
    "{host}, port {port}, cannot be spoken to in this way ({why}). Usual are starttls with port {starttls} or tls with "
    "port {tls}."
)
_UNREACHABLE = Text("{host}, port {port}, cannot be reached ({why}). Check network, host and port, then run it again.")
_LOGIN = Text(
    "{host} refuses user {user} or the password ({why}). Where mail programs need a password of their own (an app "
    "password), use that one."
)
_CLOSED = Text("the server closed the connection")


@dataclass(frozen=True, slots=True)
class Ports:
    """The usual ports of a protocol."""

    starttls: int
    tls: int
    none: int


SMTP = Ports(starttls=587, tls=465, none=25)
IMAP = Ports(starttls=143, tls=993, none=143)


@dataclass(frozen=True, slots=True)
class Server:
    """One server. The password is in no text that is made of this."""

    host: str
    port: int
    security: Security
    ports: Ports
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    timeout: float = 60
    """Seconds without a word from the server after which the connection counts as broken."""

    def context(self) -> ssl.SSLContext:
        """Certificates are verified, always: against the system's, or against those of ``ca`` alone."""
        try:
            return ssl.create_default_context(cafile=None if self.ca is None else str(self.ca))
        except (OSError, ssl.SSLError) as error:
            raise BadUsage("bad_ca", _BAD_CA.fill(path=self.ca, why=why_of(error))) from error

    def unreachable(self, error: BaseException) -> UserError:
        """Nothing was said yet; it may work later."""
        return UserError("unreachable", _UNREACHABLE.fill(host=self.host, port=self.port, why=why_of(error)))

    def untrusted(self, error: ssl.SSLCertVerificationError) -> UserError:
        """The server is not who it says it is, or cannot prove it any more."""
        return UserError("bad_certificate", _BAD_CERTIFICATE.fill(host=self.host, why=one_line(error.verify_message)))

    def no_tls(self, error: BaseException) -> UserError:
        """The server speaks otherwise: not encrypted, or encrypted from the first byte."""
        facts = {"starttls": self.ports.starttls, "tls": self.ports.tls, "why": why_of(error)}
        return UserError("no_tls", _NO_TLS.fill(host=self.host, port=self.port, **facts))

    def login_refused(self, why: str) -> UserError:
        """User or password is wrong; asking again only locks accounts."""
        return UserError("login_refused", _LOGIN.fill(host=self.host, user=self.user, why=one_line(why)))


def server_of(
    ports: Ports,
    host: str,
    port: int,
    security: Security | None,
    user: str,
    ca: Path | None,
    named: tuple[str, str],
) -> Server:
    """A server as options and settings name it, yet without password. ``named`` are the option and the key of its host.

    Raises ``BadUsage`` where none is named, or something would go over the net in the clear.
    """
    if not host:
        raise BadUsage("no_server", _NO_HOST.fill(option=named[0], key=named[1]))
    if security is None:
        security = Security.TLS if port == ports.tls else Security.STARTTLS
        if not port and ports is IMAP:
            security = Security.TLS
    if security is Security.NONE:
        if not _is_here(host):
            raise BadUsage("not_encrypted", _NOT_HERE.fill(host=host))
        if user:
            raise BadUsage("not_encrypted", _NO_LOGIN)
    return Server(host, port or int(getattr(ports, security.value)), security, ports, user, ca=ca)


def _is_here(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def why_of(error: BaseException) -> Text:
    """What went wrong on the line, in the few words that the system has for it."""
    if isinstance(error, ssl.SSLError):
        return same(one_line(error.reason or str(error)))
    if isinstance(error, TimeoutError):
        return Text("no answer in time")
    if isinstance(error, OSError) and error.strerror:
        return same(one_line(error.strerror))
    return same(one_line(str(error))[:200]) if str(error) else _CLOSED
