"""Digital signatures of a whole package, which no change of a signed part survives (ECMA-376 Part 2, 10).

The signature of macros (``vbaProjectSignature.bin``) is over the macros alone and stays valid.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

_ORIGIN = b"/package/2006/relationships/digital-signature/origin"
_RELATIONS = "_rels/.rels"
_LARGEST = 1 << 20


def is_signed(source: Path) -> bool:
    """Whether a package carries a digital signature; False also for what cannot be read at all."""
    try:
        with zipfile.ZipFile(source) as archive, archive.open(_RELATIONS) as stream:
            return _ORIGIN in stream.read(_LARGEST)
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False
