"""``xlaudit extract``."""

from __future__ import annotations

import hashlib
import io
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from xlaudit.cli.audit import MAP
from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import config_option, mappings_for, settings_for
from xlaudit.cli.session import ExitCode, Session
from xlaudit.errors import BadUsage, UserError, reason
from xlaudit.faults import OUR_FAULT, crash_line, crash_trace
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.extract import Record
    from xlaudit.mapping import Mapping
    from xlaudit.settings import Settings

_Job = tuple[Path, "Settings", "Mapping | None"]

_OUT = Text("The file to write; - for stdout.")
_PER = Text("One record for every figure, or for every line of a table.")
_FORMAT = Text("The form, where the name of OUT does not tell.")
_EXCEL = Text("CSV to open in Excel: semicolons, decimal commas, texts never taken for formulas.")
_FORCE = Text("Replace an existing output even if xlaudit did not make it.")
_WHICH_FORMAT = Text(
    "The name {path} does not tell the form of the output; end it in .csv, .jsonl or .parquet, or use --format."
)
_PARQUET_TO_FILE = Text("Parquet cannot be written to stdout; name a file with -o.")
_EXCEL_IS_CSV = Text("--excel goes with CSV only.")
_LEFT_ASIDE = plural(
    "{n} file of another format was not read ({first}); save it as .xlsx first.",
    "{n} files of other formats were not read (such as {first}); save them as .xlsx first.",
)
_OWN_COPIES = plural(
    "{n} annotated copy was skipped because its original is read ({first}).",
    "{n} annotated copies were skipped because their originals are read (such as {first}).",
)
_UNREAD = plural(
    "{n} sheet holds figures but no recognised table ({first}); see `xlaudit tables`.",
    "{n} sheets hold figures but no recognised table (such as {first}); see `xlaudit tables`.",
)
_UNCERTAIN = plural(
    "{n} cell could not be read as one certain figure: see the column state. Its value is left empty, not guessed.",
    "{n} cells could not be read as one certain figure: see the column state. Their values are left empty, not "
    "guessed.",
)
_WRITTEN = Text("{path} was written (records: {records}, tables: {tables}, workbooks: {books}).")
_NOTHING = Text("There was not a single table to extract; {path} was not written.")
_CANNOT_READ = Text("The file cannot be read ({why}).")
_BUSY = Text("Reading")
_STDOUT = "-"
_UNCERTAIN_STATES = ("malformed", "ambiguous", "stacked", "error", "uncomputed", "date")


@click.command(cls=Command, text=COMMANDS["extract"].about)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@option("-o", "--output", required=True, metavar="OUT", text=_OUT)
@option("--per", type=click.Choice(["figure", "line"]), default="figure", text=_PER)
@option("--format", "form", type=click.Choice(["csv", "jsonl", "parquet"]), text=_FORMAT)
@option("--excel", is_flag=True, text=_EXCEL)
@option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE", text=MAP)
@config_option
@option("--force", is_flag=True, text=_FORCE)
@common_options
@click.pass_obj
def extract(
    session: Session,
    paths: tuple[str, ...],
    output: str,
    per: str,
    form: str | None,
    excel: bool,
    map_file: Path | None,
    config: Path | None,
    force: bool,
) -> ExitCode:
    from xlaudit.batch.inputs import find
    from xlaudit.extract import NothingToWrite
    from xlaudit.outputs import check_target

    form = _form(output, form, excel)
    found = find(paths)
    inputs = [item.path for item in found.inputs]
    if output != _STDOUT:
        check_target(Path(output), inputs if map_file is None else [*inputs, map_file], force)
    if found.left_aside:
        session.warn(_LEFT_ASIDE.fill(n=len(found.left_aside), first=found.left_aside[0]))
    if found.own_copies:
        session.warn(_OWN_COPIES.fill(n=len(found.own_copies), first=found.own_copies[0]))
    source = _Source(session, per)
    for outcome in found.refused:
        if outcome.failure is not None:
            source.refuse(outcome.path, outcome.failure.message)
    settings = settings_for(inputs, config, session)
    jobs = list(zip(inputs, settings, mappings_for(inputs, settings, map_file), strict=True))
    with _progress(jobs, session) as shown:
        try:
            records = _write(source.records(shown), output, per, form, excel)
        except NothingToWrite:
            records = 0
    source.tell_the_rest()
    if not records:
        session.warn(_NOTHING.fill(path=output))
        return ExitCode.FAILED
    if output != _STDOUT:
        session.warn(_WRITTEN.fill(path=output, records=records, tables=source.tables, books=source.books))
    return ExitCode.FAILED if source.refused else ExitCode.CLEAN


def _form(output: str, form: str | None, excel: bool) -> str:
    """The form of the output; ``BadUsage`` where it is not told or does not go with the rest."""
    from xlaudit.extract import check_parquet, format_of

    form = form or ("csv" if output == _STDOUT else format_of(Path(output)))
    if form is None:
        raise BadUsage("output_no_form", _WHICH_FORMAT.fill(path=output))
    if form == "parquet":
        if output == _STDOUT:
            raise BadUsage("output_no_file", _PARQUET_TO_FILE)
        check_parquet()
    if excel and form != "csv":
        raise BadUsage("excel_is_csv", _EXCEL_IS_CSV)
    return form


class _Source:
    """The workbooks, read one after another and let go again; counts what became of them."""

    def __init__(self, session: Session, per: str) -> None:
        self.session = session
        self.per = per
        self.books = self.tables = self.refused = 0
        self.unread: list[str] = []
        self.uncertain: Counter[str] = Counter()

    def records(self, jobs: Iterable[_Job]) -> Iterator[Record]:
        """The records of all workbooks. Nothing is raised for one that cannot be read: it is told and passed over."""
        for path, settings, mapping in jobs:
            try:
                found = self._read(path, settings, mapping)
            except UserError as error:
                self.refuse(str(path), error.text)
            except OSError as error:
                self.refuse(str(path), _CANNOT_READ.fill(why=reason(error)))
            except Exception as error:  # noqa: BLE001 - our own fault, told as such; other workbooks go on
                self.refuse(str(path), OUR_FAULT.fill(detail=crash_line(error)))
                if self.session.debug:
                    click.echo(crash_trace(error), err=True)
            else:
                yield from found
                del found

    def _read(self, path: Path, settings: Settings, mapping: Mapping | None) -> Iterator[Record]:
        from xlaudit.extract import Origin, figure_records, line_records
        from xlaudit.reading.book import no_tables, read_book

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = read_book(path, mapping, settings.limits)
        if not book.tables:
            raise no_tables(book.template)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        for remark in book.remarks:
            self._tell(str(path), remark)
        template = "" if book.template is None else book.template.kind
        self.books += 1
        self.tables += len(book.tables)
        self.unread += (f"{path}: {sheet}" for sheet in book.unread)
        for table in book.tables:
            self.uncertain.update(figure.state.value for row in table.rows for figure in row.figures.values())
        made = figure_records if self.per == "figure" else line_records
        return made(Origin(str(path), digest, book.identity, template), book.tables)

    def refuse(self, path: str, why: Text) -> None:
        """Something that was asked for gives no records."""
        self.refused += 1
        self._tell(path, why)

    def _tell(self, path: str, what: Text) -> None:
        self.session.warn(f"{path}: {self.session.text(what)}")

    def tell_the_rest(self) -> None:
        """What the records do not hold, though no workbook was refused for it."""
        if self.unread:
            self.session.warn(_UNREAD.fill(n=len(self.unread), first=self.unread[0]))
        uncertain = sum(self.uncertain[state] for state in _UNCERTAIN_STATES)
        if uncertain:
            self.session.warn(_UNCERTAIN.fill(n=uncertain))


@contextmanager
def _progress(jobs: Sequence[_Job], session: Session) -> Iterator[Iterable[_Job]]:
    """The jobs, with a bar on a terminal while they are gone through."""
    if len(jobs) < 2 or not sys.stderr.isatty():
        yield jobs
        return
    with click.progressbar(jobs, label=session.text(_BUSY), file=sys.stderr) as bar:
        yield bar


def _write(records: Iterable[Record], output: str, per: str, form: str, excel: bool) -> int:
    """Writes the records whole or, into a file, not at all; returns how many."""
    from xlaudit.extract import FIGURE_COLUMNS, line_columns, spooled, write
    from xlaudit.outputs import replacing

    with ExitStack() as stack:
        target: Path | IO[str] = _plain_stdout() if output == _STDOUT else stack.enter_context(replacing(Path(output)))
        if per == "figure":
            return write(form, target, FIGURE_COLUMNS, records, excel)
        lines = stack.enter_context(spooled(records))
        return write(form, target, line_columns(lines.figures), lines.records, excel)


def _plain_stdout() -> IO[str]:
    """stdout that leaves line breaks within texts as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    return sys.stdout
