"""The rows of a table, kept as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import eq
from typing import NamedTuple, TypeVar, overload

from xlaudit.figures import Figure, Holding

_Of = TypeVar("_Of")
_Other = TypeVar("_Other")
_SHAPE = str.maketrans("12345678", "99999999")


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

    @overload
    def get(self, name: str, /) -> _Of | None: ...

    @overload
    def get(self, name: str, /, default: _Of | _Other) -> _Of | _Other: ...

    def get(self, name: str, /, default: _Of | _Other | None = None) -> _Of | _Other | None:
        at = self._columns.get(name)
        return default if at is None else at(self._index)

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
