"""Where all agencies stand, as a table for a terminal; and one agency's findings, each with since when."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from xlaudit import __version__
from xlaudit.findings import SEVERITY_ORDER, Severity
from xlaudit.identity import Identity
from xlaudit.overview import Group, Line, Overview
from xlaudit.reports.words import KINDS, SEVERITIES, counted, one_line, period_words, shown, wrapped
from xlaudit.standing import REPORT, Noted, Standing, Submission
from xlaudit.texts import Language, Text, both, plural, same, sense, sentences

_NONE = "–"
_LONGEST = 40
"""Letters of a name in one line of the table."""

TITLE = Text("ledger")
_NOTHING = Text("Nothing is recorded for this.")
_NO_YEAR = Text("Year not told")
_AGENCY = Text("Agency")
_CAME = sense("status", "Submitted")
_TIMES = sense("status", "Submissions")
_ERRORS = sense("status", "Errors")
_WARNINGS = sense("status", "Warnings")
_SINCE = Text("Open since")
_FIXED = sense("status", "Fixed")
_MISSING = plural("Not submitted yet ({n} of {all}):", "Not submitted yet ({n} of {all}):")
_CAME_IN = plural("{n} agency has submitted.", "{n} agencies have submitted.")
_OF_LIST = Text("{n} of {all} agencies have submitted.")
_WITH_ERRORS = plural("{n} of them has open errors.", "{n} of them have open errors.")
_NO_ERRORS = Text("None of them has open errors.")
_UNLISTED = Text("* not on the list of agencies")
_LATER_REJECTED = Text("{name}: a later workbook could not be audited ({path}: {reason})")
_BUT_REJECTED = Text("{name} (a workbook came, but could not be audited: #{number})")
_UNKNOWN = plural("{n} workbook does not say whose it is:", "{n} workbooks do not say whose they are:")
_REJECTED = plural("{n} workbook could not be audited:", "{n} workbooks could not be audited:")
_SUBMISSIONS = Text("Submissions ({n})")
_LAST = Text("the last one")
_OPEN = Text("Still open ({n})")
_MENDED = Text("Fixed since the first submission ({n})")
_ACCEPTED = Text("Accepted ({n})")
_SINCE_DAY = Text("since {day}")
_MAILED = Text("mail to {to}: {state} ({day})")
_MAIL = {
    "drafted": sense("mail", "drafted"),
    "sending": sense("mail", "being sent"),
    "sent": sense("mail", "sent"),
    "refused": sense("mail", "refused"),
    "failed": sense("mail", "failed"),
    "doubtful": sense("mail", "perhaps sent"),
}
_FACTS = Text("stated {stated}, computed {computed}")


def day(moment: datetime) -> Text:
    """The day where the reader is: ``21-11-2026``, in English ``2026-11-21``."""
    local = moment.astimezone()
    return both(local.strftime("%d-%m-%Y"), local.strftime("%Y-%m-%d"))


def _time(moment: datetime) -> Text:
    local = moment.astimezone()
    return both(local.strftime("%d-%m-%Y %H.%M"), local.strftime("%Y-%m-%d %H:%M"))


def heading(year: int | None, period: str, document: str, language: Language) -> str:
    """``Triwulan II 2024 · Evaluasi Triwulan``."""
    when = period_words(Identity(year=year, period=period), language)
    if year is None:
        when = f"{when} · {_NO_YEAR.get(language)}"
    return when if document == REPORT else f"{when} · {KINDS[document].get(language)}"


def status_text(found: Overview, language: Language, detailed: bool = False) -> str:
    """The overview as lines, ending in a line break; ``detailed`` with every submission and finding."""
    lines = [f"xlaudit {__version__} · {TITLE.get(language)}", f"  {one_line(found.ledger)}"]
    for group in found.groups:
        lines += ["", heading(group.year, group.period, group.document, language), ""]
        lines += _table([_row(line, name, language) for line, name in _named(group.lines)], language)
        lines += _below(group, found, language)
        if detailed:
            for line in group.lines:
                lines += ["", *_detail(line.name, line.standing, found, language)]
    lines += _others(found, language, detailed)
    if not (found.groups or found.unknown or found.rejected):
        lines += ["", f"  {_NOTHING.get(language)}"]
    return "\n".join(lines) + "\n"


class _Row(NamedTuple):
    name: str
    came: str
    times: str
    errors: str
    warnings: str
    since: str
    fixed: str


_RIGHT = frozenset({"times", "errors", "warnings", "fixed"})


def _named(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with its name; with its government where several agencies have the same name."""
    names = Counter(line.name.casefold() for line in lines)
    for line in lines:
        government = line.standing.series.government if names[line.name.casefold()] > 1 else ""
        yield line, " · ".join(filter(None, (line.name, government)))


def _row(line: Line, name: str, language: Language) -> _Row:
    standing = line.standing
    since = min((one.since for one in standing.pressing), default=None)
    return _Row(
        one_line(name) + ("" if line.listed else " *"),
        day(standing.series.last.received).get(language),
        str(len(standing.series.submissions)),
        _number(standing.count(Severity.ERROR)),
        _number(standing.count(Severity.WARNING)),
        _NONE if since is None else day(since).get(language),
        _number(len(standing.mended)),
    )


def _number(count: int) -> str:
    return str(count) if count else _NONE


def _table(rows: Sequence[_Row], language: Language) -> Iterator[str]:
    if not rows:
        return
    heads = (_AGENCY, _CAME, _TIMES, _ERRORS, _WARNINGS, _SINCE, _FIXED)
    table = [_Row(*(text.get(language) for text in heads)), *rows]
    names = [textwrap.wrap(row.name, _LONGEST, break_long_words=False) for row in table]
    widths = [max(len(line) for lines in names for line in lines)]
    widths += [max(map(len, column)) for column in list(zip(*table, strict=True))[1:]]
    for row, (first, *more) in zip(table, names, strict=True):
        cells = (
            cell.rjust(width) if name in _RIGHT else cell.ljust(width)
            for name, cell, width in zip(_Row._fields, row._replace(name=first), widths, strict=True)
        )
        yield f"  {'  '.join(cells)}".rstrip()
        yield from (f"    {line}" for line in more)


def _below(group: Group, found: Overview, language: Language) -> Iterator[str]:
    """What stands under the table of a group."""
    expected = found.expected
    if not all(line.listed for line in group.lines):
        yield f"  {_UNLISTED.get(language)}"
    for line in group.lines:
        late = line.standing.series.rejected
        if late is not None:
            facts = {"name": line.name, "path": late.path, "reason": late.why}
            yield from wrapped(_LATER_REJECTED.fill(**facts).get(language), 2, 2)
    of_list = any(line.listed for line in group.lines)
    if group.missing and (of_list or not group.lines):  # else all of them are, as the last line tells
        yield ""
        yield f"  {_MISSING.fill(n=len(group.missing), all=expected).get(language)}"
        for entry in group.missing:
            name = one_line(" · ".join(filter(None, entry)))
            late = found.refused.get(entry)
            yield f"    {name if late is None else _BUT_REJECTED.fill(name=name, number=late.id).get(language)}"
    if group.lines:
        listed = [line for line in group.lines if line.listed]
        still = sum(1 for line in listed if line.standing.count(Severity.ERROR))
        came = _CAME_IN.fill(n=len(listed)) if expected is None else _OF_LIST.fill(n=len(listed), all=expected)
        yield ""
        yield f"  {sentences(came, _WITH_ERRORS.fill(n=still) if still else _NO_ERRORS).get(language)}"


def _others(found: Overview, language: Language, detailed: bool) -> Iterator[str]:
    if found.unknown:
        yield from ("", _UNKNOWN.fill(n=len(found.unknown)).get(language))
        for standing in found.unknown:
            counts = _counts(standing.series.last, language)
            last = standing.series.last
            yield f"  #{last.number}  {one_line(last.audit.path)} · {counts}"
            if detailed:
                yield from _findings(standing, language)
    if found.rejected:
        yield from ("", _REJECTED.fill(n=len(found.rejected)).get(language))
        for audit in found.rejected:
            yield from wrapped(f"#{audit.id}  {audit.path}: {audit.why.get(language)}", 2, 2)


def _detail(name: str, standing: Standing, found: Overview, language: Language) -> Iterator[str]:
    series = standing.series
    yield f"  {one_line(' · '.join(filter(None, (name, series.government))))}"
    yield f"    {_SUBMISSIONS.fill(n=len(series.submissions)).get(language)}"
    for one in series.submissions:
        last = f" ({_LAST.get(language)})" if one is series.last and len(series.submissions) > 1 else ""
        yield f"      #{one.number}  {_time(one.received).get(language)}  {one_line(one.audit.path)}{last}"
        yield f"          {_counts(one, language)}"
        for mail in found.mailed.get(one.audit.sha256, ()):
            facts = {"state": _MAIL[mail.state], "day": day(mail.at), "to": ", ".join(mail.recipients)}
            yield from wrapped(_MAILED.fill(**facts).get(language), 10, 2)
    yield from _findings(standing, language)


def _counts(one: Submission, language: Language) -> str:
    numbers = one.audit.errors, one.audit.warnings, one.audit.notes
    return ", ".join(counted(*pair).get(language) for pair in zip(Severity, numbers, strict=True))


def _findings(standing: Standing, language: Language) -> Iterator[str]:
    gravest = sorted(standing.open, key=lambda one: SEVERITY_ORDER[one.finding.severity])
    yield f"    {_OPEN.fill(n=len(gravest)).get(language)}"
    for one in gravest:
        since = _SINCE_DAY.fill(day=day(one.since))
        yield from _finding(one.finding, same(f" · {since.get(language)}"), language)
    for text, some in ((_ACCEPTED, standing.waived), (_MENDED, standing.fixed)):
        if some:
            yield f"    {text.fill(n=len(some)).get(language)}"
        for noted in some:
            yield from _finding(noted, same(""), language)


def _finding(one: Noted, since: Text, language: Language) -> Iterator[str]:
    where = f"{one_line(one.sheet)}!{one.cell}"
    severity = SEVERITIES[one.severity].get(language)
    subject = one_line(one.subject.get(language))
    yield f"      {severity} {where}{since.get(language)} · {subject}  [{one.rule} {one.name}]"
    stated, computed = shown(one.stated, language), shown(one.computed, language)
    if stated is not None and computed is not None:
        yield f"        {_FACTS.fill(stated=stated, computed=computed).get(language)}"
