"""What became of each finding and figure of a resubmission, entry by entry, for every form in which it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from xlaudit.answers import Answer
from xlaudit.cells import parse_area
from xlaudit.changes import Comparison, Line, Revised
from xlaudit.findings import Finding, Place, Severity
from xlaudit.texts import Text, plural, same, sense
from xlaudit.waivers import acceptance


class Group(Enum):
    """What became of it, what an auditor looks at first in front."""

    CONTESTED = "contested"
    COME = "come"
    OPEN = "open"
    SILENT = "silent"
    REMOVED = "removed"
    ADDED = "added"
    WAIVED = "waived"
    FIXED = "fixed"


HEADINGS = {
    Group.CONTESTED: Text("Said to be fixed, but still open ({n})"),
    Group.COME: Text("New findings ({n})"),
    Group.OPEN: Text("Still open ({n})"),
    Group.SILENT: Text("Figures changed without a finding asking for it ({n})"),
    Group.REMOVED: Text("Rows removed ({n})"),
    Group.ADDED: Text("Rows added ({n})"),
    Group.WAIVED: Text("Accepted findings ({n}), not counted"),
    Group.FIXED: Text("Fixed ({n})"),
}
OF_FIGURES = frozenset({Group.SILENT, Group.REMOVED, Group.ADDED})
"""What cannot be told where of the earlier workbook only the findings are known."""
WORDS = {
    Group.CONTESTED: sense("comparison", "still open, said to be fixed"),
    Group.COME: sense("comparison", "new"),
    Group.OPEN: sense("comparison", "still open"),
    Group.SILENT: sense("comparison", "changed unasked"),
    Group.REMOVED: sense("comparison", "row removed"),
    Group.ADDED: sense("comparison", "row added"),
    Group.WAIVED: sense("comparison", "accepted"),
    Group.FIXED: sense("comparison", "fixed"),
}
"""What became of one entry, in a word or two."""
ABOUT = {
    Group.CONTESTED: Text("The agency says that these were fixed; the audit finds that they were not."),
    Group.SILENT: Text("No finding concerned these cells, nor do they follow from another correction."),
}

_CONTESTED = Text("The agency says that it was fixed, but it still fails.")
_TO_DECIDE = {
    "explained": Text("The agency explains it; the auditor decides under Decision."),
    "disputed": Text("The agency does not agree; the auditor decides under Decision."),
}
_ROW_GONE = Text("Its row is no longer in the workbook.")
_BLANK = Text("The cell is blank now.")
_UNJUDGED = Text("It cannot be judged any more: {reason}")
_WHOLE = plural("a whole table, {n} row", "a whole table, {n} rows")
_CHANGED = Text("The figure was changed, but it still fails.")


class Entry(NamedTuple):
    """One finding, figure or row. ``place`` is in the later workbook, in the earlier one for what is only there.

    ``formerly`` is where it stood if that is another cell. ``before`` and ``after`` are what the cell held and holds
    (plain decimals, texts, None for nothing), ``computed`` what it ought to hold. ``verdict`` says what is to be known
    beside the group.
    """

    group: Group
    place: Place
    label: Text
    finding: Finding | None = None
    formerly: Place | None = None
    before: str | None = None
    after: str | None = None
    computed: str | None = None
    answer: Answer = Answer()
    verdict: Text | None = None
    here: bool = True
    """Whether the place is in the later workbook."""

    @property
    def severity(self) -> Severity | None:
        return None if self.finding is None else self.finding.severity


def entries(found: Comparison) -> dict[Group, list[Entry]]:
    """All entries, by groups in their order; worst findings first within a group."""
    groups: dict[Group, list[Entry]] = {group: [] for group in Group}
    for entry in _all(found):
        groups[entry.group].append(entry)
    order = list(Severity)
    for some in groups.values():
        some.sort(key=lambda entry: order.index(entry.severity) if entry.severity else 0)
    return groups


def _all(found: Comparison) -> Iterator[Entry]:
    yield from _open(found)
    for finding in found.come:
        yield _of(finding, Group.COME, found.answer(finding), after=finding.stated)
    yield from (_silent(one) for one in found.silent)
    yield from (_row(line, Group.REMOVED) for line in found.removed)
    yield from (_row(line, Group.ADDED) for line in found.added)
    for finding in found.waived:
        why = None if finding.waived is None else acceptance(finding.waived)
        yield _of(finding, Group.WAIVED, found.answer(finding), after=finding.stated)._replace(verdict=why)
    yield from _fixed(found)


def _of(
    finding: Finding, group: Group, answer: Answer, *, before: str | None = None, after: str | None = None
) -> Entry:
    computed = finding.computed
    return Entry(group, finding.place, finding.label, finding, None, before, after, computed, answer)


def _open(found: Comparison) -> Iterator[Entry]:
    contested = {now.id for _, now in found.contested}
    for was, now in found.open:
        answer = found.answer(now, was)
        group = Group.CONTESTED if now.id in contested else Group.OPEN
        entry = _of(now, group, answer, before=was.stated, after=now.stated)
        verdict = _CONTESTED if now.id in contested else _TO_DECIDE.get(answer.status)
        if verdict is None and was.stated != now.stated:
            verdict = _CHANGED
        yield entry._replace(verdict=verdict, formerly=_other(was.place, now.place))


def _fixed(found: Comparison) -> Iterator[Entry]:
    revised = {one.before_place: one for one in (*found.asked, *found.following, *found.silent)}
    reasons = {(one.rule, one.place): one.reason for one in found.new.unjudged}
    gone = _Gone(found.removed)
    for finding in found.fixed:
        entry = _of(finding, Group.FIXED, found.answer(finding), before=finding.stated, after=finding.stated)
        now = found.places.get(finding.place)
        change = revised.get(finding.place)
        if now is None:
            yield entry._replace(after=None, verdict=_ROW_GONE, here=False) if gone.holds(finding.place) else entry
            continue
        reason = reasons.get((finding.rule, now))
        verdict = None if reason is None else _UNJUDGED.fill(reason=reason)
        if change is not None:
            entry = entry._replace(after=change.after)
            verdict = _BLANK if change.after is None else verdict
        yield entry._replace(place=now, formerly=_other(finding.place, now), verdict=verdict)


class _Gone:
    """The rows and tables that are no longer there."""

    def __init__(self, removed: Iterable[Line]) -> None:
        self._rows: set[tuple[str, int]] = set()
        for line in removed:
            area = parse_area(line.place.cell)
            self._rows |= {(line.place.sheet, row) for row in range(area.top, area.bottom + 1)}

    def holds(self, place: Place) -> bool:
        return (place.sheet, parse_area(place.cell).top) in self._rows


def _silent(one: Revised) -> Entry:
    formerly = _other(one.before_place, one.after_place)
    return Entry(
        Group.SILENT, one.after_place, one.label, formerly=formerly, before=one.before, after=one.after
    )


def _row(line: Line, group: Group) -> Entry:
    size = None if line.rows == 1 else _WHOLE.fill(n=line.rows)
    return Entry(group, line.place, same(line.label), verdict=size, here=group is Group.ADDED)


def _other(was: Place, now: Place) -> Place | None:
    return None if was == now else was
