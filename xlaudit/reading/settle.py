"""Settles by arithmetic what a column alone leaves open: ``1.234`` and the scale of a percentage (RULES N1, N4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from xlaudit.checks import TableChecks
from xlaudit.constraints import EFFICIENCY, differences, relatives
from xlaudit.relations import HUNDRED, ONE, Holds, Mode, Relation, Term, holds
from xlaudit.tables import Figure, Holding, Measure, State, Table

_Place = tuple[int, int]
_LIKELY_FRACTION = Decimal("1.5")
"""Up to this a bare number may be a fraction of one, above it it may be percentage points."""


def settle(table: Table) -> Table:
    """The table with ambiguous figures read, and percentages scaled, as the sums and ratios demand."""
    ambiguous, number = State.AMBIGUOUS, State.NUMBER
    guessed: list[Figure] = []
    stray: list[Figure] = []
    for column in table.columns.values():
        holding = table.holding(column.name)
        if ambiguous in holding.states:
            stray += [holding.at(index) for index, kind in enumerate(holding.kinds) if kind is ambiguous]
        for figure in _bare(holding) if column.measure is Measure.PERCENT else ():
            assert figure.value is not None
            if figure.scale == HUNDRED:
                guessed.append(figure)
            if not figure.as_text and figure.state is number and _may_be_fraction(figure.value, figure.scale):
                stray.append(figure)
    if not guessed and not stray:
        return table
    relations = _by_place(table)
    changes = _whole_columns(guessed, relations)
    for figure in stray:
        if (figure.row, figure.column) in changes:
            continue
        fitting = [option for option in _options(figure) if _fits(relations, figure, option)]
        if len(fitting) == 1 and not _fits(relations, figure, figure):
            changes[figure.row, figure.column] = fitting[0]
    return _changed(table, changes) if changes else table


def _bare(holding: Holding) -> list[Figure]:
    """The figures of a percentage column that may be of another scale: of points only those that are not large."""
    places: Iterable[int] = range(len(holding))
    if holding.scales <= {ONE}:
        places = [place for place, value in enumerate(holding.values) if value and value <= _LIKELY_FRACTION]
    return [figure for figure in map(holding.at, places) if figure.value and not figure.percent_sign]


def _whole_columns(guessed: list[Figure], relations: dict[_Place, list[Relation]]) -> dict[_Place, Figure]:
    """Columns of small numbers taken for fractions of one, where the ratios say that they are percentage points."""
    changes: dict[_Place, Figure] = {}
    for column in {figure.column for figure in guessed}:
        own = [figure for figure in guessed if figure.column == column]
        points = [next(_options(figure)) for figure in own]
        as_read = sum(_fits(relations, figure, figure) for figure in own)
        as_points = sum(_fits(relations, figure, other) for figure, other in zip(own, points, strict=True))
        if as_points > as_read:
            changes |= {(figure.row, figure.column): figure for figure in points}
    return changes


def _may_be_fraction(value: Decimal, scale: Decimal) -> bool:
    """Whether a bare number of a percentage column could stand in the other scale."""
    return abs(value) <= _LIKELY_FRACTION if scale == ONE else abs(value / scale) > _LIKELY_FRACTION


def _options(figure: Figure) -> Iterator[Figure]:
    if figure.state is State.AMBIGUOUS:
        for value in figure.readings:
            exponent = value.as_tuple().exponent
            yield figure._replace(state=State.NUMBER, value=value, unit=ONE.scaleb(min(int(exponent), 0)))
        return
    assert figure.value is not None
    factor = HUNDRED if figure.scale == 1 else Decimal("0.01")
    yield figure._replace(
        value=figure.value * factor,
        unit=figure.unit * factor,
        scale=figure.scale * factor,
    )


def _by_place(table: Table) -> dict[_Place, list[Relation]]:
    found: dict[_Place, list[Relation]] = {}
    for relation in (*TableChecks(table).everything(), *differences(table), *relatives(table)):
        for member in relation.members:
            found.setdefault((member.figure.row, member.figure.column), []).append(relation)
    return found


def _fits(relations: dict[_Place, list[Relation]], figure: Figure, option: Figure) -> bool:
    """Whether every relation of the figure that can be judged holds with this reading, and there is one.

    Of the forms of efisiensi one is enough.
    """
    states: list[Holds] = []
    forms: list[Holds] = []
    for relation in relations.get((figure.row, figure.column), ()):
        verdict = holds(_swapped(relation, figure, option), Mode.ROUNDED)
        (forms if relation.rule == EFFICIENCY else states).append(verdict)
    if forms:
        states.append(Holds.YES if Holds.YES in forms else forms[0])
    return Holds.YES in states and Holds.NO not in states


def _swapped(relation: Relation, figure: Figure, option: Figure) -> Relation:
    def swap(term: Term) -> Term:
        same = term.figure.row == figure.row and term.figure.column == figure.column
        return term._replace(figure=option) if same else term

    return relation.with_terms(swap)


def _changed(table: Table, changes: dict[_Place, Figure]) -> Table:
    rows = tuple(
        row._replace(figures={n: changes.get((f.row, f.column), f) for n, f in row.figures.items()})
        for row in table.rows
    )
    return replace(table, rows=rows)
