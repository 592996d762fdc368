"""The report for people: by workbook and table, worst first, causes before what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from xlaudit import __version__
from xlaudit.answers import Answer
from xlaudit.findings import Diagnosis, Finding, Place, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.aside import unjudged_lines, unread_line
from xlaudit.reports.basis import TITLE as BASIS
from xlaudit.reports.basis import basis_lines
from xlaudit.reports.formats import Report
from xlaudit.reports.grouping import Explained, Group, column_of, fold, groups
from xlaudit.reports.words import (
    CERTAINTY,
    SEVERITIES,
    answer_words,
    counted,
    crash_words,
    figures,
    kind_words,
    one_line,
    shown,
    wrapped,
)
from xlaudit.texts import Language, Text, plural
from xlaudit.waivers import acceptance

FOLD_AFTER = 8

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36"}
_BOLD = "1"

_TITLE = Text("audit report")
_REJECTED = Text("NOT AUDITED")
_ANNOTATED = Text("Annotated copy: {path}")
_TEMPLATE = Text("Template: {name} version {version}")
_SHEET = Text("sheet {sheet}, {range}")
_NO_TABLE = Text("Others")
_CLEAN = Text("no findings")
_CAUSE = Text("CAUSE")
_REPAIR = Text("Suggested: {cell} {stated} → {suggested}")
_EXPLAINS = plural("Explains {n} finding:", "Explains {n} findings:")
_STATED = Text("stated {value}")
_COMPUTED = Text("computed {value}")
_DIFFERENCE = Text("difference {value}")
_EXPLAINED = plural("Explains {n} finding.", "Explains {n} findings.")
_CAUSES = plural("{n} cause.", "{n} causes.")
_WITHOUT = plural(
    "{n} finding has no known cause and is not shown.", "{n} findings have no known cause and are not shown."
)
_ADVICE = Text("To do: {advice}")
_MORE = Text("and {n} more of rule {rule} in column {column} (--all shows all)")
_SUMMARY = Text("Summary")
_CHECKS = plural("{checks} check made: {counts}.", "{checks} checks made: {counts}.")
_EXPLAIN = Text("What a rule checks, and why: xlaudit explain {rule}")
_UNJUDGED = plural("{n} check could not be judged:", "{n} checks could not be judged:")
_TOTAL = plural(
    "{n} workbook in all, {rejected} not audited: {counts}.",
    "{n} workbooks in all, {rejected} not audited: {counts}.",
)
_WAIVED = Text("Accepted findings ({n}), not counted")
_NOTHING = Text("Nothing was audited.")


class TextReport(Report):
    """For reading on a terminal. ``show_all`` folds nothing, ``colour`` marks severities, ``top`` tells causes only."""

    def __init__(self, *, show_all: bool = False, colour: bool = False, top: bool = False) -> None:
        self._limit = None if show_all else FOLD_AFTER
        self._colour = colour
        self._top = top

    def pieces(self, outcomes: Sequence[Outcome], language: Language) -> Iterator[str]:
        """Lines of about 100 characters."""
        page = _Page(language, self._limit, self._colour, self._top)
        return (f"{line}\n" for line in page.lines(outcomes))


class _Page:
    """One rendering: the language and the habits that every line of it shares."""

    def __init__(self, language: Language, limit: int | None, colour: bool, top: bool) -> None:
        self.language = language
        self.limit = limit
        self.colour = colour
        self.top = top
        self.answers: Mapping[str, Answer] = {}

    def lines(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        yield f"xlaudit {__version__} · {self.say(_TITLE)}"
        first = None
        rejected = 0
        found: Counter[str] = Counter()
        for outcome in outcomes:
            yield ""
            yield from self.workbook(outcome)
            first = first or next((finding.rule for finding in outcome.findings), None)
            found.update(finding.severity for finding in outcome.findings)
            rejected += outcome.failure is not None
        if len(outcomes) != 1:
            yield ""
            yield self.total(len(outcomes), rejected, found)
        if first is not None:
            yield ""
            yield self.say(_EXPLAIN, rule=one_line(first))

    def workbook(self, outcome: Outcome) -> Iterator[str]:
        yield self.paint(one_line(outcome.path), _BOLD)
        if outcome.failure is not None:
            rejected = self.say(_REJECTED)
            first, *rest = self.wrapped(f"{rejected}: {self.say(outcome.failure.message)}", 2)
            yield first.replace(rejected, self.paint(rejected, _COLOURS[Severity.ERROR]), 1)
            yield from rest
            return
        if outcome.annotated is not None:
            yield f"  {self.say(_ANNOTATED, path=one_line(outcome.annotated))}"
        if outcome.template is not None:
            name, version = map(one_line, outcome.template)
            yield f"  {self.say(_TEMPLATE, name=name, version=version)}"
        if self.top:
            yield from self.causes(outcome)
            return
        clean = False
        self.answers = outcome.answers
        for group in groups(outcome):
            if not (clean and group.clean):
                yield ""
            clean = group.clean
            yield from self.group(group)
        if outcome.waived:
            yield ""
            yield from self.waived(outcome.waived)
        yield ""
        yield from self.summary(outcome)

    def causes(self, outcome: Outcome) -> Iterator[str]:
        """The causes alone, each with its repairs and how much it explains; how many findings have none."""
        known = [one for group in groups(outcome) for one in group.diagnoses]
        for one in known:
            yield ""
            yield from self.cause(one.diagnosis, None)
            yield f"      {self.say(_EXPLAINED, n=len(one.findings))}"
        without = sum(1 for finding in outcome.findings if finding.diagnosis is None)
        yield ""
        yield f"  {self.say(_CAUSES, n=len(known))} {self.say(_WITHOUT, n=without)}"

    def group(self, group: Group) -> Iterator[str]:
        table = group.table
        heading = self.say(_NO_TABLE)
        if table is not None:
            where = self.say(_SHEET, sheet=one_line(table.sheet), range=table.range)
            kind = kind_words(table.kind)
            heading = f"{self.say(kind) if kind else one_line(table.kind)} · {where}"
        clean = group.clean
        yield f"  {self.paint(heading, _BOLD)}" + (f" · {self.say(_CLEAN)}" if clean else "")
        if table is not None:
            titles = [] if clean else [table.title]
            for text in (*titles, *(self.say(remark) for remark in table.remarks)):
                yield from self.wrapped(text, 4)
        sheet = table.sheet if table is not None else None
        for known in group.diagnoses:
            yield from self.diagnosis(known, sheet)
        for run in fold(group.findings, self.limit):
            for finding in run.shown:
                yield from self.finding(finding, sheet)
            yield from self.more(run.more, 4)

    def diagnosis(self, known: Explained, sheet: str | None) -> Iterator[str]:
        yield from self.cause(known.diagnosis, sheet)
        if not known.findings:
            return
        yield f"      {self.say(_EXPLAINS, n=len(known.findings))}"
        for run in fold(known.findings, self.limit):
            for finding in run.shown:
                yield from self.consequence(finding, sheet)
            yield from self.more(run.more, 8)

    def cause(self, one: Diagnosis, sheet: str | None) -> Iterator[str]:
        certainty = CERTAINTY.get(one.certainty)
        sure = self.say(certainty) if certainty else one_line(one.certainty)
        yield f"    {self.paint(self.say(_CAUSE), _BOLD)} ({sure})"
        yield from self.wrapped(self.say(one.message), 6)
        yield from (f"      {repair}" for repair in self.repairs(one, sheet))

    def repairs(self, diagnosis: Diagnosis, sheet: str | None) -> Iterator[str]:
        for repair in diagnosis.repairs:
            stated, suggested = self.value(repair.stated), self.value(repair.suggested)
            yield self.say(_REPAIR, cell=self.cell(repair.place, sheet), stated=stated, suggested=suggested)

    def consequence(self, finding: Finding, sheet: str | None) -> Iterator[str]:
        """A finding whose cause has been told: its head, with the difference where there is one."""
        off = shown(finding.difference, self.language)
        facts = self.facts(finding) if off is None else [self.say(_DIFFERENCE, value=off)]
        yield from self.head(finding, sheet, 8, facts)
        yield from self.answer(finding, 10)

    def answer(self, finding: Finding, indent: int) -> Iterator[str]:
        """What the agency answered, where it did."""
        said = answer_words(self.answers.get(finding.id, Answer()), self.language)
        if said is not None:
            yield from self.wrapped(self.say(said), indent)

    def finding(self, finding: Finding, sheet: str | None) -> Iterator[str]:
        yield from self.head(finding, sheet, 4)
        facts = self.facts(finding)
        if facts:
            yield f"      {' · '.join(facts)}"
        yield from self.wrapped(self.say(finding.message), 6)
        if finding.advice is not None:
            yield from self.wrapped(self.say(_ADVICE, advice=self.say(finding.advice)), 6)
        yield from self.answer(finding, 6)

    def waived(self, findings: Sequence[Finding]) -> Iterator[str]:
        """What was accepted: each in two lines, and none of it counts."""
        yield f"  {self.paint(self.say(_WAIVED, n=len(findings)), _BOLD)}"
        for run in fold(findings, self.limit):
            for finding in run.shown:
                assert finding.waived is not None
                yield from self.head(finding, None, 4)
                yield from self.wrapped(self.say(acceptance(finding.waived)), 6)
                yield from self.answer(finding, 6)
            yield from self.more(run.more, 4)

    def head(self, finding: Finding, sheet: str | None, indent: int, facts: Sequence[str] = ()) -> Iterator[str]:
        """Severity, address, what it is about, and the rule; what does not fit goes on in the next line, set in."""
        severity = self.say(SEVERITIES[finding.severity])
        label = one_line(self.say(finding.label))
        parts = [f"{severity} {self.cell(finding.place, sheet)}", *([label] if label else []), *facts]
        rule, whole = f"[{finding.rule} {finding.name}]", f"[{finding.rule}¦{finding.name}]"
        lines = wrapped(f"{' · '.join(parts)} {whole}", indent, 2)  # the rule is not broken in two
        first, *rest = (line.replace(whole, rule) for line in lines)
        yield first.replace(severity, self.paint(severity, _COLOURS[finding.severity]), 1)
        yield from rest

    def facts(self, finding: Finding) -> list[str]:
        """Stated, computed, difference: those that the finding has."""
        pairs = zip((_STATED, _COMPUTED, _DIFFERENCE), figures(finding, self.language), strict=True)
        return [self.say(text, value=value) for text, value in pairs if value is not None]

    def more(self, folded: Sequence[Finding], indent: int) -> Iterator[str]:
        if folded:
            first = folded[0]
            text = self.say(_MORE, n=len(folded), rule=first.rule, column=column_of(first.place))
            yield f"{' ' * indent}{text}"

    def summary(self, outcome: Outcome) -> Iterator[str]:
        yield f"  {self.paint(self.say(_SUMMARY), _BOLD)}"
        checks = shown(str(outcome.checks), self.language)
        counts = self.counts(Counter(finding.severity for finding in outcome.findings))
        yield f"    {self.say(_CHECKS, n=outcome.checks, checks=checks, counts=counts)}"
        basis = [self.say(line) for line in basis_lines(outcome)]
        if basis:
            yield f"    {self.say(BASIS)}:"
            for line in basis:
                yield from self.wrapped(line, 6)
        if outcome.unjudged:
            yield f"    {self.say(_UNJUDGED, n=len(outcome.unjudged))}"
            for line in unjudged_lines(outcome, self.language):
                yield from self.wrapped(line, 6)
        if outcome.unread:
            yield from self.wrapped(unread_line(outcome, self.language), 4)
        for remark in outcome.remarks:
            yield from self.wrapped(self.say(remark), 4)
        for crash in outcome.crashes:
            yield from self.wrapped(self.say(crash_words(crash)), 4)

    def total(self, workbooks: int, rejected: int, found: Mapping[str, int]) -> str:
        if not workbooks:
            return self.say(_NOTHING)
        return self.say(_TOTAL, n=workbooks, rejected=rejected, counts=self.counts(found))

    def counts(self, found: Mapping[str, int]) -> str:
        return ", ".join(self.say(counted(severity, found.get(severity, 0))) for severity in Severity)

    def cell(self, place: Place, sheet: str | None) -> str:
        """The address; with its sheet where that is not the table's own."""
        cell = one_line(place.cell)
        return cell if place.sheet == sheet else f"{one_line(place.sheet)}!{cell}"

    def value(self, value: str | None) -> str:
        return shown(value, self.language) or "–"

    def say(self, text: Text, **facts: object) -> str:
        return (text.fill(**facts) if facts else text).get(self.language)

    def wrapped(self, text: str, indent: int) -> list[str]:
        return wrapped(text, indent)

    def paint(self, text: str, colour: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self.colour else text
