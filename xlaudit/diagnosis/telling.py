"""A cause in words: what is wrong, what it should be, and the sentence that proves it."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.diagnosis.changed import Changes, address
from xlaudit.diagnosis.gathering import names
from xlaudit.diagnosis.locate import Located, Repair
from xlaudit.diagnosis.search import AGREEMENT
from xlaudit.diagnosis.slips import CAUSES
from xlaudit.diagnosis.system import System
from xlaudit.findings import Diagnosis, Place, Slip
from xlaudit.findings import Repair as Suggested
from xlaudit.relations import Holds, Relation, Term
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import State
from xlaudit.texts import Text, joined, plural, same, sentences

_MOST_PROOFS = 3
_MOST_RIVALS = 4
_SKIPPED = Text(
    "{where} holds “{text}” as text, not as a number, so that the sums skip it. Type it as a number: {meant}."
)
_ONE_OF = Text(
    "One of several cells is wrong: {where} should be {right}, or {others}. The figures alone do not tell which."
)
_WRONG = Text("{where} states {stated} but should be {right}: {cause}.")
_ABOUT = Text("{where} states {stated} but should be about {right}: {cause}.")
_SWAPPED = Text("{where} states {stated} and {other} states {value}: {cause}.")
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


def diagnosis_of(system: System, located: Located, name: str, ids: tuple[str, ...]) -> Diagnosis:
    """A located cause as the diagnosis ``name`` of the findings ``ids``."""
    best = located.repair
    options = (*located.repairs, *located.rivals)
    certainty = "unclear" if located.rivals else "certain" if _is_certain(located) else "likely"
    where = f"{best.term.table.sheet}!{best.term.figure.cell.a1}"
    right = shown_as(best.term, best.value)
    if located.rivals:
        others = [
            _EQUALS.fill(cell=_beside(best.term, rival.term), value=shown_as(rival.term, rival.value))
            for rival in located.rivals[:_MOST_RIVALS]
        ]
        message = _ONE_OF.fill(where=where, right=right, others=joined(same(", "), others))
    elif len(located.repairs) > 1:
        other = located.repairs[1]
        message = _SWAPPED.fill(
            where=where,
            stated=_stated(best.term),
            other=_beside(best.term, other.term),
            value=_stated(other.term),
            cause=CAUSES[best.cause],
        )
    else:
        wording = _ABOUT if best.about else _WRONG
        message = wording.fill(where=where, right=right, stated=_stated(best.term), cause=CAUSES[best.cause])
        message = sentences(message, _proof(system, located, right))
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


def as_number(term: Term, name: str, ids: tuple[str, ...]) -> Diagnosis:
    """The figure is right, but must become a number."""
    figure = term.figure
    place = Place(term.table.sheet, figure.cell.a1)
    meant = shown_as(term, figure.amount)
    message = _SKIPPED.fill(where=f"{place.sheet}!{place.cell}", text=figure.text, meant=meant)
    suggested = Suggested(place, figure.text, in_cell(term, figure.amount))
    return Diagnosis(name, "text_skipped", "certain", message, (suggested,), ids)


def alone(term: Term, slip: Slip, name: str, finding: str) -> Diagnosis:
    """What a finding shows of its cell by itself."""
    figure = term.figure
    place = Place(term.table.sheet, figure.cell.a1)
    where = f"{place.sheet}!{place.cell}"
    right = shown_as(term, slip.right)
    as_typed = slip.cause == "percent_fraction"  # shown as a percentage it would look right
    stated, plainly = (same(figure.text), figure.text) if as_typed else (_stated(term), _plain_stated(term))
    message = _WRONG.fill(where=where, right=right, stated=stated, cause=CAUSES[slip.cause])
    repair = Suggested(place, plainly, in_cell(term, slip.right))
    return Diagnosis(name, slip.cause, "likely", message, (repair,), (finding,))


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
    sure = located.looked_at_all and not located.of_a_mean
    return known and sure and (located.anchored or len(located.mends) > 1)


def _proof(system: System, located: Located, right: Text) -> Text | None:
    """The sentence that proves the ``right`` figure: which relations hold with it; None where none is worth telling."""
    repair = located.repair
    said: list[Text] = []
    equal: list[str] = []
    own = set(system.by_cell[repair.place])
    after = system.states_after(located.changes)
    following = system.following(located.changes)
    follows = following.keys() - located.changes.keys()
    for index in system.by_cell[repair.place]:
        # A formula over the repaired cell follows whatever it says: that proves nothing.
        if after[index] not in (Holds.YES, Holds.DOUBTFUL) or address(system.relations[index].target) in follows:
            continue
        other = _other_place(system.relations[index], repair)
        if other is not None:
            equal += [other] if other not in equal else []
            continue
        text = _relation_text(system.relations[index], repair, located.changes)
        if text is not None and text not in said:
            said.append(text)
    if equal:
        said.append(Text("it equals {where}").fill(where=", ".join(equal[:_MOST_PROOFS])))
    said += (_through_text(system.relations[i], following) for i in sorted(located.mends) if i not in own)
    if not said:
        return None
    return _PROOF.fill(value=right, said=_listed(said[:_MOST_PROOFS]))


def _listed(said: Sequence[Text]) -> Text:
    """One, two or three clauses as a sentence lists them."""
    if len(said) == 1:
        return said[0]
    wording = _TWO if len(said) == 2 else _THREE
    return wording.fill(**dict(zip(("one", "two", "three"), said, strict=False)))


def _through_text(relation: Relation, following: Changes) -> Text:
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


def _relation_text(relation: Relation, repair: Repair, changes: Changes) -> Text | None:
    target = relation.target
    own = address(target) == repair.place
    stated = changes.get(address(target), target.figure.value)
    if relation.rule in ("RA101", "RA102"):
        if stated is None:
            return None
        return _ADDS_UP.fill(n=len(relation.terms), total=shown_as(target, stated), name=_short(target.row.label))
    if relation.rule == "RA103" and stated is not None and not own:
        return _FITS.fill(value=shown_as(target, stated))
    if relation.rule == "KI101" and stated is not None and not own:
        return _CAPAIAN_FITS.fill(value=shown_as(target, stated))
    if relation.rule == "RA104" and not own:
        return Text("sisa agrees")
    return None


def _other_place(relation: Relation, repair: Repair) -> str | None:
    """Where another table prints the same figure, for a relation that says so."""
    if relation.rule not in AGREEMENT or len(relation.terms) != 1:
        return None
    other = relation.terms[0] if address(relation.target) == repair.place else relation.target
    return f"{other.table.sheet}!{other.figure.cell.a1}"


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
