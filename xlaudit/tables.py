"""Tables as reading recognised them: columns, rows and figures, every figure with its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, cast

from xlaudit.arithmetic import Expression, printed
from xlaudit.cells import Area, Cell
from xlaudit.texts import Text

_NOTHING = Decimal(0)
_NOBODY_KNOWS = Decimal("NaN")

OTHER = "lainnya"
"""The role of a column that only the arithmetic which the table declares asks for."""


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


class Measure(StrEnum):
    """What the figures of a column measure."""

    AMOUNT = "amount"
    """Rupiah."""
    PERCENT = "percent"
    """Percentage points."""
    QUANTITY = "quantity"
    """Target and realisasi of an indicator, in its own satuan."""
    TEXT = "text"


class Level(StrEnum):
    """What a row is in its table."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    ITEM = "item"
    TOTAL = "total"
    MEAN = "mean"
    RATIO = "ratio"
    DETAIL = "detail"
    NOTE = "note"
    """A line among the rows that carries a word, not figures to add: a predikat, a heading."""


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
        return Cell(self.row, self.column)

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


_formula_of, _is_text, _value_of, _state_of, _text_of, _is_finer, _is_merged = map(
    attrgetter, ("formula", "as_text", "value", "state", "text", "finer", "from_merge")
)
_DIGITS = str.maketrans("123456789", "000000000")
_label_of, _code_of, _level_of, _depth_of, _parent_of = map(
    attrgetter, ("label", "code", "level", "depth", "parent")
)
_figures_of, _texts_of, _is_orphan, _is_hidden, _number_of = map(
    attrgetter, ("figures", "texts", "orphan", "hidden", "number")
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. ``period`` is a year, ``tw1``...``tw4``, ``sebelum``, ``setelah`` or empty.

    ``part`` tells columns of one role and period apart that are parts of a whole (a source of funds, a kind of
    belanja); it is empty for the whole, and where there are no parts.
    """

    name: str
    role: str
    measure: Measure
    column: int
    header: str
    period: str = ""
    unit: Decimal = Decimal(1)
    part: str = ""
    hidden: bool = False


class Row(NamedTuple):
    """One data row. ``depth`` is 0 for the topmost level, None outside the hierarchy; ``parent`` a row's index."""

    index: int  # type: ignore[assignment]  # a tuple's own method, which no row needs
    number: int
    level: Level
    depth: int | None
    parent: int | None
    label: str
    code: str
    figures: dict[str, Figure]
    texts: dict[str, str]
    hidden: bool = False
    orphan: bool = False
    """The row's code belongs to a parent that the table does not show."""


class Declared(NamedTuple):
    """The arithmetic that a table declares for one of its columns, such as ``6=4/5*100``.

    ``target`` is the column's name, ``columns`` gives for every label in the expression the name of the column that
    bears it; a number without one is meant as such. ``text`` is what the cell says. ``numbered`` is false where no
    number of the column stands before the arithmetic: then only the figures can tell that it is meant as such.
    """

    target: str
    cell: Cell
    text: str
    expression: Expression
    columns: dict[str, str]
    numbered: bool = True

    def __str__(self) -> str:
        return f"{self.target} = {printed(self.expression, self.columns)}"


class Aside(NamedTuple):
    """A part of a sheet that was not read as data of a table, and why."""

    area: Area
    why: Text


class Holding:
    """The figures of a column from top to bottom, and what they have among them.

    Who looks at every row of a table does so by lists like these, which are made once: going over them, with ``map``,
    ``zip`` or ``in``, takes a fraction of what going over rows takes, and often what they have among them tells that
    there is nothing to look for. Nobody changes them.
    """

    def __init__(self, figures: list[Figure]) -> None:
        self.figures = figures

    @cached_property
    def values(self) -> list[Decimal | None]:
        """The values, None for what is no number."""
        return list(map(_value_of, self.figures))

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
        return list(map(_state_of, self.figures))

    @cached_property
    def states(self) -> frozenset[State]:
        """What stands in the cells."""
        kinds = self.kinds
        numbers = kinds.count(NUMBER)  # nearly all: no need to hash each, which Enum does in Python
        others = [state for state in kinds if state is not NUMBER] if numbers < len(kinds) else []
        return frozenset((*others, NUMBER) if numbers else others)

    @cached_property
    def written(self) -> list[str | None]:
        """The formulas, None for what is none."""
        return list(map(_formula_of, self.figures))

    @cached_property
    def formulas(self) -> bool:
        """Whether a figure is computed by a formula."""
        return any(self.written)

    @cached_property
    def literals(self) -> list[str]:
        """What was typed (``Figure.text``)."""
        return list(map(_text_of, self.figures))

    @cached_property
    def finer(self) -> bool:
        """Whether a cell stores more digits than it shows."""
        return any(map(_is_finer, self.figures))

    @cached_property
    def merged(self) -> bool:
        """Whether a cell is covered by a merge."""
        return any(map(_is_merged, self.figures))

    @cached_property
    def units(self) -> frozenset[Decimal]:
        """The sizes of the last digits that the numbers show."""
        return frozenset({figure.unit for figure in self.figures if figure.state is NUMBER})

    @cached_property
    def scales(self) -> frozenset[Decimal]:
        """The scales of the numbers that no % sign or format leaves beyond doubt."""
        return frozenset({f.scale for f in self.figures if f.state is NUMBER and not f.percent_sign})

    @cached_property
    def texts(self) -> bool:
        """Whether a figure is stored as a text."""
        return any(map(_is_text, self.figures))

    @cached_property
    def negative(self) -> bool:
        """Whether a figure is below zero."""
        return min(filter(None, self.values), default=_NOTHING) < 0

    @cached_property
    def finest(self) -> Decimal | None:
        """The smallest unit of a number; None where there is none."""
        return min(self.units, default=None)

    @property
    def filled(self) -> bool:
        """Whether a figure is a number."""
        return NUMBER in self.states


@dataclass(frozen=True)
class Table:
    """One recognised table on a sheet.

    ``labels``, ``codes``, ``levels``, ``parents``, ``texts``, ``figures`` and ``values`` are lists in the order of the
    rows, made once (see ``Holding``).
    """

    id: str
    kind: str
    sheet: str
    area: Area
    title: str
    columns: dict[str, Column]
    rows: tuple[Row, ...]
    header_rows: tuple[int, ...]
    year: int | None = None
    stage: str = ""
    """``sebelum`` or ``setelah`` where title or sheet speak of the plan before or after its revision, ``awal`` for
    an agreement that speaks of neither."""
    levels_from: str = ""
    """What told the levels: ``code``, ``numbering``, ``wording``, ``indent``, ``sums``, ..."""
    levels_fit: tuple[int, int] = (0, 0)
    """How many stated sums hold under these levels, and how many do not."""
    aside: tuple[Aside, ...] = ()
    """Rows and columns within the table's reach that were left aside."""
    guessed: bool = False
    """The columns have no headings; what they are was told by their contents. Such a table is judged by its own
    sums only, never against other tables."""
    mapped: bool = False
    """A mapping told what the columns are."""
    remarks: tuple[Text, ...] = ()
    declared: tuple[Declared, ...] = ()
    """What the header says of how columns follow from others, from left to right."""
    hidden: bool = False
    """Whether the sheet is hidden."""
    children: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _holding: dict[str, Holding] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What ``holding`` found; not taken along by ``replace``, nor is anything else that is found out once."""
    _texts: dict[str, list[str]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _of_levels: dict[tuple[Level, ...], list[Row]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def labels(self) -> list[str]:
        """The names of the rows."""
        return list(map(_label_of, self.rows))

    @cached_property
    def repeated_labels(self) -> frozenset[str]:
        """The names that several rows have, in lower case."""
        counted = Counter(map(str.lower, self.labels))
        return frozenset(name for name, times in counted.items() if times > 1)

    @cached_property
    def codes(self) -> list[str]:
        """The codes of the rows, empty where a row has none."""
        return list(map(_code_of, self.rows))

    @cached_property
    def levels(self) -> list[Level]:
        """What the rows are."""
        return list(map(_level_of, self.rows))

    @cached_property
    def parents(self) -> list[int | None]:
        """The indices of the rows to which the rows belong."""
        return list(map(_parent_of, self.rows))

    def texts(self, name: str) -> list[str]:
        """The texts of a column, empty where a row has none."""
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = [texts.get(name, "") for texts in map(_texts_of, self.rows)]
        return found

    def figures(self, name: str) -> list[Figure]:
        """The figures of a column; none where its figures are not read."""
        return self.holding(name).figures

    def values(self, name: str) -> list[Decimal | None]:
        """The values of a column's figures, None for what is no number."""
        return self.holding(name).values

    def holding(self, name: str) -> Holding:
        """The figures of a column and what they have among them; nothing where it has no figures."""
        found = self._holding.get(name)
        if found is None:
            found = self._holding[name] = Holding([some[name] for some in self._all_figures if name in some])
        return found

    @cached_property
    def by_number(self) -> dict[int, Row]:
        """The rows by their numbers on the sheet."""
        return {row.number: row for row in self.rows}

    @cached_property
    def _all_figures(self) -> list[dict[str, Figure]]:
        return list(map(_figures_of, self.rows))

    @cached_property
    def has_orphans(self) -> bool:
        """Whether the parent of a row is not shown."""
        return any(map(_is_orphan, self.rows))

    @cached_property
    def has_hidden(self) -> bool:
        """Whether a row is hidden."""
        return any(map(_is_hidden, self.rows))

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the rows on the sheet, which grow."""
        return list(map(_number_of, self.rows))

    @cached_property
    def depths(self) -> list[int | None]:
        """How deep the rows stand in the hierarchy, None outside of it."""
        return list(map(_depth_of, self.rows))

    @cached_property
    def code_shapes(self) -> list[str]:
        """The codes of the rows with 0 for every digit. There are few different ones: what a code is made of is asked
        once for each of these."""
        return [code.translate(_DIGITS) for code in self.codes]

    def with_number(self, columns: Iterable[Column]) -> list[bool]:
        """For every row whether one of the columns has a number in it."""
        found = [False] * len(self.rows)
        for column in columns:
            found = [one or value is not None for one, value in zip(found, self.values(column.name), strict=True)]
        return found

    def rows_of(self, *levels: Level) -> list[Row]:
        """The rows of some levels, in order."""
        found = self._of_levels.get(levels)
        if found is None:
            present = self._present.intersection(levels)
            pairs = zip(self.rows, self.levels, strict=True) if present else ()
            found = self._of_levels[levels] = [row for row, level in pairs if level in present]
        return found

    def indexes_of(self, *levels: Level) -> list[int]:
        """The places of the rows of some levels, in order."""
        present = self._present.intersection(levels)
        if len(present) == len(self._present):
            return list(range(len(self.levels)))
        return [index for index, level in enumerate(self.levels) if level in present] if present else []

    @cached_property
    def _present(self) -> frozenset[Level]:
        return frozenset(self.levels)

    def by_role(self, role: str) -> list[Column]:
        """All columns of a role, from left to right."""
        return list(self._by_role.get(role, ()))

    @cached_property
    def _by_role(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in sorted(self.columns.values(), key=lambda c: c.column):
            found.setdefault(column.role, []).append(column)
        return found

    def wholes(self, role: str) -> list[Column]:
        """The columns of a role that are no parts of another, from left to right."""
        return [column for column in self.by_role(role) if not column.part]

    def top_rows(self) -> list[Row]:
        """The rows of the topmost level, which a total adds up."""
        return self._top_rows

    @cached_property
    def _top_rows(self) -> list[Row]:
        return [row for row in self.rows if row.depth == 0]
