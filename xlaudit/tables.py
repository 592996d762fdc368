"""Tables as reading recognised them: columns, rows and figures, every figure with its address."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import eq
from typing import NamedTuple, TypeVar, overload

from xlaudit.arithmetic import Expression, printed
from xlaudit.cells import Area, Cell
from xlaudit.figures import BLANK as BLANK
from xlaudit.figures import NIL as NIL
from xlaudit.figures import NOTHING_HELD
from xlaudit.figures import NUMBER as NUMBER
from xlaudit.figures import Figure as Figure
from xlaudit.figures import Holding as Holding
from xlaudit.figures import State as State
from xlaudit.texts import Text

_Of = TypeVar("_Of")

OTHER = "lainnya"
"""The role of a column that only the arithmetic which the table declares asks for."""


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


_SHAPE = str.maketrans("12345678", "99999999")


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
    figures: Mapping[str, Figure]
    texts: Mapping[str, str]
    hidden: bool = False
    orphan: bool = False
    """The row's code belongs to a parent that the table does not show."""


class _Across(Mapping[str, _Of]):
    """What the columns of a table have in one row, by the columns' names; looked up when asked for."""

    __slots__ = ("_columns", "_index")

    def __init__(self, columns: Mapping[str, Callable[[int], _Of]], index: int) -> None:
        self._columns = columns
        self._index = index

    def __getitem__(self, name: str) -> _Of:
        return self._columns[name](self._index)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def shapes_of(codes: Sequence[str]) -> list[str]:
    """The codes with 9 for every digit but 0: of these there are few different ones."""
    together = "\n".join(codes)
    found = together.translate(_SHAPE).split("\n") if together.isascii() else []
    return found if len(found) == len(codes) else [code.translate(_SHAPE) for code in codes]


_NO_PLACES: Mapping[str, Sequence[int]] = {}


class Rows(Sequence[Row]):
    """The rows of a table from top to bottom, kept as columns: a ``Row`` is made when it is asked for, and then kept.

    Large tables have hundreds of thousands of rows, of which hardly one is ever looked at by itself. All lists have
    an entry for each row, and nobody changes them.
    """

    def __init__(
        self,
        numbers: list[int],
        levels: list[Level],
        depths: list[int | None],
        parents: list[int | None],
        labels: list[str],
        codes: list[str],
        holdings: dict[str, Holding],
        texts: dict[str, list[str]],
        hidden: frozenset[int] = frozenset(),
        orphans: frozenset[int] = frozenset(),
        off: Mapping[str, Sequence[int]] = _NO_PLACES,
        folded: list[str] | None = None,
        shapes: list[str] | None = None,
    ) -> None:
        """``hidden`` and ``orphans`` are places of rows; the other lists are those of ``Row``, column by column.

        Reading knows more where it made the rows. ``off``: of some columns of amounts, by name, which parents are not
        the sum of those right below them, as far as these have figures. ``folded``: the labels as words are compared.
        ``shapes``: what the codes are made of.
        """
        self.numbers = numbers
        self.levels = levels
        self.depths = depths
        self.parents = parents
        self.labels = labels
        self.codes = codes
        self.holdings = holdings
        self.texts = texts
        self.hidden = hidden
        self.orphans = orphans
        self.off = off
        self.folded = folded
        self.shapes = shapes
        self._figures_at = {name: holding.at for name, holding in holdings.items()}
        self._texts_at = {name: column.__getitem__ for name, column in texts.items()}
        self._made: list[Row | None] = [None] * len(numbers)
        self._all: list[Row] | None = None

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Rows:
        """The columns of rows that are there already."""
        made = list(rows)
        figures = {name: None for row in made for name in row.figures}
        texts = {name: None for row in made for name in row.texts}
        found = cls(
            [row.number for row in made],
            [row.level for row in made],
            [row.depth for row in made],
            [row.parent for row in made],
            [row.label for row in made],
            [row.code for row in made],
            {name: Holding([row.figures[name] for row in made if name in row.figures]) for name in figures},
            {name: [row.texts.get(name, "") for row in made] for name in texts},
            frozenset(place for place, row in enumerate(made) if row.hidden),
            frozenset(place for place, row in enumerate(made) if row.orphan),
        )
        found._all = made
        return found

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if self._all is not None:
            return tuple(self._all[place]) if isinstance(place, slice) else self._all[place]
        if isinstance(place, slice):
            return tuple(map(self._row, range(*place.indices(len(self)))))
        return self._made[place] or self._row(range(len(self))[place])

    def __iter__(self) -> Iterator[Row]:
        if self._all is None:
            self._all = list(map(self._row, range(len(self))))
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def _row(self, index: int) -> Row:
        found = self._made[index]
        if found is None:
            found = self._made[index] = Row(
                index,
                self.numbers[index],
                self.levels[index],
                self.depths[index],
                self.parents[index],
                self.labels[index],
                self.codes[index],
                _Across(self._figures_at, index),
                _Across(self._texts_at, index),
                index in self.hidden,
                index in self.orphans,
            )
        return found


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
    rows: Sequence[Row]
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
    _of_levels: dict[tuple[Level, ...], list[Row]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What ``rows_of`` found; not taken along by ``replace``, nor is anything else that is found out once."""
    _places: dict[tuple[Level, ...], list[int]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _shaped: dict[frozenset[str], list[int]] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def _columns(self) -> Rows:
        """The rows as columns, as reading hands them over; others give rows that they made."""
        return self.rows if isinstance(self.rows, Rows) else Rows.of(self.rows)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @cached_property
    def labels(self) -> list[str]:
        """The names of the rows."""
        return self._columns.labels

    @property
    def known_folded(self) -> list[str] | None:
        """The names as words are compared, where reading has compared them; else None."""
        return self._columns.folded

    @cached_property
    def repeated_labels(self) -> frozenset[str]:
        """The names that several rows have, in lower case."""
        folded = self.known_folded
        if folded is not None and len(set(folded)) == len(folded):  # then no two are the same in lower case either
            return frozenset()
        lowered = list(map(str.lower, self.labels))
        if len(set(lowered)) == len(lowered):
            return frozenset()
        return frozenset(name for name, times in Counter(lowered).items() if times > 1)

    @cached_property
    def codes(self) -> list[str]:
        """The codes of the rows, empty where a row has none."""
        return self._columns.codes

    @cached_property
    def levels(self) -> list[Level]:
        """What the rows are."""
        return self._columns.levels

    @cached_property
    def parents(self) -> list[int | None]:
        """The indices of the rows to which the rows belong."""
        return self._columns.parents

    def texts(self, name: str) -> list[str]:
        """The texts of a column, empty where a row has none."""
        found = self._columns.texts.get(name)
        return [""] * len(self.rows) if found is None else found

    def figures(self, name: str) -> list[Figure]:
        """The figures of a column; none where its figures are not read."""
        return self.holding(name).figures

    def values(self, name: str) -> list[Decimal | None]:
        """The values of a column's figures, None for what is no number."""
        return self.holding(name).values

    def holding(self, name: str) -> Holding:
        """The figures of a column and what they have among them; nothing where it has no figures."""
        return self._columns.holdings.get(name, NOTHING_HELD)

    @cached_property
    def by_number(self) -> dict[int, Row]:
        """The rows by their numbers on the sheet."""
        return {row.number: row for row in self.rows}

    @cached_property
    def has_orphans(self) -> bool:
        """Whether the parent of a row is not shown."""
        return bool(self._columns.orphans)

    @cached_property
    def has_hidden(self) -> bool:
        """Whether a row is hidden."""
        return bool(self._columns.hidden)

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the rows on the sheet, which grow."""
        return self._columns.numbers

    @cached_property
    def depths(self) -> list[int | None]:
        """How deep the rows stand in the hierarchy, None outside of it."""
        return self._columns.depths

    @cached_property
    def code_shapes(self) -> list[str]:
        """What the codes of the rows are made of (``shapes_of``): asked once for each way that there is."""
        return self._columns.shapes or shapes_of(self.codes)

    @cached_property
    def shapes(self) -> Counter[str]:
        """These, each with the number of codes that are made so."""
        return Counter(self.code_shapes)

    def named(self, places: list[int]) -> list[int]:
        """Those of some places at which rows with a name stand."""
        return [place for place in places if self.labels[place]] if "" in self.labels else places

    def known_off(self, name: str) -> Sequence[int] | None:
        """The parents, by their places, that a column of amounts in every row does not add up to; None where reading
        found no such thing out."""
        return self._columns.off.get(name) if self.holding(name).states <= {NUMBER, NIL} else None

    def with_number(self, columns: Iterable[Column]) -> list[bool]:
        """For every row whether one of the columns has a number in it."""
        columns = list(columns)
        if any(self.holding(column.name).states == {NUMBER} for column in columns):
            return [True] * self.size
        found = [False] * self.size
        for column in columns:
            found = [one or value is not None for one, value in zip(found, self.values(column.name), strict=True)]
        return found

    def rows_of(self, *levels: Level) -> list[Row]:
        """The rows of some levels, in order."""
        found = self._of_levels.get(levels)
        if found is None:
            found = self._of_levels[levels] = [self.rows[index] for index in self.indexes_of(*levels)]
        return found

    def indexes_of(self, *levels: Level) -> list[int]:
        """The places of the rows of some levels, in order."""
        found = self._places.get(levels)
        if found is None:
            present = self._present.intersection(levels)
            pairs = enumerate(self.levels) if present else ()
            found = self._places[levels] = [index for index, level in pairs if level in present]
        return found

    def shaped(self, shapes: frozenset[str]) -> list[int]:
        """The places of the rows whose codes are made in one of these ways (``code_shapes``), in order."""
        found = self._shaped.get(shapes)
        if found is None:
            found = [index for index, shape in enumerate(self.code_shapes) if shape in shapes]
            self._shaped[shapes] = found
        return found

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

    def row_at(self, number: int) -> Row | None:
        """The row with a number on the sheet; None where that is none of the table's."""
        index = bisect_left(self.numbers, number)
        return self.rows[index] if index < self.size and self.numbers[index] == number else None

    @cached_property
    def top(self) -> list[int]:
        """The places of the rows of the topmost level."""
        return [index for index, depth in enumerate(self.depths) if depth == 0]

    def top_rows(self) -> list[Row]:
        """The rows of the topmost level, which a total adds up."""
        return self._top_rows

    @cached_property
    def _top_rows(self) -> list[Row]:
        return [self.rows[index] for index in self.top]
