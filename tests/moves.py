"""What must not matter: a workbook moved, spread, hidden or broken into pages, with where each of its cells went.

Formulas follow their cells as they do in a spreadsheet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from openpyxl.formula.tokenizer import Token, Tokenizer

from xlaudit.cells import Area, Cell, letters, parse_area
from xlaudit.model import Sheet, Stored, StoredCell, Workbook
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.tables import Table


@dataclass(frozen=True)
class Shift:
    """Where the rows and columns of one sheet go: ``before`` blank ones each, given for those that have any."""

    rows: dict[int, int]
    columns: dict[int, int]

    def row(self, row: int) -> int:
        return row + sum(count for at, count in self.rows.items() if at <= row)

    def column(self, column: int) -> int:
        return column + sum(count for at, count in self.columns.items() if at <= column)

    def cell(self, cell: Cell) -> Cell:
        return Cell(self.row(cell.row), self.column(cell.column))

    def area(self, area: Area) -> Area:
        first, last = self.cell(Cell(area.top, area.left)), self.cell(Cell(area.bottom, area.right))
        return Area(first.row, first.column, last.row, last.column)


STILL = Shift({}, {})


def shifted(workbook: Workbook, shifts: dict[str, Shift]) -> Workbook:
    """The workbook with every sheet's cells, merges, hidden rows and formulas where the shifts put them."""
    return replace(
        workbook,
        sheets=tuple(_sheet(sheet, shifts) for sheet in workbook.sheets),
        names={
            name: None if place is None else (place[0], shifts.get(place[0], STILL).area(place[1]))
            for name, place in workbook.names.items()
        },
    )


def _sheet(sheet: Sheet, shifts: dict[str, Shift]) -> Sheet:
    own = shifts.get(sheet.name, STILL)
    rows: dict[int, dict[int, StoredCell]] = {}
    for row, line in sheet.rows.items():
        for column, cell in line.items():
            place = own.cell(Cell(row, column))
            formula = None if cell.formula is None else _formula(cell.formula, sheet.name, shifts)
            moved = cell._replace(row=place.row, column=place.column, formula=formula)
            rows.setdefault(place.row, {})[place.column] = moved
    return replace(
        sheet,
        rows=rows,
        merges=tuple(own.area(area) for area in sheet.merges),
        hidden_rows=frozenset(map(own.row, sheet.hidden_rows)),
        hidden_columns=frozenset(map(own.column, sheet.hidden_columns)),
        outline={own.row(row): level for row, level in sheet.outline.items()},
    )


def _formula(text: str, sheet: str, shifts: dict[str, Shift]) -> str:
    tokens = Tokenizer(f"={text}").items
    return "".join(_operand(token, sheet, shifts) for token in tokens)


def _operand(token: Token, sheet: str, shifts: dict[str, Shift]) -> str:
    value: str = token.value
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    where, mark, reference = value.rpartition("!")
    try:
        area = parse_area(reference)
    except ValueError:
        return value
    own = shifts.get(where.strip("'") if mark else sheet, STILL)
    fixed = [("$" if part.startswith("$") else "", "$" if "$" in part[1:] else "") for part in reference.split(":")]
    moved = own.area(area)
    corners = [Cell(moved.top, moved.left), Cell(moved.bottom, moved.right)]
    texts = [f"{c}{letters(at.column)}{r}{at.row}" for (c, r), at in zip(fixed, corners, strict=False)]
    return where + mark + ":".join(texts)


Tables = Iterable[Table]
Change = Callable[[Workbook, Tables, random.Random], tuple[Workbook, dict[str, Shift]]]


def by_sheet(tables: Tables) -> dict[str, list[Table]]:
    found: dict[str, list[Table]] = {}
    for table in tables:
        found.setdefault(table.sheet, []).append(table)
    return found


def moved(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, dict[str, Shift]]:
    """Every sheet's content some rows down and some columns to the right."""
    shifts = {s.name: Shift({1: chance.randint(1, 6)}, {1: chance.randint(1, 4)}) for s in workbook.sheets}
    return shifted(workbook, shifts), shifts


def blank_rows(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, dict[str, Shift]]:
    """A blank row here and there above rows with figures: below it, texts alone may be a note or a new title.

    A list without headings ends with a blank row; it is spared.
    """
    shifts: dict[str, Shift] = {}
    for sheet, own in by_sheet(table for table in tables if not table.guessed).items():
        rows = [row for table in own for row in table.rows[1:]]
        places = [row.number for row in rows if any(figure.filled for figure in row.figures.values())]
        alone = [row for row in places if not inside_merge(workbook, sheet, row)]
        shifts[sheet] = Shift(dict.fromkeys(chance.sample(alone, min(len(alone), 3)), 1), {})
    return shifted(workbook, shifts), shifts


def blank_columns(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, dict[str, Shift]]:
    """An empty column within the tables, as people put one in for air.

    It parts a list without headings, and what then looks like two tables that name their rows by the same thing.
    """
    shifts: dict[str, Shift] = {}
    for sheet, own in by_sheet(tables).items():
        places = set.intersection(*(_seams(table) for table in own))
        if places:
            shifts[sheet] = Shift({}, {chance.choice(sorted(places)): 1})
    return shifted(workbook, shifts), shifts


def _seams(table: Table) -> set[int]:
    """The columns before which an empty one leaves a table whole."""
    if table.guessed:
        return set()
    names = [(c.column, c.role) for c in table.columns.values() if c.role in (*LABEL_ROLES, "no")]
    return {
        column
        for column in range(1, table.area.right + 1)
        if not {role for place, role in names if place < column} & {role for place, role in names if place >= column}
    }


def hidden_rows(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, dict[str, Shift]]:
    """Some rows of the tables are hidden; nothing moves."""
    hide: dict[str, set[int]] = {}
    for table in tables:
        rows = range(first_data_row(table), table.area.bottom + 1)
        hide.setdefault(table.sheet, set()).update(chance.sample(rows, len(rows) // 3))
    sheets = tuple(
        replace(sheet, hidden_rows=sheet.hidden_rows | hide.get(sheet.name, set())) for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets), {}


def letterhead(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, dict[str, Shift]]:
    """The office's letterhead above, its signature and a source line below."""
    head = ("PEMERINTAH KABUPATEN", "DINAS CONTOH", "Jalan Merdeka Nomor 1, Telepon (0351) 123456")
    signed = ("Contoh, 31 Januari 2025", "KEPALA DINAS", "", "NAMA PEJABAT", "NIP. 1970 0101 1990")
    foot = ("Sumber: data diolah", "", *signed)
    own = {table.sheet for table in tables}
    shifts = {name: Shift({1: len(head) + 3}, {}) for name in own}
    below = shifted(workbook, shifts)
    return replace(below, sheets=tuple(_around(s, head, foot) if s.name in own else s for s in below.sheets)), shifts


def _around(sheet: Sheet, head: tuple[str, ...], foot: tuple[str, ...]) -> Sheet:
    rows = dict(sheet.rows)
    last = max((row for row, line in rows.items() if line), default=0)
    for row, text in [*enumerate(head, start=1), *enumerate(foot, start=last + 2)]:
        if text:
            rows[row] = {2: StoredCell(row, 2, Stored.TEXT, None, text, None, 0)}
    return replace(sheet, rows=rows)


def pages(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, dict[str, Shift]]:
    """The first table of a sheet goes on on another page, under its header printed again.

    A scale of predicates is too short to be broken, and no longer one where it is.
    """
    shifts: dict[str, Shift] = {}
    repeats: dict[str, tuple[int, Table]] = {}
    for sheet, own in by_sheet(tables).items():
        table = own[0]
        if table.kind == "lainnya":
            continue
        first, last = first_data_row(table), table.area.bottom
        places = [row for row in range(first + 1, last + 1) if not inside_merge(workbook, sheet, row)]
        headed = first > table.area.top
        if places and headed and not any(beside(table, other) for other in own[1:]):
            at = chance.choice(places)
            repeats[sheet] = (at, table)
            shifts[sheet] = Shift({at: first - table.area.top + 1}, {})
    spread = shifted(workbook, shifts)
    sheets = [s if s.name not in repeats else with_repeat(s, *repeats[s.name]) for s in spread.sheets]
    return replace(spread, sheets=tuple(sheets)), shifts


def with_repeat(sheet: Sheet, at: int, table: Table) -> Sheet:
    area = table.area
    rows = dict(sheet.rows)
    down = at + 1 - area.top
    for row in range(area.top, first_data_row(table)):
        line = {c: cell for c, cell in sheet.rows.get(row, {}).items() if area.left <= c <= area.right}
        rows[row + down] = {c: cell._replace(row=row + down) for c, cell in line.items()}
    again = [m for m in sheet.merges if area.top <= m.top and m.bottom < first_data_row(table)]
    merges = (Area(m.top + down, m.left, m.bottom + down, m.right) for m in again)
    return replace(sheet, rows=dict(sorted(rows.items())), merges=(*sheet.merges, *merges))


def beside(one: Table, two: Table) -> bool:
    a, b = one.area, two.area
    return a.top <= b.bottom and b.top <= a.bottom


def first_data_row(table: Table) -> int:
    return table.rows[0].number


def inside_merge(workbook: Workbook, sheet: str, row: int) -> bool:
    """Whether a row goes on with a merge from the row above, which a blank row would stretch."""
    [own] = [s for s in workbook.sheets if s.name == sheet]
    return any(area.top < row <= area.bottom for area in own.merges)
