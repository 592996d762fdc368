"""What an audit made of known slips, as one record for each slip."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from documents import Document, write
from figures import printed

from accuracy.classes import CLASSES, Fault, Judged
from accuracy.relations import Derived, Word
from accuracy.truth import Truth
from xlaudit.audit import audit_workbook
from xlaudit.findings import Diagnosis, Finding, Severity
from xlaudit.outcome import Outcome

Place = tuple[str, str]
_NOTED = ("fraction for percentage",)
"""Classes in which a figure is one and the same as the right one, written otherwise: a note on it is enough."""


@dataclass
class Run:
    """One slip: what it was, what could be known of it, what the audit said."""

    name: str
    sort: str
    formula: bool
    tables: str
    rows: int
    case: str
    group: str
    detected: bool
    located: bool
    repaired: bool
    listed: bool
    named: bool | None
    alarms: int
    seconds: float
    detail: str = ""

    def plain(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def audited(made: Document, case: str = "") -> tuple[Outcome, float]:
    """The audit of a workbook, and the processor seconds it took. An audit that crashes says by which ``case``."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        write(made, path)
        start = time.process_time()
        try:
            outcome = audit_workbook(path)
        except Exception as error:
            raise RuntimeError(f'the audit crashed: --case "{case}"') from error
        return outcome, time.process_time() - start


def judge(
    made: Document,
    truth: Truth,
    fault: Fault,
    judged: Judged,
    outcome: Outcome,
    case: str,
    others: Sequence[Fault] = (),
) -> Run:
    """What an audit made of one slip. ``others`` were made in the same workbook: what is said of them is not held
    against this one, and its diagnosis need not be the first."""
    places = fault.places
    near = set(places)
    for constraint in judged.broken:
        near |= {figure.place for figure in constraint.cells}
        near |= {constraint.place} if isinstance(constraint, Word) else set()
    noted = fault.name in _NOTED
    loud = [f for f in outcome.findings if noted or f.severity is not Severity.NOTE]
    own = [d for d in outcome.diagnoses if any(_at(repair.place) in places for repair in d.repairs)]
    explained = {name for d in own for name in d.explains}
    detected = any(f.id in explained or near & cells_of(f) for f in loud)
    first = _first(outcome.diagnoses, places, bool(others))
    # No diagnosis is about a word, nor about a figure that a note reads rightly.
    by_finding = (judged.word or (noted and not outcome.diagnoses)) and any(_at(f.place) in places for f in loud)
    causes = CLASSES[fault.name].causes
    known = [fault, *others]
    return Run(
        name=fault.name,
        sort=fault.sort,
        formula=fault.formula,
        tables="+".join(made.recipe),
        rows=sum(table.rows for table in outcome.tables),
        case=case,
        group=judged.group,
        detected=detected,
        located=first is not None or by_finding,
        repaired=by_finding or (first is not None and _mends(first, fault)),
        listed=bool(own) or by_finding,
        named=None if first is None or not causes else first.cause in causes,
        alarms=len(false_alarms(truth, known, outcome)),
        seconds=0.0,
        detail=describe(made, truth, known, judged, outcome),
    )


def _first(diagnoses: Sequence[Diagnosis], places: set[Place], any_of_them: bool) -> Diagnosis | None:
    """The first diagnosis, if its first repair names one of the cells; with other slips the first one that does."""
    asked = diagnoses if any_of_them else diagnoses[:1]
    return next((d for d in asked if d.repairs and _at(d.repairs[0].place) in places), None)


def _mends(diagnosis: Diagnosis, fault: Fault) -> bool:
    """Whether a diagnosis suggests the right figure for every cell of a slip."""
    suggested = {_at(repair.place): repair.suggested for repair in reversed(diagnosis.repairs)}
    return all(
        place in suggested and _is_right(suggested[place], right) for place, right in fault.right.items() if right
    )


def _is_right(text: str, right: Sequence[Fraction]) -> bool:
    """Whether a suggestion is one of the right figures; of what a formula gives, more digits than are shown will do."""
    value, digits = Fraction(text), len(text.partition(".")[2])
    return value in right or (len(right) > 1 and digits > 1 and value == printed(right[0], digits, False))


def false_alarms(truth: Truth, faults: Iterable[Fault], outcome: Outcome) -> list[str]:
    """Diagnoses that name none of the wrong cells, and errors at cells that have nothing to do with any of them."""
    faults = list(faults)
    places = {place for fault in faults for place in fault.places}
    related = places | truth.related(figure for fault in faults for figure in fault.figures)
    said = [d.id for d in outcome.diagnoses if places.isdisjoint(_at(repair.place) for repair in d.repairs)]
    return said + [f.rule for f in outcome.findings if f.severity is Severity.ERROR and related.isdisjoint(cells_of(f))]


def _at(place: object) -> Place:
    return place.sheet, place.cell  # type: ignore[attr-defined]


def cells_of(finding: Finding) -> set[Place]:
    """The cell of a finding and those it rests on."""
    return {_at(finding.place), *(_at(place) for place in finding.because)}


def describe(made: Document, truth: Truth, faults: Sequence[Fault], judged: Judged, outcome: Outcome) -> str:
    """What was done, what could be known, what was said: a few lines for people."""
    style = made.style
    lines = [f"seed {made.seed} {'+'.join(made.recipe)}: {style.stored}, {style.marks}, formulas {sorted(style.live)}"]
    for fault in faults:
        for place, right in fault.right.items():
            meant = " or ".join(str(float(value)) for value in dict.fromkeys(right))
            lines.append(f"slip: {fault.name} at {'!'.join(place)} ({fault.sort}): {fault.stated} for {meant}")
    broken = ", ".join(
        f"{one.figure.op} at {'!'.join(one.figure.place)}" if isinstance(one, Derived) else type(one).__name__
        for one in judged.broken[:6]
    )
    rivals = ", ".join("!".join(figure.place) for figure in judged.rivals[:6])
    lines.append(f"breaks: {broken or 'nothing'}")
    lines.append(f"other cells that would do: {rivals or 'none'}; figures of its own: {judged.choices}")
    loud = [f"{f.severity} {f.rule} {f.place.cell}" for f in outcome.findings if f.severity is not Severity.NOTE]
    lines.append(f"findings: {', '.join(loud[:8]) or 'none'}")
    for one in outcome.diagnoses[:3]:
        repairs = ", ".join(f"{r.place.sheet}!{r.place.cell} {r.stated} -> {r.suggested}" for r in one.repairs[:4])
        lines.append(f"{one.id}: {one.cause}, {one.certainty}: {repairs}")
    alarms = false_alarms(truth, faults, outcome)
    return "\n    ".join([*lines, *([f"false alarms: {', '.join(alarms[:6])}"] if alarms else [])])
