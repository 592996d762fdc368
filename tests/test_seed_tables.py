"""Every table of the seed reports, written in four manners, is recognised and read as printed.

What is not read as the transcribers labelled it is listed below, each with its reason; a table that is read rightly
after all makes the test fail until its entry is taken out.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import seed_tables as seeds
from seed_sheets import MANNERS, Placed, printed_value, write

from xlaudit.reading.book import ReadBook, read_book
from xlaudit.tables import Table

NOT_FOUND = {
    "pacitan-2024-tabel-data-kinerja": "a fraction written out as three lines: no amount, and no word of what it is",
    "pacitan-2024-tabel-e81-evaluasi": "its headings were printed over other columns than their figures",
}
_MONSTER = "mojokerto-2021-tabel-pengukuran-pencapaian-sasaran"
MISREAD = {
    (_MONSTER, "kind"): "its pagu and realisasi are stacked in one cell each, in a column headed by another word",
    (_MONSTER, "columns"): "two of its columns have no heading",
    (_MONSTER, "levels"): "its figures stand below the names they belong to",
    ("mojokerto-2021-tabel-narasi-sub-kegiatan", "levels"): "numbered in two schemes at once, some rows not at all",
}

if not seeds.FOLDER.is_dir():
    pytest.skip("the seed tables are not at hand (../shared/seed-tables)", allow_module_level=True)

NAMES = [name for name, data in seeds.seed_tables() if data["kind"] in seeds.KINDS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seeds")


@cache
def read(folder: Path, manner: str) -> tuple[dict[str, Placed], ReadBook]:
    path = folder / f"{manner}.xlsx"
    placed = {one.name: one for one in write(path, seeds.seed_tables(), manner)}
    return placed, read_book(path)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", NAMES)
def test_the_table_is_read_as_printed(name: str, manner: str, folder: Path) -> None:
    placed, book = read(folder, manner)
    wrong = {what for what, said in seeds.problems(placed[name], book).items() if said}
    expected = {"found"} if name in NOT_FOUND else {what for known, what in MISREAD if known == name}
    assert wrong == expected


@pytest.mark.parametrize("manner", ["numbers", "formulas", "crowded"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_FOUND])
def test_the_manner_of_writing_changes_nothing(name: str, manner: str, folder: Path) -> None:
    def essence(table: Table, first_column: int) -> list[object]:
        columns = [(c.name, c.role, c.period, c.measure, c.column - first_column) for c in table.columns.values()]
        rows = [(row.label, row.level, row.depth, row.parent) for row in table.rows]
        return [columns, rows]

    found = []
    for way in ("texts", manner):
        placed, book = read(folder, way)
        table = seeds.table_at(placed[name], book)
        assert table is not None
        found.append(essence(table, placed[name].first_column))
    assert found[0] == found[1]


def test_texts_are_kept_as_printed(folder: Path) -> None:
    placed, book = read(folder, "texts")
    for one in placed.values():
        table = seeds.table_at(one, book)
        printed = {number: row for number, row, _ in one.rows()}
        for row in table.rows if table is not None else ():
            for name, figure in row.figures.items():
                assert figure.text == " ".join(printed[row.number][figure.column - one.first_column].split()), name


def test_the_oracle_reads_what_is_certain_and_no_more() -> None:
    assert printed_value("Rp. 1.234.567,89") == Decimal("1234567.89")
    assert printed_value("1,234,567") == 1_234_567
    assert printed_value("85,44 %") == Decimal("85.44")
    assert printed_value("0,259") == Decimal("0.259")
    for unsure in ("1.234", "1,234", "-", "NA", "8.7106.000", "(1.500.000)", "3 dokumen"):
        assert printed_value(unsure) is None


def test_the_lists_name_tables_that_exist() -> None:
    assert {*NOT_FOUND, *(name for name, _ in MISREAD)} <= set(NAMES)
