"""Stored cells: value, kind, exact number, text, formula and address."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from minibook import MAIN, RELATIONS, book, only_sheet, parts, relationships, strings, styles, worksheet

from xlaudit.cells import MAX_COLUMNS, parse_area
from xlaudit.errors import UnreadableWorkbook
from xlaudit.limits import Limits
from xlaudit.model import CellStyle, Sheet, Stored
from xlaudit.reading import sheetpart, streamed
from xlaudit.reading import strings as strings_module
from xlaudit.reading.grid import read_workbook

PLAIN_ROWS = (
    '<row r="1" spans="1:3" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1250</v></c></row>\n'
    '<row r="3" outlineLevel="2"><c r="A3" t="str"><f>A1&amp;"x"</f><v>a &lt; b</v></c>'
    '<c r="C3"><f t="shared" ref="C3:C4" si="0">SUM(A3:$B3)</f><v>0.30000000000000004</v></c></row>'
    '<row r="4"><c r="A4" s="1"/><c r="C4"><f t="shared" si="0"/></c><c r="D4" t="b"><v>1</v></c>'
    '<c r="E4" t="e"><v>#DIV/0!</v></c></row><row r="5"/>'
)
PLAIN_STRINGS = strings("<t>Pagu</t>", '<t xml:space="preserve"> Sisa </t>')


def values(sheet: Sheet) -> dict[str, object]:
    """What each cell holds, by address: its number, or its text, or its kind where it has neither."""
    return {
        f"{'ABCDEFGH'[column - 1]}{row}": cell.text if cell.number is None else cell.number
        for row, line in sheet.rows.items()
        for column, cell in line.items()
    }


def formulas(sheet: Sheet) -> dict[str, str | None]:
    return {
        f"{'ABCDEFGH'[column - 1]}{row}": cell.formula
        for row, line in sheet.rows.items()
        for column, cell in line.items()
    }


def refused(folder: Path, rows: str = "", **more: str) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        only_sheet(folder, rows, **more)
    return caught.value.code


def test_every_kind_of_cell(tmp_path: Path) -> None:
    sheet = only_sheet(tmp_path, PLAIN_ROWS, strings=PLAIN_STRINGS, styles=styles("0.00%"))
    assert values(sheet) == {
        "A1": "Pagu",
        "B1": Decimal(1250),
        "A3": "a < b",
        "C3": Decimal("0.3"),
        "C4": "",
        "D4": "TRUE",
        "E4": "#DIV/0!",
    }
    assert [cell.kind for line in sheet.rows.values() for cell in line.values()] == [
        Stored.TEXT,
        Stored.NUMBER,
        Stored.TEXT,
        Stored.NUMBER,
        Stored.EMPTY,
        Stored.BOOLEAN,
        Stored.ERROR,
    ]
    assert formulas(sheet)["A3"] == 'A1&"x"'
    assert (formulas(sheet)["C3"], formulas(sheet)["C4"]) == ("SUM(A3:$B3)", "SUM(A4:$B4)")
    literal = sheet.at(3, 3)
    assert literal is not None
    assert literal.text == "0.30000000000000004"
    assert (sheet.hidden_rows, sheet.outline) == (frozenset({1}), {3: 2})
    first = sheet.at(1, 2)
    assert first is not None
    assert (first.row, first.column, first.style) == (1, 2, 1)


def spelled(rows: str, how: str) -> str | bytes:
    """The same sheet in another spelling of the same XML."""
    plain = worksheet(rows)
    if how == "comment":
        return plain.replace("<row", "<!-- x --><row", 1)
    if how == "cdata":
        return plain.replace("<v>1250</v>", "<v><![CDATA[1250]]></v>")
    if how == "prefix":
        text = (
            plain.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').replace("<", "<x:").replace("<x:/", "</x:")
        )
        return text
    if how == "strict":
        return plain.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    if how == "utf-16":
        return ('<?xml version="1.0" encoding="UTF-16"?>' + plain).encode("utf-16")
    if how == "latin":
        return ('<?xml version="1.0" encoding="ISO-8859-1"?>' + plain).encode("latin-1")
    if how == "pretty":
        return plain.replace("><", ">\r\n  <")
    if how == "single quotes":
        return plain.replace('r="A1"', "r='A1'")
    if how == "other order":
        return plain.replace('r="A1" t="s"', 't="s" r="A1"')
    if how == "no addresses":
        return plain.replace('r="A1" ', "").replace('r="B1" ', "").replace('<row r="4">', "<row>")
    if how == "inline":
        return plain.replace('t="s"><v>0</v>', 't="inlineStr"><is><r><t>Pa</t></r><r><t>gu</t></r></is>')
    if how == "foreign":
        return plain.replace("</row>", '<z:c xmlns:z="urn:z" r="Z1"><z:v>9</z:v></z:c></row>', 1)
    return plain


@pytest.mark.parametrize(
    "how",
    ["comment", "cdata", "prefix", "strict", "utf-16", "latin", "pretty", "single quotes", "other order",
     "no addresses", "inline", "foreign"],
)  # fmt: skip
def test_the_same_sheet_in_another_spelling(tmp_path: Path, how: str) -> None:
    more = {"strings": PLAIN_STRINGS, "styles": styles("0.00%")}
    wanted = only_sheet(tmp_path, PLAIN_ROWS, **more)
    other = spelled(PLAIN_ROWS, how)
    assert other != spelled(PLAIN_ROWS, "plain")
    content = parts(**more) | {"xl/worksheets/sheet1.xml": other}
    (sheet,) = book(tmp_path, content).sheets
    assert sheet == wanted


def test_plain_sheets_take_the_quick_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the tests above would compare one way with itself."""
    quick = []
    scan = sheetpart._SheetStream.scan
    monkeypatch.setattr(sheetpart._SheetStream, "scan", lambda *args: quick.append(scan(*args)) or quick[-1])
    only_sheet(tmp_path, PLAIN_ROWS, strings=PLAIN_STRINGS)
    assert quick == [True]
    book(
        tmp_path, parts(strings=PLAIN_STRINGS) | {"xl/worksheets/sheet1.xml": spelled(PLAIN_ROWS, "comment")}
    )
    assert quick == [True, False]


def test_plain_strings_take_the_quick_way() -> None:
    item = b'<si><t>a</t></si><si><t xml:space="preserve"> b </t></si>'
    assert strings_module.plain_strings(item, 0, len(item)) == ["a", " b "]
    for other in (
        b"<si><r><t>a</t></r></si>",
        item + b" ",
        item + b"<si/>",
        b"x" + item,
        item.replace(b"a", b"\r"),
    ):
        with pytest.raises(streamed.NotPlain):
            strings_module.plain_strings(other, 0, len(other))


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>Pagu &amp; Sisa &#8211; &#x20AC;</t>", "Pagu & Sisa – €"),
        ("<r><rPr><b/></rPr><t>Pa</t></r><r><t>gu</t></r>", "Pagu"),
        ("<t>漢</t><rPh sb='0' eb='1'><t>kan</t></rPh><phoneticPr fontId='1'/>", "漢"),
        ("<t>a_x000D_b_x005F_x000D_</t>", "a\rb_x000D_"),
        ("<t>_x0000__xD83D_</t>", "_x0000__xD83D_"),
        ("<t xml:space='preserve'>  x </t>", "  x "),
        ("<t><![CDATA[<b>]]></t>", "<b>"),
    ],
)
def test_shared_strings(tmp_path: Path, item: str, text: str) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    sheet = only_sheet(tmp_path, rows, strings=strings(item, "<t>akhir</t>"))
    assert values(sheet) == {"A1": text, "B1": "akhir"}


def test_an_empty_text_is_no_content_unless_a_formula_gave_it(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>IF(1,"")</f><v></v></c>'
        '<c r="C1"><f>1+1</f></c><c r="D1"><f>1+1</f><v></v></c><c r="E1" t="str"><f>1+1</f></c>'
        '<c r="F1"><v/></c></row>'
    )
    sheet = only_sheet(tmp_path, rows, strings=strings("<t/>"))
    assert {column: cell.kind for column, cell in sheet.rows[1].items()} == {
        2: Stored.TEXT,
        3: Stored.EMPTY,
        4: Stored.EMPTY,
        5: Stored.EMPTY,
    }


def test_array_formulas_cover_their_range(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>'
    )
    assert formulas(only_sheet(tmp_path, rows)) == {"A1": "B1:B3*2", "A2": "B1:B3*2", "B2": None, "A3": "1+1"}


def test_a_shared_formula_whose_first_cell_comes_later_or_never(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0"/><v>1</v></c>'
        '<c r="B1"><f t="shared" si="7"/><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A1:A2" si="0">C2*2</f><v>1</v></c></row>'
    )
    assert formulas(only_sheet(tmp_path, rows)) == {"A1": "C1*2", "B1": None, "A2": "C2*2"}


def test_dates(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="d"><v>2024-12-31</v></c>'
        '<c r="B1" t="d"><v>2024-12-31T12:00:00Z</v></c></row>'
    )
    assert values(only_sheet(tmp_path, rows)) == {"A1": Decimal(45657), "B1": Decimal("45657.5")}
    content = parts(rows)
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    workbook = book(tmp_path, content)
    assert workbook.date1904
    assert values(workbook.sheets[0]) == {"A1": Decimal(44195), "B1": Decimal("44195.5")}


def test_what_is_no_number_stays_a_text(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1,5</v></c><c r="C1"><v>1E999</v></c></row>'
    assert values(only_sheet(tmp_path, rows)) == {"A1": "nan", "B1": "1,5", "C1": "1E999"}


def test_rows_and_columns_come_out_in_order(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>'
        '<row r="2"><c r="D2"><v>4</v></c><c r="C2"><v>5</v></c></row>'
    )
    assert list(values(only_sheet(tmp_path, rows))) == ["A1", "A2", "B2", "C2", "D2"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"><v>a & b</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&tiada;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\uffff</v></c></row>',
        '<row r="1" r="2"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><f t="x"><v>1</v></c></row>',
    ],
)
def test_what_contradicts_itself_is_broken(tmp_path: Path, rows: str) -> None:
    assert refused(tmp_path, rows, strings=PLAIN_STRINGS) in {"broken", "too_large"}


def test_a_row_beyond_the_last(tmp_path: Path) -> None:
    assert refused(tmp_path, '<row r="1048577"><c r="A1048577"><v>1</v></c></row>') in {"broken", "too_large"}


def test_a_style_that_is_not_there_is_the_default(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="99"><v>1</v></c><c r="B1" s="x"><v>1</v></c></row>'
    sheet = only_sheet(tmp_path, rows, styles=styles("0.00"))
    assert [cell.style for cell in sheet.rows[1].values()] == [0, 0]


def test_styles_say_what_they_mean(tmp_path: Path) -> None:
    style = f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
      <fonts><font/><font><b/></font><font><b val="0"/></font></fonts>
      <fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFd9e1f2"/></patternFill></fill>
      <fill><patternFill patternType="gray125"><fgColor rgb="FF000000"/></patternFill></fill>
      <fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/></patternFill></fill></fills>
      <cellXfs><xf numFmtId="164" fontId="1" fillId="1"><alignment indent="2"/></xf>
      <xf numFmtId="14" fontId="2" fillId="2"/>
      <xf numFmtId="4" fontId="9" fillId="3"/></cellXfs></styleSheet>"""
    workbook = book(tmp_path, parts(styles=style))
    assert workbook.styles == (
        CellStyle("0.0%", 1, percent=True, bold=True, indent=2, fill="D9E1F2"),
        CellStyle("dd/mm/yyyy", None, date=True),
        CellStyle("#,##0.00", 2, fill="theme:4:0.5"),
    )


def test_merges_and_hidden_columns(tmp_path: Path) -> None:
    sheet = worksheet(
        "",
        after='<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="C1:C1048576"/>'
        '<mergeCell ref="D1"/></mergeCells>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/>'
        '<col min="16384" max="99999" hidden="true"/></cols>',
    )
    found = only_sheet(tmp_path, sheet=sheet)
    assert found.merges == (parse_area("A1:B2"), parse_area("C1:C1048576"))
    assert found.hidden_columns == {2, 3, 5, MAX_COLUMNS}


@pytest.mark.parametrize("reference", ["", "A1:", "A:B", "A0:B1", "XFE1:XFE2"])
def test_a_merge_that_is_no_range(tmp_path: Path, reference: str) -> None:
    sheet = worksheet("", after=f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')
    if reference == "A1:":
        assert only_sheet(tmp_path, sheet=sheet).merges == ()
    else:
        assert refused(tmp_path, sheet=sheet) == "broken"


def test_tabs_in_order_with_only_the_worksheets(tmp_path: Path) -> None:
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    content["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Grafik" sheetId="9" r:id="g"/>'
        '<sheet name="Dua" sheetId="3" state="veryHidden" r:id="b"/><sheet name="Modul" sheetId="4" r:id=""/>'
        '<sheet name="Satu" sheetId="1" r:id="a"/></sheets></workbook>'
    )
    content["xl/_rels/workbook.xml.rels"] = relationships(
        ("a", "worksheet", "worksheets/sheet1.xml"),
        ("b", "worksheet", "/xl/lain.xml"),
        ("g", "chartsheet", "g.xml"),
    )
    content["xl/lain.xml"] = worksheet("")
    content["xl/g.xml"] = "<chartsheet/>"
    sheets = book(tmp_path, content).sheets
    assert [(sheet.name, sheet.index, sheet.visible, sheet.part) for sheet in sheets] == [
        ("Dua", 1, False, "xl/lain.xml"),
        ("Satu", 3, True, "xl/worksheets/sheet1.xml"),
    ]


@pytest.mark.parametrize("key", ["x", "rId9"])
def test_a_sheet_without_its_part(tmp_path: Path, key: str) -> None:
    content = parts()
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace("rId1", key)
    with pytest.raises(UnreadableWorkbook) as caught:
        book(tmp_path, content)
    assert (caught.value.code, "Lembar" in caught.value.text.id) == ("broken", True)


def test_the_same_part_as_two_sheets(tmp_path: Path) -> None:
    content = parts()
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="Lagi" sheetId="2" r:id="rId1"/></sheets>'
    )
    with pytest.raises(UnreadableWorkbook):
        book(tmp_path, content)


def test_custom_properties(tmp_path: Path) -> None:
    content = parts()
    content["_rels/.rels"] = relationships(
        ("a", "officeDocument", "xl/workbook.xml"), ("b", "custom-properties", "docProps/custom.xml")
    )
    content["docProps/custom.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="urn:v">'
        '<property name="xlaudit.template"><vt:lpwstr>lkjip</vt:lpwstr></property></Properties>'
    )
    assert book(tmp_path, content).properties == {"xlaudit.template": "lkjip"}


@pytest.mark.parametrize(
    ("bound", "value"),
    [
        *(("cells", 2), ("formula_text", 5), ("merges", 1), ("merged_cells", 7), ("strings", 1)),
        *(("elements", 3), ("depth", 2)),
    ],
)
def test_bounds(tmp_path: Path, bound: str, value: int) -> None:
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D1:E2"/></mergeCells>'
    content = parts(sheet=worksheet(PLAIN_ROWS, after=merges), strings=PLAIN_STRINGS)
    book(tmp_path, content)
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(tmp_path / "mini.xlsx", Limits(**{bound: value}))
    assert caught.value.code == "too_large"
    assert f"“{bound}” di bagian [limits]" in caught.value.text.id


def test_a_tree_is_bounded(tmp_path: Path) -> None:
    content = parts(PLAIN_ROWS, strings=PLAIN_STRINGS, styles=styles(" " * 1_100_000))
    book(tmp_path, content)
    with pytest.raises(UnreadableWorkbook, match="tree_mib"):
        read_workbook(tmp_path / "mini.xlsx", Limits(tree_mib=1))


def test_bounds_on_depth_and_elements(tmp_path: Path) -> None:
    deep = worksheet("", after="<extLst>" + "<x>" * 300 + "</x>" * 300 + "</extLst>")
    assert refused(tmp_path, sheet=deep) == "too_large"
    assert refused(tmp_path, "<row>" + "<c/>" * (MAX_COLUMNS + 1) + "</row>") == "too_large"


def test_overlapping_hidden_columns_are_not_unrolled(tmp_path: Path) -> None:
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 3 + "</cols>"
    assert refused(tmp_path, sheet=worksheet("", before=columns)) == "broken"
