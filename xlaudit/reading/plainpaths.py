"""Headings as their columns mean them: letters spelled out, units joined to what they measure, bare quarters told.

A letter or a unit says nothing by itself. What it means shows in the columns beside it: *T*, *R* and *%* under one
heading are target, realisasi and percentage; a *(%)* alone under its heading is the unit of what that one names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from xlaudit.schemas.columns import Meaning, meaning, period_of
from xlaudit.schemas.words import concepts, words
from xlaudit.tables import Measure

Path = tuple[str, ...]
_LETTERS = {"t": "Target", "r": "Realisasi", "c": "Capaian"}
_RESULTS = {"realisasi", "realisasi_kinerja", "capaian", "persen", "share", "sisa"}
_FEWEST_QUARTERS = 2


def plain(paths: Mapping[int, Path]) -> dict[int, Path]:
    """The same paths with letters spelled out and lone units joined to the heading above them."""
    groups = Counter(path[:-1] for path in paths.values() if path)
    letters: dict[Path, set[str]] = {}
    for path in paths.values():
        if path:
            letters.setdefault(path[:-1], set()).add(_letter(path[-1]))

    units = sum(1 for path in paths.values() if path and concepts(path[-1]) == {"satuan"})

    def told(path: Path) -> Path:
        if not path:
            return path
        beside = letters[path[:-1]]
        if _letter(path[-1]) in _LETTERS and "r" in beside and len(beside - {""}) > 1:
            return (*path[:-1], _LETTERS[_letter(path[-1])])
        if len(path) > 1 and groups[path[:-1]] == 1:
            if concepts(path[-1]) == {"persen"}:
                return (*path[:-2], f"{path[-2]} {path[-1]}")
            if units > 1 and concepts(path[-1]) == {"satuan"} and _measures(path[-2]):
                return path[:-1]
        return path

    return {column: told(path) for column, path in paths.items()}


def _measures(text: str) -> bool:
    told = meaning((text,))
    return told is not None and told.measure is not Measure.TEXT


def _letter(text: str) -> str:
    """The lone letter or percent sign that a heading is; empty for any other."""
    spelled = words(text)
    return spelled[0] if len(spelled) == 1 and len(spelled[0]) == 1 else ""


def bare_quarters(paths: Mapping[int, Path], known: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """Columns headed by nothing but their quarter or semester, as in a rencana aksi.

    Beside a result of the year they tell what was reached; else what is planned.
    """
    found: dict[int, str] = {}
    for column, path in paths.items():
        period = "" if column in known else period_of(path)
        if period.startswith(("tw", "smt")) and meaning(path) is None:
            found[column] = period
    if len(set(found.values())) < _FEWEST_QUARTERS:
        return {}
    results = any(what.role in _RESULTS and not what.period.startswith(("tw", "smt")) for what in known.values())
    goal = Meaning("realisasi") if results else Meaning("target", measure=Measure.QUANTITY)
    return {column: replace(goal, period=period) for column, period in found.items()}
