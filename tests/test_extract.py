"""``xlaudit extract``: tidy data that holds exactly what the workbooks hold, each figure with its address."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas
import pytest
import xlsxwriter
from draw import draw
from generate import document
from generate import write as write_workbook
from hypothesis import given, settings
from hypothesis import strategies as st

import xlaudit.reading.book as reading
from xlaudit.cells import Area
from xlaudit.cli import main
from xlaudit.extract import FIGURE_COLUMNS, LINE_COLUMNS, Origin, Record, figure_records, line_columns, line_records
from xlaudit.extract import write as write_records
from xlaudit.extract.columns import BOUND, LINE_FIGURE
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.reading.book import book_of
from xlaudit.schemas.columns import MEASURES
from xlaudit.tables import OTHER, Column, Figure, Level, Measure, Row, State, Table

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.xlsx"))
MANUAL = (ROOT / "docs" / "extract.md").read_text("utf-8")
ORIGIN = Origin("berkas.xlsx", "ab" * 32, Identity("Dinas Contoh", "Kabupaten Contoh", 2024, "tahunan"), "")
FORMS = ("csv", "jsonl", "parquet")


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LANG", raising=False)


def read_back(path: Path) -> list[dict[str, Any]]:
    """The records of a file, None where nothing stands, by nothing but the standard library and pyarrow."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


def as_text(record: dict[str, Any]) -> dict[str, str | None]:
    """A record as CSV holds it."""
    shown = {True: "true", False: "false", None: None}
    return {name: shown[v] if v is None or isinstance(v, bool) else str(v) for name, v in record.items()}


def figures_of(tables: Sequence[Table]) -> Iterator[tuple[Table, Row, Column, Figure]]:
    for table in tables:
        for row in table.rows:
            for name, figure in row.figures.items():
                yield table, row, table.columns[name], figure


def extract(*arguments: str | Path) -> int:
    return main(["extract", *map(str, arguments)])


def book(name: str, title: str, rows: list[list[object]]) -> Path:
    workbook = xlsxwriter.Workbook(name, {"strings_to_formulas": False})
    sheet = workbook.add_worksheet("Realisasi")
    for number, row in enumerate([[title], ["Uraian", "Pagu", "Realisasi"], *rows]):
        sheet.write_row(number, 0, row)
    workbook.close()
    return Path(name)


# what is in the workbook is in the data


@cache
def known_book(path: Path) -> reading.ReadBook:
    return _read_book(path)


_read_book = reading.read_book


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is tested elsewhere; here a sample is read once for all forms."""
    monkeypatch.setattr(reading, "read_book", lambda path, *_: known_book(path))


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_every_sample_comes_back_exactly(sample: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert extract(sample, "-o", f"data.{form}") == 0
    back = {(record["sheet"], record["table"], record["cell"]): record for record in read_back(Path(f"data.{form}"))}
    known = list(figures_of(known_book(sample).tables))
    assert len(back) == len(known) > 0
    for table, row, column, figure in known:
        record = back[table.sheet, table.id, figure.cell.a1]
        assert record["state"] == (BOUND if figure.filled and figure.is_bound else figure.state.value)
        assert (None if record["value"] is None else Decimal(record["value"])) == figure.value
        assert (record["unit"] is None) == (figure.value is None)
        assert record["unit"] is None or Decimal(record["unit"]) == figure.unit
        assert (record["text"] or "", record["column"], record["role"], record["measure"]) == (
            figure.text, column.name, column.role, column.measure.value,
        )  # fmt: skip
        assert (record["label"] or "", record["code"] or "", record["level"]) == (row.label, row.code, row.level.value)
        assert int(record["row"]) == row.number
        parent = None if row.parent is None else table.rows[row.parent].number
        assert (None if record["parent_row"] is None else int(record["parent_row"])) == parent


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_lines_hold_the_same_figures_and_all_texts(sample: Path) -> None:
    assert extract(sample, "--per", "line", "-o", "data.jsonl") == 0
    tables = known_book(sample).tables
    lines = read_back(Path("data.jsonl"))
    assert [(line["table"], line["row"]) for line in lines] == [(t.id, row.number) for t in tables for row in t.rows]
    for line, (table, row) in zip(lines, ((t, row) for t in tables for row in t.rows), strict=True):
        for name, figure in row.figures.items():
            assert line[name] == (None if figure.value is None else f"{figure.value:f}")
            assert line[f"{name}.cell"] == figure.cell.a1 and line[f"{name}.state"]
        others = {name for name in line if name.endswith(".state")} - {f"{name}.state" for name in row.figures}
        assert all(line[name] is None for name in others)
        more = json.loads(line["more_texts"] or "{}")
        for name, text in row.texts.items():
            role = table.columns[name].role
            assert role == "kode" or not text or text in (line[role], more.get(name))


amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**24), max_value=10**24)
texts = st.text(max_size=12) | st.sampled_from(["NA", "=1+1", "-", "\r\n", '"', "a;b,c", "\ufeff", "null", "\0"])


@st.composite
def some_tables(draw_one: Any) -> list[Table]:
    """Tables with any values and texts, also those that no workbook could hold."""
    column = Column("pagu", "pagu", Measure.AMOUNT, 2, draw_one(texts))
    rows = []
    for index in range(draw_one(st.integers(1, 4))):
        state = draw_one(st.sampled_from(State))
        number = state is State.NUMBER
        figure = Figure(
            index + 2, 2, state, draw_one(texts), draw_one(amounts) if number else None, draw_one(amounts), suffix="x"
        )
        rows.append(
            Row(index, index + 2, Level.ITEM, 0, None, draw_one(texts), draw_one(texts), {"pagu": figure},
                {"uraian": draw_one(texts)})
        )  # fmt: skip
    name = Column("uraian", "uraian", Measure.TEXT, 1, "Uraian")
    area = Area(1, 1, len(rows) + 1, 2)
    return [Table("t1", "lainnya", "Lembar", area, "", {"uraian": name, "pagu": column}, tuple(rows), (1,))]


@settings(max_examples=100)
@given(some_tables(), st.sampled_from(FORMS))
def test_any_value_and_any_text_round_trip(tmp_path_factory: pytest.TempPathFactory, tables: Any, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    path = tmp_path_factory.mktemp("data") / f"data.{form}"
    for columns, records in (
        (FIGURE_COLUMNS, list(figure_records(ORIGIN, tables))),
        (line_columns(["pagu"]), list(line_records(ORIGIN, tables))),
    ):
        assert write_records(form, path, columns, records) == len(records)
        back = read_back(path)
        assert back == ([as_text(full(record, columns)) for record in records] if form == "csv" else
                        [full(record, columns) for record in records])  # fmt: skip
        column = "value" if columns is FIGURE_COLUMNS else "pagu"
        assert [None if r[column] is None else Decimal(r[column]) for r in back] == [
            row.figures["pagu"].value for row in tables[0].rows
        ]
        assert not any("e" in r[column].lower() for r in back if r[column])
        written = [r["label"] for r in back]
        assert [text or "" for text in written] == [row.label.replace("\0", "\ufffd") for row in tables[0].rows]


def full(record: Record, columns: Sequence[Any]) -> Record:
    return {column.name: record.get(column.name) for column in columns}


def test_the_states_stay_apart() -> None:
    drawing = """
        | Uraian | Target | Realisasi | Capaian (%) |
        | Indikator A | 10 | 9 | 90,00 |
        | Indikator B | 10 | - | NA |
        | Indikator C | >80 | | belum ada hasil |
        | Indikator D | 10 | 8.7106.000 | 9 50 3 |
        | Indikator E | 10 | 9 | =B6/C6 -> #DIV/0! |
        """
    tables = book_of(draw(drawing).workbook).tables
    found = {r["cell"]: (r["state"], r["value"], r["prefix"]) for r in figure_records(ORIGIN, tables)}
    assert found["C2"] == ("number", "9", None) and found["D2"] == ("number", "90.00", None)
    assert [found[cell][0] for cell in ("C3", "D3", "C4")] == ["nil", "not_applicable", "blank"]
    assert found["B4"] == ("bound", "80", ">")
    assert [found[cell][:2] for cell in ("C5", "D5")] == [("malformed", None), ("stacked", None)]
    assert found["D6"][:2] == ("error", None)


def test_rupiah_and_percentages_have_one_unit_each() -> None:
    drawing = """
        | Uraian | Pagu (Rp juta) | Realisasi (Rp juta) | % |
        | Program A | 1500.5 | 750.25 | 0.5 as 0.0% |
        | Program B | 1000 | 500 | 0.5 as 0.0% |
        """
    records = list(figure_records(ORIGIN, book_of(draw(drawing).workbook).tables))
    assert [Decimal(str(r["value"])) for r in records[:3]] == [1_500_500_000, 750_250_000, 50]
    assert records[0]["text"] == "1500.5" and Decimal(str(records[2]["unit"])) == Decimal("0.1")


# a year of workbooks, read back as the manual says


def manual(language: str, holding: str) -> str:
    [code] = [one for one in re.findall(rf"^```{language}\n(.*?)^```$", MANUAL, re.M | re.S) if holding in one]
    return str(code)


def test_a_year_of_workbooks_is_read_back_by_the_line_of_the_manual(recwarn: pytest.WarningsRecorder) -> None:
    folder = Path("laporan-2024")
    folder.mkdir()
    expected: dict[str, Decimal] = {}
    for number in range(1, 13):
        rows: list[list[object]] = [[f"Program {p}", p * 10_000_000, p * 1_234_567 + number] for p in range(1, 6)]
        agency = f"DINAS CONTOH {'ABCDEFGHIJKL'[number - 1]}"
        book(f"{folder}/dinas-{number}.xlsx", f"REALISASI ANGGARAN {agency} TAHUN 2024", rows)
        expected[agency] = Decimal(sum(int(str(row[2])) for row in rows))
    assert extract(folder, "-o", "2024.csv") == 0
    told: dict[str, Any] = {}
    exec(manual("python", "read_csv") + manual("python", "by_agency"), told)
    assert told["by_agency"].to_dict() == expected
    assert set(told["data"]["year"]) == {"2024"} and len(told["data"]) == 12 * 5 * 2
    assert all(isinstance(value, Decimal) for value in told["data"]["value"])
    assert not [str(one.message) for one in recwarn if "pandas" in str(one.filename)]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_other_forms_are_read_back_as_the_manual_says(form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    book("a.xlsx", "NA", [["NA", 900_719_925_474_099, 1], ["Program B", 10, 5], ["Program C", "-", 1]])
    assert extract("a.xlsx", "-o", f"2024.{form}") == 0
    told: dict[str, Any] = {"pd": pandas}
    [line] = [line for line in manual("python", "read_json").splitlines() if form in line]
    exec(line, told)
    data = told["data"]
    assert list(data["text"])[2:] == ["10", "5", "-", "1"] and set(data["label"]) == {"NA", "Program B", "Program C"}
    assert [value for value in data["value"] if isinstance(value, str)] == ["900719925474099", "1", "10", "5", "1"]


def test_random_workbooks_in_one_file_stay_apart(tmp_path: Path) -> None:
    for number in range(6):
        write_workbook(document(number), tmp_path / f"{number}.xlsx")
    assert extract(tmp_path, "--per", "line", "-o", "semua.csv") in (0, 2)
    back = read_back(Path("semua.csv"))
    assert len({(line["sha256"], line["table"], line["row"]) for line in back}) == len(back) > 0
    assert len({line["path"] for line in back}) == len({line["sha256"] for line in back})


# what goes wrong


def test_a_bad_workbook_stops_no_other_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    book("a.xlsx", "Tahun 2024", [["Program A", 10, 5], ["Program B", 20, 5]])
    Path("b.xlsx").write_bytes(b"no workbook")
    book("c.xlsx", "Tahun 2024", [["Program C", 10, 5], ["Program D", 20, 5]])
    xlsxwriter.Workbook("d.xlsx").close()
    assert extract("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx", "tidak-ada.xlsx", "-o", "data.csv") == 2
    told = capsys.readouterr()
    assert told.out == "" and {r["path"] for r in read_back(Path("data.csv"))} == {"a.xlsx", "c.xlsx"}
    for name in ("b.xlsx", "d.xlsx", "tidak-ada.xlsx"):
        assert sum(line.startswith(f"xlaudit: {name}: ") for line in told.err.splitlines()) == 1
    assert "2 buku kerja" in told.err and "Traceback" not in told.err


def test_a_crash_of_ours_stops_no_other(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    book("a.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    book("b.xlsx", "", [["Program C", 10, 5], ["Program D", 20, 5]])
    own = reading.read_book
    monkeypatch.setattr(reading, "read_book", lambda p, *rest: own(p, *rest) if p.name == "b.xlsx" else 1 / 0)
    assert extract("a.xlsx", "b.xlsx", "-o", "data.csv") == 2
    assert {r["path"] for r in read_back(Path("data.csv"))} == {"b.xlsx"}
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_without_any_table_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.xlsx").write_bytes(b"no workbook")
    for shape in ("figure", "line"):
        assert extract("b.xlsx", "-o", "data.csv", "--per", shape) == 2
        assert extract("b.xlsx", "-o", "-", "--per", shape) == 2
    told = capsys.readouterr()
    assert told.out == "" and [path.name for path in Path().iterdir()] == ["b.xlsx"]
    Path("kosong").mkdir()
    assert extract("kosong", "-o", "data.csv") == 2


def test_what_is_left_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    workbook = xlsxwriter.Workbook("a.xlsx")
    sheet = workbook.add_worksheet("Realisasi")
    for number, row in enumerate([["Uraian", "Pagu", "Realisasi"], ["A", 10, "8.7106.000"], ["B", 20, 5]]):
        sheet.write_row(number, 0, row)
    other = workbook.add_worksheet("Gaji")
    for number in range(20):
        other.write_row(number, 0, [f"Pegawai {number}", number * 1000 + 7])
    workbook.close()
    assert extract("a.xlsx", "-o", "data.csv") == 0
    told = capsys.readouterr().err
    assert "a.xlsx: Gaji" in told and "1 sel tidak terbaca" in told


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", ["figure", "line"])
def test_outputs_are_ours_to_replace_and_others_are_not(form: str, shape: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    out = Path(f"data.{form}")
    assert extract(SAMPLES[0], "-o", out, "--per", shape) == 0
    first = out.read_bytes()
    assert extract(SAMPLES[0], "-o", out, "--per", shape) == 0 and out.read_bytes() == first
    book("a.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    theirs = b"schema,path,sha256\nlain,x,y\n"
    if form == "parquet":
        pandas.DataFrame({"schema": ["lain"]}).to_parquet(out)
        theirs = out.read_bytes()
    out.write_bytes(theirs)
    assert extract("a.xlsx", "-o", out, "--per", shape) == 2 and out.read_bytes() == theirs
    assert extract("a.xlsx", "-o", out, "--per", shape, "--force") == 0 and out.read_bytes() != theirs
    before = Path("a.xlsx").read_bytes()
    assert extract("a.xlsx", "-o", "a.xlsx", "--format", form, "--force") == 2
    assert Path("a.xlsx").read_bytes() == before and sorted(p.name for p in Path().iterdir()) == ["a.xlsx", out.name]


def test_an_excel_csv_is_ours_too() -> None:
    book("a.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    assert extract("a.xlsx", "-o", "data.csv", "--excel") == 0
    assert extract("a.xlsx", "-o", "data.csv") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.xlsx", "-o", "data.txt"], ".parquet"),
        (["a.xlsx", "-o", "-", "--format", "parquet"], "-o"),
        (["a.xlsx", "-o", "data.jsonl", "--excel"], "CSV"),
        (["a.xlsx"], "--output"),
        (["a.xlsx", "-o", "tidak/ada/data.csv"], "Folder"),
    ],
)
def test_calls_that_cannot_be_carried_out(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book("a.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    assert extract(*arguments) == 2
    told = capsys.readouterr()
    assert told.out == "" and said in told.err and told.err.count("\n") == 1


def test_without_pyarrow_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    book("a.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    assert extract("a.xlsx", "-o", "data.parquet") == 2
    assert "pip install 'xlaudit[parquet]'" in capsys.readouterr().err and not Path("data.parquet").exists()


# forms


def test_excel_computes_nothing_and_makes_no_dates() -> None:
    rows: list[list[object]] = [
        ["=HYPERLINK(\"http://x\")", 1_000_000, 1234.5], ["+62 telepon", "-", 1], ["@SUM(A1)", 10, 5],
        ["1.06.01", 10, 5], ["Program; biasa", 10, 5],
    ]  # fmt: skip
    book("a.xlsx", "Tahun 2024", rows)
    assert extract("a.xlsx", "-o", "data.csv", "--excel") == 0
    raw = Path("data.csv").read_bytes().decode("utf-8")
    assert raw.startswith("\ufeffschema;path;")
    back = list(csv.DictReader(io.StringIO(raw[1:], newline=""), delimiter=";"))
    assert [r["value"] for r in back] == ["1000000", "1234,5", "", "1", "10", "5", "10", "5", "10", "5"]
    labels = [r["label"] for r in back][::2]
    assert labels == ["'=HYPERLINK(\"http://x\")", "'+62 telepon", "'@SUM(A1)", '="1.06.01"', "Program; biasa"]
    assert [r["text"] for r in back][2] == '="-"'
    dangerous = [v for r in back for v in r.values() if v.startswith(("=", "+", "-", "@")) and v[:2] != '="']
    assert dangerous == []


def test_stdout_gets_the_data_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    book("a.xlsx", "Tahun 2024", [["Program A", 10, 5], ["Program B", 20, 5]])
    assert extract("a.xlsx", "-o", "data.jsonl") == 0
    capsys.readouterr()
    assert extract("a.xlsx", "-o", "-", "--format", "jsonl") == 0
    told = capsys.readouterr()
    assert told.out == Path("data.jsonl").read_text("utf-8") and told.err == ""
    assert extract("a.xlsx", "-o", "-") == 0
    assert capsys.readouterr().out.startswith("schema,path,")


def test_a_mapping_is_heeded() -> None:
    book("a.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    Path("map.toml").write_text(
        'format = "xlaudit-map/1"\n[[table]]\nsheet = "Realisasi"\nheader = 2\n'
        '[table.columns]\nA = "uraian"\nB = "realisasi"\nC = "pagu"\n',
        "utf-8",
    )
    assert extract("a.xlsx", "-o", "data.csv", "--map", "map.toml") == 0
    back = read_back(Path("data.csv"))
    assert [r["column"] for r in back[:2]] == ["realisasi", "pagu"] and {r["columns_from"] for r in back} == {"mapping"}
    assert extract("a.xlsx", "-o", "map.toml", "--format", "csv", "--map", "map.toml", "--force") == 2


def test_help_stands_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract("--help") == 0
    indonesian = capsys.readouterr().out
    assert extract("--help", "--lang", "en") == 0
    english = capsys.readouterr().out
    assert "data rapi" in indonesian and "tidy data" in english and "data rapi" not in english


# memory


def test_workbooks_are_let_go_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    import gc
    import weakref

    alive: list[weakref.ref[Table]] = []
    most = 0
    own = reading.read_book

    class Watched(list[Table]):
        """A list can be watched, a tuple or a table with slots cannot."""

    def watched(path: Path, *rest: Any) -> Any:
        nonlocal most
        gc.collect()
        most = max(most, sum(ref() is not None for ref in alive))
        found = own(path, *rest)
        tables = Watched(found.tables)
        alive.append(weakref.ref(tables))  # type: ignore[arg-type]
        return found._replace(tables=tables)

    monkeypatch.setattr(reading, "read_book", watched)
    for number in range(6):
        book(f"{number}.xlsx", "", [["Program A", 10, 5], ["Program B", 20, 5]])
    for shape in ("figure", "line"):
        assert extract("*.xlsx", "-o", "data.csv", "--per", shape) == 0
    assert len(alive) == 12 and most <= 1


# the manual


def test_the_manual_lists_the_columns() -> None:
    def listed(name: str) -> list[tuple[str, str, str]]:
        [part] = re.findall(rf"<!-- columns: {name} -->\n\n(.*?)\n\n", MANUAL, re.S)
        rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in part.splitlines()[2:]]
        return [(name.strip("`"), type_, meaning) for name, type_, meaning in rows]

    assert listed("common") == [tuple(field) for field in LINE_COLUMNS]
    assert [*listed("common"), *listed("figure")] == [tuple(field) for field in FIGURE_COLUMNS]
    assert listed("line") == [(f"…{end}", type_, meaning) for end, type_, meaning in LINE_FIGURE]


def test_the_manual_lists_the_states() -> None:
    told = set(re.findall(r"^\| `(\w+)` \| ", MANUAL.partition("| state |")[2].partition("## ")[0], re.M))
    assert told == {state.value for state in State} | {BOUND}


def test_no_figure_column_has_the_name_of_another_column() -> None:
    assert not {column.name for column in LINE_COLUMNS} & {*MEASURES, OTHER}
    assert len({column.name for column in FIGURE_COLUMNS}) == len(FIGURE_COLUMNS)


def test_what_is_not_known_is_empty() -> None:
    tables = book_of(draw("| Uraian | Pagu | Realisasi |\n| A | 10 | 5 |\n| B | 10 | 5 |\n").workbook).tables
    for record in figure_records(Origin("a.xlsx", "", UNKNOWN, ""), tables):
        assert (record["agency"], record["year"], record["period"], record["template"]) == (None, None, None, None)


def test_what_is_hidden_is_said_of_rows_columns_and_sheets() -> None:
    drawn = """
        # Lembar: Terlihat
        # Tersembunyi: D, 3
        | No | Program   | Pagu (Rp) | Realisasi (Rp) |
        | 1  | Program A | 500000000 | 400000000      |
        | 2  | Program B | 300000000 | 200000000      |
        # Lembar tersembunyi: Rahasia
        | No | Program   | Pagu (Rp) | Realisasi (Rp) |
        | 1  | Program C | 500000000 | 400000000      |
    """
    records = list(figure_records(ORIGIN, book_of(draw(drawn).workbook).tables))
    told = {(r["sheet"], r["cell"]): (r["sheet_hidden"], r["column_hidden"], r["hidden"]) for r in records}
    assert told == {
        ("Terlihat", "C2"): (False, False, False),
        ("Terlihat", "D2"): (False, True, False),
        ("Terlihat", "C3"): (False, False, True),
        ("Terlihat", "D3"): (False, True, True),
        ("Rahasia", "C2"): (True, False, False),
        ("Rahasia", "D2"): (True, False, False),
    }


def test_parts_of_a_whole_are_told_apart() -> None:
    drawn = """
        | No | Program   | Pagu DAU  | Pagu DAK  | Jumlah Pagu |
        | 1  | Program A | 500000000 | 400000000 | 900000000   |
    """
    records = list(figure_records(ORIGIN, book_of(draw(drawn).workbook).tables))
    assert [(r["column"], r["part"]) for r in records] == [("pagu_2", "dau"), ("pagu_3", "dak"), ("pagu", None)]
