"""How a workbook was read, as one page without any outside resource: every sheet, coloured by what was recognised."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import letters
from xlaudit.reports.markup import Html, document, element
from xlaudit.reports.tables_grid import grid
from xlaudit.reports.tables_style import SCRIPT, STYLE
from xlaudit.reports.tables_words import (
    DECLARED,
    FATES,
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
    measure_of,
    numbers_told,
)
from xlaudit.reports.words import kind_words, one_line
from xlaudit.survey import NearMiss, Part, Role, SeenSheet, Survey
from xlaudit.tables import Measure, Table
from xlaudit.texts import Language, Text, plural

_HINT = Text("Point at a cell to see what it was read as. A coloured corner is the cell's own fill.")
_LEGEND = (
    ("ti", Text("table's title")),
    ("hd", Text("column headings")),
    ("lb l1", Text("row's name, level 1")),
    ("lb l2", Text("level 2")),
    ("lb l3", Text("level 3")),
    ("am", Text("rupiah")),
    ("pc", Text("percent")),
    ("qt", Text("quantity (target, realisasi)")),
    ("lb tot", Text("total row")),
    ("sc", Text("scale of kategori")),
    ("as", Text("left aside")),
    ("ou", Text("figures outside the tables")),
)
_FACTS = (
    Text("Column"),
    Text("Read as"),
    Text("Heading"),
    Text("How figures are written"),
)
_LEVELS = Text("Levels ({sure}): {how}.")
_ROUNDING = Text("Percentages: {how}.")
_HEADINGS = Text("Column headings: {how}.")
_LEFT = Text("Left aside")
_FIGURES = plural("{n} figure", "{n} figures")
_MISSED = Text("Almost recognised as column headings")
_ROW = Text("row {row}: {why}")
_KNOWN = Text("words known: {words}")


class TablesHtml:
    """One self-contained page. Everything out of the workbook is escaped; scripts in it cannot run."""

    def render(self, survey: Survey, language: Language) -> str:
        return _Page(survey, language).html()


class _Page:
    def __init__(self, survey: Survey, language: Language) -> None:
        self.survey = survey
        self.language = language

    def html(self) -> str:
        survey = self.survey
        with_tables = [n for n, sheet in enumerate(survey.sheets, start=1) if sheet.fate == "tables"]
        first = f"s{with_tables[0] if with_tables else 1}"
        name = one_line(survey.path.replace("\\", "/").rpartition("/")[2])
        body = [
            element("h1", f"{name} · {self.say(TITLE)}"),
            *self.summary(),
            self.legend(),
            element("nav", *(self.tab(n, sheet) for n, sheet in enumerate(survey.sheets, start=1))),
            *(self.sheet(n, sheet) for n, sheet in enumerate(survey.sheets, start=1)),
        ]
        return document(self.language, f"{name} · {self.say(TITLE)}", STYLE, SCRIPT, body, data_first=first)

    def summary(self) -> Iterator[Html]:
        survey = self.survey
        said = [self.say(counts_told(survey))]
        if survey.template is not None:
            said.append(self.say(TEMPLATE.fill(name=survey.template[0], version=survey.template[1])))
        if survey.mapped:
            said.append(self.say(MAPPED))
        yield element("p", " ".join(said))
        if not survey.tables:
            yield element("p", self.say(NO_TABLES), class_="warn")
        yield from (element("p", self.say(remark)) for remark in survey.remarks)
        yield element("p", self.say(_HINT), class_="quiet")

    def legend(self) -> Html:
        keys = (
            element("span", element("span", "", class_=f"k {classes}"), self.say(name)) for classes, name in _LEGEND
        )
        return element("div", *keys, class_="legend")

    def tab(self, number: int, sheet: SeenSheet) -> Html:
        count = sum(1 for table in self.survey.tables if table.sheet == sheet.name)
        mark = f" ({count})" if count else " !" if sheet.fate == "unread" else ""
        return element("a", one_line(sheet.name) + mark, href=f"#s{number}", class_="unread" if mark == " !" else None)

    def sheet(self, number: int, sheet: SeenSheet) -> Html:
        tables = [table for table in self.survey.tables if table.sheet == sheet.name]
        parts = [part for part in self.survey.parts if part.sheet == sheet.name]
        hidden = hidden_told(sheet)
        fate = self.say(FATES[sheet.fate]) + ("" if hidden is None else f"; {self.say(hidden)}")
        children = [
            element("h2", one_line(sheet.name)),
            element("p", fate, class_="warn" if sheet.fate == "unread" else "quiet"),
            *(self.table(table) for table in tables),
            *self.left([part for part in parts if part.role in (Role.ASIDE, Role.FIGURES)]),
            *self.missed([miss for miss in self.survey.missed if miss.sheet == sheet.name]),
        ]
        if sheet.cells:
            children.append(grid(sheet, tables, parts, self.language))
        return element("section", *children, id=f"s{number}")

    def table(self, table: Table) -> Html:
        kind = kind_words(table.kind)
        name = f"{table.id} · {self.say(kind) if kind else table.kind} · {table.area.a1}"
        told = self.survey.levels[table.id]
        facts = [element("p", table.title, class_="quiet")] if table.title else []
        said = [self.say(_LEVELS.fill(sure=SURE[told.sure], how=told.how))]
        if any(column.measure is Measure.PERCENT for column in table.columns.values()):
            said.append(self.say(_ROUNDING.fill(how=ROUNDING[self.survey.rounding[table.id]])))
        if not table.header_rows:
            said.append(self.say(_HEADINGS.fill(how=NO_HEADINGS[table.guessed])))
        facts += [element("p", line) for line in said]
        facts += [element("p", self.say(remark)) for remark in table.remarks]
        if table.declared:
            items = (element("li", element("b", one.cell.a1), f" {declared_told(one)}") for one in table.declared)
            facts += [element("p", self.say(DECLARED)), element("ul", *items, class_="list")]
        rows = [element("tr", *(element("th", self.say(head)) for head in _FACTS))]
        for column in sorted(table.columns.values(), key=lambda c: c.column):
            numbers = self.survey.numbers[table.id].get(column.name)
            cells = (
                letters(column.column),
                f"{column.name} · {self.say(measure_of(column))}",
                column.header,
                "" if numbers is None else self.say(numbers_told(numbers)),
            )
            rows.append(element("tr", *(element("td", cell) for cell in cells)))
        facts.append(element("table", *rows, class_="facts"))
        return element("details", element("summary", element("b", name), f" — {said[0]}"), *facts)

    def left(self, parts: list[Part]) -> Iterator[Html]:
        if not parts:
            return
        items = []
        for part in parts:
            figures = f" ({self.say(_FIGURES.fill(n=part.figures))})" if part.figures else ""
            items.append(element("li", element("b", part.area.a1), f" {self.say(part.why)}{figures}"))
        yield element("p", element("b", self.say(_LEFT)))
        yield element("ul", *items, class_="list")

    def missed(self, misses: list[NearMiss]) -> Iterator[Html]:
        if not misses:
            return
        items = []
        for miss in misses:
            known = ", ".join(f"{one.cell} “{one.text}” ({one.role})" for one in miss.heard if one.role)
            why = self.say(_ROW.fill(row=miss.row, why=miss.lacks))
            items.append(element("li", f"{why}; {self.say(_KNOWN.fill(words=known))}"))
        yield element("p", element("b", self.say(_MISSED)))
        yield element("ul", *items, class_="list")

    def say(self, text: Text) -> str:
        return text.get(self.language)
