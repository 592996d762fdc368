"""``xlaudit recap``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.audit import MAP
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import config_option
from xlaudit.cli.recording import Recorder, Recording, recording_options
from xlaudit.cli.running import Running, running_options
from xlaudit.cli.session import ExitCode, Session
from xlaudit.errors import BadUsage
from xlaudit.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlaudit.batch.job import Result
    from xlaudit.outcome import Outcome
    from xlaudit.recap.gather import Recap

FORMATS = ("xlsx", "html", "jsonl", "csv", "parquet")

_OUT = Text("The file to write.")
_FORMAT = Text("The form, where the name of OUT does not tell.")
_AGENCIES = Text("A list of agencies (CSV or workbook): says who has not submitted.")
_COPIES = Text("Folder for the annotated copies (default: beside the inputs).")
_NO_ANNOTATE = Text("Write no annotated copies; the recap links to the workbooks themselves.")
_FORCE = Text("Replace existing outputs even if xlaudit did not make them.")
_WHICH_FORMAT = Text(
    "The name {path} does not tell the form of the recap; end it in .xlsx, .html, .jsonl, .csv or .parquet, or use "
    "--format."
)
_WRITTEN = Text(
    "{path} was written (workbooks: {books}, of which count: {counted}, rejected: {rejected}; findings: {findings})."
)


@click.command(cls=Command, text=COMMANDS["recap"].about)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="OUT", text=_OUT)
@option("--format", "form", type=click.Choice(FORMATS), text=_FORMAT)
@option("--agencies", "list_file", type=click.Path(path_type=Path), metavar="LIST", text=_AGENCIES)
@option("--copies", type=click.Path(path_type=Path), metavar="DIR", text=_COPIES)
@option("--no-annotate", is_flag=True, text=_NO_ANNOTATE)
@option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE", text=MAP)
@config_option
@running_options
@recording_options
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def recap(
    session: Session,
    paths: tuple[str, ...],
    output: Path,
    form: str | None,
    list_file: Path | None,
    copies: Path | None,
    no_annotate: bool,
    map_file: Path | None,
    config: Path | None,
    running: Running,
    recording: Recording,
    force: bool,
) -> ExitCode:
    from xlaudit.agencies import read_agencies
    from xlaudit.cli.auditing import Asked, planned
    from xlaudit.outputs import check_folder, check_target
    from xlaudit.recap.gather import gather, replaced_words

    chosen = form or _format_of(output)
    check_folder(output)
    if chosen == "parquet":
        from xlaudit.extract import check_parquet

        check_parquet()
    agencies = None if list_file is None else read_agencies(list_file)
    for remark in () if agencies is None else agencies.remarks:
        session.warn(remark)
    audits = planned(Asked(paths, copies, not no_annotate, map_file, config, force), session)
    session = audits.session
    check_target(output, (*audits.read, *(() if list_file is None else (list_file,))), force)
    recorder = Recorder(recording, paths, audits)
    results = audits.results(running)
    recorded = recorder.record(results, meeting=False)
    failed: list[bool] = []
    found = gather(_outcomes(results, session, failed, list_file), agencies, date.today())
    for book in found.books:
        replaced = replaced_words(book)
        if replaced is not None:
            session.warn(f"{book.path}: {session.text(replaced)}")
    _write(found, output, chosen, session)
    session.warn(
        _WRITTEN.fill(
            path=output,
            books=len(found.books),
            counted=len(found.counted),
            rejected=len(found.rejected),
            findings=len(found.findings),
        )
    )
    return ExitCode.FAILED if any(failed) or not recorded else ExitCode.CLEAN


def _format_of(path: Path) -> str:
    suffix = path.suffix.lower().removeprefix(".")
    known = {"htm": "html", "ndjson": "jsonl", "pq": "parquet"}.get(suffix, suffix)
    if known not in FORMATS:
        raise BadUsage("unknown_format", _WHICH_FORMAT.fill(path=path))
    return known


def _outcomes(
    results: Iterable[Result], session: Session, failed: list[bool], list_file: Path | None
) -> Iterator[Outcome]:
    """The outcomes one by one; what went wrong is said on stderr. The list of agencies itself is no workbook."""
    from xlaudit.outputs import real

    aside = None if list_file is None else real(list_file)
    for result in results:
        outcome = result.outcome
        if aside is not None and real(Path(outcome.path)) == aside:
            continue
        failed.append(outcome.failure is not None or bool(outcome.crashes or result.complaints))
        if outcome.failure is not None:
            session.warn(f"{outcome.path}: {session.text(outcome.failure.message)}")
        for complaint in result.complaints:
            session.warn(f"{outcome.path}: {session.text(complaint)}")
        if result.trace and session.debug:
            click.echo(result.trace, err=True)
        yield outcome


def _write(found: Recap, output: Path, form: str, session: Session) -> None:
    from xlaudit.outputs import replacing

    with replacing(output) as temporary:
        if form == "xlsx":
            from xlaudit.recap.workbook import write_workbook

            write_workbook(found, temporary, session.language, output.parent)
        elif form == "html":
            from xlaudit.recap.page import recap_page

            page = recap_page(found, session.language, output.parent)
            temporary.write_bytes(page.encode("utf-8", errors="backslashreplace"))
        else:
            from xlaudit.recap.data import write_books, write_findings

            if form == "jsonl":
                write_books(found, temporary)
            else:
                write_findings(found, temporary, form)
