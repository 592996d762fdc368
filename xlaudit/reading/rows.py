"""Which rows below a header are data: blank rows within, repeated headers and what stands below are left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from xlaudit.amounts import State, read_number_text
from xlaudit.cells import Area
from xlaudit.model import Stored
from xlaudit.patterns import pattern
from xlaudit.reading.datarows import amount_told
from xlaudit.reading.headerrows import is_ordinal_row, may_start
from xlaudit.reading.headers import Header
from xlaudit.reading.view import SheetView
from xlaudit.schemas.contents import KATEGORI_WORDS
from xlaudit.schemas.words import fold
from xlaudit.tables import Aside
from xlaudit.texts import Text

_LONGEST_GAP = 4
_LONGEST_FIGURE = 8
"""A text of more words than this is a sentence, whatever numbers are in it."""
_ENDING = pattern(
    r"^(sumber|catatan|keterangan|ket|note|mengetahui|menyetujui|"
    r"kepala (dinas|badan|bagian|bidang|kantor|biro)|plt|plh|"
    r"inspektur|camat|direktur|sekretaris|nip|pangkat|pembina|penata|tabel|gambar|grafik|lampiran|dibuat|disusun|"
    r"an|a n)\b\s*[.:]?"
)
_NOTHING = pattern(r"\W*(nihil|tidak ada( data| kegiatan| anggaran)?|kosong)\W*")
_PLACE_AND_DATE = pattern(
    r"^[a-z .]+, .*(januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|20\d\d)"
)


_REPEATED = Text("a repeated header")
_SIGNATURE = Text("a signature, source or remark below the table")
_TAIL = Text("text without figures below the table")
_NEXT = Text("the beginning of the next table")


@dataclass(slots=True)
class Body:
    """The data rows under a header, the rows that repeat it, and what else was left aside."""

    rows: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    others: dict[int, Text] = field(default_factory=dict)

    def aside(self, left: int, right: int) -> tuple[Aside, ...]:
        """What was left aside, rows in order, neighbours with the same reason together."""
        why = dict.fromkeys(self.repeated, _REPEATED) | self.others
        found: list[Aside] = []
        for row in sorted(why):
            last = found[-1] if found else None
            if last is not None and last.why == why[row] and last.area.bottom == row - 1:
                found[-1] = Aside(Area(last.area.top, left, row, right), why[row])
            else:
                found.append(Aside(Area(row, left, row, right), why[row]))
        return tuple(found)


def read_body(
    view: SheetView, header: Header, limit: int, figure_columns: list[int], named: list[int], skipped: set[int]
) -> Body:
    """The data rows from below the header down to ``limit`` (the row before the next header, or the last row).

    ``named`` are the columns that name a row; ``skipped`` are rows known to repeat the header.
    """
    body = Body()
    repeated = {_signature(view, row, header) for row in range(header.top, header.bottom + 1)}
    repeated.discard(())
    left, right = header.left, header.right
    holds_amount = amount_told(view.sheet.rows, figure_columns, header.bottom + 1, limit)
    last = header.bottom
    for row in view.row_numbers[bisect_right(view.row_numbers, header.bottom) :]:
        if row > limit or (row > last + 1 and view.far_apart(last, row, _LONGEST_GAP)):
            break
        if holds_amount(row) and row not in skipped:
            body.rows.append(row)
            last = row
            continue
        columns = view.filled_between(row, left, right)
        if not columns:
            continue
        if row in skipped or _repeats(view, row, header, repeated, columns):
            body.repeated.append(row)
            last = row
            continue
        if not any(_figure_like(view, row, c) for c in figure_columns):
            if len(columns) == 1 and "lanjutan" in fold(view.text(row, columns[0])):
                body.repeated.append(row)
                last = row
                continue
            if may_start(view, row):
                body.others[row] = _NEXT
                break
            apart = view.far_apart(last, row, 1)
            if apart or _ends(view, row, columns, gap=view.far_apart(last, row, 0)):
                body.others[row] = _SIGNATURE
                if _goes_on(view, row, limit, figure_columns):
                    continue
                break
        body.rows.append(row)
        last = row
    _drop_tail(view, body, header, figure_columns, named)
    return body


def told_body(view: SheetView, header: Header, first: int, last: int, skipped: set[int]) -> Body:
    """The rows that someone said to be the table's: all of them but blank ones and those that repeat the header."""
    body = Body()
    left, right = header.left, header.right
    repeated = {_signature(view, row, header) for row in range(header.top, header.bottom + 1)} - {()}
    for row in view.row_numbers:
        columns = view.filled_between(row, left, right)
        if not first <= row <= last or not columns:
            continue
        again = row in skipped or _repeats(view, row, header, repeated, columns)
        (body.repeated if again else body.rows).append(row)
    return body


def _goes_on(view: SheetView, row: int, limit: int, figure_columns: list[int]) -> bool:
    """Whether amounts follow within a few rows: then a line of remarks stands among the rows, not below them."""
    for below in range(row + 1, min(row + _LONGEST_GAP, limit + 1)):
        line = view.sheet.rows.get(below)
        if line is None:
            continue
        if may_start(view, below):
            return False
        if sum(1 for c in figure_columns if c in line and _figure_like(view, below, c)) >= min(2, len(figure_columns)):
            return True
    return False


def _drop_tail(view: SheetView, body: Body, header: Header, figure_columns: list[int], named: list[int]) -> None:
    """Rows without figures at the end belong only where they follow without a gap and look like rows.

    Such a row names something and nothing else, or fills most figure columns with words (``>B``, Tercapai).
    """
    keep = len(body.rows)
    while keep and not any(_figure_like(view, body.rows[keep - 1], c) for c in figure_columns):
        keep -= 1
    left, right = header.left, header.right
    if not keep:
        keep = max((i + 1 for i, row in enumerate(body.rows) if says_nothing(view, row, header)), default=0)
    while 0 < keep < len(body.rows) and _follows(view, body, keep):
        filled = set(view.filled_between(body.rows[keep], left, right))
        if len(filled) == 1 and fold(view.text(body.rows[keep], *filled)) in KATEGORI_WORDS:
            keep += 1
            continue
        if filled - set(named) and len(filled & set(figure_columns)) * 2 <= len(figure_columns):
            break
        keep += 1
    body.others |= dict.fromkeys(body.rows[keep:], _TAIL)
    del body.rows[keep:]


def _follows(view: SheetView, body: Body, index: int) -> bool:
    """Whether a row follows the one before without a gap, or with no more than a repeated header between."""
    between = range(body.rows[index - 1] + 1, body.rows[index])
    again = [row for row in between if row in body.repeated]
    return not between or (bool(again) and all(row in again or not view.filled_columns(row) for row in between))


def says_nothing(view: SheetView, row: int, header: Header) -> bool:
    """Whether a row says that there is nothing to report: ``NIHIL`` in whatever column."""
    return any(_NOTHING.fullmatch(fold(view.text(row, column))) for column in range(header.left, header.right + 1))


def _figure_like(view: SheetView, row: int, column: int) -> bool:
    """Whether a cell holds a figure or stands for one: a number, a text with digits, a dash, NA."""
    cell = view.stored(row, column)
    if cell is None:
        return False
    if cell.kind is not Stored.TEXT:
        return True
    text = fold(cell.text)
    if _PLACE_AND_DATE.match(text) or _ENDING.match(text) or text.count(" ") >= _LONGEST_FIGURE:
        return False
    if any(c.isdigit() for c in text):
        return read_number_text(cell.text).state is not State.TEXT
    return not any(c.isalpha() for c in text) or text in {"na", "n/a", "nihil"}


def _signature(view: SheetView, row: int, header: Header) -> tuple[str, ...]:
    return tuple(
        folded for column in range(header.left, header.right + 1) if (folded := fold(view.text(row, column)))
    )


def _repeats(
    view: SheetView, row: int, header: Header, repeated: set[tuple[str, ...]], columns: list[int]
) -> bool:
    last = view.stored(row, columns[-1])
    if last is not None and last.kind is Stored.NUMBER and len(last.text) > 4:
        return False
    first = fold(view.text(row, columns[0]))
    if any(signature[0] == first for signature in repeated) and _signature(view, row, header) in repeated:
        return True
    return len(columns) > 2 and is_ordinal_row(view, row, columns)


def _ends(view: SheetView, row: int, columns: list[int], gap: bool) -> bool:
    """Whether a row without any figure stands below the table: a signature, a source line, a new title."""
    texts = [fold(view.text(row, column)) for column in columns]
    if any(_ENDING.match(folded) or _PLACE_AND_DATE.match(folded) for folded in texts):
        return True
    return gap and len(columns) == 1 and not re.match(r"^([ivx]+|[a-z]|\d+)[.)]?\s", texts[0])
