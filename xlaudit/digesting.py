"""From the tables of a workbook to its digest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal

from xlaudit.crosswalk import Subject, subject_column
from xlaudit.digest import Digest, Printed, Results
from xlaudit.identity import Identity
from xlaudit.matching import key
from xlaudit.patterns import pattern
from xlaudit.relations import Mode, spread
from xlaudit.schemas.words import ROMAN, fold
from xlaudit.showing import shown_as
from xlaudit.tables import Measure, Table

_MOST_PRINTED = 5_000
_MOST_ROWS = 5_000
_RESULTS = ("realisasi", "realisasi_kinerja", "capaian")
_TELLING_DIGITS = 3
_QUARTERS = {"tw1": 1, "tw2": 2, "tw3": 3, "tw4": 4, "smt1": 2, "smt2": 4} | {
    f"bln{month}": (month + 2) // 3 for month in range(1, 13)
}
_NAMED = pattern(r"\b(triwulan|tw|trw|semester|smt)\s*[.:]?\s*(iv|iii|ii|i|[1-4])\b")


def digest_of(path: str, identity: Identity, tables: Iterable[Table], told: Callable[[], Iterable[Subject]]) -> Digest:
    """The digest of a workbook; without figures where it does not say whose it is and of which year.

    ``told`` gives all its indicators, programs and kegiatan.
    """
    tables = [table for table in tables if not table.guessed]
    year = identity.year
    if year is None or not identity.agency:
        return Digest(path, identity)
    printed = [
        one
        for subject in told()
        if 0 < subject.year <= year
        for one in _printed(subject)
    ]
    results = (_results(table, year) for table in tables if table.size <= _MOST_ROWS)
    return Digest(path, identity, tuple(printed[:_MOST_PRINTED]), tuple(one for one in results if one is not None))


def _printed(subject: Subject) -> Iterator[Printed]:
    for mention in subject.mentions:
        if mention.planned or mention.final or mention.outdated:
            continue
        term = mention.term
        yield Printed(
            mention.name,
            subject.level.value if subject.level is not None else "",
            subject.role,
            subject.year,
            term.figure.amount,
            spread(term, Mode.MIXED, stored=False),
            shown_as(term, term.figure.amount),
            term.table.id,
            term.table.sheet,
            term.figure.cell,
        )


def _results(table: Table, year: int) -> Results | None:
    """The results of a table, without those of other years; None where it prints none."""
    if table.year not in (None, year):
        return None
    figures: list[tuple[str, str, Decimal]] = []
    periods: set[str] = set()
    first = None
    for column in table.columns.values():
        other_year = column.period.isdigit() and int(column.period) != year
        if column.role not in _RESULTS or column.measure is Measure.TEXT or other_year or column.period == "renstra":
            continue
        label = subject_column(table, column)
        periods.add(column.period)
        for row in table.rows:
            figure = row.figures[column.name]
            if figure.filled:
                name = "" if label is None else key(row.texts.get(label.name, ""))
                figures.append((name, column.role, figure.amount))
                first = first or figure.cell
    if first is None:
        return None
    values = {value for _, _, value in figures}
    telling = sum(len(value.normalize().as_tuple().digits) >= _TELLING_DIGITS for value in values)
    return Results(table.id, table.sheet, first, tuple(figures), telling, quarter_of(table, periods))


def quarter_of(table: Table, periods: Collection[str]) -> int:
    """The quarter up to which a table tells, as its columns or its title and sheet have it."""
    if periods and all(period in _QUARTERS for period in periods):
        return max(_QUARTERS[period] for period in periods)
    named = [
        int(ROMAN[number]) * (2 if word.startswith("s") else 1)
        for word, number in _NAMED.findall(fold(f"{table.title} {table.sheet}"))
    ]
    return max(named, default=0)
