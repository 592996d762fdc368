"""A table as a pandas frame, and the pandera model of its kind that the frame is held against.

Import it only where it is needed: pandas and pandera take about a second to load (see ``schemas.gate``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa

from xlaudit.schemas.contents import Bound, Constraint, bind, state_word
from xlaudit.schemas.kinds import KINDS, Kind
from xlaudit.tables import Column, Measure, State, Table


class SchemaFailure(NamedTuple):
    """A constraint broken in one cell: the row of the sheet, the canonical name of the column."""

    row: int
    column: str
    constraint: Constraint


def frame(table: Table) -> pd.DataFrame:
    """The table as tidy data: one row per data row, indexed by its row on the sheet (index name ``row``).

    Columns, in this order: ``level`` and ``label``; then those of the table by canonical name, from left to
    right. A text column holds ``str``, empty where nothing stands. A figure column holds ``Decimal`` (rupiah,
    percentage points, satuan) or None, never a float; right after it ``NAME:state`` says what stands there: a
    word of ``State`` (number, blank, nil, not_applicable, text, ...), ``covered`` under a merge, ``excused``
    for a text such as "tidak ada anggaran". Shape: (rows, 2 + text columns + 2 · figure columns).
    ``attrs`` holds ``table`` (id), ``kind`` and ``sheet``.
    """
    index = pd.Index([row.number for row in table.rows], name="row", dtype="int64")
    data: dict[str, list[Any]] = {
        "level": [row.level.value for row in table.rows],
        "label": [row.label for row in table.rows],
    }
    for name, column in table.columns.items():
        if column.measure is Measure.TEXT:
            data[name] = [row.texts.get(name, "") for row in table.rows]
        else:
            figures = [row.figures.get(name) for row in table.rows]
            data[name] = [None if figure is None else figure.value for figure in figures]
            data[_state(name)] = [
                State.BLANK.value if figure is None else state_word(figure) for figure in figures
            ]
    series = {name: pd.Series(cells, index=index, dtype=object) for name, cells in data.items()}
    found = pd.DataFrame(series, index=index)
    found.attrs.update(table=table.id, kind=table.kind, sheet=table.sheet)
    return found


def model(kind: Kind, table: Table) -> pa.DataFrameSchema:
    """The pandera model of a kind over a table's columns: what they hold, a check per constraint and column.

    A check bears the constraint's name and the column's, and marks the rows that break it.
    """
    columns = {"level": pa.Column(object), "label": pa.Column(object)}
    for column in table.columns.values():
        columns |= _columns(column)
    bounds = bind(kind.constraints, table)
    checks = [pa.Check(_Unbroken(bound), name=bound.key, ignore_na=False) for bound in bounds]
    return pa.DataFrameSchema(
        columns, index=pa.Index("int64", unique=True, name="row"), checks=checks, strict=True, name=kind.name
    )


def failures(table: Table) -> list[SchemaFailure]:
    """Every constraint that a cell of the table breaks, by row, then in the order of the constraints.

    ``RuntimeError`` where the frame itself is not what ``frame`` promises: our own mistake, not the user's.
    """
    kind = KINDS[table.kind]
    try:
        model(kind, table).validate(frame(table), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        broken = dict.fromkeys(zip(cases["index"].tolist(), cases["check"].tolist(), strict=True))
        return _located(broken, bind(kind.constraints, table))
    return []


def _located(broken: dict[tuple[Any, Any], None], bounds: tuple[Bound, ...]) -> list[SchemaFailure]:
    """pandera lists every cell of a failing row under the check; the check's name tells which."""
    known = {bound.key: bound for bound in bounds}
    order = {bound.key: position for position, bound in enumerate(bounds)}
    strange = [check for row, check in broken if check not in known or not isinstance(row, int)]
    if strange:
        raise RuntimeError(f"the frame of a table broke its own promise: {sorted(map(str, strange))[0]}")
    ranked = sorted(broken, key=lambda place: (place[0], order[place[1]]))
    return [SchemaFailure(row, known[check].column, known[check].constraint) for row, check in ranked]


def _state(name: str) -> str:
    return f"{name}:state"


def _columns(column: Column) -> dict[str, pa.Column]:
    text = pa.Check(_is_text, element_wise=True, name="is_text")
    if column.measure is Measure.TEXT:
        return {column.name: pa.Column(object, text)}
    exact = pa.Check(_is_exact, element_wise=True, name="is_exact")
    figures = pa.Column(object, exact, nullable=True)
    return {column.name: figures, _state(column.name): pa.Column(object, text)}


def _is_exact(value: object) -> bool:
    return value is None or isinstance(value, Decimal)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


class _Unbroken:
    """The check of one bound constraint: which rows of a frame keep it."""

    def __init__(self, bound: Bound) -> None:
        self.bound = bound

    def __call__(self, data: pd.DataFrame) -> pd.Series[bool]:
        cells = {str(name): data[name].tolist() for name in data.columns}
        kept = [not self.bound.broken_by(_FrameFacts(cells, at)) for at in range(len(data))]
        return pd.Series(kept, index=data.index, dtype=bool)


class _FrameFacts(NamedTuple):
    """One row of a frame as predicates see it."""

    cells: dict[str, list[Any]]
    at: int

    @property
    def level(self) -> str:
        return str(self.cells["level"][self.at])

    @property
    def label(self) -> str:
        return str(self.cells["label"][self.at])

    def state(self, name: str) -> str:
        states = self.cells.get(_state(name))
        if states is not None:
            return str(states[self.at])
        return str(State.TEXT.value if self.text(name) else State.BLANK.value)

    def value(self, name: str) -> Decimal | None:
        value = self.cells[name][self.at] if _state(name) in self.cells else None
        return value if isinstance(value, Decimal) else None

    def text(self, name: str) -> str:
        return "" if _state(name) in self.cells or name not in self.cells else str(self.cells[name][self.at])
