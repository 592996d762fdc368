"""What stands in the findings sheet of a workbook that came back: the findings as listed, and what was typed.

Rows may have been sorted and columns moved: columns are found by their heads, rows by the finding's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xlaudit.annotate import columns as at
from xlaudit.annotate.book import Book
from xlaudit.annotate.marks import SEVERITIES, Mark, MarkSeverity
from xlaudit.annotate.ownsheets import findings_sheet_of
from xlaudit.annotate.values import sheet_texts
from xlaudit.annotate.wording import ACCEPTED, AGREES, COLUMNS, GONE_BY_NOW, LATER, OPEN, SEVERITY_WORDS
from xlaudit.answers import Answer, status_of
from xlaudit.cells import letters
from xlaudit.waivers import ROOT

Texts = Mapping[int, Mapping[int, str]]
"""The texts of a sheet by row and column, both from 1."""

_STATES = {word for text in (OPEN, AGREES, LATER, ACCEPTED, GONE_BY_NOW) for word in (text.id, text.en)}
"""Copies of earlier versions have the state of the check under the head that is now that of the agency's status."""


class Listed(NamedTuple):
    """One row. ``place`` is the cell as it was named (``Realisasi!C5``); figures are as the sheet holds them."""

    id: str
    place: str
    severity: MarkSeverity
    label: str
    message: str
    stated: str | None
    computed: str | None
    difference: str | None
    answer: Answer
    decision: str
    decided_at: str
    """Where the decision stands (``Hasil Audit!M9``)."""


def answers_of(listed: Iterable[Listed]) -> dict[str, Answer]:
    """The agency's answers by finding id, without those left empty.

    What is answered in the row of a cause stands under its own id: ``answers.of_causes`` gives it to the findings that
    it explains.
    """
    return {one.id: one.answer for one in listed if one.answer != Answer()}


def decisions_of(listed: Iterable[Listed]) -> dict[str, tuple[str, str]]:
    """What the auditor decided by finding id, as typed, with the place of the cell (``Hasil Audit!M9``).

    Those left empty are left out.
    """
    return {one.id: (one.decision, one.decided_at) for one in listed if one.decision}


def merged(earlier: Iterable[Listed], later: Iterable[Listed]) -> list[Listed]:
    """The rows of two findings sheets, each finding once; what was typed later goes first."""
    found = {one.id: one for one in earlier}
    for one in later:
        was = found.get(one.id, one)
        kept = one if one.answer != Answer() else one._replace(answer=was.answer)
        found[one.id] = kept if one.decision else kept._replace(decision=was.decision, decided_at=was.decided_at)
    return list(found.values())


def past_marks(past: Iterable[Listed], marks: Sequence[Mark]) -> list[Mark]:
    """The findings of then that were answered and are none of ``marks`` any more, as marks of the past."""
    names = {name for mark in marks for name in (mark.id, *(ROOT + one for one in mark.explains or (mark.id,)))}
    return [_past(one) for one in past if one.answer != Answer() and one.id not in names]


def _past(one: Listed) -> Mark:
    sheet, _, cell = one.place.rpartition("!")
    return Mark(
        sheet,
        cell,
        one.severity,
        one.message,
        one.id,
        label=one.label,
        stated=one.stated,
        computed=one.computed,
        difference=one.difference,
        past=True,
    )


def listed_in(book: Book) -> list[Listed]:
    """The rows of the findings sheet of a workbook; none where there is no such sheet."""
    sheet = findings_sheet_of(book)
    return [] if sheet is None else listed_rows(sheet_texts(book, sheet), sheet.name)


def listed_rows(rows: Texts, sheet: str) -> list[Listed]:
    """The rows of a findings sheet from its texts; ``sheet`` is its name."""
    head = next((number for number, row in sorted(rows.items()) if at.ID_HEADER in row.values()), None)
    if head is None:
        return []
    places = _columns(rows[head])
    found: dict[str, Listed] = {}
    for number in sorted(rows):
        texts = {column: rows[number].get(place, "") for column, place in places.items()}
        if number > head and texts[at.IDS]:
            found.setdefault(texts[at.IDS], _listed(texts, f"{sheet}!{letters(places.get(at.DECIDED, 1))}{number}"))
    return list(found.values())


def _columns(heads: Mapping[int, str]) -> dict[int, int]:
    """Where each column stands by now; that of answers, if its head was overwritten, where it usually does."""
    known = {word: column for column, text in enumerate(COLUMNS, 1) for word in (text.id, text.en)}
    found = {at.IDS: next(place for place, text in heads.items() if text == at.ID_HEADER)}
    for place, text in sorted(heads.items()):
        if text in known:
            found.setdefault(known[text], place)
    found.setdefault(at.REPLY, at.REPLY)
    return found


def _listed(texts: Mapping[int, str], decided_at: str) -> Listed:
    severities = {word: one for one in SEVERITIES for word in (SEVERITY_WORDS[one].id, SEVERITY_WORDS[one].en)}
    label, line, message = texts.get(at.FINDING, "").partition("\n")
    status = texts.get(at.STATUS, "").strip()
    reply = texts.get(at.REPLY, "")
    decision = texts.get(at.DECIDED, "")
    return Listed(
        id=texts[at.IDS],
        place=texts.get(at.CELL, ""),
        severity=severities.get(texts.get(at.SEVERITY, ""), "note"),
        label=label if line else "",
        message=message if line else label,
        stated=texts.get(at.STATED) or None,
        computed=texts.get(at.COMPUTED) or None,
        difference=texts.get(at.DIFFERENCE) or None,
        answer=Answer(reply if reply.strip() else "", "" if status in _STATES else status_of(status)),
        decision=decision if decision.strip() else "",
        decided_at=decided_at,
    )
