"""Whether a target that differs from the plan was mistaken, not revised: what in the plan itself speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlaudit.agreement import Odd
from xlaudit.crosswalk import Mention, Subject
from xlaudit.findings import plain
from xlaudit.rules._alike import PrintedAlike
from xlaudit.schemas.words import one_slip
from xlaudit.texts import Text

_FEWEST_DIGITS = 4
"""Targets of fewer digits differ in one of them whenever they are revised."""
_OTHER_YEAR = Text("It is the target for {year} in that table.")
_ONE_DIGIT = Text("One digit only differs, and the target for {year} in that table is beyond it already.")


def alike(subjects: Iterable[Subject]) -> PrintedAlike:
    """Which tables print targets alike."""
    return PrintedAlike(subject for subject in subjects if subject.role == "target")


def mistaken(odd: Odd, pairs: PrintedAlike) -> Text | None:
    """What tells that a target was copied wrongly from the plan that it differs from; None where it may be revised.

    The table must take two other targets at least from the same plan; and the figure is the plan's for the year before
    or after, or differs in one digit and falls behind what the plan asked a year earlier.
    """
    plan = next((mention for mention in odd.against if mention.planned), None)
    stated = odd.mention.term.figure.value
    if plan is None or stated is None or not plan.term.column.period.isdigit():
        return None
    if not pairs.twice(plan.term.table, odd.mention.term.table):
        return None
    year, targets = int(plan.term.column.period), _targets(plan)
    own = targets[year]
    for other in (year + 1, year - 1):
        if targets.get(other) == stated:
            return _OTHER_YEAR.fill(year=other)
    before = targets.get(year - 1)
    if before is None or not _one_digit_off(stated, own):
        return None
    behind = stated < before < own or stated > before > own
    return _ONE_DIGIT.fill(year=year - 1) if behind else None


def _targets(plan: Mention) -> dict[int, Decimal]:
    """What a plan asks of one indicator, by year."""
    term = plan.term
    columns = [c for c in term.table.by_role("target") if c.period.isdigit()]
    figures = {int(c.period): term.row.figures[c.name] for c in columns}
    return {year: f.value for year, f in figures.items() if f.value is not None and not f.is_bound}


def _one_digit_off(one: Decimal, two: Decimal) -> bool:
    texts = [plain(value) for value in (one, two)]
    return min(sum(map(str.isdigit, text)) for text in texts) >= _FEWEST_DIGITS and one_slip(*texts)
