"""One figure printed in several tables: which print is the odd one out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlaudit.amounts import Interval
from xlaudit.constraints import parent_sum
from xlaudit.crosswalk import Mention, Subject, printed
from xlaudit.relations import Holds, Relation, holds
from xlaudit.tables import Measure


class Odd(NamedTuple):
    """A mention that disagrees, those that agree among themselves against it, and whether they outvote it.

    ``as_planned``: the odd figure is the one of a plan over several years, so it may merely be out of date.
    """

    mention: Mention
    against: tuple[Mention, ...]
    outvoted: bool
    as_planned: bool = False


_MOST_TOLD = 50
"""So many of those that a figure disagrees with are told; thousands of tables may print the same."""


def odd_ones(subject: Subject) -> Iterator[Odd]:
    """The mentions that disagree with most; where it stands one against one, the later one of the workbook."""
    ordered = sorted(_witnesses(subject.mentions), key=lambda m: m.order)
    planned = [m for m in ordered if m.planned or m.outdated]
    voters = [m for m in ordered if not m.baseline and not m.planned and not m.outdated]
    if not voters:
        return
    plan = [m for m in planned if not m.outdated]
    plans = _Others(plan)
    if any(m.final for m in voters):
        yield from (_against(m, plan, False) for m in voters if m.final and plans.contradict(m))
        return
    camps = _camps(voters)
    camp_of = {id(mention): camp for camp in camps for mention in camp}
    leading = _leading(camps)
    leaders, seconds = _Others(leading), _Others(planned)
    most = len(_tables(leading))
    revised = any(m.revised for m in leading)
    seconded = seconds.any_agrees(leading[0])
    for mention in ordered:
        if mention.planned or mention.outdated or camp_of.get(id(mention)) is leading:
            continue
        if leaders.contradict(mention) and not _of_two_units(mention, leading[0]):
            own = camp_of.get(id(mention), [mention])
            outvoted = (most >= 2 or seconded or revised) and len(_tables(own)) == 1
            yield _against(mention, leading, outvoted, plans.any_agrees(mention))
    if plan and len(camps) == 1 and len(_tables(leading)) == 1 and plans.contradict(leading[0]):
        yield _against(leading[0], plan, False)


class _Others:
    """Mentions to compare others with; thousands may print the same few values, each is compared with once."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        mentions = list(mentions)
        self._tables = _tables(mentions)
        self._values = dict.fromkeys(printed(mention.term) for mention in mentions)

    def any_agrees(self, mention: Mention) -> bool:
        """Whether one of them can be the same value."""
        own = printed(mention.term)
        return own in self._values or any(own.meets(value) for value in self._values)

    def contradict(self, mention: Mention) -> bool:
        """Whether there are any, all stand in other tables and none can be the same value."""
        if not self._tables or mention.term.table.id in self._tables:
            return False
        return not self.any_agrees(mention)


def _witnesses(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without those that only fetch another one: they would say the same thing twice."""
    mentions = list(mentions)
    own = _Others(mention for mention in mentions if not mention.looked_up)
    return [m for m in mentions if not m.looked_up or not own.any_agrees(m)]


def _of_two_units(one: Mention, two: Mention) -> bool:
    """Agreements of the same stage on two sheets are those of two units: each has its own share."""
    tables = (one.term.table, two.term.table)
    return tables[0].stage == tables[1].stage != "" and tables[0].sheet != tables[1].sheet


def _leading(camps: list[list[Mention]]) -> list[Mention]:
    """The camp that most tables are in.

    Among equals the one with the revised agreement, then one with an amount that its own table adds up, else the
    earliest.
    """

    def weight(camp: list[Mention]) -> tuple[int, bool, bool]:
        revised = any(mention.revised for mention in camp)
        return len(_tables(camp)), revised, any(_added_up(mention) for mention in camp)

    return max(camps, key=weight)


def _added_up(mention: Mention) -> bool:
    """Whether an amount was typed and is the sum of rows below it; a formula would follow any slip in them."""
    term = mention.term
    typed = term.figure.formula is None and term.column.measure is Measure.AMOUNT
    if not typed or term.row.index not in term.table.children:
        return False
    relation = parent_sum(term.table, term.column, term.row)
    return relation is not None and holds(relation) is Holds.YES


def _against(mention: Mention, others: list[Mention], outvoted: bool, as_planned: bool = False) -> Odd:
    return Odd(mention, tuple(others[:_MOST_TOLD]), outvoted, as_planned)


def _camps(mentions: list[Mention]) -> list[list[Mention]]:
    """Mentions that agree with one another, in the order of the workbook.

    What agrees with all of a camp has a value in common with all of them, for values are intervals (Helly's theorem
    on the line): it is compared with what the camp has in common, and a single value with its equal.
    """
    camps: list[list[Mention]] = []
    common: list[Interval] = []
    points: dict[Interval, int] = {}
    wide: list[int] = []
    for mention in mentions:
        value = printed(mention.term)
        candidates = [at for at in (wide if value.is_point else range(len(camps))) if common[at].meets(value)]
        if value in points:
            candidates.append(points[value])
        if candidates:
            at = min(candidates)
            camps[at].append(mention)
            common[at] = common[at].within(value)
            if common[at].is_point and at in wide:
                wide.remove(at)
        else:
            at = len(camps)
            camps.append([mention])
            common.append(value)
            if not value.is_point:
                wide.append(at)
        if common[at].is_point:
            points.setdefault(common[at], at)
    return camps


def _tables(mentions: Iterable[Mention]) -> set[str]:
    return {mention.term.table.id for mention in mentions}


INDICATOR, BUDGET = "XT101", "XT102"


def equalities(rule: str, subjects: Iterable[tuple[Subject, Iterable[Odd]]]) -> Iterator[Relation]:
    """Every print of a figure equals the leading print of it: those that do and those that do not."""
    for subject, disagreeing in subjects:
        odd = {id(one.mention): one.against[0] for one in disagreeing}
        first = next((m for m in subject.mentions if id(m) not in odd and not m.planned and not m.outdated), None)
        for mention in _witnesses(subject.mentions):
            other = odd.get(id(mention), first)
            if (
                other is not None
                and other is not mention
                and (id(mention) in odd or not (mention.planned or mention.outdated))
            ):
                yield Relation(rule, mention.term, (other.term,))
