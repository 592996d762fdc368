"""LibreOffice as an independent reader: it opens what we write, and the live parts live in it."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from test_annotate import HEADING, LIVE, SHEET, make, parts, rewritten
from typedin import read_answers

from xlaudit.annotate import Mark, annotate, clean, is_annotated
from xlaudit.annotate.styles import ERROR_FILL, WARNING_FILL
from xlaudit.answers import Answer

SOFFICE = shutil.which("soffice")
if SOFFICE is None:
    pytest.skip("LibreOffice (soffice) is not installed", allow_module_level=True)

ACROSS = Mark(SHEET, "C4", "warning", "Berbeda dari PK.", "f2", live="C4<>'Kinerja & ''PK'' 2'!B1")

CSV = "csv:Text - txt - csv (StarCalc):44,34,76"

Convert = Callable[[str, list[Path], Path], None]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Converts several files in one call, in a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")

    def run(kind: str, files: list[Path], folder: Path) -> None:
        command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", kind, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    return run


def edited(source: Path, target: Path, change: dict[str, str]) -> Path:
    """The annotated file with other figures in cells of its first table, cached values of formulas gone.

    LibreOffice computes on loading what has no cached value.
    """
    content = parts(source)
    findings = next(name for name, data in content.items() if b"xlaudit:id" in data)
    status = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content[findings])
    sheet = content["xl/worksheets/sheet1.xml"]
    for cell, value in change.items():
        sheet, count = re.subn(rf'(<c r="{cell}"[^>]*><v>)[^<]*'.encode(), rb"\g<1>" + value.encode(), sheet)
        assert count == 1
    return rewritten(source, target, {findings: status, "xl/worksheets/sheet1.xml": sheet})


def painted(path: Path) -> list[str]:
    """The fill colours of a PDF, each once per page, as RRGGBB."""
    colours: list[str] = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", path.read_bytes(), re.DOTALL):
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            continue
        found = re.findall(rb"([0-9.]+) ([0-9.]+) ([0-9.]+) rg", content)
        colours += {"".join(f"{round(float(part) * 255):02X}" for part in colour) for colour in found}
    return colours


def test_highlight_and_status_go_out_when_the_figures_agree(convert: Convert, tmp_path: Path) -> None:
    annotated = tmp_path / "a.xlsx"
    annotate(make(tmp_path / "s.xlsx"), annotated, [LIVE, ACROSS], HEADING)
    files = [
        edited(annotated, tmp_path / "wrong.xlsx", {}),
        edited(annotated, tmp_path / "sum.xlsx", {"C2": "822400000"}),
        edited(annotated, tmp_path / "both.xlsx", {"C2": "500000005", "C4": "5"}),
    ]
    convert("pdf", files, tmp_path)
    convert(CSV, files, tmp_path)
    seen = {}
    for path in files:
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.reader(stream) if row[1:2] and row[1] in ("KESALAHAN", "PERINGATAN")]
        pages = painted(path.with_suffix(".pdf"))
        # On the page of the findings sheet the severities have these colours for good.
        colours = [pages.count(colour) - 1 for colour in (ERROR_FILL, WARNING_FILL)]
        seen[path.stem] = [row[9] for row in rows], colours
    assert seen == {
        "wrong": (["belum cocok", "belum cocok"], [1, 1]),
        "sum": (["cocok", "belum cocok"], [0, 1]),
        "both": (["cocok", "cocok"], [0, 0]),
    }


def test_after_libreoffice_saved_it_exactly_ours_goes(convert: Convert, tmp_path: Path) -> None:
    source, annotated = make(tmp_path / "s.xlsx"), tmp_path / "a.xlsx"
    marks = [LIVE, ACROSS, Mark(SHEET, "C3", "note", "x", "f3"), Mark("Rahasia", "A1", "note", "x", "f4")]
    annotate(source, annotated, marks, HEADING, answers={"f2": Answer("Sudah\nbenar.", "explained")})
    folder = tmp_path / "saved"
    convert("xlsx:Calc MS Excel 2007 XML", [annotated, source], folder)
    saved, cleaned = folder / "a.xlsx", tmp_path / "c.xlsx"
    assert is_annotated(saved)
    assert read_answers(saved) == {"f2": Answer("Sudah\nbenar.", "explained")}
    clean(saved, cleaned)
    assert not is_annotated(cleaned)
    content = parts(cleaned)
    assert not [name for name, data in content.items() if b"xlaudit" in data]
    new, old = openpyxl.load_workbook(cleaned), openpyxl.load_workbook(folder / "s.xlsx")
    assert new.sheetnames == old.sheetnames
    assert new.active.title == old.active.title
    assert list(new.defined_names) == list(old.defined_names)
    for one, two in zip(new, old, strict=True):
        assert {c.coordinate: c.value for row in one for c in row} == {
            c.coordinate: c.value for row in two for c in row
        }
        assert {c.coordinate: c.comment.text for row in one for c in row if c.comment} == {
            c.coordinate: c.comment.text for row in two for c in row if c.comment
        }
        assert [(str(r.sqref), [x.formula for x in r.rules]) for r in one.conditional_formatting] == [
            (str(r.sqref), [x.formula for x in r.rules]) for r in two.conditional_formatting
        ]
    convert(CSV, [cleaned], tmp_path)
    assert (tmp_path / "c.csv").exists()


def test_a_sheet_in_the_strict_form(tmp_path: Path) -> None:
    """What we add to a Strict workbook is in the Strict namespaces throughout."""
    source = tmp_path / "s.xlsx"
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, data in parts(make(tmp_path / "t.xlsx")).items()
    }
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in strict.items():
            archive.writestr(name, data)
    annotate(source, tmp_path / "a.xlsx", [LIVE, Mark("Rahasia", "A1", "note", "x")], HEADING)
    for name, data in parts(tmp_path / "a.xlsx").items():
        if name.endswith((".xml", ".rels")) and not name.startswith(("docProps", "xl/theme", "[")):
            etree.fromstring(data)
            assert b"schemas.openxmlformats.org/spreadsheetml" not in data, name
            assert b"schemas.openxmlformats.org/officeDocument/2006/relationships/comments" not in data, name
