"""Sums that are formulas pass over texts: such a sum says nothing of the text, and must not be believed against it.

RULES N3: a number stored as text is an error where a formula's SUM silently skips it. What follows by formula from a
sum that skips a text is too small as well, and no witness either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from xlaudit.diagnosis.changed import Address, address
from xlaudit.relations import Relation, Term
from xlaudit.tables import Figure, State, Table

_SUMS = ("RA101", "RA102")
_UNREADABLE = (State.MALFORMED, State.AMBIGUOUS, State.STACKED, State.TEXT)

Near = Callable[[Table, set[int]], Iterable[Relation]]


def passes_over(relation: Relation) -> tuple[Term, ...]:
    """The terms that the formula in the target leaves out because they are texts; none where it counts them all."""
    target = relation.target.figure
    if relation.rule not in _SUMS or target.formula is None or target.state is not State.NUMBER:
        return ()
    texts = tuple(term for term in relation.terms if _is_text(term.figure))
    if not texts:
        return ()
    counted = sum((t.figure.amount for t in relation.terms if not _is_text(t.figure)), Decimal(0))
    return texts if counted == target.amount else ()


def too_small(failing: Sequence[Relation], known: Mapping[Address, Term], near: Near) -> dict[Address, Term]:
    """The sums that miss a text, directly or by the sums below them, each with the first text that is missing.

    ``known`` are formulas of which a finding says already that they pass over a text.
    """
    found: dict[Address, Term] = dict(known)
    rows: dict[str, tuple[Table, set[int]]] = {}
    for place, text in known.items():
        rows.setdefault(text.table.id, (text.table, set()))[1].add(place[1])
    for relation in failing:
        for text in passes_over(relation)[:1]:
            found[address(relation.target)] = text
            rows.setdefault(text.table.id, (text.table, set()))[1].add(relation.target.figure.row)
    while rows:
        _, (table, due) = rows.popitem()
        above: set[int] = set()
        for relation in near(table, due):
            place, missing = address(relation.target), _missing(relation, found)
            if missing is None or place in found or relation.divisor is not None:
                continue
            if relation.target.figure.formula:
                found[place] = missing
                above.add(relation.target.figure.row)
        if above:
            rows[table.id] = (table, above)
    return found


def _missing(relation: Relation, known: dict[Address, Term]) -> Term | None:
    return next((known[place] for term in relation.terms if (place := address(term)) in known), None)


def believable(relations: Iterable[Relation], known: dict[Address, Term]) -> Iterable[Relation]:
    """The relations in which no sum that misses a text takes part."""
    if not known:
        return relations
    return (relation for relation in relations if not any(address(member) in known for member in relation.members))


def culprit(relation: Relation, known: dict[Address, Term]) -> Term | None:
    """The text that a failing relation fails for; None where it has nothing to do with one."""
    return next((known[place] for member in relation.members if (place := address(member)) in known), None)


def _is_text(figure: Figure) -> bool:
    return figure.formula is None and (figure.as_text or figure.state in _UNREADABLE)
