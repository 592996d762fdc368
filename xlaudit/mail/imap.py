"""A mailbox by IMAP, looked at and left as it is: nothing is marked as read, moved or deleted."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime

from imapclient import DRAFT, IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from xlaudit.errors import BadUsage, UserError
from xlaudit.mail.server import Server, why_of
from xlaudit.reports.words import one_line
from xlaudit.settings import Security
from xlaudit.texts import Text

_DRAFTS = b"\\Drafts"
_NO_FOLDER = Text("There is no folder “{folder}” in the mailbox of {user}; there are: {names}.")
_NO_DRAFTS = Text("The mailbox of {user} has no folder for drafts; write them into a folder of this computer with -o.")
_BROKE = Text("The connection to {host} broke ({why}); run it again, what was answered is not answered twice.")
_REFUSED = Text("{host} does not do what was asked ({why}).")
_NOBODY = Text("Whose mailbox? Give --user, or the key “inbox.user” in xlaudit.toml.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mail of a folder: its number, and its size in bytes."""

    uid: int
    size: int


class Mailbox:
    """An open mailbox. Server faults are ``UserError``."""

    def __init__(self, server: Server, client: IMAPClient) -> None:
        self._server = server
        self._client = client

    def enter(self, folder: str) -> int:
        """Opens a folder for looking only; gives the number under which its UIDs hold (UIDVALIDITY)."""
        with self._told():
            names = [str(name) for _, _, name in self._client.list_folders()]
            if folder not in names and folder.upper() != "INBOX":
                facts = {"folder": folder, "user": self._server.user, "names": ", ".join(map(one_line, names))}
                raise BadUsage("no_folder", _NO_FOLDER.fill(**facts))
            return int(self._client.select_folder(folder, readonly=True)[b"UIDVALIDITY"])

    def since(self, day: date, known: Collection[int]) -> list[Mark]:
        """The mails of the folder from a day on that are not yet known, in the order in which they came."""
        with self._told():
            uids = [uid for uid in self._client.search(["SINCE", day]) if uid not in known]
            found = self._client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
            return [Mark(uid, int(found[uid][b"RFC822.SIZE"])) for uid in sorted(uids) if uid in found]

    def mail(self, uid: int) -> bytes:
        """A whole mail, which stays unread; empty where it is gone by now."""
        with self._told():
            return bytes(self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]", b""))

    def drafts_folder(self) -> str:
        """Where drafts go in this mailbox (RFC 6154)."""
        with self._told():
            folder = self._client.find_special_folder(_DRAFTS)
        if folder is None:
            raise UserError("no_drafts", _NO_DRAFTS.fill(user=self._server.user))
        return str(folder)

    def keep_draft(self, folder: str, message_id: str, data: bytes, now: datetime) -> bool:
        """Puts a mail among the drafts; False where it lies there already, from a run that was interrupted."""
        with self._told():
            self._client.select_folder(folder, readonly=True)
            if self._client.search(["HEADER", "Message-ID", message_id]):
                return False
            self._client.append(folder, data, flags=[DRAFT], msg_time=now)
            return True

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, imaplib.IMAP4.abort) as error:
            raise UserError("mailbox_broke", _BROKE.fill(host=self._server.host, why=why_of(error))) from error
        except (imaplib.IMAP4.error, IMAPClientError) as error:
            why = one_line(str(error))[:200]
            raise UserError("mailbox_refused", _REFUSED.fill(host=self._server.host, why=why)) from error


@contextmanager
def opened(server: Server) -> Iterator[Mailbox]:
    """The mailbox, encrypted and logged in. ``UserError`` where it cannot be had."""
    if not server.user:
        raise BadUsage("no_user", _NOBODY)
    client = _connected(server)
    try:
        _log_in(client, server)
        yield Mailbox(server, client)
    finally:
        with suppress(OSError, imaplib.IMAP4.error, IMAPClientError):
            client.logout()


def _connected(server: Server) -> IMAPClient:
    context = server.context()
    client: IMAPClient | None = None
    try:
        if server.security is Security.TLS:
            return IMAPClient(server.host, server.port, ssl=True, ssl_context=context, timeout=server.timeout)
        client = IMAPClient(server.host, server.port, ssl=False, timeout=server.timeout)
        client.starttls(context)
        return client
    except ssl.SSLCertVerificationError as error:
        raise server.untrusted(error) from error
    except (ssl.SSLError, CapabilityError) as error:
        raise server.no_tls(error) from error
    except (OSError, imaplib.IMAP4.error, IMAPClientError) as error:
        raise server.unreachable(error) from error


def _log_in(client: IMAPClient, server: Server) -> None:
    try:
        if client.has_capability("AUTH=PLAIN"):
            plain = f"\0{server.user}\0{server.password}".encode()
            client.sasl_login("PLAIN", lambda _: plain)
        else:
            client.login(server.user, server.password)
    except (LoginError, imaplib.IMAP4.error, UnicodeError) as error:
        raise server.login_refused(str(error)[:200]) from error
    except OSError as error:
        raise server.unreachable(error) from error
