"""Findings that were accepted: in xlaudit.toml and in the findings sheet; told apart, expiring, unused ones told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any
from zipfile import ZipFile

import jsonschema
import openpyxl
import pytest
from outcomes import finding
from typedin import read_decisions

import xlaudit.waivers
from xlaudit.annotate import clean
from xlaudit.annotate.wording import DECISION_HINT
from xlaudit.cells import parse_area
from xlaudit.cli.main import main
from xlaudit.errors import BadUsage
from xlaudit.findings import Diagnosis, Finding, Waived
from xlaudit.settings import read_settings
from xlaudit.texts import Text, both, same
from xlaudit.waivers import EXAMPLE, Waiver, decision_text, decisions, of_causes, sort_out

SAMPLE = Path(__file__).parents[1] / "samples" / "pacitan-2024.xlsx"
SCHEMA = Path(xlaudit.waivers.__file__).with_name("reports") / "report.schema.json"
TODAY = date(2025, 6, 30)
HERE = Path("/kantor")


def parted(*waivers: Waiver, path: str = "/kantor/dinsos/lkjip.xlsx", found: tuple[Finding, ...] = ()) -> Any:
    return sort_out(found or (finding("C5"), finding("C9", "KI101")), waivers, Path(path), HERE, TODAY)


def waived(*waivers: Waiver, **facts: Any) -> list[str]:
    return [one.place.cell for one in parted(*waivers, **facts).waived]


def test_nothing_is_waived_by_nothing() -> None:
    found = parted()
    assert (len(found.standing), found.waived, found.remarks, found.used) == (2, [], [], frozenset())


@pytest.mark.parametrize(
    "facts",
    [
        {"finding": "KI101-C9"},
        {"rule": "KI101"},
        {"rule": "KI101", "sheet": "Realisasi", "cell": parse_area("C9")},
        {"cell": parse_area("B8:D9"), "rule": "program-total"},
        {"rule": "KI101", "sheet": "real*"},
        {"rule": "KI101", "file": "LKjIP.xlsx"},
        {"rule": "KI101", "file": "dinsos/*"},
        {"rule": "KI101", "until": TODAY},
    ],
)
def test_what_a_waiver_meets(facts: dict[str, Any]) -> None:
    assert waived(Waiver("alasan", "A", **facts)) == ["C9"]


@pytest.mark.parametrize(
    "facts",
    [
        {"finding": "KI101-C8"},
        {"finding": "KI101-C9", "rule": "RA101"},
        {"rule": "KI102"},
        {"rule": "KI101", "sheet": "Realisas"},
        {"rule": "KI101", "cell": parse_area("C5:C8")},
        {"rule": "KI101", "file": "dinkes/*"},
        {"rule": "KI101", "until": TODAY - timedelta(days=1)},
    ],
)
def test_what_a_waiver_does_not_meet(facts: dict[str, Any]) -> None:
    assert waived(Waiver("alasan", "A", **facts)) == []


def test_one_that_has_ended_is_told_where_it_would_have_met() -> None:
    late = Waiver("alasan", "A", rule="KI101", until=date(2024, 12, 31), source="xlaudit.toml [[waiver]] 1")
    found = parted(late)
    [remark] = found.remarks
    assert remark.id == (
        "Persetujuan di xlaudit.toml [[waiver]] 1 (alasan: alasan; oleh A) berakhir 31 Desember 2024; "
        "1 temuan dihitung lagi."
    )
    assert found.used == {late.source} and len(found.standing) == 2
    assert parted(Waiver("alasan", "A", rule="KI199", until=date(2024, 12, 31))).remarks == []


def test_an_unused_one_for_this_file_is_told_and_others_are_left_to_the_caller() -> None:
    [remark] = parted(Waiver("alasan", "A", rule="KI199", file="lkjip.xlsx", source="x")).remarks
    assert "tidak mengenai temuan apa pun" in remark.id
    assert parted(Waiver("alasan", "A", rule="KI199", file="dinkes.xlsx", source="x")).remarks == []
    assert parted(Waiver("alasan", "A", rule="KI199", source="x")).remarks == []
    assert len(parted(Waiver("alasan", "A", finding="x", source="Hasil Audit!M7", in_workbook=True)).remarks) == 1


@pytest.mark.parametrize(
    ("text", "reason", "by", "until"),
    [
        ("diterima: sesuai DPA (oleh A. Auditor, sampai 31-12-2025)", "sesuai DPA", "A. Auditor", date(2025, 12, 31)),
        ("Diterima, disepakati oleh kedua pihak; oleh Irban II", "disepakati oleh kedua pihak", "Irban II", None),
        ("DITERIMA sesuai berita acara oleh Irban II s.d. 5 Februari 2026", "sesuai berita acara", "Irban II",
         date(2026, 2, 5)),
        ("accepted: as revised (by A (Inspektorat), until 2025-12-31)", "as revised", "A (Inspektorat)",
         date(2025, 12, 31)),
        ("diterima – lihat surat\nno. 5 (oleh A)", "lihat surat no. 5", "A", None),
    ],
)  # fmt: skip
def test_decisions_as_people_type_them(text: str, reason: str, by: str, until: date | None) -> None:
    [one] = decisions({"f1": (text, "Hasil Audit!M7")})
    assert one == Waiver(reason, by, finding="f1", until=until, source="Hasil Audit!M7", in_workbook=True)


@pytest.mark.parametrize(
    "text",
    ["diterima", "diterima: sesuai DPA", "diterima oleh A", "Diterima (oleh A)", "diterima: x oleh ",
     "diterima: x (oleh A, sampai besok)", "diterima: x (oleh A, sampai 31-02-2025)", "diterima " + "x " * 9000],
)  # fmt: skip
def test_incomplete_decisions_are_told(text: str) -> None:
    [remark] = decisions({"f1": (text, "Hasil Audit!M7")})
    assert isinstance(remark, Text) and "Hasil Audit!M7" in remark.id and "diterima: sesuai DPA perubahan" in remark.id


@pytest.mark.parametrize("text", ["belum", "tidak diterima: x oleh A", "ditolak", "diterimakan kepada A oleh B", "-"])
def test_other_notes_are_none(text: str) -> None:
    assert list(decisions({"f1": (text, "Hasil Audit!M7")})) == []


@pytest.mark.parametrize("until", [None, date(2025, 12, 31)])
def test_what_is_written_is_read_again(until: date | None) -> None:
    known = Waived("disepakati oleh kedua pihak", "A. Auditor (Irban II)", until, "x", True)
    for text in (decision_text(known, "id"), decision_text(known, "en"), EXAMPLE.id, EXAMPLE.en):
        [one] = decisions({"f1": (text, "x")})
        assert isinstance(one, Waiver)
        if "EXAMPLE" not in text and "Irban" in text:
            assert (one.reason, one.by, one.until) == (known.reason, known.by, known.until)


def test_a_decision_on_the_cell_of_a_cause_is_one_on_all_that_it_explains() -> None:
    cause = Diagnosis("d1", "digit_dropped", "certain", same("x"), (), ("f1", "f2"))
    made = of_causes([Waiver("x", "A", finding="sebab-f2"), Waiver("x", "A", finding="f3")], [cause])
    assert [one.finding for one in made] == ["f1", "f2", "f3"]
    [left] = of_causes([Waiver("x", "A", finding="sebab-f9")], [cause])
    assert left.finding == "f9"


def test_the_hint_fits_where_excel_shows_it() -> None:
    assert len(DECISION_HINT.id) <= 255 and len(DECISION_HINT.en) <= 255


# by the command line


def audit(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> tuple[int, Any, str]:
    code = main(["audit", str(path), "--format", "json", *options])
    heard = capsys.readouterr()
    report = json.loads(heard.out)
    jsonschema.validate(report, json.loads(SCHEMA.read_text("utf-8")))
    return code, report["workbooks"][0], heard.err


@pytest.fixture
def office(tmp_path: Path) -> Path:
    copyfile(SAMPLE, tmp_path / "dinsos.xlsx")
    return tmp_path / "dinsos.xlsx"


def settle(office: Path, *waivers: str) -> None:
    sections = "".join(f'[[waiver]]\n{one}\nreason = "sesuai berita acara"\nby = "Irban II"\n' for one in waivers)
    (office.parent / "xlaudit.toml").write_text(sections, "utf-8")


def test_all_errors_accepted_in_the_settings(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, before, _ = audit(capsys, office, "--no-annotate")
    errors = [one for one in before["findings"] if one["severity"] == "error"]
    assert code == 1 and errors and before["summary"]["waived"] == 0
    settle(office, *(f'finding = "{one["id"]}"' for one in errors))
    code, after, said = audit(capsys, office, "--no-annotate")
    assert code == 0 and "Persetujuan" not in said
    assert after["summary"]["error"] == 0 and after["summary"]["waived"] == len(errors)
    accepted = {one["id"]: one["waived"] for one in after["findings"] if "waived" in one}
    assert accepted.keys() == {one["id"] for one in errors}
    assert accepted[errors[0]["id"]] == {
        "reason": "sesuai berita acara", "by": "Irban II", "until": None, "source": "xlaudit.toml [[waiver]] 1",
    }  # fmt: skip
    assert len(after["findings"]) == len(before["findings"])
    explained = {name for cause in after["diagnoses"] for name in cause["explains"]}
    assert not explained & accepted.keys()


def test_in_the_text_report(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(office, 'rule = "RA103"')
    main(["audit", str(office), "--no-annotate"])
    said = capsys.readouterr().out
    assert "Temuan yang diterima (1), tidak dihitung" in said
    assert "Diterima: sesuai berita acara (oleh Irban II; xlaudit.toml [[waiver]] 1)." in said


def test_an_unused_one_is_told_on_the_screen(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(office, 'rule = "EF101"', 'rule = "RA103"', 'rule = "EF101"\nfile = "lain.xlsx"')
    _, book, said = audit(capsys, office, "--no-annotate")
    assert said.count("tidak mengenai temuan apa pun") == 1 and "[[waiver]] 1" in said
    assert "remarks" not in book
    settle(office, 'rule = "EF101"\nfile = "dinsos.xlsx"\nuntil = 2020-01-31', 'rule = "RA103"\nuntil = 2020-01-31')
    _, book, said = audit(capsys, office, "--no-annotate")
    assert "Persetujuan" not in said and book["summary"]["waived"] == 0
    ended, unused = book["remarks"]
    assert "berakhir 31 Januari 2020; 1 temuan dihitung lagi" in ended and "tidak mengenai temuan apa pun" in unused


def test_other_workbooks_of_the_same_settings_are_asked_before_one_is_called_unused(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copyfile(SAMPLE.with_name("magetan-2024.xlsx"), office.parent / "a.xlsx")
    settle(office, 'rule = "RA103"', 'rule = "ST101"')
    main(["audit", str(office.parent), "--no-annotate"])
    assert capsys.readouterr().err.count("tidak mengenai") == 1


def decide(copy: Path, decision: str, *names: str, head: str = "Keputusan") -> None:
    """Types a decision into rows of the findings sheet, as an auditor does, and saves with another program."""
    book = openpyxl.load_workbook(copy)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[6]}
    for row in range(7, sheet.max_row + 1):
        if sheet.cell(row, heads["xlaudit:id"]).value in names:
            sheet.cell(row, heads[head]).value = decision
    book.save(copy)


def test_accepted_in_the_findings_sheet(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = audit(capsys, office)
    copy = office.with_name("dinsos.audit.xlsx")
    errors = [one for one in before["findings"] if one["severity"] == "error"]
    decide(copy, "diterima: sesuai berita acara (oleh Irban II, sampai 31-12-2099)", *(one["id"] for one in errors))
    for path in (copy, office, office):  # the copy itself; the original, twice: what was decided stays
        options = ("--no-annotate",) if path == copy else ()
        code, after, _ = audit(capsys, path, *options)
        assert code == 0 and after["summary"]["waived"] == len(errors), path
        first = next(one["waived"] for one in after["findings"] if "waived" in one)
        assert first["until"] == "2099-12-31" and first["source"].startswith("Hasil Audit!M")
    texts = {text for text, _ in read_decisions(copy).values()}
    assert texts == {"diterima: sesuai berita acara (oleh Irban II, sampai 31-12-2099)"}


def test_the_office_may_not_want_decisions_from_workbooks(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = audit(capsys, office)
    copy = office.with_name("dinsos.audit.xlsx")
    decide(copy, "diterima: x (oleh A)", *(one["id"] for one in before["findings"]))
    (office.parent / "xlaudit.toml").write_text("workbook_waivers = false\n", "utf-8")
    code, after, _ = audit(capsys, office)
    assert code == 1 and after["summary"]["waived"] == 0
    assert read_decisions(copy), "what was typed stays all the same"


def test_a_decision_that_is_incomplete_or_late(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = audit(capsys, office)
    copy = office.with_name("dinsos.audit.xlsx")
    one, other = (found["id"] for found in before["findings"][:2])
    decide(copy, "diterima", one)
    decide(copy, "diterima: x (oleh A, sampai 31-12-2020)", other)
    code, after, _ = audit(capsys, office)
    assert code == 1 and after["summary"]["waived"] == 0
    incomplete, late = after["remarks"]
    assert "belum lengkap" in incomplete and "berakhir 31 Desember 2020" in late


def test_the_cell_of_a_cause(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copyfile(SAMPLE.with_name("kutai-kartanegara-2023.xlsx"), office)
    _, before, _ = audit(capsys, office)
    copy = office.with_name("dinsos.audit.xlsx")
    book = openpyxl.load_workbook(copy)
    ids = [str(row[13].value) for row in book.worksheets[0].iter_rows(min_row=7)]
    root = next(name for name in ids if name.startswith("sebab-"))
    cause = next(one for one in before["diagnoses"] if root.removeprefix("sebab-") in one["explains"])
    decide(copy, "diterima: x (oleh A)", root)
    for _ in range(2):
        _, after, _ = audit(capsys, office)
        assert {one["id"] for one in after["findings"] if "waived" in one} == set(cause["explains"])


def test_an_accepted_cell_is_left_as_it_is_but_listed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = audit(capsys, office, "--no-annotate")
    settle(office, *(f'finding = "{one["id"]}"' for one in before["findings"]))
    code, _, _ = audit(capsys, office)
    assert code == 0
    copy = office.with_name("dinsos.audit.xlsx")
    with ZipFile(office) as old, ZipFile(copy) as new:
        sheets = [name for name in old.namelist() if name.startswith("xl/worksheets/")]
        assert sheets and all(old.read(name) == new.read(name) for name in sheets)
        assert not [name for name in new.namelist() if "comments" in name]
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[13]]
    assert len(rows) == len(before["findings"]) and {row[9] for row in rows} == {"diterima"}
    assert all(str(row[8]).startswith("Diterima: sesuai berita acara (oleh Irban II") for row in rows)
    assert f"{len(rows)} diterima" in str(sheet["A4"].value) and "0 kesalahan" in str(sheet["A4"].value)
    clean(copy, office.with_name("lagi.xlsx"))
    with ZipFile(office) as old, ZipFile(office.with_name("lagi.xlsx")) as again:
        assert {name: old.read(name) for name in old.namelist()} == {n: again.read(n) for n in again.namelist()}


def test_a_waiver_in_the_settings_does_not_become_a_decision(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(office, 'rule = "RA103"')
    audit(capsys, office)
    assert read_decisions(office.with_name("dinsos.audit.xlsx")) == {}
    (office.parent / "xlaudit.toml").unlink()
    assert audit(capsys, office)[1]["summary"]["waived"] == 0


def test_annotating_from_a_report_keeps_what_was_accepted(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(office, 'rule = "RA103"')
    main(["audit", str(office), "--no-annotate", "--format", "json"])
    report = office.with_name("laporan.json")
    report.write_text(capsys.readouterr().out, "utf-8")
    assert main(["annotate", str(office), str(report), "-o", str(office.with_name("baru.xlsx"))]) == 0
    rows = list(openpyxl.load_workbook(office.with_name("baru.xlsx")).worksheets[0].iter_rows(values_only=True))
    assert sum(1 for row in rows if row[9] == "diterima") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[waiver]]\nrule = "RA103"\nby = "A"', "“waiver.reason” belum diisi pada bagian ke-1"),
        ('[[waiver]]\nrule = "RA103"\nreason = "x"', "“waiver.by” belum diisi"),
        ('[[waiver]]\nreason = "x"\nby = "A"', "“waiver.finding / rule” belum diisi"),
        ('[[waiver]]\nrule = "RA103"\nreason = " "\nby = "A"', "“waiver.reason” di"),
        ('[[waiver]]\nrule = "RA103"\nreason = "x"\nby = "A"\nuntil = "2025-12-31"', "tanggal tanpa tanda"),
        ('[[waiver]]\nrule = "RA103"\nreason = "x"\nby = "A"\nuntil = 2025-12-31T00:00:00', "tanggal tanpa tanda"),
        ('[[waiver]]\nrule = "RA103"\nreason = "x"\nby = "A"\ncell = "kolom C"', "sel atau rentang"),
        ('[[waiver]]\nrule = "RA103"\nreason = "x"\nby = "A"\nsheets = "C"', "mungkin maksudnya “waiver.sheet”"),
        ('[[waiver]]\nsource = "x"', "Pengaturan “waiver.source”"),
        ('[waiver]\nrule = "RA103"', "masing-masing ditulis [[waiver]]"),
        ("waiver = [1]", "masing-masing ditulis [[waiver]]"),
        ("workbook_waivers = 1", "true atau false"),
    ],
)
def test_mistakes_in_the_settings(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "xlaudit.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadUsage) as caught:
        read_settings(path)
    assert said in caught.value.text.id


def test_a_rule_that_does_not_exist(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(office, 'rule = "RA1O3"')
    assert main(["audit", str(office)]) == 2
    assert "menyebut aturan RA1O3" in capsys.readouterr().err


def test_days_in_both_languages() -> None:
    assert xlaudit.waivers.written(date(2025, 2, 5)) == both("5 Februari 2025", "2025-02-05")
