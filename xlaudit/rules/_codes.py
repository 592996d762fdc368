"""What the rules about codes share: the rows that bear one, and the parts of a code."""

from __future__ import annotations

from xlaudit.cells import Cell
from xlaudit.rules.base import Book
from xlaudit.tables import Column, Row, Table

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


def coded(book: Book, table: Table) -> list[Row]:
    """The rows with a code of digits in at least two parts."""

    return book.once("coded", table, lambda: list(map(table.rows.__getitem__, coded_places(table))))


def coded_places(table: Table) -> list[int]:
    """The places of these rows."""
    return table.shaped(_of_digits(table))


def coded_shapes(table: Table) -> dict[str, int]:
    """Of these rows what their codes are made of (``Table.code_shapes``), and how many are made so."""
    shapes = table.shapes
    return {shape: shapes[shape] for shape in _of_digits(table)}


def _of_digits(table: Table) -> frozenset[str]:
    return frozenset(shape for shape in table.shapes if shape[:1].isdigit() and _has_parts(shape))


def _has_parts(code: str) -> bool:
    """Whether a code that begins with a digit has more than one of its ``parts``."""
    told = code.strip(" .-")
    return "." in told or "-" in told


def accounts(book: Book, table: Table) -> frozenset[int]:
    """The rows, by index, whose name is a post of pendapatan, belanja or pembiayaan, and no program or kegiatan."""
    if not book.mentions(table, *_ACCOUNTS):
        return frozenset()
    return frozenset(index for index, name in enumerate(book.names(table)) if name.startswith(_ACCOUNTS))


def place(column: Column, row: Row) -> Cell:
    """Where a row's code stands."""
    return Cell(row.number, column.column)
