"""A flagged cell that carries a thread: the thread is answered, and taken back to what it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from soundness import check_sound
from test_annotate import HEADING, SHEET, make, parts, rewritten

from xlaudit.annotate import Mark, annotate, clean
from xlaudit.annotate.journal import JOURNAL_PART

ROOT, REPLY, PERSON = (f"{{00000000-0000-4000-8000-00000000000{n}}}" for n in (1, 2, 3))
_NS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_KINDS = "http://schemas.microsoft.com/office/2017/10/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BENEATH = "[Threaded comment]\n\nYour version of Excel cannot show it.\n\nComment:\n    Cek\nReply:\n    Sudah"
MARK = Mark(SHEET, "C3", "warning", "Perlu <penjelasan> & bukti.", id="f1", rule="RA101")
OURS = "xlaudit: PERINGATAN\nPerlu <penjelasan> & bukti.\n(xlaudit RA101)"


@pytest.fixture
def threaded(tmp_path: Path) -> Path:
    """A workbook with a thread of two at C3, as Excel writes it."""
    source = make(tmp_path / "s.xlsx")
    content = parts(source)
    notes = re.sub(rb"<text>.*</text>", f"<text><t>{BENEATH}</t></text>".encode(), content["xl/comments1.xml"])
    notes = re.sub(rb"<author>[^<]*</author>|<author/>", f"<author>tc={ROOT}</author>".encode(), notes)
    thread = (
        f'{_HEAD}<ThreadedComments xmlns="{_NS}"><threadedComment ref="C3" dT="2025-01-02T10:00:00.50"'
        f' personId="{PERSON}" id="{ROOT}"><text>Cek</text></threadedComment><threadedComment ref="C3"'
        f' dT="2025-01-02T10:00:59.70" personId="{PERSON}" id="{REPLY}" parentId="{ROOT}"><text>Sudah</text>'
        "</threadedComment></ThreadedComments>"
    )
    person = f'<person displayName="Orang" id="{PERSON}" userId="orang" providerId="None"/>'
    types = {"threadedComments/threadedComment1": "threadedcomments", "persons/person": "person"}
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
        for name, kind in types.items()
    )
    relations = {
        "xl/worksheets/_rels/sheet1.xml.rels": ("threadedComment", "../threadedComments/threadedComment1.xml"),
        "xl/_rels/workbook.xml.rels": ("person", "persons/person.xml"),
    }
    change: dict[str, bytes | None] = {
        name: content[name].replace(
            b"</Relationships>",
            f'<Relationship Id="rId99" Type="{_KINDS}/{kind}" Target="{to}"/></Relationships>'.encode(),
        )
        for name, (kind, to) in relations.items()
    }
    change |= {
        "xl/comments1.xml": notes,
        "xl/threadedComments/threadedComment1.xml": thread.encode(),
        "xl/persons/person.xml": f'{_HEAD}<personList xmlns="{_NS}">{person}</personList>'.encode(),
        "[Content_Types].xml": content["[Content_Types].xml"].replace(b"</Types>", f"{overrides}</Types>".encode()),
    }
    path = rewritten(source, tmp_path / "thread.xlsx", change)
    check_sound(path)
    return path


def beneath(content: dict[str, bytes]) -> str:
    note = etree.fromstring(content["xl/comments1.xml"]).find(".//{*}comment[@ref='C3']")
    assert note is not None
    assert note.find("{*}text/{*}r") is None, "Excel writes the note beneath a thread without runs"
    return "".join(note.itertext())


def said(content: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Who said what to whom, in the thread's order."""
    people = {p.get("id"): p.get("displayName") for p in etree.fromstring(content["xl/persons/person.xml"])}
    thread = etree.fromstring(content["xl/threadedComments/threadedComment1.xml"])
    return [(people[i.get("personId")], i.get("parentId", ""), "".join(i.itertext())) for i in thread]


def test_the_thread_is_answered_and_stays_a_thread(threaded: Path, tmp_path: Path) -> None:
    target, twice, cleaned = (tmp_path / f"{name}.xlsx" for name in "abc")
    annotate(threaded, target, [MARK], HEADING)
    check_sound(target)
    content = parts(target)
    assert said(content) == [("Orang", "", "Cek"), ("Orang", ROOT, "Sudah"), ("xlaudit", ROOT, OURS)]
    assert beneath(content) == f"{BENEATH}\nReply:\n    {OURS}"
    thread = etree.fromstring(content["xl/threadedComments/threadedComment1.xml"])
    assert [item.get("dT") for item in thread][1:] == ["2025-01-02T10:00:59.70", "2025-01-02T10:01:00.70"]
    annotate(target, twice, [MARK], HEADING)
    assert twice.read_bytes() == target.read_bytes()
    clean(target, cleaned)
    assert parts(cleaned) == parts(threaded)


def test_threads_of_other_cells_are_left_alone(threaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    annotate(threaded, target, [Mark(SHEET, "C2", "note", "x")], HEADING)
    for name in ("xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml"):
        assert parts(target)[name] == parts(threaded)[name]
    assert beneath(parts(target)) == BENEATH


def test_two_threads_introduce_us_once(threaded: Path, tmp_path: Path) -> None:
    """The second thread has no date and stands at another cell."""
    content = parts(threaded)
    other = "{00000000-0000-4000-8000-000000000009}"
    thread = f'<threadedComment ref="C4" personId="{PERSON}" id="{other}"><text>Dua</text></threadedComment>'
    notes = content["xl/comments1.xml"].replace(b"</author>", f"</author><author>tc={other}</author>".encode())
    note = f'<comment ref="C4" authorId="1"><text><t>{BENEATH}</t></text></comment></commentList>'
    both = rewritten(
        threaded,
        tmp_path / "both.xlsx",
        {
            "xl/comments1.xml": notes.replace(b"</commentList>", note.encode()),
            "xl/threadedComments/threadedComment1.xml": content["xl/threadedComments/threadedComment1.xml"].replace(
                b"</ThreadedComments>", f"{thread}</ThreadedComments>".encode()
            ),
        },
    )
    annotate(both, tmp_path / "a.xlsx", [MARK, Mark(SHEET, "C4", "note", "x")], HEADING)
    check_sound(tmp_path / "a.xlsx", both)
    assert [(who, to) for who, to, _ in said(parts(tmp_path / "a.xlsx"))] == [
        ("Orang", ""),
        ("Orang", ROOT),
        ("xlaudit", ROOT),
        ("Orang", ""),
        ("xlaudit", other),
    ]


def test_after_excel_saved_it_our_reply_goes_and_later_ones_stay(threaded: Path, tmp_path: Path) -> None:
    """Excel keeps persons and thread, and writes the note beneath anew, in its own language."""
    target, saved, cleaned = (tmp_path / f"{name}.xlsx" for name in "asc")
    annotate(threaded, target, [MARK], HEADING)
    content = parts(target)
    later = f'<threadedComment ref="C3" personId="{PERSON}" id="{{9}}" parentId="{ROOT}"><text>Baik</text>'
    ours = OURS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = f"[Komentar]\n\nKomentar:\n    Cek\nBalasan:\n    Sudah\nBalasan:\n    {ours}\nBalasan:\n    Baik"
    anew = f"<text><t>{text}</t></text>"
    rewritten(
        target,
        saved,
        {
            JOURNAL_PART: None,
            "xl/workbook.xml": content["xl/workbook.xml"].replace(b"<sheets>", b"<!-- saved --><sheets>"),
            "xl/comments1.xml": re.sub(rb"(?s)<text><t>\[.*?</text>", anew.encode(), content["xl/comments1.xml"]),
            "xl/threadedComments/threadedComment1.xml": content["xl/threadedComments/threadedComment1.xml"].replace(
                b"</ThreadedComments>", f"{later}</threadedComment></ThreadedComments>".encode()
            ),
        },
    )
    clean(saved, cleaned)
    left = parts(cleaned)
    assert said(left) == [("Orang", "", "Cek"), ("Orang", ROOT, "Sudah"), ("Orang", ROOT, "Baik")]
    expected = "[Komentar]\n\nKomentar:\n    Cek\nBalasan:\n    Sudah\nBalasan:\n    Baik"
    assert beneath(left) == expected
    assert left["xl/persons/person.xml"] == parts(threaded)["xl/persons/person.xml"]
    check_sound(cleaned)


def test_what_is_left_of_a_lost_thread_is_a_note(threaded: Path, tmp_path: Path) -> None:
    """LibreOffice keeps the note beneath and drops the thread; then people see the note."""
    rels = re.sub(rb'<Relationship Id="rId99"[^>]*/>', b"", parts(threaded)["xl/worksheets/_rels/sheet1.xml.rels"])
    types = re.sub(rb'<Override PartName="/xl/threaded[^>]*/>', b"", parts(threaded)["[Content_Types].xml"])
    lost = rewritten(
        threaded,
        tmp_path / "lost.xlsx",
        {
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
            "[Content_Types].xml": types,
            "xl/threadedComments/threadedComment1.xml": None,
        },
    )
    annotate(lost, tmp_path / "a.xlsx", [MARK], HEADING)
    note = etree.fromstring(parts(tmp_path / "a.xlsx")["xl/comments1.xml"]).find(".//{*}comment[@ref='C3']")
    assert note is not None
    assert "".join(note.itertext()) == f"{BENEATH}\n\n{OURS}"
