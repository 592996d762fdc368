"""Highlights: conditional formats that leave a cell's own style alone and go out with the finding.

ECMA-376 Part 1, 18.3.1.10 (cfRule): the lower the priority number, the more a rule weighs.
Every formula of ours holds ``N("xlaudit")=0``, which is always true: the mark that ``clean`` knows
them by, also after Excel or LibreOffice have written the sheet anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlaudit.annotate.marks import SEVERITIES, MarkSeverity
from xlaudit.annotate.sheets import SheetPart
from xlaudit.annotate.xmlscan import Element, escaped_formula, unescaped
from xlaudit.cells import Area, Cell, parse_area
from xlaudit.patterns import pattern

MARKER = 'N("xlaudit")=0'
"""The term in a rule's formula that says the rule is ours."""

_PER_RULE = 400
"""Cells in one rule: Excel writes no longer lists itself."""

_RULE = pattern(rb"<(?:[^\s<>:/]+:)?cfRule\b((?>(?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*))>")
_PRIORITY = pattern(rb"\spriority\s*=\s*[\"'](-?[0-9]+)[\"']")
_SQREF = pattern(rb"<(?:[^\s<>:/]+:)?sqref>([^<]*)<")


class Highlight(NamedTuple):
    """One cell to be highlighted, while ``formula`` is TRUE or, where it is None, always."""

    cell: Cell
    severity: MarkSeverity
    formula: str | None


def live_formula(check: str) -> str:
    """The formula of a live rule. A check that fails with an error has not come to agree."""
    return f"AND({MARKER},IFERROR({check},TRUE))"


def add_highlights(sheet: SheetPart, highlights: Sequence[Highlight], dxf: Mapping[str, int]) -> None:
    """Adds the rules, worst first. Rules of the file keep their order; see ``_first_priority``."""
    rules: list[tuple[str, MarkSeverity, str]] = []
    for severity in SEVERITIES:
        chosen = [item for item in highlights if item.severity == severity]
        steady = list(dict.fromkeys(item.cell.a1 for item in chosen if item.formula is None))
        for start in range(0, len(steady), _PER_RULE):
            cells = " ".join(steady[start : start + _PER_RULE])
            rules.append((cells, severity, f"AND({MARKER},TRUE)"))
        rules += [(item.cell.a1, severity, live_formula(item.formula)) for item in chosen if item.formula]
    first = _first_priority(sheet, [item.cell for item in highlights], len(rules))
    outer, inner, formula = (sheet.root.qualified(n) for n in ("conditionalFormatting", "cfRule", "formula"))
    text = "".join(
        f'<{outer} sqref="{cells}"><{inner} type="expression" dxfId="{dxf[severity]}"'
        f' priority="{first + number}"><{formula}>{escaped_formula(check)}</{formula}></{inner}></{outer}>'
        for number, (cells, severity, check) in enumerate(rules)
    )
    sheet.insert("conditionalFormatting", text)


def _first_priority(sheet: SheetPart, cells: Sequence[Cell], rules: int) -> int:
    """The priority number of our first rule.

    Where rules of the file reach a flagged cell they are moved down by the number of ours, in their
    order; else ours simply follow, and nothing is changed. Rules of a pivot table are never moved:
    the pivot table refers to them by their priority ([MS-OI29500], conditionalFormat).
    """
    data = sheet.part.edits.data
    table = sheet.child("sheetData")
    start = table.end if table else sheet.root.inner
    found = [
        (int(match[1]), match.start(1), match.end(1))
        for rule in _RULE.finditer(data, start)
        if (match := _PRIORITY.search(data, *rule.span(1)))
    ]
    if not found:
        return 1
    formats = [child for child in sheet.children if child.local == "conditionalFormatting"]
    pivot = any(child.get("pivot") in ("1", "true") for child in formats)
    if pivot or not _reached(sheet, formats, cells):
        return max(1, max(priority for priority, _, _ in found) + 1)
    least = min(priority for priority, _, _ in found)
    if least > rules:
        return 1
    by = rules + 1 - least
    for priority, at, end in found:
        sheet.part.edits.replace(at, end, str(priority + by))
    return 1


def _reached(sheet: SheetPart, formats: Sequence[Element], cells: Sequence[Cell]) -> bool:
    """Whether a rule of the file, in the extension list too, covers one of the cells."""
    lists = [child.get("sqref") for child in formats]
    extension = sheet.child("extLst")
    if extension is not None:
        found = _SQREF.finditer(sheet.part.edits.data, extension.start, extension.end)
        lists += [unescaped(match[1]) for match in found]
    areas: list[Area] = []
    for reference in " ".join(lists).split():
        try:
            areas.append(parse_area(reference))
        except ValueError:
            return True  # whole columns and the like: taken to reach everything
    return any(area.holds(*cell) for area in areas for cell in cells)
