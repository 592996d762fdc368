"""``xlaudit audit``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.configured import (
    check_rules,
    config_option,
    mappings_for,
    settings_for,
    spoken,
    tell_unused,
)
from xlaudit.cli.session import ExitCode, Session, emit, wants_colour
from xlaudit.reports import FORMATS
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.cli.running import Job, Result

_ABOUT = Text("""Audit workbooks; findings are marked in a copy, STEM.audit.xlsx.

    PATH is an .xlsx/.xlsm/.xls/.xlsb/.ods file or a folder; annotated copies are made
    of .xlsx/.xlsm only. In folders, hidden files, Excel's lock files (~$) and earlier annotated copies
    are passed over.

    Exit codes: 0 no findings, 1 findings, 2 something could not be audited.""")
_OUTPUT = Text("Folder for the annotated copies (default: beside the inputs).")
_NO_ANNOTATE = Text("Write no annotated copy.")
_FORMAT = Text("Form of the report.")
_REPORT = Text("Write the report to this file; with html of several workbooks: into this folder.")
_JOBS = Text("How many workbooks to audit at once.")
_FAIL_ON = Text("Exit with 1 from this severity upwards.")
_ALL = Text("Show all findings, also those alike.")
_TOP = Text("Show the causes only, without the findings; for the text report.")
MAP = Text("A mapping (TOML): which range and columns are what; see `xlaudit tables --draft-map`.")
_FORCE = Text("Replace existing outputs even if xlaudit did not make them.")
_LEFT_ASIDE = plural(
    "{n} file of another format was not audited ({first}); save it as .xlsx first.",
    "{n} files of other formats were not audited (such as {first}); save them as .xlsx first.",
)
_OWN_COPIES = plural(
    "{n} annotated copy was skipped because its original is audited ({first}).",
    "{n} annotated copies were skipped because their originals are audited (such as {first}).",
)
_WRITTEN = Text("The report was written to {path}.")
_BUSY = Text("Auditing")


@click.command(cls=Command, text=_ABOUT)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", text=_OUTPUT)
@option("--no-annotate", is_flag=True, text=_NO_ANNOTATE)
@option("--format", "form", type=click.Choice(FORMATS), default="text", text=_FORMAT)
@option("--report", type=click.Path(path_type=Path), metavar="OUT", text=_REPORT)
@option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE", text=MAP)
@config_option
@option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", text=_JOBS)
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
    jobs: int,
    fail_on: str,
    show_all: bool,
    top: bool,
    force: bool,
) -> ExitCode:
    from xlaudit.cli.inputs import find, plan
    from xlaudit.cli.outputs import check_target
    from xlaudit.cli.pages import plan_pages, publish_pages
    from xlaudit.cli.running import Job, Result, held_against_each_other

    found = find(paths)
    inputs = tuple(item.path for item in found.inputs)
    targets = [None] * len(inputs) if no_annotate else plan(found.inputs, output)
    read = inputs if map_file is None else (*inputs, map_file)
    pages = plan_pages(found, report, read, force) if form == "html" else None
    if report is not None and form != "html":
        check_target(report, read, force)
    if found.left_aside:
        session.warn(_LEFT_ASIDE.fill(n=len(found.left_aside), first=found.left_aside[0]))
    if found.own_copies:
        session.warn(_OWN_COPIES.fill(n=len(found.own_copies), first=found.own_copies[0]))
    settings = settings_for(inputs, config, session)
    check_rules(settings)
    session = spoken(session, settings)
    mappings = mappings_for(inputs, settings, map_file)
    work = [
        Job(path, target, session.language, force, mapping, held, form == "html")
        for path, target, mapping, held in zip(inputs, targets, mappings, settings, strict=True)
    ]
    _tell_signed(work, session)
    done = held_against_each_other(work, _run(work, jobs, session), jobs)
    tell_unused(settings, [one.outcome for one in done], session)
    results = [*done, *(Result(outcome) for outcome in found.refused)]
    if form == "html":
        publish_pages(results, pages, session, report)
        _warn(results, session, on_screen=False)
    else:
        publish(results, session, form=form, report=report, show_all=show_all, top=top)
    return exit_code(results, fail_on)


def _tell_signed(work: Sequence[Job], session: Session) -> None:
    """Say, before a copy is annotated, whose signature it will break."""
    from xlaudit.annotate import is_signed
    from xlaudit.cli.outputs import SIGNED

    for job in work:
        if job.target is not None and is_signed(job.path):
            session.warn(SIGNED.fill(path=job.path))


def _run(work: Sequence[Job], jobs: int, session: Session) -> list[Result]:
    from xlaudit.cli.running import run_all

    results: Iterator[Result] = run_all(work, jobs)
    if len(work) < 2 or not sys.stderr.isatty():
        return list(results)
    with click.progressbar(results, length=len(work), label=session.text(_BUSY), file=sys.stderr) as bar:
        return list(bar)


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
    from xlaudit.cli.outputs import write_text
    from xlaudit.reports.formats import report_for

    colour = report is None and wants_colour(os.environ)
    writer = report_for(form, show_all=show_all, colour=colour, top=top)
    text = writer.render([result.outcome for result in results], session.language)
    if report is None:
        emit(text)
    else:
        write_text(report, text)
        session.warn(_WRITTEN.fill(path=report))
    _warn(results, session, on_screen=form == "text" and report is None and sys.stdout.isatty())


def _warn(results: Sequence[Result], session: Session, *, on_screen: bool) -> None:
    """What could not be audited or written; refusals that the report shows on screen are not repeated."""
    for result in results:
        path, failure = result.outcome.path, result.outcome.failure
        if failure is not None and not on_screen:
            session.warn(f"{path}: {session.text(failure.message)}")
        for complaint in result.complaints:
            session.warn(f"{path}: {session.text(complaint)}")
        if result.trace and session.debug:
            click.echo(result.trace, err=True)


def exit_code(results: Sequence[Result], fail_on: str) -> ExitCode:
    """2 if anything could not be done, else 1 if a finding is at or above ``fail_on``, else 0."""
    from xlaudit.cli.running import failed
    from xlaudit.findings import SEVERITY_ORDER, Severity

    if failed(results):
        return ExitCode.FAILED
    limit = SEVERITY_ORDER[Severity(fail_on)]
    found = any(
        SEVERITY_ORDER[finding.severity] <= limit for result in results for finding in result.outcome.findings
    )
    return ExitCode.FINDINGS if found else ExitCode.CLEAN
