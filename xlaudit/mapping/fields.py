"""Reads the fields of a mapping, each checked; what is wrong is refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NoReturn

from xlaudit.cells import MAX_COLUMNS, MAX_ROWS, Area, column_number, parse_area
from xlaudit.errors import BadUsage
from xlaudit.nearest import meant
from xlaudit.patterns import pattern
from xlaudit.texts import NOTHING, Text, joined, same

_REFUSED = Text("The mapping {place}: {problem}")
_UNKNOWN_KEY = Text("the key “{key}” is not known.{meant} Allowed: {allowed}.")
_NOT_ALLOWED = Text("{key} cannot be “{value}”.{meant} Allowed: {allowed}.")
_WRONG_TYPE = Text("{key} must be {wanted}, not “{value}”.")
ROWS = Text("a row number such as 4 or \"4:6\"")
AREA = Text("rows or a range such as \"12\", \"12:14\" or \"A10:F12\"")  # fmt: skip
TEXT = Text("a text in quotes")
TABLE = Text("a TOML table")
LIST = Text("a list in [ ]")
SHEET = Text("the name of a sheet in quotes (* is allowed) or its position")  # fmt: skip
_ROWS = pattern(r"\s*(\d{1,7})\s*(?:[:–-]\s*(\d{1,7})\s*)?")
_LETTERS = pattern(r"[A-Za-z]{1,3}")


class Fields:
    """One table of the file and where it stands, such as ``table 2 (sheet Realisasi), column C``."""

    def __init__(self, path: str, where: tuple[Text, ...], data: Any) -> None:
        self.path = path
        self.where = where
        if not isinstance(data, dict):
            self.wrong("", TABLE, data)
        self.data: dict[str, Any] = data

    def refuse(self, problem: Text) -> NoReturn:
        """Raises ``BadUsage``: the problem, with the file and the place in it."""
        place = joined(same(", "), (same(self.path), *self.where))
        raise BadUsage("map_invalid", _REFUSED.fill(place=place, problem=problem))

    def wrong(self, key: str, wanted: Text, value: object) -> NoReturn:
        self.refuse(_WRONG_TYPE.fill(key=key or Text("this"), wanted=wanted, value=_shown(value)))

    def only(self, allowed: Collection[str]) -> None:
        """Refuses keys that are not among the allowed ones."""
        for key in self.data:
            if key not in allowed:
                listed = ", ".join(allowed)
                self.refuse(_UNKNOWN_KEY.fill(key=_shown(key), meant=meant(key, allowed), allowed=listed))

    def one_of(self, key: str, allowed: Iterable[str]) -> str | None:
        """A word out of a list; None where the key is not there."""
        value = self.data.get(key)
        return None if value is None else self.word(key, value, allowed)

    def word(self, key: str, value: object, allowed: Iterable[str]) -> str:
        choices = list(allowed)
        if not isinstance(value, str) or value not in choices:
            near = meant(value, choices) if isinstance(value, str) else NOTHING
            listed = ", ".join(choices)
            self.refuse(_NOT_ALLOWED.fill(key=key, value=_shown(value), meant=near, allowed=listed))
        return value

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is not None and not isinstance(value, str):
            self.wrong(key, TEXT, value)
        return value

    def list(self, key: str) -> list[Any]:
        value = self.data.get(key, [])
        if not isinstance(value, list):
            self.wrong(key, LIST, value)
        return value

    def sheet(self, key: str, value: object) -> str | int:
        """A sheet by name, pattern or position."""
        if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "" or value == 0:
            self.wrong(key, SHEET, value)
        return value

    def rows(self, key: str, value: object) -> tuple[int, int]:
        """First and last row: ``4`` or ``"4:6"``."""
        match = None if isinstance(value, bool) or not isinstance(value, (str, int)) else _ROWS.fullmatch(str(value))
        if match is None:
            self.wrong(key, ROWS, value)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= MAX_ROWS:
            self.wrong(key, ROWS, value)
        return first, last

    def area(self, key: str, value: object) -> Area:
        """Rows or a range of cells."""
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            if _ROWS.fullmatch(str(value)):
                first, last = self.rows(key, value)
                return Area(first, 1, last, MAX_COLUMNS)
            try:
                return parse_area(str(value))
            except ValueError:
                pass
        self.wrong(key, AREA, value)

    def column(self, letter: str) -> int:
        """The number of a column by its letters."""
        try:
            if _LETTERS.fullmatch(letter):
                return column_number(letter)
        except ValueError:
            pass
        self.wrong("columns", Text("column letters from A to XFD"), letter)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
