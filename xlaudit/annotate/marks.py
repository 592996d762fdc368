"""What is written into a workbook: one mark per finding, and the head of the findings sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

MarkSeverity = Literal["error", "warning", "note"]

SEVERITIES: tuple[MarkSeverity, ...] = ("error", "warning", "note")
"""Worst first."""


class Mark(NamedTuple):
    """One finding at one cell, worded in the language of the annotation.

    ``cell`` is an A1 address; inside a merge the top-left cell is marked instead.
    ``stated``, ``computed`` and ``difference`` are plain decimals (``"92.03"``), or words as they
    stand in the cell. ``live`` is an Excel formula, TRUE while the finding stands, over cells of
    the same sheet or of others (``'Other'!A1``); None where no formula can express the check.
    ``id`` is the finding's stable id, by which the agency's answer is found again.
    """

    sheet: str
    cell: str
    severity: MarkSeverity
    message: str
    id: str = ""
    rule: str = ""
    label: str = ""
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None
    cause: str = ""
    suggestion: str = ""
    live: str | None = None
    words: bool = False
    """``stated`` and ``computed`` are words even if they look like figures, as codes do (``106.01``)."""
    root: bool = False
    """The mark is no finding but the cell that explains some; it is not counted among them."""
    explains: tuple[str, ...] = ()
    """The ids of the findings that a root explains."""
    head: str = ""
    """The id of the root right above, if this follows from it and is folded under it."""
    listed_only: bool = False
    """It stands in the findings sheet alone, for no single cell can be named: nothing is highlighted."""
    past: bool = False
    """An earlier finding with an answer that is found no longer; it is only listed. ``sheet`` and ``cell`` are where it
    stood then."""
    waived: str = ""
    """Why, by whom and until when the finding was accepted; then its cell is left as it is and it is only listed."""
    decision: str = ""
    """What the column *Keputusan* holds of it; empty for what was typed there before."""

    @property
    def counts(self) -> bool:
        """Whether it is a finding that stands."""
        return not (self.root or self.past or self.waived)


class Heading(NamedTuple):
    """The head of the findings sheet; what is empty or None is left out.

    ``file`` is the name of the audited file, ``date`` the day as it shall be read, ``version``
    that of xlaudit. ``checks`` and ``unjudged`` count comparisons made and not possible; errors,
    warnings and notes are counted from the marks. ``details`` are titles with what is said under them below the
    list: what the findings rest on, what could not be judged.
    """

    agency: str = ""
    period: str = ""
    file: str = ""
    version: str = ""
    date: str = ""
    checks: int | None = None
    unjudged: int | None = None
    details: tuple[tuple[str, str], ...] = ()


def counted(marks: Iterable[Mark]) -> Counter[MarkSeverity]:
    """How many findings there are of each severity."""
    return Counter([mark.severity for mark in marks if mark.counts])
