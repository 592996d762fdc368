"""Where the time of an audit goes: reading, rules, causes, the annotated copy; and which rules cost most.

    python benchmarks/phases.py [--rows 100000] [--file WORKBOOK] [--rules 8]

One audit in one process, processor seconds. ``of reading`` is against ``read_book``, which reads the cells and finds
the tables. All rules together are meant to cost less than that (a ratio below 1).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import localcontext
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from printing import print_table
from workbooks import write_budget

from xlaudit import audit
from xlaudit.annotate import annotate
from xlaudit.collector import paused
from xlaudit.reading.book import DIGITS, read_book
from xlaudit.reports.marking import outcome_to_marks
from xlaudit.rules.base import all_rules

READING, RULES, CAUSES, REST, COPY = "reading", "rules", "causes", "putting together", "annotated copy"
PHASES = (READING, RULES, CAUSES, REST, COPY)
_Made = TypeVar("_Made")


class Clock:
    """Processor seconds by what they were spent for."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], _Made]) -> _Made:
        start = time.process_time()
        made = work()
        self.taken[name] = self.taken.get(name, 0.0) + time.process_time() - start
        return made


def phases(file: Path, folder: Path) -> tuple[Clock, Clock]:
    """What the phases of one audit took, and what each rule took."""
    whole, rules = Clock(), Clock()
    run_rule, diagnose = audit.run_rule, audit.diagnose
    all_rules()  # imported, as in a batch
    with paused(), localcontext() as context:
        context.prec = DIGITS
        read = whole.time(READING, lambda: read_book(file))
        with (
            patch.object(audit, "run_rule", lambda rule, book: rules.time(rule.code, lambda: run_rule(rule, book))),
            patch.object(audit, "diagnose", lambda *given: whole.time(CAUSES, lambda: diagnose(*given))),
        ):
            outcome = whole.time(REST, lambda: audit.audit_book(str(file), read))
    whole.taken.setdefault(CAUSES, 0.0)
    whole.taken[RULES] = sum(rules.taken.values())
    whole.taken[REST] -= whole.taken[RULES] + whole.taken[CAUSES]
    marks, heading = outcome_to_marks(outcome, "id", date.today())
    whole.time(COPY, lambda: annotate(file, folder / "copy.xlsx", marks, heading))
    return whole, rules


def main() -> int:
    parser = argparse.ArgumentParser(description="Tells where the time of an audit goes.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--file", type=Path, help="this workbook instead")
    parser.add_argument("--rules", type=int, default=8, help="so many of the costliest rules")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = given.file
        if file is None:
            file = Path(name) / "budget.xlsx"
            write_budget(file, given.rows)
        whole, rules = phases(file, Path(name))
    reading = whole.taken[READING]
    costliest = sorted(rules.taken.items(), key=lambda pair: -pair[1])[: given.rules]
    lines = [(name, whole.taken[name]) for name in PHASES] + [(f"  {code}", taken) for code, taken in costliest]
    print_table(("phase", "time", "of reading"), [[name, f"{t:.2f} s", f"{t / reading:.2f}"] for name, t in lines])
    return 0


if __name__ == "__main__":
    sys.exit(main())
