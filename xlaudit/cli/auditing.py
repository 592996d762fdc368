"""What every command that audits does first: finds the workbooks, plans their copies, reads settings, audits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from xlaudit.batch.inputs import Found, find, plan
from xlaudit.batch.job import Job, Result, is_signed, of_which
from xlaudit.cli.configured import check_rules, mappings_for, settings_for, spoken, tell_unused
from xlaudit.cli.running import Running, engine_of, kept_results, progress, tell_kept
from xlaudit.cli.session import Session
from xlaudit.outputs import SIGNED
from xlaudit.settings import Settings
from xlaudit.texts import Text, plural

_LEFT_ASIDE = plural(
    "{n} file of another format was not audited ({first}); save it as .xlsx first.",
    "{n} files of other formats were not audited (such as {first}); save them as .xlsx first.",
)
_GOES_ON = Text("What is audited by now is kept; the same command goes on from there.")
_OWN_COPIES = plural(
    "{n} annotated copy was skipped because its original is audited ({first}).",
    "{n} annotated copies were skipped because their originals are audited (such as {first}).",
)


class Asked(NamedTuple):
    """What a command line asks for. ``output`` is the folder of the annotated copies, None for beside the inputs."""

    paths: tuple[str, ...]
    output: Path | None = None
    annotated: bool = True
    map_file: Path | None = None
    config: Path | None = None
    force: bool = False
    page: bool = False
    """Whether review pages are wanted."""


class Planned(NamedTuple):
    """Audits that can begin: nothing has been written yet. ``session`` speaks the language of the settings."""

    found: Found
    work: list[Job]
    settings: list[Settings]
    session: Session
    read: tuple[Path, ...]
    """Every file that is read and so must not be written to."""

    def results(self, running: Running | int) -> Sequence[Result]:
        """Audits; the results in the order of the inputs, after them what was refused before anything was read.

        Each is read from a disk whenever it is asked for: go through them one by one. ``running`` may be the number of
        processes alone.
        """
        from xlaudit.batch.together import audit_all

        running = Running(running) if isinstance(running, int) else running
        kept = kept_results(len(self.work), running)
        try:
            with progress(len(self.work), self.session) as told:
                done = audit_all(self.work, lambda: engine_of(running), told, self.found.refused, kept)
        except KeyboardInterrupt:
            if kept is not None and kept.trouble is None:
                self.session.warn(_GOES_ON)
            raise
        for signed in of_which(is_signed, done):
            self.session.warn(SIGNED.fill(path=signed.outcome.path))
        tell_kept(kept, len(self.work), self.session)
        tell_unused(self.settings, (one.outcome for one in islice(done, len(self.work))), self.session)
        return done


def planned(asked: Asked, session: Session) -> Planned:
    """Finds the workbooks, says where the copies go and what holds for each. Says on stderr what is passed over.

    Raises ``BadUsage`` where copies would meet, or settings or a mapping are faulty.
    """
    found = find(asked.paths, asked.output)
    inputs = tuple(item.path for item in found.inputs)
    targets = plan(found.inputs, asked.output) if asked.annotated else [None] * len(inputs)
    if found.left_aside:
        session.warn(_LEFT_ASIDE.fill(n=len(found.left_aside), first=found.left_aside[0]))
    if found.own_copies:
        session.warn(_OWN_COPIES.fill(n=len(found.own_copies), first=found.own_copies[0]))
    settings = settings_for(inputs, asked.config, session)
    check_rules(settings)
    session = spoken(session, settings)
    mappings = mappings_for(inputs, settings, asked.map_file)
    work = [
        Job(path, target, session.language, asked.force, mapping, held, asked.page)
        for path, target, mapping, held in zip(inputs, targets, mappings, settings, strict=True)
    ]
    return Planned(found, work, settings, session, inputs if asked.map_file is None else (*inputs, asked.map_file))
