"""From tables to records. Every value is exact; what is not known is None, never an empty text or a zero."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.extract.columns import BOUND, SHAPES
from xlaudit.identity import Identity
from xlaudit.schemas.columns import TEXT_ROLES
from xlaudit.tables import Figure, Row, State, Table

Value = str | int | bool | None
Record = dict[str, Value]


class Origin(NamedTuple):
    """The workbook that tables come from. ``digest`` is the SHA-256 of the file in hex."""

    path: str
    digest: str
    identity: Identity
    template: str = ""


def figure_records(origin: Origin, tables: Sequence[Table]) -> Iterator[Record]:
    """One record for every cell of a figure column, also a blank one, row by row, by ``FIGURE_COLUMNS``."""
    for table in tables:
        columns = sorted(table.columns.values(), key=lambda column: column.column)
        for row in table.rows:
            common = _common("figure", origin, table, row)
            for column in columns:
                figure = row.figures.get(column.name)
                if figure is None:
                    continue
                yield _clean(common | {
                    "cell": figure.cell.a1,
                    "column": column.name,
                    "role": column.role,
                    "column_period": column.period,
                    "header": column.header,
                    "measure": column.measure.value,
                    "state": state_of(figure),
                    "value": plain(figure.value) if figure.state is State.NUMBER else None,
                    "unit": plain(figure.unit) if figure.state is State.NUMBER else None,
                    "text": figure.text,
                    "prefix": figure.prefix.strip(),
                    "suffix": figure.suffix.strip(),
                    "formula": figure.formula,
                    "merged": figure.from_merge,
                    "column_hidden": column.hidden,
                    "part": column.part,
                })  # fmt: skip


def line_records(origin: Origin, tables: Sequence[Table]) -> Iterator[Record]:
    """One record for every row, by ``LINE_COLUMNS`` and then three fields for each figure (``LINE_FIGURE``)."""
    for table in tables:
        for row in table.rows:
            record = _common("line", origin, table, row)
            for name, figure in row.figures.items():
                record[name] = plain(figure.value) if figure.state is State.NUMBER else None
                record[f"{name}.state"] = state_of(figure)
                record[f"{name}.cell"] = figure.cell.a1
            yield _clean(record)


def state_of(figure: Figure) -> str:
    """What stands in the cell. A bound (``> 80``) is no number that could be added up."""
    return BOUND if figure.state is State.NUMBER and figure.is_bound else figure.state.value


def plain(value: Decimal | None) -> str | None:
    """A decimal with all its digits and without an exponent."""
    return None if value is None else f"{value:f}"


def _common(shape: str, origin: Origin, table: Table, row: Row) -> Record:
    identity = origin.identity
    parent = None if row.parent is None else table.rows[row.parent].number
    return {
        "schema": SHAPES[shape],
        "path": origin.path,
        "sha256": origin.digest,
        "agency": identity.agency,
        "government": identity.government,
        "year": identity.year,
        "period": identity.period,
        "template": origin.template,
        "table": table.id,
        "kind": table.kind,
        "title": table.title,
        "table_year": table.year,
        "stage": table.stage,
        "columns_from": "mapping" if table.mapped else "contents" if table.guessed else "headings",
        "sheet": table.sheet,
        "sheet_hidden": table.hidden,
        "row": row.number,
        "level": row.level.value,
        "depth": None if row.depth is None else row.depth + 1,
        "parent_row": parent,
        "code": row.code,
        "label": row.label,
        "hidden": row.hidden,
        **_texts(table, row),
    }


def _texts(table: Table, row: Row) -> Record:
    """The texts by the role of their column; those of a second column of a role are named in ``more_texts``."""
    own: Record = {role: None for role in TEXT_ROLES if role != "kode"}
    more: dict[str, str] = {}
    for column in sorted(table.columns.values(), key=lambda column: column.column):
        text = row.texts.get(column.name, "")
        if not text or column.role == "kode":
            continue
        if own.get(column.role, text) is None:
            own[column.role] = text
        else:
            more[column.name] = text
    own["more_texts"] = json.dumps(more, ensure_ascii=False) if more else None
    return own


def _clean(record: Record) -> Record:
    """Empty texts become None; characters that no file of text can hold are written out."""
    return {name: _storable(value) if isinstance(value, str) else value for name, value in record.items()}


def _storable(text: str) -> str | None:
    if text.isascii() and "\0" not in text:
        return text or None
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode("utf-8")
