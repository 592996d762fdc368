"""What each data row shows of its place in the hierarchy: its name, number, code, looks and amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import repeat

from xlaudit.model import CellStyle, Stored, StoredCell
from xlaudit.patterns import pattern
from xlaudit.reading.bulk import made
from xlaudit.reading.headers import Header
from xlaudit.reading.levelways import RawRow
from xlaudit.reading.rows import Body
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.words import YEAR
from xlaudit.tables import NUMBER, Column, Holding, Measure, State

_ACTIVITY_RANK = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_SPACES_A_STEP = 3
"""Leading spaces that make one step of a cell format's indent."""
_BEFORE_NAME = pattern(r"((?:[0-9]{1,4}((?:[.\-][0-9]{1,4})+)\.?)|(?:[0-9]{1,2}|[a-zA-Z]|[IVX]{1,5})[.)])\s+[^\W\d]")
_DOTTED = pattern(r"[0-9]+([.\-][0-9A-Za-z]+)+\.?")
_DIGIT = pattern(r"\d")
_NUMBERING = pattern(r"[0-9]{1,2}[.)]?|[a-zA-Z][.)]|[IVXivx]{1,5}[.)]")
_LONGEST_NUMBERING = 6
_MEASURED = ("target", "realisasi_kinerja")
_NAMED_BY_OTHERS = ("uraian", "program", "kegiatan", "sub_kegiatan")
_PLAIN = CellStyle()


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
    view: SheetView, columns: dict[str, Column], cells: dict[str, Holding], body: Body, named: Sequence[int]
) -> list[RawRow]:
    """What the levels are told by, row for row; ``named`` are the :func:`label_columns`."""
    others = [columns[role].column for role in LABEL_ROLES if role in columns]
    ranks = {columns[role].column: rank for role, rank in _ACTIVITY_RANK.items() if role in columns}
    naming, astray = _naming_cells(view, body.rows, [*named, *others], ranks)
    steps = {column: step for step, column in enumerate(named)}
    names = ["" if cell is None else " ".join(cell.text.split()) for cell in naming]
    codes, numbers = _codes_and_numbers(view, body, columns, names)
    looks = {cell.style: view.style(cell) for cell in naming if cell is not None}
    styles = [_PLAIN if cell is None else looks[cell.style] for cell in naming]
    indents = [style.indent * _SPACES_A_STEP for style in styles]
    for index, cell in enumerate(naming):
        if cell is not None and cell.text[:1].isspace() and index not in astray:
            indents[index] += _leading_spaces(cell.text)
    amounts = [name for name, column in columns.items() if column.measure is Measure.AMOUNT and name in cells]
    money = zip(*(_amounts(cells[name]) for name in amounts), strict=True) if amounts else repeat((), len(names))
    states = {name: column.kinds for name, column in cells.items()}
    filled, numeric = _filled_in(list(states.values()), len(names))
    _, measured = _filled_in([own for name, own in states.items() if columns[name].role in _MEASURED], len(names))
    outline = view.sheet.outline
    return made(
        RawRow,
        names,
        numbers,
        codes,
        [None if cell is None or index in astray else ranks.get(cell.column) for index, cell in enumerate(naming)],
        indents,
        [style.bold for style in styles],
        map(str.isupper, names),
        [outline.get(row, 0) for row in body.rows] if outline else repeat(0),
        [style.fill for style in styles],
        money,
        filled,
        numeric,
        measured,
        repeat(not any(role in columns for role in _NAMED_BY_OTHERS)),
        [0 if cell is None else steps.get(cell.column, 0) for cell in naming],
    )


def _amounts(holding: Holding) -> Sequence[Decimal | None]:
    """The amounts of a column, 0 for nil, None where there is none."""
    if holding.states == {NUMBER}:
        return holding.values
    return [None if amount.is_nan() else amount for amount in holding.amounts]


def _filled_in(states: Sequence[Sequence[State]], count: int) -> tuple[Iterable[bool], Iterable[bool]]:
    """For each row whether it has anything but blanks, and whether it has a number, in columns of these ``states``."""
    if any(column.count(State.NUMBER) == count for column in states):
        return repeat(True), repeat(True)
    if not states:
        return repeat(False), repeat(False)
    lines = list(zip(*states, strict=True))
    return [line.count(State.BLANK) < len(line) for line in lines], [State.NUMBER in line for line in lines]


def _naming_cells(
    view: SheetView, rows: Sequence[int], labels: Sequence[int], ranks: dict[int, int]
) -> tuple[list[StoredCell | None], set[int]]:
    """The cell that names each row, and which rows are named by one that stands where no names do.

    Where several columns are for activities, it is that of the lowest one; else that of the best of ``labels``.
    """
    tries: list[tuple[int, Callable[[StoredCell], bool]]] = []
    if len(ranks) > 1:
        tries += [(column, _says_anything) for column, _ in sorted(ranks.items(), key=lambda rank: -rank[1])]
    tries += [(column, _names_alone if place < len(labels) else _names) for place, column in enumerate(labels, start=1)]
    found: list[StoredCell | None] = [None] * len(rows)
    waiting: Sequence[int] = range(len(rows))
    for column, names in tries:
        cells = view.down(column, rows) if waiting else []
        for index in waiting:
            cell = cells[index]
            if cell is not None and names(cell):
                found[index] = cell
        waiting = [index for index in waiting if found[index] is None]
    for index in waiting:
        found[index] = _leftmost(view, rows[index], labels)
    return found, set(waiting)


def _leftmost(view: SheetView, row: int, labels: Sequence[int]) -> StoredCell | None:
    """The first cell of a row that no label column names, if it is a text without digits and not right of them."""
    leftmost = next(iter(view.filled_columns(row)), None)
    first = view.stored(row, leftmost) if leftmost is not None and leftmost <= max(labels, default=leftmost) else None
    return first if first is not None and first.kind is Stored.TEXT and not _DIGIT.search(first.text) else None


def _leading_spaces(text: str) -> int:
    bare = text.replace("\t", "    ").replace("\xa0", " ")
    return len(bare) - len(bare.lstrip(" "))


def _says_anything(cell: StoredCell) -> bool:
    return cell.text.strip() not in {"-", ""}


def _names(cell: StoredCell) -> bool:
    """Whether a cell can name its row: by a text, or by a year."""
    if cell.kind is Stored.NUMBER:
        return YEAR.fullmatch(cell.text) is not None
    return cell.kind is Stored.TEXT and cell.text.strip() not in {"-", ""}


def _names_alone(cell: StoredCell) -> bool:
    """Whether a cell can name its row where other columns may do so, too: by more than a numbering."""
    text = cell.text.strip()
    if len(text) > _LONGEST_NUMBERING and cell.kind is Stored.TEXT:
        return True
    return _names(cell) and not _NUMBERING.fullmatch(text)


def _leading_number(label: str) -> tuple[str, str]:
    """Code and number that stand before a name in its own cell: ``1.06.02 Program``, ``1.1. Kegiatan``, ``a. ...``."""
    found = _BEFORE_NAME.match(label)
    if found is None:
        return "", ""
    return (found[1].rstrip("."), found[1]) if found[2] else ("", found[1])


def _codes_and_numbers(
    view: SheetView, body: Body, columns: dict[str, Column], names: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Code and number of every row, from their own columns, else from what stands before its name."""
    codes, numbers = _codes(view, body, columns), _own_texts(view, body, columns.get("no"))
    for index, (code, number) in enumerate(zip(codes, numbers, strict=True)):
        if not code and not number:
            codes[index], numbers[index] = _leading_number(names[index])
        if not codes[index] and not numbers[index]:
            numbers[index] = _own_text(view, body.rows[index], columns.get("kode"))
    return codes, numbers


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
        return [
            own if own and _DIGIT.search(own) else number if number and _DOTTED.fullmatch(number) else ""
            for own, number in zip(*found, strict=True)
        ]
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
