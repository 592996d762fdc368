"""What may stand behind a key of ``xlaudit.toml``: each kind of value with the words that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from xlaudit.cells import Area, parse_area
from xlaudit.conventions import CAPS, NO_CAP, EfficiencyForm, ProgressForm
from xlaudit.findings import Severity
from xlaudit.relations import Mode
from xlaudit.scale import KNOWN, Scale, Step
from xlaudit.schemas.words import fold
from xlaudit.settings.values import Security
from xlaudit.texts import Language, Text

_WHOLE = Text("a whole number from 1 on")
_PERCENT = Text("a figure from 0 on, in percent")
_ONE_OF = Text("one of: {choices}")
_TEXT = Text("a text in quotes")
_FLAG = Text("true or false")
_DAY = Text("a date without quotes, such as 2025-12-31")
_AREA = Text("a cell or range, such as \"H12\" or \"H12:H20\"")
_WORDS = Text("a list of texts, such as [\"RO101\"]")
_SEVERITIES = Text("a section with rules and one of: {choices}")
_SCALE = Text("one of: {choices}; or at least two classes {{label, from}} with different lower bounds")
_OWN_SCALE = Text("the scale in the settings")
NEEDS_ONE_OF = {"waiver": ("finding", "rule")}
"""Of each section that may stand several times the keys one of which it needs."""
_HIGHEST = 10_000
"""No percentage that is meant lies above."""

_Value = TypeVar("_Value")


class Kind(NamedTuple):
    """A kind of value. ``read`` makes it out of what TOML holds; ``ValueError`` or ``KeyError`` where it is none."""

    what: Text
    read: Callable[[object], object]


def kind_of(key: str, hint: Any) -> Kind:
    """The kind of value behind a key (``conventions.cap``) whose field has the type ``hint``."""
    return _OF_KEYS.get(key) or _OF_TYPES[hint]


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError
    return value


def _percent(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError
    found = Decimal(value)
    if not found.is_finite() or not 0 <= found <= _HIGHEST:
        raise ValueError
    return found


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError
    return tuple(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return " ".join(value.split())


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError
    return value


def _area(value: object) -> Area:
    if not isinstance(value, str):
        raise ValueError
    return parse_area(value.replace("$", "").strip().upper())


def _severities(value: object) -> Mapping[str, Severity]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise ValueError
    return {rule: Severity(one) for rule, one in value.items()}


def _cap(value: object) -> int:
    if value == "none":
        return NO_CAP
    if isinstance(value, bool) or value not in CAPS:
        raise ValueError
    return int(str(value))


def _scale(value: object) -> Scale:
    if isinstance(value, str):
        return {scale.key: scale for scale in KNOWN}[value]
    if not isinstance(value, list) or len(value) < 2:
        raise ValueError
    steps = sorted(map(_step, value), key=lambda step: -step.lower)
    if len({step.lower for step in steps}) < len(steps) or len({fold(step.label) for step in steps}) < len(steps):
        raise ValueError
    return Scale(_OWN_SCALE, tuple(steps))


def _step(value: object) -> Step:
    if not isinstance(value, dict) or value.keys() != {"label", "from"}:
        raise ValueError
    label = value["label"]
    if not isinstance(label, str) or not label.strip():
        raise ValueError
    return Step(" ".join(label.split()), _percent(value["from"]))


def _one_of(choices: Mapping[str, _Value]) -> Kind:
    def read(value: object) -> _Value:
        if not isinstance(value, str):
            raise ValueError
        return choices[value]

    return Kind(_ONE_OF.fill(choices=_listed(choices)), read)


def _members(kind: type[Enum]) -> Kind:
    return _one_of({str(member.value): member for member in kind})


def _listed(choices: Iterable[str]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices)


_OF_TYPES: dict[Any, Kind] = {
    int: Kind(_WHOLE, _whole),
    str: Kind(_TEXT, _text),
    bool: Kind(_FLAG, _flag),
    date | None: Kind(_DAY, _day),
    Area | None: Kind(_AREA, _area),
    Decimal: Kind(_PERCENT, _percent),
    tuple[str, ...]: Kind(_WORDS, _words),
    Mapping[str, Severity]: Kind(_SEVERITIES.fill(choices=_listed(Severity)), _severities),
    Scale | None: Kind(_SCALE.fill(choices=_listed(scale.key for scale in KNOWN)), _scale),
    Mode | None: _members(Mode),
    Security | None: _members(Security),
    EfficiencyForm | None: _members(EfficiencyForm),
    ProgressForm | None: _members(ProgressForm),
    Language | None: _one_of({"id": "id", "en": "en"}),
}
_OF_KEYS = {
    "conventions.cap": Kind(
        _ONE_OF.fill(choices=", ".join(["\"none\"", *map(str, CAPS)])), _cap
    ),
}  # fmt: skip
