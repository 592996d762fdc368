"""The inside of a worker process: audits the jobs that come through its pipe until it is worn or nobody is there."""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from xlaudit.batch.job import Job, Result, Sealed, run, without_memory
from xlaudit.errors import OUT_OF_MEMORY
from xlaudit.limits import MIB
from xlaudit.outputs import mark_temporaries, sweep

GOES_ON = b"+"
WORN = b"-"
"""First byte of an answer: whether the process takes another job or has just ended itself."""

_MOST_JOBS = 1000
_MOST_MIB = 512
"""A process that has done so many jobs, or holds so much between two of them, is replaced: leaks stay bounded."""
_RESIDENT, _DATA = 1, 5
"""Columns of ``/proc/self/statm``."""
_CYCLES = 50_000
"""So many more objects than went again before Python searches for those that refer to each other in circles. An audit
leaves none; a rule of another package may."""
_EVERY = 1.0
"""Seconds between two looks at whether the parent is still alive."""


def work(pipe: Connection, unneeded: Iterable[Connection], mark: str, memory: int) -> None:
    """Takes jobs from ``pipe`` and answers each with ``GOES_ON`` or ``WORN`` and the sealed result, pickled.

    ``unneeded`` are ends of pipes that a forked process has inherited; ``memory`` is its bound in MiB, where the
    system knows one; ``mark`` names its temporary files.
    """
    for other in unneeded:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()  # whoever audits is told in one sentence
    mark_temporaries(mark)
    _keep_quiet()
    _bound(memory)
    _Watch(mark).start()
    gc.freeze()
    gc.set_threshold(_CYCLES)
    for done in range(1, _MOST_JOBS + 1):
        try:
            job: Job = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        _Watch.folder = None if job.target is None else job.target.parent
        answer, short = _answer(job)
        worn = short or done == _MOST_JOBS or _mib(_RESIDENT) > _MOST_MIB
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send_bytes((WORN if worn else GOES_ON) + answer)
        del job, answer
        if worn:
            return


def _answer(job: Job) -> tuple[bytes, bool]:
    """The sealed result, pickled, and whether memory ran short on the way."""
    try:
        result = run(job)
        failure = result.outcome.failure
        return _packed(result), failure is not None and failure.code == OUT_OF_MEMORY
    except MemoryError:
        gc.collect()
        return _packed(without_memory(job)), True


def _packed(result: Result) -> bytes:
    return pickle.dumps(Sealed.of(result), pickle.HIGHEST_PROTOCOL)


class _Watch(threading.Thread):
    """Ends the process, with what it was writing, when the parent is gone: nobody will read its answer."""

    folder: Path | None = None

    def __init__(self, mark: str) -> None:
        super().__init__(daemon=True)
        self.mark = mark

    def run(self) -> None:
        parent = parent_process()
        if parent is None:
            return
        before = os.getppid()
        while os.getppid() == before and not wait([parent.sentinel], _EVERY):
            pass
        if self.folder is not None:
            sweep(self.folder, self.mark)
        os._exit(1)


def _keep_quiet() -> None:
    """What a library or a rule of another package prints must not end up in a report on stdout."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.close(nothing)


def _bound(memory: int) -> None:
    """No more than so many MiB beside what it has now, and no core dumps.

    Only Linux heeds the first, Windows has neither. What it has now is its parent's, where it was forked: a bound below
    that would leave it without the memory for a thread, and it would wait for one for ever.
    """
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_DATA, (_mib(_DATA) + memory) * MIB), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, hard))


def _mib(column: int) -> int:
    """MiB of this process, as a column of ``/proc/self/statm`` counts them; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[column])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // MIB
