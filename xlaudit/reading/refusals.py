"""The sentences with which a file is turned away: what is wrong with it, and what to do about it.

Each function gives an :class:`UnreadableWorkbook` to raise; the codes are part of the JSON report.
"""

from __future__ import annotations

from xlaudit.errors import UnreadableWorkbook
from xlaudit.texts import NOTHING, Text, joined, same, sentences

_RESAVE = Text("Open it in Excel or LibreOffice, save it as .xlsx, and audit the new file.")


def not_found() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "not_found",
        Text("File not found; check its name and folder."),
    )


def is_folder() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "is_folder",
        Text("This is a folder; pick an .xlsx in it."),
    )


def no_access(reason: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "no_access",
        Text(
            "The file cannot be read ({reason}); check its permissions, close it elsewhere, and try again."
        ).fill(reason=reason),
    )


def empty() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "empty",
        Text("This file is empty (0 bytes); copy it or ask for it again."),
    )


def encrypted() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "encrypted",
        Text("This file is locked with a password; open it in Excel, remove the password, save it again."),
    )


def old_format() -> UnreadableWorkbook:
    text = Text("This file is in the old Excel format (.xls).")
    return UnreadableWorkbook("old_format", sentences(text, _RESAVE))


def not_a_workbook(what: Text, *, spreadsheet: bool = False) -> UnreadableWorkbook:
    """``what`` it seems to be; ``spreadsheet`` where Excel or LibreOffice could turn it into an .xlsx."""
    advice = (
        _RESAVE
        if spreadsheet
        else Text("Choose an Excel file, .xlsx or .xlsm.")
    )
    text = Text("This is not an Excel workbook (.xlsx) but {what}.")
    return UnreadableWorkbook("not_a_workbook", sentences(text.fill(what=what), advice))


def broken(detail: Text) -> UnreadableWorkbook:
    """``detail`` is a clause without a full stop, such as ``bagian xl/workbook.xml hilang``."""
    text = Text("This file is damaged: {what}.")
    return UnreadableWorkbook("broken", sentences(text.fill(what=detail), _RESAVE))


def broken_part(part: str, reason: Text | None = None) -> UnreadableWorkbook:
    """One part of the package cannot be read."""
    detail = Text("part {part} cannot be read").fill(part=_short(part))
    if reason is not None:
        detail = joined(same(""), (detail, same(" ("), reason, same(")")))
    return broken(detail)


def has_doctype(part: str) -> UnreadableWorkbook:
    """A document type declaration: no part may hold one (ECMA-376 Part 2, clause 8.1.4), it can only harm."""
    return broken_part(part, Text("it holds a DOCTYPE, which is forbidden"))


_TOO_LARGE = Text(
    "This file is too large to be examined safely: {what}. Remove sheets, rows or content that are not used, and "
    "save it again{otherwise}.",
)
_OTHERWISE = Text("; if all of it is needed, raise “{bound}” in the section [limits] of xlaudit.toml")


def too_large(what: Text, bound: str = "") -> UnreadableWorkbook:
    """``what`` is more than a bound allows, such as ``lebih dari 10.000 bagian``.

    ``bound`` is the field of ``Limits`` that says how much; none where the format itself or the machine does.
    """
    otherwise = _OTHERWISE.fill(bound=bound) if bound else NOTHING
    return UnreadableWorkbook("too_large", _TOO_LARGE.fill(what=what, otherwise=otherwise))


def bad_cell(sheet: str, address: str, reason: Text) -> UnreadableWorkbook:
    """One cell or range on a sheet cannot be made sense of."""
    detail = Text("sheet “{sheet}”, {address}: {reason}")
    return broken(detail.fill(sheet=_short(sheet), address=_short(address), reason=reason))


def named(name: str) -> Text:
    """A name out of the file, shortened and made printable."""
    return same(_short(name))


def _short(name: str) -> str:
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
    return clean if len(clean) <= 80 else clean[:77] + "..."
