"""The totals of a recap, exactly, and how an exact figure goes into a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from xlaudit.keyfigures import Achieved
from xlaudit.recap.gather import Book, Recap, Time
from xlaudit.scale import KNOWN
from xlaudit.schemas.words import fold

EXCEL_DIGITS = 15
"""A cell holds so many digits of a number."""
_ROUND = Context(prec=EXCEL_DIGITS, rounding=ROUND_HALF_EVEN)
_MOST_LABELS = 8

BOUNDS = tuple(map(Decimal, (50, 75, 90, 100, 120)))
"""The classes of capaian: below 50, from 50 to below 75, ..., from 100 to 120, above 120."""


def in_cell(value: Decimal | Fraction) -> float:
    """The number as a cell holds it: exact up to 15 digits, beyond that rounded to 15."""
    if isinstance(value, Fraction):
        return value.numerator / value.denominator
    return float(_ROUND.plus(value))


def fits(value: Decimal) -> bool:
    """Whether a cell holds the number with all its digits."""
    return _ROUND.plus(value) == value


class Sums(NamedTuple):
    """What the budgets of agencies add up to: how many there are, pagu and realisasi in rupiah."""

    known: int
    pagu: Decimal
    realisasi: Decimal

    @property
    def share(self) -> Fraction | None:
        """Realisasi in percent of pagu; None without a pagu."""
        return Fraction(self.realisasi) * 100 / Fraction(self.pagu) if self.pagu else None


def budget_sums(books: Iterable[Book]) -> Sums:
    """The budgets that are known, added up."""
    budgets = [book.key_figures.budget for book in books]
    known = [budget for budget in budgets if budget is not None]
    zero = Decimal(0)
    return Sums(
        len(known),
        sum((budget.pagu.value for budget in known), zero),
        sum((budget.realisasi.value for budget in known), zero),
    )


def absorbed(book: Book) -> Fraction | None:
    """The serapan of an agency in percent: realisasi / pagu · 100."""
    return budget_sums([book]).share


def achieved(books: Iterable[Book]) -> list[Achieved]:
    """All indicators with a capaian."""
    return [one for book in books for one in book.key_figures.achieved]


def mean(found: Sequence[Achieved]) -> Fraction | None:
    """The plain mean of capaian over indicators."""
    return Fraction(sum((one.capaian for one in found), Decimal(0))) / len(found) if found else None


def by_class(found: Iterable[Achieved]) -> list[int]:
    """How many indicators fall into each class of ``BOUNDS``."""
    counts = [0] * (len(BOUNDS) + 1)
    for one in found:
        at = sum(1 for bound in BOUNDS[:-1] if one.capaian >= bound)
        counts[at + (one.capaian > BOUNDS[-1])] += 1
    return counts


class Labels:
    """The predikat in use, the best of a known scale first; rare ones beyond eight share a column."""

    def __init__(self, found: Iterable[Achieved]) -> None:
        used: Counter[str] = Counter()
        words: dict[str, str] = {}
        for one in found:
            if one.predikat:
                used[fold(one.predikat)] += 1
                words.setdefault(fold(one.predikat), one.predikat)
        usual = [fold(step.label) for scale in KNOWN for step in scale.steps]
        order = {label: place for place, label in enumerate(dict.fromkeys(usual))}
        kept = [label for label, _ in used.most_common(_MOST_LABELS)]
        kept.sort(key=lambda label: (order.get(label, len(order)), label))
        self.words = [words[label] for label in kept]
        self.others = len(used) > len(kept)
        self._kept = kept

    def count(self, found: Iterable[Achieved]) -> list[int]:
        """How many bear each of ``words``, then others where there are any, then those without a predikat."""
        used = Counter(fold(one.predikat) for one in found)
        none = used.pop("", 0)
        own = [used.pop(label, 0) for label in self._kept]
        return [*own, *([sum(used.values())] if self.others else []), none]


def foremost(recap: Recap) -> Time | None:
    """The year and period that the overview is for; None where nothing counts."""
    return recap.times[-1] if recap.times else None


def of_time(recap: Recap, time: Time) -> list[Book]:
    """The workbooks that count for a year and period."""
    return [book for book in recap.counted if book.time == time]


MOST_RANKED = 5


def most_errors(recap: Recap, most: int = MOST_RANKED) -> list[Book]:
    """The workbooks with the most errors; those without any are left out."""
    found = [book for book in recap.counted if book.errors]
    return sorted(found, key=lambda book: (-book.errors, -book.warnings))[:most]


def fewest_errors(recap: Recap, most: int = MOST_RANKED) -> list[Book]:
    """The others, with the fewest errors; of equal ones that first of which more was checked."""
    worst = {book.path for book in most_errors(recap)}
    found = [book for book in recap.counted if book.path not in worst]
    return sorted(found, key=lambda book: (book.errors, book.warnings, -book.checks))[:most]


def by_share(books: Iterable[Book]) -> list[Book]:
    """Those whose serapan is known, the lowest first."""
    known = [(share, book) for book in books if (share := absorbed(book)) is not None]
    return [book for _, book in sorted(known, key=lambda pair: pair[0])]


def by_mean(books: Iterable[Book]) -> list[Book]:
    """Those whose mean capaian is known, the lowest first."""
    known = [(value, book) for book in books if (value := book.key_figures.mean) is not None]
    return [book for _, book in sorted(known, key=lambda pair: pair[0])]


def lowest_and_highest(books: Sequence[Book], most: int = MOST_RANKED) -> tuple[list[Book], list[Book]]:
    """Of books in rising order the first and, from the top, the last, none in both."""
    low = list(books[:most]) if len(books) > 2 * most else list(books[: (len(books) + 1) // 2])
    high = list(books[max(len(low), len(books) - most) :])
    return low, high[::-1]
