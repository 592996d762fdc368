"""How long an audit with its annotated copy takes, and how much memory, beside openpyxl writing a single comment.

    python benchmarks/speed [--pairs 5] [--sizes 60,1000,10000,100000] [--many 1000] [--no-floor]

Whole processes are timed, start to end, in turn: an audit, openpyxl's load-and-save, the floor (``yardsticks``), so
that a busy machine slows all. Figures are medians over the rounds; ratios are taken within a round, and the median of
those is told. ``cpu`` is processor time (user and system), which neighbours on the machine disturb least; ``wall`` is
the clock. ``many`` are small workbooks of about 60 rows in one process, on both sides: figures are per workbook, peaks
of the process. The shares of reading, rules, causes and copy are those of one audit in one process, without starting
Python.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from phases import CAUSES, COPY, PHASES, READING, RULES, phases
from printing import print_table
from workbooks import write_budget

from speed.processes import Taken, run

_Made = TypeVar("_Made")
_SIZES = (60, 1_000, 10_000, 100_000)
_SMALL = 60
_YARDSTICKS = Path(__file__).with_name("yardsticks.py")
_HEADER = (
    *("rows", "cpu", "openpyxl", "floor", "cpu ratio", "wall ratio", "of floor", "peak", "openpyxl"),
    *("reading", "rules", "causes", "copy"),
)


class Round(NamedTuple):
    """The three ways, one after the other; ``floor`` is None without calamine."""

    audit: Taken
    openpyxl: Taken
    floor: Taken | None


class Bench:
    """Workbooks and results in one folder, thrown away at the end."""

    def __init__(self, folder: Path, rounds: int, floor: bool) -> None:
        self.folder = folder
        self.rounds = rounds
        self.floor = floor
        self.cache = folder / "compiled"

    def compare(self, files: Sequence[Path], given: Sequence[Path]) -> list[Round]:
        """``files`` audited by naming ``given`` (them, or their folder); a first round only warms up the caches."""
        out = self.folder / "out"
        out.mkdir(exist_ok=True)
        rounds: list[Round] = []
        for number in range(self.rounds + 1):
            if number == 0 and len(files) > 1:
                continue  # so many warm themselves
            for file in files:
                (out / f"{file.stem}.audit.xlsx").unlink(missing_ok=True)
            audit = run(["-m", "xlaudit", "audit", *given, "--output", out], self.cache)
            missing = [file for file in files if not (out / f"{file.stem}.audit.xlsx").exists()]
            if missing:
                raise SystemExit(f"the audit wrote no annotated copy of {missing[0].name}")
            openpyxl = run([_YARDSTICKS, "openpyxl", out, *files], self.cache)
            floor = run([_YARDSTICKS, "floor", out, *files], self.cache) if self.floor else None
            rounds.append(Round(audit, openpyxl, floor))
        return rounds if len(files) > 1 else rounds[1:]

    def one(self, rows: int) -> tuple[list[object], float]:
        """The line of a single workbook, and the processor seconds of its audit."""
        file = self.folder / f"table{rows}.xlsx"
        _apart(write_budget, file, rows)
        rounds = self.compare([file], [file])
        taken = _apart(_shares, file, self.folder)
        shares = [f"{taken[phase] / sum(taken.values()):.0%}" for phase in (READING, RULES, CAUSES, COPY)]
        return [*line(f"{rows:,}", rounds, 1), *shares], median(one.audit.cpu for one in rounds)

    def many(self, count: int) -> list[object]:
        """The line of many small workbooks in one process."""
        folder = self.folder / f"small{count}"
        folder.mkdir()
        files = [folder / f"office{number:04}.xlsx" for number in range(count)]
        for number, file in enumerate(files):
            write_budget(file, _SMALL, seed=number + 1)
        return [*line(f"{count:,} x {_SMALL}", self.compare(files, [folder]), count), *"----"]

    def help(self) -> float:
        """Processor seconds of ``xlaudit --help``."""
        return median(run(["-m", "xlaudit", "--help"], self.cache).cpu for _ in range(self.rounds + 1))


def _apart(work: Callable[..., _Made], *given: object) -> _Made:
    """Done in a process of its own: on Linux, what is started from a large one begins with the peak of that."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(work, *given).result()


def _shares(file: Path, folder: Path) -> dict[str, float]:
    """Processor seconds by phase."""
    clock, _ = phases(file, folder)
    return {phase: clock.taken[phase] for phase in PHASES}


def line(name: str, rounds: Sequence[Round], count: int) -> list[object]:
    """Medians of times per workbook, ratios and peaks."""

    def seconds(way: Callable[[Round], Taken | None]) -> str:
        taken = [one.cpu for one in map(way, rounds) if one is not None]
        return f"{median(taken) / count:.3g} s" if taken else "-"

    floors = [one.audit.cpu / one.floor.cpu for one in rounds if one.floor is not None]
    return [
        name,
        seconds(lambda one: one.audit),
        seconds(lambda one: one.openpyxl),
        seconds(lambda one: one.floor),
        f"{median(one.audit.cpu / one.openpyxl.cpu for one in rounds):.2f}",
        f"{median(one.audit.wall / one.openpyxl.wall for one in rounds):.2f}",
        f"{median(floors):.1f}" if floors else "-",
        f"{median(one.audit.peak for one in rounds):.0f} MiB",
        f"{median(one.openpyxl.peak for one in rounds):.0f} MiB",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Times audits with annotation against openpyxl with one comment.")
    parser.add_argument("--pairs", type=int, default=5, help="rounds that are counted")
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)), help="rows of the single workbooks")
    parser.add_argument("--many", type=int, default=1_000, help="small workbooks in one process; 0 for none")
    parser.add_argument("--no-floor", action="store_true", help="leave the floor out")
    given = parser.parse_args()
    floor = not given.no_floor and find_spec("python_calamine") is not None
    if not floor and not given.no_floor:
        print("No floor: python-calamine is not installed.", file=sys.stderr)
    sizes = [int(size) for size in given.sizes.split(",") if size]
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given.pairs, floor)
        taken = {rows: bench.one(rows) for rows in sizes}
        lines = [told for told, _ in taken.values()]
        if given.many:
            lines += [bench.many(count) for count in (given.many // 10, given.many) if count]
        print_table(_HEADER, lines)
        print(f"xlaudit --help: {bench.help():.2f} s of the processor")
    for small, large in pairwise(sizes):
        print(f"{small:,} to {large:,} rows: {taken[large][1] / taken[small][1]:.1f} times the processor time")
    return 0
