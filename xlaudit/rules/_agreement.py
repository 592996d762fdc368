"""One figure printed in several tables: which print is the odd one out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlaudit.crosswalk import Mention, Subject, agree


@dataclass(frozen=True, slots=True)
class Odd:
    """A mention that disagrees, those that agree among themselves against it, and whether they outvote it."""

    mention: Mention
    against: tuple[Mention, ...]
    outvoted: bool


def odd_ones(subject: Subject) -> Iterator[Odd]:
    """The mentions that disagree with most; where it stands one against one, the later one of the workbook."""
    voters = [m for m in subject.mentions if not m.baseline]
    camps = _camps(sorted(voters, key=lambda m: m.order))
    if not camps:
        return
    most = max(len(_tables(camp)) for camp in camps)
    leading = next(camp for camp in camps if len(_tables(camp)) == most)
    for mention in subject.mentions:
        against = tuple(m for m in leading if not agree(m.term, mention.term) and m.term.table is not mention.term.table)
        if against and mention not in leading and len(against) == len(leading):
            own = next((camp for camp in camps if mention in camp), [mention])
            yield Odd(mention, against, outvoted=most >= 2 and len(_tables(own)) == 1)


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
