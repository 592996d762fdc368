"""The blanks that forms print to be filled in: ``……``, ``____``, ``(diisi nama program)``, ``Rp. …….,-``, ``xxx``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlaudit.patterns import pattern
from xlaudit.schemas.words import fold

_DOTS = pattern(r"(?:rp\.?\s*)?([.…_\s]*[.…_])\s*(?:,-|,00|%)?", re.IGNORECASE)
_TOLD = pattern(r"[(\[<{]\s*(?:di ?isi|isi|isikan|tulis|tuliskan|sebutkan)\b[^()\[\]<>{}]*[)\]>}]")
_NAMED = pattern(r"[\[<]\s*(?:nama|uraian|target|jumlah|angka|satuan)\b[^()\[\]<>{}]*[\]>]")
_CROSSES = pattern(r"(?:rp\.?\s*)?(?:x{3,}|x{1,3}(?:[.,]x{3})+)(?:,-|,x+|%)?")
_SIGN = pattern(r"[.…_(\[<{]|xx", re.IGNORECASE)
"""What every such blank has; most names have none of it, and looking for it is cheap."""
_SIGNS = (*".…_([{<", "xx")
"""The same one by one, in small letters."""
_AT_ONCE = 250
_LEAST = 3
_SURE = 4


def dots(text: str) -> int:
    """How many dots or strokes a text has that is nothing else; 0 for any other text. An ellipsis counts three."""
    match = _DOTS.fullmatch(text.strip())
    return 0 if match is None else sum(3 if sign == "…" else 1 for sign in match[1] if not sign.isspace())


def looks_unfilled(text: str) -> bool:
    """Whether a text has anything of such a blank; without, neither of the careful looks finds one."""
    return _SIGN.search(text) is not None


def which_look_unfilled(texts: Sequence[str]) -> list[int]:
    """The places of those texts, counted from 0, that look so.

    Most have no such sign, and that is soon seen of many at once.
    """
    found: list[int] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        whole = "\n".join(some).lower()
        if any(sign in whole for sign in _SIGNS):
            found += (start + place for place, text in enumerate(some) if looks_unfilled(text))
    return found


def surely_unfilled(text: str) -> bool:
    """Whether a text is a blank to be filled in wherever it stands.

    Three dots are not: offices write them for *nothing* and for *and so on*. Nor are dots in brackets, on which
    somebody signs.
    """
    if not looks_unfilled(text):
        return False
    folded = " ".join(text.lower().split())
    told = _TOLD.fullmatch(folded) or _NAMED.fullmatch(folded) or _CROSSES.fullmatch(folded)
    return bool(told) or dots(text) >= _SURE or (dots(text) >= _LEAST and set(fold(text)) == {"_"})


def maybe_unfilled(text: str) -> bool:
    """Whether a text is such a blank where a name belongs."""
    return surely_unfilled(text) or dots(text) >= _LEAST
