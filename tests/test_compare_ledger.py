"""``xlaudit compare NEW``: the submission before is found by the ledger, wherever its file is by now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from test_compare import REPORT_SCHEMA, SCHEMA
from test_status import report

from xlaudit.annotate import is_annotated
from xlaudit.cli import main

LEDGER = ("--ledger", "register.db")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook with two wrong totals was audited; what came back mends one of them."""
    monkeypatch.chdir(tmp_path)
    report("lama/dinsos.xlsx", total=7100, sub=1200)
    assert main(["audit", "lama/dinsos.xlsx", *LEDGER]) == 1
    report("baru/dinsos.xlsx", total=7000, sub=1200)


def compared(capsys: pytest.CaptureFixture[str], new: str = "baru/dinsos.xlsx", *args: str) -> tuple[Any, str]:
    capsys.readouterr()
    assert main(["compare", new, *LEDGER, "--format", "json", *args]) == 1
    got = capsys.readouterr()
    found = json.loads(got.out)
    registry = Registry().with_resource(REPORT_SCHEMA["$id"], Resource.from_contents(REPORT_SCHEMA))
    jsonschema.Draft202012Validator(SCHEMA, registry=registry).validate(found)
    return found, got.err


def refused(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    capsys.readouterr()
    assert main(["compare", *args]) == 2
    return capsys.readouterr().err


def cells(findings: list[Any]) -> list[str]:
    return [one["cell"] for one in findings]


def same_findings(found: Any) -> bool:
    return (cells(found["fixed"]), cells([one["new"] for one in found["open"]]), found["come"]) == (["C11"], ["D6"], [])


def test_with_the_file_where_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    found, told = compared(capsys)
    assert found["old"]["path"] == str(Path("lama/dinsos.xlsx").resolve()) and found["old"]["path"] in told
    assert same_findings(found) and found["compared_with"] == "workbook"
    assert cells(found["figures"]["asked"]) == ["C11"]


def test_with_the_annotated_copy_where_the_file_was_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("baru/dinsos.xlsx", "lama/dinsos.xlsx")
    found, told = compared(capsys, "lama/dinsos.xlsx")
    assert Path(found["old"]["path"]).name == "dinsos.audit.xlsx" in told
    assert same_findings(found) and cells(found["figures"]["asked"]) == ["C11"]


def test_with_what_is_recorded_where_both_are_gone(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("baru/dinsos.xlsx", "lama/dinsos.xlsx")
    Path("lama/dinsos.audit.xlsx").unlink()
    found, told = compared(capsys, "lama/dinsos.xlsx")
    assert same_findings(found) and found["compared_with"] == "ledger"
    assert not any(found["figures"].values()) and not any(found["rows"].values())
    assert found["fixed"][0]["stated"] == "710000000" and found["fixed"][0]["remark"] is None
    assert "tidak ada lagi atau sudah berubah" in told
    assert main(["compare", "lama/dinsos.xlsx", *LEDGER]) == 1
    text, told = capsys.readouterr()
    assert " ".join(text.split()).count("tidak ada lagi atau sudah berubah") == 1 and told == ""
    assert "diam-diam (" not in text and "Baris" not in text and "Sudah diperbaiki (1)" in text


def test_recorded_findings_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    Path("lama/dinsos.audit.xlsx").unlink()
    Path("lama/dinsos.xlsx").unlink()
    args = ["compare", "baru/dinsos.xlsx", *LEDGER, "--format", "html", "--report", "x.html", "-o", "x.xlsx"]
    assert main(args) == 1
    assert "tidak ada lagi atau sudah berubah" in Path("x.html").read_text("utf-8")
    assert is_annotated(Path("x.xlsx"))


def test_a_workbook_that_is_recorded_is_compared_with_the_one_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", "baru/dinsos.xlsx", *LEDGER])
    assert same_findings(compared(capsys)[0])
    report("ketiga/dinsos.xlsx", total=7200, sub=1200)
    main(["audit", "ketiga/dinsos.xlsx", *LEDGER])
    assert same_findings(compared(capsys)[0]), "not with a later one"
    assert cells(compared(capsys, "ketiga/dinsos.xlsx")[0]["come"]) == ["C11"]


def test_another_agency_or_the_first_submission_has_none_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert "tidak memuat kiriman sebelum" in refused(capsys, "lama/dinsos.xlsx", *LEDGER)
    report("baru/dinkes.xlsx", "DINAS KESEHATAN KABUPATEN CONTOH", sub=1200)
    assert "DINAS KESEHATAN, Tahunan 2024" in refused(capsys, "baru/dinkes.xlsx", *LEDGER)
    report("baru/kota.xlsx", "DINAS SOSIAL KOTA CONTOH", sub=1200)
    assert "tidak memuat" in refused(capsys, "baru/kota.xlsx", *LEDGER)


def test_a_workbook_that_does_not_say_whose_it_is_goes_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    report("baru/anonim.xlsx", "Laporan", total=7100)
    assert "perangkat daerahnya tidak disebut" in refused(capsys, "baru/anonim.xlsx", *LEDGER)
    main(["audit", "baru/anonim.xlsx", *LEDGER])
    report("baru/anonim.xlsx", "Laporan", total=7100, sub=1200)
    assert cells(compared(capsys, "baru/anonim.xlsx")[0]["come"]) == ["D6"]


def test_without_a_ledger_it_says_to_name_the_earlier_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "xlaudit compare OLD NEW" in refused(capsys, "baru/dinsos.xlsx", "--ledger", "tiada.db")
    assert not Path("tiada.db").exists()
    monkeypatch.setenv("XLAUDIT_LEDGER", "off")
    assert "xlaudit compare OLD NEW" in refused(capsys, "baru/dinsos.xlsx")
    refused(capsys)
    refused(capsys, "a.xlsx", "b.xlsx", "c.xlsx")


def test_the_earlier_workbook_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("lama/dinsos.xlsx").read_bytes()
    for option in ("--report", "-o"):
        refused(capsys, "baru/dinsos.xlsx", *LEDGER, option, "lama/dinsos.xlsx", "--force")
    assert Path("lama/dinsos.xlsx").read_bytes() == before
