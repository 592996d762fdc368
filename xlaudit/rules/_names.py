"""What a finding says of the names by which figures were matched."""

from __future__ import annotations

from collections.abc import Iterable

from xlaudit.matching import similarity
from xlaudit.texts import Text

_SIMILAR = Text("The names are not quite the same (similarity {percent} %).")


def similar(name: str, others: Iterable[str]) -> Text | None:
    """How alike the names are; None where they are the same but for case, numbering and punctuation."""
    alike = min((similarity(name, other) for other in others), default=1.0)
    return _SIMILAR.fill(percent=int(alike * 100)) if alike < 1 else None
