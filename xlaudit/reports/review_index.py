"""The list of several review pages, so that a folder of them has a door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from xlaudit import __version__
from xlaudit.findings import Severity
from xlaudit.outcome import Outcome
from xlaudit.reports import review_words as words
from xlaudit.reports.markup import document, element
from xlaudit.reports.review_grid import LETTERS
from xlaudit.reports.review_html import count_cells
from xlaudit.reports.review_style import SCRIPT, STYLE
from xlaudit.reports.words import one_line, period_words
from xlaudit.texts import Language
from xlaudit.waivers import written


class Entry(NamedTuple):
    """One page: where it lies, relative to the list, with slashes, and what it is about."""

    path: str
    outcome: Outcome


def review_index(entries: Iterable[Entry], language: Language, today: date | None = None) -> str:
    """A page with a line for every workbook, in the order given."""
    heads = [words.WORKBOOK, words.AGENCY, words.PERIOD, words.STATUS]
    head = [element("th", text.get(language)) for text in heads]
    head += [element("th", LETTERS[severity].get(language), class_="num") for severity in Severity]
    rows = []
    for entry in entries:
        outcome = entry.outcome
        said = outcome.identity
        failure = outcome.failure
        status = words.REVIEWED_STATUS if failure is None else words.REJECTED
        why = [] if failure is None else [element("small", f": {failure.message.get(language)}")]
        cells = [
            element("td", element("a", one_line(outcome.path), href=quote(entry.path, safe="/"))),
            element("td", one_line(said.agency) or "–"),
            element("td", period_words(said, language) or "–"),
            element("td", status.get(language), *why),
        ]
        cells += count_cells({severity: outcome.count(severity) for severity in Severity})
        rows.append(element("tr", *cells))
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows), class_="list")
    made = f"xlaudit {__version__}" + ("" if today is None else f" · {written(today).get(language)}")
    title = words.INDEX.get(language)
    heading = element("header", element("h1", title, element("small", made)))
    legend = element("p", words.LEGEND.get(language), class_="quiet small")
    return document(language, title, STYLE, SCRIPT, [heading, element("section", table, legend)])
