"""``xlaudit status``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.configured import config_option, settings_for, spoken
from xlaudit.cli.recording import ledger_of, ledger_option
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.agencies import Agencies, Entry
    from xlaudit.ledger.store import Ledger
    from xlaudit.offices import Office
    from xlaudit.overview import Listed, Mailed, Overview, Wanted
    from xlaudit.standing import Audit, Series, Standing

_AGENCIES = Text("The list of agencies (CSV or workbook) with the columns perangkat daerah, email, cc.")
_YEAR = Text("Only this year.")
_PERIOD = Text("Only this period: tahunan, tw1 to tw4, smt1 or smt2.")
_AGENCY = Text("Only agencies of this name or with it in their name, with all submissions and findings.")
_FORMAT = Text("Form of the output.")
_FAIL_ON = Text("Exit with 1 from this severity upwards.")
_FORGET = Text("Take submission number N out of the ledger (`--agency` shows the numbers).")
_OFF = Text("No ledger is in use (XLAUDIT_LEDGER or the settings say so); name one with --ledger.")
_AMBIGUOUS = Text("{name} may be one of several on the list ({names}); it is shown by itself.")
_NO_PERIOD = Text("There is no period “{name}”; there are: {choices}.")
_NO_AGENCY = Text("The ledger has no agency with the name “{name}”.")
_NO_NUMBER = Text("The ledger has no submission number {number}.")
_FORGOTTEN = plural(
    "Submission {number} ({path}) was taken out, with {n} audit of it.",
    "Submission {number} ({path}) was taken out, with {n} audits of it.",
)


@click.command(cls=Command, text=COMMANDS["status"].about)
@ledger_option
@option("--agencies", type=click.Path(path_type=Path), metavar="LIST", text=_AGENCIES)
@option("--year", type=click.IntRange(2000, 2099), metavar="TAHUN", text=_YEAR)
@option("--period", metavar="PERIODE", text=_PERIOD)
@option("--agency", metavar="NAMA", text=_AGENCY)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", text=_FORMAT)
@option("--fail-on", type=click.Choice(["error", "warning"]), default="error", text=_FAIL_ON)
@option("--forget", type=click.IntRange(min=1), metavar="N", text=_FORGET)
@config_option
@common_options
@click.pass_obj
def status(
    session: Session,
    ledger: str | None,
    agencies: Path | None,
    year: int | None,
    period: str | None,
    agency: str | None,
    form: str,
    fail_on: str,
    forget: int | None,
    config: Path | None,
) -> ExitCode:
    from xlaudit.agencies import read_agencies
    from xlaudit.errors import BadUsage
    from xlaudit.findings import Severity
    from xlaudit.ledger.store import Ledger
    from xlaudit.overview import Wanted
    from xlaudit.reports.status_json import status_json
    from xlaudit.reports.status_text import status_text

    [settings] = settings_for([Path.cwd() / "-"], config, session)
    session = spoken(session, [settings])
    place = ledger_of(ledger, settings)
    if place is None:
        raise BadUsage("no_ledger", _OFF)
    wanted = Wanted(year, _period(period or ""))
    listed = None if agencies is None else read_agencies(agencies, settings.limits)
    for remark in () if listed is None else listed.remarks:
        session.warn(remark)
    with Ledger.open(place, create=False) as opened:
        if forget is not None:
            _forget(opened, forget, session)
            return ExitCode.CLEAN
        found = _overview(opened, wanted, agency, listed, session)
    if agency and not (found.groups or found.unknown):
        raise BadUsage("no_agency", _NO_AGENCY.fill(name=agency))
    emit(status_json(found) if form == "json" else status_text(found, session.language, detailed=bool(agency)))
    return ExitCode.FINDINGS if found.any_at(Severity(fail_on)) else ExitCode.CLEAN


def _period(name: str) -> str:
    from xlaudit.errors import BadUsage
    from xlaudit.identity import PERIODS

    period = name.strip().lower()
    if period not in ("", *PERIODS):
        raise BadUsage("no_period", _NO_PERIOD.fill(name=name, choices=", ".join(PERIODS)))
    return period


def _overview(
    opened: Ledger, wanted: Wanted, agency: str | None, listed: Agencies | None, session: Session
) -> Overview:
    from xlaudit.ledger.audits import all_audits, findings_of
    from xlaudit.overview import Listed, overview
    from xlaudit.standing import all_series, needed, standing

    named = _Named(listed, session)
    with opened.reading() as connection:
        read = all_series(all_audits(connection), named.office)
        some = [one for one in read.series if wanted.takes(one) and (agency is None or named.is_called(one, agency))]
        findings = findings_of(connection, needed(some))
    standings: list[Standing] = [standing(one, findings) for one in some]
    names = None if listed is None or agency else [Listed(one.name, one.government) for one in listed.entries]
    entry_of: Callable[[Series], Listed | None] = named.listed if names is not None else lambda series: None
    rejected = read.rejected if agency is None else ()
    found = overview(opened.place.shown, standings, rejected, wanted, names, entry_of)
    refused = {entry: audit for audit in read.rejected if (entry := named.of_rejected(audit)) is not None}
    return found._replace(refused=refused, mailed=_mailed(opened))


def _mailed(opened: Ledger) -> dict[str, list[Mailed]]:
    """The mailings by the sha256 of the submission that they are about."""
    from xlaudit.overview import Mailed

    found: dict[str, list[Mailed]] = {}
    for one in opened.mailings.of():
        if one.changed_at is not None:
            found.setdefault(one.submission_sha256, []).append(Mailed(one.state, one.changed_at, one.recipients))
    return found


class _Named:
    """Agencies by their names on the list; what may be several of them is told once and left as it is."""

    def __init__(self, listed: Agencies | None, session: Session) -> None:
        self._listed = listed
        self._session = session
        self._told: set[str] = set()

    def office(self, audit: Audit) -> Office:
        """The office that a workbook is of, as the list names it."""
        from xlaudit.offices import office_of

        entry = self._entry(audit.agency, audit.government, audit.path)
        own = office_of(audit.agency, audit.government)
        if entry is None:
            return own
        office = office_of(entry.name, entry.government)
        return office if office.government else office._replace(government=own.government)

    def listed(self, series: Series) -> Listed | None:
        """The line of the list that a series belongs to."""
        from xlaudit.overview import Listed

        entry = self._entry(series.agency, series.government, series.last.audit.path)
        return None if entry is None else Listed(entry.name, entry.government)

    def of_rejected(self, audit: Audit) -> Listed | None:
        """The line of the list that a workbook belongs to of which nothing is known but its path."""
        from xlaudit.overview import Listed

        entry = self._entry("", "", audit.path)
        return None if entry is None else Listed(entry.name, entry.government)

    def is_called(self, series: Series, name: str) -> bool:
        """Whether a series is of the agency asked for; one without a name is asked for by the name of its file."""
        from xlaudit.matching import key
        from xlaudit.offices import nearly_same_name

        if not series.office.agency:
            return key(name) in key(Path(series.last.audit.path).stem)
        entry = self._entry(series.agency, series.government, series.last.audit.path)
        names = [series.agency] if entry is None else [series.agency, entry.name]
        return any(nearly_same_name(name, one) or key(name) in key(one) for one in names)

    def _entry(self, agency: str, government: str, path: str) -> Entry | None:
        """The entry of an agency; of a workbook that names none, by the name of its file."""
        if self._listed is None:
            return None
        if not agency:
            return self._listed.called(path).entry
        match = self._listed.match(agency, government)
        if match.entry is None and match.candidates and agency not in self._told:
            self._told.add(agency)
            names = ", ".join(f"{one.name} · {one.government}".strip(" ·") for one in match.candidates)
            self._session.warn(_AMBIGUOUS.fill(name=agency, names=names))
        return match.entry


def _forget(opened: Ledger, number: int, session: Session) -> None:
    """Takes a submission out, or a workbook that was rejected."""
    from xlaudit.errors import BadUsage
    from xlaudit.ledger.audits import all_audits, forget

    with opened.reading() as connection:
        audit = next((one for one in all_audits(connection) if one.id == number), None)
    if audit is None:
        raise BadUsage("no_submission", _NO_NUMBER.fill(number=number))
    count = forget(opened, number)
    session.warn(_FORGOTTEN.fill(number=number, path=audit.path, n=count))
