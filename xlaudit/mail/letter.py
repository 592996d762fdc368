"""What a mail to an agency says, before it is put into plain text or HTML."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlaudit.annotate.wording import ANSWER, SHEET_NAME
from xlaudit.findings import Severity
from xlaudit.identity import Identity
from xlaudit.mail.parcel import Book, Parcel
from xlaudit.mail.roots import roots_of
from xlaudit.outcome import Failure, Outcome
from xlaudit.reports.words import PERIODS, counted, one_line, period_words
from xlaudit.texts import MONTHS, NOTHING, Text, both, joined, plural, same, sense, sentences

_SUBJECT = {
    "findings": Text("Audit result: performance report of {whose}"),
    "clean": Text("Performance report of {whose}: no findings"),
    "rejected": Text("Please send again: performance report of {whose}"),
}
_SUBJECT_FILES = {
    "findings": Text("Audit result: {whose}"),
    "clean": Text("{whose}: no findings"),
    "rejected": Text("Please send again: {whose}"),
}
_REPLY = Text("Re: {subject}")
_TO_HEAD = sense("mail", "To the head of {agency}")
_TO_ALL = sense("mail", "Dear Sir or Madam")
_GREETING = sense("mail", "Dear Sir or Madam,")
_AUDITED = Text(
    "We have audited the workbook {file}{period}: every sum, percentage, remainder and capaian was computed again."
)
_FOR = Text(" (period: {period})")
_FOUND = Text("Found: {counts}.")
_TWO = Text("{one} and {other}")
_MANY = Text("{some}, and {last}")
_NOTES_ONLY = Text("No figures contradict each other; the notes need no correction.")
_CLEAN = Text("No figures contradict each other. The workbook need not be sent again.")
_ACCEPTED = plural(
    "{n} finding was accepted before and is not counted.", "{n} findings were accepted before and are not counted."
)
_UNJUDGED = plural(
    "{n} check could not be made, for instance because a cell is empty.",
    "{n} checks could not be made, for instance because cells are empty.",
)
_MAIN = Text("What matters most:")
_MORE = plural(
    "{n} more finding is listed in the attachment.", "{n} more findings are listed in the attachment."
)
_REJECTED = Text("We could not audit the workbook {file}. {why}")
_NO_TABLES = Text(
    "None of the tables of a performance report was recognised in it. Please check that the workbook holds the filled "
    "tables, and that their column headings (such as sasaran, indikator, target, realisasi, capaian; or program, "
    "pagu, realisasi) have not been changed or deleted."
)
_PLEASE = sense("mail", "We kindly ask you to:")
_OPEN = Text(
    "open the attachment {name}: the cells concerned are highlighted and explained in a note, and the sheet "
    "{sheet} lists all of them;"
)
_OPEN_TEXT = Text("open the attachment {name}, which lists all findings with their cells;")
_MEND = Text(
    "correct the figures that are wrong; where a figure is right, say why in the column {column} of the sheet {sheet};"
)
_MEND_TEXT = Text("correct the figures that are wrong; where a figure is right, say why in your reply;")
_RETURN = Text("send the workbook back by replying to this mail.")
_RETURN_BY = Text("send the workbook back by replying to this mail, by {day} at the latest.")
_MEND_FILE = Text("mend the file as said above;")
_THANKS = Text("Thank you for your attention and cooperation.")
_REGARDS = sense("mail", "Yours faithfully,")
_SMALL = Text(
    "The audit tells whether the figures of a workbook agree with one another, not whether they are true. Nothing "
    "in your workbook was changed; the attachment is a copy."
)
_SMALL_PLAIN = Text(
    "The audit tells whether the figures of a workbook agree with one another, not whether they are true."
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Listing:
    """A numbered list below its heading."""

    heading: Text
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings of each severity, below the sentence that says so in words."""

    text: Text
    numbers: tuple[tuple[Severity, int], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text


Block = Paragraph | Listing | Counts | Heading


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in whichever language. ``signature`` are its last lines as the office writes them, ``small`` what follows
    in small print.
    """

    subject: Text
    addressee: Text
    blocks: tuple[Block, ...]
    signature: tuple[str, ...] = ()
    small: Text | None = None


def letter_of(parcel: Parcel, signature: Sequence[str] = (), due: date | None = None) -> Letter:
    """The mail for what one agency handed in. ``due`` is the day until which it should answer, where it must."""
    several = len(parcel.books) > 1
    blocks: list[Block] = [Paragraph(_GREETING)]
    for book in parcel.books:
        if several:
            blocks.append(Heading(same(one_line(book.name))))
        blocks += _about(book)
    steps = _steps(parcel, due)
    if steps:
        blocks.append(Listing(_PLEASE, steps))
    blocks.append(Paragraph(_THANKS))
    blocks.append(Paragraph(_REGARDS))
    small = None
    if any(book.outcome.failure is None for book in parcel.books):
        small = _SMALL if parcel.attachments else _SMALL_PLAIN
    agency = one_line(parcel.agency)
    addressee = _TO_HEAD.fill(agency=agency) if agency else _TO_ALL
    return Letter(_subject(parcel), addressee, tuple(blocks), tuple(map(one_line, signature)), small)


def state_of(outcome: Outcome) -> str:
    """``rejected``, ``findings`` where something asks for a correction or an answer, else ``clean``."""
    if outcome.failure is not None:
        return "rejected"
    return "findings" if outcome.count(Severity.ERROR) or outcome.count(Severity.WARNING) else "clean"


def _subject(parcel: Parcel) -> Text:
    """With agency and period; a reply keeps the subject that it answers."""
    if parcel.answers is not None:
        before = one_line(parcel.answers.subject)
        if before:
            return same(before) if before[:3].casefold() == "re:" else _REPLY.fill(subject=before)
    states = [state_of(book.outcome) for book in parcel.books]
    kind = next(state for state in ("findings", "rejected", "clean") if state in states)
    return (_SUBJECT if parcel.agency else _SUBJECT_FILES)[kind].fill(whose=whose_of(parcel))


def whose_of(parcel: Parcel) -> Text:
    """Agency and period: ``Dinas Sosial, tahun 2024``; the names of the files where nobody knows the agency."""
    agency = one_line(parcel.agency)
    if not agency:
        return same(", ".join(one_line(book.name) for book in parcel.books))
    periods = list(dict.fromkeys(filter(None, (_period(book.outcome.identity) for book in parcel.books))))
    return joined(same(", "), (same(agency), _listed(periods))) if periods else same(agency)


def _period(identity: Identity) -> Text | None:
    """``tahun 2024``, ``Triwulan II 2024``; None where the workbook says nothing."""
    if identity.period in PERIODS and identity.period != "tahunan":
        return both(period_words(identity, "id"), period_words(identity, "en"))
    return None if identity.year is None else _YEAR.fill(year=identity.year)


_YEAR = Text("year {year}")


def _about(book: Book) -> list[Block]:
    outcome = book.outcome
    if outcome.failure is not None:
        why = _why(outcome.failure)
        return [Paragraph(_REJECTED.fill(file=one_line(book.name), why=why))]
    period = _period(outcome.identity)
    head = _AUDITED.fill(file=one_line(book.name), period=NOTHING if period is None else _FOR.fill(period=period))
    rest = [
        _ACCEPTED.fill(n=len(outcome.waived)) if outcome.waived else None,
        _UNJUDGED.fill(n=len(outcome.unjudged)) if outcome.unjudged else None,
    ]
    numbers = tuple((severity, outcome.count(severity)) for severity in Severity)
    counts = [counted(severity, number) for severity, number in numbers if number]
    if not counts:
        return [Paragraph(sentences(head, _CLEAN, *rest))]
    found = _FOUND.fill(counts=_listed(counts))
    if state_of(outcome) == "clean":
        return [Paragraph(sentences(head, found, _NOTES_ONLY, *rest))]
    roots = roots_of(outcome)
    blocks: list[Block] = [Counts(sentences(head, found), numbers), Listing(_MAIN, roots.told)]
    tail = sentences(_MORE.fill(n=roots.more) if roots.more else None, *rest)
    return [*blocks, Paragraph(tail)] if tail.id else blocks


def _why(failure: Failure) -> Text:
    """Why a workbook was turned away, for those who never see this program: nothing about its options and settings."""
    message = failure.message
    if failure.code == "no_tables" and not message.facts:
        return _NO_TABLES
    if failure.code == "too_large":
        return message.fill(otherwise=NOTHING)
    return message


def _listed(parts: Sequence[Text]) -> Text:
    if len(parts) > 2:
        return _MANY.fill(some=joined(same(", "), parts[:-1]), last=parts[-1])
    return _TWO.fill(one=parts[0], other=parts[1]) if len(parts) == 2 else parts[0]


def _steps(parcel: Parcel, due: date | None) -> tuple[Text, ...]:
    """What the agency is asked to do; nothing where nothing asks for it."""
    states = {state_of(book.outcome) for book in parcel.books}
    steps: list[Text] = []
    if "findings" in states:
        names = [one_line(file.name) for file in parcel.attachments]
        marked = [same(name) for name in names if not name.endswith(".txt")]
        plain = [same(name) for name in names if name.endswith(".txt")]
        if marked:
            steps.append(_OPEN.fill(name=_listed(marked), sheet=SHEET_NAME))
        if plain:
            steps.append(_OPEN_TEXT.fill(name=_listed(plain)))
        steps.append(_MEND.fill(column=ANSWER, sheet=SHEET_NAME) if marked else _MEND_TEXT)
    if "rejected" in states:
        steps.append(_MEND_FILE)
    if steps:
        steps.append(_RETURN if due is None else _RETURN_BY.fill(day=day_words(due)))
    return tuple(steps)


def day_words(day: date) -> Text:
    """A day as each language writes it: ``28 Februari 2025``."""
    return both(f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day.day} {month_name[day.month]} {day.year}")

