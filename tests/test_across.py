"""Several workbooks of one office audited in one call: what the later one is told, wherever it is told."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest

import xlaudit.reports
from xlaudit.across import by_office, concerned, earlier, same_office, when
from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.digest import Digest
from xlaudit.identity import Identity

SCHEMA = json.loads((Path(xlaudit.reports.__file__).parent / "report.schema.json").read_text("utf-8"))



def report(path: Path, year: int, past: float, office: str = "DINAS SOSIAL KABUPATEN CONTOH") -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinerja"
    for row in (
        (office,),
        (f"Perbandingan Kinerja Tahun {year}",),
        ("Indikator", f"Realisasi {year - 1}", f"Realisasi {year}"),
        ("Persentase PPKS terlayani", past, year - 1940),
        ("Indeks kepuasan masyarakat", 81, 81),
    ):
        sheet.append(row)
    book.save(path)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports on three years; that of 2024 prints another figure for 2023 than that of 2023."""
    monkeypatch.chdir(tmp_path)
    report(tmp_path / "b-2022.xlsx", 2022, 70)
    report(tmp_path / "c-2023.xlsx", 2023, 82)
    report(tmp_path / "a-2024.xlsx", 2024, 38)
    return tmp_path


def audited(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, list[dict[str, object]]]:
    assert main(["audit", *args, "--format", "json"]) in (0, 1)
    said = json.loads(capsys.readouterr().out)
    jsonschema.validate(said, SCHEMA)
    return {Path(book["path"]).name: book["findings"] for book in said["workbooks"]}


def test_the_later_workbook_is_told_and_names_the_earlier(capsys: pytest.CaptureFixture[str]) -> None:
    found = audited(capsys, ".", "--output", "out")
    assert found["b-2022.xlsx"] == found["c-2023.xlsx"] == []
    [finding] = found["a-2024.xlsx"]
    assert (finding["rule"], finding["severity"], finding["cell"]) == ("XT110", "warning", "B4")
    assert finding["elsewhere"] == [{"path": "c-2023.xlsx", "sheet": "Kinerja", "cell": "C4"}]
    assert "c-2023.xlsx, Kinerja!C4" in str(finding["message"])
    sheet = openpyxl.load_workbook("out/a-2024.audit.xlsx")["Hasil Audit"]
    assert any("c-2023.xlsx" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    other = openpyxl.load_workbook("out/c-2023.audit.xlsx")["Hasil Audit"]
    assert not any("a-2024.xlsx" in str(cell.value) for row in other.iter_rows() for cell in row if cell.row > 5)


def test_neither_order_nor_jobs_change_anything(capsys: pytest.CaptureFixture[str]) -> None:
    names = ("a-2024.xlsx", "b-2022.xlsx", "c-2023.xlsx")
    said = [audited(capsys, *order, "--no-annotate") for order in itertools.permutations(names)]
    said.append(audited(capsys, *names, "--no-annotate", "--jobs", "2"))
    assert all(one == said[0] for one in said)
    assert len(said[0]["a-2024.xlsx"]) == 1


def test_text_names_the_other_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", ".", "--no-annotate", "--fail-on", "warning"]) == 1
    assert "c-2023.xlsx" in capsys.readouterr().out.split("a-2024.xlsx")[1]


@pytest.mark.parametrize("names", [("a-2024.xlsx",), ("a-2024.xlsx", "b-2022.xlsx")])
def test_without_the_workbook_of_that_year_nothing_is_said(
    capsys: pytest.CaptureFixture[str], names: tuple[str, ...]
) -> None:
    assert not any(audited(capsys, *names, "--no-annotate").values())


def test_another_office_is_another_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(tmp_path / "c-2023.xlsx", 2023, 82, "DINAS KESEHATAN KABUPATEN CONTOH")
    assert not any(audited(capsys, ".", "--no-annotate").values())


def test_a_workbook_that_cannot_be_read_stops_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    assert main(["audit", ".", "--no-annotate", "--format", "json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert [f["rule"] for book in said["workbooks"] for f in book.get("findings", [])] == ["XT110"]


def test_a_rule_switched_off_is_silent_here_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xlaudit.toml").write_text('[rules]\noff = ["XT110"]\n', "utf-8")
    assert not any(audited(capsys, ".", "--no-annotate").values())


def test_a_digest_is_small_and_its_workbook_can_be_let_go(tmp_path: Path) -> None:
    digest = audit_workbook(tmp_path / "a-2024.xlsx").digest
    assert {(one.name, one.year) for one in digest.printed} == {
        ("Persentase PPKS terlayani", 2023), ("Persentase PPKS terlayani", 2024),
        ("Indeks kepuasan masyarakat", 2023), ("Indeks kepuasan masyarakat", 2024),
    }  # fmt: skip
    assert concerned(digest, [digest]) == ()


OWN = Identity("Dinas Sosial", "Kabupaten Contoh", 2024, "tw2")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(OWN, agency="DINAS  SOSIAL"), True),
        (replace(OWN, government=""), True),
        (replace(OWN, government="Kota Contoh"), False),
        (replace(OWN, agency="Dinas Sosial dan Tenaga Kerja"), False),
        (replace(OWN, agency=""), False),
    ],
)
def test_whose_workbooks_are_the_same_offices(other: Identity, same: bool) -> None:
    assert same_office(OWN, other) is same_office(other, OWN) is same


def test_workbooks_that_do_not_say_whose_they_are_have_nothing_in_common() -> None:
    assert not same_office(Identity(), Identity())


def test_earlier_ones_stand_latest_first_and_by_path() -> None:
    periods = "2024 tw1,2023 ,2023 smt1,2024 tw2,2024 smt1,2024 , ,2023 tw4"
    times = [period.split(" ") for period in periods.split(",")]
    known = [Digest(f"{n}.xlsx", replace(OWN, year=int(y) if y else None, period=p)) for n, (y, p) in enumerate(times)]
    own = Digest("own.xlsx", OWN)
    assert [digest.path for digest in earlier(own, known)] == ["0.xlsx", "1.xlsx", "7.xlsx", "2.xlsx"]
    assert earlier(own, reversed(known)) == earlier(own, known)
    assert earlier(Digest("x", replace(OWN, year=None)), known) == ()


def test_a_half_year_is_as_late_as_its_last_quarter() -> None:
    assert when(replace(OWN, period="smt1")) == when(replace(OWN, period="tw2")) < when(replace(OWN, period="tw3"))
    assert when(replace(OWN, period="tahunan")) == when(replace(OWN, period="")) == when(replace(OWN, period="smt2"))


def test_only_workbooks_of_one_office_for_several_times_are_looked_at_together() -> None:
    said = [
        Identity(agency="Dinas Sosial", government="Kabupaten Contoh", year=2023),
        Identity(agency="Dinas Sosial", government="Kabupaten Contoh", year=None),
        Identity(agency="Dinas Perhubungan", year=2023),
        Identity(agency="DINAS SOSIAL KAB. CONTOH", year=2024),
        Identity(agency="Dinas Perhubungan", year=2023),
        Identity(agency="", year=2024),
        Identity(agency="", year=2023),
    ]
    assert list(by_office(said)) == [[0, 3]]
    digests = [Digest(str(place), one) for place, one in enumerate(said)]
    linked = {(int(one.path), int(two.path)) for one in digests for two in earlier(one, digests)}
    assert linked == {(3, 0)}
