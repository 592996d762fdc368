"""What an audit left aside, in words: checks that could not be made, sheets without a table that was recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlaudit.findings import Unjudged
from xlaudit.outcome import Outcome
from xlaudit.reports.grouping import by_reason
from xlaudit.reports.words import EXAMPLE, one_line
from xlaudit.texts import Language, Text

_ADDRESSES = 6
UNREAD = Text("Sheets that were not checked, for no table in them was recognised: {sheets}.")


def unjudged_lines(outcome: Outcome, language: Language) -> Iterator[str]:
    """One line for each reason why checks could not be made, with the first cells that it is about."""
    for reason in by_reason(outcome.unjudged):
        said = (reason.text if reason.same else EXAMPLE.fill(reason=reason.text)).get(language)
        yield f"{len(reason.ones)} × {said} ({_addresses(reason.ones)})"


def unread_line(outcome: Outcome, language: Language) -> str:
    """Which sheets were not checked; empty where none was left aside."""
    return UNREAD.fill(sheets=", ".join(map(one_line, outcome.unread))).get(language) if outcome.unread else ""


def _addresses(ones: Iterable[Unjudged]) -> str:
    places = list(dict.fromkeys(f"{one_line(one.place.sheet)}!{one_line(one.place.cell)}" for one in ones))
    return ", ".join(places[:_ADDRESSES]) + (", …" if len(places) > _ADDRESSES else "")
