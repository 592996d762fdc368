"""Live checks: read, moved to other sheets, refused."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from xlaudit.annotate import Heading, Mark, annotate, formulas
from xlaudit.annotate.formulas import read_check


@pytest.mark.parametrize(
    ("formula", "absolute"),
    [
        ("C5<>SUM(C6:C8)", "'S'!$C$5<>SUM('S'!$C$6:$C$8)"),
        ("=ABS($C5-D$6)>0.5", "ABS('S'!$C$5-'S'!$D$6)>0.5"),
        ("C5<>'Other '' x'!b2", "'S'!$C$5<>'Other '' x'!$B$2"),
        ("Lain!A1=1", "'Lain'!$A$1=1"),
        ('A1="C5 (D6"', "'S'!$A$1=\"C5 (D6\""),
        ("LOG10(A1)>1E3", "LOG10('S'!$A$1)>1E3"),
        ("SUM(A:A,2:3)>1", "SUM('S'!$A:$A,'S'!$2:$3)>1"),
        ("TRUNC(A1,2)<>B1%", "TRUNC('S'!$A$1,2)<>'S'!$B$1%"),
        ("nama_1+A1", "nama_1+'S'!$A$1"),
    ],
)
def test_references_become_absolute(formula: str, absolute: str) -> None:
    assert read_check(formula).absolute("S") == absolute


def test_a_check_on_its_own_sheet_is_used_as_it_is() -> None:
    check = read_check("'Real isasi'!C5<>C6")
    assert check.stays_on("REAL ISASI")
    assert check.local == "C5<>C6"
    assert not check.stays_on("Lain")


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "=",
        "SUM(A1",
        "A1)",
        "A1+",
        "[1]Lain!A1",
        "Tabel[Pagu]",
        'A1="x',
        "XFE1=1",
        "A0=1",
        "'S'A1",
        "A1 ~ 2",
        "1+" * 5000 + "1",
    ],
)
def test_what_a_spreadsheet_would_refuse(formula: str) -> None:
    with pytest.raises(ValueError):
        read_check(formula)


EVERYWHERE = {
    "ABS", "ADDRESS", "AND", "COLUMN", "COUNTA", "COUNTIF", "COUNTIFS", "HYPERLINK", "IF", "IFERROR", "ISERROR",
    "ISNUMBER", "LEFT", "N", "NOT", "OR", "ROUND", "ROW", "SUM", "TRIM",
}  # fmt: skip
"""What Excel 2007, LibreOffice and WPS know; none of it computes anew at every change, as INDIRECT or OFFSET do."""


def test_only_functions_that_every_spreadsheet_knows(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "S"
    book.save(source)
    checks = [
        finding["live"]
        for path in (Path(__file__).parents[1] / "samples").glob("*.expected.json")
        for finding in json.loads(path.read_text("utf-8"))["findings"]
        if finding["live"] and "'" not in finding["live"]
    ]
    assert len(checks) > 20
    head = Mark("S", "A1", "error", "m", "sebab-0", root=True, live=f"OR({checks[0]})", explains=("0",))
    marks = [head, *(Mark("S", "B2", "note", "m", str(number), live=check) for number, check in enumerate(checks))]
    marks[1] = marks[1]._replace(head=head.id)
    annotate(source, target, marks, Heading("A", "2024", "a.xlsx"))
    with ZipFile(target) as content:
        text = "".join(content.read(name).decode() for name in content.namelist() if name.endswith(".xml"))
    formulas = re.findall(r"<(?:f|formula|formula1|definedName)\b[^>]*>([^<]*)<", text)
    used = {name for formula in formulas for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)}
    assert used and used <= EVERYWHERE


USUAL = (
    "A1", "$B$2", "C3:C9", "7", "0.005", "SUM(", "ABS(", "(", "(", ")", ")", ")",
    "+", "-", "*", "/", "<>", "<=", ">", "=", ",", ":",
)  # fmt: skip
PIECES = (
    *USUAL, "XFE1", "ZZZ9999999", "A1048577", "AB12345678", "a5", "D", "5.", ".5", "2E", "1E5", "LOG10(", "TRUE",
    "!", "'", ".", "S!A1", "'S T'!B2", '"x"', "$", "^", "&", "%", " ", ";", "#N/A", "5:7", "C:C",
)  # fmt: skip


def test_plain_formulas_are_read_like_all_others() -> None:
    chance, plain, refused = random.Random(1), 0, 0
    for _ in range(30_000):
        pieces, end = (USUAL, "A1") if chance.random() < 0.8 else (PIECES, "")
        text = "".join(chance.choices(pieces, k=6)) + end
        if not text.strip() or text != text.strip():
            continue
        try:
            known: formulas.Check | None = formulas._read(text)
        except ValueError:
            known, refused = None, refused + 1
        try:
            found = formulas._plain(text)
        except ValueError:
            assert known is None, text
            continue
        plain += found is not None
        assert found is None or found == known, text
    assert plain > 500 and refused > 500
    assert formulas._plain("ABS(ROUND(D5-(SUM(D6:D10)),6))>0.005") is not None
