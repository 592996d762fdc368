"""The samples in the template: every figure is a printed one, every mistake is found, LibreOffice changes nothing.

After a change of the template or of the rules: ``python samples/templates.py && python samples/expect.py``, and read
the difference by eye.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

from mistakes import write_ten_mistakes  # noqa: E402
from office import load  # noqa: E402
from templates import REPORTS, Tables, main  # noqa: E402

from xlaudit.audit import audit_workbook  # noqa: E402
from xlaudit.cells import parse_cell  # noqa: E402
from xlaudit.findings import Finding, Place  # noqa: E402
from xlaudit.reading.grid import read_workbook  # noqa: E402
from xlaudit.templates import Content  # noqa: E402

TEN = "templat-sepuluh-kesalahan"
NAMES = [*REPORTS, TEN]
Spot = tuple[str, str, str]
"""Rule, sheet and cell of a finding."""

MISTAKES: dict[int, Spot] = {
    1: ("ST107", "Realisasi Anggaran", "G9"),
    2: ("ST107", "Realisasi Anggaran", "E13"),
    3: ("RA105", "Realisasi Anggaran", "E23"),
    4: ("XT102", "Anggaran PK", "D8"),
    5: ("NU103", "Realisasi Anggaran", "E21"),
    6: ("ST105", "Realisasi Anggaran", "A30"),
    7: ("ST112", "Perbandingan 2024-2025", "A1"),
    8: ("ST107", "Pengukuran Kinerja", "I7"),
    9: ("XT101", "Pengukuran Kinerja", "F8"),
    10: ("ST106", "Realisasi Anggaran", "E28"),
}
"""The table in samples/README.md. The ninth may be told at either of the two cells that disagree."""

FOLLOWS: set[Spot] = {
    ("RA104", "Realisasi Anggaran", "G9"),
    ("RA101", "Realisasi Anggaran", "G7"),
    *(("RA101", "Realisasi Anggaran", cell) for cell in ("E6", "G6", "E13", "G13")),
    ("RA105", "Realisasi Anggaran", "E22"),
    ("RA101", "Realisasi Anggaran", "E18"),
}
"""What else the mistakes make wrong: sums above them, sisa beside them."""

DESERVED: dict[str, set[Spot]] = {
    "templat-pacitan-2024": {
        ("XT102", "Realisasi Anggaran", "D6"),
        ("KO102", "Anggaran PK", "A6"),  # the report writes its codes 106.01 for 1.06.01
        ("KO102", "Kinerja Program", "A7"),
        ("KO102", "Realisasi Anggaran", "A6"),
        ("KO102", "Efisiensi", "A6"),
    },
    "templat-pacitan-2024-e81": {
        ("ST113", "Evaluasi Triwulan", "A9"),
        ("KO101", "Evaluasi Triwulan", "A9"),
        ("KO102", "Evaluasi Triwulan", "A7"),
        *(("KI112", "Evaluasi Triwulan", cell) for cell in ("V11", "Z8", "Z9", "Z11")),
    },
    "templat-magetan-2024": {("XT102", "Realisasi Anggaran", "D20")},
    "templat-mojokerto-2024": {("NU102", "Realisasi Anggaran", "E13")},
    "templat-mojokerto-2021": {("XT101", "Pengukuran Kinerja", "F7"), ("KO105", "Realisasi Anggaran", "B6")},
    "templat-kutai-kartanegara-2023": set(),
}
"""What the printed figures deserve, read against the reports."""

LEAVES: dict[str, tuple[str, str]] = {
    "templat-pacitan-2024": ("14025195057", "12907081721.5"),
    "templat-magetan-2024": ("24175862284", "23594861370"),
    "templat-mojokerto-2024": ("15419906990", "14536004444"),
    "templat-mojokerto-2021": ("13174839520", "9268118489"),
    "templat-kutai-kartanegara-2023": ("49049882101", "40427401671"),
}
"""What pagu and realisasi of the rows without rows below them add up to. They are the printed totals, save for
Mojokerto 2024, where 87.106.000 of the 14.623.110.444 is printed ``8.7106.000`` and stays a text, and for Kutai
Kartanegara, whose printed total of pagu is 1.000 short."""


@lru_cache
def tables(name: str) -> Tables:
    return load(SAMPLES / "data" / f"{REPORTS[name][0]}.json")


@lru_cache
def typed(name: str) -> Content:
    return REPORTS[name][2](tables(name))


def spots(findings: tuple[Finding, ...]) -> set[Spot]:
    return {(finding.rule, finding.place.sheet, finding.place.cell) for finding in findings}


def printed_figures(text: str) -> set[Decimal]:
    """Every way to read the figures of a printed cell: comma for decimals, or for both separators."""
    found: set[Decimal] = set()
    for token in re.findall(r"[0-9][0-9.,]*", text):
        whole, _, cents = token.strip(".,").rpartition(",")
        for reading in (token.strip(".,").replace(".", "").replace(",", "."), f"{whole.replace(',', '')}.{cents}"):
            if re.fullmatch(r"[0-9]+(\.[0-9]+)?", reading):
                found.add(Decimal(reading))
    return found


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two builds, one beside the other; the first is returned."""
    root = tmp_path_factory.mktemp("templates")
    for part in ("one", "two"):
        command = [sys.executable, str(SAMPLES / "templates.py"), "--output", str(root / part)]
        subprocess.run(command, check=True)
    return root / "one"


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples after LibreOffice has opened, computed and saved them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("recalculated")
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    command += [str(SAMPLES / f"{name}.xlsx") for name in NAMES]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_rebuilding_gives_identical_bytes(name: str, rebuilt: Path) -> None:
    file = f"{name}.xlsx"
    assert (rebuilt / file).read_bytes() == (rebuilt.parent / "two" / file).read_bytes()
    # The committed workbook part by part: how zlib packs a part differs between its builds.
    with zipfile.ZipFile(rebuilt / file) as new, zipfile.ZipFile(SAMPLES / file) as committed:
        assert new.namelist() == committed.namelist()
        for part in new.namelist():
            assert new.read(part) == committed.read(part), part


@pytest.mark.parametrize("name", REPORTS)
def test_everything_typed_is_printed(name: str) -> None:
    cells = [text for table in tables(name).values() for line in table.rows for text in line]
    figures = set().union(*map(printed_figures, cells))
    words = " | ".join(cells).casefold()
    count = 0
    for form, lines in typed(name).rows.items():
        for line in lines:
            for key, value in line.items():
                if key in ("kode", "arah", "sifat"):
                    continue
                count += 1
                assert value in figures if isinstance(value, Decimal) else value.casefold() in words, (form, key, value)
    assert count > 40


@pytest.mark.parametrize("name", LEAVES)
def test_the_typed_amounts_add_up_to_the_printed_totals(name: str) -> None:
    lines = typed(name).rows["realisasi_anggaran"]
    for key, expected in zip(("pagu_setelah", "realisasi"), LEAVES[name], strict=True):
        assert sum(value for line in lines if isinstance(value := line.get(key), Decimal)) == Decimal(expected)


def test_odd_print_is_typed_as_printed() -> None:
    texts = {
        (name, key, value)
        for name in REPORTS
        for lines in typed(name).rows.values()
        for line in lines
        for key, value in line.items()
        if isinstance(value, str) and (re.match(r"[0-9]", value) or value in ("-", ">B")) and key != "kode"
    }
    assert texts == {
        ("templat-pacitan-2024", "target_setelah", "87.00 %"),
        ("templat-pacitan-2024", "realisasi", "-"),
        ("templat-pacitan-2024", "target", ">B"),
        ("templat-pacitan-2024", "realisasi", ">B"),
        ("templat-magetan-2024", "target_sebelum", "-"),
        ("templat-mojokerto-2024", "realisasi", "8.7106.000"),
        ("templat-kutai-kartanegara-2023", "realisasi", "-"),
    }


@pytest.mark.parametrize("name", REPORTS)
def test_a_filled_report_gives_the_findings_that_its_figures_deserve(name: str) -> None:
    found = spots(audit_workbook(SAMPLES / f"{name}.xlsx").findings)
    assert found == DESERVED[name]


@pytest.mark.parametrize("number", MISTAKES)
def test_a_mistake_is_found_at_its_cell(number: int) -> None:
    """At the cell itself, or at the other one of a pair with the cell as the repair of the diagnosis."""
    rule, sheet, cell = MISTAKES[number]
    outcome = audit_workbook(SAMPLES / f"{TEN}.xlsx")
    found = {finding.id: finding for finding in outcome.findings if finding.rule == rule}
    places = {finding.place for finding in found.values()}
    mended = {repair.place for d in outcome.diagnoses if found.keys() & set(d.explains) for repair in d.repairs}
    assert Place(sheet, cell) in places | (mended if number == 4 else set())


def test_nothing_but_the_ten_mistakes_and_what_follows_is_found() -> None:
    findings = audit_workbook(SAMPLES / f"{TEN}.xlsx").findings
    others = spots(findings) - set(MISTAKES.values()) - FOLLOWS
    assert others == {("XT102", "Realisasi Anggaran", "D25")}


def test_a_renamed_sheet_leaves_no_trace_of_its_old_name_in_references(tmp_path: Path) -> None:
    write_ten_mistakes(tmp_path / "ten.xlsx")
    with zipfile.ZipFile(tmp_path / "ten.xlsx") as package:
        for part in package.namelist():
            assert not re.search(r"(?<!#)(?<!#')(?<!\w)'?Perbandingan'?!", package.read(part).decode("utf-8")), part


@pytest.mark.parametrize("name", NAMES)
def test_recalculation_changes_no_finding(name: str, recalculated: Path) -> None:
    before, after = (audit_workbook(folder / f"{name}.xlsx") for folder in (SAMPLES, recalculated))
    assert [(f.rule, f.place, f.message) for f in before.findings] == [
        (f.rule, f.place, f.message) for f in after.findings
    ]
    assert before.template == after.template


TOLD_BY_CHECK_ONLY = {
    ("templat-pacitan-2024", "Pengukuran Kinerja", 6): "a target typed as 87.00 % is a text to Excel",
    ("templat-pacitan-2024", "Realisasi Anggaran", 43): "a dash is no number",
    **dict.fromkeys(
        (("templat-pacitan-2024-e81", "Evaluasi Triwulan", row) for row in (7, 10, 12)), "falling quarters"
    ),
    **dict.fromkeys((("templat-mojokerto-2021", "Perjanjian Kinerja", row) for row in (6, 7, 8)), "only one target"),
    ("templat-kutai-kartanegara-2023", "Pengukuran Kinerja", 13): "the target is a predikat",
}
"""Rows that the column Periksa tells of and the audit does not, and what it is."""


@pytest.mark.parametrize("name", NAMES)
def test_every_row_that_the_template_warns_of_is_told_by_the_audit(name: str, recalculated: Path) -> None:
    told = {
        (place.sheet, parse_cell(place.cell).row)
        for finding in audit_workbook(SAMPLES / f"{name}.xlsx").findings
        for place in (finding.place, *finding.because)
    }
    warned = 0
    for sheet in read_workbook(recalculated / f"{name}.xlsx").sheets:
        heads = [cell for line in sheet.rows.values() for cell, stored in line.items() if stored.text == "Periksa"]
        for row, line in sheet.rows.items() if heads else ():
            text = line[heads[0]].text if heads[0] in line else ""
            if text and text != "Periksa" and (name, sheet.name, row) not in TOLD_BY_CHECK_ONLY:
                warned += 1
                assert (sheet.name, row) in told, text
    assert warned or not name.endswith("sepuluh-kesalahan")


def test_main_is_the_way_to_write_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["templates.py", "--output", str(tmp_path)])
    main()
    assert {path.stem for path in tmp_path.iterdir()} == set(NAMES)
