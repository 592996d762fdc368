"""Formats of OpenDocument cells: number styles as format codes, bold, indent, fill ([ODF] 16, 19)."""

from __future__ import annotations

import re

from lxml import etree

from xlaudit.model import CellStyle
from xlaudit.patterns import pattern
from xlaudit.reading.formats.gather import Styles
from xlaudit.reading.formats.xmlsteps import count
from xlaudit.reading.styles import MAX_CODE, MAX_PLACES, meaning
from xlaudit.reading.xmlparts import local

_DATA_STYLES = {
    "number-style",
    "percentage-style",
    "currency-style",
    "date-style",
    "time-style",
    "text-style",
    "boolean-style",
}
_PARTS = {
    "day": "d",
    "month": "m",
    "year": "yy",
    "hours": "h",
    "minutes": "mm",
    "seconds": "ss",
    "day-of-week": "ddd",
    "era": "",
    "am-pm": "AM/PM",
    "text-content": "@",
}
_LONG = {"day": "dd", "month": "mm", "year": "yyyy", "hours": "hh", "day-of-week": "dddd"}
_NOT_NEGATIVE = pattern(r"value\(\)>=?0", re.ASCII)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_LENGTH = pattern(r"([0-9]{1,6}(?:\.[0-9]{1,8})?)(pt|in|cm|mm|px|pc)", re.ASCII)
_ONE_INDENT = 9.0
"""Points; LibreOffice writes one step of Excel's indent as some 0.14 inch, ten points."""


class OdsStyles:
    """Styles by name, those of ``styles.xml`` first, those of ``content.xml`` over them."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._formats: dict[str, etree._Element] = {}
        self._cells: dict[str, etree._Element] = {}
        self._default: etree._Element | None = None
        self.hidden_tables: set[str] = set()
        self.used = Styles()
        self._index: dict[str, int] = {}
        for root in roots:
            for element in root.iter("{*}style", "{*}default-style", *(f"{{*}}{name}" for name in _DATA_STYLES)):
                self._take(element)

    def _take(self, element: etree._Element) -> None:
        kind, name, family = local(element), _get(element, "name"), _get(element, "family")
        if kind in _DATA_STYLES:
            self._formats[name] = element
        elif family == "table" and kind == "style":
            properties = element.find("{*}table-properties")
            if properties is not None and _get(properties, "display") == "false":
                self.hidden_tables.add(name)
        elif family == "table-cell" and kind == "style":
            self._cells[name] = element
        elif family == "table-cell":
            self._default = element

    def index(self, name: str) -> int:
        """The index of a cell style, that of the plain one for a name that is not known."""
        found = self._index.get(name)
        if found is None:
            found = self._index[name] = self.used.index(self._style(name))
        return found

    def _style(self, name: str) -> CellStyle:
        chain: list[etree._Element] = []
        element = self._cells.get(name)
        while element is not None and len(chain) < 20:
            chain.append(element)
            element = self._cells.get(_get(element, "parent-style-name"))
        if self._default is not None:
            chain.append(self._default)
        data = next((_get(one, "data-style-name") for one in chain if _get(one, "data-style-name")), "")
        code = self._code(data)[:MAX_CODE]
        places, percent, date = meaning(code)
        align = _property(chain, "paragraph-properties", "text-align")
        margin = _property(chain, "paragraph-properties", "margin-left") if align in {"start", "left"} else ""
        fill = _property(chain, "table-cell-properties", "background-color")
        return CellStyle(
            format_code=code,
            places=places,
            percent=percent,
            date=date,
            bold=_property(chain, "text-properties", "font-weight") in {"bold", "600", "700", "800", "900"},
            indent=_indent(margin),
            fill=fill[1:].upper() if re.fullmatch(r"#[0-9a-fA-F]{6}", fill) else None,
        )

    def _code(self, name: str) -> str:
        """A number style as the format code of Excel: what fits zero and more, then what fits the negatives."""
        element = self._formats.get(name)
        if element is None:
            return "General"
        own = _section(element)
        for condition in element.iterchildren("{*}map"):
            other = self._formats.get(_get(condition, "apply-style-name"))
            if other is not None and _NOT_NEGATIVE.fullmatch(_get(condition, "condition")):
                return f"{_section(other)};{own}"
        return own


def _section(element: etree._Element) -> str:
    pieces: list[str] = []
    for child in element:
        kind = local(child) if isinstance(child.tag, str) else ""
        if kind == "number":
            pieces.append(_digits(child))
        elif kind in {"text", "currency-symbol"}:
            pieces.append(_literal(child.text or ""))
        elif kind in {"fraction"}:
            pieces.append("# ?/?")
        elif kind == "scientific-number":
            pieces.append("0.00E+00")
        elif kind == "month" and _get(child, "textual") == "true":
            pieces.append("mmmm" if _get(child, "style") == "long" else "mmm")
        elif kind in _PARTS:
            pieces.append(_LONG.get(kind, _PARTS[kind]) if _get(child, "style") == "long" else _PARTS[kind])
        elif kind == "boolean":
            return "General"
    return "".join(pieces) or "General"


def _literal(text: str) -> str:
    """Text of a number style: a percent sign and separators as they are, all else in quotes."""
    if not text.strip("%-/.: ()"):
        return text
    return '"' + text.replace('"', "") + '"'


def _digits(element: etree._Element) -> str:
    places = _get(element, "decimal-places")
    if not places and not _get(element, "grouping"):
        return "General"
    shown = count(places, MAX_PLACES, 0)
    least = count(_get(element, "min-decimal-places") or places, MAX_PLACES, 0)
    zeros = count(_get(element, "min-integer-digits"), 30)
    whole = "0" * zeros if zeros else "#"
    if _get(element, "grouping") == "true":
        whole = "#,##" + (whole if zeros else "#")
    scale = len(_get(element, "display-factor").lstrip("1")) // 3
    decimals = "0" * min(least, shown) + "#" * max(shown - least, 0)
    return whole + ("." + decimals if decimals else "") + "," * scale


def _property(chain: list[etree._Element], group: str, name: str) -> str:
    for element in chain:
        properties = element.find(f"{{*}}{group}")
        value = "" if properties is None else _get(properties, name)
        if value:
            return value
    return ""


def _indent(length: str) -> int:
    match = _LENGTH.fullmatch(length)
    return 0 if match is None else min(round(float(match[1]) * _POINTS[match[2]] / _ONE_INDENT), 250)


def _get(element: etree._Element, name: str) -> str:
    """An attribute whatever its namespace: ODF puts each group of them into one of its own."""
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
