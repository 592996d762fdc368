"""Audits recorded in the ledger: which one holds, whether anything is recorded, and what is said of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from xlaudit.cli.bilingual import option
from xlaudit.cli.session import Session
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.batch.job import Job, Result
    from xlaudit.cli.auditing import Planned
    from xlaudit.ledger.audits import Audited
    from xlaudit.ledger.place import Place
    from xlaudit.settings import Settings

_LEDGER = Text("The ledger: a file or postgresql://user@host/database (also by XLAUDIT_LEDGER or the settings).")
_NO_LEDGER = Text("Record nothing in the ledger.")
_DONE = plural("{n} audit was recorded in the ledger {place}.", "{n} audits were recorded in the ledger {place}.")
_FAILED = Text("The audits are complete, but were not recorded: {why}")
_FAILED_PARTLY = Text("The audits are complete, but only {n} of them were recorded: {why}")
_TWO = Text(
    "{agency}, {when}: there are several workbooks; {last} counts as the last submission, {first} as one before it."
)
_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


class Recording(NamedTuple):
    """What a command line asks for: ``place`` is what ``--ledger`` names, ``off`` is ``--no-ledger``."""

    place: str | None = None
    off: bool = False


def ledger_option(function: _Decorated) -> _Decorated:
    """The option ``--ledger FILE|URL``, given as ``ledger``."""
    return option("--ledger", metavar="FILE|URL", text=_LEDGER)(function)


def recording_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--ledger`` and ``--no-ledger``, given to the command as one argument ``recording``."""

    @wraps(function)
    def collected(*args: Any, ledger: str | None, no_ledger: bool, **rest: Any) -> Any:
        return function(*args, recording=Recording(ledger, no_ledger), **rest)

    return ledger_option(option("--no-ledger", is_flag=True, text=_NO_LEDGER)(collected))


def ledger_of(asked: str | None, settings: Settings) -> Place | None:
    """The ledger of a workbook with these settings; None where nothing is to be recorded."""
    from xlaudit.ledger.place import place_of

    return place_of(asked, os.environ, settings.ledger, settings.file)


class Recorder:
    """Records the audits of one call. Made before they begin, so that a wrong address is told at once.

    One workbook alone is recorded only if its ledger was named or is there already: who just looks at a workbook
    makes no database by it.
    """

    def __init__(self, asked: Recording, paths: Iterable[str], planned: Planned) -> None:
        several = len(planned.work) > 1 or any(Path(path).is_dir() for path in paths)
        self._session = planned.session
        self._work = planned.work
        self._places: list[Place | None] = []
        for settings in planned.settings:
            place = None if asked.off else ledger_of(asked.place, settings)
            wanted = place is not None and (several or place.asked or place.there)
            self._places.append(place if wanted else None)

    def record(self, results: Sequence[Result], *, meeting: bool = True) -> bool:
        """Records, and says on stderr where; False where a ledger that somebody named could not be written.

        The audits themselves are not touched by that, and the default ledger's failing is only told. ``meeting``:
        whether to say which of several workbooks of one agency counts; a recap says so itself.
        """
        well = True
        for place in dict.fromkeys(filter(None, self._places)):
            well &= self._record(place, results, meeting) or not place.asked
        return well

    def _record(self, place: Place, results: Sequence[Result], tell_meeting: bool) -> bool:
        from xlaudit.errors import UserError
        from xlaudit.ledger.audits import record
        from xlaudit.ledger.store import Ledger

        meeting = _Meeting(self._session)
        mine = meeting.watched(self._audited(results, place))
        count = 0
        try:
            with Ledger.open(place) as ledger:
                for count in record(ledger, mine):  # noqa: B007 - what was recorded before it failed is told
                    pass
        except UserError as error:
            why = error.text
            told = _FAILED_PARTLY.fill(n=count, why=why) if count else _FAILED.fill(why=why)
            self._session.warn(told)
            return False
        for text in meeting.told if tell_meeting else ():
            self._session.warn(text)
        if count:
            self._session.warn(_DONE.fill(n=count, place=place.shown))
        return True

    def _audited(self, results: Sequence[Result], place: Place) -> Iterator[Audited]:
        """What goes into one ledger. What was refused before anything was read comes last, and is no workbook."""
        from xlaudit.batch.job import digest_of
        from xlaudit.batch.keys import fingerprint
        from xlaudit.ledger.audits import Audited

        said: dict[tuple[int, int], str] = {}
        for at in _as_saved(results, self._work):
            result, job = results[at], self._work[at]
            if self._places[at] != place:
                continue
            what = id(job.settings), id(job.mapping)
            if what not in said:
                said[what] = fingerprint(job.settings, job.mapping)
            sha256 = result.sha256 or digest_of(job.path)  # that of a workbook whose process died is not told
            yield Audited(result.outcome, sha256, said[what], result.copy_sha256)


def _as_saved(results: Sequence[Result], work: Sequence[Job]) -> list[int]:
    """The workbooks in the order of the inputs, but those of one office and time in that in which they were saved."""
    from xlaudit.offices import office_of
    from xlaudit.saving import by_time

    groups: dict[tuple[object, ...], list[int]] = {}
    for at, (result, _) in enumerate(zip(results, work, strict=False)):
        identity = result.outcome.identity
        if identity.agency:
            agency = office_of(identity.agency, identity.government).agency
            groups.setdefault((agency, identity.year, identity.period), []).append(at)
    order = list(range(len(work)))
    for group in groups.values():
        if len(group) > 1:
            places = by_time([work[at].path for at in group]).places
            for at, place in zip(group, places, strict=True):
                order[at] = group[place]
    return order


class _Meeting:
    """Workbooks of one agency, period and document that differ: only the last one can count."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[tuple[object, ...], tuple[str, str]] = {}
        self.told: list[Text] = []

    def watched(self, audited: Iterable[Audited]) -> Iterator[Audited]:
        """The audits, as they come."""
        from xlaudit.offices import office_of
        from xlaudit.reports.status_text import heading
        from xlaudit.standing import YEARLY, document_of

        for one in audited:
            yield one
            identity = one.outcome.identity
            document = document_of(table.kind for table in one.outcome.tables)
            what = identity.year, identity.period or YEARLY, document
            key = office_of(identity.agency, identity.government), *what
            path, sha256 = self._last.get(key, ("", one.sha256))
            if identity.agency:
                self._last[key] = one.outcome.path, one.sha256
            if sha256 != one.sha256:
                when = heading(*what, self._session.language)
                whose = " · ".join(filter(None, (identity.agency, identity.government)))
                facts = {"agency": whose, "when": when, "last": one.outcome.path, "first": path}
                self.told.append(_TWO.fill(**facts))
