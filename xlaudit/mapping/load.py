"""Reads a mapping file (TOML), every key checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from xlaudit.cells import letters
from xlaudit.errors import BadUsage, reason
from xlaudit.mapping.fields import AREA, Fields
from xlaudit.mapping.model import (
    AUTO,
    BLANK,
    FORMAT,
    IGNORE,
    MEASURES,
    SPECIAL,
    UNITS,
    WAYS,
    MappedColumn,
    MappedTable,
    Mapping,
)
from xlaudit.patterns import pattern
from xlaudit.schemas.columns import MEASURES as FIGURE_ROLES
from xlaudit.schemas.columns import TEXT_ROLES
from xlaudit.schemas.kinds import KINDS
from xlaudit.schemas.own import admit
from xlaudit.tables import Level
from xlaudit.texts import Text

_LARGEST = 1_000_000
_ROLES = (*TEXT_ROLES, *FIGURE_ROLES, IGNORE)
_PERIOD = pattern(r"(20[0-9]{2}|tw[1-4]|smt[12]?|sebelum|setelah|renstra)?")
_FILE_KEYS = ("format", "table", "skip", "ignore_sheets")
_TABLE_KEYS = ("sheet", "kind", "header", "first", "last", "levels", "columns", "rows", "skip")
_COLUMN_KEYS = ("role", "heading", "period", "unit", "measure")

_NO_FILE = Text("The mapping {path} cannot be read ({why}).")
_TOO_LARGE = Text("too large for a mapping.")
_NO_TOML = Text("not valid TOML: {why}.")
_FORMAT = Text("the line format = \"{format}\" is missing; is this a mapping by `xlaudit tables --draft-map`?")
_MISSING = Text("the key {key} is missing.")
_FIRST = Text("write header (rows of the column headings) or first (the first data row).")
_ORDER = Text("the rows are in no order: the header stands above the first row, the first row not below the last.")
_LAST = Text("a row number, \"blank\" or \"auto\"")
_NO_FIGURES = Text(
    "there is no column of figures; give at least one a role such as pagu, realisasi, target or capaian."
)
_NO_LABEL = Text("no column names the rows; give one a role such as uraian, program, sasaran or indikator.")
_PERIODS = Text("a year, tw1 to tw4, smt1, smt2, sebelum, setelah, renstra or empty")  # fmt: skip
_ROW_LEVEL = Text("a level from 1 (topmost) on, or one of {special}")  # fmt: skip
_TEXT_MEASURE = Text("a column of the role {role} holds texts, so it takes no measure or unit.")


def load_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises ``BadUsage`` (``map_invalid``) with a sentence that says what to do."""
    admit()  # a kind may be another package's
    name = str(path)
    import tomllib  # most audits read no such file

    try:
        content = path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise BadUsage("map_invalid", _NO_FILE.fill(path=name, why=why)) from error
    whole = Fields(name, (), {})
    if len(content) > _LARGEST:
        whole.refuse(_TOO_LARGE)
    try:
        data = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        whole.refuse(_NO_TOML.fill(why=str(error) or type(error).__name__))
    whole = Fields(name, (), data)
    whole.only(_FILE_KEYS)
    if data.get("format") != FORMAT:
        whole.refuse(_FORMAT.fill(format=FORMAT))
    return Mapping(
        path=name,
        tables=tuple(_table(name, number, one) for number, one in enumerate(whole.list("table"), start=1)),
        skip=tuple(_skip(whole, one) for one in whole.list("skip")),
        ignore_sheets=tuple(whole.sheet("ignore_sheets", one) for one in whole.list("ignore_sheets")),
    )


def _skip(whole: Fields, value: object) -> tuple[str | int, Any]:
    """``"Rekap!A30:F40"``: an area with its sheet."""
    sheet, mark, area = str(value).rpartition("!")
    if not mark or not sheet.strip("'"):
        whole.wrong("skip", Text("such as \"Rekap!A30:F40\""), value)
    return sheet.strip("'"), whole.area("skip", area)


def _table(path: str, number: int, data: object) -> MappedTable:
    named = f" (sheet {data['sheet']})" if isinstance(data, dict) and "sheet" in data else ""
    where = Text("[[table]] {number}{named}").fill(number=number, named=named)
    fields = Fields(path, (where,), data)
    fields.only(_TABLE_KEYS)
    for key in ("sheet", "columns"):
        if key not in fields.data:
            fields.refuse(_MISSING.fill(key=key))
    header = fields.rows("header", fields.data["header"]) if "header" in fields.data else None
    if header is None and "first" not in fields.data:
        fields.refuse(_FIRST)
    first = fields.rows("first", fields.data["first"])[0] if "first" in fields.data else (header or (0, 0))[1] + 1
    last = _last(fields)
    if (header is not None and header[1] >= first) or (isinstance(last, int) and last < first):
        fields.refuse(_ORDER)
    columns = Fields(path, fields.where, fields.data["columns"])
    mapped = tuple(_column(columns, letter, what) for letter, what in columns.data.items())
    roles = {column.role for column in mapped}
    if not roles & FIGURE_ROLES.keys():
        fields.refuse(_NO_FIGURES)
    if not roles & set(TEXT_ROLES) - {"no"}:
        fields.refuse(_NO_LABEL)
    rows = Fields(path, fields.where, fields.data.get("rows", {}))
    return MappedTable(
        sheet=fields.sheet("sheet", fields.data["sheet"]),
        columns=tuple(sorted(mapped, key=lambda column: column.column)),
        first=first,
        last=last,
        header=header,
        kind=fields.one_of("kind", KINDS) or "",
        levels=fields.one_of("levels", (AUTO, *WAYS)) or AUTO,
        rows=tuple((*rows.rows("rows", key), _row_level(rows, value)) for key, value in rows.data.items()),
        skip=tuple(_own_skip(fields, one) for one in fields.list("skip")),
    )


def _last(fields: Fields) -> int | Literal["auto", "blank"]:
    value = fields.data.get("last", AUTO)
    if value == AUTO:
        return "auto"
    if value == BLANK:
        return "blank"
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        fields.wrong("last", _LAST, value)
    return value


def _own_skip(fields: Fields, value: object) -> Any:
    if isinstance(value, str) and "!" in value:
        fields.wrong("skip", AREA, value)
    return fields.area("skip", value)


def _row_level(fields: Fields, value: object) -> int | Level:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20:
        return value - 1
    if isinstance(value, str) and value in SPECIAL:
        return SPECIAL[value]
    fields.wrong("rows", _ROW_LEVEL.fill(special=", ".join(SPECIAL)), value)


def _column(table: Fields, letter: str, data: object) -> MappedColumn:
    column = table.column(letter)
    where = Text("column {letter}").fill(letter=letters(column))
    fields = Fields(table.path, (*table.where, where), {"role": data} if isinstance(data, str) else data)
    fields.only(_COLUMN_KEYS)
    if "role" not in fields.data:
        fields.refuse(_MISSING.fill(key="role"))
    role = fields.word("role", fields.data["role"], _ROLES)
    unit, measure = fields.one_of("unit", UNITS), fields.one_of("measure", MEASURES)
    if role not in FIGURE_ROLES and (unit or measure):
        fields.refuse(_TEXT_MEASURE.fill(role=role))
    period = fields.data.get("period")
    if period is not None and not _PERIOD.fullmatch(str(period)):
        fields.wrong("period", _PERIODS, period)
    return MappedColumn(
        column=column,
        role=role,
        heading=fields.text("heading"),
        period=None if period is None else str(period),
        unit=None if unit is None else UNITS[unit],
        measure=None if measure is None else MEASURES[measure],
    )
