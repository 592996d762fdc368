"""Annotating every valid workbook of the corpus, with a mark on every worksheet, and cleaning it again."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from test_annotate import HEADING, check_sound, local, parts, ranks

from xlaudit.annotate import Mark, annotate, clean, is_annotated
from xlaudit.annotate.book import Book
from xlaudit.annotate.package import Package
from xlaudit.annotate.parts import Workplace

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus" / "lossless"
FILES = sorted(CORPUS.glob("*")) if CORPUS.is_dir() else []
NO_CORPUS = "the corpus of foreign workbooks (../shared/corpus/lossless) is not here"

if not FILES:
    pytest.skip(NO_CORPUS, allow_module_level=True)


def corpus_marks(path: Path) -> list[Mark]:
    """Marks of every kind on every worksheet: live, live across sheets, two on one cell."""
    sheets = [sheet.name for sheet in Book(Workplace(Package(path))).sheets if sheet.kind == "worksheet"]
    marks = []
    for number, name in enumerate(sheets):
        first = sheets[0].replace("'", "''")
        marks += [
            Mark(name, "B3", "error", "Jumlah <salah> & lain.", f"a{number}", "RA101", live="B3<>SUM(B4:B6)"),
            Mark(name, "A1", "note", "Gaya angka.", f"b{number}", stated="92.03"),
            Mark(name, "A1", "warning", "Perlu penjelasan.", f"c{number}", live=f"A1<>'{first}'!A2"),
        ]
    return marks


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_lossless(path: Path, tmp_path: Path) -> None:
    target, twice, cleaned = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    marks = corpus_marks(path)
    annotate(path, target, marks, HEADING)
    assert is_annotated(target)
    check_sound(target)
    old, new = parts(path), parts(target)
    changed = {name for name in old if old[name] != new[name]}
    sheets = {mark.sheet for mark in marks}
    assert len([name for name in changed if "sheets/" in name and name.endswith(".xml")]) == len(sheets)
    for name in changed:
        assert re.search(r"Types|workbook|styles|sheets/|comments|\.vml$", name), name
        if not name.endswith(".vml"):
            check_kept(old[name], new[name], name)
    clean(target, cleaned)
    assert parts(cleaned) == old
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(cleaned) as after:
        assert before.namelist() == after.namelist()
    annotate(target, twice, marks, HEADING)
    assert twice.read_bytes() == target.read_bytes()


def check_kept(old: bytes, new: bytes, name: str) -> None:
    """Every child of the root is there as before, in its order; those of a sheet in the schema's order."""
    before, after = (list(etree.fromstring(data)) for data in (old, new))
    rest = iter([local(child) for child in after])
    assert all(local(child) in rest for child in before), name
    if "worksheets/" in name and not name.endswith(".rels"):
        tags = [local(child) for child in before]
        assert ranks(tags) == sorted(ranks(tags)), f"{name}: the file itself is out of order"
        assert ranks([local(child) for child in after]) == sorted(ranks([local(child) for child in after])), (
            name
        )
        same = {
            "sheetData",
            "cols",
            "mergeCells",
            "dataValidations",
            "drawing",
            "tableParts",
            "sheetProtection",
        }
        for one in before:
            if local(one) in same:
                (two,) = [child for child in after if local(child) == local(one)]
                assert etree.tostring(one, with_tail=False) == etree.tostring(two, with_tail=False), name
