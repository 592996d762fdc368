"""The findings sheet held against the same sheet written by XlsxWriter.

openpyxl reads what our sheet is meant to be: cells, sizes, rules, validations, protection, how it prints. XlsxWriter
writes a sheet that is all this. Then both parts must be equal, element by element, but for what ``FORGIVEN`` lists.
"""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from soundness import local, parts
from test_annotate import HEADING, LIVE, SHEET, make

from xlaudit.annotate import Mark, annotate

FORGIVEN = {
    "c/@s": "numbers of formats",
    "cfRule/@dxfId": "likewise",
    "c/@t, is": "XlsxWriter puts texts among the shared strings, we beside the cell; the text is compared",
    "row/@spans": "a hint for reading fast, which may be left out",
    "row/@ht, row/@customHeight": "XlsxWriter rounds to whole pixels, and fixes every height that it is given",
    "sqref": "J7:J7 is J7",
    "dimension": "XlsxWriter does not count what has a format and no value",
    "pane/@topLeftCell, selection": "which cell the pointer stands on",
    "sheetView/@tabSelected": "XlsxWriter's first sheet is the active one",
    "pageSetup/@fitToWidth": "1 is what is meant where nothing is said",
    "col": "XlsxWriter joins neighbours of one width, and rounds a width to whole pixels",
}
OWN = "Hasil Audit"
MARKS = [
    LIVE,
    Mark(SHEET, "C3", "warning", "Perlu <penjelasan>.", "f2", stated="1234.5", live="C3<>'Rahasia'!A1"),
    Mark(SHEET, "B9", "note", "Gaya & isi.", "f3", label="Program B"),
]


def made_by_xlsxwriter(sheet: Worksheet, values: Worksheet, ignored: list[str], path: Path) -> bytes:
    """``ignored`` are areas of numbers stored as text, which openpyxl does not read."""
    book = xlsxwriter.Workbook(path)
    new = book.add_worksheet(OWN)
    new.set_tab_color(f"#{sheet.sheet_properties.tabColor.rgb[2:]}")
    new.hide_gridlines(2 if not sheet.sheet_view.showGridLines else 0)
    new.freeze_panes(sheet.freeze_panes)
    for letter, size in sheet.column_dimensions.items():
        at = f"{letter}:{letter}"
        new.set_column(at, size.width - 0.7109375, None, {"hidden": size.hidden})
    for number, row in sheet.row_dimensions.items():
        options = {"level": row.outlineLevel, "hidden": row.hidden, "collapsed": row.collapsed}
        new.set_row(number - 1, row.height, None, options)
    new.outline_settings(True, sheet.sheet_properties.outlinePr.summaryBelow, True, False)
    for merged in sheet.merged_cells.ranges:
        new.merge_range(merged.coord, "")
    blank = book.add_format({"bold": True})
    for cell in list(sheet._cells.values()):
        if cell.data_type == "f":
            new.write_formula(cell.coordinate, cell.value, None, values[cell.coordinate].value)
        elif cell.value is None:
            new.write_blank(cell.coordinate, None, blank)
        else:
            new.write(cell.coordinate, cell.value)
    lock = sheet.protection
    forbidden = {"format_columns": lock.formatColumns, "format_rows": lock.formatRows, "autofilter": lock.autoFilter}
    new.protect("", {name: not value for name, value in forbidden.items()})
    if sheet.auto_filter.ref:
        new.autofilter(sheet.auto_filter.ref)
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            options = {"type": "formula", "criteria": f"={rule.formula[0]}", "format": blank}
            new.conditional_format(str(area.sqref), options)
    for check in sheet.data_validations.dataValidation:
        options = {"validate": "any", "input_title": check.promptTitle, "input_message": check.prompt}
        options |= {"show_error": bool(check.showErrorMessage)}
        if check.type == "list":
            choices = check.formula1.strip('"').split(",")
            options |= {"validate": "list", "source": choices, "error_title": check.errorTitle}
            options |= {"error_message": check.error}
        new.data_validation(str(check.sqref), options)
    for link in sheet._hyperlinks:
        new.write_url(link.ref, f"internal:{link.location}", None, sheet[link.ref].value, link.tooltip)
    for area in ignored:
        new.ignore_errors({"number_stored_as_text": area})
    _printed_alike(sheet, new)
    book.close()
    return parts(path)["xl/worksheets/sheet1.xml"]


def _printed_alike(sheet: Worksheet, new: xlsxwriter.worksheet.Worksheet) -> None:
    if sheet.page_setup.orientation == "landscape":
        new.set_landscape()
    new.set_paper(int(sheet.page_setup.paperSize))
    new.fit_to_pages(1, sheet.page_setup.fitToHeight)
    if sheet.print_options.horizontalCentered:
        new.center_horizontally()
    margins = sheet.page_margins
    new.set_margins(margins.left, margins.right, margins.top, margins.bottom)
    footer = "".join(
        f"&{side}&{part.size} {part.text}"
        for side, part in zip("LCR", (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right), strict=True)
        if part.text
    )
    new.set_footer(footer.replace("&[Page]", "&P").replace("&[Pages]", "&N"), {"margin": margins.footer})


def told(element: etree._Element, strings: list[str]) -> object:
    name = local(element)
    attributes = {etree.QName(key).localname: value for key, value in element.attrib.items()}
    for path in FORGIVEN:
        for part in path.split(", "):
            owner, _, attribute = part.partition("/@")
            if owner == name and attribute:
                attributes.pop(attribute, None)
    if "sqref" in attributes:
        attributes["sqref"] = re.sub(r"\b(\w+):\1\b", r"\1", attributes["sqref"])
    if name == "c":
        value = element.findtext("{*}v") or "".join(element.itertext())
        if element.get("t") == "s":
            value = strings[int(value)]
        return ["c", attributes.get("r"), element.findtext("{*}f"), value.strip()]
    if name == "cols":
        return ["cols", [(number, col.get("hidden")) for number, col in columns(element).items()]]
    gone = {part for path in FORGIVEN for part in path.split(", ") if "/" not in part}
    children = [told(child, strings) for child in element if local(child) not in gone]
    return [name, sorted(attributes.items()), (element.text or "").strip(), children]


def columns(cols: etree._Element) -> dict[int, etree._Element]:
    return {n: col for col in cols for n in range(int(col.get("min", "0")), int(col.get("max", "0")) + 1)}


@pytest.mark.parametrize("marks", [MARKS, []], ids=["findings", "none"])
def test_the_findings_sheet_is_as_xlsxwriter_writes_it(marks: list[Mark], tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    annotate(make(tmp_path / "s.xlsx"), target, marks, HEADING)
    content = parts(target)
    ours = next(data for data in content.values() if b"xlaudit:id" in data and b"<worksheet" in data)
    sheet = openpyxl.load_workbook(target)[OWN]
    values = openpyxl.load_workbook(target, data_only=True)[OWN]
    ignored = [element.get("sqref", "") for element in etree.fromstring(ours).iter("{*}ignoredError")]
    theirs = made_by_xlsxwriter(sheet, values, ignored, tmp_path / "x.xlsx")
    strings = [
        "".join(item.itertext()) for item in etree.fromstring(parts(tmp_path / "x.xlsx")["xl/sharedStrings.xml"])
    ]
    got, expected = told(etree.fromstring(ours), []), told(etree.fromstring(theirs), strings)
    assert isinstance(got, list) and isinstance(expected, list)
    assert [child[0] for child in got[3]] == [child[0] for child in expected[3]]
    for one, two in zip(got[3], expected[3], strict=True):
        for mine, theirs_too in zip(one[-1], two[-1], strict=True):
            assert mine == theirs_too
        assert one == two
    wide, other = (columns(etree.fromstring(data).find("{*}cols")) for data in (ours, theirs))
    assert all(abs(float(wide[n].get("width")) - float(other[n].get("width"))) < 1 / 7 for n in wide)


@pytest.mark.parametrize(
    ("standing", "changed"),
    [
        (b'fitToHeight="0"', b'fitToHeight="1"'),
        (b'orientation="landscape"', b'orientation="portrait"'),
        (b'ySplit="6"', b'ySplit="5"'),
        (b"<f>", b"<f>1+"),
        (b">Hasil Audit<", b">Hasil<"),
        (b'summaryBelow="0"', b'summaryBelow="1"'),
        (b"&amp;P", b"&amp;N"),
    ],
)
def test_the_comparison_can_fail(standing: bytes, changed: bytes, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    annotate(make(tmp_path / "s.xlsx"), target, MARKS, HEADING)
    ours = next(data for data in parts(target).values() if b"xlaudit:id" in data and b"<worksheet" in data)
    assert standing in ours
    new = ours.replace(standing, changed, 1)
    assert told(etree.fromstring(ours), []) != told(etree.fromstring(new), [])
