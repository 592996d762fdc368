"""The tables of a recap: what stands in them, which columns add up, and by which formulas. No file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from xlaudit.amounts import show, show_amount
from xlaudit.findings import Finding
from xlaudit.identity import Identity
from xlaudit.keyfigures import Quoted
from xlaudit.offices import Office
from xlaudit.recap import words
from xlaudit.recap.gather import Book, Recap, Standing, Time, replaced_words
from xlaudit.recap.numbers import (
    BOUNDS,
    Labels,
    absorbed,
    achieved,
    budget_sums,
    by_class,
    fits,
    foremost,
    mean,
    of_time,
)
from xlaudit.reports.words import SEVERITIES, one_line, period_words
from xlaudit.standing import YEARLY
from xlaudit.texts import Language, Text, both, sentences

Kind = Literal["number", "text", "short", "link", "count", "tally", "amount", "points", "mixed"]


MOST_FINDINGS = 1_000_000
"""A sheet has some more rows than that."""


class Link(NamedTuple):
    """A text that opens a file, or a cell of it."""

    text: str
    target: str
    sheet: str = ""
    cell: str = ""


Value = str | int | Decimal | Fraction | Link | None
Total = Literal["sum", "low", "high", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``formula`` computes a row's value from other columns by their keys: ``{pagu}-{realisasi}``.

    ``total`` says how the rows make the total; a column with a formula has it there too. ``width`` is in characters.
    """

    key: str
    heading: Text | str
    kind: Kind
    width: float
    formula: str = ""
    total: Total = ""


class TotalRow(NamedTuple):
    """A total of all rows, or of those whose period is ``period``; ``values`` are those of its formulas, by key."""

    label: str
    period: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``rows`` hold a value for every column. ``nothing`` is said where there are none."""

    name: Text
    about: tuple[Text, ...]
    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]]
    totals: tuple[TotalRow, ...] = ()
    nothing: Text = words.NOTHING

    def values(self, key: str) -> list[Value]:
        """A column's values."""
        at = [column.key for column in self.columns].index(key)
        return [row[at] for row in self.rows]


class Grids:
    """The tables of one recap in one language."""

    def __init__(self, recap: Recap, language: Language) -> None:
        self.recap = recap
        self.language: Language = language
        self.several = len(recap.times) > 1
        self._foremost = foremost(recap)
        self._governments = recap.governments
        found = achieved(recap.counted)
        self.labels = Labels(found)

    def say(self, text: Text | str) -> str:
        return text if isinstance(text, str) else text.get(self.language)

    def agency(self, book: Book) -> str:
        """The agency as it is listed, with its government where there are several."""
        if not book.agency:
            return self.say(words.NO_AGENCY)
        return self._with_government(book.agency, book.government)

    def _with_government(self, agency: str, government: str) -> str:
        return f"{agency}, {government}" if government and self._governments > 1 else agency

    def period(self, time: Time) -> str:
        """``Triwulan I 2024``."""
        if not time.year:
            return self.say(words.NO_YEAR)
        if time.period == YEARLY:
            return self.say(words.YEAR.fill(year=time.year))
        return period_words(Identity(year=time.year, period=time.period), self.language)

    def named(self, book: Book) -> str:
        """An agency by itself: with its period where that is not the foremost."""
        name = self.agency(book) if book.agency else book.name
        return name if book.time == self._foremost else f"{name} ({self.period(book.time)})"

    def every(self) -> list[Grid]:
        """All tables in the order of the workbook."""
        return [
            self.agencies(), self.findings(), self.budget(), self.performance(), self.absent(), self.rejected(),
        ]  # fmt: skip

    def agencies(self) -> Grid:
        columns = (
            Column("no", words.NUMBER, "number", 5),
            Column("agency", words.AGENCY, "text", 34),
            Column("period", words.PERIOD, "short", 14),
            Column("file", words.FILE, "link", 36),
            Column("status", words.STATUS, "short", 12),
            Column("tables", words.TABLES, "count", 8, total="sum"),
            Column("errors", words.ERRORS, "count", 10, total="sum"),
            Column("warnings", words.WARNINGS, "count", 11, total="sum"),
            Column("notes", words.NOTES, "count", 9, total="sum"),
            Column("roots", words.ROOTS, "count", 9, total="sum"),
            Column("share", words.SHARE, "points", 10),
            Column("mean", words.MEAN, "points", 10),
            Column("remarks", words.REMARKS, "text", 46),
        )
        rows: list[tuple[Value, ...]] = []
        for book in self.recap.books:
            rows.append((len(rows) + 1, *self._agency_row(book)))
        for one in self.recap.absent or ():
            name = self._with_government(one.name, one.government)
            rows.append((len(rows) + 1, name, "", None, self.say(words.MISSING), *([None] * 7), ""))
        counted = self.recap.counted
        sums = {key: sum(getattr(book, key) for book in counted) for key in _COUNTS}
        return Grid(words.AGENCIES, (words.ABOUT_AGENCIES,), columns, rows, self._total(rows, sums))

    def _agency_row(self, book: Book) -> Iterable[Value]:
        rejected = book.standing is Standing.REJECTED
        yield book.name if rejected and not book.agency else self.agency(book)
        yield "" if rejected else self.period(book.time)
        yield Link(book.name, book.path if rejected else book.opens)
        yield self.say(_STATUS[book.standing])
        if book.counts:
            yield from (getattr(book, key) for key in _COUNTS)
            yield absorbed(book)
            yield book.key_figures.mean
        else:
            yield from [None] * 7
        yield self.say(sentences(*self._remarks(book)))

    def _remarks(self, book: Book) -> Iterable[Text]:
        if book.failure is not None:
            yield book.failure.message
            return
        replaced = replaced_words(book)
        if replaced is not None:
            yield replaced
        if book.by_file:
            yield words.BY_FILE
        if book.listed is False:
            yield words.NOT_LISTED
        if book.crashed:
            yield words.CRASHED
        if book.unread:
            yield words.UNREAD.fill(n=book.unread)
        if book.accepted:
            yield words.ACCEPTED.fill(n=book.accepted)

    def findings(self) -> Grid:
        columns = (
            Column("no", words.NUMBER, "number", 6),
            Column("agency", words.AGENCY, "text", 22),
            Column("file", words.FILE, "link", 16),
            Column("sheet", words.SHEET, "text", 14),
            Column("cell", words.CELL, "link", 7),
            Column("severity", words.SEVERITY, "short", 11),
            Column("rule", words.RULE, "short", 8),
            Column("subject", words.SUBJECT, "text", 24),
            Column("finding", words.FINDING, "text", 48),
            Column("stated", words.STATED, "mixed", 16),
            Column("computed", words.COMPUTED, "mixed", 16),
            Column("root", words.ROOT, "text", 12),
            Column("advice", words.ADVICE, "text", 30),
        )
        rows: list[tuple[Value, ...]] = []
        told = self.recap.findings[:MOST_FINDINGS]
        for number, (book, finding, root) in enumerate(told, start=1):
            stated, computed = _figures(finding)
            sheet, cell = finding.place.sheet, finding.place.cell
            rows.append((
                number,
                self.named(book),
                Link(book.name, book.opens),
                one_line(sheet),
                Link(cell, book.opens, sheet, cell),
                self.say(SEVERITIES[finding.severity]),
                finding.rule,
                one_line(self.say(finding.label)),
                one_line(self.say(finding.message)),
                stated,
                computed,
                root,
                "" if finding.advice is None else one_line(self.say(finding.advice)),
            ))  # fmt: skip
        more = len(self.recap.findings) - len(told)
        about = (words.ABOUT_FINDINGS, *((words.MORE_FINDINGS.fill(n=more),) if more else ()))
        return Grid(words.FINDINGS, about, columns, rows, nothing=words.NO_FINDINGS)

    def budget(self) -> Grid:
        columns = (
            Column("no", words.NUMBER, "number", 5),
            Column("agency", words.AGENCY, "text", 38),
            Column("period", words.PERIOD, "short", 15),
            Column("pagu", words.PAGU, "amount", 22, total="sum"),
            Column("realisasi", words.SPENT, "amount", 22, total="sum"),
            Column("share", words.SHARE, "points", 11, "{realisasi}/{pagu}*100"),
            Column("sisa", words.REST, "amount", 22, "{pagu}-{realisasi}"),
            Column("source", words.SOURCE, "link", 22),
            Column("remarks", words.REMARKS, "text", 44),
        )
        rows: list[tuple[Value, ...]] = []
        for book in self.recap.counted:
            budget, name = book.key_figures.budget, (self.agency(book), self.period(book.time))
            if budget is None:
                why = book.key_figures.no_budget
                rows.append((len(rows) + 1, *name, *([None] * 5), "" if why is None else self.say(why)))
                continue
            pagu, spent = budget.pagu.value, budget.realisasi.value
            remarks = sentences(*self._on_budget(budget.pagu, budget.realisasi))
            source = self._source(book, budget.pagu)
            rows.append(
                (len(rows) + 1, *name, pagu, spent, absorbed(book), pagu - spent, source, self.say(remarks))
            )

        def values(books: Sequence[Book]) -> dict[str, Value]:
            sums = budget_sums(books)
            return {
                "pagu": sums.pagu,
                "realisasi": sums.realisasi,
                "share": sums.share,
                "sisa": sums.pagu - sums.realisasi,
            }

        return Grid(words.BUDGET, self._about(words.ABOUT_BUDGET), columns, rows, self._totals(rows, values))

    def _about(self, *about: Text) -> tuple[Text, ...]:
        return (*about, *((words.SEVERAL_TIMES,) if self.several else ()))

    def _on_budget(self, *quoted: Quoted) -> Iterable[Text]:
        if quoted[0].summed:
            yield words.SUMMED.fill(n=len(quoted[0].cells))
        for one in quoted:
            if not fits(one.value):
                yield words.DIGITS.fill(value=both(show_amount(one.value), show_amount(one.value, "en")))

    def _source(self, book: Book, quoted: Quoted) -> Link:
        return Link(f"{one_line(quoted.sheet)}!{quoted.cells[0].a1}", book.opens, quoted.sheet, quoted.cells[0].a1)

    def performance(self) -> Grid:
        others = [words.OTHER_LABELS] if self.labels.others else []
        labels: list[Text | str] = [*self.labels.words, *others, words.NO_LABEL]
        columns = (
            Column("no", words.NUMBER, "number", 5),
            Column("agency", words.AGENCY, "text", 34),
            Column("period", words.PERIOD, "short", 14),
            Column("indicators", words.INDICATORS, "count", 9, total="sum"),
            Column("sum", words.SUM, "points", 11, total="sum"),
            Column("mean", words.MEAN, "points", 10, "{sum}/{indicators}"),
            Column("low", words.LOWEST, "points", 9, total="low"),
            Column("high", words.HIGHEST, "points", 9, total="high"),
            *(
                Column(f"class{at}", text, "tally", 9, total="sum")
                for at, text in enumerate(class_words())
            ),
            *(Column(f"label{at}", text, "tally", 9, total="sum") for at, text in enumerate(labels)),
            Column("source", words.SOURCE, "link", 20),
            Column("remarks", words.REMARKS, "text", 26),
        )  # fmt: skip
        rows: list[tuple[Value, ...]] = []
        for book in self.recap.counted:
            figures, name = book.key_figures, (self.agency(book), self.period(book.time))
            own = figures.achieved
            if not own:
                why = "" if figures.no_achieved is None else self.say(figures.no_achieved)
                rows.append((len(rows) + 1, *name, *([None] * (len(columns) - 4)), why))
                continue
            source = Link(f"{one_line(own[0].sheet)}!{own[0].cell.a1}", book.opens, own[0].sheet, own[0].cell.a1)
            values = [one.capaian for one in own]
            counts = [*by_class(own), *self.labels.count(own)]
            spread = (len(own), figures.capaian_sum, figures.mean, min(values), max(values))
            rows.append((len(rows) + 1, *name, *spread, *counts, source, ""))

        def totals(books: Sequence[Book]) -> dict[str, Value]:
            found = achieved(books)
            values = [one.capaian for one in found]
            counts = [*by_class(found), *self.labels.count(found)]
            keys = [column.key for column in columns if column.key.startswith(("class", "label"))]
            ends = {"low": min(values), "high": max(values)} if values and not self.several else {}
            return {
                "indicators": len(found),
                "sum": sum(values, Decimal(0)),
                "mean": mean(found),
                **ends,
                **dict(zip(keys, counts, strict=True)),
            }

        return Grid(
            words.PERFORMANCE, self._about(words.ABOUT_PERFORMANCE), columns, rows, self._totals(rows, totals)
        )

    def absent(self) -> Grid:
        several = any(one.government for one in self.recap.absent or ())
        refused: dict[Office | None, list[str]] = {}
        for book in self.recap.rejected:
            if book.agency:
                refused.setdefault(book.office, []).append(book.name)
        columns = (
            Column("no", words.NUMBER, "number", 6),
            Column("agency", words.AGENCY, "text", 60),
            *((Column("government", words.GOVERNMENT, "text", 40),) if several else ()),
            Column("remarks", words.REMARKS, "text", 60),
        )
        absent = self.recap.absent
        rows: list[tuple[Value, ...]] = [
            (number, one.name, *((one.government,) if several else ()), self._refused(refused.get(one.office, ())))
            for number, one in enumerate(absent or (), start=1)
        ]
        nothing = words.NO_LIST if absent is None else words.ALL_IN
        return Grid(words.ABSENT, (words.ABOUT_ABSENT,), columns, rows, nothing=nothing)

    def _refused(self, files: Sequence[str]) -> str:
        return self.say(words.REFUSED_FILES.fill(files=", ".join(files))) if files else ""

    def rejected(self) -> Grid:
        columns = (
            Column("no", words.NUMBER, "number", 6),
            Column("file", words.FILE, "link", 48),
            Column("reason", words.REASON, "text", 90),
            Column("code", words.CODE, "short", 20),
        )
        rows: list[tuple[Value, ...]] = [
            (number, Link(one_line(book.path), book.path), one_line(self.say(failure.message)), failure.code)
            for number, book in enumerate(self.recap.rejected, start=1)
            if (failure := book.failure) is not None
        ]
        return Grid(words.REJECTED, (words.ABOUT_REJECTED,), columns, rows, nothing=words.NONE_REJECTED)

    def _total(self, rows: Sequence[object], values: dict[str, Value]) -> tuple[TotalRow, ...]:
        return (TotalRow(self.say(words.TOTAL), "", values),) if rows else ()

    def _totals(
        self, rows: Sequence[object], values: Callable[[Sequence[Book]], dict[str, Value]]
    ) -> tuple[TotalRow, ...]:
        """One total, or one for every year and period, for a budget counts once."""
        if not self.several:
            return self._total(rows, values(self.recap.counted))
        found = []
        for time in self.recap.times:
            period = self.period(time)
            label = self.say(words.TOTAL_OF.fill(period=period))
            found.append(TotalRow(label, period, values(of_time(self.recap, time))))
        return tuple(found)


_COUNTS = ("tables", "errors", "warnings", "notes", "roots")
_STATUS = {
    Standing.COUNTED: words.COUNTED,
    Standing.REPLACED: words.REPLACED,
    Standing.REJECTED: words.REFUSED,
}


def class_words() -> list[Text]:
    """The classes of capaian in words."""
    said = [both(show(bound), show(bound, language="en")) for bound in BOUNDS]
    between = [words.BETWEEN.fill(one=one, other=other) for one, other in pairwise(said[:-1])]
    ends = [words.FROM_TO.fill(one=said[-2], other=said[-1]), words.ABOVE.fill(bound=said[-1])]
    return [words.BELOW.fill(bound=said[0]), *between, *ends]


def _figures(finding: Finding) -> tuple[Value, Value]:
    """What a finding states and computes, as exact figures where they are some."""
    stated = finding.stated if finding.states_word else _figure(finding.stated)
    return stated, _figure(finding.computed)


def _figure(text: str | None) -> Value:
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return one_line(text)
    return value if value.is_finite() and fits(value) else one_line(text)
