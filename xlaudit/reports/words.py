"""The words of the reports, and how a value from a workbook is printed for people."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from xlaudit.amounts.show import show
from xlaudit.answers import Answer
from xlaudit.findings import Finding, Severity
from xlaudit.identity import Identity
from xlaudit.outcome import RuleCrash
from xlaudit.schemas.kinds import KINDS as ALL_KINDS
from xlaudit.texts import Language, Text, plural

WIDTH = 100
"""Characters in a line of the text reports."""

SEVERITIES = {
    Severity.ERROR: Text("ERROR"),
    Severity.WARNING: Text("WARNING"),
    Severity.NOTE: Text("NOTE"),
}
_COUNTED = {
    Severity.ERROR: plural("{n} error", "{n} errors"),
    Severity.WARNING: plural("{n} warning", "{n} warnings"),
    Severity.NOTE: plural("{n} note", "{n} notes"),
}
KINDS = {
    "pengukuran_kinerja": Text("Performance Measurement"),
    "realisasi_anggaran": Text("Budget Realisation"),
    "kinerja_anggaran": Text("Performance and Budget"),
    "efisiensi": Text("Efficiency"),
    "perbandingan": Text("Comparison over Years"),
    "perjanjian_kinerja": Text("Performance Agreement"),
    "evaluasi_triwulan": Text("Quarterly Evaluation"),
    "lainnya": Text("Other Table"),
}
PERIODS = {
    "tahunan": Text("Annual"),
    "tw1": Text("First quarter"),
    "tw2": Text("Second quarter"),
    "tw3": Text("Third quarter"),
    "tw4": Text("Fourth quarter"),
    "smt1": Text("First half-year"),
    "smt2": Text("Second half-year"),
}


def period_words(identity: Identity, language: Language) -> str:
    """``Triwulan I 2024``; empty where the workbook says neither period nor year."""
    parts = [PERIODS[identity.period].get(language)] if identity.period in PERIODS else []
    return " ".join(parts + ([str(identity.year)] if identity.year is not None else []))


def kind_words(kind: str) -> Text | None:
    """What a kind of table is called, also one that another package adds; None for an unknown one."""
    own = KINDS.get(kind)
    return own if own is not None or kind not in ALL_KINDS else ALL_KINDS[kind].title


_OUR_CRASH = Text("Rule {rule} broke down by a fault inside xlaudit, not in your file: {detail}")
_THEIR_CRASH = Text("Rule {rule} of the package {package} broke down; whoever made it can mend it: {detail}")


def crash_words(crash: RuleCrash) -> Text:
    """That a rule broke down, and whose fault it is."""
    facts = {"rule": crash.rule, "detail": crash.detail}
    return _THEIR_CRASH.fill(**facts, package=crash.package) if crash.package else _OUR_CRASH.fill(**facts)


CERTAINTY = {
    "certain": Text("certain"),
    "likely": Text("likely"),
    "unclear": Text("not certain"),
}


EXAMPLE = Text("such as: {reason}")
"""Before the first of several reasons that differ only in the cells they name."""


_ANSWER = Text("Response: {answer}")
_ANSWER_STATUS = Text("Response ({status}): {answer}")
_STATUS_ONLY = Text("Response: {status}")


def answer_words(answer: Answer, language: Language) -> Text | None:
    """What the agency answered, in one line; None where nothing."""
    text, status = one_line(answer.text), one_line(answer.word(language))
    if text and status:
        return _ANSWER_STATUS.fill(status=status, answer=text)
    if text:
        return _ANSWER.fill(answer=text)
    return _STATUS_ONLY.fill(status=status) if status else None


def counted(severity: Severity, number: int) -> Text:
    """``3 kesalahan``, ``1 error``, ``3 errors``."""
    return _COUNTED[severity].fill(n=number)


def shown(value: str | None, language: Language) -> str | None:
    """A plain decimal of a finding as people write it; words stay as they are; None stays None."""
    if value is None:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return one_line(value)
    return show(number, None, language) if number.is_finite() else one_line(value)


def figures(finding: Finding, language: Language) -> tuple[str | None, str | None, str | None]:
    """What a finding states, computes and is off by, each as people write it; None for what it does not have."""
    stated = finding.stated if finding.states_word else shown(finding.stated, language)
    return stated, shown(finding.computed, language), shown(finding.difference, language)


def one_line(text: str) -> str:
    """A text out of a file in one line, without characters that would steer the reader's terminal."""
    if text.isprintable():
        return " ".join(text.split())
    visible = "".join(mark if mark.isprintable() or mark.isspace() else "\ufffd" for mark in text)
    return " ".join(visible.split())


def wrapped(text: str, indent: int, hang: int = 0) -> list[str]:
    """A text in lines of at most ``WIDTH`` characters, words and numbers kept whole; all but the first ``hang``."""
    line, margin = one_line(text), " " * indent
    if line and indent + len(line) <= WIDTH:  # as most are
        return [margin + line]
    rest, lines = line.replace(" %", "\u00a0%"), []
    while len(rest) > (room := WIDTH - len(margin)):
        cut = rest.rfind(" ", 0, room + 1)
        cut = rest.find(" ") if cut < 0 else cut
        if cut < 0:
            break
        lines.append(margin + rest[:cut])
        rest, margin = rest[cut + 1 :], " " * (indent + hang)
    if rest:
        lines.append(margin + rest)
    return [line.replace("\u00a0%", " %") for line in lines]
