"""What a resubmission changed, as text and as data for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from xlaudit import __version__
from xlaudit.changes import Comparison, Line, Revised
from xlaudit.findings import Finding, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.json_report import Data, finding_data
from xlaudit.reports.words import SEVERITIES, counted, one_line, shown, wrapped
from xlaudit.texts import Language, Text, plural

SCHEMA = "xlaudit-comparison/1"
_MANY = 20

_TITLE = Text("resubmission compared")
_OLD = Text("Earlier: {path}")
_NEW = Text("Later: {path}")
_FIXED = Text("Fixed ({n})")
_OPEN = Text("Still open ({n})")
_COME = Text("New findings ({n})")
_SILENT = Text("Figures changed without a finding asking for it ({n})")
_SILENT_NOTE = Text("No finding concerned these cells, nor do they follow from another correction.")
_ASKED = Text("Figures changed as findings asked: {n}.")
_FOLLOWING = Text("Figures that follow from these: {n}.")
_ADDED = Text("Rows added ({n})")
_REMOVED = Text("Rows removed ({n})")
_TABLE = plural("a whole table, {n} row", "a whole table, {n} rows")
_ANSWER = Text("Response: {answer}")
_EMPTY = Text("(blank)")
_MORE = Text("and {n} more (--all shows all)")
_BEFORE = Text("As it was: {counts}.")
_AFTER = Text("Now: {counts}.")
_FACTS = Text("stated {stated}, computed {computed}")
_MOVED = Text("formerly {cell}")


def comparison_json(found: Comparison) -> str:
    """``xlaudit-comparison/1``: findings as in the report of an audit; sentences are Indonesian."""
    data: Data = {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "old": {"path": found.old.path, "summary": _numbers(found.old)},
        "new": {"path": found.new.path, "summary": _numbers(found.new)},
        "fixed": [_answered(finding, found) for finding in found.fixed],
        "open": [{"old": _answered(one, found), "new": _answered(other, found)} for one, other in found.open],
        "come": [_answered(finding, found) for finding in found.come],
        "figures": {
            "asked": [_revised(one) for one in found.asked],
            "following": [_revised(one) for one in found.following],
            "silent": [_revised(one) for one in found.silent],
        },
        "rows": {"added": [_line(one) for one in found.added], "removed": [_line(one) for one in found.removed]},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _answered(finding: Finding, found: Comparison) -> Data:
    return {**finding_data(finding), "answer": found.answers.get(finding.id)}


def _revised(one: Revised) -> Data:
    return {
        "label": one.label.id,
        "sheet": one.after_place.sheet,
        "cell": one.after_place.cell,
        "old_sheet": one.before_place.sheet,
        "old_cell": one.before_place.cell,
        "before": one.before,
        "after": one.after,
    }


def _line(one: Line) -> Data:
    return {"sheet": one.place.sheet, "cell": one.place.cell, "label": one.label, "rows": one.rows}


def _numbers(outcome: Outcome) -> dict[str, int]:
    return {str(severity): outcome.count(severity) for severity in Severity}


class ComparisonText:
    """For reading on a terminal. ``show_all`` shortens nothing."""

    def __init__(self, *, show_all: bool = False) -> None:
        self._most = None if show_all else _MANY

    def render(self, found: Comparison, language: Language) -> str:
        """The comparison as lines, ending in a line break."""
        return "\n".join(self._lines(found, language)) + "\n"

    def _lines(self, found: Comparison, language: Language) -> Iterator[str]:
        yield f"xlaudit {__version__} · {_TITLE.get(language)}"
        for text, outcome, counts in ((_OLD, found.old, _BEFORE), (_NEW, found.new, _AFTER)):
            yield f"  {text.fill(path=one_line(outcome.path)).get(language)}"
            yield f"    {counts.fill(counts=_counts(outcome, language)).get(language)}"
        yield from self._part(_COME, [self._finding(one, found, language) for one in found.come], language)
        yield from self._part(_OPEN, [self._finding(new, found, language, old) for old, new in found.open], language)
        yield from self._part(_FIXED, [self._finding(one, found, language) for one in found.fixed], language)
        yield from self._part(_SILENT, [[_change(one, language)] for one in found.silent], language, _SILENT_NOTE)
        yield from self._part(_ADDED, [[_row(one, language)] for one in found.added], language)
        yield from self._part(_REMOVED, [[_row(one, language)] for one in found.removed], language)
        yield ""
        yield f"  {_ASKED.fill(n=len(found.asked)).get(language)}"
        yield f"  {_FOLLOWING.fill(n=len(found.following)).get(language)}"

    def _part(
        self, heading: Text, entries: Sequence[Sequence[str]], language: Language, note: Text | None = None
    ) -> Iterator[str]:
        yield ""
        yield f"  {heading.fill(n=len(entries)).get(language)}"
        if note is not None and entries:
            yield from wrapped(note.get(language), 4)
        for entry in entries[: self._most]:
            yield from entry
        if self._most is not None and len(entries) > self._most:
            yield f"    {_MORE.fill(n=len(entries) - self._most).get(language)}"

    def _finding(
        self, finding: Finding, found: Comparison, language: Language, before: Finding | None = None
    ) -> list[str]:
        where = f"{one_line(finding.place.sheet)}!{finding.place.cell}"
        if before is not None and before.place != finding.place:
            where += f" ({_MOVED.fill(cell=before.place.cell).get(language)})"
        head = f"    {SEVERITIES[finding.severity].get(language)} {where} · {one_line(finding.label.get(language))}"
        lines = [f"{head}  [{finding.rule} {finding.name}]"]
        if finding.stated is not None and finding.computed is not None:
            stated, computed = shown(finding.stated, language), shown(finding.computed, language)
            lines.append(f"      {_FACTS.fill(stated=stated, computed=computed).get(language)}")
        answer = found.answers.get(finding.id) or (None if before is None else found.answers.get(before.id))
        if answer:
            lines += wrapped(_ANSWER.fill(answer=answer).get(language), 6)
        return lines


def _change(one: Revised, language: Language) -> str:
    before, after = (shown(value, language) or _EMPTY.get(language) for value in (one.before, one.after))
    where = f"{one_line(one.after_place.sheet)}!{one.after_place.cell}"
    return f"    {where} · {one_line(one.label.get(language))}: {before} → {after}"


def _row(one: Line, language: Language) -> str:
    size = "" if one.rows == 1 else f" ({_TABLE.fill(n=one.rows).get(language)})"
    return f"    {one_line(one.place.sheet)}!{one.place.cell} · {one_line(one.label)}{size}"


def _counts(outcome: Outcome, language: Language) -> str:
    return ", ".join(counted(severity, outcome.count(severity)).get(language) for severity in Severity)
