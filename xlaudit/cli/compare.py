"""``xlaudit compare``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.audit import MAP
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import check_rules, config_option, mappings_for, settings_for, spoken
from xlaudit.cli.recording import ledger_option
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.resubmission import Resubmission
    from xlaudit.settings import Settings

_FORMAT = Text("Form of the output.")
_REPORT = Text("Write to this file instead of stdout.")
_ALL = Text("Show all, shorten nothing.")
_OUTPUT = Text(
    "Write an annotated copy of NEW here, its findings with all responses, and a sheet with the comparison."
)
_FAIL_ON = Text("Exit with 1 from this severity upwards.")
_FORCE = Text("Replace an existing output even if xlaudit did not make it.")
_WRITTEN = Text("{path} was written.")
_SAME = Text("Both outputs would be written to {path}; give them different names.")

_TOO_MANY = Text("Two workbooks can be compared, the earlier and the later one, not more.")

_FILE = click.Path(path_type=Path)


@click.command(cls=Command, text=COMMANDS["compare"].about)
@click.argument("paths", metavar="[OLD] NEW", nargs=-1, required=True, type=_FILE)
@option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", text=_FORMAT)
@option("--report", type=_FILE, metavar="FILE", text=_REPORT)
@option("-o", "--output", type=_FILE, metavar="OUT", text=_OUTPUT)
@option("--map", "map_file", type=_FILE, metavar="FILE", text=MAP)
@config_option
@ledger_option
@option("--fail-on", type=click.Choice(["error", "warning"]), default="error", text=_FAIL_ON)
@option("--all", "show_all", is_flag=True, text=_ALL)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def compare(
    session: Session,
    paths: tuple[Path, ...],
    form: str,
    report: Path | None,
    output: Path | None,
    map_file: Path | None,
    config: Path | None,
    ledger: str | None,
    fail_on: str,
    show_all: bool,
    force: bool,
) -> ExitCode:
    from xlaudit.errors import BadUsage
    from xlaudit.findings import SEVERITY_ORDER, Severity
    from xlaudit.outputs import check_target, write_text
    from xlaudit.reports.comparison import ComparisonText
    from xlaudit.reports.comparison_html import comparison_page
    from xlaudit.reports.comparison_json import comparison_json
    from xlaudit.reports.words import crash_words

    if len(paths) > 2:
        raise BadUsage("too_many", _TOO_MANY)
    *named, new = paths
    inputs = [path for path in (*paths, map_file, config) if path is not None]
    for target in (report, output):
        if target is not None:
            check_target(target, inputs, force)
    if report is not None and output is not None and report.resolve() == output.resolve():
        raise BadUsage("same_output", _SAME.fill(path=report))
    settings = settings_for(paths, config, session)
    check_rules(settings)
    session = spoken(session, settings)
    if named:
        read = _of_files(named[0], new, (settings[0], settings[1]), map_file, output)
    else:
        read = _of_ledger(new, settings[0], config, map_file, (report, output), ledger, session)
    found = read.comparison
    if form == "html":
        text = comparison_page(found, session.language, date.today())
    elif form == "json":
        text = comparison_json(found)
    else:
        text = ComparisonText(show_all=show_all).render(found, session.language)
    if found.by_record and (form == "json" or report is not None):
        session.warn(found.new.remarks[0])  # else it is read in the comparison itself
    if report is None:
        emit(text)
    else:
        write_text(report, text)
        session.warn(_WRITTEN.fill(path=report))
    if output is not None:
        _annotate(new, output, read, session, settings[-1])
        session.warn(_WRITTEN.fill(path=output))
    crashes = [crash for outcome in (found.old, found.new) for crash in outcome.crashes]
    for crash in crashes:
        session.warn(crash_words(crash))
    if crashes:
        return ExitCode.FAILED
    limit = SEVERITY_ORDER[Severity(fail_on)]
    left = any(SEVERITY_ORDER[finding.severity] <= limit for finding in found.new.findings)
    return ExitCode.FINDINGS if left else ExitCode.CLEAN


def _of_files(
    old: Path, new: Path, settings: tuple[Settings, Settings], map_file: Path | None, output: Path | None
) -> Resubmission:
    from xlaudit.resubmission import compare_files

    mappings = mappings_for([old, new], settings, map_file)
    return compare_files(old, new, settings, (mappings[0], mappings[1]), output)


def _of_ledger(
    new: Path,
    settings: Settings,
    config: Path | None,
    map_file: Path | None,
    targets: tuple[Path | None, Path | None],
    asked: str | None,
    session: Session,
) -> Resubmission:
    """The comparison with the submission before, which the ledger tells; ``targets`` are report and annotated copy."""
    from xlaudit.cli.preceding import preceding
    from xlaudit.outputs import check_target
    from xlaudit.resubmission import compare_recorded
    from xlaudit.settings import find_settings

    [mapping] = mappings_for([new], [settings], map_file)
    found = preceding(new, settings, mapping, asked, session)
    if found.file is None:
        assert found.recorded is not None and found.remark is not None
        return compare_recorded(found.recorded, new, found.remark, settings, mapping, targets[1])
    for target in targets:
        if target is not None:
            check_target(target, [found.file], force=True)  # it is an input, too
    same = config is not None or str(find_settings(found.file) or "") == settings.file
    [own] = [settings] if same else settings_for([found.file], config, session)
    return _of_files(found.file, new, (own, settings), map_file, targets[1])


def _annotate(source: Path, target: Path, read: Resubmission, session: Session, settings: Settings) -> None:
    """The annotated copy of the later workbook, with the comparison beside its findings."""
    from xlaudit.annotate import annotate, answers_of, decisions_of
    from xlaudit.errors import NOT_ANNOTATABLE, BadUsage
    from xlaudit.outputs import replacing
    from xlaudit.reports.comparison_sheet import compared_sheet
    from xlaudit.reports.marking import outcome_to_marks

    outcome = read.comparison.new
    if not outcome.annotatable:
        raise BadUsage("not_annotatable", NOT_ANNOTATABLE)
    marks, heading = outcome_to_marks(outcome, session.language, date.today())
    sheet = compared_sheet(read.comparison, session.language, date.today())
    decided = {name: text for name, (text, _) in decisions_of(read.listed).items()}
    with replacing(target) as temporary:
        annotate(
            source,
            temporary,
            marks,
            heading,
            session.language,
            answers_of(read.listed),
            settings.limits,
            decided,
            read.listed,
            sheet,
        )
