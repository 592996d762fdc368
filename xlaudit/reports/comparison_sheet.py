"""A comparison as the sheet that stands beside the findings in an annotated workbook."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from xlaudit import __version__
from xlaudit.annotate import Compared, ComparedSheet
from xlaudit.changes import Comparison
from xlaudit.findings import Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.comparison_entries import WORDS, Entry, Group, entries
from xlaudit.reports.words import counted, one_line
from xlaudit.texts import Language, Text
from xlaudit.waivers import written

_EARLIER = Text("Earlier: {file} ({counts})")
_LATER = Text("Later: {file} ({counts})")
_URGENT = (Group.CONTESTED, Group.COME, Group.SILENT)


def compared_sheet(found: Comparison, language: Language, today: date | None = None) -> ComparedSheet:
    """Every entry as a line, what an auditor looks at first on top; ``today`` is the day of the comparison."""
    groups = entries(found)
    words = {group: WORDS[group].get(language) for group in Group}
    counts = " · ".join(f"{words[group]}: {len(some)}" for group, some in groups.items() if some)
    day = [] if today is None else [written(today).get(language)]
    heading = (
        "  ·  ".join((_side(_EARLIER, found.old, language), _side(_LATER, found.new, language))),
        "  ·  ".join((*day, f"xlaudit {__version__}")),
        counts,
    )
    return ComparedSheet(heading, tuple(_line(entry, language) for some in groups.values() for entry in some))


def _side(text: Text, outcome: Outcome, language: Language) -> str:
    counts = ", ".join(counted(severity, outcome.count(severity)).get(language) for severity in Severity)
    file = one_line(PurePath(outcome.path.replace("\\", "/")).name)
    return text.fill(file=file, counts=counts).get(language)


def _line(entry: Entry, language: Language) -> Compared:
    finding, formerly = entry.finding, ""
    if entry.formerly is not None:
        same_sheet = entry.formerly.sheet == entry.place.sheet
        formerly = entry.formerly.cell if same_sheet else f"{entry.formerly.sheet}!{entry.formerly.cell}"
    return Compared(
        result=WORDS[entry.group].get(language),
        sheet=entry.place.sheet,
        cell=entry.place.cell,
        label=entry.label.get(language),
        here=entry.here,
        urgent=entry.group in _URGENT,
        settled=entry.group in (Group.FIXED, Group.WAIVED),
        formerly=formerly,
        text="" if finding is None else finding.message.get(language),
        severity=None if finding is None else finding.severity.value,
        before=entry.before,
        after=entry.after,
        computed=entry.computed,
        remark="" if entry.verdict is None else entry.verdict.get(language),
        answer=entry.answer.text,
        status=entry.answer.word(language),
        id="" if finding is None else finding.id,
    )
