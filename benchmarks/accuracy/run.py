"""How well an audit finds, places and mends slips of the hand in otherwise consistent workbooks.

    python benchmarks/accuracy [--count 40] [--pairs 100] [--consistent 300] [--seed 1] [--jobs 1] [--show]
    python benchmarks/accuracy --class "digit" --count 20 --show
    python benchmarks/accuracy --case "digits swapped/17/60" [--keep FILE.xlsx]

See docs/benchmarks.md for the method and the columns.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import answer_keys
from documents import write
from printing import print_table, share

from accuracy import cost, quiet, two
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


def _one(task: tuple[str, int, int]) -> list[Run]:
    return list(runs(*task))


def _two(task: tuple[str, int, int]) -> list[two.Two]:
    return list(two.runs(*task))


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
    parser.add_argument("--count", type=int, default=40, help="runs per class of slips")
    parser.add_argument("--pairs", type=int, default=100, help="workbooks with two slips, near and far each")
    parser.add_argument("--consistent", type=int, default=300, help="workbooks without any slip")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--class", dest="only", help="only classes whose name contains this, and nothing else")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="name every slip that was not found, placed or mended")
    parser.add_argument("--case", help="one workbook by its name, with all that is said of it")
    parser.add_argument("--keep", type=Path, help="with --case: write the workbook here")
    given = parser.parse_args()
    if given.case:
        return _show_case(given.case, given.keep)
    parts = [ONE_SLIP] if given.only is not None else given.parts

    def show(lines: Iterable[str]) -> None:
        print()
        if given.show:
            print(*lines, "", sep="\n")

    if KEYS in parts and given.only is None:
        answer_keys.main()
        print()
    with _mapper(given.jobs) as run_all:
        if ONE_SLIP in parts:
            names = [name for name in CLASSES if (given.only or "") in name]
            tasks = [(name, number, given.seed) for name in names for number in range(given.count)]
            found = [run for some in run_all(_one, tasks) for run in some]
            tables(found)
            show(_told(run.case, run.group, run) for run in found if missed(run))
        if TWO_SLIPS in parts:
            tasks = [(distance, number, given.seed) for distance in two.DISTANCES for number in range(given.pairs)]
            pairs = [one for some in run_all(_two, tasks) for one in some]
            print_table(PAIR_HEADER, [_pair_row(d, [p for p in pairs if p.case.startswith(d)]) for d in two.DISTANCES])
            show(_told(p.case, p.group, *p.runs) for p in pairs if not p.located or p.runs[0].alarms)
        if CONSISTENT in parts:
            seeds = [(number, given.seed) for number in range(given.consistent)]
            counts, alarms = zip(*run_all(quiet.audit_of, seeds), strict=True)
            said = sum(counts, Counter[str]())
            print_table(("without any slip", ""), [[name, said[name]] for name in quiet.COUNTED])
            show(line for lines in alarms for line in lines)
    if COST in parts:
        print_table(cost.HEADER, cost.lines(given.seed))
    return 0


PARTS = KEYS, ONE_SLIP, TWO_SLIPS, CONSISTENT, COST = ("keys", "one", "two", "consistent", "cost")
PAIR_HEADER = ("two slips", "runs", "detected", "can tell", "located", "repaired", "cannot", "located", "alarms", "ms")


def _pair_row(title: str, found: list[two.Two]) -> list[object]:
    """One line of the table of workbooks with two slips: both are asked for."""
    sure = [pair for pair in found if pair.group != SEVERAL]
    settled = [pair for pair in sure if pair.group == ONE]
    open_ = [pair for pair in found if pair.group == SEVERAL]
    return [
        title,
        len(found),
        share(sum(pair.detected for pair in found), len(found)),
        len(sure),
        share(sum(pair.located for pair in sure), len(sure)),
        share(sum(pair.repaired for pair in settled), len(settled)),
        len(open_),
        share(sum(pair.located for pair in open_), len(open_)),
        "/".join(str(sum(bool(pair.runs[0].alarms) for pair in group)) for group in (sure, open_)),
        f"{1000 * sum(pair.runs[0].seconds for pair in found) / max(len(found), 1):.0f}",
    ]


@contextmanager
def _mapper(jobs: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """``map``, in so many processes."""
    if jobs == 1:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield lambda work, tasks: pool.map(work, tasks, chunksize=2)


def _told(case_: str, group: str, *found: Run) -> str:
    """How to make a workbook again, and what was said of it."""
    return f'--case "{case_}"  [{group}; {_fell_short(*found)}]\n    {found[0].detail}'


def _fell_short(*found: Run) -> str:
    steps = (("detected", "not detected"), ("located", "not located"), ("repaired", "not repaired"))
    words = [word for step, word in steps if not all(getattr(run, step) for run in found)]
    return ", ".join([*words[:1], *(["false alarm"] if found[0].alarms else [])])


def _show_case(name: str, keep: Path | None) -> int:
    pair = name.startswith(tuple(f"{distance}:" for distance in two.DISTANCES))
    found = two.case(name) if pair else case(name)
    if found is None:
        print("That workbook offers no place for such a slip.")
        return 0
    runs_ = found.runs if isinstance(found, two.Two) else (found,)
    print(f"{found.group}; {_fell_short(*runs_) or 'found, placed and mended'}\n    {runs_[0].detail}")
    if keep is not None:
        title, seed, rows = name.rsplit("/", 2)
        made = two.workbook(name) if pair else workbook(title, int(seed), int(rows) or None)
        assert made is not None
        write(made[0], keep)
    return 0
