"""What became of the findings of an earlier workbook, and which figures changed without any of them asking for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xlaudit.answers import Answer, of_causes
from xlaudit.cells import Cell
from xlaudit.changes import Comparison, Line, Revised
from xlaudit.findings import Finding, Place, plain
from xlaudit.outcome import Outcome
from xlaudit.resubmission.pairing import Pair, Paired, new_places, paired
from xlaudit.rules.base import label_of
from xlaudit.tables import Figure, Level, Row, State, Table
from xlaudit.texts import Text, same

_COMPUTED = frozenset(
    {"persen", "capaian", "sisa", "efisiensi", "perubahan", "selisih", "tingkat_kemajuan", "kategori"}
)
"""Roles of columns that follow from the others of their row."""
_CLOSING = (Level.TOTAL, Level.MEAN, Level.RATIO)


class _Change(NamedTuple):
    """A figure that is another one now, with its table and row, by which it is told what follows from what."""

    pair: int
    row: Row
    column: str
    role: str
    revised: Revised


def compare(
    old: Outcome,
    old_tables: Sequence[Table],
    new: Outcome,
    new_tables: Sequence[Table],
    answers: Mapping[str, Answer] | None = None,
) -> Comparison:
    """Two audits of one agency's workbook, the earlier and the later, both with the tables that were read.

    A finding is the same one where its rule is and its cell, wherever rows and columns moved to, or where its id is.
    A figure changed silently where neither a finding of the old workbook concerned its cell, nor it follows from a
    cell that one did: as a computed column of the same row, as a total above it, as the same figure elsewhere.
    ``answers`` are the agency's by the ids of findings, in either workbook.
    """
    tables = paired(old_tables, new_tables)
    places = new_places(tables.pairs)
    partner = _partners((*old.findings, *old.waived), (*new.findings, *new.waived), places)
    met = {finding.id for finding in partner.values()}
    standing = {finding.id for finding in new.findings}
    both = [(one, partner[one.id]) for one in (*old.findings, *old.waived) if one.id in partner]
    wanted = {places[place] for place in _concerned(old) if place in places}
    changes = list(_changes(tables))
    asked = [one for one in changes if one.revised.after_place in wanted]
    following = _following(changes, asked, tables.pairs)
    settled = {id(one) for one in (*asked, *following)}
    return Comparison(
        old,
        new,
        fixed=tuple(finding for finding in (*old.findings, *old.waived) if finding.id not in partner),
        open=tuple((was, now) for was, now in both if now.id in standing),
        come=tuple(finding for finding in new.findings if finding.id not in met),
        waived=new.waived,
        asked=tuple(one.revised for one in asked),
        following=tuple(one.revised for one in following),
        silent=tuple(one.revised for one in changes if id(one) not in settled),
        removed=tuple(_lines(((pair.old, row) for pair in tables.pairs for row in pair.removed), tables.removed)),
        added=tuple(_lines(((pair.new, row) for pair in tables.pairs for row in pair.added), tables.added)),
        answers=of_causes(answers or {}, (*old.diagnoses, *new.diagnoses)),
        places=places,
    )


def _partners(
    old: Sequence[Finding], new: Sequence[Finding], places: Mapping[Place, Place]
) -> dict[str, Finding]:
    """Which finding of now is which of then, by the id of then."""
    by_place: dict[tuple[str, Place], list[Finding]] = {}
    for finding in reversed(new):
        by_place.setdefault((finding.rule, finding.place), []).append(finding)
    partner: dict[str, Finding] = {}
    for finding in old:
        here = by_place.get((finding.rule, places[finding.place])) if finding.place in places else None
        if here:
            partner[finding.id] = here.pop(next((at for at, one in enumerate(here) if one.id == finding.id), -1))
    taken = {one.id for one in partner.values()}
    by_id = {finding.id: finding for finding in new if finding.id not in taken}
    outside = [finding for finding in old if finding.id not in partner and finding.place not in places]
    for finding in outside:
        if finding.id in by_id:
            partner[finding.id] = by_id.pop(finding.id)
    known = set(places.values())
    left = {(one.rule, one.place): one for one in by_id.values() if one.place not in known}
    for finding in outside:
        if finding.id not in partner and (finding.rule, finding.place) in left:
            partner[finding.id] = left.pop((finding.rule, finding.place))
    return partner


def _concerned(outcome: Outcome) -> Iterator[Place]:
    """The cells that findings and their suggested repairs name.

    Where the cause is certain the figures that a finding rests on were not asked to change, but for the cause.
    """
    certain = {one.id for one in outcome.diagnoses if one.certainty == "certain"}
    for finding in (*outcome.findings, *outcome.waived):
        yield finding.place
        if finding.diagnosis not in certain:
            yield from finding.because
    for diagnosis in outcome.diagnoses:
        yield from (repair.place for repair in diagnosis.repairs)


def _changes(tables: Paired) -> Iterator[_Change]:
    for at, pair in enumerate(tables.pairs):
        for before, after in pair.rows:
            for name, column in pair.new.columns.items():
                if name not in pair.old.columns:
                    continue
                was, now = before.figures.get(name), after.figures.get(name)
                if was is not None and now is not None:
                    if _content(was) != _content(now):
                        yield _Change(at, after, name, column.role, _revised(pair, before, was, after, now))
                elif column.role == "kategori" and _word(before, name) != _word(after, name):
                    yield _Change(at, after, name, column.role, _reworded(pair, before, after, name))


def _content(figure: Figure) -> object:
    """What must differ for a figure to be another one: a number as a text is the same figure."""
    if figure.value is not None:
        return figure.value
    return State.NIL if figure.state is State.NIL else " ".join(figure.text.split())


def _word(row: Row, name: str) -> str:
    return " ".join(row.texts.get(name, "").split()).casefold()


def _revised(pair: Pair, before: Row, was: Figure, after: Row, now: Figure) -> Revised:
    return Revised(
        label_of(pair.new, after, now),
        Place(pair.old.sheet, was.cell.a1),
        Place(pair.new.sheet, now.cell.a1),
        _shown(was),
        _shown(now),
    )


def _shown(figure: Figure) -> str | None:
    return plain(figure.value) if figure.value is not None else figure.text.strip() or None


def _reworded(pair: Pair, before: Row, after: Row, name: str) -> Revised:
    was, now = pair.old.columns[name], pair.new.columns[name]
    return Revised(
        _labelled(after, now.header),
        Place(pair.old.sheet, Cell(before.number, was.column).a1),
        Place(pair.new.sheet, Cell(after.number, now.column).a1),
        before.texts.get(name, "").strip() or None,
        after.texts.get(name, "").strip() or None,
    )


def _labelled(row: Row, header: str) -> Text:
    return same(f"{row.label or row.code} · {header.split(' · ')[-1]}")


def _following(changes: Sequence[_Change], asked: Sequence[_Change], pairs: Sequence[Pair]) -> list[_Change]:
    """The changes that follow from those that were asked for, directly or by way of others."""
    known = list(asked)
    copies = {(one.revised.before, one.revised.after) for one in asked}
    taken = {id(one) for one in asked}
    found: list[_Change] = []
    rows: set[tuple[int, int]] = set()
    sums: set[tuple[int, int, str]] = set()
    closing: set[tuple[int, str]] = set()
    while known:
        for one in known:
            rows.add((one.pair, one.row.index))
            closing.add((one.pair, one.column))
            above = one.row.parent
            while above is not None:
                sums.add((one.pair, above, one.column))
                above = pairs[one.pair].new.rows[above].parent
        known = [
            one
            for one in changes
            if id(one) not in taken
            and (
                (one.role in _COMPUTED and (one.pair, one.row.index) in rows)
                or (one.pair, one.row.index, one.column) in sums
                or (one.row.level in _CLOSING and (one.pair, one.column) in closing)
                or (one.revised.before, one.revised.after) in copies
            )
        ]
        taken |= {id(one) for one in known}
        found += known
    settled = {id(one) for one in found}
    return [one for one in changes if id(one) in settled]


def _lines(rows: Iterable[tuple[Table, Row]], tables: Iterable[Table]) -> Iterator[Line]:
    for table, row in rows:
        name = " ".join(filter(None, (row.code, row.label))) or row.texts.get("indikator", "")
        yield Line(Place(table.sheet, Cell(row.number, table.area.left).a1), name)
    for table in tables:
        yield Line(Place(table.sheet, table.area.a1), table.title or table.sheet, len(table.rows))
