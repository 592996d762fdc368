"""Binary workbooks (.xlsb): the model they give is that of the .xlsx they were written from."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from minibook import zipped
from xlsbwriter import parsed, record, wide, written

from xlaudit.audit import audit_workbook
from xlaudit.cells import Area
from xlaudit.cli.main import main
from xlaudit.errors import UnreadableWorkbook
from xlaudit.limits import Limits
from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook
from xlaudit.reading.grid import read_workbook

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xlsx"))


def typed(workbook: Workbook) -> Workbook:
    """The workbook with every formula replaced by its value, as the writer writes it."""
    sheets = tuple(
        replace(
            sheet,
            rows={
                row: kept
                for row, line in sheet.rows.items()
                if (kept := {c: cell._replace(formula=None) for c, cell in line.items() if has_value(cell)})
            },
        )
        for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets)


def has_value(cell: StoredCell) -> bool:
    return cell.kind is not Stored.EMPTY and not (cell.kind is Stored.TEXT and not cell.text)


def seen(workbook: Workbook) -> dict[str, object]:
    """What must be the same in every format: all but the literal of a number and rows without cells."""
    return {
        sheet.name: (
            {
                (row, column): (
                    cell.kind,
                    cell.number if cell.kind is Stored.NUMBER else cell.text,
                    cell.formula,
                    workbook.styles[cell.style],
                )
                for row, line in sheet.rows.items()
                for column, cell in line.items()
            },
            set(sheet.merges),
            {row for row in sheet.hidden_rows if row <= max(sheet.rows, default=0)},
            sheet.hidden_columns,
            {row: level for row, level in sheet.outline.items() if row <= max(sheet.rows, default=0)},
            sheet.visible,
        )
        for sheet in workbook.sheets
    }


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples(path: Path, tmp_path: Path) -> None:
    plain = typed(read_workbook(path))
    (tmp_path / "a.xlsb").write_bytes(written(plain))
    found = read_workbook(tmp_path / "a.xlsb")
    assert seen(found) == seen(plain)
    assert not found.annotatable


def one_sheet(*cells: StoredCell, styles: tuple[CellStyle, ...] = (CellStyle(),), name: str = "Data") -> Workbook:
    rows: dict[int, dict[int, StoredCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return Workbook("", (Sheet(name, 0, "", rows),), styles)


def amount(row: int, column: int, value: str, style: int = 0) -> StoredCell:
    return StoredCell(row, column, Stored.NUMBER, Decimal(value), value, None, style)


def read(folder: Path, data: bytes) -> Workbook:
    (folder / "a.xlsb").write_bytes(data)
    return read_workbook(folder / "a.xlsb")


def test_a_percentage_is_known_by_its_format(tmp_path: Path) -> None:
    styles = (CellStyle(), CellStyle("0.00%", 2, True))
    found = read(tmp_path, written(one_sheet(amount(1, 1, "0.985", 1), styles=styles)))
    cell = found.sheets[0].rows[1][1]
    style = found.styles[cell.style]
    assert (cell.number, style.percent, style.places) == (Decimal("0.985"), True, 2)


@pytest.mark.parametrize(
    ("packed", "value"),
    [
        (5 << 2 | 2, "5"),
        (-5 << 2 & 0xFFFFFFFF | 2, "-5"),
        (12345 << 2 | 3, "123.45"),
        (-1 << 2 & 0xFFFFFFFF | 3, "-0.01"),
        (struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32, "1.5"),
        (struct.unpack("<Q", struct.pack("<d", 125.0))[0] >> 32 | 1, "1.25"),
    ],
)
def test_packed_numbers(packed: int, value: str, tmp_path: Path) -> None:
    """A cell whose number is written in 30 bits; here put in behind the one cell that the writer writes."""
    more = record(2, struct.pack("<III", 1, 0, packed))
    found = read(tmp_path, written(one_sheet(amount(1, 1, "7")), shared=more))
    assert found.sheets[0].rows[1][2].number == Decimal(value)


REF = "<BIH"


def ref(row: int, column: int, *, fixed: bool = False) -> bytes:
    return struct.pack(REF, 0x44, row - 1, column - 1 | (0 if fixed else 0xC000))


def area(top: int, left: int, bottom: int, right: int) -> bytes:
    return struct.pack("<BIIHH", 0x25, top - 1, bottom - 1, left - 1 | 0xC000, right - 1 | 0xC000)


def call(number: int, count: int) -> bytes:
    return struct.pack("<BBH", 0x42, count, number)


def number(value: float) -> bytes:
    return struct.pack("<Bd", 0x1F, value)


FORMULAS = {
    "SUM(A1:A3)": area(1, 1, 3, 1) + struct.pack("<BBH", 0x19, 0x10, 0),
    "SUM(A1:A3,B1)": area(1, 1, 3, 1) + ref(1, 2) + call(4, 2),
    "B1-$C$1": ref(1, 2) + ref(1, 3, fixed=True) + b"\x04",
    "ROUND(B1/C1*100,2)": ref(1, 2) + ref(1, 3) + b"\x06\x1e\x64\x00\x05\x1e\x02\x00\x41" + struct.pack("<H", 27),
    'IF(C1=0,"",B1/C1)': ref(1, 3) + b"\x1e\x00\x00\x0b\x17\x00\x00" + ref(1, 2) + ref(1, 3) + b"\x06" + call(1, 3),
    "(A1+0.5)%": ref(1, 1) + number(0.5) + b"\x03\x15\x14",
    'A1&"a""b"': ref(1, 1) + b"\x17\x03\x00" + 'a"b'.encode("utf-16-le") + b"\x08",
    "-A1<>TRUE": ref(1, 1) + b"\x13\x1d\x01\x0e",
    "IFERROR(A1,#N/A)": ref(1, 1) + b"\x1c\x2a\x41" + struct.pack("<H", 480),
    "'Data dua'!B2": struct.pack("<BHIH", 0x5A, 0, 1, 0xC001),
    "SUM('Data dua'!$A:$A)": struct.pack("<BHIIHH", 0x3B, 0, 0, 1048575, 0, 0) + call(4, 1),
    "Pagu*2": struct.pack("<BI", 0x23, 1) + b"\x1e\x02\x00\x05",
    "#REF!+1": b"\x2a" + bytes(6) + b"\x1e\x01\x00\x03",
    "UNREADABLE()": b"\x20" + bytes(14),
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas(text: str, tmp_path: Path) -> None:
    workbook = one_sheet(amount(1, 5, "7.25"))
    two = replace(workbook.sheets[0], name="Data dua", rows={})
    own = record(353) + record(357) + record(362, struct.pack("<IIii", 1, 0, 1, 1)) + record(354)
    name = parsed(struct.pack("<BHIIHH", 0x3B, 0, 1, 2, 0, 0))
    own += record(39, struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + wide("Pagu") + name)
    workbook = replace(workbook, sheets=(*workbook.sheets, two))
    found = read(tmp_path, written(workbook, {("Data", 1, 5): parsed(FORMULAS[text])}, own=own))
    cell = found.sheets[0].rows[1][5]
    assert (cell.formula, cell.number) == (text, Decimal("7.25"))
    assert found.names == {"Pagu": ("Data dua", Area(2, 1, 3, 1))}


def test_results_of_formulas(tmp_path: Path) -> None:
    kinds = [(Stored.TEXT, "baik"), (Stored.TEXT, ""), (Stored.BOOLEAN, "TRUE"), (Stored.ERROR, "#DIV/0!")]
    cells = [StoredCell(1, n, kind, None, text, None, 0) for n, (kind, text) in enumerate(kinds, 1)]
    tokens = {("Data", 1, cell.column): parsed(ref(2, 2)) for cell in cells}
    line = read(tmp_path, written(one_sheet(*cells), tokens)).sheets[0].rows[1]
    assert [(cell.kind, cell.text, cell.formula) for cell in line.values()] == [(*kind, "B2") for kind in kinds]


def test_shared_formulas_move(tmp_path: Path) -> None:
    """One formula for C1:C3, told after its first cell: what stands left of the cell, times two."""
    cells = [amount(row, 3, str(row)) for row in (1, 2, 3)]
    lent = parsed(b"\x01" + struct.pack("<I", 0), struct.pack("<I", 2))
    tokens = {("Data", cell.row, 3): lent for cell in cells}
    near = struct.pack(REF, 0x4C, 0, 0x3FFF | 0xC000) + b"\x1e\x02\x00\x05"
    shared = record(427, struct.pack("<4I", 0, 2, 2, 2) + parsed(near))
    rows = read(tmp_path, written(one_sheet(*cells), tokens, shared=shared)).sheets[0].rows
    assert [rows[row][3].formula for row in (1, 2, 3)] == ["B1*2", "B2*2", "B3*2"]


def test_it_is_audited_like_the_xlsx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = next(path for path in SAMPLES if path.stem == "pacitan-2024")
    path = tmp_path / "pacitan.xlsb"
    path.write_bytes(written(typed(read_workbook(sample))))
    ours = {(item.rule, item.place.sheet, item.place.cell) for item in audit_workbook(path).findings}
    theirs = {(item.rule, item.place.sheet, item.place.cell) for item in audit_workbook(sample).findings}
    assert ours and ours <= theirs, "formulas, which were not written, can only bring more findings"
    assert main(["audit", str(path)]) == 1
    assert "simpan berkas ini sebagai .xlsx" in " ".join(capsys.readouterr().out.split())
    assert [found.name for found in tmp_path.iterdir()] == ["pacitan.xlsb"]


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    own = record(156, struct.pack("<II", 0, 9) + wide("rId99") + wide("Hilang"))
    with pytest.raises(UnreadableWorkbook, match="Hilang"):
        read(tmp_path, written(one_sheet(amount(1, 1, "1")), own=own))


@pytest.mark.parametrize(("limits", "bound"), [(Limits(merges=3), "merges"), (Limits(merged_cells=39), "merged_cells")])
def test_merges_are_bounded(limits: Limits, bound: str, tmp_path: Path) -> None:
    workbook = one_sheet(amount(1, 1, "1"))
    sheet = replace(workbook.sheets[0], merges=tuple(Area(row, 1, row, 10) for row in range(1, 5)))
    (tmp_path / "a.xlsb").write_bytes(written(replace(workbook, sheets=(sheet,))))
    assert len(read_workbook(tmp_path / "a.xlsb").sheets[0].merges) == 4
    with pytest.raises(UnreadableWorkbook, match=bound):
        read_workbook(tmp_path / "a.xlsb", limits)


SPOILED = written(one_sheet(amount(1, 1, "1"), amount(1, 2, "0.5"), StoredCell(2, 1, Stored.TEXT, None, "a", None, 0)))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_spoiled_parts_are_read_or_turned_away(tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(SPOILED)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(name for name in parts if name.endswith(".bin"))))
    part = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        if part:
            part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    parts[name] = bytes(part[: data.draw(st.integers(0, len(part)))]) if data.draw(st.booleans()) else bytes(part)
    try:
        read(tmp_path, zipped(parts))
    except UnreadableWorkbook as error:
        assert error.text.id


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux does it")
def test_a_text_that_claims_to_be_endless_takes_no_memory(tmp_path: Path) -> None:
    more = record(6, struct.pack("<III", 1, 0, 0xFFFFFFF0) + b"ab")
    (tmp_path / "a.xlsb").write_bytes(written(one_sheet(amount(1, 1, "1")), shared=more))
    code = (
        "import resource, sys, pathlib; resource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2);"
        "from xlaudit.reading.grid import read_workbook; read_workbook(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.xlsb")], check=True, cwd=Path(__file__).parents[1])
