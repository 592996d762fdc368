"""The styles part: what the highlights and the findings sheet need, appended so that no index moves.

ECMA-376 Part 1, 18.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, Protocol

from xlaudit.annotate.book import Book
from xlaudit.annotate.parts import DECLARATION, Part
from xlaudit.annotate.xmlscan import MAIN, MAIN_STRICT, Edits, Element, Splice, escaped

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)

# What must stand at index 0 of a collection that a file does without.
_DEFAULTS = {
    "numFmts": (),
    "fonts": ('<font><sz val="11"/><name val="Calibri"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',),
    "dxfs": (),
}


def _fill(color: str) -> str:
    """A fill for a cell. In a dxf the colour of a solid fill is ``bgColor``, in a cell ``fgColor``."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{color}"/><bgColor rgb="FF{color}"/>'
        "</patternFill></fill>"
    )


def _border(style: str, color: str, middle: str = "") -> str:
    sides = "".join(
        f'<{side} style="{style}"><color rgb="FF{color}"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}{middle}</border>"


# Told apart without colour, too: by lightness, by the line around the cell, errors by bold type.
ERROR_FILL, WARNING_FILL, NOTE_FILL, AGREES_FILL = "F4A48E", "FFD966", "E8F2FB", "E2EFDA"
DXFS = {
    "error": f'<dxf><font><b/><color rgb="FF7F1D00"/></font>'
    f"{_fill(ERROR_FILL)}{_border('thin', 'C00000')}</dxf>",
    "warning": f"<dxf>{_fill(WARNING_FILL)}{_border('dashed', '7F6000')}</dxf>",
    "note": f"<dxf>{_fill(NOTE_FILL)}{_border('dotted', '1F4E79')}</dxf>",
    "agrees": f'<dxf><font><color rgb="FF375623"/></font>{_fill(AGREES_FILL)}</dxf>',
}

_FONTS = {
    "plain": '<font><sz val="9"/><color rgb="FF000000"/><name val="Arial"/><family val="2"/></font>',
    "bold": '<font><b/><sz val="9"/><color rgb="FF000000"/><name val="Arial"/><family val="2"/></font>',
    "title": '<font><b/><sz val="16"/><color rgb="FF1F3864"/><name val="Arial"/><family val="2"/></font>',
    "head": '<font><b/><sz val="9"/><color rgb="FFFFFFFF"/><name val="Arial"/><family val="2"/></font>',
    "link": '<font><u/><sz val="9"/><color rgb="FF0563C1"/><name val="Arial"/><family val="2"/></font>',
    "grey": '<font><sz val="9"/><color rgb="FF595959"/><name val="Arial"/><family val="2"/></font>',
}
_FILLS = {
    "head": _fill("1F3864"),
    "error": _fill(ERROR_FILL),
    "warning": _fill(WARNING_FILL),
    "note": _fill(NOTE_FILL),
    "answer": _fill("FFFBE6"),
    "root": _fill("EDEDED"),
}
_BORDERS = {
    "": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "thin": _border("thin", "BFBFBF", "<diagonal/>"),
}
_FORMATS = {"decimals": "#,##0.0##########"}


class _Look(NamedTuple):
    """One cell format of the findings sheet."""

    font: str = "plain"
    fill: str = ""
    border: str = "thin"
    format: str | int = 0
    horizontal: str = "left"
    vertical: str = "top"
    wrap: bool = True
    unlocked: bool = False
    indent: int = 1


LOOKS = {
    "title": _Look("title", border="", vertical="center", wrap=False),
    "info": _Look("grey", border="", vertical="center", wrap=False),
    "band": _Look("bold", "root", horizontal="center", vertical="center", wrap=False),
    "head": _Look("head", "head", horizontal="center", vertical="center"),
    "text": _Look(),
    "follower": _Look("grey", indent=2),
    "follows": _Look("grey", horizontal="center"),
    "detail": _Look("grey", border=""),
    "sign": _Look(border="", wrap=False),
    "number": _Look(horizontal="center"),
    "link": _Look("link"),
    "whole": _Look(format=3, horizontal="right", wrap=False),
    "decimals": _Look(format="decimals", horizontal="right", wrap=False),
    "word": _Look(horizontal="right"),
    "status": _Look(horizontal="center"),
    "answer": _Look(fill="answer", unlocked=True),
    "choice": _Look(fill="answer", unlocked=True, horizontal="center"),
    "error": _Look("bold", "error", horizontal="center"),
    "warning": _Look(fill="warning", horizontal="center"),
    "note": _Look(fill="note", horizontal="center"),
}
ROOT = "root "
"""Before the name of a look: the same in the row of a cause."""
LOOKS |= {
    f"{ROOT}{name}": LOOKS[name]._replace(fill="root")
    for name in ("number", "link", "whole", "decimals", "word", "status", "text")
}


class Styles(NamedTuple):
    """Indexes of what was appended: ``xf`` by the names of ``LOOKS``, ``dxf`` by those of ``DXFS``."""

    xf: Mapping[str, int]
    dxf: Mapping[str, int]


def append_styles(book: Book) -> Styles:
    """Appends fonts, fills, borders, formats and conditional formats; makes the part where there is none."""
    name = book.related("styles")
    if name is None:
        return _new_part(book)
    part = book.place.part(name)
    if not part.common:
        return _appended(part)
    styles, splices = _remembered(part.edits.data, part.name)
    part.edits.take(splices)
    return styles


@lru_cache(maxsize=8)
def _remembered(data: bytes, name: str) -> tuple[Styles, tuple[Splice, ...]]:
    """What is appended to a part that is common to many workbooks."""
    part = Part(name, "utf-8", Edits(data))
    return _appended(part), tuple(part.edits.splices())


def _appended(part: Part) -> Styles:
    writer = _Appender(part)
    styles = _append_all(writer)
    writer.finish()
    return styles


def _new_part(book: Book) -> Styles:
    """A styles part for a workbook without one."""
    namespace = MAIN_STRICT if book.strict else MAIN
    texts: dict[str, list[str]] = {key: list(value) for key, value in _DEFAULTS.items()}

    class Fresh:
        def add(self, collection: str, items: Sequence[str]) -> int:
            first = len(texts[collection])
            texts[collection].extend(items)
            return first

        def format_id(self) -> int:
            return 164

        def has(self, collection: str) -> bool:
            return True

    styles = _append_all(Fresh())
    body = "".join(
        f'<{key} count="{len(texts[key])}">{"".join(texts[key])}</{key}>' for key in _ORDER if texts.get(key)
    )
    name = book.place.new_name("xl/styles{}.xml") if book.place.has("xl/styles.xml") else "xl/styles.xml"
    content = f'{DECLARATION}<styleSheet xmlns="{namespace}">{body}</styleSheet>'
    book.place.add(name, content.encode(), STYLES_TYPE)
    book.relate("styles", name)
    return styles


class _Appender:
    """Appends to the collections of an existing styles part."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._root = part.root
        self._collections = {child.local: child for child in self._root.children()}
        self._new: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}

    def add(self, collection: str, items: Sequence[str]) -> int:
        """Appends items; returns the index of the first."""
        element = self._collections.get(collection)
        added = self._new.setdefault(collection, [] if element else list(_DEFAULTS[collection]))
        first = len(added) + (self._size(element) if element else 0)
        added.extend(items)
        return first

    def format_id(self) -> int:
        """A number format id that no format of the file has (custom ones start at 164)."""
        formats = self._collections.get("numFmts")
        told = [child.get("numFmtId", "") for child in formats.children()] if formats else []
        used = [int(text) for text in told if text.isascii() and text.isdigit() and len(text) < 10]
        return max([163, *used]) + 1

    def has(self, collection: str) -> bool:
        """Whether the file has items of a collection."""
        element = self._collections.get(collection)
        return element is not None and self._size(element) > 0

    def _size(self, element: Element) -> int:
        """How many items a collection holds, its ``count`` not trusted."""
        if element.local not in self._sizes:
            self._sizes[element.local] = len(element.children())
        return self._sizes[element.local]

    def finish(self) -> None:
        for collection, items in self._new.items():
            text = _prefixed("".join(items), self._root.prefix)
            element = self._collections.get(collection)
            if element is not None:
                self._part.edits.append(element, text)
                if "count" in element.attributes:
                    self._part.edits.set(element, "count", str(self._size(element) + len(items)))
        for collection in _ORDER:
            if collection in self._new and collection not in self._collections:
                items = self._new[collection]
                tag = self._root.qualified(collection)
                text = _prefixed("".join(items), self._root.prefix)
                text = f'<{tag} count="{len(items)}">{text}</{tag}>'
                after = _ORDER[_ORDER.index(collection) + 1 :]
                later = [child.start for key, child in self._collections.items() if key in after]
                if later:
                    self._part.edits.insert(min(later), text)
                else:
                    self._part.edits.append(self._root, text)


class _Writer(Protocol):
    """Where styles are appended to: an existing part or a new one."""

    def add(self, collection: str, items: Sequence[str]) -> int: ...

    def format_id(self) -> int: ...

    def has(self, collection: str) -> bool: ...


def _append_all(writer: _Writer) -> Styles:
    add, format_id = writer.add, writer.format_id()
    formats = {name: format_id + number for number, name in enumerate(_FORMATS)}
    add(
        "numFmts",
        [f'<numFmt numFmtId="{formats[n]}" formatCode="{escaped(c)}"/>' for n, c in _FORMATS.items()],
    )
    fonts = _numbered(add("fonts", list(_FONTS.values())), _FONTS)
    fills = _numbered(add("fills", list(_FILLS.values())), _FILLS)
    borders = _numbered(add("borders", list(_BORDERS.values())), _BORDERS)
    # Some files do without named styles: then there is none to build on.
    base = ' xfId="0"' if writer.has("cellStyleXfs") else ""
    xfs = [_xf(look, formats, fonts, fills, borders, base) for look in LOOKS.values()]
    return Styles(_numbered(add("cellXfs", xfs), LOOKS), _numbered(add("dxfs", list(DXFS.values())), DXFS))


def _numbered(first: int, names: Iterable[str]) -> Mapping[str, int]:
    return MappingProxyType({name: first + number for number, name in enumerate(names)})


def _xf(
    look: _Look,
    formats: dict[str, int],
    fonts: Mapping[str, int],
    fills: Mapping[str, int],
    borders: Mapping[str, int],
    base: str,
) -> str:
    number = look.format if isinstance(look.format, int) else formats[look.format]
    indent = look.indent if look.border and look.horizontal != "center" else 0
    lock = '<protection locked="0"/>' if look.unlocked else ""
    return (
        f'<xf numFmtId="{number}" fontId="{fonts[look.font]}" fillId="{fills.get(look.fill, 0)}"'
        f' borderId="{borders[look.border]}"{base} applyNumberFormat="1" applyFont="1" applyFill="1"'
        f' applyBorder="1" applyAlignment="1" applyProtection="1"><alignment horizontal="{look.horizontal}"'
        f' vertical="{look.vertical}" wrapText="{int(look.wrap)}" indent="{indent}"/>{lock}</xf>'
    )


def _prefixed(text: str, prefix: str) -> str:
    """Markup written without prefix, in the prefix of the part."""
    if not prefix:
        return text
    return text.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
