"""Finds the header blocks of a sheet: where a table begins and what stands above each of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlaudit.mapping.model import MappedTable
from xlaudit.reading.headerrows import DECLARED, continues, is_group_row, is_ordinal_row
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES, Meaning, meaning
from xlaudit.tables import Measure

_MOST_ROWS = 6
_BUDGET_ROLES = {"pagu", "realisasi", "share", "persen", "sisa", "target", "capaian"}

@dataclass(slots=True)
class Header:
    """A header block. ``paths[column]`` are the texts above a column, outermost first.

    ``declared[column]`` is the arithmetic that a column-number row declares, such as ``6=4/5*100``.
    """

    top: int
    bottom: int
    paths: dict[int, tuple[str, ...]]
    declared: dict[int, str] = field(default_factory=dict)
    ordinals: dict[int, int] = field(default_factory=dict)
    told: dict[int, Meaning] | None = None
    """What the columns are, where it is known from elsewhere than their headings: then these are not asked."""
    guessed: bool = False
    """Whether that was told by their contents."""
    mapped: MappedTable | None = None
    """The mapping that told it, which may also say where the rows end and how their levels are told."""

    @property
    def left(self) -> int:
        return min(self.paths)

    @property
    def right(self) -> int:
        return max(self.paths)

    def heading(self, column: int) -> str:
        """The texts above a column in one line; those of its left neighbour, which heads both, where it has none."""
        return " · ".join(self.paths.get(column, ()) or self.paths.get(column - 1, ()))

    def ignores(self, column: int) -> bool:
        """Whether a mapping says that a column is not to be used."""
        return self.mapped is not None and column in self.mapped.ignored

    def meanings(self) -> dict[int, Meaning]:
        """The columns whose header has a meaning."""
        if self.told is not None:
            return self.told
        found = {column: meaning(path) for column, path in self.paths.items()}
        known = {column: what for column, what in found.items() if what is not None}
        return known | self._unnamed_label(known)

    def _unnamed_label(self, known: dict[int, Meaning]) -> dict[int, Meaning]:
        """The first text column of a budget table names its rows, whatever it is called: OPD, Sumber Dana."""
        roles = {what.role for what in known.values()}
        figures = [column for column, what in known.items() if what.measure is not Measure.TEXT]
        if roles & set(LABEL_ROLES) or len(roles & _BUDGET_ROLES) < 2:
            return {}
        free = [c for c in sorted(self.paths) if c < min(figures) and (c not in known or known[c].role == "sifat")]
        return {free[0]: Meaning("uraian", measure=Measure.TEXT)} if free else {}


def headers_at(view: SheetView, row: int, beyond: int) -> list[Header]:
    """The headers of the block around a row that may begin one; ``beyond`` is the last row of those above."""
    top, bottom = _extent(view, row, beyond)
    return [header for header in _split(view, top, bottom) if is_table_header(header)]


def header_over(view: SheetView, top: int, bottom: int, columns: Sequence[int]) -> Header:
    """The header in these rows over these columns, of which some may have no heading; no rows at all if they cross."""
    left, right = min(columns), max(columns)
    found = _paths(view.part(top, bottom, left, right), top, bottom) if top <= bottom else ({}, {}, {})
    paths, declared, ordinals = found
    return _header(top, bottom, sorted(columns), {c: paths.get(c, ()) for c in columns}, declared, ordinals)


def is_table_header(header: Header) -> bool:
    """Whether the columns together make one of our tables: something named, something measured."""
    roles = list(header.meanings().values())
    figures = [role for role in roles if role.measure is not Measure.TEXT]
    labels = [role for role in roles if role.measure is Measure.TEXT and role.role != "no"]
    return bool(figures) and bool(labels) and len(roles) >= 2 and len({r.role for r in roles}) >= 2


def _extent(view: SheetView, start: int, beyond: int) -> tuple[int, int]:
    """The first and last row of the block that begins around ``start``."""
    top = start
    if start - 1 > beyond and is_group_row(view, start - 1, start):
        top = start - 1
    bottom = start
    while bottom - top + 1 < _MOST_ROWS and (bottom + 1) in view.sheet.rows and continues(view, bottom + 1):
        bottom += 1
    merged = [area for column in view.sheet.rows[start] if (area := view.anchor.get((start, column))) is not None]
    last_merged = max((area.bottom for area in merged if area.bottom - area.top < _MOST_ROWS), default=bottom)
    return top, max(bottom, min(last_merged, top + _MOST_ROWS - 1))


def _split(view: SheetView, top: int, bottom: int) -> list[Header]:
    """One header for each run of neighbouring columns; an empty column parts two tables side by side."""
    paths, declared, ordinals = _paths(view, top, bottom)
    headers: list[Header] = []
    run: list[int] = []
    for column in sorted(paths):
        if run and column > run[-1] + 1 and not all(_used_below(view, bottom, c) for c in range(run[-1] + 1, column)):
            headers.append(_header(top, bottom, run, paths, declared, ordinals))
            run = []
        run.append(column)
    if run:
        headers.append(_header(top, bottom, run, paths, declared, ordinals))
    whole = _header(top, bottom, sorted(paths), paths, declared, ordinals)
    parts = [header for header in headers if is_table_header(header)]
    return parts if len(parts) > 1 and len(parts) == len(headers) else [whole] if paths else []


def _header(
    top: int,
    bottom: int,
    columns: list[int],
    paths: dict[int, tuple[str, ...]],
    declared: dict[int, str],
    ordinals: dict[int, int],
) -> Header:
    keep = set(columns)
    return Header(
        top,
        bottom,
        {c: paths[c] for c in columns},
        {c: text for c, text in declared.items() if c in keep},
        {c: number for c, number in ordinals.items() if c in keep},
    )


def _used_below(view: SheetView, bottom: int, column: int) -> bool:
    return any(view.stored(row, column) is not None for row in range(bottom + 1, bottom + 12))


def _paths(view: SheetView, top: int, bottom: int) -> tuple[dict[int, tuple[str, ...]], dict[int, str], dict[int, int]]:
    texts: dict[int, list[str]] = {}
    declared: dict[int, str] = {}
    ordinals: dict[int, int] = {}
    rows = list(range(top, bottom + 1))
    named = [row for row in rows if not is_ordinal_row(view, row)]
    for row in rows:
        if row not in named:
            for column in view.filled_columns(row):
                text = view.text(row, column)
                ordinals[column] = int(re.findall(r"\d+", text)[0])
                if "=" in text:
                    declared[column] = text
    for position, row in enumerate(named):
        line = _line(view, row, named[position + 1 :])
        for column, text in line.items():
            path = texts.setdefault(column, [])
            if DECLARED.fullmatch(text):
                declared[column] = text
            elif not path or path[-1] != text:
                path.append(text)
    return {column: tuple(path) for column, path in texts.items() if path}, declared, ordinals


def _line(view: SheetView, row: int, below: list[int]) -> dict[int, str]:
    """The header texts of one row, each column its own; a group heading reaches over the columns it heads."""
    known = set(view.sheet.rows.get(row, ())) | {c for r, c in view.anchor if r == row}
    for other in below:
        known |= set(view.filled_columns(other))
    line: dict[int, str] = {}
    group = ""
    previous = 0
    for column in sorted(known):
        text = view.text(row, column)
        if text:
            line[column] = group = text
        elif group and previous == column - 1 and below and _only_below(view, row, column, below):
            line[column] = group
        else:
            group = ""
        previous = column
    return line


def _only_below(view: SheetView, row: int, column: int, below: list[int]) -> bool:
    """Whether a column, empty in this header row, is named in a lower one, as under an unmerged group heading."""
    under = next((text for other in below if (text := view.text(other, column))), "")
    return (
        bool(under)
        and view.merged_into(row, column) is None
        and view.text(row, column) == ""
        and not (
            meaning((under,)) is not None and meaning((under,)).measure is Measure.TEXT  # type: ignore[union-attr]
        )
    )
