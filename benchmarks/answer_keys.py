"""Compares audits of the sample reports with what people found wrong in them by hand.

    python benchmarks/answer_keys.py

The answer keys stand outside of this repository, in ``../shared/seed-truth``; where they are absent the script
says so and ends. An item of a key counts as found when an error stands at its cell, at the other cell of the pair
it names (``also``), or when a diagnosis would repair that cell. Items about the report's running text are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printing import print_table, share

from xlaudit.audit import audit_workbook
from xlaudit.cells import letters, parse_cell
from xlaudit.findings import Finding, Severity
from xlaudit.outcome import Outcome
from xlaudit.reading.grid import read_workbook

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
KEYS = ROOT.parent / "shared" / "seed-truth"
REPORTS = ("pacitan-2024", "magetan-2024", "mojokerto-2024")

Spot = tuple[str, str]
"""Sheet and A1 address."""


@dataclass(frozen=True)
class Item:
    """One item of an answer key with its cells: the first is its own, the others those named in ``also``."""

    severity: str
    what: str
    spots: tuple[Spot, ...]


class Sheets:
    """From table, row and column of a key to the cell of the sample, the top-left one of a merge."""

    def __init__(self, name: str) -> None:
        self.map: dict[str, Any] = json.loads((SAMPLES / "data" / f"{name}.map.json").read_text("utf-8"))
        self.merges = {s.name: s.merges for s in read_workbook(SAMPLES / f"{name}.xlsx").sheets}

    def spot(self, file: str, row: int, column: str) -> Spot | None:
        """None where the sample does not hold the table or the column."""
        table = self.map.get(file.removesuffix(".json"))
        if table is None or column not in table["columns"] or row >= len(table["rows"]):
            return None
        sheet, a1 = table["sheet"], f"{table['columns'][column]}{table['rows'][row]}"
        cell = parse_cell(a1)
        for area in self.merges[sheet]:
            if area.holds(cell.row, cell.column):
                return sheet, f"{letters(area.left)}{area.top}"
        return sheet, a1


def items(name: str) -> Iterator[Item]:
    """The items of a report's key that stand in a table."""
    sheets = Sheets(name)
    for item in json.loads((KEYS / f"{name}.json").read_text("utf-8")):
        if item["row"] is None:
            continue
        places = [item, *(other for other in item["also"] if isinstance(other, dict))]
        spots = (sheets.spot(p["file"], p["row"], p["column"]) for p in places)
        what = f"{item['file'].removesuffix('.json')} row {item['row']} {item['column']}: {item['printed']}"
        yield Item(item["severity"], f"{what} -> {item['expected']}", tuple(s for s in spots if s is not None))


class Audit:
    """The findings of one report, by cell."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.at: dict[Spot, set[Severity]] = {}
        for finding in outcome.findings:
            self.at.setdefault(_spot(finding), set()).add(finding.severity)
        self.repairs = {(r.place.sheet, r.place.cell) for d in outcome.diagnoses for r in d.repairs}
        self.touched: dict[str, set[Spot]] = {
            d.id: {(r.place.sheet, r.place.cell) for r in d.repairs} for d in outcome.diagnoses
        }
        for finding in outcome.findings:
            if finding.diagnosis is not None:
                self.touched[finding.diagnosis].add(_spot(finding))

    def found(self, item: Item) -> bool:
        """Whether an error stands at a cell of the item, or a diagnosis would repair one."""
        return any(Severity.ERROR in self.at.get(spot, ()) or spot in self.repairs for spot in item.spots)

    def spoken_of(self, item: Item) -> str:
        """``error``, ``warning`` or ``silent``: what is said at the item's own cell."""
        said = self.at.get(item.spots[0], set()) if item.spots else set()
        return "error" if Severity.ERROR in said else "warning" if Severity.WARNING in said else "silent"

    def near(self, finding: Finding) -> set[Spot]:
        """The cells a finding is about: its own, those it rests on, those of its diagnosis."""
        spots = {_spot(finding), *((p.sheet, p.cell) for p in finding.because)}
        return spots | self.touched.get(finding.diagnosis or "", set())


def _spot(finding: Finding) -> Spot:
    return finding.place.sheet, finding.place.cell


def compare(name: str) -> tuple[list[object], list[str]]:
    """One row of the table, and the lines that name every miss and every false alarm."""
    audit = Audit(audit_workbook(SAMPLES / f"{name}.xlsx"))
    key = list(items(name))
    wrong = [item for item in key if item.severity == "error"]
    missed = [item for item in wrong if not audit.found(item)]
    doubtful = [audit.spoken_of(item) for item in key if item.severity == "doubtful"]
    rounding = [item for item in key if item.severity == "rounding" and audit.spoken_of(item) == "error"]
    of: dict[Spot, set[str]] = {}
    for item in key:
        for spot in item.spots:
            of.setdefault(spot, set()).add(item.severity)
    counted = {"right": 0, "consequence": 0, "doubtful": 0, "false": 0}
    lines = [f"missed       {item.what}" for item in missed]
    for finding in audit.outcome.findings:
        if finding.severity is not Severity.ERROR:
            continue
        sort = _sort(of, _spot(finding), audit.near(finding))
        counted[sort] += 1
        if sort == "false":
            where = f"{finding.place.sheet}!{finding.place.cell} [{finding.rule}]"
            figures = f"stated {finding.stated}, computed {finding.computed}"
            lines.append(f"false alarm  {where} {finding.label.en}: {figures}")
    lines += [f"rounding     {item.what}" for item in rounding]
    said = [doubtful.count(word) for word in ("error", "warning", "silent")]
    row = [name, share(len(wrong) - len(missed), len(wrong)), *counted.values(), len(rounding), *said]
    return row, lines


def _sort(of: dict[Spot, set[str]], own: Spot, near: set[Spot]) -> str:
    """What an error finding is by the key: its own cell decides, then the cells it is connected with."""
    for severities in (of.get(own, set()), set().union(*(of.get(spot, set()) for spot in near))):
        for severity in ("error", "consequence", "doubtful"):
            if severity in severities:
                return "right" if severity == "error" else severity
        if severities:
            return "right"
    return "false"


def main() -> int:
    if not KEYS.is_dir():
        print("The answer keys (../shared/seed-truth) are not here; nothing to compare.")
        return 0
    header = ("report", "errors found", "right", "conseq.", "doubtful", "false", "rounding!")
    header = (*header, "d:error", "d:warn", "d:silent")
    results = [compare(name) for name in REPORTS]
    print_table(header, [row for row, _ in results])
    for row, lines in results:
        if lines:
            print(f"\n{row[0]}")
        for line in lines:
            print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
