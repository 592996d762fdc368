"""What a single row says of itself: may it begin a header, does it go on with one, does it only number columns?"""

from __future__ import annotations

from collections.abc import Sequence

from xlaudit.model import Stored
from xlaudit.patterns import pattern
from xlaudit.reading.datarows import holds_amount
from xlaudit.reading.numbering import DECLARED, labels_of
from xlaudit.reading.view import SheetView
from xlaudit.schemas.columns import meaning
from xlaudit.schemas.words import FILLERS, YEAR, concept, concepts, header_like, words

_LIKE_A_YEAR = pattern(r"20\d{1,3}")
"""Among years: one of them with a digit too few or too many."""
_QUARTERS = (("i",), ("ii",), ("iii",), ("iv",))
_UNITS = frozenset("opd skpd pd perangkat daerah".split())
_MEASURES = frozenset({"pagu", "anggaran", "alokasi", "realisasi", "target", "sisa", "serapan"})
_FEW_WORDS = 5
_LONGEST_HEADING = 40
"""A text of this length may be a heading with words of its own (Program Prioritas) among known ones."""


def may_start(view: SheetView, row: int, columns: Sequence[int] = ()) -> bool:
    """A row can begin a header when at least two cells are header texts and few are anything else.

    ``columns``: only these are looked at.
    """
    hits = misses = 0
    roles: set[str] = set()
    line = view.sheet.rows[row]
    if columns:
        line = {column: line[column] for column in columns if column in line}
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
            if cell.kind is Stored.TEXT and (_names_units(text) or _opens_with_a_measure(text)):
                hits += 1
                roles.add("")
                continue
            misses += 3 if cell.kind is Stored.NUMBER or text[:1].isdigit() else 1
            if misses > 2 and misses > hits:
                return False
    return hits >= 2 and hits * 2 >= misses * 3 and len(roles) >= 2


def _opens_with_a_role(text: str) -> bool:
    """A long heading (Indikator Sasaran Strategis Dinas ...) may stand among short ones, but makes no header."""
    spelled = words(text)
    return 1 < len(spelled) <= 16 and concept(spelled[0]) in {"sasaran", "indikator", "kinerja", "program", "tujuan"}


def _names_units(text: str) -> bool:
    """``OPD``, ``Perangkat Daerah``: who a row is about."""
    spelled = words(text)
    return bool(spelled) and _UNITS.issuperset(spelled)


def _opens_with_a_measure(text: str) -> bool:
    """``Pagu DAK``, ``Belanja Barang dan Jasa``: a measure with words of its own."""
    spelled = words(text)
    return 1 < len(spelled) <= _FEW_WORDS and concept(spelled[0]) in _MEASURES and not any(w.isdigit() for w in spelled)


def _marks_column(text: str) -> bool:
    return text.strip("() .").lower() in {"k", "rp", "%", "no", "ket", "t", "r", "c"} or bool(DECLARED.fullmatch(text))


def is_group_row(view: SheetView, row: int, below: int) -> bool:
    """A row of group headings (KINERJA | ANGGARAN) above the row with the columns' own names."""
    columns = view.filled_columns(row)
    if not columns or columns[0] <= min(view.sheet.rows[below]):
        return False
    return all(header_like(view.text(row, c)) or YEAR.search(view.text(row, c)) for c in columns)


def continues(view: SheetView, row: int) -> bool:
    """Whether a row still belongs to the header: sub-headings, units, column numbers, declared arithmetic."""
    columns = view.filled_columns(row)
    if not columns:
        return False
    if is_ordinal_row(view, row, columns):
        return True
    headings = strangers = 0
    years = sum(1 for column in columns if YEAR.fullmatch(view.text(row, column)))
    for column in columns:
        cell = view.stored(row, column)
        text = view.text(row, column)
        if cell is None:
            continue
        spelled = words(text)
        named = cell.kind is Stored.TEXT and header_like(text) and not (column == columns[0] and total_like(text))
        year = YEAR.fullmatch(text) or (years > 1 and _LIKE_A_YEAR.fullmatch(text))
        if named or year or _marks_column(text) or spelled in _QUARTERS:
            headings += 1
        elif cell.kind is Stored.TEXT and len(text) <= _LONGEST_HEADING and meaning((text,)) is not None:
            strangers += 1
        elif text == view.text(row - 1, column):
            continue  # the heading above again, as where parted merges were filled
        elif not spelled or not FILLERS.issuperset(spelled):
            return False
    if strangers * 3 > headings:
        return False
    return headings > 0 and (headings > 1 or len(view.filled_columns(row - 1)) > 1) and not _lonely_label(view, row)


def total_like(text: str) -> bool:
    """Whether a text says nothing but that it is a total or a mean."""
    return concepts(text) <= {"jumlah", "rata"} and bool(concepts(text))


def _lonely_label(view: SheetView, row: int) -> bool:
    """One header-like word at the far left under a full header is the first data row, not a sub-heading."""
    columns = view.filled_columns(row)
    above = view.filled_columns(row - 1)
    return len(columns) == 1 and bool(above) and columns[0] == above[0]


def is_ordinal_row(view: SheetView, row: int, columns: list[int] | None = None) -> bool:
    """Whether a row only numbers the columns: 1 2 3, (1) (2) (3), also with ``6=4/5*100`` in it."""
    columns = view.filled_columns(row) if columns is None else columns
    return labels_of([view.text(row, column) for column in columns]) is not None
