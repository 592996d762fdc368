"""Sums that are formulas pass over texts: such a sum says nothing of the text, and must not be believed against it.

RULES N3: a number stored as text is an error where a formula's SUM silently skips it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from xlaudit.relations import Relation, Term
from xlaudit.tables import Figure, State

_SUMS = ("RA101", "RA102")
_UNREADABLE = (State.MALFORMED, State.AMBIGUOUS, State.STACKED, State.TEXT)


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


def believable(relations: Iterable[Relation]) -> Iterator[Relation]:
    """The relations without the sums that pass over a text."""
    return (relation for relation in relations if not passes_over(relation))


def _is_text(figure: Figure) -> bool:
    return figure.formula is None and (figure.as_text or figure.state in _UNREADABLE)
