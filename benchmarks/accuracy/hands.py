"""What hands do to a workbook: each function makes one slip at a figure, or tells that it cannot be made there."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from documents import Document
from figures import Fig, printed, reckon
from manners import as_text
from plans import SCALES

from accuracy.relations import Word
from accuracy.truth import Truth

Slip = Callable[[random.Random, Document, Truth, Fig], "list[Fig] | None"]
"""Makes a slip; gives the figures that are wrong now. None, and nothing done, where it does not fit."""


def typed(figure: Fig, value: Fraction | None) -> list[Fig] | None:
    """Another value is typed into the cell, over a formula as well."""
    if value is None or value == figure.value:
        return None
    figure.value, figure.live = value, False
    return [figure]


def _digits(figure: Fig) -> str:
    """The digits of a figure as it is printed; those of a formula's exact result are rounded."""
    if figure.measure == "amount":
        return str(int(abs(figure.value)))
    return str(int(abs(printed(figure.value, figure.places, False)) * 10**figure.places))


def _back(figure: Fig, digits: str) -> Fraction:
    scale = 1 if figure.measure == "amount" else 10**figure.places
    return Fraction(int(digits or "0"), scale) * (-1 if figure.value < 0 else 1)


def _whole(figure: Fig) -> bool:
    return figure.measure != "amount" or figure.value.denominator == 1


def transpose(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    digits = _digits(figure)
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
    if not places or not _whole(figure):
        return None
    i = chance.choice(places)
    return typed(figure, _back(figure, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]))


def drop(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    digits = _digits(figure)
    significant = len(digits.rstrip("0"))
    if len(digits) < 3 or significant == 0 or not _whole(figure):
        return None
    i = chance.randrange(significant)
    shorter = digits[:i] + digits[i + 1 :]
    return None if shorter.startswith("0") else typed(figure, _back(figure, shorter))


def double(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    digits = _digits(figure)
    i = chance.randrange(len(digits.rstrip("0")) or 1)
    return typed(figure, _back(figure, digits[: i + 1] + digits[i:])) if _whole(figure) else None


def mistype(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    digits = _digits(figure)
    i = chance.randrange(len(digits.rstrip("0")) or 1)
    other = chance.choice([d for d in "0123456789" if d != digits[i] and (d != "0" or i)])
    return typed(figure, _back(figure, digits[:i] + other + digits[i + 1 :])) if _whole(figure) else None


def factor(of: int) -> Slip:
    """Zeros too many or missing; among percentages the mark at a wrong place."""

    def slip(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
        value = figure.value if figure.measure == "amount" else printed(figure.value, figure.places, False)
        value *= chance.choice((Fraction(1, of), of))
        if figure.measure != "percent" and value.denominator != 1:
            return None
        return typed(figure, value)

    return slip


def negative(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """A minus or parentheses too many, or lost."""
    return typed(figure, -figure.value) if figure.measure == "amount" else typed(
        figure, -printed(figure.value, figure.places, False)
    )


def malformed(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """A separator one digit away from its place."""
    text = as_text(figure, made.style)
    mark = "," if made.style.english else "."
    places = [i for i, c in enumerate(text) if c == mark and 0 < i < len(text) - 1 and text[i - 1].isdigit()]
    places = [i for i in places if text[i + 1].isdigit()]
    if not places or figure.value < 10**6 or figure.live or not _only_added_up(truth, figure):
        return None
    i = places[-1] if len(places) == 1 else chance.choice(places[1:] if chance.random() < 0.7 else places)
    if i + 2 >= len(text) or not text[i + 2].isdigit():
        return None
    figure.written, figure.text = text[:i] + text[i + 1] + mark + text[i + 2 :], True
    return [figure]


def _only_added_up(truth: Truth, figure: Fig) -> bool:
    """Whether no formula over a cell does anything but add it up: others would give #VALUE! for a text."""
    return all(user.op in ("sum", "mean") for user in truth.users.get(id(figure), ()) if user.live)


def _column(figure: Fig) -> tuple[str, int]:
    a1 = figure.place[1]
    letters = a1.rstrip("0123456789")
    return letters, int(a1[len(letters) :])


def neighbour(beside: bool) -> Slip:
    """The figure one row up or down, or one column beside, of the same kind of figure."""

    def slip(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
        column, row = _column(figure)
        if beside:
            spots = {f"{column[:-1]}{chr(ord(column[-1]) + step)}{row}" for step in (-1, 1)}
        else:
            spots = {f"{column}{row - 1}", f"{column}{row + 1}"}
        near = [f for f in made.figures if f.place[0] == figure.place[0] and f.place[1] in spots]
        values = [
            value
            for f in near
            if f.measure == figure.measure and f.value > 0
            and (value := printed(f.value, 2 if f.measure == "amount" else f.places, False)) != figure.value
        ]  # fmt: skip
        return typed(figure, chance.choice(values)) if values else None

    return slip


def swap(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """Target and realisasi, pagu and realisasi, each in the other's cell. ``figure`` is what follows from them."""
    one, two = figure.sources
    adjacent = one.place[0] == two.place[0] and _column(one)[1] == _column(two)[1]
    if one.live or two.live or one.value == two.value or not adjacent:
        return None
    one.value, two.value = two.value, one.value
    return [one, two]


def omit(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    return typed(figure, figure.value - chance.choice(figure.sources).value)


def count_twice(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    return typed(figure, figure.value + chance.choice(figure.sources).value)


def off(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """Any other figure of the same size."""
    if figure.measure == "amount":
        return typed(figure, Fraction(int(figure.value * chance.randint(700, 1300) / 1000) + chance.randint(1, 999)))
    shown = printed(figure.value, figure.places, False)
    most = max(3, int(abs(shown) * 10**figure.places) // 3)
    return typed(figure, shown + Fraction(chance.choice((-1, 1)) * chance.randint(2, most), 10**figure.places))


def short_range(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """The range of a formula ends a row too early or begins one too late."""
    columns = {_column(cell)[0] for cell in (*figure.sources, figure)}
    rows = [_column(cell)[1] for cell in figure.sources]
    if not figure.live or len(columns) > 1 or len(rows) < 3:
        return None
    figure.takes = figure.sources[:-1] if chance.random() < 0.7 else figure.sources[1:]
    return [figure]


def stale(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """The value stored with a formula is an old one, from before one of its sources was changed."""
    if not figure.live or figure.value == 0:
        return None
    old = [source.value for source in figure.sources]
    i = chance.randrange(len(old))
    old[i] = Fraction(old[i] * chance.randint(600, 1_400) // 1_000)
    value = reckon(figure.op or "copy", old)
    if value is None or value == figure.value:
        return None
    figure.value, figure.stale = value, True
    return [figure]


def before_revision(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """The budget as it was before it was revised."""
    printed_again = figure.sources if figure.op == "copy" else ()
    known = [old.value for now, old in made.revised if now is figure or now in printed_again]
    return typed(figure, known[0]) if known else None


def fraction(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """A fraction where the others are percentages: typed, so not under a percent format."""
    if made.style.fraction or made.style.sign:
        return None
    return typed(figure, printed(figure.value, figure.places, False) / 100)


def other_rounding(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """Rounded where the others are cut off, cut off where they are rounded: no slip at all."""
    due = reckon(figure.op or "copy", [source.value for source in figure.sources])
    return None if due is None or figure.live else typed(figure, printed(due, figure.places, not made.style.cut))


def mean_of_ratios(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """The mean of the percentages below, where the percentage of the sums is due; by formula where it had one."""
    over = figure.sources[-1]
    shares = []
    for part in over.sources if over.op == "sum" else ():
        shares += [f for f in truth.users.get(id(part), ()) if f.op == "ratio" and f.sources[-1] is part]
    shares = [share for share in shares if share.place[0] == figure.place[0]]
    if len(shares) < 2 or len(shares) != len(over.sources):
        return None
    if not figure.live:
        mean = reckon("mean", [share.value for share in shares])
        return typed(figure, None if mean is None else printed(mean, figure.places, made.style.cut))
    figure.takes, figure.by = tuple(shares), "mean"
    return [figure]


def other_way(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """The formula of the other direction."""
    if figure.op not in ("ratio", "lower"):
        return None
    other = "ratio" if figure.op == "lower" else "lower"
    value = reckon(other, [source.value for source in figure.sources])  # type: ignore[arg-type]
    if value is None or value <= 0:
        return None
    if not figure.live:
        return typed(figure, printed(value, figure.places, made.style.cut))
    figure.by = other  # type: ignore[assignment]
    return [figure]


def copy_serapan(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    alike = [f for f in made.figures if f.op == figure.op and f.place[0] == figure.place[0]]
    if len(alike) < 3:
        return None  # too few to tell by which form the table goes
    serapan = figure.sources[-1]
    if not figure.live:
        return typed(figure, printed(serapan.value, figure.places, made.style.cut))
    figure.takes, figure.by = (serapan,), "copy"
    return [figure]


def dash_as_zero(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """A mean over one row more, as if a dash counted as 0."""
    count = len(figure.sources)
    return typed(figure, printed(figure.value * count / (count + 1), figure.places, False))


def as_text_cell(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """A number typed as text: the sums over it pass it over."""
    added_up = any(user.live for user in truth.users.get(id(figure), ())) and _only_added_up(truth, figure)
    if figure.live or made.style.stored != "numbers" or figure.value == 0 or not added_up:
        return None
    figure.text = True
    return [figure]


def wrong_word(chance: random.Random, made: Document, truth: Truth, figure: Fig) -> list[Fig] | None:
    """The word of the class above or below."""
    words = [one for one in truth.constraints if isinstance(one, Word) and not one.others]
    if len(words) < 3:
        return None
    scale = next(s for s in SCALES if {one.line.cells[-1] for one in words} <= {word for word, _ in s})
    one = next((one for one in words if one.figure is figure), None)
    if one is None:
        return None
    at = [word for word, _ in scale].index(str(one.line.cells[-1]))
    one.line.cells[-1] = scale[chance.choice([i for i in (at - 1, at + 1) if 0 <= i < len(scale)])][0]
    return [figure]
