"""LibreOffice mends and answers an annotated copy as staff do; the comparison tells what was done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from officedriver import edit
from test_resubmission import SAMPLE, ids_of, rows_of
from typedin import read_answers

from xlaudit.answers import Answer
from xlaudit.audit import audit_workbook
from xlaudit.cells import letters
from xlaudit.cli import main

STATES = {"mended": ("Sudah kami betulkan", "diperbaiki"), "volume": ("", "diperbaiki"), "share": ("Sesuai\nDPA", "")}
"""What is answered to three findings."""
FORMS = ("biasa.xlsx", "sisip.xlsx", "pindah.xlsx", "lain.ods", "lama.xls")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kiriman")


@pytest.fixture(scope="module")
def sent(folder: Path) -> tuple[Path, dict[str, str]]:
    """The annotated copy, and the ids of the findings that are answered."""
    shutil.copy(SAMPLE, folder / "laporan.xlsx")
    assert main(["audit", str(folder / "laporan.xlsx"), "--report", str(folder / "r.txt")]) == 1
    found = ids_of(SAMPLE)
    places = {"mended": ("RA101", "E22"), "volume": ("XT101", "D11"), "share": ("XT101", "D18")}
    return folder / "laporan.audit.xlsx", {key: found[rule, "Anggaran", cell] for key, (rule, cell) in places.items()}


@pytest.fixture(scope="module")
def returned(folder: Path, sent: tuple[Path, dict[str, str]]) -> dict[str, Path]:
    """What came back, as LibreOffice saved it."""
    source, ids = sent
    _, columns, rows = rows_of(openpyxl.load_workbook(source))
    typed: list[list[Any]] = []
    for key, words in STATES.items():
        for head, word in zip(("Tanggapan", "Status"), words, strict=True):
            if word:
                typed.append(["put", "Hasil Audit", f"{letters(columns[head])}{rows[ids[key]]}", word])
    mend: list[Any] = [["put", "Anggaran", "E22", 175_000_000], ["put", "Anggaran", "E21", 5_900_000_000]]
    below = [[how, sheet, f"E{int(cell[1:]) + 2}", value] for how, sheet, cell, value in mend]
    order = [["move_sheet", "Hasil Audit", 22], ["move_sheet", "Anggaran", 0], ["insert_rows", "Hasil Audit", 1, 3]]
    edits = [mend, [["insert_rows", "Anggaran", 3, 2], *below], [*mend, *order], mend, mend]
    edit(folder, [(source, folder / name, [*typed, *some]) for name, some in zip(FORMS, edits, strict=True)])
    return {name: folder / name for name in FORMS}


@pytest.mark.parametrize("name", FORMS)
def test_mended_and_answered(
    name: str, sent: tuple[Path, dict[str, str]], returned: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    source, ids = sent
    capsys.readouterr()
    assert main(["compare", str(source), str(returned[name]), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    fixed = {one["id"]: one for one in data["fixed"]}
    row = "24" if name == "sisip.xlsx" else "22"
    assert fixed[ids["mended"]]["answer"] == "Sudah kami betulkan"
    assert fixed[ids["mended"]]["answer_status"] == "fixed"
    assert fixed[ids["mended"]]["now"] == {"sheet": "Anggaran", "cell": f"E{row}", "value": "175000000"}
    opened = {one["new"]["id"]: one for one in data["open"]}
    assert [id for id, one in opened.items() if one["contested"]] == [ids["volume"]]
    assert opened[ids["share"]]["new"]["answer"].split() == ["Sesuai", "DPA"]
    assert [one["cell"] for one in data["figures"]["silent"]] == [f"E{int(row) - 1}"]
    assert not data["rows"]["added"] and not data["rows"]["removed"]
    assert len(data["open"]) == 17


@pytest.mark.parametrize("name", ["biasa.xlsx", "sisip.xlsx"])
def test_the_sheet_itself_says_that_it_agrees(
    name: str, sent: tuple[Path, dict[str, str]], returned: dict[str, Path]
) -> None:
    _, ids = sent
    sheet, columns, rows = rows_of(openpyxl.load_workbook(returned[name], data_only=True))
    states = {key: sheet.cell(rows[ids[key]], columns["Keadaan"]).value for key in ids}
    assert states["mended"] == "cocok"
    assert states["volume"] != "cocok"


@pytest.mark.parametrize("name", ["biasa.xlsx", "sisip.xlsx", "pindah.xlsx"])
def test_the_next_copy_keeps_all_answers(
    name: str, sent: tuple[Path, dict[str, str]], returned: dict[str, Path], tmp_path: Path
) -> None:
    source, ids = sent
    answers = {
        ids["mended"]: Answer("Sudah kami betulkan", "fixed"), ids["volume"]: Answer("", "fixed"),
        ids["share"]: Answer("Sesuai\nDPA", ""),
    }  # fmt: skip
    assert read_answers(returned[name]) == answers
    assert main(["audit", str(returned[name]), "-o", str(tmp_path), "--report", str(tmp_path / "r.txt")]) == 1
    assert main(["compare", str(source), str(returned[name]), "-o", str(tmp_path / "b.xlsx"), "--report", "x"]) == 1
    for copy in (tmp_path / f"{Path(name).stem}.audit.xlsx", tmp_path / "b.xlsx"):
        assert read_answers(copy) == answers
        assert [f.id for f in audit_workbook(copy).findings] == [f.id for f in audit_workbook(returned[name]).findings]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)
