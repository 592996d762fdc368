"""What an audit says: findings, figures it could not judge, and causes with their repairs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from xlaudit.texts import Text

FINDINGS_NAME = "_xlaudit_findings"
"""The defined name by which the sheet with the findings is known in an annotated copy, however it is called."""
COMPARISON_NAME = "_xlaudit_comparison"
"""Likewise the sheet with a comparison."""
OWN_SHEETS = (FINDINGS_NAME, COMPARISON_NAME)
"""The sheets that are no part of an office's workbook."""


class Severity(StrEnum):
    """``ERROR``: two figures contradict. ``WARNING``: needs an explanation. ``NOTE``: a convention."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Place(NamedTuple):
    """A cell of the workbook: sheet name and A1 address (the top-left cell of a merge)."""

    sheet: str
    cell: str


class Waived(NamedTuple):
    """That a finding was accepted: why, by whom, until which day (None for ever), and where that is written.

    ``in_workbook``: in the findings sheet of an annotated copy, not in the settings.
    """

    reason: str
    by: str
    until: date | None = None
    source: str = ""
    in_workbook: bool = False


class Elsewhere(NamedTuple):
    """A cell of another workbook, by the path under which that was given."""

    path: str
    sheet: str
    cell: str


class Finding(NamedTuple):
    """One disagreement, at one cell.

    ``stated`` and ``computed`` are plain decimals in the unit of the column (rupiah, percentage
    points), as text where the cell holds a word; ``difference`` is stated minus computed.
    ``live`` is an Excel formula, without ``=``, that is TRUE as long as the figures disagree;
    None where a formula cannot express the check.
    """

    id: str
    rule: str
    name: str
    severity: Severity
    place: Place
    label: Text
    message: Text
    advice: Text | None = None
    table: str | None = None
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None
    because: tuple[Place, ...] = ()
    diagnosis: str | None = None
    live: str | None = None
    waived: Waived | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    """Cells of other workbooks that it rests on."""

    def explained_by(self, diagnosis: str | None) -> Finding:
        """The same finding with the id of its cause. ``_replace`` takes three times as long."""
        return tuple.__new__(Finding, (*self[:_DIAGNOSIS], diagnosis, *self[_DIAGNOSIS + 1 :]))

    @property
    def states_word(self) -> bool:
        """See ``is_word``."""
        return self.stated is not None and "." in self.stated and is_word(self.stated, self.message.id)


_DIAGNOSIS = Finding._fields.index("diagnosis")


def is_word(stated: str | None, message: str) -> bool:
    """Whether what looks like a decimal is a word, as codes are (``106.01``): the sentence says it with its point.

    ``message`` is in Indonesian, where decimals have a comma.
    """
    return stated is not None and "." in stated and f" {stated} " in f" {message} "


class Unjudged(NamedTuple):
    """A check that could not be made, and why."""

    rule: str
    place: Place
    reason: Text


class Slip(NamedTuple):
    """What a finding by itself shows of its cell: how it went wrong (a cause) and what it should hold."""

    cause: str
    right: Decimal


class Repair(NamedTuple):
    """One cell and the figure that would make everything agree."""

    place: Place
    stated: str
    suggested: str


class Diagnosis(NamedTuple):
    """A cause: what slipped, how sure that is, the repairs, the ids of the findings it explains.

    ``certainty`` is ``certain`` (exactly one repair explains everything), ``likely`` or ``unclear``.
    """

    id: str
    cause: str
    certainty: str
    message: Text
    repairs: tuple[Repair, ...]
    explains: tuple[str, ...]


def plain(value: Decimal) -> str:
    """A decimal as the reports print it: no exponent, no trailing zeros, a point: ``-1234.5``."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
