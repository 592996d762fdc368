"""The relations around the failing ones, as far as a wrong cell there may have a part in what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from xlaudit.cells import Area, parse_area
from xlaudit.diagnosis.changed import Address, address, addresses
from xlaudit.patterns import pattern
from xlaudit.relations import Relation, Term
from xlaudit.tables import Table


class Gathered(NamedTuple):
    """A relation with the cells of its members, that of the target first.

    ``follows``: its target is a formula over its own cells, not a typed figure.
    """

    relation: Relation
    places: tuple[Address, ...]
    follows: bool


def gather(
    tables: Sequence[Table],
    near: Callable[[Table, set[int]], Iterable[Relation]],
    equalities: Sequence[Relation],
    failing: Iterable[Relation],
) -> list[Gathered]:
    """The relations that share a cell with a failing one, directly or through formula cells.

    ``near`` gives the relations of a table that have a figure in some of its rows.
    """
    broken = [(relation, addresses(relation)) for relation in failing]
    wanted = {place for _, places in broken for place in places}
    kept: dict[tuple[str, Address], Gathered] = {}
    fresh = wanted
    while fresh:
        found: set[Address] = set()
        for relation in _of_rows(tables, near, equalities, fresh):
            name = relation.rule, address(relation.target)
            if name in kept:
                continue
            places = addresses(relation)
            if fresh.isdisjoint(places):
                continue
            one = kept[name] = _gathered(relation, places)
            if one.follows:
                found.update(places)
        fresh = found - wanted
        wanted |= fresh
    for relation, places in broken:
        name = relation.rule, places[0]
        if name not in kept:
            kept[name] = _gathered(relation, places)
    return list(kept.values())


def _of_rows(
    tables: Sequence[Table],
    near: Callable[[Table, set[int]], Iterable[Relation]],
    equalities: Sequence[Relation],
    places: set[Address],
) -> Iterator[Relation]:
    rows: dict[str, set[int]] = {}
    for sheet, row, _ in places:
        rows.setdefault(sheet, set()).add(row)
    for table in tables:
        if table.sheet in rows:
            yield from near(table, rows[table.sheet])
    yield from equalities


def _gathered(relation: Relation, places: tuple[Address, ...]) -> Gathered:
    formula = relation.target.figure.formula
    return Gathered(relation, places, formula is not None and _is_over(formula, places[1:]))


def _is_over(formula: str, places: Sequence[Address]) -> bool:
    """Whether a formula names all of some cells, and any."""
    areas = _areas(formula)
    if not areas:
        return False
    for _, row, column in places:
        for top, left, bottom, right in areas:
            if top <= row <= bottom and left <= column <= right:
                break
        else:
            return False
    return True


def names(formula: str, term: Term) -> bool:
    """Whether a formula names the cell of a term, alone or in a range."""
    return any(area.holds(term.figure.row, term.figure.column) for area in _areas(formula))


_REFERENCE = pattern(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")


@lru_cache(maxsize=4096)
def _areas(formula: str) -> tuple[Area, ...]:
    """The cells and ranges that a formula names, whatever their sheet."""
    found: list[Area] = []
    for text in _REFERENCE.findall(formula.upper()):
        try:
            found.append(parse_area(text.replace("$", "")))
        except ValueError:
            continue
    return tuple(found)
