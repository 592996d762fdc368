"""``xlaudit tables``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from xlaudit.cli.audit import MAP
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import config_option, mappings_for, settings_for, spoken
from xlaudit.cli.session import ExitCode, Session, emit, wants_colour
from xlaudit.reports import TABLES_FORMATS
from xlaudit.texts import Text

_FORMAT = Text("Form of the output.")
_REPORT = Text("Write to this file instead of stdout.")
_ALL = Text("Show all rows, shorten nothing.")
_DRAFT = Text("Write a draft mapping of what was recognised, to be corrected and used with --map.")
_FORCE = Text("Replace an existing output even if xlaudit did not make it.")
_WRITTEN = Text("{path} was written.")
_NONE = Text("No table was recognised in {path}; the output says why.")

_FILE = click.Path(path_type=Path)


@click.command(cls=Command, text=COMMANDS["tables"].about)
@click.argument("file", metavar="FILE", type=_FILE)
@option("--format", "form", type=click.Choice(TABLES_FORMATS), default="text", text=_FORMAT)
@option("-o", "--output", "--report", "output", type=_FILE, metavar="OUT", text=_REPORT)
@option("--map", "map_file", type=_FILE, metavar="FILE", text=MAP)
@option("--draft-map", is_flag=True, text=_DRAFT)
@config_option
@option("--all", "show_all", is_flag=True, text=_ALL)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def tables(
    session: Session,
    file: Path,
    form: str,
    output: Path | None,
    map_file: Path | None,
    draft_map: bool,
    config: Path | None,
    show_all: bool,
    force: bool,
) -> ExitCode:
    from xlaudit.mapping.draft import draft
    from xlaudit.outputs import check_target, write_text
    from xlaudit.reading.survey import survey
    from xlaudit.reports.formats import tables_report_for

    if output is not None:
        check_target(output, (file,) if map_file is None else (file, map_file), force)
    [settings] = settings_for([file], config, session)
    session = spoken(session, [settings])
    [mapping] = mappings_for([file], [settings], map_file)
    found = survey(file, form == "html" and not draft_map, mapping, settings.limits)
    colour = output is None and wants_colour(os.environ)
    if draft_map:
        text = draft(file.name, found.tables)
    else:
        text = tables_report_for(form, show_all=show_all, colour=colour).render(found, session.language)
    if output is None:
        emit(text)
    else:
        write_text(output, text)
        session.warn(_WRITTEN.fill(path=output))
    if not found.tables and not draft_map:
        session.warn(_NONE.fill(path=file))
        return ExitCode.FAILED
    return ExitCode.CLEAN
