"""What a recap tells: the workbooks with their counts and key figures, the findings, who has not submitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePath
from typing import NamedTuple

from xlaudit.agencies import Agencies, Entry
from xlaudit.findings import Finding, Severity
from xlaudit.identity import Identity
from xlaudit.keyfigures import NO_KEY_FIGURES, KeyFigures
from xlaudit.offices import Office, office_of, same
from xlaudit.outcome import Failure, Outcome
from xlaudit.patterns import pattern
from xlaudit.reports.grouping import causes_of
from xlaudit.reports.words import one_line
from xlaudit.saving import by_time
from xlaudit.schemas.kinds import LAINNYA
from xlaudit.schemas.words import fold
from xlaudit.standing import DOCUMENTS, YEARLY, document_of
from xlaudit.texts import Text

_SEPARATORS = pattern(r"[-_.,()]+")


class Standing(StrEnum):
    """What became of a workbook: it counts, a later one counts in its place, or it could not be audited."""

    COUNTED = "counted"
    REPLACED = "replaced"
    REJECTED = "rejected"


class Time(NamedTuple):
    """A year, 0 where none is known, and a period of it."""

    year: int
    period: str


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook. ``agency`` is empty where it does not say whose it is.

    ``opens`` is the file that links open: the annotated copy, or the workbook itself. ``replaced_by`` is the path of
    the one that counts in its place. ``roots`` counts the causes that were found.
    """

    path: str
    opens: str
    annotated: bool
    agency: str
    government: str
    time: Time
    standing: Standing
    failure: Failure | None = None
    tables: int = 0
    checks: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    accepted: int = 0
    roots: int = 0
    unread: int = 0
    crashed: bool = False
    """Whether a rule broke down: its findings may be incomplete."""
    key_figures: KeyFigures = NO_KEY_FIGURES
    replaced_by: str | None = None
    by_saving: bool = False
    """Whether the workbooks themselves say which was saved later, else the times of the files decide."""
    kinds: frozenset[str] = frozenset()
    """The kinds of its tables, but for those of no known kind."""
    by_file: bool = False
    """Whether its agency is told by the name of the file or its folder only."""
    listed: bool | None = None
    """Whether its agency is in the list of agencies; None where there is no list or no agency."""

    @property
    def name(self) -> str:
        """The name of the file."""
        return one_line(PurePath(self.path.replace("\\", "/")).name)

    @property
    def office(self) -> Office:
        """Its agency as a key."""
        return office_of(self.agency, self.government)

    @property
    def document(self) -> str:
        """Which document it is, as the ledger tells them apart."""
        return document_of(self.kinds)

    @property
    def counts(self) -> bool:
        """Whether its figures go into the totals."""
        return self.standing is Standing.COUNTED


class Told(NamedTuple):
    """A finding of a workbook that counts, and the cell believed to be its root cause."""

    book: Book
    finding: Finding
    root: str


class Absent(NamedTuple):
    """An agency of the list of which no workbook was audited."""

    name: str
    government: str

    @property
    def office(self) -> Office:
        """The agency as a key."""
        return office_of(self.name, self.government)


@dataclass(frozen=True, slots=True)
class Recap:
    """Everything that a recap tells, in the order in which it is told. ``absent`` is None without a list."""

    books: tuple[Book, ...]
    findings: tuple[Told, ...]
    absent: tuple[Absent, ...] | None
    day: date

    @property
    def counted(self) -> list[Book]:
        """The workbooks that the totals are of."""
        return [book for book in self.books if book.counts]

    @property
    def rejected(self) -> list[Book]:
        return [book for book in self.books if book.standing is Standing.REJECTED]

    @property
    def times(self) -> list[Time]:
        """The years and periods of the workbooks that count, in order of time but the one the overview is for last.

        That is the latest for which at least half as many workbooks came as for any other: one stray workbook of a
        later year is not what the head of the office asks about, the next quarter is once it comes in.
        """
        found = Counter(book.time for book in self.counted)
        dated = [count for time, count in found.items() if time.year]
        enough = max(dated, default=0)
        return sorted(found, key=lambda time: (time.year > 0 and 2 * found[time] >= enough, _order(time)))

    @property
    def governments(self) -> int:
        """How many governments the agencies belong to."""
        return len({office.government for book in self.books if (office := book.office).government})


def gather(outcomes: Iterable[Outcome], agencies: Agencies | None, day: date) -> Recap:
    """The recap of audits, each looked at once and let go. No order of the outcomes changes it."""
    books: list[Book] = []
    findings: dict[str, list[tuple[Finding, str]]] = {}
    submitted: set[Entry] = set()
    listed = None if agencies is None else _Listed(agencies)
    for outcome in outcomes:
        book, entry = _book(outcome, listed)
        books.append(book)
        findings[book.path] = _told(outcome)
        if entry is not None:
            submitted.add(entry)
    books = sorted(_without_earlier(sorted(books, key=lambda book: book.path)), key=_place)
    told = [Told(book, finding, root) for book in books if book.counts for finding, root in findings[book.path]]
    absent = None
    if agencies is not None:
        missing = (entry for entry in agencies.entries if entry not in submitted)
        absent = tuple(Absent(one_line(entry.name), one_line(entry.government)) for entry in missing)
    return Recap(tuple(books), tuple(told), absent, day)


class _Listed:
    """The list of agencies, in which most are found by their names at once."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies
        self._by_key: dict[str, list[Entry]] = {}
        for entry in agencies.entries:
            self._by_key.setdefault(office_of(entry.name, entry.government).agency, []).append(entry)

    def entry(self, agency: str, government: str) -> Entry | None:
        """The entry that an agency is; None where there is none, or may be several."""
        own = office_of(agency, government)
        near = self._by_key.get(own.agency, ())
        if len(near) == 1 and same(own, office_of(near[0].name, near[0].government)):
            return near[0]
        return self.agencies.match(agency, government).entry


def _book(outcome: Outcome, agencies: _Listed | None) -> tuple[Book, Entry | None]:
    """A workbook, and the entry of the list that its agency is."""
    identity = outcome.identity
    agency, government = one_line(identity.agency), one_line(identity.government)
    entry = None
    if agencies is not None:
        entry = agencies.entry(agency, government) if agency else agencies.agencies.called(outcome.path).entry
    listed = None if agencies is None or not agency else entry is not None
    by_file = entry is not None and not agency
    if entry is not None:
        agency, government = one_line(entry.name), one_line(entry.government) or government
    book = Book(
        path=outcome.path,
        opens=outcome.annotated or outcome.path,
        annotated=outcome.annotated is not None,
        agency=agency,
        government=government,
        time=_time(identity),
        standing=Standing.COUNTED if outcome.failure is None else Standing.REJECTED,
        failure=outcome.failure,
        tables=len(outcome.tables),
        checks=outcome.checks,
        errors=outcome.count(Severity.ERROR),
        warnings=outcome.count(Severity.WARNING),
        notes=outcome.count(Severity.NOTE),
        accepted=len(outcome.waived),
        roots=len(outcome.diagnoses),
        unread=len(outcome.unread),
        crashed=bool(outcome.crashes),
        key_figures=outcome.key_figures,
        listed=listed,
        kinds=frozenset(table.kind for table in outcome.tables) - {LAINNYA.name},
        by_file=by_file,
    )
    return book, entry if outcome.failure is None else None


def _time(identity: Identity) -> Time:
    """A workbook that names no period is taken to be for the year."""
    return Time(identity.year or 0, identity.period or YEARLY)


def _told(outcome: Outcome) -> list[tuple[Finding, str]]:
    causes = causes_of(outcome)
    places = {one.id: one.repairs[0].place for one in outcome.diagnoses if one.repairs}
    told = []
    for finding in outcome.findings:
        place = places.get(causes.get(finding.id, ""))
        told.append((finding, "" if place is None else f"{one_line(place.sheet)}!{place.cell}"))
    return told


def _order(time: Time) -> tuple[int, int, str]:
    quarters = {"tw1": 1, "tw2": 2, "smt1": 2, "tw3": 3, "tw4": 4, "smt2": 4}
    return time.year, quarters.get(time.period, 5), time.period


def _place(book: Book) -> tuple[object, ...]:
    """By name; those without one last, by their files."""
    return not book.agency, fold(book.agency), fold(book.government), _order(book.time), not book.counts, book.path


def _without_earlier(books: Sequence[Book]) -> list[Book]:
    """The books; of several of one agency for the same time only the one that was saved last counts.

    Workbooks that have no kind of table in common complete one another: both count, but no budget and no performance
    counts twice.
    """
    groups: dict[tuple[str, Time], list[Book]] = {}
    alone: list[Book] = []
    for book in books:
        if book.office.agency and book.counts:
            groups.setdefault((book.office.agency, book.time), []).append(book)
        else:
            alone.append(book)
    parted = (books for group in groups.values() for books in _of_one_government(group))
    return [*alone, *(book for books in parted for book in _once(_latest(books)))]


def _of_one_government(books: list[Book]) -> list[list[Book]]:
    """The books of agencies of one name by government; one that names none goes with the only other one."""
    named = {book.office.government for book in books if book.office.government}
    if len(named) < 2:
        return [books]
    groups: dict[str, list[Book]] = {}
    for book in books:
        groups.setdefault(book.office.government, []).append(book)
    return list(groups.values())


def _latest(books: list[Book]) -> list[Book]:
    """Those that a later one of the same document and of a kind of table in common replaces are marked so."""
    if len(books) < 2:
        return books
    order = by_time([Path(book.path) for book in books])
    found: list[Book] = []
    for book in (books[at] for at in reversed(order.places)):
        later = next((one for one in found if one.counts and _replaces(one, book)), None)
        if later is not None:
            book = replace(book, standing=Standing.REPLACED, replaced_by=later.path, by_saving=order.by_saving)
        found.append(book)
    return found


def _replaces(one: Book, other: Book) -> bool:
    return one.document == other.document and (not one.kinds.isdisjoint(other.kinds) or one.kinds == other.kinds)


def _once(books: list[Book]) -> list[Book]:
    """The books of one agency and time; budget and performance are taken from the first one that has them.

    The report comes before the quarterly evaluation and the agreement.
    """
    counted = sorted((book for book in books if book.counts), key=lambda b: (DOCUMENTS.index(b.document), b.path))
    budget = next((book for book in counted if book.key_figures.budget is not None), None)
    achieved = next((book for book in counted if book.key_figures.achieved), None)
    done: list[Book] = []
    for book in books:
        figures = book.key_figures
        if budget is not None and budget is not book and figures.budget is not None:
            figures = figures._replace(budget=None, no_budget=_COUNTED_IN.fill(file=budget.name))
        if achieved is not None and achieved is not book and figures.achieved:
            figures = figures._replace(achieved=(), no_achieved=_COUNTED_IN.fill(file=achieved.name))
        done.append(book if figures is book.key_figures else replace(book, key_figures=figures))
    return done


_COUNTED_IN = Text("Counted from {file}, the report for the same period.")


_REPLACED = Text("{other} counts instead: it was saved later.")
_REPLACED_BY_FILE = Text("{other} counts instead: the time of its file is later.")


def replaced_words(book: Book) -> Text | None:
    """Which workbook counts in the place of this one, and why; None where it counts itself."""
    if book.replaced_by is None:
        return None
    other = one_line(PurePath(book.replaced_by.replace("\\", "/")).name)
    return (_REPLACED if book.by_saving else _REPLACED_BY_FILE).fill(other=other)
