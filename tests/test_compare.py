"""``xlaudit compare``: what a resubmission mended, what is open, and what changed without being asked."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import moves
import openpyxl
import pytest
from draw import draw
from generate import RECIPES, document, write
from htmlpages import Page
from referencing import Registry, Resource
from reread import REPORTS, Read, read, read_file, sample
from test_ids import figures, spoiled

import xlaudit.reports
from xlaudit.answers import Answer
from xlaudit.audit import audit_book
from xlaudit.cells import Area
from xlaudit.changes import Comparison, Revised
from xlaudit.cli import main
from xlaudit.findings import Severity, Waived
from xlaudit.matching import same_name
from xlaudit.outcome import RuleCrash
from xlaudit.reading.book import book_of
from xlaudit.reports.comparison import ComparisonText
from xlaudit.reports.comparison_entries import Group, entries
from xlaudit.reports.comparison_html import comparison_page
from xlaudit.resubmission import compare
from xlaudit.resubmission.pairing import paired
from xlaudit.tables import Level, Row, Table
from xlaudit.texts import Language

REPORT_SCHEMA, SCHEMA = (
    json.loads((Path(xlaudit.reports.__file__).parent / f"{name}.schema.json").read_text("utf-8"))
    for name in ("report", "comparison")
)
SAMPLES = Path(__file__).parents[1] / "samples"
OLD = """
    # Lembar: Realisasi
    | Kode      | Uraian           | Pagu (Rp) | Realisasi (Rp) | %     | Sisa (Rp) |
    | 1         | Program Sosial   | 7000      | 5000           | 71.43 | 2000      |
    | 1.01      | Kegiatan Anak    | 3000      | 2000           | 66.67 | 1000      |
    | 1.01.0001 | Sub Panti        | 1000      | 900            | 90    | 100       |
    | 1.01.0002 | Sub Asuh         | 2000      | 1000           | 50    | 1000      |
    | 1.02      | Kegiatan Lansia  | 4000      | 3000           | 75    | 1000      |
    | 1.02.0001 | Sub Lansia       | 4000      | 3000           | 75    | 1000      |
    |           | Jumlah           | 7000      | 5000           | 71.43 | 2000      |
"""
"""Sub Asuh should be 1100: then kegiatan, program and Jumlah agree but for their own cells."""


def drawn(text: str) -> tuple[Any, Any]:
    book = book_of(draw(text).workbook)
    return audit_book("gambar.xlsx", book), book.tables


def compared(old: str, new: str, answers: dict[str, Answer] | None = None) -> Comparison:
    (before, old_tables), (after, new_tables) = drawn(old), drawn(new)
    return compare(before, old_tables, after, new_tables, answers)


def edited(*changes: tuple[str, str]) -> str:
    text = OLD
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def what_became(found: Comparison) -> dict[Group, list[tuple[str, str | None, str | None]]]:
    """Cell, value before and after of every entry, by groups that have any."""
    return {
        group: [(entry.place.cell, entry.before, entry.after) for entry in some]
        for group, some in entries(found).items() if some
    }  # fmt: skip


def verdicts(found: Comparison, group: Group) -> list[str]:
    return [entry.verdict.en for entry in entries(found)[group] if entry.verdict is not None]


def cells(changes: tuple[Revised, ...]) -> list[str]:
    return [one.after_place.cell for one in changes]


MENDED = ("2000      | 1000           | 50    | 1000 ", "2000      | 1100           | 55    | 900 ")


def test_the_same_workbook_again() -> None:
    found = compared(OLD, OLD)
    assert [(one.rule, one.place.cell) for one, other in found.open if one == other] == [
        (f.rule, f.place.cell) for f in found.old.findings
    ]
    assert len(found.open) == len(found.old.findings) > 0
    assert not (found.fixed or found.come or found.asked or found.following or found.silent)
    assert not (found.added or found.removed)


def test_mended_with_all_that_follows() -> None:
    found = compared(OLD, edited(MENDED))
    assert [f.place.cell for f in found.fixed] == [f.place.cell for f in found.old.findings if f.rule == "RA101"]
    assert "D5" in cells(found.asked)
    assert {"E5", "F5"} <= {*cells(found.asked), *cells(found.following)}
    assert not found.silent


def test_a_figure_that_nobody_asked_for() -> None:
    found = compared(OLD, edited(MENDED, ("Sub Lansia       | 4000      | 3000 ", "Sub Lansia | 4000 | 3500 ")))
    assert cells(found.silent) == ["D7"]
    assert (found.silent[0].before, found.silent[0].after) == ("3000", "3500")
    assert "Sub Lansia" in found.silent[0].label.id


def test_a_total_that_follows_is_not_silent() -> None:
    new = edited(
        ("2000      | 1000           | 50    | 1000 ", "2000 | 1200 | 60    | 800 "),
        ("Kegiatan Anak    | 3000      | 2000           | 66.67 | 1000 ", "Kegiatan Anak | 3000 | 2100 | 70 | 900 "),
        ("Program Sosial   | 7000      | 5000           | 71.43 | 2000", "Program Sosial | 7000 | 5100 | 72.86 | 1900"),
        ("Jumlah           | 7000      | 5000           | 71.43 | 2000 ", "Jumlah | 7000 | 5100 | 72.86 | 1900 "),
    )
    found = compared(OLD, new)
    assert not found.silent
    assert not found.new.count(Severity.ERROR)
    assert {"D2", "D8", "E2", "E8", "F8"} <= {*cells(found.asked), *cells(found.following)}


def test_a_number_typed_as_text_is_the_same_figure() -> None:
    found = compared(OLD, edited(("Kegiatan Lansia  | 4000 ", "Kegiatan Lansia | Rp 4.000,- ")))
    assert not (found.silent or found.following or found.asked)


def test_rows_are_told_by_code_and_name_not_by_position() -> None:
    lines = OLD.strip("\n").split("\n")
    moved = "\n".join(["", *lines[:2], *lines[6:8], *lines[2:6], *lines[8:]])  # kegiatan 1.02 before its program
    new = "\n".join([*lines[:6], *lines[8:9]]) + "\n"
    assert not compared(OLD, OLD.replace("# Lembar: Realisasi", "# Lembar: Realisasi\n\n\n")).silent
    assert not compared(OLD, moved).silent
    found = compared(OLD, new)
    assert [(one.place.cell, one.label) for one in found.removed] == [
        ("A6", "1.02 Kegiatan Lansia"),
        ("A7", "1.02.0001 Sub Lansia"),
    ]
    back = compared(new, OLD)
    assert [one.label for one in back.added] == ["1.02 Kegiatan Lansia", "1.02.0001 Sub Lansia"]


def test_a_name_that_was_corrected_is_the_same_row() -> None:
    for after in ("Kegiatan Lanjut Usia", "KEGIATAN  LANSIA"):
        found = compared(OLD, OLD.replace("Kegiatan Lansia ", f"{after} "))
        assert not (found.added or found.removed)
    without_codes = OLD.replace("| 1.02      | Kegiatan Lansia", "| | Layanan Penyanggah Disabilitas Daerah")
    respelled = without_codes.replace("Penyanggah", "Penyangga")
    found = compared(without_codes, respelled)
    assert not (found.added or found.removed)


def test_a_table_that_came_or_went() -> None:
    other = OLD + """
    # Lembar: PK
    | No | Program        | Anggaran (Rp) |
    | 1  | Program Sosial | 7000          |
    | 2  | Program Umum   | 100           |
    """
    assert [(one.place.sheet, one.rows) for one in compared(OLD, other).added] == [("PK", 2)]
    assert [(one.place.sheet, one.rows) for one in compared(other, OLD).removed] == [("PK", 2)]


PERCENTS = """
    # Lembar: Realisasi
    | Kode      | Uraian           | Pagu (Rp) | Realisasi (Rp) | %     |
    | 1         | Program Sosial   | 7000000000      | 2900000000           | 41.43 |
    | 1.01      | Kegiatan Anak    | 7000000000      | 2900000000           | 41.43 |
    | 1.01.0001 | Sub Panti        | 1000000000      | 900000000            | 91    |
    | 1.01.0002 | Sub Asuh         | 2000000000      | 1000000000           | 51    |
    | 1.01.0003 | Sub Lansia       | 4000000000      | 1000000000           | 26    |
"""
"""Three percentages that are wrong."""


def test_what_became_of_each_finding() -> None:
    old = compared(PERCENTS, PERCENTS).old
    asuh, lansia = old.findings[1].id, old.findings[2].id
    answers = {asuh: Answer("Sudah kami betulkan", "fixed"), lansia: Answer("Sesuai LRA", "explained")}
    found = compared(PERCENTS, PERCENTS.replace("| 91 ", "| 90 ").replace("| 51 ", "| 52 "), answers)
    assert what_became(found) == {
        Group.FIXED: [("E4", "91", "90")],
        Group.CONTESTED: [("E5", "51", "52")],
        Group.OPEN: [("E6", "26", "26")],
    }
    assert verdicts(found, Group.CONTESTED) == ["The agency says that it was fixed, but it still fails."]
    assert verdicts(found, Group.OPEN) == ["The agency explains it; the auditor decides under Decision."]
    text = ComparisonText().render(found, "en")
    assert "Response (fixed): Sudah kami betulkan" in text
    assert "Response (explained): Sesuai LRA" in text


def test_what_was_mended_by_leaving_it_out_says_so() -> None:
    found = compared(PERCENTS, PERCENTS.replace("| 51 ", "|    "))
    assert what_became(found)[Group.FIXED] == [("E5", "51", None)]
    assert verdicts(found, Group.FIXED) == ["The cell is blank now."]
    lines = PERCENTS.split("\n")
    found = compared(PERCENTS, "\n".join(lines[:5] + lines[6:]))
    assert what_became(found)[Group.FIXED] == [("E4", "91", None)]
    assert verdicts(found, Group.FIXED) == ["Its row is no longer in the workbook."]
    opened = [now.place.cell for was, now in found.open]
    assert opened == ["E4", "E5"], "the row below is another row"


def test_an_accepted_finding_is_neither_fixed_nor_open() -> None:
    (before, old_tables), (after, new_tables) = drawn(PERCENTS), drawn(PERCENTS)
    first, *others = after.findings
    accepted = first._replace(waived=Waived("sesuai DPA", "A. Auditor"))
    after = replace(after, findings=tuple(others), waived=(accepted,))
    found = compare(before, old_tables, after, new_tables)
    assert [entry.finding for entry in entries(found)[Group.WAIVED]] == [accepted]
    assert "sesuai DPA" in verdicts(found, Group.WAIVED)[0]
    assert (len(found.open), found.fixed, found.come) == (2, (), ())
    back = compare(after, new_tables, before, old_tables)
    assert (len(back.open), back.fixed, back.come, back.waived) == (3, (), (), ()), "the waiver has ended"


def test_where_the_cause_is_certain_no_other_figure_was_asked_for() -> None:
    panti = ("Sub Panti        | 1000      | 900            | 90    | 100 ", "Sub Panti | 1000 | 9000 | 90 | 100")
    old = edited(MENDED, panti)
    (before, _), new = drawn(old), edited(MENDED, ("Sub Asuh         | 2000 ", "Sub Asuh | 2500 "))
    assert [one.certainty for one in before.diagnoses] == ["certain"]
    assert [repair.place.cell for one in before.diagnoses for repair in one.repairs] == ["D4"]
    found = compared(old, new)
    assert cells(found.silent) == ["C5"]


@pytest.mark.parametrize("change", [moves.moved, moves.blank_rows, moves.blank_columns, moves.letterhead, moves.pages])
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_only_moved_did_not_change(path: Path, change: moves.Change) -> None:
    before = sample(path)
    workbook, _ = change(before.workbook, before.book.tables, random.Random(path.stem))
    after = read(workbook)
    found = joined(before, after)
    assert not (found.fixed or found.come or found.asked or found.following or found.silent)
    assert not (found.added or found.removed)
    assert len(found.open) == len(before.outcome.findings)


def joined(before: Read, after: Read) -> Comparison:
    return compare(before.outcome, before.book.tables, after.outcome, after.book.tables)


@pytest.fixture
def returned(tmp_path: Path) -> tuple[Path, Path]:
    """A sample, and its annotated copy with one figure mended, one changed silently, one answer."""
    old = tmp_path / "laporan.xlsx"
    shutil.copy(SAMPLES / "magetan-2024.xlsx", old)
    assert main(["audit", str(old), "--report", str(tmp_path / "r.txt")]) == 1
    new = tmp_path / "kembali.xlsx"
    book = openpyxl.load_workbook(tmp_path / "laporan.audit.xlsx")
    assert book["Anggaran"]["E22"].value is not None
    book["Anggaran"]["E22"] = 175_000_000
    book["Anggaran"]["E21"] = 5_900_000_000
    book.save(new)
    return old, new


def test_from_the_command_line(returned: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = returned
    before = new.read_bytes()
    assert main(["compare", str(old), str(new), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    known: Registry[Any] = Resource.from_contents(REPORT_SCHEMA) @ Registry()
    jsonschema.Draft202012Validator(SCHEMA, registry=known).validate(data)
    assert {(f["rule"], f["cell"]) for f in data["fixed"] if f["sheet"] == "Anggaran"} >= {("XT102", "E22")}
    assert {(one["sheet"], one["cell"]) for one in data["figures"]["asked"]} == {("Anggaran", "E22")}
    assert {(one["sheet"], one["cell"]) for one in data["figures"]["silent"]} == {("Anggaran", "E21")}
    assert main(["compare", str(old), str(new)]) == 1
    text = capsys.readouterr().out
    assert "Angka yang berubah diam-diam (1)" in text
    assert "Anggaran!E21" in text
    assert main(["compare", str(old), str(new), "--lang", "en", "--report", "x.txt"]) == 1
    assert "without a finding" in Path("x.txt").read_text("utf-8")
    assert main(["compare", str(old), str(new), "--report", str(new)]) == 2
    assert new.read_bytes() == before


def test_what_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = openpyxl.Workbook()
    sheet.save(tmp_path / "kosong.xlsx")
    good = str(SAMPLES / "pacitan-2024.xlsx")
    assert main(["compare", good, str(tmp_path / "kosong.xlsx")]) == 2
    assert "tabel" in capsys.readouterr().err
    assert main(["compare", good, "tiada.xlsx"]) == 2
    assert main(["compare", good]) == 2


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)


HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\u202e</td></table>"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_holds_every_entry_once(language: Language) -> None:
    old = compared(PERCENTS, PERCENTS).old
    answers = {old.findings[1].id: Answer(HOSTILE, "fixed"), old.findings[2].id: Answer("", "explained")}
    new = PERCENTS.replace("| 91 ", "| 90 ").replace("| 4000000000 ", "| 5000000000 ")
    found = compared(PERCENTS, new.replace("Sub Asuh  ", HOSTILE.replace("|", "")), answers)
    found = found._replace(new=replace(found.new, path=f"x/{HOSTILE}.xlsx"))
    page = Page(comparison_page(found, language, date(2026, 11, 21)))
    groups = entries(found)
    findings = [entry for some in groups.values() for entry in some if entry.finding is not None]
    assert len(page.all("article")) == len(findings) > 3
    assert not page.all("img") and len(page.all("script")) == 1
    lines = [one.text for one in page.all("tr") if one.within("tbody")]
    figures = (*found.asked, *found.following, *found.silent)
    assert len(lines) == len(figures) + len(found.added) + len(found.removed)
    sections = [one.attributes["id"] for one in page.all("section") if "id" in one.attributes]
    assert sections == [group.value for group, some in groups.items() if some]
    said = {True: "Dinyatakan sudah diperbaiki, tetapi masih", False: "The agency says that it was fixed"}
    assert any(said[language == "id"] in one.text for one in page.all("p", "verdict"))


def test_a_page_is_replaced_only_if_it_is_ours(returned: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = returned
    for form in ("html", "json", "text"):
        target = tmp_path / f"laporan.{form}"
        call = ["compare", str(old), str(new), "--format", form, "--report", str(target)]
        assert main(call) == 1
        assert main(call) == 1, "it was made by xlaudit"
        target.write_text("catatan sendiri")
        assert main(call) == 2
        assert target.read_text() == "catatan sendiri"
        assert main([*call, "--force"]) == 1


def many_rows(names: list[str]) -> Table:
    rows = tuple(Row(i, i + 2, Level.DETAIL, 0, None, name, "", {}, {}) for i, name in enumerate(names))
    return Table("t1", "realisasi_anggaran", "S", Area(1, 1, len(names) + 1, 5), "T", {}, rows, (1,))


def test_names_that_are_all_alike_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(one: str, two: str) -> bool:
        nonlocal compared
        compared += 1
        return same_name(one, two)

    monkeypatch.setattr("xlaudit.resubmission.pairing.same_name", counted)
    old = many_rows([f"Penyediaan jasa lama penyelenggaraan nomor x{i}q" for i in range(500)])
    new = many_rows([f"Penyediaan jasa baru penyelenggaraan nomor x{i}z" for i in range(500)])
    [pair] = paired([old], [new]).pairs
    assert (len(pair.rows), len(pair.removed), len(pair.added)) == (0, 500, 500)
    assert compared <= 500 * 20


def test_many_tables_are_not_compared_each_with_each() -> None:
    names = [["Belanja Barang", f"Rincian {i}"] for i in range(300)]
    old = [replace(many_rows(some), id=f"t{i}") for i, some in enumerate(names)]
    found = paired(old, [replace(table, sheet="S (2)") for table in old])
    assert [(pair.old.id, pair.new.id) for pair in found.pairs] == [(table.id, table.id) for table in old]


@pytest.mark.parametrize("seed", range(12))
def test_exactly_what_changed_in_a_random_workbook_is_told(seed: int, tmp_path: Path) -> None:
    """Figures spoiled, then set right while rows and columns move: each of them is told once, and nothing else."""
    chance = random.Random(seed)
    write(document(seed, RECIPES[seed % len(RECIPES)]), tmp_path / "x.xlsx")
    whole = read_file(tmp_path / "x.xlsx")
    sheets = {sheet.name: sheet for sheet in whole.workbook.sheets}
    stored = [(name, cell, sheets[name].at(cell.row, cell.column)) for name, cell in figures(whole.book.tables)]
    typed = [(name, cell) for name, cell, one in stored if one is not None and one.number is not None]
    places = chance.sample(typed, min(8, len(typed)))
    before = read(spoiled(whole.workbook, places))
    moved, shifts = moves.moved(whole.workbook, whole.book.tables, chance)
    after = read(moved)
    found = joined(before, after)
    told = [(one.after_place.sheet, one.after_place.cell) for one in (*found.asked, *found.following, *found.silent)]
    expected = [(sheet, shifts[sheet].cell(cell).a1) for sheet, cell in places]
    assert sorted(told) == sorted(expected)
    assert not (found.added or found.removed)
    assert len(found.fixed) + len(found.open) == len(before.outcome.findings)
    assert len(found.come) + len(found.open) == len(after.outcome.findings)
    back = joined(after, before)
    assert [one.before for one in back.silent] == [one.before for one in back.silent if one.before != one.after]
    assert sorted(f.id for f in back.come) == sorted(f.id for f in found.fixed)


def test_settings_and_mappings_hold_as_in_an_audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SAMPLES / "magetan-2024.xlsx", tmp_path / "a.xlsx")
    shutil.copy(SAMPLES / "magetan-2024.xlsx", tmp_path / "b.xlsx")

    def rules(*options: str) -> set[str]:
        capsys.readouterr()
        assert main(["compare", "a.xlsx", "b.xlsx", "--format", "json", *options]) in (0, 1)
        return {one["new"]["rule"] for one in json.loads(capsys.readouterr().out)["open"]}

    usual = rules()
    assert {"XT101", "KI101"} <= usual
    Path("lain.toml").write_text('[rules]\noff = ["XT101"]\n', "utf-8")
    assert rules("--config", "lain.toml") == usual - {"XT101"}
    Path("xlaudit.toml").write_text('[rules]\noff = ["KI101"]\n', "utf-8")
    assert rules() == usual - {"KI101"}
    Path("xlaudit.toml").write_text('[rules]\noff = ["XX999"]\n', "utf-8")
    assert main(["compare", "a.xlsx", "b.xlsx"]) == 2
    assert "XX999" in capsys.readouterr().err
    Path("xlaudit.toml").unlink()
    Path("peta.toml").write_text("schema = 'xlaudit-map/9'\n", "utf-8")
    assert main(["compare", "a.xlsx", "b.xlsx", "--map", "peta.toml"]) == 2
    assert main(["compare", "a.xlsx", "b.xlsx", "--report", "peta.toml", "--map", "peta.toml", "--force"]) == 2


def test_a_rule_that_breaks_down_is_our_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crashing(*arguments: Any, **options: Any) -> Any:
        return replace(audit_book(*arguments, **options), crashes=(RuleCrash("RA101", "ZeroDivisionError: x"),))

    monkeypatch.setattr("xlaudit.resubmission.files.audit_book", crashing)
    sample = str(SAMPLES / "templat-magetan-2024.xlsx")
    assert main(["compare", sample, sample]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_exit_codes(tmp_path: Path) -> None:
    """0 nothing is left in the later workbook, 1 something is: what the earlier one had does not matter."""
    for name, percent in (("salah", 91), ("benar", 90)):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Realisasi"
        sheet.append(("Uraian", "Pagu (Rp)", "Realisasi (Rp)", "%"))
        sheet.append(("Penyediaan jasa", 1_000_000_000, 900_000_000, percent))
        sheet.append(("Penyediaan bahan", 2_000_000_000, 1_000_000_000, 50))
        sheet.append(("Jumlah", 3_000_000_000, 1_900_000_000, "63,33"))
        book.save(f"{name}.xlsx")
    assert main(["compare", "salah.xlsx", "benar.xlsx"]) == 0
    assert main(["compare", "benar.xlsx", "salah.xlsx"]) == 1
    assert main(["compare", "salah.xlsx", "benar.xlsx", "-o", "banding.xlsx"]) == 0
    assert openpyxl.load_workbook("banding.xlsx").sheetnames == ["Hasil Audit", "Perbandingan Audit", "Realisasi"]
