"""What reading made of a workbook and what it left aside: the tables, and every cell around them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from xlaudit.cells import MAX_ROWS, Area
from xlaudit.scale import Scale
from xlaudit.tables import Table
from xlaudit.texts import Text


class Role(StrEnum):
    """What a part of a sheet is, as reading sees it."""

    TITLE = "title"
    HEADER = "header"
    SCALE = "scale"
    ASIDE = "aside"
    FIGURES = "figures"
    """Figures outside every table."""
    TEXT = "text"
    """Text outside every table."""


class Part(NamedTuple):
    """A part of a sheet outside the data rows of its tables, and why it was not read as data.

    ``figures`` counts the cells in it that hold a number. ``table`` is the table it belongs to, if any.
    """

    sheet: str
    area: Area
    role: Role
    why: Text
    figures: int = 0
    table: str = ""


class Heard(NamedTuple):
    """A text that could be a column's heading; ``role`` is empty where none of its words is known."""

    cell: str
    text: str
    role: str


class NearMiss(NamedTuple):
    """A row that came nearest to being a table's header, and what it lacks."""

    sheet: str
    row: int
    heard: tuple[Heard, ...]
    lacks: Text


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the figures of one column are written.

    ``states`` counts the cells by what stands in them. ``typed`` are stored as numbers, ``formulas`` are computed
    by the sheet, ``as_text`` are texts, by their style (``1.234,56``). ``percent`` says in which scale
    percentages stand: ``points`` (98,5), ``sign`` (98,5 % or a % format), ``fraction`` (0,985), or empty.
    ``places`` are the decimals shown most, None where the column holds no figure.
    """

    states: dict[str, int]
    typed: int = 0
    formulas: int = 0
    as_text: dict[str, int] = field(default_factory=dict)
    percent: dict[str, int] = field(default_factory=dict)
    places: int | None = None
    scale: Decimal = Decimal(1)


class Sure(StrEnum):
    """How sure the levels of a table's rows are."""

    CERTAIN = "certain"
    """Every parent that can be compared is the sum of its children."""
    LIKELY = "likely"
    """Most are."""
    UNTESTED = "untested"
    """There is no sum to compare."""
    DOUBTFUL = "doubtful"
    """As many sums fail as hold, or more."""


class Told(NamedTuple):
    """By what the levels of a table were told, and how sure that is."""

    sure: Sure
    how: Text


class SeenCell(NamedTuple):
    """A cell as the office sees it: the text shown, and what of its look helps to find it again."""

    text: str
    number: bool = False
    bold: bool = False
    fill: str | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet as the office sees it.

    ``cells[row][column]`` hold what is shown. ``fate`` is ``tables``, ``scale``, ``ignored``, ``template`` (a sheet
    of the template itself), ``unread`` (figures, but no table) or ``nothing``. ``last`` is the last used row and
    column; rows beyond ``cut`` were not taken over.
    """

    name: str
    position: int
    visible: bool
    fate: str
    cells: dict[int, dict[int, SeenCell]]
    merges: tuple[Area, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    last: tuple[int, int]
    cut: int | None = None


class Excerpt(NamedTuple):
    """As much of a sheet as a page shows beside its findings.

    ``near`` are the rows to show at once: titles, column headings, totals, rows around the findings. The other rows of
    ``sheet.cells`` may be folded away. ``dropped`` are the runs of filled rows, first to last, that were not taken
    over. ``headings`` are the rows of column headings.
    """

    sheet: SeenSheet
    near: frozenset[int]
    headings: frozenset[int] = frozenset()
    dropped: tuple[tuple[int, int], ...] = ()

    def shows(self, row: int) -> bool:
        """Whether a row is taken over: it is filled and was, or it is blank and near."""
        if row in self.sheet.cells:
            return True
        place = bisect_right(self.dropped, (row, MAX_ROWS)) - 1
        return row in self.near and not (place >= 0 and row <= self.dropped[place][1])


@dataclass(frozen=True, slots=True)
class Survey:
    """One workbook as it was read. ``numbers``, ``levels`` and ``rounding`` go by the id of the table."""

    path: str
    template: tuple[str, str] | None
    tables: tuple[Table, ...]
    scales: tuple[Scale, ...]
    sheets: tuple[SeenSheet, ...]
    parts: tuple[Part, ...]
    missed: tuple[NearMiss, ...]
    numbers: dict[str, dict[str, Numbers]]
    levels: dict[str, Told]
    rounding: dict[str, str | None]
    remarks: tuple[Text, ...] = ()
    mapped: bool = False
