"""Which rows of a sheet are data at first sight, of a large sheet told of all rows together, column by column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from operator import not_

from xlaudit.model import Stored, StoredCell
from xlaudit.reading.lines import Fields, Lines

YEAR_LENGTH = 4
_NUMBER = Stored.NUMBER  # by a name of its own, see ``figures.NUMBER``


def holds_amount(cells: Iterable[StoredCell]) -> bool:
    """Whether a number longer than a year stands among the cells: then they are data, never a header."""
    for cell in cells:  # noqa: SIM110 - runs for every row of a sheet, several times; any() would take twice as long
        if cell.kind is _NUMBER and len(cell.text) > YEAR_LENGTH:
            return True
    return False


def rows_with_amount(rows: Mapping[int, Mapping[int, StoredCell]]) -> set[int]:
    """The rows of a sheet in which :func:`holds_amount` is true of the cells."""
    if isinstance(rows, Lines):
        if rows.with_amount is None:
            rows.with_amount = _with_amount(rows, list(rows.columns.values()), slice(None))
        return rows.with_amount
    return {row for row, line in rows.items() if holds_amount(line.values())}


def amount_told(
    rows: Mapping[int, Mapping[int, StoredCell]], columns: Sequence[int], first: int, last: int
) -> Callable[[int], bool]:
    """Tells of the rows from ``first`` to ``last`` that a sheet has whether some of their columns hold an amount."""
    if isinstance(rows, Lines):
        own = [fields for column, fields in rows.columns.items() if column in columns]
        stretch = slice(bisect_left(rows.numbers, first), bisect_right(rows.numbers, last))
        return _with_amount(rows, own, stretch).__contains__
    return lambda row: holds_amount(cell for at in columns if (cell := rows[row].get(at)) is not None)


def _with_amount(rows: Lines, columns: list[Fields], stretch: slice) -> set[int]:
    """Columns that may tell of all rows come first: hardly a row is left for the others."""
    columns.sort(key=lambda fields: fields.kinds[-1] is not _NUMBER)
    numbers = rows.numbers[stretch]
    left: Sequence[int] = range(len(numbers))
    found: set[int] = set()
    for fields in columns:
        kinds, texts = fields.kinds[stretch], fields.texts[stretch]
        if len(left) == len(numbers):
            together = zip(kinds, map(len, texts), strict=True)
            told = [kind is _NUMBER and length > YEAR_LENGTH for kind, length in together]
            found.update(compress(numbers, told))
            left = list(compress(left, map(not_, told)))
        elif more := {at for at in left if kinds[at] is _NUMBER and len(texts[at]) > YEAR_LENGTH}:
            found.update(map(numbers.__getitem__, more))
            left = [at for at in left if at not in more]
    return found


def broken_rows(rows: Mapping[int, Mapping[int, StoredCell]]) -> set[int]:
    """The rows of a sheet in which a column without a cell stands between two with one."""
    if not isinstance(rows, Lines):
        return {row for row, line in rows.items() if line and len(line) <= max(line) - min(line)}
    columns = list(rows.columns)
    if not columns or columns[-1] - columns[0] >= len(columns):
        gaps: Iterable[int] = range(len(rows))
    else:
        gaps = {at for own in rows.columns.values() for at in compress(range(len(rows)), map(not_, own.kinds))}
    found = set()
    for at in gaps:
        filled = [column for column, fields in rows.columns.items() if fields.kinds[at] is not None]
        if len(filled) <= filled[-1] - filled[0]:
            found.add(rows.numbers[at])
    return found
