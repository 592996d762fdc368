"""The whole of a budget as several tables print it: their totals, and what tables without a total add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from xlaudit.agreement import Odd, odd_ones
from xlaudit.constraints import leaves_out_top_rows
from xlaudit.crosswalk import Mention, Subject, before_revision, main_year, part_of_year, revised_roles, year_of
from xlaudit.findings import plain
from xlaudit.matching import same_names
from xlaudit.relations import ONE, Relation, Term, term
from xlaudit.schemas.words import one_slip
from xlaudit.tables import Column, Level, Measure, Row, State, Table

TOTALS = "XT103"
_ROLES = ("pagu", "realisasi")
_SMALLEST = 1_000_000
"""Rupiah; two wholes below it may be equal by chance."""
_LEAST_DIGITS = 8
_MOST_TOTALS = 200
_NEAR = 1_000
"""A slip of one digit is one if it changes less than such a part of the whole: budgets move by more."""


class Whole(NamedTuple):
    """What a table says of a whole: its total, or where it has none the figures of its topmost rows."""

    table: Table
    role: str
    year: int
    total: Term | None
    parts: tuple[Term, ...]
    amount: Decimal
    """In rupiah: the total, or the sum of the parts."""
    exact: bool
    """Whether every figure of it is in whole rupiah or finer, and the whole large enough to be told by."""


class OddSum(NamedTuple):
    """The rows of a table without a total, the total that they should add up to, and the equation between them.

    The equation gives the last row: the total less the other rows.
    """

    whole: Whole
    total: Term

    @property
    def relation(self) -> Relation:
        *others, last = self.whole.parts
        return Relation(TOTALS, last, (self.total, *(part._replace(factor=-ONE) for part in others)))


class Compared(NamedTuple):
    """The prints of one whole: how many comparisons held, the totals and sums that disagree.

    ``sure`` names the tables, by their ids, that print an amount of the whole as another one does.
    """

    subject: Subject
    odd: tuple[Odd, ...]
    sums: tuple[OddSum, ...]
    held: tuple[Relation, ...]
    sure: frozenset[str]


def compared(tables: Iterable[Table]) -> Iterator[Compared]:
    """Every whole that several tables print, year by year.

    Two tables speak of the same whole where they print its pagu or its realisasi alike, or where their totals differ
    in one digit far from the front.
    """
    tables = [table for table in tables if not table.guessed]
    wholes = list(_wholes(tables))
    for year in sorted({whole.year for whole in wholes}):
        own = [whole for whole in wholes if whole.year == year]
        sure = frozenset(_alike(own))
        for role in _ROLES:
            same = [whole for whole in own if whole.role == role]
            near = frozenset(_pair(a, b) for a, b in _pairs(same) if _one_digit_off(a, b))
            for group in _groups([whole.table for whole in same], sure | near):
                linked = [whole for whole in same if whole.table.id in group]
                if any(whole.total is not None for whole in linked):
                    yield _compare(role, year, linked, sure)


def _compare(role: str, year: int, wholes: list[Whole], sure: frozenset[tuple[str, str]]) -> Compared:
    mentions = tuple(Mention("total", whole.total) for whole in wholes if whole.total is not None)
    subject = Subject("total", role, year, mentions)
    odd = tuple(one for one in odd_ones(subject) if not _follows_from_rows(one))
    wrong = {id(one.mention) for one in odd}
    right = [mention.term for mention in mentions if id(mention) not in wrong]
    held = [Relation(TOTALS, other, (right[0],)) for other in right[1:]]
    sums: list[OddSum] = []
    certain = {table for pair in sure for table in pair}
    for whole in wholes:
        if whole.total is None and whole.table.id in certain:
            one = OddSum(whole, right[0])
            if whole.amount == right[0].figure.amount:
                held.append(one.relation)
            elif whole.exact:
                sums.append(one)
    return Compared(subject, odd, tuple(sums), tuple(held), frozenset(certain))


def _wholes(tables: list[Table]) -> Iterator[Whole]:
    main, revised = main_year(tables), revised_roles(tables)
    for table in tables:
        if before_revision(table, revised) or part_of_year(table) or leaves_out_top_rows(table):
            continue
        for role in _ROLES:
            for column in table.by_role(role):
                year = None if column.period == "sebelum" else year_of(column, table, main)
                whole = None if year is None else _whole(table, column, year)
                if whole is not None:
                    yield whole
                    break


def _whole(table: Table, column: Column, year: int) -> Whole | None:
    if column.measure is not Measure.AMOUNT:
        return None
    totals = table.rows_of(Level.TOTAL)
    if totals:
        figure = totals[0].figures[column.name]
        if len(totals) > 1 or not figure.filled:
            return None
        exact = figure.unit <= 1 and figure.amount >= _SMALLEST
        return Whole(table, column.role, year, term(table, column, totals[0]), (), figure.amount, exact)
    rows = table.top_rows()
    figures = [row.figures[column.name] for row in rows]
    if len(rows) < 2 or any(f.state not in (State.NUMBER, State.NIL, State.BLANK) for f in figures):
        return None
    parts = tuple(term(table, column, row) for row in rows if row.figures[column.name].filled)
    if len(parts) < 2:
        return None
    amount = sum((part.figure.amount for part in parts), Decimal(0))
    exact = amount >= _SMALLEST and all(part.figure.unit <= 1 for part in parts)
    return Whole(table, column.role, year, None, parts, amount, exact)


def _pairs(wholes: list[Whole]) -> Iterator[tuple[Whole, Whole]]:
    """Pairs of totals; of very many tables none."""
    stated = [whole for whole in wholes if whole.total is not None and whole.exact]
    if len(stated) > _MOST_TOTALS:
        return
    for at, one in enumerate(stated):
        yield from ((one, two) for two in stated[at + 1 :] if two.table is not one.table)


def _pair(one: Whole, two: Whole) -> tuple[str, str]:
    return _pair_of(one.table, two.table)


def _pair_of(one: Table, two: Table) -> tuple[str, str]:
    return (one.id, two.id) if one.id < two.id else (two.id, one.id)


def _alike(wholes: list[Whole]) -> Iterator[tuple[str, str]]:
    """The pairs of tables that print an amount alike to the rupiah: no two budgets do so by chance."""
    first: dict[tuple[str, Decimal], Whole] = {}
    for whole in wholes:
        if whole.exact:
            other = first.setdefault((whole.role, whole.amount), whole)
            if other.table is not whole.table:
                yield _pair(other, whole)


def _one_digit_off(one: Whole, two: Whole) -> bool:
    texts = [plain(whole.amount) for whole in (one, two)]
    gap = abs(one.amount - two.amount)
    return min(map(len, texts)) >= _LEAST_DIGITS and 0 < gap * _NEAR < one.amount and one_slip(*texts)


def _groups(tables: list[Table], links: frozenset[tuple[str, str]]) -> list[set[str]]:
    """The tables that are linked, directly or through others, by their ids."""
    known = {table.id for table in tables}
    group_of: dict[str, set[str]] = {}
    for a, b in sorted(link for link in links if known.issuperset(link)):
        large, small = sorted((group_of.get(a, {a}), group_of.get(b, {b})), key=len, reverse=True)
        if large is not small:
            large |= small
        group_of |= dict.fromkeys(small, large) | {a: large, b: large}
    return list({id(group): group for group in group_of.values()}.values())


def _follows_from_rows(odd: Odd) -> bool:
    """Whether two totals differ by no more than rows of the same name do: those are told, not their sum again."""
    one, two = odd.mention.term, odd.against[0].term
    rows = [_named(one), _named(two)]
    groups = same_names([name for named in rows for name in named])
    figures = [{groups[name]: row for name, row in named.items()} for named in rows]
    if not figures[0] or figures[0].keys() != figures[1].keys():
        return False
    gap = Decimal(0)
    for name, row in figures[0].items():
        left, right = row.figures[one.column.name], figures[1][name].figures[two.column.name]
        gap += left.amount - right.amount
    return gap == one.figure.amount - two.figure.amount


def _named(total: Term) -> dict[str, Row]:
    return {row.label: row for row in total.table.top_rows() if row.label}


def equal_wholes(wholes: Iterable[Compared]) -> Iterator[Relation]:
    """What :func:`compared` gives, as relations: those that hold and those that do not."""
    for one in wholes:
        yield from one.held
        yield from (Relation(TOTALS, odd.mention.term, (odd.against[0].term,)) for odd in one.odd)
        yield from (odd.relation for odd in one.sums)

