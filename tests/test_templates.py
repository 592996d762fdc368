"""The published templates: identical to what the code writes, sound as files, and fit for Excel 2010."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from xlaudit.audit import audit_workbook
from xlaudit.reading.grid import read_workbook
from xlaudit.schemas.columns import meaning
from xlaudit.schemas.forms import (
    CHECK_SHEET,
    FORMS,
    GUIDE_SHEET,
    IDENTITY_SHEET,
    PROPERTY,
    SETTINGS,
    TEMPLATES,
    VERSION,
    VERSION_PROPERTY,
    Entry,
    Form,
)
from xlaudit.schemas.kinds import KINDS
from xlaudit.templates import Content, write_template
from xlaudit.templates.checks import message, row_checks
from xlaudit.templates.layout import Layout

PUBLISHED = Path(__file__).parents[1] / "workbook_templates"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LATER = re.compile(
    r"_xlfn|_xlws|LET\(|LAMBDA\(|FILTER\(|UNIQUE\(|SORT\(|SEQUENCE\(|XLOOKUP\(|IFS\((?<!COUNTIFS\()(?<!SUMIFS\()"
    r"(?<!AVERAGEIFS\()|TEXTJOIN\(|CONCAT\(|SWITCH\(|IFNA\(|ISFORMULA\("
)
"""What came after Excel 2010."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    paths = {kind: folder / f"{kind}.xlsx" for kind in TEMPLATES}
    for kind, path in paths.items():
        write_template(kind, path)
    return paths


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def formulas(path: Path) -> list[str]:
    """All formulas of cells, conditional formats, validations and names."""
    found = []
    for name, data in parts(path).items():
        if name.startswith("xl/worksheets/sheet") or name == "xl/workbook.xml":
            root = etree.fromstring(data)
            tags = ("f", "formula", "formula1", "formula2", "definedName")
            found += [element.text or "" for tag in tags for element in root.iter(f"{MAIN}{tag}")]
    return found


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_the_published_file_is_what_the_code_writes(kind: str, written: dict[str, Path]) -> None:
    assert parts(PUBLISHED / f"{kind}.xlsx") == parts(written[kind])


def test_nothing_else_is_published() -> None:
    assert {path.stem for path in PUBLISHED.glob("*.xlsx")} == set(TEMPLATES)


def test_writing_twice_gives_the_same_bytes(written: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_template("lkjip", again)
    assert again.read_bytes() == written["lkjip"].read_bytes()


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_sheets_come_in_order_and_anchors_stand_where_the_layout_says(kind: str, written: dict[str, Path]) -> None:
    workbook = read_workbook(written[kind])
    names = [form.sheet for form in TEMPLATES[kind]]
    assert [sheet.name for sheet in workbook.sheets] == [GUIDE_SHEET, IDENTITY_SHEET, *names, CHECK_SHEET]
    assert workbook.properties == {PROPERTY: kind, VERSION_PROPERTY: VERSION}
    for form in TEMPLATES[kind]:
        layout = Layout(form, form.ready)
        for column in form.columns:
            place = workbook.names[form.anchor(column.key)]
            assert place is not None and place[0] == form.sheet
            area = place[1]
            assert (area.top, area.bottom) == (layout.number_row, layout.end)
            assert area.left == area.right == layout.number(column.key)
        table = workbook.names[form.anchor("tabel")]
        assert table is not None and table[1].bottom == layout.last
    for setting in SETTINGS:
        place = workbook.names[setting.name]
        assert place is not None and place[0] == IDENTITY_SHEET and place[1].size == 1


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_headings_read_back_to_the_roles_of_their_columns(form: Form) -> None:
    assert form.kind in KINDS
    for column in form.columns:
        header = tuple(text.format(ini=2025, lalu=2024) for text in column.header)
        if column.in_rupiah and header[-1] != "Rp":
            header = (*header[:-1], f"{header[-1]} (Rp juta)")
        found = meaning(header)
        assert found is not None
        assert found.role == column.role or (found.role, column.role) == ("realisasi", "realisasi_kinerja")


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_formulas_need_no_more_than_excel_2010(kind: str, written: dict[str, Path]) -> None:
    all_formulas = formulas(written[kind])
    assert len(all_formulas) > 100
    assert [formula for formula in all_formulas if LATER.search(formula)] == []
    assert max(map(len, all_formulas)) < 8192
    assert not any(name.startswith("xl/vbaProject") for name in parts(written[kind]))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_longest_formula_stays_within_excels_limits_in_a_large_table(form: Form) -> None:
    """8,192 characters, 64 levels of functions in functions."""
    layout = Layout(form, 20_000, agreed=form.key == "pengukuran_kinerja")
    assert len(message(layout, layout.end - 1)) < 8192
    assert len(list(row_checks(layout, layout.first))) < 58


def test_the_guard_against_later_functions_can_fail() -> None:
    assert LATER.search("_xlfn.XLOOKUP(A1,B:B,C:C)") and LATER.search("IFS(A1>1,2)") and LATER.search("LET(x,1,x)")
    assert not LATER.search("COUNTIFS(A:A,1)+SUMIFS(B:B,A:A,1)+AVERAGEIFS(B:B,A:A,1)")


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_typed_cells_are_open_and_computed_ones_locked_without_a_password(
    kind: str, written: dict[str, Path]
) -> None:
    book = load_workbook(written[kind])
    for form in TEMPLATES[kind]:
        sheet = book[form.sheet]
        assert sheet.protection.sheet and sheet.protection.password is None
        assert not sheet.protection.insertRows and not sheet.protection.deleteRows  # False: not forbidden
        layout = Layout(form, form.ready)
        for column in form.columns:
            for row in (layout.first, layout.end - 1):
                cell = sheet.cell(row, layout.number(column.key))
                assert cell.protection.locked == (column.entry is Entry.COMPUTED), cell.coordinate
        assert sheet.freeze_panes and sheet.print_title_rows and sheet.print_area
        assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_sentences_fit_where_excel_shows_them(kind: str, written: dict[str, Path]) -> None:
    rules = [rule for sheet in load_workbook(written[kind]) for rule in sheet.data_validations.dataValidation]
    assert rules
    for rule in rules:
        assert len(rule.promptTitle or "") <= 32 and len(rule.errorTitle or "") <= 32
        assert len(rule.prompt or "") <= 255 and len(rule.error or "") <= 255
        assert rule.prompt or rule.type == "custom"


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_an_empty_template_is_said_to_be_empty(kind: str, written: dict[str, Path]) -> None:
    outcome = audit_workbook(written[kind])
    assert outcome.failure is not None and outcome.failure.code == "no_tables"
    assert "belum diisi" in outcome.failure.message.id


def test_more_rows_than_are_ready_make_room(tmp_path: Path) -> None:
    rows = tuple({"indikator": f"Indikator {number}", "satuan": "%"} for number in range(75))
    path = tmp_path / "many.xlsx"
    write_template("pengukuran-kinerja", path, Content(rows={"pengukuran_kinerja": rows}))
    place = read_workbook(path).names["PN_indikator"]
    assert place is not None and place[1].bottom - place[1].top > 80
