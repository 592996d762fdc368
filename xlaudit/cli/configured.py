"""Which settings hold for a workbook: those of ``--config``, else of the ``xlaudit.toml`` nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xlaudit.cli.bilingual import option
from xlaudit.cli.session import Session
from xlaudit.texts import Text

if TYPE_CHECKING:
    from xlaudit.settings import Settings

_CONFIG = Text("The settings file; otherwise xlaudit.toml beside the input or in a folder above.")
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
    from xlaudit.settings import DEFAULT, find_settings, read_settings

    read: dict[Path, Settings] = {}
    settings = []
    for workbook in workbooks:
        file = config or find_settings(workbook)
        if file is not None and file not in read:
            read[file] = read_settings(file)
            if config is None:
                session.warn(_READ.fill(path=file))
        settings.append(DEFAULT if file is None else read[file])
    return settings


def check_rules(settings: Iterable[Settings]) -> None:
    """Raises ``BadUsage`` where settings name a rule that does not exist, by its code or its name."""
    from xlaudit.errors import BadUsage
    from xlaudit.nearest import meant
    from xlaudit.rules.base import all_rules

    known = [word for rule in all_rules() for word in (rule.code, rule.name)]
    for one in settings:
        for key, named in (("rules.off", one.rules.off), ("rules.severity", one.rules.severity)):
            for rule in named:
                if rule not in known:
                    facts = {"key": key, "path": one.file, "rule": rule, "hint": meant(rule, known)}
                    raise BadUsage("bad_settings", _NO_RULE.fill(**facts))
