"""What a recap tells first: the key figures, the best and the worst."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlaudit.recap import words
from xlaudit.recap.gather import Book, Recap, Standing, Time
from xlaudit.recap.numbers import (
    absorbed,
    achieved,
    budget_sums,
    by_mean,
    by_share,
    fewest_errors,
    foremost,
    lowest_and_highest,
    mean,
    most_errors,
    of_time,
)
from xlaudit.recap.sheet import Sheet
from xlaudit.texts import Text


class Number(NamedTuple):
    """A key figure: what it is, its value, and the formula that computes it from the other sheets."""

    label: Text | str
    value: int | Decimal | Fraction | None
    formula: str
    step: int = 0
    """Whether it is a part of the figure above."""


class Ranking(NamedTuple):
    """Agencies in an order, with one or two values each."""

    title: Text
    headings: tuple[Text, ...]
    rows: list[tuple[Book, tuple[int | Fraction, ...]]]


def rankings(recap: Recap) -> list[Ranking]:
    """The best and the worst; those by serapan and capaian are of the foremost period."""
    time = foremost(recap)
    books = [] if time is None else of_time(recap, time)
    found = [
        Ranking(words.MOST_ERRORS, (words.ERRORS, words.ROOTS), [(b, (b.errors, b.roots)) for b in most_errors(recap)]),
        Ranking(
            words.FEWEST_ERRORS,
            (words.ERRORS, words.WARNINGS),
            [(b, (b.errors, b.warnings)) for b in fewest_errors(recap)],
        ),
    ]
    low, high = lowest_and_highest(by_share(books))
    for title, some in ((words.LOWEST_SHARE, low), (words.HIGHEST_SHARE, high)):
        found.append(Ranking(title, (words.SHARE,), [(book, (absorbed(book) or Fraction(0),)) for book in some]))
    low, high = lowest_and_highest(by_mean(books))
    for title, some in ((words.LOWEST_MEAN, low), (words.HIGHEST_MEAN, high)):
        rows: list[tuple[Book, tuple[int | Fraction, ...]]] = [
            (book, (book.key_figures.mean or Fraction(0),)) for book in some
        ]
        found.append(Ranking(title, (words.CAPAIAN,), rows))
    return [ranking for ranking in found if ranking.rows]


def numbers(recap: Recap, agencies: Sheet | None, budget: Sheet | None, performance: Sheet | None) -> Iterator[Number]:
    """The key figures. Without sheets (for a page) they have no formulas."""

    def status(word: Text) -> str:
        return "" if agencies is None else f'COUNTIF({agencies.range("status")},"{agencies.say(word)}")'

    counted, books = recap.counted, recap.books
    replaced = sum(1 for book in books if book.standing is Standing.REPLACED)
    parts = [status(word) for word in (words.COUNTED, words.REPLACED, words.REFUSED)]
    yield Number(words.FILES, len(books), "+".join(parts) if all(parts) else "")
    yield Number(words.FILES_REVIEWED, len(counted), parts[0], 1)
    if replaced:
        yield Number(words.FILES_REPLACED, replaced, parts[1], 1)
    yield Number(words.FILES_REJECTED, len(recap.rejected), parts[2], 1)
    if recap.absent is not None:
        yield Number(words.AGENCIES_MISSING, len(recap.absent), status(words.MISSING))
    for text, key in (
        (words.ERRORS, "errors"), (words.WARNINGS, "warnings"), (words.NOTES, "notes"), (words.ALL_ROOTS, "roots"),
    ):  # fmt: skip
        yield Number(text, sum(getattr(book, key) for book in counted), _total(agencies, key))
    clean = ""
    if agencies is not None:
        done = f'{agencies.range("status")},"{agencies.say(words.COUNTED)}"'
        clean = f"COUNTIFS({done},{agencies.range('errors')},0)"
    yield Number(words.AGENCIES_CLEAN, sum(1 for book in counted if not book.errors), clean)
    time = foremost(recap)
    if time is not None:
        yield from _of_foremost(recap, time, budget, performance)


def _of_foremost(recap: Recap, time: Time, budget: Sheet | None, performance: Sheet | None) -> Iterator[Number]:
    """Budget and capaian of the foremost period."""
    books = of_time(recap, time)
    sums, found = budget_sums(books), achieved(books)
    known = ""
    if budget is not None and budget.grid.rows:
        period = budget.grid.values("period")[0]
        last = budget.grid.totals[-1].period
        known = f'COUNTIFS({budget.range("period")},"{last or period}",{budget.range("pagu")},">=0")'
    yield Number(words.BUDGETS_KNOWN, sums.known, known)
    yield Number(words.PAGU, sums.pagu, _total(budget, "pagu"), 1)
    yield Number(words.SPENT, sums.realisasi, _total(budget, "realisasi"), 1)
    yield Number(words.ALL_SHARE, sums.share, _total(budget, "share"), 1)
    yield Number(words.INDICATORS_KNOWN, len(found), _total(performance, "indicators"))
    yield Number(words.MEAN, mean(found), _total(performance, "mean"), 1)


def _total(sheet: Sheet | None, key: str) -> str:
    return "" if sheet is None or not sheet.grid.totals else sheet.total(key)
