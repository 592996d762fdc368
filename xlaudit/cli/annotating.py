"""``xlaudit annotate`` and ``xlaudit clean``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from xlaudit import __version__
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import settings_for
from xlaudit.cli.session import ExitCode, Session
from xlaudit.errors import BadUsage, reason
from xlaudit.texts import Text

_OUT = Text("The file to write.")
_FORCE = Text("Replace an existing output even if xlaudit did not make it.")
_NO_REPORT = Text("The report {path} cannot be read ({why}).")
_NO_JSON = Text("{path} is not valid JSON: line {line}, column {column}.")
_NO_UTF8 = Text("{path} is not UTF-8 text.")
_WRITTEN = Text("{path} was written.")

_FILE = click.Path(path_type=Path)


@click.command(cls=Command, text=COMMANDS["annotate"].about)
@click.argument("file", metavar="FILE", type=_FILE)
@click.argument("report", metavar="REPORT.json", type=_FILE)
@option("-o", "--output", required=True, type=_FILE, metavar="OUT", text=_OUT)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def annotate(session: Session, file: Path, report: Path, output: Path, force: bool) -> ExitCode:
    from xlaudit.annotate import Heading, is_signed, marks_from_report
    from xlaudit.annotate import annotate as write_marks
    from xlaudit.outputs import SIGNED, check_target, replacing

    check_target(output, (file, report), force)
    marks = marks_from_report(read_report(report), file.name, session.language)
    heading = Heading(file=file.name, version=__version__)
    [settings] = settings_for([file], None, session)
    if is_signed(file):
        session.warn(SIGNED.fill(path=file))
    with replacing(output) as temporary:
        write_marks(file, temporary, marks, heading, session.language, limits=settings.limits)
    session.warn(_WRITTEN.fill(path=output))
    return ExitCode.CLEAN


@click.command(cls=Command, text=COMMANDS["clean"].about)
@click.argument("file", metavar="FILE", type=_FILE)
@option("-o", "--output", required=True, type=_FILE, metavar="OUT", text=_OUT)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def clean(session: Session, file: Path, output: Path, force: bool) -> ExitCode:
    from xlaudit.annotate import clean as take_out
    from xlaudit.outputs import check_target, replacing

    check_target(output, (file,), force)
    [settings] = settings_for([file], None, session)
    with replacing(output) as temporary:
        take_out(file, temporary, settings.limits)
    session.warn(_WRITTEN.fill(path=output))
    return ExitCode.CLEAN


def read_report(path: Path) -> object:
    """A JSON file, with or without a byte order mark; ``BadUsage`` where it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        facts = _NO_JSON.fill(path=path, line=error.lineno, column=error.colno)
        raise BadUsage("no_report", facts) from error
    except UnicodeDecodeError as error:
        raise BadUsage("no_report", _NO_UTF8.fill(path=path)) from error
    except OSError as error:
        why = reason(error)
        raise BadUsage("no_report", _NO_REPORT.fill(path=path, why=why)) from error
