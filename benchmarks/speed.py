"""How long an audit with annotation takes, and how much memory, beside openpyxl writing a single comment.

    python benchmarks/speed.py [--pairs 5] [--large]

Whole processes are timed, start to end, the two in turn so that a busy machine slows both. Figures are the
medians over the pairs: ``ratio`` is time by time. The yardstick loads the workbook with openpyxl, puts one
comment into it and saves it: what the simplest script that marks a cell has to do. With ``--large``
100,000 rows are audited once, for memory and growth only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from printing import print_table
from workbooks import write_budget

SIZES = (60, 1_000, 10_000)
LARGE = 100_000
_YARDSTICK = """
import sys
from openpyxl import load_workbook
from openpyxl.comments import Comment
book = load_workbook(sys.argv[1])
book.active["C4"].comment = Comment("periksa", "benchmark")
book.save(sys.argv[2])
"""


def run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak mebibytes of one process; memory is 0 where the system does not tell."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    complaint = process.stderr.read()
    memory = 0.0
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    else:
        process.wait()
    seconds = time.perf_counter() - start
    process.stderr.close()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:4]} ended with {process.returncode}: {complaint.decode(errors='replace')[-500:]}")
    return seconds, memory


def audit(file: Path, folder: Path) -> tuple[float, float]:
    """One audit with annotation; fails where no annotated copy comes out."""
    marked = folder / f"{file.stem}.audit.xlsx"
    marked.unlink(missing_ok=True)
    result = run([sys.executable, "-m", "xlaudit", "audit", str(file), "--output", str(folder)])
    if not marked.exists():
        raise SystemExit(f"the audit wrote no {marked.name}")
    return result


def yardstick(file: Path, folder: Path) -> tuple[float, float]:
    """openpyxl loads, puts in a comment, saves."""
    return run([sys.executable, "-c", _YARDSTICK, str(file), str(folder / "yardstick.xlsx")])


def compare(rows: int, pairs: int, folder: Path) -> list[object]:
    """One line of the table; the first pair only warms up the file cache."""
    file = folder / f"table{rows}.xlsx"
    write_budget(file, rows)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    results = [(audit(file, out), yardstick(file, out)) for _ in range(pairs + 1)][1:]
    ours, theirs = zip(*results, strict=True)
    ratio = median(a[0] / b[0] for a, b in results)
    return [
        f"{rows:,}",
        f"{median(t for t, _ in ours):.2f} s",
        f"{median(t for t, _ in theirs):.2f} s",
        f"{ratio:.2f}",
        f"{median(m for _, m in ours):.0f} MiB",
        f"{median(m for _, m in theirs):.0f} MiB",
    ]


def large(folder: Path) -> list[object]:
    """The large table, audited once."""
    file = folder / "large.xlsx"
    write_budget(file, LARGE)
    seconds, memory = audit(file, folder)
    return [f"{LARGE:,}", f"{seconds:.2f} s", "-", "-", f"{memory:.0f} MiB", "-"]


def main() -> int:
    parser = argparse.ArgumentParser(description="Times audits with annotation against openpyxl with one comment.")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also 100,000 rows, once")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [compare(rows, given.pairs, folder) for rows in SIZES]
        if given.large:
            lines.append(large(folder))
    print_table(("rows", "xlaudit", "openpyxl", "ratio", "xlaudit peak", "openpyxl peak"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
