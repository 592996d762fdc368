"""The outcome of an audit: what every report is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xlaudit.answers import Answer
from xlaudit.digest import NO_DIGEST, Digest
from xlaudit.findings import Diagnosis, Finding, Severity, Unjudged
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.keyfigures import NO_KEY_FIGURES, KeyFigures
from xlaudit.texts import Text


class TableSummary(NamedTuple):
    """One recognised table. ``columns`` maps the canonical name to the column's letters.

    ``rounding`` is ``rounded``, ``truncated``, ``mixed`` or None where no figure tells.
    ``remarks`` say what reading had to decide or leave aside.
    """

    id: str
    kind: str
    sheet: str
    range: str
    title: str
    rows: int
    columns: dict[str, str]
    rounding: str | None = None
    remarks: tuple[Text, ...] = ()


class Basis(StrEnum):
    """Why a convention holds for a workbook."""

    DECLARED = "declared"
    """The workbook or the office's settings say so."""
    DETECTED = "detected"
    """Its figures show it."""
    ASSUMED = "assumed"
    """Nothing tells; what is usual is accepted."""


class Convention(NamedTuple):
    """One thing that the findings rest on. ``name`` is that of the setting (``cap``, ``rules.RO101``).

    ``source`` says where it was declared; ``tables`` are the ids of the tables that it concerns, none for all.
    """

    name: str
    value: Text
    why: Basis
    source: Text | None = None
    tables: tuple[str, ...] = ()


class Failure(NamedTuple):
    """Why a workbook was rejected: a stable code and one sentence that says what to do."""

    code: str
    message: Text


class RuleCrash(NamedTuple):
    """A rule that broke down: our fault, or that of its ``package``; reported apart, exit code 2."""

    rule: str
    detail: str
    package: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One workbook's audit. A rejected workbook has ``failure`` and nothing else.

    ``checks`` counts the comparisons that were made and held or failed; what could not be
    compared is in ``unjudged``. Findings stand in reading order within their table. ``unread`` names
    the sheets that hold figures but no table that was recognised.
    """

    path: str
    failure: Failure | None = None
    annotated: str | None = None
    template: tuple[str, str] | None = None
    tables: tuple[TableSummary, ...] = ()
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    """Findings that were accepted, in reading order. They are none of ``findings`` and count for nothing."""
    waivers: frozenset[str] = frozenset()
    """Where the waivers stand that met a finding of this workbook, also those that have ended."""
    diagnoses: tuple[Diagnosis, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    crashes: tuple[RuleCrash, ...] = ()
    checks: int = 0
    unread: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()
    """What of a mapping came to nothing, and why there is no annotated copy where the format allows none."""
    conventions: tuple[Convention, ...] = ()
    """What was declared, detected and assumed."""
    annotatable: bool = True
    """Whether the file is of a format of which an annotated copy can be made."""
    identity: Identity = UNKNOWN
    """Whose workbook it is, as far as it says so."""
    digest: Digest = NO_DIGEST
    """Its figures, so that later workbooks of the same office can be held against them; no report prints them."""
    key_figures: KeyFigures = NO_KEY_FIGURES
    """Its budget and the capaian of its indicators, for an overview of many; no other report prints them."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What the agency answered, by the ids of findings, where the workbook or its earlier copy is an annotated one."""

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)
