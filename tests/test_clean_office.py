"""Annotated workbooks that LibreOffice edited and saved: what it holds beside ours is what it would hold without.

The original and the annotated copy go through LibreOffice in the same way; then the copy is cleaned, and both must hold
the same (``officeview`` says what is forgiven), with nothing of ours left.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from officedriver import Job, edit
from officeview import differences, view
from soundness import parts
from test_annotate import HEADING, LIVE, SHEET, make

from xlaudit.annotate import Mark, annotate, clean, is_annotated

SOFFICE = shutil.which("soffice")
if SOFFICE is None:
    pytest.skip("LibreOffice (soffice) is not installed", allow_module_level=True)

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus" / "lossless"
PARTS = 4
"""Parts of the corpus, so that several processes can share the work."""
CRASHES = {"ClosedXML__SampleSparklines.xlsx": "LibreOffice 7.4 crashes on the original, too"}
MISLED = {
    "AsposeCells-f__test.xlsx": "LibreOffice 7.4 takes a cell that a form control names without its sheet for one on "
    "the first sheet, which is ours while the workbook is annotated"
}
ACROSS = Mark(SHEET, "C4", "warning", "Berbeda dari PK.", "f2", live="C4<>'Kinerja & ''PK'' 2'!B1")
MARKS = [LIVE, ACROSS, Mark(SHEET, "C3", "note", "Periksa.", "f3"), Mark("Rahasia", "A1", "note", "x", "f4")]
OWN = "Hasil Audit"
EDITS: dict[str, list[list[object]]] = {
    "nothing": [],
    "a figure mended": [["put", SHEET, "C2", 822_400_000]],
    "rows put in above": [["insert_rows", SHEET, 1, 3]],
    "a flagged row copied": [["copy", SHEET, "A2:D3", "A20"]],
    "a column put in": [["insert_column", SHEET, 2]],
    "flagged rows deleted": [["delete_rows", SHEET, 2, 2]],
    "rows sorted": [["sort", SHEET, "A2:D4", 3]],
    "a flagged sheet renamed": [["rename", SHEET, "Realisasi 2024"]],
    "a flagged sheet copied": [["copy_sheet", SHEET, "Salinan", 9]],
    "our sheet renamed": [["rename", OWN, "Temuan"]],
    "our sheet moved": [["move_sheet", OWN, 4]],
    "our sheet deleted": [["delete_sheet", OWN]],
    "our sheet renamed, moved, sorted": [
        ["insert_rows", OWN, 1, 2],
        ["rename", OWN, "Temuan BPK"],
        ["move_sheet", "Temuan BPK", 2],
    ],
}


SHOWN = {"our sheet moved", "our sheet deleted"}
"""Here LibreOffice, having no window, shows the hidden sheet that comes to stand where the active one stood."""


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Per case the original and the annotated copy as LibreOffice leaves them, all made in one session."""
    folder = tmp_path_factory.mktemp("edits")
    source, annotated = make(folder / "s.xlsx"), folder / "a.xlsx"
    annotate(source, annotated, MARKS, HEADING)
    paths = {name: (folder / f"{n}.s.xlsx", folder / f"{n}.a.xlsx") for n, name in enumerate(EDITS)}
    jobs: list[Job] = []
    for name, (plain, ours) in paths.items():
        others = [step for step in EDITS[name] if step[1] not in (OWN, "Temuan BPK")]
        jobs += [(source, plain, others), (annotated, ours, EDITS[name])]
    edit(folder, jobs)
    return paths


@pytest.mark.parametrize("name", EDITS)
def test_after_edits_exactly_ours_goes(name: str, edited: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    plain, ours = edited[name]
    assert is_annotated(ours)
    clean(ours, tmp_path / "c.xlsx")
    content = parts(tmp_path / "c.xlsx")
    assert not [part for part, data in content.items() if b"xlaudit" in data or b"Hasil Audit" in data]
    told = differences(view(parts(plain)), view(content))
    assert [line for line in told if name not in SHOWN or not line.startswith("state of Rahasia: hidden")] == []


def test_the_comparison_can_fail(edited: dict[str, tuple[Path, Path]]) -> None:
    plain = view(parts(edited["nothing"][0]))
    for name in ("a figure mended", "rows put in above", "a flagged row copied", "a flagged sheet renamed"):
        assert differences(plain, view(parts(edited[name][0])))
    assert differences(plain, view(parts(edited["nothing"][1])))


@pytest.mark.parametrize("part", range(PARTS))
def test_the_corpus_comes_through_libreoffice(part: int, tmp_path: Path) -> None:
    """Every workbook of the corpus opens as it does without annotations, its findings sheet first, and comes clean."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of foreign workbooks (../shared/corpus/lossless) is not here")
    from test_annotate_corpus import corpus_marks

    files = [path for path in sorted(CORPUS.glob("*")) if path.name not in CRASHES][part::PARTS]
    for path in files:
        for folder in ("plain", "ours"):
            (tmp_path / folder).mkdir(exist_ok=True)
        shutil.copyfile(path, tmp_path / "plain" / path.name)
        annotate(path, tmp_path / "ours" / path.name, corpus_marks(path), HEADING)
    for folder in ("plain", "ours"):
        made = [str(tmp_path / folder / path.name) for path in files]
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [str(SOFFICE), profile, "--headless", "--norestore"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / folder / "saved"), *made]
        subprocess.run(command, check=True, capture_output=True, timeout=1200)
    failed = {}
    for path in files:
        plain, ours = (tmp_path / folder / "saved" / f"{path.stem}.xlsx" for folder in ("plain", "ours"))
        if not ours.exists() or view(parts(ours))["order"] != [OWN, *view(parts(plain))["order"]]:  # type: ignore[misc]
            failed[path.name] = ["not opened, or without its sheets"]
            continue
        clean(ours, tmp_path / "c.xlsx")
        content = parts(tmp_path / "c.xlsx")
        left = [part for part, data in content.items() if b"xlaudit" in data or b"Hasil Audit" in data]
        told = left + differences(view(parts(plain)), view(content))
        if told:
            failed[path.name] = told
    assert failed.keys() == MISLED.keys() & {path.name for path in files}, failed
