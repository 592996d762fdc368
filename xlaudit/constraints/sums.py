"""Sums over rows: parents of those below them, pembiayaan."""

from __future__ import annotations

from xlaudit.patterns import pattern
from xlaudit.relations import Relation, add_up, child_rows, partner
from xlaudit.schemas.words import fold
from xlaudit.tables import BLANK, Column, Row, Table

SUM = "RA101"
NET_WORDS = ("pembiayaan", "surplus", "defisit")
"""One of these is in every name of a difference."""
_NET = pattern(r"\W*([0-9a-z]{1,3}[.)]\s+)?(pembiayaan|surplus|defisit)\b")
_INCOMING = pattern(r"\b(penerimaan|pendapatan)\b")
_OUTGOING = pattern(r"\b(pengeluaran|belanja)\b")


def parents(table: Table) -> list[int]:
    """The places of the rows that are the sum of those right below them, save where rows are seen to be missing."""
    places = sorted(table.children)
    return [place for place in places if not _cut_short(table, place)] if table.has_orphans else places


def parent_sum(table: Table, column: Column, parent: Row) -> Relation | None:
    """A parent is the sum of the rows right below it (RULES A4). None where there is nothing to compare."""
    if parent.figures[column.name].state is BLANK:
        return None
    below = child_rows(table)
    rows = below(parent)
    if column.role == "sisa" and any(_not_yet_spent(table, column, row) for row in rows):
        return None
    relation = add_up(SUM, table, column, parent, rows, below)
    return _net(relation) if relation is not None and is_net_name(fold(parent.label)) else relation


def is_net_name(name: str) -> bool:
    """Whether a row of this folded name is a difference of those below it, no sum: pembiayaan, surplus, defisit."""
    return _NET.match(name) is not None


def _net(relation: Relation) -> Relation:
    """Pembiayaan and surplus are what comes in less what goes out (RULES A8); posts that name neither are summed.

    An outgoing post that is printed below zero has its sign already.
    """
    names = [fold(part.row.label) for part in relation.terms]
    if not any(map(_INCOMING.search, names)) or not any(map(_OUTGOING.search, names)):
        return relation
    terms = tuple(
        part._replace(factor=-part.factor) if _OUTGOING.search(name) and part.figure.amount > 0 else part
        for part, name in zip(relation.terms, names, strict=True)
    )
    return relation._replace(terms=terms)


def _not_yet_spent(table: Table, column: Column, row: Row) -> bool:
    """Whether a row has a pagu, but no sisa for want of a realisasi: what is above it counts its pagu as left.

    A realisasi kept as text is none to a formula.
    """
    if row.figures[column.name].state is not BLANK:
        return False
    parts = [row.figures[other.name] for role in ("realisasi", "pagu") if (other := partner(table, column, role))]
    return len(parts) == 2 and (parts[0].state is BLANK or parts[0].as_text) and parts[1].filled


def _cut_short(table: Table, parent: int) -> bool:
    """Whether rows are missing below a parent: the row after its last one belongs to a parent not shown."""
    last = max(table.children[parent])
    while last in table.children:
        last = max(table.children[last])
    return last + 1 < table.size and table.rows[last + 1].orphan
