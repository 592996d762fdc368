"""What each data row shows of its place in the hierarchy: its name, number, code, looks and amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.model import CellStyle, Stored, StoredCell
from xlaudit.patterns import pattern
from xlaudit.reading.headers import Header
from xlaudit.reading.levelways import RawRow
from xlaudit.reading.rows import Body
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.words import YEAR
from xlaudit.tables import Column, Figure, Measure, State

_ACTIVITY_RANK = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_SPACES_A_STEP = 3
"""Leading spaces that make one step of a cell format's indent."""
_BEFORE_NAME = pattern(r"((?:[0-9]{1,4}((?:[.\-][0-9]{1,4})+)\.?)|(?:[0-9]{1,2}|[a-zA-Z]|[IVX]{1,5})[.)])\s+[^\W\d]")
_DOTTED = pattern(r"[0-9]+([.\-][0-9A-Za-z]+)+\.?")
_DIGIT = pattern(r"\d")
_NUMBERING = pattern(r"[0-9]{1,2}[.)]?|[a-zA-Z][.)]|[IVXivx]{1,5}[.)]")
_MEASURED = ("target", "realisasi_kinerja")


def label_columns(view: SheetView, header: Header, columns: dict[str, Column], rows: Sequence[int]) -> list[int]:
    """The column that names the rows and those right of it that only go on with it, level by level.

    They have the same heading (merged, or repeated) or none, and hold texts.
    """
    first = next((columns[role].column for role in LABEL_ROLES if role in columns), None)
    if first is None:
        return []
    own = header.paths.get(first, ())
    found = [first]
    known = {column.column: column.role for column in columns.values()}
    while (beside := found[-1] + 1) <= header.right and header.paths.get(beside, own) == own:
        other = header.ignores(beside) or known.get(beside, known[first]) != known[first]
        if other or not _holds_texts(view, beside, rows):
            break
        found.append(beside)
    return found


def _holds_texts(view: SheetView, column: int, rows: Sequence[int]) -> bool:
    cells = [cell for cell in view.down(column, rows) if cell is not None]
    return bool(cells) and all(cell.kind is Stored.TEXT for cell in cells)


def raw_rows(
    view: SheetView, columns: dict[str, Column], cells: dict[str, dict[int, Figure]], body: Body, named: Sequence[int]
) -> list[RawRow]:
    """What the levels are told by, row for row; ``named`` are the :func:`label_columns`."""
    amounts = [name for name, column in columns.items() if column.measure is Measure.AMOUNT and name in cells]
    others = [columns[role].column for role in LABEL_ROLES if role in columns]
    ranked = {role: columns[role].column for role in _ACTIVITY_RANK if role in columns}
    figures = {name: list(column.values()) for name, column in cells.items()}  # one for each row, in their order
    lines = list(zip(*figures.values(), strict=True)) or [()] * len(body.rows)
    money = list(zip(*(figures[name] for name in amounts), strict=True)) or [()] * len(body.rows)
    measured = [column for name, column in figures.items() if columns[name].role in _MEASURED]
    grouped = not any(role in columns for role in ("uraian", "program", "kegiatan", "sub_kegiatan"))
    labels = [*named, *others]
    naming = {column: view.down(column, body.rows) for column in (*labels, *ranked.values())}
    rows: list[RawRow] = []
    codes, places = _codes(view, body, columns), _own_texts(view, body, columns.get("no"))
    for index, number in enumerate(body.rows):
        label = _label_of(view, index, number, labels, ranked, naming)
        states = [figure.state for figure in lines[index]]
        code, place = codes[index], places[index]
        if not code and not place:
            code, place = _leading_number(label.text)
        rows.append(
            RawRow(
                label=label.text,
                number=place or ("" if code else _own_text(view, number, columns.get("kode"))),
                code=code,
                column_rank=label.rank,
                indent=label.style.indent * _SPACES_A_STEP + label.spaces,
                bold=label.style.bold,
                upper=label.text.isupper(),
                outline=view.sheet.outline.get(number, 0),
                fill=label.style.fill,
                amounts=tuple(map(_amount, money[index])),
                measured=bool(measured) and any(column[index].filled for column in measured),
                grouped=grouped,
                filled=states.count(State.BLANK) < len(states),
                numeric=State.NUMBER in states,
                step=named.index(label.column) if label.column in named else 0,
            )
        )
    return rows


def _amount(figure: Figure) -> Decimal | None:
    return figure.amount if figure.nil_or_filled else None


class _Label(NamedTuple):
    """The text that names a row, where it stands, the rank of its activity column, its format, its leading spaces."""

    text: str = ""
    column: int = 0
    rank: int | None = None
    style: CellStyle = CellStyle()
    spaces: int = 0


def _label_of(
    view: SheetView,
    index: int,
    row: int,
    labels: Sequence[int],
    ranked: dict[str, int],
    naming: dict[int, list[StoredCell | None]],
) -> _Label:
    """What names a row. ``labels`` are the columns that may, best first; ``naming`` has the cells of all rows."""

    if len(ranked) > 1:
        for role in sorted(ranked, key=lambda r: -_ACTIVITY_RANK[r]):
            cell = naming[ranked[role]][index]
            if cell is not None and cell.text.strip() not in {"-", ""}:
                return _label(view, cell, _ACTIVITY_RANK[role])
    for place, column in enumerate(labels):
        cell = naming[column][index]
        if cell is not None and _names(cell) and not (_NUMBERING.fullmatch(cell.text.strip()) and labels[place + 1 :]):
            rank = next((_ACTIVITY_RANK[role] for role, place in ranked.items() if place == column), None)
            return _label(view, cell, rank)
    leftmost = next(iter(view.filled_columns(row)), None)
    first = view.stored(row, leftmost) if leftmost is not None and leftmost <= max(labels, default=leftmost) else None
    if first is not None and first.kind is Stored.TEXT and not re.search(r"\d", first.text):
        return _label(view, first, None)._replace(spaces=0)
    return _Label()


def _label(view: SheetView, cell: StoredCell, rank: int | None) -> _Label:
    text = cell.text
    spaces = 0
    if text[:1].isspace():
        bare = text.replace("\t", "    ").replace("\xa0", " ")
        spaces = len(bare) - len(bare.lstrip(" "))
    return _Label(" ".join(text.split()), cell.column, rank, view.style(cell), spaces)


def _names(cell: StoredCell) -> bool:
    """Whether a cell can name its row: by a text, or by a year."""
    if cell.kind is Stored.NUMBER:
        return YEAR.fullmatch(cell.text) is not None
    return cell.kind is Stored.TEXT and cell.text.strip() not in {"-", ""}


def _leading_number(label: str) -> tuple[str, str]:
    """Code and number that stand before a name in its own cell: ``1.06.02 Program``, ``1.1. Kegiatan``, ``a. ...``."""
    found = _BEFORE_NAME.match(label)
    if found is None:
        return "", ""
    return (found[1].rstrip("."), found[1]) if found[2] else ("", found[1])


def _own_texts(view: SheetView, body: Body, column: Column | None) -> list[str]:
    """The text of every row in a column, nothing where there is no such column."""
    if column is None:
        return [""] * len(body.rows)
    return ["" if cell is None else " ".join(cell.text.split()) for cell in view.down(column.column, body.rows)]


def _own_text(view: SheetView, row: int, column: Column | None) -> str:
    if column is None:
        return ""
    cell = view.stored(row, column.column)
    return "" if cell is None else " ".join(cell.text.split())


def _codes(view: SheetView, body: Body, columns: dict[str, Column]) -> list[str]:
    """The account code of every row; one spread over several columns may leave out what the row above has."""
    spread = sorted(column.column for column in columns.values() if column.role == "kode")
    if len(spread) < 2:
        found = (_own_texts(view, body, columns.get(name)) for name in ("kode", "no"))
        return [_code(own, number) for own, number in zip(*found, strict=True)]
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


def _code(own: str, number: str) -> str:
    """The code of a row, from what stands in the column of codes and in that of numbers."""
    if own and (_DOTTED.fullmatch(own) or _DIGIT.search(own)):
        return own
    return number if number and _DOTTED.fullmatch(number) else ""
