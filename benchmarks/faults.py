"""Spoils one figure of a consistent workbook in the way a hand does; keeps the right value to compare with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from documents import Document
from figures import Fig, printed, reckon, recompute, violated
from manners import as_text
from plans import SCALES, Line


@dataclass
class Fault:
    """What was done. ``causes`` are the names that say it rightly; ``rivals`` other cells that could mend it all."""

    name: str
    figure: Fig
    right: Fraction
    causes: tuple[str, ...]
    rivals: tuple[Fig, ...] = ()
    word: tuple[str, str] | None = None
    """For a wrong category its cell."""
    pinned: bool = False
    """Whether an exact figure, not only a percentage, tells what the value should be."""


Change = Callable[[random.Random, Document, Fig], Fraction | str | None]
Choice = Callable[[Fig], bool]


def _amount(figure: Fig) -> bool:
    return figure.measure == "amount" and figure.value > 0 and figure.value.denominator == 1


def _typed_sum(figure: Fig) -> bool:
    return _amount(figure) and figure.op == "sum" and len(figure.sources) > 2


def _share(figure: Fig) -> bool:
    return figure.op == "ratio" and figure.measure == "percent" and figure.sources[0].measure == "amount"


def _capaian(figure: Fig) -> bool:
    return figure.op in ("ratio", "lower") and figure.sources[0].measure == "quantity"


def _efficiency(figure: Fig) -> bool:
    return figure.op in ("difference", "relative")


def _digits(figure: Fig) -> str:
    return str(int(abs(figure.value) * 10**figure.places)) if figure.measure != "amount" else str(int(figure.value))


def _back(figure: Fig, digits: str) -> Fraction:
    scale = 1 if figure.measure == "amount" else 10**figure.places
    return Fraction(int(digits or "0"), scale)


def transpose(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    digits = _digits(figure)
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
    if not places:
        return None
    i = chance.choice(places)
    return _back(figure, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])


def drop(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    digits = _digits(figure)
    significant = len(digits.rstrip("0"))
    if len(digits) < 3 or significant == 0:
        return None
    i = chance.randrange(significant)
    shorter = digits[:i] + digits[i + 1 :]
    return None if shorter.startswith("0") else _back(figure, shorter)


def double(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    digits = _digits(figure)
    i = chance.randrange(len(digits.rstrip("0")) or 1)
    return _back(figure, digits[: i + 1] + digits[i:])


def mistype(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    digits = _digits(figure)
    i = chance.randrange(len(digits.rstrip("0")) or 1)
    other = chance.choice([d for d in "0123456789" if d != digits[i] and (d != "0" or i)])
    return _back(figure, digits[:i] + other + digits[i + 1 :])


def any_digit(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    return chance.choice((transpose, drop, double, mistype))(chance, made, figure)


def ten(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    value = figure.value * chance.choice((Fraction(1, 10), 10))
    return value if value.denominator == 1 else None


def thousand(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    value = figure.value * chance.choice((Fraction(1, 1000), 1000))
    return value if value.denominator == 1 else None


def negative(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    return -figure.value


def neighbour(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    """The amount one row up or down, or beside."""
    sheet, a1 = figure.place
    column, row = a1.rstrip("0123456789"), int(a1.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    beside = [chr(ord(column[-1]) + step) for step in (-1, 1)]
    spots = {f"{column}{row - 1}", f"{column}{row + 1}"} | {f"{column[:-1]}{c}{row}" for c in beside}
    near = [f for f in made.figures if f.place[0] == sheet and f.place[1] in spots and f.measure == "amount"]
    values = [f.value for f in near if f.value != figure.value and f.value > 0 and f.value.denominator == 1]
    return chance.choice(values) if values else None


def omit(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    return figure.value - chance.choice(figure.sources).value


def count_twice(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    return figure.value + chance.choice(figure.sources).value


def off(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    """Any other figure of the same size."""
    return Fraction(int(figure.value * chance.randint(700, 1300) / 1000) + chance.randint(1, 999))


def shift_percent(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    return figure.value + Fraction(chance.choice((-1, 1)) * chance.randint(2, 900), 10**figure.places)


def shift_efficiency(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    """Beyond what three roundings explain; never in a lone row, which cannot tell by which form its table goes."""
    alike = [f for f in made.figures if f.op == figure.op and f.place[0] == figure.place[0]]
    if len(alike) < 2:
        return None
    return figure.value + Fraction(chance.choice((-1, 1)) * chance.randint(4, 900), 10**figure.places)


def fraction(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    """A fraction where the others are percentages: typed, so not under a percent format."""
    return None if made.style.fraction or made.style.sign else figure.value / 100


def malformed(chance: random.Random, made: Document, figure: Fig) -> str | None:
    """A separator one digit away from its place."""
    text = as_text(figure, made.style)
    mark = "," if made.style.english else "."
    places = [i for i, c in enumerate(text) if c == mark and 0 < i < len(text) - 1 and text[i - 1].isdigit()]
    places = [i for i in places if text[i + 1].isdigit()]
    if not places or figure.value < 10**6:
        return None
    i = places[-1] if len(places) == 1 else chance.choice(places[1:] if chance.random() < 0.7 else places)
    if i + 2 >= len(text) or not text[i + 2].isdigit():
        return None
    return text[:i] + text[i + 1] + mark + text[i + 2 :]


def other_way(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    """The formula of the other direction."""
    first, second = figure.sources[0].value, figure.sources[-1].value
    value = first / second * 100 if figure.op == "lower" else (2 * second - first) / second * 100
    scale = 10**figure.places
    return Fraction(round(value * scale), scale) if value > 0 else None


def copy_serapan(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    return figure.sources[-1].value


def dash_as_zero(chance: random.Random, made: Document, figure: Fig) -> Fraction | None:
    """A mean over one row more, as if a dash counted as 0."""
    count = len(figure.sources)
    scale = 10**figure.places
    return Fraction(round(figure.value * count / (count + 1) * scale), scale)


CLASSES: dict[str, tuple[Choice, Change, tuple[str, ...]]] = {
    "amount: digits swapped": (_amount, transpose, ("digit_transposed",)),
    "amount: digit dropped": (_amount, drop, ("digit_dropped",)),
    "amount: digit doubled": (_amount, double, ("digit_doubled",)),
    "amount: digit mistyped": (_amount, mistype, ("digit_mistyped",)),
    "amount: factor 10": (_amount, ten, ("factor_of_ten", "digit_dropped", "digit_doubled")),
    "amount: factor 1000": (_amount, thousand, ("factor_of_ten",)),
    "amount: sign": (_amount, negative, ("sign",)),
    "amount: neighbour copied": (lambda f: _amount(f) and f.op is None, neighbour, ("copied_neighbour",)),
    "amount: malformed": (_amount, malformed, ("separator",)),
    "total: child left out": (_typed_sum, omit, ("child_omitted",)),
    "total: child twice": (_typed_sum, count_twice, ("child_double_counted",)),
    "total: off": (_typed_sum, off, ("unexplained", "not_recomputed")),
    "sisa: digit": (lambda f: f.op == "minus" and _amount(f), any_digit, ()),
    "serapan %: off": (_share, shift_percent, ("not_recomputed", "digit_mistyped")),
    "serapan %: digit": (_share, any_digit, ()),
    "serapan %: fraction": (_share, fraction, ("percent_fraction", "factor_of_ten")),
    "capaian: off": (_capaian, shift_percent, ("not_recomputed", "digit_mistyped")),
    "capaian: other formula": (lambda f: _capaian(f) and f.op == "lower", other_way, ("other_direction",)),
    "target or realisasi: digit": (lambda f: f.measure == "quantity" and f.value > 0, any_digit, ()),
    "mean: off": (lambda f: f.op == "mean", shift_percent, ("not_recomputed", "digit_mistyped")),
    "mean: one row too many": (lambda f: f.op == "mean", dash_as_zero, ("not_recomputed",)),
    "efisiensi: off": (_efficiency, shift_efficiency, ("not_recomputed", "digit_mistyped")),
    "efisiensi: serapan copied": (_efficiency, copy_serapan, ("copied_neighbour",)),
    "declared column: digit": (lambda f: f.declared and f.op is not None, any_digit, ()),
    "declared column: source's": (lambda f: f.declared and f.op is None, any_digit, ()),
    "copy in another table": (lambda f: f.op == "copy" and f.value > 0, any_digit, ()),
}
CATEGORY = "kategori: wrong word"
NAMES = (*CLASSES, CATEGORY)


def spoil(made: Document, name: str, chance: random.Random) -> Fault | None:
    """Makes one slip of a class after which something no longer agrees; None where there is no place for it."""
    if name == CATEGORY:
        return _wrong_word(made, chance)
    choice, change, causes = CLASSES[name]
    places = [figure for figure in made.figures if not figure.live and choice(figure)]
    for figure in chance.sample(places, min(len(places), 12)):
        right = figure.value
        value = change(chance, made, figure)
        if value is None or value == right:
            continue
        if isinstance(value, str):
            figure.written = value
            return Fault(name, figure, right, causes)
        figure.value = value
        recompute(made.figures)
        wrong = violated(made.figures)
        if wrong:
            pinned = any(other.measure == "amount" for other in wrong)
            return Fault(name, figure, right, causes, tuple(rivals(made, figure)), pinned=pinned)
        figure.value = right
        recompute(made.figures)
    return None


def _wrong_word(made: Document, chance: random.Random) -> Fault | None:
    words = {word for scale in SCALES for word, _ in scale}
    found: list[tuple[Line, Fig]] = []
    for plan, line in made.lines():
        last, before = line.cells[-1], line.cells[-2]
        if plan.kind == "pengukuran_kinerja" and last in words and isinstance(before, Fig):
            found.append((line, before))
    if len(found) < 3:
        return None
    line, figure = chance.choice(found)
    scale = next(s for s in SCALES if {line.cells[-1] for line, _ in found} <= {word for word, _ in s})
    at = [word for word, _ in scale].index(str(line.cells[-1]))
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(scale)]
    line.cells[-1] = scale[chance.choice(near)][0]
    sheet, a1 = figure.place
    column = a1.rstrip("0123456789")
    return Fault(CATEGORY, figure, figure.value, (), word=(sheet, f"{chr(ord(column) + 1)}{a1[len(column):]}"))


def rivals(made: Document, spoiled: Fig) -> Iterator[Fig]:
    """The other typed figures of which one change would make everything agree again: the figures cannot tell."""
    wrong = sorted(violated(made.figures), key=lambda f: f.measure == "percent")
    pivot = wrong[0]
    for figure in _behind(pivot):
        if figure is spoiled or figure.live:
            continue
        kept = figure.value
        for value in _mending(made, pivot, figure):
            figure.value = value
            recompute(made.figures)
            if not violated(made.figures):
                yield figure
                break
        figure.value = kept
        recompute(made.figures)


def _behind(pivot: Fig) -> list[Fig]:
    """A figure and those it is computed from, through formulas also what these are computed from."""
    found = [pivot]
    for figure in found:
        if figure is pivot or figure.live:
            found += [source for source in figure.sources if source not in found]
    return found


def _mending(made: Document, pivot: Fig, figure: Fig) -> list[Fraction]:
    """Values of a figure that would make the pivot agree: its relation is linear, or one over the figure."""
    def reached() -> Fraction | None:
        recompute(made.figures)
        return reckon(pivot.op or "copy", [source.value for source in pivot.sources])

    base = reached()
    if base is None:
        return []
    if figure is pivot:
        return [printed(base, pivot.places, False)]
    kept = figure.value
    figure.value = kept + 1
    moved = reached()
    figure.value = kept
    if moved is None or moved == base:
        return []
    values = [kept + (pivot.value - base) / (moved - base)]
    if pivot.op in ("ratio", "lower") and kept and pivot.value:
        values.append(kept * base / pivot.value)
    places = 0 if figure.measure == "amount" else figure.places
    return [printed(v, places, cut) for v in values for cut in (False, True) if v > 0]
