"""Reads one table, from its header block to its rows with their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlaudit.cells import Area
from xlaudit.reading.declarations import with_declarations
from xlaudit.reading.figures import figures, magnitude
from xlaudit.reading.headers import Header
from xlaudit.reading.levels import assign
from xlaudit.reading.levelways import children_of
from xlaudit.reading.mapped import (
    UNUSED,
    last_row,
    own_skips,
    skipped_parts,
    told_kind,
    told_levels,
    without,
)
from xlaudit.reading.placed import placed_rows
from xlaudit.reading.rawrows import label_columns, raw_rows
from xlaudit.reading.remarks import remarks_on
from xlaudit.reading.resolve import resolve
from xlaudit.reading.rows import read_body, says_nothing, told_body
from xlaudit.reading.titles import Above, stage_of, title_of, year_of
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.kinds import kind_of
from xlaudit.schemas.words import fold
from xlaudit.tables import BLANK, NIL, NUMBER, OTHER, Aside, Column, Holding, Measure, Table
from xlaudit.texts import Text

_NAME_LENGTH = 6


def read_table(
    view: SheetView, header: Header, limit: int, repeats: list[Header], above: Above
) -> Table | None:
    """The table under a header down to ``limit``, ``repeats`` of the header passed over; None where there is none.

    Its id is left open: it follows from the tables before it.
    """
    skips = own_skips(header)
    whole, view = view, without(view, header, skips)
    figure_columns = [c for c, what in header.meanings().items() if what.measure is not Measure.TEXT]
    skipped = {row for repeat in repeats for row in range(repeat.top, repeat.bottom + 1)}
    naming = [c for c, what in header.meanings().items() if what.role in LABEL_ROLES]
    last = last_row(whole, header, limit)
    if header.mapped is not None and isinstance(header.mapped.last, int):
        body = told_body(view, header, header.mapped.first, last, skipped)
    else:
        body = read_body(view, header, last, figure_columns, naming, skipped)
    if not body.rows:
        return None
    spacers = _spacers(view, header, body.rows)
    header = replace(header, paths={c: path for c, path in header.paths.items() if c not in spacers})
    figure_columns = [column for column in figure_columns if column not in spacers]
    sizes = {column: magnitude(view, column, body.rows) for column in figure_columns}
    lengths = {c: _text_length(view, c, body.rows) for c in range(header.left, header.right + 2) if c not in sizes}
    unseen = view.sheet.hidden_columns
    columns = {
        name: replace(column, hidden=True) if column.column in unseen else column
        for name, column in resolve(header, sizes, lengths, spacers).items()
    }
    cells = {
        column.name: figures(view, column.column, column.measure, column.unit, body.rows)
        for column in columns.values()
        if column.measure is not Measure.TEXT and column.column in sizes
    }
    for name in [name for name in cells if columns[name].role == OTHER and not _numeric(cells[name])]:
        del columns[name], cells[name]
    filled = any(not column.states <= {BLANK} for column in cells.values())
    if not filled and not any(says_nothing(view, row, header) for row in body.rows):
        return None
    title = title_of(view, header, above)
    kind = told_kind(header) or kind_of(
        {c.role for c in columns.values()},
        {c.period for c in columns.values() if c.measure is not Measure.TEXT},
        f"{title} {view.sheet.name}",
    )
    named = label_columns(view, header, columns, body.rows)
    raw = raw_rows(view, columns, cells, body, named)
    levels = assign(raw) if header.mapped is None else told_levels(view, header.mapped, raw, body.rows)
    rows = placed_rows(view, columns, cells, body, raw, levels)
    children = children_of(rows.parents) if rows.orphans else levels.children
    table = Table(
        id="",
        kind=kind.name,
        sheet=view.sheet.name,
        area=Area(header.top, header.left, body.rows[-1], header.right),
        title=title,
        columns=columns,
        rows=rows,
        header_rows=tuple(range(header.top, header.bottom + 1)),
        year=year_of(columns, title, view.sheet.name),
        stage=stage_of(fold(title), fold(view.sheet.name), kind.name),
        levels_from=levels.way,
        levels_fit=(levels.fit, levels.misfit),
        guessed=header.guessed,
        aside=(
            *body.aside(header.left, header.right),
            *_unknown_columns(view, header, columns, named, body.rows),
            *skipped_parts(whole, header, skips),
        ),
        mapped=header.mapped is not None,
        hidden=not view.sheet.visible,
        remarks=remarks_on(levels, body, header.guessed, header.mapped is not None),
        children={parent: tuple(below) for parent, below in children.items()},
    )
    return with_declarations(view, header, table)


def _numeric(holding: Holding) -> bool:
    """Whether at least half of what a column holds are figures."""
    filled = [state for state in holding.kinds if state is not BLANK]
    return bool(filled) and (filled.count(NUMBER) + filled.count(NIL)) * 2 >= len(filled)


def _spacers(view: SheetView, header: Header, rows: Sequence[int]) -> frozenset[int]:
    """Columns that are empty in every row and have no heading of their own, at most that of their neighbours."""
    if header.told is not None:
        return frozenset()
    columns = range(header.left, header.right + 1)
    empty = {c for c in columns if not any(view.fields(c, rows).kinds)}
    filled = [c for c in columns if c not in empty]

    def borrowed(column: int) -> bool:
        path = header.paths.get(column, ())
        beside = [max((c for c in filled if c < column), default=0), min((c for c in filled if c > column), default=0)]
        return any(header.paths[c][: len(path)] == path for c in beside if c in header.paths)

    return frozenset(column for column in empty if borrowed(column))


def _text_length(view: SheetView, column: int, rows: Sequence[int]) -> int:
    """The mean length of a column's texts; longer than numbering is where one of them is no number."""
    texts = [text for text in view.texts(column, rows[:200]) if text and text != "-"]
    mean = sum(map(len, texts)) // len(texts) if texts else 0
    return max(mean, _NAME_LENGTH) if any(len(text) > _NAME_LENGTH and " " in text for text in texts) else mean


def _unknown_columns(
    view: SheetView, header: Header, columns: dict[str, Column], named: Sequence[int], rows: Sequence[int]
) -> list[Aside]:
    """The columns of the table's width that hold something but could not be told what they are."""
    known = {column.column for column in columns.values()} | set(named)
    unknown: list[Aside] = []
    for column in range(header.left, header.right + 1):
        if column in known or {text.lower() for text in set(view.texts(column, rows))} <= {"", "rp", "rp.", "%"}:
            continue
        if header.mapped is not None:
            unknown.append(Aside(Area(header.top, column, rows[-1], column), UNUSED))
            continue
        heading = " · ".join(header.paths.get(column, ()))
        why = Text("the column “{heading}” is not known").fill(heading=heading)
        nameless = Text("a column without a heading")
        unknown.append(Aside(Area(header.top, column, rows[-1], column), why if heading else nameless))
    return unknown
