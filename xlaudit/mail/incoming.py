"""A mail that came in: who sent it, which workbooks it brings, and whether a person waits for an answer.

What it holds comes from outside: names are made harmless, and nothing of it is opened here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

from xlaudit.batch.inputs import OTHER_WORKBOOKS, WORKBOOKS
from xlaudit.mail.drafts import file_name
from xlaudit.mail.parcel import Attachment, Thread, told_apart
from xlaudit.patterns import pattern
from xlaudit.reports.words import one_line

LARGEST_MAIL = 128 * 1024 * 1024
"""Bytes of one mail: servers take 25 to 50 MiB."""
MOST_FILES = 100
"""Workbooks of one mail; those beyond are left."""
MOST_PARTS = 1000
MOST_NESTED = 200
"""Parts that hold others: reading more of them within one another takes minutes."""

_SUFFIXES = (*WORKBOOKS, *OTHER_WORKBOOKS)
_PACKED = (".zip", ".rar", ".7z", ".gz")
_BY_TYPE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": ".xlsb",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_MACHINES = pattern(r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?@", re.IGNORECASE)
_ADDRESS = pattern(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+")
_BOUNDARY = pattern(rb"boundary[ \t]*[*=]", re.IGNORECASE)
_IDS = pattern(r"<[^<>\s]+>")


@dataclass(frozen=True, slots=True)
class Received:
    """What of a mail counts here. ``answer_to`` is where an answer goes, empty where there is nowhere.

    ``automatic``: no person wrote it (out of office, a bounce), so it gets no answer. ``packed`` are the names of
    archives, which are not opened.
    """

    sender: str
    answer_to: str
    message_id: str
    thread: Thread
    automatic: bool
    files: tuple[Attachment, ...]
    packed: tuple[str, ...] = ()


def read_mail(data: bytes) -> Received:
    """Reads a mail, also a broken one; raises ``ValueError`` where nothing can be made of it."""
    if sum(1 for _ in _BOUNDARY.finditer(data)) > MOST_NESTED:
        raise ValueError("nested")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        files, packed = _files(message)
        sender = _address(message, "From")
        identity = (_IDS.findall(_header(message, "Message-ID")) or [""])[0]
        line = _IDS.findall(_header(message, "References")) or _IDS.findall(_header(message, "In-Reply-To"))
        return Received(
            sender,
            _address(message, "Reply-To") or sender,
            identity,
            Thread(identity, tuple(line), one_line(_header(message, "Subject"))),
            _is_automatic(message, sender),
            files,
            packed,
        )
    except (LookupError, AttributeError, TypeError, RecursionError) as error:  # what email does at broken mails
        raise ValueError(str(error)) from error


def _files(message: Message) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The workbooks, also those within forwarded mails, each once; and the names of archives."""
    files: dict[bytes, str] = {}
    packed = []
    for number, part in enumerate(_leaves(message)):
        if number >= MOST_PARTS or len(files) >= MOST_FILES:
            break
        name = _name(part)
        suffix = next((one for one in _SUFFIXES if name.lower().endswith(one)), "")
        if not suffix:
            suffix = _BY_TYPE.get(part.get_content_type().lower(), "")
            name = f"{name or 'lampiran'}{suffix}"
        if suffix:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content:
                files.setdefault(content, file_name(name[: -len(suffix)], name[-len(suffix) :].lower()))
        elif name.lower().endswith(_PACKED):
            packed.append(one_line(name))
    return told_apart([Attachment(name, content) for content, name in files.items()]), tuple(packed)


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no others, without calling itself: a mail may be nested as deep as it likes."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part


def _name(part: Message) -> str:
    """The name of a file as its sender called it, without any folder."""
    try:
        name = part.get_filename() or ""
    except (LookupError, AttributeError, TypeError, ValueError):
        return ""
    return one_line(name).replace("\\", "/").rpartition("/")[2]


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (LookupError, AttributeError, TypeError, ValueError):
        return ""


def _address(message: Message, name: str) -> str:
    """The first address of a header, empty where it has none that mail can go to."""
    try:
        found = [str(one.addr_spec) for one in getattr(message.get(name), "addresses", ())]
    except (LookupError, AttributeError, TypeError, ValueError):
        found = []
    return next((one for one in found if _ADDRESS.fullmatch(one) and one.isascii()), "")


def _is_automatic(message: Message, sender: str) -> bool:
    """Whether a machine wrote it (RFC 3834, 2): answering it may go in circles."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    path = message.get_all("Return-Path") or []
    return (
        submitted not in ("", "no")
        or any(str(one).strip() == "<>" for one in path)
        or _header(message, "Precedence").strip().casefold() in {"bulk", "junk", "auto_reply"}
        or any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From"))
        or message.get_content_type() == "multipart/report"
        or not sender
        or _MACHINES.match(sender) is not None
    )


