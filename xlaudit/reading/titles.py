"""What the lines above a table say of it: its title, its year, before or after the revision."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from xlaudit.patterns import pattern
from xlaudit.reading.headers import Header
from xlaudit.reading.view import SheetView
from xlaudit.schemas.words import YEAR, fold
from xlaudit.tables import Column, Measure
from xlaudit.texts import MONTHS

_SIGNED = pattern(
    rf"\(?[\s._…]{{4,}}\)?|[A-Za-z]+(\s[A-Za-z]+){{0,2}}\s?,\s*[\d.…\s]*({'|'.join(MONTHS)}|nopember)\s+\d{{4}}",
    re.IGNORECASE,
)
"""Dots to sign on, and the place and the day of signing: its year is not the table's."""


class Above(NamedTuple):
    """Where a title may stand: below the row ``beyond``, not over a column that ``beside`` says is another's.

    ``last`` is the title of the table before, which counts for this one too where it has none of its own.
    """

    beyond: int
    beside: Callable[[int], bool]
    last: str


def title_of(view: SheetView, header: Header, above: Above) -> str:
    """The lines right above the header, joined: text in one cell, or ``Tahun : 2024``; all else ends them."""
    lines: list[str] = []
    row = header.top - 1
    blank = 0
    while row > above.beyond and blank <= 2 and len(lines) < 8:
        columns = [c for c in view.filled_columns(row) if not above.beside(c)]
        own = [column for column in columns if header.left <= column <= header.right]
        if len(own) == 1 and ":" not in view.text(row, own[0]):
            columns = own  # the title of something beside stands on the same row
        texts = [view.text(row, column) for column in columns]
        if not columns:
            blank += 1
        elif not _is_title_line(texts):
            break
        else:
            blank = 0 if not lines else blank
            lines.append(" ".join(texts))
        row -= 1
    return " ".join(reversed(lines)) or above.last


def _is_title_line(texts: list[str]) -> bool:
    """One text, or ``Tahun : 2024``; not the source line of the table above, nor the signature below it."""
    if re.match(r"(sumber|catatan|keterangan|ket|nip)\b|\*", fold(texts[0])) or _SIGNED.fullmatch(texts[0].strip()):
        return False
    return len(texts) == 1 or (len(texts) <= 3 and any(":" in (text[0], text[-1]) for text in texts))


def year_of(columns: dict[str, Column], title: str, sheet: str) -> int | None:
    years = {c.period for c in columns.values() if c.measure is not Measure.TEXT and c.period.isdigit()}
    if len(years) == 1:
        return int(next(iter(years)))
    for text in (title, sheet):
        found = YEAR.findall(text)
        if found:
            return int(found[-1])
    return None


def stage_of(title: str, sheet: str, kind: str) -> str:
    for text in (title, sheet):
        if re.search(r"\bsebelum perubahan\b|\bmurni\b", text):
            return "sebelum"
        if kind == "perjanjian_kinerja" and re.search(r"\b(perubahan|setelah|sesudah|p-?apbd)\b", text):
            return "setelah"
    return "awal" if re.search(r"\bperjanjian\b|\bpk\b", f"{title} {sheet}") else ""
