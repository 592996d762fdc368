"""What must not matter either: how a header is spelled and merged, the order of columns, who hides what.

Every change gives the workbook and where its cells went, as those of ``moves`` do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from moves import Change, Shift, Tables, beside, by_sheet, first_data_row, inside_merge, shifted, with_repeat
from openpyxl.formula.tokenizer import Token, Tokenizer

from xlaudit.cells import Area, Cell, parse_area
from xlaudit.model import Sheet, Stored, StoredCell, Workbook
from xlaudit.schemas.words import CONCEPTS
from xlaudit.tables import Measure, Table

Shifts = dict[str, Shift]
KNOWN = frozenset(word for words in CONCEPTS.values() for word in words)
Spelling = Callable[[str, random.Random], str]


def _headed(tables: Tables) -> list[Table]:
    """The tables with headings, without those whose headings declare arithmetic by numbers or letters."""
    return [table for table in tables if table.header_rows and not table.declared]


def _heading_cells(sheet: Sheet, table: Table) -> Iterator[StoredCell]:
    for row in table.header_rows:
        for column, cell in sorted(sheet.rows.get(row, {}).items()):
            words = any(letter.isalpha() for letter in cell.text)
            if table.area.left <= column <= table.area.right and cell.kind is Stored.TEXT and words:
                yield cell


def _with_cells(sheet: Sheet, cells: Iterable[StoredCell]) -> Sheet:
    rows = {row: dict(line) for row, line in sheet.rows.items()}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return replace(sheet, rows={row: dict(sorted(rows[row].items())) for row in sorted(rows)})


def _with_sheets(workbook: Workbook, change: Callable[[Sheet], Sheet]) -> Workbook:
    return replace(workbook, sheets=tuple(change(sheet) for sheet in workbook.sheets))


def respelled(spelling: Spelling) -> Change:
    def retold(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
        own = _headed(tables)

        def sheet_of(sheet: Sheet) -> Sheet:
            cells = [cell for table in own if table.sheet == sheet.name for cell in _heading_cells(sheet, table)]
            return _with_cells(sheet, [cell._replace(text=spelling(cell.text, chance)) for cell in cells])

        return _with_sheets(workbook, sheet_of), {}

    return retold


def _one_slip(text: str, chance: random.Random) -> str:
    """Two neighbouring letters of a long known word swapped, or one left out."""
    found = text.split(" ")
    places = [i for i, word in enumerate(found) if len(word) >= 7 and word.isalpha() and word.lower() in KNOWN]
    if not places:
        return text
    at = chance.choice(places)
    word = found[at]
    i = chance.randrange(1, len(word) - 2)
    found[at] = word[:i] + chance.choice((word[i + 1] + word[i] + word[i + 2 :], word[i + 1 :]))
    return " ".join(found)


capitals = respelled(lambda text, chance: text.upper())
small_letters = respelled(lambda text, chance: text.lower())
broken_lines = respelled(lambda text, chance: text.replace(" ", "\n"))
spaces_around = respelled(lambda text, chance: f"  {text.replace(' ', '  ')}\u00a0")
signs_behind = respelled(lambda text, chance: text + chance.choice((":", " *", "*)", ".", " :")))
one_slip = respelled(_one_slip)

SYNONYMS = {
    "pagu": ("Pagu Anggaran", "Alokasi Anggaran (Rp)", "Jumlah Anggaran (Rp)", "PAGU ANGGARAN\n(Rp.)"),
    "realisasi": ("Realisasi Anggaran", "Realisasi Keuangan (Rp)", "Anggaran Terserap (Rp)", "Serapan Anggaran (Rp)"),
    "persen": ("Persentase Serapan Anggaran (%)", "% Realisasi Anggaran", "Penyerapan Anggaran (%)"),
    "sisa": ("Sisa Anggaran", "Sisa Pagu (Rp)", "Saldo Anggaran (Rp)"),
    "target": ("Target Kinerja", "Rencana Target", "TARGET KINERJA"),
    "realisasi_kinerja": ("Realisasi Kinerja", "REALISASI  KINERJA"),
    "capaian": ("Capaian Kinerja (%)", "% Capaian Kinerja", "Tingkat Capaian Kinerja", "Persentase Capaian Kinerja"),
    "kategori": ("Kategori", "Predikat Kinerja", "Kriteria Penilaian", "Interpretasi"),
    "keterangan": ("Keterangan", "KET.", "Ket"),
    "satuan": ("Satuan", "SAT.", "SATUAN"),
    "indikator": ("Indikator Kinerja", "Indikator Kinerja Utama", "IKU"),
    "sasaran": ("Sasaran Strategis", "SASARAN", "Sasaran"),
    "no": ("No.", "NOMOR", "No. Urut"),
}  # fmt: skip


def synonyms(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
    """Other words for columns that stand once in their table, without period, in rupiah or a measure of their own."""
    changed: dict[str, list[StoredCell]] = {}
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    for table in _headed(tables):
        sheet = by_name[table.sheet]
        for column in table.columns.values():
            own = [cell for cell in _heading_cells(sheet, table) if cell.column == column.column]
            plain = not column.period and column.unit == 1 and not any(letter.isdigit() for letter in column.header)
            alone = len(table.by_role(column.role)) == 1 and own and not _heads_others(sheet, table, own[-1])
            if plain and alone and column.role in SYNONYMS:
                known = SYNONYMS[column.role] + _only_beside(table, column.role)
                text = chance.choice(known)
                rows = (own[-1].row, *_repeats(sheet, table, own[-1].row))
                again = (sheet.at(row, column.column) for row in rows)
                changed.setdefault(sheet.name, []).extend(c._replace(text=text) for c in again if c is not None)
    return _with_sheets(workbook, lambda sheet: _with_cells(sheet, changed.get(sheet.name, []))), {}


def _only_beside(table: Table, role: str) -> tuple[str, ...]:
    """*Realisasi Capaian Kinerja* may mean either; beside a column of the share it is what was reached."""
    shares = {"capaian", "tingkat_kemajuan"} & set(table.columns)
    return ("Realisasi Capaian Kinerja",) if role == "realisasi_kinerja" and shares else ()


def _repeats(sheet: Sheet, table: Table, heading: int) -> list[int]:
    """The rows of a table that repeat a heading row, however some of their headings are spelled there."""
    own = sheet.rows[heading]
    return [
        row
        for row in range(table.header_rows[-1] + 1, table.area.bottom + 1)
        if sum(1 for c, cell in sheet.rows.get(row, {}).items() if c in own and cell.text == own[c].text != "") >= 2
        and all(cell.kind is Stored.TEXT for cell in sheet.rows[row].values())
    ]


def _heads_others(sheet: Sheet, table: Table, cell: StoredCell) -> bool:
    """Whether a heading stands over more columns than its own."""
    wide = any(m.first == (cell.row, cell.column) and m.left < m.right for m in sheet.merges)
    return wide or (cell.column < table.area.right and _empty(sheet, cell.row, cell.column + 1))


def _empty(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.at(row, column) is None and not any(m.top < row <= m.bottom and m.left == column for m in sheet.merges)


def _unmerged(
    pick: Callable[[Area], list[Cell]],
    wanted: Callable[[Area], bool],
    within: Callable[[Area, Table], bool] = lambda area, table: _in_header(area, table),
) -> Change:
    """Merged cells of headers (or of names) parted, their text put where ``pick`` says."""

    def retold(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
        headed = _headed(tables)

        def sheet_of(sheet: Sheet) -> Sheet:
            own = [table for table in headed if table.sheet == sheet.name]
            meant = {area for area in sheet.merges if wanted(area) and any(within(area, table) for table in own)}
            rows = {row: dict(line) for row, line in sheet.rows.items()}
            for area in meant:
                cell = rows.get(area.top, {}).pop(area.left, None)
                for place in pick(area) if cell is not None else ():
                    rows.setdefault(place.row, {})[place.column] = cell._replace(row=place.row, column=place.column)
            bare = replace(sheet, rows=rows, merges=tuple(area for area in sheet.merges if area not in meant))
            return _with_cells(bare, [])

        return _with_sheets(workbook, sheet_of), {}

    return retold


def _inside(area: Area, table: Table) -> bool:
    return table.area.left <= area.left and area.right <= table.area.right


def _in_header(area: Area, table: Table) -> bool:
    return _inside(area, table) and area.top in table.header_rows and area.bottom in table.header_rows


def _over_figures(area: Area, table: Table) -> bool:
    figures = {column.column for column in table.columns.values() if column.measure is not Measure.TEXT}
    return _in_header(area, table) and figures.issuperset(range(area.left, area.right + 1))


def _in_goals(area: Area, table: Table) -> bool:
    """Within a column of tujuan or sasaran; an activity's name written again would name a row of its own."""
    names = {column.column for role in ("tujuan", "sasaran") for column in table.by_role(role)}
    return table.rows[0].number <= area.top and area.bottom <= table.area.bottom and area.left in names


def _all(area: Area) -> list[Cell]:
    return [Cell(r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1)]


def _across(area: Area) -> bool:
    return area.top == area.bottom


def _down(area: Area) -> bool:
    return area.left == area.right


groups_repeated = _unmerged(_all, _across)
groups_left_only = _unmerged(lambda area: [Cell(area.top, area.left)], _across, _over_figures)
"""A group of figures only: over names beside them, an unmerged heading does not say how far it reaches."""
headings_top_only = _unmerged(lambda area: [Cell(area.top, area.left)], _down)
headings_bottom_only = _unmerged(
    lambda area: [Cell(area.bottom, area.left)], lambda area: _down(area) and area.bottom == area.top + 1
)
"""Over two rows: a header whose long names all stand below two rows of groups is not found as one."""
headings_repeated_down = _unmerged(_all, _down)
names_first_only = _unmerged(lambda area: [Cell(area.top, area.left)], _down, _in_goals)
names_repeated = _unmerged(_all, _down, _in_goals)


def two_header_rows(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
    """Every heading of a header of one row merged over two."""
    shifts: dict[str, Shift] = {}
    tall: dict[str, list[Table]] = {}
    for table in _headed(tables):
        others = [t for t in tables if t.sheet == table.sheet and t is not table]
        if len(table.header_rows) == 1 and not any(beside(table, other) for other in others):
            tall.setdefault(table.sheet, []).append(table)
    for name, own in tall.items():
        shifts[name] = Shift({table.header_rows[0] + 1: 1 for table in own}, {})
    spread = shifted(workbook, shifts)

    def sheet_of(sheet: Sheet) -> Sheet:
        merges = list(sheet.merges)
        for table in tall.get(sheet.name, []):
            row = shifts[sheet.name].row(table.header_rows[0])
            for column in range(table.area.left, table.area.right + 1):
                wide = [m for m in merges if m.top == row == m.bottom and m.left <= column <= m.right]
                merges = [m for m in merges if m not in wide]
                area = wide[0] if wide else Area(row, column, row, column)
                if not any(m.top <= row <= m.bottom and m.left <= column <= m.right for m in merges):
                    merges.append(Area(row, area.left, row + 1, area.right))
        return replace(sheet, merges=tuple(merges))

    return _with_sheets(spread, sheet_of), shifts


def hidden_columns(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
    """Some columns of the tables are hidden."""
    hide: dict[str, set[int]] = {}
    for table in tables:
        columns = range(table.area.left, table.area.right + 1)
        hide.setdefault(table.sheet, set()).update(chance.sample(columns, max(1, len(columns) // 3)))
    return _with_sheets(
        workbook, lambda s: replace(s, hidden_columns=s.hidden_columns | hide.get(s.name, set()))
    ), {}


@dataclass(frozen=True)
class Reordered(Shift):
    """Columns that changed places."""

    to: dict[int, int] = field(default_factory=dict)

    def column(self, column: int) -> int:
        return self.to.get(column, column)


def reordered(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
    """Figure columns whose headings speak for themselves, in another order; on sheets with one table.

    A bare ``%`` means what stands left of it, and a formula over several columns counts those between its ends.
    """
    everything = list(tables)
    spoken, _ = synonyms(workbook, everything, chance)
    by_name = {sheet.name: sheet for sheet in spoken.sheets}
    shifts: Shifts = {}
    for name, own in by_sheet(everything).items():
        table = own[0]
        bare = any(column.header == "%" for column in table.columns.values())
        if len(own) > 1 or bare or len(table.header_rows) != 1 or table.declared or _reach_across(by_name[name]):
            continue
        columns = _movable(by_name[name], table)
        shifts[name] = Reordered({}, {}, dict(zip(columns, chance.sample(columns, len(columns)), strict=True)))
    return shifted(spoken, shifts), shifts


def _movable(sheet: Sheet, table: Table) -> list[int]:
    """Figure columns with one heading of their own, of which no cell is merged with those beside it."""
    headed = {cell.column for cell in _heading_cells(sheet, table)}
    wide = {
        column
        for area in sheet.merges
        if area.top <= table.area.bottom and area.bottom >= table.area.top and area.left < area.right
        for column in range(area.left, area.right + 1)
    }
    return [
        column.column
        for column in table.columns.values()
        if column.column in headed - wide
        and column.measure is not Measure.TEXT
        and column.role in SYNONYMS
        and not column.period
        and len(table.by_role(column.role)) == 1
    ]


def _reach_across(sheet: Sheet) -> bool:
    """Whether a formula takes a range over several columns."""
    formulas = (cell.formula for line in sheet.rows.values() for cell in line.values() if cell.formula)
    return any(
        token.type == Token.OPERAND and token.subtype == Token.RANGE and ":" in token.value and _wide(token.value)
        for formula in formulas
        for token in Tokenizer(f"={formula}").items
    )


def _wide(reference: str) -> bool:
    try:
        area = parse_area(reference.rpartition("!")[2])
    except ValueError:
        return True
    return area.left != area.right


def numbered_pages(workbook: Workbook, tables: Tables, chance: random.Random) -> tuple[Workbook, Shifts]:
    """The first table of a sheet goes on on another page: a blank row, ``Lanjutan Tabel``, header, column numbers."""
    shifts: dict[str, Shift] = {}
    plans: dict[str, tuple[int, Table, int]] = {}
    for name, own in by_sheet(tables).items():
        table = own[0]
        first, last = first_data_row(table), table.area.bottom
        if table.kind == "lainnya" or not table.header_rows or table.declared or any(beside(table, o) for o in own[1:]):
            continue
        places = [r for r in range(first + 1, last + 1) if not inside_merge(workbook, name, r)]
        if places:
            at = chance.choice(places)
            depth = first - table.area.top
            shifts[name] = Shift({at: depth + 3}, {})
            plans[name] = (at, table, depth)
    spread = shifted(workbook, shifts)

    def sheet_of(sheet: Sheet) -> Sheet:
        if sheet.name not in plans:
            return sheet
        at, table, depth = plans[sheet.name]
        again = with_repeat(sheet, at + 1, table)
        line = StoredCell(at + 1, table.area.left, Stored.TEXT, None, "Lanjutan Tabel 3.1", None, 0)
        bottom = at + 2 + depth
        numbers = [
            StoredCell(bottom, c, Stored.TEXT, None, f"({n})", None, 0)
            for n, c in enumerate(sorted({c.column for c in table.columns.values()}), start=1)
        ]
        return _with_cells(again, [line, *numbers])

    return _with_sheets(spread, sheet_of), shifts


CHANGES: dict[str, Change] = {
    "capitals": capitals, "small_letters": small_letters, "broken_lines": broken_lines,
    "spaces_around": spaces_around, "signs_behind": signs_behind, "one_slip": one_slip, "synonyms": synonyms,
    "groups_repeated": groups_repeated, "groups_left_only": groups_left_only,
    "headings_top_only": headings_top_only, "headings_bottom_only": headings_bottom_only,
    "headings_repeated_down": headings_repeated_down, "names_first_only": names_first_only,
    "names_repeated": names_repeated, "two_header_rows": two_header_rows, "hidden_columns": hidden_columns,
    "reordered": reordered, "numbered_pages": numbered_pages,
}  # fmt: skip
