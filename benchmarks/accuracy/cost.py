"""What looking for causes costs: tables of growing length with slips far apart from each other."""

from __future__ import annotations

import random
import time
from typing import Any
from unittest.mock import patch

from documents import Document, document

from accuracy.classes import Fault, spoil
from accuracy.judging import Place, audited
from accuracy.truth import Truth
from xlaudit.diagnosis.diagnose import diagnose

ROWS = (1_250, 2_500, 5_000, 10_000)
SLIPS = 20
_NAMES = ("digits swapped", "digit dropped", "digit doubled", "digit mistyped", "factor 10", "factor 100")


def spoiled(rows: int, slips: int, seed: int) -> tuple[Document, list[Fault]]:
    """A budget of about so many rows, all of it typed, with slips in leaves of programs that are spread over it."""
    number = seed
    while True:
        made = document(number, ("realisasi",), rows)
        if made.style.stored == "numbers" and not made.style.live and made.style.marks == "code":
            break
        number += 1
    truth, chance = Truth(made), random.Random(seed)
    programs: list[list[int]] = []
    for _, line in made.lines():
        cells = [cell for cell in line.cells if not isinstance(cell, str) and cell is not None]
        if line.depth == 0:
            programs.append([])
        elif line.depth == 2:
            programs[-1] += [id(cell) for cell in cells if cell.op is None]
    step = len(programs) / slips
    found = []
    for i in range(slips):
        fault = None
        while fault is None:
            fault = spoil(made, truth, chance.choice(_NAMES), chance, set(programs[int(i * step)]))
        found.append(fault)
    return made, found


def line(rows: int, slips: int, seed: int) -> list[object]:
    """Rows, slips, the seconds of looking for causes and of the whole audit, how many were located."""
    made, faults = spoiled(rows, slips, seed)
    taken = 0.0

    def timed(*given: Any) -> Any:
        nonlocal taken
        start = time.process_time()
        result = diagnose(*given)
        taken += time.process_time() - start
        return result

    with patch("xlaudit.audit.diagnose", timed):
        outcome, seconds = audited(made)
    first: set[Place] = {(d.repairs[0].place.sheet, d.repairs[0].place.cell) for d in outcome.diagnoses}
    located = sum(bool(fault.places & first) for fault in faults)
    counted = sum(table.rows for table in outcome.tables)
    times = [f"{taken:.2f} s", f"{1e6 * taken / counted:.0f}", f"{seconds:.2f} s"]
    return [f"{counted:,}", slips, *times, f"{located}/{slips}", len(outcome.diagnoses)]


HEADER = ("rows", "slips", "causes", "us a row", "whole audit", "located", "diagnoses")


def lines(seed: int) -> list[list[object]]:
    """Growing rows with the same number of slips, then more slips in the longest table."""
    return [*(line(rows, SLIPS, seed) for rows in ROWS), line(ROWS[-1], 2 * SLIPS, seed)]
