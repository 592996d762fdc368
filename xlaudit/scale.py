"""Scales of kategori/predikat: from a capaian in percentage points to its label."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlaudit.cells import Area
from xlaudit.schemas.words import fold
from xlaudit.texts import Text


class Step(NamedTuple):
    """One class of a scale: its label and the capaian from which it applies."""

    label: str
    lower: Decimal


_word = lru_cache(maxsize=256)(fold)
"""Categories are a few words, said in every row."""


class Scale(NamedTuple):
    """The classes of a scale, best first. ``gap`` is the width of the holes that its print leaves between classes.

    ``sheet`` and ``area`` say where the workbook declares it; empty for a known scale. ``key`` is the word by which
    settings name a known scale.
    """

    name: Text
    steps: tuple[Step, ...]
    gap: Decimal = Decimal(0)
    sheet: str = ""
    area: Area | None = None
    key: str = ""

    def labels(self) -> frozenset[str]:
        """The labels, folded for comparison."""
        return frozenset(_word(step.label) for step in self.steps)

    @property
    def title(self) -> str:
        """The name as the template's *Identitas* offers it."""
        return self.name.id.removeprefix("skala ").strip()

    def agrees(self, other: Scale) -> bool:
        """Whether two scales give every capaian the same label."""
        mine, theirs = ([(fold(s.label), s.lower) for s in one.steps] for one in (self, other))
        return mine[:-1] == theirs[:-1] and mine[-1][0] == theirs[-1][0]

    def label(self, capaian: Decimal) -> str:
        """The label that a capaian deserves; the lowest one below every bound."""
        return next((step.label for step in self.steps if capaian >= step.lower), self.steps[-1].label)

    def accepts(self, capaian: Decimal, label: str) -> bool:
        """Whether a label is right; within a hole of the printed scale both neighbours are."""
        wanted = _word(label)
        if _word(self.label(capaian)) == wanted:
            return True
        return any(_word(s.label) == wanted and capaian < s.lower < capaian + self.gap for s in self.steps)


def _steps(*pairs: tuple[str, int]) -> tuple[Step, ...]:
    return tuple(Step(label, Decimal(lower)) for label, lower in pairs)


KNOWN = (
    Scale(
        Text("scale of Permendagri 86/2017"),
        _steps(("Sangat Tinggi", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", 0)),
        gap=Decimal(1),
        key="permendagri-86-2017",
    ),
    Scale(
        Text("scale Sangat Berhasil to Kurang Berhasil"),
        _steps(("Sangat Berhasil", 100), ("Berhasil", 75), ("Cukup Berhasil", 55), ("Kurang Berhasil", 0)),
        key="sangat-berhasil",
    ),
    Scale(
        Text("LAN scale of four classes"),
        _steps(("Sangat Berhasil", 85), ("Berhasil", 70), ("Cukup Berhasil", 55), ("Kurang Berhasil", 0)),
        key="lan-4",
    ),
)
"""Scales that reports use without printing them."""
