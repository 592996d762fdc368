"""``xlaudit mail --inbox``: workbooks that came by mail, and the answers to their senders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from xlaudit.cli.mail import Audits, Written, described, write_all
from xlaudit.cli.mailing import needed_ledger
from xlaudit.cli.mailserver import Named, imap_server, with_password
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.agencies import Agencies
    from xlaudit.batch.job import Result
    from xlaudit.ledger.mailings import Incoming
    from xlaudit.mail.imap import Mailbox, Mark
    from xlaudit.mail.incoming import Received
    from xlaudit.mail.parcel import Book, Parcel
    from xlaudit.settings import Settings

PASSWORD = "XLAUDIT_IMAP_PASSWORD"

_LOOKED = plural(
    "{n} new mail in {folder}, {with_books} with workbooks.", "{n} new mails in {folder}, {with_books} with workbooks."
)
_TOO_LARGE = Text("The mail {uid} in {folder} is too large ({size} MiB) and was passed over.")
_UNREADABLE = Text("The mail {uid} in {folder} is broken and was passed over.")
_PACKED = Text("{sender} sent {names}: archives are not opened; ask for the workbooks themselves.")
_AUTOMATIC = Text("A mail of {sender} was written by a machine; its workbooks were left alone.")
_NO_SENDER = Text("A mail of {sender} has no address to answer to.")
_STRANGER = Text("{path}: the workbook of {agency} came from {sender}, which is not among its addresses in the list.")
_UNLISTED = Text("{path}: {agency} is not in the list; it came from {sender}.")
_OURS = Text("{path}: no answer, for its sender cannot mend what went wrong; it is looked at again next time.")
_APPENDED = plural("{n} draft was put into “{folder}”.", "{n} drafts were put into “{folder}”.")
_THERE = Text("{sender}: the draft lies in “{folder}” already.")
_NOTHING = Text("There is nothing to answer.")


@dataclass(frozen=True, slots=True)
class Fetching:
    """Which mailbox, from when on, where its workbooks go, and whether the answers go into it."""

    named: Named
    folder: str
    since: datetime | None
    save: Path
    append: bool


@dataclass(frozen=True, slots=True)
class _Came:
    """A mail with workbooks, which now lie at ``paths``."""

    uid: int
    mail: Received
    paths: tuple[Path, ...]


def answer(
    audits: Audits,
    written: Written,
    settings: Settings,
    fetching: Fetching,
    listed: Path | None,
    output: Path | None,
) -> ExitCode:
    """Fetches, audits, and drafts an answer for each mail. A mail counts as dealt with once its answer is written."""
    from xlaudit.agencies import read_agencies
    from xlaudit.ledger.store import Ledger
    from xlaudit.mail.imap import opened

    session = written.session
    server = imap_server(fetching.named, settings)
    place = needed_ledger(audits.recording, settings)
    agencies = None if listed is None else read_agencies(listed)
    for remark in () if agencies is None else agencies.remarks:
        session.warn(remark)
    folder = fetching.folder or settings.inbox.folder
    first = fetching.since.date() if fetching.since else date.today() - timedelta(days=settings.inbox.days)
    with Ledger.open(place) as ledger:
        server = with_password(server, PASSWORD, session)
        with opened(server) as box:
            seen = _Seen(ledger.incoming, f"{server.user}@{server.host}/{folder}", box.enter(folder))
            came = _fetched(box, seen, folder, first, fetching.save, session)
        if not came:
            session.warn(_NOTHING)
            return ExitCode.CLEAN
        paths = tuple(str(path) for one in came for path in one.paths)
        planned, results, code = replace(audits, paths=paths).made(session)
        parcels, whole = _answers(came, results, agencies, session)
        if output is not None:
            read = (*planned.read, *(() if listed is None else (listed,)))
            marks = [f" [{seen.validity}-{one.uid}]" for one, _ in parcels]  # a draft of an earlier run stays
            write_all([parcel for _, parcel in parcels], written, output, read, audits.force, marks)
        if fetching.append and parcels:
            with opened(server) as box:
                _append(box, [parcel for _, parcel in parcels], written)
        for one, _ in parcels:
            seen.note(one.uid, one.mail, "answered")
    return code if whole else ExitCode.FAILED


class _Seen:
    """The mails of a folder that were dealt with, in the ledger."""

    def __init__(self, incoming: Incoming, mailbox: str, validity: int) -> None:
        self._incoming = incoming
        self._mailbox = mailbox
        self.validity = validity
        self.known = incoming.known(mailbox, validity)

    def has(self, mail: Received) -> bool:
        """Whether it was dealt with under another number: a server may number a folder anew."""
        return bool(mail.message_id) and self._incoming.known_message(self._mailbox, mail.message_id)

    def note(self, uid: int, mail: Received | None, state: str) -> None:
        message_id, sender = ("", "") if mail is None else (mail.message_id, mail.sender)
        self._incoming.note(self._mailbox, self.validity, uid, message_id, sender, state)


def _fetched(
    box: Mailbox, seen: _Seen, folder: str, first: date, save: Path, session: Session
) -> list[_Came]:
    """The new mails with workbooks, which are put into folders of their own under ``save``."""
    came = []
    marks = box.since(first, seen.known)
    for mark in marks:
        mail = _read(box, mark, folder, session)
        if mail is None:
            seen.note(mark.uid, None, "unreadable")
            continue
        if seen.has(mail):
            seen.note(mark.uid, mail, "known")
            continue
        if mail.packed and not mail.automatic:
            session.warn(_PACKED.fill(sender=mail.sender, names=", ".join(mail.packed)))
        if not mail.files:
            seen.note(mark.uid, mail, "no_workbook")
        elif mail.automatic:
            session.warn(_AUTOMATIC.fill(sender=mail.sender or "?"))
            seen.note(mark.uid, mail, "automatic")
        elif not mail.answer_to:
            session.warn(_NO_SENDER.fill(sender=mail.sender or "?"))
            seen.note(mark.uid, mail, "no_sender")
        else:
            came.append(_Came(mark.uid, mail, tuple(_saved(mail, save / f"{seen.validity}-{mark.uid}"))))
    session.warn(_LOOKED.fill(n=len(marks), folder=folder, with_books=len(came)))
    return came


def _read(box: Mailbox, mark: Mark, folder: str, session: Session) -> Received | None:
    from xlaudit.limits import MIB
    from xlaudit.mail.incoming import LARGEST_MAIL, read_mail

    if mark.size > LARGEST_MAIL:
        session.warn(_TOO_LARGE.fill(uid=mark.uid, folder=folder, size=mark.size // MIB))
        return None
    try:
        return read_mail(box.mail(mark.uid))
    except ValueError:
        session.warn(_UNREADABLE.fill(uid=mark.uid, folder=folder))
        return None


def _saved(mail: Received, folder: Path) -> Iterator[Path]:
    """The workbooks of a mail, each whole; a run that was interrupted left the same ones there."""
    from xlaudit.outputs import make_folder, replacing

    make_folder(folder)
    for file in mail.files:
        path = folder / file.name
        with replacing(path) as temporary:
            temporary.write_bytes(file.content)
        yield path


def _answers(
    came: Sequence[_Came], results: Sequence[Result], agencies: Agencies | None, session: Session
) -> tuple[list[tuple[_Came, Parcel]], bool]:
    """An answer for each mail whose workbooks could all be told of, and whether that was every one."""
    from xlaudit.mail.addressing import is_theirs, lacks_copy
    from xlaudit.mail.enclosing import book_of
    from xlaudit.mail.parcel import Parcel

    books: dict[str, Book] = {
        result.outcome.path: book_of(result.outcome, result.sha256, session.language) for result in results
    }
    parcels = []
    for one in came:
        own = tuple(books[str(path)] for path in one.paths if str(path) in books)
        hindered = [book for book in own if not is_theirs(book.outcome) or lacks_copy(book)]
        if hindered or not own:
            for book in hindered:
                session.warn(_OURS.fill(path=book.outcome.path))
            continue
        agency, government = _agency(one, own, agencies, session)
        to = (one.mail.answer_to,)
        parcels.append((one, Parcel(agency, own, to, government=government, answers=one.mail.thread)))
    return parcels, len(parcels) == len(came)


def _agency(one: _Came, books: Sequence[Book], agencies: Agencies | None, session: Session) -> tuple[str, str]:
    """Whose the workbooks are, by what they say; who sent them is told where the list does not know that address."""
    names: dict[tuple[str, str], None] = {}
    for book in books:
        identity = book.outcome.identity
        if not identity.agency:
            continue
        entry = None if agencies is None else agencies.match(identity.agency, identity.government).entry
        facts = {"path": book.outcome.path, "agency": identity.agency, "sender": one.mail.sender}
        if agencies is not None and entry is None:
            session.warn(_UNLISTED.fill(**facts))
        elif entry is not None:
            known = {email.casefold() for email in (*entry.emails, *entry.cc)}
            if not known & {one.mail.sender.casefold(), one.mail.answer_to.casefold()}:
                session.warn(_STRANGER.fill(**facts))
        names[(entry.name, entry.government) if entry else (identity.agency, identity.government)] = None
    return next(iter(names)) if len(names) == 1 else ("", "")


def _append(box: Mailbox, parcels: Sequence[Parcel], written: Written) -> None:
    """Each answer among the drafts of the mailbox, once."""
    from xlaudit.mail.message import dated, mail, message_id

    session = written.session
    folder = box.drafts_folder()
    put = 0
    for parcel in parcels:
        name = message_id(parcel.key, written.sender)
        now = datetime.now().astimezone()
        data = dated(mail(parcel, written.letter(parcel), session.language, written.sender), name, now)
        if box.keep_draft(folder, name, data, now):
            put += 1
            emit("\n".join(described(parcel, written)))
        else:
            session.warn(_THERE.fill(sender=parcel.to[0], folder=folder))
    session.warn(_APPENDED.fill(n=put, folder=folder))
