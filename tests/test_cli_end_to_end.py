"""The whole way, nothing stood in for: a file goes in, exit code, report and annotated copy come out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import openpyxl
import pytest

import xlaudit.reports
from xlaudit.annotate import is_annotated
from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.rules.base import all_rules

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "pacitan-2024.xlsx"
SCHEMA = json.loads((Path(xlaudit.reports.__file__).parent / "report.schema.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_demo_leaves_an_annotated_copy_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo"]) == 1
    said = capsys.readouterr()
    assert "KESALAHAN" in said.out and said.err == ""
    assert [path.name for path in tmp_path.iterdir()] == ["pacitan-2024.audit.xlsx"]
    assert is_annotated(tmp_path / "pacitan-2024.audit.xlsx")
    assert main(["demo"]) == 1, "our own copy is replaced"


def test_audit_annotate_and_clean_go_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = SAMPLE.read_bytes()
    assert main(["audit", str(SAMPLE), "--output", "out", "--format", "json", "--report", "r.json"]) == 1
    assert SAMPLE.read_bytes() == before
    assert main(["annotate", str(SAMPLE), "r.json", "-o", "again.xlsx"]) == 0
    assert main(["clean", "again.xlsx", "-o", "clean.xlsx"]) == 0
    assert main(["clean", "out/pacitan-2024.audit.xlsx", "-o", "clean2.xlsx"]) == 0
    assert is_annotated(Path("again.xlsx"))
    assert parts(Path("clean.xlsx")) == parts(Path("clean2.xlsx")) == parts(SAMPLE)


def test_an_annotated_copy_is_audited_as_what_is_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(SAMPLE), "--output", "out", "--format", "json"])
    first = json.loads(capsys.readouterr().out)["workbooks"][0]
    main(["audit", "out/pacitan-2024.audit.xlsx", "--no-annotate", "--format", "json"])
    second = json.loads(capsys.readouterr().out)["workbooks"][0]
    assert [(one["id"], one["sheet"], one["cell"]) for one in second["findings"]] == [
        (one["id"], one["sheet"], one["cell"]) for one in first["findings"]
    ]
    assert second["summary"] == first["summary"]
    assert audit_workbook(Path("out/pacitan-2024.audit.xlsx")).unread == ()


def test_every_sample_gives_a_valid_report_whatever_the_jobs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(SAMPLE.parent), "--no-annotate", "--format", "json"]) == 1
    text = capsys.readouterr().out
    report = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    samples = len(list(SAMPLE.parent.glob("*.xlsx")))
    assert (report["summary"]["workbooks"], report["summary"]["rejected"]) == (samples, 0) and samples > 5
    assert main(["audit", str(SAMPLE.parent), "--no-annotate", "--format", "json", "--jobs", "2"]) == 1
    assert capsys.readouterr().out == text


def test_every_rule_is_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 10
    for line in lines:
        code, severity, name, tests, *words, title = line.split(maxsplit=6)
        assert int(tests) >= 2 and words == ["kasus", "uji"] and title
        assert main(["explain", code.lower()]) == 0
        said = capsys.readouterr().out
        assert said.startswith(f"{code} {name} · {severity}\n{title}\n")
        assert main(["explain", name.replace("-", "_").upper()]) == 0 and capsys.readouterr().out == said


def test_rules_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == 0
    text = capsys.readouterr().out
    assert main(["rules", "--format", "json", "--lang", "en"]) == 0 and capsys.readouterr().out == text
    data = json.loads(text)
    assert data["schema"] == "xlaudit-rules/1"
    assert [one["code"] for one in data["rules"]] == [rule.code for rule in all_rules()]
    for one in data["rules"]:
        assert one["severity"] in ("error", "warning", "note") and one["tests"] >= 2
        assert one["title"]["id"] != one["title"]["en"] and one["summary"]["id"] != one["summary"]["en"]
    assert main(["rules", "--format", "sarif"]) == 2


@pytest.mark.parametrize(
    ("typed", "meant"), [("EF1O1", "EF101"), ("program-totals", "program-total"), ("grandtotal", "grand-total")]
)
def test_a_rule_mistyped_is_told_the_nearest(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", typed]) == 2
    said = capsys.readouterr()
    assert said.out == "" and f"Tidak ada aturan {typed}. Maksudnya {meant}?" in said.err


def test_no_rule_is_like_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "qqqqq"]) == 2
    assert capsys.readouterr().err == "xlaudit: Tidak ada aturan qqqqq. Daftarnya ada pada `xlaudit rules`.\n"
    assert main(["explain"]) == 2 and main(["explain", "RA101", "RA102"]) == 2


def _nothing(path: Path) -> None:
    """Leaves the path empty."""


def _no_table(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Halo"
    book.save(path)


BAD: dict[str, Callable[[Path], object]] = {
    "missing": _nothing,
    "folder": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "csv": lambda path: path.write_text("program;pagu;realisasi\nA;1;1\n"),
    "pdf": lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\n"),
    "encrypted": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "truncated": lambda path: path.write_bytes(SAMPLE.read_bytes()[:9000]),
    "no tables": _no_table,
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_sentence_and_leaves_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "masukan.xlsx"
    BAD[kind](path)
    before = path.read_bytes() if path.is_file() else None
    assert main(["audit", str(path), "--format", "json"]) == 2
    said = capsys.readouterr()
    [book] = json.loads(said.out)["workbooks"]
    assert book["status"] == "rejected" and book["error"]["code"] != "internal"
    assert said.err == f"xlaudit: {path}: {book['error']['message']}\n"
    assert (path.read_bytes() if path.is_file() else None) == before
    assert set(tmp_path.iterdir()) <= {path}


@pytest.mark.parametrize("command", ["annotate", "clean"])
@pytest.mark.parametrize("kind", sorted(BAD.keys() - {"no tables"}))
def test_bad_input_of_annotate_and_clean(
    kind: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "masukan.xlsx"
    BAD[kind](path)
    report = tmp_path / "r.json"
    report.write_text("[]")
    call = [command, str(path), *([str(report)] if command == "annotate" else []), "-o", "keluaran.xlsx"]
    assert main(call) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "Kesalahan di dalam xlaudit" not in said
    assert set(tmp_path.iterdir()) <= {path, report}
