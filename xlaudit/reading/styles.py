"""The cell formats of a workbook, as far as they say something about meaning (ECMA-376 Part 1, 18.8)."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from xlaudit.model import CellStyle
from xlaudit.patterns import pattern
from xlaudit.reading.xmlparts import child_value, is_on

MAX_PLACES = 30
MAX_CODE = 1000
"""Characters of a format code; spreadsheets take 255. A longer one counts as General."""

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",  # the short date of the reader's locale
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy"),  # the dates of East Asian locales
}
_LITERAL = pattern(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_SECTION = pattern(r'((?:"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)


def read_styles(root: etree._Element | None) -> tuple[CellStyle, ...]:
    """The formats of ``cellXfs`` in order, as style indexes count them; one plain one at least.

    An index that points to no font, fill or number format means the default one.
    """
    if root is None:
        return (CellStyle(),)
    codes = dict(BUILT_IN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        code = element.get("formatCode") or "General"
        codes[_index(element.get("numFmtId"))] = code if len(code) <= MAX_CODE else "General"
    bold = [_is_bold(font) for font in root.iterfind("{*}fonts/{*}font")]
    fills = [_solid(fill) for fill in root.iterfind("{*}fills/{*}fill")]
    styles = tuple(_style(format_, codes, bold, fills) for format_ in root.iterfind("{*}cellXfs/{*}xf"))
    return styles or (CellStyle(),)


def sections(code: str) -> list[str]:
    """A format code cut at its semicolons: positive, negative, zero, text."""
    found: list[str] = []
    position = 0
    while position <= len(code) and len(found) < 4:
        match = _SECTION.match(code, position)
        if match is None:
            break
        found.append(match[1])
        position = match.end()
        if not match[0].endswith(";"):
            break
    return found


def bare(section: str) -> str:
    """A section without its literal texts, padding, colours, conditions and currencies."""
    return _LITERAL.sub("", section)


@lru_cache(maxsize=1024)
def meaning(code: str) -> tuple[int | None, bool, bool]:
    """Decimals shown, whether a percentage, whether a date, told from a format's first section.

    Decimals are None for dates, for General and text, and for fractions, scientific and scaled
    (``#,##0,``) formats, which do not end at a fixed place.
    """
    section = sections(code)[0] if code else ""
    plain = bare(section)
    lowered = plain.lower()
    if not plain or "general" in lowered or "@" in plain:
        return None, "%" in plain, False
    if _is_date(lowered):
        return None, False, True
    percent = "%" in plain
    digits = re.search(r"[0#?][0#?,]*(?:\.([0#?]*))?(,*)", plain)
    if digits is None or "/" in plain or "e+" in lowered or "e-" in lowered:
        return None, percent, False
    if digits[2] or digits[0].partition(".")[0].endswith(","):
        return None, percent, False
    return min(len(digits[1] or ""), MAX_PLACES), percent, False


def _is_date(lowered: str) -> bool:
    if re.search(r"e[+-]", lowered):
        return False
    return re.search(r"[ymdhs]", lowered) is not None and not re.search(r"#|0,0|\?", lowered)


def _style(
    element: etree._Element, codes: dict[int, str], bold: list[bool], fills: list[str | None]
) -> CellStyle:
    code = codes.get(_index(element.get("numFmtId")), "General")
    places, percent, date = meaning(code)
    font, fill = _index(element.get("fontId")), _index(element.get("fillId"))
    indent = _index(child_value(element, "alignment", "indent"))
    return CellStyle(
        format_code=code,
        places=places,
        percent=percent,
        date=date,
        bold=font < len(bold) and bold[font],
        indent=min(indent, 250),
        fill=fills[fill] if fill < len(fills) else None,
    )


def _is_bold(font: etree._Element) -> bool:
    mark = font.find("{*}b")
    return mark is not None and (mark.get("val") is None or is_on(mark.get("val")))


def _solid(fill: etree._Element) -> str | None:
    """The colour of a solid fill: ``RRGGBB``, or the name of a theme or palette colour, None for no fill."""
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    colour = pattern.find("{*}fgColor")
    if colour is None:
        return None
    rgb = colour.get("rgb")
    if rgb is not None:
        return rgb[-6:].upper()
    for kind in ("theme", "indexed"):
        value = colour.get(kind)
        if value is not None:
            tint = colour.get("tint")
            return f"{kind}:{value}" + (f":{tint}" if tint else "")
    return None


def _index(text: str | None) -> int:
    """An index as a number; what is none counts as 0, the default."""
    if text is None:
        return 0
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
