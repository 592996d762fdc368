"""What a review page shows, put in order: sheets, their tables, causes with what follows from them, each numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xlaudit.findings import SEVERITY_ORDER, Diagnosis, Finding, Place, Severity
from xlaudit.outcome import Outcome, TableSummary
from xlaudit.reports.grouping import Explained, Group, groups

CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its number on the page, such as 3; ``anchor`` is where links go."""

    finding: Finding
    number: int

    @property
    def anchor(self) -> str:
        return f"f{self.number}"


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with its number and the findings that go with it, worst first."""

    diagnosis: Diagnosis
    number: int
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        return f"d{self.number}"

    @property
    def worst(self) -> Severity:
        """The severity of the worst finding that it explains."""
        severities = (item.finding.severity for item in self.items)
        return min(severities, key=SEVERITY_ORDER.__getitem__, default=Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Block:
    """What was found in one table; in none of them where ``table`` is None."""

    table: TableSummary | None
    causes: tuple[Cause, ...]
    items: tuple[Item, ...]

    def every(self) -> Iterator[Item]:
        for cause in self.causes:
            yield from cause.items
        yield from self.items


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet with its tables. ``number`` counts the parts of a page; ``sheet`` is empty for what has no sheet."""

    sheet: str
    number: int
    blocks: tuple[Block, ...]

    def counts(self) -> Counter[Severity]:
        return Counter(item.finding.severity for block in self.blocks for item in block.every())


@dataclass(frozen=True, slots=True)
class Review:
    """A workbook's findings in the order of its page, and by cell what is said of it."""

    parts: tuple[Part, ...]
    at: dict[Place, list[Item]] = field(default_factory=dict)
    repaired: dict[Place, list[Cause]] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        for part in self.parts:
            for block in part.blocks:
                yield from block.every()

    def causes(self) -> Iterator[Cause]:
        for part in self.parts:
            for block in part.blocks:
                yield from block.causes


def review(outcome: Outcome, sheets: Sequence[str]) -> Review:
    """The findings of a workbook by sheet, in the order of ``sheets``; others come last.

    Within a sheet tables stand in their order, causes first, worst first. Every finding has its place once.
    """
    order = {table.id: place for place, table in enumerate(outcome.tables)}
    last = len(order)
    known = sorted(groups(outcome), key=lambda group: last if group.table is None else order.get(group.table.id, last))
    by_sheet: dict[str, list[Group]] = {sheet: [] for sheet in sheets}
    for group in known:
        for sheet, part in _by_sheet(group):
            by_sheet.setdefault(sheet, []).append(part)
    numbers = _Numbers()
    parts = tuple(
        Part(sheet, number, tuple(numbers.block(group) for group in held))
        for number, (sheet, held) in enumerate(by_sheet.items(), start=1)
    )
    made = Review(parts)
    for item in made.items():
        made.at.setdefault(item.finding.place, []).append(item)
    for cause in made.causes():
        for repair in cause.diagnosis.repairs:
            made.repaired.setdefault(repair.place, []).append(cause)
    return made


def _by_sheet(group: Group) -> Iterable[tuple[str, Group]]:
    """A table's group stands on its sheet; what belongs to no table is parted by sheet."""
    if group.table is not None:
        return [(group.table.sheet, group)]
    parts: dict[str, tuple[list[Explained], list[Finding]]] = {}
    for one in group.diagnoses:
        parts.setdefault(_home(one), ([], []))[0].append(one)
    for finding in group.findings:
        parts.setdefault(finding.place.sheet, ([], []))[1].append(finding)
    return [(sheet, Group(None, tuple(causes), tuple(loose))) for sheet, (causes, loose) in parts.items()]


def _home(one: Explained) -> str:
    if one.findings:
        return one.findings[0].place.sheet
    return one.diagnosis.repairs[0].place.sheet if one.diagnosis.repairs else ""


class _Numbers:
    """Gives findings and causes their numbers, in the order of the page."""

    def __init__(self) -> None:
        self.findings = 0
        self.causes = 0

    def block(self, group: Group) -> Block:
        causes = tuple(self.cause(one) for one in group.diagnoses)
        return Block(group.table, causes, tuple(map(self.item, group.findings)))

    def cause(self, one: Explained) -> Cause:
        self.causes += 1
        number = self.causes
        return Cause(one.diagnosis, number, tuple(map(self.item, one.findings)))

    def item(self, finding: Finding) -> Item:
        self.findings += 1
        return Item(finding, self.findings)
