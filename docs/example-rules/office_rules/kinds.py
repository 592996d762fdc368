"""Tables that only this office's agencies have."""

from __future__ import annotations

from xlaudit.schemas.kinds import Kind
from xlaudit.texts import both

SERVICES = Kind(
    name="office.services",
    title=both("Standar Pelayanan Minimal", "Minimum service standards"),
    required=(("indikator", "uraian"), ("target",), ("realisasi_kinerja",)),
    titles=("standar pelayanan minimal", "SPM"),
)
