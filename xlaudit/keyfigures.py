"""The figures of a workbook that an overview of many is made of: its budget and the capaian of its indicators."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.texts import Text


class Quoted(NamedTuple):
    """A figure with the cells of one sheet that it stands in.

    Rupiah or percentage points. ``summed``: no cell prints it, it is the exact sum of the cells.
    """

    value: Decimal
    sheet: str
    cells: tuple[Cell, ...]
    summed: bool = False


class Budget(NamedTuple):
    """The budget of the year or period: ``pagu``, ``realisasi`` and ``sisa`` in rupiah, ``persen`` in points.

    ``persen`` and ``sisa`` are None where the table does not print them with its total. ``table`` is a table's id.
    """

    pagu: Quoted
    realisasi: Quoted
    persen: Quoted | None
    sisa: Quoted | None
    table: str


class Achieved(NamedTuple):
    """The capaian of one indicator in percentage points, and the predikat as it is printed beside it, else empty."""

    indicator: str
    capaian: Decimal
    sheet: str
    cell: Cell
    predikat: str = ""
    predikat_cell: Cell | None = None


class KeyFigures(NamedTuple):
    """What a workbook says of its budget and performance, nothing where that is not beyond doubt.

    ``no_budget`` and ``no_achieved`` say why there is none.
    """

    budget: Budget | None = None
    no_budget: Text | None = None
    achieved: tuple[Achieved, ...] = ()
    no_achieved: Text | None = None

    @property
    def capaian_sum(self) -> Decimal:
        """The sum of capaian, in percentage points."""
        return sum((one.capaian for one in self.achieved), Decimal(0))

    @property
    def mean(self) -> Fraction | None:
        """The plain mean of capaian over the indicators that have one, exactly; None without any."""
        return Fraction(self.capaian_sum) / len(self.achieved) if self.achieved else None


NO_KEY_FIGURES = KeyFigures()
