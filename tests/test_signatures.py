"""A signed workbook: its parts stay, and that the copy breaks the signature is said before it is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_annotate import SHEET, make, parts, rewritten

from xlaudit.annotate import Mark, annotate, clean, is_signed
from xlaudit.annotate.marks import Heading
from xlaudit.cli import main

ORIGIN = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    source = make(tmp_path / "s.xlsx")
    content = parts(source)
    line = f'<Relationship Id="rIdS" Type="{ORIGIN}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    kind = "application/vnd.openxmlformats-package.digital-signature-origin"
    types = content["[Content_Types].xml"].replace(
        b"</Types>", f'<Default Extension="sigs" ContentType="{kind}"/></Types>'.encode()
    )
    return rewritten(
        source,
        tmp_path / "signed.xlsx",
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


def test_audit_says_it_of_copies_that_it_writes(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(signed), "--lang", "en"])
    assert "digitally signed" in capsys.readouterr().err
    main(["audit", str(signed), "--lang", "en", "--no-annotate"])
    assert "digitally signed" not in capsys.readouterr().err
