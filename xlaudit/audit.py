"""Runs an audit from file to outcome, and tells our own crash from the user's fault."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlaudit.basis import basis
from xlaudit.cells import letters
from xlaudit.collector import paused
from xlaudit.diagnosis.diagnose import diagnose
from xlaudit.digest import Digest
from xlaudit.errors import NOT_ANNOTATABLE, UserError
from xlaudit.findings import Diagnosis, Finding, Place, Severity, Unjudged, plain
from xlaudit.ids import Ids
from xlaudit.keyfiguring import key_figures_of
from xlaudit.mapping.model import Mapping
from xlaudit.outcome import Failure, Outcome, RuleCrash, TableSummary
from xlaudit.plugins import fault
from xlaudit.policy import policy_of
from xlaudit.reading.book import DIGITS, ReadBook, book_of, no_tables, open_book, read_book
from xlaudit.relations import Mode, Relation
from xlaudit.rules.base import Book, Flag, Rule, Skip, all_rules
from xlaudit.rules.own import checked, own_rules
from xlaudit.schemas.own import admit
from xlaudit.settings import DEFAULT, RuleSettings, Settings
from xlaudit.tables import Table
from xlaudit.texts import Text
from xlaudit.waivers import Waiver, all_stand, of_causes, sort_out
from xlaudit.zipped import Zipped

if TYPE_CHECKING:
    from xlaudit.survey import Excerpt

_MOST_BASIS = 12
"""So many cells that a finding rests on are shown with it; the sum over them is told anyway."""

_INCOMPLETE = Text(
    "There are too many findings to look for all their causes: {found} were found, the findings beyond are reported "
    "without one.",
)


def audit_workbook(
    path: Path,
    settings: Settings = DEFAULT,
    mapping: Mapping | None = None,
    decisions: Iterable[Waiver | Text] = (),
    others: Sequence[Digest] = (),
    zipped: Zipped | None = None,
) -> Outcome:
    """Audits one workbook, read as the mapping says where it says something, in view of earlier ones of its office.

    ``zipped`` is the file where it was opened already.

    ``decisions`` are the waivers that the auditor wrote into an annotated copy of it, and remarks on those that are
    none; they go before those of the settings.
    Whatever is wrong with the file or does not fit the mapping is in ``failure``; other exceptions are our own.
    """
    try:
        with paused(), localcontext() as context:
            context.prec = DIGITS
            return _audit(path, settings, mapping, decisions, others, zipped)
    except UserError as error:
        return Outcome(path=str(path), failure=Failure(error.code, error.text))


class Shown(NamedTuple):
    """An audit with as much of the sheets as a page shows beside the findings."""

    outcome: Outcome
    excerpts: tuple[Excerpt, ...] = ()


def audit_shown(
    path: Path,
    settings: Settings = DEFAULT,
    mapping: Mapping | None = None,
    decisions: Iterable[Waiver | Text] = (),
    others: Sequence[Digest] = (),
    zipped: Zipped | None = None,
) -> Shown:
    """Like ``audit_workbook``, with excerpts of the sheets."""
    from xlaudit.reading.excerpts import excerpts

    try:
        with paused(), localcontext() as context:
            context.prec = DIGITS
            opened = open_book(path, settings.limits, zipped)
            read = book_of(opened.workbook, mapping)
            outcome = audit_book(str(path), read, settings, mapping, decisions, others)
            basis = [place for finding in outcome.findings for place in finding.because[:_MOST_BASIS]]
            places = [finding.place for finding in outcome.findings]
            places += (repair.place for diagnosis in outcome.diagnoses for repair in diagnosis.repairs)
            return Shown(outcome, excerpts(opened, read, places, basis, mapping))
    except UserError as error:
        return Shown(Outcome(path=str(path), failure=Failure(error.code, error.text)))


def _audit(
    path: Path,
    settings: Settings,
    mapping: Mapping | None,
    decisions: Iterable[Waiver | Text],
    others: Sequence[Digest],
    zipped: Zipped | None,
) -> Outcome:
    read = read_book(path, mapping, settings.limits, zipped)
    return audit_book(str(path), read, settings, mapping, decisions, others)


def audit_book(
    path: str,
    read: ReadBook,
    settings: Settings = DEFAULT,
    mapping: Mapping | None = None,
    decisions: Iterable[Waiver | Text] = (),
    others: Sequence[Digest] = (),
) -> Outcome:
    """Audits what was read from a workbook by ``mapping``. Raises ``NoTables`` where no table was recognised."""
    tables, scales, unread, template, remarks, annotatable, identity, workings = read
    if not tables:
        raise no_tables(template)
    policy = policy_of(template, settings)
    book = Book(
        tables,
        scales,
        template=template,
        policy=policy,
        workings=workings,
        identity=identity,
        path=path,
        others=tuple(others),
    )
    flags: list[tuple[Rule, Flag]] = []
    unjudged: list[Unjudged] = []
    failing: list[Relation] = []
    crashes: list[RuleCrash] = []
    checks = 0
    for rule in _rules_on(settings.rules):
        made, flagged, skipped, crash = run_rule(rule, book)
        checks += made
        if flagged or skipped:  # as few rules have
            flags += ((rule, flag) for flag in flagged)
            failing += (flag.relation for flag in flagged if flag.relation is not None)
            failing += (skip.relation for skip in skipped if skip.relation is not None)
            unjudged += (Unjudged(rule.code, _place(skip.table, skip), skip.reason) for skip in skipped)
        if crash is not None:
            crashes.append(crash)
    findings = _findings(((rule, _weighed(rule, flag, settings.rules)) for rule, flag in flags), tables)
    slips = {(rule.code, _place_of(flag)): flag.slip for rule, flag in flags if flag.slip is not None}
    diagnoses, explained, complete = diagnose(tables, book.several, book.checks, failing, findings, slips)
    findings = [finding.explained_by(explained.get(finding.id)) for finding in findings]
    said = list(decisions)
    waivers = [*of_causes((one for one in said if isinstance(one, Waiver)), diagnoses), *settings.waiver]
    parted = (
        sort_out(findings, waivers, Path(path), settings.folder, date.today()) if waivers else all_stand(findings)
    )
    standing = {finding.id for finding in parted.standing}
    incomplete = () if complete else (_INCOMPLETE.fill(found=len(diagnoses)),)
    diagnoses = [one for one in (_without(one, standing) for one in diagnoses) if one is not None]
    on_waivers = (*(one for one in said if isinstance(one, Text)), *parted.remarks)
    return Outcome(
        path=path,
        template=None if template is None else (template.kind, template.version),
        tables=tuple(_summary(table, book.checks(table).mode) for table in tables),
        findings=tuple(parted.standing),
        waived=tuple(parted.waived),
        waivers=parted.used,
        diagnoses=tuple(diagnoses),
        unjudged=tuple(unjudged),
        crashes=tuple(crashes),
        checks=checks,
        unread=unread,
        remarks=(
            *remarks,
            *on_waivers,
            *admit(),
            *own_rules().faults,
            *((NOT_ANNOTATABLE,) if not annotatable else ()),
            *incomplete,
        ),
        conventions=basis(book, "" if mapping is None else mapping.path),
        annotatable=annotatable,
        identity=identity,
        digest=book.digest(),
        key_figures=key_figures_of(identity, tables),
    )


def _without(diagnosis: Diagnosis, standing: Container[str]) -> Diagnosis | None:
    """A cause with those findings only that stand; None where all that it explains were accepted."""
    left = tuple(name for name in diagnosis.explains if name in standing)
    return diagnosis._replace(explains=left) if left or not diagnosis.explains else None


def _rules_on(settings: RuleSettings) -> Iterable[Rule]:
    """The rules to be run."""
    if not settings.off:
        return all_rules()
    return [rule for rule in all_rules() if not settings.is_off(rule.code, rule.name)]


def run_rule(rule: Rule, book: Book) -> tuple[int, list[Flag], list[Skip], RuleCrash | None]:
    """Comparisons made, flags and skips of one rule; a crash ends the rule, not the audit."""
    made = 0
    flags: list[Flag] = []
    skips: list[Skip] = []
    try:
        for verdict in checked(rule, book) if rule.package else rule.check(book):
            if isinstance(verdict, Flag):
                made += 1
                flags.append(verdict)
            elif isinstance(verdict, Skip):
                skips.append(verdict)
            else:
                made += verdict.times
    except MemoryError:  # it says nothing of the rule, and the next one would fare no better
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a rule that breaks down must not take the audit along
        return made, flags, skips, RuleCrash(rule.code, fault(error), rule.package)
    return made, flags, skips, None


def _place(table: Table, verdict: Flag | Skip) -> Place:
    return Place(table.sheet, verdict.cell.a1)


def _place_of(flag: Flag) -> Place:
    return Place(flag.sheet or flag.table.sheet, flag.cell.a1)


def _weighed(rule: Rule, flag: Flag, settings: RuleSettings) -> Flag:
    """The flag, as severe as the settings have it."""
    severity = settings.severity_of(rule.code, rule.name, rule.severity, flag.severity)
    return flag if severity is (flag.severity or rule.severity) else replace(flag, severity=severity)


def _findings(flags: Iterable[tuple[Rule, Flag]], tables: Sequence[Table]) -> list[Finding]:
    """Findings in reading order: by table, row and column, errors first within a cell."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    ranked = sorted(
        flags,
        key=lambda pair: (
            int(pair[1].table.id[1:]),
            pair[1].cell,
            order[pair[1].severity or pair[0].severity],
            pair[0].code,
        ),
    )
    ids = Ids(tables)
    return [_finding(rule, flag, ids) for rule, flag in ranked]


def _finding(rule: Rule, flag: Flag, ids: Ids) -> Finding:
    return Finding(
        id=ids.of(rule, flag),
        rule=rule.code,
        name=rule.name,
        severity=flag.severity or rule.severity,
        place=Place(flag.sheet or flag.table.sheet, flag.cell.a1),
        label=flag.label,
        message=flag.message,
        advice=flag.advice,
        table=flag.table.id,
        stated=flag.stated,
        computed=flag.computed,
        difference=None if flag.difference is None else plain(Decimal(flag.difference)),
        because=tuple([Place(table.sheet, cell.a1) for table, cell in flag.because]),
        live=flag.live,
        elsewhere=flag.elsewhere,
    )


def _summary(table: Table, mode: Mode | None) -> TableSummary:
    return TableSummary(
        id=table.id,
        kind=table.kind,
        sheet=table.sheet,
        range=table.area.a1,
        title=table.title,
        rows=table.size,
        columns={name: letters(column.column) for name, column in table.columns.items()},
        rounding=None if mode is None else mode.value,
        remarks=table.remarks,
    )
