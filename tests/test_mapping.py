"""A mapping says what an agency's form is: it comes before recognition, is checked, and never half taken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
import xlsxwriter
from draw import draw

from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.errors import UserError
from xlaudit.mapping import Mapping, load_mapping
from xlaudit.mapping.draft import draft
from xlaudit.mapping.model import WAYS as WAY_NAMES
from xlaudit.model import Workbook
from xlaudit.reading.book import ReadBook, book_of, open_book
from xlaudit.reading.levelways import WAYS
from xlaudit.tables import Level, Table

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xlsx"))
FORM = """
| Bidang Sosial | | | | |
| aa | bb | cc | dd | ee |
| 1 | Program A | 3000 | 1500 | 50,0 % |
| 1.1 | Kegiatan A1 | 1000 | 500 | 50,0 % |
| 1.2 | Kegiatan A2 | 2000 | 1000 | 40,0 % |
| | | 3000 | 1500 | 50,0 % |
"""
"""A form whose headings say nothing; E5 should be 50 %."""
MAP = """
format = "xlaudit-map/1"
[[table]]
sheet = "Lembar"
kind = "realisasi_anggaran"
header = 2
last = 6
[table.columns]
A = "no"
B = "uraian"
C = "pagu"
D = "realisasi"
E = "persen"
[table.rows]
6 = "total"
"""


def mapping(tmp_path: Path, text: str) -> Mapping:
    path = tmp_path / "pemetaan.toml"
    path.write_text(dedent(text), "utf-8")
    return load_mapping(path)


def read(tmp_path: Path, drawing: str | Workbook, text: str) -> ReadBook:
    workbook = draw(drawing).workbook if isinstance(drawing, str) else drawing
    return book_of(workbook, mapping(tmp_path, text))


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(UserError) as caught:
        mapping(tmp_path, text)
    assert caught.value.code == "map_invalid" and "pemetaan.toml" in caught.value.text.en
    return caught.value.text.id


def misfit(tmp_path: Path, drawing: str, text: str) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        read(tmp_path, drawing, text)
    return caught.value.code, caught.value.text.id


def without_trace(table: Table) -> Table:
    """A table without the marks of who told it: by words of a reason, the remark that it was mapped."""
    remarks = tuple(remark for remark in table.remarks if "pemetaan" not in remark.id)
    return replace(table, mapped=False, remarks=remarks, aside=tuple(one._replace(why=None) for one in table.aside))  # type: ignore[arg-type]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_an_unedited_draft_changes_nothing(sample: Path, tmp_path: Path) -> None:
    workbook = open_book(sample).workbook
    plain = book_of(workbook)
    mapped = book_of(workbook, mapping(tmp_path, draft(sample.name, plain.tables)))
    assert [without_trace(t) for t in mapped.tables] == [without_trace(t) for t in plain.tables]
    assert [t.mapped for t in mapped.tables] == [not t.guessed for t in plain.tables]
    assert mapped.remarks == () and mapped._replace(tables=()) == plain._replace(tables=())


def test_a_form_without_any_known_word_is_read_and_judged(tmp_path: Path) -> None:
    assert book_of(draw(FORM).workbook).tables == ()
    [table] = read(tmp_path, FORM, MAP).tables
    assert (table.kind, table.area.a1, table.mapped) == ("realisasi_anggaran", "A2:E6", True)
    assert [(row.label, row.level, row.depth) for row in table.rows][1:] == [
        ("Kegiatan A1", table.rows[1].level, 1),
        ("Kegiatan A2", table.rows[2].level, 1),
        ("", Level.TOTAL, None),
    ]


def test_it_is_audited_with_the_right_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    workbook = xlsxwriter.Workbook("formulir.xlsx")
    sheet = workbook.add_worksheet("Lembar")
    for number, line in enumerate(FORM.strip().splitlines()):
        for column, text in enumerate(cell.strip() for cell in line.strip("|").split("|")):
            if text:
                sheet.write(number, column, int(text) if text.isdigit() and column > 1 else text)
    workbook.close()
    found = audit_workbook(Path("formulir.xlsx"), mapping=mapping(tmp_path, MAP))
    assert found.failure is None and [(f.rule, f.place.cell) for f in found.findings if f.severity == "error"] == [
        ("RA103", "E5")
    ]
    assert main(["audit", "formulir.xlsx", "--map", "pemetaan.toml", "--format", "json", "--report", "r.json"]) == 1
    [book] = json.loads(Path("r.json").read_text("utf-8"))["workbooks"]
    assert book["tables"][0]["columns"] == {"no": "A", "uraian": "B", "pagu": "C", "realisasi": "D", "persen": "E"}


def test_without_any_header_row(tmp_path: Path) -> None:
    body = "\n".join(FORM.strip().splitlines()[2:])
    [table] = read(tmp_path, body, MAP.replace("header = 2", "first = 1").replace("last = 6", "last = 4")
                   .replace("6 =", "4 =")).tables  # fmt: skip
    assert (table.header_rows, table.area.a1, len(table.rows)) == ((), "A1:E4", 4)


def test_what_is_said_comes_before_what_is_recognised_and_the_rest_is_still_found(tmp_path: Path) -> None:
    drawing = """
        | Uraian | Pagu | Realisasi | % |
        | Program A | 1000000 | 2000000 | 200 % |

        Tabel 2
        | Uraian | Pagu | Realisasi |
        | Program B | 2000000 | 1000000 |
        """
    text = """
        format = "xlaudit-map/1"
        [[table]]
        sheet = "lem*"
        header = 1
        [table.columns]
        A = "uraian"
        B = { role = "realisasi", heading = "pagu" }
        C = { role = "pagu", unit = "ribu", period = "2024" }
        D = "ignore"
        """
    one, two = read(tmp_path, drawing, text).tables
    assert [(c.role, c.column, c.unit) for c in one.columns.values()] == [
        ("uraian", 1, 1), ("realisasi", 2, 1), ("pagu", 3, 1000),
    ]  # fmt: skip
    assert (one.columns["pagu"].period, one.year, one.rows[0].figures["pagu"].value) == ("2024", 2024, 2_000_000_000)
    assert [(part.area.a1, "tidak dipakai" in part.why.id) for part in one.aside] == [("D1:D2", True)]
    assert (two.mapped, two.area.a1, [c.role for c in two.columns.values()]) == (
        False, "A5:C6", ["uraian", "pagu", "realisasi"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("last", "rows"), [("4", [2, 3, 4]), ("8", [2, 3, 4, 6, 7, 8]), ('"blank"', [2, 3, 4]), ('"auto"', [2, 3, 4, 6, 7])]
)
def test_where_the_table_ends(tmp_path: Path, last: str, rows: list[int]) -> None:
    drawing = """
        | Uraian | Pagu | Realisasi |
        | Program A | 1000000 | 900000 |
        | Program B | 1000000 | 900000 |
        | Program C | 1000000 | 900000 |

        | Program D | 1000000 | 900000 |
        | Program E | 1000000 | 900000 |
        | Kepala Dinas | | |
        """
    text = f"""
        format = "xlaudit-map/1"
        [[table]]
        sheet = 1
        header = 1
        last = {last}
        columns = {{ A = "uraian", B = "pagu", C = "realisasi" }}
        """
    table = read(tmp_path, drawing, text).tables[0]
    assert [row.number for row in table.rows] == rows


@pytest.mark.parametrize("last", ["7", '"blank"', '"auto"'])
def test_skipped_rows_end_no_table(tmp_path: Path, last: str) -> None:
    rows = "\n".join(f"| Program {row} | 1000000 | 900000 |" for row in range(2, 21))
    text = f"""
        format = "xlaudit-map/1"
        [[table]]
        sheet = 1
        header = 1
        last = {last.replace("7", "20")}
        skip = ["4:12"]
        columns = {{ A = "uraian", B = "pagu", C = "realisasi" }}
        """
    [table] = read(tmp_path, f"| aa | bb | cc |\n{rows}", text).tables
    assert [row.number for row in table.rows] == [2, 3, *range(13, 21)]


@pytest.mark.parametrize("last", ["7", '"blank"'])
def test_what_looks_like_a_header_within_a_told_table_begins_no_other(tmp_path: Path, last: str) -> None:
    drawing = """
        | aa | bb | cc |
        | Program A | 1000000 | 900000 |
        | Program B | 1000000 | 900000 |
        | Uraian | Pagu | Realisasi |
        | Program C | 1000000 | 900000 |
        | Program D | 1000000 | 900000 |
        | Program E | 1000000 | 900000 |
        """
    text = f"""
        format = "xlaudit-map/1"
        [[table]]
        sheet = 1
        header = 1
        last = {last}
        skip = ["4"]
        columns = {{ A = "uraian", B = "pagu", C = "realisasi" }}
        """
    [table] = read(tmp_path, drawing, text).tables
    assert [row.number for row in table.rows] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize("way", [way for way in WAY_NAMES if way in ("numbering", "wording", "sums", "flat")])
def test_the_way_to_tell_levels_can_be_said(tmp_path: Path, way: str) -> None:
    text = MAP.replace("last = 6", f'last = 5\nlevels = "{way}"').partition("[table.rows]")[0]
    [table] = read(tmp_path, FORM, text).tables
    assert table.levels_from == way
    assert [row.depth for row in table.rows] == ([0, 0, 0] if way == "flat" else [0, 1, 1])


def test_every_way_of_telling_levels_can_be_said() -> None:
    assert set(WAY_NAMES) == {name for name, _ in WAYS} | {"sums", "flat"}


def test_levels_of_single_rows(tmp_path: Path) -> None:
    text = MAP.replace('6 = "total"', '3 = 2\n"4:5" = 1\n6 = "detail"')
    [table] = read(tmp_path, FORM, text).tables
    assert [(row.depth, row.level is Level.DETAIL) for row in table.rows] == [
        (1, False), (0, False), (0, False), (None, True),
    ]  # fmt: skip
    assert table.levels_from == "map"


def test_skipped_rows_sheets_and_areas_are_left_aside_and_told(tmp_path: Path) -> None:
    text = MAP.replace("last = 6", 'last = 6\nskip = ["5", "D4:E4"]')
    [table] = read(tmp_path, FORM, text).tables
    assert [row.number for row in table.rows] == [3, 4, 6]
    assert table.rows[1].figures["realisasi"].state.value == "blank"
    assert [part.area.a1 for part in table.aside] == ["A5:E5", "D4:E4"]
    other = "| Uraian | Pagu | Realisasi |\n| Program A | 1000000 | 900000 |"
    two = f"{other}\n# Lembar: Rekap\n{other}\n# Lembar: Rekap 2\n{other}"
    found = read(tmp_path, two, 'format = "xlaudit-map/1"\nignore_sheets = ["rekap ?"]\nskip = ["Rekap!A1:C9"]')
    assert [table.sheet for table in found.tables] == ["Lembar"] and found.unread == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind =", "jenis ="), "“jenis” tidak dikenal"),
        (("last = 6", "lastt = 6"), "Maksudnya last?"),
        (('"realisasi_anggaran"', '"realisasi_angaran"'), "Maksudnya realisasi_anggaran?"),
        (('C = "pagu"', 'C = "paguu"'), "Maksudnya pagu?"),
        (('C = "pagu"', 'C = { role = "pagu", unit = "jt" }'), "rp, ribu, juta, miliar"),
        (('C = "pagu"', 'C = { rol = "pagu" }'), "Maksudnya role?"),
        (('C = "pagu"', 'C = { role = "pagu", period = "tw5" }'), "tw1–tw4"),
        (('B = "uraian"', 'B = { role = "uraian", unit = "ribu" }'), "berisi teks"),
        (('C = "pagu"', 'C1 = "pagu"'), "huruf kolom"),
        (('C = "pagu"', 'ZZZ = "pagu"'), "huruf kolom"),
        (("header = 2", "header = 7"), "urutan baris"),
        (("header = 2", 'header = "2-x"'), "nomor baris"),
        (("header = 2\n", ""), "header (baris judul kolom) atau first"),
        (('sheet = "Lembar"\n', ""), "kunci sheet belum diisi"),
        (("last = 6", 'last = "akhir"'), "auto"),
        (('6 = "total"', '6 = "jumlah"'), "total, mean"),
        (('6 = "total"', "6 = 0"), "tingkat mulai 1"),
        (('C = "pagu"\nD = "realisasi"\nE = "persen"\n', ""), "tidak ada kolom angka"),
        (('B = "uraian"\n', ""), "menamai baris"),
        (('format = "xlaudit-map/1"', ""), "xlaudit-map/1"),
        (("[[table]]", "[[table]"), "bukan TOML yang sah"),
        (('C = "pagu"', 'A = "pagu"'), "bukan TOML yang sah"),
        (("last = 6", 'skip = ["Lembar!A1"]'), "rentang seperti"),
    ],
)
def test_a_wrong_mapping_is_refused_with_what_to_do(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in MAP
    assert said in refused(tmp_path, MAP.replace(*change))


def test_a_sound_mapping_is_not_refused(tmp_path: Path) -> None:
    assert len(mapping(tmp_path, MAP).tables) == 1
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MAP.replace("\n", "\r\n").encode())
    assert load_mapping(path).tables == mapping(tmp_path, MAP).tables


def test_the_example_of_the_manual_is_sound(tmp_path: Path) -> None:
    manual = (SAMPLES[0].parents[1] / "docs" / "mapping.md").read_text("utf-8")
    found = mapping(tmp_path, manual.partition("```toml\n")[2].partition("```")[0])
    [table] = found.tables
    assert (table.header, table.first, table.levels, len(table.rows)) == ((5, 6), 7, "code", 3)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (('"Lembar"', '"Realisasi*"'), "map_no_sheet", "Lembarnya: Lembar"),
        (('"Lembar"', "2"), "map_no_sheet", "tidak ada lembar 2"),
        (("last = 6", "last = 60"), "map_outside", "baris 60"),
        (('E = "persen"', 'F = "persen"'), "map_outside", "kolom F"),
        (('C = "pagu"', 'C = { role = "pagu", heading = "dd" }'), "map_mismatch", "kini di D2"),
        (('6 = "total"', '9 = "total"'), "map_rows", "baris 9"),
        (("last = 6", 'last = 6\nlevels = "outline"'), "map_levels", "outline"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    tmp_path: Path, change: tuple[str, str], code: str, said: str
) -> None:
    found = misfit(tmp_path, FORM, MAP.replace(*change))
    assert found[0] == code and said in found[1]


def test_tables_over_the_same_cells_are_refused(tmp_path: Path) -> None:
    one = MAP.partition("[table.rows]")[0]
    two = one.replace('format = "xlaudit-map/1"', "").replace("header = 2", "first = 4")
    code, said = misfit(tmp_path, FORM, one + two)
    assert code == "map_overlap" and "Lembar" in said


def test_a_heading_may_change_its_year_and_nothing_else(tmp_path: Path) -> None:
    text = MAP.replace('C = "pagu"', 'C = { role = "pagu", heading = "Uang 2024" }')
    [table] = read(tmp_path, FORM.replace("cc", "UANG   2025"), text).tables
    assert table.columns["pagu"].column == 3
    assert misfit(tmp_path, FORM.replace("cc", "Uang 2025 II"), text)[0] == "map_mismatch"


def test_what_came_to_nothing_is_said(tmp_path: Path) -> None:
    more = MAP + MAP.replace('format = "xlaudit-map/1"', "").replace('"Lembar"', '"Lain"')
    found = read(tmp_path, FORM, more)
    assert len(found.tables) == 1 and ["Lain" in remark.id for remark in found.remarks] == [True]
    empty = "| Uraian | Pagu |\n| Program A | |\n| Program B | |\n| | |\n| x | |\n| | |"
    found = read(tmp_path, empty, 'format = "xlaudit-map/1"\n[[table]]\nsheet = 1\nheader = 1\n'
                 'columns = { A = "uraian", B = "pagu" }')  # fmt: skip
    assert found.tables == () and "tidak ada angka" in found.remarks[0].id


@pytest.mark.parametrize("name", ['Real"isasi\\', "Tabel & <b>", "日本"])
def test_a_draft_is_toml_whatever_the_sheet_is_called(tmp_path: Path, name: str) -> None:
    drawing = f"# Lembar: {name}\n| Uraian | Pagu \"x\" \\ 1 | Realisasi |\n| Program A | 1000000 | 900000 |"
    workbook = draw(drawing).workbook
    plain = book_of(workbook)
    text = draft("a\nb\x07.xlsx", plain.tables)
    assert len(plain.tables) == 1 and mapping(tmp_path, text).tables[0].sheet == name
    assert [t.mapped for t in read(tmp_path, workbook, text).tables] == [True]


def test_the_draft_from_the_command_line_is_used_by_all_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    sample = str(SAMPLES[0])
    assert main(["tables", sample, "--draft-map", "-o", "p.toml"]) == 0
    assert main(["tables", sample, "--draft-map", "-o", "p.toml"]) == 2, "an edited mapping is never lost"
    assert main(["tables", sample, "--map", "p.toml", "-o", "p.toml", "--force"]) == 2, "nor written over as a report"
    capsys.readouterr()
    assert main(["tables", sample, "--map", "p.toml"]) == 0
    assert "Dibaca dengan pemetaan" in capsys.readouterr().out
    assert main(["tables", sample, "--map", "tidak-ada.toml"]) == 2
    assert main(["audit", sample, "--map", "tidak-ada.toml"]) == 2
    outputs = []
    for more in ([], ["--map", "p.toml"]):
        main(["audit", sample, "--no-annotate", "--format", "json", *more])
        book = json.loads(capsys.readouterr().out)["workbooks"][0]
        outputs.append([(f["rule"], f["sheet"], f["cell"], f["severity"]) for f in book["findings"]])
    assert outputs[0] == outputs[1]


def test_where_no_table_is_recognised_the_draft_shows_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    workbook = xlsxwriter.Workbook("kosong.xlsx")
    workbook.add_worksheet().write("A1", "Sampul")
    workbook.close()
    assert main(["tables", "kosong.xlsx", "--draft-map", "-o", "p.toml"]) == 0
    text = Path("p.toml").read_text("utf-8")
    assert load_mapping(Path("p.toml")).tables == ()
    example = text.partition("di depannya.\n#\n")
    uncommented = example[0] + example[1] + "\n".join(line.removeprefix("# ") for line in example[2].splitlines())
    assert len(mapping(tmp_path, uncommented).tables) == 1
