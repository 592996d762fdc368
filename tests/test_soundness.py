"""The structural check can fail: every kind of damage that annotating could do is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from soundness import parts, problems
from test_annotate import HEADING, LIVE, SHEET, make

from xlaudit.annotate import Mark, annotate

BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
ONE, NOTES, SHAPES = "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
OURS = "xl/worksheets/sheet4.xml"
RELS = "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    marks = [LIVE, Mark(SHEET, "C3", "warning", "x", live="C3<>'Rahasia'!A1"), Mark("Rahasia", "A1", "note", "y")]
    annotate(make(folder / "s.xlsx"), folder / "a.xlsx", marks, HEADING)
    return parts(folder / "a.xlsx")


def test_what_is_sound_is_quiet(annotated: dict[str, bytes], tmp_path: Path) -> None:
    assert list(problems(parts(make(tmp_path / "s.xlsx")))) == []
    assert list(problems(annotated)) == []


def swap(pattern: str, by: str) -> Callable[[bytes], bytes]:
    """The first match replaced; it is a fault of the test if there is none."""

    def change(data: bytes) -> bytes:
        new, count = re.subn(pattern.encode(), by.encode(), data, count=1, flags=re.S)
        assert count == 1, pattern
        return new

    return change


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        (TYPES, swap(r'<Override PartName="/xl/comments2.xml"[^>]*/>', ""), "xl/comments2.xml is no comments"),
        (TYPES, swap(r'<Default Extension="vml"[^>]*/>', ""), "no content type for xl/drawings/vmldrawing1.vml"),
        (TYPES, swap(r"(<Override [^>]*/>)", r"\1\1"), "is told 2 times"),
        (TYPES, swap("xlaudit.bin", "gone.bin"), "a content type for xl/gone.bin"),
        (RELS, swap(r'Id="rId7"', 'Id="rId6"'), "the id rId6 is told 2 times"),
        (RELS, swap("sheet4.xml", "sheet9.xml"), "leads to xl/worksheets/sheet9.xml"),
        (RELS, swap(r'Id="rId7"', 'Id="7"'), "'7' is no id"),
        (BOOK, swap(r"(<bookViews>.*?</bookViews>)(.*?</sheets>)", r"\2\1"), "out of order"),
        (BOOK, swap('activeTab="2"', 'activeTab="4"'), "a view begins at a sheet that there is not"),
        (BOOK, swap('activeTab="2"', 'activeTab="3"'), "the active sheet is hidden"),
        (BOOK, swap('name="Hasil Audit"', f'name="{SHEET.upper()}"'), "is told 2 times"),
        (BOOK, swap('name="Hasil Audit"', 'name="Hasil/Audit"'), "is no name for a sheet"),
        (BOOK, swap('sheetId="4"', 'sheetId="1"'), "the sheetId 1 is told"),
        (BOOK, swap('localSheetId="0"', 'localSheetId="4"'), "belongs to a sheet that there is not"),
        (BOOK, swap('name="_xlaudit_1"', 'name="_xlaudit findings"'), "is no name"),
        (BOOK, swap('name="_xlaudit_1"', 'name="_xlaudit_findings"'), "the name _xlaudit_findings of sheet"),
        (STYLES, swap('<cellXfs count="[0-9]+"', '<cellXfs count="1"'), "does not hold what it counts"),
        (STYLES, swap('fontId="6"', 'fontId="60"'), "fontId 60 of a format is out of range"),
        (STYLES, swap(r'(<cellXfs.*?)xfId="0"', r'\1xfId="7"'), "xfId 7 of a format is out of range"),
        (STYLES, swap('numFmtId="164"([^>]*applyNumberFormat)', r'numFmtId="199"\1'), "199 is not defined"),
        (STYLES, swap(r"(<dxfs.*?</dxfs>)(<tableStyles[^>]*/>)", r"\2\1"), "out of order"),
        (STYLES, swap("<dxf><font>(.*?)</font>(<fill>.*?</fill>)", r"<dxf>\2<font>\1</font>"), "out of order"),
        (STYLES, swap("FFF4A48E", "F4A48E"), "F4A48E is no colour"),
        (ONE, swap(r"(<conditionalF.*</conditionalFormatting>)(<dataV.*</dataValidations>)", r"\2\1"), "out of order"),
        (ONE, swap('dxfId="0"', 'dxfId="99"'), "dxfId 99 is out of range"),
        (ONE, swap('priority="2"', 'priority="1"'), "the priority 1 is told"),
        (ONE, swap(' priority="2"', ""), "lacks its attribute priority"),
        (ONE, swap('sqref="C2"', 'sqref="C2,C3"'), "is at 'C2,C3'"),
        (ONE, swap('(<legacyDrawing r:id=")', r"\1x"), "leads to xrId1, which there is not"),
        (ONE, swap("<legacyDrawing[^>]*/>", ""), "notes without shapes"),
        (OURS, swap(' s="[0-9]+"', ' s="999"'), "the format of A1 is out of range"),
        (OURS, swap('<c r="B7"', '<c r="B8"'), "the cell B8 stands out of order"),
        (OURS, swap('<row r="2"', '<row r="1"'), "row 1 stands behind row 1"),
        (OURS, swap("<v>1</v>", "<v>satu</v>"), "'satu' in A7 is no number"),
        (OURS, swap("<is>", '<is odd="1">'), "<is> has an attribute odd"),
        (OURS, swap("<autoFilter ", '<autoFilter odd="1" '), "<autoFilter> has an attribute odd"),
        (NOTES, swap('authorId="1"', 'authorId="2"'), "the author of C2 is out of range"),
        (NOTES, swap('ref="C2"', 'ref="C3"'), "the note C3 is told 2 times"),
        (NOTES, swap("<rPr>.*?</rPr>(<t[^>]*>.*?</t>)", r"\1<rPr/>"), "out of order"),
        (NOTES, swap("<sz ", "<size "), "<rPr> holds <size>"),
        (SHAPES, swap("_x0000_s2049", "_x0000_s1025"), "the id _x0000_s1025 is told 2 times"),
        (SHAPES, swap("_x0000_s2049", "_x0000_s9049"), "lies outside what the drawing claims"),
        (SHAPES, swap("<x:Row>1</x:Row>", "<x:Row>9</x:Row>"), "the note at (1, 2) has no shape"),
        (SHAPES, swap('type="#_x0000_t202"', 'type="#_x0000_t203"'), "is of a type that there is not"),
        (SHAPES, swap("<x:Anchor>[^<]*", "<x:Anchor>3, 15, 0, 2, 3, 15, 6, 1"), "has no size"),
    ],
)
def test_damage_is_told(
    part: str, change: Callable[[bytes], bytes], said: str, annotated: dict[str, bytes]
) -> None:
    found = list(problems(annotated | {part: change(annotated[part])}))
    assert any(said in problem for problem in found), found
