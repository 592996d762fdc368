"""What each data row shows of its place in the hierarchy: its name, number, code, looks and amounts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from xlaudit.model import Stored, StoredCell
from xlaudit.patterns import pattern
from xlaudit.reading.headers import Header
from xlaudit.reading.rawcolumns import RawRows
from xlaudit.reading.rows import Body
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.words import YEAR
from xlaudit.tables import NUMBER, Column, Holding, Measure

_Entry = TypeVar("_Entry")
_ACTIVITY_RANK = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_BEFORE_NAME = pattern(r"((?:[0-9]{1,4}((?:[.\-][0-9]{1,4})+)\.?)|(?:[0-9]{1,2}|[a-zA-Z]|[IVX]{1,5})[.)])\s+[^\W\d]")
_DOTTED = pattern(r"[0-9]+([.\-][0-9A-Za-z]+)+\.?")
_DIGIT = pattern(r"\d")
_NUMBERING = pattern(r"[0-9]{1,2}[.)]?|[a-zA-Z][.)]|[IVXivx]{1,5}[.)]")
_LONGEST_NUMBERING = 6
_MEASURED = ("target", "realisasi_kinerja")
_NAMED_BY_OTHERS = ("uraian", "program", "kegiatan", "sub_kegiatan")


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
    kinds = view.fields(column, rows).kinds
    return any(kinds) and all(kind is Stored.TEXT for kind in kinds if kind is not None)


def raw_rows(
    view: SheetView, columns: dict[str, Column], cells: dict[str, Holding], body: Body, named: Sequence[int]
) -> RawRows:
    """What the levels are told by; ``named`` are the :func:`label_columns`."""
    rows = body.rows
    others = [columns[role].column for role in LABEL_ROLES if role in columns]
    ranks = {columns[role].column: rank for role, rank in _ACTIVITY_RANK.items() if role in columns}
    names, named_in, astray = _names(view, rows, [*named, *others], ranks)
    codes, numbers = _codes_and_numbers(view, rows, columns, names)
    outline = view.sheet.outline
    return RawRows(
        labels=names,
        numbers=numbers,
        codes=codes,
        column_ranks=_by_column(named_in, ranks, None, astray),
        steps=_by_column(named_in, {column: step for step, column in enumerate(named)}, 0),
        outlines=[outline.get(row, 0) for row in rows] if outline else [0] * len(rows),
        amounts={name: _amounts(own) for name, own in cells.items() if columns[name].measure is Measure.AMOUNT},
        kinds=[holding.kinds for holding in cells.values()],
        measured=[holding.kinds for name, holding in cells.items() if columns[name].role in _MEASURED],
        grouped=not any(role in columns for role in _NAMED_BY_OTHERS),
        named_in=named_in,
        astray=astray,
        fields=lambda column: view.fields(column, rows),
        formats=view.styles,
    )


def _amounts(holding: Holding) -> Sequence[Decimal | None]:
    """The amounts of a column, 0 for nil, None where there is none."""
    if holding.states == {NUMBER}:
        return holding.values
    return [None if amount.is_nan() else amount for amount in holding.amounts]


def _by_column(
    named_in: Sequence[int], of: Mapping[int, _Entry], other: _Entry, astray: Collection[int] = ()
) -> list[_Entry]:
    """For each row what the column of the cell that names it stands for, ``other`` for those that are not."""
    if all(entry == other for entry in of.values()):
        return [other] * len(named_in)
    found = [of.get(column, other) for column in named_in]
    for index in astray:
        found[index] = other
    return found


def _names(
    view: SheetView, rows: Sequence[int], labels: Sequence[int], ranks: dict[int, int]
) -> tuple[list[str], list[int], set[int]]:
    """The name of each row, its column, and which rows are named by a cell that stands where no names do.

    Where several columns are for activities, it is that of the lowest one; else that of the best of ``labels``.
    """
    tries: list[tuple[int, Callable[[Stored | None, str], bool]]] = []
    if len(ranks) > 1:
        tries += [(column, _says_anything) for column, _ in sorted(ranks.items(), key=lambda rank: -rank[1])]
    tries += [(column, _is_name_alone if at < len(labels) else _is_name) for at, column in enumerate(labels, start=1)]
    names, named_in = [""] * len(rows), [0] * len(rows)
    waiting: Sequence[int] = range(len(rows))
    for column, is_name in tries:
        if not waiting:
            break
        kinds, _, texts, _, _ = view.fields(column, rows)
        own, text = view.own_texts(column, rows), Stored.TEXT
        for index in waiting:  # what is a longer text is a name to all of the tests
            names[index], named_in[index] = own[index], column
        short = [index for index in waiting if len(own[index]) <= _LONGEST_NUMBERING or kinds[index] is not text]
        waiting = [index for index in short if not is_name(kinds[index], texts[index])]
    for index in waiting:
        cell = _leftmost(view, rows[index], labels)
        names[index], named_in[index] = ("", 0) if cell is None else (" ".join(cell.text.split()), cell.column)
    return names, named_in, set(waiting)


def _leftmost(view: SheetView, row: int, labels: Sequence[int]) -> StoredCell | None:
    """The first cell of a row that no label column names, if it is a text without digits and not right of them."""
    leftmost = next(iter(view.filled_columns(row)), None)
    first = view.stored(row, leftmost) if leftmost is not None and leftmost <= max(labels, default=leftmost) else None
    return first if first is not None and first.kind is Stored.TEXT and not _DIGIT.search(first.text) else None


def _says_anything(kind: Stored | None, text: str) -> bool:
    return kind is not None and text.strip() not in {"-", ""}


def _is_name(kind: Stored | None, text: str) -> bool:
    """Whether a cell can name its row: by a text, or by a year."""
    if kind is Stored.NUMBER:
        return YEAR.fullmatch(text) is not None
    return kind is Stored.TEXT and text.strip() not in {"-", ""}


def _is_name_alone(kind: Stored | None, text: str) -> bool:
    """Whether a cell can name its row where other columns may do so, too: by more than a numbering."""
    return _is_name(kind, text) and not _NUMBERING.fullmatch(text.strip())


def _leading_number(label: str) -> tuple[str, str]:
    """Code and number that stand before a name in its own cell: ``1.06.02 Program``, ``1.1. Kegiatan``, ``a. ...``."""
    found = _BEFORE_NAME.match(label)
    if found is None:
        return "", ""
    return (found[1].rstrip("."), found[1]) if found[2] else ("", found[1])


def _codes_and_numbers(
    view: SheetView, rows: Sequence[int], columns: dict[str, Column], names: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Code and number of every row, from their own columns, else from what stands before its name."""
    own, numbers = _own_texts(view, rows, columns.get("kode")), _own_texts(view, rows, columns.get("no"))
    spread = sorted(column.column for column in columns.values() if column.role == "kode")
    codes = _codes(own, numbers) if len(spread) < 2 else _spread_codes(view, rows, spread)
    for index in [index for index, code in enumerate(codes) if not code and not numbers[index]]:
        code, number = codes[index], numbers[index] = _leading_number(names[index])
        if not code and not number:
            numbers[index] = own[index]
    return codes, numbers


def _own_texts(view: SheetView, rows: Sequence[int], column: Column | None) -> list[str]:
    """The text of every row in a column, nothing where there is no such column."""
    return [""] * len(rows) if column is None else view.own_texts(column.column, rows)


def _codes(own: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """The account code of every row: what the column of codes has, else a number that is written like one."""
    plain = all(begin.isdecimal() or not begin for begin in {code[:1] for code in own})
    codes = list(own) if plain else [code if _DIGIT.search(code) else "" for code in own]
    for index, number in enumerate(numbers if any(numbers) and not all(codes) else ()):
        if number and not codes[index] and _DOTTED.fullmatch(number):
            codes[index] = number
    return codes


def _spread_codes(view: SheetView, rows: Sequence[int], spread: Sequence[int]) -> list[str]:
    """The code of every row that is spread over several columns; it may leave out what the row above has."""
    codes: list[str] = []
    above: list[str] = []
    for row in rows:
        cells = (view.stored(row, column) for column in spread)
        parts = ["" if cell is None else cell.text.strip(" .") for cell in cells]
        first = next((place for place, part in enumerate(parts) if part), 0)
        parts[:first] = above[:first]
        codes.append(".".join(part for part in parts if part) if any(parts) else "")
        above = parts if any(parts) else above
    return codes
