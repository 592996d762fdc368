"""A recap for other tools: one JSON line for every workbook, one record for every finding. docs/recap.md lists both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlaudit.extract import FINDINGS, Field, NothingToWrite, Record, write
from xlaudit.findings import plain
from xlaudit.keyfigures import Quoted
from xlaudit.recap.gather import Book, Recap, Told

BOOKS = "xlaudit-recap/1"

COLUMNS = (
    Field("schema", "text", "form of the record: `xlaudit-recap-findings/1`"),
    Field("path", "text", "the workbook, as it was named or found"),
    Field("annotated", "text", "its annotated copy"),
    Field("agency", "text", "perangkat daerah, as the list of agencies or else the workbook spells it"),
    Field("government", "text", "kabupaten, kota or provinsi"),
    Field("year", "whole", "the year the workbook reports on"),
    Field("period", "text", "`tahunan`, `tw1` … `tw4`, `smt1`, `smt2`"),
    Field("id", "text", "name of the finding, the same in every report on the workbook"),
    Field("severity", "text", "`error`, `warning`, `note`"),
    Field("rule", "text", "code of the rule"),
    Field("name", "text", "name of the rule"),
    Field("sheet", "text", "name of the sheet"),
    Field("cell", "text", "address of the cell"),
    Field("label", "text", "what the cell is: name of the row and heading of the column"),
    Field("message", "text", "the finding in Indonesian"),
    Field("message_en", "text", "the finding in English"),
    Field("stated", "decimal", "what the cell states; a word where it states one"),
    Field("computed", "decimal", "what it should be"),
    Field("difference", "decimal", "stated minus computed"),
    Field("root", "text", "sheet and cell believed to be the root cause"),
)
"""The columns of the findings; decimals are exact, written as text."""


def write_findings(recap: Recap, target: Path, form: str) -> None:
    """The findings as CSV or Parquet; a file without records, with its columns, where there are none."""
    try:
        write(form, target, COLUMNS, map(_finding, recap.findings))
    except NothingToWrite:
        _write_empty(target, form)


def _write_empty(target: Path, form: str) -> None:
    if form == "csv":
        target.write_text(",".join(column.name for column in COLUMNS) + "\n", encoding="utf-8")
        return
    import pyarrow
    from pyarrow.parquet import write_table

    types = {"whole": pyarrow.int32(), "yesno": pyarrow.bool_()}
    schema = pyarrow.schema([(column.name, types.get(column.type, pyarrow.string())) for column in COLUMNS])
    table = schema.with_metadata({"xlaudit.schema": FINDINGS}).empty_table()
    write_table(table, str(target), compression="zstd")


def _finding(told: Told) -> Record:
    book, finding = told.book, told.finding
    return {
        "schema": FINDINGS,
        "path": book.path,
        "annotated": book.opens if book.annotated else None,
        **_whose(book),
        "id": finding.id,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "name": finding.name,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "label": finding.label.id,
        "message": finding.message.id,
        "message_en": finding.message.en,
        "stated": finding.stated,
        "computed": finding.computed,
        "difference": finding.difference,
        "root": told.root or None,
    }


def _whose(book: Book) -> dict[str, Any]:
    return {
        "agency": book.agency or None,
        "government": book.government or None,
        "year": book.time.year or None,
        "period": book.time.period,
    }


def write_books(recap: Recap, target: Path) -> None:
    """One line for every workbook, then one for every agency that has not submitted."""
    with target.open("w", encoding="utf-8", newline="") as file:
        for line in (*map(_book, recap.books), *_absent(recap)):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _absent(recap: Recap) -> Iterator[dict[str, Any]]:
    for one in recap.absent or ():
        status = {"schema": BOOKS, "path": None, "status": "missing"}
        yield {**status, "agency": one.name, "government": one.government or None}


def _book(book: Book) -> dict[str, Any]:
    failure = book.failure
    line: dict[str, Any] = {
        "schema": BOOKS,
        "path": book.path,
        "status": book.standing.value,
        "annotated": book.opens if book.annotated else None,
        **_whose(book),
    }
    if failure is not None:
        refusal = {"code": failure.code, "message": failure.message.id, "message_en": failure.message.en}
        return {**line, "rejected": refusal}
    figures = book.key_figures
    budget = figures.budget
    return {
        **line,
        "replaced_by": book.replaced_by,
        "listed": book.listed,
        "tables": book.tables,
        "checks": book.checks,
        "errors": book.errors,
        "warnings": book.warnings,
        "notes": book.notes,
        "accepted": book.accepted,
        "roots": book.roots,
        "budget": None if budget is None else {
            "pagu": _quoted(budget.pagu),
            "realisasi": _quoted(budget.realisasi),
            "persen": None if budget.persen is None else _quoted(budget.persen),
            "sisa": None if budget.sisa is None else _quoted(budget.sisa),
        },
        "no_budget": None if figures.no_budget is None else figures.no_budget.id,
        "capaian": {
            "count": len(figures.achieved),
            "sum": plain(figures.capaian_sum),
            "indicators": [
                {
                    "name": one.indicator,
                    "capaian": plain(one.capaian),
                    "predikat": one.predikat or None,
                    "sheet": one.sheet,
                    "cell": one.cell.a1,
                    "predikat_cell": None if one.predikat_cell is None else one.predikat_cell.a1,
                }
                for one in figures.achieved
            ],
        },
    }  # fmt: skip


def _quoted(figure: Quoted) -> dict[str, Any]:
    cells = [cell.a1 for cell in figure.cells]
    return {"value": plain(figure.value), "sheet": figure.sheet, "cells": cells, "summed": figure.summed}
