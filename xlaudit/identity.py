"""Whose workbook it is and for which time, as far as the workbook says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from xlaudit.cells import Cell

PERIODS = ("tahunan", "tw1", "tw2", "tw3", "tw4", "smt1", "smt2")
"""Periods of a report: the year, its quarters (*triwulan*), its halves (*semester*)."""


class Source(NamedTuple):
    """Where a part of an identity was read: the cell and the text in it."""

    sheet: str
    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says of itself; empty or None where it does not say, or says several things.

    ``agency`` is the office (*perangkat daerah*), ``government`` the *kabupaten*, *kota* or *provinsi* it belongs to,
    both as the workbook spells them. ``year`` is the year reported on, ``period`` one of ``PERIODS``. ``sources``
    says for ``agency``, ``government``, ``year`` and ``period`` where each was read.
    """

    agency: str = ""
    government: str = ""
    year: int | None = None
    period: str = ""
    sources: dict[str, Source] = field(default_factory=dict)


UNKNOWN = Identity()
