"""From a relation to what a rule yields: a comparison that held, a flag, or why it cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from xlaudit.findings import Severity
from xlaudit.relations import ONE, Holds, Mode, Relation, computed, holds, places_of
from xlaudit.rules._live import live_formula
from xlaudit.rules.base import MADE, Flag, Made, Skip, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.sight import Checked
from xlaudit.tables import Figure, State
from xlaudit.texts import Text, sentences

_FINER = 6
"""Decimals more than shown; so many tell what is just below the next one."""
_YES, _DOUBTFUL, _NO = Holds.YES, Holds.DOUBTFUL, Holds.NO  # by names of their own, see ``tables.NUMBER``
_ZERO_DIVISOR, _UNKNOWN = Holds.ZERO_DIVISOR, Holds.UNKNOWN


def judge(relation: Relation, mode: Mode, message: Text, advice: Text | None = None) -> Verdict | None:
    """The verdict on a relation; None where there is nothing to compare yet (a blank figure).

    ``message`` has gaps for ``stated``, ``computed``, ``difference`` and ``n``, filled as each language writes figures.
    """
    verdict = holds(relation, mode)
    if verdict is _YES:
        return MADE
    original = relation
    if verdict is _UNKNOWN and (contradicted := _contradicted(relation, mode)) is not None:
        relation, verdict = contradicted, _NO
    if verdict is _UNKNOWN:
        unclear = next(term for term in relation.members if not term.figure.nil_or_filled)
        reason = why_not(unclear.figure)
        return None if reason is None else Skip(relation.target.table, relation.target.figure.cell, reason, relation)
    target = relation.target
    if verdict is _ZERO_DIVISOR:
        assert relation.divisor is not None
        zero = Text("the divisor in {cell} is zero").fill(cell=relation.divisor.figure.cell.a1)
        return Skip(target.table, target.figure.cell, zero)
    reached = computed(relation)
    assert reached is not None
    stated = target.figure.amount
    if reached == stated:  # rounded where the table cuts off: say what it should print instead
        reached = _cut_off(relation)
    facts = {
        "stated": shown_as(target, stated),
        "computed": shown_as(target, reached),
        "difference": shown_as(target, abs(stated - reached)),
        "n": len(relation.terms),
    }
    doubtful = verdict is _DOUBTFUL
    return Flag(
        table=target.table,
        cell=target.figure.cell,
        label=label_of(target.table, target.row, target.figure),
        message=_doubt(message.fill(**facts)) if doubtful else message.fill(**facts),
        severity=Severity.WARNING if doubtful else None,
        stated=in_cell(target, stated),
        computed=in_cell(target, reached),
        difference=Decimal(in_cell(target, stated - reached)),
        because=tuple([(term.table, term.figure.cell) for term in relation.members[1:]]),
        advice=advice,
        live=live_formula(relation, mode),
        relation=original,
    )


def _contradicted(relation: Relation, mode: Mode) -> Relation | None:
    """The relation with its one ambiguous figure read in the likeliest way, where no way of reading makes it hold."""
    unclear = {member.figure for member in relation.members if not member.figure.nil_or_filled}
    if len(unclear) != 1 or (figure := unclear.pop()).state is not State.AMBIGUOUS or not figure.readings:
        return None

    def read_as(value: Decimal) -> Relation:
        unit = ONE.scaleb(min(int(value.as_tuple().exponent), 0))
        read = figure._replace(state=State.NUMBER, value=value, unit=unit)
        return relation.with_terms(lambda part: part._replace(figure=read) if part.figure == figure else part)

    ways = [read_as(value) for value in figure.readings]
    return ways[0] if all(holds(way, mode) is _NO for way in ways) else None


def _cut_off(relation: Relation) -> Decimal:
    """What a percentage comes to, cut off behind the last decimal that its cell shows."""
    places = max(places_of(relation.target.figure), 0)
    exact = computed(relation, places + _FINER)
    assert exact is not None
    return exact.quantize(ONE.scaleb(-places), ROUND_DOWN)


def judge_all(checked: Checked, mode: Mode, message: Text, advice: Text) -> Iterator[Verdict]:
    """The verdicts on all relations of one kind in a table: those that held are counted, the others judged."""
    yield Made(checked.held)
    for relation in checked.open:
        verdict = judge(relation, mode, message, advice)
        if verdict is not None:
            yield verdict


def _doubt(text: Text) -> Text:
    return sentences(
        text,
        Text("A difference of this size is possible only if nearly all roundings go the same way."),
    )


def why_not(figure: Figure) -> Text | None:
    """Why a figure cannot be computed with; None for a blank, which other rules tell."""
    return _REASONS[figure.state].fill(text=figure.text, cell=figure.cell.a1) if figure.state in _REASONS else None


_REASONS = {
    State.MALFORMED: Text("the figure in {cell} is written in a way that cannot be read"),
    State.AMBIGUOUS: Text("the figure in {cell} can be read in two ways; its point or comma is not certain"),
    State.STACKED: Text("cell {cell} holds more than one figure; put each into a cell of its own"),
    State.ERROR: Text("cell {cell} holds a formula error"),
    State.UNCOMPUTED: Text(
        "the file does not store the value of the formula in {cell}; open and save it with Excel or LibreOffice"
    ),
    State.DATE: Text("cell {cell} holds a date, not a figure"),
    State.NOT_APPLICABLE: Text("cell {cell} says that there is no result"),
    State.TEXT: Text("cell {cell} holds text, not a figure"),
}
