"""Finds the tables of a workbook and reads them: header, body, columns, levels, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlaudit.cells import Area
from xlaudit.model import CellStyle, Stored, Workbook
from xlaudit.reading.anchored import anchored, trimmed
from xlaudit.reading.figures import figures, magnitude
from xlaudit.reading.headers import Header, find_headers
from xlaudit.reading.levels import Levels, RawRow, assign, parents_of
from xlaudit.reading.resolve import resolve
from xlaudit.reading.rows import Body, read_body
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES
from xlaudit.schemas.forms import OWN_SHEETS
from xlaudit.schemas.kinds import kind_of
from xlaudit.schemas.words import YEAR, fold
from xlaudit.tables import Column, Figure, Level, Measure, Row, State, Table
from xlaudit.texts import MONTHS, Text

_ACTIVITY_RANK = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_NAMES = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
_MEASURED = ("target", "realisasi_kinerja")
_PARENT_ROLES = ("sasaran", "tujuan", "indikator", "program", "kegiatan")


def find_tables(workbook: Workbook, template: bool = False) -> list[Table]:
    """All tables of the workbook, sheet by sheet from top to bottom, with ids ``t1``, ``t2``, ...

    In a filled ``template`` its names tell where the tables are, and its own sheets hold none.
    """
    tables: list[Table] = []
    areas = anchored(workbook) if template else {}
    for sheet in workbook.sheets:
        if template and sheet.name in OWN_SHEETS:
            continue
        area = areas.get(sheet.name)
        view = SheetView(workbook, trimmed(sheet, area), area)
        headers = find_headers(view)
        last_row = view.row_numbers[-1] if view.row_numbers else 0
        beyond = 0
        title = ""
        continued: set[int] = set()
        for position, header in enumerate(headers):
            if position in continued:
                continue
            limit, repeats = _reach(view, headers, position, last_row)
            again = [headers[i] for i in repeats]
            table = _read_table(view, header, limit, again, (beyond, title), f"t{len(tables) + 1}")
            if table is not None:
                continued |= repeats
                tables.append(table)
                beyond, title = max(beyond, table.area.bottom), table.title
    return tables


def _reach(view: SheetView, headers: Sequence[Header], position: int, last_row: int) -> tuple[int, set[int]]:
    """The last row that can belong to a header's table, and the later headers that only repeat it.

    A later header over the same columns ends the table, unless it says the same without a title of its own.
    """
    own = headers[position]
    repeats: set[int] = set()
    for index in range(position + 1, len(headers)):
        other = headers[index]
        apart = other.left > own.right or other.right < own.left
        if apart or other.top <= own.bottom:
            continue
        if _says_the_same(own, other) and not _titled(view, other):
            repeats.add(index)
            continue
        return _above_title(view, other), repeats
    return last_row, repeats


def _above_title(view: SheetView, header: Header) -> int:
    """The last row above a header and the lone lines of text right above it: those are its title."""
    row = header.top - 1
    while row > 0 and len(columns := view.filled_columns(row)) == 1 and view.number(row, columns[0]) is None:
        row -= 1
    return row


def _says_the_same(one: Header, two: Header) -> bool:
    roles = [{c: (m.role, m.period) for c, m in header.meanings().items()} for header in (one, two)]
    return one.paths == two.paths or roles[0] == roles[1]


def _titled(view: SheetView, header: Header) -> bool:
    """Whether a line of its own stands right above a header: a title, or anything but table rows."""
    for row in range(header.top - 1, max(header.top - 4, 0), -1):
        columns = [c for c in view.filled_columns(row) if header.left <= c <= header.right]
        if columns:
            return len(columns) == 1 and "lanjutan" not in fold(view.text(row, columns[0]))
    return False


def _read_table(
    view: SheetView, header: Header, limit: int, repeats: list[Header], before: tuple[int, str], table_id: str
) -> Table | None:
    figure_columns = [c for c, what in header.meanings().items() if what.measure is not Measure.TEXT]
    skipped = {row for repeat in repeats for row in range(repeat.top, repeat.bottom + 1)}
    named = [c for c, what in header.meanings().items() if what.role in LABEL_ROLES]
    body = read_body(view, header, limit, figure_columns, named, skipped)
    if not body.rows:
        return None
    sizes = {column: magnitude(view, column, body.rows) for column in figure_columns}
    lengths = {c: _text_length(view, c, body.rows) for c in range(header.left, header.right + 2) if c not in sizes}
    columns = resolve(header, sizes, lengths)
    cells = {
        column.name: figures(view, column.column, column.measure, column.unit, body.rows)
        for column in columns.values()
        if column.measure is not Measure.TEXT and column.column in sizes
    }
    if not any(f.state is not State.BLANK for column in cells.values() for f in column.values()):
        return None
    beyond, last_title = before
    title = _title(view, header, beyond) or last_title
    kind = kind_of(
        {c.role for c in columns.values()},
        {c.period for c in columns.values() if c.measure is not Measure.TEXT},
        f"{title} {view.sheet.name}",
    )
    raw_rows = _raw_rows(view, columns, cells, body)
    levels = assign(raw_rows)
    rows = _rows(view, columns, cells, body, raw_rows, levels)
    children: dict[int, list[int]] = {}
    for row in rows:
        if row.parent is not None:
            children.setdefault(row.parent, []).append(row.index)
    return Table(
        id=table_id,
        kind=kind.name,
        sheet=view.sheet.name,
        area=Area(header.top, header.left, body.rows[-1], header.right),
        title=title,
        columns=columns,
        rows=rows,
        header_rows=tuple(range(header.top, header.bottom + 1)),
        year=_year(columns, title, view.sheet.name),
        stage=_stage(fold(title), fold(view.sheet.name), kind.name),
        levels_from=levels.way,
        remarks=_remarks(levels, body),
        children={parent: tuple(below) for parent, below in children.items()},
    )


def _text_length(view: SheetView, column: int, rows: Sequence[int]) -> int:
    texts = [len(view.text(row, column)) for row in rows[:200] if view.text(row, column)]
    return sum(texts) // len(texts) if texts else 0


_SIGNED = re.compile(
    rf"\(?[\s._…]{{4,}}\)?|[A-Za-z]+(\s[A-Za-z]+){{0,2}}\s?,\s*[\d.…\s]*({'|'.join(MONTHS)}|nopember)\s+\d{{4}}",
    re.IGNORECASE,
)
"""Dots to sign on, and the place and the day of signing: its year is not the table's."""


def _title(view: SheetView, header: Header, beyond: int) -> str:
    """The lines right above the header, joined: text in one cell, or ``Tahun : 2024``; all else ends them."""
    lines: list[str] = []
    row = header.top - 1
    blank = 0
    while row > beyond and blank <= 2 and len(lines) < 8:
        columns = view.filled_columns(row)
        texts = [view.text(row, column) for column in columns]
        if not columns:
            blank += 1
        elif not _is_title_line(texts):
            break
        else:
            blank = 0 if not lines else blank
            lines.append(" ".join(texts))
        row -= 1
    return " ".join(reversed(lines))


def _is_title_line(texts: list[str]) -> bool:
    """One text, or ``Tahun : 2024``; not the source line of the table above, nor the signature below it."""
    if re.match(r"(sumber|catatan|keterangan|ket|nip)\b|\*", fold(texts[0])) or _SIGNED.fullmatch(texts[0].strip()):
        return False
    return len(texts) == 1 or (len(texts) <= 3 and any(":" in (text[0], text[-1]) for text in texts))


def _year(columns: dict[str, Column], title: str, sheet: str) -> int | None:
    years = {c.period for c in columns.values() if c.measure is not Measure.TEXT and c.period.isdigit()}
    if len(years) == 1:
        return int(next(iter(years)))
    for text in (title, sheet):
        found = YEAR.findall(text)
        if found:
            return int(found[-1])
    return None


def _stage(title: str, sheet: str, kind: str) -> str:
    for text in (title, sheet):
        if re.search(r"\bsebelum perubahan\b|\bmurni\b", text):
            return "sebelum"
        if kind == "perjanjian_kinerja" and re.search(r"\b(perubahan|setelah|sesudah|p-?apbd)\b", text):
            return "setelah"
    return "awal" if re.search(r"\bperjanjian\b|\bpk\b", f"{title} {sheet}") else ""


def _raw_rows(
    view: SheetView, columns: dict[str, Column], cells: dict[str, dict[int, Figure]], body: Body
) -> list[RawRow]:
    amounts = [name for name, column in columns.items() if column.measure is Measure.AMOUNT and name in cells]
    labels = [columns[role].column for role in LABEL_ROLES if role in columns]
    ranked = {role: columns[role].column for role in _ACTIVITY_RANK if role in columns}
    rows: list[RawRow] = []
    codes = _codes(view, body, columns)
    for index, number in enumerate(body.rows):
        label, rank, look = _label_of(view, number, labels, ranked)
        rows.append(
            RawRow(
                label=label,
                number=_own_text(view, number, columns.get("no")),
                code=codes[index],
                column_rank=rank,
                indent=look.indent,
                bold=look.bold,
                upper=label.isupper(),
                outline=view.sheet.outline.get(number, 0),
                fill=look.fill,
                amounts=tuple(
                    figure.amount if (figure := cells[name][number]).nil_or_filled else None for name in amounts
                ),
                measured=any(
                    column[number].filled for name, column in cells.items() if columns[name].role in _MEASURED
                ),
                grouped=not any(role in columns for role in ("uraian", "program", "kegiatan", "sub_kegiatan")),
                filled=any(column[number].state is not State.BLANK for column in cells.values()),
                numeric=any(column[number].filled for column in cells.values()),
            )
        )
    return rows


def _label_of(
    view: SheetView, row: int, labels: list[int], ranked: dict[str, int]
) -> tuple[str, int | None, CellStyle]:
    """The text that names a row, the rank of the activity column it stands in, and its format.

    ``labels`` are the columns that may name a row, best first.
    """
    if len(ranked) > 1:
        for role in sorted(ranked, key=lambda r: -_ACTIVITY_RANK[r]):
            cell = view.stored(row, ranked[role])
            if cell is not None and cell.text.strip() not in {"-", ""}:
                return " ".join(cell.text.split()), _ACTIVITY_RANK[role], view.style(cell)
    for column in labels:
        cell = view.stored(row, column)
        if cell is not None and cell.kind is Stored.TEXT and cell.text.strip() not in {"-", ""}:
            rank = next((_ACTIVITY_RANK[role] for role, place in ranked.items() if place == column), None)
            return " ".join(cell.text.split()), rank, view.style(cell)
    leftmost = next(iter(view.filled_columns(row)), None)
    first = view.stored(row, leftmost) if leftmost is not None and leftmost <= max(labels, default=leftmost) else None
    if first is not None and first.kind is Stored.TEXT and not re.search(r"\d", first.text):
        return " ".join(first.text.split()), None, view.style(first)
    return "", None, CellStyle()


def _own_text(view: SheetView, row: int, column: Column | None) -> str:
    if column is None:
        return ""
    cell = view.stored(row, column.column)
    return "" if cell is None else " ".join(cell.text.split())


def _codes(view: SheetView, body: Body, columns: dict[str, Column]) -> list[str]:
    """The account code of every row; one spread over several columns may leave out what the row above has."""
    spread = sorted(column.column for column in columns.values() if column.role == "kode")
    if len(spread) < 2:
        return [_code(view, row, columns) for row in body.rows]
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


def _code(view: SheetView, row: int, columns: dict[str, Column]) -> str:
    for name in ("kode", "no"):
        text = _own_text(view, row, columns.get(name))
        if re.fullmatch(r"[0-9]+([.\-][0-9A-Za-z]+)+\.?", text) or (name == "kode" and re.search(r"\d", text)):
            return text
    return ""


def _rows(
    view: SheetView,
    columns: dict[str, Column],
    cells: dict[str, dict[int, Figure]],
    body: Body,
    raw_rows: list[RawRow],
    levels: Levels,
) -> tuple[Row, ...]:
    parents, orphans = _without_orphans(raw_rows, parents_of(levels.depths), levels)
    names = _level_names(raw_rows, levels)
    text_columns = [c for c in columns.values() if c.measure is Measure.TEXT]
    inherited: dict[str, str] = {}
    rows: list[Row] = []
    for index, number in enumerate(body.rows):
        raw = raw_rows[index]
        depth = levels.depths[index]
        texts: dict[str, str] = {}
        for column in text_columns:
            text = view.text(number, column.column)
            if text:
                inherited[column.name] = text
            elif column.name in _PARENT_ROLES and raw.label and index not in levels.special:
                text = inherited.get(column.name, "")
            texts[column.name] = text
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
                hidden=number in view.sheet.hidden_rows,
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


def _remarks(levels: Levels, body: Body) -> tuple[Text, ...]:
    remarks: list[Text] = []
    if levels.misfit > 0 and levels.rivals:
        remarks.append(
            Text(
                f"Tingkatan baris dibaca menurut {_WAY_NAMES[levels.way].id}: {levels.fit} induk cocok dengan jumlah "
                f"rinciannya, {levels.misfit} tidak.",
                f"Levels were read by {_WAY_NAMES[levels.way].en}: {levels.fit} parents are the sum of their children, "
                f"{levels.misfit} are not.",
            )
        )
    elif levels.way == "sums":
        remarks.append(
            Text(
                "Tingkatan baris tidak tertulis; ditetapkan dari penjumlahan yang cocok.",
                "The levels are not written; they were settled by the sums that hold.",
            )
        )
    if body.repeated:
        remarks.append(
            Text(
                f"{len(body.repeated)} baris judul kolom yang berulang dilewati.",
                f"{len(body.repeated)} repeated header rows were passed over.",
            )
        )
    return tuple(remarks)


_WAY_NAMES = {
    "columns": Text("kolom terpisah", "separate columns"),
    "code": Text("kode", "codes"),
    "numbering": Text("penomoran", "numbering"),
    "wording": Text("kata Program/Kegiatan/Sub Kegiatan", "the words Program/Kegiatan/Sub Kegiatan"),
    "outline": Text("kelompok baris (outline)", "outline levels"),
    "indent": Text("indentasi", "indentation"),
    "bold": Text("huruf tebal", "bold type"),
    "capitals": Text("huruf besar", "capitals"),
    "sums": Text("penjumlahan", "sums"),
    "flat": Text("satu tingkat", "one level"),
}
