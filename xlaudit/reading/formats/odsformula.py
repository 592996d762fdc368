"""OpenFormula as .ods files hold it, written as Excel writes formulas ([OpenFormula] 5.8, 6)."""

from __future__ import annotations

from xlaudit.patterns import pattern

_MOST = 8192
_NAMESPACE = pattern(r"(of|oooc|msoxl|[a-z]{1,12}):=?|=")
_PIECE = pattern(
    r'(?P<text>"(?:[^"]|"")*")|(?P<reference>\[(?:\'(?:[^\']|\'\')*\'|[^\]\'])*\])|(?P<mark>[;~!|{}])'
    r"|(?P<prefix>(?:COM\.MICROSOFT|ORG\.LIBREOFFICE|ORG\.OPENOFFICE)\.)"
)
_SIDE = pattern(r"\s*(?P<sheet>\$?'(?:[^']|'')*'|[^.']*)\.(?P<cell>#REF!|\$?[A-Za-z]{0,3}\$?\d{0,7})\s*")
_PLAIN = pattern(r"[^\W\d]\w*")


def excel_formula(text: str) -> str | None:
    """The formula without ``=``, semicolons as commas, ``[.A1:.B2]`` as ``A1:B2``.

    None for a formula that Excel's notation has no words for (a file elsewhere, an unknown namespace).
    """
    if not text or len(text) > _MOST:
        return None
    match = _NAMESPACE.match(text)
    if match is None or match[1] not in {"of", "oooc", "msoxl", None}:
        return None
    body = text[match.end() :]
    if match[1] == "msoxl":
        return body
    pieces: list[str] = []
    at = 0
    braces = 0
    for found in _PIECE.finditer(body):
        pieces.append(body[at : found.start()])
        at = found.end()
        if found["text"]:
            pieces.append(found["text"])
        elif found["reference"]:
            reference = _reference(found["reference"][1:-1])
            if reference is None:
                return None
            pieces.append(reference)
        elif found["mark"]:
            braces += {"{": 1, "}": -1}.get(found["mark"], 0)
            pieces.append(_mark(found["mark"], braces > 0))
    pieces.append(body[at:])
    return "".join(pieces).strip() or None


def _mark(mark: str, within_array: bool) -> str:
    if within_array:
        return {";": ",", "|": ";"}.get(mark, mark)
    return {";": ",", "~": ",", "!": " "}.get(mark, mark)


def _reference(text: str) -> str | None:
    first = _SIDE.match(text)
    if first is None:
        return None
    rest = text[first.end() :]
    before = _sheet(first["sheet"])
    if before is None:
        return None
    if not rest:
        return before + first["cell"]
    second = _SIDE.fullmatch(rest[1:]) if rest.startswith(":") else None
    if second is None:
        return None
    after = _sheet(second["sheet"])
    if after is None:
        return None
    if after and after != before:  # a range over several sheets
        return f"{before[:-1]}:{after}{first['cell']}:{second['cell']}"
    return f"{before}{first['cell']}:{second['cell']}"


def _sheet(text: str) -> str | None:
    """``Sheet!`` or nothing; None for a sheet of another file (``'file:///...'#$Sheet``)."""
    name = text.removeprefix("$")
    if not name:
        return ""
    if "#" in name and "file:" in name:
        return None
    bare = name[1:-1].replace("''", "'") if name.startswith("'") else name
    if _PLAIN.fullmatch(bare) and bare.isascii():
        return bare + "!"
    return "'" + bare.replace("'", "''") + "'!"
