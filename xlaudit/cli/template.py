"""``xlaudit template``: writes the workbook that staff fill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import settings_for
from xlaudit.cli.session import ExitCode, Session
from xlaudit.errors import BadUsage, UserError
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.templates import Content, Value

_OUT = Text("The file to write (.xlsx).")
_AGENCY = Text("The agency's name for the sheet Identitas.")
_YEAR = Text("The budget year for the sheet Identitas.")
_FROM = Text("Take indicators, targets, programs and pagu from this workbook; results are left empty.")
_FORCE = Text("Replace an existing output.")
_WRITTEN = Text("{path} written.")
_TAKEN = Text("Taken from {source}: {what}. Check its targets and pagu again; results were left empty.")
_ROWS = plural("{sheet} {n} row", "{sheet} {n} rows")
_NOTHING = Text(
    "Nothing in {source} can be used for the template {kind}: no indicators, targets, programs or pagu were found. "
    "Choose another workbook, or write an empty template without --from.",
)
_NOT_XLSX = Text("The name of the output {path} must end in .xlsx.")
_FILE = click.Path(path_type=Path)
_YEARS = click.IntRange(2000, 2099)


@click.command(cls=Command, text=COMMANDS["template"].about)
@click.argument("kind", metavar="[KIND]", default="lkjip")
@option("-o", "--output", required=True, type=_FILE, metavar="OUT", text=_OUT)
@option("--agency", metavar="NAMA", text=_AGENCY)
@option("--year", type=_YEARS, metavar="TAHUN", text=_YEAR)
@option("--from", "source", type=_FILE, metavar="WORKBOOK", text=_FROM)
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def template(
    session: Session, kind: str, output: Path, agency: str | None, year: int | None, source: Path | None, force: bool
) -> ExitCode:
    from xlaudit.outputs import check_target, replacing
    from xlaudit.templates import Content, check_kind, write_template

    kind = kind.strip().lower()
    check_kind(kind)
    if output.suffix.lower() != ".xlsx":
        raise BadUsage("output_no_xlsx", _NOT_XLSX.fill(path=output))
    check_target(output, () if source is None else (source,), force)
    settings: dict[str, Value] = {}
    if agency:
        settings["Perangkat_Daerah"] = agency.strip()
    if year is not None:
        settings["Tahun"] = str(year)
    content = Content(settings) if source is None else _taken(session, kind, source, settings, year)
    with replacing(output) as temporary:
        write_template(kind, temporary, content)
    session.warn(_WRITTEN.fill(path=output))
    return ExitCode.CLEAN


def _taken(session: Session, kind: str, source: Path, settings: dict[str, Value], year: int | None) -> Content:
    """What the workbook gives for the template; a ``UserError`` where that is nothing."""
    from xlaudit.reading.book import read_book
    from xlaudit.schemas.forms import TEMPLATES
    from xlaudit.templates.prefill import prefilled

    [held] = settings_for([source], None, session)
    book = read_book(source, limits=held.limits)
    old = {} if book.template is None else book.template.identity
    identity = {name: field.text for name, field in old.items() if name != "Periode"}  # the next report's is another
    content = prefilled(book.tables, {**identity, **settings}, year)
    filled = [(form.sheet, len(content.rows.get(form.key, ()))) for form in TEMPLATES[kind]]
    if not any(count for _, count in filled):
        raise UserError("nothing_to_prefill", _NOTHING.fill(source=source, kind=kind))
    taken = (session.text(_ROWS.fill(sheet=sheet, n=count)) for sheet, count in filled if count)
    session.warn(_TAKEN.fill(source=source, what=", ".join(taken)))
    return content
