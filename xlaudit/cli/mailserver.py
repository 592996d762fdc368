"""Which mail server, as options and settings name it; its password, which is in neither; and yes or no."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlaudit.cli.bilingual import option
from xlaudit.cli.session import Session
from xlaudit.errors import BadUsage
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.mail.server import Server
    from xlaudit.settings import Inbox, Mail, Security, Settings

_HOST = Text("The mail server: SMTP with --send, IMAP with --inbox.")
_PORT = Text("Its port (SMTP: 587 or 465, IMAP: 993 or 143).")
_SECURITY = Text("How the connection is encrypted; none goes to this machine only.")
_USER = Text("Who logs in; the password is asked for, or taken from XLAUDIT_SMTP_PASSWORD or XLAUDIT_IMAP_PASSWORD.")
_CA = Text("A file with the certificates (PEM) to trust, for servers with one of their office's own.")
_ASK = Text("Password of {user} at {host}")
_NO_PASSWORD = Text(
    "The password of {user} is missing: set {variable}, or run this in a terminal, where it is asked for."
)
_NOBODY_TO_ASK = Text("Nothing was sent: there is no terminal to ask in. Look at the list above, then add --yes.")
_YES = frozenset({"y", "ya", "yes"})


@dataclass(frozen=True, slots=True)
class Named:
    """A server as the options name it; what they do not say stands in the settings."""

    host: str = ""
    port: int = 0
    security: str = ""
    user: str = ""
    ca: Path | None = None


def server_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options, given to the command as one argument ``named``."""

    @wraps(function)
    def collected(
        *args: Any, host: str, port: int | None, security: str | None, user: str, ca: Path | None, **rest: Any
    ) -> Any:
        return function(*args, named=Named(host, port or 0, security or "", user, ca), **rest)

    for add in (
        option("--ca", type=click.Path(path_type=Path), metavar="FILE", text=_CA),
        option("--user", default="", metavar="NAME", text=_USER),
        option("--security", type=click.Choice(["starttls", "tls", "none"]), text=_SECURITY),
        option("--port", type=click.IntRange(min=1, max=65535), metavar="N", text=_PORT),
        option("--host", default="", metavar="HOST", text=_HOST),
    ):
        collected = add(collected)
    return collected


def office_settings(config: Path | None, beside: Path | None) -> Settings:
    """What the office settled: by ``--config``, else by the ``xlaudit.toml`` nearest to a file or to where we are."""
    from xlaudit.settings import Settings, find_settings, read_settings

    file = config or find_settings(beside or Path.cwd() / "x")
    return Settings() if file is None else read_settings(file)


def smtp_server(named: Named, settings: Settings) -> Server:
    """The server to send by, without its password. Raises ``BadUsage`` where none is named, or it is not encrypted."""
    from xlaudit.mail.server import SMTP, server_of

    return server_of(SMTP, *_settled(named, settings.mail, settings), ("--host", "mail.host"))


def imap_server(named: Named, settings: Settings) -> Server:
    """Likewise the server of the inbox."""
    from xlaudit.mail.server import IMAP, server_of

    return server_of(IMAP, *_settled(named, settings.inbox, settings), ("--host", "inbox.host"))


def _settled(
    named: Named, kept: Mail | Inbox, settings: Settings
) -> tuple[str, int, Security | None, str, Path | None]:
    from xlaudit.settings import Security

    asked = Security(named.security) if named.security else None
    ca = named.ca or (settings.folder / kept.ca if kept.ca else None)
    if named.host and named.host != kept.host:  # another server than that of the settings
        return named.host, named.port, asked, named.user, named.ca
    security = asked or (None if named.port else kept.security)
    port = named.port or (0 if asked else kept.port)
    return named.host or kept.host, port, security, named.user or kept.user, ca


def with_password(server: Server, variable: str, session: Session) -> Server:
    """The server with the password of its user: from the environment, else typed where nobody sees it."""
    if not server.user:
        return server
    password = os.environ.get(variable, "")
    if not password:
        if not sys.stdin.isatty():
            raise BadUsage("no_password", _NO_PASSWORD.fill(user=server.user, variable=variable))
        asked = session.text(_ASK.fill(user=server.user, host=server.host))
        password = str(click.prompt(asked, hide_input=True, err=True))
    return replace(server, password=password)


def agreed(question: Text, session: Session) -> bool:
    """Whether whoever sits there says yes. ``BadUsage`` where nobody does."""
    if not sys.stdin.isatty():
        raise BadUsage("not_confirmed", _NOBODY_TO_ASK)
    click.echo(f"{session.text(question)} ", nl=False, err=True)
    return sys.stdin.readline().strip().casefold() in _YES
