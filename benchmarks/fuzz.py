"""Spoils small workbooks at random and takes each through the whole of xlaudit: audit, annotate, clean, reports.

    python benchmarks/fuzz.py --minutes 30 [--seed 1] [--more FOLDER] [--keep FOLDER]
    python benchmarks/fuzz.py --seed 1 --case 4711 [--keep FOLDER]

A spoiled workbook may be refused with a sentence or audited; anything else is a find and is printed with seed and
case, which bring it back: an exception that is no ``UserError``, a rule that broke down, a case that takes longer than
``--limit`` seconds or more than a gibibyte, an annotated copy that does not open again (with our own reader, and with
openpyxl where that opens the input), a cleaned copy whose parts are not those of the input. Ends with 1 if there was
any.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import openpyxl
from spoiling import spoil
from workbooks import write_budget

from xlaudit.annotate import clean
from xlaudit.batch.job import Job, run
from xlaudit.reading.book import read_book
from xlaudit.reading.grid import read_workbook
from xlaudit.reports.formats import report_for

ROOT = Path(__file__).parents[1]
WORKBOOKS = ("*.xlsx", "*.xlsm", "*.xlsb", "*.xls", "*.ods")
MEMORY = 1 << 30
GRACE = 60
"""Seconds beyond ten times the limit after which the process is ended, should it hang where no signal reaches it."""


class TimedOut(BaseException):
    """The case took too long. No ``Exception``, so that nothing on the way takes it for its own."""


class Find(Exception):
    """Something that must not be."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises ``TimedOut`` in what takes more of the processor, however busy the machine.

    Where the system knows no such timer, nothing is limited.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimedOut

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    faulthandler.dump_traceback_later(seconds * 10 + GRACE, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGPROF, before)


def seeds(more: Path | None, folder: Path) -> list[tuple[str, bytes]]:
    """The workbooks to spoil: the smallest first and most often."""
    small = folder / "small.xlsx"
    write_budget(small, 12, slips=2)
    found = [small, small, small, *sorted((ROOT / "samples").glob("*.xlsx"))]
    found += sorted((ROOT / "workbook_templates").glob("*.xlsx"))
    if more is not None:
        found = [path for pattern in WORKBOOKS for path in sorted(more.glob(pattern))]
    return [(path.name, path.read_bytes()) for path in sorted(found, key=lambda path: path.stat().st_size)]


def one_case(number: int, seed: int, workbooks: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """The spoiled workbook of one case, with the name of what it was made from."""
    chance = random.Random(f"{seed}:{number}")
    name, data = workbooks[min(int(len(workbooks) * chance.random() ** 1.5), len(workbooks) - 1)]
    return name, spoil(data, chance)


def put_through(data: bytes, name: str, folder: Path) -> str:
    """Takes a workbook through the house. Gives the word for what became of it; raises ``Find``."""
    for left in folder.glob("in.*"):
        left.unlink()
    path = folder / f"in{Path(name).suffix}"
    path.write_bytes(data)
    marked = folder / "in.audit.xlsx"
    result = run(Job(path, marked, "id", force=True))
    outcome = result.outcome
    for form in ("text", "json"):
        text = report_for(form, show_all=True, colour=False).render([outcome], "id")
        if form == "json":
            json.loads(text)
    if result.trace:
        raise Find(result.trace)
    if outcome.crashes:
        raise Find("; ".join(f"{crash.rule}: {crash.error}" for crash in outcome.crashes))
    if outcome.failure is not None:
        return outcome.failure.code
    if outcome.annotated is None:
        return "no copy"
    _check_copy(path, marked, folder)
    return "annotated"


def _check_copy(path: Path, marked: Path, folder: Path) -> None:
    """The annotated copy opens with its tables, and cleaning it gives the parts of the input back."""
    if not read_book(marked).tables:
        raise Find("the annotated copy has no tables any more")
    cleaned = folder / "clean.xlsx"
    clean(marked, cleaned)
    if _contents(cleaned) != _contents(path):
        raise Find("the cleaned copy differs from the input")
    read_workbook(cleaned)


def _contents(path: Path) -> list[tuple[str, int, int]]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return sorted((info.filename, info.CRC, info.file_size) for info in archive.infolist())


def openpyxl_opens(folder: Path, seconds: float) -> None:
    """Raises ``Find`` where openpyxl opens the last input but not its annotated copy.

    Not asked are inputs whose styles no relationship leads to, which openpyxl takes all the same, and those that
    keep it busy for too long: it makes a cell of everything within a merged range.
    """
    (path,) = (path for path in folder.glob("in.*") if path.name != "in.audit.xlsx")
    if len(read_workbook(path).styles) < 2:
        return
    try:
        with within(seconds):
            openpyxl.load_workbook(path)
    except (Exception, TimedOut):  # noqa: BLE001 - openpyxl trips over spoiled workbooks in many ways
        return
    try:
        with within(10 * seconds):
            openpyxl.load_workbook(folder / "in.audit.xlsx")
    except Exception as error:
        raise Find("openpyxl opens the input but not the annotated copy") from error


def tried(number: int, seed: int, limit: float, workbooks: list[tuple[str, bytes]], folder: Path) -> tuple[str, str]:
    """What became of one case: a word, and for a find what was seen."""
    name, data = one_case(number, seed, workbooks)
    started = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with within(limit):
                word = put_through(data, name, folder)
            if word == "annotated":
                openpyxl_opens(folder, limit / 4)
            return word, ""
    except TimedOut:
        where = "".join(traceback.format_exc().splitlines(keepends=True)[-12:])
        return "find", f"took longer than {limit:.0f} s\n{where}"
    except Exception:  # noqa: BLE001 - whatever comes is a find
        return "find", f"after {time.monotonic() - started:.1f} s\n{traceback.format_exc()}"


def bound_memory() -> None:
    """A gibibyte for this process, beside what it takes to be here; where the system does not, none."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))


def main() -> int:
    parser = argparse.ArgumentParser(description="Spoils workbooks at random and audits them.")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="this one only")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for one case")
    parser.add_argument("--more", type=Path, help="spoil the workbooks of this folder instead")
    parser.add_argument("--keep", type=Path, help="write spoiled workbooks that are finds there")
    given = parser.parse_args()
    bound_memory()
    end = time.monotonic() + 60 * given.minutes
    counted: Counter[str] = Counter()
    slowest = (0.0, 0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workbooks = seeds(given.more, folder)
        number = given.case or 0
        while True:
            started = time.monotonic()
            word, seen = tried(number, given.seed, given.limit, workbooks, folder)
            slowest = max(slowest, (time.monotonic() - started, number))
            counted[word] += 1
            if word == "find":
                name, data = one_case(number, given.seed, workbooks)
                print(f"--seed {given.seed} --case {number} ({name}): {seen}", flush=True)
                if given.keep is not None:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{given.seed}-{number}-{name}").write_bytes(data)
            elif given.case is not None and given.keep is not None:
                given.keep.mkdir(parents=True, exist_ok=True)
                name, data = one_case(number, given.seed, workbooks)
                (given.keep / f"{given.seed}-{number}-{name}").write_bytes(data)
            number += 1
            if given.case is not None or time.monotonic() > end:
                break
    print(f"{sum(counted.values())} cases, the slowest {slowest[0]:.1f} s (case {slowest[1]}): ", end="")
    print(", ".join(f"{word} {times}" for word, times in counted.most_common()))
    return 1 if counted["find"] else 0


if __name__ == "__main__":
    sys.exit(main())
