"""One run over many workbooks: each audited for itself, then those of one office held against one another."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from xlaudit.across import by_office, concerned
from xlaudit.batch.job import Job, Result, run
from xlaudit.batch.pool import Answer, Numbered
from xlaudit.batch.spool import Spool
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.outcome import Outcome


class Engine(Protocol):
    """Audits jobs somewhere: in processes of this machine, or on others."""

    def completed(self, jobs: Iterator[Numbered]) -> Iterator[Answer]:
        """The answer to each job as soon as it is there, in whatever order."""


Told = Callable[[int, int], None]
"""Is called with how many workbooks are done, and how many there are to do."""


def audit_all(
    jobs: Sequence[Job],
    engine: Callable[[], AbstractContextManager[Engine]],
    told: Told | None = None,
    refused: Sequence[Outcome] = (),
) -> Sequence[Result]:
    """The results in the order of the jobs, whatever the engine, and then those ``refused``.

    One workbook alone is audited in this process.

    ``UserError`` where no process can be started or the interim results find no room.
    """
    if len(jobs) < 2:
        return [*map(run, jobs), *map(Result, refused)]
    spool = Spool(len(jobs) + len(refused))
    for number, outcome in enumerate(refused, start=len(jobs)):
        spool.put(number, pickle.dumps(Result(outcome)))
    with engine() as running:
        _Run(jobs, running, spool, told).all_jobs()
    return spool


class _Run:
    def __init__(self, jobs: Sequence[Job], engine: Engine, spool: Spool, told: Told | None) -> None:
        self.jobs = jobs
        self.engine = engine
        self.told = told
        self.spool = spool
        self.identities: list[Identity] = [UNKNOWN] * len(jobs)
        self.done = 0
        self.all = len(jobs)

    def all_jobs(self) -> None:
        self._audit(list(enumerate(self.jobs)))
        again = list(self._held_against_each_other())
        self.all += len(again)
        self._audit(again)

    def _audit(self, jobs: Sequence[Numbered]) -> None:
        for number, answer in self.engine.completed(iter(jobs)):
            result: Result = pickle.loads(answer)
            self.spool.put(number, answer)
            if result.outcome.failure is None:
                self.identities[number] = result.outcome.digest.identity
            self.done += 1
            if self.told is not None:
                self.told(self.done, self.all)

    def _held_against_each_other(self) -> Iterator[Numbered]:
        """Workbooks that disagree with earlier ones of their office: to be audited once more, knowing these.

        Only the workbook for the later period is audited again, so most are not; no order of the jobs changes anything.
        """
        for places in by_office(self.identities):
            digests = [self.spool[place].outcome.digest for place in places]
            for place, digest in zip(places, digests, strict=True):
                others = concerned(digest, digests)
                if others:
                    yield place, replace(self.jobs[place], others=others)
