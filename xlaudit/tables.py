"""Tables as reading recognised them: columns, rows and figures, every figure with its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from operator import attrgetter
from typing import NamedTuple

from xlaudit.arithmetic import Expression, printed
from xlaudit.cells import Area, Cell
from xlaudit.texts import Text

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
        return self.state is State.NUMBER

    @property
    def nil_or_filled(self) -> bool:
        """Whether the figure takes part in a sum: a number, or a dash standing for nothing."""
        return self.state is State.NUMBER or self.state is State.NIL

    @property
    def is_bound(self) -> bool:
        """Whether the figure is a bound (``>B``, ``≥ 80``, ``maks. 5``) and not a value."""
        return any(sign in self.prefix for sign in "<>≥≤≈~") or self.prefix.lower().startswith(("min", "maks", "max"))

    @property
    def amount(self) -> Decimal:
        """The value, 0 for nil. Only for figures that are filled or nil."""
        return Decimal(0) if self.value is None else self.value


_formula_of, _is_text, _value_of = attrgetter("formula"), attrgetter("as_text"), attrgetter("value")


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


class Holding(NamedTuple):
    """What the figures of a column have among them, so that who looks for something else need not look at each."""

    states: frozenset[State]
    formulas: bool
    texts: bool
    """Whether a figure is stored as a text."""
    negative: bool

    @property
    def filled(self) -> bool:
        """Whether a figure is a number."""
        return State.NUMBER in self.states


@dataclass(frozen=True, slots=True)
class Table:
    """One recognised table on a sheet."""

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
    _by_role: dict[str, list[Column]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What ``by_role`` found; not taken along by ``replace``."""
    _holding: dict[str, Holding] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What ``holding`` found, likewise."""

    def figures(self, name: str) -> list[Figure]:
        """The figures of a column in row order, rows without one left out."""
        return [row.figures[name] for row in self.rows if name in row.figures]

    def holding(self, name: str) -> Holding:
        """What a column's figures have among them; nothing where it has no figures."""
        found = self._holding.get(name)
        if found is None:
            figures = self.figures(name)
            states = [figure.state for figure in figures]
            numbers = states.count(State.NUMBER)  # nearly all: no need to hash each, which Enum does in Python
            others = [state for state in states if state is not State.NUMBER] if numbers < len(states) else []
            found = self._holding[name] = Holding(
                frozenset((*others, State.NUMBER) if numbers else others),
                any(map(_formula_of, figures)),
                any(map(_is_text, figures)),
                min(filter(None, map(_value_of, figures)), default=Decimal(0)) < 0,
            )
        return found

    def by_role(self, role: str) -> list[Column]:
        """All columns of a role, from left to right."""
        if not self._by_role:
            for column in sorted(self.columns.values(), key=lambda c: c.column):
                self._by_role.setdefault(column.role, []).append(column)
        return list(self._by_role.get(role, ()))

    def wholes(self, role: str) -> list[Column]:
        """The columns of a role that are no parts of another, from left to right."""
        return [column for column in self.by_role(role) if not column.part]

    def top_rows(self) -> list[Row]:
        """The rows of the topmost level, which a total adds up."""
        return [row for row in self.rows if row.depth == 0]
