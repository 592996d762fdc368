"""Many workbooks: each audited for itself, then those of one office held against one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from xlaudit.across import by_office, concerned
from xlaudit.batch.job import Job, Numbered, Sealed
from xlaudit.batch.kept import Kept
from xlaudit.batch.spool import Spool
from xlaudit.digest import Digest
from xlaudit.identity import UNKNOWN, Identity

if TYPE_CHECKING:
    from xlaudit.batch.together import Engine, Told


class Run:
    """One run: the jobs are given to the engine, the results put into the spool, whatever was kept taken from there."""

    def __init__(
        self, jobs: Sequence[Job], engine: Engine, spool: Spool, told: Told | None, kept: Kept | None
    ) -> None:
        self.jobs = jobs
        self.engine = engine
        self.told = told
        self.kept = kept
        self.spool = spool
        self.identities: list[Identity] = [UNKNOWN] * len(jobs)
        self.unsettled: set[int] = set()
        self.audited: set[int] = set()
        self.done = 0
        self.all = len(jobs)

    def all_jobs(self) -> None:
        """Afterwards the spool holds the result of every job."""
        self._audit(self._not_kept())
        again = list(self._once_more())
        self.all += len(again)
        self._audit(iter(again))
        if self.kept is not None:
            self.kept.taken = len(self.jobs) - len(self.audited)
            self.kept.tidy()

    def _audit(self, jobs: Iterator[Numbered]) -> None:
        under_way: dict[int, Job] = {}

        def noted() -> Iterator[Numbered]:
            for number, job in jobs:
                under_way[number] = job
                self.audited.add(number)
                yield number, job

        for number, answer in self.engine.completed(noted()):
            job = under_way.pop(number)
            self._put(number, answer)
            if self.kept is not None:
                self.kept.keep(number, job, answer.result(), answer.pickled)

    def _put(self, number: int, answer: Sealed) -> None:
        self.spool.put(number, answer)
        self.identities[number] = answer.identity
        self.done += 1
        if self.told is not None:
            self.told(self.done, self.all)

    def _not_kept(self) -> Iterator[Numbered]:
        """The jobs of which no result was kept; the others' are taken on the way.

        Where the annotated copy is not as it was written, the result still tells whose workbook it is and its figures.
        """
        for number, job in enumerate(self.jobs):
            found = None if self.kept is None else self.kept.find(number, job)
            if found is None:
                yield number, job
                continue
            if not found.settled:
                self.unsettled.add(number)
            self._put(number, found.sealed())

    def _once_more(self) -> Iterator[Numbered]:
        """Workbooks that disagree with earlier ones of their office: to be audited once more, knowing these.

        Only the workbook for the later period is audited again, so most are not; no order of the jobs changes anything.
        With them those whose annotated copy has to be written anew.
        """
        for number, others in self._disagreeing():
            job = replace(self.jobs[number], others=others)
            found = None if self.kept is None else self.kept.find(number, job)
            self.unsettled.discard(number)
            if found is not None and found.settled:
                self.spool.put(number, found.sealed())
            else:
                yield number, job
        yield from ((number, self.jobs[number]) for number in sorted(self.unsettled))

    def _disagreeing(self) -> Iterator[tuple[int, tuple[Digest, ...]]]:
        for places in by_office(self.identities):
            digests = [self.spool[place].outcome.digest for place in places]
            for place, digest in zip(places, digests, strict=True):
                others = concerned(digest, digests)
                if others:
                    yield place, others
