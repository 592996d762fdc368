"""A signed workbook: its parts stay, and it is said that its signature does not hold for the copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from test_annotate import SHEET, make, parts, rewritten

from xlaudit.annotate import Mark, annotate, clean, is_signed
from xlaudit.annotate.marks import Heading
from xlaudit.cli import main

ORIGIN = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return sign(make(tmp_path / "s.xlsx"), tmp_path / "signed.xlsx")


def sign(source: Path, target: Path) -> Path:
    content = parts(source)
    line = f'<Relationship Id="rIdS" Type="{ORIGIN}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    kind = "application/vnd.openxmlformats-package.digital-signature-origin"
    types = content["[Content_Types].xml"].replace(
        b"</Types>", f'<Default Extension="sigs" ContentType="{kind}"/></Types>'.encode()
    )
    return rewritten(
        source,
        target,
        {
            "_xmlsignatures/origin.sigs": b"",
            "_rels/.rels": content["_rels/.rels"].replace(b"</Relationships>", line.encode()),
            "[Content_Types].xml": types,
        },
    )


def test_only_a_signed_package_is_signed(signed: Path, tmp_path: Path) -> None:
    assert is_signed(signed)
    assert not is_signed(make(tmp_path / "plain.xlsx"))
    assert not is_signed(tmp_path / "not-there.xlsx")
    (tmp_path / "text.xlsx").write_text("no zip")
    assert not is_signed(tmp_path / "text.xlsx")


def test_the_signature_is_kept_and_holds_again_after_clean(signed: Path, tmp_path: Path) -> None:
    target, cleaned = tmp_path / "a.xlsx", tmp_path / "c.xlsx"
    annotate(signed, target, [Mark(SHEET, "C2", "note", "x")], Heading())
    for name in ("_rels/.rels", "_xmlsignatures/origin.sigs"):
        assert parts(target)[name] == parts(signed)[name]
    clean(target, cleaned)
    assert parts(cleaned) == parts(signed)


def test_annotate_says_it_before_it_writes(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "r.json"
    report.write_text(json.dumps([{"severity": "note", "sheet": SHEET, "cell": "C2", "message": "x"}]))
    out = tmp_path / "out.xlsx"
    assert main(["annotate", str(signed), str(report), "-o", str(out)]) == 0
    first, second = capsys.readouterr().err.strip().splitlines()
    assert "bertanda tangan digital" in first and str(signed) in first
    assert str(out) in second
    assert main(["annotate", str(make(tmp_path / "p.xlsx")), str(report), "-o", str(out), "--force"]) == 0
    assert "tanda tangan" not in capsys.readouterr().err


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with a signed workbook between two others."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    for name in ("a", "b", "c"):
        book = xlsxwriter.Workbook(folder / f"{name}.xlsx")
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Program", "Pagu (Rp)", "Realisasi (Rp)", "%"])
        sheet.write_row(1, 0, ["Program A", 4_000_000, 3_000_000, 75])
        sheet.write_row(2, 0, ["Program B", 2_000_000, 1_000_000, 50])
        book.close()
    return sign((folder / "b.xlsx").rename(tmp_path / "plain.xlsx"), folder / "b.xlsx").parent


def test_audit_says_it_of_copies_that_it_writes(
    signed: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(reports / "b.xlsx"), "--lang", "en"]) == 0
    assert "digitally signed" in capsys.readouterr().err
    main(["audit", str(reports / "b.xlsx"), "--lang", "en", "--no-annotate"])
    assert "digitally signed" not in capsys.readouterr().err
    main(["audit", str(signed), "--lang", "en"])
    assert "digitally signed" not in capsys.readouterr().err  # there is no table in it, so no copy


def test_audit_says_which_of_several(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(reports), "--lang", "en"])
    told = [line for line in capsys.readouterr().err.splitlines() if "digitally signed" in line]
    assert [line.split(": ")[1] for line in told] == [str(reports / "b.xlsx")]
