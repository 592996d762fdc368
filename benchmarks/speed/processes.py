"""Whole processes, from start to end, and what they took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """Seconds on the clock, seconds of the processor (user and system), the largest resident size in MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str | Path], cache: Path) -> Taken:
    """Runs Python with ``command`` as its arguments; ends the benchmark where that fails.

    Compiled modules are kept in ``cache``, on either side: whoever installs a package has them compiled. Nothing else
    is kept or recorded of an audit, for it would be taken from there the next time.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(cache), "XLAUDIT_CACHE": "off", "XLAUDIT_LEDGER": "off"}
    whole = [sys.executable, *map(str, command)]
    start = time.perf_counter()
    process = subprocess.Popen(whole, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    process.stderr.close()
    if process.returncode not in (0, 1):  # 1: there are findings
        raise SystemExit(f"{whole[:4]} ended with {process.returncode}: {complaint.decode(errors='replace')[-500:]}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)
