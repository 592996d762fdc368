"""What goes to one agency: its workbooks with what was found in them, and to which addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlaudit.errors import UserError, reason
from xlaudit.offices import office_of
from xlaudit.outcome import Outcome
from xlaudit.texts import Text

_CANNOT_READ = Text("The annotated copy {path} cannot be read ({why}).")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is enclosed, its bytes unchanged: those at ``path``, read when they are needed, else ``content``."""

    name: str
    content: bytes = b""
    path: Path | None = None

    @property
    def data(self) -> bytes:
        """``UserError`` where the file is gone by now."""
        if self.path is None:
            return self.content
        try:
            return self.path.read_bytes()
        except OSError as error:
            why = reason(error)
            raise UserError("cannot_read", _CANNOT_READ.fill(path=self.path, why=why)) from error

    @property
    def size(self) -> int:
        """In bytes; 0 where the file is gone."""
        if self.path is None:
            return len(self.content)
        return self.path.stat().st_size if self.path.is_file() else 0


@dataclass(frozen=True, slots=True)
class Book:
    """One audited or rejected workbook. ``name`` is its file's, ``sha256`` that of the bytes that were audited.

    ``enclosed`` is what the agency gets back, None where there is nothing to look at.
    """

    name: str
    outcome: Outcome
    sha256: str
    enclosed: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The mail that is answered: its Message-ID and those before it, and its subject as it was."""

    message_id: str
    references: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One mail to one agency. ``agency`` is empty where nobody knows whose the workbooks are.

    ``to`` and ``cc`` are plain addresses; ``answers`` the mail that it is a reply to.
    """

    agency: str
    books: tuple[Book, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    government: str = ""
    answers: Thread | None = None

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What is enclosed, names told apart."""
        return told_apart([book.enclosed for book in self.books if book.enclosed is not None])

    @property
    def key(self) -> str:
        """The same for the same mailing: same agency, same workbooks handed in, and the same found in them.

        Neither the day of the audit, which the annotated copy bears, nor the addresses make it another one.
        """
        whose = office_of(self.agency).agency or sorted(self.to)
        said = [whose, sorted([book.sha256, *_said(book.outcome)] for book in self.books)]
        if self.answers is not None:
            said.append(self.answers.message_id)
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _said(outcome: Outcome) -> list[str]:
    """What a mail and the copy in it rest on, in one language."""
    if outcome.failure is not None:
        return [outcome.failure.code]
    findings = [f"{one.id} {one.rule} {one.severity} {one.message.id}" for one in outcome.findings]
    return [*findings, *(one.message.id for one in outcome.diagnoses), *(f"waived {one.id}" for one in outcome.waived)]


def told_apart(files: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The same files; where two have one name (but for capitals), the later ones with a number."""
    taken: set[str] = set()
    apart = []
    for file in files:
        stem, dot, suffix = file.name.partition(".")
        name, number = file.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}){dot}{suffix}"
        taken.add(name.casefold())
        apart.append(replace(file, name=name))
    return tuple(apart)
