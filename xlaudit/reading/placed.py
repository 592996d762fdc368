"""The rows of a table in their places: level, parent, inherited labels."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.reading.levels import Levels
from xlaudit.reading.levelways import RawRow, parents_of
from xlaudit.reading.rows import Body
from xlaudit.reading.view import SheetView
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Figure, Level, Measure, Row

_NAMES = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
_PARENT_ROLES = ("sasaran", "tujuan", "indikator", "program", "kegiatan")


def placed_rows(
    view: SheetView,
    columns: dict[str, Column],
    cells: dict[str, dict[int, Figure]],
    body: Body,
    raw_rows: list[RawRow],
    levels: Levels,
) -> tuple[Row, ...]:
    parents, orphans = _without_orphans(raw_rows, parents_of(levels.depths), levels)
    names = _level_names(raw_rows, levels)
    text_columns = [
        (c.name, c.name in _PARENT_ROLES, view.texts(c.column, body.rows))
        for c in columns.values()
        if c.measure is Measure.TEXT
    ]
    hidden = view.sheet.hidden_rows
    inherited: dict[str, str] = {}
    rows: list[Row] = []
    for index, number in enumerate(body.rows):
        raw = raw_rows[index]
        depth = levels.depths[index]
        texts: dict[str, str] = {}
        for name, goes_down, column in text_columns:
            text = column[index]
            if text:
                inherited[name] = text
            elif goes_down and raw.label and index not in levels.special:
                text = inherited.get(name, "")
            texts[name] = text
        level = levels.special.get(index) or (names.get(depth, Level.ITEM) if depth is not None else Level.NOTE)
        rows.append(
            Row(
                index=index,
                number=number,
                level=level,
                depth=depth,
                parent=parents[index],
                label=raw.label or texts.get("indikator", "") or texts.get("sasaran", ""),
                code=raw.code,
                figures={name: column[number] for name, column in cells.items()},
                texts=texts,
                hidden=number in hidden,
                orphan=index in orphans,
            )
        )
    return tuple(rows)


def _without_orphans(
    rows: Sequence[RawRow], parents: list[int | None], levels: Levels
) -> tuple[list[int | None], set[int]]:
    """A row whose code does not begin with its parent's belongs to another parent, which the table does not show."""
    if levels.way != "code":
        return parents, set()
    orphans = {
        index
        for index, parent in enumerate(parents)
        if parent is not None and rows[index].code and not rows[index].code.startswith(rows[parent].code.rstrip("."))
    }
    return [None if index in orphans else parent for index, parent in enumerate(parents)], orphans


def _level_names(rows: Sequence[RawRow], levels: Levels) -> dict[int, Level]:
    """What each depth is called: programs where the labels or columns say so, else plain items."""
    if levels.way == "columns":
        ranks = sorted({row.column_rank for row in rows if row.column_rank is not None})
        return {depth: _NAMES[rank] for depth, rank in enumerate(ranks)}
    only = {row.column_rank for index, row in enumerate(rows) if index not in levels.special}
    if len(only) == 1 and None not in only:
        rank = only.pop() or 0
        return {depth: _NAMES[rank + depth] for depth in range(len(_NAMES) - rank)}
    starts = {"program": 0, "kegiatan": 1, "sub kegiatan": 2}
    for depth in range(3):
        labels = [fold(row.label) for row, at in zip(rows, levels.depths, strict=True) if at == depth]
        for word, rank in starts.items():
            hits = sum(1 for label in labels if label.startswith(word + " "))
            if hits and hits * 2 >= len(labels):
                return {d: _NAMES[rank + d - depth] for d in range(6) if 0 <= rank + d - depth < 3}
    return {}
