"""What separates two audits of one workbook: the cells that changed, the findings that went and came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xlaudit.answers import Answer
from xlaudit.findings import Finding, Place
from xlaudit.outcome import Outcome
from xlaudit.texts import Text


class Shift(NamedTuple):
    """A cell that holds something else: plain decimals (``92.5%`` where shown so), texts, or None for nothing."""

    place: Place
    before: str | None
    after: str | None


class WhatIf(NamedTuple):
    """Both audits, and what separates them. A finding is the same one where its rule and its cell are.

    ``typed`` are the cells that were changed, ``recomputed`` those whose formulas gave something else thereupon;
    ``uncertain`` counts the formulas that cannot be computed here and keep what the file stores. ``gone`` are
    findings of before, ``come`` of after, ``altered`` pairs of one finding whose figures or severity changed;
    ``same`` is the number of the others.
    """

    before: Outcome
    after: Outcome
    typed: tuple[Shift, ...]
    recomputed: tuple[Shift, ...]
    uncertain: int
    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]
    altered: tuple[tuple[Finding, Finding], ...]
    same: int


def separated(
    before: Outcome, after: Outcome, typed: tuple[Shift, ...], recomputed: tuple[Shift, ...], uncertain: int
) -> WhatIf:
    """Two audits compared, finding by finding."""
    old, now = _by_cell(before), _by_cell(after)
    both = [(old[name], now[name]) for name in old if name in now]
    altered = tuple((one, other) for one, other in both if _figures(one) != _figures(other))
    return WhatIf(
        before,
        after,
        typed,
        recomputed,
        uncertain,
        gone=tuple(finding for name, finding in old.items() if name not in now),
        come=tuple(finding for name, finding in now.items() if name not in old),
        altered=altered,
        same=len(both) - len(altered),
    )


def _by_cell(outcome: Outcome) -> dict[tuple[str, Place, int], Finding]:
    """The findings by rule and cell and, where a rule has several there, in their order.

    Not by id: of two rows with the same names the second has a number in its id that it loses with the first.
    """
    found: dict[tuple[str, Place, int], Finding] = {}
    for finding in outcome.findings:
        count = 0
        while (finding.rule, finding.place, count) in found:
            count += 1
        found[finding.rule, finding.place, count] = finding
    return found


def _figures(finding: Finding) -> tuple[str, str | None, str | None]:
    return str(finding.severity), finding.stated, finding.computed


class Revised(NamedTuple):
    """A figure, or the word of a category, that is another one in the later workbook.

    Both places, for rows move; ``before`` and ``after`` are plain decimals in the unit of the column, the text where
    there is no number, or None for a blank cell.
    """

    label: Text
    before_place: Place
    after_place: Place
    before: str | None
    after: str | None


class Line(NamedTuple):
    """A row, or a whole table, that only one of two workbooks has. ``rows`` is more than 1 for a table."""

    place: Place
    label: str
    rows: int = 1


class Comparison(NamedTuple):
    """An earlier and a later workbook of one agency.

    ``fixed`` are findings of the earlier one alone, ``come`` of the later one alone, ``open`` pairs of both, as
    worded then and now; ``waived`` are findings of the later one that were accepted, wherever they were before.
    Of the figures that changed, ``asked`` stand in cells that a finding or a suggested repair named, ``following``
    follow from these, ``silent`` are the others. ``answers`` holds what the agency wrote about findings, by their ids
    in either workbook. ``places`` says of every cell of a row in both workbooks where it stands now.
    """

    old: Outcome
    new: Outcome
    fixed: tuple[Finding, ...]
    open: tuple[tuple[Finding, Finding], ...]
    come: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    asked: tuple[Revised, ...]
    following: tuple[Revised, ...]
    silent: tuple[Revised, ...]
    removed: tuple[Line, ...]
    added: tuple[Line, ...]
    answers: Mapping[str, Answer]
    places: Mapping[Place, Place]
    by_record: bool = False
    """Whether of the earlier one only the findings are known, from the ledger: nothing can be said of figures."""

    def answer(self, *findings: Finding) -> Answer:
        """What the agency wrote about a finding, known by the ids of either workbook; empty where nothing."""
        return next((self.answers[one.id] for one in findings if one.id in self.answers), Answer())

    @property
    def contested(self) -> tuple[tuple[Finding, Finding], ...]:
        """Those still open of which the agency says that they were fixed."""
        return tuple((old, new) for old, new in self.open if self.answer(new, old).status == "fixed")
