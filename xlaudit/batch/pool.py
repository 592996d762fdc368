"""Warm processes that audit one workbook at a time each, so that none can take another along.

A process that dies, exceeds its time or runs out of memory costs the workbook that it was at, nothing else.
"""

from __future__ import annotations

import multiprocessing
import pickle
import secrets
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any

from xlaudit.batch.job import Answer, Bounds, Job, Numbered, Result, Sealed, rejected, without_memory
from xlaudit.batch.worker import GOES_ON, work
from xlaudit.errors import UserError, reason
from xlaudit.outputs import sweep
from xlaudit.texts import Text

_CRASHED = Text(
    "The program broke down at this workbook ({how}); the other workbooks were audited. Save it anew as .xlsx in "
    "Excel or LibreOffice and try again; if that does not help, please report it to the makers of xlaudit."
)
_TIMEOUT = Text(
    "The audit of this workbook was stopped after {seconds} seconds. Allow more with --timeout, or delete sheets "
    "and rows that are not needed."
)
_KILLED = Text(
    "The operating system ended the audit of this workbook, most likely because the machine's memory ran out. Close "
    "other programs, use fewer --jobs, or audit this workbook alone."
)
_CANNOT_START = Text("No further process can be started ({why}); close other programs or use fewer --jobs.")
_PRELOADED = ("xlaudit.audit", "xlaudit.annotate", "xlaudit.reports.marking")
"""Imported before processes are forked, so that none does it again."""
_GRACE = 2.0
_START = 60.0


class Workers:
    """So many processes, started when there is work for them, ended when the ``with`` statement is left."""

    def __init__(self, processes: int, bounds: Bounds, fork: bool = sys.platform.startswith("linux")) -> None:
        """``fork``: not where this process has threads, nor where the system's own libraries may not survive it."""
        self._most = processes
        self._bounds = bounds
        self._free: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._method: Any = multiprocessing.get_context("fork" if fork else "spawn")

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Processes that are at work are ended at once, and what they were writing is removed."""
        for worker in self._busy:
            worker.end()
        for worker in self._free:
            worker.pipe.close()
        for worker in self._free:
            worker.process.join(_GRACE)
            worker.end()
        self._busy, self._free = [], []

    def completed(self, jobs: Iterable[Numbered]) -> Iterator[Answer]:
        """The answer to each job as soon as it is there, in whatever order.

        ``UserError`` where the system lets not a single process be started.
        """
        waiting = iter(jobs)
        following = next(waiting, None)
        answers: list[Answer] = []
        while following is not None or self._busy:
            worker = self._available() if following is not None else None
            if following is None or worker is None:
                yield from answers  # now that all processes are at work again
                answers = list(self._answers())
                continue
            worker.take(*following, self._bounds.seconds)
            self._busy.append(worker)
            following = next(waiting, None)
        yield from answers

    def _available(self) -> _Worker | None:
        """A process without work, started if need be; None where others have to be waited for."""
        if len(self._busy) >= self._most:
            return None
        while self._free:
            worker = self._free.pop()
            if worker.process.is_alive():
                return worker
            worker.end()
        try:
            return self._started()
        except OSError as error:
            if self._busy:
                return None
            why = reason(error)
            raise UserError("cannot_start", _CANNOT_START.fill(why=why)) from error

    def _started(self) -> _Worker:
        for name in _PRELOADED:
            import_module(name)
        ours, theirs = self._method.Pipe()
        forked = self._method.get_start_method() == "fork"
        unneeded = [ours, *(one.pipe for one in (*self._busy, *self._free))] if forked else []
        mark = secrets.token_hex(6)
        process = self._method.Process(
            target=work, args=(theirs, unneeded, mark, self._bounds.memory), name="xlaudit", daemon=True
        )
        try:
            process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return _Worker(process, ours, mark, start=0.0 if forked else _START)

    def _answers(self) -> Iterator[Answer]:
        """Waits until at least one process is done with its job or is to be ended."""
        left = min(worker.deadline for worker in self._busy) - time.monotonic()
        ready = set(wait([one.pipe for one in self._busy] + [one.process.sentinel for one in self._busy], max(left, 0)))
        now = time.monotonic()
        for worker in list(self._busy):
            if not ready & {worker.pipe, worker.process.sentinel} and now < worker.deadline:
                continue
            self._busy.remove(worker)
            yield worker.number, self._answer(worker)

    def _answer(self, worker: _Worker) -> Sealed:
        try:
            if worker.pipe.poll():
                answer = worker.pipe.recv_bytes()
                if answer[:1] == GOES_ON:
                    self._free.append(worker)
                else:
                    worker.leave()
                sealed: Sealed = pickle.loads(memoryview(answer)[1:])
                return sealed
        except (EOFError, OSError):
            pass  # it died, perhaps amid its answer
        job = worker.job
        assert job is not None
        late = worker.process.is_alive() and time.monotonic() >= worker.deadline
        if not late:
            worker.process.join(_GRACE)
        code = worker.process.exitcode
        worker.end()
        if late:
            return Sealed.of(rejected(job, "timeout", _TIMEOUT.fill(seconds=self._bounds.seconds)))
        return Sealed.of(_died(job, code))


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    mark: str
    number: int = -1
    job: Job | None = None
    deadline: float = 0.0
    start: float = 0.0
    """Seconds that it may take to start before its first job begins."""

    def take(self, number: int, job: Job, seconds: int) -> None:
        """A process that is gone by now is noticed when its answer is waited for."""
        self.number, self.job = number, job
        self.deadline = time.monotonic() + self.start + seconds
        self.start = 0.0
        with suppress(OSError):
            self.pipe.send_bytes(pickle.dumps(job, pickle.HIGHEST_PROTOCOL))

    def leave(self) -> None:
        """For a process that ends by itself."""
        self.process.join(_GRACE)
        self.end()

    def end(self) -> None:
        """The process is gone after this, and what it was writing, too."""
        with suppress(OSError):
            self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()
        if self.job is not None and self.job.target is not None:
            sweep(self.job.target.parent, self.mark)


def _died(job: Job, code: int | None) -> Result:
    """``code``: the exit code, or less than 0 the signal that ended it."""
    if code == -getattr(signal, "SIGKILL", 9):
        return without_memory(job, _KILLED)
    if code is not None and code < 0:
        known = {one.value: one.name for one in signal.Signals}
        return rejected(job, "crashed", _CRASHED.fill(how=known.get(-code, str(code))))
    return rejected(job, "crashed", _CRASHED.fill(how=f"exit {code}"))
