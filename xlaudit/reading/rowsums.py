"""What *Jumlah* promises over columns: the sum of the parts that stand beside it under the same heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce

from xlaudit.arithmetic import Expression, Name, Operation
from xlaudit.cells import Cell
from xlaudit.schemas.words import concepts
from xlaudit.tables import Column, Declared, Measure, Table

Path = tuple[str, ...]
_FEWEST = 2


def row_sums(table: Table, paths: Mapping[int, Path], cell_of: Callable[[int, str], Cell]) -> Iterator[Declared]:
    """A declaration for every column *Jumlah* or *Total* of rupiah that has parts. Whether figures follow, they tell.

    Percentages and indices are not added up, and a target that was divided over the quarters proves nothing.
    ``cell_of`` gives the cell of a heading by its column and text.
    """
    figures = [c for c in table.columns.values() if c.measure is Measure.AMOUNT and paths.get(c.column)]
    sums = {column.name for column in figures if _says_sum(paths[column.column])}
    for column in figures:
        if column.name not in sums:
            continue
        parts = _under_same(column, figures, paths, sums) or _of_same_role(column, figures, paths, sums)
        if len(parts) >= _FEWEST:
            text = f"{paths[column.column][-1]} = {' + '.join(_called(part, paths) for part in parts)}"
            cell = cell_of(column.column, paths[column.column][-1])
            names = {_label(part): part.name for part in parts}
            yield Declared(column.name, cell, text, _sum([Name(label) for label in names]), names, numbered=False)


def _says_sum(path: Path) -> bool:
    found = concepts(path[-1])
    return "jumlah" in found and not found & {"persen", "rata", "indikator"}


def _under_same(
    column: Column, figures: Sequence[Column], paths: Mapping[int, Path], sums: set[str]
) -> list[Column]:
    """The columns beside a sum under its own heading, sums left out."""
    group = paths[column.column][:-1]
    beside = [c for c in figures if paths[c.column][: len(group)] == group and c.name not in sums]
    return [c for c in beside if c.role == column.role and c.measure is column.measure] if group else []


def _of_same_role(
    column: Column, figures: Sequence[Column], paths: Mapping[int, Path], sums: set[str]
) -> list[Column]:
    """The parts of a whole that has no group of its own: sums of groups, and the parts that stand in none."""
    if column.part:
        return []
    kind = (column.role, column.period, column.measure)
    alike = [c for c in figures if c.part and (c.role, c.period, c.measure) == kind]
    groups = [c for c in alike if c.name in sums and len(paths[c.column]) > 1]
    summed = {paths[c.column][:-1] for c in groups}
    return [c for c in alike if c in groups or (c.name not in sums and paths[c.column][:-1] not in summed)]


def _called(column: Column, paths: Mapping[int, Path]) -> str:
    path = paths[column.column]
    return path[-2] if _says_sum(path) and len(path) > 1 else path[-1]


def _label(column: Column) -> str:
    return str(column.column)


def _sum(names: Sequence[Name]) -> Expression:
    parts: list[Expression] = list(names)
    return reduce(lambda left, right: Operation("+", left, right), parts)
