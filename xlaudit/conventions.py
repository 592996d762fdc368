"""What an office may settle about its figures (RULES K4, K5, K12, T4, F1 to F3): each unsaid unless it says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xlaudit.relations import Mode
from xlaudit.scale import Scale

CAPS = (100, 110, 120, 150)
"""Upper limits that offices set on capaian (RULES K4)."""
NO_CAP = 0
"""What ``Conventions.cap`` is where capaian is said to have no limit."""


class EfficiencyForm(StrEnum):
    """How efisiensi is computed."""

    DIFFERENCE = "difference"
    """capaian − serapan (RULES F1)."""
    DIFFERENCE_FROM_100 = "difference-from-100"
    """The same, only where capaian is 100 or more; a dash below (RULES F2)."""
    RELATIVE = "relative"
    """(1 − serapan ÷ capaian) × 100 (RULES F3)."""


class ProgressForm(StrEnum):
    """How tingkat kemajuan is computed (RULES K12)."""

    RATIO = "ratio"
    """realisasi ÷ target akhir × 100."""
    DIFFERENCE = "difference"
    """realisasi − target akhir."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What was settled; None where nothing was said, and rules go by the figures themselves.

    ``cap`` is the upper limit of capaian in percent, ``NO_CAP`` where there is none.
    """

    scale: Scale | None = None
    cap: int | None = None
    rounding: Mode | None = None
    efficiency: EfficiencyForm | None = None
    progress: ProgressForm | None = None

    @property
    def caps(self) -> tuple[int, ...]:
        """The limits at which a capaian may have been cut: the one that was settled, else all that are usual."""
        if self.cap is None:
            return CAPS
        return () if self.cap == NO_CAP else (self.cap,)

    @property
    def limit(self) -> int | None:
        """The limit that was settled, None where there is none or nothing was said."""
        return self.cap or None


UNSAID = Conventions()
