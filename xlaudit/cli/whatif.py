"""``xlaudit whatif``."""

from __future__ import annotations

from pathlib import Path

import click

from xlaudit.cli.audit import MAP
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import check_rules, config_option, mappings_for, settings_for, spoken
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.texts import Text

_FORMAT = Text("Form of the output.")

_FILE = click.Path(path_type=Path)


@click.command(cls=Command, text=COMMANDS["whatif"].about)
@click.argument("file", metavar="FILE", type=_FILE)
@click.argument("changes", metavar="CELL=VALUE...", nargs=-1, required=True)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", text=_FORMAT)
@option("--map", "map_file", type=_FILE, metavar="FILE", text=MAP)
@config_option
@common_options
@click.pass_obj
def whatif(
    session: Session, file: Path, changes: tuple[str, ...], form: str, map_file: Path | None, config: Path | None
) -> ExitCode:
    from xlaudit.findings import Severity
    from xlaudit.reports.whatif import whatif_json, whatif_text
    from xlaudit.whatif import parse_change, what_if

    wanted = [parse_change(change) for change in changes]
    [settings] = settings_for([file], config, session)
    session = spoken(session, [settings])
    [mapping] = mappings_for([file], [settings], map_file)
    check_rules([settings])
    found = what_if(file, wanted, settings, mapping)
    emit(whatif_json(found) if form == "json" else whatif_text(found, session.language))
    return ExitCode.FINDINGS if found.after.count(Severity.ERROR) else ExitCode.CLEAN
