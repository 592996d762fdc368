"""One run over workbooks, few or many. Nothing that many need is loaded for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from xlaudit.batch.job import Answer, Job, Numbered, Result, Sealed, run
from xlaudit.outcome import Outcome

if TYPE_CHECKING:
    from xlaudit.batch.kept import Kept


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
    kept: Kept | None = None,
) -> Sequence[Result]:
    """The results in the order of the jobs, whatever the engine, and then those ``refused``.

    One workbook alone is audited in this process.

    ``UserError`` where no process can be started or the interim results find no room.
    """
    if len(jobs) < 2:
        return [*map(run, jobs), *map(Result, refused)]
    from xlaudit.batch.many import Run
    from xlaudit.batch.spool import Spool

    spool = Spool(len(jobs) + len(refused))
    for number, outcome in enumerate(refused, start=len(jobs)):
        spool.put(number, Sealed.of(Result(outcome)))
    with engine() as running:
        Run(jobs, running, spool, told, kept).all_jobs()
    return spool
