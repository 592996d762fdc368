"""Which settings hold for a workbook: those of ``--config``, else of the ``xlaudit.toml`` nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xlaudit.cli.bilingual import option
from xlaudit.cli.session import Session
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.mapping import Mapping
    from xlaudit.outcome import Outcome
    from xlaudit.settings import Settings

_CONFIG = Text("The settings file (default: xlaudit.toml beside the input or in a folder above).")
_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])
_NO_RULE = Text(
    "The setting “{key}” in {path} names the rule {rule}, which does not exist.{hint} `xlaudit rules` lists them."
)
_READ = Text("Settings were read from {path}.")


def config_option(function: _Decorated) -> _Decorated:
    """The option ``--config FILE``."""
    return option("--config", type=click.Path(path_type=Path), metavar="FILE", text=_CONFIG)(function)


def settings_for(workbooks: Iterable[Path], config: Path | None, session: Session) -> list[Settings]:
    """The settings of each workbook. Each file is read once; one that was found, not asked for, is named.

    Raises ``BadUsage`` where one is faulty: nothing is audited by settings that the office did not mean.
    """
    from xlaudit.outputs import Places
    from xlaudit.settings import DEFAULT, read_settings, settings_in

    read: dict[Path, Settings] = {}
    nearest: dict[Path, Path | None] = {}
    places = Places()
    settings = []
    for workbook in workbooks:
        folder = places.of(workbook).parent
        if folder not in nearest:
            nearest[folder] = config or settings_in(folder)
        file = nearest[folder]
        if file is not None and file not in read:
            read[file] = read_settings(file)
            if config is None:
                session.warn(_READ.fill(path=file))
        settings.append(DEFAULT if file is None else read[file])
    return settings


def mappings_for(workbooks: Sequence[Path], settings: Sequence[Settings], asked: Path | None) -> list[Mapping | None]:
    """The mapping of each workbook: that of ``--map``, else the one that its settings name for its agency.

    Raises ``BadUsage`` where one is faulty.
    """
    from xlaudit.mapping import load_mapping

    read: dict[Path, Mapping] = {}
    found: list[Mapping | None] = []
    for workbook, held in zip(workbooks, settings, strict=True):
        file = asked or held.mapping_of(workbook)
        if file is not None and file not in read:
            read[file] = load_mapping(file)
        found.append(None if file is None else read[file])
    return found


def spoken(session: Session, settings: Iterable[Settings]) -> Session:
    """The session in the language that the settings name, if they all name one and the call itself asks for none."""
    named = {one.language for one in settings if one.language is not None}
    return session._replace(language=named.pop()) if len(named) == 1 and not session.asked else session


def check_rules(settings: Iterable[Settings]) -> None:
    """Raises ``BadUsage`` where settings name a rule that does not exist, by its code or its name."""
    from xlaudit.errors import BadUsage
    from xlaudit.nearest import meant
    from xlaudit.rules.base import all_rules

    known = [word for rule in all_rules() for word in (rule.code, rule.name)]
    for one in settings:
        for key, named in (
            ("rules.off", one.rules.off),
            ("rules.severity", one.rules.severity),
            ("waiver.rule", [waiver.rule for waiver in one.waiver if waiver.rule]),
        ):
            for rule in named:
                if rule not in known:
                    facts = {"key": key, "path": one.file, "rule": rule, "hint": meant(rule, known)}
                    raise BadUsage("bad_settings", _NO_RULE.fill(**facts))


def tell_unused(settings: Iterable[Settings], outcomes: Iterable[Outcome], session: Session) -> None:
    """One line for each waiver of the settings that met no finding of the workbooks audited by them.

    Those for one file are told in its own report. Where a workbook was rejected nobody knows, and nothing is told.
    """
    from xlaudit.waivers import unused

    settings = list(settings)
    if not any(one.waiver for one in settings):
        return
    met: dict[str, set[str]] = {}
    by_file = {}
    unknown = set()
    for one, outcome in zip(settings, outcomes, strict=True):
        by_file[one.file] = one
        met.setdefault(one.file, set()).update(outcome.waivers)
        if outcome.failure is not None:
            unknown.add(one.file)
    for file in (file for file in by_file if file not in unknown):
        for waiver in by_file[file].waiver:
            if not waiver.file and waiver.source not in met[file]:
                session.warn(unused(waiver))
