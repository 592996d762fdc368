"""Finds the header blocks of a sheet: where a table begins and what stands above each of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from xlaudit.arithmetic import Declaration, embedded, is_percentage, names_of, parse
from xlaudit.cells import Cell
from xlaudit.mapping.model import MappedTable
from xlaudit.reading.headerrows import continues, is_group_row, is_ordinal_row
from xlaudit.reading.numbering import DECLARED, Numbering, Written, declares, labels_of
from xlaudit.reading.plainpaths import bare_quarters, plain
from xlaudit.reading.subheads import parts_groups
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import LABEL_ROLES, Meaning, meaning, without_meaning
from xlaudit.schemas.words import rests_on_words
from xlaudit.tables import OTHER, Measure

_MOST_ROWS = 6
MOST_COLUMNS = 1_000
"""Headings beside one another beyond which they make no table of ours; the widest forms have some two hundred."""
_MATRIX = 3
"""So many columns of figures make a table of whatever names its rows, also where all of them are budgets."""
_COMMON_COLUMNS, _COMMON_TEXT = 64, 2048
"""Headings over no more columns, and of no more letters, are worth remembering."""
_MAY_NAME_ROWS = ("sifat", "tahun")
_BUDGET_ROLES = {"pagu", "realisasi", "share", "persen", "sisa", "target", "capaian"}

@dataclass(slots=True)
class Header:
    """A header block. ``paths[column]`` are the texts above a column, outermost first."""

    top: int
    bottom: int
    paths: dict[int, tuple[str, ...]]
    numbering: Numbering = field(default_factory=Numbering)
    told: Mapping[int, Meaning] | None = None
    """What the columns are, where it is known from elsewhere than their headings: then these are not asked."""
    guessed: bool = False
    """Whether that was told by their contents."""
    mapped: MappedTable | None = None
    """The mapping that told it, which may also say where the rows end and how their levels are told."""

    @property
    def left(self) -> int:
        return min(self.paths)

    @property
    def right(self) -> int:
        return max(self.paths)

    def heading(self, column: int) -> str:
        """The texts above a column in one line; those of its left neighbour, which heads both, where it has none."""
        return " · ".join(self.paths.get(column, ()) or self.paths.get(column - 1, ()))

    def ignores(self, column: int) -> bool:
        """Whether a mapping says that a column is not to be used."""
        return self.mapped is not None and column in self.mapped.ignored

    def meanings(self) -> Mapping[int, Meaning]:
        """The columns whose header has a meaning."""
        if self.told is not None:
            return self.told
        if len(self.paths) > _COMMON_COLUMNS or sum(map(len, chain.from_iterable(self.paths.values()))) > _COMMON_TEXT:
            return self._told_by_headings()
        labels, declared = self.numbering.labels, self.numbering.declared
        texts = tuple((column, written.text) for column, written in declared.items())
        return _meanings(tuple(self.paths.items()), tuple(labels.items()), texts)

    def _told_by_headings(self) -> dict[int, Meaning]:
        paths = plain(self.paths)
        found = {column: meaning(path) for column, path in paths.items()}
        known = {column: what for column, what in found.items() if what is not None}
        known |= bare_quarters(paths, known)
        known |= {c: without_meaning(self.paths[c], share) for c, share in self.asked_for().items() if c not in known}
        return known | self._unnamed_label(known)

    def labels(self) -> dict[int, str]:
        """The number or letter of every column; where none is written, they are counted from the left."""
        if self.numbering.labels:
            return self.numbering.labels
        return {column: str(number) for number, column in enumerate(sorted(self.paths), start=1)}

    def declarations(self) -> dict[int, tuple[str, Declaration | None]]:
        """What is declared of the columns, in the numbers' row or within their headings, as text and as read."""
        found = {column: (written.text, parse(written.text)) for column, written in self.numbering.declared.items()}
        for column, path in self.paths.items():
            inside = ((text, embedded(text)) for text in reversed(path))
            first = next((pair for pair in inside if pair[1] is not None), None)
            if first is not None and column not in found:
                found[column] = first
        return found

    def asked_for(self) -> dict[int, bool]:
        """The columns that declarations name or speak of, and whether they declare it to be a percentage.

        Numbers in the parentheses of a heading may be ages or classes; they count where the columns are numbered.
        """
        labels = self.labels()
        read = {
            column: declared
            for column, (_, declared) in self.declarations().items()
            if declared is not None
            and (declared.target or column in self.numbering.declared or self._numbers(declared))
        }
        named = {label for declared in read.values() for label in names_of(declared.expression)}
        return {
            column: column in read and is_percentage(read[column].expression)
            for column, label in labels.items()
            if column in self.paths and (label in named or column in read)
        }

    def _numbers(self, declared: Declaration) -> bool:
        """Whether all that a declaration names are columns that are numbered so."""
        return set(names_of(declared.expression)) <= set(self.numbering.labels.values())

    def _unnamed_label(self, known: dict[int, Meaning]) -> dict[int, Meaning]:
        """The first text column of a budget table names its rows, whatever it is called: OPD, Sumber Dana."""
        roles = {what.role for what in known.values()}
        figures = [column for column, what in known.items() if what.measure is not Measure.TEXT]
        several = len(roles & _BUDGET_ROLES) > 1 or (len(figures) >= _MATRIX and bool(roles & _BUDGET_ROLES))
        if roles & set(LABEL_ROLES) or not (several or OTHER in roles):
            return {}
        other = {column for column, what in known.items() if what.role not in _MAY_NAME_ROWS}
        free = [c for c in sorted(self.paths) if c < min(figures) and c not in other]
        return {free[0]: Meaning("uraian", measure=Measure.TEXT)} if free else {}


@lru_cache(maxsize=64)
def _meanings(
    paths: tuple[tuple[int, tuple[str, ...]], ...],
    labels: tuple[tuple[int, str], ...],
    declared: tuple[tuple[int, str], ...],
) -> Mapping[int, Meaning]:
    """What headings mean, wherever they stand: the offices that fill one form all hand in the same."""
    nowhere = Cell(0, 0)
    numbering = Numbering(dict(labels), {column: Written(text, nowhere) for column, text in declared})
    return MappingProxyType(Header(0, 0, dict(paths), numbering)._told_by_headings())


rests_on_words(_meanings.cache_clear)


def header_at(view: SheetView, row: int, beyond: int) -> Header | None:
    """The header of the block around a row that may begin one; ``beyond`` is the last row of those above."""
    return header_between(view, *_extent(view, row, beyond))


def header_between(view: SheetView, top: int, bottom: int) -> Header | None:
    """The header in a block of rows, None where it makes none of our tables."""
    paths, numbering = _paths(view, top, bottom)
    if not 0 < len(paths) <= MOST_COLUMNS:
        return None
    header = Header(top, bottom, dict(sorted(paths.items())), numbering.within(sorted(paths)))
    return header if is_table_header(header) else None


def header_over(view: SheetView, top: int, bottom: int, columns: Sequence[int]) -> Header:
    """The header in these rows over these columns, of which some may have no heading; no rows at all if they cross."""
    left, right = min(columns), max(columns)
    paths: dict[int, tuple[str, ...]] = {}
    numbering = Numbering()
    if top <= bottom:
        paths, numbering = _paths(view.part(top, bottom, left, right), top, bottom)
    own = sorted(columns)
    return Header(top, bottom, {column: paths.get(column, ()) for column in own}, numbering.within(own))


def is_table_header(header: Header) -> bool:
    """Whether the columns together make one of our tables: something named, something measured."""
    roles = list(header.meanings().values())
    figures = [role for role in roles if role.measure is not Measure.TEXT]
    labels = [role for role in roles if role.measure is Measure.TEXT and role.role != "no"]
    return bool(figures) and bool(labels) and len(roles) >= 2 and len({r.role for r in roles}) >= 2


def _extent(view: SheetView, start: int, beyond: int) -> tuple[int, int]:
    """The first and last row of the block that begins around ``start``."""
    top = start
    if start - 1 > beyond and is_group_row(view, start - 1, start):
        top = start - 1
    bottom = start
    while bottom - top + 1 < _MOST_ROWS and (bottom + 1) in view.sheet.rows and _goes_on(view, bottom + 1):
        bottom += 1
    merged = [area for column in view.sheet.rows[start] if (area := view.anchor.get((start, column))) is not None]
    last_merged = max((area.bottom for area in merged if area.bottom - area.top < _MOST_ROWS), default=bottom)
    return top, max(bottom, min(last_merged, top + _MOST_ROWS - 1))


def _goes_on(view: SheetView, row: int) -> bool:
    return continues(view, row) or parts_groups(view, row)


def _paths(view: SheetView, top: int, bottom: int) -> tuple[dict[int, tuple[str, ...]], Numbering]:
    texts: dict[int, list[str]] = {}
    numbering = Numbering()
    rows = list(range(top, bottom + 1))
    named = [row for row in rows if not is_ordinal_row(view, row)]
    for row in rows:
        if row not in named:
            _number(view, row, numbering)
    for position, row in enumerate(named):
        line = _line(view, row, named[position + 1 :])
        for column, text in line.items():
            path = texts.setdefault(column, [])
            if DECLARED.fullmatch(text):
                numbering.declared[column] = Written(text, view.merged_into(row, column) or Cell(row, column))
            elif not path or path[-1] != text:
                path.append(text)
    paths = {column: tuple(path) for column, path in texts.items() if path}
    _share_numbers(paths, numbering)
    return paths, numbering


def _number(view: SheetView, row: int, numbering: Numbering) -> None:
    """Notes the numbers of a numbers' row; one in a merged cell is that of all columns below it."""
    columns = view.filled_columns(row)
    texts = [view.text(row, column) for column in columns]
    for column, text, label in zip(columns, texts, labels_of(texts) or (), strict=True):
        area = view.anchor.get((row, column))
        for below in (column,) if area is None else range(area.left, area.right + 1):
            numbering.labels[below] = label
            if declares(text):
                numbering.declared[below] = Written(text, Cell(row, column))


def _share_numbers(paths: dict[int, tuple[str, ...]], numbering: Numbering) -> None:
    """The columns K and Rp under one heading share the number that stands over the first of them."""
    for column in sorted(paths):
        left, path = column - 1, paths[column]
        if column in numbering.labels or left not in numbering.labels or left not in paths or len(path) < 2:
            continue
        if path[:-1] == paths[left][:-1]:
            numbering.labels[column] = numbering.labels[left]
            if left in numbering.declared:
                numbering.declared.setdefault(column, numbering.declared[left])


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
