"""How well an audit finds, places, mends and names one slip of the hand in an otherwise consistent workbook.

    python benchmarks/slips.py [--count 300] [--seed 1] [--class WORDS] [--pairs 60] [--show]

``--count`` workbooks are made at random and audited as they are: whatever is said of them is a false alarm. Then
each class of slips is put into as many of them as offer a place for it, one slip at a time, at most a tenth of
``--count`` per class. ``--pairs`` workbooks get two slips. See docs/benchmarks.md for the columns.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from documents import Document, document, write
from faults import NAMES, Fault, spoil
from printing import print_table, share

from xlaudit.audit import audit_workbook
from xlaudit.findings import Diagnosis, Finding, Severity
from xlaudit.outcome import Outcome

Place = tuple[str, str]


class Score(Counter[str]):
    """Counts of one class."""

    def row(self, name: str) -> list[object]:
        located, sure = self["located"], self["sure"]
        return [
            name,
            self["runs"],
            share(self["detected"], self["runs"]),
            share(self["listed"], self["runs"]),
            share(self["sure located"], sure),
            share(located, self["runs"]),
            share(self["repaired"], located),
            share(self["named"], self["nameable"]),
            self["astray"],
        ]


HEADER = ("class", "runs", "detected", "listed", "located (1 way)", "located", "repaired", "named", "astray")


def judge(fault: Fault, outcome: Outcome) -> Score:
    """What an audit made of one slip."""
    place = fault.word or fault.figure.place
    quiet = fault.name.endswith("fraction")  # a mixed scale is only a note: no figure is in doubt
    loud = [f for f in outcome.findings if quiet or f.severity is not Severity.NOTE]
    own = {d.id for d in outcome.diagnoses if any(_at(r.place) == place for r in d.repairs)}
    touching = [f for f in loud if place in _cells(f) or f.diagnosis in own]
    first = next((d for d in outcome.diagnoses if _at(d.repairs[0].place) == place), None)
    score = Score(runs=1, detected=bool(touching), listed=bool(own))
    if fault.word is None and not fault.rivals:
        score += Score(sure=1, **{"sure located": first is not None})
    if first is not None:
        score["located"] = 1
        score["repaired"] = int(Fraction(first.repairs[0].suggested) == fault.right)
        if fault.causes:
            score["nameable"] = 1
            score["named"] = int(first.cause in fault.causes)
    score["astray"] = int(any(_astray(d, place) for d in outcome.diagnoses) and first is None)
    return score


def _astray(diagnosis: Diagnosis, place: Place) -> bool:
    """Whether a diagnosis blames other cells only."""
    return all(_at(repair.place) != place for repair in diagnosis.repairs)


def _at(place: object) -> Place:
    return place.sheet, place.cell  # type: ignore[attr-defined]


def _cells(finding: Finding) -> set[Place]:
    return {_at(finding.place), *(_at(place) for place in finding.because)}


def slips(name: str, count: int, seed: int, folder: Path) -> Iterator[tuple[Document, Fault, Outcome]]:
    """Audits of workbooks with one slip of a class."""
    found = 0
    for number in range(count * 30):
        made = document(seed + number)
        fault = spoil(made, name, random.Random(f"{name}{seed + number}"))
        if fault is None:
            continue
        yield made, fault, audit(made, folder)
        found += 1
        if found == count:
            return


def audit(made: Document, folder: Path) -> Outcome:
    """Writes a workbook and audits it."""
    path = folder / f"{made.seed}.xlsx"
    write(made, path)
    outcome = audit_workbook(path)
    path.unlink()
    return outcome


def consistent(count: int, seed: int, folder: Path) -> list[object]:
    """What is said of consistent workbooks: a row for the closing line."""
    said: Counter[str] = Counter()
    for number in range(count):
        outcome = audit(document(seed + number), folder)
        said["checks"] += outcome.checks
        for severity in (Severity.ERROR, Severity.WARNING):
            said[severity] += outcome.count(severity)
            said[f"{severity} books"] += bool(outcome.count(severity))
        said["rejected"] += outcome.failure is not None
    return [
        f"consistent: {count} workbooks, {said['checks']} checks,",
        f"{said['error']} errors in {said['error books']},",
        f"{said['warning']} warnings in {said['warning books']}, {said['rejected']} rejected",
    ]


def pairs(count: int, seed: int, folder: Path) -> Score:
    """Workbooks with two slips: each slip is judged by itself."""
    total = Score()
    done = number = 0
    while done < count and number < count * 30:
        made = document(seed + number)
        chance = random.Random(f"two{seed + number}")
        number += 1
        first, second = chance.sample(NAMES[:13], 2)
        one = spoil(made, first, chance)
        two = one and spoil(made, second, chance)
        if one is None or two is None or one.figure is two.figure:
            continue
        outcome = audit(made, folder)
        for fault in (one, two):
            fault.rivals = (fault.figure,)  # with two slips it is not known what a single change could mend
            total += judge(fault, outcome)
        done += 1
    return total


def describe(made: Document, fault: Fault, outcome: Outcome, score: Score) -> str:
    """One line on a slip that was not found or put elsewhere."""
    stated = fault.figure.written or float(fault.figure.value)
    state = "undetected" if not score["detected"] else "not first"
    said = "; ".join(
        f"{d.cause}/{d.certainty}: " + ", ".join(f"{r.place.cell} {r.stated}->{r.suggested}" for r in d.repairs[:3])
        for d in outcome.diagnoses[:2]
    )
    findings = ", ".join(f"{f.rule} {f.place.cell}" for f in outcome.findings if f.severity is not Severity.NOTE)[:90]
    where = "!".join(fault.word or fault.figure.place)
    style = f"{'+'.join(made.recipe)} {made.style.stored} {made.style.marks} live={','.join(sorted(made.style.live))}"
    return (
        f"  {state:10} seed {made.seed} {where} op={fault.figure.op} {stated} (right {float(fault.right)}) "
        f"rivals={[r.place[1] for r in fault.rivals]} | {style} | findings {findings} | {said}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Accuracy of audits on random workbooks with known slips.")
    parser.add_argument("--count", type=int, default=300, help="consistent workbooks; a tenth of it per class of slips")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=None, help="workbooks with two slips (a fifth of --count)")
    parser.add_argument("--class", dest="only", default="", help="only the classes whose name contains this")
    parser.add_argument("--show", action="store_true", help="name every slip that was not found or put elsewhere")
    given = parser.parse_args()
    rows: list[list[object]] = []
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in NAMES:
            if given.only not in kind:
                continue
            total = Score()
            for made, fault, outcome in slips(kind, max(given.count // 10, 1), given.seed, folder):
                score = judge(fault, outcome)
                total += score
                wanted = "located" if fault.word is None and not fault.rivals else "detected"
                if given.show and not score[wanted]:
                    lines.append(f"{kind}\n{describe(made, fault, outcome, score)}")
            rows.append(total.row(kind))
        if not given.only:
            count = given.count // 5 if given.pairs is None else given.pairs
            rows.append(pairs(count, given.seed, folder).row("two slips in one workbook"))
        print_table(HEADER, rows)
        if not given.only:
            print(*consistent(given.count, given.seed, folder))
    for line in lines:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
