"""From the rules' relations to diagnoses: the root told once, with the findings it explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from xlaudit.cells import parse_cell
from xlaudit.checks import TableChecks
from xlaudit.diagnosis.changed import Address, address
from xlaudit.diagnosis.locate import Located, locate
from xlaudit.diagnosis.skipped import believable, culprit, too_small
from xlaudit.diagnosis.slips import CAUSES
from xlaudit.diagnosis.system import System
from xlaudit.diagnosis.telling import alone, as_number, diagnosis_of
from xlaudit.findings import Diagnosis, Finding, Place, Severity, Slip, plain
from xlaudit.findings import Repair as Suggested
from xlaudit.relations import Relation, Term, partner
from xlaudit.several import Several
from xlaudit.showing import amount
from xlaudit.tables import Figure, Table
from xlaudit.texts import Text, joined, same

_MOST_READINGS = 2
_PLAIN_SLIPS = frozenset({"digit_transposed", "digit_dropped", "digit_doubled", "factor_of_ten", "separator", "sign"})
MALFORMED, AS_TEXT, OVER_BUDGET = "NU102", "NU103", "RA105"

_ByTarget = dict[tuple[str, Address], list[str]]
"""The ids of findings by rule and place."""

_UNREAD = Text("{where} states {text}, perhaps {meant} is meant: {cause}.")

MOST_DIAGNOSES = 2_000
"""Nobody reads on from here; a workbook with more causes was filled in by a machine, or is no report at all."""


class Diagnosed(NamedTuple):
    """The diagnoses, and for every explained finding's id the diagnosis that explains it.

    ``complete`` is false where there was too much to look for all causes.
    """

    diagnoses: list[Diagnosis]
    explained: dict[str, str]
    complete: bool = True


def diagnose(
    tables: Sequence[Table],
    several: Several,
    checks_of: Callable[[Table], TableChecks],
    failing: Sequence[Relation],
    findings: Sequence[Finding],
    slips: Mapping[tuple[str, Place], Slip] = MappingProxyType({}),
) -> Diagnosed:
    """The causes of findings.

    They are looked for until :data:`MOST_DIAGNOSES` are found or the system is exhausted; findings beyond have none.
    ``failing`` are the relations that rules found not to hold, or could not judge for an unreadable figure; ``slips``
    what findings, by rule and place, show of their cells by themselves.
    """
    if not findings:
        return Diagnosed([], {})
    passed_over = _passed_over(tables, findings)
    without = too_small(failing, passed_over, lambda table, rows: checks_of(table).near(rows))
    system = System(
        tables,
        lambda table, rows: believable(checks_of(table).near(rows), without),
        list(believable(several.relations(), without)),
        list(believable(failing, without)),
        lambda relation: checks_of(relation.target.table).mode_of(relation),
        {_address(place): slip for (_, place), slip in slips.items()},
    )
    told = _Told()
    by_target = _by_target(findings)
    complete = _tell_located(told, system, findings, by_target, {_address(place): rule for rule, place in slips})
    _tell_unread(told, tables, findings)
    _tell_alone(told, tables, findings, slips)
    _tell_skipped(told, failing, by_target, without, passed_over)
    return Diagnosed(told.diagnoses, told.explained, complete and not system.exhausted)


class _Told:
    """The diagnoses so far, by which findings are explained."""

    def __init__(self) -> None:
        self.diagnoses: list[Diagnosis] = []
        self.explained: dict[str, str] = {}

    @property
    def name(self) -> str:
        """That of the next one."""
        return f"d{len(self.diagnoses) + 1}"

    @property
    def full(self) -> bool:
        return len(self.diagnoses) >= MOST_DIAGNOSES

    def add(self, diagnosis: Diagnosis) -> None:
        self.diagnoses.append(diagnosis)
        self.explained |= dict.fromkeys(diagnosis.explains, diagnosis.id)

    def extend(self, at: int, ids: Sequence[str]) -> None:
        """Puts findings under a diagnosis that is told already."""
        known = self.diagnoses[at]
        self.diagnoses[at] = known._replace(explains=(*known.explains, *ids))
        self.explained |= dict.fromkeys(ids, known.id)

    def unexplained(self, ids: Iterable[str]) -> list[str]:
        return [name for name in ids if name not in self.explained]


def _by_target(findings: Sequence[Finding]) -> _ByTarget:
    found: _ByTarget = {}
    for finding in findings:
        found.setdefault((finding.rule, _address(finding.place)), []).append(finding.id)
    return found


def _tell_located(
    told: _Told,
    system: System,
    findings: Sequence[Finding],
    by_target: _ByTarget,
    known_by: Mapping[Address, str],
) -> bool:
    """The wrong cells that relations show; whether all of them were told."""
    errors = {finding.id for finding in findings if finding.severity is Severity.ERROR}
    limits = _limits(system, by_target)
    for located in locate(system):
        if told.full:
            return False
        ids = told.unexplained(_explained_ids(system, located, by_target, limits, known_by))
        if ids and (not errors.isdisjoint(ids) or _tells_by_itself(located)):
            told.add(diagnosis_of(system, located, told.name, tuple(ids)))
    return True


def _tell_unread(told: _Told, tables: Sequence[Table], findings: Sequence[Finding]) -> None:
    """The malformed figures that no relation settled."""
    malformed = [finding for finding in findings if finding.rule == MALFORMED]
    terms = _terms(tables, {_address(finding.place) for finding in malformed})
    for finding in malformed:
        unread = _unread(terms.get(_address(finding.place)), told.name, finding)
        if unread is not None and finding.id not in told.explained:
            told.add(unread)


def _tell_alone(
    told: _Told, tables: Sequence[Table], findings: Sequence[Finding], slips: Mapping[tuple[str, Place], Slip]
) -> None:
    """The slips that findings show of their cells by themselves."""
    terms = _terms(tables, {_address(place) for _, place in slips})
    for finding in findings:
        slip = slips.get((finding.rule, finding.place))
        own = terms.get(_address(finding.place))
        if slip is not None and own is not None and finding.id not in told.explained and not told.full:
            told.add(alone(own, slip, told.name, finding.id))


def _tell_skipped(
    told: _Told,
    failing: Sequence[Relation],
    by_target: _ByTarget,
    without: dict[Address, Term],
    passed_over: Mapping[Address, Term],
) -> None:
    """The figures typed as text that sums pass over."""
    if not without:
        return
    at_place = {repair.place: at for at, known in reversed([*enumerate(told.diagnoses)]) for repair in known.repairs}
    texts = [(text, [(r.rule, address(r.target))]) for r in failing if (text := culprit(r, without)) is not None]
    for text, about in [*texts, *((text, []) for text in passed_over.values())]:
        place = Place(text.table.sheet, text.figure.cell.a1)
        ids = told.unexplained(i for key in [*about, (AS_TEXT, address(text))] for i in by_target.get(key, ()))
        if not ids:
            continue
        if place in at_place:
            told.extend(at_place[place], ids)
        elif text.figure.filled:
            at_place[place] = len(told.diagnoses)
            told.add(as_number(text, told.name, tuple(ids)))


def _tells_by_itself(located: Located) -> bool:
    """Whether a slip is so plain that a mere warning is worth its cause: two tables may differ for good reasons."""
    return located.repair.cause in _PLAIN_SLIPS and not located.rivals


def _terms(tables: Sequence[Table], places: set[Address]) -> dict[Address, Term]:
    """The figures at some places."""
    wanted: dict[str, set[int]] = {}
    for sheet, number, _ in places:
        wanted.setdefault(sheet, set()).add(number)
    return {
        at: Term(table, table.columns[name], row, figure)
        for table in reversed(tables)
        for number in sorted(wanted.get(table.sheet, ()))
        if (row := table.by_number.get(number)) is not None
        for name, figure in row.figures.items()
        if (at := (table.sheet, number, figure.column)) in places
    }


def _passed_over(tables: Sequence[Table], findings: Sequence[Finding]) -> dict[Address, Term]:
    """The formulas that leave out a text, as findings say, each with that text."""
    told = [finding for finding in findings if finding.rule == AS_TEXT and finding.severity is Severity.ERROR]
    texts = _terms(tables, {_address(finding.place) for finding in told})
    return {_address(formula): texts[_address(finding.place)] for finding in told for formula in finding.because}


def _unread(term: Term | None, name: str, finding: Finding) -> Diagnosis | None:
    """A malformed figure that no sum can settle: its likeliest readings."""
    figure = None if term is None else term.figure
    if figure is None or not figure.readings:
        return None
    values = figure.readings[:_MOST_READINGS]
    meant = joined(same(" / "), map(amount, values))
    where = f"{finding.place.sheet}!{figure.cell.a1}"
    message = _UNREAD.fill(where=where, text=figure.text, meant=meant, cause=CAUSES["separator"])
    repairs = tuple(Suggested(finding.place, figure.text, plain(value)) for value in values)
    return Diagnosis(name, "separator", "likely" if len(values) == 1 else "unclear", message, repairs, (finding.id,))


def _address(place: Place) -> Address:
    cell = parse_cell(place.cell)
    return place.sheet, cell.row, cell.column


def _explained_ids(
    system: System,
    located: Located,
    by_target: _ByTarget,
    limits: dict[Address, list[Address]],
    known_by: Mapping[Address, str],
) -> Iterator[str]:
    """Findings of the mended relations, and those about the very cell (malformed, above the budget)."""
    for index in sorted(located.explains):
        relation = system.relations[index]
        yield from by_target.get((relation.rule, address(relation.target)), [])
    for repair in located.repairs:
        yield from by_target.get((MALFORMED, repair.place), [])
        known = system.slips.get(repair.place)
        if known is not None and (repair.value == known.right or (known.cause == "sign" and repair.value >= 0)):
            yield from by_target.get((known_by[repair.place], repair.place), [])
    after = system.following({repair.place: repair.value for repair in located.repairs})
    for place in after:
        yield from (found for found in by_target.get((OVER_BUDGET, place), []) if _within(system, place, after))
    bounded = {above: None for place in after for above in limits.get(place, ()) if above not in after}
    for above in bounded:
        if _within(system, above, after) is True:
            yield from by_target[OVER_BUDGET, above]


def _limits(system: System, by_target: _ByTarget) -> dict[Address, list[Address]]:
    """By the place of a pagu, the figures that are told to exceed it."""
    found: dict[Address, list[Address]] = {}
    for rule, place in by_target:
        limit = _limit(system.terms.get(place)) if rule == OVER_BUDGET else None
        if limit is not None:
            found.setdefault((place[0], limit.row, limit.column), []).append(place)
    return found


def _limit(term: Term | None) -> Figure | None:
    """The pagu of a realisasi."""
    column = None if term is None else partner(term.table, term.column, "pagu")
    return None if term is None or column is None else term.row.figures[column.name]


def _within(system: System, place: Address, changes: dict[Address, Decimal]) -> bool | None:
    """Whether a realisasi stays within its pagu with these changes; None where they do not touch its row."""
    term = system.terms.get(place)
    limit = _limit(term)
    if term is None or limit is None:
        return None
    there = (place[0], limit.row, limit.column)
    if place not in changes and there not in changes:
        return None
    return changes.get(place, term.figure.amount) <= changes.get(there, limit.amount)
