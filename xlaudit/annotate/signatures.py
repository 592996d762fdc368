"""Digital signatures of a whole package, which no change of a signed part survives (ECMA-376 Part 2, 10).

The signature of macros (``vbaProjectSignature.bin``) is over the macros alone and stays valid.
"""

from __future__ import annotations

from pathlib import Path

from xlaudit.annotate.package import Package
from xlaudit.errors import BadUsage, UnreadableWorkbook

_ORIGIN = b"/package/2006/relationships/digital-signature/origin"
_RELATIONS = "_rels/.rels"


def has_signature(package: Package) -> bool:
    """Whether a package carries a digital signature."""
    try:
        return _ORIGIN in package.read(_RELATIONS)
    except UnreadableWorkbook:
        return False


def is_signed(source: Path) -> bool:
    """Likewise of a file; False also for what cannot be read at all."""
    try:
        return has_signature(Package(source))
    except (UnreadableWorkbook, BadUsage):
        return False
