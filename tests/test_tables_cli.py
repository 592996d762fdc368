"""``xlaudit tables`` from the command line: text, JSON, page, exit codes, what hostile names and cells cannot do."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
import xlsxwriter

import xlaudit.reports
from xlaudit.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"
SAMPLE = SAMPLES / "pacitan-2024.xlsx"
SCHEMA = json.loads((Path(xlaudit.reports.__file__).parent / "tables.schema.json").read_text("utf-8"))
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\u202e"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)


def book(name: str, sheet: str, rows: list[list[object]]) -> str:
    workbook = xlsxwriter.Workbook(name, {"strings_to_urls": False, "strings_to_formulas": False})
    page = workbook.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    workbook.close()
    return name


def hostile() -> str:
    rows: list[list[object]] = [
        [HOSTILE],
        ["Uraian", "Pagu (Rp)", f"Realisasi {HOSTILE}"],
        [f"Program {HOSTILE}", 1_000_000, 900_000],
        ["Program\x07 B", 2_000_000, 900_000],
    ]
    return book("jahat.xlsx", "<b onclick=x>&'\"", rows)


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page_of(capsys: pytest.CaptureFixture[str], file: str | Path) -> str:
    assert main(["tables", str(file), "--format", "html"]) == 0
    return capsys.readouterr().out


def test_the_text_names_tables_columns_and_levels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(SAMPLE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  t10 · Realisasi Anggaran · lembar Realisasi, A5:F52" in lines
    assert any(line.split() == ["C", "pagu", "rupiah", "“PAGU”"] for line in lines)
    assert "      B8     Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah" in lines
    assert max(map(len, lines)) <= 100


def test_declared_arithmetic_is_told_as_it_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[object]] = [
        ["Uraian", "Pagu", "Realisasi", "%"],
        ["1", "2", "3", "4=3/2*100"],
        ["Program A", 1_000_000, 900_000, 90],
        ["Program B", 2_000_000, 900_000, 45],
    ]
    name = book("rumus.xlsx", "Realisasi", rows)
    assert main(["tables", name]) == 0
    [line] = [line for line in capsys.readouterr().out.splitlines() if "4=3/2*100" in line and "→" in line]
    assert line.split("→")[1].strip().startswith("persen = realisasi")
    assert main(["tables", name, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert [(one["column"], one["cell"]) for one in data["tables"][0]["declared"]] == [("persen", "D2")]
    assert "4=3/2*100" in page_of(capsys, name)


def test_all_shows_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tables", str(SAMPLE)])
    short = capsys.readouterr().out
    main(["tables", str(SAMPLE), "--all"])
    long = capsys.readouterr().out
    assert "baris lagi" in short and "baris lagi" not in long and len(long) > len(short)


def test_english_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(SAMPLE), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "recognised tables" in out and "Tingkatan" not in out


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_json_of_every_sample_is_as_published(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(sample), "--format", "json", "--lang", "en"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert all(table["levels"]["how"].startswith(("menurut", "semua")) for table in data["tables"])
    for table in data["tables"]:
        for row in table["rows"]:
            assert row["parent"] is None or table["rows"][row["parent"]]["depth"] < row["depth"]


def test_without_tables_it_tells_what_was_seen_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    name = book("asing.xlsx", "Data", [["Nama", "Gaji"], *[[f"Pegawai {n}", n * 100_000] for n in range(9)]])
    assert main(["tables", name]) == 2
    said = capsys.readouterr()
    assert "Tidak ada tabel yang dikenali" in said.out and "Data!A1:B10" in said.out and "A1 “Nama”" in said.out
    assert "asing.xlsx" in said.err
    assert main(["tables", name, "--format", "json"]) == 2
    data = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert data["tables"] == [] and data["near_misses"]


def test_a_file_that_cannot_be_read_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rusak.xlsx").write_bytes(b"no workbook")
    assert main(["tables", "rusak.xlsx"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1


def test_outputs_are_ours_to_replace_and_others_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json", "html"):
        assert main(["tables", str(SAMPLE), "--format", form, "-o", "keluaran"]) == 0
        assert main(["tables", str(SAMPLE), "--format", form, "--report", "keluaran"]) == 0, form
    Path("lain.html").write_text("<!DOCTYPE html>\n<html lang='id'><head>")
    assert main(["tables", str(SAMPLE), "--format", "html", "-o", "lain.html"]) == 2
    assert main(["tables", str(SAMPLE), "--format", "html", "-o", "lain.html", "--force"]) == 0
    before = SAMPLE.read_bytes()
    assert main(["tables", str(SAMPLE), "-o", str(SAMPLE), "--force"]) == 2 and SAMPLE.read_bytes() == before


def test_hostile_names_and_cells_stay_text(capsys: pytest.CaptureFixture[str]) -> None:
    page = page_of(capsys, hostile())
    found = Tags(page)
    assert [tag for tag, _ in found.tags].count("script") == 1 and "img" not in {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert "\u202e" not in page and "\x07" not in page
    assert sum(HOSTILE[:20] in text for text in found.texts) >= 3, "it is shown as what it is"
    assert main(["tables", "jahat.xlsx"]) == 0
    text = capsys.readouterr().out
    assert "\x07" not in text and "\u202e" not in text


def test_the_page_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    found = Tags(page_of(capsys, SAMPLE))
    links = [value for _, attributes in found.tags for name, value in attributes.items() if name in ("href", "src")]
    assert links and all(str(link).startswith("#s") for link in links)
    assert not {"link", "img", "iframe"} & {tag for tag, _ in found.tags}


def test_the_page_shows_the_sheet_with_its_merges_and_what_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    page = page_of(capsys, SAMPLE)
    assert "4.183.467.857,00" in page and 'colspan="6"' in page
    assert '<span class="lv">3</span>Penyusunan Dokumen Perencanaan Perangkat Daerah' in page
    assert "pagu · rupiah" in page and "TIDAK DIPERIKSA" not in page


def test_hidden_rows_are_greyed_and_big_sheets_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    workbook = xlsxwriter.Workbook("besar.xlsx")
    page = workbook.add_worksheet("Realisasi")
    page.write_row(0, 0, ["Uraian", "Pagu", "Realisasi"])
    for row in range(1, 1500):
        page.write_row(row, 0, [f"Program {row}", 1_000_000, 900_000])
    page.set_row(2, None, None, {"hidden": True})
    page.write(1_000_000, 0, "jauh")
    workbook.close()
    html = page_of(capsys, "besar.xlsx")
    assert html.count('<tr class="hid">') == 1
    assert "Program 999" in html and "Program 1000<" not in html and "Mulai baris 1001" in html


def test_json_gives_a_row_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A long table is all rows; indents would make it half as long again."""
    assert main(["tables", str(SAMPLE), "--format", "json"]) == 0
    out = capsys.readouterr().out
    data = json.loads(out)
    rows = [row for table in data["tables"] for row in table["rows"]]
    assert rows and [json.loads(line.strip().rstrip(",")) for line in out.splitlines() if '"orphan"' in line] == rows
    assert next(iter(data)) == "schema"
