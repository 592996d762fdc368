"""A mail as its bytes (RFC 5322): what Outlook, Thunderbird and servers take, and nothing lost on the way."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.generator import BytesGenerator
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

from xlaudit import __version__
from xlaudit.mail.letter import Letter
from xlaudit.mail.parcel import Attachment, Parcel
from xlaudit.mail.rendering import page, plain
from xlaudit.reports.words import one_line
from xlaudit.texts import Language

MAILER = f"xlaudit {__version__}"

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".txt": "text/plain; charset=utf-8",
}
_ANY = "application/octet-stream"
_AS_MADE = policy.SMTP.clone(refold_source="none")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._()+,=@~!#$&-]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+>")


def mail(parcel: Parcel, letter: Letter, language: Language, sender: str = "") -> EmailMessage:
    """The mail without what only sending gives it: neither ``Date`` nor ``Message-ID``, nor ``From`` without a sender.

    ``sender`` is an address, with or without a name before it (``Inspektorat <a@b.id>``).
    """
    made = EmailMessage(policy=policy.SMTP)
    made["X-Mailer"] = MAILER
    if sender:
        made["From"] = address(sender)
    name = one_line(parcel.agency) if len(parcel.to) == 1 else ""
    made["To"] = [Address(name, addr_spec=one) for one in parcel.to]
    if parcel.cc:
        made["Cc"] = [Address(addr_spec=one) for one in parcel.cc]
    made["Subject"] = one_line(letter.subject.get(language))
    if parcel.answers is not None:
        _continue(made, parcel.answers.message_id, parcel.answers.references)
    made.set_content(plain(letter, language), charset="utf-8", cte="quoted-printable")
    made.add_alternative(page(letter, language), subtype="html", charset="utf-8", cte="quoted-printable")
    attachments = parcel.attachments
    if attachments:
        made.make_mixed()
        for file in attachments:
            made.attach(_part(file))
    return made


def draft(message: EmailMessage) -> bytes:
    """A file that mail programs open as a mail still to be sent: that is what ``X-Unsent`` says to them.

    By its first two lines ``outputs`` knows it as ours.
    """
    return b"X-Unsent: 1\r\n" + as_bytes(message)


def dated(message: EmailMessage, message_id: str, now: datetime) -> bytes:
    """The mail as it goes out, with its time and its name among all mails."""
    del message["Date"], message["Message-ID"]
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    return as_bytes(message)


def as_bytes(message: EmailMessage) -> bytes:
    """The mail with line ends as servers want them; no line longer than they take."""
    buffer = io.BytesIO()
    BytesGenerator(buffer, mangle_from_=False, policy=_AS_MADE).flatten(message)
    return buffer.getvalue()


def message_id(key: str, sender: str) -> str:
    """The Message-ID of a mailing: always the same, so that a mail that comes twice is known to be one."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "xlaudit.invalid"
    return f"<xlaudit.{key[:40]}@{domain}>"


def address(text: str) -> Address:
    """``Inspektorat <a@b.id>`` or ``a@b.id``; ``ValueError`` where it is neither."""
    name, spec = parseaddr(text)
    if not spec.isascii() or not re.fullmatch(r"[^@\s]+@[^@\s]+", spec):
        raise ValueError(text)
    return Address(one_line(name), addr_spec=spec)


def _continue(made: EmailMessage, answered: str, references: Sequence[str]) -> None:
    """The headers of a reply (RFC 5322, 3.6.4), written as they are: folding would encode long ones."""
    if not _MESSAGE_ID.fullmatch(answered):
        return
    line = [one for one in dict.fromkeys(references) if _MESSAGE_ID.fullmatch(one) and one != answered]
    kept = [*line[:1], *line[1:][-19:]]
    made.set_raw("In-Reply-To", answered)
    made.set_raw("References", "\r\n ".join([*kept, answered]))


def _part(file: Attachment) -> EmailMessage:
    """A file in base64 under its name.

    A name beyond ASCII stands twice: by RFC 2231, and in the Content-Type by RFC 2047, from which older versions of
    Outlook take it.
    """
    part = EmailMessage(policy=policy.SMTP)
    name = one_line(file.name)
    kind = _TYPES.get("." + name.rpartition(".")[2].lower(), _ANY)
    if _PLAIN_NAME.fullmatch(name):
        typed, disposed = f'name="{name}"', f'filename="{name}"'
    else:
        encoded = Header(name, "utf-8", maxlinelen=76).encode(linesep="\r\n")
        typed, disposed = f'name="{encoded}"', f"filename*=utf-8''{quote(name, safe='')}"
    part.set_raw("Content-Type", f"{kind};\r\n {typed}")
    part.set_raw("Content-Transfer-Encoding", "base64")
    part.set_raw("Content-Disposition", f"attachment;\r\n {disposed}")
    part.set_payload(base64.encodebytes(file.data).decode())
    return part
