"""From the rules' relations to diagnoses: the root told once, with the findings it explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from xlaudit.agreement import equalities
from xlaudit.checks import TableChecks
from xlaudit.closing import closing_totals
from xlaudit.diagnosis.locate import AGREEMENT, Located, Repair, locate
from xlaudit.diagnosis.skipped import believable, culprit, too_small
from xlaudit.diagnosis.slips import CAUSES
from xlaudit.diagnosis.system import Address, System, address, names
from xlaudit.findings import Diagnosis, Finding, Place, Severity, plain
from xlaudit.findings import Repair as Suggested
from xlaudit.relations import Holds, Relation, Term, partner
from xlaudit.showing import amount, in_cell, shown_as
from xlaudit.summaries import summaries
from xlaudit.tables import Figure, State, Table
from xlaudit.texts import Text, joined, plural, same, sentences
from xlaudit.wholes import equal_wholes

_MOST_PROOFS = 3
_MOST_READINGS = 2
_MOST_RIVALS = 4
_PLAIN_SLIPS = frozenset({"digit_transposed", "digit_dropped", "digit_doubled", "factor_of_ten", "separator", "sign"})
MALFORMED, AS_TEXT, OVER_BUDGET = "NU102", "NU103", "RA105"

_SKIPPED = Text(
    "{where} holds “{text}” as text, not as a number, so that the sums skip it. Type it as a number: {meant}."
)
_UNREAD = Text("{where} states {text}, perhaps {meant} is meant: {cause}.")
_ONE_OF = Text(
    "One of several cells is wrong: {where} should be {right}, or {others}. The figures alone do not tell which."
)
_WRONG = Text("{where} states {stated} but should be {right}: {cause}.")
_EQUALS = Text("{cell} = {value}")
_PROOF = Text("With {value}, {said}.")
_BECOMES = Text("{cell} becomes {value} and agrees")
_BECOMES_EQUAL = Text("{cell} becomes {value}, which equals {other}")
_TWO = Text("{one} and {two}")
_THREE = Text("{one}, {two}, and {three}")
_ADDS_UP = plural(
    "the {n} row of {name} gives exactly {total}", "the {n} rows of {name} add up to exactly {total}"
)
_FITS = Text("{value} agrees")
_CAPAIAN_FITS = Text("capaian {value} agrees")


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
    checks_of: Callable[[Table], TableChecks],
    failing: Sequence[Relation],
    findings: Sequence[Finding],
) -> Diagnosed:
    """The causes of findings.

    They are looked for until :data:`MOST_DIAGNOSES` are found or the system is exhausted; findings beyond have none.
    ``failing`` are the relations that rules found not to hold, or could not judge for an unreadable figure.
    """
    if not findings:
        return Diagnosed([], {})
    without = too_small(failing, lambda table, rows: checks_of(table).near(rows))
    system = System(
        tables,
        lambda table, rows: believable(checks_of(table).near(rows), without),
        list(believable(_among_tables(tables), without)),
        list(believable(failing, without)),
        lambda relation: checks_of(relation.target.table).mode_of(relation),
    )
    by_target: dict[tuple[str, Address], list[str]] = {}
    errors = {finding.id for finding in findings if finding.severity is Severity.ERROR}
    for finding in findings:
        by_target.setdefault((finding.rule, _address(finding.place)), []).append(finding.id)
    limits = _limits(system, by_target)
    diagnoses: list[Diagnosis] = []
    explained: dict[str, str] = {}
    complete = True
    for located in locate(system):
        if len(diagnoses) == MOST_DIAGNOSES:
            complete = False
            break
        ids = [i for i in _explained_ids(system, located, by_target, limits) if i not in explained]
        if not ids or (errors.isdisjoint(ids) and not _tells_by_itself(located)):
            continue
        diagnosis = _diagnosis(system, located, f"d{len(diagnoses) + 1}", tuple(ids))
        diagnoses.append(diagnosis)
        explained |= dict.fromkeys(ids, diagnosis.id)
    figures = _figures(tables, {_address(finding.place) for finding in findings if finding.rule == MALFORMED})
    for finding in findings:
        if finding.rule == MALFORMED and finding.id not in explained:
            unread = _unread(figures.get(_address(finding.place)), f"d{len(diagnoses) + 1}", finding)
            if unread is not None:
                diagnoses.append(unread)
                explained[finding.id] = unread.id
    told = {repair.place: at for at, known in reversed([*enumerate(diagnoses)]) for repair in known.repairs}
    for relation in failing:
        text = culprit(relation, without)
        if text is not None:
            ids = by_target.get((relation.rule, address(relation.target)), [])
            ids = ids + by_target.get((AS_TEXT, address(text)), [])
            _explain_by_text(diagnoses, told, explained, text, [i for i in ids if i not in explained])
    return Diagnosed(diagnoses, explained, complete and not system.exhausted)


def _tells_by_itself(located: Located) -> bool:
    """Whether a slip is so plain that a mere warning is worth its cause: two tables may differ for good reasons."""
    return located.repair.cause in _PLAIN_SLIPS and not located.rivals


def _among_tables(tables: Sequence[Table]) -> Iterator[Relation]:
    """Every relation between figures of several tables."""
    yield from equalities(tables)
    yield from equal_wholes(tables)
    yield from (one.relations[0] for one in summaries(tables))
    yield from (one.relation for one in closing_totals(tables))


def _explain_by_text(
    diagnoses: list[Diagnosis], told: dict[Place, int], explained: dict[str, str], text: Term, ids: list[str]
) -> None:
    """Puts findings about a sum under the text that it passes over, ``told`` already (at which diagnosis) or not."""
    place = Place(text.table.sheet, text.figure.cell.a1)
    if not ids:
        return
    at = told.get(place)
    if at is not None:
        known = diagnoses[at]
        diagnoses[at] = replace(known, explains=(*known.explains, *ids))
        explained |= dict.fromkeys(ids, known.id)
    elif text.figure.filled:
        diagnosis = _as_number(text, f"d{len(diagnoses) + 1}", tuple(ids))
        told[place] = len(diagnoses)
        diagnoses.append(diagnosis)
        explained |= dict.fromkeys(ids, diagnosis.id)


def _figures(tables: Sequence[Table], places: set[Address]) -> dict[Address, Figure]:
    """The figures at some places."""
    rows = {(sheet, row) for sheet, row, _ in places}
    return {
        at: figure
        for table in reversed(tables)
        for row in table.rows
        if (table.sheet, row.number) in rows
        for figure in row.figures.values()
        if (at := (table.sheet, row.number, figure.column)) in places
    }


def _unread(figure: Figure | None, name: str, finding: Finding) -> Diagnosis | None:
    """A malformed figure that no sum can settle: its likeliest readings."""
    if figure is None or not figure.readings:
        return None
    values = figure.readings[:_MOST_READINGS]
    meant = joined(same(" / "), map(amount, values))
    where = f"{finding.place.sheet}!{figure.cell.a1}"
    message = _UNREAD.fill(where=where, text=figure.text, meant=meant, cause=CAUSES["separator"])
    repairs = tuple(Suggested(finding.place, figure.text, plain(value)) for value in values)
    return Diagnosis(name, "separator", "likely" if len(values) == 1 else "unclear", message, repairs, (finding.id,))


def _address(place: Place) -> Address:
    from xlaudit.cells import parse_cell

    cell = parse_cell(place.cell)
    return place.sheet, cell.row, cell.column


def _explained_ids(
    system: System,
    located: Located,
    by_target: dict[tuple[str, Address], list[str]],
    limits: dict[Address, list[Address]],
) -> Iterator[str]:
    """Findings of the mended relations, and those about the very cell (malformed, above the budget)."""
    for index in sorted(located.explains):
        relation = system.relations[index]
        yield from by_target.get((relation.rule, address(relation.target)), [])
    yield from by_target.get((MALFORMED, located.repair.place), [])
    after = system.following({located.repair.place: located.repair.value})
    for place in after:
        yield from (found for found in by_target.get((OVER_BUDGET, place), []) if _within(system, place, after))
    bounded = {above: None for place in after for above in limits.get(place, ()) if above not in after}
    for above in bounded:
        if _within(system, above, after) is True:
            yield from by_target[OVER_BUDGET, above]


def _limits(system: System, by_target: dict[tuple[str, Address], list[str]]) -> dict[Address, list[Address]]:
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


def _diagnosis(system: System, located: Located, name: str, ids: tuple[str, ...]) -> Diagnosis:
    best = located.repair
    options = (best, *located.rivals)
    certainty = "unclear" if located.rivals else "certain" if _is_certain(located) else "likely"
    where = f"{best.term.table.sheet}!{best.term.figure.cell.a1}"
    right = shown_as(best.term, best.value)
    if located.rivals:
        others = [
            _EQUALS.fill(cell=_beside(best.term, rival.term), value=shown_as(rival.term, rival.value))
            for rival in located.rivals[:_MOST_RIVALS]
        ]
        message = _ONE_OF.fill(where=where, right=right, others=joined(same(", "), others))
    else:
        message = _WRONG.fill(where=where, right=right, stated=_stated(best.term), cause=CAUSES[best.cause])
        message = sentences(message, _proof(system, best))
        if best.cause == "range_short":
            message = _formula_text(system, best, message)
    repairs = tuple(
        Suggested(Place(r.term.table.sheet, r.term.figure.cell.a1), _plain_stated(r.term), in_cell(r.term, r.value))
        for r in options
    )
    return Diagnosis(name, best.cause, certainty, message, repairs, ids)


def _beside(known: Term, other: Term) -> str:
    """The address of a cell after another one has been named: with its sheet only where that is another."""
    cell = other.figure.cell.a1
    return cell if other.table.sheet == known.table.sheet else f"{other.table.sheet}!{cell}"


def _as_number(term: Term, name: str, ids: tuple[str, ...]) -> Diagnosis:
    """The figure is right, but must become a number."""
    figure = term.figure
    place = Place(term.table.sheet, figure.cell.a1)
    meant = shown_as(term, figure.amount)
    message = _SKIPPED.fill(where=f"{place.sheet}!{place.cell}", text=figure.text, meant=meant)
    suggested = Suggested(place, figure.text, in_cell(term, figure.amount))
    return Diagnosis(name, "text_skipped", "certain", message, (suggested,), ids)


_MEND_FORMULA = Text("Correct the formula, do not type the figure: {cell} holds ={formula}; it leaves out {missing}.")


def _formula_text(system: System, repair: Repair, message: Text) -> Text:
    """What to mend where a formula leaves rows out: the formula, not the figure."""
    formula = repair.term.figure.formula or ""
    sums = [r for i in system.by_cell[repair.place] if address((r := system.relations[i]).target) == repair.place]
    missing = ", ".join(p.figure.cell.a1 for r in sums[:1] for p in r.terms if not names(formula, p))
    cell = repair.term.figure.cell.a1
    return sentences(message, _MEND_FORMULA.fill(cell=cell, formula=formula, missing=missing))


def _is_certain(located: Located) -> bool:
    """Sure where the slip is a known one and the other figures of its relations are confirmed elsewhere."""
    known = located.repair.cause not in ("unexplained", "other_agreement")
    return known and not located.of_a_mean and (located.anchored or len(located.repair.mends) > 1)


def _proof(system: System, repair: Repair) -> Text | None:
    """The sentence that proves the figure: which relations hold with it; None where none is worth telling."""
    said: list[Text] = []
    own = set(system.by_cell[repair.place])
    change = {repair.place: repair.value}
    after = system.states_after(change)
    following = system.following(change)
    follows = following.keys() - change.keys()
    for index in system.by_cell[repair.place]:
        # A formula over the repaired cell follows whatever it says: that proves nothing.
        if after[index] not in (Holds.YES, Holds.DOUBTFUL) or address(system.relations[index].target) in follows:
            continue
        text = _relation_text(system.relations[index], repair)
        if text is not None and text not in said:
            said.append(text)
    said += (_through_text(system.relations[i], following) for i in sorted(repair.mends) if i not in own)
    if not said:
        return None
    return _PROOF.fill(value=shown_as(repair.term, repair.value), said=_listed(said[:_MOST_PROOFS]))


def _listed(said: Sequence[Text]) -> Text:
    """One, two or three clauses as a sentence lists them."""
    if len(said) == 1:
        return said[0]
    wording = _TWO if len(said) == 2 else _THREE
    return wording.fill(**dict(zip(("one", "two", "three"), said, strict=False)))


def _through_text(relation: Relation, following: dict[Address, Decimal]) -> Text:
    """What a relation says that the cell takes part in through formulas only: the total, as it would then be."""
    changed = [term for term in relation.members if address(term) in following]
    total = changed[0] if changed else relation.target
    value = shown_as(total, following.get(address(total), total.figure.amount))
    where = f"{total.table.sheet}!{total.figure.cell.a1}"
    others = [term for term in relation.members if term not in changed]
    if relation.rule in AGREEMENT and others:
        other = f"{others[0].table.sheet}!{others[0].figure.cell.a1}"
        return _BECOMES_EQUAL.fill(cell=where, value=value, other=other)
    return _BECOMES.fill(cell=where, value=value)


def _relation_text(relation: Relation, repair: Repair) -> Text | None:
    target = relation.target
    own = address(target) == repair.place
    stated = target.figure.value
    if relation.rule in ("RA101", "RA102"):
        total = repair.value if own else stated
        if total is None:
            return None
        return _ADDS_UP.fill(n=len(relation.terms), total=shown_as(target, total), name=_short(target.row.label))
    if relation.rule == "RA103" and stated is not None and not own:
        return _FITS.fill(value=shown_as(target, stated))
    if relation.rule == "KI101" and stated is not None and not own:
        return _CAPAIAN_FITS.fill(value=shown_as(target, stated))
    if relation.rule in AGREEMENT and len(relation.terms) == 1:
        other = relation.terms[0] if own else target
        where = f"{other.table.sheet}!{other.figure.cell.a1}"
        return Text("it equals {where}").fill(where=where)
    if relation.rule == "RA104" and not own:
        return Text("sisa agrees")
    return None


def _short(label: str) -> str:
    return label if len(label) <= 40 else label[:37].rstrip() + "…"


def _stated(term: Term) -> Text:
    figure = term.figure
    if figure.state is not State.NUMBER or figure.value is None:
        return same(figure.text)
    return shown_as(term, figure.value)


def _plain_stated(term: Term) -> str:
    figure = term.figure
    return figure.text if figure.value is None else in_cell(term, figure.value)
