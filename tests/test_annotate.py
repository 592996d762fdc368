"""Annotating: what is spliced in, and that nothing else changes."""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from soundness import check_sound, parts
from typedin import read_answers

from xlaudit.annotate import Heading, Mark, annotate, clean, is_annotated
from xlaudit.annotate.folding import Cause, Mend, fold
from xlaudit.annotate.marks import SEVERITIES
from xlaudit.annotate.sheetcells import LINE, PADDING, TALLEST, height, lines, link_cell
from xlaudit.annotate.sheets import ORDER
from xlaudit.annotate.styles import DXFS, ERROR_FILL, NOTE_FILL, WARNING_FILL
from xlaudit.annotate.xmlscan import plain_string
from xlaudit.answers import Answer
from xlaudit.errors import BadUsage, UnreadableWorkbook, UserError
from xlaudit.texts import Language

HEADING = Heading("Dinas Sosial", "2024", "buku.xlsx", "0.1.0", "1 Maret 2025", 412, 3)
SHEET = "Realisasi"
LIVE = Mark(
    SHEET,
    "C2",
    "error",
    "Pagu program tidak sama dengan jumlah kegiatan.",
    id="f1",
    rule="RA101",
    label="Program A · Pagu",
    stated="722400000",
    computed="822400000",
    difference="-100000000",
    cause="Satu angka hilang.",
    suggestion="Ubah C4.",
    live="C2<>SUM(C3:C4)",
)


def make(path: Path) -> Path:
    """A small workbook with what annotating has to get along with."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(SHEET)
    sheet.merge_range("A1:D1", "Tabel")
    sheet.write_column("C2", [722_400_000, 500_000_000, 322_400_000])
    sheet.write_formula("D2", "=C2*2", None, 1_444_800_000)
    sheet.write_comment("C3", "Catatan bendahara.")
    sheet.conditional_format(
        "C2:C4", {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format()}
    )
    sheet.data_validation("A5", {"validate": "list", "source": ["a", "b"]})
    other = book.add_worksheet("Kinerja & 'PK' 2")
    other.write("B1", 5)
    other.activate()
    hidden = book.add_worksheet("Rahasia")
    hidden.hide()
    hidden.protect()
    book.define_name("Rahasia!lokal", "=Rahasia!$A$1")
    book.close()
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make(tmp_path / "buku.xlsx")


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def ranks(children: list[str]) -> list[int]:
    return [ORDER.index(name) for name in children if name in ORDER]


def test_untouched_parts_keep_even_their_compressed_bytes(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    before = source.read_bytes()
    annotate(source, target, [LIVE], HEADING)
    assert source.read_bytes() == before
    touched = {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target) as new:
        names = old.namelist()
        assert new.namelist()[: len(names)] == names
        differing = set()
        for one in old.infolist():
            two = new.getinfo(one.filename)
            assert one.date_time == two.date_time
            if old.read(one) != new.read(two):
                differing.add(one.filename)
            elif one.filename not in touched:
                assert raw(source, one) == raw(target, two)
    assert differing == touched


def raw(path: Path, info: zipfile.ZipInfo) -> bytes:
    data = path.read_bytes()
    start = info.header_offset
    lengths = int.from_bytes(data[start + 26 : start + 28], "little") + int.from_bytes(
        data[start + 28 : start + 30], "little"
    )
    return data[start : start + 30 + lengths + info.compress_size]


def test_touched_parts_keep_their_children_in_order(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [LIVE, Mark("Rahasia", "A1", "note", "x")], HEADING)
    check_sound(target)
    old, new = parts(source), parts(target)
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"):
        before = [local(child) for child in etree.fromstring(old[name])]
        after = [local(child) for child in etree.fromstring(new[name])]
        assert ranks(after) == sorted(ranks(after))
        rest = iter(after)
        assert all(child in rest for child in before)
    assert 'state="hidden"' in new["xl/workbook.xml"].decode()
    assert b"<sheetProtection" in new["xl/worksheets/sheet3.xml"]


def test_positions_shift_and_the_active_sheet_stays(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [LIVE], HEADING)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Hasil Audit", SHEET, "Kinerja & 'PK' 2", "Rahasia"]
    assert book.active is book["Kinerja & 'PK' 2"]
    assert "lokal" in book["Rahasia"].defined_names
    assert book["Rahasia"].sheet_state == "hidden"
    assert [s.title for s in book if s.sheet_view.tabSelected] == ["Kinerja & 'PK' 2"]


def test_values_and_cached_values_stay(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [LIVE], HEADING)
    for values in (True, False):
        old = openpyxl.load_workbook(source, data_only=values)[SHEET]
        new = openpyxl.load_workbook(target, data_only=values)[SHEET]
        assert [[c.value for c in row] for row in old] == [[c.value for c in row] for row in new]
        assert [[c.style_id for c in row] for row in old] == [[c.style_id for c in row] for row in new]


def test_one_note_for_a_cell_worst_first_and_others_kept(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    marks = [
        Mark(SHEET, "C2", "note", "Gaya angka.", rule="RA300"),
        LIVE,
        Mark(SHEET, "C3", "warning", "Perlu penjelasan.", stated="1234.5"),
        Mark(SHEET, "C1", "note", "Judul."),
    ]
    annotate(source, target, marks, HEADING)
    sheet = openpyxl.load_workbook(target)[SHEET]
    assert sheet["C2"].comment.text == (
        "xlaudit: KESALAHAN\nPagu program tidak sama dengan jumlah kegiatan.\nTertulis: 722.400.000\n"
        "Hasil hitung: 822.400.000\nSelisih: -100.000.000\nPenyebab: Satu angka hilang.\nSaran: Ubah C4.\n\n"
        "CATATAN\nGaya angka.\n(xlaudit RA101, RA300)"
    )
    assert sheet["C2"].comment.author == "xlaudit"
    assert sheet["C3"].comment.text == (
        "Catatan bendahara.\n\nxlaudit: PERINGATAN\nPerlu penjelasan.\nTertulis: 1.234,5\n(xlaudit)"
    )
    assert sheet["A1"].comment.text.startswith("xlaudit: CATATAN\nJudul.")
    shapes = parts(target)["xl/drawings/vmlDrawing1.vml"].decode()
    assert shapes.count("<v:shape ") == 3
    assert shapes.count("visibility:hidden") == 3


def test_the_check_is_the_highlight_and_weighs_more_than_rules_of_the_file(
    source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    across = Mark(SHEET, "C4", "warning", "x", live="C4<>'Kinerja & ''PK'' 2'!B1")
    annotate(source, target, [LIVE, across, Mark(SHEET, "B9", "note", "y")], HEADING)
    sheet = etree.fromstring(parts(target)["xl/worksheets/sheet1.xml"])
    rules = {
        (block.get("sqref"), rule.findtext("{*}formula")): int(rule.get("priority", ""))
        for block in sheet.iterfind("{*}conditionalFormatting")
        for rule in block
    }
    assert rules == {
        ("C2", 'AND(N("xlaudit")=0,IFERROR(C2<>SUM(C3:C4),TRUE))'): 1,
        ("C4", 'AND(N("xlaudit")=0,IFERROR(_xlaudit_1,TRUE))'): 2,
        ("B9", 'AND(N("xlaudit")=0,TRUE)'): 3,
        ("C2:C4", "5"): 4,
    }
    names = openpyxl.load_workbook(target).defined_names
    assert names["_xlaudit_1"].value == "'Realisasi'!$C$4<>'Kinerja & ''PK'' 2'!$B$1"
    assert names["_xlaudit_1"].hidden


def test_rules_of_the_file_keep_their_numbers_where_they_reach_no_flagged_cell(
    source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [Mark(SHEET, "B9", "note", "y")], HEADING)
    sheet = etree.fromstring(parts(target)["xl/worksheets/sheet1.xml"])
    assert [rule.get("priority") for rule in sheet.iterfind(".//{*}cfRule")] == ["2", "1"]


def test_findings_sheet(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    odd = Mark(
        "Kinerja & 'PK' 2", "B1", "note", '=1+1 <&> "q" \x01 _x0041_', id="f2", stated=">B", computed="0.985"
    )
    annotate(source, target, [LIVE, odd], HEADING, answers={"f2": Answer("Sudah benar.", "explained")})
    book = openpyxl.load_workbook(target, rich_text=True)
    sheet = book["Hasil Audit"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [
        "Hasil Audit",
        "Dinas Sosial  ·  Periode 2024",
        "Berkas: buku.xlsx  ·  Tanggal audit: 1 Maret 2025  ·  xlaudit 0.1.0",
        "1 kesalahan · 0 peringatan · 1 catatan  ·  412 pemeriksaan dilakukan  ·  3 tidak dapat dinilai",
        "Hasil pemeriksaan",
    ]
    assert [sheet.cell(5, column).value for column in (11, 13)] == ["Diisi perangkat daerah", "Diisi auditor"]
    heads = "No,Tingkat,Sel,Temuan,Tertulis,Hasil hitung,Selisih,Penyebab,Saran,Keadaan,Tanggapan,Status,Keputusan"
    assert [c.value for c in sheet[6]] == [*heads.split(","), "xlaudit:id"]
    address = "ADDRESS(ROW('Realisasi'!$C$2),COLUMN('Realisasi'!$C$2),4)"
    state = "IF(IFERROR('Realisasi'!$C$2<>SUM('Realisasi'!$C$3:$C$4),TRUE),\"belum cocok\",\"cocok\")"
    assert [str(c.value) if c.value is not None else None for c in sheet[7]] == [
        "1",
        "KESALAHAN",
        f"=IFERROR(HYPERLINK(\"#'Realisasi'!\"&{address},\"Realisasi!\"&{address}),\"Realisasi!C2 (sudah dihapus)\")",
        f"Program A · Pagu\n{LIVE.message}",
        "722400000",
        "822400000",
        "-100000000",
        LIVE.cause,
        LIVE.suggestion,
        "=" + state,
        None,
        None,
        None,
        "f1",
    ]
    assert [c.value for c in sheet[8]][3:] == [
        '=1+1 <&> "q"  _x0041_',
        ">B",
        0.985,
        None,
        None,
        None,
        "diperiksa saat audit ulang",
        "Sudah benar.",
        "dijelaskan",
        None,
        "f2",
    ]
    assert sheet["D8"].data_type == "s"
    assert sheet.column_dimensions["N"].hidden
    assert sheet.freeze_panes == "A7"
    assert sheet.auto_filter.ref == "A6:M8"
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.print_area == "'Hasil Audit'!$A$1:$L$18"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    values = openpyxl.load_workbook(target, data_only=True)["Hasil Audit"]
    assert values["J7"].value == "belum cocok"
    assert [values["C7"].value, values["C8"].value] == ["Realisasi!C2", "Kinerja & 'PK' 2!B1"]
    assert values["K4"].value == "Masih belum cocok: 1 · sudah dijawab: 1"
    assert read_answers(target) == {"f2": Answer("Sudah benar.", "explained")}


def test_only_answers_status_and_decisions_can_be_typed(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [LIVE, Mark(SHEET, "B9", "note", "y", "f2")], HEADING)
    sheet = openpyxl.load_workbook(target)["Hasil Audit"]
    assert sheet.protection.sheet and sheet.protection.password is None
    assert not sheet.protection.autoFilter, "the filter may be used all the same"
    open_cells = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    assert open_cells == {"K7", "L7", "M7", "K8", "L8", "M8"}
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists == {"L7:L8": '"diperbaiki,dijelaskan,tidak setuju"', "M7:M8": None}


def test_texts_keep_to_what_excel_allows(source: Path, tmp_path: Path) -> None:
    """Prompts and errors of a validation, its list, and a footer: 255 characters, a title 32."""
    target = tmp_path / "out.xlsx"
    for language in get_args(Language):
        annotate(source, target, [LIVE], Heading("Dinas P&K " * 30, file="2024 & 2025.xlsx"), language)
        sheet = openpyxl.load_workbook(target).worksheets[0]
        for one in sheet.data_validations.dataValidation:
            assert max(len(text or "") for text in (one.prompt, one.error, one.formula1)) <= 255
            assert max(len(text or "") for text in (one.promptTitle, one.errorTitle)) <= 32
        content = next(data for name, data in parts(target).items() if b"<oddFooter>" in data)
        footer = etree.fromstring(content).findtext(".//{*}oddFooter")
        assert footer is not None and len(footer) <= 255
        assert re.fullmatch(r"&L&8 xlaudit [^&]*&C&8 (?:[^&]|&&)*&R&8 \w+ &P \w+ &N", footer)


def test_formulas_keep_to_what_excel_allows(tmp_path: Path) -> None:
    """8,192 characters, also where every reference gets the longest name of a sheet, and a cause has 300 findings."""
    source, target, sheet = tmp_path / "s.xlsx", tmp_path / "t.xlsx", "Realisasi Anggaran & 'PK' 2024"
    book = openpyxl.Workbook()
    book.active.title = sheet
    book.create_sheet("B")
    book.save(source)
    long = f"A1<>SUM({','.join(f'B{row}' for row in range(2, 400, 2))})"
    findings = [
        (Mark("B" if row % 2 else sheet, f"C{row}", "error", "m", str(row), live=f"C{row}>D{row}"), "d")
        for row in range(2, 302)
    ]
    cause = Cause("sebab", (Mend(sheet, "A9", "1", "2"),), False)
    marks = [Mark(sheet, "A1", "error", "m", "lama", live=long), *fold(findings, {"d": cause})]
    annotate(source, target, marks, HEADING)
    content = "".join(data.decode() for name, data in parts(target).items() if name.endswith(".xml"))
    formulas = re.findall(r"<(?:f|formula|definedName)\b[^>]*>([^<]*)<", content)
    assert 4_000 < max(map(len, map(unescape, formulas))) <= 8_192
    rows = openpyxl.load_workbook(target, data_only=True).worksheets[0]
    assert (rows["J7"].value, rows["J8"].value) == ("diperiksa saat audit ulang", "belum cocok")


def test_severities_are_told_apart_without_colour() -> None:
    """As grey print or a colour-blind eye sees them: by lightness, by the line around the cell, errors by bold type."""

    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return 116 * luminance ** (1 / 3) - 16

    light = [lightness(colour) for colour in (ERROR_FILL, WARNING_FILL, NOTE_FILL, "FFFFFF")]
    assert all(lighter - darker >= 4 for darker, lighter in itertools.pairwise(light))
    lines = [re.search(r'style="(\w+)"', DXFS[severity]) for severity in SEVERITIES]
    assert len({line[1] for line in lines if line}) == 3 and "<b/>" in DXFS["error"]


def test_the_sheet_is_written_in_the_order_of_the_schema(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    heading = HEADING._replace(details=(("Dasar pemeriksaan", "Predikat: skala 86/2017"),))
    annotate(source, target, [LIVE], heading)
    name = next(name for name, data in parts(target).items() if b"xlaudit:id" in data and name.startswith("xl/work"))
    children = [local(child) for child in etree.fromstring(parts(target)[name])]
    assert ranks(children) == sorted(ranks(children)) and len(set(children)) == len(children)
    assert set(children) <= set(ORDER)


def test_english_and_a_taken_name(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "audit findings"
    book.save(source)
    annotate(source, target, [Mark("Audit Findings", "a1", "error", "m", stated="1234.5")], Heading(), "en")
    new = openpyxl.load_workbook(target)
    assert new.sheetnames == ["Audit Findings 2", "audit findings"]
    assert new["audit findings"]["A1"].comment.text == "xlaudit: ERROR\nm\nStated: 1,234.5\n(xlaudit)"


def test_without_findings_the_sheet_says_so(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [], HEADING)
    assert openpyxl.load_workbook(target)["Hasil Audit"]["D7"].value == "Tidak ada temuan."
    check_sound(target)


def test_more_digits_than_a_spreadsheet_holds_stay_text(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    annotate(source, target, [Mark(SHEET, "A1", "note", "m", stated="1234567890123456.7")], HEADING)
    assert openpyxl.load_workbook(target)["Hasil Audit"]["E7"].value == "1.234.567.890.123.456,7"


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (Mark("Tidak ada", "A1", "note", "m"), "no_such_sheet"),
        (Mark(SHEET, "A0", "note", "m"), "no_such_cell"),
        (Mark(SHEET, "XFE1", "note", "m"), "no_such_cell"),
        (Mark(SHEET, "A1", "parah", "m"), "bad_severity"),  # type: ignore[arg-type]
        (Mark(SHEET, "A1", "note", "m", live="SUM(A1"), "bad_formula"),
        (Mark(SHEET, "A1", "note", "m", live="Entah!A1>0"), "bad_formula"),
    ],
)
def test_a_mark_that_cannot_be_placed_leaves_nothing_behind(
    mark: Mark, code: str, source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "x.xlsx"
    target.parent.mkdir()
    with pytest.raises(BadUsage) as caught:
        annotate(source, target, [LIVE, mark], HEADING)
    assert caught.value.code == code
    assert list(target.parent.iterdir()) == []


def test_targets_that_are_refused(source: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.hardlink_to(source)
    before = source.read_bytes()
    for target in (source, link):
        with pytest.raises(BadUsage) as caught:
            annotate(source, target, [LIVE], HEADING)
        assert caught.value.code == "same_file"
        with pytest.raises(BadUsage) as caught:
            clean(source, target)
        assert caught.value.code == "same_file"
    with pytest.raises(BadUsage) as caught:
        annotate(source, tmp_path / "tidak" / "ada.xlsx", [LIVE], HEADING)
    assert caught.value.code == "cannot_write"
    blocked = tmp_path / "folder.xlsx"
    blocked.mkdir()
    with pytest.raises(UserError):
        annotate(source, blocked, [LIVE], HEADING)
    assert source.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["buku.xlsx", "folder.xlsx", "link.xlsx"]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_workbook(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "x.xlsx"
    source.write_bytes(content)
    with pytest.raises(UnreadableWorkbook):
        annotate(source, tmp_path / "y.xlsx", [], HEADING)
    assert not is_annotated(source)
    assert not (tmp_path / "y.xlsx").exists()


def rewritten(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """A copy of a workbook with other content for some parts (None takes a part out)."""
    content = parts(source) | change
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return target


def test_a_document_type_is_refused_and_no_entity_expanded(source: Path, tmp_path: Path) -> None:
    sheet = parts(source)["xl/worksheets/sheet1.xml"]
    bomb = sheet.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet', 1)
    spoiled = rewritten(source, tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": bomb})
    with pytest.raises(UnreadableWorkbook):
        annotate(spoiled, tmp_path / "y.xlsx", [LIVE], HEADING)


def test_markup_in_comments_and_cdata_misleads_nothing(source: Path, tmp_path: Path) -> None:
    sheet = parts(source)["xl/worksheets/sheet1.xml"]
    row = b'<row r="9"><c r="A9" t="inlineStr"><is><t><![CDATA[</sheetData><row ht="9">]]></t></is></c></row>'
    tricky = sheet.replace(b"</sheetData>", b"<!-- </sheetData> -->" + row + b"</sheetData>")
    tricky = tricky.replace(b"</worksheet>", b"</worksheet><!-- </worksheet> -->")
    spoiled = rewritten(source, tmp_path / "tricky.xlsx", {"xl/worksheets/sheet1.xml": tricky})
    target, cleaned = tmp_path / "y.xlsx", tmp_path / "z.xlsx"
    annotate(spoiled, target, [LIVE], HEADING)
    new = etree.fromstring(parts(target)["xl/worksheets/sheet1.xml"])
    assert ranks([local(child) for child in new]) == sorted(ranks([local(child) for child in new]))
    assert len(new.findall("{*}conditionalFormatting")) == 2
    clean(target, cleaned)
    assert parts(cleaned) == parts(spoiled)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "iso-8859-1", "utf-8-sig"])
def test_parts_in_other_encodings(codec: str, source: Path, tmp_path: Path) -> None:
    names = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/comments1.xml")
    declared = "utf-8" if codec == "utf-8-sig" else codec.removesuffix("-be")
    change: dict[str, bytes | None] = {}
    for name in names:
        text = parts(source)[name].decode().replace("UTF-8", declared)
        change[name] = (b"\xfe\xff" if codec == "utf-16-be" else b"") + text.encode(codec)
    other = rewritten(source, tmp_path / "other.xlsx", change)
    target, cleaned = tmp_path / "y.xlsx", tmp_path / "z.xlsx"
    annotate(other, target, [LIVE, Mark(SHEET, "C3", "note", "Ünïcode – tanda ✓")], HEADING)
    content = parts(target)
    for name in names:
        etree.fromstring(content[name])
    assert "Ünïcode – tanda ✓" in "".join(etree.fromstring(content["xl/comments1.xml"]).itertext())
    clean(target, cleaned)
    assert parts(cleaned) == parts(other)


def test_a_workbook_without_styles_gets_them(source: Path, tmp_path: Path) -> None:
    content = parts(source)
    rels = re.sub(rb"<Relationship [^>]*styles.xml\"/>", b"", content["xl/_rels/workbook.xml.rels"])
    types = re.sub(rb"<Override [^>]*/styles.xml\"[^>]*/>", b"", content["[Content_Types].xml"])
    bare = rewritten(
        source,
        tmp_path / "bare.xlsx",
        {"xl/styles.xml": None, "xl/_rels/workbook.xml.rels": rels, "[Content_Types].xml": types},
    )
    target, cleaned = tmp_path / "y.xlsx", tmp_path / "z.xlsx"
    annotate(bare, target, [LIVE], HEADING)
    check_sound(target)
    assert openpyxl.load_workbook(target)["Hasil Audit"]["B7"].font.b
    clean(target, cleaned)
    assert parts(cleaned) == parts(bare)


def test_zip_written_to_a_stream(source: Path, tmp_path: Path) -> None:
    """Entries with data descriptors, as programs write that cannot seek."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(source).items():
            archive.writestr(name, data)
    streamed, target, cleaned = tmp_path / "s.xlsx", tmp_path / "y.xlsx", tmp_path / "z.xlsx"
    streamed.write_bytes(out.getvalue())
    annotate(streamed, target, [LIVE], HEADING)
    clean(target, cleaned)
    assert parts(cleaned) == parts(source)


def test_a_bare_text_becomes_a_run(source: Path, tmp_path: Path) -> None:
    notes = parts(source)["xl/comments1.xml"]
    bare = re.sub(rb"<text>.*</text>", b"<text><t>Tanpa gaya</t></text>", notes)
    plain = rewritten(source, tmp_path / "bare.xlsx", {"xl/comments1.xml": bare})
    annotate(plain, tmp_path / "2.xlsx", [Mark(SHEET, "C3", "note", "Baru.")], HEADING)
    text = etree.fromstring(parts(tmp_path / "2.xlsx")["xl/comments1.xml"]).find(".//{*}text")
    assert text is not None and {local(child) for child in text} == {"r"}
    assert "".join(text.itertext()) == "Tanpa gaya\n\nxlaudit: CATATAN\nBaru.\n(xlaudit)"
    old, new = (parts(path)["xl/drawings/vmlDrawing1.vml"] for path in (plain, tmp_path / "2.xlsx"))
    assert bottom(new) > bottom(old)


def bottom(drawing: bytes) -> int:
    """The row in which the first note of a drawing ends."""
    anchor = re.search(rb"<x:Anchor>([^<]*)", drawing)
    assert anchor is not None
    return int(anchor[1].split(b",")[6])


def test_rules_of_a_pivot_table_are_never_renumbered(source: Path, tmp_path: Path) -> None:
    sheet = parts(source)["xl/worksheets/sheet1.xml"]
    pivot = sheet.replace(b"<conditionalFormatting ", b'<conditionalFormatting pivot="1" ')
    assert pivot != sheet
    changed = rewritten(source, tmp_path / "pivot.xlsx", {"xl/worksheets/sheet1.xml": pivot})
    annotate(changed, tmp_path / "1.xlsx", [LIVE], HEADING)
    root = etree.fromstring(parts(tmp_path / "1.xlsx")["xl/worksheets/sheet1.xml"])
    assert [rule.get("priority") for rule in root.iterfind(".//{*}cfRule")] == ["2", "1"]


@pytest.mark.parametrize("sheet", ["Realisasi", "Dinas \"A\" & 'B' <C>", "Laporan {2024} _x0041_"])
def test_a_link_names_its_cell_whatever_its_sheet_is_called(sheet: str) -> None:
    cell = etree.fromstring(link_cell(9, 3, sheet, "AB12", "en", 7))
    own = "'" + sheet.replace("'", "''") + "'"
    address = f"ADDRESS(ROW({own}!$AB$12),COLUMN({own}!$AB$12),4)"
    said = (f"#{own}!", f"{sheet}!", f"{sheet}!AB12 (deleted)")
    first, second, gone = ('"' + text.replace('"', '""') + '"' for text in said)
    assert cell.findtext("f") == f"IFERROR(HYPERLINK({first}&{address},{second}&{address}),{gone})"
    assert plain_string(cell.findtext("v") or "") == f"{sheet}!AB12"
    assert dict(cell.attrib) == {"r": "C9", "s": "7", "t": "str"}


def test_a_row_is_as_high_as_the_text_with_the_most_lines() -> None:
    chance = random.Random(1)
    for _ in range(2000):
        letters = chance.choice(("ab WM 9.", "i ", "W", "Wi\n ", "mmmm a"))
        texts = [
            ("".join(chance.choices(letters, k=chance.randint(0, 60))), chance.choice((1.5, 3.0, 10.5, 38.0)))
            for _ in range(3)
        ]
        most = max(lines(text, width) for text, width in texts)
        assert height(*texts) == min(TALLEST, most * LINE + PADDING), texts
