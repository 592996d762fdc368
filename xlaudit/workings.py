"""How the figures of the tables came about, as far as the cells tell: formulas that were computed again, figures
typed where formulas stand, and what does not show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from xlaudit.cells import Area, Cell


class Typed(NamedTuple):
    """A figure that was typed where the rest of its column has a formula.

    ``like`` is the nearest cell that has it, ``worth`` the number that the formula would give here, as the cell
    would store it; None where that cannot be told.
    """

    cell: Cell
    like: Cell
    worth: Decimal | None


class Stale(NamedTuple):
    """A formula whose stored value is not what its formula gives. ``stored`` and ``worth`` as the cell stores them."""

    cell: Cell
    stored: Decimal
    worth: Decimal


class Covered(NamedTuple):
    """A number in a cell that a merge covers, so that nobody sees it."""

    cell: Cell
    number: Decimal
    by: Area


class HiddenSheet(NamedTuple):
    """A sheet that does not show. ``very``: Excel's own menu does not list it. ``figures`` counts its numbers.

    ``used_by`` are the first cells of shown sheets whose formulas name it, each with its sheet.
    """

    name: str
    very: bool
    figures: int
    used_by: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Workings:
    """What reading found out of a workbook; by the id of the table, save ``hidden_sheets``.

    ``recomputed`` counts the formulas of the tables that give what is stored, ``hidden_columns`` are the columns of
    sheets, by the sheet's name.
    """

    typed: dict[str, tuple[Typed, ...]] = field(default_factory=dict)
    stale: dict[str, tuple[Stale, ...]] = field(default_factory=dict)
    recomputed: dict[str, int] = field(default_factory=dict)
    covered: dict[str, tuple[Covered, ...]] = field(default_factory=dict)
    hidden_columns: dict[str, frozenset[int]] = field(default_factory=dict)
    hidden_sheets: tuple[HiddenSheet, ...] = ()
    sheets: int = 0
    """How many sheets with figures show."""
