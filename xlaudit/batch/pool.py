"""Audits many workbooks, one after another or several at once, each apart from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from xlaudit.across import concerned
from xlaudit.batch.job import Job, Result, our_fault, run


def run_all(jobs: Sequence[Job], processes: int) -> Iterator[Result]:
    """The results in the order of the jobs, each as soon as it and those before it are done."""
    if processes <= 1 or len(jobs) <= 1:
        yield from map(run, jobs)
        return
    with ProcessPoolExecutor(max_workers=min(processes, len(jobs))) as pool:
        futures = [pool.submit(run, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            yield _result(job, future)


def held_against_each_other(jobs: Sequence[Job], results: Sequence[Result], processes: int) -> list[Result]:
    """The results, where workbooks of one office disagree those of a second audit that knows the earlier ones.

    Only the workbook for the later period is audited again, so most are not; no order of the jobs changes anything.
    """
    digests = [result.outcome.digest for result in results]
    again = {
        at: replace(job, others=others)
        for at, (job, result) in enumerate(zip(jobs, results, strict=True))
        if result.outcome.failure is None and (others := concerned(result.outcome.digest, digests))
    }
    done = dict(zip(again, run_all(list(again.values()), processes), strict=True))
    return [done.get(at, result) for at, result in enumerate(results)]


def _result(job: Job, future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        return _run_alone(job)


def _run_alone(job: Job) -> Result:
    """Run a job whose pool broke down, in a process of its own: only the culprit fails again."""
    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            return pool.submit(run, job).result()
        except BrokenProcessPool as error:
            return Result(our_fault(job, error))
