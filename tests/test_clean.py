"""Taking annotations out: byte for byte, and by their marks after others have saved the file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from officeview import differences, view
from soundness import check_sound
from test_annotate import HEADING, LIVE, SHEET, make, parts, rewritten
from typedin import read_answers
from wholeness import missing

from xlaudit.annotate import Mark, annotate, clean, is_annotated
from xlaudit.annotate.journal import JOURNAL_PART
from xlaudit.annotate.notetext import note_runs, note_text, our_spans
from xlaudit.annotate.xmlscan import OFFICE
from xlaudit.answers import Answer

MARKS = [
    LIVE,
    Mark(SHEET, "C3", "warning", "Perlu penjelasan.", id="f2", live="C3<>'Rahasia'!A1"),
    Mark(SHEET, "B9", "note", "Gaya.", id="f3"),
    Mark("Rahasia", "A1", "note", "Tersembunyi.", id="f4"),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make(tmp_path / "buku.xlsx")


def test_the_parts_come_back_byte_for_byte(source: Path, tmp_path: Path) -> None:
    target, cleaned = tmp_path / "y.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    assert is_annotated(target) and not is_annotated(source)
    clean(target, cleaned)
    assert parts(cleaned) == parts(source)
    with zipfile.ZipFile(cleaned) as new, zipfile.ZipFile(source) as old:
        assert new.namelist() == old.namelist()
    assert not is_annotated(cleaned)


def test_annotating_twice_is_annotating_once(source: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    annotate(source, once, MARKS, HEADING, answers={"f2": Answer("Baik.")})
    annotate(once, twice, MARKS, HEADING)
    assert once.read_bytes() == twice.read_bytes()
    annotate(once, twice, MARKS[:1], HEADING, answers={})
    assert read_answers(twice) == {}
    clean(twice, tmp_path / "3.xlsx")
    assert parts(tmp_path / "3.xlsx") == parts(source)


def test_a_workbook_without_annotations_is_copied(source: Path, tmp_path: Path) -> None:
    clean(source, tmp_path / "z.xlsx")
    assert (tmp_path / "z.xlsx").read_bytes() == source.read_bytes()


def test_a_broken_sheet_without_annotations_is_copied_all_the_same(source: Path, tmp_path: Path) -> None:
    sheet = parts(source)["xl/worksheets/sheet1.xml"]
    broken = rewritten(source, tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": sheet[:-30]})
    clean(broken, tmp_path / "z.xlsx")
    assert (tmp_path / "z.xlsx").read_bytes() == broken.read_bytes()


def test_ours_goes_also_where_journal_names_and_sheet_are_gone(source: Path, tmp_path: Path) -> None:
    """What a program leaves that knows no hidden names, after our sheet was deleted in it."""
    target, saved, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    book = openpyxl.load_workbook(target)
    del book["Hasil Audit"]
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(saved)
    assert not is_annotated(saved)
    clean(saved, cleaned)
    assert not [name for name, data in parts(cleaned).items() if b"xlaudit" in data]


def without_journal(annotated: Path, target: Path) -> Path:
    """The annotated file as another program would leave it: journal gone, offsets void."""
    content = parts(annotated)
    workbook = content["xl/workbook.xml"].replace(b"<sheets>", b"<!-- saved --><sheets>")
    return rewritten(annotated, target, {JOURNAL_PART: None, "xl/workbook.xml": workbook})


def test_after_a_change_exactly_ours_goes(source: Path, tmp_path: Path) -> None:
    target, saved, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    without_journal(target, saved)
    assert is_annotated(saved)
    clean(saved, cleaned)
    assert not is_annotated(cleaned)
    content = parts(cleaned)
    assert not [name for name, data in content.items() if b"xlaudit" in data]
    book = openpyxl.load_workbook(cleaned)
    assert book.sheetnames == [SHEET, "Kinerja & 'PK' 2", "Rahasia"]
    assert book.active is book["Kinerja & 'PK' 2"]
    assert "lokal" in book["Rahasia"].defined_names
    assert not book.defined_names
    sheet = book[SHEET]
    assert {c.coordinate: c.comment.text for row in sheet for c in row if c.comment} == {
        "C3": "Catatan bendahara."
    }
    assert b"legacyDrawing" not in content["xl/worksheets/sheet3.xml"]
    rules = etree.fromstring(content["xl/worksheets/sheet1.xml"]).findall(".//{*}cfRule")
    assert [rule.findtext("{*}formula") for rule in rules] == ["5"]
    assert content["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 1
    old = etree.fromstring(parts(source)["xl/worksheets/sheet1.xml"])
    new = etree.fromstring(content["xl/worksheets/sheet1.xml"])
    assert etree.tostring(old.find("{*}sheetData")) == etree.tostring(new.find("{*}sheetData"))


def test_what_others_wrote_into_our_note_stays(source: Path, tmp_path: Path) -> None:
    target, saved, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, [LIVE], HEADING)
    notes = parts(target)["xl/comments1.xml"]
    answered = notes.replace(b"(xlaudit RA101)</t>", b"(xlaudit RA101)\nSudah kami cek.</t>")
    assert answered != notes
    rewritten(target, saved, {"xl/comments1.xml": answered})
    clean(saved, cleaned)
    assert openpyxl.load_workbook(cleaned)[SHEET]["C2"].comment.text == "Sudah kami cek."


def test_calculation_chain_forgets_the_findings_sheet(source: Path, tmp_path: Path) -> None:
    """Entries without ``i`` belong to the sheet of the entry before; that must stay so."""
    target, saved, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    entries = '<c r="D2" i="1"/><c r="K7" i="4"/><c r="K8"/><c r="D3" i="1"/>'
    chain = f'<calcChain xmlns="{namespace}">{entries}</calcChain>'
    content = parts(target)
    kind = f"{OFFICE}/calcChain"
    rel = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    rewritten(
        target,
        saved,
        {
            JOURNAL_PART: None,
            "xl/calcChain.xml": chain.encode(),
            "xl/_rels/workbook.xml.rels": content["xl/_rels/workbook.xml.rels"].replace(
                b"</Relationships>", rel
            ),
        },
    )
    clean(saved, cleaned)
    left = etree.fromstring(parts(cleaned)["xl/calcChain.xml"])
    assert [(c.get("r"), c.get("i")) for c in left] == [("D2", "1"), ("D3", "1")]


def test_answers_are_found_after_sorting_and_moving(source: Path, tmp_path: Path) -> None:
    target, edited = tmp_path / "y.xlsx", tmp_path / "e.xlsx"
    annotate(source, target, MARKS, HEADING)
    book = openpyxl.load_workbook(target)
    sheet = book["Hasil Audit"]
    sheet["K7"], sheet["K8"], sheet["K9"], sheet["L9"], sheet["L10"] = "satu", "  ", 3, "Tidak setuju", "diperbaiki"
    sheet.insert_cols(4)
    sheet.move_range("A7:O7", rows=6)
    book.save(edited)
    assert read_answers(edited) == {"f1": Answer("satu"), "f3": Answer("3", "disputed"), "f4": Answer("", "fixed")}
    assert read_answers(source) == {}


def test_our_part_of_a_note_is_told_from_others() -> None:
    ours = note_text(note_runs([LIVE], "id"))
    for before in ("", "Punya orang\n\n", "Punya orang\n\n\n"):
        for after in ("", "\nbalasan"):
            text = before + ours + after
            ((start, end),) = our_spans(text)
            assert text[:start] + text[end:] == before.removesuffix("\n\n") + after.removeprefix("\n")
    assert our_spans("xlaudit: bagus sekali\n(xlaudit)") == []


CELLS = st.tuples(st.integers(0, 30), st.integers(0, 8))
WORDS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30)


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        row, column = draw(CELLS)
        cell = f"{chr(65 + column)}{row + 1}"
        live = draw(st.sampled_from([None, f"{cell}<>1", f"{cell}<>'S 2'!B2", "SUM(A1:B3)=0"]))
        severity = draw(st.sampled_from(["error", "warning", "note"]))
        stated = draw(st.sampled_from([None, "12.5", "-3", "kata", "12345678901234567"]))
        sheet = draw(st.sampled_from(["S 1", "S 2"]))
        found.append(
            Mark(sheet, cell, severity, draw(WORDS), str(number), "R1", draw(WORDS), stated, live=live)
        )
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=marks(), notes=st.sets(CELLS, max_size=4), rules=st.integers(0, 3), writer=st.booleans())
def test_clean_undoes_annotate(
    marks: list[Mark], notes: set[tuple[int, int]], rules: int, writer: bool, tmp_path: Path
) -> None:
    source, target, cleaned, again = (tmp_path / f"{name}.xlsx" for name in "sacx")
    (generate_xlsxwriter if writer else generate_openpyxl)(source, notes, rules)
    annotate(source, target, marks, HEADING)
    clean(target, cleaned)
    assert parts(cleaned) == parts(source)
    annotate(target, again, marks, HEADING)
    assert again.read_bytes() == target.read_bytes()
    check_sound(target, source)
    old, new = parts(source), parts(target)
    assert all(missing(old[name], new[name]) is None for name in old if old[name] != new[name])
    book = openpyxl.load_workbook(target)
    for mark in marks:
        assert book[mark.sheet][mark.cell].comment is not None


def generate_xlsxwriter(path: Path, notes: set[tuple[int, int]], rules: int) -> None:
    book = xlsxwriter.Workbook(path)
    for name in ("S 1", "S 2"):
        sheet = book.add_worksheet(name)
        sheet.write("A1", 1)
        for row, column in notes:
            sheet.write_comment(row, column, "catatan <lama>")
        for number in range(rules):
            sheet.conditional_format(number, 0, 9, 3, {"type": "data_bar", "data_bar_2010": True})
            sheet.data_validation(number, 5, number, 5, {"validate": "list", "source": ["ya", "tidak"]})
            sheet.merge_range(number + 40, 0, number + 40, 3, "Judul")
            sheet.add_sparkline(number, 9, {"range": f"'{name}'!A1:C1"})
        if rules == 3:
            sheet.protect("rahasia")
            sheet.insert_textbox("K2", "Tanda tangan")
    book.close()


def generate_openpyxl(path: Path, notes: set[tuple[int, int]], rules: int) -> None:
    book = openpyxl.Workbook()
    book.active.title = "S 1"
    book.create_sheet("S 2")
    for sheet in book:
        sheet["A1"] = "teks"
        for row, column in notes:
            sheet.cell(row + 1, column + 1).comment = openpyxl.comments.Comment("catatan", "orang")
        for number in range(rules):
            sheet.conditional_formatting.add(
                f"A{number + 1}:C9", openpyxl.formatting.rule.CellIsRule("greaterThan", ["5"])
            )
    book.save(path)


def test_a_journal_that_lies_undoes_nothing(source: Path, tmp_path: Path) -> None:
    """Splices that overlap, run backwards or give other bytes than told: then marks decide, as without a journal."""
    target, spoiled, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    journal = json.loads(parts(target)[JOURNAL_PART])
    name = "xl/worksheets/sheet1.xml"
    first = journal["changed"][name]["splices"][0]
    for splices in ([[first[0], -first[1], ""]] * 2, [[0, 1 << 40, ""]], [[0, 0, "more"]], [["x", 1, ""]], [1]):
        journal["changed"][name]["splices"] = splices
        rewritten(target, spoiled, {JOURNAL_PART: json.dumps(journal).encode()})
        clean(spoiled, cleaned)
        content = parts(cleaned)
        assert not [part for part, data in content.items() if b"xlaudit" in data]
        assert content["docProps/core.xml"] == parts(source)["docProps/core.xml"]
        old, new = (etree.fromstring(data[name]).find("{*}sheetData") for data in (parts(source), content))
        assert etree.tostring(old) == etree.tostring(new)


def saved_by_excel(annotated: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """As Excel leaves it: the journal gone, parts as given."""
    types = parts(annotated)["[Content_Types].xml"]
    return rewritten(annotated, target, {JOURNAL_PART: None, "[Content_Types].xml": types, **change})


APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http:'
    '//schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><HeadingPairs><vt:vector size="{pairs}" '
    'baseType="variant">{heads}</vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="{size}" baseType="lpstr">'
    "{titles}</vt:vector></TitlesOfParts></Properties>"
)


def app(**counts: list[str]) -> bytes:
    """The properties as Excel writes them, by kinds of titles."""
    pair = "<vt:variant><vt:lpstr>{}</vt:lpstr></vt:variant><vt:variant><vt:i4>{}</vt:i4></vt:variant>"
    return APP.format(
        pairs=2 * len(counts),
        heads="".join(pair.format(kind, len(titles)) for kind, titles in counts.items()),
        size=sum(map(len, counts.values())),
        titles="".join(f"<vt:lpstr>{title}</vt:lpstr>" for titles in counts.values() for title in titles),
    ).encode()


@pytest.mark.parametrize(
    ("saved", "left"),
    [
        (
            app(Lembar=["Hasil Audit", SHEET], Nama=["'Hasil Audit'!Print_Titles", "milik_orang"]),
            app(Lembar=[SHEET], Nama=["milik_orang"]),
        ),
        (app(Lembar=["Hasil Audit", SHEET], Nama=["'Hasil Audit'!Print_Titles"]), app(Lembar=[SHEET])),
        (app(Lembar=[SHEET, "Hasil Audit 2023"]), app(Lembar=[SHEET, "Hasil Audit 2023"])),
        (
            app(Lembar=["Hasil Audit", SHEET]).replace(b"<vt:i4>2", b"<vt:i4>7"),
            app(Lembar=["Hasil Audit", SHEET]).replace(b"<vt:i4>2", b"<vt:i4>7"),
        ),
    ],
)
def test_the_file_properties_forget_the_sheet(saved: bytes, left: bytes, source: Path, tmp_path: Path) -> None:
    target, back, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    saved_by_excel(target, back, {"docProps/app.xml": saved})
    clean(back, cleaned)
    assert parts(cleaned)["docProps/app.xml"] == left


@pytest.mark.parametrize("others", [True, False])
def test_highlights_that_moved_to_the_extensions(others: bool, source: Path, tmp_path: Path) -> None:
    target, back, cleaned = tmp_path / "y.xlsx", tmp_path / "s.xlsx", tmp_path / "z.xlsx"
    annotate(source, target, MARKS, HEADING)
    name = "xl/worksheets/sheet2.xml"
    rule = '<x14:cfRule type="expression" priority="{}" id="{{{}}}"><xm:f>{}</xm:f></x14:cfRule>'
    ours = rule.format(1, 1, 'AND(N("xlaudit")=0,IFERROR(Lain!A1&gt;0,TRUE))')
    standing = '<ext uri="{1}"/>' if others else ""
    inner = f"<x14:conditionalFormatting>{ours}<xm:sqref>A1</xm:sqref></x14:conditionalFormatting>"
    if others:
        kept = rule.format(2, 2, "A1&gt;0")
        inner += f"<x14:conditionalFormatting>{ours}{kept}<xm:sqref>B1</xm:sqref></x14:conditionalFormatting>"
    namespaces = (
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    )
    extension = (
        f'<extLst>{standing}<ext uri="{{2}}" {namespaces}><x14:conditionalFormattings>{inner}'
        "</x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    sheet = parts(target)[name].replace(b"</worksheet>", extension.encode())
    saved_by_excel(target, back, {name: sheet})
    clean(back, cleaned)
    left = etree.fromstring(parts(cleaned)[name])
    assert [e.text for e in left.iter("{*}f")] == (["A1>0"] if others else [])
    assert [len(e) for e in left.iter("{*}conditionalFormattings")] == ([1] if others else [])
    assert len(left.findall("{*}extLst")) == int(others)


CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus" / "lossless"
UNREAD = {
    "Open-XML-SDK__Pivot2.xlsx",
    "calamine__pivots.xlsx",
    "poi__SimpleStrict.xlsx",
    "test_files__xlsx-stream-d-date-cell.xlsx",
}
"""openpyxl does not load these or does not save what it loaded, annotated or not."""


LARGEST = 50_000
"""Bytes of a file: openpyxl takes minutes for the others, which hold nothing that these do not."""


def through_openpyxl(source: Path, target: Path) -> None:
    """Loaded, a figure put in, saved: everything is written anew, and much is lost, but by openpyxl."""
    book = openpyxl.load_workbook(source, keep_vba=source.suffix == ".xlsm")
    book.worksheets[-1]["ZZ99"] = 5
    book.save(target)
    if book.vba_archive is not None:
        book.vba_archive.close()


def test_the_corpus_comes_clean_after_openpyxl(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of foreign workbooks (../shared/corpus/lossless) is not here")
    from test_annotate_corpus import corpus_marks

    failed = {}
    for path in sorted(CORPUS.iterdir()):
        if path.name in UNREAD or path.stat().st_size > LARGEST:
            continue
        plain, annotated, ours, cleaned = (tmp_path / f"{name}{path.suffix}" for name in ("p", "a", "o", "c"))
        annotate(path, annotated, corpus_marks(path), HEADING)
        through_openpyxl(path, plain)
        through_openpyxl(annotated, ours)
        clean(ours, cleaned)
        content = parts(cleaned)
        left = [name for name, data in content.items() if b"xlaudit" in data or b"Hasil Audit" in data]
        if told := left + differences(view(parts(plain)), view(content)):
            failed[path.name] = told
    assert failed == {}
