"""How a workbook was read, for machines: ``xlaudit-tables/1``, described by ``tables.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from xlaudit import __version__
from xlaudit.cells import letters
from xlaudit.survey import NearMiss, Numbers, Part, SeenSheet, Survey
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Language

SCHEMA = "xlaudit-tables/1"

Data = dict[str, Any]
_ON_LINES_OF_THEIR_OWN = 4
"""Tables, their parts and what these list stand on lines of their own; deeper down all stands on one."""


class TablesJson:
    """Sentences are always Indonesian: what a machine reads does not depend on ``--lang``."""

    def render(self, survey: Survey, language: Language) -> str:
        return "".join(_printed(tables_data(survey))) + "\n"


def _printed(value: Any, depth: int = 0) -> Iterator[str]:
    """JSON with a line for every row and column of a table: a long table is all rows, and indents would double it."""
    opened = isinstance(value, dict | list) and bool(value) and depth < _ON_LINES_OF_THEIR_OWN
    if not opened:
        yield json.dumps(value, ensure_ascii=False)
        return
    named = isinstance(value, dict)
    margin = "\n" + "  " * (depth + 1)
    yield "{" if named else "["
    for place, item in enumerate(value):
        yield f"{',' if place else ''}{margin}"
        if named:
            yield f"{json.dumps(item, ensure_ascii=False)}: "
        yield from _printed(value[item] if named else item, depth + 1)
    yield f"{margin[:-2]}{'}' if named else ']'}"


def tables_data(survey: Survey) -> Data:
    """The survey as plain dictionaries and lists."""
    template = None
    if survey.template is not None:
        template = {"name": survey.template[0], "version": survey.template[1]}
    return {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "path": survey.path,
        "template": template,
        "mapped": survey.mapped,
        "tables": [_table(survey, table) for table in survey.tables],
        "scales": [
            {
                "sheet": scale.sheet,
                "range": None if scale.area is None else scale.area.a1,
                "steps": [{"label": step.label, "from": f"{step.lower:f}"} for step in scale.steps],
            }
            for scale in survey.scales
        ],
        "sheets": [_sheet(sheet) for sheet in survey.sheets],
        "parts": [_part(part) for part in survey.parts],
        "near_misses": [_miss(miss) for miss in survey.missed],
        "remarks": [remark.id for remark in survey.remarks],
    }


def _table(survey: Survey, table: Table) -> Data:
    told = survey.levels[table.id]
    fit, misfit = table.levels_fit
    columns = sorted(table.columns.values(), key=lambda column: column.column)
    return {
        "id": table.id,
        "kind": table.kind,
        "sheet": table.sheet,
        "range": table.area.a1,
        "title": table.title,
        "year": table.year,
        "stage": table.stage,
        "header_rows": list(table.header_rows),
        "guessed": table.guessed,
        "mapped": table.mapped,
        "rounding": survey.rounding[table.id],
        "columns": [_column(column, survey.numbers[table.id].get(column.name)) for column in columns],
        "declared": [
            {"column": one.target, "cell": one.cell.a1, "text": one.text, "read": str(one)} for one in table.declared
        ],
        "levels": {
            "from": table.levels_from,
            "sure": told.sure.value,
            "fit": fit,
            "misfit": misfit,
            "how": told.how.id,
        },
        "rows": [_row(row) for row in table.rows],
        "aside": [{"range": one.area.a1, "reason": one.why.id} for one in table.aside],
        "remarks": [remark.id for remark in table.remarks],
    }


def _column(column: Column, numbers: Numbers | None) -> Data:
    return {
        "name": column.name,
        "role": column.role,
        "letter": letters(column.column),
        "header": column.header,
        "measure": column.measure.value,
        "period": column.period,
        "part": column.part,
        "unit": f"{column.unit:f}",
        "numbers": None if numbers is None else _numbers(numbers),
    }


def _numbers(numbers: Numbers) -> Data:
    return {
        "states": numbers.states,
        "typed": numbers.typed,
        "formulas": numbers.formulas,
        "as_text": numbers.as_text,
        "percent": numbers.percent,
        "decimals": numbers.places,
    }


def _row(row: Row) -> Data:
    return {
        "row": row.number,
        "level": row.level.value,
        "depth": None if row.depth is None else row.depth + 1,
        "parent": row.parent,
        "code": row.code,
        "label": row.label,
        "hidden": row.hidden,
        "orphan": row.orphan,
    }


def _sheet(sheet: SeenSheet) -> Data:
    return {
        "name": sheet.name,
        "position": sheet.position,
        "visible": sheet.visible,
        "fate": sheet.fate,
        "hidden_rows": list(sheet.hidden_rows),
        "hidden_columns": [letters(column) for column in sheet.hidden_columns],
    }


def _part(part: Part) -> Data:
    return {
        "sheet": part.sheet,
        "range": part.area.a1,
        "role": part.role.value,
        "table": part.table or None,
        "figures": part.figures,
        "reason": part.why.id,
    }


def _miss(miss: NearMiss) -> Data:
    return {
        "sheet": miss.sheet,
        "row": miss.row,
        "lacks": miss.lacks.id,
        "heard": [{"cell": one.cell, "text": one.text, "role": one.role or None} for one in miss.heard],
    }
