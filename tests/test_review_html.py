"""The review page: every finding once and linked to its cell, tables as the office sees them, nothing unescaped."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from htmlpages import Element, Page
from outcomes import full, quiet, rejected

from xlaudit.audit import Shown, audit_shown, audit_workbook
from xlaudit.cli import main
from xlaudit.findings import Elsewhere, Waived
from xlaudit.reading import excerpts
from xlaudit.reports.review_grid import CLASSES
from xlaudit.reports.review_html import review_page
from xlaudit.texts import Language

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xlsx"))
SAMPLE = SAMPLES[0].with_name("pacitan-2024.xlsx")
DAY = date(2026, 11, 21)
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\u202e</td></table>"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)


def page_of(shown: Shown, language: Language = "id") -> Page:
    return Page(review_page(shown.outcome, shown.excerpts, language, DAY))


def articles(page: Page) -> list[Element]:
    return page.all("article")


def headings(page: Page) -> dict[Element, Element]:
    """By article the link in its heading: the cell of its finding."""
    return {one.above[-3]: one for one in page.all("a") if one.within("h4") and one.above[-3].tag == "article"}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_stands_once_and_leads_to_its_cell_and_back(sample: Path, language: Language) -> None:
    shown = audit_shown(sample)
    page = page_of(shown, language)
    found = articles(page)
    assert len(found) == len(shown.outcome.findings)
    links = headings(page)
    told = sorted((one.attributes["class"], links[one].text.rpartition("!")[2]) for one in found)
    assert told == sorted((CLASSES[one.severity], one.place.cell) for one in shown.outcome.findings)
    cells = {one.attributes["id"]: one for one in page.all("td") if "id" in one.attributes}
    back = {one.attributes["href"][1:]: one for one in page.all("a", "m")}
    for article in found:
        anchor = links[article].attributes["href"][1:]
        cell = cells[anchor]
        assert cell.within("div", "grid")
        assert anchor.endswith("-" + links[article].text.rpartition("!")[2]), "the address is the cell's"
        if article.attributes["id"] in back:
            assert cell in back[article.attributes["id"]].above
        else:  # only the first badges of a crowded cell are drawn
            assert "+" in cell.text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_messages_are_those_of_the_audit(sample: Path) -> None:
    shown = audit_shown(sample)
    assert shown.outcome == audit_workbook(sample), "the page shows what the other reports say"
    texts = [one.text for one in articles(page_of(shown))]
    for finding in shown.outcome.findings:
        said = " ".join(finding.message.get("id").split())
        assert sum(said in text for text in texts) >= 1, said


def test_causes_come_first_with_what_follows_folded_under_them() -> None:
    shown = audit_shown(SAMPLE.with_name("templat-sepuluh-kesalahan.xlsx"))
    page = page_of(shown)
    causes = page.all("section", "cause")
    assert len(causes) == len(shown.outcome.diagnoses) > 0
    explained = {name for one in shown.outcome.diagnoses for name in one.explains}
    followers = [one for one in articles(page) if one.within("section", "cause")]
    assert len(followers) == len(explained) and all(one.within("details") for one in followers)
    assert not any(one.within("details") for one in articles(page) if one not in followers)
    for cause in causes:
        repairs = [one for one in page.all("a") if cause in one.above and not one.within("details")]
        assert repairs, "the cell to mend is a link"
        marks = [one for one in page.all("a", "s") if one.attributes["href"] == f"#{cause.attributes['id']}"]
        assert any(one.within("td") for one in marks), "and leads back"
    assert "usul: 272.726.725" in page.by_id(next(i for i in ids(page) if i.endswith("-E13"))).text


def ids(page: Page) -> list[str]:
    return [one.attributes["id"] for one in page.elements if "id" in one.attributes]


def test_the_head_says_whose_it_is_and_by_what(capsys: pytest.CaptureFixture[str]) -> None:
    page = page_of(audit_shown(SAMPLE))
    [head] = page.all("header")
    for said in ("Lembar Hasil Reviu", "DINAS SOSIAL", "KABUPATEN PACITAN", "2024", "pacitan-2024.xlsx",
                 "21 November 2026", "xlaudit 0.", "Kesalahan", "Peringatan", "Catatan"):  # fmt: skip
        assert said in head.text
    [foot] = page.all("footer")
    assert foot.text.count("NIP:") == 2 and "Pereviu" in foot.text and "Perangkat daerah yang direviu" in foot.text
    assert "Dasar pemeriksaan" in [one.text for one in page.all("h2")]


def test_the_language_asked_for() -> None:
    page = page_of(audit_shown(SAMPLE), "en")
    text = page.all("body")[0].text
    assert "Review Sheet" in text and "root cause" in text and "2026-11-21" in text
    assert "Lembar Hasil" not in text and "Tanggapan" not in text and "temuan" not in text
    assert page.all("html")[0].attributes["lang"] == "en"
    assert {one.text[0] for one in articles(page)} == set("EWN"), "letters speak English too"


def test_the_table_is_as_the_office_sees_it() -> None:
    page = page_of(audit_shown(SAMPLE))
    cells = page.all("td")
    heading = next(one for one in cells if one.text.startswith("Realisasi Kinerja dan Anggaran RRPD pada Triwulan"))
    assert heading.attributes["colspan"] == "8"
    amount = next(one for one in cells if one.text.startswith("14.025.195.057,00"))
    assert "num" in amount.classes, "numbers as the format shows them, to the right"
    title = next(one for one in cells if one.text == "REALISASI ANGGARAN")
    assert int(title.attributes["colspan"]) > 1, "a title reaches over the blank cells beside it"


def test_it_stands_alone_and_needs_no_script() -> None:
    html = review_page(*audit_shown(SAMPLE), "id", DAY)
    page = Page(html)  # every link is within the page
    assert not {"link", "img", "iframe", "object", "base"} & {one.tag for one in page.elements}
    names = {name for one in page.elements for name in one.attributes}
    assert not {"src", "action"} & names and not [name for name in names if name.startswith("on")]
    assert "url(" not in html and "@import" not in html and "http" not in html.replace("http-equiv", "")
    assert len(page.all("script")) == 1
    assert "default-src 'none'" in html and "script-src 'sha256-" in html
    boxes = [one.attributes["id"] for one in page.all("input") if one.within("form")]
    assert boxes == ["show-e", "show-w", "show-n", "search"]
    for kind in ("e", "w", "n"):
        assert f"body:has(#show-{kind}:not(:checked)) article.{kind}" in html, "the filter is style alone"
    search = page.by_id("search")
    assert search.above[-1].classes == {"js"}, "the search is there only with the script that does it"


def hostile() -> Path:
    rows: list[list[object]] = [
        [f"DINAS {HOSTILE}"],
        ["Kode", "Uraian", "Pagu (Rp)", f"Realisasi {HOSTILE} (Rp)"],
        ["1.01", f"Program {HOSTILE}", 3_000_000, 900_000],
        ["1.01.01", f"Kegiatan {HOSTILE}\x07", 1_000_000, 400_000],
        ["1.01.02", "Kegiatan B", 1_900_000, 500_000],
    ]
    path = Path("<b onclick=x>&'.xlsx")
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("<i>&'\"")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    workbook.close()
    return path


@pytest.mark.parametrize("language", ["id", "en"])
def test_hostile_texts_stay_texts(language: Language) -> None:
    shown = audit_shown(hostile())
    assert shown.outcome.findings
    html = review_page(shown.outcome, shown.excerpts, language, DAY)
    page = Page(html)
    assert len(page.all("script")) == 1 and not page.all("img") and not page.all("b", "onclick") and not page.all("i")
    assert "\u202e" not in html and "\x07" not in html
    assert any(HOSTILE[:24] in one.text for one in page.all("td")), "it is shown as what it is"
    assert len(articles(page)) == len(shown.outcome.findings)


def test_hostile_texts_in_every_field_of_an_outcome_stay_texts() -> None:
    from xlaudit.texts import both

    bad = both(HOSTILE, HOSTILE)
    outcome = full()
    findings = tuple(
        one._replace(label=bad, message=bad, advice=bad, stated=HOSTILE, computed=HOSTILE, name=HOSTILE, rule=HOSTILE)
        for one in outcome.findings
    )
    tables = tuple(one._replace(title=HOSTILE, kind=HOSTILE, remarks=(bad,)) for one in outcome.tables)
    diagnoses = tuple(one._replace(message=bad) for one in outcome.diagnoses)
    spoiled = replace(outcome, path=HOSTILE, template=(HOSTILE, HOSTILE), findings=findings, tables=tables,
                      diagnoses=diagnoses, unread=(HOSTILE,), remarks=(bad,))  # fmt: skip
    for one in (spoiled, replace(rejected(), path=HOSTILE)):
        page = Page(review_page(one, (), "id", DAY))
        assert len(page.all("script")) == 1 and not page.all("img")


def test_outcomes_without_sheets_are_told_all_the_same() -> None:
    page = Page(review_page(full(), (), "id"))
    assert len(articles(page)) == 4 and not page.all("div", "grid")
    assert "Tidak dapat dinilai (2)" in [one.text for one in page.all("h2")]
    assert "SPM <2024>" in page.all("ul", "remarks")[0].text and "RA999" in page.all("ul", "remarks")[0].text


def test_accepted_findings_stand_apart_with_who_and_why() -> None:
    outcome = full()
    first, *rest = outcome.findings
    held = first._replace(waived=Waived("sesuai DPA perubahan", "A. Auditor", date(2027, 1, 31), "xlaudit.toml"))
    page = Page(review_page(replace(outcome, findings=tuple(rest), waived=(held,)), (), "id", DAY))
    [section] = page.all("section", "accepted")
    assert "Realisasi!E9" in section.text and "sesuai DPA perubahan" in section.text and "A. Auditor" in section.text
    assert len(articles(page)) == 3 and "3 temuan dari 412" in page.all("header")[0].text


def test_a_finding_names_its_id_and_cells_of_other_workbooks() -> None:
    far = full().findings[0]._replace(elsewhere=(Elsewhere("in/dinsos-2023.xlsx", "Realisasi", "D5"),))
    page = Page(review_page(replace(full(), findings=(far,), diagnoses=()), (), "id", DAY))
    [article] = articles(page)
    assert far.id in article.text and "dinsos-2023.xlsx · Realisasi!D5" in article.text


def test_a_rejected_workbook_has_a_page_that_says_why() -> None:
    page = Page(review_page(rejected(), (), "id", DAY))
    assert "Tidak dapat direviu: Berkas ini bukan buku kerja Excel. [not_a_workbook]" in page.all("header")[0].text
    assert not articles(page) and page.all("footer")


def test_nothing_found_is_said_so() -> None:
    page = Page(review_page(quiet(), (), "id", DAY))
    assert "Tidak ada pertentangan angka dalam 10 pemeriksaan." in page.all("header")[0].text
    assert not page.all("form")


def long_book(rows: int, wrong: int) -> Path:
    path = Path("panjang.xlsx")
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("Realisasi")
    sheet.write_row(0, 0, ["Kode", "Uraian", "Pagu (Rp)", "Realisasi (Rp)", "Sisa (Rp)"])
    for row in range(1, rows + 1):
        off = 7 if row % (rows // wrong) == 0 else 0
        sheet.write_row(row, 0, [f"5.1.{row:05}", f"Belanja {row}", 2_000_000 + row, 1_000_000, 1_000_000 + row + off])
    workbook.close()
    return path


def test_a_long_table_shows_the_rows_around_findings_and_stays_small() -> None:
    shown = audit_shown(long_book(4_000, 20))
    html = review_page(shown.outcome, shown.excerpts, "id", DAY)
    page = Page(html)
    assert len(articles(page)) == len(shown.outcome.findings) == 20
    assert len(html) < 700_000
    drawn = {one.text for one in page.all("th") if one.attributes.get("scope") == "row"}
    for finding in shown.outcome.findings:
        row = int(finding.place.cell[1:])
        assert {str(row + step) for step in (-2, -1, 0, 1, 2) if 1 <= row + step <= 4_001} <= drawn
    folded = [one for one in page.all("tr") if one.within("tbody", "rest")]
    assert folded and all("tidak dimuat" in one.text or "tanpa temuan" in one.text or "kosong" in one.text
                          for one in page.all("tr", "gap"))  # fmt: skip
    assert any("tidak dimuat di halaman ini" in one.text for one in page.all("tr", "gap"))


def test_a_table_full_of_findings_is_bounded_and_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpts, "MOST_NEAR", 400)
    shown = audit_shown(long_book(300, 150))
    page = page_of(shown)
    assert len(articles(page)) == len(shown.outcome.findings) >= 150
    assert any("agar halaman tetap ringan" in one.text for one in page.all("tr", "gap"))
    places = {one.place for one in shown.outcome.findings}
    linked = [one for one in headings(page).values() if page.by_id(one.attributes["href"][1:]).text]
    assert 0 < len(linked) <= len(places)


def test_folding_works_without_script() -> None:
    html = review_page(*audit_shown(long_book(400, 2)), "id", DAY)
    assert "tbody.switch:has(:checked) + tbody.rest { display: table-row-group; }" in html
    page = Page(html)
    bodies = page.all("tbody")
    folded = [place for place, body in enumerate(bodies) if "rest" in body.classes]
    assert folded
    for place in folded:
        assert "switch" in bodies[place - 1].classes
        assert [one for one in page.all("input") if bodies[place - 1] in one.above], "a box unfolds it"


class TestCommand:
    def test_one_page_on_the_screen(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["audit", str(SAMPLE), "--no-annotate", "--format", "html"]) == 1
        assert len(articles(Page(capsys.readouterr().out))) == len(audit_workbook(SAMPLE).findings)

    def test_one_page_in_a_file_and_again(self, capsys: pytest.CaptureFixture[str]) -> None:
        call = ["audit", str(SAMPLE), "--no-annotate", "--format", "html", "--report", "hasil.html", "--lang", "en"]
        assert main(call) == 1 and main(call) == 1, "what we wrote we may replace"
        assert "hasil.html" in capsys.readouterr().err and Page(Path("hasil.html").read_text("utf-8"))
        Path("hasil.html").write_text("<!DOCTYPE html>\n<html lang='id'>")
        assert main(call) == 2 and main([*call, "--force"]) == 1

    def test_several_pages_in_a_folder_with_a_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("rusak.xlsx").write_bytes(b"no workbook")
        files = [str(SAMPLE), str(SAMPLES[-1]), "rusak.xlsx"]
        assert main(["audit", *files, "--no-annotate", "--format", "html", "--report", "hasil", "--jobs", "2"]) == 2
        said = capsys.readouterr()
        assert said.out == "" and "3 lembar hasil reviu ditulis ke hasil" in said.err and "rusak.xlsx: " in said.err
        names = {path.name for path in Path("hasil").iterdir()}
        assert names == {"index.html", "pacitan-2024.audit.html", f"{SAMPLES[-1].stem}.audit.html", "rusak.audit.html"}
        index = Path("hasil/index.html").read_text("utf-8")
        assert all(f'href="{name}"' in index for name in names - {"index.html"})
        assert "Tidak dapat direviu" in Path("hasil/rusak.audit.html").read_text("utf-8")

    def test_folders_are_kept_and_names_told_apart(self) -> None:
        for name in ("masuk/a/satu.xlsx", "masuk/b/satu.xlsx", "masuk/b/satu.xlsm"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(b"no workbook")
        assert main(["audit", "masuk", "--no-annotate", "--format", "html", "--report", "hasil"]) == 2
        found = sorted(path.relative_to("hasil").as_posix() for path in Path("hasil").rglob("*.html"))
        assert found == ["a/satu.audit.html", "b/satu.xlsm.audit.html", "b/satu.xlsx.audit.html", "index.html"]

    @pytest.mark.parametrize("report", [[], ["--report", "hasil.html"]])
    def test_several_pages_need_a_folder(self, report: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["audit", str(SAMPLE), str(SAMPLES[-1]), "--no-annotate", "--format", "html", *report]) == 2
        said = capsys.readouterr()
        assert said.out == "" and "--report FOLDER" in said.err and list(Path().iterdir()) == []

    def test_an_input_is_never_written_to(self) -> None:
        Path("data.html").write_bytes(SAMPLE.read_bytes())
        before = Path("data.html").read_bytes()
        call = ["audit", "data.html", "--no-annotate", "--format", "html", "--report", "data.html", "--force"]
        assert main(call) == 2 and Path("data.html").read_bytes() == before

    def test_annotated_copies_are_written_too(self) -> None:
        assert main(["audit", str(SAMPLE), "--output", "out", "--format", "html", "--report", "out"]) == 1
        assert {path.name for path in Path("out").iterdir()} == {
            "index.html", "pacitan-2024.audit.html", "pacitan-2024.audit.xlsx"
        }  # fmt: skip

    def test_json_beside_it_says_the_same(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["audit", str(SAMPLE), "--no-annotate", "--format", "json"])
        [book] = json.loads(capsys.readouterr().out)["workbooks"]
        main(["audit", str(SAMPLE), "--no-annotate", "--format", "html"])
        page = Page(capsys.readouterr().out)
        links = headings(page)
        assert sorted(one.text.rpartition("!")[2] for one in links.values()) == sorted(
            one["cell"] for one in book["findings"]
        )
