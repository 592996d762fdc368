"""What happens to a workbook into which nothing can be written: audited all the same, and told how to go on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from minibook import PACKAGE, parts, relationships, zipped

import xlaudit.audit
from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.reading import book
from xlaudit.reading.book import Opened, open_book

SAMPLE = Path(__file__).parents[1] / "samples" / "pacitan-2024.xlsx"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
HINT = "simpan berkas ini sebagai .xlsx"
REPORT = {"findings": [{"severity": "error", "sheet": "Lembar", "cell": "A1", "message": "x"}]}


def binary() -> bytes:
    content = parts()
    content["_rels/.rels"] = relationships(("rId1", "officeDocument", "xl/workbook.bin"))
    content["xl/workbook.bin"] = b"\x83\x01\x00"
    content["[Content_Types].xml"] = f'<Types xmlns="{PACKAGE}/content-types"/>'
    return zipped(content)


OTHERS = {
    "a.xls": OLE2,
    "a.ods": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
    "a.xlsb": binary(),
}


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample, read as if it were of a format that cannot be annotated."""

    def opened(path: Path, *rest: object) -> Opened:
        found = open_book(path)
        return found._replace(workbook=replace(found.workbook, annotatable=False))

    monkeypatch.setattr(book, "open_book", opened)


@pytest.mark.usefixtures("foreign")
class TestAudit:
    def test_same_findings_no_copy_and_a_sentence(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["audit", str(SAMPLE), "--output", str(tmp_path / "out")]) == 1
        said = " ".join(capsys.readouterr().out.split())
        assert HINT in said and "Salinan bertanda" not in said
        assert not (tmp_path / "out").exists()

    def test_in_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["audit", str(SAMPLE), "--output", str(tmp_path / "out"), "--format", "json"]) == 1
        [one] = json.loads(capsys.readouterr().out)["workbooks"]
        assert (one["status"], one["annotated"]) == ("audited", None)
        assert any(HINT in remark for remark in one["remarks"])
        assert one["findings"]


def test_an_xlsx_is_told_nothing_of_it() -> None:
    outcome = audit_workbook(SAMPLE)
    assert outcome.annotatable and xlaudit.audit.NOT_ANNOTATABLE not in outcome.remarks


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("command", ["annotate", "clean"])
def test_commands_that_would_write_into_it(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(OTHERS[name])
    (tmp_path / "r.json").write_text(json.dumps(REPORT))
    more = [str(tmp_path / "r.json")] if command == "annotate" else []
    assert main([command, str(path), *more, "-o", str(tmp_path / "out.xlsx")]) == 2
    assert HINT in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out.xlsx").exists()
