"""What a resubmission changed, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlaudit import __version__
from xlaudit.changes import Comparison
from xlaudit.findings import Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.comparison_entries import ABOUT, HEADINGS, OF_FIGURES, Entry, Group, entries
from xlaudit.reports.words import SEVERITIES, answer_words, counted, one_line, shown, wrapped
from xlaudit.texts import Language, Text

_MANY = 20

TITLE = Text("resubmission compared")
_OLD = Text("Earlier: {path}")
_NEW = Text("Later: {path}")
_ASKED = Text("Figures changed as findings asked: {n}.")
_FOLLOWING = Text("Figures that follow from these: {n}.")
_EMPTY = Text("(blank)")
_MORE = Text("and {n} more (--all shows all)")
_BEFORE = Text("As it was: {counts}.")
_AFTER = Text("Now: {counts}.")
_FACTS = Text("stated {stated}, computed {computed}")
_CHANGED = Text("stated {stated} (formerly {before}), computed {computed}")
_NOW = Text("stated {before} → now {after}, computed {computed}")
_MOVED = Text("formerly {cell}")


class ComparisonText:
    """For reading on a terminal. ``show_all`` shortens nothing."""

    def __init__(self, *, show_all: bool = False) -> None:
        self._most = None if show_all else _MANY

    def render(self, found: Comparison, language: Language) -> str:
        """The comparison as lines, ending in a line break."""
        return "\n".join(self._lines(found, language)) + "\n"

    def _lines(self, found: Comparison, language: Language) -> Iterator[str]:
        yield f"xlaudit {__version__} · {TITLE.get(language)}"
        for text, outcome, counts in ((_OLD, found.old, _BEFORE), (_NEW, found.new, _AFTER)):
            yield f"  {text.fill(path=one_line(outcome.path)).get(language)}"
            yield f"    {counts.fill(counts=_counts(outcome, language)).get(language)}"
        for remark in found.new.remarks:
            yield from wrapped(remark.get(language), 4)
        for group, some in entries(found).items():
            if not found.by_record or group not in OF_FIGURES:
                yield from self._part(group, some, language)
        if found.by_record:
            return
        yield ""
        yield f"  {_ASKED.fill(n=len(found.asked)).get(language)}"
        yield f"  {_FOLLOWING.fill(n=len(found.following)).get(language)}"

    def _part(self, group: Group, some: Sequence[Entry], language: Language) -> Iterator[str]:
        if not some and group in (Group.CONTESTED, Group.WAIVED):
            return
        yield ""
        yield f"  {HEADINGS[group].fill(n=len(some)).get(language)}"
        if group in ABOUT and some:
            yield from wrapped(ABOUT[group].get(language), 4)
        for entry in some[: self._most]:
            yield from _finding(entry, language) if entry.finding is not None else [_plain(entry, language)]
        if self._most is not None and len(some) > self._most:
            yield f"    {_MORE.fill(n=len(some) - self._most).get(language)}"


def _finding(entry: Entry, language: Language) -> Iterator[str]:
    finding = entry.finding
    assert finding is not None
    severity = SEVERITIES[finding.severity].get(language)
    label = one_line(entry.label.get(language))
    yield f"    {severity} {_where(entry, language)} · {label}  [{finding.rule} {finding.name}]"
    facts = _facts(entry, language)
    if facts is not None:
        yield f"      {facts.get(language)}"
    said = answer_words(entry.answer, language)
    if said is not None:
        yield from wrapped(said.get(language), 6)
    if entry.verdict is not None and entry.group is not Group.CONTESTED:
        yield from wrapped(entry.verdict.get(language), 6)


def _facts(entry: Entry, language: Language) -> Text | None:
    before, after, computed = (shown(value, language) for value in (entry.before, entry.after, entry.computed))
    if computed is None:
        return None
    if entry.group is Group.FIXED and before != after:
        return _NOW.fill(before=before or _EMPTY, after=after or _EMPTY, computed=computed)
    if entry.group in (Group.OPEN, Group.CONTESTED) and before != after:
        return _CHANGED.fill(stated=after or _EMPTY, before=before or _EMPTY, computed=computed)
    stated = after or before
    return None if stated is None else _FACTS.fill(stated=stated, computed=computed)


def _plain(entry: Entry, language: Language) -> str:
    line = f"    {_where(entry, language)} · {one_line(entry.label.get(language))}"
    if entry.group is Group.SILENT:
        before, after = (shown(value, language) or _EMPTY.get(language) for value in (entry.before, entry.after))
        return f"{line}: {before} → {after}"
    return line if entry.verdict is None else f"{line} ({entry.verdict.get(language)})"


def _where(entry: Entry, language: Language) -> str:
    where = f"{one_line(entry.place.sheet)}!{entry.place.cell}"
    if entry.formerly is None:
        return where
    same_sheet = entry.formerly.sheet == entry.place.sheet
    cell = entry.formerly.cell if same_sheet else f"{one_line(entry.formerly.sheet)}!{entry.formerly.cell}"
    return f"{where} ({_MOVED.fill(cell=cell).get(language)})"


def _counts(outcome: Outcome, language: Language) -> str:
    return ", ".join(counted(severity, outcome.count(severity)).get(language) for severity in Severity)
