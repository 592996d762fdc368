"""A mail as its bytes (RFC 5322): what Outlook, Thunderbird and servers take, and nothing lost on the way."""

from __future__ import annotations

import base64
import io
import re
import textwrap
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.charset import Charset
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote

from xlaudit import __version__
from xlaudit.mail.letter import Letter
from xlaudit.mail.parcel import Attachment, Parcel
from xlaudit.mail.rendering import page, plain
from xlaudit.patterns import pattern
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
_UTF8 = Charset("utf-8")
MOST_ENCODED = 42
"""Bytes of an encoded word, which may then take 75 characters at most."""
LONGEST_LINE = 800
"""Characters of a file's name as it stands in a line, of 998 that a line may have."""
LONGEST_NAME = 200
"""Characters of a name before an address."""
_PLAIN_NAME = pattern(r"[A-Za-z0-9 ._()+,=@~!#$&-]+")
_WITH_NAME = pattern(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")
_PLAIN_ADDRESS = pattern(r"[!#-'*+/-9=?A-Z^-~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_MESSAGE_ID = pattern(r"<[!-;=?-~]+>")


def mail(parcel: Parcel, letter: Letter, language: Language, sender: str = "") -> EmailMessage:
    """The mail without what only sending gives it: neither ``Date`` nor ``Message-ID``, nor ``From`` without a sender.

    ``sender`` is an address, with or without a name before it (``Inspektorat <a@b.id>``).
    """
    made = EmailMessage(policy=policy.SMTP)
    made["X-Mailer"] = MAILER
    if sender:
        made.set_raw("From", _mailbox(*sender_of(sender)))
    name = parcel.agency if len(parcel.to) == 1 else ""
    made.set_raw("To", ",\r\n ".join(_mailbox(name, one) for one in parcel.to))
    if parcel.cc:
        made.set_raw("Cc", ",\r\n ".join(parcel.cc))
    made.set_raw("Subject", _folded(letter.subject.get(language), "Subject"))
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
    domain = sender_of(sender).address.rpartition("@")[2] if sender else "xlaudit.invalid"
    return f"<xlaudit.{key[:40]}@{domain}>"


class Sender(NamedTuple):
    """Who sends: a name, which may be empty, and the plain address."""

    name: str
    address: str


def sender_of(text: str) -> Sender:
    """``Inspektorat, Irban II <a@b.id>``, its name quoted or not, or ``a@b.id``; ``ValueError`` where it is neither."""
    line = one_line(text)
    known = _WITH_NAME.fullmatch(line)
    name, spec = (known["name"].strip().strip('"').strip(), known["spec"]) if known else ("", line)
    if not _PLAIN_ADDRESS.fullmatch(spec):
        raise ValueError(text)
    return Sender(name, spec)


def _folded(text: str, name: str) -> str:
    """A text as the value of a header, in lines.

    Headers are written here and not by ``email``: versions of it that are in use drop the quotes of a long name when
    they break it (a comma then makes two addresses of one), and begin a long subject with an empty line.
    """
    line = one_line(text)
    if line.isascii() and "=?" not in line and max(map(len, line.split() or [""])) < 70:
        return "\r\n ".join(textwrap.wrap(line, 76 - len(name), break_long_words=False, break_on_hyphens=False))
    return _encoded(line)


def _encoded(line: str) -> str:
    """A text as encoded words (RFC 2047) that begin where words do: some programs read a blank between two of them."""
    chunks = [""]
    for word in (piece for one in re.findall(r"\S+ ?", line) for piece in _pieces(one)):
        if len((chunks[-1] + word).encode()) > MOST_ENCODED and chunks[-1]:
            chunks.append("")
        chunks[-1] += word
    return "\r\n ".join(_UTF8.header_encode(chunk) for chunk in chunks)


def _short(name: str) -> str:
    """The name of a file, cut before its ending where a line could not hold it."""
    stem, dot, suffix = name.rpartition(".")
    while stem and len(quote(stem, safe="")) > LONGEST_LINE:
        stem = stem[:-1]
    return f"{stem}{dot}{suffix}"


def _pieces(word: str) -> list[str]:
    """A word, broken only where it alone is too long."""
    return [word] if len(word.encode()) <= MOST_ENCODED else [word[at : at + 10] for at in range(0, len(word), 10)]


def _mailbox(name: str, spec: str) -> str:
    """An address with the name before it, quoted or encoded as need be (RFC 5322, 3.4; RFC 2047, 5)."""
    short = one_line(name)[:LONGEST_NAME].strip()
    if not short:
        return spec
    if short.isascii() and "=?" not in short:
        escaped = short.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"\r\n <{spec}>'
    return f"{_encoded(short)}\r\n <{spec}>"


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
    name = _short(one_line(file.name))
    kind = _TYPES.get("." + name.rpartition(".")[2].lower(), _ANY)
    if _PLAIN_NAME.fullmatch(name):
        typed, disposed = f'name="{name}"', f'filename="{name}"'
    else:
        typed, disposed = f'name="{_encoded(name)}"', f"filename*=utf-8''{quote(name, safe='')}"
    part.set_raw("Content-Type", f"{kind};\r\n {typed}")
    part.set_raw("Content-Transfer-Encoding", "base64")
    part.set_raw("Content-Disposition", f"attachment;\r\n {disposed}")
    part.set_payload(base64.encodebytes(file.data).decode())
    return part
