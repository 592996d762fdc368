"""Findings that were accepted: by whom, why and until when. They are told apart and count no longer.

A waiver stands in ``xlaudit.toml``, or is written by the auditor into the findings sheet of an annotated workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from xlaudit.cells import Area, parse_cell
from xlaudit.findings import Diagnosis, Finding, Waived
from xlaudit.patterns import pattern
from xlaudit.texts import MONTHS, Language, Text, both

ROOT = "sebab-"
"""Begins the id under which the findings sheet lists the cell of a cause: what is said of it is said of all that it
explains."""

_EXPIRED = Text("The waiver in {source} (reason: {reason}; by {by}) ended {until}; {n} findings count again.")
_UNUSED = Text(
    "The waiver in {source} (reason: {reason}; by {by}) meets no finding; remove it if it is needed no more."
)
_INCOMPLETE = Text("The decision in {source} was not taken, for it is incomplete; write for instance: {example}.")
EXAMPLE = Text("accepted: as in the revised DPA (by A. Auditor, until 2025-12-31)")  # fmt: skip

_DECISION = pattern(
    r"\s*(?:diterima|accepted)\b(?P<reason>.*)\b(?:oleh|by)\b[\s:]+(?P<by>.*?)"
    r"(?:[\s;,(–—-]+(?:sampai(?:\s+dengan)?|s\s*[./]\s*d\.?|until)[\s:]+(?P<until>.*?))?[\s).;]*",
    re.IGNORECASE | re.DOTALL,
)
_ACCEPTED = Text("Accepted: {reason} (by {by}; {source}).")
_ACCEPTED_UNTIL = Text("Accepted: {reason} (by {by}, until {until}; {source}).")
_WRITTEN = Text("accepted: {reason} (by {by})")
_WRITTEN_UNTIL = Text("accepted: {reason} (by {by}, until {until})")
_LONGEST = 2_000
"""Characters of a decision that are looked at."""
_ACCEPTS = pattern(r"\s*(?:diterima|accepted)\b", re.IGNORECASE)
_DATES = (
    pattern(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    pattern(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
    pattern(r"(?P<day>\d{1,2})\s+(?P<name>[A-Za-z]+)\s+(?P<year>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One acceptance. ``finding`` is an id; or ``rule`` a code or name, with patterns of sheet and file, and a cell
    or range; what is empty does not matter. ``until`` is the last day on which it holds; None for ever.

    ``source`` says where it stands, ``in_workbook`` that it is a decision in the findings sheet; neither is a key.
    """

    reason: str
    by: str
    finding: str = ""
    rule: str = ""
    sheet: str = ""
    cell: Area | None = None
    file: str = ""
    until: date | None = None
    source: str = field(default="", metadata={"key": False})
    in_workbook: bool = field(default=False, metadata={"key": False})

    def meets(self, finding: Finding) -> bool:
        """Whether it is about a finding, whatever the file."""
        if self.finding and self.finding != finding.id:
            return False
        if self.rule and self.rule not in (finding.rule, finding.name):
            return False
        if self.sheet and not _alike(finding.place.sheet, self.sheet):
            return False
        return self.cell is None or self.cell.holds(*parse_cell(finding.place.cell))

    def is_for(self, path: Path, base: Path) -> bool:
        """Whether it is about a file: its name, or its path from the folder of the settings, is like ``file``."""
        return not self.file or is_like(path, base, self.file)


def is_like(path: Path, base: Path, pattern: str) -> bool:
    """Whether a pattern of file names is about a file: about its name, or its path from the folder ``base``."""
    full = path.resolve()
    inside = full.relative_to(base).as_posix() if full.is_relative_to(base) else full.name
    return _alike(full.name, pattern) or _alike(inside, pattern)


def _alike(text: str, pattern: str) -> bool:
    return fnmatchcase(text.casefold(), pattern.casefold())


class Sorted(NamedTuple):
    """Findings that stand, those that were accepted, what to tell of waivers, and where the useful ones stand."""

    standing: list[Finding]
    waived: list[Finding]
    remarks: list[Text]
    used: frozenset[str]


def sort_out(findings: Iterable[Finding], waivers: Sequence[Waiver], path: Path, base: Path, today: date) -> Sorted:
    """Parts the findings of one workbook. The first waiver that holds counts; ``base`` is the settings' folder.

    Of a waiver that is for this very file and meets no finding there is a remark; one that may be for another file
    is left to the caller, who sees all.
    """
    own = [waiver for waiver in waivers if waiver.is_for(path, base)]
    holding = [waiver for waiver in own if waiver.until is None or waiver.until >= today]
    ended = {waiver: 0 for waiver in own if waiver not in holding}
    standing: list[Finding] = []
    waived: list[Finding] = []
    used: set[Waiver] = set()
    for finding in findings:
        waiver = next((one for one in holding if one.meets(finding)), None)
        if waiver is None:
            standing.append(finding)
            for late in ended:
                ended[late] += late.meets(finding)
            continue
        used.add(waiver)
        waived.append(_accepted(finding, waiver))
    used |= {waiver for waiver, count in ended.items() if count}
    remarks = [_EXPIRED.fill(**_facts(waiver), n=count) for waiver, count in ended.items() if count]
    ours = (waiver for waiver in own if waiver.file or waiver.in_workbook)
    remarks += [unused(waiver) for waiver in ours if waiver not in used]
    return Sorted(standing, waived, remarks, frozenset(waiver.source for waiver in used))


def all_stand(findings: Iterable[Finding]) -> Sorted:
    """What :func:`sort_out` gives where there are no waivers."""
    return Sorted(list(findings), [], [], frozenset())


def unused(waiver: Waiver) -> Text:
    """What to tell of a waiver that met no finding."""
    return _UNUSED.fill(**_facts(waiver))


def _facts(waiver: Waiver) -> dict[str, object]:
    until = "" if waiver.until is None else written(waiver.until)
    return {"source": waiver.source, "reason": waiver.reason, "by": waiver.by, "until": until}


def _accepted(finding: Finding, waiver: Waiver) -> Finding:
    why = Waived(waiver.reason, waiver.by, waiver.until, waiver.source, waiver.in_workbook)
    return finding._replace(waived=why, diagnosis=None)


def written(day: date) -> Text:
    """``5 Februari 2025`` in Indonesian, ``2025-02-05`` in English."""
    return both(f"{day.day} {MONTHS[day.month - 1]} {day.year}", day.isoformat())


def acceptance(waived: Waived) -> Text:
    """``Diterima: sesuai DPA perubahan (oleh A. Auditor, sampai 31 Desember 2025; xlaudit.toml [[waiver]] 1).``"""
    facts = {"reason": waived.reason.rstrip("."), "by": waived.by, "source": waived.source}
    if waived.until is None:
        return _ACCEPTED.fill(**facts)
    return _ACCEPTED_UNTIL.fill(**facts, until=written(waived.until))


def decisions(cells: Mapping[str, tuple[str, str]]) -> Iterator[Waiver | Text]:
    """The waivers in the findings sheet: by finding id its text and where that stands; a remark for what is none.

    A text that does not begin with *diterima* is the auditor's own note and none of ours.
    """
    for name, (text, source) in cells.items():
        if not _ACCEPTS.match(text):
            continue
        yield _decision(name, text, source) or _INCOMPLETE.fill(source=source, example=EXAMPLE)


def _decision(name: str, text: str, source: str) -> Waiver | None:
    """One decision; None where reason or name is missing, or the day is none."""
    match = _DECISION.fullmatch(text[:_LONGEST])
    if match is None:
        return None
    reason, by = (" ".join(match[part].split()).strip(" :;,(–—-") for part in ("reason", "by"))
    until = None if match["until"] is None else _date(match["until"])
    if not reason or not by or (match["until"] is not None and until is None):
        return None
    by += ")" * (by.count("(") - by.count(")"))
    return Waiver(reason, by, finding=name, until=until, source=source, in_workbook=True)


def decision_text(waived: Waived, language: Language) -> str:
    """An acceptance as the findings sheet holds it, to be read again by ``decisions``."""
    until = "" if waived.until is None else waived.until.strftime("%d-%m-%Y" if language == "id" else "%Y-%m-%d")
    text = _WRITTEN_UNTIL.fill(reason=waived.reason, by=waived.by, until=until) if until else None
    return (text or _WRITTEN.fill(reason=waived.reason, by=waived.by)).get(language)


def _date(text: str) -> date | None:
    for form in _DATES:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        facts = match.groupdict()
        months = [month.casefold() for month in MONTHS]
        name = facts.get("name")
        try:
            month = int(facts["month"]) if name is None else months.index(name.casefold()) + 1
            return date(int(facts["year"]), month, int(facts["day"]))
        except ValueError:
            return None
    return None


def of_causes(waivers: Iterable[Waiver], diagnoses: Iterable[Diagnosis]) -> Iterator[Waiver]:
    """The waivers, one upon the cell of a cause (``ROOT``) replaced by one upon each finding that it explains."""
    explained = [diagnosis.explains for diagnosis in diagnoses]
    for waiver in waivers:
        if not waiver.finding.startswith(ROOT):
            yield waiver
            continue
        first = waiver.finding.removeprefix(ROOT)
        for name in next((names for names in explained if first in names), (first,)):
            yield replace(waiver, finding=name)
