"""Records to a file, one after another: nothing but the record at hand and one batch is kept in memory."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from xlaudit.errors import UserError
from xlaudit.extract.columns import FINDINGS, SHAPES, Field
from xlaudit.extract.records import Record, Value
from xlaudit.patterns import pattern
from xlaudit.texts import Text

FORMATS = ("csv", "jsonl", "parquet")
PARQUET_KEY = "xlaudit.schema"
"""Under this name the metadata of a Parquet file say which form of record it holds."""

_BATCH = 20_000
_LONGEST_HEADER = 100_000
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_SURELY_TEXT = pattern(r"\s*[^\W\d_]|.*[^\W\d_]{2}", re.DOTALL)
"""Begins with a letter or holds two side by side: no number, and hardly a date, to Excel."""
_LONGEST_QUOTED = 200
"""Excel takes no longer text than 255 characters within a formula."""

_NO_PYARROW = Text(
    "Writing Parquet needs the library pyarrow: run `pip install 'xlaudit[parquet]'`, or choose an output in .csv "
    "or .jsonl.",
)


_NO_FINDINGS = "schema,path,annotated,agency,government,year,period,id,severity,rule,name,sheet,cell,label,message," \
    "message_en,stated,computed,difference,root"
"""A recap without findings has its headings only."""


class NothingToWrite(Exception):
    """There was not a single record."""


def format_of(path: Path) -> str | None:
    """The format that a file's name asks for, None where it asks for none of ours."""
    suffix = path.suffix.lower().removeprefix(".")
    return {"ndjson": "jsonl", "pq": "parquet"}.get(suffix, suffix if suffix in FORMATS else None)


def made_by_us(path: Path) -> bool:
    """Whether a file is an extract: by the form that its first record, or the metadata of a Parquet file, names."""
    with path.open("rb") as file:
        if file.read(4) == b"PAR1":
            return _parquet_of_ours(path)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        first, second = text.readline(_LONGEST_HEADER), text.readline(_LONGEST_HEADER)
    if first.startswith('{"schema": "'):
        return first.startswith(tuple(f'{{"schema": "{schema}", "path": ' for schema in SHAPES.values()))
    if first.rstrip() == _NO_FINDINGS:
        return True
    separator = first[6:7]
    named = second.partition(separator)[0].strip('"') if separator in (",", ";") else ""
    return first.startswith(f"schema{separator}path{separator}") and named in (*SHAPES.values(), FINDINGS)


def _parquet_of_ours(path: Path) -> bool:
    try:
        import pyarrow
        from pyarrow.parquet import read_schema
    except ImportError:
        return False
    try:
        metadata = read_schema(path).metadata or {}
    except (pyarrow.ArrowException, OSError):
        return False
    return metadata.get(PARQUET_KEY.encode(), b"").decode("utf-8", "replace") in (*SHAPES.values(), FINDINGS)


def check_parquet() -> None:
    """``UserError`` where Parquet cannot be written."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UserError("no_pyarrow", _NO_PYARROW) from error


def write(
    form: str, target: Path | IO[str], columns: Sequence[Field], records: Iterable[Record], excel: bool = False
) -> int:
    """Writes the records and returns how many there were. ``NothingToWrite`` where there was none.

    ``excel`` writes the CSV that Excel opens under Indonesian settings; see ``docs/extract.md``. Parquet goes to a
    path only.
    """
    if form == "parquet":
        if not isinstance(target, Path):
            raise TypeError("Parquet needs a file")
        return _write_parquet(target, columns, records)
    writer: Callable[[IO[str]], int]
    if form == "csv":
        def writer(file: IO[str]) -> int:
            return _write_csv(file, columns, records, excel)
    else:
        def writer(file: IO[str]) -> int:
            return _write_jsonl(file, columns, records)
    if not isinstance(target, Path):
        return writer(target)
    with target.open("w", encoding="utf-8", newline="") as file:
        return writer(file)


def _write_csv(file: IO[str], columns: Sequence[Field], records: Iterable[Record], excel: bool) -> int:
    count = 0
    separator = ";" if excel else ","
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    quoting = csv.writer(file, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    show = _for_excel if excel else _for_csv
    for record in records:
        if not count:
            file.write("\ufeff" if excel else "")
            writer.writerow([column.name for column in columns])
        line = [show(column, record.get(column.name)) for column in columns]
        (quoting if any("\r" in text for text in line) else writer).writerow(line)  # writer leaves a bare \r unquoted
        count += 1
    if not count:
        raise NothingToWrite
    return count


def _for_csv(_column: Field, value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _for_excel(column: Field, value: Value) -> str:
    """A decimal with a comma; a text so that Excel neither computes it nor takes it for a number or a date."""
    if not isinstance(value, str):
        return _for_csv(column, value)
    if column.type == "decimal":
        return value.replace(".", ",")
    if not _SURELY_TEXT.match(value) and len(value) <= _LONGEST_QUOTED:
        return '="{}"'.format(value.replace('"', '""'))
    return f"'{value}" if value.lstrip().startswith(_FORMULA) else value


def _write_jsonl(file: IO[str], columns: Sequence[Field], records: Iterable[Record]) -> int:
    count = 0
    for record in records:
        line = {column.name: record.get(column.name) for column in columns}
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    if not count:
        raise NothingToWrite
    return count


def _write_parquet(target: Path, columns: Sequence[Field], records: Iterable[Record]) -> int:
    """Decimals are strings here too: a column of decimals has one scale, which cannot hold every figure exactly."""
    check_parquet()
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    text = pyarrow.string()
    types: dict[str, Any] = {"text": text, "decimal": text, "whole": pyarrow.int32(), "yesno": pyarrow.bool_()}
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
    count = 0
    batch: list[Record] = []

    def flush(writer: Any) -> None:
        writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
        batch.clear()

    rows = iter(records)
    first = next(rows, None)
    if first is None:
        raise NothingToWrite
    schema = schema.with_metadata({PARQUET_KEY: str(first["schema"])})
    batch.append(first)
    with ParquetWriter(str(target), schema, compression="zstd") as writer:
        for record in rows:
            if len(batch) >= _BATCH:
                count += len(batch)
                flush(writer)
            batch.append(record)
        count += len(batch)
        flush(writer)
    return count
