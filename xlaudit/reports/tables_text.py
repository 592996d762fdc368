"""How a workbook was read, for people: tables, columns, levels as a tree, what was left aside and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from xlaudit import __version__
from xlaudit.cells import Cell, letters
from xlaudit.reports.tables_words import (
    DECLARED,
    FATES,
    LEVELS,
    MAPPED,
    NO_HEADINGS,
    NO_TABLES,
    ROUNDING,
    SURE,
    TEMPLATE,
    TITLE,
    counts_told,
    declared_told,
    hidden_told,
    label_column,
    measure_of,
    numbers_told,
    runs,
)
from xlaudit.reports.words import WIDTH, kind_words, one_line, wrapped
from xlaudit.survey import NearMiss, Part, Role, Survey
from xlaudit.tables import Row, Table
from xlaudit.texts import Language, Text, plural

_LONG = 30
"""A table with more rows shows its tree shortened."""
_SIBLINGS = 3
_MOST_LINES = 40
_BOLD = "1"

_WHERE = Text("sheet {sheet}, {range}")
_TITLED = Text("Title")
_YEAR = Text("Year")
_HEADER = Text("Header")
_ROWS = Text("rows {rows}")
_ROUNDING = Text("Percentages")
_COLUMNS = Text("Columns")
_TREE = Text("Levels ({sure}): {how}")
_ASIDE = Text("Left aside")
_MORE_ROWS = plural("… {n} more row (--all shows all)", "… {n} more rows (--all shows all)")
_NAMELESS = Text("(without a name)")
_HIDDEN = Text("hidden")
_ORPHAN = Text("its parent is not in the table")
_SHEETS = Text("Sheets")
_OUTSIDE = Text("Outside the tables")
_FIGURES = plural("{n} figure", "{n} figures")
_OTHER_TEXT = plural(
    "text without figures in {n} more place (--all shows all)",
    "text without figures in {n} more places (--all shows all)",
)
_MISSED = Text("What was almost recognised as column headings")
_ROW = Text("{sheet} row {row}: {why}")
_KNOWN = Text("known")
_UNKNOWN = Text("unknown")
_SCALES = Text("Scales of kategori")
_REMARKS = Text("Remarks")


class TablesText:
    """For reading on a terminal, at 100 columns. ``show_all`` shortens nothing; ``colour`` marks headings."""

    def __init__(self, *, show_all: bool = False, colour: bool = False) -> None:
        self._all = show_all
        self._colour = colour

    def render(self, survey: Survey, language: Language) -> str:
        """The whole text, ending in a line break."""
        return "\n".join(_Page(survey, language, self._all, self._colour).lines()) + "\n"


class _Page:
    def __init__(self, survey: Survey, language: Language, show_all: bool, colour: bool) -> None:
        self.survey = survey
        self.language = language
        self.show_all = show_all
        self.colour = colour

    def lines(self) -> Iterator[str]:
        survey = self.survey
        yield f"xlaudit {__version__} · {self.say(TITLE)}"
        yield ""
        yield self.strong(one_line(survey.path))
        yield f"  {self.say(counts_told(survey))}"
        if survey.template is not None:
            name, version = map(one_line, survey.template)
            yield f"  {self.say(TEMPLATE.fill(name=name, version=version))}"
        if survey.mapped:
            yield f"  {self.say(MAPPED)}"
        if not survey.tables:
            yield from self.wrapped(self.say(NO_TABLES), 2)
        for table in survey.tables:
            yield ""
            yield from self.table(table)
        for section in (self.scales, self.sheets, self.outside, self.missed, self.remarks):
            found = list(section())
            if found:
                yield ""
                yield from found

    def table(self, table: Table) -> Iterator[str]:
        kind = kind_words(table.kind)
        where = self.say(_WHERE.fill(sheet=one_line(table.sheet), range=table.area.a1))
        yield f"  {self.strong(f'{table.id} · {self.say(kind) if kind else table.kind} · {where}')}"
        header = _ROWS.fill(rows=runs(table.header_rows)) if table.header_rows else NO_HEADINGS[table.guessed]
        facts = [(_TITLED, one_line(table.title)), (_YEAR, str(table.year or "")), (_HEADER, self.say(header))]
        if any(column.measure.value == "percent" for column in table.columns.values()):
            facts.append((_ROUNDING, self.say(ROUNDING[self.survey.rounding[table.id]])))
        width = max(len(self.say(name)) for name, _ in facts)
        for name, value in facts:
            if value:
                margin = f"    {self.say(name):<{width}} : "
                yield from textwrap.wrap(value, WIDTH, initial_indent=margin, subsequent_indent=" " * len(margin))
        yield f"    {self.say(_COLUMNS)}"
        yield from self.columns(table)
        if table.declared:
            yield f"    {self.say(DECLARED)}"
            yield from self.listed([(one.cell.a1, declared_told(one)) for one in table.declared], 6)
        told = self.survey.levels[table.id]
        yield from self.wrapped(self.say(_TREE.fill(sure=SURE[told.sure], how=told.how)), 4)
        yield from self.tree(table)
        for remark in table.remarks:
            yield from self.wrapped(self.say(remark), 4)
        if table.aside:
            yield f"    {self.say(_ASIDE)}"
            yield from self.listed([(one.area.a1, self.say(one.why)) for one in table.aside], 6)

    def columns(self, table: Table) -> Iterator[str]:
        columns = sorted(table.columns.values(), key=lambda column: column.column)
        names = max((len(column.name) for column in columns), default=0)
        measures = max((len(self.say(measure_of(column))) for column in columns), default=0)
        for column in columns:
            measure = self.say(measure_of(column))
            start = f"      {letters(column.column):<3} {column.name:<{names}}  {measure:<{measures}}  "
            heading = f"“{one_line(column.header)}”" if column.header else "–"
            yield from textwrap.wrap(
                heading, WIDTH, initial_indent=start, subsequent_indent=" " * len(start)
            )
            numbers = self.survey.numbers[table.id].get(column.name)
            if numbers is not None:
                yield from self.wrapped(self.say(numbers_told(numbers)), 12 + names)

    def tree(self, table: Table) -> Iterator[str]:
        """The rows as a tree; of a long table fewer rows without rows below them are shown, the longer it is."""
        limit = None if self.show_all or len(table.rows) <= _LONG else _SIBLINGS
        lines = _shortened(table, limit)
        while limit and len(lines) > _MOST_LINES:
            limit -= 1
            lines = _shortened(table, limit)
        hidden = 0
        if len(lines) > _MOST_LINES and not self.show_all:
            hidden = sum(len(rows) for rows in lines[_MOST_LINES - 1 :])
            lines = lines[: _MOST_LINES - 1]
        addresses = max(len(_place(table, row)) for row in table.rows)
        for rows in lines:
            yield self.row(table, rows[0], addresses) if len(rows) == 1 else self.passed_over(rows, addresses)
        if hidden:
            yield f"      {self.say(_MORE_ROWS.fill(n=hidden))}"

    def passed_over(self, rows: Sequence[Row], addresses: int) -> str:
        indent = "  " * min((row.depth or 0) for row in rows)
        return f"      {'':<{addresses}}  {indent}{self.say(_MORE_ROWS.fill(n=len(rows)))}"

    def row(self, table: Table, row: Row, addresses: int) -> str:
        name = " ".join(part for part in (one_line(row.code), one_line(row.label)) if part) or self.say(_NAMELESS)
        marks = [self.say(LEVELS[row.level])] if row.level in LEVELS else []
        marks += [self.say(_HIDDEN)] if row.hidden else []
        marks += [self.say(_ORPHAN)] if row.orphan else []
        start = f"      {_place(table, row):<{addresses}}  {'  ' * (row.depth or 0)}"
        end = f"  [{', '.join(marks)}]" if marks else ""
        room = max(WIDTH - len(start) - len(end), 20)
        return start + (name if len(name) <= room else name[: room - 1] + "…") + end

    def scales(self) -> Iterator[str]:
        declared = [scale for scale in self.survey.scales if scale.area is not None]
        if declared:
            yield f"  {self.strong(self.say(_SCALES))}"
        for scale in declared:
            steps = ", ".join(f"{one_line(step.label)} ≥ {step.lower:f}" for step in scale.steps)
            address = scale.area.a1 if scale.area is not None else ""
            yield from self.wrapped(f"{one_line(scale.sheet)}!{address}: {steps}", 4)

    def sheets(self) -> Iterator[str]:
        noted = [(sheet, hidden_told(sheet)) for sheet in self.survey.sheets]
        shown = [(sheet, hidden) for sheet, hidden in noted if sheet.fate != "tables" or hidden is not None]
        if not shown:
            return
        yield f"  {self.strong(self.say(_SHEETS))}"
        pairs = []
        for sheet, hidden in shown:
            said = [self.say(FATES[sheet.fate]), *([self.say(hidden)] if hidden is not None else [])]
            pairs.append((one_line(sheet.name), "; ".join(said)))
        yield from self.listed(pairs, 4)

    def outside(self) -> Iterator[str]:
        loose = [part for part in self.survey.parts if part.role in (Role.FIGURES, Role.ASIDE) and not part.table]
        texts = [part for part in self.survey.parts if part.role is Role.TEXT]
        shown = loose + texts if self.show_all else loose
        if not shown and not texts:
            return
        yield f"  {self.strong(self.say(_OUTSIDE))}"
        yield from self.listed([(f"{one_line(part.sheet)}!{part.area.a1}", self.part(part)) for part in shown], 4)
        if texts and not self.show_all:
            yield f"    {self.say(_OTHER_TEXT.fill(n=len(texts)))}"

    def part(self, part: Part) -> str:
        why = self.say(part.why)
        return f"{why} ({self.say(_FIGURES.fill(n=part.figures))})" if part.figures else why

    def missed(self) -> Iterator[str]:
        if self.survey.missed:
            yield f"  {self.strong(self.say(_MISSED))}"
        for miss in self.survey.missed:
            yield from self.miss(miss)

    def miss(self, miss: NearMiss) -> Iterator[str]:
        yield from self.wrapped(self.say(_ROW.fill(sheet=one_line(miss.sheet), row=miss.row, why=miss.lacks)), 4)
        known = [f"{one.cell} “{one_line(one.text)}” → {one.role}" for one in miss.heard if one.role]
        unknown = [f"{one.cell} “{one_line(one.text)}”" for one in miss.heard if not one.role]
        for name, found in ((_KNOWN, known), (_UNKNOWN, unknown)):
            if found:
                yield from self.wrapped(f"{self.say(name)}: {', '.join(found)}", 6)

    def remarks(self) -> Iterator[str]:
        if self.survey.remarks:
            yield f"  {self.strong(self.say(_REMARKS))}"
        for remark in self.survey.remarks:
            yield from self.wrapped(self.say(remark), 4)

    def listed(self, pairs: Sequence[tuple[str, str]], indent: int) -> Iterator[str]:
        """Names and what is said of them, one below the other in two columns."""
        width = min(max((len(name) for name, _ in pairs), default=0), WIDTH // 3)
        for name, said in pairs:
            margin = f"{' ' * indent}{name:<{width}}  "
            below = " " * (indent + width + 2)
            yield from textwrap.wrap(
                said, WIDTH, initial_indent=margin, subsequent_indent=below, break_long_words=False
            )

    def say(self, text: Text) -> str:
        return text.get(self.language)

    def strong(self, text: str) -> str:
        return f"\033[{_BOLD}m{text}\033[0m" if self.colour else text

    def wrapped(self, text: str, indent: int) -> list[str]:
        return wrapped(text, indent)


def _shortened(table: Table, limit: int | None) -> list[list[Row]]:
    """The rows that get a line of their own, and those that share one; ``limit`` leaves of a parent are shown."""
    shown: dict[int | None, int] = {}
    lines: list[list[Row]] = []
    passing = False
    for row in table.rows:
        leaf = row.depth is not None and row.index not in table.children
        shown[row.parent] = shown.get(row.parent, 0) + leaf
        over = limit is not None and leaf and shown[row.parent] > limit
        if over and passing:
            lines[-1].append(row)
        else:
            lines.append([row])
        passing = over
    return lines


def _place(table: Table, row: Row) -> str:
    """The address of the cell that names a row, of its first cell where none does."""
    return Cell(row.number, label_column(table, row)).a1
