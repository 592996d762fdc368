"""Which tables print the same figures: the sign that they speak of the same budget, or of the same targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from xlaudit.crosswalk import Mention, Subject, agree
from xlaudit.tables import Table


class PrintedAlike:
    """Tells of two tables whether they agree on figures. Only the pairs that are asked for are looked at."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._mentions: dict[str, dict[int, list[Mention]]] = {}
        for number, subject in enumerate(subjects):
            for mention in subject.mentions:
                self._mentions.setdefault(mention.term.table.id, {}).setdefault(number, []).append(mention)
        self._known: dict[frozenset[str], bool] = {}

    def twice(self, one: Table, two: Table) -> bool:
        """Whether two tables print at least two figures of the subjects alike."""
        pair = frozenset((one.id, two.id))
        if pair not in self._known:
            self._known[pair] = one.id != two.id and len(list(islice(self._figures(one, two), 2))) > 1
        return self._known[pair]

    def _figures(self, one: Table, two: Table) -> Iterator[None]:
        theirs = self._mentions.get(two.id, {})
        for subject, mentions in self._mentions.get(one.id, {}).items():
            for own in mentions:
                yield from (None for other in theirs.get(subject, ()) if agree(own.term, other.term))
