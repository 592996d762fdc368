"""Every table of the seed reports, as a sheet of texts and with its figures typed as numbers, is read as printed.

What is not read as the transcribers labelled it stands in the lists below, each with its reason; a table that is
read rightly after all makes the test fail until its entry is taken out.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xlaudit.cells import Area
from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook
from xlaudit.reading.find import find_tables
from xlaudit.tables import Level, Measure, State, Table

FOLDER = Path(__file__).parents[1].parent / "shared" / "seed-tables"
KINDS = ("kinerja", "anggaran", "kinerja+anggaran", "efisiensi", "perbandingan", "perjanjian")
TOP = 3
"""The row on which the header begins; the title stands on row 1."""

NO_HEADER = "printed without a header"
NOT_FOUND = {
    "kutai-kartanegara-2023-tabel-4-1": NO_HEADER,
    "mojokerto-2021-tabel-narasi-sub-kegiatan": NO_HEADER,
    "mojokerto-2024-tabel-3-10-dbhcht": NO_HEADER,
    "mojokerto-2024-tabel-3-10-spm": NO_HEADER,
    "mojokerto-2024-tabel-3-4-rata-rata": NO_HEADER,
    "mojokerto-2024-tabel-3-8-belanja": NO_HEADER,
    "pacitan-2024-tabel-data-kinerja": NO_HEADER,
    "magetan-2024-tabel-3-5": "holds the word NIHIL and no figure at all",
    "pacitan-2024-tabel-e81-evaluasi": "its header row was printed partly as column numbers only",
}
MISREAD = {
    "mojokerto-2024-tabel-3-7": "the row of years holds 204 for 2024, which ends the header",
}
ROWS_LEFT_OUT = {
    "magetan-2024-tabel-4-1": {7: "a predikat alone in the column of figures, below the table's last figure"},
}
OTHER_ROLES = {
    ("kutai-kartanegara-2023-tabel-3-4", "persen_capaian"): "share of the renstra's final target",
    ("mojokerto-2021-tabel-II", "target"): "headed by years alone; only the title says target",
    ("mojokerto-2021-tabel-jenis-belanja", "realisasi"): "headed Jumlah; only the text before it says belanja",
    ("mojokerto-2021-tabel-pengukuran-pencapaian-sasaran", "tahun"): "headed by years alone",
    ("mojokerto-2021-tabel-pengukuran-pencapaian-sasaran", "no_program"): "its heading is that of the programs",
    ("mojokerto-2021-tabel-pengukuran-pencapaian-sasaran", "no"): "without a heading",
    ("mojokerto-2021-tabel-pengukuran-pencapaian-sasaran", "target"): "headed by a year alone",
    ("mojokerto-2021-tabel-pengukuran-pencapaian-sasaran", "perhitungan"): "holds pagu over realisasi",
    ("mojokerto-2021-tabel-pengukuran-pencapaian-sasaran", "persen"): "without a heading",
}
OTHER_LEVELS = {
    "mojokerto-2021-tabel-3-2-1": "rows named by their indikator; the programs are not printed",
    "mojokerto-2021-tabel-3-2-1-b": "rows named by their indikator; the programs are not printed",
    "mojokerto-2021-tabel-pengukuran-pencapaian-sasaran": "its figures stand below the names they belong to",
    "mojokerto-2024-tabel-3-3": "rows named by their indikator, the programs stand in the column of the sasaran",
}
ROLES: dict[str, set[str]] = {
    "realisasi": {"realisasi", "realisasi_kinerja"},
    "persen_capaian": {"capaian"},
    "capaian_sasaran": {"capaian"},
    "data_awal": {"realisasi_kinerja"},
    "rumus_perhitungan": {"rumus"},
    "bidang_pengampu": {"penanggung_jawab"},
    "menunjang": {"keterangan"},
    "penyebab": {"keterangan"},
    "realisasi_nasional": {"standar"},
    "target_renstra": {"target"},
    "target_total": {"target"},
    "uraian": {"uraian", "program"},
    "program": {"program", "uraian"},
    "program_prioritas": {"program"},
    "kode": {"kode", "no"},
}
"""The roles that a transcriber's name may mean, where they are not the name itself."""

if not FOLDER.is_dir():
    pytest.skip("the seed tables are not at hand (../shared/seed-tables)", allow_module_level=True)


@cache
def seed(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


NAMES = [
    path.stem for path in sorted(FOLDER.glob("*.json")) if seed(path.stem)["kind"] in KINDS and seed(path.stem)["rows"]
]
FOUND = [name for name in NAMES if name not in NOT_FOUND | MISREAD.keys()]

PLAIN = (
    (re.compile(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}(\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3}(,\d{3})+\.\d+"), ",", "."),
    (re.compile(r"\d+(,(\d{1,2}|\d{4,}))?|0,\d+"), ".", ","),
    (re.compile(r"\d+(\.(\d{1,2}|\d{4,}))?|0\.\d+"), ",", "."),
)


def printed_value(text: str) -> Decimal | None:
    """What a printed figure says, where it can be read in one way only: an oracle of a few lines."""
    bare = re.sub(r"^Rp\.?\s*|\s*%$|,-$", "", text.strip())
    for pattern, thousands, decimals in PLAIN:
        if pattern.fullmatch(bare):
            return Decimal(bare.replace(thousands, "").replace(decimals, "."))
    return None


def sheet_of(data: dict[str, Any], typed: bool) -> Workbook:
    """The table on a sheet: title, empty row, header, rows. ``typed``: figures as numbers with their decimals."""
    styles = [CellStyle()]
    rows: dict[int, dict[int, StoredCell]] = {1: {1: _text(1, 1, data["title"])}}
    figures = [re.search(r"target|realisasi|capaian|persen|pagu|sisa|efisiensi|tahun_", c) for c in data["columns"]]
    lines = [*data["header"], *data["rows"]]
    for row, line in enumerate(lines, start=TOP):
        for column, text in enumerate(line, start=1):
            value = printed_value(text) if typed and figures[column - 1] else None
            if value is not None and row >= TOP + len(data["header"]):
                places = -int(value.as_tuple().exponent)
                look = CellStyle("0", places)
                if look not in styles:
                    styles.append(look)
                rows.setdefault(row, {})[column] = StoredCell(
                    row, column, Stored.NUMBER, value, str(value), None, styles.index(look)
                )
            elif text:
                rows.setdefault(row, {})[column] = _text(row, column, text)
    return Workbook("seed.xlsx", (Sheet("S", 0, "s", rows),), tuple(styles))


def _text(row: int, column: int, text: str) -> StoredCell:
    return StoredCell(row, column, Stored.TEXT, None, text, None, 0)


@cache
def tables(name: str, typed: bool) -> list[Table]:
    return find_tables(sheet_of(seed(name), typed))


def base(column: str) -> str:
    return re.sub(r"(_(20\d\d|tw\d|sebelum|setelah|2|daerah|lainnya))+$", "", column)


def roles(column: str) -> set[str]:
    """The roles that a transcriber's column name may stand for."""
    name = base(column)
    if name in ROLES:
        return ROLES[name]
    return {"no"} if name.startswith("no_") else {re.sub(r"_(program|sasaran)$", "", name)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", [False, True], ids=["texts", "numbers"])
def test_the_table_is_recognised_with_all_its_rows(name: str, typed: bool) -> None:
    data = seed(name)
    first = TOP + len(data["header"])
    printed = [first + i for i, row in enumerate(data["rows"]) if i not in ROWS_LEFT_OUT.get(name, {}) and any(row)]
    found = tables(name, typed)
    right = len(found) == 1 and [row.number for row in found[0].rows] == printed
    assert right == (name not in NOT_FOUND | MISREAD.keys())
    assert bool(found) == (name not in NOT_FOUND)
    if right:
        assert TOP <= found[0].area.top < first and found[0].area.bottom == printed[-1]


@pytest.mark.parametrize("name", FOUND)
def test_each_column_has_its_role(name: str) -> None:
    [table] = tables(name, False)
    by_place = {column.column: column for column in table.columns.values()}
    wrong: list[tuple[str, str]] = []
    for place, column in enumerate(seed(name)["columns"], start=1):
        got = by_place[place].role if place in by_place else ""
        if got not in roles(column) and (name, base(column)) not in wrong:
            wrong.append((name, base(column)))
    assert sorted(wrong) == sorted(known for known in OTHER_ROLES if known[0] == name)


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("typed", [False, True], ids=["texts", "numbers"])
def test_levels(name: str, typed: bool) -> None:
    data = seed(name)
    [table] = tables(name, typed)
    level = {row.number: row.level.value for row in table.rows}
    same = {Level.MEAN.value: Level.TOTAL.value, Level.RATIO.value: Level.TOTAL.value}
    wrong = [
        (number, wanted, level[number])
        for number, wanted in enumerate(data.get("levels") or [], start=TOP + len(data["header"]))
        if wanted and number in level and same.get(level[number], level[number]) != wanted
    ]
    assert bool(wrong) == (name in OTHER_LEVELS), wrong


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("typed", [False, True], ids=["texts", "numbers"])
def test_figures_are_read_as_printed(name: str, typed: bool) -> None:
    data = seed(name)
    [table] = tables(name, typed)
    columns = [column for column in table.columns.values() if column.measure is not Measure.TEXT]
    assert columns
    for row in table.rows:
        for column in columns:
            figure = row.figures[column.name]
            printed = data["rows"][row.number - TOP - len(data["header"])][column.column - 1]
            assert (figure.state is State.BLANK) == (not printed.strip()), figure
            value = printed_value(printed)
            if value is not None:
                assert figure.value == value, (printed, figure)
            if not typed or value is None:
                assert figure.text == " ".join(printed.split())


@pytest.mark.parametrize("name", FOUND)
def test_typing_the_figures_changes_nothing_but_how_they_are_stored(name: str) -> None:
    [texts], [numbers] = tables(name, False), tables(name, True)
    assert texts.kind == numbers.kind
    assert texts.area == numbers.area and isinstance(texts.area, Area)
    assert [(c.name, c.role, c.period, c.measure) for c in texts.columns.values()] == [
        (c.name, c.role, c.period, c.measure) for c in numbers.columns.values()
    ]
    assert [(r.label, r.level, r.depth, r.parent) for r in texts.rows] == [
        (r.label, r.level, r.depth, r.parent) for r in numbers.rows
    ]


def test_the_oracle_reads_what_is_certain_and_no_more() -> None:
    assert printed_value("Rp. 1.234.567,89") == Decimal("1234567.89")
    assert printed_value("1,234,567") == 1_234_567
    assert printed_value("85,44 %") == Decimal("85.44")
    assert printed_value("0,259") == Decimal("0.259")
    for unsure in ("1.234", "1,234", "-", "NA", "8.7106.000", "(1.500.000)", "3 dokumen"):
        assert printed_value(unsure) is None


def test_the_lists_name_tables_that_exist() -> None:
    named = {*NOT_FOUND, *MISREAD, *ROWS_LEFT_OUT, *OTHER_LEVELS, *(name for name, _ in OTHER_ROLES)}
    assert named <= set(NAMES)
