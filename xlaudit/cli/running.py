"""How many workbooks are audited at once and what each may take: the options, and the bar that shows how far it is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from xlaudit.cli.bilingual import option
from xlaudit.cli.session import Session
from xlaudit.errors import BadUsage
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.batch.kept import Kept
    from xlaudit.batch.together import Engine, Told

_JOBS = Text("How many workbooks to audit at once.")
_TIMEOUT = Text("Seconds after which the audit of a workbook is stopped, where several are audited.")
_MEMORY = Text("MiB of memory that the audit of a workbook may take, where several are audited (on Linux).")
_FRESH = Text("Audit all workbooks anew, also those whose audit was finished in an earlier run.")
_ENGINE = Text("Where to audit: in processes of this machine, or on the workers of a Dask scheduler.")
_SCHEDULER = Text("The scheduler of --engine dask, such as tcp://10.0.0.5:8786.")
_BOTH = Text("--engine dask needs --scheduler ADDRESS, and --scheduler needs --engine dask.")
_TAKEN = plural(
    "{n} of {all} workbooks was audited in an earlier run and has not changed since; --fresh audits it anew.",
    "{n} of {all} workbooks were audited in an earlier run and have not changed since; --fresh audits them anew.",
)
_BUSY = Text("Auditing")
_RATE = Text("{rate} workbooks per second")


class Running(NamedTuple):
    """How workbooks are audited."""

    jobs: int = 1
    timeout: int = 300
    memory: int = 2048
    fresh: bool = False
    engine: str = "local"
    scheduler: str = ""


def running_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options, given to the command as one argument ``running``."""

    @wraps(function)
    def collected(
        *args: Any, jobs: int, timeout: int, memory: int, fresh: bool, engine: str, scheduler: str, **rest: Any
    ) -> Any:
        if (engine == "dask") != bool(scheduler):
            raise BadUsage("no_scheduler", _BOTH)
        return function(*args, running=Running(jobs, timeout, memory, fresh, engine, scheduler), **rest)

    plain = Running()
    for add in (
        option("--scheduler", default="", metavar="ADDRESS", text=_SCHEDULER),
        option("--engine", type=click.Choice(["local", "dask"]), default=plain.engine, text=_ENGINE),
        option("--fresh", is_flag=True, text=_FRESH),
        option("--memory", type=click.IntRange(min=256), default=plain.memory, metavar="MIB", text=_MEMORY),
        option("--timeout", type=click.IntRange(min=1), default=plain.timeout, metavar="SECONDS", text=_TIMEOUT),
        option("--jobs", type=click.IntRange(min=1), default=plain.jobs, metavar="N", text=_JOBS),
    ):
        collected = add(collected)
    return collected


def engine_of(running: Running) -> AbstractContextManager[Engine]:
    """What audits; nothing is started before its ``with`` statement."""
    from xlaudit.batch.job import Bounds

    bounds = Bounds(running.timeout, running.memory)
    if running.engine == "dask":
        from xlaudit.batch.cluster import Cluster

        return Cluster(running.scheduler, bounds)
    from xlaudit.batch.pool import Workers

    return Workers(running.jobs, bounds)


def to_place(_context: click.Context, _option: click.Parameter, value: str | None) -> Path | None:
    """For an option whose value is a path or a URL."""
    from xlaudit.batch.urls import path_of

    return None if value is None else path_of(value)


@contextmanager
def progress(total: int, session: Session) -> Iterator[Told | None]:
    """A bar with rate and remaining time while several workbooks are audited; None where stderr is no terminal."""
    if total < 2 or not sys.stderr.isatty():
        yield None
        return
    begin = time.monotonic()
    bar: Any = click.progressbar(
        length=total, label=session.text(_BUSY), file=sys.stderr, show_pos=True, item_show_func=lambda rate: rate
    )

    def told(done: int, of: int) -> None:
        bar.length = of
        rate = done / max(time.monotonic() - begin, 0.001)
        bar.update(done - bar.pos, session.text(_RATE.fill(rate=f"{rate:.1f}")))

    with bar:
        yield told


def kept_results(total: int, running: Running) -> Kept | None:
    """Where finished audits are kept; nowhere for a workbook alone, which is audited as fast as it is looked up."""
    if total < 2:
        return None
    from xlaudit.batch.kept import Kept, folder_of

    folder = folder_of(os.environ.get("XLAUDIT_CACHE"))
    return None if folder is None else Kept(folder, running.fresh)


def tell_kept(kept: Kept | None, total: int, session: Session) -> None:
    """How many audits were taken from an earlier run, and why none could be kept."""
    if kept is not None and kept.taken:
        session.warn(_TAKEN.fill(n=kept.taken, all=total))
    if kept is not None and kept.trouble is not None:
        session.warn(kept.trouble)
