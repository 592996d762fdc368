"""Gives a table the arithmetic that its header declares, with the table's own columns for its numbers (RULES E1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xlaudit.arithmetic import Declaration, may_be_numbers, names_of
from xlaudit.cells import Cell
from xlaudit.declared import can_be_checked
from xlaudit.reading.headers import Header
from xlaudit.reading.rowsums import row_sums
from xlaudit.reading.view import SheetView
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Declared, Table
from xlaudit.texts import Text

_UNREAD = Text("The column formula “{text}” in {cell} cannot be read and is not checked.")
_UNKNOWN = Text(
    "The column formula “{text}” in {cell} names column {labels}, which is not known to hold figures; it is not "
    "checked.",
)
_UNUSUAL = Text("The column formula “{text}” in {cell} cannot be checked: it is more involved than what is known.")


def with_declarations(view: SheetView, header: Header, table: Table) -> Table:
    """The table with its declarations; one that cannot be read or resolved becomes a remark.

    A column *Jumlah* declares that it adds up its parts, where nothing else is declared of it.
    """
    found: list[Declared] = []
    remarks: dict[Text, None] = {}
    for item in _resolved(view, header, table):
        if isinstance(item, Text):
            remarks[item] = None
        elif can_be_checked(table, item):
            found.append(item)
        elif item.numbered:
            remarks[_UNUSUAL.fill(text=item.text, cell=item.cell.a1)] = None
    if header.told is None:
        said = {declared.target for declared in found}
        sums = row_sums(table, header.paths, lambda column, text: _cell(view, header, column, text))
        found += (declared for declared in sums if declared.target not in said)
    if not found and not remarks:
        return table
    return replace(table, declared=tuple(found), remarks=(*table.remarks, *remarks))


def _resolved(view: SheetView, header: Header, table: Table) -> Iterator[Declared | Text]:
    labels = header.labels()
    read = table.rows[0].figures if table.rows else {}
    figures = {c.column: c for c in table.columns.values() if c.name in read}
    for place, (text, declaration) in sorted(header.declarations().items()):
        cell = _cell(view, header, place, text)
        if declaration is None:
            yield _UNREAD.fill(text=text, cell=cell.a1)
            continue
        target = figures.get(place)
        written = bool(declaration.target) or place in header.numbering.declared
        if target is None or declaration.target not in ("", labels.get(place)):
            continue
        columns, missing = _operands(declaration, target, labels, figures)
        if not missing:
            yield Declared(target.name, cell, text, declaration.expression, columns, written)
        elif written:
            yield _UNKNOWN.fill(text=text, cell=cell.a1, labels=", ".join(missing))


def _operands(
    declaration: Declaration, target: Column, labels: Mapping[int, str], figures: Mapping[int, Column]
) -> tuple[dict[str, str], list[str]]:
    """The column of each label, and the labels that are no figure column's and cannot be meant as numbers."""
    columns: dict[str, str] = {}
    missing: list[str] = []
    plain = may_be_numbers(declaration.expression)
    for position, label in enumerate(names_of(declaration.expression)):
        column = _like(target, [figures[c] for c, own in labels.items() if own == label and c in figures])
        if column is not None and column.name != target.name:
            columns[label] = column.name
        elif position not in plain and label not in missing:
            missing.append(label)
    return columns, missing


def _like(target: Column, group: list[Column]) -> Column | None:
    """Of the columns that share a number the one that belongs with the target: K with K, Rp with Rp."""
    if len(group) < 2:
        return group[0] if group else None
    leaf = _leaf(target)
    alike = [c for c in group if _leaf(c) == leaf] or [c for c in group if c.measure is target.measure]
    return alike[0] if len(alike) == 1 else None


def _leaf(column: Column) -> str:
    return fold(column.header.split(" · ")[-1])


def _cell(view: SheetView, header: Header, column: int, text: str) -> Cell:
    """Where a declaration stands: in the numbers' row, or in the heading that holds it."""
    written = header.numbering.declared.get(column)
    if written is not None and written.text == text:
        return written.cell
    for row in range(header.bottom, header.top - 1, -1):
        if view.text(row, column) == text:
            return view.merged_into(row, column) or Cell(row, column)
    return Cell(header.bottom, column)
