"""Recognised tables as tidy data: records by figure or by line, written as CSV, JSON lines or Parquet."""

from xlaudit.extract.columns import FIGURE_COLUMNS, FINDINGS, LINE_COLUMNS, SHAPES, Field, line_columns
from xlaudit.extract.records import Origin, Record, figure_records, line_records
from xlaudit.extract.spool import spooled
from xlaudit.extract.writers import FORMATS, NothingToWrite, check_parquet, format_of, made_by_us, write

__all__ = [
    "FIGURE_COLUMNS", "FINDINGS", "FORMATS", "LINE_COLUMNS", "SHAPES", "Field", "NothingToWrite", "Origin", "Record",
    "check_parquet", "figure_records", "format_of", "line_columns", "line_records", "made_by_us", "spooled", "write",
]  # fmt: skip
