"""How well an audit finds, places and mends slips of the hand in otherwise consistent workbooks.

    python benchmarks/accuracy [--count 40] [--seed 1] [--class WORDS] [--jobs 1] [--show]
    python benchmarks/accuracy --case "digits swapped/17/60" [--keep FILE.xlsx]

See docs/benchmarks.md for the method and the columns.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from documents import write
from printing import print_table, share

from accuracy.classes import CLASSES, ONE, SEVERAL, SILENT, VALUES, workbook
from accuracy.judging import Run
from accuracy.one import case, runs

HEADER = (
    "", "runs", "detected", "one cell", "located", "repaired", "several", "first", "listed", "silent", "alarms", "ms",
)  # fmt: skip


def row(title: str, found: Iterable[Run]) -> list[object]:
    """One line of a table. Shares are of those slips that could be detected, placed and mended at all."""
    every = list(found)
    broken = [run for run in every if run.group != SILENT]
    one = [run for run in broken if run.group in (ONE, VALUES)]
    settled = [run for run in broken if run.group == ONE]
    several = [run for run in broken if run.group == SEVERAL]
    quiet = [run for run in every if run.group == SILENT]
    return [
        title,
        len(broken),
        share(sum(run.detected for run in broken), len(broken)),
        len(one),
        share(sum(run.located for run in one), len(one)),
        share(sum(run.repaired for run in settled), len(settled)),
        len(several),
        share(sum(run.located for run in several), len(several)),
        share(sum(run.listed for run in several), len(several)),
        len(quiet),
        "/".join(str(sum(bool(run.alarms) for run in group)) for group in (one, several, quiet)),
        f"{1000 * sum(run.seconds for run in every) / max(len(every), 1):.0f}",
    ]


def _task(given: tuple[str, int, int]) -> list[Run]:
    return list(runs(*given))


def collect(names: list[str], count: int, seed: int, jobs: int) -> list[Run]:
    """The records of so many runs of each class."""
    tasks = [(name, number, seed) for name in names for number in range(count)]
    if jobs == 1:
        return [run for task in tasks for run in _task(task)]
    with ProcessPoolExecutor(jobs) as pool:
        return [run for found in pool.map(_task, tasks, chunksize=4) for run in found]


def tables(found: list[Run]) -> None:
    """By class, by kind of cell, by table, by size."""
    by: tuple[tuple[str, Callable[[Run], str]], ...] = (
        ("class", lambda run: run.name),
        ("cell", lambda run: run.sort),
        ("typed or formula", lambda run: "formula" if run.formula else "typed"),
        ("tables", lambda run: run.tables),
        ("rows", lambda run: next(text for most, text in _ROWS if run.rows < most)),
    )
    wrong = [run for run in found if not CLASSES[run.name].quiet]
    for title, key in by:
        groups: dict[str, list[Run]] = {}
        for run in found if title == "class" else wrong:
            groups.setdefault(key(run), []).append(run)
        order = list(CLASSES) if title == "class" else sorted(groups)
        lines = [row(name, groups[name]) for name in order if name in groups]
        if title == "class":
            lines.append(row("all", wrong))
        print_table((title, *HEADER[1:]), lines)
        print()


_ROWS = ((40, "1 below 40"), (200, "2 40 to 199"), (1_000, "3 200 to 999"), (10**9, "4 from 1000"))


def missed(run: Run) -> bool:
    """Whether an audit fell short of what could be known."""
    short = run.group != SILENT and not run.detected
    lost = run.group in (ONE, VALUES) and not run.located
    return short or lost or (run.group == ONE and run.located and not run.repaired) or bool(run.alarms)


def main() -> int:
    parser = argparse.ArgumentParser(description="Accuracy of audits on random workbooks with known slips.")
    parser.add_argument("--count", type=int, default=40, help="runs per class")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--class", dest="only", default="", help="only the classes whose name contains this")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="name every slip that was not found, placed or mended")
    parser.add_argument("--case", help="one workbook by its name, with all that is said of it")
    parser.add_argument("--keep", type=Path, help="with --case: write the workbook here")
    given = parser.parse_args()
    if given.case:
        return _show_case(given.case, given.keep)
    found = collect([name for name in CLASSES if given.only in name], given.count, given.seed, given.jobs)
    tables(found)
    if given.show:
        for run in found:
            if missed(run):
                print(f'--case "{run.case}"  [{run.group}; {_fell_short(run)}]\n    {run.detail}')
    return 0


def _fell_short(run: Run) -> str:
    steps = (("not detected", run.detected), ("not located", run.located), ("not repaired", run.repaired))
    words = [word for word, fine in steps if not fine]
    return ", ".join([*words[:1], *(["false alarm"] if run.alarms else [])])


def _show_case(name: str, keep: Path | None) -> int:
    run = case(name)
    if run is None:
        print("That workbook offers no place for such a slip.")
        return 0
    print(f"{run.group}; {_fell_short(run) or 'found, placed and mended'}\n    {run.detail}")
    if keep is not None:
        title, seed, rows = name.rsplit("/", 2)
        found = workbook(title, int(seed), int(rows) or None)
        assert found is not None
        write(found[0], keep)
    return 0
