"""What is kept of a workbook after its audit so that others of the same office can be held against it: figures only."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlaudit.amounts import Interval
from xlaudit.cells import Cell
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.texts import Text


class Printed(NamedTuple):
    """One figure of an indicator, program or kegiatan.

    ``level`` is that of a program or kegiatan, empty for an indicator; ``spread`` the values that its digits leave
    open, ``said`` the figure as messages print it.
    """

    name: str
    level: str
    role: str
    year: int
    value: Decimal
    spread: Interval
    said: Text
    table: str
    sheet: str
    cell: Cell


class Results(NamedTuple):
    """All results that one table prints, in its order: name of the row, role, value.

    ``telling`` counts those that no two periods share by chance. ``quarter`` is the last one that title, sheet or
    columns name, 0 where they name none.
    """

    table: str
    sheet: str
    cell: Cell
    figures: tuple[tuple[str, str, Decimal], ...]
    telling: int
    quarter: int = 0


class Digest(NamedTuple):
    """A workbook's figures by which it can be held against others, and whose it is."""

    path: str
    identity: Identity = UNKNOWN
    printed: tuple[Printed, ...] = ()
    results: tuple[Results, ...] = ()


NO_DIGEST = Digest("")
