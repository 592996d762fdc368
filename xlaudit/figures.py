"""Figures as reading found them, cell by cell, and the columns that they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import NamedTuple, TypeVar, cast

from xlaudit.cells import Cell
from xlaudit.properties import cached_property

_NOTHING = Decimal(0)
_NOBODY_KNOWS = Decimal("NaN")
_AS_STORED = Decimal(1)
_Said = TypeVar("_Said")
_made = tuple.__new__  # in half the time, for the cells of figures are asked for again and again


class State(Enum):
    """What stands in a cell where a figure belongs. Blank, nil and not applicable are three things."""

    NUMBER = "number"
    BLANK = "blank"
    NIL = "nil"
    NOT_APPLICABLE = "not_applicable"
    TEXT = "text"
    MALFORMED = "malformed"
    AMBIGUOUS = "ambiguous"
    STACKED = "stacked"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"
    DATE = "date"


NUMBER, NIL, BLANK = State.NUMBER, State.NIL, State.BLANK
"""The states that are asked of every figure. Taking a member from its enum costs ten times as much as comparing with
it (until Python 3.12)."""


class Figure(NamedTuple):
    """What stands in one cell of a figure column.

    ``text`` is what was typed, for a number the literal that the file stores.
    ``value`` is in the unit of the measure (rupiah, percentage points, satuan), ``unit`` the size of the last
    digit shown in the same unit. ``finer``: the cell stores more digits than it shows.
    ``scale`` turns the number in the cell into ``value`` (100 for a fraction under a % format, 1000 for Rp ribu).
    ``readings`` are the possible values of a malformed or ambiguous text, likeliest first.
    """

    row: int
    column: int
    state: State
    text: str
    value: Decimal | None = None
    unit: Decimal = Decimal(1)
    finer: bool = False
    scale: Decimal = Decimal(1)
    formula: str | None = None
    as_text: bool = False
    percent_sign: bool = False
    prefix: str = ""
    suffix: str = ""
    style: str = ""
    readings: tuple[Decimal, ...] = ()
    from_merge: bool = False
    height: int = 1
    """How many rows the cell's merge covers."""

    @property
    def cell(self) -> Cell:
        return _made(Cell, (self.row, self.column))

    @property
    def filled(self) -> bool:
        return self.state is NUMBER

    @property
    def nil_or_filled(self) -> bool:
        """Whether the figure takes part in a sum: a number, or a dash standing for nothing."""
        return self.state is NUMBER or self.state is NIL

    @property
    def is_bound(self) -> bool:
        """Whether the figure is a bound (``>B``, ``≥ 80``, ``maks. 5``) and not a value."""
        prefix = self.prefix
        if not prefix:  # as nearly all are
            return False
        return any(sign in prefix for sign in "<>≥≤≈~") or prefix.lower().startswith(("min", "maks", "max"))

    @property
    def amount(self) -> Decimal:
        """The value, 0 for nil. Only for figures that are filled or nil."""
        return Decimal(0) if self.value is None else self.value


_formula_of, _value_of, _text_of, _state_of = map(attrgetter, ("formula", "value", "text", "state"))


class Plain(NamedTuple):
    """What the format of cells says of the numbers in them that are shown as they are stored, to the last digit."""

    unit: Decimal
    percent_sign: bool


class Cells(NamedTuple):
    """The cells of a column field by field, and by their styles what the plain numbers among them are like.

    All lists have an entry for each cell. Every style in ``plain`` is that of a plain number.
    """

    column: int
    rows: Sequence[int]
    numbers: list[Decimal | None]
    texts: list[str]
    formulas: list[str | None]
    styles: list[int]
    plain: Mapping[int, Plain]


_NO_CELLS = Cells(0, (), [], [], [], [], {})


class Holding:
    """The figures of a column from top to bottom, and what they have among them.

    Who looks at every row of a table does so by lists like these, which are made once: going over them, with ``map``,
    ``zip`` or ``in``, takes a fraction of what going over rows takes, and often what they have among them tells that
    there is nothing to look for. Nobody changes them.

    A large table has hundreds of thousands of figures, and nearly all are plain numbers that nobody asks for one by
    one: those stay fields of cells, until :meth:`at` or :attr:`figures` makes a ``Figure`` of them.
    """

    def __init__(self, made: list[Figure | None], cells: Cells = _NO_CELLS) -> None:
        """``made`` has None where the figure is a plain number, that of the cell in the same place."""
        self._made = made
        self._cells = cells
        all_plain = made.count(None) == len(made)
        self._places = [] if all_plain else [place for place, figure in enumerate(made) if figure is not None]
        """Where other figures than plain numbers stand."""
        self._others = [figure for figure in map(made.__getitem__, self._places) if figure is not None]

    def __len__(self) -> int:
        return len(self._made)

    def at(self, index: int) -> Figure:
        """The figure in one place, the same each time."""
        found = self._made[index]
        if found is None:
            column, rows, numbers, texts, formulas, styles, plain = self._cells
            unit, percent_sign = plain[styles[index]]
            found = self._made[index] = Figure(
                rows[index],
                column,
                NUMBER,
                texts[index],
                numbers[index],
                unit,
                formula=formulas[index],
                percent_sign=percent_sign,
            )
        return found

    @cached_property
    def figures(self) -> list[Figure]:
        """All figures: what columns tell is to be had for less."""
        return list(map(self.at, range(len(self._made))))

    @cached_property
    def values(self) -> list[Decimal | None]:
        """The values, None for what is no number."""
        return self._said(self._cells.numbers, _value_of)

    @cached_property
    def amounts(self) -> list[Decimal]:
        """What the figures count in a sum: 0 for nil, NaN where nobody knows.

        NaN goes through sums and products and equals nothing, so no sum that it takes part in is found to hold.
        """
        if self.states == {NUMBER}:  # as in most columns
            return cast(list[Decimal], self.values)
        return [
            value if value is not None else _NOTHING if state is NIL else _NOBODY_KNOWS
            for value, state in zip(self.values, self.kinds, strict=True)
        ]

    @cached_property
    def kinds(self) -> list[State]:
        """What stands in each cell."""
        return self._said([NUMBER] * len(self._made), _state_of)

    @cached_property
    def states(self) -> frozenset[State]:
        """What stands in the cells."""
        kinds = [figure.state for figure in self._others]
        numbers = kinds.count(NUMBER)  # nearly all: no need to hash each, which Enum does in Python
        others = [state for state in kinds if state is not NUMBER] if numbers < len(kinds) else []
        return frozenset((*others, NUMBER) if numbers or self._cells.plain else others)

    @cached_property
    def written(self) -> list[str | None]:
        """The formulas, None for what is none."""
        return self._said(self._cells.formulas, _formula_of)

    @cached_property
    def formulas(self) -> bool:
        """Whether a figure is computed by a formula."""
        return any(self.written)

    @cached_property
    def literals(self) -> list[str]:
        """What was typed (``Figure.text``)."""
        return self._said(self._cells.texts, _text_of)

    @cached_property
    def stored(self) -> list[Decimal | None]:
        """The numbers in the cells, whatever their scale; None for what is none, or is stored as a text."""
        return self._said(self._cells.numbers, _stored)

    def _said(self, cells: list[_Said], of_figure: Callable[[Figure], _Said]) -> list[_Said]:
        """What each figure says: a plain number what its cell does."""
        if not self._others:
            return cells
        if not self._cells.plain:
            return list(map(of_figure, self._others))
        found = cells.copy()
        for place, figure in zip(self._places, self._others, strict=True):
            found[place] = of_figure(figure)
        return found

    @cached_property
    def finer(self) -> bool:
        """Whether a cell stores more digits than it shows."""
        return any(figure.finer for figure in self._others)

    @cached_property
    def merged(self) -> bool:
        """Whether a cell is covered by a merge."""
        return any(figure.from_merge for figure in self._others)

    @cached_property
    def units(self) -> frozenset[Decimal]:
        """The sizes of the last digits that the numbers show."""
        plain = (plain.unit for plain in self._cells.plain.values())
        return frozenset((*plain, *{figure.unit for figure in self._others if figure.state is NUMBER}))

    @cached_property
    def scales(self) -> frozenset[Decimal]:
        """The scales of the numbers that no % sign or format leaves beyond doubt."""
        others = {f.scale for f in self._others if f.state is NUMBER and not f.percent_sign}
        bare = any(not plain.percent_sign for plain in self._cells.plain.values())
        return frozenset({*others, _AS_STORED} if bare else others)

    @cached_property
    def texts(self) -> bool:
        """Whether a figure is stored as a text."""
        return any(figure.as_text for figure in self._others)

    @cached_property
    def all_formulas(self) -> str:
        """The formulas, a line each: what none of them has in it need not be looked for in each."""
        return "\n".join(filter(None, self.written))

    @cached_property
    def computed(self) -> int:
        """How many formulas there are."""
        return len(self.written) - self.written.count(None)

    @cached_property
    def smallest(self) -> Decimal:
        """The smallest number; 0 where there is none."""
        values = self.amounts if self.states == {NUMBER} else (value for value in self.values if value is not None)
        return min(values, default=_NOTHING)

    @property
    def negative(self) -> bool:
        """Whether a figure is below zero."""
        return self.smallest < 0

    @cached_property
    def finest(self) -> Decimal | None:
        """The smallest unit of a number; None where there is none."""
        return min(self.units, default=None)

    @property
    def filled(self) -> bool:
        """Whether a figure is a number."""
        return NUMBER in self.states


def _stored(figure: Figure) -> Decimal | None:
    if figure.state is not NUMBER or figure.as_text or figure.value is None:
        return None
    return figure.value if figure.scale == _AS_STORED else figure.value / figure.scale


NOTHING_HELD = Holding([])
"""What a column holds of which no figures are read."""
