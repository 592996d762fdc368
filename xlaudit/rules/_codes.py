"""What the rules about codes share: the rows that bear one, and the parts of a code."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.tables import Column, Row, Table

_SHORTEST = 2
_ACCOUNTS = ("belanja", "pendapatan", "pembiayaan", "penerimaan", "pengeluaran")


def code_column(table: Table) -> Column | None:
    """The one column in which the codes of a table stand; None where it has none, or spreads them over several."""
    columns = table.by_role("kode")
    if len(columns) == 1:
        return columns[0]
    return None if columns else next(iter(table.by_role("no")), None)


def parts(code: str) -> tuple[str, ...]:
    """``1.06.02.`` as ``1``, ``06``, ``02``."""
    return tuple(filter(None, code.strip(" .-").replace("-", ".").split(".")))


def coded(table: Table) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """The rows with a code of digits in at least two parts, with its parts."""
    for row in table.rows:
        if row.code[:1].isdigit():
            own = parts(row.code)
            if len(own) >= _SHORTEST:
                yield row, own


def is_account(name: str) -> bool:
    """Whether a folded name is that of a post of pendapatan, belanja or pembiayaan, and no program or kegiatan."""
    return name.startswith(_ACCOUNTS)


def place(column: Column, row: Row) -> Cell:
    """Where a row's code stands."""
    return Cell(row.number, column.column)
