"""Rows taken whole: sheets of every form come out as they do cell by cell, be it the cells or why they are refused."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from decimal import Decimal

import pytest

from xlaudit.errors import UnreadableWorkbook
from xlaudit.reading import cellrows, plainrows, sheetpart
from xlaudit.reading.cellrows import CellRows, Shared
from xlaudit.reading.celltokens import plain_pattern
from xlaudit.reading.plainrows import PER_CELL, Form, Layout, as_groups, row_pattern
from xlaudit.reading.sheetpart import SheetContent, read_sheet

STRINGS = ["Program", "", "Kegiatan _x0041_", "12", " ", "Jumlah"]
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
USUAL = [
    '<c r="{a}" s="2"><v>{n}</v></c>',
    '<c r="{a}" t="s"><v>{i}</v></c>',
    '<c r="{a}"><v>{n}.{i}0</v></c>',
    '<c r="{a}" s="1"/>',
    '<c r="{a}" s="1"><f>C{r}-D{r}</f><v>{n}</v></c>',
    '<c r="{a}"><f aca="false">_xlfn.X(1)</f><v>-{n}</v></c>',
    '<c r="{a}"><f t="shared" si="{i}"/><v>{n}</v></c>',
    "",
]
ODD = [
    '<c r="{a}"><f t="shared" ref="B1:C9" si="{i}">B{r}*2</f><v>{n}</v></c>',
    '<c r="{a}"><f t="array" ref="{a}">B{r}*3</f><v>{n}</v></c>',
    '<c r="{a}" t="b"><v>1</v></c>',
    '<c r="{a}" t="e"><v>#DIV/0!</v></c>',
    '<c r="{a}" t="str"><f>"a"</f><v>teks _x000D_ {n}</v></c>',
    '<c r="{a}" t="str"><v>R&amp;D</v></c>',
    '<c r="{a}" t="inlineStr"><is><t>di dalam</t></is></c>',
    '<c r="{a}" t="d"><v>2024-01-0{i}</v></c>',
    '<c r="{a}" t="n"><v>1.5E+3</v></c>',
    '<c r="{a}"><v>bukan angka</v></c>',
    '<c r="{a}"><v>99.09999999999999</v></c>',
    '<c r="{a}"><f>=A1&amp;"_x0042_"</f></c>',
    '<c r="{a}"><f>=A1</f><v>{n}</v></c>',
    '<c r="{a}"><v></v></c>',
    '<c r="{a}" cm="1"><v>{n}</v></c>',
]
BAD = [
    '<c r="{a}" t="s"><v>99</v></c>',
    '<c r="B{r}"><v>1</v></c>',
    '<c r="{a}"><v>1</v></c><c r="{a}"><v>2</v></c>',
    '<c r="ZZZZ{r}"><v>2</v></c>',
    '<c r="A{n}"><v>2</v></c>',
    "<!-- -->",
    "kotor",
]
STARTS = [
    '<row r="{r}">',
    '<row r="{r}" spans="1:6" ht="15" customHeight="1">',
    '<row r="{r}" hidden="1" outlineLevel="2">',
]
NUMBERS = [7, 12345, 10**14, 10**16]


def sheet(chance: random.Random, bad: bool) -> str:
    """A sheet whose rows are mostly of one form, as those of real ones are."""
    steady = chance.random() < 0.5
    odd, starts = (0.005, STARTS[:1]) if steady else (0.1, STARTS)
    form = chance.choices([kind for kind in USUAL if not steady or "<f " not in kind], k=6)
    rows: list[str] = []
    number = 0
    for _ in range(chance.randint(1, 30)):
        number += chance.choice([1, 1, 1, 1, 1, 3]) if not bad or chance.random() < 0.97 else 0
        start = chance.choice(starts).format(r=number)
        if chance.random() < odd / 2:
            rows.append(f'<row r="{number}"/>')
            continue
        kinds = [chance.choice(ODD if chance.random() < 0.2 else USUAL) if chance.random() < odd else k for k in form]
        if bad and chance.random() < 0.05:
            kinds[chance.randrange(6)] = chance.choice(BAD)
        letters = "ABCDEF" if chance.random() > odd / 2 else "ABCEFH"
        cells = "".join(
            kind.format(a=f"{column}{number}", r=number, n=chance.choice(NUMBERS), i=chance.randint(0, 5))
            for column, kind in zip(letters, kinds, strict=True)
        )
        rows.append(f"{start}{cells}</row>{chance.choice(['', '', '', chr(10)])}")
    return "".join(rows)


def read(rows: str, name: str) -> tuple[SheetContent, int] | str:
    declared = f'xmlns:{name[:-1]}' if name else "xmlns"
    text = f'<worksheet {declared}="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    text = re.sub(r"<(/?)(?=[a-z])", rf"<\1{name}", text)
    shared = Shared(STRINGS, 3, False)
    try:
        content = read_sheet("sheet1.xml", text.encode(), "Sheet1", shared)
        by_rows = {row: dict(line) for row, line in content.rows.items()}
        return content._replace(rows=by_rows), shared.formula_left
    except UnreadableWorkbook as error:
        return f"{error.code} {error}"


@pytest.mark.parametrize("bad", [False, True])
def test_a_sheet_is_the_same_row_by_row_and_cell_by_cell(bad: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(20 + bad)
    whole = laid_out = same = 0

    def counted(cells: CellRows, found: list[tuple[str, ...]], *others: object) -> None:
        nonlocal whole, laid_out
        count = sum(1 for row in found if not row[-1])
        whole, laid_out = (whole, laid_out + count) if isinstance(others[-1], Layout) else (whole + count, laid_out)
        taken(cells, found, *others)  # type: ignore[arg-type]

    def alike(form: Form, found: list[tuple[str, ...]]) -> list[Sequence[str]]:
        nonlocal same
        same += len(found)
        return as_groups(form, found)

    taken = CellRows.take_rows
    monkeypatch.setattr(CellRows, "take_rows", counted)
    monkeypatch.setattr(cellrows, "as_groups", alike)
    monkeypatch.setattr(cellrows, "_WORTH", 1)
    monkeypatch.setattr(plainrows, "_ENOUGH", 2)
    refused = 0
    for _ in range(500):
        rows, name = sheet(chance, bad), chance.choice(["", "", "x:"])
        monkeypatch.setattr(sheetpart, "_LARGE", 10**9)
        cell_by_cell = read(rows, name)
        monkeypatch.setattr(cellrows, "_MANY", 1)
        by_layout = read(rows, name)
        monkeypatch.setattr(cellrows, "_MANY", chance.choice([1, 10**9]))
        monkeypatch.setattr(sheetpart, "_LARGE", 0)
        monkeypatch.setattr(sheetpart, "_CHUNK", chance.choice([1, 300, 2000]))
        row_by_row = read(rows, name)
        monkeypatch.setattr(cellrows, "_MANY", 10**9)
        if isinstance(cell_by_cell, str):
            assert cell_by_cell == row_by_row == by_layout
            refused += 1
            continue
        for other in (row_by_row, by_layout):
            assert not isinstance(other, str)
            assert repr(cell_by_cell[0]) == repr(other[0])  # order of rows and cells, and how numbers are written
            assert bad or cell_by_cell[1] == other[1]
    assert whole > 1_000 and same > 300 and laid_out > 1_000
    assert refused > 100 if bad else not refused


def test_a_row_match_passes_over_nothing() -> None:
    text = '<row r="1"><c r="A1"><v>1</v></c></row>x<row r="2"><c r="A1"><v>1</v></c></row><row r="3"/>'
    found = row_pattern("", ("A", "B")).findall(text)
    assert [row[0] for row in found] == ["1", "", ""]
    assert found[0][2 + PER_CELL - 1] == "1" and "".join(row[-1] for row in found) == text[text.index("x") :]


def test_noise_of_binary_fractions_goes() -> None:
    cells = CellRows("Sheet1", Shared([], 0, False))
    rows = '<row r="{}"><c r="A{}"><v>99.09999999999999</v></c></row>'
    find = plain_pattern("").findall
    cells.take(find(rows.format(6, 6)))
    cells.take_rows(row_pattern("", ("A",)).findall(rows.format(7, 7)), ("A",), find)
    assert [repr(line[1].number) for line in cells.finish().values()] == [repr(Decimal("99.1"))] * 2
