"""The settings as values, one field for each section of the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlaudit.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the audit of a workbook. Sections and keys are named as the fields are."""

    limits: Limits = field(default_factory=Limits)


DEFAULT = Settings()
