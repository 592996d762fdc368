"""From the tables of a workbook to its key figures.

The budget is the total that the table on realisasi prints. Several tables may print it; where they contradict one
another, or a total has to be guessed, there is none. The indicators are those of the first table that measures
performance, and of the tables of the same form on its sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.constraints import item_rows, leaves_out_top_rows, parent_sum
from xlaudit.crosswalk import (
    NO_YEAR,
    agree,
    before_revision,
    main_year,
    part_of_year,
    revised_roles,
    subject_column,
    year_of,
)
from xlaudit.digesting import quarter_of
from xlaudit.identity import Identity
from xlaudit.keyfigures import Achieved, Budget, KeyFigures, Quoted
from xlaudit.matching import key, same_names
from xlaudit.patterns import pattern
from xlaudit.relations import Holds, Term, addends, child_rows, holds, partner, term, total_rows
from xlaudit.schemas.kinds import PENGUKURAN_KINERJA, REALISASI_ANGGARAN
from xlaudit.schemas.words import fold
from xlaudit.showing import amount
from xlaudit.tables import Column, Measure, Row, State, Table
from xlaudit.texts import Text

_NO_TABLE = Text("No table surely tells pagu and realisasi of this period.")
_NO_TOTAL = Text("{where} prints no total, and what its rows add up to is not beyond doubt.")
_DIFFER = Text("The total pagu is {one} in {where}, but {other} in {elsewhere}.")
_SPENT_DIFFERS = Text("The total realisasi is {one} in {where}, but {other} in {elsewhere}.")
_NO_CAPAIAN = Text("No table prints the capaian of indicators.")

_QUARTERS = {"tw1": 1, "tw2": 2, "tw3": 3, "tw4": 4, "smt1": 2, "smt2": 4}
_OF_PROGRAMS = frozenset({"program", "kegiatan", "sub_kegiatan", "kode"})
_WHOLE_BUDGET = pattern(r"(jumlah|total) (belanja|anggaran)( daerah)?")
_KIND = pattern(r"(program|sub ?kegiatan|kegiatan)\b")
_LARGEST = 5_000
"""Longer tables are not compared by name."""
_MOST_TABLES = 20
"""Of more tables with a whole none is taken for an excerpt of another."""


def key_figures_of(identity: Identity, tables: Iterable[Table]) -> KeyFigures:
    """The key figures of a workbook for the year and period that it says it is for."""
    tables = [table for table in tables if not table.guessed]
    time = _Time(identity, tables)
    budget = _budget(tables, time)
    achieved = _achieved(tables, time)
    return KeyFigures(
        budget if isinstance(budget, Budget) else None,
        budget if isinstance(budget, Text) else None,
        achieved,
        None if achieved else _NO_CAPAIAN,
    )


class _Time:
    """The year and period that a workbook is for, and whether a column tells of them."""

    def __init__(self, identity: Identity, tables: Sequence[Table]) -> None:
        self._main = main_year(tables) or identity.year
        self._year = identity.year or self._main or NO_YEAR
        self._quarter = _QUARTERS.get(identity.period, 0)

    def has(self, table: Table, column: Column) -> bool:
        """Whether a column is for the workbook's year, and its table for no other part of it."""
        if column.period in ("", "setelah") and part_of_year(table):
            named = quarter_of(table, {column.period})
            return named == self._quarter > 0 and (table.year or self._main or self._year) == self._year
        return year_of(column, table, self._main) == self._year


class _Whole(NamedTuple):
    """The total that a table gives of pagu and realisasi: the row that prints it, else the figures to add up."""

    table: Table
    pagu: Column
    realisasi: Column
    total: Row | None
    parts: tuple[tuple[Term, ...], tuple[Term, ...]]
    amounts: tuple[Decimal, Decimal]

    def quoted(self, at: int) -> Quoted:
        """Pagu (0) or realisasi (1)."""
        if self.total is not None:
            figure = self.total.figures[(self.pagu, self.realisasi)[at].name]
            return Quoted(figure.amount, self.table.sheet, (figure.cell,))
        cells = tuple(part.figure.cell for part in self.parts[at])
        return Quoted(self.amounts[at], self.table.sheet, cells, summed=True)

    @property
    def where(self) -> str:
        row = self.parts[0][0].row if self.total is None else self.total
        return f"{self.table.sheet}!{row.figures[self.pagu.name].cell.a1}"


def _budget(tables: Sequence[Table], time: _Time) -> Budget | Text:
    """The budget that the tables agree on, or why there is none."""
    revised = revised_roles(tables)
    found: list[_Whole] = []
    doubtful: list[tuple[Table, Column]] = []
    for table in tables:
        pairs = list(_columns(table, time))
        if not pairs or before_revision(table, revised):
            continue
        wholes = _of_table(table, pairs)
        found += wholes
        if not wholes and table.kind == REALISASI_ANGGARAN.name:
            doubtful.append((table, pairs[0][0]))
    printed = [whole for whole in found if whole.total is not None]
    first = [whole for whole in printed if whole.table.kind == REALISASI_ANGGARAN.name]
    if not first:
        for table, pagu in doubtful:
            if len(found) > _MOST_TABLES or not any(_shows_rows_of(table, pagu, whole) for whole in found):
                return _NO_TOTAL.fill(where=f"{table.sheet}!{table.area.a1}")
    chosen = _without_excerpts(first or printed or found)
    if not chosen:
        return _NO_TABLE
    told = chosen if first else [*chosen, *(whole for whole in found if whole.total is None)]
    other = next((whole for whole in told[1:] if not _same(told[0], whole)), None)
    return _budget_of(chosen[0]) if other is None else _differ(told[0], other)


def _columns(table: Table, time: _Time) -> Iterator[tuple[Column, Column]]:
    """Pagu and realisasi that belong together."""
    for spent in table.wholes("realisasi"):
        if spent.measure is not Measure.AMOUNT or spent.period == "sebelum" or not time.has(table, spent):
            continue
        pagu = partner(table, spent, "pagu")
        if pagu is not None and pagu.measure is Measure.AMOUNT and not pagu.part and time.has(table, pagu):
            yield pagu, spent


def _of_table(table: Table, pairs: Sequence[tuple[Column, Column]]) -> list[_Whole]:
    """What a table says of the whole; of realisasi in the period and up to its end the latter."""
    if leaves_out_top_rows(table):
        return []
    wholes = [whole for pair in pairs if (whole := _whole(table, *pair)) is not None]
    if len(wholes) < len(pairs):
        return []
    spent = [whole.amounts[1] for whole in wholes]
    if len(wholes) > 1 and spent[-1] == sum(spent[:-1]):
        return wholes[-1:]
    return wholes


def _whole(table: Table, pagu: Column, spent: Column) -> _Whole | None:
    totals = total_rows(table)
    if totals:
        row = _total(table, totals, pagu)
        filled = row is not None and row.figures[pagu.name].filled and row.figures[spent.name].nil_or_filled
        if row is None or not filled:
            return None
        amounts = row.figures[pagu.name].amount, row.figures[spent.name].amount
        return _Whole(table, pagu, spent, row, ((), ()), amounts)
    rows = table.top_rows()
    if not _add_up(table, pagu, rows):
        return None
    parts = [tuple(addends(table, column, rows, child_rows(table))) for column in (pagu, spent)]
    if any(part.figure.state not in (State.NUMBER, State.NIL) for terms in parts for part in terms) or not all(parts):
        return None
    sums = [sum((part.figure.amount for part in terms), Decimal(0)) for terms in parts]
    return _Whole(table, pagu, spent, None, (parts[0], parts[1]), (sums[0], sums[1]))


def _total(table: Table, totals: Sequence[Row], pagu: Column) -> Row | None:
    """The row that totals the whole table; None where several could."""
    if len(totals) == 1:
        return totals[0]
    named = [row for row in totals if _WHOLE_BUDGET.fullmatch(fold(row.label))]
    if len(named) == 1:
        return named[0]
    *others, last = totals
    figures = [[row.figures[pagu.name] for row in rows] for rows in (others, table.top_rows())]
    sums = [sum((f.amount for f in some), Decimal(0)) for some in figures if all(f.nil_or_filled for f in some)]
    same = all(row.figures[pagu.name].amount == last.figures[pagu.name].amount for row in others)
    return last if same or last.figures[pagu.name].amount in sums else None


def _add_up(table: Table, pagu: Column, rows: Sequence[Row]) -> bool:
    """Whether the topmost rows of a table without a total surely are the whole: none twice, no level among another."""
    if table.kind != REALISASI_ANGGARAN.name or table.size > _LARGEST or table.has_orphans:
        return False
    if len(rows) < 2 and not any(_is_sum(table, pagu, row) for row in rows):
        return False
    names = Counter(key(row.label) for row in rows)
    if any(times > 1 for times in names.values()):
        return False
    kinds = {None if (kind := _KIND.match(fold(row.label))) is None else kind[1] for row in rows}
    return table.levels_from != "flat" or len(kinds) == 1


def _is_sum(table: Table, pagu: Column, row: Row) -> bool:
    relation = parent_sum(table, pagu, row) if row.index in table.children else None
    return relation is not None and holds(relation) is Holds.YES


def _without_excerpts(wholes: Sequence[_Whole]) -> list[_Whole]:
    """The wholes without those of tables that show but some rows of a larger one, with the same pagu."""
    if len(wholes) > _MOST_TABLES:
        return list(wholes)
    return [one for one in wholes if not any(_is_part_of(one, other) for other in wholes)]


def _is_part_of(one: _Whole, other: _Whole) -> bool:
    return one.amounts[0] < other.amounts[0] and _shows_rows_of(one.table, one.pagu, other)


def _shows_rows_of(table: Table, pagu: Column, whole: _Whole) -> bool:
    """Whether every topmost row of a table stands in that of the whole too, with the same pagu."""
    if max(table.size, whole.table.size) > _LARGEST:
        return False
    known: dict[str, list[Term]] = {}
    for row in item_rows(whole.table):
        known.setdefault(key(row.label), []).append(term(whole.table, whole.pagu, row))
    rows = [term(table, pagu, row) for row in table.top_rows() if row.label]
    return bool(rows) and all(
        any(agree(own, theirs) for theirs in known.get(key(own.row.label), ())) for own in rows
    )


def _same(one: _Whole, two: _Whole) -> bool:
    """Whether two tables can give the same whole: as printed, or exactly where it is added up."""
    if one.total is None or two.total is None:
        return one.amounts == two.amounts
    pairs = ((one.pagu, two.pagu), (one.realisasi, two.realisasi))
    return all(agree(term(one.table, a, one.total), term(two.table, b, two.total)) for a, b in pairs)


def _differ(one: _Whole, other: _Whole) -> Text:
    said, at = (_DIFFER, 0) if one.amounts[0] != other.amounts[0] else (_SPENT_DIFFERS, 1)
    figures = (amount(whole.amounts[at]) for whole in (one, other))
    return said.fill(one=next(figures), other=next(figures), where=one.where, elsewhere=other.where)


def _budget_of(whole: _Whole) -> Budget:
    return Budget(
        whole.quoted(0),
        whole.quoted(1),
        _beside(whole, "persen", Measure.PERCENT),
        _beside(whole, "sisa", Measure.AMOUNT),
        whole.table.id,
    )


def _beside(whole: _Whole, role: str, measure: Measure) -> Quoted | None:
    """The percentage or remainder in the row of the total, where it belongs to its realisasi."""
    if whole.total is None:
        return None
    for column in whole.table.wholes(role):
        figure = whole.total.figures[column.name]
        if column.measure is measure and figure.filled and partner(whole.table, column, "realisasi") == whole.realisasi:
            return Quoted(figure.amount, whole.table.sheet, (figure.cell,))
    return None


class _Measured(NamedTuple):
    """A table with the capaian of its indicators: the columns of capaian and of their names."""

    table: Table
    capaian: Column
    names: Column

    @property
    def of_programs(self) -> bool:
        return not _OF_PROGRAMS.isdisjoint(column.role for column in self.table.columns.values())

    @property
    def rank(self) -> tuple[bool, bool]:
        return self.of_programs, self.table.kind != PENGUKURAN_KINERJA.name

    @property
    def form(self) -> tuple[str, tuple[str, ...]]:
        return self.table.sheet, tuple(sorted({column.role for column in self.table.columns.values()}))


def _achieved(tables: Sequence[Table], time: _Time) -> tuple[Achieved, ...]:
    """Every indicator of the main table on performance once."""
    revised = revised_roles(tables)
    measured = [
        one for table in tables if not before_revision(table, revised) and (one := _measured(table, time)) is not None
    ]
    main = min(measured, key=lambda one: one.rank, default=None)
    if main is None:
        return ()
    own = [one for one in measured if one.rank == main.rank and one.form == main.form]
    rows = [(one, row) for one in own for row in _rows(one)]
    groups = same_names([row.texts[one.names.name] for one, row in rows])
    found: dict[tuple[str, int], Achieved] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for one, row in rows:
        name = groups[row.texts[one.names.name]]
        seen[one.table.id, name] += 1
        found.setdefault((name, seen[one.table.id, name]), _achievement(one, row))
    return tuple(found.values())


def _measured(table: Table, time: _Time) -> _Measured | None:
    """The first column with capaian of indicators for the year; None where no row has one."""
    for column in table.by_role("capaian"):
        names = subject_column(table, column)
        if names is None or names.role != "indikator" or not time.has(table, column):
            continue
        found = _Measured(table, column, names)
        if any(True for _ in _rows(found)):
            return found
    return None


def _rows(one: _Measured) -> Iterator[Row]:
    """The rows of indicators that have a capaian."""
    for row in item_rows(one.table):
        figure = row.figures[one.capaian.name]
        if figure.filled and not figure.is_bound and key(row.texts.get(one.names.name, "")):
            yield row


def _achievement(one: _Measured, row: Row) -> Achieved:
    figure = row.figures[one.capaian.name]
    name, sheet = row.texts[one.names.name], one.table.sheet
    for column in one.table.by_role("kategori"):
        label = row.texts.get(column.name, "").strip()
        if label and partner(one.table, column, "capaian") == one.capaian:
            cell = figure.cell._replace(column=column.column)
            return Achieved(name, figure.amount, sheet, figure.cell, label, cell)
    return Achieved(name, figure.amount, sheet, figure.cell)
