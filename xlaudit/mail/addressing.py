"""Whose workbooks are whose, by the list of agencies: one mail for each, and what stands in the way of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xlaudit.agencies import Agencies, Entry
from xlaudit.mail.parcel import Book, Parcel
from xlaudit.outcome import Outcome
from xlaudit.texts import Text

_THEIRS = frozenset({"empty", "encrypted", "old_format", "not_a_workbook", "broken", "too_large", "no_tables"})
"""Why a workbook was rejected, where its agency can mend it. The rest is ours or the machine's."""

_NOBODYS = Text("{path}: the workbook does not say whose it is, and its name fits no agency of the list; no mail.")
_UNKNOWN = Text("{path}: {agency} is not in the list; no mail.")
_SEVERAL = Text("{path}: {agency} may be one of {names} in the list; no mail.")
_NO_ADDRESS = Text("{agency}: the list has no address; no mail.")
_OURS = Text("{path}: no mail, for the agency cannot mend what went wrong.")
_NO_COPY = Text("{agency}: no mail, for the annotated copy of {path} could not be written.")
_TOGETHER = Text("{agency}: {n} workbooks go in one mail ({names}).")
_MISSING = Text("No workbook of: {names}.")


@dataclass(frozen=True, slots=True)
class Addressed:
    """One parcel for each agency, in the order of the list. ``hindered`` are workbooks of which no mail can be made,
    ``remarks`` what is worth saying besides.
    """

    parcels: tuple[Parcel, ...]
    hindered: tuple[Text, ...]
    remarks: tuple[Text, ...]


def addressed(books: Iterable[Book], agencies: Agencies) -> Addressed:
    """Each workbook to the agency that it names; one that names none, to the one that its file or folder is called by.

    Two workbooks of one agency make one parcel. Nothing is guessed: where it may be one of several, there is no mail.
    """
    whose: dict[Entry, list[Book]] = {}
    hindered: list[Text] = []
    for book in books:
        entry = _entry(book.outcome, agencies)
        if isinstance(entry, Entry):
            whose.setdefault(entry, []).append(book)
        else:
            hindered.append(entry)
    parcels: list[Parcel] = []
    remarks: list[Text] = []
    for entry in agencies.entries:
        own = whose.get(entry, [])
        if not own:
            continue
        if not entry.emails:
            hindered.append(_NO_ADDRESS.fill(agency=entry.name))
            continue
        lacking = next((book for book in own if lacks_copy(book)), None)
        if lacking is not None:
            hindered.append(_NO_COPY.fill(agency=entry.name, path=lacking.outcome.path))
            continue
        if len(own) > 1:
            names = ", ".join(book.name for book in own)
            remarks.append(_TOGETHER.fill(agency=entry.name, n=len(own), names=names))
        parcels.append(Parcel(entry.name, tuple(own), entry.emails, entry.cc, entry.government))
    missing = [entry.name for entry in agencies.entries if entry not in whose]
    if missing:
        remarks.append(_MISSING.fill(names=", ".join(missing)))
    return Addressed(tuple(parcels), tuple(hindered), tuple(remarks))


def is_theirs(outcome: Outcome) -> bool:
    """Whether the agency can do something about it: it was audited, or rejected for what is in the file."""
    return outcome.failure is None or outcome.failure.code in _THEIRS


def lacks_copy(book: Book) -> bool:
    """Whether there is something to look at, and nothing to look at it in."""
    return book.outcome.failure is None and bool(book.outcome.findings) and book.enclosed is None


def _entry(outcome: Outcome, agencies: Agencies) -> Entry | Text:
    """The agency of a workbook, or why there is none."""
    if not is_theirs(outcome):
        return _OURS.fill(path=outcome.path)
    identity = outcome.identity
    if identity.agency:
        entry, candidates = agencies.match(identity.agency, identity.government)
        if entry is not None:
            return entry
        agency = ", ".join(filter(None, (identity.agency, identity.government)))
        facts = {"path": outcome.path, "agency": agency}
        if candidates:
            return _SEVERAL.fill(**facts, names=" / ".join(one.name for one in candidates))
        return _UNKNOWN.fill(**facts)
    return agencies.called(outcome.path).entry or _NOBODYS.fill(path=outcome.path)
