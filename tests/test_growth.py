"""Workbooks that are valid but odd cost no more than their size: four times as much of them, some four times the steps.

Steps are lines of our own code, counted for each function by itself, so that one that grows faster shows however
small its share still is. Counting does not depend on the machine.
"""

from __future__ import annotations

import functools
import gc
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from xml.sax.saxutils import escape

import pytest
from minibook import parts, worksheet, zipped

import xlaudit
from xlaudit.audit import audit_workbook
from xlaudit.cells import letters
from xlaudit.outcome import Outcome

PACKAGE = str(Path(xlaudit.__file__).parent)
FEW, ENOUGH = 50, 1_000
"""Steps of one function, for the small and the large workbook, below which its growth says nothing."""
GROWTH = 9
"""Four is linear, sixteen quadratic; what begins only with some size brings a linear one to six or seven."""

HEAD = ("Kode", "Program / Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)")
Value = int | str | None
Line = tuple[int, dict[int, Value]]
"""A row's number and its cells by column; a text that begins with ``=`` is a formula without a value."""


def line(row: int, values: Iterable[Value], left: int = 1) -> Line:
    return row, dict(enumerate(values, left))


def xml(lines: Iterable[Line]) -> str:
    rows = ((row, "".join(cell(row, *at) for at in cells.items())) for row, cells in lines)
    return "".join(f'<row r="{row}">{inner}</row>' for row, inner in rows)


def cell(row: int, column: int, value: Value) -> str:
    place = f"{letters(column)}{row}"
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    if value is not None and value.startswith("="):
        return f'<c r="{place}"><f>{escape(value[1:])}</f></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value or "")}</t></is></c>'


def wrong_figures(n: int) -> Iterable[Line]:
    """No figure agrees with any other, over three levels."""
    chance = random.Random(1)
    yield line(1, HEAD)
    codes = (code for p in range(n) for code in (f"1.{p:04d}", f"1.{p:04d}.1", f"1.{p:04d}.1.1", f"1.{p:04d}.1.2"))
    for row, code in enumerate(codes, 2):
        amounts = [chance.randint(1, 10**9) for _ in range(3)]
        yield line(row, (code, f"Nama {row}", *amounts[:2], chance.randint(1, 100), amounts[2]))


def tables_side_by_side(n: int) -> Iterable[Line]:
    for row in range(1, 8):
        cells: dict[int, Value] = {}
        for left in range(1, 8 * n, 8):
            values = HEAD if row == 1 else (f"1.{row}", f"Kegiatan {row}", 1000 * row, 900 * row, 90, 100 * row)
            cells |= line(row, values, left)[1]
        yield row, cells


def tables_of_alike_names(n: int) -> Iterable[Line]:
    for first in range(1, 8 * n, 8):
        yield line(first, HEAD)
        for k in range(1, 5):
            yield line(first + k, ("", f"Kegiatan pelayanan umum {k} bersama", 1000 + first, 900 + k, 90, 100))


def chained_formulas(n: int) -> Iterable[Line]:
    yield line(1, HEAD)
    for row in range(2, 4 * n):
        yield line(row, (f"1.{row}", f"Kegiatan {row}", 1000, f"=D{row + 1}+1", 90, 100))


def wrong_totals(n: int) -> Iterable[Line]:
    """Every few rows a total that is not theirs, nor that of all above it."""
    yield line(1, HEAD[1:4])
    for row in range(2, 20 * n):
        values = ("Jumlah", 7777, 5555) if row % 5 == 0 else (f"Rincian {row}", 1000 + row, 900 + row)
        yield line(row, values)


def _word(number: int) -> str:
    """A word of eight letters; no two are a slip apart."""
    return "".join("bdfghjkl"[number >> 3 * place & 7] * 2 for place in range(4))


def means_apart_from_their_rows(n: int) -> Iterable[Line]:
    """A mean for each of many sasaran, whose names differ in one long word."""
    names = [f"Meningkatnya pelayanan kesehatan {_word(k)}" for k in range(8 * n)]
    yield line(1, ("Sasaran", "Indikator", "Target", "Realisasi", "Capaian (%)"))
    for row, name in enumerate(names, 2):
        yield line(row, (name, f"Indikator {row}", 100, 90, 90))
    last = len(names) + 4
    yield line(last - 1, ("Rata-rata Capaian Sasaran",))
    yield line(last, ("Sasaran", "Rata-rata Capaian (%)"))
    for row, name in enumerate(names, last + 1):
        yield line(row, (name, 80))


def efisiensi_in_every_row(n: int) -> Iterable[Line]:
    """Efisiensi out of capaian and serapan, of which some show more digits than others."""
    heads = ("Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)", "Pagu (Rp)", "Realisasi (Rp)", "% Serapan")
    yield line(1, ("Program", *heads, "Efisiensi (%)"))
    for row in range(2, 8 * n):
        yield line(row, (f"Program {row}", f"Orang {row}", "orang", 100, 90 + row % 9, 90 + row % 9, 1000, 800, 80, 9))


SHAPES: list[Callable[[int], Iterable[Line]]] = [
    wrong_figures,
    tables_side_by_side,
    tables_of_alike_names,
    chained_formulas,
    wrong_totals,
    means_apart_from_their_rows,
    efisiensi_in_every_row,
]


def forget() -> None:
    """Nothing is known from an earlier audit: what a cache saves only at times would look as if it grew."""
    for known in gc.get_objects():
        if isinstance(known, functools._lru_cache_wrapper) and (known.__module__ or "").startswith("xlaudit"):
            known.cache_clear()


def counted(path: Path) -> tuple[Outcome, Counter[CodeType]]:
    """The audit of a workbook, and the lines that each of our functions went through."""
    forget()
    steps: Counter[CodeType] = Counter()

    def within(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            steps[frame.f_code] += 1
        return within

    def entered(frame: FrameType, event: str, what: Any) -> Any:
        return within if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        outcome = audit_workbook(path)
    finally:
        sys.settrace(before)
    return outcome, steps


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_four_times_as_much_costs_some_four_times_the_steps(
    shape: Callable[[int], Iterable[Line]], tmp_path: Path
) -> None:
    path = tmp_path / "aneh.xlsx"
    both = []
    for n in (4, 16):
        path.write_bytes(zipped(parts(sheet=worksheet(xml(shape(n))))))
        outcome, steps = counted(path)
        assert not outcome.crashes
        assert outcome.failure is None
        both.append(steps)
    few, many = both
    steep = {
        f"{Path(code.co_filename).name}:{code.co_firstlineno} {code.co_name}": (few[code], times)
        for code, times in many.items()
        if few[code] > FEW and times > ENOUGH and times > GROWTH * few[code]
    }
    assert not steep


def test_headings_over_thousands_of_columns_are_no_table(tmp_path: Path) -> None:
    path = tmp_path / "lebar.xlsx"
    lines = [line(1, ("Kode", "Program", *("Pagu", "Realisasi", "%", "Sisa") * 300))]
    lines += [line(row, (f"1.{row}", f"Program {row}", *(1000, 900, 90, 100) * 300)) for row in range(2, 6)]
    path.write_bytes(zipped(parts(sheet=worksheet(xml(lines)))))
    outcome = audit_workbook(path)
    assert outcome.failure is not None
    assert outcome.failure.code == "no_tables"
