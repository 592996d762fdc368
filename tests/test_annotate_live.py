"""An office mends its workbook in LibreOffice: highlights go out, states turn, links follow, answers stay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from liveness import Edit, Lit, Office, office_or_skip, rows_of
from typedin import read_answers

from xlaudit.annotate import clean
from xlaudit.answers import Answer
from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.resubmission.files import compare_files

office_or_skip()

SAMPLES = Path(__file__).parents[1] / "samples"
SAMPLE, SHEET = "magetan-2024", "Anggaran"
AGREES, OPEN, LATER = "cocok", "belum cocok", "diperiksa saat audit ulang"
RIGHT = 175_000_000

EDITS: dict[str, tuple[list[Edit], dict[str, int]]] = {
    "untouched": ([], {}),
    "mended": ([["put", SHEET, "E22", RIGHT]], {}),
    "row above": ([["insert_rows", SHEET, 1, 2], ["put", SHEET, "E24", RIGHT]], {SHEET: 2}),
    "row inside": ([["insert_rows", SHEET, 25, 1], ["put", SHEET, "E22", RIGHT]], {}),
    "row left out": ([["delete_rows", SHEET, 22, 1]], {}),
}
"""What is done, and by how many rows cells up to row 22 move."""


class Edited(NamedTuple):
    path: Path
    rows: dict[str, dict[str, object]]
    lit: Lit


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's annotated copy, answered in the row of the cause and in a finding's own row."""
    folder = tmp_path_factory.mktemp("live")
    main(["audit", str(SAMPLES / f"{SAMPLE}.xlsx"), "--output", str(folder), "--report", str(folder / "r.txt")])
    return folder / f"{SAMPLE}.audit.xlsx"


@pytest.fixture(scope="module")
def edited(annotated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edited]:
    office = Office(tmp_path_factory.mktemp("office"))
    sheet = openpyxl.load_workbook(annotated).worksheets[0]
    head = next(row for row in range(7, 60) if str(sheet.cell(row, 14).value) == cause(annotated))
    answers: list[Edit] = [["put", sheet.title, f"K{head}", "Sudah kami betulkan."]]
    answers += [["put", sheet.title, f"L{head}", "diperbaiki"], ["put", sheet.title, "L7", "tidak setuju"]]
    folder = annotated.parent
    jobs = [(annotated, folder / f"{name}.xlsx", answers + edits) for name, (edits, _) in EDITS.items()]
    office.edit(jobs)
    lit = office.lit([target for _, target, _ in jobs])
    return {
        name: Edited(target, rows_of(target), found)
        for name, (_, target, _), found in zip(EDITS, jobs, lit, strict=True)
    }


def cause(path: Path) -> str:
    """The id under which the cell of the dropped digit is listed."""
    rows = rows_of(path).items()
    return next(name for name, row in rows if name.startswith("sebab-") and row["Sel"] == "Anggaran!E22")


def moved(place: str, by: dict[str, int]) -> str:
    sheet, _, cell = place.rpartition("!")
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    return f"{sheet}!{column}{int(row) + by.get(sheet, 0)}"


def test_nothing_goes_out_where_nothing_was_mended(edited: dict[str, Edited], tmp_path: Path) -> None:
    _, rows, lit = edited["untouched"]
    assert {row["Keadaan"] for row in rows.values()} == {OPEN, LATER}
    assert all(all(on) for on in lit.values()) and lit
    others = [path for path in sorted(SAMPLES.glob("*.xlsx")) if path.stem != SAMPLE]
    jobs = []
    for path in others:
        main(["audit", str(path), "--output", str(tmp_path), "--report", str(tmp_path / "r.txt")])
        jobs.append((tmp_path / f"{path.stem}.audit.xlsx", tmp_path / f"{path.stem}.xlsx", []))
    office = Office(tmp_path)
    office.edit(jobs)
    for (_, saved, _), lit in zip(jobs, office.lit([target for _, target, _ in jobs]), strict=True):
        assert {row["Keadaan"] for row in rows_of(saved).values()} <= {OPEN, LATER}, saved.name
        assert all(all(on) for on in lit.values()), saved.name


@pytest.mark.parametrize("name", ["mended", "row above", "row inside"])
def test_the_mended_cell_and_what_followed_from_it_agree(name: str, edited: dict[str, Edited]) -> None:
    path, rows, lit = edited[name]
    by = EDITS[name][1]
    left = {finding.id for finding in audit_workbook(path).findings}
    heads = {row: place for row, place in rows.items() if row.startswith("sebab-")}
    assert [name for name in heads if rows[name]["Keadaan"] == AGREES], "the cause itself turned"
    gone = {name for name, row in rows.items() if row["Keadaan"] == AGREES} - heads.keys()
    assert gone and not gone & left, "what is said to agree is found no more"
    still = {name for name, row in rows.items() if row["Keadaan"] == OPEN} - heads.keys()
    assert still <= left
    assert lit[SHEET, moved("Anggaran!E22", by).partition("!")[2]] == [False, False, False]
    dark = {f"{sheet}!{cell}" for (sheet, cell), on in lit.items() if not any(on)}
    assert dark == {row["Sel"] for row in rows.values() if row["Keadaan"] == AGREES}


def test_links_follow_their_cells(annotated: Path, edited: dict[str, Edited]) -> None:
    before, (_, rows, _) = rows_of(annotated), edited["row above"]
    assert {name: row["Sel"] for name, row in rows.items()} == {
        name: moved(str(row["Sel"]), {SHEET: 2}) for name, row in before.items()
    }
    formula = openpyxl.load_workbook(edited["row above"].path).worksheets[0]["C7"].value
    assert "HYPERLINK(" in formula and "ROW(Anggaran!$D$13)" in formula
    _, gone, _ = edited["row left out"]
    assert gone[cause(annotated)]["Sel"] == "Anggaran!E22 (sudah dihapus)"


def test_answers_come_back_and_are_kept(annotated: Path, edited: dict[str, Edited], tmp_path: Path) -> None:
    first = next(iter(rows_of(annotated)))
    typed = {cause(annotated): Answer("Sudah kami betulkan.", "fixed"), first: Answer("", "disputed")}
    for name, (path, _, _) in edited.items():
        assert read_answers(path) == typed, name
    again = tmp_path / "lagi.xlsx"
    (tmp_path / "x").mkdir()
    again.write_bytes(edited["untouched"].path.read_bytes())
    main(["audit", str(again), "--output", str(tmp_path / "x"), "--report", str(tmp_path / "r.txt")])
    assert read_answers(tmp_path / "x" / "lagi.audit.xlsx") == read_answers(again)


@pytest.mark.parametrize("name", ["mended", "row above"])
def test_the_comparison_says_fixed_with_the_answer(name: str, annotated: Path, edited: dict[str, Edited]) -> None:
    found = compare_files(annotated, edited[name].path).comparison
    fixed = [finding for finding in found.fixed if finding.place.cell == "E22" and finding.place.sheet == SHEET]
    assert len(fixed) == 2
    assert all(found.answer(finding) == Answer("Sudah kami betulkan.", "fixed") for finding in fixed)


def test_clean_takes_out_what_was_edited_since(edited: dict[str, Edited], tmp_path: Path) -> None:
    clean(edited["row above"].path, tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert "Hasil Audit" not in book.sheetnames and book[SHEET]["E24"].value == RIGHT
    assert not [name for name in book.defined_names if "xlaudit" in name.lower()]
    rules = [formula for sheet in book for block in sheet.conditional_formatting for rule in block.rules
             for formula in rule.formula]  # fmt: skip
    assert not [formula for formula in rules if "xlaudit" in formula]
