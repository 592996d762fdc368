"""``xlaudit audit``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import config_option
from xlaudit.cli.recording import Recorder, Recording, recording_options
from xlaudit.cli.running import Running, running_options, to_place
from xlaudit.cli.session import ExitCode, Session, emit_pieces, wants_colour
from xlaudit.reports import FORMATS
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.batch.job import Result

_OUTPUT = Text("Folder for the annotated copies (default: beside the inputs).")
_NO_ANNOTATE = Text("Write no annotated copy.")
_FORMAT = Text("Form of the report.")
_REPORT = Text("Write the report to this file; with html of several workbooks: into this folder.")
_FAIL_ON = Text("Exit with 1 from this severity upwards.")
_ALL = Text("Show all findings, also those alike.")
_TOP = Text("Show the causes only, without the findings; for the text report.")
MAP = Text("A mapping (TOML): which range and columns are what; see `xlaudit tables --draft-map`.")
_FORCE = Text("Replace existing outputs even if xlaudit did not make them.")
_WRITTEN = Text("The report was written to {path}.")


@click.command(cls=Command, text=COMMANDS["audit"].about)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@option("-o", "--output", callback=to_place, metavar="DIR", text=_OUTPUT)
@option("--no-annotate", is_flag=True, text=_NO_ANNOTATE)
@option("--format", "form", type=click.Choice(FORMATS), default="text", text=_FORMAT)
@option("--report", type=click.Path(path_type=Path), metavar="OUT", text=_REPORT)
@option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE", text=MAP)
@config_option
@running_options
@recording_options
@option("--fail-on", type=click.Choice(["error", "warning"]), default="error", text=_FAIL_ON)
@option("--all", "show_all", is_flag=True, text=_ALL)
@option("--top", is_flag=True, text=_TOP)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def audit(
    session: Session,
    paths: tuple[str, ...],
    output: Path | None,
    no_annotate: bool,
    form: str,
    report: Path | None,
    map_file: Path | None,
    config: Path | None,
    running: Running,
    recording: Recording,
    fail_on: str,
    show_all: bool,
    top: bool,
    force: bool,
) -> ExitCode:
    from xlaudit.cli.auditing import Asked, planned
    from xlaudit.cli.pages import plan_pages, publish_pages
    from xlaudit.outputs import check_target

    audits = planned(Asked(paths, output, not no_annotate, map_file, config, force, form == "html"), session)
    session = audits.session
    pages = plan_pages(audits.found, report, audits.read, force) if form == "html" else None
    if report is not None and form != "html":
        check_target(report, audits.read, force)
    recorder = Recorder(recording, paths, audits)
    results = audits.results(running)
    recorded = recorder.record(results)
    if form == "html":
        publish_pages(results, pages, session, report)
        warn_of(results, session, on_screen=False)
    else:
        publish(results, session, form=form, report=report, show_all=show_all, top=top)
    return exit_code(results, fail_on) if recorded else ExitCode.FAILED


def publish(
    results: Sequence[Result],
    session: Session,
    *,
    form: str,
    report: Path | None,
    show_all: bool = False,
    top: bool = False,
) -> None:
    """The report to its file or to stdout, what went wrong to stderr."""
    from xlaudit.batch.each import Each
    from xlaudit.outputs import write_pieces
    from xlaudit.reports.formats import report_for

    colour = report is None and wants_colour(os.environ)
    writer = report_for(form, show_all=show_all, colour=colour, top=top)
    pieces = writer.pieces(Each(results, lambda result: result.outcome), session.language)
    if report is None:
        emit_pieces(pieces)
    else:
        write_pieces(report, pieces)
        session.warn(_WRITTEN.fill(path=report))
    warn_of(results, session, on_screen=form == "text" and report is None and sys.stdout.isatty())


def warn_of(results: Sequence[Result], session: Session, *, on_screen: bool) -> None:
    """What could not be audited or written; refusals that the report shows on screen are not repeated."""
    from xlaudit.batch.job import is_troubled, of_which

    for result in of_which(is_troubled, results):
        path, failure = result.outcome.path, result.outcome.failure
        if failure is not None and not on_screen:
            session.warn(f"{path}: {session.text(failure.message)}")
        for complaint in result.complaints:
            session.warn(f"{path}: {session.text(complaint)}")
        if result.trace and session.debug:
            click.echo(result.trace, err=True)


def exit_code(results: Sequence[Result], fail_on: str) -> ExitCode:
    """2 if anything could not be done, else 1 if a finding is at or above ``fail_on``, else 0."""
    from xlaudit.batch.job import is_troubled, of_which
    from xlaudit.findings import SEVERITY_ORDER, Severity

    if any(True for _ in of_which(is_troubled, results)):
        return ExitCode.FAILED
    limit = SEVERITY_ORDER[Severity(fail_on)]
    found = any(
        SEVERITY_ORDER[finding.severity] <= limit for result in results for finding in result.outcome.findings
    )
    return ExitCode.FINDINGS if found else ExitCode.CLEAN
