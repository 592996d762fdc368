"""Tables as reading recognised them: columns, rows and figures, every figure with its address."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from xlaudit.arithmetic import Expression, printed
from xlaudit.cells import Area, Cell
from xlaudit.figures import BLANK as BLANK
from xlaudit.figures import NIL as NIL
from xlaudit.figures import NOTHING_HELD
from xlaudit.figures import NUMBER as NUMBER
from xlaudit.figures import Figure as Figure
from xlaudit.figures import Holding as Holding
from xlaudit.figures import State as State
from xlaudit.properties import cached_property
from xlaudit.rows import Level as Level
from xlaudit.rows import Row as Row
from xlaudit.rows import Rows as Rows
from xlaudit.rows import shapes_of as shapes_of
from xlaudit.texts import Text

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
