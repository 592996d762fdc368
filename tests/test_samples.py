"""The samples are what their builder makes of their data; every printed figure stands where the map says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = sorted(path.stem for path in (SAMPLES / "data").glob("*.json") if not path.stem.endswith(".map"))


@lru_cache
def tables(name: str) -> list[dict[str, Any]]:
    return json.loads((SAMPLES / "data" / f"{name}.json").read_text(encoding="utf-8"))["tables"]  # type: ignore[no-any-return]


@lru_cache
def placed(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / "data" / f"{name}.map.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@lru_cache
def workbook(name: str, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(SAMPLES / f"{name}.xlsx", data_only=values)


def seen(value: object, code: str) -> str:
    """A cell's value as Excel shows it with Indonesian separators, for the samples' few number formats."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if code == "General":
        raise AssertionError(f"a number without a format: {value!r}")
    match = re.fullmatch(r"(#,##)?0(?:\.(0+))?(%)?", code)
    assert match, code
    number = Decimal(repr(value)) * (100 if match[3] else 1)
    places = len(match[2] or "")
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):{',' if match[1] else ''}f}"
    return text.translate(str.maketrans(",.", ".,")) + (match[3] or "")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two builds, one beside the other; the first is returned."""
    root = tmp_path_factory.mktemp("samples")
    for part in ("one", "two"):
        subprocess.run([sys.executable, SAMPLES / "build.py", "--output", root / part], check=True)
    return root / "one"


def test_there_are_five() -> None:
    assert len(NAMES) == 5


@pytest.mark.parametrize("name", NAMES)
def test_rebuilding_gives_identical_bytes(name: str, rebuilt: Path) -> None:
    for file in (f"{name}.xlsx", f"data/{name}.map.json"):
        assert (rebuilt / file).read_bytes() == (rebuilt.parent / "two" / file).read_bytes(), file
    assert (rebuilt / f"data/{name}.map.json").read_bytes() == (
        SAMPLES / f"data/{name}.map.json"
    ).read_bytes()
    # The committed workbook part by part: how zlib packs a part differs between its builds.
    with (
        zipfile.ZipFile(rebuilt / f"{name}.xlsx") as new,
        zipfile.ZipFile(SAMPLES / f"{name}.xlsx") as committed,
    ):
        assert new.namelist() == committed.namelist()
        for part in new.namelist():
            assert new.read(part) == committed.read(part), part


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_cell_stands_at_its_mapped_place(name: str) -> None:
    wrong = []
    for table in tables(name):
        place = placed(name)[table["id"]]
        sheet = workbook(name)[place["sheet"]]
        assert len(place["rows"]) == len(table["rows"]), table["id"]
        assert list(place["columns"]) == table["columns"], table["id"]
        for row, cells in zip(place["rows"], table["rows"], strict=True):
            for column, printed in zip(table["columns"], cells, strict=True):
                cell = sheet[f"{place['columns'][column]}{row}"]
                shown = seen(cell.value, cell.number_format)
                if shown != printed and shown != printed.replace(" %", "%"):
                    wrong.append((table["id"], cell.coordinate, printed, shown))
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_header_word_stands_above_its_table(name: str) -> None:
    for table in tables(name):
        place = placed(name)[table["id"]]
        sheet = workbook(name)[place["sheet"]]
        first = place["rows"][0] - len(table["header"])
        for offset, row in enumerate(table["header"]):
            letters = place["columns"].values()
            assert [sheet[f"{letter}{first + offset}"].value or "" for letter in letters] == row, table["id"]


@pytest.mark.parametrize("name", NAMES)
def test_no_table_lies_on_another(name: str) -> None:
    taken: set[tuple[str, int]] = set()
    for table, place in placed(name).items():
        rows = {(place["sheet"], row) for row in place["rows"]}
        assert not rows & taken, table
        taken |= rows


@pytest.mark.parametrize("name", NAMES)
def test_no_number_that_identifies_an_official(name: str) -> None:
    with zipfile.ZipFile(SAMPLES / f"{name}.xlsx") as package:
        for part in package.namelist():
            text = package.read(part).decode("utf-8")
            assert not re.search(r"\bNIP\b", text, re.IGNORECASE), part
            assert not re.search(r"(?<![0-9.])[12][0-9]{7} ?[0-9]{6} ?[12] ?[0-9]{3}(?![0-9])", text), part


def test_formulas_hold_the_value_that_they_give() -> None:
    """Mojokerto 2024's realisasi table: each formula recomputed exactly from the cells it names."""
    values = workbook("mojokerto-2024")["Realisasi"]
    formulas = workbook("mojokerto-2024", values=False)["Realisasi"]
    found = 0
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            found += 1
            text = cell.value.removeprefix("=")
            if ratio := re.fullmatch(r"(D\d+)/(C\d+)\*100", text):
                expected = Decimal(values[ratio[1]].value) * 100 / Decimal(values[ratio[2]].value)
                assert abs(Decimal(values[cell.coordinate].value) - expected) < Decimal("1e-12"), (
                    cell.coordinate
                )
                continue
            if total := re.fullmatch(r"SUM\(([CD])(\d+):[CD](\d+)\)", text):
                names = [f"{total[1]}{at}" for at in range(int(total[2]), int(total[3]) + 1)]
            else:
                names = text.split("+")
            assert sum(values[name].value for name in names) == values[cell.coordinate].value, cell.coordinate
    assert found > 60


def test_odd_print_stays_text() -> None:
    for name, table, row, column, printed in (
        ("mojokerto-2024", "3-8", 7, "realisasi", "8.7106.000"),
        ("mojokerto-2024", "3-8", 17, "persen", "92.09"),
        ("kutai-kartanegara-2023", "3-12", 7, "sisa", "8.662.479.43,00"),
        ("kutai-kartanegara-2023", "3-12", 0, "pagu", "19,639,237,601,00"),
        ("pacitan-2024", "pk-perubahan-sasaran", 0, "target", "87.00 %"),
        ("magetan-2024", "3-10", 0, "efisiensi", "2.90%"),
    ):
        place = placed(name)[f"{name}-tabel-{table}"]
        assert (
            workbook(name)[place["sheet"]][f"{place['columns'][column]}{place['rows'][row]}"].value == printed
        )


def test_clean_print_is_typed() -> None:
    for name, table, row, column, value in (
        ("pacitan-2024", "realisasi-anggaran", 0, "pagu", 4183467857),
        ("pacitan-2024", "realisasi-anggaran", 1, "persen", 0.9654),
        ("magetan-2024", "3-9", 0, "persen", 97.1),
        ("magetan-2024", "1-5", 14, "pagu", 75000000),
        ("mojokerto-2021", "3-2-1", 0, "pagu", "2.300.170.000"),
    ):
        place = placed(name)[f"{name}-tabel-{table}"]
        assert (
            workbook(name)[place["sheet"]][f"{place['columns'][column]}{place['rows'][row]}"].value == value
        )
