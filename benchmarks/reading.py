"""How long reading takes beside openpyxl loading the same workbook.

    python benchmarks/reading.py [--rows 100000] [--pairs 3]

In one process, in turn: openpyxl's ``load_workbook``, our ``read_workbook`` (every cell with address, formula and
format) and ``read_book`` (tables and their figures as well). Processor seconds, medians; ``ratio`` is against openpyxl.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import openpyxl
from printing import print_table
from workbooks import write_budget

from xlaudit.reading.book import read_book
from xlaudit.reading.grid import read_workbook

WAYS: dict[str, Callable[[Path], object]] = {
    "openpyxl.load_workbook": openpyxl.load_workbook,
    "read_workbook": read_workbook,
    "read_book": read_book,
}


def seconds(way: Callable[[Path], object], path: Path) -> float:
    """Processor seconds of one reading; what was read is let go at once."""
    start = time.process_time()
    way(path)
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description="Times reading against openpyxl.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "budget.xlsx"
        write_budget(path, given.rows)
        taken = [{name: seconds(way, path) for name, way in WAYS.items()} for _ in range(given.pairs)]
    yardstick = [one["openpyxl.load_workbook"] for one in taken]
    lines = []
    for name in WAYS:
        ratio = median(one[name] / theirs for one, theirs in zip(taken, yardstick, strict=True))
        lines.append([name, f"{median(one[name] for one in taken):.2f} s", f"{ratio:.2f}"])
    print_table(("what", "time", "ratio"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
