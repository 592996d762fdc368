"""The interface of a report, and which report goes by which name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from xlaudit.outcome import Outcome
from xlaudit.texts import Language

if TYPE_CHECKING:
    from xlaudit.survey import Survey


class Report(Protocol):
    """Writes outcomes down as one text. The same outcomes give the same text."""

    def pieces(self, outcomes: Sequence[Outcome], language: Language) -> Iterator[str]:
        """The report piece by piece, ending in a line break; machine formats ignore ``language``.

        No more than one outcome is held at a time, so those of thousands of workbooks can be read from a disk.
        """
        ...

    def render(self, outcomes: Sequence[Outcome], language: Language) -> str:
        """The whole report."""
        return "".join(self.pieces(outcomes, language))


def report_for(form: str, *, show_all: bool = False, colour: bool = False, top: bool = False) -> Report:
    """The report of a name in ``xlaudit.reports.FORMATS``; ``ValueError`` for another one.

    ``show_all`` folds nothing, ``colour`` uses terminal colours and ``top`` tells causes only, in the text report.
    """
    if form == "text":
        from xlaudit.reports.text_report import TextReport

        return TextReport(show_all=show_all, colour=colour, top=top)
    if form == "json":
        from xlaudit.reports.json_report import JsonReport

        return JsonReport()
    if form == "sarif":
        from xlaudit.reports.sarif_report import SarifReport

        return SarifReport()
    raise ValueError(f"no such report: {form}")


class TablesReport(Protocol):
    """Writes down how a workbook was read. The same survey gives the same text."""

    def render(self, survey: Survey, language: Language) -> str:
        """The whole report, ending in a line break; machine formats ignore ``language``."""


def tables_report_for(form: str, *, show_all: bool = False, colour: bool = False) -> TablesReport:
    """The report of a name in ``xlaudit.reports.TABLES_FORMATS``; ``ValueError`` for another one."""
    if form == "text":
        from xlaudit.reports.tables_text import TablesText

        return TablesText(show_all=show_all, colour=colour)
    if form == "json":
        from xlaudit.reports.tables_json import TablesJson

        return TablesJson()
    if form == "html":
        from xlaudit.reports.tables_html import TablesHtml

        return TablesHtml()
    raise ValueError(f"no such report: {form}")
