"""A workbook that goes out, is mended and answered, and comes back: answers, comparison, names of files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from htmlpages import Page
from test_annotate import parts
from typedin import read_answers, read_decisions

from xlaudit.annotate import is_annotated, read_listed
from xlaudit.answers import Answer
from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.findings import COMPARISON_NAME, FINDINGS_NAME

SAMPLE = Path(__file__).parents[1] / "samples" / "magetan-2024.xlsx"
MENDED, UNASKED = ("Anggaran", "E22", 175_000_000), ("Anggaran", "E21", 5_900_000_000)


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """The annotated copy as it was mailed."""
    source = tmp_path / "laporan.xlsx"
    shutil.copy(SAMPLE, source)
    assert main(["audit", str(source), "--report", "r.txt"]) == 1
    return tmp_path / "laporan.audit.xlsx"


def rows_of(book: Any) -> tuple[Any, dict[str, int], dict[str, int]]:
    """The findings sheet, its columns by their heads and its rows by the ids of findings."""
    sheet = book["Hasil Audit"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "xlaudit:id" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    ids = ((row, sheet.cell(row, columns["xlaudit:id"]).value) for row in range(head[0].row + 1, sheet.max_row + 1))
    return sheet, columns, {name: row for row, name in ids if name}


def returned(
    source: Path,
    target: Path,
    answers: dict[str, tuple[str, str]],
    changes: tuple[tuple[str, str, float], ...] = (MENDED, UNASKED),
    decisions: dict[str, str] | None = None,
) -> Path:
    """What the office (and the auditor) made of an annotated copy."""
    book = openpyxl.load_workbook(source)
    for name, cell, value in changes:
        assert book[name][cell].value is not None
        book[name][cell] = value
    sheet, columns, rows = rows_of(book)
    for name, (text, status) in answers.items():
        sheet.cell(rows[name], columns["Tanggapan"]).value = text or None
        sheet.cell(rows[name], columns["Status"]).value = status or None
    for name, text in (decisions or {}).items():
        sheet.cell(rows[name], columns["Keputusan"]).value = text
    book.save(target)
    return target


def ids_of(path: Path) -> dict[tuple[str, str, str], str]:
    return {(f.rule, f.place.sheet, f.place.cell): f.id for f in audit_workbook(path).findings}


def report(old: Path, new: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["compare", str(old), str(new), "--format", "json", *options]) in (0, 1)
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_an_office_answers_and_the_auditor_compares(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = ids_of(sent)
    mended, volume, explained = (
        ids["XT102", "Anggaran", "E22"], ids["XT101", "Anggaran", "D11"], ids["XT101", "Anggaran", "D18"]
    )  # fmt: skip
    answers = {
        mended: ("Sudah kami betulkan", "diperbaiki"), volume: ("", "diperbaiki"),
        explained: ("Sesuai DPA", "dijelaskan"),
    }  # fmt: skip
    new = returned(sent, sent.with_name("kembali.xlsx"), answers)
    data = report(sent, new, "-o", "kembali.audit.xlsx", capsys=capsys)
    fixed = {one["id"]: one for one in data["fixed"]}
    assert (fixed[mended]["answer"], fixed[mended]["answer_status"]) == ("Sudah kami betulkan", "fixed")
    assert fixed[mended]["now"] == {"sheet": "Anggaran", "cell": "E22", "value": "175000000"}
    contested = [one["new"]["id"] for one in data["open"] if one["contested"]]
    assert contested == [volume]
    assert [one["cell"] for one in data["figures"]["silent"]] == ["E21"]

    book = openpyxl.load_workbook("kembali.audit.xlsx")
    assert book.sheetnames[:2] == ["Hasil Audit", "Perbandingan Audit"]
    assert {FINDINGS_NAME, COMPARISON_NAME} <= set(book.defined_names)
    lines = [row[:13] for row in book["Perbandingan Audit"].iter_rows(min_row=7, values_only=True)]
    became = {(line[1], line[12]) for line in lines}
    assert {("sudah diperbaiki", mended), ("masih terbuka, padahal dinyatakan diperbaiki", volume)} <= became
    [silent] = [line for line in lines if line[1] == "berubah diam-diam"]
    assert silent[6:8] == (5_918_000_000, 5_900_000_000)
    sheet, columns, rows = rows_of(book)
    assert rows.keys() >= {mended, volume, explained}
    assert sheet.cell(rows[mended], columns["Keadaan"]).value == "tidak ditemukan lagi"
    assert read_answers(Path("kembali.audit.xlsx")) == {
        mended: Answer("Sudah kami betulkan", "fixed"), volume: Answer("", "fixed"),
        explained: Answer("Sesuai DPA", "explained"),
    }  # fmt: skip


def test_an_audit_shows_the_answers_beside_what_it_finds(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = ids_of(sent)
    volume, share = ids["XT101", "Anggaran", "D11"], ids["XT101", "Anggaran", "D18"]
    answers = {volume: ("Sudah kami betulkan", "diperbaiki"), share: ("", "tidak setuju")}
    new = returned(sent, tmp_path / "kembali.xlsx", answers, ())
    capsys.readouterr()
    assert main(["audit", str(new), "--no-annotate", "--format", "json"]) == 1
    [book] = json.loads(capsys.readouterr().out)["workbooks"]
    said = {one["id"]: (one["answer"], one["answer_status"]) for one in book["findings"] if "answer" in one}
    assert said == {volume: ("Sudah kami betulkan", "fixed"), share: (None, "disputed")}
    assert main(["audit", str(new), "--no-annotate", "--all"]) == 1
    text = capsys.readouterr().out
    assert "Tanggapan (diperbaiki): Sudah kami betulkan" in text
    assert "Tanggapan: tidak setuju" in text
    assert main(["audit", str(new), "--no-annotate", "--format", "html"]) == 1
    page = Page(capsys.readouterr().out)
    assert sorted(one.text for one in page.all("p", "said")) == [
        "Tanggapan (diperbaiki): Sudah kami betulkan", "Tanggapan: tidak setuju"
    ]  # fmt: skip
    assert main(["audit", str(SAMPLE), "--no-annotate", "--format", "json"]) == 1
    assert "answer" not in capsys.readouterr().out.split('"diagnoses"')[0]


def test_both_sheets_are_taken_out_and_never_audited(sent: Path, tmp_path: Path) -> None:
    new = returned(sent, tmp_path / "kembali.xlsx", {})
    out = tmp_path / "hasil.xlsx"
    assert main(["compare", str(sent), str(new), "-o", str(out), "--report", "x.txt"]) == 1
    assert main(["clean", str(new), "-o", "bersih1.xlsx"]) == 0
    assert main(["clean", str(out), "-o", "bersih2.xlsx"]) == 0
    assert parts(Path("bersih1.xlsx")) == parts(Path("bersih2.xlsx"))
    again = openpyxl.load_workbook(out)  # another program saves it: the journal is gone
    again.move_sheet("Perbandingan Audit", 4)
    again.save("lain.xlsx")
    assert main(["clean", "lain.xlsx", "-o", "bersih3.xlsx"]) == 0
    assert not is_annotated(Path("bersih3.xlsx"))
    left = openpyxl.load_workbook("bersih3.xlsx")
    assert left.sheetnames == openpyxl.load_workbook(SAMPLE).sheetnames
    assert not [name for name in left.defined_names if "xlaudit" in name]
    before, after = audit_workbook(new), audit_workbook(Path("lain.xlsx"))
    assert [f.id for f in after.findings] == [f.id for f in before.findings]
    assert [t.sheet for t in after.tables] == [t.sheet for t in before.tables]
    assert after.unread == before.unread


def test_answers_of_mended_findings_stay_over_all_rounds(sent: Path, tmp_path: Path) -> None:
    mended = ids_of(sent)["XT102", "Anggaran", "E22"]
    kept = {mended: Answer("Sudah kami betulkan", "fixed")}
    new = returned(sent, tmp_path / "laporan.audit (1).xlsx", {mended: ("Sudah kami betulkan", "diperbaiki")})
    assert main(["audit", str(new), "--report", "x.txt"]) == 1
    second = tmp_path / "laporan.audit2.xlsx"
    assert read_answers(second) == kept
    [row] = [one for one in read_listed(second) if one.id == mended]
    assert (row.label, row.severity, row.stated) == (
        "PROGRAM PENANGANAN BENCANA · Pagu Anggaran Tahun 2024", "error", "75000000"
    )  # fmt: skip
    assert mended not in {f.id for f in audit_workbook(second).findings}, "the list itself is no table"
    assert main(["audit", str(second), "--report", "x.txt"]) == 1
    third = tmp_path / "laporan.audit3.xlsx"
    assert read_answers(third) == kept
    assert [one for one in read_listed(third) if one.id == mended] == [row]
    back = returned(third, tmp_path / "laporan4.xlsx", {}, (("Anggaran", "E22", 75_000_000),))
    assert main(["audit", str(back), "--report", "x.txt"]) == 1
    fourth = tmp_path / "laporan4.audit.xlsx"
    assert read_answers(fourth) == kept
    sheet, columns, rows = rows_of(openpyxl.load_workbook(fourth))
    assert sheet.cell(rows[mended], columns["Keadaan"]).value != "tidak ditemukan lagi", "the fault is back"


def test_decisions_upon_the_earlier_copy_hold_for_the_later_workbook(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    volume = ids_of(sent)["XT101", "Anggaran", "D11"]
    old = returned(sent, tmp_path / "arsip.xlsx", {}, (), {volume: "diterima: volume gabungan (oleh A. Auditor)"})
    shutil.copy(SAMPLE, "baru.xlsx")
    data = report(old, Path("baru.xlsx"), "-o", "baru.audit.xlsx", capsys=capsys)
    assert [(one["id"], one["waived"]["reason"]) for one in data["waived"]] == [(volume, "volume gabungan")]
    assert volume not in {one["id"] for key in ("fixed", "come") for one in data[key]}
    assert volume not in {one["new"]["id"] for one in data["open"]}
    assert read_decisions(Path("baru.audit.xlsx"))[volume][0].startswith("diterima: volume gabungan")
    vague = returned(sent, tmp_path / "kurang.xlsx", {}, (), {volume: "diterima saja"})
    capsys.readouterr()
    assert main(["compare", str(old), str(vague)]) == 1
    assert "tidak dipakai karena belum lengkap" in " ".join(capsys.readouterr().out.split())
    # The auditor goes on in the output and compares again: nothing typed there is lost.
    efficiency = ids_of(SAMPLE)["EF102", "Efisiensi Sasaran", "I13"]
    typed = returned(
        Path("baru.audit.xlsx"), Path("diketik.xlsx"), {}, (), {efficiency: "diterima: tafsir lain (oleh A. Auditor)"}
    )
    shutil.copy(typed, "baru.audit.xlsx")
    data = report(old, Path("baru.xlsx"), "-o", "baru.audit.xlsx", capsys=capsys)
    assert {one["id"] for one in data["waived"]} == {volume, efficiency}


def test_outputs_of_a_comparison(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = returned(sent, tmp_path / "kembali.xlsx", {})
    before = new.read_bytes(), sent.read_bytes()
    for output in (new, sent):
        assert main(["compare", str(sent), str(new), "-o", str(output), "--force"]) == 2
    assert main(["compare", str(sent), str(new), "-o", "x.xlsx", "--report", "x.xlsx"]) == 2
    shutil.copy(SAMPLE, "milik-sendiri.xlsx")
    assert main(["compare", str(sent), str(new), "-o", "milik-sendiri.xlsx"]) == 2
    assert main(["compare", str(sent), str(new), "-o", "tiada/x.xlsx"]) == 2
    assert (new.read_bytes(), sent.read_bytes()) == before
    assert Path("milik-sendiri.xlsx").read_bytes() == SAMPLE.read_bytes()
    assert not list(tmp_path.glob(".xlaudit*"))


def test_a_format_that_takes_no_annotations_is_compared_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SAMPLE, "a.xlsx")
    cells = "".join(f"<td>{text}</td>" for text in ("Penyediaan jasa", "1.000.000", "900.000", "91"))
    heads = "".join(f"<td>{text}</td>" for text in ("Uraian", "Pagu (Rp)", "Realisasi (Rp)", "%"))
    Path("b.xls").write_text(f"<html><body><table><tr>{heads}</tr><tr>{cells}</tr></table></body></html>", "utf-8")
    assert main(["compare", "a.xlsx", "b.xls", "-o", "b.audit.xlsx", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "Fixed (" in said.out
    assert ".xlsx" in said.err
    assert not Path("b.audit.xlsx").exists()


def test_a_row_without_a_code_that_was_renamed_keeps_its_answer(tmp_path: Path) -> None:
    """Its finding has another id then: what was answered goes along."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Realisasi"
    rows = [
        ("Uraian", "Pagu (Rp)", "Realisasi (Rp)", "%"),
        ("Penyediaan jasa perkantoran", 1_000_000_000, 900_000_000, 91),
        ("Penyediaan bahan", 2_000_000_000, 1_000_000_000, 50),
        ("Jumlah", 3_000_000_000, 1_900_000_000, 63.33),
    ]
    for row in rows:
        sheet.append(row)
    book.save("a.xlsx")
    assert main(["audit", "a.xlsx", "--report", "r.txt"]) == 1
    [finding] = audit_workbook(Path("a.xlsx")).findings
    new = returned(
        Path("a.audit.xlsx"), Path("b.xlsx"), {finding.id: ("Menurut SP2D", "dijelaskan")}, (("Realisasi", "D2", 91),)
    )
    edited = openpyxl.load_workbook(new)
    edited["Realisasi"]["A2"] = "Penyediaan jasa perkantoran kantor induk"
    edited.save(new)
    assert main(["compare", "a.audit.xlsx", "b.xlsx", "-o", "b.audit.xlsx", "--report", "r.txt"]) == 1
    [now] = audit_workbook(Path("b.xlsx")).findings
    assert now.id != finding.id
    assert read_answers(Path("b.audit.xlsx")) == {now.id: Answer("Menurut SP2D", "explained")}
