"""Filled templates as they come back: untouched by other programs, and with each change told exactly."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filledtemplate import audited, edited, filled, structure, through_libreoffice
from openpyxl.workbook.defined_name import DefinedName

from xlaudit.findings import Finding, Severity
from xlaudit.reading.book import read_book
from xlaudit.schemas.forms import PROPERTY, TEMPLATES, VERSION, VERSION_PROPERTY

RA = "Realisasi Anggaran"
KINDS = pytest.mark.parametrize("kind", TEMPLATES)


def short(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.place.sheet, finding.place.cell) for finding in findings]


# -- must stay quiet --------------------------------------------------------------------------------------------


@KINDS
def test_a_filled_template_is_known_and_clean(kind: str, tmp_path: Path) -> None:
    outcome = audited(filled(tmp_path, kind))
    assert outcome.template == (kind, VERSION)
    assert outcome.findings == ()
    assert outcome.checks > 50


@KINDS
def test_saved_by_a_library_without_values(kind: str, tmp_path: Path) -> None:
    outcome = audited(edited(filled(tmp_path, kind), lambda book: None))
    assert outcome.template == (kind, VERSION)
    assert outcome.findings == ()


@KINDS
def test_saved_by_libreoffice(kind: str, tmp_path: Path) -> None:
    outcome = audited(through_libreoffice(filled(tmp_path, kind), tmp_path / "profile"))
    assert outcome.template == (kind, VERSION)
    assert outcome.findings == ()


def properties_lost(book: Any) -> None:
    for name in (PROPERTY, VERSION_PROPERTY):
        del book.custom_doc_props[name]


@KINDS
def test_without_its_properties_the_names_tell(kind: str, tmp_path: Path) -> None:
    outcome = audited(edited(filled(tmp_path, kind), properties_lost))
    assert outcome.template == (kind, VERSION)
    assert outcome.findings == ()


def names_lost(book: Any) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def test_names_that_were_lost_altogether_are_no_deleted_sheets(tmp_path: Path) -> None:
    template = read_book(edited(filled(tmp_path, "lkjip"), names_lost)).template
    assert template is not None and template.kind == "lkjip" and template.changes == ()


def in_small_letters(book: Any) -> None:
    for name, defined in list(book.defined_names.items()):
        del book.defined_names[name]
        book.defined_names[name.lower()] = DefinedName(name.lower(), attr_text=defined.attr_text)


def test_names_in_other_letters(tmp_path: Path) -> None:
    path = edited(filled(tmp_path, "lkjip"), in_small_letters)
    template = read_book(path).template
    assert template is not None and template.changes == () and template.identity["Tahun"].text == "2025"


def another_version(book: Any) -> None:
    book.custom_doc_props[VERSION_PROPERTY].value = "99"
    book[RA]["F6"] = 90


def test_of_another_version_nothing_is_told(tmp_path: Path) -> None:
    path = edited(filled(tmp_path, "realisasi-anggaran"), another_version)
    assert audited(path).template == ("realisasi-anggaran", "99")
    assert structure(path) == []


def columns_deleted_without_their_names(book: Any) -> None:
    book[RA].delete_cols(3)


def test_names_that_do_not_fit_the_cells_are_not_believed(tmp_path: Path) -> None:
    """A library deletes cells and leaves names and formulas where they were."""
    path = edited(filled(tmp_path, "realisasi-anggaran"), columns_deleted_without_their_names)
    template = read_book(path).template
    assert template is not None and template.changes == ()


def test_another_workbook_is_no_template(tmp_path: Path) -> None:
    path = edited(filled(tmp_path, "realisasi-anggaran"), lambda book: (properties_lost(book), names_lost(book)))
    assert audited(path).template is None


# -- identity ---------------------------------------------------------------------------------------------------


def example_agency(book: Any) -> None:
    book["Identitas"]["C4"] = "Kabupaten Contoh"


def test_the_agency_of_the_example(tmp_path: Path) -> None:
    [finding] = structure(edited(filled(tmp_path, "pengukuran-kinerja"), example_agency))
    assert short([finding]) == [("ST105", "Identitas", "C4")]
    assert finding.severity is Severity.ERROR
    assert finding.live == 'TRIM(C4)="Kabupaten Contoh"'


# -- edited as people do it -------------------------------------------------------------------------------------

LEAF = ("1.06.02.2.01.0007", "Sub Kegiatan Pemeliharaan", 5_000_000, 5_000_000, 4_000_000)


def typed_row(row: int) -> list[list[object]]:
    return [["put", RA, f"{column}{row}", content] for column, content in zip("ABCDE", LEAF, strict=True)]


EDITS: dict[str, list[list[object]]] = {
    "a row inserted with its formulas": [["insert_rows", RA, 9, 1], ["copy_row", RA, 40, 9], *typed_row(9)],
    "rows deleted, filled and empty ones": [["delete_rows", RA, 8, 1], ["delete_rows", RA, 20, 30]],
    "rows sorted": [["sort", "Pengukuran Kinerja", "A6:J8", 2], ["sort", "Perjanjian Kinerja", "A6:F8", 2]],
    "a heading among the rows": [["insert_rows", RA, 6, 1], ["put", RA, "B6", "URUSAN SOSIAL"]],
    "empty rows cleared": [["clear", RA, "A20:H60"]],
    "a row inserted without formulas": [["insert_rows", RA, 9, 1], *typed_row(9)],
    "one cell typed": [["put", RA, "F8", 91.43]],
    "a parent typed": [["put", RA, "D6", 250_000_000]],
    "a block pasted as values": [["paste_values", RA, "A6:H14"]],
    "two columns pasted as values": [["paste_values", RA, "F6:G14"]],
    "a computed column deleted": [["delete_column", RA, 6]],
    "a typed column deleted": [["delete_column", RA, 3]],
    "a column put in": [["insert_column", RA, 8]],
    "two sheets deleted": [["delete_sheet", "Efisiensi"], ["delete_sheet", "Perbandingan"]],
    "a sheet renamed": [["rename", RA, "Realisasi 2025"]],
    "a heading replaced": [["put", RA, "H4", "Sumber Dana"]],
    "a sum of its own": [["put", RA, "D6", "=SUM(D8:D9)"]],
    "formulas cleared": [["clear", RA, "F7:G9"]],
}
FOUND: dict[str, list[tuple[str, str, str]]] = {
    "a row inserted without formulas": [("ST108", RA, "F9")],
    "one cell typed": [("ST107", RA, "F8")],
    "a parent typed": [("ST107", RA, "D6")],
    "a block pasted as values": [("ST107", RA, "C6")],
    "two columns pasted as values": [("ST107", RA, "F6")],
    "a computed column deleted": [("ST110", RA, "E4")],
    "a typed column deleted": [("ST110", RA, "B4")],
    "two sheets deleted": [("ST112", "Perjanjian Kinerja", "A4")],
    "a sheet renamed": [("ST112", "Realisasi 2025", "A1")],
    "a heading replaced": [("ST111", RA, "H4")],
    "a sum of its own": [("ST109", RA, "D6")],
    "formulas cleared": [("ST108", RA, "F7")],
}
"""What is found after an edit, in reading order; nothing after the others."""
PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def edits(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A template after each edit, made by LibreOffice in one call."""
    if subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("LibreOffice cannot be driven: the system's Python has no module uno (python3-uno)")
    folder = tmp_path_factory.mktemp("edits")
    source = filled(folder, "lkjip")
    target = {name: folder / f"{number}.xlsx" for number, name in enumerate(EDITS)}
    jobs = [[str(source), str(target[name]), steps] for name, steps in EDITS.items()]
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    script = Path(__file__).with_name("office_edits.py")
    command = [PYTHON, str(script), str(folder / "profile"), str(folder / "jobs.json")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return lambda name: target[name]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_exactly_or_not_at_all(name: str, edits: Callable[[str], Path]) -> None:
    path = edits(name)
    assert short(structure(path)) == FOUND.get(name, [])
    assert audited(path).template == ("lkjip", VERSION)


def test_the_sentence_about_a_block(edits: Callable[[str], Path]) -> None:
    [finding] = structure(edits("two columns pasted as values"))
    assert finding.message.id == (
        "Rumus di 18 sel tertimpa nilai yang ditempel atau diketik: baris 6–14, kolom F–G (Serapan, Sisa Anggaran)."
    )
    assert finding.advice is not None
    assert finding.advice.id == (
        "Buka proteksi lembar, lalu salin rumusnya kolom demi kolom dari baris 15, yang rumusnya masih ada."
    )
