"""Finds the scale of kategori that a workbook prints: an interval beside a label, three rows or more."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from itertools import filterfalse, pairwise

from xlaudit.cells import Area
from xlaudit.model import Stored
from xlaudit.patterns import pattern
from xlaudit.reading.view import SheetView
from xlaudit.scale import Scale, Step
from xlaudit.schemas.words import fold
from xlaudit.texts import Text

_LABEL = pattern(
    r"^(sangat |cukup |kurang |tidak |amat )?(tinggi|rendah|sedang|berhasil|baik|memuaskan|efektif|cukup|kurang|buruk)$"
)
_RANGE = pattern(r"[≥≤<>=–—-]|s\s*[./]\s*d|sampai|lebih|kurang|ke atas")
_NUMBER = pattern(r"\d+(?:[.,]\d+)?")
_UPPER_ONLY = pattern(r"^\s*(≤|<|<=|=<|kurang dari|di bawah|dibawah|sampai)\s*\d")
_FEWEST = 3
_MOST_CELLS = 5


def find_scales(view: SheetView) -> list[Scale]:
    """All scales that a sheet declares."""
    scales: list[Scale] = []
    run: list[tuple[int, str, Decimal, Decimal | None]] = []
    rows = view.row_numbers
    for row in filterfalse(view.with_amount.__contains__, rows):
        entry = _entry(view, row)
        # between a step and the next one, no other row stands but the one right below it
        if run and (row if entry is None else rows[bisect_left(rows, row) - 1]) > run[-1][0] + 1:
            _close(view, run, scales)
            run = []
        if entry is not None:
            run.append((row, *entry))
    _close(view, run, scales)
    return scales


def _entry(view: SheetView, row: int) -> tuple[str, Decimal, Decimal | None] | None:
    """A row's label, lower bound and upper bound, None where the row is no step of a scale."""
    if len(view.sheet.rows[row]) > _MOST_CELLS * 3:
        return None
    columns = view.filled_columns(row)
    if not 2 <= len(columns) <= _MOST_CELLS:
        return None
    texts = [view.text(row, column) for column in columns]
    label = next((text for text in texts if _LABEL.match(fold(text))), None)
    if label is None:
        return None
    for column, text in zip(columns, texts, strict=True):
        cell = view.stored(row, column)
        if cell is None or cell.kind is not Stored.TEXT or not _RANGE.search(text.lower()):
            continue
        numbers = [Decimal(found.replace(",", ".")) for found in _NUMBER.findall(text)]
        if not numbers or len(numbers) > 2:
            continue
        if _UPPER_ONLY.match(text.lower()) and len(numbers) == 1:
            return label, Decimal(0), numbers[0]
        return label, min(numbers), max(numbers) if len(numbers) > 1 else None
    return None


def _close(view: SheetView, run: list[tuple[int, str, Decimal, Decimal | None]], scales: list[Scale]) -> None:
    if len(run) < _FEWEST or len({lower for _, _, lower, _ in run}) < len(run):
        return
    steps = sorted(run, key=lambda entry: -entry[2])
    gaps = [
        above[2] - below[3]
        for above, below in pairwise(steps)
        if below[3] is not None and above[2] > below[3]
    ]
    columns = view.filled_columns(run[0][0])
    scales.append(
        Scale(
            Text("the scale on sheet {sheet}").fill(sheet=view.sheet.name),
            tuple(Step(label, lower) for _, label, lower, _ in steps),
            gap=max(gaps, default=Decimal(0)),
            sheet=view.sheet.name,
            area=Area(run[0][0], columns[0], run[-1][0], columns[-1]),
        )
    )
