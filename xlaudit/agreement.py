"""One figure printed in several tables: which print is the odd one out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlaudit.absorbed import copied
from xlaudit.constraints import parent_sum
from xlaudit.crosswalk import Mention, Subject, agree, budgets, indicators
from xlaudit.relations import Holds, Relation, holds
from xlaudit.tables import Measure, Table


@dataclass(frozen=True, slots=True)
class Odd:
    """A mention that disagrees, those that agree among themselves against it, and whether they outvote it.

    ``as_planned``: the odd figure is the one of a plan over several years, so it may merely be out of date.
    """

    mention: Mention
    against: tuple[Mention, ...]
    outvoted: bool
    as_planned: bool = False


def odd_ones(subject: Subject) -> Iterator[Odd]:
    """The mentions that disagree with most; where it stands one against one, the later one of the workbook."""
    ordered = sorted(_witnesses(subject.mentions), key=lambda m: m.order)
    planned = [m for m in ordered if m.planned or m.outdated]
    voters = [m for m in ordered if not m.baseline and not m.planned and not m.outdated]
    if not voters:
        return
    plan = [m for m in planned if not m.outdated]
    if any(m.final for m in voters):
        yield from (_against(m, plan, False) for m in voters if m.final and _disagrees(m, plan))
        return
    camps = _camps(voters)
    leading = _leading(camps)
    most = len(_tables(leading))
    for mention in ordered:
        if mention.planned or mention.outdated or mention in leading:
            continue
        if _disagrees(mention, leading) and not _of_two_units(mention, leading[0]):
            own = next((camp for camp in camps if mention in camp), [mention])
            seconded = any(agree(leading[0].term, m.term) for m in planned)
            revised = any(m.revised for m in leading)
            outvoted = (most >= 2 or seconded or revised) and len(_tables(own)) == 1
            yield _against(mention, leading, outvoted, any(agree(mention.term, p.term) for p in plan))
    if plan and len(camps) == 1 and len(_tables(leading)) == 1 and _disagrees(leading[0], plan):
        yield _against(leading[0], plan, False)


def _witnesses(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without those that only fetch another one: they would say the same thing twice."""
    mentions = list(mentions)
    own = [mention for mention in mentions if not mention.looked_up]
    return [m for m in mentions if not m.looked_up or not any(agree(m.term, other.term) for other in own)]


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


def _disagrees(mention: Mention, others: list[Mention]) -> bool:
    """Whether a mention disagrees with every one of the others, which stand in other tables."""
    return bool(others) and all(
        other.term.table is not mention.term.table and not agree(other.term, mention.term) for other in others
    )


def _against(mention: Mention, others: list[Mention], outvoted: bool, as_planned: bool = False) -> Odd:
    return Odd(mention, tuple(others), outvoted, as_planned)


def _camps(mentions: list[Mention]) -> list[list[Mention]]:
    """Mentions that agree with one another, in the order of the workbook."""
    camps: list[list[Mention]] = []
    for mention in mentions:
        camp = next((c for c in camps if all(agree(mention.term, other.term) for other in c)), None)
        if camp is None:
            camps.append([mention])
        else:
            camp.append(mention)
    return camps


def _tables(mentions: Iterable[Mention]) -> set[str]:
    return {mention.term.table.id for mention in mentions}


INDICATOR, BUDGET = "XT101", "XT102"


def equalities(tables: Iterable[Table]) -> Iterator[Relation]:
    """Every print of a figure equals the leading print of it: those that do and those that do not.

    A serapan that is printed without its amounts is those of its first source.
    """
    tables = list(tables)
    yield from (one.relations()[0] for one in copied(tables))
    for rule, subjects in ((INDICATOR, indicators(tables)), (BUDGET, budgets(tables))):
        for subject in subjects:
            odd = {id(one.mention): one.against[0] for one in odd_ones(subject)}
            first = next((m for m in subject.mentions if id(m) not in odd and not m.planned and not m.outdated), None)
            for mention in _witnesses(subject.mentions):
                other = odd.get(id(mention), first)
                if (
                    other is not None
                    and other is not mention
                    and (id(mention) in odd or not (mention.planned or mention.outdated))
                ):
                    yield Relation(rule, mention.term, (other.term,))
