"""The recap as one page for screen and paper: nothing is loaded from elsewhere, no script is needed to read it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from xlaudit import __version__
from xlaudit.amounts import show, show_amount
from xlaudit.findings import Severity
from xlaudit.recap import words
from xlaudit.recap.bars import bar, lying, rounded, standing
from xlaudit.recap.gather import Book, Recap
from xlaudit.recap.grids import Column, Grid, Grids, Link, TotalRow, Value, class_words
from xlaudit.recap.highlights import Ranking, numbers, rankings
from xlaudit.recap.links import in_page
from xlaudit.recap.numbers import absorbed, achieved, by_class, by_share, foremost, most_errors, of_time
from xlaudit.recap.page_style import SCRIPT, STYLE
from xlaudit.recap.workbook import MOST_BARS
from xlaudit.reports.markup import Html, document, element
from xlaudit.reports.words import SEVERITIES
from xlaudit.texts import Language, Text
from xlaudit.waivers import written

_RIGHT = ("number", "count", "tally", "amount", "points", "mixed")
_EM = 0.36
"""The least width of a column on the page, of that on the sheet."""
_NAMES = ("agencies", "findings", "budget", "performance", "absent", "rejected")


def recap_page(recap: Recap, language: Language, home: Path) -> str:
    """The page. Links lead from ``home``, its folder; everything out of workbooks is escaped."""
    return _Page(recap, language, home).html()


class _Page:
    def __init__(self, recap: Recap, language: Language, home: Path) -> None:
        self.recap, self.language, self.home = recap, language, home
        self.grids = Grids(recap, language)
        severities = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        self._severities = {SEVERITIES[one].get(language): one.value for one in severities}
        statuses = ((words.REPLACED, "replaced"), (words.REFUSED, "refused"), (words.MISSING, "missing"))
        self._statuses = {text.get(language): name for text, name in statuses}
        self._ways: dict[str, str] = {}

    def say(self, text: Text | str) -> str:
        return self.grids.say(text)

    def html(self) -> str:
        grids = dict(zip(_NAMES, self.grids.every(), strict=True))
        title = self.say(words.TITLE)
        said = [", ".join(self.grids.period(time) for time in self.recap.times)] if self.recap.times else []
        said.append(self.say(words.REVIEWED_ON.fill(day=written(self.recap.day))))
        about = element("p", " · ".join(said), class_="quiet")
        head = element("header", element("h1", title), about, self.contents(grids))
        plots = {"budget": self.shares(), "performance": self.capaian()}
        body = [head, self.overview()]
        body += (self.section(name, grid, plots.get(name)) for name, grid in grids.items())
        body.append(element("footer", f"xlaudit {__version__}"))
        return document(self.language, title, STYLE, SCRIPT, body)

    def contents(self, grids: dict[str, Grid]) -> Html:
        links = [element("a", self.say(words.OVERVIEW), href="#overview")]
        links += (element("a", self.say(grid.name), href=f"#{name}") for name, grid in grids.items())
        return element("nav", *links, aria_label=self.say(words.CONTENTS))

    def overview(self) -> Html:
        lines = [
            element("tr", element("th", self.say(one.label), scope="row", class_="part" if one.step else None),
                    element("td", self.number(one.value), class_="num"))
            for one in numbers(self.recap, None, None, None)
        ]  # fmt: skip
        figures = element("table", element("caption", self.say(words.KEY_NUMBERS)), element("tbody", *lines))
        ranks = [self.ranking(one) for one in rankings(self.recap)]
        blocks = element("div", figures, element("div", *ranks, class_="ranks"), class_="overview")
        return element("section", element("h2", self.say(words.OVERVIEW)), blocks, self.errors(), id="overview")

    def number(self, value: Value) -> str:
        if value is None:
            return "–"
        if isinstance(value, Fraction):
            return show(rounded(value, 2), 2, self.language)
        return show_amount(Decimal(value), self.language) if isinstance(value, (int, Decimal)) else str(value)

    def ranking(self, ranking: Ranking) -> Html:
        heads = [element("th", self.say(text), scope="col", class_="num") for text in ranking.headings]
        rows = [
            element(
                "tr",
                element("td", str(place), class_="num"),
                element("td", self.book(book)),
                *(element("td", self.number(value), class_="num") for value in values),
            )
            for place, (book, values) in enumerate(ranking.rows, start=1)
        ]
        head = element("tr", element("th", ""), element("th", self.say(words.AGENCY), scope="col"), *heads)
        caption = element("caption", self.say(ranking.title))
        return element("table", caption, element("thead", head), element("tbody", *rows))

    def book(self, book: Book) -> Html:
        return element("a", self.grids.named(book), href=self.way(book.opens))

    def way(self, target: str) -> str:
        if target not in self._ways:
            self._ways[target] = in_page(target, self.home)
        return self._ways[target]

    def errors(self) -> Html:
        """The agencies with the most errors as bars."""
        books = most_errors(self.recap, MOST_BARS // 2)
        bars = [bar(self.grids.named(book), book.errors, self.language) for book in books]
        return lying(self.say(words.ERRORS_CHART), bars) if bars else Html("")

    def shares(self) -> Html:
        time = foremost(self.recap)
        books = [] if time is None else by_share(of_time(self.recap, time))
        if not books:
            return Html("")
        some = books[:MOST_BARS]
        title = self.say(words.SHARE_CHART if some == books else words.SHARE_CHART_OF.fill(n=len(some)))
        bars = [bar(self.grids.named(book), absorbed(book) or Fraction(0), self.language, 2) for book in some]
        return lying(title, bars)

    def capaian(self) -> Html:
        time = foremost(self.recap)
        found = [] if time is None else achieved(of_time(self.recap, time))
        if not found:
            return Html("")
        names = [self.say(text) for text in class_words()]
        classes = [bar(name, count, self.language) for name, count in zip(names, by_class(found), strict=True)]
        labels = self.grids.labels
        more = [self.say(words.OTHER_LABELS)] if labels.others else []
        called = [*labels.words, *more, self.say(words.NO_LABEL)]
        predikat = [bar(name, count, self.language) for name, count in zip(called, labels.count(found), strict=True)]
        charts = (standing(self.say(words.CLASSES_CHART), classes), standing(self.say(words.LABELS_CHART), predikat))
        return element("div", *charts, class_="blocks")

    def section(self, name: str, grid: Grid, plot: Html | None) -> Html:
        about = [element("p", self.say(text), class_="quiet") for text in grid.about]
        heading = element("h2", self.say(grid.name))
        if not grid.rows:
            return element("section", heading, element("p", self.say(grid.nothing)), id=name)
        search: list[Html] = []
        if name == "findings":
            field = Html('<input type="search" id="search" autocomplete="off">')
            search = [element("p", element("label", f"{self.say(words.SEARCH)} ", field), class_="js")]
        named = self.say(grid.name)
        table = element("div", self.table(grid), class_="wide", tabindex="0", role="region", aria_label=named)
        return element("section", heading, *about, plot or Html(""), *search, table, id=name)

    def table(self, grid: Grid) -> Html:
        heads = (
            element(
                "th",
                self.say(column.heading),
                scope="col",
                class_="num" if column.kind in _RIGHT else None,
                style=f"min-width:{column.width * _EM:.1f}em" if column.kind in ("text", "link", "short") else None,
            )
            for column in grid.columns
        )
        rows = (self.row(grid, row) for row in grid.rows)
        feet = [self.total(grid, total) for total in grid.totals]
        parts = [element("thead", element("tr", *heads)), element("tbody", *rows)]
        return element("table", *parts, *([element("tfoot", *feet)] if feet else []), class_="list")

    def row(self, grid: Grid, values: tuple[Value, ...]) -> Html:
        cells = [self.cell(column, value) for column, value in zip(grid.columns, values, strict=True)]
        known = {column.key: value for column, value in zip(grid.columns, values, strict=True)}
        mark = self._severities.get(str(known.get("severity"))) or self._statuses.get(str(known.get("status")))
        return element("tr", *cells, class_=mark)

    def cell(self, column: Column, value: Value) -> Html:
        right = "num" if column.kind in _RIGHT and not isinstance(value, str) else None
        return element("td", *self.shown(column, value), class_=right)

    def shown(self, column: Column, value: Value) -> Iterator[str]:
        if isinstance(value, Link):
            yield element("a", value.text, href=self.way(value.target))
        elif isinstance(value, (Decimal, Fraction)) and column.kind == "points":
            yield show(rounded(value, 2), 2, self.language)
        elif isinstance(value, Decimal):
            yield show(value, None, self.language) if column.kind == "mixed" else show_amount(value, self.language)
        elif column.kind == "tally" and value == 0:
            yield "–"
        elif value is not None:
            yield self.number(value)

    def total(self, grid: Grid, total: TotalRow) -> Html:
        values = {**total.values, "agency": total.label}
        return element("tr", *(self.cell(column, values.get(column.key)) for column in grid.columns))
