"""``xlaudit whatif``: other figures tried without touching the file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xlsxwriter
from generate import slipped, write
from referencing import Registry, Resource

import xlaudit.reports
from xlaudit.audit import audit_workbook
from xlaudit.cells import Cell
from xlaudit.changes import WhatIf
from xlaudit.cli import main
from xlaudit.errors import BadUsage
from xlaudit.findings import Severity
from xlaudit.whatif import Wanted, parse_change, what_if

SAMPLES = Path(__file__).parents[1] / "samples"
TEN = SAMPLES / "templat-sepuluh-kesalahan.xlsx"
REPORT_SCHEMA, SCHEMA = (
    json.loads((Path(xlaudit.reports.__file__).parent / f"{name}.schema.json").read_text("utf-8"))
    for name in ("report", "whatif")
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """One table with formulas and a merge; the second sub kegiatan is 50 too low for the total."""
    path = tmp_path / "buku.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    percent = workbook.add_format({"num_format": "0.00%"})
    for name in ("Realisasi", "Lain's"):
        sheet = workbook.add_worksheet(name)
        sheet.write_row("A1", ["Realisasi Anggaran Tahun 2024"])
        sheet.write_row("A3", ["No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)"])
        for row, (pagu, spent) in enumerate(((1000, 900), (2000, 1450)), 4):
            sheet.write_row(row - 1, 0, [row - 3, f"Program {name} {row}", pagu, spent])
            sheet.write_formula(row - 1, 4, f"=ROUND(D{row}/C{row},4)", percent, round(spent / pagu, 4))
            sheet.write_formula(row - 1, 5, f"=C{row}-D{row}", None, pagu - spent)
        sheet.write_row("A6", ["", "Jumlah", 3000, 2400, 0.8, 600])
        sheet.write("E6", 0.8, percent)
        if name == "Realisasi":
            sheet.merge_range("A8:F8", "Sumber: Subbagian Keuangan")
    workbook.close()
    return path


def tried(path: Path, *changes: str) -> WhatIf:
    return what_if(path, [parse_change(change) for change in changes])


def cells(findings: tuple[object, ...]) -> list[tuple[str, str]]:
    return [(f.rule, f.place.cell) for f in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "sheet", "a1", "value", "percent"),
    [
        ("D8=175000000", None, "D8", Decimal(175_000_000), False),
        ("$D$8 = Rp. 175.000.000,-", None, "D8", Decimal(175_000_000), False),
        ("Realisasi!d8=92,5", "Realisasi", "D8", Decimal("92.5"), False),
        ("'Realisasi ''24'!D8=92,5 %", "Realisasi '24", "D8", Decimal("92.5"), True),
        ("D8=(1.234.567)", None, "D8", Decimal(-1_234_567), False),
        ("D8=-", None, "D8", "-", False),
        ("D8=", None, "D8", "", False),
        ("D8=54 Dokumen", None, "D8", "54 Dokumen", False),
        ("D8=a=b", None, "D8", "a=b", False),
    ],
)
def test_changes_as_people_write_them(text: str, sheet: str | None, a1: str, value: object, percent: bool) -> None:
    wanted = parse_change(text)
    assert (wanted.sheet, wanted.cell.a1, wanted.value, wanted.percent) == (sheet, a1, value, percent)


@pytest.mark.parametrize("text", ["", "D8", "=5", "8D=1", "Realisasi!=1", "XFE1=1", "A0=1", "A9999999=1", "D8=1.234"])
def test_what_cannot_be_tried_is_said(text: str) -> None:
    with pytest.raises(BadUsage) as caught:
        parse_change(text)
    assert caught.value.code == "bad_change"
    assert text in caught.value.text.id or "1.234" in caught.value.text.id


def test_the_right_figure_takes_its_findings_along(book: Path) -> None:
    found = tried(book, "Realisasi!D5=1500")
    assert ("RA102", "D6") in cells(found.gone)
    assert not found.come
    assert {shift.place.cell: (shift.before, shift.after) for shift in found.recomputed} == {
        "E5": ("72.5%", "75%"),
        "F5": ("550", "500"),
    }
    assert {f.place.sheet for f in found.after.findings if f.severity is Severity.ERROR} == {"Lain's"}
    assert found.same == len(found.after.findings)


def test_a_wrong_figure_brings_new_ones(book: Path) -> None:
    found = tried(book, "Realisasi!C4=100")
    assert ("RA105", "D4") in cells(found.come)
    assert ("RA102", "C6") in cells(found.come)


def test_a_finding_that_stays_with_another_difference(book: Path) -> None:
    found = tried(book, "Realisasi!D5=1400")
    [(before, after)] = [pair for pair in found.altered if pair[0].place.cell == "D6"]
    assert (before.computed, after.computed) == ("2350", "2300")


def test_a_percentage_is_typed_as_it_shows(book: Path) -> None:
    found = tried(book, "Realisasi!E4=90")
    assert found.typed[0].before == found.typed[0].after == "90%"
    assert not found.come
    assert not found.gone
    assert ("RA103", "E4") in cells(tried(book, "Realisasi!E4=95").come)


def test_clearing_and_words(book: Path) -> None:
    found = tried(book, "Realisasi!D4=", "Realisasi!B4=Program Baru")
    assert [(shift.before, shift.after) for shift in found.typed] == [
        ("900", None),
        ("Program Realisasi 4", "Program Baru"),
    ]
    assert ("ST106", "D4") in cells(found.come)


def test_the_sheet_may_be_left_out_where_only_one_can_be_meant(book: Path, tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="Realisasi"):
        tried(book, "D5=1500")
    assert tried(SAMPLES / "templat-pacitan-2024-e81.xlsx", "F9=1").typed[0].place.sheet


@pytest.mark.parametrize(
    ("change", "word"),
    [("Tidak!D5=1", "Tidak"), ("Realisasi!B8=1", "A8"), ("Realisasi!D5=1\nRealisasi!d5=2", "dua kali")],
)
def test_what_names_no_cell_of_the_workbook(book: Path, change: str, word: str) -> None:
    with pytest.raises(BadUsage, match=word):
        tried(book, *change.split("\n"))


def test_nothing_changes_by_typing_what_stands_there(book: Path) -> None:
    found = tried(book, "Realisasi!D5=1450", "Lain's!C4=1000")
    assert not found.gone and not found.come and not found.altered and not found.recomputed
    assert found.same == len(found.before.findings) > 0


def test_formulas_that_cannot_be_computed_keep_their_value(tmp_path: Path) -> None:
    path = tmp_path / "luar.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("R")
    sheet.write_row("A1", ["Program", "Pagu (Rp)", "Realisasi (Rp)", "Sisa (Rp)"])
    sheet.write_row("A2", ["Program A", 1000, 900])
    sheet.write_formula("D2", "='[lain.xlsx]S'!A1", None, 100)
    sheet.write_row("A3", ["Program B", 1000, 800, 200])
    workbook.close()
    found = tried(path, "C2=950")
    assert found.uncertain == 1
    assert not found.recomputed
    assert ("RA104", "D2") in cells(found.come)


@pytest.mark.parametrize("seed", range(40, 52))
def test_the_original_figure_makes_a_spoiled_workbook_whole(seed: int, tmp_path: Path) -> None:
    recipes = (("realisasi",), ("realisasi", "kinerja"))
    made, fault = slipped("digit mistyped", seed, recipes, lambda f: f.measure == "amount" and not f.live)
    path = tmp_path / "acak.xlsx"
    write(made, path)
    [((sheet, a1), (right,))] = fault.right.items()
    was = audit_workbook(path)
    original = Wanted(sheet, parse_change(f"{a1}=0").cell, Decimal(int(right)))
    found = what_if(path, [original])
    assert found.before.findings == was.findings
    assert not [f for f in found.after.findings if f.severity is not Severity.NOTE]


def test_the_file_is_left_alone_and_the_command_says_what_it_saw(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = book.read_bytes()
    assert main(["whatif", str(book), "Realisasi!D5=1500", "Lain's!D5=1500"]) == 0
    text = capsys.readouterr().out
    assert "Realisasi!D5  1.450 → 1.500" in text
    assert "Temuan yang hilang" in text
    assert main(["whatif", str(book), "Realisasi!D5=1500", "--lang", "en"]) == 1
    assert "Findings that would go" in capsys.readouterr().out
    assert main(["whatif", str(book), "D5=1500"]) == 2
    assert "lebih dari satu lembar" in capsys.readouterr().err
    assert main(["whatif", str(book)]) == 2
    assert main(["whatif", "tiada.xlsx", "D5=1"]) == 2
    assert book.read_bytes() == content
    assert not list(book.parent.glob("*.audit.*"))


def test_json_follows_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatif", str(TEN), "Realisasi Anggaran!E13=272.726.725", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    known: Registry[Any] = Resource.from_contents(REPORT_SCHEMA) @ Registry()
    jsonschema.Draft202012Validator(SCHEMA, registry=known).validate(data)
    assert {(f["rule"], f["cell"]) for f in data["gone"]} >= {("RA101", "E13"), ("RA101", "G13")}
    assert data["summary"]["before"]["error"] - data["summary"]["after"]["error"] == len(data["gone"])
    assert {"sheet": "Realisasi Anggaran", "cell": "G13", "before": "7163275", "after": "6963275"} in data["recomputed"]


def test_cells_are_numbered_from_one() -> None:
    assert parse_change("A1=1").cell == Cell(1, 1)
