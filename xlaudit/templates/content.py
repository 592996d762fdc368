"""What stands in a template before staff fill it: settings and rows, from ``--agency``, ``--year`` or ``--from``."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

Value = str | Decimal
"""A text, or a figure: rupiah, percentage points, or the indicator's own satuan."""


@dataclass(frozen=True, slots=True)
class Content:
    """``settings`` by ``Setting.name``; ``rows`` by ``Form.key``, each row by the keys of its typed columns."""

    settings: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, tuple[dict[str, Value], ...]] = field(default_factory=dict)
