"""``xlaudit mail``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.audit import MAP
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import config_option
from xlaudit.cli.mailserver import Named, server_options
from xlaudit.cli.recording import Recorder, Recording, recording_options
from xlaudit.cli.running import Running, running_options
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.errors import BadUsage
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.batch.job import Result
    from xlaudit.cli.auditing import Planned
    from xlaudit.mail.letter import Letter
    from xlaudit.mail.parcel import Book, Parcel
    from xlaudit.settings import Settings

_TO = Text("The list of agencies (CSV or workbook) with the columns perangkat daerah, email, cc.")
_OUTPUT = Text("Folder for the drafts.")
_COPIES = Text("Folder for the annotated copies (default: beside the inputs).")
_DUE = Text("The day until which agencies are asked to answer.")
_SENDER = Text("Who sends: “Name <address>” (in drafts it may be left to the mail program).")
_SEND = Text("Send the mails; first they are listed, and you are asked.")
_MINUTE = Text("How many mails to send per minute at most.")
_SURE = Text("Send without asking.")
_AGAIN = Text("Send also what may have gone already, because sending it was interrupted.")
_INBOX = Text("Take the workbooks from a mailbox (IMAP), which is left as it is, and draft the answers.")
_FOLDER = Text("Folder of the mailbox (default: INBOX).")
_SINCE = Text("Take mails from this day on (default: the last 30 days).")
_SAVE = Text("Folder where workbooks from the mailbox are put.")
_APPEND = Text("Put the answers as drafts into the mailbox itself.")
_FORCE = Text("Replace existing outputs even if xlaudit did not make them.")

_NO_PATH = Text("Which workbooks? Name files or folders, or use --inbox.")
_NO_LIST = Text("To whom? Name the list of agencies with --to.")
_NO_OUTPUT = Text("Where should the drafts go? Name a folder with -o{other}.")
_OR_SEND = Text(", or use --send")
_OR_APPEND = Text(", or use --append")
_NO_SAVE = Text("Where should the workbooks from the mailbox be put? Name a folder with --save.")
_BOTH = Text("{one} and {other} do not go together.")
_BAD_SENDER = Text("“{sender}” is no sender: write an address, alone or as Inspektorat <nama@contoh.go.id>.")
_NO_SENDER = Text("Who sends? Give --sender, or the key “mail.sender” in xlaudit.toml.")
_DRAFTED = plural("{n} draft was written to {path}.", "{n} drafts were written to {path}.")
_NOTHING = Text("There is no mail to make.")
_LINE = Text("{agency} → {to}{cc}")
_CC = Text(", cc {cc}")


@dataclass(frozen=True, slots=True)
class Audits:
    """Audits that a call asks for. ``copies`` is the folder of the annotated copies, None for beside the inputs."""

    paths: tuple[str, ...]
    copies: Path | None
    map_file: Path | None
    config: Path | None
    force: bool
    running: Running
    recording: Recording

    def made(self, session: Session) -> tuple[Planned, Sequence[Result], ExitCode]:
        """Audits, records, and says on stderr what could not be audited; the exit code as of ``audit``."""
        from xlaudit.cli.audit import exit_code, warn_of
        from xlaudit.cli.auditing import Asked, planned

        asked = Asked(self.paths, self.copies, True, self.map_file, self.config, self.force)
        audits = planned(asked, session)
        recorder = Recorder(self.recording, self.paths, audits)
        results = audits.results(self.running)
        recorded = recorder.record(results)
        warn_of(results, session, on_screen=False)
        return audits, results, exit_code(results, "error") if recorded else ExitCode.FAILED


@dataclass(frozen=True, slots=True)
class Written:
    """How the mails of a call are written."""

    session: Session
    sender: str = ""
    signature: tuple[str, ...] = ()
    due: datetime | None = None

    def letter(self, parcel: Parcel) -> Letter:
        from xlaudit.mail.letter import letter_of

        return letter_of(parcel, self.signature, None if self.due is None else self.due.date())


@click.command(cls=Command, text=COMMANDS["mail"].about)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@option("--to", "listed", type=click.Path(path_type=Path), metavar="LIST", text=_TO)
@option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", text=_OUTPUT)
@option("--copies", type=click.Path(path_type=Path), metavar="DIR", text=_COPIES)
@option("--due", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", text=_DUE)
@option("--sender", default="", metavar="ADDRESS", text=_SENDER)
@option("--send", is_flag=True, text=_SEND)
@server_options
@option("--per-minute", type=click.IntRange(min=1), metavar="N", text=_MINUTE)
@option("--yes", "sure", is_flag=True, text=_SURE)
@option("--again", is_flag=True, text=_AGAIN)
@option("--inbox", is_flag=True, text=_INBOX)
@option("--folder", default="", metavar="NAME", text=_FOLDER)
@option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", text=_SINCE)
@option("--save", type=click.Path(path_type=Path), metavar="DIR", text=_SAVE)
@option("--append", is_flag=True, text=_APPEND)
@option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE", text=MAP)
@config_option
@running_options
@recording_options
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def mail(
    session: Session,
    paths: tuple[str, ...],
    listed: Path | None,
    output: Path | None,
    copies: Path | None,
    due: datetime | None,
    sender: str,
    send: bool,
    named: Named,
    per_minute: int | None,
    sure: bool,
    again: bool,
    inbox: bool,
    folder: str,
    since: datetime | None,
    save: Path | None,
    append: bool,
    map_file: Path | None,
    config: Path | None,
    running: Running,
    recording: Recording,
    force: bool,
) -> ExitCode:
    from xlaudit.cli.configured import spoken
    from xlaudit.cli.mailserver import office_settings

    settings = office_settings(config, listed)
    session = spoken(session, [settings])
    sender = sender or settings.mail.sender
    written = Written(session, sender, _signature(sender, settings), due)
    audits = Audits(paths, copies, map_file, config, force, running, recording)
    if inbox:
        _allow(inbox, paths, send, output is not None or append, save)
        from xlaudit.cli.mailbox import Fetching, answer

        fetching = Fetching(named, folder, since, save or Path(), append)
        return answer(audits, written, settings, fetching, listed, output)
    if append:
        raise BadUsage("bad_call", _BOTH.fill(one="PATH", other="--append"))
    if not paths:
        raise BadUsage("bad_call", _NO_PATH)
    if listed is None:
        raise BadUsage("bad_call", _NO_LIST)
    if output is None and not send:
        raise BadUsage("bad_call", _NO_OUTPUT.fill(other=_OR_SEND))
    if not send:
        return _give_back(audits, written, listed, output)[1]
    if not sender:
        raise BadUsage("bad_call", _NO_SENDER)
    from xlaudit.cli.mailing import Sending, opened_record, send_parcels
    from xlaudit.cli.mailserver import smtp_server

    server = smtp_server(named, settings)
    with opened_record(recording, settings) as record:
        parcels, code = _give_back(audits, written, listed, output)
        sending = Sending(server, per_minute or settings.mail.per_minute, sure, again, settings.mail.archive)
        return max(code, send_parcels(parcels, written, sending, record))


def _allow(inbox: bool, paths: Sequence[str], send: bool, has_output: bool, save: Path | None) -> None:
    """``BadUsage`` where options contradict ``--inbox``."""
    if paths:
        raise BadUsage("bad_call", _BOTH.fill(one="PATH", other="--inbox"))
    if send:
        raise BadUsage("bad_call", _BOTH.fill(one="--send", other="--inbox"))
    if not has_output:
        raise BadUsage("bad_call", _NO_OUTPUT.fill(other=_OR_APPEND))
    if save is None:
        raise BadUsage("bad_call", _NO_SAVE)


def _signature(sender: str, settings: Settings) -> tuple[str, ...]:
    """What stands below the mails: the settings', else the sender's name. ``BadUsage`` where the sender is none."""
    if not sender:
        return settings.mail.signature
    from xlaudit.mail.message import sender_of

    try:
        name = sender_of(sender).name
    except ValueError as error:
        raise BadUsage("bad_sender", _BAD_SENDER.fill(sender=sender)) from error
    return settings.mail.signature or ((name,) if name else ())


def _give_back(
    audits: Audits, written: Written, listed: Path, output: Path | None
) -> tuple[Sequence[Parcel], ExitCode]:
    """Audits, addresses, and writes the drafts where they are wanted."""
    from xlaudit.agencies import read_agencies
    from xlaudit.mail.addressing import addressed

    session = written.session
    agencies = read_agencies(listed)
    for remark in agencies.remarks:
        session.warn(remark)
    planned, results, code = audits.made(session)
    found = addressed(_books(results, session), agencies)
    for text in (*found.remarks, *found.hindered):
        session.warn(text)
    if output is not None:
        write_all(found.parcels, written, output, (*planned.read, listed), audits.force)
    return found.parcels, ExitCode.FAILED if found.hindered else code


def _books(results: Iterable[Result], session: Session) -> Iterator[Book]:
    from xlaudit.mail.enclosing import book_of

    for result in results:
        failure = result.outcome.failure
        if failure is None or failure.code != "no_workbooks":
            yield book_of(result.outcome, result.sha256, session.language)


def write_all(
    parcels: Sequence[Parcel],
    written: Written,
    output: Path,
    read: Sequence[Path],
    force: bool,
    marks: Sequence[str] = (),
) -> None:
    """The drafts, all or none, and their list. ``marks`` follow the names of their files."""
    from xlaudit.mail.drafts import names_for, write_drafts
    from xlaudit.mail.letter import whose_of
    from xlaudit.mail.message import draft, mail

    session = written.session
    if not parcels:
        session.warn(_NOTHING)
        return
    whose = [whose_of(parcel).get(session.language) for parcel in parcels]
    names = names_for(whose, marks or [""] * len(whose))

    def made(parcel: Parcel) -> bytes:
        return draft(mail(parcel, written.letter(parcel), session.language, written.sender))

    files = {name: partial(made, parcel) for name, parcel in zip(names, parcels, strict=True)}
    write_drafts(output, files, read, force)
    for name, parcel in zip(names, parcels, strict=True):
        emit("\n".join(described(parcel, written, name)))
    session.warn(_DRAFTED.fill(n=len(names), path=output))


def described(parcel: Parcel, written: Written, name: str = "") -> Iterator[str]:
    """A mail in a few lines: to whom, its subject, what is enclosed, and the file of its draft."""
    from xlaudit.reports.words import one_line

    session = written.session
    cc = session.text(_CC.fill(cc=", ".join(parcel.cc))) if parcel.cc else ""
    agency = one_line(parcel.agency) or ", ".join(one_line(book.name) for book in parcel.books)
    yield session.text(_LINE.fill(agency=agency, to=", ".join(parcel.to), cc=cc))
    yield f"    {one_line(written.letter(parcel).subject.get(session.language))}"
    for file in parcel.attachments:
        yield f"    + {one_line(file.name)} ({max(1, file.size // 1024)} KiB)"
    if name:
        yield f"    = {name}"
