"""What would go and come with other figures, as text and as data for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from xlaudit import __version__
from xlaudit.changes import Shift, WhatIf
from xlaudit.findings import Finding, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.json_report import Data, finding_data
from xlaudit.reports.words import SEVERITIES, counted, one_line, shown, wrapped
from xlaudit.texts import Language, Text, plural

SCHEMA = "xlaudit-whatif/1"
_MANY = 12

_TITLE = Text("what if")
_TYPED = Text("Tried")
_RECOMPUTED = Text("Changed along by formulas ({n})")
_GONE = Text("Findings that would go ({n})")
_COME = Text("Findings that would come ({n})")
_ALTERED = Text("Findings that stay with other figures ({n})")
_SAME = Text("Other findings stay: {n}.")
_EMPTY = Text("(blank)")
_MORE = Text("and {n} more")
_BEFORE = Text("Now: {counts}.")
_AFTER = Text("Then: {counts}.")
_COMPUTED = Text("stated {stated}, computed {computed}")
_UNCERTAIN = plural(
    "{n} formula cannot be computed here and keeps its stored value.",
    "{n} formulas cannot be computed here and keep their stored values.",
)


def whatif_text(found: WhatIf, language: Language) -> str:
    """For reading on a terminal; ends in a line break."""
    return "\n".join(_lines(found, language)) + "\n"


def whatif_json(found: WhatIf) -> str:
    """``xlaudit-whatif/1``: findings as in the report of an audit; sentences are Indonesian."""
    data: Data = {
        "schema": SCHEMA,
        "tool": {"name": "xlaudit", "version": __version__},
        "path": found.before.path,
        "typed": [_shift(one) for one in found.typed],
        "recomputed": [_shift(one) for one in found.recomputed],
        "uncertain": found.uncertain,
        "gone": [finding_data(finding) for finding in found.gone],
        "come": [finding_data(finding) for finding in found.come],
        "altered": [{"before": finding_data(one), "after": finding_data(other)} for one, other in found.altered],
        "same": found.same,
        "summary": {"before": _numbers(found.before), "after": _numbers(found.after)},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _shift(one: Shift) -> Data:
    return {"sheet": one.place.sheet, "cell": one.place.cell, "before": one.before, "after": one.after}


def _numbers(outcome: Outcome) -> dict[str, int]:
    return {str(severity): outcome.count(severity) for severity in Severity}


def _lines(found: WhatIf, language: Language) -> Iterator[str]:
    yield f"xlaudit {__version__} · {_TITLE.get(language)} · {one_line(found.before.path)}"
    yield ""
    yield f"  {_TYPED.get(language)}"
    yield from (f"    {_moved(one, language)}" for one in found.typed)
    if found.recomputed:
        yield f"  {_RECOMPUTED.fill(n=len(found.recomputed)).get(language)}"
        yield from _shortened([f"    {_moved(one, language)}" for one in found.recomputed], language)
    if found.uncertain:
        yield from wrapped(_UNCERTAIN.fill(n=found.uncertain).get(language), 2)
    for heading, findings in ((_GONE, found.gone), (_COME, found.come)):
        yield ""
        yield f"  {heading.fill(n=len(findings)).get(language)}"
        yield from _shortened([_head(finding, language) for finding in findings], language)
    if found.altered:
        yield ""
        yield f"  {_ALTERED.fill(n=len(found.altered)).get(language)}"
        yield from _shortened([_head(after, language) for _, after in found.altered], language)
    yield ""
    yield f"  {_SAME.fill(n=found.same).get(language)}"
    yield f"  {_BEFORE.fill(counts=_counts(found.before, language)).get(language)}"
    yield f"  {_AFTER.fill(counts=_counts(found.after, language)).get(language)}"


def _shortened(lines: Sequence[str], language: Language) -> Iterator[str]:
    yield from lines[:_MANY]
    if len(lines) > _MANY:
        yield f"    {_MORE.fill(n=len(lines) - _MANY).get(language)}"


def _moved(one: Shift, language: Language) -> str:
    before, after = (_value(value, language) for value in (one.before, one.after))
    return f"{one_line(one.place.sheet)}!{one.place.cell}  {before} → {after}"


def _value(value: str | None, language: Language) -> str:
    if value is None:
        return _EMPTY.get(language)
    sign = " %" if value.endswith("%") else ""
    return f"{shown(value.removesuffix('%') if sign else value, language)}{sign}"


def _head(finding: Finding, language: Language) -> str:
    severity, label = SEVERITIES[finding.severity].get(language), one_line(finding.label.get(language))
    facts = ""
    if finding.stated is not None and finding.computed is not None:
        stated, computed = shown(finding.stated, language), shown(finding.computed, language)
        facts = f" · {_COMPUTED.fill(stated=stated, computed=computed).get(language)}"
    where = f"{one_line(finding.place.sheet)}!{finding.place.cell}"
    return f"    {severity} {where} · {label}{facts}  [{finding.rule} {finding.name}]"


def _counts(outcome: Outcome, language: Language) -> str:
    return ", ".join(counted(severity, outcome.count(severity)).get(language) for severity in Severity)
