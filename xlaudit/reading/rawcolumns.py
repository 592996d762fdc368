"""What is known of the rows of a table before their level, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from xlaudit.model import CellStyle
from xlaudit.properties import cached_property
from xlaudit.reading.lines import Fields
from xlaudit.schemas.words import fold_all
from xlaudit.tables import BLANK, NUMBER, State, shapes_of

_PLAIN = CellStyle()
_SPACES_A_STEP = 3
"""Leading spaces that make one step of a cell format's indent."""
_Entry = TypeVar("_Entry")


@dataclass
class RawRows:
    """What is known of the rows of a table before their level: lists with an entry for each row."""

    labels: list[str]
    numbers: list[str]
    codes: list[str]
    column_ranks: list[int | None]
    steps: list[int]
    """How many columns to the right of the first one of its heading a row's name stands."""
    outlines: list[int]
    amounts: Mapping[str, Sequence[Decimal | None]]
    """The amount columns by name, 0 for nil, None where there is none."""
    kinds: Sequence[Sequence[State]]
    """The figure columns."""
    measured: Sequence[Sequence[State]]
    """Those with a target or a realisasi: a row that has one calls an indicator *Rata-rata lama sekolah*."""
    grouped: bool
    """Whether rows are named by their indikator or sasaran: then the next one without a number is a sibling."""
    named_in: list[int]
    """The columns of the cells that name the rows, 0 for none."""
    astray: set[int]
    """The rows that are named by a cell where no names stand."""
    fields: Callable[[int], Fields]
    """The cells of a column."""
    formats: Sequence[CellStyle]

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def folded(self) -> list[str]:
        """The labels in the form in which words are compared."""
        return fold_all(self.labels)

    @cached_property
    def shapes(self) -> list[str]:
        """What the codes are made of (``shapes_of``)."""
        return shapes_of(self.codes)

    @cached_property
    def uppers(self) -> list[bool]:
        """Which names are written in capitals."""
        return list(map(str.isupper, self.labels))

    @cached_property
    def styles(self) -> list[CellStyle]:
        """How the names look."""
        known = dict(enumerate(self.formats))
        naming = {column: self.fields(column).styles for column in set(self.named_in) if column}
        found = [naming[column][index] if column else -1 for index, column in enumerate(self.named_in)]
        return [known.get(style, _PLAIN) for style in found]

    @cached_property
    def indents(self) -> list[int]:
        """How far the names are moved in: steps of the format and leading spaces alike."""
        found = [style.indent * _SPACES_A_STEP for style in self.styles]
        naming = {column: self.fields(column).texts for column in set(self.named_in) if column}
        for index, column in enumerate(self.named_in):
            if column and naming[column][index][:1].isspace() and index not in self.astray:
                found[index] += _leading_spaces(naming[column][index])
        return found

    def blank(self) -> list[int]:
        """The rows without any figure."""
        if any(column.count(NUMBER) == len(column) for column in self.kinds):
            return []
        found = list(range(len(self)))
        for column in self.kinds:
            found = [index for index in found if column[index] is BLANK]
        return found


def _leading_spaces(text: str) -> int:
    bare = text.replace("\t", "    ").replace("\xa0", " ")
    return len(bare) - len(bare.lstrip(" "))


def picked(column: Sequence[_Entry], places: Sequence[int]) -> Sequence[_Entry]:
    """What a column has at some places, which ascend: mostly at all of them."""
    return column if len(places) == len(column) else [column[place] for place in places]
