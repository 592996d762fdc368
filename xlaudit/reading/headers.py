"""Finds the header blocks of a sheet: where a table begins and what stands above each of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from xlaudit.model import Stored, StoredCell
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES, Meaning, meaning
from xlaudit.schemas.words import YEAR, concept, concepts, header_like, words
from xlaudit.tables import Measure

_MOST_ROWS = 6
_BUDGET_ROLES = {"pagu", "realisasi", "share", "persen", "sisa", "target", "capaian"}
_QUARTERS = (("i",), ("ii",), ("iii",), ("iv",))
_LONGEST_HEADING = 40
"""A text of this length may be a heading with words of its own (Program Prioritas) among known ones."""

_YEAR_LENGTH = 4
_DECLARED = re.compile(r"\(?\s*\(?\d{1,2}\)?\s*=.*")
_ORDINAL = re.compile(r"\(?\s*(\d{1,2})\s*[).]?")


@dataclass(slots=True)
class Header:
    """A header block. ``paths[column]`` are the texts above a column, outermost first.

    ``declared[column]`` is the arithmetic that a column-number row declares, such as ``6=4/5*100``.
    """

    top: int
    bottom: int
    paths: dict[int, tuple[str, ...]]
    declared: dict[int, str] = field(default_factory=dict)
    ordinals: dict[int, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return min(self.paths)

    @property
    def right(self) -> int:
        return max(self.paths)

    def meanings(self) -> dict[int, Meaning]:
        """The columns whose header has a meaning."""
        found = {column: meaning(path) for column, path in self.paths.items()}
        known = {column: what for column, what in found.items() if what is not None}
        return known | self._unnamed_label(known)

    def _unnamed_label(self, known: dict[int, Meaning]) -> dict[int, Meaning]:
        """The first text column of a budget table names its rows, whatever it is called: OPD, Sumber Dana."""
        roles = {what.role for what in known.values()}
        figures = [column for column, what in known.items() if what.measure is not Measure.TEXT]
        if roles & set(LABEL_ROLES) or len(roles & _BUDGET_ROLES) < 2:
            return {}
        free = [c for c in sorted(self.paths) if c < min(figures) and (c not in known or known[c].role == "sifat")]
        return {free[0]: Meaning("uraian", measure=Measure.TEXT)} if free else {}


def find_headers(view: SheetView) -> list[Header]:
    """All header blocks of a sheet, from top to bottom, those side by side from left to right."""
    headers: list[Header] = []
    beyond = 0
    for row in view.row_numbers:
        if row <= beyond or not may_start(view, row):
            continue
        top, bottom = _extent(view, row, beyond)
        for header in _split(view, top, bottom):
            if is_table_header(header):
                headers.append(header)
                beyond = max(beyond, header.bottom)
    return headers


def is_table_header(header: Header) -> bool:
    """Whether the columns together make one of our tables: something named, something measured."""
    roles = list(header.meanings().values())
    figures = [role for role in roles if role.measure is not Measure.TEXT]
    labels = [role for role in roles if role.measure is Measure.TEXT and role.role != "no"]
    return bool(figures) and bool(labels) and len(roles) >= 2 and len({r.role for r in roles}) >= 2


def holds_amount(cells: Iterable[StoredCell]) -> bool:
    """Whether a number longer than a year stands among the cells: then they are data, never a header."""
    return any(cell.kind is Stored.NUMBER and len(cell.text) > _YEAR_LENGTH for cell in cells)


def may_start(view: SheetView, row: int) -> bool:
    """A row can begin a header when at least two cells are header texts and few are anything else."""
    hits = misses = 0
    roles: set[str] = set()
    line = view.sheet.rows[row]
    if len(line) < 2 or holds_amount(line.values()):
        return False
    for column in sorted(line):
        cell = view.stored(row, column)
        if cell is None:
            continue
        text = cell.text.strip()
        if cell.kind is Stored.TEXT and (header_like(text) or YEAR.fullmatch(text) or _marks_column(text)):
            hits += 1
            role = meaning((text,))
            roles.add(role.role if role is not None else "")
        elif cell.kind is Stored.NUMBER and YEAR.fullmatch(text):
            continue
        else:
            if cell.kind is Stored.TEXT and _opens_with_a_role(text):
                continue
            misses += 3 if cell.kind is Stored.NUMBER or text[:1].isdigit() else 1
            if misses > 2 and misses > hits:
                return False
    return hits >= 2 and hits * 2 >= misses * 3 and len(roles) >= 2


def _opens_with_a_role(text: str) -> bool:
    """A long heading (Indikator Sasaran Strategis Dinas ...) may stand among short ones, but makes no header."""
    spelled = words(text)
    return 1 < len(spelled) <= 16 and concept(spelled[0]) in {"sasaran", "indikator", "kinerja", "program", "tujuan"}


def _marks_column(text: str) -> bool:
    return text.strip("() .").lower() in {"k", "rp", "%", "no", "ket"} or bool(_DECLARED.fullmatch(text))


def _extent(view: SheetView, start: int, beyond: int) -> tuple[int, int]:
    """The first and last row of the block that begins around ``start``."""
    top = start
    if start - 1 > beyond and _is_group_row(view, start - 1, start):
        top = start - 1
    bottom = start
    while bottom - top + 1 < _MOST_ROWS and (bottom + 1) in view.sheet.rows and _continues(view, bottom + 1):
        bottom += 1
    merged = [area for column in view.sheet.rows[start] if (area := view.anchor.get((start, column))) is not None]
    last_merged = max((area.bottom for area in merged if area.bottom - area.top < _MOST_ROWS), default=bottom)
    return top, max(bottom, min(last_merged, top + _MOST_ROWS - 1))


def _is_group_row(view: SheetView, row: int, below: int) -> bool:
    """A row of group headings (KINERJA | ANGGARAN) above the row with the columns' own names."""
    columns = view.filled_columns(row)
    if not columns or columns[0] <= min(view.sheet.rows[below]):
        return False
    return all(header_like(view.text(row, c)) or YEAR.search(view.text(row, c)) for c in columns)


def _continues(view: SheetView, row: int) -> bool:
    """Whether a row still belongs to the header: sub-headings, units, column numbers, declared arithmetic."""
    columns = view.filled_columns(row)
    if not columns:
        return False
    if is_ordinal_row(view, row, columns):
        return True
    headings = strangers = 0
    for column in columns:
        cell = view.stored(row, column)
        text = view.text(row, column)
        if cell is None:
            continue
        named = cell.kind is Stored.TEXT and header_like(text) and not (column == columns[0] and _total_like(text))
        if named or YEAR.fullmatch(text) or _marks_column(text) or words(text) in _QUARTERS:
            headings += 1
        elif cell.kind is Stored.TEXT and len(text) <= _LONGEST_HEADING and meaning((text,)) is not None:
            strangers += 1
        else:
            return False
    if strangers * 3 > headings:
        return False
    return headings > 0 and (headings > 1 or len(view.filled_columns(row - 1)) > 1) and not _lonely_label(view, row)


def _total_like(text: str) -> bool:
    return concepts(text) <= {"jumlah", "rata"} and bool(concepts(text))


def _lonely_label(view: SheetView, row: int) -> bool:
    """One header-like word at the far left under a full header is the first data row, not a sub-heading."""
    columns = view.filled_columns(row)
    above = view.filled_columns(row - 1)
    return len(columns) == 1 and bool(above) and columns[0] == above[0]


def is_ordinal_row(view: SheetView, row: int, columns: list[int] | None = None) -> bool:
    """Whether a row only numbers the columns: 1 2 3, (1) (2) (3), also with ``6=4/5*100`` in it."""
    columns = view.filled_columns(row) if columns is None else columns
    if len(columns) < 2:
        return False
    numbers: list[int] = []
    for column in columns:
        text = view.text(row, column)
        if _DECLARED.fullmatch(text) or re.fullmatch(r"\(\s*\d{1,2}\s*=.*", text):
            numbers.append(int(re.findall(r"\d+", text)[0]))
            continue
        match = _ORDINAL.fullmatch(text)
        if match is None:
            return False
        numbers.append(int(match[1]))
    rising = all(a <= b for a, b in pairwise(numbers))
    return rising and numbers[0] <= 2 and numbers[-1] <= len(numbers) + 3 and len(set(numbers)) > 1


def _split(view: SheetView, top: int, bottom: int) -> list[Header]:
    """One header for each run of neighbouring columns; an empty column parts two tables side by side."""
    paths, declared, ordinals = _paths(view, top, bottom)
    headers: list[Header] = []
    run: list[int] = []
    for column in sorted(paths):
        if run and column > run[-1] + 1 and not all(_used_below(view, bottom, c) for c in range(run[-1] + 1, column)):
            headers.append(_header(top, bottom, run, paths, declared, ordinals))
            run = []
        run.append(column)
    if run:
        headers.append(_header(top, bottom, run, paths, declared, ordinals))
    whole = _header(top, bottom, sorted(paths), paths, declared, ordinals)
    parts = [header for header in headers if is_table_header(header)]
    return parts if len(parts) > 1 and len(parts) == len(headers) else [whole] if paths else []


def _header(
    top: int,
    bottom: int,
    columns: list[int],
    paths: dict[int, tuple[str, ...]],
    declared: dict[int, str],
    ordinals: dict[int, int],
) -> Header:
    keep = set(columns)
    return Header(
        top,
        bottom,
        {c: paths[c] for c in columns},
        {c: text for c, text in declared.items() if c in keep},
        {c: number for c, number in ordinals.items() if c in keep},
    )


def _used_below(view: SheetView, bottom: int, column: int) -> bool:
    return any(view.stored(row, column) is not None for row in range(bottom + 1, bottom + 12))


def _paths(view: SheetView, top: int, bottom: int) -> tuple[dict[int, tuple[str, ...]], dict[int, str], dict[int, int]]:
    texts: dict[int, list[str]] = {}
    declared: dict[int, str] = {}
    ordinals: dict[int, int] = {}
    rows = list(range(top, bottom + 1))
    named = [row for row in rows if not is_ordinal_row(view, row)]
    for row in rows:
        if row not in named:
            for column in view.filled_columns(row):
                text = view.text(row, column)
                ordinals[column] = int(re.findall(r"\d+", text)[0])
                if "=" in text:
                    declared[column] = text
    for position, row in enumerate(named):
        line = _line(view, row, named[position + 1 :])
        for column, text in line.items():
            path = texts.setdefault(column, [])
            if _DECLARED.fullmatch(text):
                declared[column] = text
            elif not path or path[-1] != text:
                path.append(text)
    return {column: tuple(path) for column, path in texts.items() if path}, declared, ordinals


def _line(view: SheetView, row: int, below: list[int]) -> dict[int, str]:
    """The header texts of one row, each column its own; a group heading reaches over the columns it heads."""
    known = set(view.sheet.rows.get(row, ())) | {c for r, c in view.anchor if r == row}
    for other in below:
        known |= set(view.filled_columns(other))
    line: dict[int, str] = {}
    group = ""
    previous = 0
    for column in sorted(known):
        text = view.text(row, column)
        if text:
            line[column] = group = text
        elif group and previous == column - 1 and below and _only_below(view, row, column, below):
            line[column] = group
        else:
            group = ""
        previous = column
    return line


def _only_below(view: SheetView, row: int, column: int, below: list[int]) -> bool:
    """Whether a column, empty in this header row, is named in a lower one, as under an unmerged group heading."""
    under = next((text for other in below if (text := view.text(other, column))), "")
    return (
        bool(under)
        and view.merged_into(row, column) is None
        and view.text(row, column) == ""
        and not (
            meaning((under,)) is not None and meaning((under,)).measure is Measure.TEXT  # type: ignore[union-attr]
        )
    )
