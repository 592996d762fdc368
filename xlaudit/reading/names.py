"""Defined names (ECMA-376 Part 1, 18.2.5 and 18.2.6): which cells a workbook calls by which name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlaudit.cells import Area, parse_area
from xlaudit.model import Sheet
from xlaudit.patterns import pattern
from xlaudit.reading.workbookpart import DefinedName

_MAX_TEXT = 256
_AREA = pattern(r"(?:'((?:[^']|'')+)'|([^\s'!\[\](),;:]+))!(\$[A-Z]{1,3}\$\d{1,7}(?::\$[A-Z]{1,3}\$\d{1,7})?)", re.I)


def defined_names(
    written: Iterable[DefinedName], sheets: tuple[Sheet, ...]
) -> dict[str, tuple[str, Area] | None]:
    """The names of the whole workbook, as spelled, with the sheet and the area that each stands for.

    None for a name that stands for anything else: ``#REF!`` after its cells were deleted, a formula, a
    constant, whole columns, several areas, relative addresses, cells of another file or of a sheet that
    is no worksheet. Names of one sheet only and names that the spreadsheet keeps for itself (``_xlnm.``)
    are left out. Case does not tell names apart; of two such the first counts.
    """
    known = {sheet.name.casefold(): sheet.name for sheet in sheets}
    found: dict[str, tuple[str, Area] | None] = {}
    seen: set[str] = set()
    for name, text, is_function in written:
        if not name or name.casefold().startswith("_xlnm.") or name.casefold() in seen:
            continue
        seen.add(name.casefold())
        found[name] = None if is_function else place(text, known)
    return found


def place(text: str, known: dict[str, str]) -> tuple[str, Area] | None:
    text = text.strip()
    match = _AREA.fullmatch(text) if len(text) <= _MAX_TEXT else None
    if match is None:
        return None
    sheet = known.get((match[1].replace("''", "'") if match[1] else match[2]).casefold())
    if sheet is None:
        return None
    try:
        return sheet, parse_area(match[3])
    except ValueError:  # a row or column beyond the grid
        return None
