"""How many workbooks are audited at once and what each may take: the options, and the bar that shows how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from xlaudit.cli.bilingual import option
from xlaudit.cli.session import Session
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.batch.together import Told

_JOBS = Text("How many workbooks to audit at once.")
_TIMEOUT = Text("Seconds after which the audit of a workbook is stopped, where several are audited.")
_MEMORY = Text("MiB of memory that the audit of a workbook may take, where several are audited (on Linux).")
_BUSY = Text("Auditing")
_RATE = Text("{rate} workbooks per second")


@dataclass(frozen=True, slots=True)
class Running:
    """How workbooks are audited."""

    jobs: int = 1
    timeout: int = 300
    memory: int = 2048


def running_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options, given to the command as one argument ``running``."""

    @wraps(function)
    def collected(*args: Any, jobs: int, timeout: int, memory: int, **rest: Any) -> Any:
        return function(*args, running=Running(jobs, timeout, memory), **rest)

    plain = Running()
    for add in (
        option("--memory", type=click.IntRange(min=256), default=plain.memory, metavar="MIB", text=_MEMORY),
        option("--timeout", type=click.IntRange(min=1), default=plain.timeout, metavar="SECONDS", text=_TIMEOUT),
        option("--jobs", type=click.IntRange(min=1), default=plain.jobs, metavar="N", text=_JOBS),
    ):
        collected = add(collected)
    return collected


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
