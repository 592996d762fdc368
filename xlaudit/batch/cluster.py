"""The same jobs on other machines, through a scheduler of Dask.

Each worker of Dask audits in processes of its own (``pool``), so that a workbook costs no more there than here: what
crashes, takes too long or too much memory is rejected in the same words, and Dask's worker goes on.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from multiprocessing.process import current_process
from pathlib import Path
from types import TracebackType
from typing import Any

from xlaudit import __version__
from xlaudit.batch.job import Answer, Bounds, Job, Numbered, Sealed, rejected
from xlaudit.batch.keys import code
from xlaudit.batch.pool import Workers
from xlaudit.batch.urls import is_remote
from xlaudit.errors import UserError
from xlaudit.texts import Text

_NOT_INSTALLED = Text("Other machines are reached by Dask: pip install 'xlaudit[cluster]'.")
_NO_SCHEDULER = Text(
    "The scheduler {address} cannot be reached ({why}). Start one with `dask scheduler`, and check address and network."
)
_NO_WORKERS = Text(
    "The scheduler {address} has no workers. Start some with `dask worker {address}`; finished audits are kept, so the "
    "same call goes on where it was."
)
_OTHER_VERSION = Text(
    "The worker {worker} has another xlaudit ({theirs}) than this machine ({ours}), so results could differ; install "
    "the same on all of them."
)
_NO_XLAUDIT = Text("The worker {worker} cannot load xlaudit ({why}); install xlaudit {ours} there.")
_WORKER_LOST = Text(
    "Machines were lost again and again while this workbook was audited on them ({why}). Audit it alone on this "
    "machine."
)
_PATIENCE = 60.0
"""Seconds without a single worker before a run is given up."""
_LOOK_EVERY = 5.0
_AHEAD = 3
"""So many jobs per thread of the cluster are under way, so that none waits for the next."""


class Cluster:
    """A scheduler with its workers, for the time of the ``with`` statement.

    ``UserError`` where it cannot be reached, has no workers, or one of them has another xlaudit than this machine.
    """

    def __init__(self, address: str, bounds: Bounds) -> None:
        self._address = address
        self._bounds = bounds
        self._client: Any = None
        self._futures: dict[Any, Any] = {}
        """Those under way: Dask forgets what nobody holds."""

    def __enter__(self) -> Cluster:
        try:
            import distributed
        except ImportError as error:
            raise UserError("not_installed", _NOT_INSTALLED) from error
        connect: Any = distributed.Client
        try:
            self._client = connect(self._address, timeout=10, set_as_default=False)
        except Exception as error:
            raise UserError("no_scheduler", self._said(_NO_SCHEDULER, why=_words(error))) from error
        try:
            self._check()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is under way on the workers ends by itself; nothing more is begun."""
        self._client.close()

    def completed(self, jobs: Iterator[Numbered]) -> Iterator[Answer]:
        """The answer to each job as soon as it is there, in whatever order."""
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        under_way: dict[Any, Numbered] = {}
        once_more: list[Numbered] = []
        alone = False
        following = next(jobs, None)
        try:
            while following is not None or under_way or once_more:
                while following is not None and len(under_way) < self._room():
                    under_way[self._submit(following[1], done)] = following
                    following = next(jobs, None)
                if not under_way:  # workers were lost at these, or beside these: none of them takes another along now
                    alone = True
                    numbered = once_more.pop()
                    under_way[self._submit(numbered[1], done)] = numbered
                future = self._next(done)
                number, job = under_way.pop(future.key)
                answer = self._answer(future, job, last=alone)
                if answer is None:
                    once_more.append((number, job))
                else:
                    yield number, answer
        finally:
            if self._futures:
                self._client.cancel(list(self._futures.values()))

    def _submit(self, job: Job, done: queue.SimpleQueue[Any]) -> Any:
        """The key of the job's future, which comes into ``done`` when it is there."""
        future = self._client.submit(audit_there, everywhere(job), self._bounds, code(), pure=False)
        self._futures[future.key] = future
        future.add_done_callback(done.put)
        return future.key

    def _next(self, done: queue.SimpleQueue[Any]) -> Any:
        waited = 0.0
        while True:
            try:
                return done.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                waited = 0.0 if self._threads() else waited + _LOOK_EVERY
                if waited >= _PATIENCE:
                    raise UserError("no_workers", self._said(_NO_WORKERS)) from None

    def _answer(self, future: Any, job: Job, last: bool) -> Sealed | None:
        """None where it is to be tried once more.

        ``UserError`` where the scheduler is gone, or a worker that came later has another xlaudit.
        """
        from distributed import KilledWorker

        self._futures.pop(future.key, None)
        try:
            answer: Sealed | _Other = future.result()
        except KilledWorker as error:
            if not last:
                return None
            return Sealed.of(rejected(job, "crashed", _WORKER_LOST.fill(why=_words(error)[:80])))
        except Exception as error:
            if future.cancelled() or future.status in ("lost", "cancelled"):
                raise UserError("no_scheduler", self._said(_NO_SCHEDULER, why=_words(error))) from error
            raise
        if isinstance(answer, _Other):
            raise UserError("other_version", self._other(answer.worker, answer.version, answer.fingerprint))
        return answer

    def _check(self) -> None:
        if not self._threads():
            try:
                self._client.wait_for_workers(1, timeout=10)
            except Exception as error:
                raise UserError("no_workers", self._said(_NO_WORKERS)) from error
        for worker, said in self._client.run(_tell, on_error="return").items():
            if isinstance(said, BaseException):
                raise UserError("other_version", _NO_XLAUDIT.fill(worker=worker, why=_words(said), ours=__version__))
            version, fingerprint = said
            if fingerprint != code():
                raise UserError("other_version", self._other(worker, version, fingerprint))

    def _other(self, worker: str, version: str, fingerprint: str) -> Text:
        theirs, ours = f"{version}, {fingerprint[:8]}", f"{__version__}, {code()[:8]}"
        return _OTHER_VERSION.fill(worker=worker, theirs=theirs, ours=ours)

    def _threads(self) -> int:
        return sum(self._client.nthreads().values())

    def _room(self) -> int:
        return max(1, self._threads()) * _AHEAD

    def _said(self, text: Text, **facts: object) -> Text:
        return text.fill(address=self._address, **facts)


class _Other:
    """The answer of a worker with another xlaudit."""

    def __init__(self, worker: str) -> None:
        self.worker, self.version, self.fingerprint = worker, __version__, code()


def everywhere(job: Job) -> Job:
    """The job with paths that mean the same in every folder; reports still call its files as they were named."""

    def whole(path: Path) -> Path:
        return path if is_remote(path) else Path(os.path.abspath(path))

    target = None if job.target is None else whole(job.target)
    return replace(job, path=whole(job.path), target=target, name=job.shown, target_name=job.shown_target)


def audit_there(job: Job, bounds: Bounds, fingerprint: str) -> Sealed | _Other:
    """Runs on a worker of Dask, in one of its threads."""
    from distributed import get_worker

    if code() != fingerprint:
        return _Other(get_worker().address)
    [(_, answer)] = _own_process(bounds).completed(iter([(0, job)]))
    return answer


def _tell() -> tuple[str, str]:
    return __version__, code()


_ours = threading.local()


@lru_cache(maxsize=1)
def _let_processes_have_children() -> None:
    """Dask runs its workers as daemonic processes, which may have no children by default; ours end with them."""
    config: dict[str, object] = getattr(current_process(), "_config", {})
    config["daemon"] = False


def _own_process(bounds: Bounds) -> Workers:
    """The process of this thread; it stays warm from one workbook to the next."""
    _let_processes_have_children()
    held: tuple[Bounds, Workers] | None = getattr(_ours, "held", None)
    if held is None or held[0] != bounds:
        if held is not None:
            held[1].__exit__(None, None, None)
        held = _ours.held = (bounds, Workers(1, bounds, fork=False))
    return held[1]


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
