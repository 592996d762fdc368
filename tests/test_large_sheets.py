"""What is told of a large sheet by its columns is what its rows tell one by one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from test_plain_rows import NAMESPACE, STRINGS, sheet

from xlaudit.cells import Area
from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook
from xlaudit.reading import sheetpart
from xlaudit.reading.cellrows import Shared
from xlaudit.reading.datarows import amount_told, broken_rows, rows_with_amount
from xlaudit.reading.evaluate import Reckoner, evaluated
from xlaudit.reading.headersearch import find_headers
from xlaudit.reading.lines import Lines, formulas_in, formulas_of_nothing, number_of_cells, with_cells
from xlaudit.reading.lists import find_lists
from xlaudit.reading.numberedheaders import _rows_that_may_number
from xlaudit.reading.scales import find_scales
from xlaudit.reading.sheetpart import read_sheet
from xlaudit.reading.view import SheetView

Rows = Mapping[int, Mapping[int, StoredCell]]
HEAD = ["Kode", "Program / Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "1", "(6=4/5)", "s.d. 90", "tinggi", ""]


def books(monkeypatch: pytest.MonkeyPatch, seed: int) -> tuple[Workbook, Workbook]:
    """A workbook whose sheet is kept by columns, and the same one with rows."""
    chance = random.Random(seed)
    rows = sheet(chance, bad=False)
    last = int(rows.rpartition('<row r="')[2].partition('"')[0])
    for row in range(last + 1, last + chance.randint(1, 12)):
        texts = (chance.choice(HEAD) for _ in range(6))
        told = ((letter, text) for letter, text in zip("ABCDEF", texts, strict=True) if text)
        cells = "".join(f'<c r="{letter}{row}" t="str"><v>{text}</v></c>' for letter, text in told)
        rows += f'<row r="{row}">{cells}<c r="H{row}"><v>{chance.choice([1, 20000])}</v></c></row>'
    monkeypatch.setattr(sheetpart, "_LARGE", 0)
    monkeypatch.setattr(sheetpart, "_CHUNK", 300)
    part = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    content = read_sheet("sheet1.xml", part.encode(), "S", Shared(STRINGS, 3, False))
    merges = (Area(3, 1, 4, 2), Area(last, 3, last, 5)) if chance.random() < 0.3 else ()
    by_columns = Sheet("S", 0, "sheet1.xml", content.rows, merges)
    by_rows = replace(by_columns, rows={row: dict(line) for row, line in content.rows.items()})
    styles = (CellStyle(), CellStyle("0%", percent=True), CellStyle(bold=True))
    return Workbook("a", (by_columns,), styles), Workbook("a", (by_rows,), styles)


def test_columns_tell_what_rows_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = 0
    for seed in range(150):
        one, two = books(monkeypatch, seed)
        large, small = one.sheets[0].rows, two.sheets[0].rows
        kept += isinstance(large, Lines)
        assert number_of_cells(large) == number_of_cells(small)
        assert rows_with_amount(large) == rows_with_amount(small)
        assert broken_rows(large) == broken_rows(small)
        assert formulas_in(large) == formulas_in(small)
        assert formulas_of_nothing(large) == formulas_of_nothing(small)
        told = [amount_told(rows, (3, 4), min(small), max(small)) for rows in (large, small)]
        assert [told[0](row) for row in small] == [told[1](row) for row in small]
        views = SheetView(one, one.sheets[0]), SheetView(two, two.sheets[0])
        assert _rows_that_may_number(views[0]) == _rows_that_may_number(views[1])
        assert find_headers(views[0]) == find_headers(views[1])
        assert find_scales(views[0]) == find_scales(views[1])
        for taken in ([], [Area(1, 1, 9, 3)], [Area(2, 2, 5, 6), Area(12, 1, 30, 7)]):
            assert find_lists(views[0], taken) == find_lists(views[1], taken)
        numbers = [*small, max(small) + 1]
        for rows in (numbers[:-1], numbers[2:-3], numbers[::2], numbers):
            for column in range(1, 10):
                stored = [views[1].stored(row, column) for row in rows]
                assert views[0].down(column, rows) == views[1].down(column, rows) == stored
                assert views[0].texts(column, rows) == [views[1].text(row, column) for row in rows]
    assert kept > 50


def test_other_cells_leave_the_sheet_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(40):
        one, two = books(monkeypatch, seed)
        large, small = one.sheets[0].rows, two.sheets[0].rows
        spots = [cell._replace(text="lain", number=Decimal(seed)) for cell in formulas_in(small)[::3]]
        assert dict(with_cells(large, spots)) == with_cells(small, spots)
        assert dict(large) == small
        asked = [evaluated(replace(book, recalculates=True)).sheets[0].rows for book in (one, two)]
        assert dict(asked[0]) == asked[1]


@pytest.mark.parametrize("wrong", [None, 3, 17])
def test_formulas_of_a_column_hold_together_or_not_at_all(wrong: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def cells(row: int) -> str:
        value = row * 2 + (row == wrong)
        operands = f'<c r="A{row}"><v>{row * 3}</v></c><c r="B{row}"><v>{row}</v></c>'
        return f'{operands}<c r="C{row}"><f>A{row}-B{row}</f><v>{value}</v></c>'

    monkeypatch.setattr(sheetpart, "_LARGE", 0)
    monkeypatch.setattr(sheetpart, "_CHUNK", 300)
    rows = "".join(f'<row r="{row}">{cells(row)}</row>' for row in range(1, 40))
    part = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    content = read_sheet("sheet1.xml", part.encode(), "S", Shared([], 1, False))
    assert isinstance(content.rows, Lines)
    own = content.rows.columns[3]
    assert own.kinds == [Stored.NUMBER] * 39
    book = Workbook("a", (Sheet("S", 0, "sheet1.xml", content.rows),), (CellStyle(),))
    numbers = content.rows.numbers
    assert Reckoner(book).are_worth("S", 3, numbers, own.formulas, own.numbers) is (wrong is None)
    assert not Reckoner(book, steps=50).are_worth("S", 3, numbers, own.formulas, own.numbers)
    assert not Reckoner(book).are_worth("S", 3, numbers[1:], own.formulas[:-1], own.numbers[:-1])
