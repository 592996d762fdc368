"""The recap: its figures against those the workbooks were made of, its links, and what may be in names."""

from __future__ import annotations

import csv
import json
import os
import re
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
import recaps
from openpyxl.worksheet.worksheet import Worksheet

from xlaudit.cli import main
from xlaudit.outputs import is_recap
from xlaudit.recap.data import COLUMNS
from xlaudit.recap.gather import gather
from xlaudit.recap.workbook import write_workbook

OFFICES = [recaps.office(number) for number in range(9)]
OFFICES[2].off = 1_000
OFFICES[5].off = -7


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine offices, two of which print a wrong total; a file that is none; a list with two that are missing."""
    home = tmp_path_factory.mktemp("rekap")
    for number, one in enumerate(OFFICES):
        recaps.write(one, home / "masuk" / f"{number}.xlsx")
    (home / "masuk" / "rusak.xlsx").write_bytes(b"bukan buku kerja")
    names = [one.name for one in OFFICES] + ["Badan Belum Datang", "Dinas Juga Belum"]
    (home / "daftar.csv").write_text("perangkat daerah\n" + "\n".join(names) + "\n")
    call = ["recap", str(home / "masuk"), "--agencies", str(home / "daftar.csv"), "--copies", str(home / "salinan")]
    for name in ("rekap.xlsx", "rekap.html", "rekap.jsonl", "rekap.csv", "rekap.parquet"):
        assert main([*call, "-o", str(home / name)]) == 2, "a file was rejected"
    assert main([*call, "-o", str(home / "recap-en.xlsx"), "--lang", "en"]) == 2
    return home


def sheets(path: Path) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: sheet for sheet in book.worksheets}


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the heading by its texts, until the total."""
    found: list[dict[str, object]] = []
    heads: list[str] = []
    for row in sheet.iter_rows(values_only=True):
        if row[0] == "No":
            heads = [str(text) for text in row if text is not None]
        elif heads and isinstance(row[0], int):
            found.append(dict(zip(heads, row, strict=False)))
    return found


def totals(sheet: Worksheet, word: str = "Jumlah") -> dict[str, object]:
    heads: list[str] = []
    for row in sheet.iter_rows(values_only=True):
        if row[0] == "No":
            heads = [str(text) for text in row if text is not None]
        elif heads and row[1] == word:
            return dict(zip(heads, row, strict=False))
    raise AssertionError("there is no total")


def test_the_budget_is_that_of_the_workbooks(folder: Path) -> None:
    sheet = sheets(folder / "rekap.xlsx")["Anggaran"]
    found = {str(row["Perangkat daerah"]): row for row in rows(sheet)}
    assert len(found) == len(OFFICES)
    for one in OFFICES:
        row = found[one.name]
        assert (row["Pagu (Rp)"], row["Realisasi (Rp)"]) == (one.pagu, one.realisasi)
        assert row["Sisa (Rp)"] == one.pagu - one.realisasi
        assert row["Serapan (%)"] == pytest.approx(float(Fraction(one.realisasi * 100, one.pagu)), rel=1e-14)
    total = totals(sheet)
    pagu, spent = sum(one.pagu for one in OFFICES), sum(one.realisasi for one in OFFICES)
    assert (total["Pagu (Rp)"], total["Realisasi (Rp)"], total["Sisa (Rp)"]) == (pagu, spent, pagu - spent)
    assert total["Serapan (%)"] == pytest.approx(float(Fraction(spent * 100, pagu)), rel=1e-14)


def test_the_capaian_is_that_of_the_workbooks(folder: Path) -> None:
    sheet = sheets(folder / "rekap.xlsx")["Kinerja"]
    found = {str(row["Perangkat daerah"]): row for row in rows(sheet)}
    for one in OFFICES:
        row = found[one.name]
        assert row["Indikator"] == len(one.capaian)
        assert row["Rata-rata capaian (%)"] == pytest.approx(float(one.mean), rel=1e-14)
        assert (row["Terendah"], row["Tertinggi"]) == (float(min(one.capaian)), float(max(one.capaian)))
    every = [value for one in OFFICES for value in one.capaian]
    total = totals(sheet)
    assert total["Indikator"] == len(every)
    assert total["Rata-rata capaian (%)"] == pytest.approx(float(sum(every, Decimal(0)) / len(every)), rel=1e-14)
    words = Counter(map(recaps.label, every))
    assert {word: total[word] for word in words} == dict(words)
    classes = Counter(
        "di bawah 50" if v < 50 else "50 s.d. < 75" if v < 75 else "75 s.d. < 90" if v < 90
        else "90 s.d. < 100" if v < 100 else "100 s.d. 120" if v <= 120 else "di atas 120"
        for v in every
    )  # fmt: skip
    assert {name: total[name] for name in classes} == dict(classes)


def test_the_overview_counts(folder: Path) -> None:
    sheet = sheets(folder / "rekap.xlsx")["Ringkasan"]
    said = {str(row[0]): row[1] for row in sheet.iter_rows(min_row=5, max_col=2, values_only=True) if row[0]}
    assert (said["Berkas diterima"], said["diperiksa dan dihitung"], said["ditolak"]) == (10, 9, 1)
    assert said["Perangkat daerah yang belum menyampaikan"] == 2
    assert said["Kesalahan"] == len(rows(sheets(folder / "rekap.xlsx")["Temuan"])) == 2
    assert said["Berkas tanpa kesalahan"] == 7
    assert said["Pagu (Rp)"] == sum(one.pagu for one in OFFICES)
    assert said["Perangkat daerah yang anggarannya terbaca"] == 9


def test_who_is_missing_and_what_was_rejected(folder: Path) -> None:
    book = sheets(folder / "rekap.xlsx")
    assert [row["Perangkat daerah"] for row in rows(book["Belum Masuk"])] == ["Badan Belum Datang", "Dinas Juga Belum"]
    [rejected] = rows(book["Ditolak"])
    assert str(rejected["Berkas"]).endswith("rusak.xlsx") and rejected["Kode"] == "not_a_workbook"
    agencies = rows(book["Per Perangkat Daerah"])
    assert Counter(row["Status"] for row in agencies) == {"Diperiksa": 9, "Ditolak": 1, "Belum masuk": 2}


def test_every_sheet_can_be_filtered_and_is_printed_on_a4(folder: Path) -> None:
    for name, sheet in sheets(folder / "rekap.xlsx").items():
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape", name
        if name == "Ringkasan":
            continue
        assert sheet.auto_filter.ref, name
        heading = int(re.findall(r"\d+", sheet.auto_filter.ref)[0])
        assert sheet.freeze_panes is not None and int(re.findall(r"\d+", sheet.freeze_panes)[0]) == heading + 1
        assert sheet.print_title_rows == f"${heading}:${heading}", name


def test_links_lead_to_the_cells_of_the_copies(folder: Path) -> None:
    sheet = sheets(folder / "rekap.xlsx")["Temuan"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None]
    cells = [link for link in links if link.location]
    assert len(cells) == 2 and len(links) == 4
    for link in links:
        target = unquote(link.target.replace("\\", "/"))
        assert not os.path.isabs(target), "it would not survive being moved"
        copy = openpyxl.load_workbook(folder / target)
        assert "audit" in target
        if link.location:
            name, cell = link.location.rsplit("!", 1)
            place = copy[name.strip("'").replace("''", "'")][cell]
            assert place.comment is not None, "the annotated copy marks this cell"


def test_english(folder: Path) -> None:
    book = sheets(folder / "recap-en.xlsx")
    assert list(book) == [
        "Summary", "By Agency", "Findings", "Budget", "Performance", "Not Submitted", "Rejected",
    ]  # fmt: skip
    assert totals(book["Budget"], "Total")["Pagu (Rp)"] == sum(one.pagu for one in OFFICES)


def test_one_line_for_every_workbook(folder: Path) -> None:
    lines = [json.loads(line) for line in (folder / "rekap.jsonl").read_text("utf-8").splitlines()]
    assert Counter(line["status"] for line in lines) == {"counted": 9, "rejected": 1, "missing": 2}
    by_name = {line["agency"]: line for line in lines}
    for one in OFFICES:
        line = by_name[one.name]
        assert line["budget"]["pagu"] == {
            "value": str(one.pagu), "sheet": "Realisasi", "cells": [f"C{4 + len(one.programs)}"], "summed": False,
        }  # fmt: skip
        assert [Decimal(found["capaian"]) for found in line["capaian"]["indicators"]] == one.capaian


def test_the_findings_as_records(folder: Path) -> None:
    import pyarrow.parquet

    with (folder / "rekap.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    assert [(record["rule"], record["severity"], record["cell"]) for record in records] == [
        ("RA102", "error", f"C{4 + len(OFFICES[number].programs)}") for number in (2, 5)
    ]
    assert [Decimal(record["difference"]) for record in records] == [1_000, -7]
    table = pyarrow.parquet.read_table(folder / "rekap.parquet").to_pylist()
    assert [[str(value or "") for value in row.values()] for row in table] == [list(r.values()) for r in records]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.ids.add(facts.get("id") or "")
        if tag == "a":
            self.links.append(facts.get("href") or "")
        if "src" in facts or tag in ("link", "img", "iframe", "object"):
            self.loaded.append(str(facts))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_stands_alone(folder: Path) -> None:
    page = _Page()
    page.feed((folder / "rekap.html").read_text("utf-8"))
    assert not page.loaded
    for link in page.links:
        assert link[1:] in page.ids if link.startswith("#") else (folder / unquote(link)).is_file(), link
    said = " ".join(page.texts)
    total = f"{sum(one.pagu for one in OFFICES):,}".replace(",", ".")
    assert total in said and "Badan Belum Datang" in said and "rusak.xlsx" in said


def test_a_recap_is_known_and_never_audited(folder: Path, tmp_path: Path) -> None:
    assert is_recap(folder / "rekap.xlsx") and not is_recap(folder / "masuk" / "0.xlsx")
    recaps.write(OFFICES[0], tmp_path / "satu.xlsx")
    target = tmp_path / "rekap.xlsx"
    assert main(["recap", str(tmp_path), "-o", str(target)]) == 0
    assert main(["recap", str(tmp_path), "-o", str(target)]) == 0, "its own recap is replaced, and is no input"
    assert len(rows(sheets(target)["Per Perangkat Daerah"])) == 1


def test_of_two_for_one_agency_the_one_saved_last_counts(tmp_path: Path) -> None:
    early, late = recaps.office(1, "Dinas Sosial"), recaps.office(2, "DINAS SOSIAL")
    for number, (name, one) in enumerate((("z.xlsx", early), ("a.xlsx", late))):
        path = recaps.write(one, tmp_path / "masuk" / name)
        _saved(path, f"2025-01-0{number + 1}T08:00:00Z")
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) == 0
    book = sheets(tmp_path / "r.xlsx")
    assert totals(book["Anggaran"])["Pagu (Rp)"] == late.pagu
    listed = {row["Berkas"]: row for row in rows(book["Per Perangkat Daerah"])}
    assert listed["z.xlsx"]["Status"] == "Digantikan" and "a.xlsx" in str(listed["z.xlsx"]["Keterangan"])
    assert listed["z.xlsx"]["Kesalahan"] is None


def _saved(path: Path, moment: str) -> None:
    """Says in a workbook when it was saved."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]+", rf"\g<1>{moment}", core).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_the_time_of_the_file_decides_where_workbooks_do_not_say(tmp_path: Path) -> None:
    for name, one, moment in (("z.xlsx", 1, 100), ("a.xlsx", 2, 200)):
        path = recaps.write(recaps.office(one, "Dinas Sosial"), tmp_path / "masuk" / name)
        _saved(path, "2025-01-01T08:00:00Z")
        os.utime(path, (moment, moment))
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) == 0
    assert totals(sheets(tmp_path / "r.xlsx")["Anggaran"])["Pagu (Rp)"] == recaps.office(2).pagu


def test_several_periods_are_not_added_up(tmp_path: Path) -> None:
    one, other = recaps.office(1, "Dinas Sosial"), recaps.office(2, "Dinas Sosial")
    other.year = 2023
    for at, office in enumerate((one, other)):
        recaps.write(office, tmp_path / "masuk" / f"{at}.xlsx")
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) in (0, 2)
    sheet = sheets(tmp_path / "r.xlsx")["Anggaran"]
    assert totals(sheet, "Jumlah Tahun 2023")["Pagu (Rp)"] == other.pagu
    assert totals(sheet, "Jumlah Tahun 2024")["Pagu (Rp)"] == one.pagu


@pytest.mark.parametrize(("of_2023", "of_2024", "shown"), [(3, 1, 2023), (2, 1, 2024), (1, 1, 2024), (1, 3, 2024)])
def test_a_stray_workbook_of_a_later_year_does_not_displace_the_others(
    of_2023: int, of_2024: int, shown: int, tmp_path: Path
) -> None:
    years = [2023] * of_2023 + [2024] * of_2024
    offices = [recaps.office(at + 1, f"Dinas {chr(65 + at) * 5}") for at in range(len(years))]
    for at, (office, year) in enumerate(zip(offices, years, strict=True)):
        office.year = year
        recaps.write(office, tmp_path / "masuk" / f"{at}.xlsx")
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) in (0, 2)
    rows = list(sheets(tmp_path / "r.xlsx")["Ringkasan"].iter_rows(values_only=True))
    assert any(f"di bawah ini untuk Tahun {shown}" in str(cell) for row in rows for cell in row)
    pagu = next(row[row.index("Pagu (Rp)") + 1] for row in rows if "Pagu (Rp)" in row)
    assert pagu == sum(office.pagu for office, year in zip(offices, years, strict=True) if year == shown)


def test_every_rejected_file_of_a_missing_agency_is_named(tmp_path: Path) -> None:
    (tmp_path / "masuk" / "Dinas Kehutanan").mkdir(parents=True)
    for name in ("satu.xlsx", "dua.xlsx"):
        (tmp_path / "masuk" / "Dinas Kehutanan" / name).write_bytes(b"PK\x03\x04")
    (tmp_path / "daftar.csv").write_text("Perangkat Daerah\nDinas Kehutanan\n", "utf-8")
    recap = ["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]
    assert main([*recap, "--agencies", str(tmp_path / "daftar.csv")]) == 2
    told = str(list(sheets(tmp_path / "r.xlsx")["Belum Masuk"].iter_rows(values_only=True)))
    assert "satu.xlsx" in told and "dua.xlsx" in told


HOSTILE = '=HYPERLINK("http://contoh.test")'


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_names_are_never_formulas(start: str, tmp_path: Path) -> None:
    name = f"{start}cmd & <b>Dinas</b>"
    one = recaps.office(3)
    path = recaps.write(one, tmp_path / "masuk" / f"{start}SUM(A1) #%41 é.xlsx", sheet=f"{start}1+1 'a'#")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A4"] = 9
    for row in range(4, 4 + len(one.programs)):
        book.worksheets[0].cell(row, 2).value = f"{name} {row}"
        book.worksheets[0].cell(row, 2).data_type = "s"
    book.worksheets[0]["D4"] = one.programs[0][0] * 2
    book.save(path)
    home = tmp_path / "hasil"
    home.mkdir()
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(home / "r.xlsx"), "--copies", str(home)]) == 0
    found = openpyxl.load_workbook(home / "r.xlsx")
    assert any(str(row["Menyangkut"]).startswith(start) for row in rows(sheets(home / "r.xlsx")["Temuan"]))
    for sheet in found.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert re.match(r"=(IFERROR|SUM|MIN|MAX|COUNTIFS?|'[^']+'!)\b", str(cell.value)) or str(
                        cell.value
                    ).startswith("='"), cell.value
    links = [cell.hyperlink for row in found["Temuan"].iter_rows() for cell in row if cell.hyperlink is not None]
    assert links and all((home / unquote(link.target.replace("\\", "/"))).is_file() for link in links)
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(home / "r.html"), "--copies", str(home)]) == 0
    text = (home / "r.html").read_text("utf-8")
    assert "<b>Dinas" not in text and "&lt;b&gt;Dinas" in text


@pytest.mark.parametrize("form", ["xlsx", "html", "jsonl", "csv", "parquet"])
@pytest.mark.parametrize("books", [0, 1])
def test_nothing_to_tell(form: str, books: int, tmp_path: Path) -> None:
    """An empty folder; a folder with a file that is rejected. Written twice, for it is known to be ours."""
    masuk = tmp_path / "masuk"
    masuk.mkdir()
    if books:
        (masuk / "rusak.xlsx").write_bytes(b"x")
    for _ in range(2):
        assert main(["recap", str(masuk), "-o", str(tmp_path / f"r.{form}")]) == 2
    if form == "xlsx":
        book = sheets(tmp_path / "r.xlsx")
        assert "Tidak ada yang perlu dicantumkan." in {row[0] for row in book["Anggaran"].iter_rows(values_only=True)}
        assert book["Ringkasan"]["B5"].value == 1


def test_workbooks_without_a_name(tmp_path: Path) -> None:
    one = recaps.office(4)
    path = recaps.write(one, tmp_path / "masuk" / "dinas-kesehatan_2024.xlsx")
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet["A1"] = None
    book.save(path)
    (tmp_path / "daftar.csv").write_text("perangkat daerah\nDinas Kesehatan\nDinas Kesehatan Hewan\n")
    call = ["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]
    assert main(call) == 0
    [row] = rows(sheets(tmp_path / "r.xlsx")["Per Perangkat Daerah"])
    assert row["Perangkat daerah"] == "(perangkat daerah tidak disebut)"
    assert main([*call, "--agencies", str(tmp_path / "daftar.csv")]) == 0
    named, missing = rows(sheets(tmp_path / "r.xlsx")["Per Perangkat Daerah"])
    assert named["Perangkat daerah"] == "Dinas Kesehatan" and "nama berkas" in str(named["Keterangan"])
    assert missing["Perangkat daerah"] == "Dinas Kesehatan Hewan"


def test_amounts_of_more_than_15_digits_are_said_exactly(tmp_path: Path) -> None:
    one = recaps.Office("Dinas Besar", 2024, [], [])
    path = recaps.write(one, tmp_path / "masuk" / "besar.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["B4"], sheet["C4"], sheet["D4"] = "Program A", "1234567890123456789", "1000000"
    sheet["B5"], sheet["C5"], sheet["D5"] = "Program B", "1", "1"
    sheet["B6"], sheet["C6"], sheet["D6"] = "Jumlah", "1234567890123456790", "1000001"
    book.save(path)
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) == 0
    [row] = rows(sheets(tmp_path / "r.xlsx")["Anggaran"])
    assert row["Pagu (Rp)"] == 1.23456789012346e18
    assert "1.234.567.890.123.456.790" in str(row["Keterangan"])


def test_what_cannot_be_written_is_told_before_anything_is_audited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recaps.write(OFFICES[0], tmp_path / "satu.xlsx")
    for target, word in (
        (tmp_path / "r.doc", "--format"),
        (tmp_path / "tidak" / "r.xlsx", "Folder"),
        (path, "masukan"),
    ):
        assert main(["recap", str(path), "-o", str(target)]) == 2
        assert word in capsys.readouterr().err
    assert sorted(item.name for item in tmp_path.iterdir()) == ["satu.xlsx"]


def test_the_docs_list_the_columns() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "recap.md").read_text("utf-8")
    assert [line for line in docs.splitlines() if line.startswith("| `") and line.count("|") == 4][-len(COLUMNS) :] == [
        f"| `{column.name}` | {column.type} | {column.meaning} |" for column in COLUMNS
    ]


def test_workbooks_that_complete_one_another_both_count(tmp_path: Path) -> None:
    """One with the budget and one with the performance of the same agency and year."""
    one = recaps.office(6, "Dinas Sosial")
    for name, left in (("anggaran.xlsx", "Kinerja"), ("kinerja.xlsx", "Realisasi")):
        path = recaps.write(one, tmp_path / "masuk" / name)
        book = openpyxl.load_workbook(path)
        del book[left]
        book.save(path)
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) == 0
    book_ = sheets(tmp_path / "r.xlsx")
    assert [row["Status"] for row in rows(book_["Per Perangkat Daerah"])] == ["Diperiksa", "Diperiksa"]
    assert totals(book_["Anggaran"])["Pagu (Rp)"] == one.pagu
    assert totals(book_["Kinerja"])["Indikator"] == len(one.capaian)


def test_a_budget_of_two_documents_counts_once(tmp_path: Path) -> None:
    """The report and the quarterly evaluation of one agency and year both print the budget."""
    one = recaps.office(7, "Dinas Sosial")
    recaps.write(one, tmp_path / "masuk" / "laporan.xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["DINAS SOSIAL"],
        ["Evaluasi Triwulan Renja Tahun 2024"],
        ["Kode", "Program", "Indikator", "Target Tahun 2024", "Pagu Tahun 2024 (Rp)", "Realisasi Kinerja Triwulan I",
         "Realisasi Anggaran Triwulan I (Rp)", "Realisasi Kinerja Tahun 2024", "Realisasi Anggaran Tahun 2024 (Rp)"],
        ["1.06.01", "Program A", "Indikator A", 100, 1_000_000, 20, 200_000, 90, 900_000],
        ["1.06.02", "Program B", "Indikator B", 100, 2_000_000, 20, 200_000, 90, 900_000],
        [None, "Jumlah", None, None, 3_000_000, None, 400_000, None, 1_800_000],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "masuk" / "e81.xlsx")
    alone = tmp_path / "satu.xlsx"
    assert main(["recap", str(tmp_path / "masuk" / "e81.xlsx"), "-o", str(alone), "--no-annotate"]) == 0
    assert totals(sheets(alone)["Anggaran"])["Pagu (Rp)"] == 3_000_000, "by itself it would count"
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) == 0
    listed = rows(sheets(tmp_path / "r.xlsx")["Anggaran"])
    assert sorted(str(row["Pagu (Rp)"]) for row in listed) == sorted(["None", str(one.pagu)])
    assert "laporan.xlsx" in " ".join(str(row["Keterangan"]) for row in listed)


def test_a_list_among_the_workbooks_is_none_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    masuk = tmp_path / "masuk"
    recaps.write(recaps.office(1, "Dinas Sosial"), masuk / "a.xlsx")
    recaps.write(recaps.office(2, "Dinas Sosial"), masuk / "b.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["Perangkat Daerah"])
    book.active.append(["Dinas Sosial"])
    book.save(masuk / "daftar.xlsx")
    call = ["recap", str(masuk), "-o", str(tmp_path / "r.xlsx"), "--agencies", str(masuk / "daftar.xlsx")]
    assert main([*call, "--ledger", str(tmp_path / "register.db")]) == 0
    said = capsys.readouterr().err
    assert sum("a.xlsx" in line and "b.xlsx" in line for line in said.splitlines()) == 1, "which of two counts is told"
    found = sheets(tmp_path / "r.xlsx")
    assert len(rows(found["Per Perangkat Daerah"])) == 2 and not rows(found["Ditolak"])


def test_agencies_of_one_name_and_several_governments(tmp_path: Path) -> None:
    for number, region in enumerate(("KABUPATEN CONTOH", "KOTA MAJU")):
        recaps.write(recaps.office(number, f"Dinas Sosial {region}"), tmp_path / "masuk" / f"{number}.xlsx")
    assert main(["recap", str(tmp_path / "masuk"), "-o", str(tmp_path / "r.xlsx")]) == 0
    listed = rows(sheets(tmp_path / "r.xlsx")["Per Perangkat Daerah"])
    assert [row["Status"] for row in listed] == ["Diperiksa", "Diperiksa"]
    assert len({str(row["Perangkat daerah"]).lower() for row in listed}) == 2, "which is which can be seen"


def test_bounds_of_a_sheet(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links beyond those that a sheet takes are texts; findings beyond its rows are counted."""
    monkeypatch.setattr("xlaudit.recap.sheet.MOST_LINKS", 1)
    monkeypatch.setattr("xlaudit.recap.grids.MOST_FINDINGS", 1)
    assert main(["recap", str(folder / "masuk"), "-o", str(tmp_path / "r.xlsx"), "--no-annotate"]) == 2
    sheet = sheets(tmp_path / "r.xlsx")["Temuan"]
    assert len([cell for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None]) == 1
    [row] = rows(sheet)
    assert row["Sel"] and "1 temuan lagi" in " ".join(str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_a_full_disk_is_the_systems_fault(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    recap = gather([], None, date(2025, 1, 1))
    for target in (Path("/dev/full"), tmp_path / "tidak" / "ada.xlsx"):
        with pytest.raises(OSError):
            write_workbook(recap, target, "id")
