"""What each data row shows of its place in the hierarchy: its name, number, code, looks and amounts."""

from __future__ import annotations

import re

from xlaudit.model import CellStyle, Stored
from xlaudit.reading.levels import RawRow
from xlaudit.reading.rows import Body
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.tables import Column, Figure, Measure, State

_ACTIVITY_RANK = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_MEASURED = ("target", "realisasi_kinerja")


def raw_rows(
    view: SheetView, columns: dict[str, Column], cells: dict[str, dict[int, Figure]], body: Body
) -> list[RawRow]:
    amounts = [name for name, column in columns.items() if column.measure is Measure.AMOUNT and name in cells]
    labels = [columns[role].column for role in LABEL_ROLES if role in columns]
    ranked = {role: columns[role].column for role in _ACTIVITY_RANK if role in columns}
    rows: list[RawRow] = []
    codes = _codes(view, body, columns)
    for index, number in enumerate(body.rows):
        label, rank, look = _label_of(view, number, labels, ranked)
        rows.append(
            RawRow(
                label=label,
                number=_own_text(view, number, columns.get("no")),
                code=codes[index],
                column_rank=rank,
                indent=look.indent,
                bold=look.bold,
                upper=label.isupper(),
                outline=view.sheet.outline.get(number, 0),
                fill=look.fill,
                amounts=tuple(
                    figure.amount if (figure := cells[name][number]).nil_or_filled else None for name in amounts
                ),
                measured=any(
                    column[number].filled for name, column in cells.items() if columns[name].role in _MEASURED
                ),
                grouped=not any(role in columns for role in ("uraian", "program", "kegiatan", "sub_kegiatan")),
                filled=any(column[number].state is not State.BLANK for column in cells.values()),
                numeric=any(column[number].filled for column in cells.values()),
            )
        )
    return rows


def _label_of(
    view: SheetView, row: int, labels: list[int], ranked: dict[str, int]
) -> tuple[str, int | None, CellStyle]:
    """The text that names a row, the rank of the activity column it stands in, and its format.

    ``labels`` are the columns that may name a row, best first.
    """
    if len(ranked) > 1:
        for role in sorted(ranked, key=lambda r: -_ACTIVITY_RANK[r]):
            cell = view.stored(row, ranked[role])
            if cell is not None and cell.text.strip() not in {"-", ""}:
                return " ".join(cell.text.split()), _ACTIVITY_RANK[role], view.style(cell)
    for column in labels:
        cell = view.stored(row, column)
        if cell is not None and cell.kind is Stored.TEXT and cell.text.strip() not in {"-", ""}:
            rank = next((_ACTIVITY_RANK[role] for role, place in ranked.items() if place == column), None)
            return " ".join(cell.text.split()), rank, view.style(cell)
    leftmost = next(iter(view.filled_columns(row)), None)
    first = view.stored(row, leftmost) if leftmost is not None and leftmost <= max(labels, default=leftmost) else None
    if first is not None and first.kind is Stored.TEXT and not re.search(r"\d", first.text):
        return " ".join(first.text.split()), None, view.style(first)
    return "", None, CellStyle()


def _own_text(view: SheetView, row: int, column: Column | None) -> str:
    if column is None:
        return ""
    cell = view.stored(row, column.column)
    return "" if cell is None else " ".join(cell.text.split())


def _codes(view: SheetView, body: Body, columns: dict[str, Column]) -> list[str]:
    """The account code of every row; one spread over several columns may leave out what the row above has."""
    spread = sorted(column.column for column in columns.values() if column.role == "kode")
    if len(spread) < 2:
        return [_code(view, row, columns) for row in body.rows]
    codes: list[str] = []
    above: list[str] = []
    for row in body.rows:
        cells = (view.stored(row, column) for column in spread)
        parts = ["" if cell is None else cell.text.strip(" .") for cell in cells]
        first = next((place for place, part in enumerate(parts) if part), 0)
        parts[:first] = above[:first]
        codes.append(".".join(part for part in parts if part) if any(parts) else "")
        above = parts if any(parts) else above
    return codes


def _code(view: SheetView, row: int, columns: dict[str, Column]) -> str:
    for name in ("kode", "no"):
        text = _own_text(view, row, columns.get(name))
        if re.fullmatch(r"[0-9]+([.\-][0-9A-Za-z]+)+\.?", text) or (name == "kode" and re.search(r"\d", text)):
            return text
    return ""
