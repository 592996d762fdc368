"""One sheet as the office sees it, its cells coloured by what reading took them for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlaudit.cells import Area, letters
from xlaudit.patterns import pattern
from xlaudit.reports.markup import Html, element, joined, text
from xlaudit.reports.merges import merged
from xlaudit.reports.tables_words import LEVELS, label_column, measure_of
from xlaudit.survey import Part, Role, SeenCell, SeenSheet
from xlaudit.tables import Level, Measure, Row, Table
from xlaudit.texts import Language, Text

_LONGEST = 300
"""More characters of a cell are not shown."""
_COLOUR = pattern(r"[0-9A-Fa-f]{6}")
_MEASURES = {Measure.AMOUNT: "am", Measure.PERCENT: "pc", Measure.QUANTITY: "qt", Measure.TEXT: "lb"}
_ROLES = {Role.TITLE: "ti", Role.SCALE: "sc", Role.ASIDE: "as", Role.FIGURES: "ou", Role.TEXT: ""}
_DEEPEST = 5
_EMPTY = Text("rows {first}–{last} are empty")
_CUT = Text("From row {row} on nothing is shown, to keep the page light; all of it was read.")
_LEVEL = Text("level {n}")

_Place = tuple[int, int]


class Paint(NamedTuple):
    """How a cell is drawn: its classes, what the pointer is told, a badge before its text, tags below it."""

    classes: str = ""
    tip: str = ""
    badge: str = ""
    tags: tuple[str, ...] = ()


def grid(sheet: SeenSheet, tables: Sequence[Table], parts: Sequence[Part], language: Language) -> Html:
    """The sheet as a table with column letters and row numbers."""
    rows = _rows(sheet)
    width = max((max(line) for line in sheet.cells.values() if line), default=1)
    width = max([width, *(min(table.area.right, width + 1) for table in tables)])
    drawn = set(rows)
    under = merged((area for area in sheet.merges if area.top in drawn), rows, range(1, width + 1))
    paints = _Paints(sheet, tables, parts, language)
    hidden = {column for column in sheet.hidden_columns if column <= width}
    heads = [element("th", letters(c), class_="hid" if c in hidden else None, scope="col") for c in range(1, width + 1)]
    body: list[Html] = []
    before = 0
    for row in rows:
        if row - before > 1:
            body.append(_gap(before + 1, row - 1, width, language))
        before = row
        cells = [element("th", str(row), scope="row")]
        line = paints.line(row, width)
        for column in range(1, width + 1):
            if (row, column) not in under.covered:
                span = under.spans.get((row, column), (1, 1))
                cells.append(_cell(sheet.cells.get(row, {}).get(column), line.get(column), span, column in hidden))
        body.append(element("tr", *cells, class_="hid" if row in paints.hidden else None))
    if sheet.cut is not None:
        note = element("td", _CUT.fill(row=sheet.cut).get(language), colspan=width)
        body.append(element("tr", element("th", "…"), note, class_="gap"))
    head = element("thead", element("tr", element("th", ""), *heads))
    return element("div", element("table", head, element("tbody", *body)), class_="grid")


def _rows(sheet: SeenSheet) -> list[int]:
    """The rows to draw: those with cells, and blank ones between them where they are few."""
    rows: list[int] = []
    for row in sorted(row for row, line in sheet.cells.items() if line):
        before = rows[-1] if rows else 0
        if row - before <= 4:
            rows += range(before + 1, row)
        rows.append(row)
    return rows


def _gap(first: int, last: int, width: int, language: Language) -> Html:
    note = element("td", _EMPTY.fill(first=first, last=last).get(language), colspan=width)
    return element("tr", element("th", "⋮"), note, class_="gap")


def _cell(cell: SeenCell | None, paint: Paint | None, span: tuple[int, int], hidden: bool) -> Html:
    paint = paint or Paint()
    shown = "" if cell is None else cell.text
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    classes = paint.classes.split()
    style = None
    if cell is not None:
        classes += ["n"] if cell.number and "hd" not in classes else []
        classes += ["b"] if cell.bold else []
        if cell.fill and _COLOUR.fullmatch(cell.fill) and "as" not in classes and "ou" not in classes:
            style = f"background-image:linear-gradient(225deg,#{cell.fill} 8px,transparent 8px)"
    classes += ["hid"] if hidden else []
    badge = element("span", paint.badge, class_="lv") if paint.badge else Html("")
    tags = joined([element("span", tag, class_="tag") for tag in paint.tags])
    return element(
        "td",
        badge,
        text(shown),
        tags,
        class_=" ".join(classes) or None,
        title=paint.tip or None,
        rowspan=span[0] if span[0] > 1 else None,
        colspan=span[1] if span[1] > 1 else None,
        style=style,
    )


class _Paints:
    """What reading took the cells of one sheet for."""

    def __init__(
        self, sheet: SeenSheet, tables: Sequence[Table], parts: Sequence[Part], language: Language
    ) -> None:
        self.language = language
        self.tables = tables
        self.parts = parts
        self.hidden = set(sheet.hidden_rows)
        self.rows = {(table.id, row.number): row for table in tables for row in table.rows}
        anchors = {(row, column): area for area in sheet.merges for row, column in _corner(area, tables)}
        self.tags: dict[_Place, list[str]] = {}
        for table in tables:
            for column in sorted(table.columns.values(), key=lambda c: c.column):
                if table.header_rows:
                    place = (table.header_rows[-1], column.column)
                    area = anchors.get(place)
                    tag = f"{column.role.replace('_', ' ')} · {measure_of(column).get(language)}"
                    self.tags.setdefault(place if area is None else (area.top, area.left), []).append(tag)

    def line(self, row: int, width: int) -> dict[int, Paint]:
        """How the cells of a row are drawn, by column."""
        found: dict[int, Paint] = {}
        for part in self.parts:
            if part.area.top <= row <= part.area.bottom and part.role is not Role.HEADER:
                paint = Paint(_ROLES[part.role], part.why.get(self.language))
                found |= dict.fromkeys(range(part.area.left, min(part.area.right, width) + 1), paint)
        for table in self.tables:
            if table.area.top <= row <= table.area.bottom:
                for column, paint in self.of_table(table, row):
                    if found.get(column, Paint()).classes != "as":
                        found[column] = paint
        return found

    def of_table(self, table: Table, row: int) -> Iterator[tuple[int, Paint]]:
        if row in table.header_rows:
            for place in range(table.area.left, table.area.right + 1):
                yield place, Paint("hd", table.id, tags=tuple(self.tags.get((row, place), ())))
            return
        data = self.rows.get((table.id, row))
        if data is None:
            return
        named = label_column(table, data)
        more = "tot" if data.level is Level.TOTAL else "spec" if data.level in LEVELS else ""
        for column in table.columns.values():
            classes = f"{_MEASURES[column.measure]} {more}"
            tip = f"{table.id} · {column.name} · {measure_of(column).get(self.language)}"
            if column.column == named:
                yield column.column, self.named(data, classes, tip)
            else:
                yield column.column, Paint(classes, tip)

    def named(self, row: Row, classes: str, tip: str) -> Paint:
        """The cell that names a row carries its level."""
        if row.depth is None:
            said = LEVELS.get(row.level, Text("outside the levels")).get(self.language)
            return Paint(classes, f"{tip} · {said}", badge="Σ" if row.level is Level.TOTAL else "·")
        level = min(row.depth + 1, _DEEPEST)
        said = _LEVEL.fill(n=row.depth + 1).get(self.language)
        return Paint(f"{classes} l{level}", f"{tip} · {said}", badge=str(row.depth + 1))


def _corner(area: Area, tables: Sequence[Table]) -> Iterator[_Place]:
    """The cells of a merge in the lowest header row of a table: tags under it belong to its top-left cell."""
    for table in tables:
        if table.header_rows and area.top <= table.header_rows[-1] <= area.bottom:
            yield from ((table.header_rows[-1], column) for column in range(area.left, area.right + 1))
