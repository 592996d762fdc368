"""What the findings of a workbook rest on, in words: what was declared, detected and assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlaudit.outcome import Basis, Convention, Outcome
from xlaudit.texts import Text, plural, same

TITLE = Text("What the audit rests on")
_NAMES = {
    "mapping": Text("Mapping"),
    "scale": Text("Scale of predicates"),
    "cap": Text("Limit on capaian"),
    "rounding": Text("Percentages"),
    "efficiency": Text("Form of efisiensi"),
    "progress": Text("Form of tingkat kemajuan"),
    "plausibility.capaian_above": Text("Capaian is unlikely above (%)"),
    "plausibility.percent_above": Text("An indicator in % is unlikely above"),
    "plausibility.equal_siblings": Text("Equal figures are unlikely from"),
}
_RULE = Text("Rule {rule}")
_DECLARED = Text("declared in {source}")
_WHY = {
    Basis.DECLARED: Text("declared"),
    Basis.DETECTED: Text("seen from the figures"),
    Basis.ASSUMED: Text("assumed"),
}
_LINE = Text("{name}: {value} ({why})")
_LINE_OF = Text("{name}: {value} ({why}; {tables})")
_COUNT = plural("{n} table", "{n} tables")
_FEW = 2


def basis_lines(outcome: Outcome) -> Iterator[Text]:
    """One line for each convention; which tables it holds for is said where others differ."""
    places = {table.id: f"{table.sheet}!{table.range}" for table in outcome.tables}
    several = Counter(one.name for one in outcome.conventions)
    for one in outcome.conventions:
        facts = {"name": _name(one), "value": one.value, "why": _why(one)}
        if not one.tables or several[one.name] == 1:
            yield _LINE.fill(**facts)
            continue
        named = same(", ".join(places.get(table, table) for table in one.tables))
        yield _LINE_OF.fill(**facts, tables=named if len(one.tables) <= _FEW else _COUNT.fill(n=len(one.tables)))


def _name(one: Convention) -> Text:
    group, _, rule = one.name.partition(".")
    return _RULE.fill(rule=rule) if group == "rules" else _NAMES.get(one.name, same(one.name))


def _why(one: Convention) -> Text:
    if one.source is not None and one.why is Basis.DECLARED:
        return _DECLARED.fill(source=one.source)
    return _WHY[one.why]
