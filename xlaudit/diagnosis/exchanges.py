"""Which cells a figure may have been exchanged with: those beside it, above and below it, and that of its partner."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.diagnosis.changed import Address
from xlaudit.relations import Term, partner
from xlaudit.tables import Column, Table

_PARTNERS = {
    "pagu": "realisasi",
    "realisasi": "pagu",
    "target": "realisasi_kinerja",
    "realisasi_kinerja": "target",
}


class Exchanges:
    """The columns that belong with a column are the same in every row: they are looked up once."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str], list[int]] = {}

    def of(self, term: Term) -> Iterator[Address]:
        """The places of the figures that a figure may have been exchanged with."""
        table, row = term.table, term.row
        name = table.id, term.column.name
        columns = self._columns.get(name)
        if columns is None:
            columns = self._columns[name] = _columns(table, term.column)
        for column in columns:
            yield table.sheet, row.number, column
        for index in (row.index - 1, row.index + 1):
            if 0 <= index < table.size and table.levels[index] is row.level:
                yield table.sheet, table.numbers[index], term.figure.column


def _columns(table: Table, column: Column) -> list[int]:
    """The columns of the same measure right beside a column, and that of its partner."""
    role = _PARTNERS.get(column.role)
    with_it = None if role is None else partner(table, column, role)
    return [
        other.column
        for other in table.columns.values()
        if other.measure is column.measure and (abs(other.column - column.column) == 1 or other is with_it)
    ]
