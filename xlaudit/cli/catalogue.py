"""``xlaudit rules`` and ``xlaudit explain``."""

from __future__ import annotations

import click

from xlaudit.cli.bilingual import Command, common_options
from xlaudit.cli.session import ExitCode, Session, emit
from xlaudit.errors import BadUsage
from xlaudit.texts import Text

_RULES = Text(id="Daftar semua aturan.", en="List all rules.")
_EXPLAIN = Text(
    id="Jelaskan satu aturan: apa yang diperiksa dan mengapa.", en="Explain one rule: what it checks and why."
)
_UNKNOWN = Text(
    id="Tidak ada aturan {code}; daftarnya ada pada `xlaudit rules`.",
    en="There is no rule {code}; `xlaudit rules` lists them.",
)


@click.command(cls=Command, text=_RULES)
@common_options
@click.pass_obj
def rules(session: Session) -> ExitCode:
    from xlaudit.reports.words import SEVERITIES
    from xlaudit.rules.base import all_rules

    known = sorted(all_rules(), key=lambda rule: rule.code)
    lines = []
    for rule in known:
        severity = session.text(SEVERITIES[rule.severity])
        lines.append(f"{rule.code:<8}{severity:<12}{rule.name:<28}{session.text(rule.title)}")
    emit("\n".join(lines) + "\n")
    return ExitCode.CLEAN


@click.command(cls=Command, text=_EXPLAIN)
@click.argument("code", metavar="CODE")
@common_options
@click.pass_obj
def explain(session: Session, code: str) -> ExitCode:
    from xlaudit.reports.words import SEVERITIES
    from xlaudit.rules.base import all_rules
    from xlaudit.rules.pages import page

    wanted = code.strip().lower()
    for rule in all_rules():
        if wanted in {rule.code.lower(), rule.name.lower()}:
            severity = session.text(SEVERITIES[rule.severity])
            head = f"{rule.code} {rule.name} · {severity}\n{session.text(rule.title)}"
            emit(f"{head}\n\n{page(rule, session.language)}\n")
            return ExitCode.CLEAN
    raise BadUsage("no_rule", _UNKNOWN.fill(code=code))
