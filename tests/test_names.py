"""Defined names of a workbook: which cells they stand for, and which stand for none."""

from __future__ import annotations

from pathlib import Path

import pytest
from minibook import MAIN, RELATIONS, book, parts

from xlaudit.cells import Area, parse_area
from xlaudit.limits import Limits
from xlaudit.reading.grid import read_workbook


def read(folder: Path, inner: str) -> dict[str, tuple[str, Area] | None]:
    """The names of a workbook with the one sheet *It's*."""
    content = parts()
    content["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="It\'s" sheetId="1" r:id="rId1"/></sheets><definedNames>{inner}</definedNames></workbook>'
    )
    return book(folder, content).names


def named(text: str, more: str = "") -> str:
    return f'<definedName name="N"{more}>{text}</definedName>'


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("'It''s'!$D$7:$D$69", "D7:D69"),
        ("'it''S'!$A$1", "A1"),
        ("'It''s'!$D$69:$A$7", "A7:D69"),
        (" 'It''s'!$a$1 ", "A1"),
    ],
)
def test_a_plain_area(tmp_path: Path, text: str, area: str) -> None:
    assert read(tmp_path, named(text)) == {"N": ("It's", parse_area(area))}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#REF!",
        "'It''s'!#REF!",
        "#REF!$A$1",
        "42",
        '"teks"',
        "SUM('It''s'!$A$1:$A$3)",
        "'It''s'!$A:$A",
        "'It''s'!$3:$4",
        "'It''s'!A1",
        "'It''s'!$A$1,'It''s'!$B$2",
        "'[1]It''s'!$A$1",
        "[1]Lain!$A$1",
        "Lain!$A$1",
        "'It''s'!$A$0",
        "'It''s'!$ZZZ$1",
        "'It''s'!$A$1048577",
        "OFFSET('It''s'!$A$1,0,0)",
        "'" + "x" * 5000 + "'!$A$1",
    ],
)
def test_what_is_no_plain_area(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, named(text)) == {"N": None}


def test_hidden_names_count_and_names_of_a_sheet_or_of_the_program_do_not(tmp_path: Path) -> None:
    inner = (
        named("'It''s'!$A$1", ' hidden="1"')
        + '<definedName name="L" localSheetId="0">\'It\'\'s\'!$A$1</definedName>'
        + "<definedName name=\"_xlnm.Print_Area\">'It''s'!$A$1</definedName>"
        + "<definedName name=\"n\">'It''s'!$B$1</definedName>"
        + "<definedName>'It''s'!$B$1</definedName>"
    )
    assert read(tmp_path, inner) == {"N": ("It's", parse_area("A1"))}


def test_a_workbook_without_names(tmp_path: Path) -> None:
    assert book(tmp_path, parts()).names == {}


def test_a_flood_of_names_is_cut_off(tmp_path: Path) -> None:
    inner = "".join(f'<definedName name="n{i}">1</definedName>' for i in range(9))
    read(tmp_path, inner)
    assert list(read_workbook(tmp_path / "mini.xlsx", Limits(names=3)).names) == ["n0", "n1", "n2"]
