"""Isi sel sesuai dengan kolomnya."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.amounts import show
from xlaudit.cells import Cell
from xlaudit.findings import Severity, plain
from xlaudit.rules._live import not_a_number
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.contents import Constraint, meant
from xlaudit.schemas.gate import may_fail
from xlaudit.tables import Column, Measure, Row, Table
from xlaudit.texts import Text, same

_AND_MORE = Text(" Begitu pula {n} sel lain di kolom ini.", " So do {n} other cells of this column.")
_Places = list[tuple[Row, Column]]


def check(book: Book) -> Iterator[Verdict]:
    """Holds every table against the model of its kind; a note is given once per column, all else per cell."""
    for table in book.tables:
        if not may_fail(table):
            yield from (MADE for _ in table.columns)
            continue
        for constraint, places in _grouped(table):
            if constraint.severity is Severity.NOTE:
                yield _flag(table, constraint, places)
            else:
                yield from (_flag(table, constraint, [place]) for place in places)


def _grouped(table: Table) -> Iterator[tuple[Constraint, _Places]]:
    """The failures by constraint and column, in reading order."""
    from xlaudit.schemas.frames import failures  # pandas and pandera: loaded only where something is wrong

    rows = {row.number: row for row in table.rows}
    groups: dict[tuple[Constraint, str], _Places] = {}
    for row, name, constraint in failures(table):
        groups.setdefault((constraint, name), []).append((rows[row], table.columns[name]))
    for (constraint, _), places in groups.items():
        yield constraint, places


def _flag(table: Table, constraint: Constraint, places: _Places) -> Flag:
    (row, column), others = places[0], places[1:]
    cell = Cell(row.number, column.column)
    text = _shown(row, column)
    message = Text(*(part.format(text=text, meant=meant(text)) for part in constraint.message))
    if others:
        more = _AND_MORE.fill(n=len(others))
        message = Text(message.id + more.id, message.en + more.en)
    return Flag(
        table,
        cell,
        same(f"{row.label or row.code or row.number} · {column.header.split(' · ')[-1]}"),
        message,
        severity=constraint.severity,
        stated=_stated(row, column),
        because=tuple((table, Cell(other.number, where.column)) for other, where in others),
        advice=constraint.advice,
        live=_live(constraint, cell, row, column),
    )


def _shown(row: Row, column: Column) -> str:
    """What the cell holds, as the message prints it."""
    figure = row.figures.get(column.name)
    if figure is None:
        return row.texts.get(column.name, "")
    return figure.text if figure.value is None or figure.as_text else show(figure.value)


def _stated(row: Row, column: Column) -> str:
    figure = row.figures.get(column.name)
    return plain(figure.value) if figure is not None and figure.value is not None else _shown(row, column)


def _live(constraint: Constraint, cell: Cell, row: Row, column: Column) -> str | None:
    """TRUE until the cell holds what it should; None where no formula can tell (a date is a number)."""
    figure = row.figures.get(column.name)
    if constraint.name == "formula_error":
        return f'IF(ISERROR({cell.a1}),TRUE,LEFT({cell.a1},1)="#")'
    if constraint.name in ("text", "stacked"):
        return not_a_number(cell)
    if constraint.name == "negative" and figure is not None and not figure.as_text:
        return f"{cell.a1}<0"
    if constraint.name == "blank":
        return f'TRIM({cell.a1})=""'
    if constraint.name == "spelling" and column.measure is Measure.TEXT:
        return 'TRIM({})="{}"'.format(cell.a1, " ".join(_shown(row, column).split()).replace('"', '""'))
    return None


RULE = Rule(
    "ST104",
    "column-contents",
    Text("Isi sel tidak sesuai dengan kolomnya", "A cell does not hold what its column asks for"),
    Severity.WARNING,
    check,
)
