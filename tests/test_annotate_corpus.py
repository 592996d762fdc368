"""Annotating every valid workbook of the corpus, with a mark on every worksheet, and cleaning it again."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from soundness import check_sound, parts
from test_annotate import HEADING
from wholeness import missing

from xlaudit.annotate import Mark, annotate, clean, is_annotated
from xlaudit.annotate.book import Book
from xlaudit.annotate.notes import comments_part
from xlaudit.annotate.package import Package
from xlaudit.annotate.parts import Workplace

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus" / "lossless"
FILES = sorted(CORPUS.glob("*")) if CORPUS.is_dir() else []
NO_CORPUS = "the corpus of foreign workbooks (../shared/corpus/lossless) is not here"

if not FILES:
    pytest.skip(NO_CORPUS, allow_module_level=True)


def corpus_marks(path: Path) -> list[Mark]:
    """Marks of every kind on every worksheet: live, live across sheets, two on one cell, on cells with notes."""
    book = Book(Workplace(Package(path)))
    worksheets = [sheet for sheet in book.sheets if sheet.kind == "worksheet"]
    sheets = [sheet.name for sheet in worksheets]
    marks = []
    for number, (name, sheet) in enumerate(zip(sheets, worksheets, strict=True)):
        noted = comments_part(book, book.place.relations(sheet.part))
        standing = etree.fromstring(book.place.package.read(noted)).iter("{*}comment") if noted else ()
        refs = [note.get("ref", "").partition(":")[0] for note in standing][:3]
        marks += [Mark(name, ref, "note", "Sel ini sudah berkomentar.", f"{ref}{number}") for ref in refs]
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
    check_sound(target, path)
    old, new = parts(path), parts(target)
    changed = {name for name in old if old[name] != new[name]}
    sheets = {mark.sheet for mark in marks}
    assert len([name for name in changed if "sheets/" in name and name.endswith(".xml")]) == len(sheets)
    for name in changed:
        assert re.search(r"Types|workbook|styles|sheets/|[Cc]omment|person|\.vml$", name), name
        assert missing(old[name], new[name]) is None, name
    clean(target, cleaned)
    assert parts(cleaned) == old
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(cleaned) as after:
        assert before.namelist() == after.namelist()
    annotate(target, twice, marks, HEADING)
    assert twice.read_bytes() == target.read_bytes()


SMALL = [path for path in FILES if path.stat().st_size < 60_000]
WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)


@st.composite
def files_with_marks(draw: st.DrawFn) -> tuple[Path, list[Mark]]:
    """A workbook of the corpus and any marks on its worksheets, on cells with notes and threads more often."""
    path = draw(st.sampled_from(SMALL))
    noted = [mark.cell for mark in corpus_marks(path)]
    sheets = sorted({mark.sheet for mark in corpus_marks(path)})
    anywhere = st.builds("{}{}".format, st.sampled_from(["A", "C", "AB", "XFD"]), st.sampled_from([1, 7, 1048576]))
    marks = []
    for number in range(draw(st.integers(0, 6)) if sheets else 0):
        cell = draw(st.one_of(st.sampled_from(noted), anywhere))
        live = draw(st.sampled_from([None, f"{cell}<>1", "SUM(A1:B3)=0"]))
        severity = draw(st.sampled_from(["error", "warning", "note"]))
        stated = draw(st.sampled_from([None, "12.5", "kata", "12345678901234567"]))
        sheet = draw(st.sampled_from(sheets))
        marks.append(Mark(sheet, cell, severity, draw(WORDS), f"f{number}", "RA101", draw(WORDS), stated, live=live))
    return path, marks


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=files_with_marks())
def test_any_marks_on_any_file(drawn: tuple[Path, list[Mark]], tmp_path: Path) -> None:
    path, marks = drawn
    target, twice, cleaned = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    annotate(path, target, marks, HEADING)
    check_sound(target, path)
    old, new = parts(path), parts(target)
    assert all(missing(old[name], new[name]) is None for name in old if old[name] != new[name])
    clean(target, cleaned)
    assert parts(cleaned) == old
    annotate(target, twice, marks, HEADING)
    assert twice.read_bytes() == target.read_bytes()
