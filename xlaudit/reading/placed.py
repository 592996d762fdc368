"""The rows of a table in their places: level, parent, inherited labels."""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.reading.levels import Levels
from xlaudit.reading.rawcolumns import RawRows
from xlaudit.reading.rows import Body
from xlaudit.reading.view import SheetView
from xlaudit.tables import Column, Holding, Level, Measure, Rows

_NAMES = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
_PARENT_ROLES = ("sasaran", "tujuan", "indikator", "program", "kegiatan")


def placed_rows(
    view: SheetView,
    columns: dict[str, Column],
    holdings: dict[str, Holding],
    body: Body,
    raw: RawRows,
    levels: Levels,
) -> Rows:
    """The rows with their level and parent; ``holdings`` are the figures, ``raw`` what told the ``levels``."""
    parents, orphans = _without_orphans(raw.codes, levels)
    texts = _texts(view, columns, body, raw, levels)
    labels = list(raw.labels)
    others = [texts[name] for name in ("indikator", "sasaran") if name in texts]
    for index, label in enumerate(labels if "" in labels else ()):
        if not label:
            labels[index] = next(filter(None, (column[index] for column in others)), "")
    hidden = view.sheet.hidden_rows
    return Rows(
        body.rows,
        _levels_of(raw, levels),
        levels.depths,
        parents,
        labels,
        raw.codes,
        holdings,
        texts,
        frozenset(index for index, number in enumerate(body.rows) if number in hidden) if hidden else frozenset(),
        frozenset(orphans),
        {} if orphans else levels.off,
        raw.folded if labels == raw.labels else None,
        raw.shapes,
    )


def _levels_of(raw: RawRows, levels: Levels) -> list[Level]:
    names = _level_names(raw, levels)
    told = {depth: Level.NOTE if depth is None else names.get(depth, Level.ITEM) for depth in set(levels.depths)}
    found = [told[depth] for depth in levels.depths]
    for index, level in levels.special.items():
        found[index] = level
    return found


def _texts(
    view: SheetView, columns: dict[str, Column], body: Body, raw: RawRows, levels: Levels
) -> dict[str, list[str]]:
    """The texts of each column; a sasaran or a program that is written once holds for the rows below, too."""
    texts = {c.name: view.texts(c.column, body.rows) for c in columns.values() if c.measure is Measure.TEXT}
    for name in _PARENT_ROLES:
        column = texts.get(name, [])
        above = ""
        for index, text in enumerate(column if "" in column else ()):
            if text:
                above = text
            elif raw.labels[index] and index not in levels.special:
                column[index] = above
    return texts


def _without_orphans(codes: Sequence[str], levels: Levels) -> tuple[list[int | None], set[int]]:
    """A row whose code does not begin with its parent's belongs to another parent, which the table does not show."""
    parents = levels.parents
    if levels.way != "code" or levels.nested:
        return parents, set()
    orphans = {
        index
        for index, parent in enumerate(parents)
        if parent is not None and codes[index] and not codes[index].startswith(codes[parent].rstrip("."))
    }
    return [None if index in orphans else parent for index, parent in enumerate(parents)], orphans


def _level_names(raw: RawRows, levels: Levels) -> dict[int, Level]:
    """What each depth is called: programs where the labels or columns say so, else plain items."""
    if levels.way == "columns":
        ranks = sorted({rank for rank in raw.column_ranks if rank is not None})
        return {depth: _NAMES[rank] for depth, rank in enumerate(ranks)}
    only = {rank for index, rank in enumerate(raw.column_ranks) if index not in levels.special}
    if len(only) == 1 and None not in only:
        rank = only.pop() or 0
        return {depth: _NAMES[rank + depth] for depth in range(len(_NAMES) - rank)}
    starts = {"program": 0, "kegiatan": 1, "sub kegiatan": 2}
    for depth in range(3):
        labels = [raw.folded[index] for index, at in enumerate(levels.depths) if at == depth]
        for word, rank in starts.items():
            hits = sum(1 for label in labels if label.startswith(word + " "))
            if hits and hits * 2 >= len(labels):
                return {d: _NAMES[rank + d - depth] for d in range(6) if 0 <= rank + d - depth < 3}
    return {}
