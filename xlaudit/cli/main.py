"""The entry point: the group of commands, and the one place where every error becomes a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from xlaudit import __version__
from xlaudit.cli.bilingual import Group, common_options, complaint, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.session import (
    ExitCode,
    Session,
    prepare_streams,
    silence,
)
from xlaudit.errors import UserError
from xlaudit.faults import OUR_FAULT, crash_line, crash_trace
from xlaudit.texts import Text

_ABOUT = Text("""Audit Excel workbooks that report performance and budget.

    Every figure is computed again, exactly; cells that contradict are marked and explained in a
    copy, the original is never changed.""")
_VERSION = Text("Show the version.")
_STOPPED = Text("Stopped.")


def _show_version(context: click.Context, _option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"xlaudit {__version__}")
        context.exit()


@click.group(cls=Group, text=_ABOUT, told=COMMANDS)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, text=_VERSION)
@common_options
def cli() -> None:
    """The group ``xlaudit``."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, an ``ExitCode``; whatever goes wrong is said on stderr.

    ``argv`` are the arguments without the program's name; those of the process where it is None.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    session = Session.of(arguments, os.environ)
    prepare_streams()
    try:
        with cli.make_context("xlaudit", arguments, obj=session) as context:
            return int(cli.invoke(context) or ExitCode.CLEAN)
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message(), err=True)
    except click.ClickException as error:
        session.warn(complaint(error, session))
    except UserError as error:
        session.warn(error.text)
    except (KeyboardInterrupt, click.Abort):
        session.warn(_STOPPED)
    except BrokenPipeError:
        silence(sys.stdout)
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - whatever is left is our own fault, and is said to be
        session.warn(OUR_FAULT.fill(detail=crash_line(error)))
        if session.debug:
            click.echo(crash_trace(error), err=True)
    return ExitCode.FAILED
