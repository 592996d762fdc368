"""Lists of figures without any heading: a name, an amount, perhaps a second one and their percentage.

What the columns are is told by what stands in them and by how the figures hang together: a second amount that is
never above the first and a percentage that is their ratio are pagu, realisasi and persen. The words above the list
tell a single column of amounts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import compress
from typing import NamedTuple

from xlaudit.amounts import State as TextState
from xlaudit.amounts import read_number_text
from xlaudit.cells import MAX_ROWS, Area
from xlaudit.model import Stored
from xlaudit.patterns import pattern
from xlaudit.reading.headers import Header
from xlaudit.reading.headersearch import runs
from xlaudit.reading.lines import Lines
from xlaudit.reading.spans import Span, covers, joined
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import MEASURES, Meaning
from xlaudit.schemas.contents import KATEGORI_WORDS
from xlaudit.schemas.words import YEAR, concept, fold, words
from xlaudit.tables import Measure

_MOST_ROWS = 500
"""A list of more rows than this has headings in every office; it is not looked at."""
_FEWEST_FIGURES = 2
_LINES_ABOVE = 8
_SMALLEST_AMOUNT = Decimal(100_000)
_LARGEST_AMOUNT = Decimal(10) ** 15
"""Rupiah: beyond it stand telephone, account and identity numbers."""
_NUMBERING = pattern(r"\(?([0-9]{1,3}|[a-z]|[ivx]{1,5})([.\-][0-9a-z]{1,4})*[.)]*", re.IGNORECASE)
_CURRENCY = pattern(r"\brp|,-$", re.IGNORECASE)
_BUDGET_WORDS = frozenset({"pagu", "anggaran", "alokasi", "realisasi", "serapan", "rupiah", "belanja"})
_GROUPED = pattern(r"[0-9]{1,3}(\.[0-9]{3})+")


class _Block(NamedTuple):
    """Neighbouring cells outside of every table: rows of a list, perhaps."""

    rows: tuple[int, ...]
    left: int
    right: int


class _Content(NamedTuple):
    """What the cells of one column are. ``values`` by row for figures, None for a column of texts."""

    column: int
    texts: tuple[str, ...]
    values: dict[int, Decimal] | None
    percent: bool = False
    currency: bool = False
    """Whether the figures say that they are rupiah."""

    @property
    def is_amount(self) -> bool:
        """Whether the column holds rupiah: large figures, no years and no identity numbers."""
        if not self.values or self.percent:
            return False
        sizes = sorted(abs(value) for value in self.values.values() if value)
        return bool(sizes) and sizes[len(sizes) // 2] >= _SMALLEST_AMOUNT and sizes[-1] < _LARGEST_AMOUNT


def find_lists(view: SheetView, taken: Sequence[Area]) -> list[Header]:
    """A header without headings for every list on a sheet outside of the areas that are ``taken``."""
    found: list[Header] = []
    for block in _blocks(view, taken):
        columns = [_content(view, column, block.rows) for column in range(block.left, block.right + 1)]
        told = _told([column for column in columns if column.texts], _words_above(view, block))
        if told and (not _has_headings(view, block) or "realisasi" in {what.role for what in told.values()}):
            top = block.rows[0]
            found.append(Header(top, top - 1, dict.fromkeys(sorted(told), ()), told=told, guessed=True))
    return found


def _has_headings(view: SheetView, block: _Block) -> bool:
    """Whether headings that we do not know stand right above: then only arithmetic may say what the columns are."""
    above = view.filled_between(block.rows[0] - 1, block.left, block.right)
    return len(above) > 1 and all(_value(view, block.rows[0] - 1, column) is None for column in above)


def list_end(view: SheetView, header: Header) -> int:
    """The last row of the block under a list's header: a list ends with the first blank row."""
    row, left, right = header.top, header.left, header.right
    while view.filled_between(row + 1, left, right):
        row += 1
    return row


def _blocks(view: SheetView, taken: Sequence[Area]) -> Iterator[_Block]:
    """Rows without a blank one between them, cut into runs of columns; lone lines of text at both ends left off."""
    free: dict[int, list[int]] = {}
    waiting, here = sorted(taken, key=lambda area: -area.top), []
    rows = view.row_numbers
    place = 0
    while place < len(rows):
        row = rows[place]
        while waiting and waiting[-1].top <= row:
            here.append(waiting.pop())
        here = [area for area in here if area.bottom >= row]
        end = min([area.bottom + 1 for area in here] + [area.top for area in waiting[-1:]], default=MAX_ROWS + 1)
        covered = joined((area.left, area.right) for area in here)
        below = bisect_left(rows, end)
        for own in _rows_beside(view, place, below, covered):
            columns = [column for column in view.filled_columns(own) if not covers(covered, column, column)]
            if columns:
                free[own] = columns
        place = below
    band: list[int] = []
    for row in [*free, 0]:
        if band and row != band[-1] + 1:
            if 1 < len(band) <= _MOST_ROWS:
                yield from _cut(view, band, free)
            band = []
        band.append(row)


def _rows_beside(view: SheetView, first: int, below: int, covered: Sequence[Span]) -> Iterable[int]:
    """The rows at these places that may have a cell outside of the columns that are covered."""
    rows, numbers = view.sheet.rows, view.row_numbers[first:below]
    if not covered:
        return numbers
    if not isinstance(rows, Lines):
        return [row for row in numbers if (line := rows[row]) and not covers(covered, min(line), max(line))]
    free = [fields for column, fields in rows.columns.items() if not covers(covered, column, column)]
    return sorted({row for fields in free for row in compress(numbers, fields.kinds[first:below])})


def _reaches(columns: Sequence[int], left: int, right: int) -> bool:
    """Whether one of the columns, which are in order, stands between two others."""
    place = bisect_left(columns, left)
    return place < len(columns) and columns[place] <= right


def _cut(view: SheetView, band: list[int], free: dict[int, list[int]]) -> Iterator[_Block]:
    used = sorted({column for row in band for column in free[row]})
    for run in runs(used):
        rows = [row for row in band if _reaches(free[row], run[0], run[-1])]
        while rows and not _holds_a_figure(view, rows[0], run):
            del rows[0]
        while rows and not _holds_a_figure(view, rows[-1], run):
            del rows[-1]
        if len(rows) >= _FEWEST_FIGURES and len(run) > 1:
            yield _Block(tuple(rows), run[0], run[-1])


def _holds_a_figure(view: SheetView, row: int, run: Sequence[int]) -> bool:
    """Whether a row names something and says a figure of it."""
    filled = [column for column in run if view.stored(row, column) is not None]
    return len(filled) > 1 and any(_value(view, row, column) is not None for column in filled)


def _value(view: SheetView, row: int, column: int) -> tuple[Decimal, bool] | None:
    """The figure in a cell and whether it is a percentage; None for texts, dates and numbering."""
    cell = view.stored(row, column)
    if cell is None:
        return None
    if cell.kind is Stored.NUMBER and cell.number is not None:
        style = view.style(cell)
        return None if style.date else (cell.number * 100 if style.percent else cell.number, style.percent)
    if cell.kind is not Stored.TEXT or _is_numbering(cell.text):
        return None
    reading = read_number_text(cell.text)
    if reading.state in (TextState.NUMBER, TextState.AMBIGUOUS) and not (reading.prefix.strip(" .:") or reading.suffix):
        return reading.readings[0].value, reading.percent
    return None


def _is_numbering(text: str) -> bool:
    """``1.``, ``a)``, ``5.1.02`` and the like; ``5.100.200`` is an amount."""
    return _NUMBERING.fullmatch(text.strip()) is not None and not _GROUPED.fullmatch(text.strip())


def _content(view: SheetView, column: int, rows: Sequence[int]) -> _Content:
    texts = tuple(text for row in rows if (text := view.text(row, column)))
    found = {row: value for row in rows if (value := _value(view, row, column)) is not None}
    if len(found) < _FEWEST_FIGURES or len(found) * 3 < len(texts) * 2:
        return _Content(column, texts, None)
    numbers = {row: value for row, (value, _) in found.items()}
    percent = sum(1 for _, sign in found.values() if sign) * 2 > len(found)
    if not percent and all(YEAR.fullmatch(text) for text in texts):
        return _Content(column, texts, None)
    if list(numbers.values()) == list(range(1, len(numbers) + 1)):
        return _Content(column, texts, None)
    return _Content(column, texts, numbers, percent, any(_CURRENCY.search(text) for text in texts))


def _words_above(view: SheetView, block: _Block) -> frozenset[str]:
    """What is spoken of right above a block, in its sheet's name and in its first row; ``belanja`` stays itself."""
    texts = [view.sheet.name, *(view.text(block.rows[0], column) for column in range(block.left, block.right + 1))]
    row, blank = block.rows[0] - 1, 0
    while row > 0 and blank <= 2 and block.rows[0] - row < _LINES_ABOVE:
        columns = view.filled_columns(row)
        blank = 0 if columns else blank + 1
        texts += (view.text(row, column) for column in columns)
        row -= 1
    return frozenset(
        word if word == "belanja" else concept(word) or "" for text in texts[:_LINES_ABOVE * 4] for word in words(text)
    )


def _told(columns: Sequence[_Content], around: frozenset[str]) -> dict[int, Meaning] | None:
    """What each column is, None where the block is no list of figures that we know."""
    amounts = [column for column in columns if column.is_amount]
    percents = [column for column in columns if column.percent]
    names = [column for column in columns if column.values is None and any(len(t) > 3 for t in column.texts)]
    if not names or not (amounts or percents) or len(amounts) > 3:
        return None
    if not amounts and not around & {"capaian", "kinerja", "realisasi", "serapan"}:
        return None
    if len(amounts) == 1 and not around & _BUDGET_WORDS and not amounts[0].currency:
        return None
    roles = _amount_roles(amounts, percents, around) | _percent_roles(amounts, percents, around)
    label = max(names, key=lambda column: sum(map(len, column.texts)))
    roles |= {column.column: role for column in columns if (role := _text_role(column, label))}
    return {column: Meaning(role, measure=MEASURES.get(role, Measure.TEXT)) for column, role in roles.items()}


def _amount_roles(
    amounts: Sequence[_Content], percents: Sequence[_Content], around: frozenset[str]
) -> dict[int, str]:
    """Pagu, realisasi and sisa where a ratio or a difference proves them; words suffice for a single column."""
    if not amounts:
        return {}
    if len(amounts) == 1:
        planned = around & {"pagu", "alokasi"}
        spent = around & {"realisasi", "serapan"}
        either = "anggaran" in around
        role = "realisasi" if spent and not planned else "pagu" if (planned or either) and not spent else "jumlah"
        return {amounts[0].column: role}
    rest = len(amounts) == 3 and _is_difference(amounts[2], amounts[0], amounts[1])
    if not rest and not any(_is_ratio(percent, amounts[0], amounts[1]) for percent in percents):
        return {column.column: "jumlah" for column in amounts}
    roles = {amounts[0].column: "pagu", amounts[1].column: "realisasi"}
    if len(amounts) == 3:
        roles[amounts[2].column] = "sisa" if rest else "jumlah"
    return roles


def _is_difference(left: _Content, whole: _Content, part: _Content) -> bool:
    """Whether most figures are what part leaves of whole."""
    wholes, parts, values = whole.values or {}, part.values or {}, left.values or {}
    rows = [row for row in values if row in wholes and row in parts]
    return sum(1 for row in rows if abs(values[row]) == wholes[row] - parts[row]) * 2 > len(rows)


def _percent_roles(
    amounts: Sequence[_Content], percents: Sequence[_Content], around: frozenset[str]
) -> dict[int, str]:
    """The percentage that is the ratio of two amounts is persen; any other is a capaian, if it stands before it."""
    roles: dict[int, str] = {}
    for column in percents:
        fits = len(amounts) > 1 and _is_ratio(column, amounts[0], amounts[1])
        only = not amounts and "capaian" not in around and "kinerja" not in around
        roles[column.column] = "persen" if fits or only else "capaian"
    return roles


def _is_ratio(percent: _Content, whole: _Content, part: _Content) -> bool:
    """Whether most percentages are within a point of part / whole: enough to tell the column, not to check it."""
    wholes, parts, values = whole.values or {}, part.values or {}, percent.values or {}
    rows = [row for row in values if wholes.get(row) and row in parts]
    near = sum(1 for row in rows if abs(parts[row] * 100 / wholes[row] - values[row]) <= 1)
    return near * 2 > len(rows)


def _text_role(column: _Content, label: _Content) -> str:
    """The role of a column of texts, empty for one that says nothing to a reader of its figures."""
    if column is label:
        return "uraian"
    if column.values is not None:
        return ""
    folded = [fold(text).strip(" ().") for text in column.texts]
    if all(YEAR.fullmatch(text) for text in column.texts):
        return "tahun"
    if all(_is_numbering(text) for text in column.texts):
        dotted = sum(1 for text in column.texts if re.search(r"\w[.\-]\w", text))
        return "kode" if dotted * 2 > len(column.texts) else "no"
    if sum(1 for text in folded if text in KATEGORI_WORDS) * 2 > len(folded):
        return "kategori"
    return "keterangan" if column.column > label.column else ""
