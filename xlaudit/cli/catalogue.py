"""``xlaudit rules`` and ``xlaudit explain``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from xlaudit.cli.bilingual import Command, common_options, option
from xlaudit.cli.commands import COMMANDS
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.errors import BadUsage
from xlaudit.texts import Text, plural

if TYPE_CHECKING:
    from xlaudit.rules.base import Rule

_FORMAT = Text("Form of the output.")
_UNKNOWN = Text("There is no rule {code}.{meant} `xlaudit rules` lists them.")
_TESTS = plural("{n} test", "{n} tests")
_UNCOUNTED = Text("– tests")

SCHEMA = "xlaudit-rules/1"


@click.command(cls=Command, text=COMMANDS["rules"].about)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", text=_FORMAT)
@common_options
@click.pass_obj
def rules(session: Session, form: str) -> ExitCode:
    from xlaudit.rules.base import all_rules
    from xlaudit.rules.own import own_rules
    from xlaudit.schemas.own import admit

    for fault in (*admit(), *own_rules().faults):
        session.warn(fault)
    emit(_as_json(all_rules()) if form == "json" else _as_text(all_rules(), session))
    return ExitCode.CLEAN


def _as_text(known: tuple[Rule, ...], session: Session) -> str:
    from xlaudit.reports.words import SEVERITIES
    from xlaudit.rules.tested import cases

    tests = cases()
    codes = max(len(rule.code) for rule in known) + 2
    width = max(len(rule.name) for rule in known) + 2
    lines = []
    for rule in known:
        severity = session.text(SEVERITIES[rule.severity])
        n = tests.get(rule.code)
        held = session.text(_UNCOUNTED if n is None else _TESTS.fill(n=n))
        origin = f"  [{rule.package}]" if rule.package else ""
        title = session.text(rule.title)
        lines.append(f"{rule.code:<{codes}}{severity:<12}{rule.name:<{width}}{held:>9}  {title}{origin}")
    return "\n".join(lines) + "\n"


def _as_json(known: tuple[Rule, ...]) -> str:
    from xlaudit import __version__
    from xlaudit.rules.pages import halves
    from xlaudit.rules.tested import cases

    tests = cases()
    data = {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": str(rule.severity),
                "title": {"id": rule.title.get("id"), "en": rule.title.get("en")},
                "summary": {"id": halves(rule)["id"].summary, "en": halves(rule)["en"].summary},
                "tests": tests.get(rule.code),
                "package": rule.package or None,
            }
            for rule in known
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@click.command(cls=Command, text=COMMANDS["explain"].about)
@click.argument("code", metavar="CODE")
@common_options
@click.pass_obj
def explain(session: Session, code: str) -> ExitCode:
    from xlaudit.nearest import meant
    from xlaudit.reports.words import SEVERITIES
    from xlaudit.rules.base import all_rules
    from xlaudit.rules.pages import page

    wanted = "-".join(code.strip().lower().replace("_", "-").split())
    for rule in all_rules():
        if wanted in {rule.code.lower(), rule.name.lower()}:
            severity = session.text(SEVERITIES[rule.severity])
            origin = f" · {rule.package}" if rule.package else ""
            head = f"{rule.code} {rule.name} · {severity}{origin}\n{session.text(rule.title)}"
            emit(f"{head}\n\n{page(rule, session.language)}\n")
            return ExitCode.CLEAN
    known = [name for rule in all_rules() for name in (rule.code, rule.name)]
    raise BadUsage("no_rule", _UNKNOWN.fill(code=code, meant=meant(wanted, known)))
