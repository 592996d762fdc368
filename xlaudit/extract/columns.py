"""The columns of an extract: names, types and meanings. docs/extract.md lists them, and a test compares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from xlaudit.schemas.columns import TEXT_ROLES

Type = Literal["text", "decimal", "whole", "yesno"]

SHAPES = {"figure": "xlaudit-figures/1", "line": "xlaudit-lines/1"}
"""What a record stands for, and the name of its form, which every record carries."""


FINDINGS = "xlaudit-recap-findings/1"
"""The name of the form of a recap's findings, which are written by the same writers."""

BOUND = "bound"
"""The state of a figure that is a bound, beside those of ``tables.State``."""


class Field(NamedTuple):
    """One column: ``decimal`` are exact decimals written as text, ``whole`` integers, ``yesno`` true or false."""

    name: str
    type: Type
    meaning: str


_BOOK = (
    Field("schema", "text", "form of the record: `xlaudit-figures/1` or `xlaudit-lines/1`"),
    Field("path", "text", "the workbook, as it was named or found"),
    Field("sha256", "text", "SHA-256 of the file, which tells it from every other"),
    Field("agency", "text", "perangkat daerah, as the workbook spells it"),
    Field("government", "text", "kabupaten, kota or provinsi, as the workbook spells it"),
    Field("year", "whole", "the year the workbook reports on"),
    Field("period", "text", "`tahunan`, `tw1` … `tw4`, `smt1`, `smt2`"),
    Field("template", "text", "the template that the workbook was made from"),
)
_TABLE = (
    Field("table", "text", "id of the table in its workbook, as in the reports: `t1`, `t2`, …"),
    Field("kind", "text", "kind of table: `pengukuran_kinerja`, `realisasi_anggaran`, …"),
    Field("title", "text", "the lines above the table"),
    Field("table_year", "whole", "the year that the table's own columns or title name"),
    Field("stage", "text", "`sebelum` or `setelah` the revision, `awal` where an agreement names neither"),
    Field("columns_from", "text", "what told the columns: `headings`, `contents` (a list without headings), `mapping`"),
    Field("sheet", "text", "name of the sheet"),
    Field("sheet_hidden", "yesno", "the sheet is hidden"),
)
_ROW = (
    Field("row", "whole", "number of the row on its sheet"),
    Field("level", "text", "`program`, `kegiatan`, `sub_kegiatan`, `item`, `total`, `mean`, `ratio`, `detail`, `note`"),
    Field("depth", "whole", "1 for the topmost level; none for rows outside the hierarchy, such as totals"),
    Field("parent_row", "whole", "number of the row that this one adds up to"),
    Field("code", "text", "the row's code"),
    Field("label", "text", "the row's name"),
    Field("hidden", "yesno", "the row is hidden"),
)
_TEXTS = (
    *(Field(role, "text", f"text in the column *{role.replace('_', ' ')}*") for role in TEXT_ROLES if role != "kode"),
    Field("more_texts", "text", "JSON object with the texts of further columns, such as a second *sasaran*"),
)
_FIGURE = (
    Field("cell", "text", "address of the cell on its sheet"),
    Field("column", "text", "canonical name of the column, unique in its table: `pagu_setelah`, `realisasi_tw2`"),
    Field("role", "text", "what the column holds: `pagu`, `realisasi`, `target`, `capaian`, …"),
    Field("column_period", "text", "a year, `tw1` … `tw4`, `smt1`, `smt2`, `sebelum`, `setelah`, `renstra`, …"),
    Field("header", "text", "the column's heading as it stands there"),
    Field("measure", "text", "`amount` (rupiah), `percent` (percentage points), `quantity` (the row's own satuan)"),
    Field("state", "text", "what stands in the cell, see above"),
    Field("value", "decimal", "the exact decimal, in the unit of the measure; only where state is `number` or `bound`"),
    Field("unit", "decimal", "size of the last digit shown, in the unit of the measure"),
    Field("text", "text", "what stands in the cell; for a stored number its digits as the file holds them"),
    Field("prefix", "text", "words and signs before the figure in the cell: `Rp`, `>`"),
    Field("suffix", "text", "words and signs after it: `Dokumen`, `(A)`"),
    Field("formula", "text", "the cell's formula, without `=`"),
    Field("merged", "yesno", "the cell belongs to a merge whose figure stands in a row above"),
    Field("column_hidden", "yesno", "the column is hidden"),
    Field("part", "text", "what tells the column from others of its role: a source of funds, a kind of belanja"),
)  # fmt: skip

FIGURE_COLUMNS = (*_BOOK, *_TABLE, *_ROW, *_TEXTS, *_FIGURE)
"""The columns with one record for every figure."""

LINE_COLUMNS = (*_BOOK, *_TABLE, *_ROW, *_TEXTS)
"""The columns with one record for every row, before those of the figures."""

LINE_FIGURE: tuple[tuple[str, Type, str], ...] = (
    ("", "decimal", "the exact decimal, as `value` of a figure"),
    (".state", "text", "what stands there, as `state` of a figure"),
    (".cell", "text", "address of the cell"),
)
"""What each figure column of a table becomes with one record for every row: ``pagu``, ``pagu.state``, ``pagu.cell``."""


def line_columns(figures: Iterable[str]) -> tuple[Field, ...]:
    """The columns of lines whose tables have these figure columns."""
    return (
        *LINE_COLUMNS,
        *(Field(f"{name}{end}", type_, meaning) for name in figures for end, type_, meaning in LINE_FIGURE),
    )
