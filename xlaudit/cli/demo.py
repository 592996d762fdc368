"""``xlaudit demo``: audits the sample that comes with the package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from xlaudit.cli.audit import exit_code, publish
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.session import ExitCode, Session
from xlaudit.texts import Text

SAMPLE = "pacitan-2024.xlsx"

_OUT = Text("File for the annotated copy.")
_FORCE = Text("Replace an existing output even if xlaudit did not make it.")


@click.command(cls=Command, text=COMMANDS["demo"].about)
@option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", text=_OUT)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def demo(session: Session, output: Path | None, force: bool) -> ExitCode:
    from importlib.resources import as_file, files

    from xlaudit.batch.inputs import annotated_name
    from xlaudit.batch.job import Job, run

    target = output or Path(annotated_name(Path(SAMPLE)))
    with as_file(files("xlaudit") / "demo" / SAMPLE) as sample:
        result = run(Job(sample, target, session.language, force))
    result = result._replace(outcome=replace(result.outcome, path=SAMPLE))
    publish([result], session, form="text", report=None)
    return exit_code([result], "error")
