"""Spreadsheets that are no .xlsx: read into the same model, audited with the same findings, never annotated."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from minibook import zipped

from xlaudit.audit import audit_workbook
from xlaudit.cells import Area
from xlaudit.cli.main import main
from xlaudit.errors import UnreadableWorkbook
from xlaudit.limits import Limits
from xlaudit.model import Sheet, Stored, Workbook
from xlaudit.outcome import Outcome
from xlaudit.reading.formats import biff
from xlaudit.reading.formats.odsformula import excel_formula
from xlaudit.reading.grid import read_workbook

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xlsx"))
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice, which converts the samples, is not there")
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
STYLES = (
    '<number:percentage-style style:name="N1"><number:number number:decimal-places="2" '
    'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("converted")
    for kind in ("xls", "ods"):
        subprocess.run(
            [
                *(str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
                *("--convert-to", kind, "--outdir", str(folder), *map(str, SAMPLES)),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder


def said(outcome: Outcome) -> list[tuple[object, ...]]:
    return [(one.rule, one.place, one.stated, one.computed, one.message) for one in outcome.findings]


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_findings_are_those_of_the_original(sample: Path, kind: str, converted: Path) -> None:
    original, other = audit_workbook(sample), audit_workbook(converted / f"{sample.stem}.{kind}")
    assert said(other) == said(original)
    assert other.template == original.template
    assert [table.range for table in other.tables] == [table.range for table in original.tables]
    assert (original.annotatable, other.annotatable) == (True, False)
    assert any(".xlsx" in remark.id for remark in other.remarks)


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_cells_formats_and_merges_are_those_of_the_original(kind: str, converted: Path) -> None:
    for sample in (path for path in SAMPLES if not path.stem.startswith("templat")):
        ours, theirs = read_workbook(converted / f"{sample.stem}.{kind}"), read_workbook(sample)
        for one, two in zip(ours.sheets, theirs.sheets, strict=True):
            assert (one.name, one.visible, set(one.merges)) == (two.name, two.visible, set(two.merges))
            assert one.hidden_columns == two.hidden_columns
            assert contents(ours, one) == contents(theirs, two)


def contents(workbook: Workbook, sheet: Sheet) -> dict[tuple[int, int], object]:
    found: dict[tuple[int, int], object] = {}
    for row, line in sheet.rows.items():
        for column, cell in line.items():
            style = workbook.styles[cell.style]
            shown = cell.text if cell.kind is not Stored.NUMBER else f"{cell.number:.13e}"  # files round differently
            looks = (style.places, style.percent, style.date, style.bold, style.indent)
            found[row, column] = (cell.kind, shown, cell.formula, looks)
    return found


def flat(folder: Path, rows: str, *, around: str = "", limits: Limits | None = None) -> Workbook:
    path = folder / "lembar.xls"  # the name does not matter
    path.write_text(
        f'<?xml version="1.0"?><office:document {NAMESPACES}><office:automatic-styles>{STYLES}'
        f'</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Satu">{rows}'
        f"</table:table>{around}</office:spreadsheet></office:body></office:document>",
        encoding="utf-8",
    )
    return read_workbook(path) if limits is None else read_workbook(path, limits)


def number(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}/>'


def row(cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{cells}</table:table-row>"


def test_values_keep_their_addresses_over_repeated_cells(tmp_path: Path) -> None:
    book = flat(
        tmp_path,
        row("<table:table-cell/>", 'table:number-rows-repeated="3"')
        + row(
            number("0.30000000000000004", 'table:number-columns-repeated="2"')
            + "<table:covered-table-cell/>"
            + number("7")
        )
        + row(number("1", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'))
        + row("<table:table-cell/>", 'table:number-rows-repeated="1048570"'),
    )
    [sheet] = book.sheets
    assert {place: cell.number for place, cell in cells(sheet).items()} == {
        "A4": Decimal("0.3"),
        "B4": Decimal("0.3"),
        "D4": Decimal(7),
        "A5": Decimal(1),
    }
    assert sheet.merges == (Area(5, 1, 6, 2),)
    assert not book.annotatable


def cells(sheet: Sheet) -> dict[str, object]:
    return {Area(r, c, r, c).a1: cell for r, line in sheet.rows.items() for c, cell in line.items()}  # type: ignore[return-value]


def test_percent_bold_and_hidden_are_told(tmp_path: Path) -> None:
    book = flat(
        tmp_path,
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + row(number("0.985", 'table:style-name="ce1"'))
        + row(number("1"), 'table:visibility="filter"'),
        around='<table:table table:name="Dua" table:style-name="ta1"/>',
    )
    one, two = book.sheets
    style = book.styles[one.rows[1][1].style]
    assert (style.format_code, style.percent, style.places, style.bold) == ("0.00%", True, 2, True)
    assert (one.hidden_rows, one.hidden_columns) == (frozenset({2}), frozenset({2}))
    assert (one.visible, two.visible) == (True, False)


def test_texts_dates_truths_and_errors(tmp_path: Path) -> None:
    [sheet] = flat(
        tmp_path,
        row(
            '<table:table-cell office:value-type="string"><text:p>Rp<text:s text:c="2"/>5</text:p><text:p>b</text:p>'
            "</table:table-cell>"
            '<table:table-cell office:value-type="date" office:date-value="2024-12-31"/>'
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
            '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
            "</table:table-cell>"
            '<table:table-cell office:value-type="time" office:time-value="PT12H00M00S"/>'
        ),
    ).sheets
    found = [(cell.kind, cell.text) for cell in sheet.rows[1].values()]
    assert found == [
        (Stored.TEXT, "Rp  5\nb"),
        (Stored.NUMBER, "45657"),
        (Stored.BOOLEAN, "TRUE"),
        (Stored.ERROR, "#DIV/0!"),
        (Stored.NUMBER, "0.5"),
    ]


def test_a_cell_repeated_over_the_whole_sheet_is_too_large(tmp_path: Path) -> None:
    whole = row(number("1", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="1048576"')
    with pytest.raises(UnreadableWorkbook) as caught:
        flat(tmp_path, whole, limits=Limits(cells=10_000))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("of:=SUM([.A1:.B$2])", "SUM(A1:B$2)"),
        ("of:=IF([.A1]=0;\"a;[.B1]\";[$'Lembar 2'.$C$3])", "IF(A1=0,\"a;[.B1]\",'Lembar 2'!$C$3)"),
        ("of:=SUM([Pagu.A1:.A9])", "SUM(Pagu!A1:A9)"),
        ("of:=INDEX({1;2|3;4};1;2)", "INDEX({1,2;3,4},1,2)"),
        ("of:=SUM([.A:.A])+[.#REF!]", "SUM(A:A)+#REF!"),
        ("of:=COM.MICROSOFT.IFS([.A1];1)", "IFS(A1,1)"),
        ("msoxl:=SUM(A1:B2)", "SUM(A1:B2)"),
        ("of:=['file:///x.ods'#$Sheet1.A1]", None),
        ("foo:=1", None),
        ("", None),
    ],
)
def test_formulas_are_written_as_excel_writes_them(theirs: str, ours: str | None) -> None:
    assert excel_formula(theirs) == ours


@pytest.mark.parametrize(
    ("packed", "value"),
    [
        (98500000 << 2 | 3, "985000"),
        ((-5 & 0x3FFFFFFF) << 2 | 2, "-5"),
        (33 << 2 | 3, "0.33"),
        (0x3FF00000, "1"),
    ],
)
def test_packed_numbers_are_exact(packed: int, value: str) -> None:
    assert biff.rk(packed).number == Decimal(value)


def test_a_text_goes_on_in_the_next_record_with_another_width() -> None:
    chunks = [b"\x05\x00\x00ab", b"\x01" + "cde".encode("utf-16-le")]
    assert biff.Texts(chunks).text() == "abcde"


def test_locked_and_doctype_are_refused(tmp_path: Path) -> None:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    locked = {"mimetype": mimetype, "content.xml": "x", "META-INF/manifest.xml": "<m><encryption-data/></m>"}
    bomb = {"mimetype": mimetype, "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
    for content, code in ((locked, "encrypted"), (bomb, "broken")):
        (tmp_path / "a.ods").write_bytes(zipped(content))
        with pytest.raises(UnreadableWorkbook) as caught:
            read_workbook(tmp_path / "a.ods")
        assert caught.value.code == code


@needs_office
def test_audit_writes_no_copy_and_says_how_to_get_one(
    converted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("pacitan-2024.xls", "pacitan-2024.ods"):
        shutil.copy(converted / name, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["audit", str(tmp_path), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [book["annotated"] for book in report["workbooks"]] == [None, None]
    assert all(".xlsx" in book["remarks"][-1] for book in report["workbooks"])
    assert main(["clean", str(tmp_path / "pacitan-2024.ods"), "-o", str(tmp_path / "x.xlsx")]) == 2
    assert ".xlsx" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@needs_office
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_spoiled_xls_is_read_or_turned_away(converted: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray((converted / "pacitan-2024.xls").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "rusak.xls").write_bytes(content)
    try:
        read_workbook(tmp_path / "rusak.xls")
    except UnreadableWorkbook as error:
        assert error.text.id
