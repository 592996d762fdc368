"""XML spreadsheets of 2003 and tables of web pages, as exports name them .xls."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlaudit.cells import Area
from xlaudit.errors import UnreadableWorkbook
from xlaudit.limits import Limits
from xlaudit.model import Stored, Workbook
from xlaudit.reading.formats.r1c1 import a1_formula
from xlaudit.reading.grid import read_workbook

HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)
STYLES = (
    '<Styles><Style ss:ID="Default"><NumberFormat/></Style>'
    '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/><Font ss:Bold="1"/></Style>'
    '<Style ss:ID="i" ss:Parent="p"><Alignment ss:Indent="2"/><Interior ss:Color="#ffcc00" ss:Pattern="Solid"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="dd\\-mm\\-yyyy"/></Style></Styles>'
)


def xml(rows: str, *, before: str = "", after: str = "", names: str = "") -> bytes:
    sheet = f'<Worksheet ss:Name="Data satu"><Table>{before}{rows}</Table>{after}</Worksheet>'
    return f"{HEAD}{STYLES}{names}{sheet}</Workbook>".encode()


def read(folder: Path, data: bytes, limits: Limits | None = None) -> Workbook:
    (folder / "ekspor.xls").write_bytes(data)
    return read_workbook(folder / "ekspor.xls", limits or Limits())


class TestXml:
    def test_values_and_formats(self, tmp_path: Path) -> None:
        found = read(
            tmp_path,
            xml(
                '<Row><Cell><Data ss:Type="String">Pagu &amp; sisa</Data></Cell>'
                '<Cell ss:StyleID="p"><Data ss:Type="Number">0.98499999999999999</Data></Cell>'
                '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-12-31T00:00:00.000</Data></Cell>'
                '<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#DIV/0!</Data></Cell>'
                '<Cell ss:StyleID="i"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>te</B>bal'
                "</ss:Data></Cell></Row>"
            ),
        )
        line = found.sheets[0].rows[1]
        assert [(cell.kind, cell.number, cell.text) for cell in list(line.values())[3:]] == [
            (Stored.BOOLEAN, None, "TRUE"),
            (Stored.ERROR, None, "#DIV/0!"),
            (Stored.TEXT, None, "tebal"),
        ]
        assert (line[1].text, line[2].number, line[3].number) == ("Pagu & sisa", Decimal("0.985"), Decimal(45657))
        percent, day, inherited = (found.styles[line[n].style] for n in (2, 3, 6))
        assert (percent.percent, percent.places, percent.bold, day.date) == (True, 2, True, True)
        assert (inherited.percent, inherited.indent, inherited.fill) == (True, 2, "FFCC00")
        assert not found.annotatable

    def test_places_are_told_or_follow(self, tmp_path: Path) -> None:
        """Index, Span and MergeAcross move the place of what comes after."""
        found = read(
            tmp_path,
            xml(
                '<Row ss:Span="1"><Cell ss:MergeAcross="2"><Data ss:Type="Number">1</Data></Cell>'
                '<Cell><Data ss:Type="Number">2</Data></Cell></Row>'
                '<Row><Cell ss:Index="5" ss:MergeDown="1"><Data ss:Type="Number">3</Data></Cell></Row>'
                '<Row ss:Index="9" ss:Hidden="1"><Cell><Data ss:Type="Number">4</Data></Cell></Row>',
                before='<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/>',
            ),
        )
        [sheet] = found.sheets
        places = {(row, column): str(cell.number) for row, line in sheet.rows.items() for column, cell in line.items()}
        assert places == {(1, 1): "1", (1, 4): "2", (3, 5): "3", (9, 1): "4"}
        assert sheet.merges == (Area(1, 1, 1, 3), Area(3, 5, 4, 5))
        assert (sheet.hidden_rows, sheet.hidden_columns) == ({9}, {2, 3})

    def test_names_and_hidden_sheets(self, tmp_path: Path) -> None:
        names = '<Names><NamedRange ss:Name="Pagu" ss:RefersTo="=\'Data satu\'!R2C1:R3C4"/></Names>'
        hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
        found = read(tmp_path, xml("", names=names, after=hidden))
        assert found.names == {"Pagu": ("Data satu", Area(2, 1, 3, 4))}
        assert not found.sheets[0].visible

    def test_a_formula_in_its_own_cell(self, tmp_path: Path) -> None:
        cell = '<Cell ss:Formula="=SUM(R[-2]C:R[-1]C)"><Data ss:Type="Number">7</Data></Cell>'
        found = read(tmp_path, xml(f'<Row ss:Index="3">{cell}</Row>'))
        assert found.sheets[0].rows[3][1].formula == "SUM(A1:A2)"

    def test_a_document_type_is_refused(self, tmp_path: Path) -> None:
        data = xml("").replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1)
        with pytest.raises(UnreadableWorkbook, match="DOCTYPE"):
            read(tmp_path, data)

    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_spoiled_ones_are_read_or_turned_away(self, tmp_path: Path, data: st.DataObject) -> None:
        cell = '<Cell ss:MergeAcross="1" ss:Formula="=RC[1]"><Data ss:Type="Number">1</Data></Cell>'
        good = xml(f'<Row ss:Index="2">{cell}</Row>')
        at = data.draw(st.integers(0, len(good)))
        put = data.draw(st.sampled_from([b"<", b'"', b"999999999", b"-1", b"&#0;", b"</Row>", b"[-9]", b"\xff"]))
        try:
            read(tmp_path, good[:at] + put + good[at + data.draw(st.integers(0, 9)) :])
        except UnreadableWorkbook as error:
            assert error.text.id


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("R[-1]C", "C4"),
        ("RC[-2]", "A5"),
        ("R2C3", "$C$2"),
        ("RC", "C5"),
        ("SUM(R1C:R[-1]C)", "SUM(C$1:C4)"),
        ("SUM(C[-1])", "SUM(B:B)"),
        ("SUM(C1:C[-1],R2)", "SUM($A:B,$2:$2)"),
        ("R[-9]C+1", "#REF!+1"),
        ('"RC"&\'R1C1\'!RC[1]', '"RC"&\'R1C1\'!D5'),
        ("ROUND(RC[-1]/RC[-2]*100,2)", "ROUND(B5/A5*100,2)"),
        ("Pagu_R2+CR2", "Pagu_R2+CR2"),
    ],
)
def test_references(written: str, meant: str) -> None:
    assert a1_formula(written, 5, 3) == meant


def page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


class TestHtml:
    def test_texts_and_told_numbers(self, tmp_path: Path) -> None:
        found = read(
            tmp_path,
            page(
                "<table><tr><th>Uraian</th><th>Capaian<br>(%)</th></tr>"
                '<tr><td>&nbsp;&nbsp;&nbsp;Gaji  dan\n tunjangan</td><td sdval="0.985" sdnum="1033;0;0.00%">98,50%</td>'
                '<td style="mso-number-format:Percent" x:num="0.5">50,00%</td><td>1.234.567,00</td></tr></table>'
            ),
        )
        rows = found.sheets[0].rows
        assert [cell.text for cell in rows[1].values()] == ["Uraian", "Capaian\n(%)"]
        first, second, third, fourth = rows[2].values()
        assert (first.text, found.styles[first.style].indent) == ("Gaji dan tunjangan", 1)
        assert (second.number, third.number) == (Decimal("0.985"), Decimal("0.5"))
        assert all(found.styles[cell.style].percent for cell in (second, third))
        assert (fourth.kind, fourth.text) == (Stored.TEXT, "1.234.567,00"), "what the page does not tell is not guessed"
        assert found.styles[rows[1][1].style].bold
        assert not found.annotatable

    def test_spanned_cells_push_the_others_aside(self, tmp_path: Path) -> None:
        found = read(
            tmp_path,
            page(
                "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"
                "<tr style='display: none'><td>e</td></tr></table>"
            ),
        )
        [sheet] = found.sheets
        places = {(row, column): cell.text for row, line in sheet.rows.items() for column, cell in line.items()}
        assert places == {(1, 1): "a", (1, 2): "b", (2, 2): "c", (2, 3): "d", (3, 1): "e"}
        assert (set(sheet.merges), sheet.hidden_rows) == ({Area(1, 1, 2, 1), Area(1, 2, 1, 3)}, {3})

    def test_each_table_is_a_sheet_but_for_those_around_others(self, tmp_path: Path) -> None:
        inner = "<table><tr><td>1</td></tr></table>"
        found = read(tmp_path, page(f"<table><tr><td>{inner}</td></tr></table><table></table>"))
        assert [sheet.name for sheet in found.sheets] == ["Tabel 1", "Tabel 2"]

    def test_without_a_charset(self, tmp_path: Path) -> None:
        found = read(tmp_path, "<table><tr><td>Café</td></tr></table>".encode("cp1252"))
        assert found.sheets[0].rows[1][1].text == "Café"

    def test_a_page_without_tables(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableWorkbook, match="tanpa tabel"):
            read(tmp_path, page("<p>halo</p>"))

    def test_bounds(self, tmp_path: Path) -> None:
        rows = page("<table>" + "<tr><td>1</td></tr>" * 30 + "</table>")
        with pytest.raises(UnreadableWorkbook, match="cells"):
            read(tmp_path, rows, Limits(cells=29))
        spans = page("<table>" + "<tr><td colspan=1000>1</td></tr>" * 30 + "</table>")
        with pytest.raises(UnreadableWorkbook, match="merged_cells"):
            read(tmp_path, spans, Limits(merged_cells=29_000))

    def test_cells_that_reach_far_down_are_not_looked_at_without_end(self, tmp_path: Path) -> None:
        data = page("<table>" + "<tr><td colspan=1000 rowspan=60000>1" * 3000 + "</table>")
        with pytest.raises(UnreadableWorkbook) as caught:
            read(tmp_path, data)
        assert caught.value.code == "too_large"
