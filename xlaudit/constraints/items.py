"""Which rows of a table carry its items, and whether some are missing."""

from __future__ import annotations

from itertools import pairwise

from xlaudit.tables import Level, Row, Table

ITEM_LEVELS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.ITEM)


def item_rows(table: Table) -> list[Row]:
    """The rows that carry an item of the table: no totals, means, remarks."""
    return table.rows_of(*ITEM_LEVELS)


def item_places(table: Table) -> list[int]:
    """The places of these rows among all."""
    return table.indexes_of(*ITEM_LEVELS)


def leaves_out_top_rows(table: Table) -> bool:
    """Whether the topmost rows of a table are an excerpt."""
    tells = table.has_orphans or "no" in table.columns
    return tells and is_excerpt(table.top_rows())


def is_excerpt(rows: list[Row]) -> bool:
    """Whether the rows' own numbers leave some out, or a row's parent is not shown: rows are missing."""
    numbers = [int(text) for row in rows if (text := row.texts.get("no", "").strip(" .)")).isdigit()]
    gaps = any(after not in (before, before + 1, 1) for before, after in pairwise(numbers))
    return gaps or any(row.orphan for row in rows)
